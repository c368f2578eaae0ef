/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A product's footprint down to what it takes of which lines. */
#include "audit/audit_json.h"
#include "audit/explain_parts.h"
#include "report/footprint_report.h"

static th_taken *taken_of(const th_explanation *x, size_t *count)
{
	uint32_t product = th_product_find(&x->footprints->products, x->chain->id);
	*count = 0;
	return product == TH_NONE ? NULL : th_footprint_taken(x->footprints, product, x->chain->arena, count);
}

static th_mass sum_of(const th_taken *taken, size_t count)
{
	th_mass sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += taken[i].co2e;
	return sum;
}

/* The gases of a line stand behind each other. */
static size_t lines_of(const th_chain *c)
{
	size_t lines = 0;
	for (size_t i = 0; i < c->entries; i++)
		lines += i == 0 || c->entry[i].order != c->entry[i - 1].order;
	return lines;
}

static void put_first_line(th_page *p, const th_flow *flow)
{
	th_put_entry_place(&(th_entry){.file = flow->file, .line = flow->line}, &p->doc.text);
}

void th_chain_narrow(th_chain *chain, const th_footprints *f)
{
	const uint32_t product = th_product_find(&f->products, chain->id);
	size_t kept = 0;
	for (size_t i = 0; i < chain->entries && product != TH_NONE; i++) {
		const th_flow *flow = th_footprint_flow(f, &chain->entry[i]);
		if (flow && th_footprint_takes(&f->products, flow, product))
			chain->entry[kept++] = chain->entry[i];
	}
	chain->entries = kept;
}

/* --- text --- */

static void put_flows(th_page *p, const th_taken *taken, size_t count)
{
	static const th_page_column columns[] = {
		{W_E_FIRST_LINE, TH_DOC_WORD}, {W_E_LINE_COUNT, TH_DOC_COUNT}, {W_FP_H_STAGE, TH_DOC_WORD}, {W_E_ACTIVITY, TH_DOC_WORD}, {W_E_GAS, TH_DOC_WORD}, {W_E_FACTOR, TH_DOC_WORD},
		{W_E_WHOLE, TH_DOC_MASS}, {W_E_TAKEN, TH_DOC_MASS}, {W_E_SHARE, TH_DOC_PERCENT},
	};
	th_page_section(p, W_E_FLOWS);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < count; i++) {
		const th_flow *flow = taken[i].flow;
		put_first_line(p, flow);
		th_doc_end(&p->doc);
		th_doc_count(&p->doc, flow->lines);
		th_page_cell(p, th_stage_words[flow->life]);
		th_doc_cell_text(&p->doc, th_activity_called(flow->activity, p->lang));
		th_doc_cell_text(&p->doc, flow->gas->name);
		th_doc_cell_text(&p->doc, flow->factor ? flow->factor->id : TH_S(""));
		th_doc_mass(&p->doc, flow->co2e, 3, th_mass_decimals(flow->co2e, 3), false);
		th_doc_mass(&p->doc, taken[i].co2e, 3, th_mass_decimals(taken[i].co2e, 3), false);
		th_doc_share(&p->doc, taken[i].co2e, flow->co2e, false);
	}
	th_doc_close(&p->doc);
}

static void put_largest(th_page *p, const th_taken *taken, size_t count)
{
	const th_taken *most = taken;
	for (size_t i = 1; i < count; i++)
		most = taken[i].co2e > most->co2e ? &taken[i] : most;
	if (count == 0)
		return;
	th_page_text(p, th_activity_called(most->flow->activity, p->lang));
	th_buf_char(&p->doc.text, ' ');
	th_put_mass(&p->doc.text, most->co2e, 3);
	th_page_say(p, W_OPEN);
	put_first_line(p, most->flow);
	th_page_field(p, W_E_LARGEST, th_page_word(p, W_CLOSE));
}

void th_put_footprint_chain(th_page *p, const th_explanation *x)
{
	const th_json *product = x->chain->value;
	size_t count;
	const th_taken *taken = taken_of(x, &count);
	th_mass sum = sum_of(taken, count);
	p->doc.failed |= !taken;
	th_page_text(p, x->chain->id);
	th_buf_char(&p->doc.text, ' ');
	th_page_field(p, W_E_FOOTPRINT, th_json_string(product, "name"));
	const th_json *each = th_json_get(product, "kgco2e_per_unit"), *whole = th_json_get(product, "tco2e");
	th_page_text(p, each ? each->text : TH_S("-"));
	TH_SAY(p, W_E_EACH, th_fill_text(th_json_string(product, "declared_unit")));
	th_page_text(p, whole ? whole->text : TH_S("-"));
	th_buf_char(&p->doc.text, ' ');
	th_page_field(p, W_E_VALUE, th_page_word(p, W_TONNES));
	TH_SAY(p, W_E_SUM_OF_FLOWS, th_fill_integer((long long)lines_of(x->chain)), th_fill_integer((long long)count));
	th_put_mass(&p->doc.text, sum, 3);
	th_buf_char(&p->doc.text, ' ');
	th_page_field(p, W_E_MADE_OF, th_page_word(p, W_TONNES));
	put_largest(p, taken, count);
	th_put_basis_field(p, x->recorded);
	if (!x->all)
		return;
	put_flows(p, taken, count);
	th_put_chain_lines(p, x->chain);
	th_put_factors_of(p, x->chain);
}

/* --- JSON --- */

static void put_flow(th_writer *w, const th_taken *taken)
{
	const th_flow *flow = taken->flow;
	th_put_open(w, NULL, '{');
	th_put_place(w, "place", flow->file, flow->line);
	th_put_count(w, "lines", flow->lines);
	th_put_text(w, "stage", th_slice_of(th_life_stages[flow->life]));
	th_put_text(w, "activity", flow->activity->id);
	th_put_text(w, "gas", flow->gas->name);
	if (flow->factor)
		th_put_text(w, "factor", flow->factor->id);
	th_put_tonnes(w, "whole", flow->co2e);
	th_put_tonnes(w, "taken", taken->co2e);
	th_put_close(w, '}');
}

void th_put_footprint_chain_json(th_writer *w, const th_explanation *x)
{
	static const char *const copied[] = {"kgco2e_per_unit", "tco2e"};
	size_t count;
	const th_taken *taken = taken_of(x, &count);
	th_mass sum = sum_of(taken, count);
	w->buf->failed |= !taken;
	th_put_open(w, "footprint", '{');
	th_put_text(w, "product", x->chain->id);
	th_put_text(w, "declared_unit", th_json_string(x->chain->value, "declared_unit"));
	for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
		if (th_json_get(x->chain->value, copied[i]))
			th_put_copy(w, copied[i], th_json_get(x->chain->value, copied[i]));
	th_put_tonnes(w, "sum", sum);
	th_put_count(w, "line_count", lines_of(x->chain));
	th_put_open(w, "flows", '[');
	for (size_t i = 0; i < count; i++)
		put_flow(w, &taken[i]);
	th_put_close(w, ']');
	th_put_basis_json(w, x->recorded);
	if (x->all)
		th_put_chain_lines_json(w, x->chain);
	th_put_close(w, '}');
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The chain behind a number or a verdict as tanhe.explain/1 (data/schema/explain.schema.json). */
#include "audit/audit_json.h"
#include "audit/explain_parts.h"
#include "base/hash.h"

/* --- a total --- */

static void put_parts(th_writer *w, const th_chain_part *list, size_t count)
{
	th_put_open(w, "activities", '[');
	for (size_t i = 0; i < count; i++) {
		th_put_open(w, NULL, '{');
		th_put_activity_json(w, "activity", list[i].entry);
		th_put_count(w, "lines", list[i].lines);
		th_put_tonnes(w, "value", list[i].co2e);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_total(th_writer *w, const th_explanation *x)
{
	const th_chain *c = x->chain;
	size_t count, lines = 0;
	th_mass sum = 0;
	const th_chain_part *list = th_chain_parts(c, &count);
	w->buf->failed |= !list;
	for (size_t i = 0; i < count; i++) {
		sum += list[i].co2e;
		lines += list[i].lines;
	}
	th_put_open(w, "total", '{');
	th_put_text(w, "id", c->id);
	th_put_label(w, "title", th_total_word(c->id));
	th_put_count(w, "year", (size_t)c->year);
	th_put_copy(w, "value", c->value);
	th_put_text(w, "unit", TH_S("t CO2e"));
	th_put_tonnes(w, "sum", sum);
	th_put_count(w, "line_count", lines);
	put_parts(w, list, count);
	th_put_basis_json(w, x->recorded);
	if (x->all)
		th_put_chain_lines_json(w, c);
	th_put_close(w, '}');
}

/* --- a line --- */

static void put_terms(th_writer *w, const th_entry *e)
{
	static const char *const origins[] = {[TH_FROM_CELL] = "line", [TH_FROM_FACTOR] = "factor", [TH_FROM_EQUATION] = "equation", [TH_FROM_UNITS] = "units",
	                                      [TH_FROM_CONVERSION] = "conversion"};
	th_put_open(w, "terms", '[');
	for (size_t i = 0; i < e->terms; i++) {
		const th_formula_term *t = &e->term[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "name", th_slice_of(t->name));
		th_put_text(w, "value", t->value);
		th_put_text_if(w, "unit", t->unit);
		th_put_text(w, "origin", th_slice_of(origins[t->origin]));
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_gas(th_writer *w, const th_entry *e, bool all)
{
	th_put_open(w, NULL, '{');
	th_put_open(w, "bucket", '{');
	th_put_text(w, "id", th_slice_of(th_bucket_names[e->bucket]));
	th_put_label(w, "title", th_bucket_word(e->bucket));
	th_put_close(w, '}');
	if (e->scope)
		th_put_count(w, "scope", (size_t)e->scope);
	if (e->gas) {
		th_put_text(w, "gas", e->gas->name);
		th_put_text(w, "formula", e->formula);
		th_put_kilograms(w, "mass", e->mass);
		th_put_number_if(w, "gwp", true, TH_S(""), e->gwp);
		th_put_kilograms(w, "co2e", e->co2e);
	}
	if (e->factor && all)
		th_put_factor(w, "factor", e->factor, NULL);
	else if (e->factor)
		th_put_text(w, "factor_id", e->factor->id);
	if (all)
		put_terms(w, e);
	th_put_close(w, '}');
}

static void put_caveats(th_writer *w, const th_explanation *x)
{
	th_put_open(w, "caveats", '[');
	for (const th_json *caveat = th_json_list(th_recorded_account(x->recorded), "caveats"); caveat; caveat = caveat->next) {
		const th_json *place = th_json_list(caveat, "places");
		while (place && !th_is_place_of(x->chain, place))
			place = place->next;
		if (!place)
			continue;
		th_put_open(w, NULL, '{');
		th_put_text(w, "code", th_json_string(caveat, "code"));
		th_put_both(w, "text", th_json_string(th_json_get(caveat, "text"), "zh"), th_json_string(th_json_get(caveat, "text"), "en"));
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_line(th_writer *w, const th_explanation *x)
{
	const th_chain *c = x->chain;
	const th_entry *e = th_main_entry(c);
	const struct { const char *key; th_slice text; } cells[] = {
		{"period", e->period}, {"site", e->site}, {"source", e->source}, {"region", e->region}, {"instrument", e->instrument}, {"evidence", e->evidence}, {"note", e->note},
	};
	th_put_open(w, "line", '{');
	th_put_open(w, "place", '{');
	th_put_spot_json(w, e->file, e->line, e->cell);
	th_put_close(w, '}');
	th_put_activity_json(w, "activity", e);
	th_put_number_if(w, "quantity", true, e->quantity, e->amount);
	th_put_text_if(w, "unit", e->unit);
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		th_put_text_if(w, cells[i].key, cells[i].text);
	th_put_open(w, "entries", '[');
	for (size_t i = 0; i < c->entries; i++)
		put_gas(w, &c->entry[i], x->all);
	th_put_close(w, ']');
	if (x->all)
		put_caveats(w, x);
	th_put_close(w, '}');
}

/* --- a requirement --- */

/* As the report has it; by which rules. */
static void put_requirement(th_writer *w, const th_explanation *x)
{
	static const char *const keys[] = {"id", "version", "sha256", "document"};
	const th_json *rules = th_json_get(x->recorded->root, "rules");
	th_put_copy(w, "requirement", x->chain->value);
	th_put_open(w, "rules", '{');
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		th_put_text_if(w, keys[i], th_json_string(rules, keys[i]));
	th_put_close(w, '}');
}

void th_put_explanation_json(const th_explanation *x, bool again, bool equal, th_buf *out)
{
	static const char *const kinds[] = {[TH_CHAIN_TOTAL] = "total", [TH_CHAIN_LINE] = "line", [TH_CHAIN_REQUIREMENT] = "requirement", [TH_CHAIN_FOOTPRINT] = "footprint"};
	static void (*const put[])(th_writer *, const th_explanation *) = {[TH_CHAIN_TOTAL] = put_total, [TH_CHAIN_LINE] = put_line, [TH_CHAIN_REQUIREMENT] = put_requirement,
	                                                                 [TH_CHAIN_FOOTPRINT] = th_put_footprint_chain_json};
	th_writer w = th_writer_begin(out, "tanhe.explain/1");
	th_put_recorded(&w, x->recorded);
	if (again) /* else nothing is known of it */
		th_put_truth(&w, "reproduced", equal);
	th_put_text(&w, "kind", th_slice_of(kinds[x->chain->of]));
	put[x->chain->of](&w, x);
	th_writer_end(&w);
}

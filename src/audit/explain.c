/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/explain.h"

#include "audit/compare.h"
#include "audit/explain_parts.h"

/* Does the report come out again as it is? False of one that was not made again, too, with *asked false. */
static th_status reproduced(const th_recorded *r, th_slice again, th_arena *arena, th_diags *diags, bool *asked, bool *equal)
{
	const th_json *now;
	th_comparison found;
	*asked = again.ptr != NULL;
	*equal = false;
	if (!*asked)
		return TH_OK;
	th_status status = th_json_parse(th_recorded_commands[r->kind], again, diags, arena, &now);
	if (status == TH_OK && !th_compare(r->root, now, arena, &found))
		status = th_no_memory(diags);
	*equal = status == TH_OK && found.rests + found.results == 0;
	return status;
}

static void put_text(th_page *p, const th_explanation *x, bool doubt)
{
	th_page_banner(p, W_E_TITLE);
	if (x->chain->of == TH_CHAIN_TOTAL)
		th_put_total_chain(p, x->chain, x->recorded, x->all);
	else if (x->chain->of == TH_CHAIN_LINE)
		th_put_line_chain(p, x->chain, x->recorded, x->all);
	else if (x->chain->of == TH_CHAIN_FOOTPRINT)
		th_put_footprint_chain(p, x);
	else
		th_put_requirement_chain(p, x->chain->value, x->recorded, x->all);
	if (doubt)
		th_page_paragraph(p, W_E_DOUBT);
}

static th_status no_line(const th_explanation *x, th_diags *diags)
{
	th_arena arena = {0};
	th_slice id = th_arena_copy(&arena, x->chain->id);
	th_status status = id.ptr ? th_chain_unknown(x->recorded, id.ptr, diags) : th_no_memory(diags);
	th_arena_free(&arena);
	return status;
}

th_status th_explain(const th_explanation *x, th_format format, th_lang lang, th_diags *diags, char **text, size_t *len)
{
	th_mark mark = th_report_begin(diags, text, len);
	th_page p = {.lang = lang, .shift = 3, .digits = TH_PAGE_EXACT};
	th_buf out = {0};
	bool asked, equal;
	if (x->footprints && x->chain->of == TH_CHAIN_FOOTPRINT)
		th_chain_narrow(x->chain, x->footprints);
	if (x->chain->of == TH_CHAIN_LINE && x->chain->entries == 0)
		return no_line(x, diags);
	th_status status = reproduced(x->recorded, x->again, x->chain->arena, diags, &asked, &equal);
	if (status != TH_OK)
		return status;
	if (format == TH_FORMAT_JSON) {
		th_put_explanation_json(x, asked, equal, &out);
		return th_give(mark, &out, text, len);
	}
	put_text(&p, x, asked && !equal);
	return th_page_give(mark, &p, text, len);
}

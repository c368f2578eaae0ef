/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The footprints of two reports: of each product that either has, per declared unit, and how much of the change comes from what its whole output emits, how much from
 * the output. */
#include "audit/diff_parts.h"

typedef struct th_each {
	bool known, split;        /* both have it; it can be split */
	double from, to, emissions, output;
} th_each;

static double number_of(const th_json *product, const char *key)
{
	const th_json *number = th_json_get(product, key);
	return number && number->kind == TH_JSON_NUMBER ? th_decimal_double(number->number) : 0;
}

/* With the first output, what is emitted makes it from x E'/E; the output does the rest. */
static th_each each_of(const th_diff_pair *pair)
{
	th_each each = {.known = pair->of[0] && pair->of[1]};
	if (!each.known)
		return each;
	const double before = number_of(pair->of[0], "tco2e"), after = number_of(pair->of[1], "tco2e");
	each.from = number_of(pair->of[0], "kgco2e_per_unit");
	each.to = number_of(pair->of[1], "kgco2e_per_unit");
	each.split = before > 0 && each.from > 0;
	if (each.split) {
		each.emissions = each.from * (after - before) / before;
		each.output = each.to - each.from - each.emissions;
	}
	return each;
}

static const th_json *one_of(const th_diff_pair *pair)
{
	return pair->of[0] ? pair->of[0] : pair->of[1];
}

static void put_figure(th_page *p, bool known, double value)
{
	enum { DIGITS = 6 };
	if (known)
		th_doc_real(&p->doc, value, DIGITS);
	else
		th_doc_none(&p->doc);
}

void th_put_diff_footprints(th_page *p, const th_diff_found *f)
{
	static const th_page_column columns[] = {
		{W_DIFF_PRODUCT, TH_DOC_WORD}, {W_FP_DECLARED_UNIT, TH_DOC_WORD}, {W_DIFF_FROM_TONNES, TH_DOC_FIGURE}, {W_DIFF_TO_TONNES, TH_DOC_FIGURE},
		{W_DIFF_BY_EMISSIONS, TH_DOC_FIGURE}, {W_DIFF_BY_OUTPUT, TH_DOC_FIGURE},
	};
	if (f->footprints.count == 0)
		return;
	th_page_section(p, W_DIFF_FOOTPRINTS);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < f->footprints.count; i++) {
		const th_diff_pair *pair = &f->footprints.pair[i];
		const th_each each = each_of(pair);
		th_doc_cell_text(&p->doc, th_json_string(one_of(pair), "product"));
		th_doc_cell_text(&p->doc, th_json_string(one_of(pair), "declared_unit"));
		for (size_t k = 0; k < 2; k++)
			put_figure(p, pair->of[k] != NULL, number_of(pair->of[k], "kgco2e_per_unit"));
		put_figure(p, each.split, each.emissions);
		put_figure(p, each.split, each.output);
	}
	th_doc_close(&p->doc);
}

void th_put_diff_footprints_json(th_writer *w, const th_diff_found *f)
{
	static const char *const ends[2] = {"from", "to"};
	enum { DIGITS = 9 };
	if (f->footprints.count == 0)
		return;
	th_put_open(w, "footprints", '[');
	for (size_t i = 0; i < f->footprints.count; i++) {
		const th_diff_pair *pair = &f->footprints.pair[i];
		const th_each each = each_of(pair);
		th_put_open(w, NULL, '{');
		th_put_text(w, "product", th_json_string(one_of(pair), "product"));
		th_put_text(w, "declared_unit", th_json_string(one_of(pair), "declared_unit"));
		for (size_t k = 0; k < 2; k++)
			if (pair->of[k])
				th_put_real(w, ends[k], number_of(pair->of[k], "kgco2e_per_unit"), DIGITS);
		if (each.split) {
			th_put_real(w, "by_emissions", each.emissions, DIGITS);
			th_put_real(w, "by_output", each.output, DIGITS);
		}
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is said of a footprint, part by part; a terminal and documents have them in their own order. */
#include "report/footprint_report.h"
#include "uncertainty/uncertainty.h"

enum { SIGNIFICANT = 5 };

const th_label th_stage_words[TH_STAGES] = {W_FP_RAW_MATERIAL, W_FP_PRODUCTION, W_FP_DISTRIBUTION, W_FP_USE, W_FP_END_OF_LIFE, W_FP_UNSTATED};
static const th_label carbons[TH_CARBONS] = {W_FP_FOSSIL, W_FP_LAND_USE, W_FP_AIRCRAFT, W_FP_BIOGENIC, W_FP_UPTAKE};
static const th_label allocations[TH_ALLOCATIONS] = {W_FP_NONE, W_FP_PHYSICAL, W_FP_ECONOMIC};

/* kg CO2e of the declared unit. */
static void put_each(th_page *p, const th_footprint *fp, th_mass mass)
{
	th_doc_quotient(&p->doc, mass, 0, &fp->product->units, SIGNIFICANT);
}

void th_put_footprint_amount(th_page *p, const th_footprint *fp, th_mass mass)
{
	put_each(p, fp, mass);
	th_page_mass(p, mass);
	th_doc_share(&p->doc, mass, fp->total, false);
}

/* --- what it is --- */

void th_put_footprint_cut_off(th_page *p, const th_footprint *fp)
{
	static const th_label kept[] = {W_FP_CUT_OFF_UNKNOWN, W_FP_CUT_OFF_KEPT, W_FP_CUT_OFF_BROKEN};
	const th_product *product = fp->product;
	if (product->excluded.len == 0 && product->cut_off_text.len == 0 && product->excluded_text.len == 0) {
		th_page_field(p, W_FP_CUT_OFF, th_page_word(p, W_FP_NOTHING_CUT));
		return;
	}
	th_page_field(p, W_FP_RULE_ALLOWS, product->cut_off_text);
	th_page_field(p, W_FP_LEFT_OUT, product->excluded);
	th_page_field(p, W_FP_LEFT_OUT_SHARE, product->excluded_text);
	th_page_field(p, W_FP_CUT_OFF, th_page_word(p, kept[fp->cut_off]));
}

void th_put_footprint_basis(th_page *p, const th_footprint *fp)
{
	th_page_field(p, W_FP_ALLOCATION, th_page_word(p, allocations[fp->product->allocation]));
	th_page_field(p, W_FP_BASIS, fp->product->basis);
}

void th_put_footprint_product(th_page *p, const th_footprint *fp)
{
	const th_product *product = fp->product;
	th_page_field(p, W_FP_GOAL, product->goal);
	th_page_field(p, W_FP_DECLARED_UNIT, product->unit);
	th_page_field(p, W_FP_BOUNDARY, th_page_word(p, product->boundary == TH_TO_GATE ? W_FP_TO_GATE : W_FP_TO_GRAVE));
	th_page_field(p, W_FP_PERIOD, product->period_text);
	th_page_text(p, product->output_text);
	th_buf_char(&p->doc.text, ' ');
	th_page_field(p, W_FP_OUTPUT, product->output_unit);
	th_page_field(p, W_FP_RULE, product->rule);
}

void th_put_footprint_name(th_page *p, const th_product *product)
{
	th_page_text(p, product->id);
	if (product->name.len && !th_slice_eq(product->name, product->id)) {
		th_buf_char(&p->doc.text, ' ');
		th_page_text(p, product->name);
	}
}

/* --- its tables --- */

void th_put_footprint_stages(th_page *p, const th_footprint *fp)
{
	static const th_page_column columns[] = {{W_FP_H_STAGE, TH_DOC_WORD}, {W_FP_H_EACH, TH_DOC_FIGURE}, {W_FP_H_PERIOD, TH_DOC_MASS}, {W_FP_H_SHARE, TH_DOC_PERCENT}};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (th_life_stage stage = 0; stage < TH_STAGES; stage++) {
		if (!fp->has_stage[stage])
			continue;
		th_page_cell(p, th_stage_words[stage]);
		th_put_footprint_amount(p, fp, fp->stage[stage]);
	}
	th_page_cell(p, W_FP_TOTAL);
	th_put_footprint_amount(p, fp, fp->total);
}

void th_put_footprint_carbons(th_page *p, const th_footprint *fp)
{
	static const th_page_column columns[] = {{W_FP_H_CARBON, TH_DOC_WORD}, {W_FP_H_EACH, TH_DOC_FIGURE}, {W_FP_H_PERIOD, TH_DOC_MASS}};
	th_mass with = fp->total + fp->carbon[TH_CARBON_BIOGENIC] - fp->carbon[TH_CARBON_UPTAKE];
	th_page_section(p, W_FP_APART);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (th_carbon carbon = 0; carbon < TH_CARBONS; carbon++) {
		th_page_cell(p, carbons[carbon]);
		put_each(p, fp, fp->carbon[carbon]);
		th_page_mass(p, fp->carbon[carbon]);
	}
	th_page_cell(p, W_FP_WITH_BIOGENIC);
	put_each(p, fp, with);
	th_page_mass(p, with);
	th_doc_close(&p->doc);
}

void th_put_footprint_gases(th_page *p, const th_footprint *fp)
{
	static const th_page_column columns[] = {{W_FP_H_GAS, TH_DOC_WORD}, {W_FP_H_EACH, TH_DOC_FIGURE}, {W_FP_H_PERIOD, TH_DOC_MASS}, {W_FP_H_SHARE, TH_DOC_PERCENT}};
	th_page_section(p, W_FP_GASES);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < fp->gases; i++) {
		th_doc_cell_text(&p->doc, fp->gas[i].gas->name);
		th_put_footprint_amount(p, fp, fp->gas[i].co2e);
	}
	th_doc_close(&p->doc);
}

void th_put_footprint_processes(th_page *p, const th_footprint *fp)
{
	static const th_page_column columns[] = {
		{W_FP_H_STAGE, TH_DOC_WORD}, {W_FP_H_PROCESS, TH_DOC_WORD}, {W_FP_H_FACTOR, TH_DOC_WORD}, {W_FP_H_LINES, TH_DOC_COUNT}, {W_FP_H_EACH, TH_DOC_FIGURE},
		{W_FP_H_PERIOD, TH_DOC_MASS}, {W_FP_H_SHARE, TH_DOC_PERCENT},
	};
	th_page_section(p, W_FP_PROCESSES);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < fp->processes; i++) {
		const th_process *process = &fp->process[i];
		th_page_cell(p, th_stage_words[process->stage]);
		th_doc_cell_text(&p->doc, th_in_lang(p->lang, process->activity->name_zh, process->activity->name_en));
		th_doc_cell_text(&p->doc, process->factor ? process->factor->id : TH_S(""));
		th_doc_count(&p->doc, process->lines);
		th_put_footprint_amount(p, fp, process->co2e);
	}
	th_doc_close(&p->doc);
}

bool th_footprint_interval(const th_footprint *fp, th_mass *low, th_mass *high)
{
	const th_uncertainty *u = fp->uncertainty;
	for (size_t i = 0; u && i < u->results; i++)
		if (u->result[i].total == TH_TOTAL_GROSS && u->result[i].year == 0) {
			const th_range *range = u->simulation.trials ? &u->result[i].approach2 : &u->result[i].approach1;
			*low = (th_mass)(range->low * 1e9);
			*high = (th_mass)(range->high * 1e9);
			return true;
		}
	return false;
}

void th_put_footprint_interval(th_page *p, const th_footprint *fp)
{
	enum { DIGITS = 4 };
	th_mass low, high;
	if (!th_footprint_interval(fp, &low, &high))
		return;
	th_put_mass_quotient(&p->doc.text, low, 0, &fp->product->units, DIGITS);
	th_page_say(p, W_FP_TO);
	th_put_mass_quotient(&p->doc.text, high, 0, &fp->product->units, DIGITS);
	th_page_text(p, TH_S(" kgCO2e"));
	const th_uncertainty *u = fp->uncertainty;
	double known = u->both_known + u->one_known, whole = known + u->none_known;
	if (whole > known) /* whose uncertainty nobody knows is taken as exact */
		TH_SAY(p, W_FP_UNSURE, th_fill_real(th_in_percent(u->none_known, whole), 1, false));
	th_page_field(p, W_FP_INTERVAL, TH_S(""));
}

/* How much of it rests on which grade of data; nothing where no line says. */
void th_put_footprint_grades(th_page *p, const th_footprint *fp)
{
	static const th_page_column columns[] = {{W_H_GRADE, TH_DOC_WORD}, {W_FP_H_EACH, TH_DOC_FIGURE}, {W_FP_H_PERIOD, TH_DOC_MASS}, {W_FP_H_SHARE, TH_DOC_PERCENT}};
	if (!th_footprint_is_graded(fp))
		return;
	th_page_section(p, W_FP_GRADES);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (int i = 0; i < TH_GRADES; i++) {
		const int grade = th_grade_nth(i);
		if (fp->grade[grade] == 0)
			continue;
		th_page_cell(p, th_grade_word(grade));
		th_put_footprint_amount(p, fp, fp->grade[grade]);
	}
	if (fp->total > 0 && th_put_percent(&p->doc.text, fp->primary, fp->total, false)) {
		th_slice share = th_doc_take(&p->doc);
		TH_SAY(p, th_footprint_is_all_graded(fp) ? W_FP_PRIMARY : W_FP_PRIMARY_LEAST, th_fill_text(share));
		th_doc_paragraph(&p->doc, TH_S(""));
	}
	th_doc_close(&p->doc);
}

/* The allocation that was taken, and the other two beside it. */
void th_put_footprint_allocations(th_page *p, const th_footprint *fp)
{
	static const th_page_column columns[] = {{W_FP_H_ALLOCATION, TH_DOC_WORD}, {W_FP_H_EACH, TH_DOC_FIGURE}, {W_FP_H_PERIOD, TH_DOC_MASS}};
	th_page_section(p, W_FP_ALLOCATIONS);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (th_allocation way = 0; way < TH_ALLOCATIONS; way++) {
		th_page_say(p, allocations[way]);
		if (way == fp->product->allocation)
			th_page_say(p, W_FP_TAKEN);
		th_doc_end(&p->doc);
		if (fp->has_under[way]) {
			put_each(p, fp, fp->under[way]);
			th_page_mass(p, fp->under[way]);
		} else {
			th_doc_none(&p->doc);
			th_doc_none(&p->doc);
		}
	}
	th_doc_close(&p->doc);
}

void th_put_footprint_outside(th_page *p, const th_footprint *fp)
{
	const struct { th_label label; th_mass mass; } row[] = {
		{W_FP_CREDITS, fp->credits}, {W_FP_AVOIDED, fp->avoided}, {W_FP_OUTSIDE_GASES, fp->outside}, {W_FP_BEYOND, fp->beyond}, {W_FP_OTHER_TIME, fp->other_time},
	};
	th_page_section(p, W_FP_NOT_IN);
	th_page_plain_table(p, "wm");
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		if (row[i].mass) {
			th_page_cell(p, row[i].label);
			th_page_mass(p, row[i].mass);
		}
	th_doc_close_if_any(&p->doc);
}

/* --- the site --- */

void th_put_footprint_site(th_page *p, const th_site_balance *site)
{
	const struct { th_label label; th_mass mass; } row[] = {
		{W_FP_IN_PRODUCTS, site->in_products}, {W_FP_BEYOND, site->beyond}, {W_FP_OTHER_TIME, site->other_time}, {W_FP_OF_NONE, site->of_none},
		{W_FP_UNDIVIDED, site->undivided}, {W_FP_SITE, site->gross},
	};
	th_page_section(p, W_FP_BALANCE);
	th_page_plain_table(p, "wm");
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		th_page_cell(p, row[i].label);
		th_page_mass(p, row[i].mass);
	}
	th_doc_close(&p->doc);
}

void th_put_footprint_caveats(th_page *p, const th_footprints *f)
{
	if (f->caveats == 0)
		return;
	th_page_section(p, W_FP_CAVEATS);
	th_put_caveat_heads(p);
	for (size_t i = 0; i < f->caveats; i++) {
		const th_footprint_caveat *caveat = &f->caveat[i];
		th_diag_code(&p->doc.text, caveat->code);
		th_doc_end(&p->doc);
		th_diag_sentence(&p->doc.text, caveat->code, p->lang, caveat->arg, caveat->args);
		th_page_text(p, TH_S("  "));
		th_put_place_text(caveat->file, caveat->line, &p->doc.text);
		th_doc_end(&p->doc);
	}
	th_doc_close(&p->doc);
}

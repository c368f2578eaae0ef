/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a summary wants of a case, as text: so it can be kept, and summed in any order. */

#include "batch/batch.h"

#include "report/check_report.h"

/* What can be the same in two applicants by chance is not noted: a meter's name without its number, a round figure, a short text. */
enum { METER_DIGITS = 6, FIGURE_LEAST = 1000, TEXT_BYTES = 36 };

static void field(th_buf *out, th_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		th_buf_char(out, text.ptr[i] == '\x1e' || text.ptr[i] == '\x1f' ? ' ' : text.ptr[i]);
}

static void record(th_buf *out, const char *what, th_slice id)
{
	th_buf_str(out, what);
	th_buf_char(out, '\x1f');
	field(out, id);
	th_buf_char(out, '\x1e');
}

/* --- lines --- */

static size_t digits_in(th_slice text)
{
	size_t digits = 0;
	for (size_t i = 0; i < text.len; i++)
		digits += text.ptr[i] >= '0' && text.ptr[i] <= '9';
	return digits;
}

static void note_figure(th_buf *out, const th_entry *e)
{
	th_buf_str(out, "figure\x1f");
	field(out, e->period);
	th_buf_char(out, ' ');
	field(out, e->activity ? e->activity->id : e->activity_text);
	th_buf_char(out, ' ');
	field(out, e->quantity);
	th_buf_char(out, ' ');
	field(out, e->unit);
	th_buf_char(out, '\x1e');
}

th_status th_batch_hear(void *lines, const th_entry *e)
{
	th_batch_lines *l = lines;
	if (l->any && l->order == e->order)
		return TH_OK;
	l->any = true;
	l->order = e->order;
	if (digits_in(e->source) >= METER_DIGITS)
		record(&l->note, "meter", e->source);
	if (digits_in(e->site) >= METER_DIGITS)
		record(&l->note, "meter", e->site);
	if (e->amount.mant >= FIGURE_LEAST || e->amount.mant <= -FIGURE_LEAST) /* which has no noughts at its end */
		note_figure(&l->note, e);
	return l->note.failed ? TH_SYSTEM : TH_OK;
}

/* --- the whole --- */

static th_slice category_of(const th_assessment *a)
{
	uint32_t decl;
	if (!a || !th_index_get(a->pack->category, &decl) || !a->inputs.input[decl].value.known)
		return (th_slice){"", 0};
	return a->pack->decl[decl].option[a->inputs.input[decl].value.choice].id;
}

static const char *verdict_of(const th_assessment *a)
{
	return !a || a->broken ? "error" : th_verdict_names[a->results.verdict];
}

/* Of a measure: that measures miss something, not which of them. */
static th_slice general(th_slice id)
{
	static const char prefix[] = "measures:";
	return th_slice_starts(id, th_slice_of(prefix)) ? (th_slice){id.ptr, sizeof prefix - 2} : id;
}

static void note_requirements(const th_assessment *a, th_buf *out)
{
	size_t count = 0;
	th_arena arena = {0};
	for (size_t i = 0; i < a->results.results; i++)
		if (a->results.result[i].status == TH_RULE_NOT_MET && a->results.result[i].requirement->level == TH_RULE_MANDATORY)
			record(out, "not_met", a->results.result[i].requirement->id);
	const th_slice *lack = th_whole_lacks(a, &arena, &count);
	bool measures = false;
	for (size_t i = 0; lack && i < count; i++) {
		th_slice id = general(lack[i]);
		bool again = id.len < lack[i].len && measures;
		measures |= id.len < lack[i].len;
		if (!again)
			record(out, "missing", id);
	}
	out->failed |= !lack;
	th_arena_free(&arena);
}

static void note_intensities(const th_account *account, th_buf *out)
{
	enum { SIGNIFICANT = 12 };
	for (size_t i = 0; i < account->intensities; i++) {
		const th_intensity_value *v = &account->intensity[i];
		const th_totals *t = th_intensity_totals(account, v);
		if (!t || t->gross <= 0)
			continue;
		th_buf_str(out, "intensity\x1f");
		field(out, v->intensity->id);
		th_buf_char(out, '\x1f');
		th_put_mass_quotient(out, t->gross, 3, &v->divisor, SIGNIFICANT);
		th_buf_char(out, '\x1e');
	}
}

static void note_measures(const th_assessment *a, th_buf *out)
{
	for (size_t i = 0; i < a->measures.count; i++)
		if (a->measures.measure[i].name.len >= TEXT_BYTES)
			record(out, "measure", a->measures.measure[i].name);
}

/* Each code once. */
static void note_errors(const th_diags *diags, th_buf *out)
{
	th_finding_row row, before;
	for (size_t i = 0; th_diags_row(diags, i, &row); i++) {
		bool again = row.severity != TH_ERROR;
		for (size_t k = 0; k < i && !again && th_diags_row(diags, k, &before); k++)
			again = before.code == row.code;
		if (!again)
			th_buf_printf(out, "error\x1f" "E%u\x1e", (unsigned)row.code);
	}
}

void th_batch_note(const th_assessment *a, const th_diags *diags, const th_batch_lines *lines, th_buf *out)
{
	field(out, category_of(a));
	th_buf_char(out, '\x1f');
	th_buf_str(out, verdict_of(a));
	th_buf_char(out, '\x1e');
	if (!a || a->broken)
		note_errors(diags, out);
	if (!a)
		return;
	note_requirements(a, out);
	if (a->account)
		note_intensities(a->account, out);
	note_measures(a, out);
	th_buf_slice(out, th_buf_view(&lines->note));
}

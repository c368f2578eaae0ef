/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What would change a requirement of a check, in words: the smallest changes, by the status they lead to. */
#include "report/check_report.h"

#include "base/day.h"
#include "report/drawing.h"

enum { SAID = 4, FEW = 2 }; /* changes to one status that are said, at most and where there are as many; JSON has all */

const th_rule_option *th_flip_option(const th_assessment *a, const th_check_flip *f)
{
	const th_rule_decl *decl = &a->pack->decl[f->decl];
	if (f->kind != TH_FLIP_FACT || decl->type == TH_RULE_TEXT || decl->type == TH_RULE_DATE)
		return NULL;
	return decl->type == TH_RULE_BOOL ? &a->pack->answer[f->option] : &decl->option[f->option];
}

bool th_flip_is_year(const th_assessment *a, const th_check_flip *f)
{
	return f->kind == TH_FLIP_FACT && f->scale == TH_FLIP_OPTION && a->pack->decl[f->decl].is_year;
}

static void put_now(th_page *p, const th_assessment *a, const th_check_flip *f)
{
	th_buf now = {0};
	if (f->scale == TH_FLIP_NUMBER && f->now.known)
		th_put_exact_text(f->now.number, f->unit, TH_S(""), TH_PLACES, p->lang, &now);
	else if (f->scale == TH_FLIP_DAY && f->kind == TH_FLIP_FACT)
		th_buf_slice(&now, a->inputs.input[f->decl].text);
	if (now.len)
		TH_SAY(p, W_FLIP_NOW, th_fill_text(th_buf_view(&now)));
	p->doc.failed |= now.failed;
	th_buf_free(&now);
}

/* As the language calls it; only of a fact or a parameter is the case asked. */
static th_slice unit_of(const th_page *p, const th_assessment *a, const th_check_flip *f, th_buf *name)
{
	th_slice called = {NULL, 0};
	if (f->kind == TH_FLIP_FACT || f->kind == TH_FLIP_PARAM)
		called = th_word(a->pack->decl[f->decl].unit_name, p->lang);
	if (called.len)
		return called;
	th_unit_put_name(a->reference->units, f->unit_text, p->lang, name);
	return th_buf_view(name);
}

static void put_number(th_page *p, const th_assessment *a, const th_check_flip *f, th_slice name)
{
	th_buf called = {0};
	const th_slice unit = unit_of(p, a, f, &called);
	static const th_label label[2][2] = {{W_FLIP_BELOW, W_FLIP_AT_MOST}, {W_FLIP_ABOVE, W_FLIP_AT_LEAST}};
	th_buf at = {0};
	th_put_decimal(&at, f->at);
	th_buf_slice(&at, th_unit_gap(unit, p->lang));
	th_buf_slice(&at, unit);
	if (f->at.mant == 0 && f->side > 0 && !f->now.known)
		TH_SAY(p, W_FLIP_ANY, th_fill_text(name));
	else
		TH_SAY(p, label[f->side > 0][f->inclusive], th_fill_text(name), th_fill_text(th_buf_view(&at)));
	p->doc.failed |= at.failed || called.failed;
	th_buf_free(&at);
	th_buf_free(&called);
}

static void put_day(th_page *p, const th_check_flip *f, th_slice name)
{
	th_buf at = {0};
	th_put_day(f->day, &at);
	TH_SAY(p, f->side > 0 ? W_FLIP_LATER : W_FLIP_EARLIER, th_fill_text(name), th_fill_text(th_buf_view(&at)));
	p->doc.failed |= at.failed;
	th_buf_free(&at);
}

/* Several options of one fact that lead to the same are said once. */
static size_t options_of(const th_assessment *a, const th_check_flip *f, bool before)
{
	size_t count = 0;
	for (const th_check_flip *g = a->flip; g < (before ? f : a->flip + a->flips); g++)
		count += g->requirement == f->requirement && g->status == f->status && g->kind == f->kind && g->scale == TH_FLIP_OPTION && g->givens == f->givens &&
		         th_slice_eq(g->what, f->what);
	return count;
}

static void put_option(th_page *p, const th_assessment *a, const th_check_flip *f, th_slice name)
{
	const th_rule_option *option = th_flip_option(a, f);
	if (f->kind == TH_FLIP_GWP)
		TH_SAY(p, W_FLIP_GWP, th_fill_text(th_slice_of(th_gwp_names[f->option])));
	else if (f->kind == TH_FLIP_SCOPE)
		TH_SAY(p, W_FLIP_LEFT_OUT, th_fill_text(th_page_word(p, th_scope_word(f->what.ptr[0] - '0'))));
	else if (f->kind == TH_FLIP_ACTIVITY)
		TH_SAY(p, W_FLIP_LEFT_OUT, th_fill_text(name));
	else if (f->kind == TH_FLIP_CANCEL)
		TH_SAY(p, W_FLIP_CANCELLED, th_fill_text(name));
	else if (f->kind == TH_FLIP_EVIDENCE)
		TH_SAY(p, f->option ? W_FLIP_EVIDENCE : W_FLIP_NO_EVIDENCE, th_fill_text(name));
	else if (option && options_of(a, f, false) > 1 && a->inputs.input[f->decl].value.known)
		TH_SAY(p, W_FLIP_OTHER, th_fill_text(name));
	else if (option)
		TH_SAY(p, W_FLIP_IS, th_fill_text(name), th_fill_text(th_word(option->name, p->lang)));
	else if (th_flip_is_year(a, f))
		TH_SAY(p, W_FLIP_IS_YEAR, th_fill_text(name), th_fill_integer((long long)f->option));
	else
		TH_SAY(p, W_FLIP_GIVEN, th_fill_text(name));
}

/* The series and what is missing of it, and how much that would be. */
static void put_months(th_page *p, const th_assessment *a, const th_check_flip *f)
{
	th_buf name = {0};
	th_buf_slice(&name, th_page_word(p, W_FLIP_MONTHS));
	size_t from = name.len;
	const th_slice part[] = {f->hole->site, f->hole->source, f->hole->activity_text};
	for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
		th_buf_slice(&name, part[i].len && name.len > from ? th_page_word(p, W_LIST) : TH_S(""));
		th_buf_slice(&name, part[i]);
	}
	th_buf_str(&name, " ");
	th_put_gap(&name, &f->hole->gap[0]);
	th_buf_str(&name, f->hole->gaps > 1 ? " ..." : "");
	bool as_lines = th_slice_eq(f->unit_text, f->hole->unit);
	th_buf_slice(&name, th_page_word(p, as_lines ? W_FLIP_MONTHS_QUANTITY : W_FLIP_MONTHS_END));
	put_number(p, a, f, th_buf_view(&name));
	if (f->typical > 0 && f->at.mant > 0)
		TH_SAY(p, as_lines ? W_FLIP_TIMES_ALIKE : W_FLIP_TIMES, th_fill_real(f->size, f->size < 10 ? 1 : 0, false));
	p->doc.failed |= name.failed;
	th_buf_free(&name);
}

/* Which line, behind the name of its activity. */
static void put_line(const th_page *p, const th_check_flip *f, th_buf *name)
{
	const th_slice part[] = {f->place.period, f->place.site, f->place.source};
	th_buf_slice(name, th_page_word(p, W_FLIP_OF_LINE));
	for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
		th_buf_slice(name, part[i].len && i ? th_page_word(p, W_LIST) : TH_S(""));
		th_buf_slice(name, part[i]);
	}
	th_buf_slice(name, th_page_word(p, W_LIST));
	th_put_place_text(f->place.file, f->place.line, name);
	th_buf_slice(name, th_page_word(p, W_FLIP_LINE_END));
}

static void put_flip(th_page *p, const th_assessment *a, const th_check_flip *f)
{
	th_buf name = {0};
	if (f->kind == TH_FLIP_MEASURE || f->kind == TH_FLIP_CANCEL || f->kind == TH_FLIP_EFFECT) {
		th_buf_slice(&name, f->what);
		th_buf_char(&name, ' ');
	}
	th_buf_slice(&name, th_word(f->name, p->lang));
	if (f->kind == TH_FLIP_MEASURE)
		th_buf_slice(&name, th_page_word(p, W_FLIP_REDUCTION));
	if (f->kind == TH_FLIP_EFFECT)
		th_buf_slice(&name, th_page_word(p, W_FLIP_EFFECT));
	if (f->kind == TH_FLIP_NCV || f->kind == TH_FLIP_CARBON)
		th_buf_slice(&name, th_page_word(p, f->kind == TH_FLIP_NCV ? W_FLIP_NCV : W_FLIP_CARBON));
	if (f->kind == TH_FLIP_LINE)
		put_line(p, f, &name);
	if (f->kind == TH_FLIP_MONTHS)
		put_months(p, a, f);
	else if (f->scale == TH_FLIP_NUMBER)
		put_number(p, a, f, th_buf_view(&name));
	else if (f->scale == TH_FLIP_DAY)
		put_day(p, f, th_buf_view(&name));
	else
		put_option(p, a, f, th_buf_view(&name));
	put_now(p, a, f);
	p->doc.failed |= name.failed;
	th_buf_free(&name);
}

/* What is said together: changes of a requirement to one status, with or without other things set. */
typedef struct group {
	uint32_t requirement;
	th_rule_status status;
	bool given;
} group;

static bool is_said(const th_assessment *a, const th_check_flip *f, const group *g)
{
	bool again = f->kind == TH_FLIP_FACT && f->scale == TH_FLIP_OPTION && a->inputs.input[f->decl].value.known && options_of(a, f, true) > 0;
	return f->requirement == g->requirement && f->status == g->status && (f->givens > 0) == g->given && !again;
}

/* The smallest change of each kind, and with few kinds the next ones, in their order. */
static size_t choose(const th_assessment *a, const group *g, bool *chosen, size_t *count)
{
	size_t said = 0;
	unsigned kinds = 0;
	*count = 0;
	for (size_t i = 0; i < a->flips; i++) {
		bool is = is_said(a, &a->flip[i], g);
		chosen[i] = is && said < SAID && !(kinds >> a->flip[i].kind & 1);
		kinds |= chosen[i] ? 1u << a->flip[i].kind : 0;
		said += chosen[i];
		*count += is;
	}
	for (size_t i = 0; i < a->flips && said < FEW; i++)
		if (!chosen[i] && is_said(a, &a->flip[i], g)) {
			chosen[i] = true;
			said++;
		}
	return said;
}

static void put_group(th_page *p, const th_assessment *a, const group *g, bool *chosen)
{
	size_t count, said = choose(a, g, chosen, &count);
	bool more = false;
	if (said == 0)
		return;
	TH_SAY(p, g->given ? W_FLIP_THEN_REST : W_FLIP_THEN, th_fill_text(th_page_word(p, th_status_word(g->status))));
	for (size_t i = 0; i < a->flips; i++)
		if (chosen[i]) {
			th_page_text(p, more ? th_page_word(p, W_SEMICOLON) : TH_S(""));
			put_flip(p, a, &a->flip[i]);
			more = true;
		}
	if (count > said)
		TH_SAY(p, W_FLIP_OTHERS, th_fill_integer((long long)(count - said)));
	th_page_field(p, W_FLIP, TH_S(""));
}

static void put_ends(th_page *p, const th_assessment *a, uint32_t requirement)
{
	for (size_t i = 0; i + 1 < a->ends; i += 2)
		if (a->end[i].requirement == requirement) {
			TH_SAY(p, W_FLIP_ENDS_ARE, th_fill_text(th_page_word(p, th_status_word(a->end[i].status))),
			       th_fill_text(th_page_word(p, th_status_word(a->end[i + 1].status))));
			th_page_field(p, W_FLIP_ENDS, TH_S(""));
		}
}

void th_put_flips_text(th_page *p, const th_assessment *a, uint32_t requirement)
{
	th_arena arena = {0};
	bool *chosen = th_arena_alloc(&arena, a->flips + 1, sizeof *chosen);
	p->doc.failed |= !chosen;
	put_ends(p, a, requirement);
	for (int i = 0; chosen && i < 2 * TH_RULE_STATUSES; i++)
		put_group(p, a, &(group){requirement, (th_rule_status)(i / 2), i % 2 == 1}, chosen);
	th_arena_free(&arena);
}

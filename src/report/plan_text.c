/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plan for people: what it rests on, the past, the way, the efforts, what was asked, and what could not be computed. */
#include "report/plan_report.h"

#include <stdarg.h>

enum { SHORT_SHA = 12 };

void th_plan_fill(th_buf *out, th_label label, th_lang lang, ...)
{
	const char *arg[6] = {0}, *text = th_word_text(label, lang);
	size_t count = 0;
	va_list args;
	va_start(args, lang);
	for (const char *one; count < sizeof arg / sizeof *arg && (one = va_arg(args, const char *)) != NULL;)
		arg[count++] = one;
	va_end(args);
	for (; *text; text++) {
		size_t number = *text == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}' ? (size_t)(text[1] - '0') : 0;
		if (number == 0) {
			th_buf_char(out, *text);
			continue;
		}
		th_buf_str(out, number <= count ? arg[number - 1] : "");
		text += 2;
	}
}

th_slice th_plan_word(const th_plan_page *p, th_label label)
{
	return th_slice_of(th_word_text(label, p->lang));
}

void th_plan_heading(const th_plan_page *p, th_label label)
{
	th_buf_char(p->out, '\n');
	th_paragraph(th_plan_word(p, label), 0, p->out);
}

void th_plan_head_cell(const th_plan_page *p, th_grid *grid, th_label label)
{
	th_grid_cell(grid, th_plan_word(p, label));
}

void th_plan_tonnes(const th_plan_page *p, th_grid *grid, th_mass mass)
{
	th_put_mass_rounded(&grid->text, mass, 3, p->digits, true);
	th_grid_end(grid);
}

const char *th_plan_tonne_text(const th_plan_page *p, th_mass mass, th_buf *text)
{
	th_buf_clear(text);
	th_put_mass_rounded(text, mass, 3, p->digits, true);
	th_buf_char(text, '\0');
	return text->failed ? "" : text->ptr;
}

void th_plan_money(th_grid *grid, th_money money)
{
	th_put_mass_rounded(&grid->text, money, 4, 2, true);
	th_grid_end(grid);
}

void th_plan_year(th_grid *grid, int year)
{
	if (year)
		th_buf_printf(&grid->text, "%d", year);
	th_grid_end(grid);
}

void th_plan_ratio(th_grid *grid, th_mass a, th_mass b, int digits)
{
	th_ratio divisor = th_mass_ratio(b);
	if (b > 0)
		th_put_mass_quotient(&grid->text, a, 0, &divisor, digits);
	else
		th_buf_char(&grid->text, '-');
	th_grid_end(grid);
}

th_slice th_plan_activity_name(const th_plan_page *p, th_slice id)
{
	const th_activity *activity = th_plan_activity(p->plan, id);
	th_slice name = activity ? th_in_lang(p->lang, activity->name_zh, activity->name_en) : id;
	return name.len ? name : id;
}

static th_label kind_word(th_path_target_kind kind)
{
	static const th_label words[] = {[TH_PATH_GROSS] = W_P_GROSS, [TH_PATH_NET] = W_P_NET, [TH_PATH_INTENSITY] = W_P_INTENSITY};
	return words[kind];
}

void th_plan_ladder_name(const th_plan_page *p, const th_path_input *input, const th_path_ladder *ladder, th_buf *out)
{
	th_buf_slice(out, th_plan_word(p, kind_word(ladder->kind)));
	if (ladder->kind == TH_PATH_INTENSITY) {
		th_buf_str(out, " /");
		th_buf_slice(out, input->driver[ladder->driver].id);
	}
}

/* --- the head --- */

static void file_field(const th_plan_page *p, th_grid *grid, const char *path, const char *encoding, const char *sha256, size_t rows)
{
	const char *comma = th_word_text(W_COMMA, p->lang);
	th_buf text = {0};
	th_buf_str(&text, path);
	if (sha256)
		th_buf_printf(&text, "%s%s%s%zu %s%ssha256 %.*s", comma, encoding, comma, rows, th_word_text(W_ROWS, p->lang), comma, SHORT_SHA, sha256);
	else
		th_buf_printf(&text, "%s%s", comma, th_word_text(W_ABSENT, p->lang));
	th_field_built(grid, W_INPUT, p->lang, &text);
	grid->failed |= text.failed;
	th_buf_free(&text);
}

static void files(const th_plan_page *p, th_grid *grid)
{
	const th_case_plan *plan = p->plan;
	for (size_t i = 0; i < plan->a->files; i++) {
		const th_check_file *file = &plan->a->file[i];
		if (file->found || file->kind != TH_CHECK_PARAMS)
			file_field(p, grid, file->path, file->encoding, file->found ? file->sha256 : NULL, file->rows);
	}
	file_field(p, grid, plan->assumptions_path, plan->assumptions.encoding, plan->has_assumptions ? plan->assumptions.sha256 : NULL,
	           plan->assumptions.rows);
	if (plan->has_delivered)
		file_field(p, grid, plan->delivered_path, plan->delivered.encoding, plan->delivered.sha256, plan->delivered.count);
	for (size_t i = 0; i < plan->yearlys; i++)
		file_field(p, grid, plan->yearly[i].path, plan->yearly[i].encoding, plan->yearly[i].sha256, plan->yearly[i].count);
	for (size_t i = 0; i < plan->scenarios; i++)
		file_field(p, grid, plan->scenario[i].path, plan->scenario[i].params.encoding, plan->scenario[i].params.sha256,
		           plan->scenario[i].params.rows);
}

static void base_fields(const th_plan_page *p, th_grid *grid)
{
	const th_case_plan *plan = p->plan;
	const th_path_year *base = &plan->path.year[0];
	th_buf text = {0}, gross = {0}, removals = {0};
	th_buf_printf(&text, "%d%s", base->year, th_word_text(W_COLON, p->lang));
	th_plan_fill(&text, W_P_BASE_GROSS, p->lang, th_plan_tonne_text(p, base->gross, &gross), th_plan_tonne_text(p, base->removals, &removals),
	             (char *)NULL);
	th_field_built(grid, W_P_BASE, p->lang, &text);
	th_field(grid, W_P_BAU, p->lang, th_plan_word(p, !plan->has_bau ? W_P_BAU_NONE : plan->trend_bau ? W_P_BAU_TREND : W_P_BAU_GROWTH));
	th_buf_printf(&text, "%d - %d", plan->input.base_year, plan->input.last_year);
	th_field_built(grid, W_P_SPAN, p->lang, &text);
	grid->failed |= text.failed | gross.failed | removals.failed;
	th_buf_free(&text);
	th_buf_free(&gross);
	th_buf_free(&removals);
}

static void head(const th_plan_page *p)
{
	const th_assessment *a = p->plan->a;
	uint32_t name = th_pack_fact(a->pack, TH_S("name"));
	th_grid grid = {.align = "ll"};
	th_buf_printf(p->out, "tanhe 碳核 %s  %s\n\n", th_version(), th_word_text(W_P_TITLE, p->lang));
	if (name != TH_NONE && a->inputs.input[name].value.known)
		th_field(&grid, W_APPLICANT, p->lang, a->inputs.input[name].text);
	if (a->account)
		th_field(&grid, W_H_PROFILE, p->lang, th_in_lang(p->lang, a->account->profile->name_zh, a->account->profile->name_en));
	if (p->plan->has_base)
		base_fields(p, &grid);
	files(p, &grid);
	th_grid_print(&grid, 0, p->out);
}

static void assumptions(const th_plan_page *p)
{
	const th_params *params = &p->plan->assumptions;
	th_grid grid = {.align = "ldll"};
	if (params->count == 0)
		return;
	th_plan_heading(p, W_P_ASSUMPTIONS);
	for (size_t i = 0; i < params->count; i++) {
		th_grid_cell(&grid, params->row[i].param);
		th_grid_cell(&grid, params->row[i].value);
		th_grid_cell(&grid, params->row[i].unit);
		th_grid_cell(&grid, params->row[i].source);
	}
	th_grid_print(&grid, 2, p->out);
}

/* --- the end --- */

static void caveat_row(const th_plan_page *p, th_grid *grid, const th_check_caveat *caveat)
{
	th_buf detail = {0};
	th_buf_printf(&grid->text, "C%u", (unsigned)caveat->code);
	th_grid_end(grid);
	th_buf_str(&grid->text, th_diag_title(caveat->code, p->lang));
	th_diag_detail(&detail, caveat->code, p->lang, caveat->arg, caveat->args);
	if (detail.len) {
		th_grid_text(grid, th_plan_word(p, W_COLON));
		th_grid_text(grid, th_buf_view(&detail));
	}
	if (caveat->file) {
		th_buf_str(&grid->text, "  ");
		th_put_place_text(caveat->file, caveat->line, &grid->text);
	}
	grid->failed |= detail.failed;
	th_buf_free(&detail);
	th_grid_end(grid);
}

static void caveats(const th_plan_page *p)
{
	const th_case_plan *plan = p->plan;
	th_grid grid = {.align = "ll"};
	for (size_t i = 0; i < plan->caveats; i++)
		caveat_row(p, &grid, &plan->caveat[i]);
	for (size_t i = 0; i < plan->a->caveats; i++)
		caveat_row(p, &grid, &plan->a->caveat[i]);
	if (grid.cells)
		th_plan_heading(p, W_P_CAVEATS);
	th_grid_print(&grid, 2, p->out);
	if (plan->a->account && plan->a->account->caveats)
		th_caveats_text(plan->a->account, W_ACCOUNT_CAVEATS, p->lang, p->out);
}

static void methods(const th_plan_page *p)
{
	th_grid grid = {.align = "ll"};
	th_plan_heading(p, W_P_METHOD);
	th_field(&grid, W_P_METHOD_PEAK, p->lang, p->plan->rules.source);
	th_field(&grid, W_P_SLOPE, p->lang, p->plan->rules.test_source);
	th_field(&grid, W_P_LMDI, p->lang, th_plan_word(p, W_P_METHOD_LMDI));
	th_field(&grid, W_P_MEASURES_YEARS, p->lang, th_plan_word(p, W_P_METHOD_YEARS));
	th_grid_print(&grid, 2, p->out);
}

static void text_of(const th_case_plan *plan, th_lang lang, th_buf *out)
{
	const th_mass large = (th_mass)100000 * 1000 * 1000000000;
	th_mass size = plan->a->account ? plan->a->account->gross : 0;
	const th_plan_page p = {.plan = plan, .lang = lang, .out = out, .digits = size < large ? 1 : 0};
	head(&p);
	assumptions(&p);
	th_plan_past(&p);
	th_plan_way(&p);
	th_plan_efforts(&p);
	th_plan_asked(&p);
	caveats(&p);
	methods(&p);
}

th_status th_report_plan(const th_case_plan *plan, th_format format, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_begin(NULL);
	static void (*const writer[])(const th_case_plan *, th_lang, th_buf *) = {text_of, th_plan_json};
	th_buf out = {0};
	if ((size_t)format >= sizeof writer / sizeof *writer)
		return TH_USAGE;
	writer[format](plan, lang, &out);
	return th_give(mark, &out, text, len);
}

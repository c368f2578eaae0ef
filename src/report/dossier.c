/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The dossier as a whole: its first page, and the chapters of each part in their order. */
#include "report/dossier.h"

#include "uncertainty/uncertainty.h"

/* --- what is shown --- */

static bool has_year(const th_account *a, int year)
{
	for (size_t i = 0; i < a->years; i++)
		if (a->year[i] == year)
			return true;
	return false;
}

/* The base year as stated. */
static int stated_year(const th_assessment *a)
{
	uint32_t decl = th_pack_fact(a->pack, TH_S("base_year"));
	const th_rule_value *value = decl == TH_NONE ? NULL : &a->inputs.input[decl].value;
	return value && value->known && value->type == TH_RULE_DATE ? value->date.first_year : 0;
}

static int year_shown(const th_assessment *a)
{
	const th_account *account = a->account;
	int year = stated_year(a);
	if (!account || account->years == 0)
		return 0;
	if (year && has_year(account, year))
		return year;
	for (size_t i = a->years; i-- > 0;)
		if (a->year[i].whole && a->year[i].months == 12)
			return a->year[i].year;
	return account->year[account->years - 1];
}

static bool is_illustrative(const th_case_plan *plan)
{
	bool any = false;
	for (size_t i = 0; i < plan->assumptions.count; i++)
		any |= plan->assumptions.row[i].illustrative;
	for (size_t s = 0; s < plan->scenarios; s++)
		for (size_t i = 0; i < plan->scenario[s].params.count; i++)
			any |= plan->scenario[s].params.row[i].illustrative;
	return any;
}

/* --- the first page --- */

static void put_input(th_page *p, const th_assessment *a, th_label label, uint32_t decl)
{
	if (decl == TH_NONE || !a->inputs.input[decl].value.known)
		return;
	th_put_rule_input(&a->inputs, decl, p->lang, &p->doc.text);
	th_page_field(p, label, TH_S(""));
}

static void put_period(th_page *p, const th_assessment *a)
{
	uint32_t start = th_pack_fact(a->pack, TH_S("start")), end = th_pack_fact(a->pack, TH_S("end"));
	if (start == TH_NONE || end == TH_NONE || !a->inputs.input[start].value.known || !a->inputs.input[end].value.known)
		return;
	th_put_rule_input(&a->inputs, start, p->lang, &p->doc.text);
	th_page_say(p, W_D_TO);
	th_put_rule_input(&a->inputs, end, p->lang, &p->doc.text);
	th_page_field(p, W_D_PERIOD, TH_S(""));
}

static uint32_t decl_of(th_index fact)
{
	uint32_t decl;
	return th_index_get(fact, &decl) ? decl : TH_NONE;
}

static void put_gross(th_page *p, const th_dossier *d)
{
	const th_totals *totals = th_dossier_totals(d);
	if (!totals)
		return;
	th_page named = {.lang = p->lang};
	const th_profile *own = th_check_total(d->a);
	if (own)
		TH_SAY(&named, W_D_BASE_TOTAL, th_fill_text(th_in_lang(p->lang, own->total_zh, own->total_en)), th_fill_integer(d->year));
	else
		TH_SAY(&named, W_D_BASE_GROSS, th_fill_integer(d->year));
	th_put_mass_rounded(&p->doc.text, own ? totals->of_profile : totals->gross, p->shift, p->digits, true);
	th_page_text(p, TH_S(" "));
	th_page_say(p, W_TONNES);
	th_doc_field(&p->doc, th_buf_view(&named.doc.text), TH_S(""));
	p->doc.failed |= th_doc_failed(&named.doc);
	th_doc_free(&named.doc);
}

static void put_title(th_page *p, const th_assessment *a)
{
	th_slice applicant = th_applicant(a);
	th_page_text(p, applicant.len ? applicant : a->name);
	th_page_text(p, TH_S("  "));
	if (a->pack->at) {
		TH_SAY(p, W_O_REPORT, th_fill_text(th_word(a->pack->stage[a->pack->at].name, p->lang)));
		th_doc_title(&p->doc, TH_S(""));
	} else
		th_doc_title(&p->doc, th_page_word(p, W_D_TITLE));
}

static void put_cover(th_page *p, const th_dossier *d)
{
	const th_assessment *a = d->a;
	put_title(p, a);
	th_doc_open(&p->doc, TH_DOC_PLAIN, TH_S(""));
	if (a->illustrative)
		th_doc_mark(&p->doc, th_page_word(p, W_ILLUSTRATIVE));
	if (d->illustrative)
		th_doc_mark(&p->doc, th_page_word(p, W_D_ILLUSTRATIVE));
	if (d->own_illustrative)
		th_doc_mark(&p->doc, th_page_word(p, W_D_OWN_ILLUSTRATIVE));
	th_page_field(p, W_APPLICANT, th_applicant(a));
	put_input(p, a, W_KIND, decl_of(a->pack->category));
	put_input(p, a, W_TARGET, decl_of(a->pack->target));
	put_period(p, a);
	th_put_pack_name(a->pack, p->lang, &p->doc.text);
	th_page_field(p, W_RULES, TH_S(""));
	th_page_field(p, W_DOCUMENT, a->pack->document);
	put_gross(p, d);
	th_page_field(p, W_SELF_CHECK, th_verdict_said(a->pack, a->results.verdict, p->lang));
	th_buf_printf(&p->doc.text, "tanhe 碳核 %s", th_version());
	th_page_field(p, W_D_MADE_BY, TH_S(""));
	th_page_paragraph(p, W_SELF_CHECK_NOTE);
	th_doc_close(&p->doc);
}

/* --- chapters --- */

/* Alone; in the whole each stands where it is spoken of. */
static void put_pictures(th_page *p, const th_dossier *d)
{
	const th_account *a = d->a->account;
	th_page_section(p, W_D_PICTURES);
	th_dossier_mark(p, d->own_illustrative);
	if (a && d->year) {
		th_put_gross_text(p, d->a);
		th_put_sources_picture(p, d->sources, a, d->year);
		th_put_flow_picture(p, d->sources, a, d->year);
		th_put_profiles_picture(p, a, d->year, true);
		th_put_range_picture(p, th_uncertainty_of(a));
	}
	th_dossier_mark(p, false);
	th_put_peak_pictures(p, d->plan);
	th_dossier_mark(p, d->illustrative);
	th_put_path_picture(p, d->plan, true);
	th_put_bridge_picture(p, d->plan);
	th_put_cost_picture(p, d->plan, true);
	th_dossier_mark(p, d->a->illustrative);
	th_put_limits_picture(p, d->a, true);
	th_dossier_mark(p, false);
	th_put_schedule_picture(p, d->plan, true);
	th_doc_close(&p->doc);
}

typedef void (*chapter_fn)(th_page *page, const th_dossier *d);

/* In the order of an implementation plan, and in which part each stands beside the whole. Caveats and files belong to every part. */
static const struct {
	chapter_fn put;
	th_dossier_part part;
} chapters[] = {
	{th_put_dossier_applicant, TH_DOSSIER_CHECK}, {th_put_dossier_method, TH_DOSSIER_ACCOUNT}, {th_put_dossier_account, TH_DOSSIER_ACCOUNT},
	{th_put_dossier_peak, TH_DOSSIER_PLAN}, {th_put_dossier_path, TH_DOSSIER_PLAN}, {th_put_dossier_projects, TH_DOSSIER_PLAN},
	{th_put_dossier_schedule, TH_DOSSIER_PLAN}, {th_put_dossier_costs, TH_DOSSIER_PLAN}, {th_put_dossier_check, TH_DOSSIER_CHECK},
	{th_put_dossier_papers, TH_DOSSIER_CHECK}, {put_pictures, TH_DOSSIER_PICTURES}, {th_put_dossier_caveats, TH_DOSSIER_ALL}, {th_put_dossier_files, TH_DOSSIER_ALL},
};

/* Of a stage behind the application: what a pilot says of itself. */
static const chapter_fn evaluation[] = {
	th_put_dossier_applicant, th_put_dossier_outcomes, th_put_dossier_tasks, th_put_dossier_accounts, th_put_dossier_proven, th_put_dossier_deviations, th_put_dossier_check,
	th_put_dossier_papers, th_put_dossier_method, th_put_dossier_account, th_put_dossier_caveats, th_put_dossier_files,
};

/* What stands alone: a table, and what is said of it. */
static const struct {
	chapter_fn put;
	th_label name;
} alone[TH_DOSSIER_PARTS] = {
	[TH_DOSSIER_INDICATORS] = {th_put_dossier_indicators, W_D_INDICATORS}, [TH_DOSSIER_PROJECTS] = {th_put_dossier_projects, W_D_PROJECTS},
	[TH_DOSSIER_SCHEDULE] = {th_put_dossier_schedule, W_D_SCHEDULE}, [TH_DOSSIER_COSTS] = {th_put_dossier_costs, W_D_COSTS},
	[TH_DOSSIER_CONDITIONS] = {th_put_dossier_check, W_X_CHECK}, [TH_DOSSIER_EVIDENCE] = {th_put_dossier_papers, W_D_PAPERS},
};

const char *const th_dossier_parts[TH_DOSSIER_PARTS + 1] = {"all", "account", "check", "plan", "pictures", "indicators", "projects", "schedule", "costs", "conditions",
                                                            "evidence", NULL};

/* Files by their names, as in JSON: neither the folder that a run was started in nor how a path was typed shows. */
static void meet_files(th_file_names *names, const th_dossier *d)
{
	const th_assessment *a = d->a;
	for (size_t i = 0; i < a->files; i++)
		(void)th_name_of(names, a->file[i].path);
	for (size_t i = 0; a->account && i < a->account->inputs; i++)
		(void)th_name_of(names, a->account->input[i].path);
	if (a->account && a->account->instruments.path)
		(void)th_name_of(names, a->account->instruments.path);
	(void)th_name_of(names, d->plan->assumptions_path);
	(void)th_name_of(names, d->plan->delivered_path);
	for (size_t i = 0; i < d->plan->yearlys; i++)
		(void)th_name_of(names, d->plan->yearly[i].path);
	for (size_t i = 0; i < d->plan->scenarios; i++)
		(void)th_name_of(names, d->plan->scenario[i].path);
	for (size_t i = 0; i < a->reference->overlays; i++)
		(void)th_name_of(names, a->reference->overlay[i].path);
}

static void name_files(th_doc *doc, const th_dossier *d)
{
	th_file_names names = {0};
	meet_files(&names, d);
	th_rename_in_doc(&names, doc);
	th_file_names_free(&names);
}

static void put_dossier(th_page *p, const th_dossier *d, th_dossier_part part)
{
	if (alone[part].put) {
		put_title(p, d->a);
		alone[part].put(p, d);
	} else
		put_cover(p, d);
	const bool evaluates = d->a->pack->at && part == TH_DOSSIER_ALL, outlines = part == TH_DOSSIER_OUTLINE;
	if (outlines)
		th_put_dossier_outline(p, d);
	for (size_t i = 0; evaluates && i < sizeof evaluation / sizeof *evaluation; i++)
		evaluation[i](p, d);
	for (size_t i = 0; !evaluates && !outlines && i < sizeof chapters / sizeof *chapters; i++)
		if (!alone[part].put && ((part == TH_DOSSIER_ALL && chapters[i].part != TH_DOSSIER_PICTURES) || chapters[i].part == TH_DOSSIER_ALL || chapters[i].part == part))
			chapters[i].put(p, d);
	if (p->rounded)
		th_page_paragraph(p, W_D_ROUNDED);
}

/* --- as a workbook --- */

static void put_params(th_page *p, const th_dossier *d)
{
	th_page_section(p, W_PARAMS);
	th_dossier_mark(p, d->a->illustrative);
	th_put_check_params(p, d->a);
	th_dossier_mark(p, false);
	th_doc_close(&p->doc);
}

/* Its sheets; one without chapters is the ledger with all that belongs to it. */
static const struct {
	th_label name;
	th_dossier_part part;
	chapter_fn put[4];
} sheets[] = {
	{W_X_COVER, TH_DOSSIER_ALL, {put_cover, th_put_dossier_applicant}},
	{W_X_SUMMARY, TH_DOSSIER_ACCOUNT, {NULL}},
	{W_X_CHECK, TH_DOSSIER_CHECK, {th_put_dossier_overview, th_put_dossier_check, th_put_dossier_papers}},
	{W_O_EVALUATION, TH_DOSSIER_CHECK, {th_put_dossier_outcomes, th_put_dossier_tasks, th_put_dossier_accounts, th_put_dossier_deviations}},
	{W_X_PARAMS, TH_DOSSIER_CHECK, {put_params}},
	{W_X_PATH, TH_DOSSIER_PLAN, {th_put_dossier_path, th_put_dossier_peak}},
	{W_X_MEASURES, TH_DOSSIER_PLAN, {th_put_dossier_projects, th_put_dossier_schedule, th_put_dossier_costs}},
	{W_X_NOTES, TH_DOSSIER_ALL, {th_put_dossier_method, th_put_dossier_caveats, th_put_dossier_files}},
};

static void put_sheet(th_book *book, const th_page *words, const th_dossier *d, size_t sheet)
{
	th_page p = *words;
	if (!sheets[sheet].put[0]) {
		th_file_names names = {0};
		meet_files(&names, d);
		th_put_ledger_sheets(book, words, d, &names);
		book->failed |= names.failed;
		th_file_names_free(&names);
		return;
	}
	for (size_t i = 0; i < sizeof sheets[sheet].put / sizeof *sheets[sheet].put && sheets[sheet].put[i]; i++)
		sheets[sheet].put[i](&p, d);
	name_files(&p.doc, d);
	if (sheets[sheet].name == W_X_PATH)
		th_put_way_sheet(book, th_page_word(&p, W_X_PATH), words, d, &p.doc);
	else
		th_put_doc_sheet(book, th_page_word(&p, sheets[sheet].name), &p.doc);
	th_doc_free(&p.doc);
}

static void put_alone(th_book *book, const th_page *words, const th_dossier *d, th_dossier_part part)
{
	th_page p = *words;
	alone[part].put(&p, d);
	name_files(&p.doc, d);
	th_put_doc_sheet(book, th_page_word(&p, alone[part].name), &p.doc);
	th_doc_free(&p.doc);
}

static th_status put_book(th_buf *out, const th_page *words, const th_dossier *d, th_dossier_part part)
{
	th_book book;
	th_buf title = {0};
	th_book_begin(&book);
	th_buf_slice(&title, th_page_word(words, W_D_TITLE));
	if (d->a->illustrative || d->illustrative || d->own_illustrative) {
		th_buf_str(&title, " - ");
		th_buf_slice(&title, th_page_word(words, W_ILLUSTRATIVE_MARK));
	}
	th_buf_char(&title, '\0');
	book.title = th_buf_view(&title);
	book.author = TH_S("tanhe 碳核");
	book.failed |= title.failed;
	if (alone[part].put)
		put_alone(&book, words, d, part);
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets && !book.failed && !alone[part].put; i++)
		if ((sheets[i].name != W_O_EVALUATION || d->a->pack->at) && (part == TH_DOSSIER_ALL || sheets[i].part == TH_DOSSIER_ALL || sheets[i].part == part))
			put_sheet(&book, words, d, i);
	th_status status = !book.failed && book.cells > TH_BOOK_CELLS ? th_report(d->diags, TH_DOSSIER_LARGE, (th_pos){NULL, 0, 0, NULL}, (char *)NULL)
	                                                            : th_book_write(&book, d->diags, out);
	th_book_free(&book);
	th_buf_free(&title);
	return status;
}

th_status th_report_dossier(const th_case_plan *plan, th_dossier_lines *lines, const th_sources *sources, th_dossier_part part,
                            th_dossier_format format, th_lang lang, th_diags *diags, char **text, size_t *len)
{
	th_mark mark = th_report_begin(diags, text, len);
	th_buf out = {0};
	const th_dossier d = {.plan = plan, .a = plan->a, .lines = lines, .sources = sources, .diags = diags, .year = year_shown(plan->a),
	                      .illustrative = is_illustrative(plan), .own_illustrative = th_uses_illustrative(plan->a->account)};
	th_page p = {.lang = lang, .shift = 3, .digits = 2, .titled = true, .doc.lang = lang == TH_LANG_ZH ? "zh-CN" : "en"};
	th_dossier_sort(lines);
	if (format == TH_DOSSIER_XLSX) {
		th_status status = put_book(&out, &p, &d, part == TH_DOSSIER_OUTLINE ? TH_DOSSIER_ALL : part);
		if (status != TH_OK)
			th_buf_free(&out);
		return status == TH_OK ? th_give(mark, &out, text, len) : status;
	}
	put_dossier(&p, &d, part);
	name_files(&p.doc, &d);
	th_put_doc_as(format, &out, &p.doc);
	th_doc_free(&p.doc);
	return th_give(mark, &out, text, len);
}

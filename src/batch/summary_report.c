/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A summary as text, JSON (data/schema/batch_summary.schema.json) and CSV, sorted by names: no order of the cases shows in it. */

#include "batch/summary.h"

#include <stdlib.h>

#include "base/print.h"
#include "base/transcendental.h"
#include "io/csv.h"
#include "io/json.h"
#include "report/check_report.h"

/* How many are told: of the intensities of a category those furthest from the middle, of what several applicants have, and of these. */
enum { FURTHEST = 5, MOST_SHARED = 1000, MOST_CASES = 20, FEWEST = 3 };

/* A value that is far from the middle of its category. */
typedef struct outlier {
	const th_batch_value *at;
	double median, distance;   /* |ln(value / median)| */
} outlier;

typedef struct view {
	th_batch_summary *s;
	const th_batch_list *list;
	const th_reference *reference;
	const th_pack *pack;
	outlier *outlier;
	size_t outliers, shareds;
	th_arena arena;
} view;

/* --- sorting --- */

static int by_count(const void *x, const void *y)
{
	const th_batch_count *a = x, *b = y;
	if (a->what != b->what)
		return a->what < b->what ? -1 : 1;
	int order = th_slice_cmp(a->category, b->category);
	if (order == 0 && a->cases != b->cases)
		return a->cases > b->cases ? -1 : 1;
	return order ? order : th_slice_cmp(a->id, b->id);
}

static int by_value(const void *x, const void *y)
{
	const th_batch_value *a = x, *b = y;
	int order = th_slice_cmp(a->category, b->category);
	if (order == 0)
		order = th_slice_cmp(a->id, b->id);
	if (order == 0 && (a->value < b->value || a->value > b->value))
		return a->value < b->value ? -1 : 1;
	return order ? order : (a->index > b->index) - (a->index < b->index);
}

static int by_distance(const void *x, const void *y)
{
	const outlier *a = x, *b = y;
	if (a->distance < b->distance || a->distance > b->distance)
		return a->distance > b->distance ? -1 : 1;
	return (a->at->index > b->at->index) - (a->at->index < b->at->index);
}

static int by_index(const void *x, const void *y)
{
	const size_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

static int by_shared(const void *x, const void *y)
{
	const th_batch_shared *a = x, *b = y;
	int order = -strcmp(a->what, b->what); /* meter, measure, figure */
	if (order == 0 && a->cases != b->cases)
		return a->cases > b->cases ? -1 : 1;
	return order ? order : th_slice_cmp(a->text, b->text);
}

static void sort_shared(th_batch_summary *s)
{
	for (size_t i = 0; i < s->text.count; i++) {
		th_batch_shared *at = &s->shared[i];
		qsort(at->index, at->cases, sizeof *at->index, by_index);
		size_t kept = 0;
		for (size_t k = 0; k < at->cases; k++)
			if (k == 0 || at->index[k] != at->index[kept - 1])
				at->index[kept++] = at->index[k];
		at->cases = kept;
	}
	if (s->text.count)
		qsort(s->shared, s->text.count, sizeof *s->shared, by_shared);
}

static bool same_kind(const th_batch_value *a, const th_batch_value *b)
{
	return th_slice_eq(a->category, b->category) && th_slice_eq(a->id, b->id);
}

/* Values of one kind, ascending. */
static void far_from_middle(view *v, const th_batch_value *value, size_t count)
{
	if (count < FEWEST)
		return;
	double median = count % 2 ? value[count / 2].value : (value[count / 2 - 1].value + value[count / 2].value) / 2;
	outlier *first = v->outlier + v->outliers;
	for (size_t i = 0; i < count; i++)
		first[i] = (outlier){&value[i], median, fabs(th_log(value[i].value / median))};
	qsort(first, count, sizeof *first, by_distance);
	size_t kept = 0;
	while (kept < FURTHEST && kept < count && first[kept].distance > 0)
		kept++;
	v->outliers += kept;
}

/* False without memory. */
static bool prepare(view *v)
{
	th_batch_summary *s = v->s;
	if (s->key.count)
		qsort(s->count, s->key.count, sizeof *s->count, by_count);
	if (s->values)
		qsort(s->value, s->values, sizeof *s->value, by_value);
	sort_shared(s);
	v->shareds = s->text.count < MOST_SHARED ? s->text.count : MOST_SHARED;
	v->outlier = th_arena_alloc(&v->arena, s->values + 1, sizeof *v->outlier);
	for (size_t from = 0, to = 0; v->outlier && from < s->values; from = to) {
		while (to < s->values && same_kind(&s->value[from], &s->value[to]))
			to++;
		far_from_middle(v, &s->value[from], to - from);
	}
	return v->outlier != NULL;
}

/* --- names --- */

static th_words name_of(const view *v, const th_batch_count *count)
{
	const th_pack *pack = v->pack;
	const th_slice papers = TH_S("evidence:");
	th_slice id = count->id;
	th_diag_info info;
	if (th_slice_starts(id, papers)) /* of that fact */
		id = (th_slice){id.ptr + papers.len, id.len - papers.len};
	if (count->what == TH_BATCH_NOT_MET)
		for (size_t i = 0; i < pack->requirements; i++)
			if (th_slice_eq(pack->requirement[i].id, count->id))
				return pack->requirement[i].title;
	if (count->what == TH_BATCH_MISSING)
		for (size_t i = 0; i < pack->decls; i++)
			if (th_slice_eq(pack->decl[i].id, id))
				return pack->decl[i].name;
	if (count->what == TH_BATCH_MISSING) {
		th_slice kind = id, rest = id;
		(void)th_slice_split(&rest, ':', &kind); /* inventory:2023: a year of it */
		return (th_words){.zh = th_table_called(kind, TH_LANG_ZH), .en = th_table_called(kind, TH_LANG_EN)};
	}
	for (size_t i = 0; count->what == TH_BATCH_ERROR && th_diag_table(i, &info); i++) {
		char code[16];
		th_print(code, sizeof code, "%c%u", info.letter, info.code);
		if (th_slice_eq(th_slice_of(code), count->id))
			return (th_words){.zh = th_slice_of(info.title_zh), .en = th_slice_of(info.title_en)};
	}
	return (th_words){.zh = {"", 0}, .en = {"", 0}};
}

static const th_intensity *intensity_of(const view *v, th_slice id)
{
	for (size_t i = 0; i < v->reference->intensities; i++)
		if (th_slice_eq(v->reference->intensity[i].id, id))
			return &v->reference->intensity[i];
	return NULL;
}

static th_slice per_of(const view *v, th_slice id)
{
	const th_intensity *intensity = intensity_of(v, id);
	return intensity ? intensity->unit_text : (th_slice){"", 0};
}

/* --- JSON --- */

static void put_case(th_writer *w, const view *v, size_t index)
{
	th_put_open(w, NULL, '{');
	th_put_count(w, "number", index + 1);
	th_put_text(w, "path", th_slice_of(v->list->item[index].path));
	th_put_close(w, '}');
}

static void put_counts(th_writer *w, const view *v, th_batch_what what)
{
	static const char *const key[] = {"verdicts", "not_met", "missing", "errors"}, *const id[] = {"verdict", "id", "id", "code"};
	th_put_open(w, key[what], '[');
	for (size_t i = 0; i < v->s->key.count; i++) {
		const th_batch_count *at = &v->s->count[i];
		if (at->what != what)
			continue;
		th_words name = name_of(v, at);
		th_put_open(w, NULL, '{');
		th_put_text_if(w, "category", at->category);
		th_put_text(w, id[what], at->id);
		th_put_both(w, "title", name.zh, name.en);
		th_put_count(w, "cases", at->cases);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_estimate(th_writer *w, const char *key, double value)
{
	th_put_key(w, th_slice_of(key));
	th_buf_printf(w->buf, "%.6g", value);
}

static void put_outliers(th_writer *w, const view *v)
{
	th_put_open(w, "outliers", '[');
	for (size_t i = 0; i < v->outliers; i++) {
		const th_batch_value *at = v->outlier[i].at;
		th_put_open(w, NULL, '{');
		th_put_text_if(w, "category", at->category);
		th_put_text(w, "intensity", at->id);
		th_put_text_if(w, "per", per_of(v, at->id));
		put_estimate(w, "value", at->value);
		put_estimate(w, "median", v->outlier[i].median);
		th_put_count(w, "number", at->index + 1);
		th_put_text(w, "path", th_slice_of(v->list->item[at->index].path));
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_shared(th_writer *w, const view *v)
{
	th_put_open(w, "shared", '[');
	for (size_t i = 0; i < v->shareds; i++) {
		const th_batch_shared *at = &v->s->shared[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "what", th_slice_of(at->what));
		th_put_text(w, "text", at->text);
		th_put_count(w, "cases", at->cases);
		th_put_open(w, "first", '[');
		for (size_t k = 0; k < at->cases && k < MOST_CASES; k++)
			put_case(w, v, at->index[k]);
		th_put_close(w, ']');
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
	if (v->s->text.count > v->shareds)
		th_put_count(w, "shared_omitted", v->s->text.count - v->shareds);
}

static void put_json(const view *v, th_lang lang, th_buf *out)
{
	th_writer w = th_writer_begin(out, "tanhe.batch_summary/1");
	(void)lang;
	th_put_open(&w, "rules", '{');
	th_put_text(&w, "id", v->pack->id);
	th_put_text(&w, "version", v->pack->version);
	th_put_text(&w, "sha256", th_slice_of(v->pack->sha256));
	th_put_close(&w, '}');
	th_put_count(&w, "cases", v->s->cases);
	for (th_batch_what what = 0; what < TH_BATCH_WHATS; what++)
		put_counts(&w, v, what);
	put_outliers(&w, v);
	put_shared(&w, v);
	th_writer_end(&w);
}

/* --- CSV --- */

static void put_row(th_buf *out, th_slice what, th_slice category, th_slice id, size_t cases)
{
	th_put_csv_text(out, what);
	th_buf_char(out, ',');
	th_put_csv_text(out, category);
	th_buf_char(out, ',');
	th_put_csv_text(out, id);
	th_buf_char(out, ',');
	if (cases)
		th_buf_printf(out, "%zu", cases);
}

static void put_row_end(th_buf *out, const view *v, size_t index)
{
	th_buf_printf(out, "%zu,", index + 1);
	th_put_csv_text(out, th_slice_of(v->list->item[index].path));
	th_buf_str(out, "\r\n");
}

/* One table for all, so that a program takes the rows of a kind by their first column. */
static void put_csv(const view *v, th_lang lang, th_buf *out)
{
	(void)lang;
	th_buf_str(out, "\xEF\xBB\xBFwhat,category,id,cases,value,median,per,number,path\r\n");
	for (size_t i = 0; i < v->s->key.count; i++) {
		const th_batch_count *at = &v->s->count[i];
		put_row(out, th_slice_of(th_batch_whats[at->what]), at->category, at->id, at->cases);
		th_buf_str(out, ",,,,,\r\n");
	}
	for (size_t i = 0; i < v->outliers; i++) {
		const th_batch_value *at = v->outlier[i].at;
		put_row(out, TH_S("outlier"), at->category, at->id, 0);
		th_buf_printf(out, ",%.6g,%.6g,", at->value, v->outlier[i].median);
		th_put_csv_text(out, per_of(v, at->id));
		th_buf_char(out, ',');
		put_row_end(out, v, at->index);
	}
	for (size_t i = 0; i < v->shareds; i++)
		for (size_t k = 0; k < v->s->shared[i].cases && k < MOST_CASES; k++) {
			put_row(out, th_slice_of(v->s->shared[i].what), TH_S(""), v->s->shared[i].text, v->s->shared[i].cases);
			th_buf_str(out, ",,,,");
			put_row_end(out, v, v->s->shared[i].index[k]);
		}
}

/* --- text --- */

static th_slice category_name(const view *v, th_slice id, th_lang lang)
{
	const th_rule_decl *decl = TH_AT(v->pack->decl, v->pack->category);
	for (size_t i = 0; decl && i < decl->options; i++)
		if (th_slice_eq(decl->option[i].id, id))
			return th_word(decl->option[i].name, lang);
	return id;
}

static th_slice verdict_name(const th_page *page, th_slice id)
{
	for (th_verdict verdict = 0; verdict < TH_VERDICTS; verdict++)
		if (th_slice_eq(id, th_slice_of(th_verdict_names[verdict])))
			return th_page_word(page, th_verdict_word(verdict));
	return th_page_word(page, W_BATCH_ERROR);
}

static void text_counts(th_page *page, const view *v, th_batch_what what)
{
	static const th_label title[] = {W_BATCH_VERDICTS, W_BATCH_NOT_MET, W_BATCH_MISSING, W_BATCH_ERRORS};
	const th_page_column columns[] = {{W_BATCH_CATEGORY, TH_DOC_WORD}, {title[what], TH_DOC_WORD}, {W_BATCH_CASES, TH_DOC_COUNT}};
	bool any = false;
	for (size_t i = 0; i < v->s->key.count; i++) {
		const th_batch_count *at = &v->s->count[i];
		if (at->what != what)
			continue;
		th_words name = name_of(v, at);
		if (!any) {
			th_page_section(page, title[what]);
			th_page_table(page, columns, sizeof columns / sizeof *columns);
		}
		any = true;
		th_doc_cell_text(&page->doc, category_name(v, at->category, page->lang));
		if (what == TH_BATCH_VERDICT)
			th_doc_cell_text(&page->doc, verdict_name(page, at->id));
		else {
			if (th_word(name, page->lang).len)
				th_put_name_id(th_word(name, page->lang), at->id, page->lang, &page->doc.text);
			else
				th_buf_slice(&page->doc.text, at->id);
			th_doc_end(&page->doc);
		}
		th_doc_count(&page->doc, at->cases);
	}
	if (any)
		th_doc_close(&page->doc);
}

static void text_outliers(th_page *page, const view *v)
{
	static const th_page_column columns[] = {{W_BATCH_CATEGORY, TH_DOC_WORD}, {W_BATCH_INTENSITY, TH_DOC_WORD}, {W_BATCH_VALUE, TH_DOC_FIGURE}, {W_BATCH_MEDIAN, TH_DOC_FIGURE}, {W_BATCH_CASE, TH_DOC_WORD}};
	if (!v->outliers)
		return;
	th_page_section(page, W_BATCH_OUTLIERS);
	th_page_table(page, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < v->outliers; i++) {
		const th_batch_value *at = v->outlier[i].at;
		const th_intensity *intensity = intensity_of(v, at->id);
		th_doc_cell_text(&page->doc, category_name(v, at->category, page->lang));
		th_buf_slice(&page->doc.text, !intensity ? at->id : page->lang == TH_LANG_ZH ? intensity->name_zh : intensity->name_en);
		th_doc_end(&page->doc);
		th_buf_printf(&page->doc.text, "%.4g", at->value);
		th_doc_end(&page->doc);
		th_buf_printf(&page->doc.text, "%.4g", v->outlier[i].median);
		th_doc_end(&page->doc);
		th_doc_cell_text(&page->doc, th_slice_of(v->list->item[at->index].path));
	}
	th_doc_close(&page->doc);
}

static void text_shared(th_page *page, const view *v)
{
	static const struct { const char *what; th_label word; } names[] = {{"meter", W_BATCH_METER}, {"measure", W_BATCH_MEASURE}, {"figure", W_BATCH_FIGURE}};
	if (!v->shareds)
		return;
	th_page_section(page, W_BATCH_SHARED);
	for (size_t i = 0; i < v->shareds; i++) {
		const th_batch_shared *at = &v->s->shared[i];
		for (size_t n = 0; n < sizeof names / sizeof *names; n++)
			if (strcmp(names[n].what, at->what) == 0)
				th_page_say(page, names[n].word);
		th_buf_slice(&page->doc.text, at->text);
		for (size_t k = 0; k < at->cases && k < FURTHEST; k++) {
			th_buf_str(&page->doc.text, k ? page->lang == TH_LANG_ZH ? "、" : ", " : page->lang == TH_LANG_ZH ? "：" : ": ");
			th_buf_str(&page->doc.text, v->list->item[at->index[k]].path);
		}
		if (at->cases > FURTHEST)
			TH_SAY(page, W_BATCH_MORE, th_fill_integer((long long)(at->cases - FURTHEST)));
		th_doc_item(&page->doc, TH_S(""));
	}
	if (v->s->text.count > v->shareds) {
		TH_SAY(page, W_BATCH_MORE, th_fill_integer((long long)(v->s->text.count - v->shareds)));
		th_doc_item(&page->doc, TH_S(""));
	}
	th_doc_close(&page->doc);
}

static void put_text(const view *v, th_lang lang, th_buf *out)
{
	th_page page = {.lang = lang};
	th_page_banner(&page, W_BATCH_TITLE);
	th_put_pack_name(v->pack, lang, &page.doc.text);
	th_page_field(&page, W_BATCH_RULES, TH_S(""));
	th_buf_printf(&page.doc.text, "%zu", v->s->cases);
	th_page_field(&page, W_BATCH_CASES, TH_S(""));
	for (th_batch_what what = 0; what < TH_BATCH_WHATS; what++)
		text_counts(&page, v, what);
	text_outliers(&page, v);
	text_shared(&page, v);
	th_page_put(&page, out);
}

th_status th_batch_report(th_batch_summary *summary, const th_batch_list *list, const th_reference *reference, const th_pack *pack, th_format format,
                          th_lang lang, char **text, size_t *len)
{
	static void (*const writer[])(const view *, th_lang, th_buf *) = {put_text, put_json, put_csv};
	th_mark mark = th_report_begin(NULL, text, len);
	th_buf out = {0};
	view v = {.s = summary, .list = list, .reference = reference, .pack = pack};
	if (!TH_KNOWN(writer, format))
		return TH_USAGE;
	if (prepare(&v))
		writer[format](&v, lang, &out);
	th_arena_free(&v.arena);
	return th_give(mark, &out, text, len);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/annotate.h"

#include <stdlib.h>

#include "base/filename.h"
#include "base/list.h"
#include "base/print.h"
#include "base/utf8.h"
#include "case/contents.h"
#include "io/book_copy.h"
#include "io/sheet_rows.h"
#include "report/wanted.h"

enum { NAME_LONGEST = 31 };

/* One sheet of the copy. */
struct sheet {
	const char *path;        /* as places name it */
	th_slice name;
	size_t index;            /* in its workbook; of CSV no matter */
	bool hidden, of_workbook;
};

struct remark {
	const char *file;        /* NULL: about no file */
	th_book_remark about;
	size_t sheet;
};

struct annotating {
	const char *folder;
	const th_assessment *a;
	th_lang lang;
	th_diags *diags;
	th_arena arena;
	th_case_contents contents;
	struct sheet *sheet;
	struct remark *remark;
	size_t sheets, remarks, formulas;
	th_encoding encoding;
	th_book book;
	bool failed;
};

static const char *word(const struct annotating *n, th_label label)
{
	return th_word_text(label, n->lang);
}

/* --- which sheets --- */

static void add_sheet(struct annotating *n, const char *path, th_slice name, size_t index, bool hidden, bool of_workbook)
{
	struct sheet *grown = th_grown_in(&n->arena, n->sheet, (uint32_t)n->sheets, sizeof *grown);
	th_slice kept = th_arena_copy(&n->arena, name);
	n->failed |= !grown || !kept.ptr || !path;
	if (n->failed)
		return;
	n->sheet = grown;
	grown[n->sheets++] = (struct sheet){.path = path, .name = kept, .index = index, .hidden = hidden, .of_workbook = of_workbook};
}

/* What a sheet may be called in Excel; what may not be is called by its number. */
static th_slice legal(th_slice name, size_t number, char place[16])
{
	bool good = name.len > 0 && th_utf8_length(name) <= NAME_LONGEST && name.ptr[0] != '\'' && name.ptr[name.len - 1] != '\'';
	for (size_t i = 0; i < name.len; i++)
		good &= !strchr("[]:*?/\\", name.ptr[i]) && (unsigned char)name.ptr[i] >= 0x20;
	(void)th_print(place, 16, "Sheet%zu", number % 1000000);
	return good ? name : th_slice_of(place);
}

static bool is_taken(const struct annotating *n, th_slice name)
{
	char x[TH_KEY_PLACE], y[TH_KEY_PLACE];
	for (size_t i = 0; i < n->sheets; i++)
		if (name.len <= TH_KEY_LONGEST && n->sheet[i].name.len <= TH_KEY_LONGEST && th_slice_eq(th_utf8_key_in(name, x), th_utf8_key_in(n->sheet[i].name, y)))
			return true;
	return false;
}

/* A name with a number behind it, where it is taken. */
static th_slice free_name(struct annotating *n, th_slice wanted)
{
	th_buf name = {0};
	th_buf_slice(&name, wanted);
	for (size_t number = 2; !name.failed && is_taken(n, th_buf_view(&name)); number++) {
		th_buf_clear(&name);
		th_buf_slice(&name, wanted);
		th_buf_printf(&name, " %zu", number);
	}
	th_slice kept = name.failed ? (th_slice){NULL, 0} : th_arena_copy(&n->arena, th_buf_view(&name));
	n->failed |= !kept.ptr;
	th_buf_free(&name);
	return kept.ptr ? kept : TH_S("?");
}

static th_status list_workbook(struct annotating *n, const char *path)
{
	th_workbook *workbook;
	th_status status = th_workbook_open_file(path, n->diags, &workbook);
	for (size_t i = 0; status == TH_OK && i < th_workbook_sheets(workbook); i++) {
		char place[16];
		const th_workbook_sheet *sheet = th_workbook_sheet_at(workbook, i);
		add_sheet(n, th_sheet_path(&n->arena, path, th_slice_of(sheet->name)), free_name(n, legal(th_slice_of(sheet->name), i + 1, place)), i, sheet->hidden, true);
	}
	th_workbook_close(workbook);
	return status;
}

/* As a sheet of a whole case is called: the first name is Chinese, the last one English. */
static th_slice part_name(const struct annotating *n, th_case_part part)
{
	th_slice rest = th_slice_of(th_case_files[part].sheets), name = {"", 0}, one;
	while (th_slice_split(&rest, ';', &one) && (name.len == 0 || n->lang != TH_LANG_ZH))
		name = one;
	return name;
}

/* An inventory of a folder: a table, or the one sheet of a workbook that is read. */
static th_status list_inventory(struct annotating *n, const char *path)
{
	th_slice name = free_name(n, part_name(n, TH_CASE_INVENTORY));
	if (!th_named_as_workbook(path)) {
		add_sheet(n, path, name, 0, false, false);
		return TH_OK;
	}
	th_workbook *workbook;
	th_diags *unheard = th_diags_new();
	size_t index = 0;
	th_status status = unheard ? th_workbook_open_file(path, unheard, &workbook) : th_no_memory(n->diags);
	if (status == TH_OK && th_workbook_choose(workbook, NULL, unheard, &index) == TH_OK)
		add_sheet(n, th_sheet_path(&n->arena, path, th_slice_of(th_workbook_sheet_at(workbook, index)->name)), name, index, false, true);
	if (status == TH_OK)
		th_workbook_close(workbook);
	th_diags_free(unheard);
	return status == TH_SYSTEM ? status : TH_OK; /* what cannot be read was told */
}

static th_status list_sheets(struct annotating *n)
{
	th_status status = TH_OK;
	if (n->contents.workbook)
		return list_workbook(n, n->folder);
	for (th_case_part part = 0; part < TH_CASE_PARTS; part++)
		if (part == TH_CASE_INVENTORY)
			for (size_t i = 0; i < n->contents.inventories && n->contents.there[part] && status == TH_OK; i++)
				status = list_inventory(n, n->contents.inventory[i]);
		else if (n->contents.there[part])
			add_sheet(n, n->contents.path[part], part_name(n, part), 0, false, false);
	return status;
}

/* --- what is said --- */

static void add_remark(struct annotating *n, const char *file, size_t line, size_t column, th_book_paint paint, th_buf *text)
{
	struct remark *grown = th_grown_in(&n->arena, n->remark, (uint32_t)n->remarks, sizeof *grown);
	th_slice kept = th_arena_copy(&n->arena, th_buf_view(text));
	n->failed |= text->failed || !grown || !kept.ptr;
	th_buf_clear(text);
	if (n->failed)
		return;
	n->remark = grown;
	grown[n->remarks] = (struct remark){.file = file, .about = {.line = line, .column = column, .paint = paint, .text = kept, .order = n->remarks}};
	n->remarks++;
}

static void put_code(const struct annotating *n, th_severity severity, th_code code, th_buf *out)
{
	static const char *const words[2][3] = {{"caveat C", "warning W", "error E"}, {"提示 C", "警告 W", "错误 E"}};
	th_buf_printf(out, "%s%u%s", words[n->lang][severity], (unsigned)code, n->lang == TH_LANG_ZH ? "：" : ": ");
}

static void add_findings(struct annotating *n)
{
	th_finding_row row;
	th_buf text = {0};
	for (size_t i = 0; th_diags_row(n->diags, i, &row); i++) {
		if (row.severity == TH_CAVEAT && n->a && (n->a->account || row.pos.file))
			continue; /* the account or the check has it */
		put_code(n, row.severity, row.code, &text);
		th_diag_sentence(&text, row.code, n->lang, row.arg, row.args);
		add_remark(n, row.pos.file, row.pos.line, row.pos.column, row.severity == TH_ERROR ? TH_BOOK_WRONG : TH_BOOK_NOTED, &text);
	}
	th_buf_free(&text);
}

static void add_caveats(struct annotating *n)
{
	const th_assessment *a = n->a;
	th_buf text = {0};
	for (size_t i = 0; a->account && i < a->account->caveats; i++) {
		const th_caveat *caveat = &a->account->caveat[i];
		if (th_diag_severity(caveat->code) == TH_WARNING)
			continue; /* the findings have it, with its column */
		for (size_t k = 0; k < TH_CAVEAT_LINES && (k == 0 || caveat->at[k].file); k++) {
			put_code(n, TH_CAVEAT, caveat->code, &text);
			th_diag_sentence(&text, caveat->code, n->lang, caveat->arg, caveat->args);
			if (k == 0 && caveat->count > 1)
				th_buf_printf(&text, n->lang == TH_LANG_ZH ? "（共%zu处）" : " (%zu times)", caveat->count);
			add_remark(n, caveat->at[k].file, caveat->at[k].line, 0, TH_BOOK_NOTED, &text);
		}
	}
	for (size_t i = 0; i < a->caveats; i++) {
		if (th_diag_severity(a->caveat[i].code) == TH_WARNING)
			continue;
		put_code(n, TH_CAVEAT, a->caveat[i].code, &text);
		th_diag_sentence(&text, a->caveat[i].code, n->lang, a->caveat[i].arg, a->caveat[i].args);
		add_remark(n, a->caveat[i].file, a->caveat[i].line, 0, TH_BOOK_NOTED, &text);
	}
	th_buf_free(&text);
}

/* What would decide: at its cell, or with the line to add. */
static void add_missing(struct annotating *n)
{
	static const th_label title[TH_WANTED_SORTS] = {W_LACKS_DATA, W_LACKS_PAPERS, W_LACKS_NUMBERS};
	size_t count = 0;
	const th_slice *missing = th_whole_lacks(n->a, &n->arena, &count);
	const char *colon = word(n, W_COLON);
	th_buf text = {0};
	n->failed |= !missing;
	for (size_t i = 0; missing && i < count; i++) {
		const th_wanted w = th_wanted_of(n->a, missing[i]);
		th_buf_printf(&text, "%s%s", word(n, title[w.sort]), colon);
		th_put_rule_lack(&n->a->inputs, w.id, n->lang, &text);
		if (w.pastes) {
			th_buf_str(&text, "\n");
			if (!n->contents.there[w.part])
				th_put_wanted_heads(&w, n->lang, &text);
			th_buf_str(&text, n->contents.there[w.part] ? "" : "\n");
			th_put_wanted_line(&w, n->lang, &text);
		}
		th_buf_str(&text, "\n");
		th_put_wanted_allowed(&w, n->lang, &text);
		const char *file = w.path ? w.path : w.part == TH_CASE_PARTS ? NULL : n->contents.path[w.part];
		add_remark(n, file, w.line, w.column, TH_BOOK_TO_FILL, &text);
	}
	th_buf_free(&text);
}

/* --- where it is said --- */

static int by_place(const void *left, const void *right)
{
	const struct remark *a = left, *b = right;
	const size_t x[] = {a->sheet, a->about.line, a->about.column, a->about.order}, y[] = {b->sheet, b->about.line, b->about.column, b->about.order};
	for (size_t i = 0; i < sizeof x / sizeof *x; i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

/* Which sheet each remark is about; those of no cell come last, for the notes. */
static void place_remarks(struct annotating *n)
{
	for (size_t i = 0; i < n->remarks; i++) {
		struct remark *r = &n->remark[i];
		r->sheet = n->sheets;
		for (size_t s = 0; r->file && r->about.line && s < n->sheets && r->sheet == n->sheets; s++)
			if (strcmp(n->sheet[s].path, r->file) == 0)
				r->sheet = s;
	}
	if (n->remarks)
		qsort(n->remark, n->remarks, sizeof *n->remark, by_place);
}

/* --- the notes --- */

static void put_cell(struct annotating *n, size_t row, size_t column, th_slice text)
{
	if (text.len)
		th_book_set(&n->book, row, column, &(th_book_value){.kind = TH_BOOK_TEXT, .text = text});
}

static void put_label(struct annotating *n, size_t row, size_t column, th_label label)
{
	put_cell(n, row, column, th_slice_of(word(n, label)));
}

static void put_note(struct annotating *n, size_t row, const struct remark *r)
{
	th_slice text = r->about.text;
	if (text.len > TH_BOOK_CELL) /* in bytes, so that it is surely not too long */
		for (text.len = TH_BOOK_CELL; ((unsigned char)text.ptr[text.len] & 0xC0) == 0x80; text.len--)
			;
	if (r->file)
		put_cell(n, row, 0, th_slice_of(r->file));
	put_cell(n, row, 1, text);
}

static void put_verdict(struct annotating *n, th_buf *text)
{
	bool error = !n->a || n->a->broken;
	th_buf_printf(text, "%s%s", word(n, W_SELF_CHECK), word(n, W_COLON));
	th_buf_slice(text, error ? th_slice_of(word(n, W_V_ERROR)) : th_verdict_said(n->a->pack, n->a->results.verdict, n->lang));
	put_cell(n, 0, 0, th_slice_of(word(n, !error && n->a->pack->at ? W_CHECK_TITLE_STAGE : W_CHECK_TITLE)));
	put_cell(n, 0, 1, th_buf_view(text));
	th_buf_clear(text);
	if (n->a && n->a->illustrative)
		put_label(n, 1, 1, W_ILLUSTRATIVE);
}

/* First of all sheets: the result, what the colours mean, and what is about no cell. */
static void put_notes(struct annotating *n)
{
	static const th_label legend[] = {W_NOTES_FILL, W_NOTES_WRONG, W_NOTES_CAVEAT};
	static const th_book_paint paint[] = {TH_BOOK_TO_FILL, TH_BOOK_WRONG, TH_BOOK_NOTED};
	static const unsigned width[] = {36, 110};
	size_t row = 2;
	th_buf text = {0};
	th_book_open(&n->book, free_name(n, th_slice_of(word(n, W_NOTES_SHEET))), NULL, 0);
	th_book_widths(&n->book, width, sizeof width / sizeof *width);
	put_verdict(n, &text);
	for (size_t i = 0; i < sizeof legend / sizeof *legend; i++, row++) {
		put_label(n, row, 0, legend[i]);
		th_book_mark(&n->book, row, 0, paint[i], TH_S(""));
	}
	put_label(n, row, 0, W_NOTES_PLACE);
	put_label(n, row++, 1, W_NOTES_WHAT);
	for (size_t i = 0; i < n->remarks; i++)
		if (n->remark[i].sheet == n->sheets)
			put_note(n, row++, &n->remark[i]);
	if (n->formulas) {
		th_buf_printf(&text, "%zu", n->formulas);
		put_cell(n, row, 0, th_buf_view(&text));
		put_label(n, row, 1, W_NOTES_FORMULAS);
	}
	n->failed |= text.failed;
	th_buf_free(&text);
}

/* --- all --- */

static th_status copy(struct annotating *n, const struct sheet *sheet, const th_book_remark *remark, size_t remarks)
{
	th_workbook *workbook;
	char file[4096];
	th_slice path = th_sheet_file(sheet->path);
	if (!sheet->of_workbook)
		return th_book_copy_csv(&n->book, sheet->path, n->encoding, sheet->name, remark, remarks, n->diags);
	if (path.len >= sizeof file)
		return th_no_memory(n->diags);
	memcpy(file, path.ptr, path.len);
	file[path.len] = '\0';
	th_status status = th_workbook_open_file(file, n->diags, &workbook);
	if (status == TH_OK)
		status = th_book_copy_sheet(&n->book, workbook, sheet->index, sheet->name, remark, remarks, n->diags, &n->formulas);
	if (status == TH_OK && !n->book.failed)
		n->book.now->hidden = sheet->hidden;
	th_workbook_close(workbook);
	return status;
}

static th_status copy_all(struct annotating *n)
{
	th_status status = TH_OK;
	th_book_remark *own = th_arena_alloc(&n->arena, n->remarks + 1, sizeof *own);
	size_t next = 0;
	for (size_t i = 0; own && i < n->remarks; i++)
		own[i] = n->remark[i].about;
	for (size_t s = 0; own && s < n->sheets && status == TH_OK; s++) {
		size_t from = next;
		while (next < n->remarks && n->remark[next].sheet == s)
			next++;
		status = copy(n, &n->sheet[s], own + from, next - from);
	}
	return own ? status : th_no_memory(n->diags);
}

/* The notes are put last, when all is counted, and come first. */
static void notes_first(th_book *book)
{
	th_book_sheet *before = NULL, *last = book->sheet;
	while (last && last->next) {
		before = last;
		last = last->next;
	}
	if (!before)
		return;
	before->next = NULL;
	last->next = book->sheet;
	book->sheet = last;
	book->end = &before->next;
}

static th_status annotate(struct annotating *n, th_buf *out)
{
	th_status status = list_sheets(n);
	if (status != TH_OK)
		return status;
	add_findings(n);
	if (n->a) {
		add_caveats(n);
		add_missing(n);
	}
	place_remarks(n);
	if (n->failed)
		return th_no_memory(n->diags);
	status = copy_all(n);
	if (status != TH_OK)
		return status;
	put_notes(n);
	notes_first(&n->book);
	if (n->failed || n->book.failed)
		return th_no_memory(n->diags);
	n->book.title = th_slice_of(word(n, W_CHECK_TITLE));
	n->book.author = TH_S("tanhe");
	return th_book_write(&n->book, n->diags, out);
}

th_status th_annotate(const char *folder, const th_assessment *assessment, const char *encoding, th_lang lang, th_diags *diags, th_buf *out)
{
	struct annotating n = {.folder = folder, .a = assessment && assessment->decided ? assessment : NULL, .lang = lang, .diags = diags, .encoding = TH_ENC_AUTO};
	th_diags *unheard = th_diags_new(); /* what is wrong with the case as such was told */
	th_book_begin(&n.book);
	if (encoding)
		(void)th_encoding_named(encoding, &n.encoding);
	th_status status = unheard ? th_case_find(folder, &n.arena, unheard, &n.contents) : th_no_memory(diags);
	bool told = status == TH_INVALID;
	th_diags_free(unheard);
	if (status == TH_OK)
		status = annotate(&n, out);
	th_book_free(&n.book);
	th_arena_free(&n.arena);
	return told ? TH_OK : status;
}

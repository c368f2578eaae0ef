/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A book as .xlsx (ISO/IEC 29500), by libxlsxwriter. That library takes no heed of a request for memory that fails and then dies of it, so it runs in a process
 * of its own that writes into a file without a name. It takes no heed of a full disk, either, when it keeps parts of the workbook in temporary files, and ends
 * well with half of them: so there must be room for all of them before it starts, and still when it has ended. */
#include "io/book.h"

#include <errno.h>
#include <stdio.h>
#include <xlsxwriter.h>

#include "base/utf8.h"
#include "io/os.h"

/* What Excel takes of the texts about a cell. */
enum { TITLE_LONGEST = 32, HINT_LONGEST = 255 };

/* What the process returns. */
enum { DONE, FAILED_MEMORY, FAILED_FILE, FAILED_OTHER };

struct writing {
	const th_book *book;
	char name[TH_OS_NAME];
	lxw_workbook *workbook;
	lxw_format *head, *look[TH_BOOK_LOOKS][2]; /* as it is, as text */
	lxw_format **copied;     /* of copies: by number format and paint, made when they are needed; room was asked for before */
	const th_book_format **number;
	int failed;
};

static void check(struct writing *w, lxw_error error)
{
	if (error == LXW_NO_ERROR || w->failed)
		return;
	bool file = error == LXW_ERROR_CREATING_XLSX_FILE || error == LXW_ERROR_CREATING_TMPFILE || error == LXW_ERROR_READING_TMPFILE ||
	            error == LXW_ERROR_ZIP_FILE_OPERATION || error == LXW_ERROR_ZIP_FILE_ADD || error == LXW_ERROR_ZIP_CLOSE;
	bool memory = error == LXW_ERROR_MEMORY_MALLOC_FAILED || (file && errno == ENOMEM); /* a file wants memory too */
	w->failed = memory ? FAILED_MEMORY : file ? FAILED_FILE : FAILED_OTHER;
}

static lxw_format *format(struct writing *w)
{
	lxw_format *made = w->failed ? NULL : workbook_add_format(w->workbook);
	if (!made && !w->failed)
		w->failed = FAILED_MEMORY;
	return made;
}

static void make_formats(struct writing *w)
{
	w->head = format(w);
	for (int look = 0; look < TH_BOOK_LOOKS; look++)
		for (int text = 0; text < 2; text++)
			w->look[look][text] = format(w);
	if (w->failed)
		return;
	format_set_bold(w->head);
	format_set_bg_color(w->head, 0xDDEBF7);
	format_set_border(w->head, LXW_BORDER_THIN);
	format_set_text_wrap(w->head);
	format_set_num_format(w->head, "@");
	for (int text = 0; text < 2; text++) {
		lxw_format *entry = w->look[TH_BOOK_ENTRY][text], *hint = w->look[TH_BOOK_HINT][text], *plain = w->look[TH_BOOK_PLAIN][text];
		format_set_bg_color(entry, 0xFFF9E5);
		format_set_border(entry, LXW_BORDER_HAIR);
		format_set_font_color(hint, 0x595959);
		lxw_format *const all[] = {entry, hint, plain};
		for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
			format_set_align(all[i], LXW_ALIGN_VERTICAL_TOP);
			if (all[i] != entry)
				format_set_text_wrap(all[i]);
			if (text)
				format_set_num_format(all[i], "@");
		}
	}
}

/* At most so many characters, with … in place of the last where there were more. */
static char *cut(th_slice text, size_t most, char *space)
{
	size_t at = 0, kept = 0, count = 0;
	while (at < text.len) {
		if (count == most - 1)
			kept = at;
		count++;
		do
			at++;
		while (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80);
	}
	kept = count > most ? kept : text.len;
	memcpy(space, text.ptr, kept);
	strcpy(space + kept, count > most ? "\xE2\x80\xA6" : "");
	return space;
}

static void put_choice(struct writing *w, lxw_worksheet *sheet, const th_book_choice *choice)
{
	char title[TITLE_LONGEST * 4 + 4], hint[HINT_LONGEST * 4 + 4], question[HINT_LONGEST * 4 + 4];
	lxw_data_validation v = {
		.validate = choice->list.len ? LXW_VALIDATION_TYPE_LIST_FORMULA : LXW_VALIDATION_TYPE_ANY,
		.value_formula = choice->list.len ? (char *)choice->list.ptr : NULL,
		.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
		.input_title = choice->title.len ? cut(choice->title, TITLE_LONGEST, title) : NULL,
		.input_message = choice->hint.len ? cut(choice->hint, HINT_LONGEST, hint) : NULL,
		.error_message = choice->question.len ? cut(choice->question, HINT_LONGEST, question) : NULL,
	};
	if (choice->rows)
		check(w, worksheet_data_validation_range(sheet, (lxw_row_t)choice->row, (lxw_col_t)choice->column, (lxw_row_t)(choice->row + choice->rows - 1),
		                                         (lxw_col_t)choice->column, &v));
}

/* --- copies --- */

static lxw_format *format_of(struct writing *w, unsigned number, th_book_paint paint)
{
	static const lxw_color_t colour[TH_BOOK_PAINTS] = {[TH_BOOK_NOTED] = 0xDDEBF7, [TH_BOOK_TO_FILL] = 0xFFE699, [TH_BOOK_WRONG] = 0xF8CBAD};
	lxw_format **place = &w->copied[number * TH_BOOK_PAINTS + (unsigned)paint];
	if (*place || (number == 0 && paint == TH_BOOK_UNPAINTED))
		return *place;
	*place = format(w);
	if (!*place)
		return NULL;
	const th_book_format *how = number ? w->number[number - 1] : NULL;
	if (how && how->code)
		format_set_num_format(*place, how->code);
	else if (how)
		format_set_num_format_index(*place, (uint8_t)how->id);
	if (how && how->indent)
		format_set_indent(*place, (uint8_t)how->indent);
	if (paint != TH_BOOK_UNPAINTED) {
		format_set_bg_color(*place, colour[paint]);
		format_set_border(*place, LXW_BORDER_HAIR);
	}
	return *place;
}

static void put_value(struct writing *w, lxw_worksheet *sheet, const th_book_cell *cell, th_book_paint paint)
{
	lxw_format *look = format_of(w, cell->value.format, paint);
	lxw_row_t row = (lxw_row_t)cell->row;
	lxw_col_t column = (lxw_col_t)cell->column;
	if (w->failed)
		return;
	if (cell->value.kind == TH_BOOK_NUMBER)
		check(w, worksheet_write_number(sheet, row, column, cell->value.number, look));
	else if (cell->value.kind == TH_BOOK_FORMULA)
		check(w, worksheet_write_formula_num(sheet, row, column, cell->value.text.ptr, look, cell->value.number));
	else if (cell->value.kind == TH_BOOK_TRUTH)
		check(w, worksheet_write_boolean(sheet, row, column, cell->value.number != 0, look));
	else
		check(w, worksheet_write_string(sheet, row, column, cell->value.text.ptr, look));
}

/* A box that shows most comments whole. */
static void put_comment(struct writing *w, lxw_worksheet *sheet, const th_book_note *note)
{
	size_t lines = 2 + note->comment.len / 60;
	lxw_comment_options options = {.width = 320, .height = (uint16_t)(20 * (lines < 20 ? lines : 20))};
	if (note->comment.len)
		check(w, worksheet_write_comment_opt(sheet, (lxw_row_t)note->row, (lxw_col_t)note->column, note->comment.ptr, &options));
}

static bool before(const th_book_note *note, const th_book_cell *cell)
{
	return note && (!cell || note->row < cell->row || (note->row == cell->row && note->column < cell->column));
}

static void put_copy(struct writing *w, lxw_worksheet *sheet, const th_book_sheet *from)
{
	const th_book_note *note = from->note;
	for (const th_book_range *m = from->merged; m && !w->failed; m = m->next)
		check(w, worksheet_merge_range(sheet, (lxw_row_t)m->top, (lxw_col_t)m->left, (lxw_row_t)m->bottom, (lxw_col_t)m->right, "", NULL));
	for (const th_book_cell *cell = from->cell; (cell || note) && !w->failed;) {
		if (before(note, cell)) {
			check(w, worksheet_write_blank(sheet, (lxw_row_t)note->row, (lxw_col_t)note->column, format_of(w, 0, note->paint)));
			put_comment(w, sheet, note);
			note = note->next;
			continue;
		}
		bool here = note && note->row == cell->row && note->column == cell->column;
		put_value(w, sheet, cell, here ? note->paint : TH_BOOK_UNPAINTED);
		if (here)
			put_comment(w, sheet, note);
		note = here ? note->next : note;
		cell = cell->next;
	}
	worksheet_set_comments_author(sheet, "tanhe");
	worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
}

/* --- charts --- */

static void draw_series(struct writing *w, lxw_chart *chart, const th_book_sheet *from, const th_book_chart *c, size_t i)
{
	static const lxw_color_t colour[] = {0x5F6A72, 0x0F2D69, 0x3CA569, 0x961E1E, 0x786996};
	const char *name = from->name.ptr;
	lxw_col_t column = (lxw_col_t)c->series[i];
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
	if (!series) {
		w->failed = FAILED_MEMORY;
		return;
	}
	lxw_chart_line line = {.color = colour[i % (sizeof colour / sizeof *colour)], .width = 2.25F,
	                       .dash_type = c->look[i] == TH_BOOK_BROKEN ? LXW_CHART_LINE_DASH_DASH : LXW_CHART_LINE_DASH_SOLID};
	chart_series_set_categories(series, name, c->head + 1, (lxw_col_t)c->category, c->last, (lxw_col_t)c->category);
	chart_series_set_values(series, name, c->head + 1, column, c->last, column);
	chart_series_set_name_range(series, name, c->head, column);
	chart_series_set_line(series, &line);
	if (c->look[i] == TH_BOOK_MARKED) {
		lxw_chart_fill fill = {.color = line.color};
		chart_series_set_marker_type(series, LXW_CHART_MARKER_SQUARE);
		chart_series_set_marker_fill(series, &fill);
	}
}

static void put_chart(struct writing *w, lxw_worksheet *sheet, const th_book_sheet *from, const th_book_chart *c)
{
	lxw_chart *chart = workbook_add_chart(w->workbook, LXW_CHART_LINE);
	lxw_chart_options options = {.x_scale = 1.5, .y_scale = 1.1};
	if (!chart) {
		w->failed = FAILED_MEMORY;
		return;
	}
	for (size_t i = 0; i < c->count && !w->failed; i++)
		draw_series(w, chart, from, c, i);
	chart_title_set_name(chart, c->title.ptr);
	chart_axis_set_name(chart->y_axis, c->axis.ptr);
	chart_axis_set_min(chart->y_axis, 0);
	chart_axis_set_num_format(chart->y_axis, "#,##0");
	chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
	if (!w->failed)
		check(w, worksheet_insert_chart_opt(sheet, c->row, (lxw_col_t)c->column, chart, &options));
}

static void set_page(struct writing *w, lxw_worksheet *sheet, bool heads)
{
	enum { A4 = 9 };
	worksheet_set_landscape(sheet);
	worksheet_set_paper(sheet, A4);
	worksheet_fit_to_pages(sheet, 1, 0);
	if (heads)
		check(w, worksheet_repeat_rows(sheet, 0, 0));
}

static void put_sheet(struct writing *w, const th_book_sheet *from, bool *active)
{
	lxw_worksheet *sheet = workbook_add_worksheet(w->workbook, from->name.ptr);
	lxw_row_t number = 0;
	if (!sheet) {
		w->failed = FAILED_MEMORY;
		return;
	}
	for (size_t c = 0; c < from->columns && !w->failed; c++)
		check(w, worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, from->column[c].width, from->paged ? NULL : w->look[from->column[c].look][from->column[c].text]));
	for (const th_book_row *row = from->row; row && !w->failed; row = row->next, number++)
		for (size_t c = 0; c < from->columns && !w->failed; c++) {
			lxw_format *look = row->head ? w->head : w->look[from->column[c].look][from->column[c].text];
			check(w, row->cell[c].len ? worksheet_write_string(sheet, number, (lxw_col_t)c, row->cell[c].ptr, look)
			                          : worksheet_write_blank(sheet, number, (lxw_col_t)c, look));
		}
	for (const th_book_choice *choice = from->choice; choice && !w->failed; choice = choice->next)
		put_choice(w, sheet, choice);
	if (from->cell || from->note || from->merged)
		put_copy(w, sheet, from);
	for (const th_book_chart *chart = from->chart; chart && !w->failed; chart = chart->next)
		put_chart(w, sheet, from, chart);
	if (from->paged)
		set_page(w, sheet, from->frozen);
	if (from->frozen || (from->row && from->row->head))
		worksheet_freeze_panes(sheet, 1, 0);
	if (from->hidden)
		worksheet_hide(sheet);
	else if (!*active) {
		worksheet_activate(sheet);
		*active = true;
	}
}

static const char folder[] = "/tmp"; /* where th_os_scratch has its files, too */

/* No part is larger than this, as text of XML with all that the library adds. */
static size_t size_of(const th_book *book)
{
	enum { PER_BYTE = 6 /* &quot; */, PER_CELL = 128, PER_CHOICE = 1024, PER_SHEET = 65536, PER_NOTE = 2048, PER_CHART = 65536 /* 8 series, and their numbers again */ };
	size_t size = PER_SHEET;
	for (const th_book_sheet *sheet = book->sheet; sheet; sheet = sheet->next) {
		size += PER_SHEET;
		for (const th_book_row *row = sheet->row; row; row = row->next)
			for (size_t c = 0; c < sheet->columns; c++)
				size += PER_CELL + PER_BYTE * row->cell[c].len;
		for (const th_book_choice *choice = sheet->choice; choice; choice = choice->next)
			size += PER_CHOICE + PER_BYTE * (choice->list.len + choice->title.len + choice->hint.len + choice->question.len);
		for (const th_book_cell *cell = sheet->cell; cell; cell = cell->next)
			size += PER_CELL + PER_BYTE * cell->value.text.len;
		for (const th_book_note *note = sheet->note; note; note = note->next)
			size += PER_NOTE + PER_BYTE * note->comment.len;
		for (const th_book_chart *chart = sheet->chart; chart; chart = chart->next)
			size += PER_CHART + PER_BYTE * (chart->title.len + chart->axis.len) + 2 * PER_CELL * (chart->count + 1) * (chart->last - chart->head);
		for (const th_book_range *m = sheet->merged; m; m = m->next)
			size += PER_CELL * (size_t)(m->bottom - m->top + 1) * (m->right - m->left + 1);
	}
	return size;
}

/* Can files of twice that size be written now: the parts, and the whole of them? */
static bool has_room(size_t size)
{
	static const char zeros[65536];
	int fd = -1;
	bool room = th_os_scratch(&fd) == 0;
	for (size_t done = 0; room && done / 2 < size; done += sizeof zeros)
		room = th_os_write(fd, zeros, sizeof zeros) == 0;
	if (fd >= 0)
		th_os_close(fd);
	return room;
}

/* In the process of its own. Creation time is fixed, so that bytes depend on nothing but the book: 2000-01-01 00:00 UTC. */
static int write_workbook(void *context)
{
	struct writing *w = context;
	const th_book *book = w->book;
	bool active = false;
	lxw_workbook_options options = {.tmpdir = (char *)folder};
	size_t size = size_of(book);
	if (!has_room(size))
		return FAILED_FILE;
	w->workbook = workbook_new_opt(w->name, &options);
	if (!w->workbook)
		return FAILED_MEMORY;
	lxw_doc_properties properties = {.title = (char *)book->title.ptr, .author = (char *)book->author.ptr, .created = 946684800};
	check(w, workbook_set_properties(w->workbook, &properties));
	make_formats(w);
	for (const th_book_sheet *sheet = book->sheet; sheet && !w->failed; sheet = sheet->next)
		put_sheet(w, sheet, &active);
	if (!w->failed)
		check(w, workbook_close(w->workbook));
	return w->failed ? w->failed : has_room(size) ? DONE : FAILED_FILE;
}

void th_book_library(th_buf *out)
{
	th_buf_printf(out, "libxlsxwriter %s", lxw_version());
}

static th_status refuse(th_diags *diags, th_code code, const char *found)
{
	(void)th_report(diags, code, (th_pos){NULL, 0, 0, NULL}, found, (char *)NULL);
	return TH_SYSTEM;
}

static th_status tell(th_diags *diags, int ended)
{
	char text[40];
	if (ended == FAILED_MEMORY)
		return th_no_memory(diags);
	if (ended == FAILED_FILE)
		return refuse(diags, TH_BOOK_WRITE, NULL);
	snprintf(text, sizeof text, ended < 0 ? "signal %d" : "status %d", ended < 0 ? -ended : ended);
	return refuse(diags, TH_BOOK_PROCESS, text);
}

/* What the process has written. */
static int take(int fd, th_buf *out)
{
	th_file_about about;
	size_t got = 0;
	int error = th_os_look_at(fd, &about);
	if (error != 0 || about.size > SIZE_MAX / 2)
		return error ? error : 1;
	if (!th_buf_reserve(out, (size_t)about.size))
		return 0;
	error = th_os_read_at(fd, out->ptr + out->len, (size_t)about.size, 0, &got);
	out->len += error == 0 ? got : 0;
	return error != 0 || got == about.size ? error : 1;
}

/* For the formats of copies: the process itself asks for none of ours. */
static bool make_room(const th_book *book, th_arena *arena, struct writing *w)
{
	size_t formats = book->formats, count = 0;
	w->copied = th_arena_alloc(arena, (formats + 1) * TH_BOOK_PAINTS, sizeof *w->copied);
	w->number = th_arena_alloc(arena, formats + 1, sizeof *w->number);
	for (const th_book_format *f = book->format; w->number && f; f = f->next)
		w->number[count++] = f;
	return w->copied && w->number;
}

th_status th_book_write(const th_book *book, th_diags *diags, th_buf *out)
{
	struct writing w = {.book = book};
	int fd = -1, ended = 0;
	th_arena arena = {0};
	/* Asked for here, so that a program that loads it late says here that it is missing: nobody hears the process. */
	bool loaded = !book->failed && *lxw_version() != '\0';
	if (!loaded || !make_room(book, &arena, &w)) {
		th_arena_free(&arena);
		return th_no_memory(diags);
	}
	if (th_os_scratch(&fd) != 0) {
		th_arena_free(&arena);
		return refuse(diags, TH_BOOK_WRITE, NULL);
	}
	th_os_name_of(fd, w.name);
	int error = th_os_apart(write_workbook, &w, &ended);
	th_status status = error != 0 ? refuse(diags, TH_BOOK_PROCESS, "fork") : ended == DONE ? TH_OK : tell(diags, ended);
	if (status == TH_OK && take(fd, out) != 0)
		status = refuse(diags, TH_BOOK_WRITE, NULL);
	th_os_close(fd);
	th_arena_free(&arena);
	return out->failed ? th_no_memory(diags) : status;
}

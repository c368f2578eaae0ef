/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/sheet.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "io/workbook_parts.h"

enum { LONGEST = 1 << 17, WORD = 16 };

struct th_sheet {
	th_workbook *workbook; /* NULL: bare XML */
	th_diags *diags;
	const char *name, *title;
	th_part *part;
	th_slice bare;
	th_xml *xml;
	th_merges merges;
	unsigned char hidden[TH_SHEET_COLUMNS / 8];

	bool in_data, in_row, hides, done, raw;
	unsigned phonetic;
	size_t row, column;    /* of the last one that began */
	th_arena arena;        /* of the row's texts */
	th_sheet_cell *cell;
	size_t cells, room;

	/* the cell that is being read */
	char type[WORD];
	size_t style;
	bool in_cell, formula, linked, taking, taking_formula;
	th_buf value, formula_text;
};

th_pos th_sheet_place(const th_sheet *sheet, size_t row, size_t column, const char *where)
{
	return (th_pos){sheet->name, row ? row : 1, column ? column : 1, where};
}

static th_status no_memory(const th_sheet *sheet)
{
	return th_no_memory(sheet->diags);
}

static th_status bad(const th_sheet *sheet, const char *found)
{
	return th_report(sheet->diags, TH_SHEET_CELL, th_sheet_place(sheet, sheet->row, sheet->column, NULL), found, NULL);
}

/* ---- rows and cells ---- */

static th_status start_row(th_sheet *sheet, const char *const *attributes)
{
	const char *number = th_xml_attribute(attributes, "r");
	size_t row = sheet->row + 1;
	sheet->column = 0;
	if (number && (!th_xml_index(number, TH_SHEET_ROWS, &row) || row <= sheet->row))
		return bad(sheet, number);
	if (row > TH_SHEET_ROWS)
		return bad(sheet, "<row>");
	sheet->row = row;
	sheet->hides = th_xml_flag(th_xml_attribute(attributes, "hidden"));
	sheet->in_row = true;
	sheet->cells = 0;
	th_arena_reset(&sheet->arena);
	return TH_OK;
}

static th_status start_cell(th_sheet *sheet, const char *const *attributes)
{
	size_t row = sheet->row, column = sheet->column + 1;
	const char *reference = NULL, *type = "n", *style = NULL;
	for (const char *const *a = attributes; *a; a += 2) {
		if (a[0][1] != '\0')
			continue;
		if (a[0][0] == 'r')
			reference = a[1];
		else if (a[0][0] == 't')
			type = a[1];
		else if (a[0][0] == 's')
			style = a[1];
	}
	const char *p = reference;
	if (p && (!th_read_reference(&p, &row, &column) || *p || row != sheet->row || column <= sheet->column))
		return bad(sheet, reference);
	if (column > TH_SHEET_COLUMNS)
		return bad(sheet, "<c>");
	sheet->column = column;
	sheet->style = 0;
	if (strlen(type) >= WORD || (style && !th_xml_index(style, UINT32_MAX, &sheet->style)))
		return bad(sheet, strlen(type) >= WORD ? type : style);
	memcpy(sheet->type, type, strlen(type) + 1);
	th_buf_clear(&sheet->value);
	sheet->formula = sheet->linked = false;
	sheet->in_cell = true;
	return TH_OK;
}

/* [1]Sheet1!A1 or '[1]Sheet 1'!A1: the other workbook's number stands in brackets, before which no table's name stands. */
static bool is_linked(th_slice formula)
{
	for (size_t i = 0; i < formula.len; i++) {
		unsigned char before = i ? (unsigned char)formula.ptr[i - 1] : '(';
		bool named = before >= 0x80 || (before >= '0' && before <= '9') || (before >= 'A' && before <= 'Z') || (before >= 'a' && before <= 'z') ||
		             before == '_' || before == '.' || before == '[' || before == ']';
		size_t k = i + 1;
		while (k < formula.len && formula.ptr[k] >= '0' && formula.ptr[k] <= '9')
			k++;
		if (formula.ptr[i] == '[' && !named && k > i + 1 && k < formula.len && formula.ptr[k] == ']')
			return true;
	}
	return false;
}

/* ISO 8601: the time is left out where it is midnight. */
static th_slice iso_date(char *text, size_t len)
{
	size_t t = 0;
	while (t < len && text[t] != 'T')
		t++;
	if (t == len)
		return (th_slice){text, len};
	text[t] = ' ';
	bool midnight = true;
	for (size_t i = t + 1; i < len; i++)
		midnight &= text[i] == '0' || text[i] == ':' || text[i] == '.' || text[i] == 'Z';
	return (th_slice){text, midnight ? t : len};
}

static th_slice kept_text(th_sheet *sheet, th_slice text, bool *kept)
{
	th_slice copy = th_arena_copy(&sheet->arena, text);
	*kept = copy.ptr != NULL;
	return copy;
}

static bool read_number(th_sheet *sheet, th_slice stored, th_sheet_cell *cell, bool *kept)
{
	th_numfmt_text number;
	const th_styles *styles = sheet->workbook ? &sheet->workbook->styles : NULL;
	bool styled = styles && sheet->style < styles->count;
	th_numfmt format = styled ? styles->format[sheet->style] : (th_numfmt){0};
	if (!th_numfmt_put(stored.ptr, stored.len, format, sheet->workbook && sheet->workbook->from_1904, &number))
		return false;
	cell->kind = number.date ? TH_SHEET_DATE : TH_SHEET_NUMBER;
	if (sheet->raw)
		cell->raw = kept_text(sheet, stored, kept);
	cell->text = kept_text(sheet, (th_slice){number.text, number.len}, kept);
	bool zero = number.len == 1 && number.text[0] == '0';
	if (number.rounded) {
		cell->flags |= TH_SHEET_ROUNDED;
		cell->stored = kept_text(sheet, stored, kept).ptr;
	} else if (format.scaled && !zero && !number.date) {
		cell->flags |= TH_SHEET_SCALED;
		cell->stored = styles->code[sheet->style];
	}
	return true;
}

/* How far a text is moved in: blanks before it, a step of its style being as wide as a Chinese character. */
static unsigned char indent_of(const th_sheet *sheet, th_slice text)
{
	enum { WIDE = 2, MOST = UCHAR_MAX };
	const th_styles *styles = sheet->workbook ? &sheet->workbook->styles : NULL;
	size_t width = styles && sheet->style < styles->count ? WIDE * (size_t)styles->indent[sheet->style] : 0;
	for (size_t at = 0; at < text.len && width < MOST; width++)
		if (text.ptr[at] == ' ' || text.ptr[at] == '\t')
			at++;
		else if (th_slice_starts((th_slice){text.ptr + at, text.len - at}, TH_S("\xC2\xA0")))
			at += 2;
		else if (th_slice_starts((th_slice){text.ptr + at, text.len - at}, TH_S("\xE3\x80\x80"))) {
			at += 3;
			width++;
		} else
			break;
	return (unsigned char)(width < MOST ? width : MOST);
}

static bool read_shared(th_sheet *sheet, th_slice stored, th_sheet_cell *cell)
{
	size_t index;
	if (!sheet->workbook || !th_xml_index(stored.ptr, SIZE_MAX / 2, &index) || index >= sheet->workbook->strings.count)
		return false;
	cell->raw = th_shared_string(&sheet->workbook->strings, index);
	cell->text = th_slice_trim(cell->raw);
	cell->indent = indent_of(sheet, cell->raw);
	cell->kind = TH_SHEET_TEXT;
	return true;
}

/* What stands in the cell, by its type; false when that cannot be. */
static bool read_value(th_sheet *sheet, th_sheet_cell *cell, bool *kept)
{
	th_buf *value = &sheet->value;
	th_slice stored = {value->ptr, value->len};
	const char *type = sheet->type;
	if (type[1] != '\0') {
		if (strcmp(type, "str") != 0 && strcmp(type, "inlineStr") != 0)
			return false;
		stored.len = th_unescape_workbook(value->ptr, value->len);
		cell->kind = TH_SHEET_TEXT;
		cell->raw = kept_text(sheet, stored, kept);
		cell->text = th_slice_trim(cell->raw);
	cell->indent = indent_of(sheet, cell->raw);
		return true;
	}
	switch (*type) {
	case 'n':
		return read_number(sheet, stored, cell, kept);
	case 's':
		return read_shared(sheet, stored, cell);
	case 'b':
		cell->kind = TH_SHEET_BOOLEAN;
		cell->text = *stored.ptr == '1' ? TH_S("TRUE") : TH_S("FALSE");
		return stored.len == 1 && (*stored.ptr == '0' || *stored.ptr == '1');
	case 'e':
		cell->kind = TH_SHEET_FAULT;
		cell->text = kept_text(sheet, stored, kept);
		return true;
	case 'd':
		cell->kind = TH_SHEET_DATE;
		cell->text = kept_text(sheet, iso_date(value->ptr, value->len), kept);
		return true;
	default:
		return false;
	}
}

static th_sheet_cell *add_cell(th_sheet *sheet)
{
	if (sheet->cells == sheet->room) {
		size_t room = sheet->room ? 2 * sheet->room : 64;
		th_sheet_cell *grown = th_realloc(sheet->cell, room * sizeof *grown);
		if (!grown)
			return NULL;
		sheet->cell = grown;
		sheet->room = room;
	}
	sheet->cell[sheet->cells] = (th_sheet_cell){.column = (uint32_t)sheet->column, .style = (uint32_t)sheet->style};
	return &sheet->cell[sheet->cells++];
}

static th_status end_cell(th_sheet *sheet)
{
	th_buf *value = &sheet->value;
	bool kept = true, words = strcmp(sheet->type, "str") == 0 || strcmp(sheet->type, "inlineStr") == 0;
	sheet->in_cell = false;
	th_buf_char(value, '\0');
	if (value->failed || sheet->formula_text.failed)
		return no_memory(sheet);
	th_slice text = words ? (th_slice){value->ptr, value->len - 1} : th_slice_trim((th_slice){value->ptr, value->len - 1});
	if (text.len == 0 && (!sheet->formula || words))
		return TH_OK;
	memmove(value->ptr, text.ptr, text.len);
	value->ptr[text.len] = '\0';
	value->len = text.len;
	th_sheet_cell *cell = add_cell(sheet);
	if (!cell)
		return no_memory(sheet);
	cell->flags = (unsigned char)((sheet->formula ? TH_SHEET_FORMULA : 0) | (sheet->linked ? TH_SHEET_LINKED : 0));
	if (text.len == 0) {
		cell->kind = TH_SHEET_UNCACHED;
		return TH_OK;
	}
	if (text.len > LONGEST || !read_value(sheet, cell, &kept)) {
		cell->kind = TH_SHEET_BAD;
		cell->flags &= TH_SHEET_FORMULA;
		cell->text = kept_text(sheet, (th_slice){value->ptr, text.len < 60 ? text.len : 60}, &kept);
	}
	if (!kept)
		return no_memory(sheet);
	sheet->cells -= cell->text.len == 0; /* blanks */
	return TH_OK;
}

/* ---- the parts of a sheet ---- */

static void start_column(th_sheet *sheet, const char *const *attributes)
{
	const char *min = th_xml_attribute(attributes, "min"), *max = th_xml_attribute(attributes, "max");
	size_t from, to;
	if (!th_xml_flag(th_xml_attribute(attributes, "hidden")) || !min || !max || !th_xml_index(min, TH_SHEET_COLUMNS, &from) ||
	    !th_xml_index(max, TH_SHEET_COLUMNS, &to) || from == 0)
		return;
	for (; from <= to; from++)
		sheet->hidden[(from - 1) / 8] |= (unsigned char)(1u << (from - 1) % 8);
}

static th_status start_in_cell(th_sheet *sheet, const char *name)
{
	if (strcmp(name, "v") == 0)
		sheet->taking = true;
	else if (strcmp(name, "t") == 0)
		sheet->taking = sheet->phonetic == 0;
	else if (strcmp(name, "rPh") == 0)
		sheet->phonetic++;
	else if (strcmp(name, "f") == 0) {
		sheet->formula = sheet->taking_formula = true;
		th_buf_clear(&sheet->formula_text);
	}
	if (sheet->taking || sheet->taking_formula)
		th_xml_want_text(sheet->xml, true);
	return TH_OK;
}

static th_status start_element(void *user, const char *name, const char *const *attributes)
{
	th_sheet *sheet = user;
	if (sheet->in_cell)
		return start_in_cell(sheet, name);
	if (sheet->in_row)
		return name[0] == 'c' && name[1] == '\0' ? start_cell(sheet, attributes) : TH_OK;
	if (sheet->in_data)
		return strcmp(name, "row") == 0 ? start_row(sheet, attributes) : TH_OK;
	if (strcmp(name, "sheetData") == 0)
		sheet->in_data = true;
	else if (strcmp(name, "col") == 0)
		start_column(sheet, attributes);
	return TH_OK;
}

static th_status end_element(void *user, const char *name)
{
	th_sheet *sheet = user;
	if (sheet->in_cell) {
		if (sheet->taking || sheet->taking_formula)
			th_xml_want_text(sheet->xml, false);
		if (sheet->taking_formula && strcmp(name, "f") == 0)
			sheet->linked = is_linked(th_buf_view(&sheet->formula_text));
		sheet->taking = sheet->taking_formula = false;
		sheet->phonetic -= sheet->phonetic > 0 && strcmp(name, "rPh") == 0;
		return name[0] == 'c' && name[1] == '\0' ? end_cell(sheet) : TH_OK;
	}
	if (sheet->in_row && strcmp(name, "row") == 0) {
		sheet->in_row = false;
		if (sheet->cells > 0)
			th_xml_pause(sheet->xml);
	} else if (sheet->in_data && strcmp(name, "sheetData") == 0)
		sheet->in_data = false;
	return TH_OK;
}

static void text(void *user, const char *piece, size_t len)
{
	th_sheet *sheet = user;
	th_buf *to = sheet->taking_formula ? &sheet->formula_text : &sheet->value;
	if (to->len <= LONGEST) /* what is longer is refused, so its end does not matter */
		th_buf_add(to, piece, len);
}

/* ---- opening and reading ---- */

static th_status read_part(void *from, void *to, size_t len, size_t *got)
{
	return th_part_read(from, to, len, got);
}

static th_status read_bare(void *from, void *to, size_t len, size_t *got)
{
	th_slice *rest = from;
	*got = rest->len < len ? rest->len : len;
	if (*got)
		memcpy(to, rest->ptr, *got);
	rest->ptr += *got;
	rest->len -= *got;
	return TH_OK;
}

static th_status start_reading(th_sheet *sheet, const th_xml_input *input)
{
	static const th_xml_use use = {start_element, end_element, text};
	return th_xml_open(input, &use, sheet, &sheet->xml);
}

static const char *full_name(const th_sheet *sheet)
{
	th_buf name = {0};
	th_buf_str(&name, th_workbook_path(sheet->workbook));
	th_buf_char(&name, '#');
	th_buf_str(&name, sheet->title);
	th_buf_char(&name, '\0');
	const char *kept = name.failed ? NULL : th_diags_keep(sheet->diags, name.ptr);
	th_buf_free(&name);
	return kept;
}

static th_status open_part(th_sheet *sheet, const char *part)
{
	sheet->name = full_name(sheet);
	th_status status = sheet->name ? th_workbook_load(sheet->workbook) : no_memory(sheet);
	sheet->merges = (th_merges){.name = sheet->name, .diags = sheet->diags};
	if (status == TH_OK)
		status = th_merges_read(sheet->workbook->package, part, &sheet->merges);
	if (status == TH_OK)
		status = th_part_open(sheet->workbook->package, part, &sheet->part);
	if (status != TH_OK)
		return status;
	const th_xml_input input = {read_part, sheet->part, th_workbook_path(sheet->workbook), th_part_name(sheet->part), sheet->diags};
	return start_reading(sheet, &input);
}

/* What was opened, or nothing. */
static th_status opened(th_status status, th_sheet *sheet, th_sheet **out)
{
	if (status == TH_OK)
		*out = sheet;
	else
		th_sheet_close(sheet);
	return status;
}

th_status th_sheet_open(th_workbook *workbook, size_t index, th_sheet **out)
{
	return th_sheet_open_to(workbook, index, workbook->diags, out);
}

th_status th_sheet_open_to(th_workbook *workbook, size_t index, th_diags *diags, th_sheet **out)
{
	*out = NULL;
	const th_workbook_sheet *about = th_workbook_sheet_at(workbook, index);
	th_sheet *sheet = th_calloc(1, sizeof *sheet);
	if (!sheet)
		return th_no_memory(diags);
	sheet->workbook = workbook;
	sheet->diags = diags;
	sheet->title = about->name;
	return opened(open_part(sheet, about->part), sheet, out);
}

th_status th_sheet_of_xml(const char *name, th_slice xml, th_diags *diags, th_sheet **out)
{
	*out = NULL;
	th_sheet *sheet = th_calloc(1, sizeof *sheet);
	if (!sheet)
		return th_no_memory(diags);
	sheet->diags = diags;
	sheet->name = sheet->title = name;
	sheet->bare = xml;
	const th_xml_input input = {read_bare, &sheet->bare, name, name, diags};
	return opened(start_reading(sheet, &input), sheet, out);
}

th_status th_sheet_next(th_sheet *sheet, th_sheet_row *row, bool *end)
{
	th_status status = TH_OK;
	*end = true;
	if (sheet->done)
		return TH_OK;
	status = th_xml_go(sheet->xml, end);
	sheet->done = status != TH_OK || *end;
	if (status == TH_OK && *end && sheet->workbook)
		status = th_package_unchanged(sheet->workbook->package);
	if (status != TH_OK || *end)
		return status;
	status = th_merges_over(&sheet->merges, sheet->row);
	*row = (th_sheet_row){sheet->row, sheet->hides, sheet->cell, sheet->cells, sheet->merges.over, sheet->merges.overs};
	return status;
}

void th_sheet_want_raw(th_sheet *sheet)
{
	sheet->raw = true;
}

void th_sheet_format(const th_sheet *sheet, const th_sheet_cell *cell, unsigned *id, const char **code, unsigned *indent)
{
	const th_styles *styles = sheet->workbook ? &sheet->workbook->styles : NULL;
	bool styled = styles && cell->style < styles->count;
	*id = styled ? styles->id[cell->style] : 0;
	*code = styled ? styles->code[cell->style] : NULL;
	*indent = styled ? styles->indent[cell->style] : 0;
}

const char *th_sheet_name(const th_sheet *sheet)
{
	return sheet->name;
}

const th_merge *th_sheet_merges(const th_sheet *sheet, size_t *count)
{
	*count = sheet->merges.count;
	return sheet->merges.list;
}

bool th_sheet_hides_column(const th_sheet *sheet, size_t column)
{
	return column > 0 && column <= TH_SHEET_COLUMNS && (sheet->hidden[(column - 1) / 8] >> (column - 1) % 8 & 1);
}

void th_sheet_close(th_sheet *sheet)
{
	if (!sheet)
		return;
	th_xml_close(sheet->xml);
	th_part_close(sheet->part);
	th_arena_free(&sheet->arena);
	th_buf_free(&sheet->value);
	th_buf_free(&sheet->formula_text);
	th_merges_free(&sheet->merges);
	free(sheet->cell);
	free(sheet);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/inventory.h"

#include <stdio.h>
#include <stdlib.h>

#include "case/folder.h"
#include "case/one_applicant.h"
#include "io/scan.h"

static const th_column columns[TH_COLS] = {
	[TH_COL_PERIOD] = {"period", true}, [TH_COL_ACTIVITY] = {"activity", true}, [TH_COL_QUANTITY] = {"quantity", true},
	[TH_COL_UNIT] = {"unit", true}, [TH_COL_SITE] = {"site", false}, [TH_COL_SOURCE] = {"source", false},
	[TH_COL_SCOPE] = {"scope", false}, [TH_COL_FACTOR] = {"factor", TH_COLUMN_MEASURED}, [TH_COL_REGION] = {"region", false},
	[TH_COL_UNCERTAINTY] = {"uncertainty", false}, [TH_COL_NCV] = {"ncv", TH_COLUMN_MEASURED}, [TH_COL_CARBON] = {"carbon_content", TH_COLUMN_MEASURED},
	[TH_COL_OXIDATION] = {"oxidation", TH_COLUMN_MEASURED}, [TH_COL_DENSITY] = {"density", TH_COLUMN_MEASURED}, [TH_COL_INSTRUMENT] = {"instrument", false},
	[TH_COL_EVIDENCE] = {"evidence", false}, [TH_COL_NOTE] = {"note", false}, [TH_COL_STATED_FACTOR] = {"stated_factor", TH_COLUMN_MEASURED},
	[TH_COL_STATED_EMISSIONS] = {"stated_emissions", TH_COLUMN_MEASURED}, [TH_COL_PRODUCT] = {"product", false}, [TH_COL_STAGE] = {"stage", false},
	[TH_COL_SHARE] = {"share", false}, [TH_COL_GRADE] = {"grade", false},
};

enum { WITH_UNIT = 96 };

struct th_inventory {
	th_rows *table;
	th_record record;
	int cell[TH_COLS];
	bool *read;           /* by the columns of the table: is it one of these */
	bool all_read;        /* each is */
	bool units;           /* a header has one */
	th_slice unit[TH_COLS];
	char with_unit[TH_COLS][WITH_UNIT]; /* cells with it */
	th_layout *layout;    /* the table's, which owns it; NULL: a long table */
	size_t notes;         /* lines of notes below a long table */
	th_pos first_note;
	size_t rows;
	const th_reference *reference;
	const th_columns *columns;
	th_doubt doubt;
	th_diags *diags;
	bool view;            /* reads pieces of another's table, which is not its own */
	th_scan *scan;        /* of a view */
	th_slice *plain;      /* its cells */
	char *room;           /* and what of them is not in the text */
};

/* Is the time in the first line only a month? Then the table's title or an option has the year. */
static bool without_year(const th_reference *reference, th_slice period)
{
	enum { YEAR = 4 }; /* with a year's digits in front it is of that year */
	static const th_layout_kind parts[] = {TH_LW_MONTH, TH_LW_QUARTER, TH_LW_HALF};
	return period.len > 0 && th_slice_digits(period, 0) < YEAR && th_layout_word_first(&reference->layout_words, parts, sizeof parts / sizeof *parts, period);
}

/* What the first rows of a table tell that has the header of a long one. */
struct first_rows {
	const th_reference *reference;
	int period, activity, unit, quantity;
	size_t seen;
	bool merged; /* cells of a sheet are: a row that sums others is then no line of a long table */
	bool apart; /* it is no long table: months without a year, or merged cells */
};

static bool see_row(void *context, const th_record *record)
{
	struct first_rows *rows = context;
	th_decimal number;
	unsigned notes;
	bool merged = rows->seen++ > 0 && th_cell(record, rows->activity).len == 0 && th_cell(record, rows->unit).len == 0 &&
	              th_number_is(th_number_parse(th_cell(record, rows->quantity), &number, &notes));
	for (size_t i = 0; rows->merged && i < record->cells && !merged; i++)
		merged = th_layout_word_in(&rows->reference->layout_words, TH_LW_TOTAL, record->cell[i]) != NULL;
	rows->apart = merged || without_year(rows->reference, th_cell(record, rows->period));
	return !rows->apart;
}

static int index_of(const th_reference *reference, const th_rows *rows, const char *name)
{
	const th_record *header = th_rows_header(rows);
	for (size_t i = 0; i < header->cells; i++)
		if (th_slice_eq(th_column_named(reference->columns, "inventory", header->cell[i]), th_slice_of(name)))
			return (int)i;
	return -1;
}

static th_status look_at_first(const th_reference *reference, th_inventory *inventory, th_diags *diags, bool *apart)
{
	enum { LOOKED_AT = 32 };
	const th_rows *table = inventory->table;
	struct first_rows rows = {.reference = reference, .merged = th_rows_merged(table), .period = index_of(reference, table, "period"), .activity = index_of(reference, table, "activity"),
	                          .unit = index_of(reference, table, "unit"), .quantity = index_of(reference, table, "quantity")};
	th_status status = th_rows_look(inventory->table, LOOKED_AT, see_row, &rows, diags);
	*apart = rows.apart;
	return status;
}

static th_status open_table(const th_reference *reference, th_inventory *inventory, const th_layout_options *layout, th_diags *diags)
{
	static const th_layout_options none = {NULL, 0};
	const char *kind = th_case_files[TH_CASE_INVENTORY].kind;
	th_layout_options by = layout ? *layout : none;
	bool other = false;
	th_status status = th_layout_kept(&by, th_rows_path(inventory->table), diags, &by.file);
	if (status == TH_OK && !by.file)
		status = th_table_is_other(reference->columns, kind, inventory->table, diags, &other);
	if (status != TH_OK)
		return status;
	bool dated = index_of(reference, inventory->table, "period") < 0 && (by.year || th_layout_dated(reference, th_rows_path(inventory->table)));
	bool whole = by.file || dated || !th_layout_is_long(reference, kind, inventory->table, columns, TH_COLS);
	if (status == TH_OK && !whole)
		status = look_at_first(reference, inventory, diags, &whole);
	return status == TH_OK && whole ? th_layout_open(reference, kind, inventory->table, &by, diags, &inventory->layout) : status;
}

/* What stands in brackets behind a header and is no unit says more than its name, so the column is not known. */
static th_status find_units(th_inventory *inventory)
{
	const th_record *header = th_rows_header(inventory->table);
	th_status status = TH_OK;
	for (int i = 0; i < TH_COLS && status != TH_SYSTEM; i++) {
		if (inventory->cell[i] < 0 || columns[i].required != TH_COLUMN_MEASURED)
			continue;
		th_slice name = header->cell[inventory->cell[i]], at;
		th_unit parsed;
		if (th_column_named(inventory->columns, "inventory", name).len || th_header_name(name, &inventory->unit[i]).len == name.len)
			continue;
		inventory->units = true;
		if (th_unit_parse(inventory->reference->units, inventory->unit[i], &parsed, &at) == TH_UNIT_OK)
			continue;
		inventory->unit[i].len = 0;
		char text[256];
		size_t len = name.len < sizeof text ? name.len : sizeof text - 1;
		memcpy(text, name.ptr, len);
		text[len] = '\0';
		status = th_report(inventory->diags, TH_COLUMN_UNKNOWN, th_rows_place(inventory->table, header, (size_t)inventory->cell[i], NULL), text, (char *)NULL);
		inventory->cell[i] = -1;
	}
	return status;
}

static th_status list_read(th_inventory *inventory)
{
	inventory->read = th_calloc(th_rows_header(inventory->table)->cells + 1, sizeof *inventory->read);
	for (size_t i = 0; inventory->read && i < TH_COLS; i++)
		if (inventory->cell[i] >= 0)
			inventory->read[inventory->cell[i]] = true;
	inventory->all_read = inventory->read != NULL;
	for (size_t i = 0; inventory->read && i < th_rows_header(inventory->table)->cells; i++)
		inventory->all_read &= inventory->read[i];
	return inventory->read ? TH_OK : th_no_memory(inventory->diags);
}

th_status th_inventory_open(const th_reference *reference, const char *path, th_encoding encoding, const th_layout_options *layout,
                            th_diags *diags, th_inventory **out)
{
	*out = NULL;
	th_inventory *inventory = th_calloc(1, sizeof *inventory);
	*out = NULL;
	if (!inventory)
		return th_no_memory(diags);
	th_status status = th_rows_open_long(path, encoding, diags, &inventory->table);
	inventory->reference = reference;
	inventory->columns = reference->columns;
	inventory->diags = diags;
	if (status == TH_OK)
		th_doubt_start(&inventory->doubt, reference->columns, inventory->table);
	if (status == TH_OK && strcmp(path, "-") != 0 && !th_diags_lent_part(diags, path) && index_of(reference, inventory->table, "applicant") >= 0)
		status = th_inventory_applicants(reference, path, encoding, diags);
	if (status == TH_OK)
		status = open_table(reference, inventory, layout, diags);
	inventory->doubt.open &= inventory->table && !th_rows_ambiguous(inventory->table); /* of these every account says it */
	if (status == TH_OK)
		status = th_table_map(reference->columns, th_case_files[TH_CASE_INVENTORY].kind, inventory->table, columns, TH_COLS, inventory->cell, diags);
	if (status == TH_OK)
		status = find_units(inventory);
	if (status == TH_OK)
		status = list_read(inventory);
	if (status != TH_OK) {
		if (status != TH_SYSTEM && th_doubt_end(&inventory->doubt, inventory->table, diags) != TH_OK)
			status = TH_SYSTEM;
		th_inventory_close(inventory);
		return status;
	}
	*out = inventory;
	return TH_OK;
}

/* A line of notes or signatures: it begins with such a word, and has no quantity and no activity or unit. */
static bool is_note(const th_inventory *inventory)
{
	const th_record *record = &inventory->record;
	th_decimal number;
	unsigned notes;
	if (inventory->layout || (th_cell(record, inventory->cell[TH_COL_ACTIVITY]).len && th_cell(record, inventory->cell[TH_COL_UNIT]).len) ||
	    th_number_is(th_number_parse(th_cell(record, inventory->cell[TH_COL_QUANTITY]), &number, &notes)))
		return false;
	size_t first = 0;
	while (first < record->cells && record->cell[first].len == 0)
		first++;
	return inventory->notes > 0 || (first < record->cells && th_layout_is_note(inventory->reference, record->cell[first]));
}

/* The next row that is no note. */
static th_status next_row(th_inventory *inventory, bool *end)
{
	for (;;) {
		th_status status = th_rows_next(inventory->table, &inventory->record, end);
		if (status != TH_OK || *end || !is_note(inventory))
			return status;
		if (inventory->notes++ == 0)
			inventory->first_note = th_rows_place(inventory->table, &inventory->record, 0, NULL);
	}
}

static th_status tell_notes(const th_inventory *inventory)
{
	char count[24];
	if (inventory->notes == 0)
		return TH_OK;
	snprintf(count, sizeof count, "%zu", inventory->notes);
	return th_report(inventory->diags, TH_LAYOUT_NOTES, inventory->first_note, count, (char *)NULL);
}

/* A number gets the unit of its header. */
static th_slice with_unit(th_inventory *inventory, int column, th_slice cell)
{
	th_slice unit = inventory->unit[column];
	char *to = inventory->with_unit[column];
	th_decimal number;
	unsigned notes;
	if (cell.len == 0 || cell.len + unit.len + 1 > WITH_UNIT || !th_number_is(th_number_in(cell, th_rows_delimiter(inventory->table), &number, &notes)))
		return cell;
	size_t len = cell.len;
	memcpy(to, cell.ptr, len);
	if (!th_slice_eq(unit, TH_S("%")))
		to[len++] = ' ';
	memcpy(to + len, unit.ptr, unit.len);
	return (th_slice){to, len + unit.len};
}

/* A number, maybe with a unit, that no factor is called. */
static bool is_own_factor(const th_inventory *inventory, th_slice cell)
{
	th_decimal number;
	th_unit unit;
	th_slice rest, front = th_slice_front(cell, TH_NUMBER_BYTES, &rest), at;
	unsigned notes;
	if (front.len == 0 || !th_number_is(th_number_in(front, th_rows_delimiter(inventory->table), &number, &notes)))
		return false;
	return (rest.len == 0 || th_unit_parse(inventory->reference->units, rest, &unit, &at) == TH_UNIT_OK) && th_find_factor(inventory->reference, cell) == TH_NONE;
}

static void take_factor(const th_inventory *inventory, th_line *line)
{
	th_slice *cell = line->cell;
	if (!is_own_factor(inventory, cell[TH_COL_FACTOR]))
		return;
	if (cell[TH_COL_STATED_FACTOR].len == 0)
		cell[TH_COL_STATED_FACTOR] = cell[TH_COL_FACTOR];
	cell[TH_COL_FACTOR] = (th_slice){"", 0};
}

static void take_line(th_inventory *inventory, th_line *line)
{
	inventory->rows++;
	for (int i = 0; i < TH_COLS; i++)
		line->cell[i] = th_cell(&inventory->record, inventory->cell[i]);
	for (int i = 0; i < TH_COLS && inventory->units; i++)
		if (inventory->unit[i].len)
			line->cell[i] = with_unit(inventory, i, line->cell[i]);
	if (line->cell[TH_COL_FACTOR].len)
		take_factor(inventory, line);
	line->line = inventory->record.line;
	line->raw = inventory->record.raw;
	line->delimiter = th_rows_delimiter(inventory->table);
}

/* --- pieces --- */

/* Without an activity, unit or quantity a line may be a note, or not filled in; that hangs on the lines before it. */
static inline bool is_empty(const th_inventory *inventory, const th_scanned *scanned, th_inventory_column column)
{
	const th_slice raw = th_scanned_raw(scanned, (size_t)inventory->cell[column]);
	if (th_raw_says(raw))
		return false;
	return raw.len && raw.ptr[0] == '"' ? raw.len <= 2 : th_slice_trim(raw).len == 0;
}

struct taking {
	const th_inventory *inventory;
	th_take_line *take;
	void *context;
};

static bool take_plain(void *context, const th_scanned *scanned)
{
	const struct taking *t = context;
	const th_inventory *inventory = t->inventory;
	return !is_empty(inventory, scanned, TH_COL_ACTIVITY) && !is_empty(inventory, scanned, TH_COL_UNIT) && !is_empty(inventory, scanned, TH_COL_QUANTITY) &&
	       (!t->take || t->take(t->context, scanned));
}

bool th_inventory_piece(th_inventory *inventory, size_t most, th_take_line *take, void *context, th_piece *piece)
{
	struct taking taking = {inventory, take, context};
	if (inventory->layout || inventory->doubt.open || inventory->notes || !th_rows_piece(inventory->table, most, take_plain, &taking, piece))
		return false;
	inventory->rows += piece->rows;
	return true;
}

th_inventory *th_inventory_view(const th_inventory *inventory, th_diags *diags)
{
	th_inventory *view = th_malloc(sizeof *view);
	if (!view)
		return NULL;
	const size_t cells = th_rows_header(inventory->table)->cells;
	*view = *inventory;
	view->view = true;
	view->diags = diags;
	view->scan = NULL;
	view->plain = th_calloc(cells, sizeof *view->plain);
	view->room = th_malloc(TH_MAX_FIELD);
	if (view->plain && view->room)
		return view;
	th_inventory_close(view);
	return NULL;
}

bool th_inventory_take(th_inventory *view, const th_piece *piece)
{
	const size_t cells = th_rows_header(view->table)->cells;
	if (!view->scan)
		view->scan = th_scan_new(th_rows_delimiter(view->table), cells, SIZE_MAX, th_diags_reading(view->diags).cpu);
	if (view->scan)
		th_scan_text(view->scan, piece->text, 0, piece->line);
	return view->scan != NULL;
}

bool th_inventory_scan(th_inventory *view, th_scanned *scanned)
{
	while (th_scan_next(view->scan, scanned))
		if (!th_scanned_blank(scanned))
			return true;
	return false;
}

void th_inventory_line(th_inventory *view, const th_scanned *scanned, th_line *line)
{
	char *room = view->room;
	for (size_t i = 0; i < scanned->cells; i++)
		view->plain[i] = th_scanned_plain(th_scanned_raw(scanned, i), &room);
	view->record = (th_record){view->plain, scanned->cells, scanned->line, {scanned->text + scanned->start, scanned->stop - scanned->start}};
	if (line)
		take_line(view, line);
}

th_status th_inventory_next(th_inventory *inventory, th_line *line, bool *end)
{
	th_status status = next_row(inventory, end);
	if (status == TH_OK && *end)
		status = tell_notes(inventory);
	if (status == TH_OK && *end)
		status = th_doubt_end(&inventory->doubt, inventory->table, inventory->diags);
	if (status != TH_OK || *end)
		return status;
	if (inventory->doubt.open)
		th_doubt_look(&inventory->doubt, inventory->columns, &inventory->record);
	take_line(inventory, line);
	return TH_OK;
}

th_status th_inventory_again(const th_inventory *inventory, th_diags *diags, th_inventory **out)
{
	*out = NULL;
	th_inventory *again = th_malloc(sizeof *again);
	void *self;
	if (!again)
		return th_no_memory(diags);
	/* what nobody changes since it was opened: another thread may read on */
	*again = (th_inventory){.units = inventory->units, .reference = inventory->reference, .columns = inventory->columns, .diags = diags};
	memcpy(again->cell, inventory->cell, sizeof again->cell);
	memcpy(again->unit, inventory->unit, sizeof again->unit);
	th_status status = th_rows_again(inventory->table, diags, &again->table, &self);
	if (status != TH_OK) {
		free(again);
		return status;
	}
	again->layout = inventory->layout ? self : NULL;
	*out = again;
	return TH_OK;
}

bool th_inventory_has(const th_inventory *inventory, th_inventory_column column)
{
	return inventory->cell[column] >= 0;
}

bool th_inventory_is_read(const th_inventory *inventory)
{
	return inventory->all_read;
}

size_t th_inventory_cell(const th_inventory *inventory, th_inventory_column column)
{
	return inventory->cell[column] < 0 ? 0 : (size_t)inventory->cell[column] + 1;
}

bool th_inventory_unread(const th_inventory *inventory, size_t *at, th_slice *name, th_slice *cell)
{
	const th_record *header = th_rows_header(inventory->table);
	while (!inventory->all_read && *at < inventory->record.cells) {
		size_t i = (*at)++;
		if (inventory->record.cell[i].len == 0 || (i < header->cells && inventory->read[i]))
			continue;
		*name = th_cell(header, (int)i);
		*cell = inventory->record.cell[i];
		return true;
	}
	return false;
}

th_pos th_inventory_place(const th_inventory *inventory, th_inventory_column column)
{
	return th_cell_place(inventory->table, &inventory->record, inventory->cell[column], columns[column].name);
}

th_layout *th_inventory_layout(const th_inventory *inventory)
{
	return inventory->layout;
}

size_t th_inventory_quantity(const th_inventory *inventory)
{
	return inventory->layout ? th_inventory_place(inventory, TH_COL_QUANTITY).column : th_inventory_cell(inventory, TH_COL_QUANTITY);
}

const th_rows *th_inventory_table(const th_inventory *inventory)
{
	return inventory->table;
}

size_t th_inventory_rows(const th_inventory *inventory)
{
	return inventory->rows;
}

void th_inventory_close(th_inventory *inventory)
{
	if (!inventory)
		return;
	if (inventory->view) {
		th_scan_free(inventory->scan);
		free(inventory->plain);
		free(inventory->room);
	} else {
		th_rows_close(inventory->table);
		free(inventory->read);
	}
	free(inventory);
}

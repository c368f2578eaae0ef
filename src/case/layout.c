/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An office table from its cells to the rows of a long table. */

#include "case/layout_parts.h"

#include <errno.h>
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/filename.h"
#include "io/listing.h"
#include "io/reason.h"

/* --- blocks: several tables in one sheet --- */

static bool has_number(const th_layout *l, size_t row)
{
	th_decimal number;
	for (size_t c = 0; c < l->grid->row[row].cells; c++)
		if (th_is_number(th_grid_at(l->grid, row, c)->text, l->grid->delimiter, &number))
			return true;
	return false;
}

/* 月份 and 用气量（Nm3） below months of power: two cells do as a header again where one names a column as the header above does, and numbers follow. */
static bool starts_again(th_layout *l, const th_block *b, size_t row)
{
	bool named = false, numbers = false;
	for (size_t c = 0; c < l->grid->row[row].cells && !named; c++) {
		th_part part = th_lay_part(l, th_grid_at(l->grid, row, c)->text);
		for (size_t h = b->head; part.kind == TH_PART_FIELD && part.field != l->f_quantity && h < b->data && !named; h++) {
			th_part above = c < l->grid->row[h].cells ? th_lay_part(l, th_grid_at(l->grid, h, c)->text) : (th_part){.kind = TH_PART_EMPTY};
			named = above.kind == TH_PART_FIELD && above.field == part.field;
		}
	}
	for (size_t r = row + 1; named && r < l->grid->rows && r <= row + TH_HEAD_ROWS && !numbers; r++)
		numbers = has_number(l, r);
	return numbers;
}

/* Are most of the texts of a row nothing that stands in headers? It is seen from the first half of them, where a row is a note or a list of names. */
static bool is_unheard(th_layout *l, size_t row, size_t filled)
{
	size_t unheard = 0;
	for (size_t c = 0; c < l->grid->row[row].cells && 2 * unheard <= filled; c++) {
		th_part part = th_lay_part(l, th_grid_at(l->grid, row, c)->text);
		unheard += part.kind == TH_PART_UNKNOWN && !part.like.len && !(l->f_quantity >= 0 && th_lay_is_place(l, part.name));
	}
	return 2 * unheard > filled;
}

static bool starts_header(th_layout *l, const th_block *b, size_t row)
{
	size_t known, filled = 0;
	bool times = false;
	for (size_t c = 0; c < l->grid->row[row].cells; c++) { /* most rows have a number, and no more is asked of them */
		th_slice text = th_grid_at(l->grid, row, c)->text;
		th_decimal number;
		if (!th_is_number(text, l->grid->delimiter, &number))
			continue;
		if (!th_lay_is_bare_time(l, text))
			return false;
		times = true;
	}
	if (times && !th_lay_heads_times(l, row))
		return false;
	for (size_t c = 0; c < l->grid->row[row].cells; c++)
		filled += th_grid_at(l->grid, row, c)->text.len > 0;
	if (filled < 2 || is_unheard(l, row, filled))
		return false;
	double score = th_lay_score(l, row, &known);
	if (known == 2 && filled == 2)
		return score >= 1.8 && starts_again(l, b, row);
	return known >= 3 && score >= 2.4 && 2 * known >= filled;
}

/* Where the title of the table whose header is `header` begins: rows of one cell, or captions, that are no notes of the table before. */
static size_t title_of(th_layout *l, size_t from, size_t header)
{
	size_t row = header;
	while (row > from) {
		size_t filled = 0, known;
		for (size_t c = 0; c < l->grid->row[row - 1].cells; c++)
			filled += th_grid_at(l->grid, row - 1, c)->text.len > 0;
		th_slice first = th_grid_at(l->grid, row - 1, 0)->text;
		bool caption = filled <= 3 && th_lay_score(l, row - 1, &known) <= 0.5 && !th_lay_is_footer(l, first);
		th_decimal number;
		for (size_t c = 0; c < l->grid->row[row - 1].cells && caption; c++)
			caption = !th_is_number(th_grid_at(l->grid, row - 1, c)->text, l->grid->delimiter, &number);
		if (!caption)
			break;
		row--;
	}
	return row;
}

static bool read_block(th_layout *l, size_t from, size_t *end)
{
	th_block *b = &l->block[l->blocks];
	*b = (th_block){.title = from};
	if (!th_lay_head(l, b, from))
		return false;
	b->end = l->grid->rows;
	const th_layout_rules *rules = l->rules;
	for (size_t r = b->data + 1; r < b->end; r++) {
		if (rules && rules->data_last) {
			if (l->grid->row[r].line > rules->data_last)
				b->end = r;
		} else if (starts_header(l, b, r))
			b->end = title_of(l, b->data, r);
	}
	if (rules && rules->data_first)
		while (b->data < b->end && l->grid->row[b->data].line < rules->data_first)
			b->data++;
	*end = rules && rules->data_last ? l->grid->rows : b->end;
	l->blocks++;
	th_lay_titles(l, b, from);
	for (size_t f = 0; rules && f < l->fields; f++)
		if (rules->set[f].given)
			b->set[f] = rules->set[f];
	if (rules && l->f_period >= 0 && rules->set[l->f_period].given)
		(void)th_lay_when(l, rules->set[l->f_period].text, &b->when);
	if (!th_lay_columns(l, b) || !th_lay_amounts(l, b) || (l->f_quantity >= 0 && !th_lay_sum_columns(l, b)))
		return l->status != TH_SYSTEM;
	if (th_lay_is_plan(l, b) || !th_lay_tell_mean(l, b))
		return true;
	if (!th_lay_mean_columns(l, b))
		return false;
	unsigned char *sort = th_arena_alloc(&l->arena, b->end - b->data + 1, 1);
	if (!sort)
		return th_lay_worse(l, th_no_memory(l->diags));
	if (!th_lay_rows(l, b, sort) || !th_lay_bought(l, b))
		return false;
	th_lay_tell_stored(l, b);
	th_lay_tell_parts(l, b, sort);
	return th_lay_balance(l, b) && th_lay_wholes(l, b) && th_lay_twin_lines(l, b) && th_lay_spans(l, b, sort) && th_lay_title_sums(l, b, sort) && th_lay_controls(l, b, sort) && th_lay_drop_sums(l, b) &&
	       th_lay_tell_holes(l, b, sort);
}

/* 单位产品电耗, 电费 and nothing that was used: no empty table, but one of which nothing counts. */
static void tell_nothing(th_layout *l)
{
	for (size_t i = 0; i < l->blocks && l->rows == 0; i++) {
		const th_block *b = &l->block[i];
		if (b->skipped_numbers && !b->plan.given) {
			TH_LAY_FAIL(l, b->head, 0, TH_LAYOUT_NO_LINE, th_lay_z(l, th_buf_view(&b->skipped)));
			return;
		}
	}
}

static void read_all(th_layout *l)
{
	enum { MOST_BLOCKS = 64 };
	size_t from = 0, end = 0;
	l->block = th_arena_alloc(&l->arena, MOST_BLOCKS, sizeof *l->block);
	if (!l->block) {
		th_lay_worse(l, th_no_memory(l->diags));
		return;
	}
	do {
		if (!read_block(l, from, &end) || end <= from)
			break;
		from = end;
	} while (from < l->grid->rows && l->blocks < MOST_BLOCKS && l->status != TH_SYSTEM);
	th_lay_tell_plans(l);
	if (l->status == TH_OK) /* an amount may stand in a table that is wrong */
		th_lay_tell_means(l);
	if (l->status == TH_OK)
		tell_nothing(l);
}

/* --- the rows --- */

static const th_record *header_of(const void *self)
{
	const th_layout *l = self;
	return &l->header;
}

static th_status next_row(void *self, th_record *record, bool *end)
{
	th_layout *l = self;
	*end = l->at == l->rows;
	if (*end)
		return TH_OK;
	const th_long_row *row = &l->row[l->at++];
	for (size_t f = 0; f < l->fields; f++)
		l->cell[f] = row->cell[f].text;
	l->record = (th_record){l->cell, l->fields, l->grid->row[row->row].line, l->grid->row[row->row].raw};
	*record = l->record;
	return TH_OK;
}

static th_pos place_of(const void *self, const th_record *record, size_t index, const char *where)
{
	const th_layout *l = self;
	if (record->cell == l->header.cell || l->at == 0 || l->rows == 0) {
		const th_block *b = l->block;
		for (size_t c = 0; l->blocks && c < b->columns; c++)
			if (b->column[c].role == TH_ROLE_FIELD && b->column[c].field == (int)index)
				return th_grid_place(l->grid, b->head + b->heads - 1, c, where);
		return th_grid_place(l->grid, l->blocks ? b->head : 0, 0, where);
	}
	const th_long_row *row = &l->row[l->at - 1];
	if (index < l->fields)
		return th_grid_place(l->grid, row->cell[index].row, row->cell[index].column, where);
	return th_grid_place(l->grid, row->row, row->column, where);
}

static void close_layout(void *self)
{
	th_layout *l = self;
	for (size_t i = 0; i < l->blocks; i++)
		th_buf_free(&l->block[i].skipped);
	th_arena arena = l->arena; /* the layout itself lives in it */
	th_arena_free(&arena);
}

static void close_again(void *self)
{
	const th_layout *l = self;
	free(l->cell);
	free(self);
}

static const th_rows_backend second = {header_of, next_row, place_of, close_again, NULL};

/* It sees what was recognised, and has a row of its own. */
static void *read_again(const void *self, const th_rows_backend **as)
{
	const th_layout *l = self;
	th_layout *again = th_malloc(sizeof *again);
	th_slice *cell = th_calloc(l->fields + 1, sizeof *cell);
	if (!again || !cell) {
		free(again);
		free(cell);
		return NULL;
	}
	*again = *l;
	again->at = 0;
	again->cell = cell;
	*as = &second;
	return again;
}

static const th_rows_backend backend = {header_of, next_row, place_of, close_layout, read_again};

static bool make_header(th_layout *l)
{
	th_slice *name = th_arena_alloc(&l->arena, l->fields, sizeof *name);
	l->cell = th_arena_alloc(&l->arena, l->fields, sizeof *l->cell);
	if (!name || !l->cell)
		return false;
	for (size_t f = 0; f < l->fields; f++)
		name[f] = th_slice_of(l->field[f].name);
	l->header = (th_record){name, l->fields, l->blocks && l->grid->rows ? l->grid->row[l->block[0].head].line : 1, {"", 0}};
	return true;
}

/* --- opening --- */

/* An empty one is what a shell has just made for `tanhe layout FILE > FILE.layout.csv`. A name that is too long for a file names none; what else
 * hinders looking is an error. */
static th_status is_kept(const char *name, th_diags *diags, bool *kept)
{
	th_file_about about;
	th_slice lent;
	*kept = th_diags_lent(diags, name, &lent);
	int error = *kept ? 0 : th_listed_look(diags, name, &about, NULL);
	if (error != 0 && error != ENAMETOOLONG)
		return th_report_system(diags, TH_SOURCE_OPEN, (th_pos){name, 1, 1, NULL}, error);
	*kept = *kept || (error == 0 && about.kind != TH_FILE_ABSENT && (about.kind != TH_FILE_REGULAR || about.size > 0));
	return TH_OK;
}

/* Behind the table's name, or in place of its ending; of a sheet that of its workbook. */
static th_status kept_beside(th_slice table, th_arena *arena, th_diags *diags, const char **out)
{
	static const char tail[] = ".layout.csv";
	static const char *const endings[] = {".csv", ".xlsx"};
	bool kept = false;
	char *name = th_arena_alloc(arena, table.len + sizeof tail, 1);
	size_t cut = table.len;
	if (!name)
		return th_no_memory(diags);
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (table.len > strlen(endings[i]) && th_slice_ends(table, th_slice_of(endings[i])))
			cut = table.len - strlen(endings[i]);
	memcpy(name, table.ptr, table.len);
	memcpy(name + table.len, tail, sizeof tail); /* inventory.csv.layout.csv */
	th_status status = is_kept(name, diags, &kept);
	if (status == TH_OK && !kept && cut < table.len) {
		memcpy(name + cut, tail, sizeof tail); /* inventory.layout.csv */
		status = is_kept(name, diags, &kept);
	}
	*out = status == TH_OK && kept ? th_diags_keep(diags, name) : NULL;
	return status == TH_OK && kept && !*out ? th_no_memory(diags) : status;
}

th_status th_layout_kept(const th_layout_options *options, const char *path, th_diags *diags, const char **file)
{
	th_arena arena = {0};
	*file = options->file;
	if (options->file || strcmp(path, "-") == 0)
		return TH_OK;
	th_status status = kept_beside(th_sheet_file(path), &arena, diags, file);
	th_arena_free(&arena);
	return status;
}

size_t th_layout_at(const th_layout *l)
{
	return l->at ? l->row[l->at - 1].column : 0;
}

th_status th_layout_open(const th_reference *reference, const char *kind, th_rows *rows, const th_layout_options *options, th_diags *diags,
                         th_layout **out)
{
	th_arena arena = {0};
	*out = NULL;
	th_layout *l = th_arena_alloc(&arena, 1, sizeof *l);
	if (!l)
		return th_no_memory(diags);
	size_t errors = th_diags_errors(diags);
	*l = (th_layout){.reference = reference, .kind = kind, .path = th_rows_path(rows), .options = *options, .diags = diags};
	l->arena = arena;
	th_status status = th_rows_grid(rows, diags, &l->grid);
	if (status == TH_OK && !kind)
		l->kind = th_lay_guess(l);
	if (status == TH_OK)
		status = th_lay_kind(l, l->kind) ? TH_OK : TH_INVALID;
	if (status == TH_OK && options->file)
		status = th_layout_rules_read(l, options->file);
	if (status == TH_OK) {
		l->heard = th_heard_new();
		read_all(l);
		(void)(l->status != TH_SYSTEM && th_lay_sheet(l));
		status = l->heard ? l->status : th_no_memory(diags);
		th_heard_free(l->heard);
		l->heard = NULL;
	}
	if (status != TH_SYSTEM && th_diags_errors(diags) > errors)
		status = TH_INVALID;
	if (status == TH_OK && !make_header(l))
		status = th_no_memory(diags);
	if (status != TH_OK) {
		close_layout(l);
		return status;
	}
	th_rows_take(rows, &backend, l);
	*out = l;
	return TH_OK;
}

/* Does anything in a header say that the table is laid out otherwise than long: a time, an activity or column with its unit, a word of such tables? */
static bool has_shape(const th_reference *reference, const char *kind, const th_record *header)
{
	th_layout l = {.reference = reference, .kind = kind};
	bool found = !th_lay_kind(&l, kind);
	for (size_t i = 0; i < header->cells && !found; i++) {
		found = header->cell[i].len == 0 || memchr(header->cell[i].ptr, ';', header->cell[i].len); /* a group over several, a path */
		if (found)
			break;
		th_part part = th_lay_part(&l, header->cell[i]);
		bool known = th_column_named(reference->columns, kind, header->cell[i]).len > 0;
		found = part.kind == TH_PART_WHEN || (part.kind == TH_PART_FIELD && part.field >= 0 && !known) || part.time_part || (part.unit.len > 0 && l.f_quantity >= 0) ||
		        (part.kind == TH_PART_WORD && part.word != TH_LW_ORDINAL && part.word != TH_LW_ASIDE && part.word != TH_LW_MONEY);
	}
	th_arena_free(&l.arena);
	return found;
}

bool th_layout_dated(const th_reference *reference, const char *path)
{
	const char *mark = th_sheet_mark(path);
	th_slice folder, name;
	th_when when;
	if (mark && th_when_named(&reference->layout_words, th_slice_of(mark + 1), &when))
		return true;
	th_os_split(path, &folder, &name);
	return th_when_find(mark && mark > name.ptr ? (th_slice){name.ptr, (size_t)(mark - name.ptr)} : name, &when);
}

/* Of the files whose readers take units from the header, without its brackets. */
static th_slice name_of(const th_reference *reference, const char *kind, th_slice header)
{
	th_slice unit, name = th_column_named(reference->columns, kind, header);
	return name.len || strcmp(kind, "inventory") == 0 ? name : th_column_named(reference->columns, kind, th_header_name(header, &unit));
}

bool th_layout_is_long(const th_reference *reference, const char *kind, const th_rows *rows, const th_column *want, size_t count)
{
	enum { MOST_WANTED = 64 }; /* columns that a reader of the program's wants */
	assert(count <= MOST_WANTED);
	const th_record *header = th_rows_header(rows);
	size_t named = 0, missing = 0, twice = 0, joined = 0, times[MOST_WANTED] = {0};
	for (size_t i = 0; i < header->cells; i++) /* 月 beside 年 */
		if (strcmp(kind, "inventory") == 0 && th_column_named(reference->columns, "inventory.period", header->cell[i]).len)
			return false;
	for (size_t i = 0; i < header->cells; i++) {
		th_slice unit, name = name_of(reference, kind, header->cell[i]);
		if (!name.len && strcmp(kind, "targets") == 0 && th_column_named(reference->columns, "targets.kind", th_header_name(header->cell[i], &unit)).len)
			return false; /* 降幅 beside 排放量 */
		for (size_t w = 0; w < count && name.len; w++)
			times[w] += th_slice_eq(name, th_slice_of(want[w].name));
	}
	for (size_t w = 0; w < count; w++) {
		size_t found = times[w];
		named += found > 0 && want[w].required == true;
		missing += found == 0 && want[w].required == true;
		twice += found > 1;
		joined += found > 1 && strcmp(want[w].name, "quantity") != 0;
	}
	/* a long table that lacks a column, or has a quantity twice, is told so */
	return (missing == 0 && twice == 0) || (named > 1 && joined == 0 && !has_shape(reference, kind, header));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/applicants.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/near.h"
#include "base/utf8.h"
#include "case/applicants_head.h"
#include "case/layout.h"
#include "case/wide.h"
#include "io/csv.h"
#include "reference/loader.h"

enum { LOOKED_AT = 20 };

struct th_applicants {
	th_arena arena;
	const th_reference *reference;
	th_diags *diags;
	th_rows *rows;
	const char *path;
	th_facts_column *column;
	th_slice *cell;        /* of a row below a title */
	size_t columns, applicant;
	th_intern names;
	size_t *line;          /* of each name */
	size_t notes;
	th_pos first_note;
	th_doubt doubt;
	/* a table below its title */
	const th_grid *grid;
	size_t head, at;
	th_record header, record;
};

struct reading {
	th_applicants *list;
	th_facts_named named;
};

/* --- the table's own header --- */

static const th_record *header_of(const void *self)
{
	return &((const th_applicants *)self)->header;
}

static th_status next_of_grid(void *self, th_record *record, bool *end)
{
	th_applicants *list = self;
	*end = ++list->at >= list->grid->rows;
	if (*end)
		return TH_OK;
	for (size_t c = 0; c < list->columns; c++)
		list->cell[c] = th_grid_at(list->grid, list->at, c)->text;
	list->record = (th_record){list->cell, list->columns, list->grid->row[list->at].line, list->grid->row[list->at].raw};
	*record = list->record;
	return TH_OK;
}

static th_pos place_in_grid(const void *self, const th_record *record, size_t index, const char *where)
{
	const th_applicants *list = self;
	return th_grid_place(list->grid, record->line == list->header.line ? list->head : list->at, index, where);
}

static void close_grid(void *self)
{
	(void)self; /* the rows' own */
}

static const th_rows_backend below_title = {header_of, next_of_grid, place_in_grid, close_grid, NULL};

/* The header is not in the first line: below a title, of the first rows the one that names most facts. */
static th_status find_header(const struct reading *r)
{
	th_applicants *list = r->list;
	th_status status = th_rows_grid(list->rows, list->diags, &list->grid);
	size_t most = 0;
	for (size_t row = 0; status == TH_OK && row < list->grid->rows && row < LOOKED_AT; row++) {
		th_slice *cell = th_arena_alloc(&list->arena, list->grid->row[row].cells + 1, sizeof *cell);
		if (!cell)
			return th_no_memory(list->diags);
		for (size_t c = 0; c < list->grid->row[row].cells; c++)
			cell[c] = th_grid_at(list->grid, row, c)->text;
		size_t facts = th_facts_score(&r->named, cell, list->grid->row[row].cells);
		if (row == 0 || facts > most) {
			most = facts;
			list->head = list->at = row;
			list->header = (th_record){cell, list->grid->row[row].cells, list->grid->row[row].line, {"", 0}};
		}
	}
	if (status == TH_OK)
		th_rows_take(list->rows, &below_title, list);
	return status;
}

static void worsen(th_status *status, th_status with)
{
	if (with > *status)
		*status = with;
}

static const char *ended(th_applicants *list, th_slice text)
{
	th_slice copy = th_arena_copy(&list->arena, text.len > 200 ? TH_S("...") : text);
	return copy.ptr ? copy.ptr : "";
}

static th_status tell_unknown(const struct reading *r, size_t index, th_slice header)
{
	th_applicants *list = r->list;
	th_near_name best = {.text = header};
	th_pos at = th_rows_place(list->rows, th_rows_header(list->rows), index, NULL);
	for (size_t i = 0; i < r->named.count; i++) {
		th_near_offer(&best, r->named.known[i].id);
		th_near_offer(&best, r->named.known[i].zh);
		for (size_t a = 0; a < r->named.known[i].aliases; a++)
			th_near_offer(&best, r->named.known[i].alias[a]);
	}
	th_slice near = th_near_found(&best);
	return near.len ? th_report(list->diags, TH_COLUMN_MEANT, at, ended(list, header), ended(list, near), (char *)NULL)
	                : th_report(list->diags, TH_COLUMN_UNKNOWN, at, ended(list, header), (char *)NULL);
}

static th_status tell_missing(th_applicants *list)
{
	const th_record *header = th_rows_header(list->rows);
	th_buf text = {0};
	for (size_t i = 0; i < header->cells && text.len < 240; i++) {
		th_buf_str(&text, i ? ", " : "");
		th_buf_slice(&text, header->cell[i]);
	}
	th_buf_char(&text, '\0');
	th_status status = text.failed ? th_no_memory(list->diags)
	                               : th_report(list->diags, TH_APPLICANTS_COLUMN, th_rows_place(list->rows, header, 0, "applicant"), text.ptr, (char *)NULL);
	th_buf_free(&text);
	return status;
}

/* The first column of that name and year. */
static size_t same_as(const th_applicants *list, size_t index)
{
	const th_facts_column *c = &list->column[index];
	size_t i = 0;
	while (i < index && (list->column[i].is != c->is || list->column[i].year != c->year || !th_slice_eq(list->column[i].name, c->name)))
		i++;
	return i;
}

/* Is the fact that the column of applicants is called by the subject of another column? */
static bool fact_stands_elsewhere(const struct reading *r, const th_record *header, size_t index)
{
	th_facts_column own = th_facts_head(&r->named, header->cell[index]);
	bool found = false;
	for (size_t i = 0; i < header->cells && own.is == TH_HEAD_FACT && !found; i++) {
		th_facts_column other = th_facts_head(&r->named, header->cell[i]);
		found = i != index && other.is == TH_HEAD_FACT && other.year == own.year && th_slice_eq(other.name, own.name);
	}
	return found;
}

static th_status map_columns(const struct reading *r)
{
	th_applicants *list = r->list;
	const th_record *header = th_rows_header(list->rows);
	th_status status = TH_OK;
	if (th_facts_score(&r->named, header->cell, header->cells) < TH_NAMES_APPLICANTS)
		return tell_missing(list);
	list->columns = header->cells;
	list->applicant = (size_t)th_applicant_column(list->reference->columns, "case", header->cell, header->cells);
	list->column = th_arena_alloc(&list->arena, list->columns + 1, sizeof *list->column);
	list->cell = th_arena_alloc(&list->arena, list->columns + 1, sizeof *list->cell);
	int *read = th_arena_alloc(&list->arena, list->columns + 1, sizeof *read);
	if (!list->column || !list->cell || !read)
		return th_no_memory(list->diags);
	for (size_t i = 0; i < header->cells; i++) {
		th_facts_column *c = &list->column[i];
		*c = th_facts_head(&r->named, header->cell[i]);
		if (i == list->applicant && fact_stands_elsewhere(r, header, i))
			c->is = TH_HEAD_APPLICANT; /* else 单位名称 is the fact too that is called so */
		else if (c->is == TH_HEAD_APPLICANT && i != list->applicant)
			c->is = TH_HEAD_UNKNOWN; /* 项目名称 beside 申报单位 */
		th_slice name = th_arena_copy(&list->arena, c->name), unit = th_arena_copy(&list->arena, c->unit);
		if (!name.ptr || !unit.ptr)
			return th_no_memory(list->diags);
		c->name = name;
		c->unit = unit;
		read[i] = c->is == TH_HEAD_UNKNOWN || c->is == TH_HEAD_ASIDE ? -1 : (int)i;
		size_t first = c->is == TH_HEAD_FACT || c->is == TH_HEAD_EVIDENCE ? same_as(list, i) : i;
		char number[24];
		snprintf(number, sizeof number, "%zu", first + 1);
		if (first < i)
			worsen(&status, th_report(list->diags, TH_COLUMN_TWICE, th_rows_place(list->rows, header, i, NULL), ended(list, c->name), number,
			                          ended(list, header->cell[i]), (char *)NULL));
		if (c->is == TH_HEAD_UNKNOWN && header->cell[i].len)
			worsen(&status, tell_unknown(r, i, header->cell[i]));
	}
	for (size_t i = 0; i < header->cells; i++)
		for (size_t k = 0; k < header->cells; k++) /* of several years the evidence is of each */
			if (list->column[i].is == TH_HEAD_FACT && list->column[k].is == TH_HEAD_EVIDENCE && th_slice_eq(list->column[i].name, list->column[k].name))
				list->column[i].evidence = k + 1;
	th_rows_read(list->rows, read, header->cells);
	return status;
}

th_status th_applicants_open(const th_reference *reference, const char *path, const th_known_fact *known, size_t count, th_diags *diags,
                             th_applicants **out)
{
	*out = NULL;
	th_applicants *list = th_calloc(1, sizeof *list);
	if (!list)
		return th_no_memory(diags);
	struct reading r = {list, {reference, known, count}};
	list->reference = reference;
	list->diags = diags;
	th_status status = th_rows_open(path, TH_ENC_AUTO, diags, &list->rows);
	if (status == TH_OK) {
		list->path = th_rows_path(list->rows);
		th_doubt_start(&list->doubt, reference->columns, list->rows);
		const th_record *header = th_rows_header(list->rows);
		if (th_facts_score(&r.named, header->cell, header->cells) < TH_NAMES_APPLICANTS)
			status = find_header(&r);
	}
	if (status == TH_OK)
		status = map_columns(&r);
	if (status == TH_OK)
		*out = list;
	else
		th_applicants_close(list);
	return status;
}

/* 用电量（万kWh） beside 企业名称 is what a company used, and no fact of it. */
static bool names_use(const th_facts_named *named, const th_record *record)
{
	for (size_t i = 0; i < record->cells; i++) {
		th_slice unit, name = th_header_name(record->cell[i], &unit);
		if (unit.len && th_find_activity(named->reference, name) != TH_NONE && th_facts_head(named, record->cell[i]).is != TH_HEAD_FACT)
			return true;
	}
	return false;
}

bool th_applicants_meant(const th_reference *reference, const char *path, const th_known_fact *known, size_t count)
{
	const th_facts_named named = {reference, known, count};
	th_diags *unheard = th_diags_new();
	th_source *source = NULL;
	th_csv *csv = NULL;
	th_record record;
	bool end = unheard == NULL, meant = false;
	end = end || th_source_open(path, TH_ENC_AUTO, unheard, &source) != TH_OK || th_csv_open_ragged(source, unheard, &csv) != TH_OK;
	for (size_t row = 0; row < LOOKED_AT && !end && !meant; row++) {
		end = th_csv_next(csv, &record, &end) != TH_OK || end;
		meant = !end && th_facts_score(&named, record.cell, record.cells) > TH_NAMES_APPLICANTS && !names_use(&named, &record);
	}
	th_csv_close(csv);
	th_source_close(source);
	th_diags_free(unheard);
	return meant;
}

/* --- rows --- */

/* 123.4 万元: the unit behind a number; a date has none. */
static void split_unit(const th_units *units, th_slice cell, th_slice *value, th_slice *unit)
{
	size_t digits = 0;
	th_decimal number;
	th_unit parsed;
	th_slice at;
	unsigned notes;
	while (digits < cell.len && memchr("+-.,0123456789", cell.ptr[digits], 14))
		digits++;
	th_slice front = {cell.ptr, digits}, behind = th_slice_trim((th_slice){cell.ptr + digits, cell.len - digits});
	if (!front.len || !behind.len || !th_number_is(th_number_parse(front, &number, &notes)) || th_unit_parse(units, behind, &parsed, &at) != TH_UNIT_OK)
		return;
	*value = front;
	*unit = behind;
}

static bool says_nothing(th_slice text)
{
	static const char *const marks[] = {"-", "--", "—", "——", "－", "/", "／"};
	bool found = text.len == 0;
	for (size_t i = 0; i < sizeof marks / sizeof *marks && !found; i++)
		found = th_slice_eq(text, th_slice_of(marks[i]));
	return found;
}

/* Is the fact given for another year, whose evidence that is? */
static bool given_elsewhere(const th_applicants *list, const th_record *record, size_t index)
{
	bool given = false;
	for (size_t i = 0; i < list->columns && !given; i++)
		given = list->column[i].is == TH_HEAD_FACT && th_slice_eq(list->column[i].name, list->column[index].name) && !says_nothing(th_slice_trim(record->cell[i]));
	return given;
}

static bool add_fact(th_applicants *list, const th_record *record, size_t index, th_arena *arena, th_facts *facts)
{
	const th_facts_column *c = &list->column[index];
	th_slice value = th_slice_trim(record->cell[index]), unit = c->unit, evidence = {"", 0};
	th_pos at = th_rows_place(list->rows, record, index, NULL);
	if (c->evidence)
		evidence = th_slice_trim(record->cell[c->evidence - 1]);
	if (says_nothing(value))
		value = (th_slice){"", 0};
	if (!value.len && (!evidence.len || given_elsewhere(list, record, index)))
		return true;
	if (c->number)
		split_unit(list->reference->units, value, &value, &unit);
	th_fact fact = {.fact = c->name, .site = {"", 0}, .note = {"", 0}, .year = c->year, .line = record->line, .fact_column = at.column,
	                .value_column = at.column, .unit_column = at.column};
	fact.value = th_arena_copy(arena, value);
	fact.unit = th_arena_copy(arena, unit);
	fact.evidence = th_arena_copy(arena, evidence);
	th_fact *grown = th_grown_in(arena, facts->fact, facts->count, sizeof *grown);
	if (!grown || !fact.value.ptr || !fact.unit.ptr || !fact.evidence.ptr)
		return false;
	facts->fact = grown;
	grown[facts->count++] = th_fact_sorted(fact);
	return true;
}

/* Is a row a note, a line of signatures or a total below the table? */
static bool is_below(const th_applicants *list, const th_record *record)
{
	th_slice name = record->cell[list->applicant], first = name;
	for (size_t i = 0; i < record->cells && !first.len; i++)
		first = record->cell[i];
	return th_layout_is_note(list->reference, first) || (first.len && th_layout_word_in(&list->reference->layout_words, TH_LW_TOTAL, first));
}

static th_status once(th_applicants *list, const th_record *record, th_slice name)
{
	th_buf key = {0};
	th_utf8_key(name, &key);
	uint32_t known = list->names.count;
	size_t *grown = th_grown_in(&list->arena, list->line, known, sizeof *grown);
	uint32_t number = grown && !key.failed ? th_intern_add(&list->names, th_buf_view(&key)) : TH_NONE;
	th_buf_free(&key);
	if (number == TH_NONE)
		return th_no_memory(list->diags);
	list->line = grown;
	if (number == known) {
		grown[number] = record->line;
		return TH_OK;
	}
	char line[24];
	snprintf(line, sizeof line, "%zu", grown[number]);
	return th_report(list->diags, TH_APPLICANT_TWICE, th_rows_place(list->rows, record, list->applicant, "applicant"), ended(list, name), line, (char *)NULL);
}

static th_status end_of(th_applicants *list)
{
	char count[24];
	snprintf(count, sizeof count, "%zu", list->notes);
	th_status status = list->notes ? th_report(list->diags, TH_LAYOUT_NOTES, list->first_note, count, (char *)NULL) : TH_OK;
	if (status == TH_OK)
		status = th_doubt_end(&list->doubt, list->rows, list->diags);
	return status;
}

th_status th_applicants_next(th_applicants *list, th_arena *arena, th_applicant *out, bool *end)
{
	th_record record;
	*out = (th_applicant){.line = 0};
	for (;;) {
		size_t errors = th_diags_errors(list->diags);
		th_status status = th_rows_next(list->rows, &record, end);
		if (status == TH_OK && *end)
			status = end_of(list);
		if (status != TH_OK || *end)
			return status == TH_OK && th_diags_errors(list->diags) > errors ? TH_INVALID : status;
		if (!is_below(list, &record))
			break;
		if (list->notes++ == 0)
			list->first_note = th_rows_place(list->rows, &record, 0, NULL);
	}
	th_slice name = th_slice_trim(record.cell[list->applicant]);
	th_pos at = th_rows_place(list->rows, &record, list->applicant, "applicant");
	if (list->doubt.open)
		th_doubt_look(&list->doubt, list->reference->columns, &record);
	if (!name.len)
		return th_report(list->diags, TH_CELL_EMPTY, at, "applicant", (char *)NULL);
	th_status status = once(list, &record, name);
	th_applicant found = {.name = th_arena_copy(arena, name), .line = record.line, .column = at.column};
	bool kept = found.name.ptr != NULL;
	for (size_t i = 0; i < list->columns && kept && status == TH_OK; i++)
		if (list->column[i].is == TH_HEAD_FACT)
			kept = add_fact(list, &record, i, arena, &found.facts);
	if (!kept)
		status = th_no_memory(list->diags);
	if (status == TH_OK)
		*out = found;
	else if (status == TH_INVALID)
		*out = (th_applicant){.line = found.line, .column = found.column, .again = found.name};
	return status;
}

const char *th_applicants_path(const th_applicants *list)
{
	return list->path;
}

const char *th_applicants_encoding(const th_applicants *list)
{
	return th_rows_encoding(list->rows);
}

const char *th_applicants_sha256(const th_applicants *list)
{
	return th_rows_sha256(list->rows);
}

static bool is_unread(const th_facts_column *c)
{
	return c->is == TH_HEAD_UNKNOWN || c->is == TH_HEAD_ASIDE;
}

static void put_column(const th_facts_column *c, th_buf *out)
{
	if (c->is == TH_HEAD_APPLICANT)
		th_buf_str(out, "applicant");
	if (is_unread(c))
		th_buf_str(out, "aside");
	if (c->is != TH_HEAD_FACT && c->is != TH_HEAD_EVIDENCE)
		return;
	th_buf_str(out, c->is == TH_HEAD_FACT ? "fact=" : "evidence=");
	th_buf_slice(out, c->name);
	if (c->year)
		th_buf_printf(out, ";year=%d", c->year);
	if (c->unit.len)
		th_buf_str(out, ";unit=");
	th_buf_slice(out, c->unit);
}

void th_applicants_put_layout(const th_applicants *list, th_buf *out)
{
	const th_record *header = th_rows_header(list->rows);
	th_buf_printf(out, "key,value\nheader,%zu\n", th_applicants_head_line(list));
	for (size_t i = 0; i < header->cells; i++) {
		th_buf name = {0}, what = {0};
		if (!header->cell[i].len)
			continue;
		th_buf_str(&name, "column.");
		th_buf_slice(&name, header->cell[i]);
		put_column(&list->column[i], &what);
		if (i == list->applicant && list->column[i].is == TH_HEAD_FACT) {
			th_buf_clear(&what);
			th_buf_str(&what, "applicant;fact=");
			th_buf_slice(&what, list->column[i].name);
		}
		th_put_csv_text(out, th_buf_view(&name));
		th_buf_char(out, ',');
		th_put_csv_text(out, th_buf_view(&what));
		th_buf_char(out, '\n');
		out->failed |= name.failed || what.failed;
		th_buf_free(&name);
		th_buf_free(&what);
	}
}

size_t th_applicants_head_line(const th_applicants *list)
{
	return th_rows_header(list->rows)->line;
}

size_t th_applicants_unread(const th_applicants *list)
{
	size_t unread = 0;
	for (size_t i = 0; i < list->columns; i++)
		unread += is_unread(&list->column[i]) && th_rows_header(list->rows)->cell[i].len;
	return unread;
}

void th_applicants_close(th_applicants *list)
{
	if (!list)
		return;
	th_rows_close(list->rows);
	th_intern_free(&list->names);
	th_arena_free(&list->arena);
	free(list);
}

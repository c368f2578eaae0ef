/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/applicants.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/near.h"
#include "base/utf8.h"
#include "case/layout_parts.h"
#include "reference/loader.h"

enum { LOOKED_AT = 20 };

typedef enum meaning { UNKNOWN, APPLICANT, FACT, EVIDENCE, ASIDE } meaning;

/* What a column is. */
typedef struct facts_column {
	meaning is;
	size_t fact;           /* in known[]; `none` when the account alone knows the name */
	th_slice name, unit;
	int year;              /* 0: none */
	size_t evidence;       /* 1 + the column with its evidence; 0: none */
	bool number;
} facts_column;

struct th_applicants {
	th_arena arena;
	const th_reference *reference;
	th_diags *diags;
	th_rows *rows;
	const char *path;
	facts_column *column;
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
	const th_known_fact *known;
	size_t count;
};

/* --- what a header says --- */

static size_t fact_named(const struct reading *r, th_slice key)
{
	size_t i = 0;
	while (i < r->count) {
		const th_known_fact *fact = &r->known[i];
		for (size_t a = 0; key.len && a < fact->aliases; a++)
			if (th_slice_eq(fact->alias[a], key))
				return i;
		i++;
	}
	return i;
}

/* 启用, 气体状态: facts of the account, which no rules declare. */
static bool of_account(th_slice name)
{
	const th_fact fact = {.fact = name};
	return th_fact_is_use(&fact) || th_fact_is_gas_condition(&fact);
}

static bool take_name(const struct reading *r, th_slice name, facts_column *c)
{
	char place[TH_KEY_PLACE];
	c->fact = fact_named(r, th_utf8_key_in(name, place));
	if (c->fact < r->count) {
		c->name = r->known[c->fact].id;
		c->number = r->known[c->fact].number;
	} else if (of_account(name))
		c->name = name;
	else
		return false;
	c->is = FACT;
	return true;
}

/* 地区生产总值凭证, gdp evidence: what stands before the word is a fact. */
static bool take_evidence(const struct reading *r, th_slice name, facts_column *c)
{
	char place[TH_KEY_PLACE], word[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(name, place);
	uint32_t at = 0;
	for (const th_column_name *alias; key.ptr && (alias = th_columns_each(r->list->reference->columns, "case", &at)) != NULL;) {
		th_slice behind = th_utf8_key_in(alias->text, word);
		if (!th_slice_eq(alias->column, TH_S("evidence")) || !behind.len || !th_slice_ends(key, behind) || key.len == behind.len)
			continue;
		size_t cut = key.len - behind.len;
		cut -= key.ptr[cut - 1] == '.' || key.ptr[cut - 1] == '-' || key.ptr[cut - 1] == '_';
		c->fact = fact_named(r, (th_slice){key.ptr, cut});
		if (c->fact == r->count)
			continue;
		c->is = EVIDENCE;
		c->name = r->known[c->fact].id;
		return true;
	}
	return false;
}

/* Without the last pair of brackets, when one ends it; what is in them. */
static th_slice last_bracket(th_slice name, th_slice *inside)
{
	size_t close = th_slice_ends(name, TH_S(")")) ? 1 : th_slice_ends(name, TH_S("）")) ? 3 : 0;
	for (size_t at = close ? name.len - close : 0; at > 0; at--) {
		th_slice rest = {name.ptr + at, name.len - close - at};
		size_t open = th_slice_starts(rest, TH_S("(")) ? 1 : th_slice_starts(rest, TH_S("（")) ? 3 : 0;
		if (!open)
			continue;
		*inside = th_slice_trim((th_slice){rest.ptr + open, rest.len - open});
		return th_slice_trim((th_slice){name.ptr, at});
	}
	*inside = (th_slice){"", 0};
	return name;
}

/* A year in front, 2023年常住人口, or in brackets behind, 常住人口（2023年）. */
static th_slice without_year(const th_layout_words *words, th_slice name, int *year)
{
	th_when when;
	th_slice inside, bare = last_bracket(name, &inside);
	if (inside.len && th_when_read(words, inside, &when) && th_when_year(&when)) {
		*year = th_when_year(&when);
		return bare;
	}
	static const char *const behind[] = {"年度", "年"};
	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
		size_t len = 4 + strlen(behind[i]);
		th_slice rest = {name.ptr + 4, name.len < len ? 0 : name.len - 4};
		if (!th_slice_starts(rest, th_slice_of(behind[i])) || !th_when_read(words, (th_slice){name.ptr, len}, &when) || !th_when_year(&when))
			continue;
		*year = th_when_year(&when);
		return (th_slice){name.ptr + len, name.len - len};
	}
	return name;
}

static facts_column read_header(const struct reading *r, th_slice header)
{
	const th_reference *reference = r->list->reference;
	facts_column c = {.is = UNKNOWN, .fact = r->count, .name = header, .unit = {"", 0}};
	if (take_name(r, header, &c) || take_evidence(r, header, &c))
		return c;
	th_slice name = header, inside, bare = last_bracket(header, &inside);
	th_unit unit;
	th_slice at;
	for (int i = 0; i < 2 && c.year == 0; i++) { /* （2023年）（万元） in either order */
		name = without_year(&reference->layout_words, name, &c.year);
		if (c.year || !inside.len || th_unit_parse(reference->units, inside, &unit, &at) != TH_UNIT_OK)
			break;
		c.unit = inside;
		name = bare;
	}
	if (c.unit.len == 0)
		name = th_split_unit(reference->units, name, &c.unit);
	if (take_name(r, name, &c))
		return c;
	c.unit = (th_slice){"", 0};
	if (th_slice_eq(th_column_named(reference->columns, "case", header), TH_S("applicant")))
		c.is = APPLICANT;
	else if (header.len && (th_layout_word_in(&reference->layout_words, TH_LW_ORDINAL, header) || th_layout_word_in(&reference->layout_words, TH_LW_ASIDE, header)))
		c.is = ASIDE;
	return c;
}

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

enum { NAMES_APPLICANTS = 1000 };

/* How many facts a row names; above all the row that names applicants as well. */
static size_t score(const struct reading *r, const th_slice *cell, size_t cells)
{
	size_t facts = 0;
	bool applicant = false;
	for (size_t i = 0; i < cells; i++) {
		meaning is = read_header(r, cell[i]).is;
		applicant |= is == APPLICANT;
		facts += is == FACT;
	}
	return (applicant ? NAMES_APPLICANTS : 0) + (facts < NAMES_APPLICANTS ? facts : NAMES_APPLICANTS - 1);
}

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
		size_t facts = score(r, cell, list->grid->row[row].cells);
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
	for (size_t i = 0; i < r->count; i++) {
		th_near_offer(&best, r->known[i].id);
		th_near_offer(&best, r->known[i].zh);
		for (size_t a = 0; a < r->known[i].aliases; a++)
			th_near_offer(&best, r->known[i].alias[a]);
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
	const facts_column *c = &list->column[index];
	size_t i = 0;
	while (i < index && (list->column[i].is != c->is || list->column[i].year != c->year || !th_slice_eq(list->column[i].name, c->name)))
		i++;
	return i;
}

static th_status map_columns(const struct reading *r)
{
	th_applicants *list = r->list;
	const th_record *header = th_rows_header(list->rows);
	th_status status = TH_OK;
	if (score(r, header->cell, header->cells) < NAMES_APPLICANTS)
		return tell_missing(list);
	list->columns = list->applicant = header->cells;
	list->column = th_arena_alloc(&list->arena, list->columns + 1, sizeof *list->column);
	list->cell = th_arena_alloc(&list->arena, list->columns + 1, sizeof *list->cell);
	int *read = th_arena_alloc(&list->arena, list->columns + 1, sizeof *read);
	if (!list->column || !list->cell || !read)
		return th_no_memory(list->diags);
	for (size_t i = 0; i < header->cells; i++) {
		facts_column *c = &list->column[i];
		*c = read_header(r, header->cell[i]);
		if (c->is == APPLICANT && list->applicant == header->cells)
			list->applicant = i;
		else if (c->is == APPLICANT)
			c->is = UNKNOWN; /* 项目名称 beside 申报单位 */
		th_slice name = th_arena_copy(&list->arena, c->name), unit = th_arena_copy(&list->arena, c->unit);
		if (!name.ptr || !unit.ptr)
			return th_no_memory(list->diags);
		c->name = name;
		c->unit = unit;
		read[i] = c->is == UNKNOWN || c->is == ASIDE ? -1 : (int)i;
		size_t first = c->is == FACT || c->is == EVIDENCE ? same_as(list, i) : i;
		char number[24];
		snprintf(number, sizeof number, "%zu", first + 1);
		if (first < i)
			worsen(&status, th_report(list->diags, TH_COLUMN_TWICE, th_rows_place(list->rows, header, i, NULL), ended(list, c->name), number,
			                          ended(list, header->cell[i]), (char *)NULL));
		if (c->is == UNKNOWN && header->cell[i].len)
			worsen(&status, tell_unknown(r, i, header->cell[i]));
	}
	for (size_t i = 0; i < header->cells; i++)
		for (size_t k = 0; k < header->cells; k++) /* of several years the evidence is of each */
			if (list->column[i].is == FACT && list->column[k].is == EVIDENCE && th_slice_eq(list->column[i].name, list->column[k].name))
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
	struct reading r = {list, known, count};
	list->reference = reference;
	list->diags = diags;
	th_status status = th_rows_open(path, TH_ENC_AUTO, diags, &list->rows);
	if (status == TH_OK) {
		list->path = th_rows_path(list->rows);
		th_doubt_start(&list->doubt, reference->columns, list->rows);
		const th_record *header = th_rows_header(list->rows);
		if (score(&r, header->cell, header->cells) < NAMES_APPLICANTS)
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

static bool add_fact(th_applicants *list, const th_record *record, size_t index, th_arena *arena, th_facts *facts)
{
	const facts_column *c = &list->column[index];
	th_slice value = th_slice_trim(record->cell[index]), unit = c->unit, evidence = {"", 0};
	th_pos at = th_rows_place(list->rows, record, index, NULL);
	if (c->evidence)
		evidence = th_slice_trim(record->cell[c->evidence - 1]);
	if (says_nothing(value))
		value = (th_slice){"", 0};
	if (!value.len && !evidence.len)
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
	grown[facts->count++] = fact;
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
		if (list->column[i].is == FACT)
			kept = add_fact(list, &record, i, arena, &found.facts);
	if (!kept)
		status = th_no_memory(list->diags);
	if (status == TH_OK)
		*out = found;
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

void th_applicants_close(th_applicants *list)
{
	if (!list)
		return;
	th_rows_close(list->rows);
	th_intern_free(&list->names);
	th_arena_free(&list->arena);
	free(list);
}

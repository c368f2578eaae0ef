/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/facts.h"

#include "base/day.h"
#include "base/utf8.h"
#include "case/folder.h"

enum { FACT, VALUE, UNIT, YEAR, SITE, EVIDENCE, NOTE, ALLOWED, HINT, OWNER, COLUMNS };

static const th_column columns[COLUMNS] = {
	{"fact", true}, {"value", true}, {"unit", TH_COLUMN_DECIDES}, {"year", TH_COLUMN_DECIDES}, {"site", TH_COLUMN_DECIDES},
	{"evidence", TH_COLUMN_DECIDES}, {"note", false},
	{"allowed", false}, {"hint", false}, /* what may be filled in, and why: for who fills in */
	{"owner", false},
};

/* Han letters are folded to Han letters, of three bytes that begin with E4 to E9. */
bool th_name_differs(th_slice a, th_slice b)
{
	if (!a.len || !b.len)
		return false;
	unsigned char x = (unsigned char)a.ptr[0], y = (unsigned char)b.ptr[0];
	if (x > ' ' && y > ' ' && x < 0x7F && y < 0x7F)
		return (x | 0x20) != (y | 0x20);
	return (x > ' ' && x < 0x7F && y >= 0xE4 && y <= 0xE9) || (y > ' ' && y < 0x7F && x >= 0xE4 && x <= 0xE9);
}

/* Names of facts and sites, as people write them; the ones asked for are short, a longer one is another. */
static bool same_name(th_slice a, th_slice b)
{
	char x[TH_KEY_PLACE], y[TH_KEY_PLACE];
	return !th_name_differs(a, b) && a.len <= TH_KEY_LONGEST && b.len <= TH_KEY_LONGEST && th_slice_eq(th_utf8_key_in(a, x), th_utf8_key_in(b, y));
}

static const th_text_cell texts[] = {
	{FACT, offsetof(th_fact, fact)}, {VALUE, offsetof(th_fact, value)}, {UNIT, offsetof(th_fact, unit)}, {SITE, offsetof(th_fact, site)},
	{EVIDENCE, offsetof(th_fact, evidence)}, {NOTE, offsetof(th_fact, note)}, {OWNER, offsetof(th_fact, owner)},
};

/* Of a row that stands twice, nobody can say which holds: the first is as if it were blank. */
static void take_back(th_facts *facts, size_t line)
{
	size_t low = 0, high = facts->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (facts->fact[middle].line < line)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < facts->count && facts->fact[low].line == line)
		facts->fact[low].value.len = 0;
}

/* The first row of this name, year and site; another one is reported. */
static bool once(th_loader *l, const th_fact *fact, th_arena *arena, th_once *rows, th_facts *out)
{
	char place[TH_KEY_PLACE];
	th_slice name = th_loader_cell(l, FACT), key = name.len <= TH_KEY_LONGEST ? th_utf8_key_in(name, place) : name;
	th_buf text = {0};
	size_t before = 0;
	th_buf_slice(&text, key);
	th_buf_printf(&text, "\x1f%d\x1f", fact->year);
	th_buf_slice(&text, th_loader_cell(l, SITE));
	bool first = text.failed ? th_loader_no_memory(l) : th_loader_first(l, th_buf_view(&text), arena, rows, &before);
	th_buf_free(&text);
	if (before) {
		TH_FAIL(l, FACT, TH_FACT_TWICE, th_loader_text(l, name), th_loader_printf(l, "%zu", before), NULL);
		take_back(out, before);
	}
	return first;
}

static void add_row(th_loader *l, th_arena *arena, th_once *rows, th_facts *out)
{
	th_fact fact = {.line = l->record.line, .fact_column = th_loader_at(l, FACT).column, .value_column = th_loader_at(l, VALUE).column, .unit_column = th_loader_at(l, UNIT).column,
	                .evidence_column = l->cell[EVIDENCE] >= 0 ? th_loader_at(l, EVIDENCE).column : 0};
	if (th_loader_cell(l, FACT).len == 0) {
		TH_FAIL(l, FACT, TH_FACT_EMPTY, NULL);
		return;
	}
	if (th_loader_comma(l, VALUE) || (th_loader_cell(l, YEAR).len > 0 && !th_loader_year_written(l, YEAR, &fact.year)))
		return;
	if (!once(l, &fact, arena, rows, out) || !th_loader_texts(l, arena, texts, sizeof texts / sizeof *texts, &fact))
		return;
	fact = th_fact_sorted(fact);
	th_period day;
	th_decimal number;
	unsigned notes;
	if (fact.unit.len && th_number_parse(fact.value, &number, &notes) == TH_NUM_DIGITS) /* without a unit it may be any name of digits */
		TH_FAIL(l, VALUE, TH_NUMBER_ROUNDED, NULL);
	char meant[16];
	if (fact.value.len && th_fact_is_use(&fact) && th_period_parse(fact.value, &day) != TH_PERIOD_OK)
		TH_FAIL(l, VALUE, TH_CELL_PERIOD_BAD, th_loader_text(l, fact.value), th_period_meant(fact.value, meant), NULL);
	out->fact = th_loader_append(l, arena, out->fact, &out->count, &fact, sizeof fact);
}

/* For who adds a row. */
static void keep_heads(th_loader *l, th_arena *arena, th_facts *out)
{
	static const int cells[TH_FACT_CELLS] = {FACT, VALUE, UNIT, EVIDENCE};
	const th_record *header = th_rows_header(l->rows);
	th_slice *head = th_arena_alloc(arena, header->cells + 1, sizeof *head);
	for (size_t i = 0; head && i < header->cells; i++)
		if (!(head[i] = th_arena_copy(arena, header->cell[i])).ptr)
			head = NULL;
	if (!head)
		(void)th_loader_no_memory(l);
	for (size_t i = 0; i < TH_FACT_CELLS; i++)
		out->cell[i] = l->cell[cells[i]];
	out->head = head;
	out->heads = header->cells;
	out->last = header->line;
}

th_status th_facts_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_facts *out)
{
	th_loader l;
	th_once rows = {0};
	*out = (th_facts){0};
	if (th_case_open(&l, reference, TH_CASE_FACTS, path, columns, COLUMNS, diags)) {
		keep_heads(&l, arena, out);
		while (th_loader_next(&l)) {
			add_row(&l, arena, &rows, out);
			out->last = l.record.line;
		}
		th_loader_tell(&l, &out->encoding, out->sha256);
	}
	th_intern_free(&rows.key);
	th_status status = th_loader_close(&l);
	if (status != TH_OK)
		out->head = NULL;
	return status;
}

bool th_fact_is(const th_fact *fact, th_slice id)
{
	return fact->value.len && same_name(fact->fact, id);
}

static bool is_gas_condition(const th_fact *fact)
{
	static const char *const names[] = {"gas_condition", "gas condition", "气体状态", "气体体积状态", "气体计量状态", "燃气计量状态", "天然气计量状态"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (same_name(fact->fact, th_slice_of(names[i])))
			return true;
	return false;
}

/* --- when a site is in use --- */

/* As people write them; the first is the id. */
static const char *const from_names[] = {"in_use_from", "启用", "启用时间", "启用日期", NULL};
static const char *const until_names[] = {"in_use_until", "停用", "停用时间", "停用日期", NULL};

/* The fact's name is one of those, alone or with a site behind it: *site is that, or the row's own. */
static bool names_use(const th_fact *fact, const char *const *names, th_slice *site)
{
	for (; *names; names++) {
		if (th_name_differs(fact->fact, (th_slice){*names, 1})) /* by its first byte: most do */
			continue;
		size_t len = strlen(*names);
		*site = fact->site;
		if (same_name(fact->fact, th_slice_of(*names)))
			return true;
		if (fact->fact.len > len + 1 && memcmp(fact->fact.ptr, *names, len) == 0 && fact->fact.ptr[len] == '.') {
			*site = th_slice_trim((th_slice){fact->fact.ptr + len + 1, fact->fact.len - len - 1});
			return true;
		}
	}
	return false;
}

th_fact th_fact_sorted(th_fact fact)
{
	if (fact.sort != TH_FACT_UNSORTED)
		return fact;
	if (names_use(&fact, from_names, &fact.of_site))
		fact.sort = TH_FACT_FROM;
	else if (names_use(&fact, until_names, &fact.of_site))
		fact.sort = TH_FACT_UNTIL;
	else
		fact.sort = is_gas_condition(&fact) ? TH_FACT_CONDITION : TH_FACT_PLAIN;
	return fact;
}

bool th_fact_is_gas_condition(const th_fact *fact)
{
	return th_fact_sorted(*fact).sort == TH_FACT_CONDITION;
}

bool th_fact_use_site(const th_fact *fact, th_slice *site)
{
	const th_fact sorted = th_fact_sorted(*fact);
	bool use = sorted.sort == TH_FACT_FROM || sorted.sort == TH_FACT_UNTIL;
	if (use)
		*site = sorted.of_site;
	return use;
}

bool th_fact_is_use(const th_fact *fact)
{
	th_slice site;
	return th_fact_use_site(fact, &site);
}

void th_facts_in_use(const th_facts *facts, th_slice site, int32_t *from, int32_t *until)
{
	*from = TH_DAY_MIN;
	*until = TH_DAY_MAX;
	for (size_t i = 0; i < facts->count; i++) {
		const th_fact *fact = &facts->fact[i];
		th_slice named;
		th_period day;
		if (!th_fact_use_site(fact, &named) || (named.len && !same_name(named, site)) || th_period_parse(fact->value, &day) != TH_PERIOD_OK)
			continue;
		const bool starts = th_fact_sorted(*fact).sort == TH_FACT_FROM;
		if (starts && day.from > *from)
			*from = day.from;
		if (!starts && day.to < *until)
			*until = day.to;
	}
}

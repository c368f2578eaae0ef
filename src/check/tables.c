/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of a case as somebody finds them who adds a line: which heads they have, in which order, and which rows of parameters wait for a value. */
#include "check/run.h"

#include "reference/table.h"

const char *const th_check_columns[TH_CASE_PARTS][TH_TABLE_COLUMNS] = {
	[TH_CASE_FACTS] = {"fact", "value", "unit", "evidence"},
	[TH_CASE_INVENTORY] = {"period", "site", "source", "activity", "quantity", "unit"},
	[TH_CASE_MEASURES] = {"id", "name", "group", "start", "end", "reduction", "unit"},
	[TH_CASE_TARGETS] = {"phase", "year", "emissions", "unit", "kind"},
	[TH_CASE_OFFSETS] = {"type", "quantity", "unit", "vintage", "registry", "serial", "retired", "beneficiary"},
	[TH_CASE_PARAMS] = {"param", "value", "unit", "source"},
};

static size_t columns_of(th_case_part part)
{
	size_t count = 0;
	while (count < TH_TABLE_COLUMNS && th_check_columns[part][count])
		count++;
	return count;
}

struct looking {
	th_checking *s;
	th_diags *unheard; /* what is wrong with the table was told when it was read */
	th_case_part part;
	th_check_table *table;
	th_rows *rows;
};

static bool keep_heads(struct looking *l, const th_record *head)
{
	th_check_table *t = l->table;
	t->head = th_arena_alloc(&l->s->a->arena, head->cells + 1, sizeof *t->head);
	for (size_t i = 0; t->head && i < head->cells; i++) {
		t->head[i] = th_arena_copy(&l->s->a->arena, head->cell[i]);
		if (!t->head[i].ptr)
			return false;
	}
	t->heads = head->cells;
	return t->head != NULL;
}

/* A parameter whose row has no value yet. */
static void note_waiting(struct looking *l, const th_record *record)
{
	const th_pack *pack = l->s->a->pack;
	const int *cell = l->table->cell;
	uint32_t decl = th_pack_param(pack, th_cell(record, cell[0]));
	if (decl == TH_NONE || !th_says_nothing(th_cell(record, cell[1])))
		return;
	th_check_param *param = &l->s->a->param[decl - pack->facts];
	if (param->waits.line == 0)
		param->waits = th_cell_place(l->rows, record, cell[1], NULL);
	param->waits.file = l->s->a->contents.path[TH_CASE_PARAMS];
}

/* Down to the last row; an inventory may be long, and nothing of its end is asked. */
static th_status look_at_rows(struct looking *l)
{
	th_record record;
	bool end = l->part == TH_CASE_INVENTORY;
	th_status status = TH_OK;
	while (!end && (status = th_rows_next(l->rows, &record, &end)) == TH_OK && !end) {
		l->table->last = record.line;
		if (l->part == TH_CASE_PARAMS)
			note_waiting(l, &record);
	}
	return status;
}

static th_status look_at(struct looking *l)
{
	th_column want[TH_TABLE_COLUMNS];
	size_t count = columns_of(l->part);
	const char *path = l->s->a->contents.path[l->part];
	th_encoding encoding = TH_ENC_AUTO;
	if (l->part == TH_CASE_INVENTORY && l->s->options->encoding)
		(void)th_encoding_named(l->s->options->encoding, &encoding);
	if (!th_diags_lend_too(l->unheard, l->s->diags, path))
		return TH_SYSTEM;
	th_status status = th_rows_open(path, encoding, l->unheard, &l->rows);
	if (status != TH_OK)
		return status;
	for (size_t i = 0; i < count; i++)
		want[i] = (th_column){th_check_columns[l->part][i], false};
	l->table->last = th_rows_header(l->rows)->line;
	bool other;
	const th_columns *columns = l->s->a->reference->columns;
	status = th_table_is_other(columns, th_case_files[l->part].kind, l->rows, l->unheard, &other);
	if (status == TH_OK)
		status = th_table_find(columns, th_case_files[l->part].kind, l->rows, want, count, l->table->cell, l->unheard);
	if (!keep_heads(l, th_rows_header(l->rows)))
		return TH_SYSTEM;
	return status == TH_OK ? look_at_rows(l) : status;
}

/* What fails here, and did not when the table was read, fails the job; that it is no table was told before. */
static void look(th_checking *s, th_case_part part)
{
	struct looking l = {.s = s, .part = part, .table = &s->a->table[part], .unheard = th_diags_new()};
	th_status status = l.unheard ? look_at(&l) : TH_SYSTEM;
	l.table->there = status == TH_OK;
	th_rows_close(l.rows);
	if (status == TH_SYSTEM && l.unheard && th_diags_errors(l.unheard))
		th_diags_merge(s->diags, l.unheard);
	else if (status == TH_SYSTEM)
		th_check_no_memory(s);
	th_check_worse(s, status == TH_SYSTEM ? status : TH_OK);
	th_diags_free(l.unheard);
}

/* Of facts without an error that is known since they were read. */
static bool know_facts(th_checking *s)
{
	const th_facts *facts = &s->a->facts;
	th_check_table *t = &s->a->table[TH_CASE_FACTS];
	_Static_assert(sizeof facts->cell < sizeof t->cell, "columns of facts have room");
	if (!facts->head)
		return false;
	*t = (th_check_table){.there = true, .head = facts->head, .heads = facts->heads, .last = facts->last};
	memcpy(t->cell, facts->cell, sizeof facts->cell);
	return true;
}

/* The table to which a line may have to be added for it. */
static th_case_part part_of(const th_pack *pack, th_slice id)
{
	static const th_case_part parts[] = {TH_CASE_INVENTORY, TH_CASE_MEASURES, TH_CASE_TARGETS, TH_CASE_OFFSETS};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (th_slice_starts(id, th_slice_of(th_case_files[parts[i]].kind)))
			return parts[i];
	return th_pack_param(pack, id) != TH_NONE ? TH_CASE_PARAMS : TH_CASE_FACTS;
}

/* Only of tables to which something is to be added: they are opened once more for it. */
void th_check_look_tables(th_checking *s)
{
	bool wanted[TH_CASE_PARTS] = {false};
	for (size_t i = 0; i < s->a->results.results; i++)
		for (size_t k = 0; k < s->a->results.result[i].missings; k++)
			wanted[part_of(s->a->pack, s->a->results.result[i].missing[k])] = true;
	for (size_t k = 0; k < s->a->results.route_missings; k++)
		wanted[part_of(s->a->pack, s->a->results.route_missing[k])] = true;
	for (th_case_part part = 0; part < TH_CASE_PARTS; part++)
		if (wanted[part] && columns_of(part) && s->a->contents.there[part] && s->status == TH_OK && !(part == TH_CASE_FACTS && (s->a->contents.facts || know_facts(s))))
			look(s, part);
}

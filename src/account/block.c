/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/block.h"

#include <stdlib.h>

#include "account/block_runs.h"

enum { KINDS_FIRST = 256, KINDS_MOST = 1 << 16, PARTS = 2, IN_PART = 4, KEPT = 2 };

/* A kind of line by what its runs say of it. */
struct slot {
	uint64_t key[PARTS];
	th_line_kind *kind;    /* NULL: free */
};

struct th_block {
	th_runs runs;
	uint64_t found[TH_RUNS]; /* words of the line's runs */
	int quantity, stated, kept[KEPT]; /* columns of the table, -1: none */
	uint32_t era;            /* of the shard's kinds, in which all this was learned */
	struct slot *slot;
	uint32_t slots, taken;
	uint64_t seed;
	th_line line;
	char *room;              /* of cells that do not lie in the text */
	bool whole;              /* columns are there that are not read */
};

static const th_inventory_column kept[KEPT] = {TH_COL_EVIDENCE, TH_COL_NOTE};

static int column_of(const th_inventory *inventory, th_inventory_column column)
{
	return (int)th_inventory_cell(inventory, column) - 1;
}

th_block *th_block_new(const th_inventory *inventory, const th_shard *shard)
{
	th_block *b = th_calloc(1, sizeof *b);
	if (!b)
		return NULL;
	b->quantity = column_of(inventory, TH_COL_QUANTITY);
	b->stated = column_of(inventory, TH_COL_STATED_EMISSIONS);
	for (size_t i = 0; i < KEPT; i++)
		b->kept[i] = column_of(inventory, kept[i]);
	b->whole = !th_inventory_is_read(inventory);
	b->era = shard->kinds->era;
	b->slots = KINDS_FIRST;
	b->slot = th_calloc(b->slots, sizeof *b->slot);
	b->room = th_malloc(TH_MAX_FIELD);
	b->seed = th_hash_words((const uint64_t[]){KINDS_FIRST}, 1);
	for (size_t i = 0; i < TH_COLS; i++)
		b->line.cell[i] = (th_slice){"", 0};
	b->line.delimiter = th_rows_delimiter(th_inventory_table(inventory));
	if (b->slot && b->room && th_runs_make(&b->runs, inventory))
		return b;
	th_block_free(b);
	return NULL;
}

void th_block_free(th_block *b)
{
	if (!b)
		return;
	th_runs_free(&b->runs);
	free(b->slot);
	free(b->room);
	free(b);
}

/* Words have other numbers now, and kinds are others. */
static void forget(th_block *b, uint32_t era)
{
	th_runs_clear(&b->runs);
	memset(b->slot, 0, b->slots * sizeof *b->slot);
	b->taken = 0;
	b->era = era;
}

/* --- kinds --- */

static struct slot *find_slot(struct slot *table, uint32_t slots, uint64_t seed, const uint64_t key[PARTS])
{
	uint64_t hash = th_hash_fold(key[0] ^ seed, key[1] ^ UINT64_C(0x9E3779B97F4A7C15));
	uint32_t at = (uint32_t)hash & (slots - 1);
	while (table[at].kind && ((table[at].key[0] ^ key[0]) | (table[at].key[1] ^ key[1])))
		at = (at + 1) & (slots - 1);
	return &table[at];
}

static bool widen(th_block *b)
{
	uint32_t slots = b->slots * 2;
	struct slot *table = th_calloc(slots, sizeof *table);
	for (uint32_t i = 0; table && i < b->slots; i++)
		if (b->slot[i].kind)
			*find_slot(table, slots, b->seed, b->slot[i].key) = b->slot[i];
	if (!table)
		return false;
	free(b->slot);
	b->slot = table;
	b->slots = slots;
	return true;
}

static bool keep(th_block *b, const uint64_t key[PARTS], th_line_kind *kind)
{
	if (b->taken == KINDS_MOST)
		return true;
	if (b->taken >= b->slots / 4 * 3 && !widen(b))
		return false;
	*find_slot(b->slot, b->slots, b->seed, key) = (struct slot){{key[0], key[1]}, kind};
	b->taken++;
	return true;
}

/* --- a line --- */

/* All its runs, by what decides a kind; false: one of them is new. */
static bool find_runs(th_block *b, const th_scanned *scanned, uint64_t key[PARTS])
{
	const th_runs *runs = &b->runs;
	key[0] = key[1] = 0;
	for (unsigned i = 0; i < runs->count; i++) {
		const th_text_slot *slot = th_run_find(&runs->run[i], scanned);
		if (slot->number == 0)
			return false;
		b->found[i] = slot->value;
		key[i / IN_PART] |= (uint64_t)slot->number << i % IN_PART * 16;
	}
	return true;
}

/* Words of the line, as the careful way finds them. */
static void take_words(const th_block *b, struct th_kinds *k)
{
	const th_runs *runs = &b->runs;
	memset(k->now, 0, sizeof k->now);
	for (unsigned i = 0; i < runs->places; i++)
		k->now[runs->place[i].column] = (uint16_t)(b->found[runs->place[i].run] >> runs->place[i].shift);
}

static th_slice plain_cell(const th_scanned *scanned, int cell, char **room)
{
	return cell < 0 ? (th_slice){"", 0} : th_scanned_plain(th_scanned_raw(scanned, (size_t)cell), room);
}

static void take_cells(th_block *b, const struct th_kinds *k, const th_scanned *scanned)
{
	const th_runs *runs = &b->runs;
	char *room = b->room;
	b->line.line = scanned->line;
	b->line.raw = (th_slice){scanned->text + scanned->start, scanned->stop - scanned->start};
	for (unsigned i = 0; i < runs->places; i++) {
		const th_inventory_column column = runs->place[i].column;
		b->line.cell[column] = th_word_of(&k->words[column], k->now[column])->text;
	}
	b->line.cell[TH_COL_QUANTITY] = plain_cell(scanned, b->quantity, &room);
	for (size_t i = 0; i < KEPT; i++)
		b->line.cell[kept[i]] = plain_cell(scanned, b->kept[i], &room);
}

/* The kind of a line whose runs are known; *out NULL: it is not known. False without memory. */
static bool find_kind(th_block *b, struct th_kinds *k, const uint64_t key[PARTS], th_line_kind **out)
{
	*out = find_slot(b->slot, b->slots, b->seed, key)->kind;
	if (*out)
		return true;
	*out = th_kind_by_words(k);
	return !*out || keep(b, key, *out);
}

th_status th_block_line(th_block *b, th_shard *shard, th_now *now, const th_scanned *scanned, bool *done)
{
	struct th_kinds *k = shard->kinds;
	uint64_t key[PARTS];
	th_line_kind *kind;
	*done = false;
	if (b->era != k->era)
		forget(b, k->era);
	if (!b->runs.chosen || (b->stated >= 0 && th_scanned_raw(scanned, (size_t)b->stated).len) || !find_runs(b, scanned, key))
		return TH_OK;
	take_words(b, k);
	if (!find_kind(b, k, key, &kind))
		return TH_SYSTEM;
	if (!kind || kind->by_hand)
		return TH_OK;
	take_cells(b, k, scanned);
	now->line = &b->line;
	if ((b->whole || b->line.cell[TH_COL_INSTRUMENT].len) && now->inventory) /* which is asked for its places and unread cells */
		th_inventory_line(now->inventory, scanned, NULL);
	return th_kind_read(shard, now) ? th_line_run_kind(shard, now, kind, done) : TH_OK;
}

bool th_block_learn(th_block *b, th_shard *shard, const th_scanned *scanned, const th_line *line)
{
	struct th_kinds *k = shard->kinds;
	if (b->era != k->era)
		forget(b, k->era);
	if (!b->runs.chosen)
		return th_runs_sample(&b->runs, scanned);
	/* A kind is known, so its words are, and none is odd; and nothing was moved from one cell into another. */
	const int factor = b->runs.factor;
	if (!k->known || (factor >= 0 && line->cell[TH_COL_FACTOR].len == 0 && th_scanned_raw(scanned, (size_t)factor).len))
		return true;
	return th_runs_learn(&b->runs, k, scanned);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/block.h"

#include <stdlib.h>

#include "account/block_runs.h"

enum { WAITING = 4, ENDS_AT_ONCE = 4, KINDS_FIRST = 256, KINDS_MOST = 1 << 16, PARTS = 2, IN_PART = 4 };

/* A kind of line by what its runs say of it. */
struct slot {
	uint64_t key[PARTS];
	th_line_kind *kind;    /* NULL: free */
};

/* Lines wait a little, since what a line needs is somewhere in large tables, and comes while those before it are computed. */
struct waiting {
	th_scanned scanned;
	uint32_t *end;           /* its cells; before the first, at -1, the byte before the record */
	uint64_t key[PARTS];     /* what decides its kind */
	uint64_t found[TH_RUNS]; /* words of its runs */
	th_line_kind *kind;      /* NULL: it is not known */
	bool known;              /* all its runs are */
	uint32_t era;            /* in which they were */
};

struct th_block {
	th_shard *shard;
	th_inventory *view;
	th_now now;
	size_t number;
	th_runs runs;
	int quantity, stated;    /* columns of the table, -1: none */
	struct { th_inventory_column column; size_t cell; } kept[TH_COLS]; /* that hold neither words nor these: a column, and which of the table it is */
	size_t kepts;
	uint32_t era;            /* of the shard's kinds, in which all this was learned */
	struct slot *slot;
	uint32_t slots, taken;
	uint64_t seed;
	th_line line;
	char *room;              /* of cells that do not lie in the text */
	bool whole;              /* columns are there that are not read */
	bool stale;              /* kinds->now has words of a line that had others than those of the runs */
	struct waiting line_of[WAITING];
	uint64_t in, out;        /* lines that came, and are computed */
	uint32_t *ends;          /* of the cells of lines that wait */
};

static int column_of(const th_inventory *inventory, th_inventory_column column)
{
	return (int)th_inventory_cell(inventory, column) - 1;
}

/* Cells that are read as they stand in each line. */
static void find_kept(th_block *b)
{
	bool others[TH_COLS] = {[TH_COL_QUANTITY] = true, [TH_COL_STATED_EMISSIONS] = true};
	for (size_t i = 0; i < TH_WORDED; i++)
		others[th_worded[i]] = true;
	for (size_t i = 0; i < TH_COLS; i++) {
		const int cell = column_of(b->view, (th_inventory_column)i);
		if (cell < 0 || others[i])
			continue;
		b->kept[b->kepts].column = (th_inventory_column)i;
		b->kept[b->kepts++].cell = (size_t)cell;
	}
}

static bool make(th_block *b)
{
	const size_t cells = th_rows_header(th_inventory_table(b->view))->cells;
	b->slot = th_calloc(b->slots, sizeof *b->slot);
	b->room = th_malloc(TH_MAX_FIELD);
	const size_t ends = 1 + cells + ENDS_AT_ONCE;
	b->ends = th_calloc(WAITING * ends, sizeof *b->ends);
	for (size_t i = 0; i < WAITING && b->ends; i++)
		b->line_of[i].end = b->ends + i * ends + 1;
	return th_runs_make(&b->runs, b->view) && b->slot && b->room && b->ends;
}

th_block *th_block_new(th_inventory *view, th_shard *shard)
{
	th_block *b = th_calloc(1, sizeof *b);
	if (!b)
		return NULL;
	b->shard = shard;
	b->view = view;
	b->quantity = column_of(view, TH_COL_QUANTITY);
	b->stated = column_of(view, TH_COL_STATED_EMISSIONS);
	find_kept(b);
	b->whole = !th_inventory_is_read(view);
	b->era = shard->kinds->era;
	b->slots = KINDS_FIRST;
	b->seed = th_hash_words((const uint64_t[]){KINDS_FIRST}, 1);
	for (size_t i = 0; i < TH_COLS; i++)
		b->line.cell[i] = (th_slice){"", 0};
	b->line.delimiter = th_rows_delimiter(th_inventory_table(view));
	if (make(b))
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
	free(b->ends);
	free(b);
}

void th_block_start(th_block *b, const char *path, size_t number, uint64_t row)
{
	b->now = (th_now){.inventory = b->view, .file = path, .cell = th_inventory_cell(b->view, TH_COL_QUANTITY), .row = row};
	b->number = number;
	b->stale = true;
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

static uint32_t place_of(uint32_t slots, uint64_t seed, const uint64_t key[PARTS])
{
	return (uint32_t)th_hash_fold(key[0] ^ seed, key[1] ^ UINT64_C(0x9E3779B97F4A7C15)) & (slots - 1);
}

static struct slot *find_slot(struct slot *table, uint32_t slots, uint64_t seed, const uint64_t key[PARTS])
{
	uint32_t at = place_of(slots, seed, key);
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

static void keep_ends(struct waiting *w, const th_scanned *scanned)
{
	w->end[-1] = scanned->start - 1;
	for (size_t i = 0; i < scanned->cells; i += ENDS_AT_ONCE) /* there is room for so many behind the last, here and there */
		memcpy(w->end + i, scanned->end + i, ENDS_AT_ONCE * sizeof *w->end);
	w->scanned = *scanned;
	w->scanned.end = w->end;
}

/* All its runs, by what decides a kind; false: one of them is new. */
static bool find_runs(const th_runs *runs, struct waiting *w)
{
	w->key[0] = w->key[1] = 0;
	for (unsigned i = 0; i < runs->count; i++) {
		const th_run *run = &runs->run[i];
		const uint32_t from = w->end[(int)run->first - 1] + 1;
		const th_text_slot *slot = th_run_find(run, (th_slice){w->scanned.text + from, w->end[run->last] - from}, w->scanned.limit);
		if (!slot || slot->number == 0)
			return false;
		w->found[i] = slot->value;
		w->key[i / IN_PART] |= (uint64_t)slot->number << i % IN_PART * 16;
	}
	return true;
}

/* Words of the line, as the careful way finds them. Cells of which every line is asked are taken at once, the others when one asks (th_kind_cells). */
static void take_words(th_block *b, const struct waiting *w)
{
	static const th_inventory_column asked[] = {TH_COL_INSTRUMENT, TH_COL_UNCERTAINTY};
	struct th_kinds *k = b->shard->kinds;
	const th_runs *runs = &b->runs;
	if (b->stale)
		memset(k->now, 0, sizeof k->now);
	b->stale = false;
	for (unsigned i = 0; i < runs->places; i++)
		k->now[runs->place[i].column] = (uint16_t)(w->found[runs->place[i].run] >> runs->place[i].shift);
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
		b->line.cell[asked[i]] = th_word_of(&k->words[asked[i]], k->now[asked[i]])->text;
	k->line = &b->line;
}

static void take_cells(th_block *b, const th_scanned *scanned)
{
	char *room = b->room;
	b->line.line = scanned->line;
	b->line.raw = (th_slice){scanned->text + scanned->start, scanned->stop - scanned->start};
	b->line.cell[TH_COL_QUANTITY] = th_scanned_plain(th_scanned_raw(scanned, (size_t)b->quantity), &room);
	for (size_t i = 0; i < b->kepts; i++)
		b->line.cell[b->kept[i].column] = th_scanned_plain(th_scanned_raw(scanned, b->kept[i].cell), &room);
}

/* The careful way; what the line says is known from then on. */
static th_status run_carefully(th_block *b, const struct waiting *w)
{
	struct th_kinds *k = b->shard->kinds;
	th_line line;
	k->line = NULL;
	b->stale = true;
	th_inventory_line(b->view, &w->scanned, &line);
	b->now.line = &line;
	b->now.whole = (th_period){.from = 0, .to = -1};
	th_status status = th_line_run(b->shard, &b->now);
	if (status != TH_OK || b->shard->frame->careful)
		return status;
	if (b->era != k->era)
		forget(b, k->era);
	if (!b->runs.chosen)
		return th_runs_sample(&b->runs, &w->scanned) ? TH_OK : TH_SYSTEM;
	/* A kind is known, so its words are, and none is odd; and nothing was moved from one cell into another. */
	const int factor = b->runs.factor;
	if (!k->known || (factor >= 0 && line.cell[TH_COL_FACTOR].len == 0 && th_scanned_raw(&w->scanned, (size_t)factor).len))
		return TH_OK;
	return th_runs_learn(&b->runs, k, &w->scanned) ? TH_OK : TH_SYSTEM;
}

static th_status run(th_block *b, struct waiting *w)
{
	struct th_kinds *k = b->shard->kinds;
	bool done = false;
	b->now.order = th_order_of(b->number, w->scanned.line);
	th_diags_at(b->shard->diags, b->now.order);
	if (!w->known || w->era != k->era)
		return run_carefully(b, w);
	take_words(b, w);
	if (!w->kind && (w->kind = th_kind_by_words(k)) && !keep(b, w->key, w->kind))
		return TH_SYSTEM;
	if (!w->kind || w->kind->by_hand)
		return run_carefully(b, w);
	take_cells(b, &w->scanned);
	b->now.line = &b->line;
	if (b->whole || b->line.cell[TH_COL_INSTRUMENT].len) /* it is asked for its places and unread cells */
		th_inventory_line(b->view, &w->scanned, NULL);
	if (!w->kind->plain)
		th_kind_cells(k);
	th_status status = th_kind_read(b->shard, &b->now) ? th_line_run_kind(b->shard, &b->now, w->kind, &done) : TH_OK;
	k->line = NULL;
	return done ? status : run_carefully(b, w);
}

static th_status run_next(th_block *b)
{
	th_status status = run(b, &b->line_of[b->out++ % WAITING]);
	b->now.row++;
	return status;
}

static void look_up(th_block *b, struct waiting *w)
{
	const struct th_kinds *k = b->shard->kinds;
	if (b->era != k->era)
		forget(b, k->era);
	w->era = b->era;
	w->kind = NULL;
	w->known = b->runs.chosen && !(b->stated >= 0 && th_scanned_raw(&w->scanned, (size_t)b->stated).len) && find_runs(&b->runs, w);
	if (w->known)
		__builtin_prefetch(&b->slot[place_of(b->slots, b->seed, w->key)]);
}

/* The number of a word of a line whose runs are known. */
static uint32_t word_in(const th_block *b, const struct waiting *w, th_inventory_column column)
{
	const unsigned place = b->runs.place_of[column];
	return place ? (uint16_t)(w->found[b->runs.place[place - 1].run] >> b->runs.place[place - 1].shift) : 0;
}

/* What a line needs that will be computed soon. */
static void fetch(const th_block *b, const struct waiting *w)
{
	const th_group_words words = {word_in(b, w, TH_COL_SITE), word_in(b, w, TH_COL_SOURCE), word_in(b, w, TH_COL_PERIOD)};
	th_kind_fetch(b->shard->kinds, w->kind, &words);
}

th_status th_block_line(th_block *b, const th_scanned *scanned)
{
	const uint32_t era = b->shard->kinds->era;
	struct waiting *w = &b->line_of[b->in % WAITING], *before = &b->line_of[(b->in - 1) % WAITING], *second = &b->line_of[(b->in - 2) % WAITING];
	keep_ends(w, scanned);
	b->in++;
	look_up(b, w);
	if (before->known && before->era == era && b->era == era) {
		before->kind = find_slot(b->slot, b->slots, b->seed, before->key)->kind;
		if (before->kind) {
			__builtin_prefetch(before->kind);
			__builtin_prefetch((const char *)before->kind + 64);
		}
	}
	if (second->known && second->era == era && second->kind)
		fetch(b, second);
	return b->in - b->out == WAITING ? run_next(b) : TH_OK;
}

th_status th_block_end(th_block *b)
{
	th_status status = TH_OK;
	while (b->out < b->in && status == TH_OK)
		status = run_next(b);
	b->in = b->out = 0;
	for (size_t i = 0; i < WAITING; i++)
		b->line_of[i].known = false;
	return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/block_runs.h"

#include <stdlib.h>

enum { SAMPLE = 1024, SET = 2 * SAMPLE, FEW = 512, SHORT = 32, TEXTS_MOST = 1 << 15, DECIDING_MOST = UINT16_MAX };

bool th_runs_make(th_runs *runs, const th_inventory *inventory)
{
	const th_record *header = th_rows_header(th_inventory_table(inventory));
	*runs = (th_runs){.inventory = inventory, .columns = header->cells, .factor = (int)th_inventory_cell(inventory, TH_COL_FACTOR) - 1};
	runs->sample = th_calloc(SAMPLE * header->cells, sizeof *runs->sample);
	return runs->sample != NULL;
}

static void clear(th_run *run)
{
	th_texts_clear(&run->texts);
	th_arena_free(&run->arena);
	th_intern_free(&run->deciding);
}

void th_runs_clear(th_runs *runs)
{
	for (unsigned i = 0; i < runs->count; i++)
		clear(&runs->run[i]);
}

void th_runs_free(th_runs *runs)
{
	for (unsigned i = 0; i < runs->count; i++) {
		clear(&runs->run[i]);
		th_texts_free(&runs->run[i].texts);
	}
	free(runs->sample);
}

/* --- which columns --- */

/* The column of words that a column of the table is. */
static bool is_worded(const th_inventory *inventory, size_t cell, th_inventory_column *column)
{
	for (size_t i = 0; i < TH_WORDED; i++)
		if (th_inventory_cell(inventory, th_worded[i]) == cell + 1) {
			*column = th_worded[i];
			return true;
		}
	return false;
}

/* How many texts the sample has in these columns. `set` is room. */
static size_t count_texts(const th_runs *runs, size_t first, size_t last, uint64_t set[SET])
{
	size_t count = 0;
	memset(set, 0, SET * sizeof *set);
	for (size_t n = 0; n < SAMPLE; n++) {
		const uint64_t hash = th_hash_words(runs->sample + n * runs->columns + first, last - first + 1) | 1;
		size_t at = (size_t)(hash >> 1) & (SET - 1);
		while (set[at] && set[at] != hash)
			at = (at + 1) & (SET - 1);
		count += set[at] == 0;
		set[at] = hash;
	}
	return count;
}

/* Do the columns go together, of which the run had so many texts without the last? */
static bool go_together(const th_runs *runs, size_t first, size_t last, size_t before, uint64_t set[SET])
{
	const size_t alone = count_texts(runs, last, last, set), both = count_texts(runs, first, last, set), most = alone > before ? alone : before;
	return both <= FEW || both <= most + most / 4;
}

static bool start_run(th_runs *runs, size_t cell, th_inventory_column column)
{
	th_run *run = &runs->run[runs->count];
	*run = (th_run){.first = (unsigned)cell, .last = (unsigned)cell, .column = {column}, .columns = 1};
	return th_texts_make(&run->texts, runs->count++);
}

static bool choose(th_runs *runs, uint64_t set[SET])
{
	bool ok = true;
	size_t before = 0;
	for (size_t cell = 0; cell < runs->columns && ok; cell++) {
		th_inventory_column column;
		th_run *run = runs->count ? &runs->run[runs->count - 1] : NULL;
		if (!is_worded(runs->inventory, cell, &column))
			continue;
		if (run && run->last + 1 == cell && run->columns < TH_RUN_WORDS && go_together(runs, run->first, cell, before, set)) {
			run->last = (unsigned)cell;
			run->column[run->columns++] = column;
		} else if (runs->count < TH_RUNS)
			ok = start_run(runs, cell, column);
		else
			return true; /* too many: it is never chosen */
		run = &runs->run[runs->count - 1];
		before = count_texts(runs, run->first, run->last, set);
		runs->place[runs->places].column = column;
		runs->place[runs->places].run = runs->count - 1;
		runs->place[runs->places++].shift = 16 * (run->columns - 1);
		runs->place_of[column] = runs->places;
	}
	runs->chosen = true;
	return ok;
}

bool th_runs_sample(th_runs *runs, const th_scanned *scanned)
{
	if (!runs->sample)
		return true;
	for (size_t i = 0; i < runs->columns; i++) {
		const th_slice raw = th_scanned_raw(scanned, i);
		runs->sample[runs->lines * runs->columns + i] = th_hash_fixed(raw.ptr, raw.len);
	}
	if (++runs->lines < SAMPLE)
		return true;
	uint64_t *set = th_malloc(SET * sizeof *set);
	bool ok = set && choose(runs, set);
	free(set);
	free(runs->sample);
	runs->sample = NULL;
	return ok;
}

/* --- what they say --- */

void th_run_key_slow(th_slice text, uint64_t key[4])
{
	if (text.len > SHORT) {
		th_word_key(text, key);
		return;
	}
	memset(key, 0, SHORT);
	memcpy(key, text.ptr, text.len);
}

/* A number for all that is decided by the words in this run, not 0; 0: there are too many, or *failed. */
static uint32_t deciding(th_run *run, const struct th_kinds *k, bool *failed)
{
	uint32_t word[TH_RUN_WORDS] = {0};
	for (unsigned i = 0; i < run->columns; i++) {
		const th_inventory_column column = run->column[i];
		if (column == TH_COL_PERIOD)
			word[i] = th_word_of(&k->words[column], k->now[column])->period_kind;
		else if (th_is_deciding(column))
			word[i] = k->now[column];
	}
	const uint32_t number = th_intern_add(&run->deciding, (th_slice){(const char *)word, sizeof word});
	*failed = number == TH_NONE;
	return number < DECIDING_MOST ? number + 1 : 0;
}

static bool learn(th_run *run, const struct th_kinds *k, const th_scanned *scanned)
{
	th_text_slot text = {0};
	const th_slice raw = th_run_text(run, scanned);
	bool failed;
	if (run->texts.count == TEXTS_MOST) { /* those before it are forgotten, what decides a kind is not */
		th_texts_clear(&run->texts);
		th_arena_free(&run->arena);
	}
	th_run_key(raw, scanned->limit, text.key);
	if (th_text_at(&run->texts, raw, &text)->number)
		return true;
	for (unsigned i = 0; i < run->columns; i++)
		text.value |= (uint64_t)(uint16_t)k->now[run->column[i]] << 16 * i;
	text.number = deciding(run, k, &failed);
	if (text.number == 0)
		return !failed;
	text.text = raw.len > SHORT ? th_arena_copy(&run->arena, raw).ptr : "";
	return text.text && th_texts_add(&run->texts, &text);
}

bool th_runs_learn(th_runs *runs, const struct th_kinds *k, const th_scanned *scanned)
{
	bool ok = true;
	for (unsigned i = 0; i < runs->count && ok; i++)
		ok = learn(&runs->run[i], k, scanned);
	return ok;
}

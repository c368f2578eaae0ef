/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/turns.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

enum { FULL = 1024 };

struct kept {
	th_entry entry;
	struct kept *next;
};

struct th_turn {
	const th_account_options *options;
	th_arena arena;            /* of all that is kept */
	struct kept *first, *last;
	size_t count;
	bool whole;                /* some listener is told entry by entry */
	void **piece;              /* one for each listener, NULL where it is told so */
};

static void free_turn(th_turn *turn)
{
	if (!turn)
		return;
	for (size_t i = 0; i < turn->options->listeners && turn->piece; i++)
		if (turn->piece[i])
			turn->options->listener[i].pieces->release(turn->piece[i]);
	th_arena_free(&turn->arena);
	free(turn->piece);
	free(turn);
}

static th_turn *new_turn(const th_account_options *options)
{
	th_turn *turn = th_calloc(1, sizeof *turn);
	if (!turn)
		return NULL;
	turn->options = options;
	turn->piece = th_calloc(options->listeners, sizeof *turn->piece);
	bool ok = turn->piece != NULL;
	for (size_t i = 0; i < options->listeners && ok; i++) {
		const th_listener *listener = &options->listener[i];
		turn->whole |= listener->entry && !listener->pieces;
		if (listener->pieces)
			turn->piece[i] = listener->pieces->make(listener->context);
		ok = !listener->pieces || turn->piece[i];
	}
	if (ok)
		return turn;
	free_turn(turn);
	return NULL;
}

bool th_turn_is_full(const th_turn *turn)
{
	return turn->count >= FULL;
}

/* --- what an entry points to --- */

static const size_t cells[] = {
	offsetof(th_entry, period), offsetof(th_entry, site), offsetof(th_entry, source), offsetof(th_entry, activity_text), offsetof(th_entry, quantity), offsetof(th_entry, unit),
	offsetof(th_entry, region), offsetof(th_entry, uncertainty), offsetof(th_entry, instrument), offsetof(th_entry, evidence), offsetof(th_entry, note),
	offsetof(th_entry, product), offsetof(th_entry, stage), offsetof(th_entry, share),
};
enum { CELLS = sizeof cells / sizeof *cells };

static th_slice *cell_of(th_entry *entry, size_t i)
{
	return (th_slice *)(void *)((char *)entry + cells[i]);
}

/* The gases of a line share its cells. */
static bool copy_cells(th_turn *turn, th_entry *entry)
{
	struct kept *before = turn->last;
	size_t len = 0;
	for (size_t i = 0; i < CELLS; i++)
		len += cell_of(entry, i)->len;
	bool same = before && before->entry.order == entry->order;
	char *text = same || len == 0 ? NULL : th_arena_alloc(&turn->arena, len, 1);
	if (!same && len && !text)
		return false;
	for (size_t i = 0; i < CELLS; i++) {
		th_slice *cell = cell_of(entry, i);
		if (cell->len == 0)
			continue;
		if (same)
			*cell = *cell_of(&before->entry, i);
		else
			cell->ptr = memcpy(text, cell->ptr, cell->len);
		text = same ? NULL : text + cell->len;
	}
	return true;
}

static bool copy_text(th_turn *turn, th_slice *text)
{
	*text = th_arena_copy(&turn->arena, *text);
	return text->ptr != NULL;
}

/* Of a recipe that lasts until the next one. */
static bool copy_recipe(th_turn *turn, th_entry *entry)
{
	th_unit *unit = th_arena_alloc(&turn->arena, 1, sizeof *unit);
	th_formula_term *term = th_arena_alloc(&turn->arena, entry->terms + 1, sizeof *term);
	bool ok = unit && term;
	if (ok) {
		*unit = *entry->measure;
		entry->measure = unit;
	}
	for (size_t i = 0; i < entry->terms && ok; i++) {
		term[i] = entry->term[i];
		ok = copy_text(turn, &term[i].value) && copy_text(turn, &term[i].unit);
	}
	entry->term = term;
	entry->recipe = NULL;
	return ok;
}

static th_status keep_whole(th_turn *turn, const th_entry *entry, bool spilled)
{
	struct kept *kept = th_arena_alloc(&turn->arena, 1, sizeof *kept);
	if (!kept)
		return TH_SYSTEM;
	kept->entry = *entry;
	if (!copy_cells(turn, &kept->entry) || !copy_text(turn, &kept->entry.formula) || (spilled && !copy_recipe(turn, &kept->entry)))
		return TH_SYSTEM;
	*(turn->last ? &turn->last->next : &turn->first) = kept;
	turn->last = kept;
	return TH_OK;
}

/* --- in and out --- */

th_status th_turn_keep(th_turn *turn, const th_entry *entry, bool spilled)
{
	th_status status = turn->whole ? keep_whole(turn, entry, spilled) : TH_OK;
	turn->count++;
	for (size_t i = 0; i < turn->options->listeners && status == TH_OK; i++)
		if (turn->piece[i])
			status = turn->options->listener[i].pieces->entry(turn->piece[i], entry);
	return status;
}

static th_status tell(const th_account_options *options, const th_entry *entry)
{
	th_status status = TH_OK;
	for (size_t i = 0; i < options->listeners && status == TH_OK; i++) {
		const th_listener *listener = &options->listener[i];
		if (listener->entry && !listener->pieces)
			status = listener->entry(listener->context, entry);
	}
	return status;
}

/* Tell the listeners, or nobody; it is empty then. */
static th_status tell_turn(th_turn *turn, th_diags *diags, bool mute)
{
	const th_account_options *options = turn->options;
	th_status status = TH_OK;
	for (const struct kept *k = turn->first; k && status == TH_OK && !mute; k = k->next) {
		th_diags_at(diags, k->entry.order);
		status = tell(options, &k->entry);
	}
	for (size_t i = 0; i < options->listeners && status == TH_OK && !mute && turn->count; i++)
		if (turn->piece[i])
			status = options->listener[i].pieces->take(options->listener[i].context, turn->piece[i]);
	th_arena_reset(&turn->arena);
	turn->first = turn->last = NULL;
	turn->count = 0;
	return status;
}

/* --- all turns --- */

struct th_turns {
	th_turn **turn;            /* by number, over and over */
	bool *ended, *stopped;     /* under `lock` */
	size_t places;
	uint64_t given, told;
	bool mute;
	pthread_mutex_t lock;
	pthread_cond_t end;
};

th_turns *th_turns_new(const th_account_options *options, size_t places)
{
	th_turns *t = th_calloc(1, sizeof *t);
	if (!t)
		return NULL;
	pthread_mutex_init(&t->lock, NULL);
	pthread_cond_init(&t->end, NULL);
	t->turn = th_calloc(places, sizeof(th_turn *));
	t->ended = th_calloc(places, sizeof *t->ended);
	t->stopped = th_calloc(places, sizeof *t->stopped);
	bool ok = t->turn && t->ended && t->stopped;
	for (; ok && t->places < places; t->places++)
		ok = (t->turn[t->places] = new_turn(options)) != NULL;
	if (ok)
		return t;
	th_turns_free(t);
	return NULL;
}

void th_turns_free(th_turns *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->places; i++)
		free_turn(t->turn[i]);
	pthread_mutex_destroy(&t->lock);
	pthread_cond_destroy(&t->end);
	free(t->turn);
	free(t->ended);
	free(t->stopped);
	free(t);
}

th_turn *th_turns_at(th_turns *t, uint64_t number)
{
	return t->turn[number % t->places];
}

void th_turns_end(th_turns *t, uint64_t number, bool stopped)
{
	pthread_mutex_lock(&t->lock);
	t->ended[number % t->places] = true;
	t->stopped[number % t->places] = stopped;
	pthread_cond_signal(&t->end);
	pthread_mutex_unlock(&t->lock);
}

/* As long as there are no more than `most`, wait for none. */
static th_status tell_until(th_turns *t, th_diags *diags, uint64_t most)
{
	th_status status = TH_OK;
	while (t->told < t->given) {
		const size_t at = t->told % t->places;
		const bool wanted = t->given - t->told > most;
		pthread_mutex_lock(&t->lock);
		while (wanted && !t->ended[at])
			pthread_cond_wait(&t->end, &t->lock);
		const bool ended = t->ended[at], stopped = t->stopped[at];
		t->ended[at] = false;
		pthread_mutex_unlock(&t->lock);
		if (!ended)
			break;
		th_status told = tell_turn(t->turn[at], diags, t->mute);
		t->told++;
		t->mute |= stopped || told != TH_OK;
		status = told > status ? told : status;
	}
	return status;
}

th_status th_turns_give(th_turns *t, th_diags *diags, uint64_t *number)
{
	th_status status = tell_until(t, diags, t->places - 1);
	if (status == TH_OK)
		*number = t->given++;
	return status;
}

th_status th_turns_tell(th_turns *t, th_diags *diags, bool all)
{
	return tell_until(t, diags, all ? 0 : t->places);
}

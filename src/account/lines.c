/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/lines.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "account/block.h"
#include "account/turns.h"

/* Pieces of which somebody is told are smaller: what they tell waits in memory. */
enum { PIECE = 128 * 1024, HEARD_PIECE = 32 * 1024, QUEUE = 4, TURNS_EACH = 2, WORTH = 2 * 1024 * 1024 };

/* Lines to be computed; the text is a copy. */
struct piece {
	th_piece lines;
	char *text;
	size_t room;
	const char *path;
	size_t number;         /* of the inventory */
	uint64_t row;          /* of the first line, over all inventories */
	uint64_t turn;         /* whose it is, where somebody listens */
};

/* A thread, and what it has found. */
struct hand {
	struct th_crew *crew;
	th_shard *shard;
	th_shard own;          /* of all but the first */
	th_diags *diags;
	/* of the inventory that is being read, once it is read in pieces */
	th_inventory *view;
	th_block *block;
	th_status status;
	pthread_t thread;
	bool started;
	size_t missed;         /* requests for memory that failed in it */
};

struct th_crew {
	struct hand *hand;     /* the first is the calling thread */
	unsigned hands, most;
	uint64_t rows;         /* of the inventories before this one */
	/* under `lock` */
	pthread_mutex_t lock;
	pthread_cond_t filled, emptied;
	struct piece queue[QUEUE];
	unsigned first, waiting, busy;
	bool over;
	th_turns *turns;       /* NULL: nobody listens, or there is one thread */
	uint64_t own;          /* the turn of the first thread's own lines, while they have one */
};

/* --- a line --- */

/* A row of a case to fill in that nobody has filled in: it says what there may be, not how much. Missing is not zero. */
static bool is_unfilled(const th_line *line)
{
	return line->cell[TH_COL_PERIOD].len == 0 && line->cell[TH_COL_QUANTITY].len == 0;
}

static th_status note_unfilled(th_shard *shard, const th_now *now, th_input *input)
{
	uint32_t caveat = th_caveat_number(shard, TH_LINE_UNFILLED, (char *)NULL);
	input->unfilled_line = input->unfilled ? input->unfilled_line : now->line->line;
	input->unfilled++;
	th_caveat_line(shard, caveat, now);
	return caveat == TH_NONE ? TH_SYSTEM : TH_OK;
}

static th_status run_line(struct hand *hand, th_now *now)
{
	now->whole = (th_period){.from = 0, .to = -1};
	th_diags_at(hand->shard->diags, now->order);
	return th_line_run(hand->shard, now);
}

/* --- turns --- */

/* The first thread's own lines between two pieces have a turn, too. */
static th_status open_own_turn(struct th_crew *crew)
{
	th_shard *shard = crew->hand[0].shard;
	if (!crew->turns || shard->turn)
		return TH_OK;
	th_status status = th_turns_give(crew->turns, shard->diags, &crew->own);
	if (status == TH_OK)
		shard->turn = th_turns_at(crew->turns, crew->own);
	return status;
}

static void end_own_turn(struct th_crew *crew)
{
	th_shard *shard = crew->hand[0].shard;
	if (shard->turn)
		th_turns_end(crew->turns, crew->own, !th_shard_sound(shard));
	shard->turn = NULL;
}

static th_status tell_turns(struct th_crew *crew, bool all)
{
	return crew->turns ? th_turns_tell(crew->turns, crew->hand[0].shard->diags, all) : TH_OK;
}

/* Where somebody listens. False without memory. */
static bool make_turns(struct th_crew *crew)
{
	const th_account_options *options = crew->hand[0].shard->frame->options;
	if (options->listeners > 0 && !crew->turns && !(crew->turns = th_turns_new(options, QUEUE + (size_t)TURNS_EACH * crew->most)))
		return false;
	return true;
}

/* --- pieces --- */

/* When all lines are given to the block, or one of them failed. */
static th_status end_block(th_block *block, th_status status)
{
	th_status ended = th_block_end(block);
	return status == TH_OK ? ended : status;
}

static th_status run_piece(struct hand *hand, const struct piece *piece)
{
	th_scanned scanned;
	th_turns *turns = hand->crew->turns;
	hand->shard->turn = turns ? th_turns_at(turns, piece->turn) : NULL;
	th_status status = th_inventory_take(hand->view, &piece->lines) ? TH_OK : TH_SYSTEM;
	th_block_start(hand->block, piece->path, piece->number, piece->row);
	while (status == TH_OK && th_inventory_scan(hand->view, &scanned))
		status = th_block_line(hand->block, &scanned);
	status = end_block(hand->block, status);
	hand->shard->turn = NULL;
	return status;
}

/* One that fails leaves the rest of its pieces alone: there will be no account. */
static void *work(void *argument)
{
	struct hand *hand = argument;
	struct th_crew *crew = hand->crew;
	pthread_mutex_lock(&crew->lock);
	for (;;) {
		while (crew->waiting == 0 && !crew->over)
			pthread_cond_wait(&crew->filled, &crew->lock);
		if (crew->waiting == 0)
			break;
		struct piece piece = crew->queue[crew->first];
		crew->queue[crew->first].text = NULL; /* taken along */
		crew->queue[crew->first].room = 0;
		crew->first = (crew->first + 1) % QUEUE;
		crew->waiting--;
		crew->busy++;
		pthread_mutex_unlock(&crew->lock);
		if (hand->status == TH_OK)
			hand->status = run_piece(hand, &piece);
		if (crew->turns)
			th_turns_end(crew->turns, piece.turn, !th_shard_sound(hand->shard));
		pthread_mutex_lock(&crew->lock);
		/* its room goes back to a place that has none */
		for (unsigned i = 0; i < QUEUE && piece.text; i++)
			if (!crew->queue[i].text) {
				crew->queue[i].text = piece.text;
				crew->queue[i].room = piece.room;
				piece.text = NULL;
			}
		free(piece.text);
		crew->busy--;
		pthread_cond_signal(&crew->emptied);
	}
	pthread_mutex_unlock(&crew->lock);
	hand->missed = th_memory_missed();
	return NULL;
}

/* A thread that cannot be had is done without. */
static bool start_hand(struct th_crew *crew)
{
	struct hand *hand = &crew->hand[crew->hands];
	*hand = (struct hand){.crew = crew, .shard = &hand->own, .diags = th_diags_new()};
	if (!hand->diags || !th_shard_make(&hand->own, crew->hand[0].shard->frame, hand->diags)) {
		th_shard_free(&hand->own);
		th_diags_free(hand->diags);
		return false;
	}
	hand->started = pthread_create(&hand->thread, NULL, work, hand) == 0;
	if (hand->started)
		crew->hands++;
	else {
		th_shard_free(&hand->own);
		th_diags_free(hand->diags);
	}
	return true;
}

/* Is it worth more threads than this one? */
static bool wants_hands(const struct th_crew *crew, const th_inventory *inventory)
{
	const th_shard *shard = crew->hand[0].shard;
	bool always = th_diags_reading(shard->diags).how == TH_READ_FAST;
	return crew->most > 1 && (always || th_rows_size(th_inventory_table(inventory)) >= WORTH);
}

static bool open_view(struct hand *hand, const th_inventory *inventory)
{
	hand->view = th_inventory_view(inventory, hand->shard->diags);
	hand->block = hand->view ? th_block_new(hand->view, hand->shard) : NULL;
	return hand->block != NULL;
}

static void close_view(struct hand *hand)
{
	th_block_free(hand->block);
	th_inventory_close(hand->view);
	hand->block = NULL;
	hand->view = NULL;
}

/* All of them, each with a view of the inventory: nobody has a piece of it yet, and nobody looks at the inventory itself but the first thread. */
static th_status call_hands(struct th_crew *crew, const th_inventory *inventory)
{
	th_status status = TH_OK;
	while (crew->hands < crew->most) {
		unsigned before = crew->hands;
		if (!start_hand(crew))
			return TH_SYSTEM;
		if (crew->hands == before)
			crew->most = before;
	}
	for (unsigned i = 0; i < crew->hands; i++)
		status = open_view(&crew->hand[i], inventory) ? status : TH_SYSTEM;
	return status;
}

/* Put a copy into the queue; *taken is false when it is full. */
static th_status offer(struct th_crew *crew, const struct piece *piece, bool *taken)
{
	th_status status = TH_OK;
	pthread_mutex_lock(&crew->lock);
	*taken = crew->waiting < QUEUE && crew->hands > 1;
	if (*taken) {
		struct piece *to = &crew->queue[(crew->first + crew->waiting) % QUEUE];
		char *text = to->text;
		size_t len = piece->lines.text.len, room = to->room;
		if (room < len)
			text = th_realloc(text, room = len > PIECE ? len : PIECE);
		if (text) {
			memcpy(text, piece->lines.text.ptr, len);
			*to = *piece;
			to->text = text;
			to->room = room;
			to->lines.text.ptr = text;
			crew->waiting++;
			pthread_cond_signal(&crew->filled);
		} else
			status = TH_SYSTEM;
	}
	pthread_mutex_unlock(&crew->lock);
	return status;
}

/* --- an inventory --- */

/* Until nobody has a piece of it any more. */
static th_status wait_for_all(struct th_crew *crew)
{
	end_own_turn(crew);
	th_status worst = tell_turns(crew, true);
	pthread_mutex_lock(&crew->lock);
	while (crew->waiting > 0 || crew->busy > 0)
		pthread_cond_wait(&crew->emptied, &crew->lock);
	pthread_mutex_unlock(&crew->lock);
	for (unsigned i = 0; i < crew->hands; i++) {
		struct hand *hand = &crew->hand[i];
		worst = hand->status > worst ? hand->status : worst;
		if (i > 0 && hand->status == TH_SYSTEM)
			th_diags_merge(crew->hand[0].shard->diags, hand->diags); /* nothing will be merged behind it, and why has to be said */
	}
	return worst;
}

static th_status give_turn(struct th_crew *crew, struct piece *piece)
{
	end_own_turn(crew);
	return crew->turns ? th_turns_give(crew->turns, crew->hand[0].shard->diags, &piece->turn) : TH_OK;
}

/* To another thread, or to this one. */
static th_status give_piece(struct th_crew *crew, const struct piece *piece)
{
	struct hand *self = &crew->hand[0];
	bool taken;
	th_status status = offer(crew, piece, &taken);
	if (status == TH_OK && taken)
		return TH_OK;
	if (status == TH_OK)
		status = run_piece(self, piece);
	if (crew->turns)
		th_turns_end(crew->turns, piece->turn, !th_shard_sound(self->shard));
	return status;
}

/* Pieces as long as there are any at this place. */
static th_status give_pieces(struct th_crew *crew, th_inventory *inventory, const char *path, size_t number)
{
	struct hand *self = &crew->hand[0];
	const size_t block = th_diags_reading(self->shard->diags).block, usual = crew->turns ? HEARD_PIECE : PIECE;
	struct piece piece = {.path = path, .number = number, .row = crew->rows + th_inventory_rows(inventory)};
	th_status status = TH_OK;
	while (status == TH_OK && th_inventory_piece(inventory, block ? block : usual, NULL, NULL, &piece.lines)) {
		status = self->view ? TH_OK : call_hands(crew, inventory);
		if (status == TH_OK)
			status = give_turn(crew, &piece);
		if (status == TH_OK)
			status = give_piece(crew, &piece);
		if (status == TH_OK)
			status = tell_turns(crew, false);
		th_diags_at(self->shard->diags, th_order_of(number, piece.lines.next_line)); /* what the reader says next stands behind the piece */
		piece.row = crew->rows + th_inventory_rows(inventory);
	}
	return status;
}

/* A line that the one thread there is takes as it is found. */
struct alone {
	th_block *block;
	th_status status;
};

static bool take_line(void *context, const th_scanned *scanned)
{
	struct alone *a = context;
	a->status = th_block_line(a->block, scanned);
	return a->status == TH_OK;
}

/* As give_pieces, without any: nobody else computes. */
static th_status run_pieces(struct th_crew *crew, th_inventory *inventory, const char *path, size_t number)
{
	struct hand *self = &crew->hand[0];
	const size_t block = th_diags_reading(self->shard->diags).block;
	struct alone a = {.status = TH_OK};
	th_piece piece;
	if (!self->view && !open_view(self, inventory))
		return TH_SYSTEM;
	a.block = self->block;
	for (bool any = true; any && a.status == TH_OK;) {
		th_block_start(a.block, path, number, crew->rows + th_inventory_rows(inventory));
		any = th_inventory_piece(inventory, block ? block : SIZE_MAX, take_line, &a, &piece);
		a.status = end_block(a.block, a.status);
		if (any)
			th_diags_at(self->shard->diags, th_order_of(number, piece.next_line));
	}
	return a.status;
}

/* Nothing at all: a header alone, or rows that wait to be filled in. */
static void tell_empty(th_shard *shard, const char *path, size_t rows, size_t first)
{
	char count[24];
	snprintf(count, sizeof count, "%zu", rows);
	if (rows == 0)
		th_report(shard->diags, TH_INVENTORY_EMPTY, (th_pos){path, 1, 1, NULL}, (char *)NULL);
	else if (!shard->frame->options->unfilled_is_none)
		th_report(shard->diags, TH_INVENTORY_UNFILLED, (th_pos){path, first, 1, NULL}, count, (char *)NULL);
}

/* A line that the first thread reads itself. */
static th_status run_own_line(struct th_crew *crew, th_now *now)
{
	struct hand *self = &crew->hand[0];
	th_status status = open_own_turn(crew);
	if (status == TH_OK)
		status = run_line(self, now);
	if (status != TH_OK || !self->shard->turn || !th_turn_is_full(self->shard->turn))
		return status;
	end_own_turn(crew);
	status = tell_turns(crew, false);
	th_diags_at(self->shard->diags, now->order);
	return status;
}

static th_status read_lines(struct th_crew *crew, th_inventory *inventory, const char *path, size_t number, th_input *input)
{
	struct hand *self = &crew->hand[0];
	th_line line;
	const bool long_rows = th_inventory_layout(inventory) == NULL, shared = wants_hands(crew, inventory), alone = !shared && th_rows_in_pieces(th_inventory_table(inventory));
	th_now now = {.inventory = inventory, .line = &line, .file = path, .cell = th_inventory_cell(inventory, TH_COL_QUANTITY)};
	bool end = false;
	if (shared && !make_turns(crew))
		return TH_SYSTEM;
	for (;;) {
		th_status status = shared ? give_pieces(crew, inventory, path, number) : alone ? run_pieces(crew, inventory, path, number) : TH_OK;
		if (status == TH_OK)
			status = th_inventory_next(inventory, &line, &end);
		if (status != TH_OK || end)
			return status;
		now.row = crew->rows + th_inventory_rows(inventory) - 1;
		now.order = th_order_of(number, line.line);
		if (!long_rows) {
			now.cell = th_inventory_quantity(inventory);
			now.order = th_order_of_cell(number, line.line, th_layout_at(th_inventory_layout(inventory)));
		}
		if (is_unfilled(&line)) {
			th_diags_at(self->shard->diags, now.order);
			status = note_unfilled(self->shard, &now, input);
		} else
			status = run_own_line(crew, &now);
		if (status != TH_OK)
			return status;
	}
}

th_status th_crew_read(th_crew *crew, th_inventory *inventory, const char *path, size_t number, th_input *input)
{
	struct hand *self = &crew->hand[0];
	th_status status = read_lines(crew, inventory, path, number, input), others = wait_for_all(crew);
	status = others > status ? others : status;
	bool sound = true;
	for (unsigned i = 0; i < crew->hands; i++) {
		struct hand *hand = &crew->hand[i];
		sound &= th_shard_sound(hand->shard);
		close_view(hand);
	}
	if (status == TH_OK && th_inventory_rows(inventory) == input->unfilled && sound)
		tell_empty(self->shard, path, input->unfilled, input->unfilled_line);
	crew->rows += th_inventory_rows(inventory);
	return status;
}

/* --- all --- */

th_crew *th_crew_new(th_shard *shard, unsigned threads)
{
	th_crew *crew = th_calloc(1, sizeof *crew);
	if (!crew)
		return NULL;
	crew->most = threads ? threads : 1;
	crew->hand = th_calloc(crew->most, sizeof *crew->hand);
	if (!crew->hand) {
		free(crew);
		return NULL;
	}
	crew->hands = 1;
	crew->hand[0] = (struct hand){.crew = crew, .shard = shard};
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->filled, NULL);
	pthread_cond_init(&crew->emptied, NULL);
	return crew;
}

/* They end when nothing waits any more. */
static void dismiss(struct th_crew *crew)
{
	pthread_mutex_lock(&crew->lock);
	crew->over = true;
	pthread_cond_broadcast(&crew->filled);
	pthread_mutex_unlock(&crew->lock);
	for (unsigned i = 1; i < crew->hands; i++) {
		struct hand *hand = &crew->hand[i];
		if (!hand->started)
			continue;
		pthread_join(hand->thread, NULL);
		hand->started = false;
		th_memory_miss(hand->missed);
	}
}

th_status th_crew_merge(th_crew *crew)
{
	th_shard *shard = crew->hand[0].shard;
	th_status status = TH_OK;
	dismiss(crew);
	for (unsigned i = 1; i < crew->hands && status != TH_SYSTEM; i++) {
		th_status merged = th_shard_merge(shard, crew->hand[i].shard);
		status = merged > status ? merged : status;
	}
	th_status folded = status == TH_SYSTEM ? TH_OK : th_kinds_fold(shard);
	th_shard_end_lines(shard);
	return folded > status ? folded : status;
}

void th_crew_free(th_crew *crew)
{
	if (!crew)
		return;
	dismiss(crew);
	for (unsigned i = 1; i < crew->hands; i++) {
		close_view(&crew->hand[i]);
		th_shard_free(&crew->hand[i].own);
		th_diags_free(crew->hand[i].diags);
	}
	close_view(&crew->hand[0]);
	for (unsigned i = 0; i < QUEUE; i++)
		free(crew->queue[i].text);
	th_turns_free(crew->turns);
	pthread_mutex_destroy(&crew->lock);
	pthread_cond_destroy(&crew->filled);
	pthread_cond_destroy(&crew->emptied);
	free(crew->hand);
	free(crew);
}

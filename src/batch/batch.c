/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cases over threads. Each thread takes the next case, checks it alone, and hands over what came of it under one lock. In order, an answer waits
 * for those before it, and no thread runs further ahead of the first that is missing than there is room to wait. */

#include "batch/batch.h"

#include <pthread.h>
#include <stdlib.h>

#include "account/kept.h"
#include "report/check_report.h"

enum { THREADS_MOST = 256, AHEAD = 64 };

typedef struct run {
	const th_reference *reference;
	const th_pack *pack;
	const th_batch_options *options;
	const th_batch_list *list;
	const th_batch_sink *sink;
	th_diags *diags;
	pthread_mutex_t lock;
	pthread_cond_t told;       /* `first` has moved, or the run ends */
	size_t next, first;        /* the next case to begin; in order, the first that was not told yet */
	th_batch_answer *waiting;  /* in order: that of case i in place i % room */
	bool *ready;
	size_t room;
	th_status status;          /* of the run */
	int worst;
	size_t missed;             /* requests for memory of the other threads */
} run;

static void worse(run *r, th_status status)
{
	if (status > r->status)
		r->status = status;
}

/* Under the lock. */
static void tell(run *r, size_t index, th_batch_answer *answer)
{
	if (r->status == TH_OK && answer->status != TH_OK) {
		if (answer->diags)
			th_diags_merge(r->diags, answer->diags);
		worse(r, answer->status);
	}
	if (r->status == TH_OK && r->options->journal)
		worse(r, th_batch_journal_add(r->options->journal, index, answer, r->diags));
	if (r->status == TH_OK) {
		r->worst = th_batch_worse(r->worst, answer->exit);
		worse(r, r->sink->take(r->sink->context, index, answer));
	}
	th_batch_answer_free(answer);
}

/* Under the lock: all that can be told, is. */
static void hand_over(run *r, size_t index, th_batch_answer *answer)
{
	if (!r->options->ordered) {
		tell(r, index, answer);
		return;
	}
	r->waiting[index % r->room] = *answer;
	r->ready[index % r->room] = true;
	while (r->first < r->list->count && r->ready[r->first % r->room]) {
		r->ready[r->first % r->room] = false;
		tell(r, r->first, &r->waiting[r->first % r->room]);
		r->first++;
	}
	pthread_cond_broadcast(&r->told);
}

static bool goes_on(const run *r)
{
	return r->status == TH_OK && r->next < r->list->count && !(r->sink->stops && r->sink->stops(r->sink->context));
}

/* Under the lock: the next case, when there is room for its answer; false: no further one. */
static bool take_next(run *r, size_t *index)
{
	while (goes_on(r) && r->options->ordered && r->next >= r->first + r->room)
		pthread_cond_wait(&r->told, &r->lock);
	if (!goes_on(r))
		return false;
	*index = r->next++;
	return true;
}

static void work_on(run *r)
{
	size_t index;
	struct th_kept *kept = th_kept_new(r->reference);
	th_arena_keep_blocks(true);
	pthread_mutex_lock(&r->lock);
	if (!kept)
		worse(r, th_no_memory(r->diags));
	while (take_next(r, &index)) {
		th_batch_answer answer;
		pthread_mutex_unlock(&r->lock);
		th_batch_check(r->reference, r->pack, r->options, &r->list->item[index], index + 1, kept, &answer);
		pthread_mutex_lock(&r->lock);
		hand_over(r, index, &answer);
	}
	pthread_cond_broadcast(&r->told);
	pthread_mutex_unlock(&r->lock);
	th_kept_free(kept);
	th_arena_keep_blocks(false);
}

static void *thread(void *context)
{
	run *r = context;
	work_on(r);
	pthread_mutex_lock(&r->lock);
	r->missed += th_memory_missed();
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

/* A thread that cannot be had is done without. */
static void run_threads(run *r, unsigned threads)
{
	pthread_t list[THREADS_MOST];
	unsigned started = 0;
	while (started + 1 < threads && pthread_create(&list[started], NULL, thread, r) == 0)
		started++;
	work_on(r);
	for (unsigned i = 0; i < started; i++)
		pthread_join(list[i], NULL);
	th_memory_miss(r->missed);
}

static th_status run_all(run *r)
{
	unsigned threads = r->options->threads < 1 ? 1 : r->options->threads > THREADS_MOST ? THREADS_MOST : r->options->threads;
	r->room = (size_t)threads * AHEAD;
	r->waiting = th_calloc(r->room, sizeof *r->waiting);
	r->ready = th_calloc(r->room, sizeof *r->ready);
	if (!r->waiting || !r->ready)
		return th_no_memory(r->diags);
	run_threads(r, threads < r->list->count ? threads : (unsigned)r->list->count);
	for (size_t i = 0; i < r->room; i++)
		if (r->ready[i])
			th_batch_answer_free(&r->waiting[i]);
	return r->status;
}

th_status th_batch_run(const th_reference *reference, const th_pack *pack, const th_batch_options *options, const th_batch_list *list, const th_batch_sink *sink,
                       th_diags *diags, int *worst)
{
	th_pack_json said;
	th_batch_options with = *options;
	run r = {.reference = reference, .pack = pack, .options = &with, .list = list, .sink = sink, .diags = diags};
	*worst = 0;
	pthread_mutex_init(&r.lock, NULL);
	pthread_cond_init(&r.told, NULL);
	th_status status = th_pack_json_make(reference, pack, &said);
	with.said = &said;
	status = status == TH_OK ? run_all(&r) : th_no_memory(diags);
	th_pack_json_free(&said);
	*worst = r.worst;
	free(r.waiting);
	free(r.ready);
	pthread_cond_destroy(&r.told);
	pthread_mutex_destroy(&r.lock);
	return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Activities that nobody declared: a line names its factor, and the factor tells the rest. All threads share them, so that whoever listens knows one by
 * its address, whichever thread met it first. */

#include "account/frame.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/list.h"

struct th_undeclared {
	pthread_mutex_t lock;
	th_arena arena;            /* of the activities, in the end the account's */
	th_intern key;             /* number of the factor, and the activity's name */
	th_activity **list;
	th_buf text;
};

struct th_undeclared *th_undeclared_make(void)
{
	struct th_undeclared *u = th_calloc(1, sizeof *u);
	if (u)
		pthread_mutex_init(&u->lock, NULL);
	return u;
}

void th_undeclared_free(struct th_undeclared *u)
{
	if (!u)
		return;
	pthread_mutex_destroy(&u->lock);
	th_arena_free(&u->arena);
	th_intern_free(&u->key);
	free(u->list);
	th_buf_free(&u->text);
	free(u);
}

void th_undeclared_take(struct th_undeclared *u, th_arena *arena)
{
	th_arena_take(arena, &u->arena);
}

static th_activity *make(struct th_undeclared *u, const th_reference *reference, const th_factor *row, th_slice name)
{
	const th_gas *gas = TH_AT(reference->gas, row->gas);
	const th_gas_kind kind = gas ? gas->kind : TH_GAS_PLAIN;
	th_activity *activity = th_arena_alloc(&u->arena, 1, sizeof *activity);
	if (!activity)
		return NULL;
	*activity = (th_activity){.id = th_arena_copy(&u->arena, name), .scope = row->scope, .declared = true, .undeclared = true};
	activity->name_zh = activity->name_en = activity->id;
	activity->method = row->has_ncv || row->has_carbon_content ? TH_METHOD_COMBUSTION : kind == TH_GAS_REMOVAL ? TH_METHOD_SINK : TH_METHOD_ACTIVITY_FACTOR;
	activity->kind = kind == TH_GAS_REMOVAL ? TH_KIND_REMOVAL : TH_KIND_EMISSION;
	return activity->id.ptr ? activity : NULL;
}

static const th_activity *find(struct th_undeclared *u, const th_reference *reference, uint32_t factor, th_slice name)
{
	th_buf_clear(&u->text);
	th_buf_printf(&u->text, "%lu ", (unsigned long)factor);
	th_buf_slice(&u->text, name);
	uint32_t before = u->key.count, at = u->text.failed ? TH_NONE : th_intern_add(&u->key, th_buf_view(&u->text));
	if (at == TH_NONE || at < before)
		return at == TH_NONE ? NULL : u->list[at];
	th_activity **grown = th_grown(u->list, at, sizeof(th_activity *));
	if (!grown)
		return NULL;
	u->list = grown;
	return grown[at] = make(u, reference, &reference->factor[factor], name);
}

const th_activity *th_undeclared_of(const th_frame *frame, uint32_t factor, th_slice name)
{
	struct th_undeclared *u = frame->undeclared;
	pthread_mutex_lock(&u->lock);
	const th_activity *activity = find(u, frame->reference, factor, name);
	pthread_mutex_unlock(&u->lock);
	return activity;
}

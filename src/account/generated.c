/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Power from the sun or the wind that is counted as used on the site, but may be all that was generated there: a line whose name does not say that it was
 * used, beside one that does or beside power that was fed in. */

#include <stdlib.h>

#include "account/frame.h"
#include "base/list.h"

/* Of a site in a year. */
struct generation {
	bool bare, apart;    /* a line that may be all of it; one that says which part it is */
	uint64_t order;      /* of the first bare line */
	const char *file;
	size_t line;
};

struct th_generated {
	th_intern key;
	struct generation *of;
};

struct th_generated *th_generated_make(void)
{
	return th_calloc(1, sizeof(struct th_generated));
}

void th_generated_free(struct th_generated *g)
{
	if (!g)
		return;
	th_intern_free(&g->key);
	free(g->of);
	free(g);
}

/* NULL without memory. */
static struct generation *find(struct th_generated *g, th_slice key)
{
	uint32_t known = g->key.count;
	struct generation *grown = th_grown(g->of, known, sizeof *grown);
	if (!grown)
		return NULL;
	g->of = grown;
	uint32_t number = th_intern_add(&g->key, key);
	if (number == TH_NONE)
		return NULL;
	if (number == known)
		grown[number] = (struct generation){.order = UINT64_MAX};
	return &grown[number];
}

static void add(struct generation *into, const struct generation *from)
{
	into->apart |= from->apart;
	into->bare |= from->bare;
	if (!from->bare || from->order >= into->order)
		return;
	into->order = from->order;
	into->file = from->file;
	into->line = from->line;
}

static bool is_power(const th_frame *frame, const th_activity *activity)
{
	uint32_t energy;
	return th_index_get(activity->energy, &energy) && th_slice_eq(frame->reference->energy[energy].activity, TH_S("electricity"));
}

bool th_generated_line(th_shard *shard, const th_now *now, const th_recipe *recipe)
{
	const th_activity *activity = recipe->activity;
	const unsigned char *place = shard->said.activity->place;
	bool used = activity->method == TH_METHOD_ENERGY_ONLY && activity->non_fossil && is_power(shard->frame, activity);
	bool fed_in = activity->method == TH_METHOD_AVOIDED && place[TH_ROW_FED_IN];
	if (!used && !fed_in)
		return true;
	bool apart = fed_in || place[TH_ROW_SELF_USED];
	const struct generation line = {.bare = !apart, .apart = apart, .order = now->order, .file = now->file, .line = now->line->line};
	for (int year = now->whole.first_year; year <= now->whole.last_year; year++) {
		const struct { uint64_t site; int64_t year; } key = {shard->said.site->name, year};
		struct generation *of = find(shard->generated, (th_slice){(const char *)&key, sizeof key});
		if (!of)
			return false;
		add(of, &line);
	}
	return true;
}

bool th_generated_merge(th_shard *into, const th_shard *from)
{
	for (uint32_t i = 0; i < from->generated->key.count; i++) {
		struct generation *of = find(into->generated, th_intern_text(&from->generated->key, i));
		if (!of)
			return false;
		add(of, &from->generated->of[i]);
	}
	return true;
}

bool th_generated_finish(th_shard *shard)
{
	const struct th_generated *g = shard->generated;
	for (uint32_t i = 0; i < g->key.count; i++) {
		const struct generation *of = &g->of[i];
		const th_line line = {.line = of->line};
		uint32_t number = of->bare && of->apart ? th_caveat_number(shard, TH_GENERATED_WHOLE, (char *)NULL) : 0;
		if (number == TH_NONE)
			return false;
		if (of->bare && of->apart)
			th_caveat_line(shard, number, &(th_now){.order = of->order, .file = of->file, .line = &line});
	}
	return true;
}

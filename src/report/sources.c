/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What emits, by year, scope and activity, added up while the account is made. */
#include <stdlib.h>

#include "base/list.h"
#include "report/pictures.h"

static bool is_of(const th_source_sum *sum, const th_entry *entry)
{
	return sum->year == entry->span.first_year && sum->scope == entry->scope &&
	       (sum->activity == entry->activity || th_slice_eq(sum->activity->id, entry->activity->id));
}

/* Lines of one kind stand together, so the search begins where the last one ended. */
static th_source_sum *sum_for(th_sources *s, const th_entry *entry)
{
	for (size_t i = 0; i < s->sums; i++) {
		size_t at = (s->last + i) % s->sums;
		if (is_of(&s->sum[at], entry)) {
			s->last = at;
			return &s->sum[at];
		}
	}
	th_source_sum *grown = th_grown_in(&s->arena, s->sum, s->sums, sizeof *grown);
	if (!grown)
		return NULL;
	s->sum = grown;
	s->last = s->sums;
	s->sum[s->sums] = (th_source_sum){.year = entry->span.first_year, .scope = entry->scope, .activity = entry->activity};
	return &s->sum[s->sums++];
}

static th_status hear(void *sources, const th_entry *entry)
{
	if (entry->bucket != TH_GROSS || entry->span.first_year != entry->span.last_year)
		return TH_OK;
	th_source_sum *sum = sum_for(sources, entry);
	if (!sum)
		return TH_SYSTEM;
	/* The account's own sum of all of them fits. */
	return th_mass_add(&sum->gross, entry->co2e) ? TH_OK : TH_USAGE;
}

static int by_size(const void *left, const void *right)
{
	const th_source_sum *a = left, *b = right;
	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	if (a->scope != b->scope)
		return a->scope < b->scope ? -1 : 1;
	if (a->gross != b->gross)
		return a->gross > b->gross ? -1 : 1;
	return th_slice_cmp(a->activity->id, b->activity->id);
}

static th_status settle(void *sources, th_account *account)
{
	th_sources *s = sources;
	(void)account;
	if (s->sums)
		qsort(s->sum, s->sums, sizeof *s->sum, by_size);
	return TH_OK;
}

th_listener th_sources_listener(th_sources *sources)
{
	return (th_listener){.entry = hear, .close = settle, .context = sources};
}

void th_sources_free(th_sources *sources)
{
	th_arena_free(&sources->arena);
	*sources = (th_sources){0};
}

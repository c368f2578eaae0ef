/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What measures require and exclude, followed to the end. A set of measures is a word of bits. */
#include "path/route_search.h"

static bool has(uint64_t set, size_t i)
{
	return set >> i & 1;
}

/* What all of a set have under `each` together. */
static uint64_t together(const th_route_problem *p, uint64_t set, const uint64_t *each)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < p->measures; i++)
		sum |= has(set, i) ? each[i] : 0;
	return sum;
}

static void follow_requires(const th_route_problem *p, th_ties *t)
{
	bool grows = true;
	for (size_t i = 0; i < p->measures; i++)
		t->needs[i] = p->measure[i].requires | (uint64_t)1 << i;
	while (grows) {
		grows = false;
		for (size_t i = 0; i < p->measures; i++) {
			uint64_t more = together(p, t->needs[i], t->needs);
			grows |= more != t->needs[i];
			t->needs[i] = more;
		}
	}
}

void th_ties_follow(const th_route_problem *p, th_ties *t)
{
	uint64_t excluded[TH_ROUTE_MEASURES] = {0};
	*t = (th_ties){.any = false};
	for (size_t i = 0; i < p->measures; i++) {
		t->any |= (p->measure[i].requires | p->measure[i].excludes) != 0;
		excluded[i] |= p->measure[i].excludes;
		for (size_t k = 0; k < p->measures; k++)
			excluded[k] |= has(p->measure[i].excludes, k) ? (uint64_t)1 << i : 0;
	}
	follow_requires(p, t);
	for (size_t i = 0; i < p->measures; i++)
		for (size_t k = 0; k < p->measures; k++)
			t->drops[i] |= has(t->needs[k], i) ? (uint64_t)1 << k : 0;
	for (size_t i = 0; i < p->measures; i++)
		t->bars[i] = together(p, together(p, t->needs[i], excluded), t->drops);
}

uint64_t th_ties_needs(const th_route_problem *p, const th_ties *t, uint64_t set)
{
	return together(p, set, t->needs);
}

uint64_t th_ties_bars(const th_route_problem *p, const th_ties *t, uint64_t set)
{
	return together(p, set, t->bars);
}

bool th_ties_free(const th_ties *t, size_t i)
{
	uint64_t self = (uint64_t)1 << i;
	return t->needs[i] == self && t->drops[i] == self && t->bars[i] == 0;
}

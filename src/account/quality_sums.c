/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is counted twice: a line that is, to the last digit, the sum of others of its activity and period, and a main meter beside what it
 * feeds. Asked of all lines of an activity and period, of those of one site and of one source, in any order; and of the run of lines beside
 * a line, where the order is the file's own. Sums are whole numbers; how easily they come about by chance is asked in quality_chance.c. */

#include "account/quality.h"

#include <stdlib.h>

enum { MOST_BESIDE = 1000, SPARE_BITS = 100 };

/* --- values --- */

/* 0 when it does not fit. */
static __int128 raised(__int128 mant, int32_t by)
{
	const __int128 most = (__int128)1 << SPARE_BITS;
	while (by > 0 && mant < most && mant > -most) {
		mant *= 10;
		by--;
	}
	return by == 0 && mant < most && mant > -most ? mant : 0;
}

bool th_seen_values(const th_seen_line *line, size_t count, __int128 *value, int32_t *exp)
{
	int32_t least = INT32_MAX;
	for (size_t i = 0; i < count; i++)
		least = line[i].mant && line[i].exp < least ? line[i].exp : least;
	for (size_t i = 0; i < count; i++) {
		value[i] = line[i].mant ? raised(th_seen_mant(&line[i]), line[i].exp - least) : 0;
		if (value[i] == 0 && line[i].mant)
			return false;
	}
	*exp = least == INT32_MAX ? 0 : least;
	return true;
}

/* --- in any order --- */

struct group {
	th_seen_line *line;
	__int128 *value;
	size_t *lines;         /* of how many each is made; NULL: each is one */
	size_t count;
	double step;           /* all values are multiples of it */
	double digits;         /* a sum of all others has at least that many steps */
};

static uint64_t none_of(const th_seen_line *line)
{
	(void)line;
	return 1;
}

static uint64_t site_of(const th_seen_line *line)
{
	return line->site;
}

static uint64_t source_of(const th_seen_line *line)
{
	return line->source;
}

/* Sum and count, without zeros, of the lines not yet known as sums that share a name; one row a name, found by open addressing. */
struct part {
	uint64_t name;
	__int128 sum;
	size_t count;
};

static struct part *part_of(struct part *table, size_t slots, uint64_t name)
{
	size_t at = (size_t)name & (slots - 1);
	while (table[at].count && table[at].name != name)
		at = (at + 1) & (slots - 1);
	return &table[at];
}

static size_t lines_in(const struct group *g, size_t i)
{
	return g->lines ? g->lines[i] : 1;
}

/* Is there a line that equals the others of its part? `digits`: it has at least that many steps; one with fewer may be one again and again
 * (th_quality_again). True when one was found. */
static bool find_sums(struct group *g, uint64_t (*name)(const th_seen_line *), double digits, struct part *table, size_t slots)
{
	bool found = false;
	memset(table, 0, slots * sizeof *table);
	for (size_t i = 0; i < g->count; i++)
		if (g->value[i] && !(g->line[i].flags & TH_SEEN_SUM) && name(&g->line[i])) {
			struct part *part = part_of(table, slots, name(&g->line[i]));
			part->name = name(&g->line[i]);
			part->sum += g->value[i];
			part->count += lines_in(g, i);
		}
	for (size_t i = 0; i < g->count; i++) {
		if (!g->value[i] || (g->line[i].flags & TH_SEEN_SUM) || !name(&g->line[i]))
			continue;
		const struct part *part = part_of(table, slots, name(&g->line[i]));
		double size = (double)(g->value[i] < 0 ? -g->value[i] : g->value[i]);
		if (part->count <= lines_in(g, i) + 1 || 2 * g->value[i] != part->sum)
			continue;
		bool sure = size >= digits * g->step;
		g->line[i].flags |= sure ? TH_SEEN_SUM : TH_SEEN_WEAK;
		g->line[i].steps = (float)(size / g->step);
		found |= sure;
	}
	return found;
}

/* --- the run beside a line --- */

static bool same_file(const th_seen_line *a, const th_seen_line *b)
{
	return th_order_inventory(a->order) == th_order_inventory(b->order);
}

/* How many lines before (step -1) or behind it add up to it; 0: none. */
static size_t run_beside(const struct group *g, size_t at, int step)
{
	__int128 sum = 0;
	size_t filled = 0, i = at;
	for (size_t n = 1; n <= MOST_BESIDE; n++) {
		if (step < 0 ? i == 0 : i + 1 == g->count)
			return 0;
		i = step < 0 ? i - 1 : i + 1;
		if (!same_file(&g->line[i], &g->line[at]))
			return 0;
		sum += g->value[i];
		filled += g->value[i] != 0;
		if (filled > 1 && sum == g->value[at])
			return n;
		if (g->line[i].mant < 0 || g->line[at].mant < 0)
			continue;
		if (sum > g->value[at])
			return 0;
	}
	return 0;
}

/* Blocks of parts and their sum, one behind the other, and nothing else: as a table with subtotals is. step: where the parts stand. *steps: of
 * all sums together, which chance has to hit one after the other. */
static size_t count_blocks(struct group *g, int step, bool mark, double *steps)
{
	__int128 sum = 0;
	size_t parts = 0, blocks = 0, open = 0;
	*steps = 1;
	for (size_t n = 0; n < g->count; n++) {
		size_t i = step < 0 ? n : g->count - 1 - n;
		open++;
		if (parts > 1 && g->value[i] && g->value[i] == sum) {
			if (mark)
				g->line[i].flags |= TH_SEEN_SUM;
			*steps *= (double)sum / g->step;
			blocks++;
			sum = 0;
			parts = open = 0;
			continue;
		}
		sum += g->value[i];
		parts += g->value[i] != 0;
	}
	/* One line that is left may be the sum of all. */
	return open <= 1 ? blocks : 0;
}

static void find_runs(struct group *g, double digits)
{
	double steps;
	for (int step = -1; step <= 1; step += 2)
		if (count_blocks(g, step, false, &steps) > 1 && steps >= g->digits) {
			(void)count_blocks(g, step, true, &steps);
			g->digits = 1; /* a table with subtotals has a total, too */
		}
	for (size_t i = 0; i < g->count; i++) {
		double size = (double)(g->value[i] < 0 ? -g->value[i] : g->value[i]);
		if (g->value[i] && size >= digits * g->step && (run_beside(g, i, -1) || run_beside(g, i, 1)))
			g->line[i].flags |= TH_SEEN_SUM;
	}
}

/* --- meters --- */

/* A main meter beside lines that are together no more than it: they lie behind it, unless they are main meters too,
 * or power by contract, which no meter measures. */
static void find_meters(struct group *g)
{
	for (size_t i = 0; i < g->count; i++) {
		__int128 others = 0;
		bool any = false, named = false, by_site = g->line[i].flags & TH_SEEN_MAIN_SITE;
		if (!(g->line[i].flags & (TH_SEEN_MAIN_SITE | TH_SEEN_MAIN_SOURCE)))
			continue;
		for (size_t k = 0; k < g->count && g->count <= MOST_BESIDE; k++) {
			bool apart = g->line[k].flags & (TH_SEEN_MAIN_SITE | TH_SEEN_MAIN_SOURCE | TH_SEEN_CONTRACT);
			if (k == i || apart || g->value[k] == 0 || (!by_site && g->line[k].site != g->line[i].site))
				continue;
			others += g->value[k];
			any = true;
			named |= (g->line[k].flags & TH_SEEN_SUBMETER) != 0;
		}
		if (any && (named || others <= g->value[i]))
			g->line[i].flags |= TH_SEEN_BEFORE_PARTS;
	}
}

/* --- all --- */

/* Scratch for groups of up to all lines. */
struct room {
	__int128 *value, *sum;
	th_seen_line *line;
	size_t *lines;
	struct part *table;
	size_t slots;
};

static bool has_meters(const struct group *g)
{
	bool meters = false;
	for (size_t i = 0; i < g->count; i++)
		meters |= (g->line[i].flags & (TH_SEEN_MAIN_SITE | TH_SEEN_MAIN_SOURCE)) != 0;
	return meters;
}

static size_t slots_for(size_t count)
{
	size_t slots = 4;
	while (slots < count * 2)
		slots *= 2;
	return slots;
}

static void look_at(struct group *g, const th_plausible *p, struct part *table)
{
	int32_t exp;
	bool meters = has_meters(g);
	size_t slots = slots_for(g->count);
	if (g->count < 2 || (g->count < 3 && !meters) || !th_seen_values(g->line, g->count, g->value, &exp))
		return;
	if (meters)
		find_meters(g);
	if (g->count < 3)
		return;
	double named = p->bound[TH_BOUND_SUM_NAMED];
	g->step = th_seen_step(g->line, g->value, g->count, exp);
	g->digits = th_seen_digits(g->line, g->count, g->count, p);
	named = named > g->digits ? named : g->digits;
	(void)find_sums(g, none_of, g->digits, table, slots);
	(void)find_sums(g, site_of, named, table, slots);
	(void)find_sums(g, source_of, named, table, slots);
	find_runs(g, p->bound[TH_BOUND_SUM_BESIDE]);
	while (find_sums(g, none_of, g->digits, table, slots))
		; /* without the sums found, another may be the sum of the rest */
}

/* --- periods within a longer one --- */

/* A year of one meter beside months of others: within the longer period, each site and source is one line. */

enum { MOST_WINDOWS = 64 };

static bool is_within(const th_seen_line *line, int32_t from, int32_t to)
{
	return line->from >= from && line->to <= to && !(line->flags & TH_SEEN_SUM);
}

static bool same_name(const th_seen_line *a, const th_seen_line *b)
{
	return a->site == b->site && a->source == b->source && ((a->flags ^ b->flags) & TH_SEEN_CONTRACT) == 0;
}

static int by_name(const void *a, const void *b)
{
	const th_seen_line *x = a, *y = b;
	unsigned p = x->flags & TH_SEEN_CONTRACT, q = y->flags & TH_SEEN_CONTRACT;
	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	if (p != q)
		return p < q ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* Lines of one name that are in the window, as one; one that is the window itself is preferred to what lies in it, which it repeats. */
static size_t add_up(const th_seen_line *line, const __int128 *value, size_t count, int32_t from, int32_t to, __int128 *sum)
{
	size_t whole = 0, lines = 0;
	for (size_t i = 0; i < count; i++)
		whole += is_within(&line[i], from, to) && line[i].from == from && line[i].to == to;
	*sum = 0;
	for (size_t i = 0; i < count; i++) {
		bool itself = line[i].from == from && line[i].to == to;
		if (!is_within(&line[i], from, to) || itself != (whole > 0))
			continue;
		*sum += value[i];
		lines += value[i] != 0;
	}
	return lines;
}

/* A window in which some name is the whole and another in parts. */
static void look_within(const struct group *all, const struct room *room, int32_t from, int32_t to, int32_t exp, const th_plausible *p)
{
	struct group g = {.line = room->line, .value = room->sum, .lines = room->lines};
	bool whole = false, parts = false;
	size_t next, within = 0;
	for (size_t i = 0; i < all->count; i = next) {
		__int128 sum;
		for (next = i + 1; next < all->count && same_name(&all->line[i], &all->line[next]);)
			next++;
		size_t lines = add_up(all->line + i, all->value + i, next - i, from, to, &sum);
		if (lines == 0)
			continue;
		bool itself = false;
		for (size_t k = i; k < next; k++)
			itself |= is_within(&all->line[k], from, to) && all->line[k].from == from && all->line[k].to == to;
		whole |= itself;
		parts |= !itself;
		room->sum[g.count] = sum;
		room->lines[g.count] = lines;
		within += lines;
		g.line[g.count++] = all->line[i];
	}
	if (!whole || !parts)
		return;
	if (has_meters(&g))
		find_meters(&g);
	g.step = th_seen_step(g.line, g.value, g.count, exp);
	(void)find_sums(&g, none_of, th_seen_digits(g.line, g.count, within, p), room->table, slots_for(g.count));
	for (size_t n = 0, i = 0; n < g.count; n++) {
		unsigned found = g.line[n].flags & (TH_SEEN_SUM | TH_SEEN_BEFORE_PARTS);
		for (; i < all->count && !same_name(&all->line[i], &g.line[n]);)
			i++;
		for (size_t k = i; found && k < all->count && same_name(&all->line[k], &g.line[n]); k++)
			if (is_within(&all->line[k], from, to))
				all->line[k].flags |= found;
	}
}

struct window {
	int32_t from, to;
};

/* All lines of one activity: in each of their longer periods. */
static void look_at_periods(struct group *all, const struct room *room, const th_plausible *p)
{
	struct window window[MOST_WINDOWS];
	size_t windows = 0;
	int32_t exp, least = INT32_MAX;
	for (size_t i = 0; i < all->count; i++)
		least = all->line[i].to - all->line[i].from + 1 < least ? all->line[i].to - all->line[i].from + 1 : least;
	for (size_t i = 0; i < all->count && windows < MOST_WINDOWS; i++) {
		const th_seen_line *line = &all->line[i];
		bool known = line->to - line->from + 1 < least + least / 2; /* of months, the longer is no longer period */
		for (size_t w = 0; w < windows && !known; w++)
			known = window[w].from == line->from && window[w].to == line->to;
		if (!known)
			window[windows++] = (struct window){line->from, line->to};
	}
	if (windows == 0 || all->count < 2)
		return;
	qsort(all->line, all->count, sizeof *all->line, by_name);
	if (!th_seen_values(all->line, all->count, all->value, &exp))
		return;
	for (size_t w = 0; w < windows; w++)
		look_within(all, room, window[w].from, window[w].to, exp, p);
}

static void key_of_period(const th_seen_line *line, uint64_t key[2])
{
	key[0] = line->what;
	key[1] = (uint64_t)((int64_t)line->from - INT32_MIN) << 32 | (uint64_t)((int64_t)line->to - INT32_MIN);
}

static bool same_group(const th_seen_line *a, const th_seen_line *b)
{
	return a->what == b->what && a->from == b->from && a->to == b->to;
}

static bool say_of(th_shard *shard, const th_seen_line *line)
{
	static const struct { unsigned flag; th_code code; } found[] = {{TH_SEEN_SUM, TH_LINE_IS_SUM}, {TH_SEEN_BEFORE_PARTS, TH_MAIN_METER}};
	for (size_t k = 0; k < sizeof found / sizeof *found; k++) {
		if (!(line->flags & found[k].flag))
			continue;
		th_line space;
		const th_now now = th_seen_place(shard, line->order, &space);
		const th_slice arg[] = {line->activity->name_en, line->activity->name_zh};
		uint32_t caveat = th_caveat_of(shard, found[k].code, arg, sizeof arg / sizeof *arg);
		if (caveat == TH_NONE)
			return false;
		th_caveat_line(shard, caveat, &now);
	}
	return true;
}

static bool make_room(struct room *room, size_t lines)
{
	room->slots = slots_for(lines);
	room->value = th_calloc(lines, sizeof *room->value);
	room->sum = th_calloc(lines, sizeof *room->sum);
	room->line = th_calloc(lines, sizeof *room->line);
	room->lines = th_calloc(lines, sizeof *room->lines);
	room->table = th_calloc(room->slots, sizeof *room->table);
	return room->value && room->sum && room->line && room->lines && room->table;
}

/* How many lines the largest group has, of those of an activity. */
static size_t largest(const th_seen_line *line, size_t lines)
{
	size_t most = 0;
	for (size_t i = 0, next; i < lines; i = next) {
		for (next = i + 1; next < lines && line[next].what == line[i].what;)
			next++;
		most = next - i > most ? next - i : most;
	}
	return most;
}

bool th_quality_sums(th_shard *shard, th_seen_line *line, size_t lines)
{
	struct room room = {0};
	bool ok = th_seen_sort(line, lines, key_of_period, th_seen_by_order) && make_room(&room, largest(line, lines));
	const th_plausible *p = &shard->frame->reference->plausible;
	for (size_t i = 0, next; i < lines && ok; i = next) {
		for (next = i + 1; next < lines && same_group(&line[i], &line[next]);)
			next++;
		struct group g = {.line = line + i, .value = room.value, .count = next - i};
		look_at(&g, p, room.table);
	}
	for (size_t i = 0, next; i < lines && ok; i = next) {
		for (next = i + 1; next < lines && line[next].what == line[i].what;)
			next++;
		struct group all = {.line = line + i, .value = room.value, .count = next - i};
		th_quality_again(line + i, next - i, p);
		look_at_periods(&all, &room, p);
	}
	free(room.value);
	free(room.sum);
	free(room.line);
	free(room.lines);
	free(room.table);
	return ok && th_seen_say(shard, line, lines, TH_SEEN_SUM | TH_SEEN_BEFORE_PARTS, say_of);
}

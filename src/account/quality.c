/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a careful reader would ask about the lines: the same one twice, a year and its months side by side, corrections. What is asked of all lines
 * stands in quality_all.c. Whether lines are sums of others, or unlike them, is asked of the first ones, and the report says so. They lie in a file where they
 * are many (io/pile.h); those of one activity are looked at together, when all are there. */

#include "account/quality.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/utf8.h"
#include "case/facts.h"
#include "io/pile.h"

enum { MOST_LINES = 1 << 18, LATELY = 256,
       KEYS = 18 /* of th_hash_pair, two for each pair of words */, ACTIVITY = 0, SPAN = 2, AMOUNT = 4, NAMES = 6, PAPERS = 8, BESIDE = 10, REST = 12, SERIES = 14, OF_ACTIVITY = 16 };

struct th_seen {
	th_pile *line;          /* th_seen_line */
	size_t lines;
	bool lines_full;
	th_intern column;       /* names of columns that are not read and hold something */
	uint64_t key[KEYS];     /* the same in all shards */
	struct { uint64_t text, value; } lately[LATELY]; /* of cells with other letters than Latin ones, which are folded slowly */
};

bool th_quality_make(th_shard *shard)
{
	shard->seen = th_calloc(1, sizeof *shard->seen);
	shard->traces = th_traces_make();
	if (shard->seen)
		shard->seen->line = th_pile_new(sizeof(th_seen_line));
	for (uint64_t i = 0; i < KEYS && shard->seen; i++)
		shard->seen->key[i] = th_hash_words(&i, 1);
	return shard->seen && shard->seen->line && shard->traces;
}

void th_quality_free(th_shard *shard)
{
	th_traces_free(shard->traces);
	if (!shard->seen)
		return;
	th_pile_free(shard->seen->line);
	th_intern_free(&shard->seen->column);
	free(shard->seen);
}

/* --- lines --- */

/* Of a product that fits, the digits without zeros at the end. */
static void trim(__int128 *mant, int32_t *exp)
{
	for (; *mant != (int64_t)*mant && *mant % 10 == 0; ++*exp)
		*mant /= 10;
	if (*mant != (int64_t)*mant)
		return;
	int64_t small = (int64_t)*mant;
	for (; small && small % 10 == 0; ++*exp)
		small /= 10;
	*mant = small;
}

/* What stands in columns that are not read, as one text; into a line that is remembered by column, too. A column without a header is called by its number. */
static bool put_unread(th_shard *shard, const th_now *now, th_seen_line *line, th_buf *rest)
{
	th_slice name, cell;
	th_buf_clear(rest);
	for (size_t at = 0; now->inventory && !th_inventory_is_read(now->inventory) && th_inventory_unread(now->inventory, &at, &name, &cell);) {
		char number[32];
		int len = snprintf(number, sizeof number, "#%zu", at);
		name = name.len ? name : (th_slice){number, (size_t)len};
		if (line && th_intern_add(&shard->seen->column, name) == TH_NONE)
			return false;
		if (line)
			line->column[th_seen_slot(name)] += (uint16_t)(1 + th_hash(cell.ptr, cell.len) % UINT16_MAX);
		th_buf_char(rest, '\x1e');
		th_buf_slice(rest, name);
		th_buf_char(rest, '\x1f');
		th_buf_slice(rest, cell);
	}
	return !rest->failed;
}

/* As th_said_value. What notes say, they say again and again. */
static uint64_t lately_value(th_shard *shard, th_slice cell, char delimiter)
{
	const uint64_t text = th_hash_value(cell.ptr, cell.len) + (unsigned char)delimiter;
	uint64_t *value = &shard->seen->lately[text % LATELY].value;
	if (shard->seen->lately[text % LATELY].text != text) {
		shard->seen->lately[text % LATELY].text = text;
		*value = th_said_value(cell, delimiter);
	}
	return *value;
}

static inline uint64_t value_of(th_shard *shard, th_slice cell, char delimiter)
{
	if (cell.len == 0)
		return 0;
	return (unsigned char)cell.ptr[0] < 0x80 ? th_said_value(cell, delimiter) : lately_value(shard, cell, delimiter);
}

/* What a line says of products, whose lines are not one another's; 0: nothing. */
static uint64_t of_products(th_shard *shard, const th_slice *cell, char delimiter)
{
	if (!cell[TH_COL_PRODUCT].len && !cell[TH_COL_STAGE].len && !cell[TH_COL_SHARE].len)
		return 0;
	const uint64_t said[] = {
		value_of(shard, cell[TH_COL_PRODUCT], delimiter), value_of(shard, cell[TH_COL_STAGE], delimiter), value_of(shard, cell[TH_COL_SHARE], delimiter),
	};
	return th_hash_words(said, sizeof said / sizeof *said);
}

/* What two lines that say the same have in common, however they are written; line: where it is remembered, or NULL. */
static bool say_all(th_shard *shard, const th_now *now, const th_recipe *recipe, th_seen_line *line, uint64_t *hash)
{
	const th_slice *cell = now->line->cell;
	const char delimiter = now->line->delimiter;
	const uint64_t *key = shard->seen->key, span = (uint64_t)(uint32_t)now->whole.from << 32 | (uint32_t)now->whole.to;
	th_buf *rest = &shard->key;
	__int128 mant = (__int128)now->quantity.mant * recipe->unit->num;
	int32_t exp = now->quantity.exp + recipe->unit->exp;
	trim(&mant, &exp);
	if (!put_unread(shard, now, line, rest))
		return false;
	const uint64_t amount = th_hash_pair(key + SPAN, span, (uint32_t)exp) ^ th_hash_pair(key + AMOUNT, (uint64_t)(mant >> 64), (uint64_t)mant);
	const uint64_t uncertainty = value_of(shard, cell[TH_COL_UNCERTAINTY], delimiter), products = of_products(shard, cell, delimiter);
	uint64_t names = th_hash_pair(key + ACTIVITY, recipe->what, recipe->said) ^ th_hash_pair(key + NAMES, shard->said.site->value, shard->said.source->value) ^
	                 th_hash_pair(key + PAPERS, value_of(shard, cell[TH_COL_EVIDENCE], delimiter), value_of(shard, cell[TH_COL_NOTE], delimiter));
	if (uncertainty | products)
		names ^= th_hash_pair(key + BESIDE, uncertainty, products);
	*hash = names ^ amount;
	if (rest->len)
		*hash ^= th_hash_pair(key + REST, th_hash(rest->ptr, rest->len), rest->len);
	if (line)
		line->alike = names ^ (recipe->activity->continuous ? th_hash_pair(key + SPAN, span, 0) : amount);
	return true;
}

static bool is_power(const th_frame *frame, const th_activity *activity)
{
	uint32_t energy;
	return th_index_get(activity->energy, &energy) && th_slice_eq(frame->reference->energy[energy].activity, TH_S("electricity"));
}

/* Which part a line is of the power of its site; 0: none of it. */
static unsigned power_of(const th_shard *shard, const th_now *now, const th_recipe *recipe)
{
	const th_activity *activity = recipe->activity;
	const unsigned char *place = shard->said.activity->place;
	if (activity->method == TH_METHOD_AVOIDED)
		return place[TH_ROW_FED_IN] ? TH_SEEN_FED_IN : 0;
	if (activity->method == TH_METHOD_ENERGY_ONLY)
		return !activity->non_fossil || !is_power(shard->frame, activity) ? 0 : place[TH_ROW_SELF_USED] ? TH_SEEN_SELF_USED : TH_SEEN_GENERATED;
	if (activity->method != TH_METHOD_ELECTRICITY || !recipe->of_energy)
		return 0;
	if (place[TH_ROW_BOUGHT] || shard->said.source->place[TH_ROW_BOUGHT] || now->line->cell[TH_COL_INSTRUMENT].len)
		return TH_SEEN_POWER_BOUGHT;
	return place[TH_ROW_POWER_USED] ? TH_SEEN_POWER_USED : place[TH_ROW_POWER_OPEN] ? TH_SEEN_POWER_OPEN : TH_SEEN_POWER_BOUGHT;
}

/* What its names say: a main meter, one behind another; and a month that a spreadsheet may have cut. */
static unsigned flags_of(const th_shard *shard, const th_now *now, const th_recipe *recipe)
{
	const th_said *said = &shard->said;
	unsigned flags = (recipe->of_energy ? TH_SEEN_ENERGY : 0) | power_of(shard, now, recipe);
	if (said->site->place[TH_ROW_SUBMETER] || said->source->place[TH_ROW_SUBMETER] || said->activity->place[TH_ROW_SUBMETER])
		flags |= TH_SEEN_SUBMETER;
	else if (said->site->place[TH_ROW_MAIN])
		flags |= TH_SEEN_MAIN_SITE;
	else if (said->source->place[TH_ROW_MAIN])
		flags |= TH_SEEN_MAIN_SOURCE;
	if (now->line->cell[TH_COL_INSTRUMENT].len)
		flags |= TH_SEEN_CONTRACT;
	const th_spelling *name[] = {said->site, said->source};
	for (size_t i = 0; i < sizeof name / sizeof *name; i++)
		if (name[i]->place[TH_ROW_PART] || name[i]->place[TH_ROW_MAYBE_TOTAL])
			flags |= TH_SEEN_NAMED;
	const bool bought = said->activity->place[TH_ROW_CAME_IN] || said->source->place[TH_ROW_CAME_IN] == TH_WORD_WHOLE;
	const bool used = said->activity->place[TH_ROW_CONSUMED] || said->source->place[TH_ROW_CONSUMED] == TH_WORD_WHOLE;
	if (bought != used && recipe->activity->method != TH_METHOD_ELECTRICITY) /* of power other words are asked, see power_of */
		flags |= bought ? TH_SEEN_BOUGHT : TH_SEEN_USED;
	return said->period->point_one ? flags | TH_SEEN_POINT_ONE : flags;
}

static bool remember_line(th_shard *shard, const th_now *now, const th_recipe *recipe)
{
	struct th_seen *seen = shard->seen;
	uint64_t hash;
	if (seen->lines == MOST_LINES || now->row >= MOST_LINES) { /* by its row: no shard may remember more than all of them together */
		seen->lines_full = true;
		return say_all(shard, now, recipe, NULL, &hash) && th_trace_line(shard, now, hash);
	}
	th_seen_line line = {
		.order = now->order, .what = recipe->what, .site = shard->said.site->name, .source = shard->said.source->name, .mant = now->quantity.mant,
		.times = recipe->unit->num, .exp = now->quantity.exp + recipe->unit->exp, .own_exp = now->quantity.exp, .from = now->whole.from, .to = now->whole.to,
		.activity = recipe->activity, .flags = flags_of(shard, now, recipe),
	};
	if (!say_all(shard, now, recipe, &line, &hash))
		return false;
	seen->lines++;
	int error = th_pile_add(seen->line, &line);
	return error == 0 ? th_trace_line(shard, now, hash) : th_trace_failed(shard, error);
}

static bool remember_period(th_shard *shard, const th_now *now, const th_recipe *recipe)
{
	const uint64_t *key = shard->seen->key;
	const uint64_t what = th_hash_pair(key + SERIES, shard->said.site->text, shard->said.source->text) ^ th_hash_pair(key + OF_ACTIVITY, recipe->series, 0);
	return th_trace_span(shard, now, what + (what == 0));
}

/* --- all --- */

/* 其中：一车间 is part of another line. */
static bool note_part(th_shard *shard, const th_now *now)
{
	const th_said *said = &shard->said;
	if (said->site->place[TH_ROW_PART] < TH_WORD_START && said->source->place[TH_ROW_PART] < TH_WORD_START &&
	    said->activity->place[TH_ROW_PART] < TH_WORD_START)
		return true;
	uint32_t caveat = th_caveat_number(shard, TH_PART_OF_OTHERS, (char *)NULL);
	th_caveat_line(shard, caveat, now);
	return caveat != TH_NONE;
}

static bool note_early(th_shard *shard, const th_now *now)
{
	int least = (int)shard->frame->reference->plausible.bound[TH_BOUND_LEAST_YEAR];
	char text[16];
	if (now->whole.first_year >= least)
		return true;
	snprintf(text, sizeof text, "%d", least);
	uint32_t caveat = th_caveat_number(shard, TH_YEAR_EARLY, text, (char *)NULL);
	th_caveat_line(shard, caveat, now);
	return caveat != TH_NONE;
}

/* Of the factors used, or of all, the year in which the newest begins or ends to hold; 0: none says. */
static int newest_factor(const th_shard *shard, bool used)
{
	int32_t newest = TH_DAY_MIN;
	int y = 0, m, d;
	const uint32_t count = used ? shard->uses.count : shard->frame->reference->factors;
	for (uint32_t i = 0; i < count; i++) {
		const th_factor *factor = used ? shard->uses.list[i].factor : &shard->frame->reference->factor[i];
		const bool aside = used && shard->uses.list[i].market;
		int32_t day = aside ? TH_DAY_MIN : factor->to < TH_DAY_MAX ? factor->to : factor->from;
		newest = day > newest ? day : newest;
	}
	if (newest > TH_DAY_MIN)
		th_day_split(newest, &y, &m, &d);
	return y;
}

static bool note_late(th_shard *shard)
{
	const th_sums *sums;
	int of_used = newest_factor(shard, true), newest = of_used ? of_used : newest_factor(shard, false), after = (int)shard->frame->reference->plausible.bound[TH_BOUND_YEARS_AFTER];
	for (int year = newest + after + 1; newest && year <= TH_LAST_YEAR; year++) {
		char text[2][16];
		if (!th_by_year_seen(shard->by_year, year, &sums))
			continue;
		snprintf(text[0], sizeof text[0], "%d", year);
		snprintf(text[1], sizeof text[1], "%d", newest);
		uint32_t caveat = th_caveat_number(shard, of_used ? TH_YEAR_LATE : TH_YEAR_BEYOND, text[0], text[1], (char *)NULL);
		if (caveat == TH_NONE)
			return false;
		th_caveat_all(shard, caveat);
	}
	return true;
}

bool th_quality_line(th_shard *shard, const th_now *now, const th_recipe *recipe)
{
	return note_part(shard, now) && note_early(shard, now) && th_quality_known(shard, now, recipe);
}

bool th_quality_known(th_shard *shard, const th_now *now, const th_recipe *recipe)
{
	return remember_line(shard, now, recipe) && remember_period(shard, now, recipe);
}

int th_seen_each(th_shard *shard, bool (*take)(void *context, void *records, size_t count), void *context)
{
	return th_pile_each(shard->seen->line, take, context);
}

struct site {
	uint64_t name;
	bool found;
};

static bool look_for_site(void *context, void *records, size_t count)
{
	struct site *site = context;
	const th_seen_line *line = records;
	for (size_t i = 0; i < count && !site->found; i++)
		site->found = line[i].site == site->name;
	return true;
}

/* Does any line stand for that site? True also when not all lines are remembered. False without memory. */
static bool has_site(th_shard *shard, th_slice name, bool *found)
{
	char space[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(name, space);
	struct site site = {key.ptr ? th_hash(key.ptr, key.len) : th_hash(name.ptr, name.len), shard->seen->lines_full};
	int error = site.found ? 0 : th_seen_each(shard, look_for_site, &site);
	*found = site.found;
	return error == 0 || th_trace_failed(shard, error);
}

/* Facts on the use of a site that has no line bound nothing. */
bool th_quality_sites(th_shard *shard, const struct th_facts *facts)
{
	for (size_t i = 0; facts && i < facts->count; i++) {
		const th_fact *fact = &facts->fact[i];
		th_slice site;
		bool found;
		if (fact->value.len == 0 || !th_fact_use_site(fact, &site) || site.len == 0)
			continue;
		if (!has_site(shard, site, &found))
			return false;
		if (found)
			continue;
		const th_line line = {.line = fact->line};
		const th_slice arg[] = {fact->fact, site};
		uint32_t caveat = th_caveat_of(shard, TH_USE_OF_NO_SITE, arg, 2);
		if (caveat == TH_NONE)
			return false;
		th_caveat_line(shard, caveat, &(th_now){.file = shard->frame->options->case_file, .line = &line});
	}
	return true;
}

bool th_quality_merge(th_shard *into, th_shard *from)
{
	for (uint32_t i = 0; i < from->seen->column.count; i++)
		if (th_intern_add(&into->seen->column, th_intern_text(&from->seen->column, i)) == TH_NONE)
			return false;
	th_traces_merge(into->traces, from->traces);
	th_pile_join(into->seen->line, from->seen->line);
	from->seen->line = NULL;
	into->seen->lines += from->seen->lines;
	into->seen->lines_full |= from->seen->lines_full;
	return true;
}

/* All lines of some activities. */
static bool compare(void *context, void *records, size_t count)
{
	th_shard *shard = context;
	th_seen_line *line = records;
	return th_quality_columns(shard, &shard->seen->column, line, count) && th_quality_sums(shard, line, count) && th_quality_bought(shard, line, count) &&
	       th_quality_months(shard, line, count);
}

bool th_quality_finish(th_shard *shard)
{
	if (!th_traces_finish(shard) || !note_late(shard))
		return false;
	int error = th_pile_each(shard->seen->line, compare, shard);
	if (error != 0)
		return th_trace_failed(shard, error);
	if (shard->seen->lines_full)
		th_caveat_all(shard, th_caveat_number(shard, TH_CHECKS_BOUNDED, (char *)NULL));
	return true;
}

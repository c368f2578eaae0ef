/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Power of one time and place: bought + generated - fed in = used, and generated = used of it + fed in, across or down. Emissions are of what was bought;
 * what was generated and the whole hold it again or none of it, so both are compared and left out. What of the generation was used here is a line only
 * where a name says so, or where it and what was bought are the whole. */

#include "case/layout_parts.h"

#include <stdlib.h>

#include "base/list.h"

typedef enum power { NO_POWER, BOUGHT, GENERATED, SELF_USED, FED_IN, USED, GREEN, POWERS } power; /* GREEN: bought, or a part of what was */

/* What the lines of a time and place say; of each the first and the sum. */
struct balance {
	th_sum sum[POWERS];
	size_t first[POWERS];
	th_slice unit;
	bool mixed;    /* of several units */
	bool self;     /* all that was generated was used here */
};

struct balances {
	th_layout *l;
	th_block *b;
	th_intern key;
	struct balance *of; /* by key */
	th_buf text;
	bool failed, told, told_generated, said, said_parts;
};

static power power_of(const th_layout *l, const th_long_row *line)
{
	const th_reference *reference = l->reference;
	const th_row_words *words = &reference->row_words;
	const th_slice name = line->cell[l->f_activity].text;
	if (th_lay_is_generated(l, name))
		return GENERATED;
	const uint32_t number = th_lay_activity(l, name);
	uint32_t energy;
	if (number == TH_NONE)
		return NO_POWER;
	const th_activity *activity = &reference->activity[number];
	if (activity->method == TH_METHOD_AVOIDED)
		return th_row_word_in(words, TH_ROW_FED_IN, name) ? FED_IN : NO_POWER;
	if (activity->method == TH_METHOD_ENERGY_ONLY)
		return !activity->non_fossil || !th_index_get(activity->energy, &energy) || !th_slice_eq(reference->energy[energy].activity, TH_S("electricity")) ? NO_POWER
		       : th_row_word_in(words, TH_ROW_SELF_USED, name) ? SELF_USED : GENERATED;
	if (activity->method != TH_METHOD_ELECTRICITY)
		return NO_POWER;
	if (th_row_word_in(words, TH_ROW_GREEN, name))
		return GREEN;
	if (th_row_word_in(words, TH_ROW_BOUGHT, name))
		return BOUGHT;
	return line->whole || th_row_word_in(words, TH_ROW_POWER_USED, name) == TH_WORD_WHOLE ? USED : NO_POWER;
}

static uint32_t key_of(struct balances *w, const th_long_row *line)
{
	static const char *const same[] = {"period", "site", "region", "scope"};
	th_buf_clear(&w->text);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		th_buf_slice(&w->text, line->cell[th_lay_field(w->l, same[i])].text);
		th_buf_char(&w->text, '\x1f');
	}
	const uint32_t known = w->key.count, at = w->text.failed ? TH_NONE : th_intern_add(&w->key, th_buf_view(&w->text));
	struct balance *grown = at == known ? th_grown(w->of, known, sizeof *grown) : w->of;
	w->failed |= at == TH_NONE || !grown;
	if (w->failed)
		return TH_NONE;
	w->of = grown;
	if (at == known)
		grown[at] = (struct balance){.unit = line->cell[w->l->f_unit].text};
	return at;
}

static void add(struct balances *w, size_t at, power kind, uint32_t *key)
{
	const th_layout *l = w->l;
	const th_long_row *line = &l->row[at];
	th_mass value;
	*key = kind == NO_POWER ? TH_NONE : key_of(w, line);
	if (*key == TH_NONE)
		return;
	struct balance *of = &w->of[*key];
	of->mixed |= !th_slice_eq(of->unit, line->cell[l->f_unit].text) && !th_lay_same_unit(l, of->unit, line->cell[l->f_unit].text);
	of->first[kind] = of->sum[kind].count ? of->first[kind] : at;
	of->sum[kind].lost |= !th_lay_number(l, line->row, line->column, &value);
	th_sum_add(&of->sum[kind], true, of->sum[kind].lost ? 0 : value);
}

static void put_name(const struct balances *w, const struct balance *of, power kind, const char *sign, th_buf *out)
{
	if (!of->sum[kind].count)
		return;
	th_buf_str(out, out->len ? sign : "");
	th_buf_slice(out, w->l->row[of->first[kind]].cell[w->l->f_activity].text);
}

/* The one is the sum of the two less what was fed in: said once, or an error with both sides. */
static void compare(struct balances *w, const struct balance *of, power total, power one, power other, bool less, bool *said)
{
	th_layout *l = w->l;
	const th_long_row *line = &l->row[of->first[total]];
	const th_slice printed = th_grid_at(l->grid, line->row, line->column)->text;
	const th_mass found = of->sum[one].sum + of->sum[other].sum - (less ? of->sum[FED_IN].sum : 0);
	const th_mass with_green = found + (total == USED ? of->sum[GREEN].sum : 0), value = of->sum[total].sum;
	const bool agrees = of->sum[total].count == 1 ? th_lay_agrees(printed, value, found) || th_lay_agrees(printed, value, with_green) : value == found;
	th_buf names = {0}, sum = {0}, whole = {0};
	w->b->compared++;
	if (agrees ? *said : w->told)
		return;
	put_name(w, of, one, " + ", &names);
	put_name(w, of, other, " + ", &names);
	if (less)
		put_name(w, of, FED_IN, " - ", &names);
	th_put_mass(&sum, found, 0);
	th_put_mass(&whole, value, 0);
	th_buf_char(&names, '\0');
	th_buf_char(&sum, '\0');
	th_buf_char(&whole, '\0');
	if (names.failed || sum.failed || whole.failed)
		w->failed = true;
	else if (agrees)
		TH_LAY_FAIL(l, line->row, line->column, TH_LAYOUT_BALANCED, th_lay_z(l, line->cell[l->f_activity].text), names.ptr);
	else
		TH_LAY_FAIL(l, line->row, line->column, TH_LAYOUT_BALANCE, th_lay_z(l, line->cell[l->f_activity].text), whole.ptr, names.ptr, sum.ptr);
	*(agrees ? said : &w->told) = true;
	th_buf_free(&names);
	th_buf_free(&sum);
	th_buf_free(&whole);
}

static bool adds_up(const struct balance *of)
{
	bool lost = of->mixed;
	for (int kind = BOUGHT; kind < POWERS; kind++)
		lost |= of->sum[kind].lost;
	return !lost;
}

static bool is_photovoltaic(th_slice name)
{
	return th_slice_starts(name, TH_S("光伏")) || th_slice_starts(name, TH_S("分布式光伏")) || th_slice_starts(name, TH_S("屋顶光伏")) || th_slice_starts(name, TH_S("太阳能"));
}

static void settle(struct balances *w, struct balance *of)
{
	th_layout *l = w->l;
	const bool bought = of->sum[BOUGHT].count, made = of->sum[GENERATED].count, own = of->sum[SELF_USED].count, out = of->sum[FED_IN].count;
	const bool used = of->sum[USED].count == 1 && bought && (made || own);
	if (!adds_up(of)) {
		const th_long_row *line = &l->row[of->first[used ? USED : GENERATED]];
		if (used || (made && own && out))
			TH_LAY_FAIL(l, line->row, line->column, TH_LAYOUT_CONTROL_UNCLEAR, th_lay_z(l, th_grid_at(l->grid, line->row, line->column)->text));
		return;
	}
	if (made && own && out)
		compare(w, of, GENERATED, SELF_USED, FED_IN, false, &w->said_parts);
	if (used)
		compare(w, of, USED, BOUGHT, own ? SELF_USED : GENERATED, !own && out, &w->said);
	of->self = used && made && !own && !out;
	const th_long_row *line = made ? &l->row[of->first[GENERATED]] : NULL;
	if (!made || own || out || of->self || w->told_generated || !is_photovoltaic(line->cell[l->f_activity].text) || !th_lay_is_generated(l, line->cell[l->f_activity].text))
		return;
	TH_LAY_FAIL(l, line->row, line->column, TH_LAYOUT_GENERATED, th_lay_z(l, line->cell[l->f_activity].text));
	w->told_generated = true;
}

/* 光伏发电 alone is what the account has always read as used here. */
static bool is_out(struct balances *w, th_long_row *line, power kind, const struct balance *of)
{
	const th_layout *l = w->l;
	th_long_cell *cell = &line->cell[l->f_activity];
	if (kind == USED)
		return of->sum[USED].count == 1 && of->sum[BOUGHT].count && (of->sum[GENERATED].count || of->sum[SELF_USED].count);
	if (kind != GENERATED || !(th_lay_is_generated(l, cell->text) || of->sum[SELF_USED].count || of->sum[FED_IN].count))
		return false;
	const bool here = of->self && is_photovoltaic(cell->text);
	if (here)
		cell->text = TH_S("光伏自用电量");
	return !here;
}

/* The names of rows that are left out, each once. */
static void note(th_layout *l, th_block *b, const th_long_row *line)
{
	if (b->column[line->column].activity.len || b->skipped_row == line->row + 1u)
		return;
	b->skipped_row = line->row + 1u;
	b->skipped_rows++;
	b->skipped_numbers = true;
	if (b->skipped.len > 200)
		return;
	th_buf_str(&b->skipped, b->skipped.len ? "、" : "");
	th_buf_slice(&b->skipped, line->cell[l->f_activity].text);
}

static void leave_out(struct balances *w, const unsigned char *kind, const uint32_t *key, bool *drop)
{
	bool any = false;
	for (size_t i = 0; i < w->b->lines; i++) {
		th_long_row *line = &w->l->row[w->b->first_line + i];
		drop[i] = key[i] != TH_NONE && is_out(w, line, (power)kind[i], &w->of[key[i]]);
		any |= drop[i];
		if (drop[i])
			note(w->l, w->b, line);
	}
	if (any)
		w->failed = !th_lay_take_off(w->l, w->b, drop);
}

bool th_lay_balance(th_layout *l, th_block *b)
{
	struct balances w = {.l = l, .b = b};
	bool any = false;
	if (l->f_quantity < 0 || b->lines == 0)
		return true;
	unsigned char *kind = th_arena_alloc(&l->arena, b->lines, 1);
	uint32_t *key = th_arena_alloc(&l->arena, b->lines, sizeof *key);
	bool *drop = th_arena_alloc(&l->arena, b->lines, sizeof *drop);
	w.failed = !kind || !key || !drop;
	for (size_t i = 0; i < b->lines && !w.failed; i++) {
		kind[i] = (unsigned char)power_of(l, &l->row[b->first_line + i]);
		any |= kind[i] == GENERATED || kind[i] == SELF_USED;
	}
	for (size_t i = 0; i < b->lines && !w.failed && any; i++)
		add(&w, b->first_line + i, (power)kind[i], &key[i]);
	for (uint32_t i = 0; i < w.key.count && !w.failed; i++)
		settle(&w, &w.of[i]);
	if (any && !w.failed)
		leave_out(&w, kind, key, drop);
	if (w.failed)
		th_lay_worse(l, th_no_memory(l->diags));
	th_intern_free(&w.key);
	th_buf_free(&w.text);
	free(w.of);
	return l->status != TH_SYSTEM;
}

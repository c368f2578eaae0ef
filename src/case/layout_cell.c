/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one cell of a header is. */

#include "case/layout_parts.h"

th_slice th_lay_split(const th_layout *l, th_slice text, th_slice *unit)
{
	*unit = (th_slice){"", 0};
	return th_find_activity(l->reference, text) != TH_NONE ? text : th_split_unit(l->reference->units, text, unit);
}

uint32_t th_lay_activity(const th_layout *l, th_slice name)
{
	static const char *const tails[] = {"使用量", "消耗量", "消费量", "耗用量", "用量", "量"}, *const never[] = {"供", "发", "耗油"};
	uint32_t found = name.len ? th_find_activity(l->reference, name) : TH_NONE;
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		if (found != TH_NONE || th_slice_starts(name, th_slice_of(never[i])))
			return found;
	th_slice inside, bare = th_header_name(name, &inside);
	if (inside.len && bare.len)
		found = th_find_activity(l->reference, bare);
	size_t head = th_slice_starts(bare, TH_S("耗")) ? 3 : 0; /* 耗天然气量, 耗水量 */
	for (size_t i = 0; i < sizeof tails / sizeof *tails && found == TH_NONE; i++) {
		size_t tail = strlen(tails[i]);
		if (bare.len <= head + tail || memcmp(bare.ptr + bare.len - tail, tails[i], tail) != 0)
			continue; /* a suffix is never stripped to nothing */
		found = th_find_activity(l->reference, (th_slice){bare.ptr, bare.len - tail});
		if (found == TH_NONE && head)
			found = th_find_activity(l->reference, (th_slice){bare.ptr + head, bare.len - tail - head});
	}
	return found;
}

static int field_of(const th_layout *l, th_slice column)
{
	for (size_t i = 0; i < l->fields; i++)
		if (th_slice_eq(column, th_slice_of(l->field[i].name)))
			return (int)i;
	return -1;
}

static bool as_word(th_layout *l, th_slice name, th_part *part)
{
	static const th_layout_kind order[] = {
		TH_LW_ORDINAL, TH_LW_MATERIAL, TH_LW_ASIDE, TH_LW_MONEY, TH_LW_OPENING, TH_LW_PURCHASE, TH_LW_MOVED, TH_LW_CLOSING, TH_LW_COEFFICIENT,
		TH_LW_PART, TH_LW_RUNNING, TH_LW_TOTAL, TH_LW_AVERAGE, TH_LW_ACTUAL, TH_LW_CONSUMPTION, TH_LW_CHARGE, TH_LW_NO_ACTIVITY,
	};
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		const th_layout_word *word = th_layout_word_in(&l->reference->layout_words, order[i], name);
		if (!word)
			continue;
		part->kind = TH_PART_WORD;
		part->word = order[i];
		return true;
	}
	return false;
}

/* A column's name, also with brackets behind it. */
static bool as_field(th_layout *l, th_slice name, th_part *part)
{
	const th_layout_words *words = &l->reference->layout_words;
	bool measures = strcmp(l->kind, "measures") == 0;
	th_slice column = th_column_named(l->reference->columns, l->kind, name);
	const th_layout_word *word = th_layout_word_in(words, measures ? TH_LW_FIELD_MEASURES : TH_LW_FIELD_INVENTORY, name);
	bool inventory = strcmp(l->kind, "inventory") == 0;
	part->time_part = inventory && th_column_named(l->reference->columns, "inventory.period", name).len > 0;
	if (!column.len && !word && !part->time_part)
		return false;
	if (!column.len && word && !measures && !inventory)
		return false;
	int field = part->time_part ? l->f_period : field_of(l, column);
	if (field < 0 && word)
		field = field_of(l, word->value);
	if (inventory && field == l->f_quantity && as_word(l, name, part) && part->word != TH_LW_CONSUMPTION)
		return false; /* 本月实际 is a quantity, and the word says of which time too: so the word is the one to read */
	part->kind = TH_PART_FIELD;
	part->field = field;
	return true;
}

/* A time as a whole; four digits may be a quantity that looks like a year. */
static bool as_time(const th_layout *l, th_part *part)
{
	if (th_when_read(&l->reference->layout_words, part->text, &part->when)) {
		int year = th_when_year(&part->when);
		part->kind = part->when.whole && part->text.len == 4 && (year < 1990 || year > 2100) ? TH_PART_EMPTY : TH_PART_WHEN;
	}
	if (part->kind != TH_PART_WHEN)
		part->when = (th_when){0};
	return part->kind == TH_PART_WHEN;
}

th_part th_lay_part(th_layout *l, th_slice text)
{
	th_part part = {.kind = TH_PART_EMPTY, .field = -1};
	part.text = part.name = th_lay_squeezed(l, text);
	part.unit = (th_slice){"", 0};
	if (part.text.len == 0)
		return part;
	if (as_time(l, &part))
		return part;
	if (as_field(l, part.text, &part))
		return part;
	part.name = th_lay_split(l, part.text, &part.unit);
	if (part.unit.len == 0) { /* 单位名称(盖章), 碳氧化率(收到基) */
		th_slice inside, bare = th_header_name(part.text, &inside);
		if (inside.len && bare.len && (as_field(l, bare, &part) || as_word(l, bare, &part))) {
			part.name = bare;
			return part;
		}
	}
	if (part.unit.len && l->f_quantity >= 0 && th_when_read(&l->reference->layout_words, part.name, &part.when)) { /* 1月（kWh） */
		part.kind = TH_PART_WHEN;
		return part;
	}
	part.name = th_without_ordinal(part.name);
	bool inventory = strcmp(l->kind, "inventory") == 0;
	if ((part.unit.len && as_field(l, part.name, &part)) || th_lay_target_part(l, &part) || as_word(l, part.name, &part))
		return part;
	if (inventory && th_unit_is_money(l->reference->units, part.unit)) {
		part.kind = TH_PART_WORD;
		part.word = TH_LW_MONEY;
		return part;
	}
	if (inventory && th_lay_activity(l, part.name) != TH_NONE) {
		part.kind = TH_PART_ACTIVITY;
		return part;
	}
	if (inventory && part.unit.len && (th_layout_word_in(&l->reference->layout_words, TH_LW_RENAME, part.name) ||
	                                   th_layout_word_in(&l->reference->layout_words, TH_LW_OUTPUT, part.name))) {
		part.kind = TH_PART_ACTIVITY;
		return part;
	}
	part.kind = TH_PART_UNKNOWN;
	return part;
}

bool th_lay_is_either(const th_layout *l, const th_part *part)
{
	return part->kind == TH_PART_FIELD && l->f_period >= 0 && part->field == l->f_period && !part->time_part &&
	       th_layout_word_in(&l->reference->layout_words, TH_LW_ACTUAL, part->name);
}


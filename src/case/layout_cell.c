/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one cell of a header is. */

#include "case/layout_parts.h"

th_slice th_lay_split(const th_layout *l, th_slice text, th_slice *unit)
{
	th_slice name;
	if (th_split_last(l->reference->units, text, &name, unit))
		return name;
	th_when when;
	name = th_split_unit(l->reference->units, text, unit);
	if (!unit->len || (th_find_activity(l->reference, text) == TH_NONE && !th_lay_when(l, *unit, &when)))
		return name;
	*unit = (th_slice){"", 0}; /* 电力（2022年） is of that year, and not in 2022 years */
	return text;
}

static bool is_inventory(const th_layout *l)
{
	return strcmp(l->kind, "inventory") == 0;
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
		TH_LW_PART, TH_LW_RUNNING, TH_LW_AGGREGATE, TH_LW_TOTAL, TH_LW_AVERAGE, TH_LW_ACTUAL, TH_LW_CONSUMPTION, TH_LW_CHARGE, TH_LW_NO_ACTIVITY,
	};
	const th_layout_word *word = th_layout_word_is(&l->reference->layout_words, TH_LW_MEAN, name);
	if (!word)
		word = th_layout_word_first(&l->reference->layout_words, order, sizeof order / sizeof *order, name);
	if (!word)
		return false;
	part->kind = TH_PART_WORD;
	part->word = word->kind;
	part->yearly = th_slice_eq(word->value, TH_S("year"));
	return true;
}

/* 起始日期, 上期抄表日. */
static th_when_end bound_of(const th_layout *l, th_slice name)
{
	static const struct { const char *name; th_when_end bound; } ends[] = {{"from", TH_END_FROM}, {"to", TH_END_TO}, {"after", TH_END_AFTER}, {"read", TH_END_READ}};
	th_slice end = th_column_named(l->reference->columns, "inventory.bound", name);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (th_slice_eq(end, th_slice_of(ends[i].name)))
			return ends[i].bound;
	return TH_END_NONE;
}

/* A column's name, also with brackets behind it. */
static bool as_field(th_layout *l, th_slice name, th_part *part)
{
	const th_layout_words *words = &l->reference->layout_words;
	bool measures = strcmp(l->kind, "measures") == 0;
	th_slice column = th_column_named(l->reference->columns, l->kind, name);
	const th_layout_word *word = th_layout_word_in(words, measures ? TH_LW_FIELD_MEASURES : TH_LW_FIELD_INVENTORY, name);
	bool inventory = is_inventory(l);
	part->time_part = inventory && th_column_named(l->reference->columns, "inventory.period", name).len > 0;
	part->bound = inventory && !column.len ? bound_of(l, name) : TH_END_NONE;
	if (!column.len && !word && !part->time_part && !part->bound)
		return false;
	if (!column.len && word && !measures && !inventory)
		return false;
	int field = part->time_part || part->bound ? l->f_period : field_of(l, column);
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
	if (th_lay_when(l, part->text, &part->when)) {
		int year = th_when_year(&part->when);
		part->kind = part->when.whole && part->text.len == 4 && (year < 1990 || year > 2100) ? TH_PART_EMPTY : TH_PART_WHEN;
	}
	if (part->kind != TH_PART_WHEN)
		part->when = (th_when){0};
	return part->kind == TH_PART_WHEN;
}

/* --- names with words around them --- */

/* 计划用电量, 一厂用电量, 2023年用量, 总用电量, 用电量（实际）: a name that is known, and before it or in brackets behind it a word, a time or a site. */

enum { TRIES_MOST = 8, NAME_LONGEST = 96, LEAST_SITE = 4 }; /* how often a piece of one cell is looked up, so that no cell takes long */

#define BIT(kind) (UINT64_C(1) << (kind))

static const uint64_t before_names = BIT(TH_LW_ASIDE) | BIT(TH_LW_ACTUAL) | BIT(TH_LW_RUNNING) | BIT(TH_LW_TOTAL) | BIT(TH_LW_AVERAGE);
static const uint64_t in_brackets = BIT(TH_LW_ASIDE) | BIT(TH_LW_ACTUAL) | BIT(TH_LW_RUNNING) | BIT(TH_LW_TOTAL) | BIT(TH_LW_AVERAGE) | BIT(TH_LW_OPENING) | BIT(TH_LW_CLOSING);

static th_part part_of(th_layout *l, th_slice text, int *tries);

bool th_lay_is_place(const th_layout *l, th_slice name)
{
	const th_layout_words *words = &l->reference->layout_words;
	const th_layout_word *word = th_layout_word_in(words, TH_LW_PLACE, name);
	if (!word)
		word = th_layout_word_in(words, TH_LW_ORGANISATION, name);
	return word && !word->value.len && (word->place == TH_WORD_WHOLE || word->key.len < name.len); /* 厂 alone is no name */
}

/* Without a stroke or colon between a name and what stands before it. */
static th_slice without_mark(th_slice text, bool behind)
{
	static const char *const marks[] = {"-", "—", "–", "－", "_", "·", ":", "：", "/", "的"};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		th_slice mark = th_slice_of(marks[i]);
		if (behind && text.len > mark.len && th_slice_ends(text, mark))
			text.len -= mark.len;
		else if (!behind && text.len > mark.len && th_slice_starts(text, mark))
			text = (th_slice){text.ptr + mark.len, text.len - mark.len};
	}
	return th_slice_trim(text);
}

static bool is_quantity(const th_layout *l, const th_part *part)
{
	return part->kind == TH_PART_ACTIVITY || (part->kind == TH_PART_FIELD && part->field >= 0 && part->field == l->f_quantity) ||
	       (part->kind == TH_PART_WORD && part->word == TH_LW_CONSUMPTION);
}

/* Is the rest of a name one that is known, so that `more` stands around it? */
static bool stands_around(th_layout *l, th_slice rest, const th_part *more, int *tries, th_part *part)
{
	if (--*tries < 0)
		return false;
	th_part in = part_of(l, without_mark(rest, false), tries);
	const bool time = in.kind == TH_PART_WHEN && (more->site.len || more->said & (BIT(TH_LW_ASIDE) | BIT(TH_LW_ACTUAL)));
	const bool word = in.kind == TH_PART_WORD && !(more->said & BIT(TH_LW_AVERAGE));
	if (!is_quantity(l, &in) && !time && !word)
		return false;
	if (in.site.len && more->said & BIT(TH_LW_TOTAL))
		return false;
	in.text = part->text;
	in.unit = in.unit.len ? in.unit : part->unit;
	in.said |= more->said;
	in.yearly |= more->yearly;
	in.when = th_when_join(&in.when, &more->when);
	if (more->site.len)
		in.site = in.site.len ? th_lay_glued(l, more->site, "/", in.site) : more->site;
	*part = in;
	return true;
}

static bool after_word(th_layout *l, int *tries, th_part *part)
{
	size_t end;
	const th_layout_word *word = th_layout_word_before(&l->reference->layout_words, before_names, part->name, &end);
	th_part more = {.kind = TH_PART_EMPTY};
	if (!word)
		return false;
	more.said = BIT(word->kind);
	more.yearly = th_slice_eq(word->value, TH_S("year"));
	return stands_around(l, (th_slice){part->name.ptr + end, part->name.len - end}, &more, tries, part);
}

/* 2023年用量, 1月用电量: the longest front that is a time. */
static bool after_time(th_layout *l, int *tries, th_part *part)
{
	enum { LONGEST = 40 };
	static const char *const firsts[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "第", "上半年", "下半年", "Q", "H"};
	th_slice name = part->name;
	bool may = name.ptr[0] >= '0' && name.ptr[0] <= '9';
	for (size_t i = 0; i < sizeof firsts / sizeof *firsts && !may; i++)
		may = th_slice_starts(name, th_slice_of(firsts[i]));
	for (size_t at = name.len - 1 < LONGEST ? name.len - 1 : LONGEST; may && at > 1; at--) {
		th_part more = {.kind = TH_PART_EMPTY};
		bool cut = ((unsigned char)name.ptr[at] & 0xC0) == 0x80 || (name.ptr[at] >= '0' && name.ptr[at] <= '9' && name.ptr[at - 1] >= '0' && name.ptr[at - 1] <= '9');
		if (cut || !th_lay_when(l, (th_slice){name.ptr, at}, &more.when))
			continue;
		int year = th_when_year(&more.when);
		return !(at == 4 && (year < 1990 || year > 2100)) && stands_around(l, (th_slice){name.ptr + at, name.len - at}, &more, tries, part);
	}
	return false;
}

/* Of the words of a kind: how much of a name its longest front that is a place takes, more than `best` and shorter than `most`. */
static size_t place_of(const th_layout *l, th_layout_kind kind, th_slice name, size_t most, size_t best)
{
	const th_layout_words *words = &l->reference->layout_words;
	const uint64_t pairs = th_layout_pairs(name);
	for (size_t i = words->of[kind].from; i < words->of[kind].end; i++) {
		const th_layout_word *word = &words->word[i];
		if (word->kind != kind || word->value.len || (word->pairs & ~pairs))
			continue;
		for (size_t at = 0; at + word->key.len < most; at++)
			if (at + word->key.len > best && memcmp(name.ptr + at, word->key.ptr, word->key.len) == 0 && th_lay_is_place(l, (th_slice){name.ptr, at + word->key.len}))
				best = at + word->key.len;
	}
	return best;
}

/* The same of all that are places; 0: none. */
static size_t place_in(const th_layout *l, th_slice name, size_t most)
{
	return place_of(l, TH_LW_ORGANISATION, name, most, place_of(l, TH_LW_PLACE, name, most, 0));
}

/* 一厂用电量: of several fronts that are places, the longest behind which a name is known. */
static bool after_place(th_layout *l, int *tries, th_part *part)
{
	for (size_t most = part->name.len, end; *tries > 0 && (end = place_in(l, part->name, most)) > 0; most = end) {
		th_part more = {.kind = TH_PART_EMPTY};
		more.site = without_mark((th_slice){part->name.ptr, end}, true);
		if (stands_around(l, (th_slice){part->name.ptr + end, part->name.len - end}, &more, tries, part))
			return true;
	}
	return false;
}

/* How much of the end of a name is a word of the kind; 0: none is. */
static size_t ends_with(const th_layout_words *words, th_layout_kind kind, th_slice name)
{
	size_t len = 0;
	for (size_t i = words->of[kind].from; i < words->of[kind].end; i++)
		if (words->word[i].kind == kind && words->word[i].place == TH_WORD_WHOLE && words->word[i].key.len > len && words->word[i].key.len < name.len &&
		    th_slice_ends(name, words->word[i].key))
			len = words->word[i].key.len;
	return len;
}

/* 用电量合计, 用电总量, 用电量累计. */
static bool before_sum(th_layout *l, int *tries, th_part *part)
{
	static const th_layout_kind kinds[] = {TH_LW_TOTAL, TH_LW_RUNNING};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const th_part more = {.kind = TH_PART_EMPTY, .said = BIT(kinds[i])};
		const size_t len = ends_with(&l->reference->layout_words, kinds[i], part->name);
		th_part in = *part;
		if (len == 0 || !stands_around(l, without_mark((th_slice){part->name.ptr, part->name.len - len}, true), &more, tries, &in) || !is_quantity(l, &in))
			continue;
		*part = in;
		return true;
	}
	return false;
}

static bool is_composed(th_layout *l, int *tries, th_part *part)
{
	if (!is_inventory(l) || *tries <= 0 || part->name.len < 2 || part->name.len > NAME_LONGEST)
		return false;
	return after_word(l, tries, part) || after_time(l, tries, part) || after_place(l, tries, part) || before_sum(l, tries, part);
}

/* 用电量 of 蓝色用电量: the longest known name in which it ends behind the first `from` bytes. */
static th_slice activity_behind(const th_layout *l, th_slice name, size_t from, size_t most)
{
	size_t fronts = 0;
	for (size_t at = from; at + 2 < name.len && fronts < most; at++) {
		if (((unsigned char)name.ptr[at] & 0xC0) == 0x80)
			continue;
		th_slice rest = {name.ptr + at, name.len - at};
		fronts++;
		if (th_lay_activity(l, rest) != TH_NONE)
			return rest;
	}
	return (th_slice){"", 0};
}

bool th_lay_is_whole_use(const th_layout *l, th_slice text)
{
	size_t end;
	return th_layout_word_before(&l->reference->layout_words, UINT64_C(1) << TH_LW_TOTAL, text, &end) && end < text.len &&
	       th_lay_activity(l, (th_slice){text.ptr + end, text.len - end}) != TH_NONE;
}

th_slice th_lay_activity_behind(const th_layout *l, th_slice name)
{
	enum { FRONTS_MOST = 40 };
	return activity_behind(l, name, 0, FRONTS_MOST);
}

/* 日均用电量, 单位面积用电量, 电力月均消费量: the mean of a thing that is used, which stands behind the word or in front of it. 计划日均用电量 is a plan. */
static bool is_mean(const th_layout *l, th_part *part)
{
	const th_layout_words *words = &l->reference->layout_words;
	const th_layout_word *mean = part->name.len <= NAME_LONGEST ? th_layout_word_in(words, TH_LW_MEAN, part->name) : NULL;
	size_t end, at = 0;
	if (!mean || mean->place != TH_WORD_WITHIN || th_layout_word_before(words, BIT(TH_LW_ASIDE), part->name, &end))
		return false;
	while (at + mean->key.len < part->name.len && memcmp(part->name.ptr + at, mean->key.ptr, mean->key.len) != 0)
		at++;
	th_slice thing = th_lay_activity_behind(l, th_slice_from(part->name, at)), front = {part->name.ptr, at};
	if (!thing.len && th_lay_activity(l, front) != TH_NONE)
		thing = front;
	if (!thing.len || thing.len == part->name.len)
		return false;
	part->kind = TH_PART_ACTIVITY;
	part->name = thing;
	part->said |= BIT(TH_LW_AVERAGE);
	return true;
}

/* 用电量（实际）, 用电量（2022年）, 用电量（一厂）. */
static bool in_bracket(th_layout *l, th_slice bare, th_slice inside, int *tries, th_part *part)
{
	th_part more = {.kind = TH_PART_EMPTY};
	more.site = (th_slice){"", 0};
	if (!is_inventory(l) || *tries <= 0 || part->text.len > NAME_LONGEST)
		return false;
	for (int kind = 0; kind < TH_LW_KINDS && !more.said; kind++) {
		const th_layout_word *word = in_brackets >> kind & 1 ? th_layout_word_is(&l->reference->layout_words, (th_layout_kind)kind, inside) : NULL;
		more.said = word ? BIT(kind) : 0;
		more.yearly = word && th_slice_eq(word->value, TH_S("year"));
	}
	if (th_lay_word(l, TH_LW_MEAN, inside)) /* 用电量（日均） */
		more.said |= BIT(TH_LW_AVERAGE);
	if (!more.said && !th_lay_when(l, inside, &more.when) && th_lay_is_place(l, inside) &&
	    th_lay_activity(l, th_lay_glued(l, inside, "", bare)) == TH_NONE) /* 柴油（0#） is 0#柴油 */
		more.site = inside;
	th_part in = *part;
	if ((!more.said && !more.site.len && !more.when.whole && !more.when.sub) || !stands_around(l, bare, &more, tries, &in) || !is_quantity(l, &in))
		return false;
	*part = in;
	return true;
}

/* --- the cell --- */

static th_part part_of(th_layout *l, th_slice text, int *tries)
{
	th_part part = {.kind = TH_PART_EMPTY, .field = -1};
	part.text = part.name = th_lay_squeezed(l, text);
	part.unit = part.site = part.like = (th_slice){"", 0};
	if (part.text.len == 0)
		return part;
	if (as_time(l, &part))
		return part;
	if (as_field(l, part.text, &part))
		return part;
	part.name = th_lay_split(l, part.text, &part.unit);
	if (part.unit.len == 0) { /* 单位名称(盖章), 碳氧化率(收到基) */
		th_slice inside, bare = th_header_name(part.text, &inside);
		if (inside.len && bare.len && in_bracket(l, bare, inside, tries, &part))
			return part;
		if (inside.len && bare.len && (as_field(l, bare, &part) || as_word(l, bare, &part))) {
			part.name = bare;
			return part;
		}
	}
	if (part.unit.len && l->f_quantity >= 0 && th_lay_when(l, part.name, &part.when)) { /* 1月（kWh） */
		part.kind = TH_PART_WHEN;
		return part;
	}
	part.name = th_without_ordinal(part.name);
	bool inventory = is_inventory(l);
	if (part.unit.len) { /* 用电量（实际）（kWh） */
		th_slice inside, bare = th_header_name(part.name, &inside);
		if (inside.len && bare.len && in_bracket(l, bare, inside, tries, &part))
			return part;
	}
	if ((part.unit.len && as_field(l, part.name, &part)) || th_lay_target_part(l, &part) || (inventory && is_mean(l, &part)) ||
	    (!(inventory && th_lay_is_generated(l, part.name)) && as_word(l, part.name, &part)))
		return part;
	if (inventory && th_unit_is_money(l->reference->units, part.unit)) {
		part.kind = TH_PART_WORD;
		part.word = TH_LW_MONEY;
		return part;
	}
	if (inventory && (th_lay_is_generated(l, part.name) || th_lay_activity(l, part.name) != TH_NONE)) {
		part.kind = TH_PART_ACTIVITY;
		return part;
	}
	if (inventory && part.unit.len && (th_lay_word(l, TH_LW_RENAME, part.name) ||
	                                   th_lay_word(l, TH_LW_OUTPUT, part.name))) {
		part.kind = TH_PART_ACTIVITY;
		return part;
	}
	if (is_composed(l, tries, &part))
		return part;
	part.kind = TH_PART_UNKNOWN;
	if (inventory && part.unit.len)
		part.like = activity_behind(l, part.name, LEAST_SITE, 12);
	return part;
}

th_part th_lay_part(th_layout *l, th_slice text)
{
	int tries = TRIES_MOST;
	return part_of(l, text, &tries);
}

/* 电力（计划） is known for power, whatever its bracket says. */
bool th_lay_is_bare(th_layout *l, th_slice name)
{
	th_slice inside, bare = th_header_name(name, &inside);
	uint32_t activity = th_lay_activity(l, name);
	if (activity == TH_NONE || !inside.len || activity != th_lay_activity(l, bare))
		return activity != TH_NONE;
	th_part part = th_lay_part(l, name);
	return part.kind != TH_PART_ACTIVITY || !(part.said || part.site.len || part.when.whole || part.when.sub);
}

bool th_lay_is_either(const th_layout *l, const th_part *part)
{
	return part->kind == TH_PART_FIELD && l->f_period >= 0 && part->field == l->f_period && !part->time_part && !part->bound &&
	       th_lay_word(l, TH_LW_ACTUAL, part->name);
}


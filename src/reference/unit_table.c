/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/unit_table.h"

/* --- prefixes (SI Brochure 9th ed. table 7; Chinese names GB 3100-93 table 5) --- */

typedef enum spelling { SYMBOL, ENGLISH, CHINESE, SPELLINGS } spelling;

/* Chinese 十 百 are left out: as multipliers (unit_text.c) they mean the same before any unit, and 百米2 is 100 m2. */
static const struct { const char *text[SPELLINGS]; int power; } prefixes[] = {
	{{"k", "kilo", "千"}, 3}, {{"M", "mega", "兆"}, 6}, {{"G", "giga", "吉"}, 9}, {{"T", "tera", "太"}, 12},
	{{"P", "peta", "拍"}, 15}, {{"E", "exa", "艾"}, 18}, {{"h", "hecto", ""}, 2}, {{"d", "deci", "分"}, -1},
	{{"c", "centi", "厘"}, -2}, {{"m", "milli", "毫"}, -3}, {{"\xC2\xB5", "micro", "微"}, -6}, {{"u", "", ""}, -6},
};
enum { PREFIXES = sizeof prefixes / sizeof *prefixes };

bool th_units_prefixes(th_slice cell, unsigned *bits, th_slice *unknown)
{
	*bits = 0;
	if (th_slice_eq(cell, TH_S("SI"))) {
		*bits = (1u << PREFIXES) - 1;
		return true;
	}
	while (th_slice_split(&cell, ' ', unknown)) {
		size_t i = 0;
		if (unknown->len == 0)
			continue;
		while (i < PREFIXES && !th_slice_eq(*unknown, th_slice_of(prefixes[i].text[SYMBOL])))
			i++;
		if (i == PREFIXES)
			return false;
		*bits |= 1u << i;
	}
	return true;
}

/* --- reading --- */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

typedef struct search {
	const th_units *units;
	bool fold;
	th_buf *list;
	size_t start;        /* of this search in the list */
	unsigned found;      /* different readings */
	bool flipped;        /* one of them takes an m for an M */
	bool refused;
	th_unit unit;
	const th_unit_row *row; /* whose unit it is */
} search;

/* What stands around a name: a prefix before it, a tag behind it. */
typedef struct setting {
	int prefix;          /* -1: none */
	spelling script;
	bool flipped;
	const th_unit_row *tag;
} setting;

static void list_add(search *s, th_slice text)
{
	if (s->list)
		th_buf_slice(s->list, text);
}

static void add_reading(search *s, const th_unit_row *row, th_slice name, const setting *around)
{
	if (s->refused || (row->refused && around->prefix >= 0))
		return;
	if (row->refused) {
		s->refused = true;
		if (s->list)
			s->list->len = s->start; /* its choices are the whole answer */
		list_add(s, row->choices);
		return;
	}
	th_unit unit = row->unit;
	if (around->prefix >= 0)
		th_unit_scale(&unit, 1, 1, prefixes[around->prefix].power);
	if (around->tag) {
		uint32_t mass = th_intern_find(&s->units->dimensions, TH_S("mass"));
		th_unit plain = th_unit_one();
		if (mass != TH_NONE)
			plain.dim[mass] = 1;
		if (!th_unit_same_dimension(&unit, &plain))
			return;
		th_unit_mul(&unit, &around->tag->unit);
	}
	if (s->found && th_unit_same_dimension(&unit, &s->unit) && unit.num == s->unit.num && unit.den == s->unit.den &&
	    unit.exp == s->unit.exp)
		return;
	s->found++;
	s->flipped |= around->flipped;
	s->unit = unit;
	s->row = row;
	list_add(s, s->list && s->list->len > s->start ? TH_S(", ") : TH_S(""));
	list_add(s, around->prefix < 0 ? TH_S("") : th_slice_of(prefixes[around->prefix].text[around->script]));
	list_add(s, name);
	list_add(s, around->tag ? around->tag->name : TH_S(""));
}

/* The first name that is `text`, in any case when the search folds. */
static uint32_t first_name(search *s, th_slice text)
{
	char folded[TH_UNIT_TEXT];
	if (!s->fold)
		return th_intern_find(&s->units->names, text);
	if (text.len > sizeof folded)
		return TH_NONE;
	for (size_t i = 0; i < text.len; i++)
		folded[i] = lower(text.ptr[i]);
	uint32_t at = th_intern_find(&s->units->folded, (th_slice){folded, text.len});
	return at == TH_NONE ? TH_NONE : s->units->first_alike[at];
}

static uint32_t next_name(const search *s, uint32_t name)
{
	return s->fold ? s->units->next_alike[name] : TH_NONE;
}

static void read_prefixed(search *s, th_slice text, const th_unit_row *tag, int prefix, spelling script)
{
	th_slice sign = th_slice_of(prefixes[prefix].text[script]);
	if (sign.len == 0 || text.len <= sign.len)
		return;
	bool same = true;
	for (size_t i = 0; i < sign.len; i++) {
		if (text.ptr[i] != sign.ptr[i] && !(s->fold && lower(text.ptr[i]) == lower(sign.ptr[i])))
			return;
		same &= text.ptr[i] == sign.ptr[i];
	}
	setting around = {prefix, script, !same && script == SYMBOL && lower(sign.ptr[0]) == 'm', tag};
	th_slice rest = {text.ptr + sign.len, text.len - sign.len};
	for (uint32_t n = first_name(s, rest); n != TH_NONE; n = next_name(s, n)) {
		const th_unit_row *row = &s->units->row[s->units->row_of[n]];
		th_slice name = th_intern_text(&s->units->names, n);
		/* 千 is a prefix of 米 and a multiplier of m: 千米2 is (km)2, 千m2 a thousand m2. */
		bool chinese = (unsigned char)name.ptr[0] >= 0x80;
		if (row->prefixes >> prefix & 1 && chinese == (script == CHINESE) && (script != ENGLISH || name.len > 3))
			add_reading(s, row, name, &around);
	}
}

/* A single letter never changes its case: G is not the gram, N not a nitrogen. */
static bool letter_differs(const search *s, th_slice text, uint32_t name)
{
	return text.len == 1 && !th_slice_eq(text, th_intern_text(&s->units->names, name));
}

static void read_name(search *s, th_slice text, const th_unit_row *tag)
{
	setting alone = {-1, SYMBOL, false, tag};
	for (uint32_t n = first_name(s, text); n != TH_NONE; n = next_name(s, n))
		if (!letter_differs(s, text, n))
			add_reading(s, &s->units->row[s->units->row_of[n]], th_intern_text(&s->units->names, n), &alone);
	if (!s->fold && (s->found || s->refused))
		return;
	for (int p = 0; p < PREFIXES; p++)
		for (int k = 0; k < SPELLINGS; k++)
			read_prefixed(s, text, tag, p, (spelling)k);
}

th_unit_error th_units_read(const th_units *units, th_slice word, bool fold, th_unit *out, const th_unit_row **whose, th_buf *list)
{
	search s = {.units = units, .fold = fold, .list = list, .start = list ? list->len : 0};
	read_name(&s, word, NULL);
	/* The longest tag first: kgN2O-N is N2O-N, not N. */
	for (size_t i = 1; i < word.len && s.found == 0 && !s.refused; i++) {
		if (!units->tag_start[(unsigned char)lower(word.ptr[i])])
			continue;
		th_slice behind = {word.ptr + i, word.len - i};
		for (uint32_t n = first_name(&s, behind); n != TH_NONE; n = next_name(&s, n)) {
			const th_unit_row *row = &units->row[units->row_of[n]];
			if (row->tag && !letter_differs(&s, behind, n))
				read_name(&s, (th_slice){word.ptr, i}, row);
		}
	}
	if (s.refused || s.found > 1 || s.flipped)
		return TH_UNIT_AMBIGUOUS;
	*out = s.unit;
	*whose = s.row;
	return s.found ? TH_UNIT_OK : TH_UNIT_UNKNOWN;
}

const th_intern *th_units_names(const th_units *units)
{
	return &units->names;
}

bool th_unit_known(const th_units *units, th_slice text, th_unit *out)
{
	uint32_t number = units->rows == units->shipped ? th_intern_find(&units->known, text) : TH_NONE; /* a unit of the user's may change what a text means */
	if (number == TH_NONE)
		return false;
	*out = units->reading[number];
	return true;
}

size_t th_units_user_rows(const th_units *units)
{
	return units->rows - units->shipped;
}

th_slice th_units_user_row(const th_units *units, size_t which, const char **file, size_t *line)
{
	const th_unit_row *row = &units->row[units->shipped + which];
	*file = row->file;
	*line = row->line;
	return row->name;
}

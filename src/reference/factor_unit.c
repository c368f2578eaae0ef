/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The unit of a factor: a mass, perhaps with a tag that says of what, per an activity. */
#include <stdlib.h>

#include "base/list.h"
#include "reference/factor_unit.h"

/* What a mass in a factor's numerator can be a mass of. */
enum { TAG_CO2E, TAG_CO2, TAG_CARBON, TAG_CH4, TAG_N2O, TAG_NITROGEN, TAG_N2O_NITROGEN, TAGS };
const char *const th_factor_tags[TAGS] = {"CO2e", "CO2", "C", "CH4", "N2O", "N", "N2O-N"};

bool th_factor_tag_fits(int tag, th_slice gas)
{
	static const struct { int tag; const char *gas; } fits[] = {
		{TAG_CO2E, "CO2e"},       {TAG_CO2, "CO2"},      {TAG_CO2, "CO2-bio"},    {TAG_CO2, "CO2-removal"}, {TAG_CARBON, "CO2"},
		{TAG_CARBON, "CO2-bio"},  {TAG_CARBON, "CO2-removal"}, {TAG_CH4, "CH4"}, {TAG_N2O, "N2O"},         {TAG_NITROGEN, "N2O"},
		{TAG_N2O_NITROGEN, "N2O"},
	};
	for (size_t i = 0; i < sizeof fits / sizeof *fits; i++)
		if (fits[i].tag == tag && th_slice_eq(gas, th_slice_of(fits[i].gas)))
			return true;
	return tag < 0;
}

/* Where the activity starts: behind the first slash (also a full-width one) outside parentheses; text.len if there is none. */
static size_t find_slash(th_slice text, size_t *width)
{
	static const char wide[] = "\xEF\xBC\x8F";
	int depth = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		depth += (c == '(') - (c == ')');
		*width = c == '/' ? 1 : text.len - i >= 3 && memcmp(text.ptr + i, wide, 3) == 0 ? 3 : 0;
		if (*width && depth == 0)
			return i;
	}
	return text.len;
}

/* Parse prefix + text. False without memory; *error and *at as th_unit_parse. */
static bool parse_behind(th_factor_units *cache, const char *prefix, th_slice text, th_unit *out, th_unit_error *error, th_slice *at)
{
	th_buf buf = {0};
	th_buf_str(&buf, prefix);
	th_buf_slice(&buf, text);
	bool memory = !buf.failed;
	if (memory) {
		*error = th_unit_parse(cache->units, th_buf_view(&buf), out, at);
		if (*error != TH_UNIT_OK)
			*at = th_arena_copy(&cache->arena, *at);
		memory = *error == TH_UNIT_OK || at->ptr;
	}
	th_buf_free(&buf);
	return memory;
}

/* Take the tag out of a numerator. The table of units says which tags there are, so one it does not know cannot match. */
static bool untag(th_factor_units *cache, th_factor_unit *u, bool *memory)
{
	static const char *const masses[TAGS + 1] = {"g", "g CO2e", "g CO2", "g C", "g CH4", "g N2O", "g N", "g N2O-N"};
	th_unit mass = {0}, tagged;
	th_unit_error error;
	th_slice at;
	for (int i = 0; i <= TAGS; i++) {
		*memory = parse_behind(cache, "", th_slice_of(masses[i]), &tagged, &error, &at);
		if (!*memory)
			return false;
		if (i == 0)
			mass = tagged;
		if (error != TH_UNIT_OK || !th_unit_same_dimension(&u->unit, &tagged))
			continue;
		memcpy(u->unit.dim, mass.dim, sizeof mass.dim);
		u->tag = i - 1;
		u->basis = u->tag == TAG_CARBON                                       ? TH_BASIS_CARBON
		           : u->tag == TAG_NITROGEN || u->tag == TAG_N2O_NITROGEN ? TH_BASIS_NITROGEN
		                                                                      : TH_BASIS_GAS;
		return true;
	}
	return false;
}

static bool read_unit(th_factor_units *cache, th_slice text, th_factor_unit *u)
{
	th_unit_error error;
	bool memory = true;
	size_t width = 0, slash = find_slash(text, &width);
	*u = (th_factor_unit){.tag = -1, .verdict = TH_FU_NO_MASS, .at = {"", 0}};
	if (slash == text.len)
		return true;
	/* Numerator and activity apart: in kgN/kgN the tags of both would cancel. */
	if (!parse_behind(cache, "", (th_slice){text.ptr, slash}, &u->unit, &error, &u->at))
		return false;
	if (error == TH_UNIT_OK) {
		th_unit inverse;
		if (!untag(cache, u, &memory))
			return memory;
		if (!parse_behind(cache, "1/", (th_slice){text.ptr + slash + width, text.len - slash - width}, &inverse, &error, &u->at))
			return false;
		if (error == TH_UNIT_OK) {
			th_unit_mul(&u->unit, &inverse);
			u->per = inverse;
			for (int i = 0; i < 2; i++)
				th_unit_div(&u->per, &inverse); /* x / x / x = 1 / x */
			u->per.note = 0;
			u->verdict = u->unit.num && u->per.num ? TH_FU_OK : TH_FU_RANGE;
			return true;
		}
	}
	u->verdict = error == TH_UNIT_RANGE ? TH_FU_RANGE : TH_FU_UNKNOWN;
	return true;
}

const th_factor_unit *th_factor_unit_of(th_factor_units *cache, th_slice text)
{
	uint32_t count = cache->text.count;
	uint32_t number = th_intern_find(&cache->text, text);
	if (number != TH_NONE)
		return &cache->unit[number];
	th_factor_unit *grown = th_grown(cache->unit, count, sizeof *grown), unit;
	if (!grown)
		return NULL;
	cache->unit = grown;
	if (!read_unit(cache, text, &unit) || th_intern_add(&cache->text, text) == TH_NONE)
		return NULL;
	cache->unit[count] = unit;
	return &cache->unit[count];
}

void th_factor_units_free(th_factor_units *cache)
{
	th_arena_free(&cache->arena);
	th_intern_free(&cache->text);
	free(cache->unit);
	*cache = (th_factor_units){0};
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a pack holds, found by name. */

#include "base/utf8.h"
#include "rules/expr.h"

bool th_has_alias(const th_slice *alias, size_t aliases, th_slice key)
{
	for (size_t i = 0; i < aliases; i++)
		if (th_slice_eq(alias[i], key))
			return true;
	return false;
}

/* Where the look-up for a key begins. */
static size_t slot_of(const th_pack *pack, th_slice key)
{
	return th_hash(key.ptr, key.len) & (pack->slots - 1);
}

static size_t spellings(const th_pack *pack)
{
	size_t count = 0;
	for (size_t i = 0; i < pack->decls; i++)
		count += 1 + pack->decl[i].aliases;
	return count;
}

static void enter(th_pack *pack, th_slice key, uint32_t decl)
{
	size_t at = slot_of(pack, key);
	while (pack->slot[at])
		at = (at + 1) & (pack->slots - 1);
	pack->slot[at] = decl + 1;
}

bool th_pack_index(th_pack *pack)
{
	enum { FIRST = 16 };
	size_t slots = FIRST, count = spellings(pack);
	while (slots < 2 * count)
		slots *= 2;
	pack->slot = th_arena_alloc(&pack->arena, slots, sizeof *pack->slot);
	if (!pack->slot)
		return false;
	pack->slots = slots;
	for (uint32_t i = 0; i < pack->decls; i++) {
		enter(pack, pack->decl[i].id, i);
		for (size_t k = 0; k < pack->decl[i].aliases; k++)
			enter(pack, pack->decl[i].alias[k], i);
	}
	return true;
}

/* No two declarations of one role have a spelling in common. */
static uint32_t find_decl(const th_pack *pack, th_slice name, size_t from, size_t to)
{
	char place[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(name, place);
	if (!key.ptr)
		return TH_NONE;
	for (size_t at = slot_of(pack, key); pack->slot[at]; at = (at + 1) & (pack->slots - 1)) {
		size_t i = pack->slot[at] - 1;
		if (i >= from && i < to && th_has_alias(pack->decl[i].alias, pack->decl[i].aliases, key))
			return (uint32_t)i;
	}
	return TH_NONE;
}

/* Those of a smaller number were entered first, and are met first. */
uint32_t th_pack_decl(const th_pack *pack, th_slice id)
{
	for (size_t at = slot_of(pack, id); pack->slot[at]; at = (at + 1) & (pack->slots - 1))
		if (th_slice_eq(pack->decl[pack->slot[at] - 1].id, id))
			return pack->slot[at] - 1;
	return TH_NONE;
}

uint32_t th_pack_fact(const th_pack *pack, th_slice name)
{
	return find_decl(pack, name, 0, pack->facts);
}

uint32_t th_pack_param(const th_pack *pack, th_slice name)
{
	return find_decl(pack, name, pack->facts, pack->facts + pack->params);
}

uint32_t th_pack_computed(const th_pack *pack, th_slice id)
{
	return find_decl(pack, id, pack->facts + pack->params, pack->decls);
}

uint32_t th_pack_group(const th_pack *pack, th_slice name)
{
	uint32_t found = TH_NONE;
	char place[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(name, place);
	for (size_t i = 0; i < pack->groups; i++)
		if (th_has_alias(pack->group[i].alias, pack->group[i].aliases, key))
			found = (uint32_t)i;
	return found;
}

/* A key without 领域 behind it. */
static th_slice bare_domain(th_slice key)
{
	static const th_slice word = {"领域", 6};
	bool behind = key.len > word.len && memcmp(key.ptr + key.len - word.len, word.ptr, word.len) == 0;
	return behind ? (th_slice){key.ptr, key.len - word.len} : key;
}

uint32_t th_pack_domain(const th_pack *pack, th_slice name)
{
	char place[TH_KEY_PLACE], other[TH_KEY_PLACE];
	th_slice key = bare_domain(th_utf8_key_in(name, place));
	for (uint32_t i = 0; i < pack->domains && key.ptr && key.len; i++) {
		const th_slice names[] = {pack->domain[i].id, pack->domain[i].name.zh, pack->domain[i].name.en};
		for (size_t n = 0; n < sizeof names / sizeof *names; n++)
			if (th_slice_eq(bare_domain(th_utf8_key_in(names[n], other)), key))
				return i;
	}
	return TH_NONE;
}

uint32_t th_rule_measure_domain(const th_pack *pack, const th_rule_measure *measure)
{
	return measure->group >= pack->groups ? measure->domain : pack->group[measure->group].domain;
}

uint32_t th_decl_option(const th_rule_decl *decl, th_slice name)
{
	uint32_t found = TH_NONE;
	char place[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(name, place);
	for (size_t i = 0; i < decl->options; i++)
		if (th_has_alias(decl->option[i].alias, decl->option[i].aliases, key))
			found = (uint32_t)i;
	return found;
}

uint32_t th_pack_requirement(const th_pack *pack, th_slice id)
{
	for (size_t i = 0; i < pack->requirements; i++)
		if (th_slice_eq(pack->requirement[i].id, id))
			return (uint32_t)i;
	return TH_NONE;
}

uint32_t th_pack_requirement_of(const th_pack *pack, th_slice id)
{
	for (size_t i = 0; i < pack->everys; i++)
		if (th_slice_eq(pack->every[i].id, id))
			return (uint32_t)i;
	return TH_NONE;
}

uint32_t th_pack_define(const th_pack *pack, th_slice id)
{
	for (size_t i = 0; i < pack->defines; i++)
		if (th_slice_eq(pack->define[i].id, id))
			return (uint32_t)i;
	return TH_NONE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every allocation of the rules fails once, one after the other: reading a pack (a good one and one with mistakes), reading facts,
 * deciding, asking, opening packs by name: those of a folder of small ones, and each that comes with tanhe. Each time the status says so or everything
 * is there. Linked with --wrap of th_arena_alloc, th_arena_room, th_arena_copy, th_calloc and realloc. Usage: rules_memory DATA SMALL PACK BADPACK..., SMALL being a
 * folder like DATA: its packs are opened one behind the other, which takes as many runs as there are allocations in all of them. */

#include <stdio.h>
#include <stdlib.h>

#include "reference/reference.h"
#include "rules/rules.h"

static long left = -1; /* allocations until the one that fails; below 0 none does */

void *__real_th_arena_alloc(th_arena *arena, size_t count, size_t size);
void *__wrap_th_arena_alloc(th_arena *arena, size_t count, size_t size);
void *__real_th_arena_room(th_arena *arena, size_t count, size_t size);
void *__wrap_th_arena_room(th_arena *arena, size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__real_th_calloc(size_t count, size_t size);
void *__wrap_th_calloc(size_t count, size_t size);

void *__wrap_th_arena_alloc(th_arena *arena, size_t count, size_t size)
{
	return left >= 0 && left-- == 0 ? NULL : __real_th_arena_alloc(arena, count, size);
}

void *__wrap_th_arena_room(th_arena *arena, size_t count, size_t size)
{
	return left >= 0 && left-- == 0 ? NULL : __real_th_arena_room(arena, count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return left >= 0 && left-- == 0 ? NULL : __real_realloc(old, size);
}

void *__wrap_th_calloc(size_t count, size_t size)
{
	return left >= 0 && left-- == 0 ? NULL : __real_th_calloc(count, size);
}

th_slice __real_th_arena_copy(th_arena *arena, th_slice text);
th_slice __wrap_th_arena_copy(th_arena *arena, th_slice text);

th_slice __wrap_th_arena_copy(th_arena *arena, th_slice text)
{
	return left >= 0 && left-- == 0 ? (th_slice){NULL, 0} : __real_th_arena_copy(arena, text);
}

static th_status run(const th_units *units, const char *path, th_arena *arena, th_diags *diags)
{
	static th_fact row[] = {
		{.fact = {"kind", 4}, .value = {"sea", 3}}, {.fact = {"berths", 6}, .value = {"x", 1}}, {.fact = {"trained", 7}, .value = {"x", 1}},
		{.fact = {"nothing", 7}, .value = {"x", 1}}, {.fact = {"fuels", 5}, .value = {"lng;x", 5}}, {.fact = {"fuels", 5}, .value = {"lng", 3}},
	};
	const th_facts facts = {.fact = row, .count = sizeof row / sizeof *row};
	th_pack *pack;
	th_rule_inputs inputs;
	static const uint64_t fits[64]; /* more than the pack has declarations */
	th_rule_results all;
	th_rule_asks asks;
	th_status status = th_pack_parse("empty", (th_slice){"{}", 2}, units, diags, &pack);
	if (status == TH_OK || status == TH_SYSTEM)
		return status;
	status = th_pack_load(path, units, diags, &pack);
	if (status != TH_OK)
		return status;
	status = th_rule_inputs_new(pack, arena, &inputs);
	if (status == TH_OK)
		status = th_rule_inputs_facts(&inputs, &facts, "case.csv", units, arena, diags);
	if (status != TH_SYSTEM)
		status = th_rules_decide(&inputs, arena, &all);
	if (status == TH_OK)
		status = th_rules_ask(&inputs, fits, arena, &asks);
	if (status == TH_OK)
		status = th_rules_ask_route(&inputs, fits, arena, &all);
	if (status == TH_OK && pack->stages && th_rules_stage(pack, "none", diags) == TH_SYSTEM)
		status = TH_SYSTEM;
	th_pack_free(pack);
	return status;
}

/* Packs by name: a file and an id that are not there, the default one, all of them. */
static th_status by_name(const th_units *units, const char *data, th_diags *diags)
{
	const th_reference reference = {.units = (th_units *)units};
	th_pack *pack, **all;
	size_t count;
	if (th_rules_open(&reference, data, "no/where.json", diags, &pack) == TH_OK)
		return TH_INVALID;
	th_status status = th_rules_open(&reference, data, NULL, diags, &pack);
	th_rules_free(pack);
	if (status == TH_OK)
		status = th_rules_open(&reference, data, "none", diags, &pack);
	if (status == TH_USAGE)
		status = th_rules_open_all(&reference, data, diags, &all, &count);
	if (status == TH_OK)
		th_rules_free_all(all, count);
	return status;
}

/* One of those that come with tanhe. */
static th_status open_one(const th_units *units, const char *data, const char *id, th_diags *diags)
{
	const th_reference reference = {.units = (th_units *)units};
	th_pack *pack;
	th_status status = th_rules_open(&reference, data, id, diags, &pack);
	th_rules_free(pack);
	return status;
}

/* What to do with each allocation failing: the packs of SMALL by their names, one that comes with tanhe, a pack's file. */
typedef struct job {
	enum { NAMES, SHIPPED, FILE_OF_PACK } kind;
	const char *what;
} job;

static th_status work(const job *j, const th_units *units, const char *data, th_diags *diags)
{
	th_arena arena = {0};
	th_status status = j->kind == NAMES ? by_name(units, j->what, diags) : j->kind == SHIPPED ? open_one(units, data, j->what, diags) : run(units, j->what, &arena, diags);
	th_arena_free(&arena);
	return status;
}

/* False: there is no memory for the trial itself. */
static bool fail_each(const job *j, const th_units *units, const char *data, size_t *failed, size_t *told)
{
	for (long n = 0;; n++) {
		th_diags *diags = th_diags_new();
		if (!diags)
			return false;
		left = n;
		th_status status = work(j, units, data, diags);
		bool reached = left < 0;
		left = -1;
		th_diags_free(diags);
		*failed += reached;
		*told += reached && status == TH_SYSTEM;
		if (!reached)
			return true;
	}
}

/* All packs that come with tanhe; false when they cannot be opened. */
static bool fail_shipped(const th_units *units, const char *data, size_t *failed, size_t *told)
{
	const th_reference reference = {.units = (th_units *)units};
	th_diags *diags = th_diags_new();
	th_pack **all;
	size_t count;
	bool good = diags && th_rules_open_all(&reference, data, diags, &all, &count) == TH_OK && count > 0;
	for (size_t i = 0; good && i < count; i++) {
		char id[256];
		snprintf(id, sizeof id, "%.*s", (int)all[i]->id.len, all[i]->id.ptr);
		good = fail_each(&(job){SHIPPED, id}, units, data, failed, told);
	}
	if (good)
		th_rules_free_all(all, count);
	th_diags_free(diags);
	return good;
}

int main(int argc, char **argv)
{
	size_t failed = 0, told = 0;
	th_units *units = th_units_new();
	char sha256[65], path[4096];
	th_diags *first = th_diags_new();
	snprintf(path, sizeof path, "%s/units.csv", argc < 5 ? "" : argv[1]);
	if (argc < 5 || !units || !first || th_units_load(units, NULL, path, sha256, first) != TH_OK)
		return 2;
	th_diags_free(first);
	bool good = fail_each(&(job){NAMES, argv[2]}, units, argv[1], &failed, &told) && fail_shipped(units, argv[1], &failed, &told);
	for (int which = 3; which < argc && good; which++)
		good = fail_each(&(job){FILE_OF_PACK, argv[which]}, units, argv[1], &failed, &told);
	th_units_free(units);
	printf("%zu failed allocations, %zu of them ended the run\n", failed, told);
	return good ? told == 0 : 2;
}

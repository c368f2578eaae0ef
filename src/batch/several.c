/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Applicants in tables of several: applicants.csv has the facts of each in a row, and inventory.csv, measures.csv and the others beside it have a
 * column that tells whose a row is. Each becomes a case of what is its own; what else lies there (params.csv, factors.csv) is everybody's. */

#include "batch/several.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/filename.h"
#include "base/list.h"
#include "base/near.h"
#include "base/utf8.h"
#include "io/guard.h"
#include "io/listing.h"
#include "io/reason.h"

/* --- which tables --- */

static bool is_csv(th_slice name)
{
	return th_slice_ends(name, TH_S(".csv")) && !th_slice_ends(name, TH_S(".layout.csv"));
}

/* What a table is called without its folder and its ending. */
static th_slice stem_of(th_slice name)
{
	for (size_t i = name.len; i > 0; i--)
		if (name.ptr[i - 1] == '.')
			return (th_slice){name.ptr, i - 1};
	return name;
}

typedef struct listing {
	th_arena *arena;
	const char *folder;
	th_slice self;        /* the table of applicants, whatever it is called */
	const char *name[TH_CASE_PARTS]; /* of parts of which there is one */
	const char *other[TH_CASE_PARTS]; /* and a second one */
	const char **inventory;
	size_t inventories;
	bool failed;
} listing;

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void see(void *context, const char *name)
{
	listing *l = context;
	th_slice file = th_slice_of(name);
	const bool workbook = th_named_as_workbook(name);
	th_case_part part = is_csv(file) || workbook ? th_case_part_named(stem_of(file)) : TH_CASE_PARTS;
	if (part == TH_CASE_PARTS || th_slice_eq(file, l->self) || th_slice_starts(file, TH_S(".")) || th_slice_starts(file, TH_S("~$")) || (workbook && part != TH_CASE_INVENTORY))
		return;
	const char *path = th_path_join(l->arena, l->folder, name);
	l->failed |= !path;
	if (part != TH_CASE_INVENTORY) {
		const char **where = l->name[part] ? &l->other[part] : &l->name[part];
		*where = path;
		return;
	}
	const char **grown = path ? th_grown_in(l->arena, l->inventory, l->inventories, sizeof *grown) : NULL;
	l->failed |= !grown;
	if (!grown)
		return;
	l->inventory = grown;
	grown[l->inventories++] = path;
}

/* What a folder has of each part, by English or Chinese names. */
static th_status list_folder(listing *l, th_diags *diags)
{
	th_status status = TH_OK;
	if (!th_list_names(l->folder, see, l))
		return th_report_system(diags, TH_SOURCE_OPEN, (th_pos){l->folder, 1, 1, NULL}, errno);
	if (!l->failed && l->inventories)
		qsort(l->inventory, l->inventories, sizeof *l->inventory, by_name);
	for (th_case_part part = 0; part < TH_CASE_PARTS && status != TH_SYSTEM; part++) {
		const char *a = l->name[part], *b = l->other[part];
		if (!b)
			continue;
		th_slice folder, first, second;
		th_os_split(strcmp(a, b) < 0 ? a : b, &folder, &first);
		th_os_split(strcmp(a, b) < 0 ? b : a, &folder, &second);
		th_buf names = {0};
		th_buf_slice(&names, first);
		th_buf_str(&names, "、");
		th_buf_slice(&names, second);
		th_buf_char(&names, '\0');
		status = names.failed ? th_no_memory(diags) : th_report(diags, TH_CASE_SHEETS, (th_pos){l->folder, 1, 1, NULL}, names.ptr, th_case_files[part].name, NULL);
		th_buf_free(&names);
	}
	return l->failed ? th_no_memory(diags) : status;
}

bool th_batch_has_applicants(const char *folder, const char **table, th_arena *arena)
{
	th_slice rest = th_slice_of(th_case_files[TH_CASE_APPLICANTS].sheets), name;
	*table = NULL;
	while (!*table && th_slice_split(&rest, ';', &name)) {
		th_buf text = {0};
		th_buf_slice(&text, name);
		th_buf_str(&text, ".csv");
		th_buf_char(&text, '\0');
		const char *path = text.failed ? NULL : th_path_join(arena, folder, text.ptr);
		th_buf_free(&text);
		if (!path)
			return false;
		*table = th_os_there(path) ? path : NULL;
	}
	return true;
}

/* --- cutting --- */

static th_status add_table(struct th_batch_several *s, const th_batch_naming *by, th_case_part part, const char *path, th_diags *diags)
{
	th_batch_table *grown = th_grown_in(&s->arena, s->table, s->tables, sizeof *grown);
	th_diags **told = th_grown_in(&s->arena, s->told, s->tables, sizeof *told);
	th_diags *own = th_diags_new();
	if (!grown || !told || !own) {
		th_diags_free(own);
		return th_no_memory(diags);
	}
	s->table = grown;
	s->told = told;
	grown[s->tables] = (th_batch_table){part, NULL};
	told[s->tables] = own;
	th_batch_table *t = &grown[s->tables++];
	th_status status = th_guard_input(path, diags);
	if (status == TH_OK)
		status = th_wide_open(by->reference, part, path, part == TH_CASE_INVENTORY ? by->encoding : TH_ENC_AUTO, own, &t->wide);
	if (status != TH_OK || th_diags_errors(own) == 0)
		th_diags_merge(diags, own);
	s->inventories += part == TH_CASE_INVENTORY;
	return status;
}

static th_status open_tables(struct th_batch_several *s, const th_batch_naming *by, const listing *l, th_diags *diags)
{
	static const th_case_part parts[] = {TH_CASE_MEASURES, TH_CASE_TARGETS, TH_CASE_TASKS, TH_CASE_INSTRUMENTS, TH_CASE_ASSUMPTIONS};
	th_status status = TH_OK;
	for (size_t i = 0; i < l->inventories && status != TH_SYSTEM; i++) {
		th_status now = add_table(s, by, TH_CASE_INVENTORY, l->inventory[i], diags);
		status = now > status ? now : status;
	}
	for (size_t i = 0; i < sizeof parts / sizeof *parts && status != TH_SYSTEM; i++) {
		th_status now = l->name[parts[i]] ? add_table(s, by, parts[i], l->name[parts[i]], diags) : TH_OK;
		status = now > status ? now : status;
	}
	return status;
}

/* Where what is everybody's lies. */
static void share(struct th_batch_several *s, const listing *l)
{
	static const th_case_part parts[] = {TH_CASE_PARAMS, TH_CASE_FACTORS, TH_CASE_UNITS, TH_CASE_CORRELATIONS};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (l->name[parts[i]]) {
			s->contents.path[parts[i]] = l->name[parts[i]];
			s->contents.there[parts[i]] = true;
		}
	s->contents.there[TH_CASE_FACTS] = true;
	s->contents.path[TH_CASE_FACTS] = th_applicants_path(s->list);
}

/* --- applicants --- */

typedef struct adding {
	struct th_batch_several *s;
	const th_batch_naming *by;
	th_batch_list *list;
	th_intern names;      /* of the applicants, folded */
	struct th_batch_applicant **applicant;
	const char **called;
	th_diags *diags;
} adding;

static const char *kept(adding *a, th_slice text)
{
	return th_arena_copy(&a->s->arena, text).ptr;
}

static bool add_fault(adding *a, struct th_batch_applicant *applicant, th_code code, th_pos at, const char *one, const char *two, const char *three)
{
	th_batch_fault *f = th_arena_alloc(&a->s->arena, 1, sizeof *f);
	if (!f || !one || !two)
		return false;
	*f = (th_batch_fault){code, at, {one, two, three}, NULL};
	if (applicant->last)
		applicant->last->next = f;
	else
		applicant->fault = f;
	applicant->last = f;
	return true;
}

/* A line of the answer: TABLE#NAME, or the table alone. */
static struct th_batch_applicant *add_case(adding *a, const char *table, const char *called)
{
	struct th_batch_applicant *applicant = th_arena_alloc(&a->s->arena, 1, sizeof *applicant);
	th_buf path = {0};
	th_buf_str(&path, table);
	if (called) {
		th_buf_char(&path, '#');
		th_buf_str(&path, called);
	}
	th_batch_case item = {.path = path.failed ? NULL : th_arena_copy(&a->list->arena, th_buf_view(&path)).ptr, .where = a->s->folder, .name = called, .applicant = applicant};
	th_buf_free(&path);
	if (!applicant || !item.path)
		return NULL;
	*applicant = (struct th_batch_applicant){.of = a->s};
	return th_batch_list_append(a->list, &item) ? applicant : NULL;
}

/* Its number among those that are known; UINT32_MAX without memory. */
static uint32_t number_of(th_intern *names, th_slice name, bool add)
{
	th_buf key = {0};
	th_utf8_key(name, &key);
	uint32_t number = key.failed ? TH_NONE : add ? th_intern_add(names, th_buf_view(&key)) : th_intern_find(names, th_buf_view(&key));
	if (key.failed)
		th_memory_miss(1);
	th_buf_free(&key);
	return number;
}

static bool index_tables(adding *a, struct th_batch_applicant *applicant, const th_applicant *found)
{
	const struct th_batch_several *s = a->s;
	const th_slice name = found->name;
	applicant->index = th_arena_alloc(&a->s->arena, s->tables + 1, sizeof *applicant->index);
	bool ok = applicant->index != NULL, any = false;
	const char *missed = NULL;
	for (size_t i = 0; i < s->tables && ok; i++) {
		ok = th_wide_find(s->table[i].wide, name, &applicant->index[i]);
		bool there = ok && applicant->index[i] < th_wide_count(s->table[i].wide);
		if (s->table[i].part == TH_CASE_INVENTORY && !there && !missed)
			missed = th_wide_path(s->table[i].wide);
		any |= s->table[i].part == TH_CASE_INVENTORY && there;
	}
	if (!ok || any || !missed)
		return ok;
	th_slice folder, file;
	th_os_split(missed, &folder, &file);
	const th_pos at = {.file = th_applicants_path(s->list), .line = found->line, .column = found->column, .where = "applicant"};
	return add_fault(a, applicant, TH_APPLICANT_NO_ROWS, at, kept(a, name), kept(a, file), NULL);
}

static th_status take_applicant(adding *a, const th_applicant *found)
{
	const uint32_t known = a->names.count;
	const char **called = th_grown_in(&a->s->arena, a->called, known, sizeof *called);
	struct th_batch_applicant **grown = th_grown_in(&a->s->arena, a->applicant, known, sizeof *grown);
	uint32_t number = called && grown ? number_of(&a->names, found->name, true) : TH_NONE;
	if (number == TH_NONE)
		return th_no_memory(a->diags);
	a->called = called;
	a->applicant = grown;
	called[number] = kept(a, found->name);
	grown[number] = called[number] ? add_case(a, a->s->path, called[number]) : NULL;
	if (!grown[number] || !index_tables(a, grown[number], found))
		return th_no_memory(a->diags);
	grown[number]->facts = found->facts;
	grown[number]->facts.encoding = th_applicants_encoding(a->s->list);
	return TH_OK;
}

/* A second row of one applicant: which of them is right, nobody can say. */
static th_status take_again(adding *a, const th_applicant *found, th_diags *fresh)
{
	th_finding_row row = {.args = 0};
	uint32_t number = number_of(&a->names, found->again, false);
	(void)th_diags_row(fresh, 0, &row);
	if (number == TH_NONE || row.code != TH_APPLICANT_TWICE || row.args < 2)
		return th_memory_missed() ? TH_SYSTEM : TH_OK;
	row.pos.file = th_applicants_path(a->s->list);
	bool ok = add_fault(a, a->applicant[number], row.code, row.pos, kept(a, row.arg[0]), kept(a, row.arg[1]), NULL);
	th_diags_forget(fresh);
	return ok ? TH_OK : th_no_memory(a->diags);
}

/* Each row; what is wrong with one of them alone is its own, else the table's. */
static th_status take_applicants(adding *a, th_diags *fresh, th_diags *own)
{
	th_applicant found;
	bool end = false;
	th_status status = TH_OK;
	while (!end && status != TH_SYSTEM) {
		status = th_applicants_next(a->s->list, &a->s->arena, &found, &end);
		if (status == TH_OK && !end)
			status = take_applicant(a, &found);
		else if (status == TH_INVALID && found.again.len)
			status = take_again(a, &found, fresh);
		if (th_diags_count(fresh))
			th_diags_merge(own, fresh);
	}
	for (uint32_t i = 0; i < a->names.count && status != TH_SYSTEM; i++)
		snprintf(a->applicant[i]->facts.sha256, sizeof a->applicant[i]->facts.sha256, "%s", th_applicants_sha256(a->s->list));
	return status == TH_SYSTEM ? status : TH_OK;
}

enum { ADVISED = 20 }; /* names for which the nearest is sought */

/* Who has rows in a table and no facts. */
static th_status take_strangers(adding *a, th_intern *strangers, struct th_batch_applicant ***known, const th_wide *wide)
{
	th_slice folder, file;
	th_os_split(a->s->path, &folder, &file);
	const char *table = kept(a, file);
	for (size_t i = 0; i < th_wide_count(wide); i++) {
		th_slice name = th_wide_name(wide, i);
		if (number_of(&a->names, name, false) != TH_NONE)
			continue;
		if (th_memory_missed())
			return th_no_memory(a->diags);
		const uint32_t count = strangers->count;
		struct th_batch_applicant **grown = th_grown_in(&a->s->arena, *known, count, sizeof *grown);
		uint32_t number = grown ? number_of(strangers, name, true) : TH_NONE;
		const char *called = kept(a, name), *near = NULL;
		if (number == TH_NONE || !called || !table)
			return th_no_memory(a->diags);
		*known = grown;
		if (number == count)
			grown[number] = add_case(a, a->s->path, called);
		th_near_name best = {.text = name};
		for (uint32_t k = 0; number == count && count < ADVISED && k < a->names.count; k++)
			th_near_offer(&best, th_slice_of(a->called[k]));
		if (th_near_found(&best).len)
			near = kept(a, th_near_found(&best));
		if (!grown[number] || !add_fault(a, grown[number], TH_APPLICANT_UNKNOWN, th_wide_place(wide, i), called, table, near))
			return th_no_memory(a->diags);
	}
	return TH_OK;
}

static th_status add_told(adding *a, const char *path, th_diags *told)
{
	if (th_diags_errors(told) == 0)
		return TH_OK;
	struct th_batch_applicant *line = add_case(a, path, NULL);
	if (!line)
		return th_no_memory(a->diags);
	line->told = told;
	return TH_OK;
}

static th_status add_all(adding *a, th_diags *fresh, th_diags *own)
{
	struct th_batch_several *s = a->s;
	th_intern strangers = {0};
	struct th_batch_applicant **known = NULL;
	th_status status = take_applicants(a, fresh, own);
	for (size_t i = 0; i < s->tables && status == TH_OK; i++)
		status = take_strangers(a, &strangers, &known, s->table[i].wide);
	th_intern_free(&strangers);
	if (status == TH_OK)
		status = add_told(a, s->path, own);
	if (status == TH_OK && th_diags_errors(own) == 0)
		th_diags_merge(a->diags, own);
	for (size_t i = 0; i < s->tables && status == TH_OK; i++)
		status = add_told(a, th_wide_path(s->table[i].wide), s->told[i]);
	return status;
}

/* The table of applicants, and then who is in it. */
static th_status read_applicants(adding *a, const listing *l)
{
	struct th_batch_several *s = a->s;
	th_diags *fresh = th_diags_new();
	s->own = th_diags_new();
	th_status status = fresh && s->own ? th_guard_input(s->path, a->diags) : th_no_memory(a->diags);
	if (status == TH_OK)
		status = th_applicants_open(a->by->reference, s->path, a->by->known, a->by->count, fresh, &s->list);
	if (status != TH_OK && fresh)
		th_diags_merge(a->diags, fresh);
	if (status == TH_OK) {
		share(s, l);
		status = add_all(a, fresh, s->own);
	}
	th_diags_free(fresh);
	return status;
}

static th_status read_several(struct th_batch_several *s, const th_batch_naming *by, const listing *l, th_batch_list *list, th_diags *diags)
{
	adding a = {.s = s, .by = by, .list = list, .diags = diags};
	th_status status = open_tables(s, by, l, diags);
	if (status == TH_OK)
		status = read_applicants(&a, l);
	th_intern_free(&a.names);
	return status;
}

th_status th_batch_several(const th_batch_naming *by, const char *path, th_batch_list *list, th_diags *diags)
{
	struct th_batch_several *s = th_calloc(1, sizeof *s);
	th_slice folder, name;
	if (!s)
		return th_no_memory(diags);
	s->next = list->several;
	list->several = s;
	th_os_split(path, &folder, &name);
	s->path = th_arena_copy(&s->arena, th_slice_of(path)).ptr;
	s->folder = th_arena_copy(&s->arena, folder).ptr;
	if (!s->path || !s->folder)
		return th_no_memory(diags);
	listing l = {.arena = &s->arena, .folder = s->folder, .self = name};
	th_status status = list_folder(&l, diags);
	s->contents.papers = s->folder;
	for (th_case_part part = 0; part < TH_CASE_PARTS && status == TH_OK; part++)
		if (!(s->contents.path[part] = th_path_join(&s->arena, s->folder, th_case_files[part].name)))
			status = th_no_memory(diags);
	return status == TH_OK ? read_several(s, by, &l, list, diags) : status;
}

th_status th_batch_several_book(const th_batch_naming *by, const char *path, th_batch_list *list, th_diags *diags, bool *is)
{
	struct th_batch_several *s = th_calloc(1, sizeof *s);
	if (!s)
		return th_no_memory(diags);
	s->next = list->several;
	list->several = s;
	th_diags *unheard = th_diags_new();
	s->folder = s->path = th_arena_copy(&s->arena, th_slice_of(path)).ptr;
	if (!unheard || !s->path) {
		th_diags_free(unheard);
		return th_no_memory(diags);
	}
	/* What cannot be read is told when the case is. */
	th_status status = th_case_find(s->path, &s->arena, unheard, &s->contents);
	*is = status == TH_OK && s->contents.there[TH_CASE_APPLICANTS] && !s->contents.there[TH_CASE_FACTS];
	th_diags_free(unheard);
	if (!*is)
		return th_memory_missed() ? TH_SYSTEM : TH_OK;
	listing l = {.arena = &s->arena, .folder = s->folder};
	for (th_case_part part = 0; part < TH_CASE_PARTS; part++)
		l.name[part] = part != TH_CASE_INVENTORY && s->contents.there[part] ? s->contents.path[part] : NULL;
	if (s->contents.there[TH_CASE_INVENTORY]) {
		l.inventory = s->contents.inventory;
		l.inventories = s->contents.inventories;
	}
	s->path = s->contents.path[TH_CASE_APPLICANTS];
	for (th_case_part part = 0; part < TH_CASE_PARTS; part++)
		s->contents.there[part] = false;
	return read_several(s, by, &l, list, diags);
}

void th_batch_several_free(struct th_batch_several *s)
{
	while (s) {
		struct th_batch_several *next = s->next;
		for (size_t i = 0; i < s->tables; i++) {
			th_wide_close(s->table[i].wide);
			th_diags_free(s->told[i]);
		}
		th_diags_free(s->own);
		th_applicants_close(s->list);
		th_arena_free(&s->arena);
		free(s);
		s = next;
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/evidence.h"

#include <errno.h>
#include <stdlib.h>

#include "base/filename.h"
#include "base/list.h"
#include "case/folder.h"
#include "io/checksum.h"
#include "io/os.h"
#include "io/reason.h"

const char *const th_evidence_states[TH_EVIDENCE_STATES] = {"found", "not_found", "not_followed", "no_paper"};

enum { NAME_LONGEST = 255 }; /* bytes: a longer text is no name of a file */

typedef struct finding {
	const char *folder;
	th_arena *arena;
	th_diags *diags;
	th_evidence *list;
	size_t count;
} finding;

/* Does a path lead to something inside the folder, links followed? errno where that cannot be told. */
static int is_within(const char *folder, const char *path, bool *within)
{
	char *top = NULL, *real = NULL;
	int error = th_os_real_path(folder, &top);
	if (error == 0)
		error = th_os_real_path(path, &real);
	size_t len = top ? strlen(top) : 0;
	len -= len > 0 && top[len - 1] == '/'; /* the root */
	*within = error == 0 && strncmp(top, real, len) == 0 && real[len] == '/';
	free(top);
	free(real);
	return error;
}

static th_status cannot_look(const finding *f, const char *path, int error)
{
	return error == ENOMEM ? th_no_memory(f->diags) : th_report_system(f->diags, TH_SOURCE_OPEN, (th_pos){path, 1, 1, NULL}, error);
}

/* A table that says what is to be proved cannot prove it. */
static bool is_own_table(th_slice name)
{
	bool found = false;
	for (th_case_part part = 0; part < TH_CASE_PARTS && !found; part++)
		found = th_slice_eq(name, th_slice_of(th_case_files[part].name));
	return found;
}

/* One of the places where a paper may lie. It stays what it was when there is none. */
static th_status look_in(const finding *f, const char *folder, const char *name, th_evidence *one)
{
	th_file_about about;
	bool within;
	const char *path = th_path_join(f->arena, folder, name);
	if (!path)
		return th_no_memory(f->diags);
	int error = th_os_look(path, &about);
	if (error == ELOOP || (error == 0 && about.kind != TH_FILE_REGULAR))
		return TH_OK;
	if (error == 0)
		error = is_within(f->folder, path, &within);
	if (error != 0)
		return cannot_look(f, path, error);
	bool paper = about.size > 0 && !is_own_table(th_slice_of(name));
	one->state = !within ? TH_EVIDENCE_APART : paper ? TH_EVIDENCE_FOUND : TH_EVIDENCE_NO_PAPER;
	one->path = within ? path : NULL;
	return within && paper ? th_checksum(path, f->diags, &one->size, one->sha256) : TH_OK;
}

/* A name written with the folder of evidence before it is that name. */
static th_slice bare(th_slice name)
{
	size_t len = strlen(th_case_evidence);
	bool led = name.len > len + 1 && memcmp(name.ptr, th_case_evidence, len) == 0 && name.ptr[len] == '/';
	return led ? (th_slice){name.ptr + len + 1, name.len - len - 1} : name;
}

static th_status look_for(const finding *f, th_slice name, th_evidence *one)
{
	th_slice file = bare(name);
	*one = (th_evidence){.name = name, .state = TH_EVIDENCE_ABSENT};
	if (name.len > NAME_LONGEST)
		return TH_OK;
	if (!th_plain_name(file)) {
		one->state = TH_EVIDENCE_APART;
		return TH_OK;
	}
	const char *apart = th_path_join(f->arena, f->folder, th_case_evidence);
	th_slice copy = th_arena_copy(f->arena, file);
	if (!apart || !copy.ptr)
		return th_no_memory(f->diags);
	th_status status = look_in(f, apart, copy.ptr, one);
	return status == TH_OK && one->state == TH_EVIDENCE_ABSENT ? look_in(f, f->folder, copy.ptr, one) : status;
}

static th_status add(finding *f, const th_evidence *one)
{
	for (size_t i = 0; i < f->count; i++)
		if (th_slice_eq(f->list[i].name, one->name))
			return TH_OK;
	th_evidence *grown = th_grown_in(f->arena, f->list, f->count, sizeof *grown);
	if (!grown)
		return th_no_memory(f->diags);
	f->list = grown;
	grown[f->count++] = *one;
	return TH_OK;
}

/* The signs between names, those that more often are between names than in them first. */
static const struct {
	const char *sign[3];
	size_t count;
} signs[] = {{{";", "；", "\n"}, 3}, {{"、"}, 1}};
enum { ROUNDS = sizeof signs / sizeof *signs };

/* A text that is there as a whole is one name; else its parts are. */
static th_status take(finding *f, th_slice text, int round)
{
	th_evidence whole;
	text = th_slice_trim(text);
	if (text.len == 0)
		return TH_OK;
	th_status status = look_for(f, text, &whole);
	th_slice rest = text, piece = rest;
	const bool there = whole.state == TH_EVIDENCE_FOUND || whole.state == TH_EVIDENCE_NO_PAPER;
	if (status == TH_OK && !there && round < ROUNDS)
		(void)th_slice_split_any(&rest, signs[round].sign, signs[round].count, &piece);
	if (status != TH_OK)
		return status;
	if (piece.len == text.len)
		return there || round == ROUNDS ? add(f, &whole) : take(f, text, round + 1);
	status = take(f, piece, round + 1);
	while (status == TH_OK && th_slice_split_any(&rest, signs[round].sign, signs[round].count, &piece))
		status = take(f, piece, round + 1);
	return status;
}

th_status th_evidence_find(const char *folder, th_slice cell, th_arena *arena, th_diags *diags, th_evidence **list, size_t *count)
{
	finding f = {.folder = folder, .arena = arena, .diags = diags};
	th_status status = take(&f, cell, 0);
	*list = status == TH_OK ? f.list : NULL;
	*count = status == TH_OK ? f.count : 0;
	return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/guard.h"

#include <errno.h>
#include <stdlib.h>

#include "base/filename.h"
#include "io/bytes.h"
#include "io/listing.h"

static th_pos at(const char *path)
{
	return (th_pos){.file = path, .line = 1, .column = 1};
}

static bool is_same(const th_held *held, const th_file_about *about, th_slice entry)
{
	return held->device == about->device && held->inode == about->inode &&
	       (held->entry ? th_slice_eq(th_slice_of(held->entry), entry) : entry.len == 0);
}

/* Of two that are the same the first name is kept. */
static th_status hold(th_diags *diags, const th_held *held)
{
	const th_file_about about = {.device = held->device, .inode = held->inode};
	const th_held *other;
	size_t index = 0;
	for (; (other = th_diags_held(diags, index)) != NULL; index++)
		if (other->use == held->use && is_same(other, &about, th_slice_of(held->entry)))
			return TH_OK;
	return th_diags_hold(diags, held, &index) ? TH_OK : th_no_memory(diags);
}

th_status th_guard_read(const char *path, const th_file_about *about, th_diags *diags)
{
	if (about->kind != TH_FILE_REGULAR)
		return TH_OK;
	return hold(diags, &(th_held){.use = TH_HELD_INPUT, .device = about->device, .inode = about->inode, .name = path});
}

/* The place of a name: the folder it is in, and itself. Kind TH_FILE_ABSENT when there is no such folder. */
static th_status look_at_folder(const char *path, th_file_about *folder, th_slice *name, th_diags *diags)
{
	th_slice where;
	th_buf text = {0};
	*folder = (th_file_about){.kind = TH_FILE_ABSENT};
	th_os_split(path, &where, name);
	th_buf_slice(&text, where);
	th_buf_char(&text, '\0');
	th_status status = text.failed ? th_no_memory(diags) : TH_OK;
	if (status == TH_OK && th_os_look(text.ptr, folder) != 0)
		folder->kind = TH_FILE_ABSENT; /* who writes there is told why that cannot be */
	th_buf_free(&text);
	return status;
}

th_status th_guard_too(const th_diags *of, th_diags *diags)
{
	const th_held *held;
	th_status status = TH_OK;
	for (size_t i = 0; status == TH_OK && (held = th_diags_held(of, i)) != NULL; i++)
		if (held->use == TH_HELD_INPUT || held->use == TH_HELD_FOLDER)
			status = hold(diags, held);
	return status;
}

const char *th_guard_file(const char *path, th_diags *diags)
{
	th_buf text = {0};
	if (!th_sheet_mark(path))
		return path;
	th_buf_slice(&text, th_sheet_file(path));
	th_buf_char(&text, '\0');
	const char *kept = text.failed ? NULL : th_diags_keep(diags, text.ptr);
	th_buf_free(&text);
	return kept;
}

th_status th_guard_input(const char *named, th_diags *diags)
{
	th_file_about about;
	const th_file_about *folder = NULL;
	th_slice name;
	const char *path = th_guard_file(named, diags);
	if (!path)
		return th_no_memory(diags);
	const th_bytes *open = th_diags_lent_open(diags, path);
	if (open && open->named) /* it was looked at when it was opened */
		return th_guard_read(path, &open->first, diags);
	if (strcmp(path, "-") == 0 || th_listed_look(diags, path, &about, &folder) != 0)
		return TH_OK;
	if (about.kind != TH_FILE_ABSENT)
		return th_guard_read(path, &about, diags);
	th_status status = TH_OK;
	if (folder) {
		about = *folder;
		name = th_slice_of(th_file_name(path));
	} else
		status = look_at_folder(path, &about, &name, diags);
	if (status != TH_OK || about.kind != TH_FILE_FOLDER || name.len == 0)
		return status;
	return hold(diags, &(th_held){.use = TH_HELD_INPUT, .device = about.device, .inode = about.inode, .entry = name.ptr, .name = path});
}

th_status th_guard_folder(const char *path, th_diags *diags)
{
	th_file_about about;
	if (th_listed_look(diags, path, &about, NULL) != 0 || about.kind != TH_FILE_FOLDER)
		return TH_OK;
	return hold(diags, &(th_held){.use = TH_HELD_FOLDER, .device = about.device, .inode = about.inode, .name = path});
}

/* ---- asking ---- */

bool th_guard_is_input(const char *path, th_diags *diags)
{
	th_file_about about;
	const th_held *held;
	for (size_t i = 0; th_os_look(path, &about) == 0 && (held = th_diags_held(diags, i)) != NULL; i++)
		if (held->use == TH_HELD_INPUT && is_same(held, &about, (th_slice){NULL, 0}))
			return true;
	return false;
}

static th_status refuse(th_diags *diags, th_code code, const char *path, const char *other)
{
	(void)th_report(diags, code, at(path), other, NULL);
	return TH_USAGE;
}

/* Where an output is, or will be. `entry` is its name in `folder`. */
typedef struct target {
	const char *path; /* as it was named */
	bool open;        /* already: a descriptor of the process */
	char *real;       /* behind links when it is there; NULL for standard output */
	th_file_about about, folder;
	th_slice entry;
	size_t claim;     /* its own, which is no other's */
} target;

static th_status against(const target *t, const th_file_about *about, th_slice entry, th_diags *diags)
{
	const th_held *held;
	for (size_t i = 0; (held = th_diags_held(diags, i)) != NULL; i++) {
		if (i == t->claim || !is_same(held, about, entry))
			continue;
		if (held->use == TH_HELD_INPUT)
			return refuse(diags, TH_OUTPUT_OVER_INPUT, t->path, held->name);
		if (held->use == TH_HELD_OUTPUT)
			return refuse(diags, TH_OUTPUT_TWICE, t->path, held->name);
	}
	return TH_OK;
}

/* A folder without links, and every one above it. */
static th_status against_folders(const target *t, char *folder, th_diags *diags)
{
	for (;;) {
		th_file_about about;
		const th_held *held;
		for (size_t i = 0; th_os_look(folder, &about) == 0 && (held = th_diags_held(diags, i)) != NULL; i++)
			if (held->use == TH_HELD_FOLDER && is_same(held, &about, (th_slice){NULL, 0}))
				return refuse(diags, TH_OUTPUT_IN_DATA, t->path, held->name);
		th_slice above, name;
		th_os_split(folder, &above, &name);
		if (above.ptr != folder)
			return TH_OK;
		folder[above.len] = '\0';
	}
}

static th_status in_folders(const target *t, th_diags *diags)
{
	th_slice folder, name;
	th_buf text = {0};
	char *real = NULL;
	th_os_split(t->real, &folder, &name);
	th_buf_slice(&text, folder);
	th_buf_char(&text, '\0');
	/* What has no real path cannot be written to either: opening says why. */
	int error = text.failed ? ENOMEM : th_os_real_path(text.ptr, &real);
	th_status status = error == ENOMEM ? th_no_memory(diags) : error ? TH_OK : against_folders(t, real, diags);
	th_buf_free(&text);
	free(real);
	return status;
}

static char *copy_of(const char *text)
{
	char *copy = th_malloc(strlen(text) + 1);
	return copy ? strcpy(copy, text) : NULL;
}

static th_status find(target *t, const char *path, th_diags *diags)
{
	*t = (target){.path = path ? path : "-", .claim = SIZE_MAX};
	int fd = th_os_descriptor(t->path);
	t->open = fd >= 0;
	int error = t->open ? th_os_look_at(fd, &t->about) : th_os_look(path, &t->about);
	if (strcmp(t->path, "-") == 0) {
		if (error != 0)
			t->about.kind = TH_FILE_SPECIAL; /* nothing is written there */
		return TH_OK;
	}
	if (error == 0 && t->about.kind == TH_FILE_REGULAR)
		error = th_os_real_path(path, &t->real);
	else if (error == 0 && t->about.kind == TH_FILE_ABSENT && !(t->real = copy_of(path)))
		error = ENOMEM;
	if (error == ENOMEM)
		return th_no_memory(diags);
	if (error != 0)
		t->about.kind = TH_FILE_SPECIAL; /* opening says why it cannot be written */
	return t->real ? look_at_folder(t->real, &t->folder, &t->entry, diags) : TH_OK;
}

/* Nothing is replaced where a device or pipe stands, and where a folder or a dangling link stands nothing is written. */
static th_status ask(const target *t, th_diags *diags)
{
	th_status status = t->real ? in_folders(t, diags) : TH_OK;
	if (status == TH_OK && t->about.kind == TH_FILE_REGULAR)
		status = against(t, &t->about, (th_slice){NULL, 0}, diags);
	if (status == TH_OK && t->folder.kind == TH_FILE_FOLDER && t->entry.len > 0)
		status = against(t, &t->folder, t->entry, diags);
	return status;
}

static th_status hold_output(target *t, th_diags *diags)
{
	th_held output = {.use = TH_HELD_OUTPUT, .device = t->folder.device, .inode = t->folder.inode, .entry = t->entry.ptr, .name = t->path};
	if (t->open && t->about.kind == TH_FILE_REGULAR) {
		output.device = t->about.device;
		output.inode = t->about.inode;
	} else if (t->folder.kind != TH_FILE_FOLDER || t->entry.len == 0)
		return TH_OK;
	return th_diags_hold(diags, &output, &t->claim) ? TH_OK : th_no_memory(diags);
}

th_status th_guard_claim(const char *path, th_diags *diags, size_t *claim)
{
	target t;
	th_status status = find(&t, path, diags);
	if (status == TH_OK)
		status = ask(&t, diags);
	if (status == TH_OK)
		status = hold_output(&t, diags);
	*claim = t.claim;
	free(t.real);
	return status;
}

th_status th_guard_ask(const char *path, th_diags *diags, size_t claim)
{
	target t;
	th_status status = find(&t, path, diags);
	t.claim = claim;
	if (status == TH_OK)
		status = ask(&t, diags);
	free(t.real);
	return status;
}

void th_guard_release(th_diags *diags, size_t claim)
{
	th_held *held = th_diags_held(diags, claim);
	if (held)
		held->use = TH_HELD_FREE;
}

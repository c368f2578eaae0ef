/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/bytes.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "io/guard.h"
#include "io/reason.h"
#include "io/source.h"

enum { WHOLE = 1048576 }; /* the largest input that is kept in memory */

static th_pos start(const th_bytes *bytes)
{
	return (th_pos){bytes->path, 1, 1, NULL};
}

static th_status system_error(const th_bytes *bytes, th_code code, int error)
{
	return th_report_system(bytes->diags, code, start(bytes), error);
}

static th_status too_large(const th_bytes *bytes)
{
	char limit[32];
	snprintf(limit, sizeof limit, "%" PRIu64, TH_MAX_FILE);
	return th_report(bytes->diags, TH_SOURCE_LARGE, start(bytes), limit, NULL);
}

th_status th_bytes_changed(const th_bytes *bytes)
{
	(void)th_report(bytes->diags, TH_SOURCE_CHANGED, start(bytes), NULL);
	return TH_SYSTEM;
}

th_status th_bytes_unchanged(const th_bytes *bytes)
{
	th_file_about now;
	if (bytes->fd < 0)
		return TH_OK;
	int error = th_os_look_at(bytes->fd, &now);
	if (error != 0)
		return system_error(bytes, TH_SOURCE_READ, error);
	return th_os_same_bytes(&bytes->first, &now) ? TH_OK : th_bytes_changed(bytes);
}

/* Reading ended before the size that the file has and still has: a fault of the device, or of what stands for it. */
static th_status too_short(const th_bytes *bytes, uint64_t read, uint64_t size)
{
	char found[24], said[24];
	th_status status = th_bytes_unchanged(bytes);
	if (status != TH_OK)
		return status;
	snprintf(found, sizeof found, "%" PRIu64, read);
	snprintf(said, sizeof said, "%" PRIu64, size);
	(void)th_report(bytes->diags, TH_SOURCE_SHORT, start(bytes), found, said, NULL);
	return TH_SYSTEM;
}

/* Reading ended there: as it should? */
static th_status given(const th_bytes *bytes, int error, size_t len, uint64_t offset, size_t got)
{
	if (error != 0)
		return system_error(bytes, TH_SOURCE_READ, error);
	uint64_t end = offset + got;
	if (end > TH_MAX_FILE)
		return too_large(bytes);
	return got < len && end < bytes->size ? too_short(bytes, end, bytes->size) : TH_OK;
}

th_status th_bytes_at(const th_bytes *bytes, void *to, size_t len, uint64_t offset, size_t *got)
{
	if (bytes->memory) {
		uint64_t rest = offset < bytes->size ? bytes->size - offset : 0;
		*got = rest < len ? (size_t)rest : len;
		memcpy(to, bytes->memory + (*got ? offset : 0), *got);
		return TH_OK;
	}
	int error = th_os_read_at(bytes->fd, to, len, bytes->base + offset, got);
	return given(bytes, error, len, offset, *got);
}

/* What stands in `own` is all. */
static void keep(th_bytes *bytes, size_t size)
{
	bytes->memory = bytes->own;
	bytes->size = size;
	th_os_close(bytes->fd);
	bytes->fd = -1;
}

static th_status take_own(th_bytes *bytes, size_t room)
{
	bytes->own = th_malloc(room);
	return bytes->own ? TH_OK : th_no_memory(bytes->diags);
}

/* A regular file: one reading when it is small. One that gives more than its size says is none of the small ones, or changed. */
static th_status read_small(th_bytes *bytes)
{
	const size_t size = (size_t)bytes->size;
	size_t got;
	th_status status = take_own(bytes, size + 1);
	if (status == TH_OK) {
		int error = th_os_read_sized(bytes->fd, bytes->own, size, bytes->base, &got);
		status = given(bytes, error, size, 0, got);
	}
	if (status == TH_OK)
		status = th_bytes_unchanged(bytes);
	if (status == TH_OK && got <= bytes->size)
		keep(bytes, got);
	return status;
}

/* What a pipe gives until `own` is full or the pipe ends. */
static th_status fill(th_bytes *bytes, int from, size_t *got)
{
	*got = 0;
	for (size_t more = 1; more > 0 && *got < WHOLE; *got += more) {
		int error = th_os_read(from, bytes->own + *got, WHOLE - *got, &more);
		if (error != 0)
			return system_error(bytes, TH_SOURCE_READ, error);
	}
	return TH_OK;
}

/* Go on with a copy on disk of what the pipe gave so far, and of the rest. */
static th_status copy_out(th_bytes *bytes, size_t got)
{
	int file, from = bytes->fd, error = th_os_scratch(&file);
	th_status status = TH_OK;
	if (error != 0)
		return system_error(bytes, TH_SOURCE_SPOOL, error);
	bytes->fd = file;
	uint64_t size = 0;
	while (status == TH_OK && got > 0) {
		size += got;
		if (size > TH_MAX_FILE)
			status = too_large(bytes);
		else if ((error = th_os_write(file, bytes->own, got)) != 0)
			status = system_error(bytes, TH_SOURCE_SPOOL, error);
		else
			status = fill(bytes, from, &got);
	}
	if (status == TH_OK && (error = th_os_look_at(file, &bytes->first)) != 0)
		status = system_error(bytes, TH_SOURCE_SPOOL, error);
	th_os_close(from);
	bytes->size = size;
	return status == TH_OK && bytes->first.size < size ? too_short(bytes, bytes->first.size, size) : status;
}

static th_status read_pipe(th_bytes *bytes)
{
	size_t got;
	th_status status = take_own(bytes, WHOLE);
	if (status == TH_OK)
		status = fill(bytes, bytes->fd, &got);
	if (status != TH_OK)
		return status;
	if (got == WHOLE)
		return copy_out(bytes, got);
	keep(bytes, got);
	return TH_OK;
}

static bool is_descriptor(const char *path)
{
	return strcmp(path, "-") == 0 || strcmp(path, "/dev/stdin") == 0 || strncmp(path, "/dev/fd/", 8) == 0;
}

static th_status open_file(th_bytes *bytes)
{
	bool descriptor = is_descriptor(bytes->path);
	int error = strcmp(bytes->path, "-") == 0 ? th_os_standard_input(&bytes->fd) : th_os_open(bytes->path, &bytes->fd);
	if (error == ENXIO)
		return th_report(bytes->diags, TH_SOURCE_SPECIAL, start(bytes), NULL); /* a socket */
	if (error == 0)
		error = th_os_look_at(bytes->fd, &bytes->first);
	if (error != 0)
		return system_error(bytes, TH_SOURCE_OPEN, error);
	if (bytes->first.kind == TH_FILE_FOLDER) /* it has no lines */
		return th_report(bytes->diags, TH_SOURCE_DIRECTORY, (th_pos){bytes->path, 0, 0, NULL}, NULL);
	if (bytes->first.kind != TH_FILE_REGULAR)
		return descriptor ? read_pipe(bytes) : th_report(bytes->diags, TH_SOURCE_SPECIAL, start(bytes), NULL);
	bytes->named = !descriptor;
	th_status status = th_guard_read(bytes->path, &bytes->first, bytes->diags);
	if (status == TH_OK && descriptor && (error = th_os_position(bytes->fd, &bytes->base)) != 0)
		status = system_error(bytes, TH_SOURCE_READ, error);
	bytes->size = bytes->first.size > bytes->base ? bytes->first.size - bytes->base : 0;
	if (status != TH_OK || bytes->size > TH_MAX_FILE)
		return status != TH_OK ? status : too_large(bytes);
	return bytes->size <= WHOLE ? read_small(bytes) : TH_OK;
}

void th_bytes_of(th_bytes *bytes, const char *name, th_slice all, th_diags *diags)
{
	*bytes = (th_bytes){.path = name, .diags = diags, .memory = all.ptr, .size = all.len, .fd = -1};
}

void th_bytes_share(th_bytes *bytes, const th_bytes *of, th_diags *diags)
{
	*bytes = *of;
	bytes->diags = diags;
	bytes->own = NULL;
	bytes->shared = true;
}

th_status th_bytes_open(th_bytes *bytes, const char *path, th_diags *diags)
{
	th_slice lent;
	if (th_diags_lent(diags, path, &lent)) {
		th_bytes_of(bytes, path, lent, diags);
		bytes->part = th_diags_lent_part(diags, path);
		return TH_OK;
	}
	const th_bytes *open = th_diags_lent_open(diags, path);
	if (open) {
		th_bytes_share(bytes, open, diags);
		return th_guard_read(path, &bytes->first, diags);
	}
	*bytes = (th_bytes){.path = path, .diags = diags, .fd = -1};
	return open_file(bytes);
}

static void close_kept(th_bytes *bytes)
{
	th_bytes_close(bytes);
	free(bytes);
}

bool th_bytes_keep(const char *path, th_diags *diags)
{
	th_slice lent;
	if (th_diags_lent(diags, path, &lent) || th_diags_lent_open(diags, path))
		return true;
	th_bytes *bytes = th_malloc(sizeof *bytes);
	th_diags *unheard = th_diags_new();
	const char *name = th_diags_keep(diags, path);
	bool ok = bytes && unheard && name, open = ok && th_bytes_open(bytes, name, unheard) == TH_OK;
	if (open)
		bytes->diags = diags;
	if (open && th_diags_lend_open(diags, name, bytes, close_kept))
		bytes = NULL;
	else
		ok &= !open;
	if (bytes && name && unheard)
		th_bytes_close(bytes);
	free(bytes);
	th_diags_free(unheard);
	return ok;
}

void th_bytes_close(th_bytes *bytes)
{
	if (bytes->fd >= 0 && !bytes->shared)
		th_os_close(bytes->fd);
	free(bytes->own);
	*bytes = (th_bytes){.fd = -1};
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/output.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "io/guard.h"
#include "io/os.h"
#include "io/reason.h"
#include "io/temporary.h"

enum { BUFFER = 65536 };

struct th_output {
	const char *path;       /* as the caller named it, for diagnostics */
	th_diags *diags;        /* the job's: what it reads */
	size_t claim;           /* on the path, see io/guard.h */
	char *target;           /* behind symbolic links; NULL: no temporary file, the descriptor is the target */
	th_temporary temporary; /* beside it */
	int fd;
	int error;              /* errno of the first failure; nothing is written after it */
	th_buf buffer;
	bool completed;
};

static void give_up(th_output *output, int error)
{
	if (output->error == 0)
		output->error = error;
}

static void flush(th_output *output)
{
	if (output->error == 0)
		give_up(output, th_os_write(output->fd, output->buffer.ptr, output->buffer.len));
	th_buf_clear(&output->buffer);
}

void th_output_write(th_output *output, th_slice bytes)
{
	while (bytes.len > 0 && output->error == 0) {
		size_t len = bytes.len < BUFFER ? bytes.len : BUFFER;
		if (output->buffer.len + len > BUFFER)
			flush(output);
		th_buf_add(&output->buffer, bytes.ptr, len);
		if (output->buffer.failed)
			give_up(output, ENOMEM);
		bytes.ptr += len;
		bytes.len -= len;
	}
}

void th_output_flush(th_output *output)
{
	flush(output);
}

static int open_target(th_output *output, unsigned permissions)
{
	int error = th_temporary_create(&output->temporary, output->target, output->diags);
	output->fd = output->temporary.fd;
	return error != 0 || permissions == 0 ? error : th_os_permit(output->fd, permissions);
}

static int copy_path(th_output *output)
{
	size_t size = strlen(output->path) + 1;
	output->target = th_malloc(size);
	if (!output->target)
		return ENOMEM;
	memcpy(output->target, output->path, size);
	return 0;
}

static int open_path(th_output *output, const th_file_about *found)
{
	switch (found->kind) {
	case TH_FILE_FOLDER:
		return EISDIR;
	case TH_FILE_SPECIAL:
		return th_os_open_special(output->path, &output->fd);
	case TH_FILE_REGULAR: {
		/* A rename needs no permission on the file itself; who made it read-only means it. */
		int error = th_os_may_write(output->path);
		if (error == 0)
			error = th_os_real_path(output->path, &output->target);
		return error != 0 ? error : open_target(output, found->permissions);
	}
	default: {
		int error = copy_path(output);
		return error != 0 ? error : open_target(output, 0);
	}
	}
}

static th_status report(th_diags *diags, th_code code, const char *path, int error)
{
	return error == ENOMEM ? th_no_memory(diags) : th_report_system(diags, code, (th_pos){path, 1, 1, NULL}, error);
}

static th_status open_output(th_output *output)
{
	th_file_about found = {.kind = TH_FILE_SPECIAL};
	if (!th_buf_reserve(&output->buffer, BUFFER)) /* now, so that no later write lacks it */
		return th_no_memory(output->diags);
	th_status status = th_guard_claim(output->path, output->diags, &output->claim);
	if (status != TH_OK)
		return status;
	int error = 0, descriptor = th_os_descriptor(output->path);
	if (descriptor == TH_STANDARD_OUTPUT)
		output->fd = descriptor;
	else if (descriptor >= 0)
		error = th_os_open_again(descriptor, &output->fd);
	else if ((error = th_os_look(output->path, &found)) == 0)
		error = found.kind == TH_FILE_DANGLING ? ENOENT : open_path(output, &found);
	if (found.kind != TH_FILE_DANGLING)
		return error == 0 ? TH_OK : report(output->diags, TH_OUTPUT_OPEN, output->path, error);
	(void)th_report(output->diags, TH_OUTPUT_DANGLING, (th_pos){output->path, 1, 1, NULL}, NULL);
	return TH_SYSTEM;
}

th_status th_output_open(const char *path, th_diags *diags, th_output **out)
{
	*out = NULL;
	path = path ? path : "-";
	th_output *output = th_calloc(1, sizeof *output);
	if (!output)
		return report(diags, TH_OUTPUT_OPEN, path, ENOMEM);
	*output = (th_output){.path = path, .diags = diags, .claim = SIZE_MAX, .fd = -1, .temporary.fd = -1};
	th_status status = open_output(output);
	if (status != TH_OK)
		th_output_abort(output);
	else
		*out = output;
	return status;
}

/* Everything that can fail for want of space or by a fault of the device; what is left is the rename. */
static void complete(th_output *output)
{
	if (output->completed)
		return;
	output->completed = true;
	flush(output);
	if (output->error == 0 && output->target)
		give_up(output, th_os_sync(output->fd));
	if (output->error == 0 && output->fd != TH_STANDARD_OUTPUT)
		give_up(output, th_os_flush(output->fd));
}

/* Asked again at the end, since most of what a job reads is read behind th_output_open. */
th_status th_output_prepare(th_output *output, th_diags *diags)
{
	th_status status = output->completed ? TH_OK : th_guard_ask(output->path, output->diags, output->claim);
	if (status != TH_OK)
		return status;
	complete(output);
	return output->error == 0 ? TH_OK : report(diags, TH_OUTPUT_WRITE, output->path, output->error);
}

th_status th_output_commit(th_output *output, th_diags *diags)
{
	th_status status = th_output_prepare(output, diags);
	if (status == TH_OK && output->target) {
		int error = th_temporary_replace(&output->temporary, output->target);
		if (error != 0)
			status = report(diags, TH_OUTPUT_WRITE, output->path, error);
	}
	th_output_abort(output);
	return status;
}

void th_output_abort(th_output *output)
{
	if (!output)
		return;
	th_guard_release(output->diags, output->claim);
	if (!output->target && output->fd > TH_STANDARD_OUTPUT)
		th_os_close(output->fd);
	th_temporary_drop(&output->temporary);
	free(output->target);
	th_buf_free(&output->buffer);
	free(output);
}

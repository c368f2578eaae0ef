/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */

#include "io/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 65536, RANDOM = 6 };
static const char suffix_head[] = ".tanhe-", suffix_tail[] = ".tmp";

struct th_output {
	const char *path; /* as the caller named it, for diagnostics */
	char *target;     /* behind symbolic links; NULL: no temporary file, the descriptor is the target */
	char *temporary;  /* beside it */
	char *folder;
	int fd;
	int error;        /* errno of the first failure; nothing is written after it */
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
	size_t done = 0;
	while (output->error == 0 && done < output->buffer.len) {
		ssize_t n = write(output->fd, output->buffer.ptr + done, output->buffer.len - done);
		if (n < 0 && errno != EINTR)
			give_up(output, errno);
		done += n > 0 ? (size_t)n : 0;
	}
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

static char *text_of(const char *a, size_t a_len, const char *b)
{
	size_t b_len = strlen(b);
	char *text = malloc(a_len + b_len + 1);
	if (text) {
		memcpy(text, a, a_len);
		memcpy(text + a_len, b, b_len + 1);
	}
	return text;
}

/* ---- the temporary file ---- */

/* A lock says that its writer lives. It is the kernel's, so it ends with the process however that ends. */
static bool lock(int fd)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	return fcntl(fd, F_SETLK, &whole) == 0;
}

static bool still_named(int fd, const char *path)
{
	struct stat open_file, named;
	return fstat(fd, &open_file) == 0 && lstat(path, &named) == 0 && open_file.st_dev == named.st_dev && open_file.st_ino == named.st_ino;
}

/* Whether a folder entry is `.NAME.tanhe-XXXXXX.tmp` of the target NAME. */
static bool is_temporary_of(const char *entry, const char *name)
{
	size_t len = strlen(name), head = sizeof suffix_head - 1;
	if (entry[0] != '.' || strncmp(entry + 1, name, len) != 0 || strncmp(entry + 1 + len, suffix_head, head) != 0)
		return false;
	const char *rest = entry + 1 + len + head;
	return strspn(rest, "0123456789abcdefghijklmnopqrstuvwxyz") == RANDOM && strcmp(rest + RANDOM, suffix_tail) == 0;
}

/* Remove what killed runs left for this target. A file that cannot be opened or locked is somebody's: it stays. */
static void remove_stale(const th_output *output, const char *name)
{
	DIR *folder = opendir(output->folder);
	if (!folder)
		return;
	for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		if (!is_temporary_of(entry->d_name, name))
			continue;
		int fd = openat(dirfd(folder), entry->d_name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
		if (fd < 0)
			continue;
		if (lock(fd))
			unlinkat(dirfd(folder), entry->d_name, 0);
		close(fd);
	}
	closedir(folder);
}

/* A name that was not used before, from the clock and the process; O_EXCL is what makes it safe. */
static void put_random(char text[RANDOM], unsigned attempt)
{
	struct timespec now = {0};
	clock_gettime(CLOCK_MONOTONIC, &now);
	uint64_t mix = ((uint64_t)now.tv_sec << 30) ^ (uint64_t)now.tv_nsec ^ ((uint64_t)getpid() << 40) ^ attempt;
	for (size_t i = 0; i < RANDOM; i++) {
		mix = mix * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX generator */
		text[i] = "0123456789abcdefghijklmnopqrstuvwxyz"[(mix >> 33) % 36];
	}
}

/* Create, lock and keep the temporary file, with the permissions of the file that it will replace. Returns errno, or 0. */
static int create_temporary(th_output *output, const char *name, const struct stat *replaced)
{
	/* A name so long that the temporary one would exceed NAME_MAX (255) is cut. */
	size_t fixed = 1 + sizeof suffix_head - 1 + RANDOM + sizeof suffix_tail - 1, len = strlen(name);
	int cut = len + fixed > 255 ? (int)(255 - fixed) : (int)len;
	size_t room = strlen(output->folder) + 1 + 256;
	output->temporary = malloc(room);
	if (!output->temporary)
		return ENOMEM;
	for (unsigned attempt = 0; attempt < 100; attempt++) {
		char random[RANDOM];
		put_random(random, attempt);
		snprintf(output->temporary, room, "%s/.%.*s%s%.*s%s", output->folder, cut, name, suffix_head, RANDOM, random, suffix_tail);
		output->fd = open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
		if (output->fd < 0 && errno != EEXIST)
			break;
		if (output->fd < 0)
			continue;
		/* Between the two calls another run may have taken the file for a stale one. Without locks (some network
		 * file systems) nobody removes anything. */
		if ((lock(output->fd) || (errno != EACCES && errno != EAGAIN)) && still_named(output->fd, output->temporary))
			return replaced && fchmod(output->fd, replaced->st_mode & 0777) != 0 ? errno : 0;
		close(output->fd);
		output->fd = -1;
		errno = EEXIST;
	}
	int error = errno;
	free(output->temporary);
	output->temporary = NULL;
	return error;
}

static int open_target(th_output *output, const struct stat *replaced)
{
	const char *slash = strrchr(output->target, '/');
	const char *name = slash ? slash + 1 : output->target;
	output->folder = slash == output->target ? text_of("/", 1, "") : slash ? text_of(output->target, (size_t)(slash - output->target), "") : text_of(".", 1, "");
	if (!output->folder)
		return ENOMEM;
	if (*name == '\0')
		return EISDIR;
	remove_stale(output, name);
	return create_temporary(output, name, replaced);
}

/* Returns errno, or 0. */
static int open_path(th_output *output)
{
	struct stat found;
	if (stat(output->path, &found) != 0) {
		if (errno != ENOENT)
			return errno;
		output->target = text_of(output->path, strlen(output->path), "");
		return output->target ? open_target(output, NULL) : ENOMEM;
	}
	if (S_ISDIR(found.st_mode))
		return EISDIR;
	if (!S_ISREG(found.st_mode)) {
		output->fd = open(output->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		return output->fd < 0 ? errno : 0;
	}
	/* A rename needs no permission on the file itself; who made it read-only means it. */
	if (access(output->path, W_OK) != 0)
		return errno;
	output->target = realpath(output->path, NULL);
	return output->target ? open_target(output, &found) : errno;
}

static th_status report(th_diags *diags, th_code code, const char *path, int error)
{
	char reason[256];
	if (strerror_r(error, reason, sizeof reason) != 0)
		snprintf(reason, sizeof reason, "errno %d", error);
	(void)th_report(diags, code, (th_pos){path, 1, 1, NULL}, reason, NULL);
	return TH_SYSTEM;
}

static void destroy(th_output *output)
{
	if (output->fd > STDOUT_FILENO)
		close(output->fd);
	free(output->target);
	free(output->temporary);
	free(output->folder);
	th_buf_free(&output->buffer);
	free(output);
}

th_status th_output_open(const char *path, th_diags *diags, th_output **out)
{
	*out = NULL;
	path = path ? path : "-";
	th_output *output = calloc(1, sizeof *output);
	if (!output)
		return report(diags, TH_OUTPUT_OPEN, path, ENOMEM);
	output->path = path;
	output->fd = -1;
	int error = 0;
	if (strcmp(path, "-") == 0)
		output->fd = STDOUT_FILENO;
	else
		error = open_path(output);
	if (error != 0) {
		th_output_abort(output);
		return report(diags, TH_OUTPUT_OPEN, path, error);
	}
	*out = output;
	return TH_OK;
}

/* The new name is on disk when the folder is. Some file systems cannot sync a folder (EINVAL): there is no more to do. */
static void sync_folder(th_output *output)
{
	int fd = open(output->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return; /* a folder may be written to and not read */
	if (fsync(fd) != 0 && errno != EINVAL)
		give_up(output, errno);
	close(fd);
}

/* Everything that can fail for want of space or by a fault of the device; what is left is the rename. */
static void complete(th_output *output)
{
	if (output->completed)
		return;
	output->completed = true;
	flush(output);
	if (output->target && output->error == 0 && fsync(output->fd) != 0)
		give_up(output, errno);
	if (output->fd > STDOUT_FILENO) {
		if (close(output->fd) != 0 && errno != EINTR)
			give_up(output, errno);
		output->fd = -1;
	}
}

th_status th_output_prepare(th_output *output, th_diags *diags)
{
	complete(output);
	return output->error == 0 ? TH_OK : report(diags, TH_OUTPUT_WRITE, output->path, output->error);
}

th_status th_output_commit(th_output *output, th_diags *diags)
{
	complete(output);
	if (output->target && output->error == 0) {
		if (rename(output->temporary, output->target) == 0) {
			free(output->temporary);
			output->temporary = NULL;
			sync_folder(output);
		} else
			give_up(output, errno);
	}
	const char *path = output->path;
	int error = output->error;
	th_output_abort(output);
	return error == 0 ? TH_OK : report(diags, TH_OUTPUT_WRITE, path, error);
}

void th_output_abort(th_output *output)
{
	if (!output)
		return;
	if (output->temporary)
		unlink(output->temporary);
	destroy(output);
}

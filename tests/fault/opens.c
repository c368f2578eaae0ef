/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Preloaded into the command: writes down which files it opens, a path on each line, in the file that OPENS_LOG names. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int opener(const char *path, int flags, ...);
typedef int opener_at(int folder, const char *path, int flags, ...);
typedef FILE *stream_opener(const char *path, const char *how);

static void note(const char *path)
{
	const char *log = getenv("OPENS_LOG");
	opener *real = (opener *)dlsym(RTLD_NEXT, "open");
	int fd = log ? real(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
	char line[4200];
	int length = snprintf(line, sizeof line, "%.4095s\n", path);
	if (fd < 0)
		return;
	if (write(fd, line, (size_t)length) != length)
		_exit(70);
	close(fd);
}

#define MODE(flags, mode) \
	unsigned mode = 0; \
	if (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE) { \
		va_list rest; \
		va_start(rest, flags); \
		mode = va_arg(rest, unsigned); \
		va_end(rest); \
	}

int open(const char *path, int flags, ...)
{
	MODE(flags, mode)
	note(path);
	return ((opener *)dlsym(RTLD_NEXT, "open"))(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	MODE(flags, mode)
	note(path);
	return ((opener *)dlsym(RTLD_NEXT, "open64"))(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
	MODE(flags, mode)
	note(path);
	return ((opener_at *)dlsym(RTLD_NEXT, "openat"))(folder, path, flags, mode);
}

FILE *fopen(const char *path, const char *how)
{
	note(path);
	return ((stream_opener *)dlsym(RTLD_NEXT, "fopen"))(path, how);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Preloaded into the command: the n-th call of one function of the C library fails, is cut short, or is where the process is killed.
 *
 *   FAULT_CALL    open read pread write fsync close rename fstat
 *   FAULT_AT      which of its calls, from 1
 *   FAULT_DO      an errno as a number; `short` (one byte is written or read); `kill` (before the call); `killed` (behind it)
 *   FAULT_COUNT   a file that gets the number of calls when the process ends */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static unsigned long calls;

static int is_wanted(const char *name)
{
	const char *wanted = getenv("FAULT_CALL");
	return wanted && strcmp(wanted, name) == 0;
}

/* Whether this call is the one; kills when that is asked for. */
static const char *now(const char *name)
{
	const char *at = getenv("FAULT_AT"), *what = getenv("FAULT_DO");
	if (!is_wanted(name) || !what || !at || ++calls != strtoul(at, NULL, 10))
		return NULL;
	if (strcmp(what, "kill") == 0)
		raise(SIGKILL);
	return what;
}

static void behind(const char *what)
{
	int kept = errno;
	if (what && strcmp(what, "killed") == 0)
		raise(SIGKILL);
	errno = kept;
}

static int fails(const char *what)
{
	if (!what || what[0] < '0' || what[0] > '9')
		return 0;
	errno = atoi(what);
	return 1;
}

__attribute__((destructor)) static void tell(void)
{
	const char *path = getenv("FAULT_COUNT");
	FILE *file = path ? fopen(path, "we") : NULL;
	if (!file)
		return;
	fprintf(file, "%lu\n", calls);
	fclose(file);
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

int open(const char *path, int flags, ...)
{
	REAL(open);
	va_list list;
	va_start(list, flags);
	mode_t mode = flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(list, int) : 0;
	va_end(list);
	const char *what = now("open");
	if (fails(what))
		return -1;
	int result = real(path, flags, mode);
	behind(what);
	return result;
}

#define TRANSFER(name, declaration, call_with, call_one) \
	ssize_t name declaration \
	{ \
		REAL(name); \
		const char *what = now(#name); \
		if (fails(what)) \
			return -1; \
		ssize_t result = what && strcmp(what, "short") == 0 && len > 1 ? real call_one : real call_with; \
		behind(what); \
		return result; \
	}

TRANSFER(read, (int fd, void *buf, size_t len), (fd, buf, len), (fd, buf, 1))
TRANSFER(write, (int fd, const void *buf, size_t len), (fd, buf, len), (fd, buf, 1))
TRANSFER(pread, (int fd, void *buf, size_t len, off_t at), (fd, buf, len, at), (fd, buf, 1, at))

#define PLAIN(name, declaration, call_with) \
	int name declaration \
	{ \
		REAL(name); \
		const char *what = now(#name); \
		if (fails(what)) \
			return -1; \
		int result = real call_with; \
		behind(what); \
		return result; \
	}

PLAIN(fsync, (int fd), (fd))
PLAIN(close, (int fd), (fd))
PLAIN(rename, (const char *from, const char *to), (from, to))
PLAIN(fstat, (int fd, struct stat *st), (fd, st))

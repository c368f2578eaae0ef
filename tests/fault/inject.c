/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Preloaded into the command: the n-th call of one function of the C library fails, is cut short, is where a signal comes, or where
 * another program runs from its start to its end while this one waits.
 *
 *   FAULT_CALL    open read pread write fsync close rename fstat stat lstat access flock lseek readlink fchmod unlink getentropy
 *   FAULT_AT      which of its calls, from 1
 *   FAULT_DO      an errno as a number; `short` (one byte is written or read); `zero` (reading says that the file ends); `kill` (before
 *                 the call) and `killed` (behind it) by SIGKILL; `signal` (before the call) and `signalled` (behind it) by FAULT_SIGNAL; `run`
 *   FAULT_RUN     what sh runs before the call, without this library
 *   FAULT_COUNT   a file that gets the number of calls when the process ends */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned long calls;

static int is_wanted(const char *name)
{
	const char *wanted = getenv("FAULT_CALL");
	return wanted && strcmp(wanted, name) == 0;
}

static int the_signal(void)
{
	const char *number = getenv("FAULT_SIGNAL");
	return number ? atoi(number) : SIGTERM;
}

/* Unlike system(), this leaves the signals of the process as they are. */
static void run_another(void)
{
	char *const words[] = {"sh", "-c", getenv("FAULT_RUN"), NULL}, *const variables[] = {"PATH=/usr/bin:/bin", "LC_ALL=C", NULL};
	pid_t child;
	int status = -1;
	if (posix_spawn(&child, "/bin/sh", NULL, NULL, words, variables) == 0)
		waitpid(child, &status, 0);
	if (status != 0) {
		const char *text = "inject: what FAULT_RUN says has failed\n";
		fputs(text, stderr);
		_exit(99);
	}
}

/* Whether this call is the one; kills when that is asked for. */
static const char *now(const char *name)
{
	const char *at = getenv("FAULT_AT"), *what = getenv("FAULT_DO");
	if (!is_wanted(name) || !what || !at || ++calls != strtoul(at, NULL, 10))
		return NULL;
	if (strcmp(what, "kill") == 0)
		raise(SIGKILL);
	if (strcmp(what, "signal") == 0)
		raise(the_signal());
	if (strcmp(what, "run") == 0)
		run_another();
	return what;
}

static void behind(const char *what)
{
	int kept = errno;
	if (what && strcmp(what, "killed") == 0)
		raise(SIGKILL);
	if (what && strcmp(what, "signalled") == 0)
		raise(the_signal());
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
		if (what && strcmp(what, "zero") == 0) \
			return 0; \
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
PLAIN(stat, (const char *path, struct stat *st), (path, st))
PLAIN(lstat, (const char *path, struct stat *st), (path, st))
PLAIN(access, (const char *path, int mode), (path, mode))
PLAIN(flock, (int fd, int operation), (fd, operation))
PLAIN(fchmod, (int fd, mode_t mode), (fd, mode))
PLAIN(unlink, (const char *path), (path))
PLAIN(getentropy, (void *bytes, size_t len), (bytes, len))

off_t lseek(int fd, off_t offset, int whence)
{
	REAL(lseek);
	const char *what = now("lseek");
	return fails(what) ? -1 : real(fd, offset, whence);
}

ssize_t readlink(const char *path, char *text, size_t size)
{
	REAL(readlink);
	const char *what = now("readlink");
	return fails(what) ? -1 : real(path, text, size);
}

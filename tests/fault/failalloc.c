/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Preloaded into the command: the n-th request for memory fails, or with FAIL_ON the n-th and all behind it.
 *
 *   FAIL_AT      which request, from 1; 0 or absent: none
 *   FAIL_ON      set: from there on
 *   FAIL_COUNT   a file that gets the number of requests when the process ends */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static unsigned long requests, at;
static int on, armed;

/* Not before main: the loader's own requests are no part of the program. */
__attribute__((constructor)) static void arm(void)
{
	const char *text = getenv("FAIL_AT");
	at = text ? strtoul(text, NULL, 10) : 0;
	on = getenv("FAIL_ON") != NULL;
	armed = 1;
}

__attribute__((destructor)) static void tell(void)
{
	const char *path = getenv("FAIL_COUNT");
	char text[24];
	unsigned long count = requests;
	armed = 0;
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : -1;
	if (fd < 0)
		return;
	int len = snprintf(text, sizeof text, "%lu\n", count);
	if (write(fd, text, (size_t)len) < 0)
		_exit(70);
	close(fd);
}

static int fails(void)
{
	if (!armed)
		return 0;
	requests++;
	if (at == 0 || (on ? requests < at : requests != at))
		return 0;
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return fails() ? NULL : __libc_realloc(old, size);
}

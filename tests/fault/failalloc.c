/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Preloaded into the command: requests for memory are counted, and chosen ones fail.
 *
 *   FAIL_AT      which request fails, from 1; 0 or absent: none
 *   FAIL_ON      set: and all behind it
 *   FAIL_COUNT   a file that gets the number of requests when the process ends
 *   FAIL_CHILD   set: only those of a process that it forks count
 *
 * Many points in one run: at each request of a list the process forks. In the child that request fails; it works in a folder of its own
 * to its end, while the parent waits and then goes on as if nothing had been. So the way to the point is gone once, not once a point.
 *
 *   FAIL_FORK    a file of 32-bit numbers, ascending: the request, times two, plus one when all behind it fail too
 *   FAIL_FOLDER  where a child's folder is made: the number in FAIL_FORK. It is the child's working folder, and what the parent has open
 *                for writing, standard output and error too, is copied there: a child changes nothing of its parent's
 *   FAIL_RESULT  a file that gets a line for each child: the number and its status as wait gives it
 *
 * The parent must have one thread, and its outputs relative names. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

enum { DESCRIPTORS = 64, SECONDS = 60, BROKEN = 70 };

static unsigned long own, at, *requests = &own;
static pid_t first; /* 0: all processes count */
static int on, armed, result = -1;
static const uint32_t *point;
static size_t points, next_point;

static void open_points(const char *path)
{
	struct stat about;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &about) != 0)
		_exit(BROKEN);
	points = (size_t)about.st_size / sizeof *point;
	point = points ? mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
	close(fd);
	result = open(getenv("FAIL_RESULT"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (point == MAP_FAILED || result < 0)
		_exit(BROKEN);
}

/* Not before main: the loader's own requests are no part of the program. */
__attribute__((constructor)) static void arm(void)
{
	const char *text = getenv("FAIL_AT"), *list = getenv("FAIL_FORK");
	at = text ? strtoul(text, NULL, 10) : 0;
	on = getenv("FAIL_ON") != NULL;
	if (getenv("FAIL_CHILD")) {
		first = getpid();
		requests = mmap(NULL, sizeof *requests, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (requests == MAP_FAILED)
			_exit(BROKEN);
	}
	if (list)
		open_points(list);
	armed = 1;
}

__attribute__((destructor)) static void tell(void)
{
	const char *path = getenv("FAIL_COUNT");
	char text[24];
	unsigned long count = *requests;
	armed = 0;
	int fd = path && !at ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : -1;
	if (fd < 0)
		return;
	int len = snprintf(text, sizeof text, "%lu\n", count);
	if (write(fd, text, (size_t)len) < 0)
		_exit(BROKEN);
	close(fd);
}

/* The descriptor writes to a regular file: to a copy of it in `folder` from now on, at the same place. */
static void own_copy(int fd, const char *folder)
{
	char link[64], path[PATH_MAX], copy[PATH_MAX + NAME_MAX], bytes[65536];
	struct stat about;
	int flags = fcntl(fd, F_GETFL);
	if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY || fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) || fd == result)
		return;
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t length = readlink(link, path, sizeof path - 1);
	if (length <= 0)
		_exit(BROKEN);
	path[length] = '\0';
	snprintf(copy, sizeof copy, "%s/%s", folder, strrchr(path, '/') + 1);
	off_t place = lseek(fd, 0, SEEK_CUR), done = 0;
	int from = open(path, O_RDONLY | O_CLOEXEC), to = open(copy, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	for (ssize_t n; from >= 0 && (n = read(from, bytes, sizeof bytes)) > 0; done += n)
		if (write(to, bytes, (size_t)n) != n)
			_exit(BROKEN);
	if (from < 0 || to < 0 || done != about.st_size || lseek(to, place, SEEK_SET) != place || dup3(to, fd, fcntl(fd, F_GETFD) & FD_CLOEXEC ? O_CLOEXEC : 0) < 0)
		_exit(BROKEN);
	close(from);
	close(to);
}

static void be_child(uint32_t number)
{
	char folder[PATH_MAX];
	const struct rlimit limit = {SECONDS, SECONDS};
	at = number / 2;
	on = number % 2;
	snprintf(folder, sizeof folder, "%s/%lu", getenv("FAIL_FOLDER"), (unsigned long)number);
	if (mkdir(folder, 0777) != 0 || setrlimit(RLIMIT_CPU, &limit) != 0)
		_exit(BROKEN);
	for (int fd = 0; fd < DESCRIPTORS; fd++)
		own_copy(fd, folder);
	if (chdir(folder) != 0)
		_exit(BROKEN);
	points = 0;
}

/* Children share the places in open files with their parent, which puts them back. True in the child. */
static int branch(uint32_t number)
{
	off_t place[DESCRIPTORS];
	char line[48];
	int status;
	for (int fd = 0; fd < DESCRIPTORS; fd++)
		place[fd] = lseek(fd, 0, SEEK_CUR);
	pid_t child = fork();
	if (child == 0) {
		be_child(number);
		return 1;
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		_exit(BROKEN);
	for (int fd = 0; fd < DESCRIPTORS; fd++)
		if (place[fd] >= 0)
			lseek(fd, place[fd], SEEK_SET);
	int length = snprintf(line, sizeof line, "%lu %d\n", (unsigned long)number, status);
	if (write(result, line, (size_t)length) != length)
		_exit(BROKEN);
	return 0;
}

static int fails(void)
{
	if (!armed || (first && getpid() == first))
		return 0;
	++*requests;
	int keep = errno;
	while (next_point < points && point[next_point] / 2 == *requests)
		if (branch(point[next_point++]))
			break;
	errno = keep;
	if (at == 0 || (on ? *requests < at : *requests != at))
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

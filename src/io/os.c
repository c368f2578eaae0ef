/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* realpath */

#include "io/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- what is there ---- */

static void describe(const struct stat *st, th_file_about *about)
{
	*about = (th_file_about){
		.kind = S_ISREG(st->st_mode) ? TH_FILE_REGULAR : S_ISDIR(st->st_mode) ? TH_FILE_FOLDER : TH_FILE_SPECIAL,
		.device = (uint64_t)st->st_dev, .inode = (uint64_t)st->st_ino, .size = st->st_size > 0 ? (uint64_t)st->st_size : 0,
		.seconds = (int64_t)st->st_mtim.tv_sec, .nanoseconds = (int64_t)st->st_mtim.tv_nsec, .permissions = st->st_mode & 0777,
	};
}

static bool is_absence(int error)
{
	return error == ENOENT || error == ENOTDIR;
}

int th_os_look(const char *path, th_file_about *about)
{
	struct stat st;
	*about = (th_file_about){.kind = TH_FILE_ABSENT};
	if (lstat(path, &st) != 0) /* what is absent is so by one question; a link is followed by a second */
		return is_absence(errno) ? 0 : errno;
	const bool link = S_ISLNK(st.st_mode);
	if (link && stat(path, &st) != 0) {
		if (!is_absence(errno))
			return errno;
		about->kind = TH_FILE_DANGLING;
		return 0;
	}
	describe(&st, about);
	about->link = link;
	return 0;
}

int th_os_look_at(int fd, th_file_about *about)
{
	struct stat st;
	*about = (th_file_about){.kind = TH_FILE_ABSENT};
	if (fstat(fd, &st) != 0)
		return errno;
	describe(&st, about);
	return 0;
}

bool th_os_same_file(const th_file_about *a, const th_file_about *b)
{
	return a->kind > TH_FILE_DANGLING && b->kind > TH_FILE_DANGLING && a->device == b->device && a->inode == b->inode;
}

bool th_os_same_bytes(const th_file_about *then, const th_file_about *now)
{
	return then->size == now->size && then->seconds == now->seconds && then->nanoseconds == now->nanoseconds;
}

bool th_os_there(const char *path)
{
	th_file_about about;
	return th_os_look(path, &about) != 0 || about.kind != TH_FILE_ABSENT;
}

/* ---- names ---- */

void th_os_split(const char *path, th_slice *folder, th_slice *name)
{
	const char *slash = strrchr(path, '/');
	*name = th_slice_of(slash ? slash + 1 : path);
	*folder = !slash ? th_slice_of(".") : slash == path ? th_slice_of("/") : (th_slice){path, (size_t)(slash - path)};
}

bool th_os_is_itself(const char *path, const th_file_about *about)
{
	th_file_about looked;
	th_slice folder, name;
	th_os_split(path, &folder, &name);
	if (!name.len || th_slice_eq(name, TH_S(".")) || th_slice_eq(name, TH_S("..")))
		return false;
	if (!about && th_os_look(path, &looked) != 0)
		return false;
	about = about ? about : &looked;
	return about->kind > TH_FILE_DANGLING && !about->link;
}

int th_os_real_path(const char *path, char **out)
{
	*out = realpath(path, NULL);
	return *out ? 0 : errno;
}

int th_os_program(char *path, size_t size)
{
	ssize_t n = readlink("/proc/self/exe", path, size);
	if (n < 0)
		return errno;
	if ((size_t)n >= size)
		return ENAMETOOLONG;
	path[n] = '\0';
	return 0;
}

/* ---- reading ---- */

static int opened(int fd, int *out)
{
	*out = fd;
	return fd < 0 ? errno : 0;
}

/* O_NONBLOCK: opening a FIFO must not wait for a writer that never comes. */
int th_os_open(const char *path, int *fd)
{
	return opened(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY), fd);
}

int th_os_standard_input(int *fd)
{
	return opened(fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3), fd);
}

int th_os_position(int fd, uint64_t *at)
{
	off_t here = lseek(fd, 0, SEEK_CUR);
	*at = here > 0 ? (uint64_t)here : 0;
	return here < 0 ? errno : 0;
}

/* Until there are `len` bytes, no more, or exactly `enough`. */
static int read_until(int fd, void *bytes, size_t len, size_t enough, uint64_t offset, size_t *got)
{
	*got = 0;
	while (*got < len && (*got == 0 || *got != enough)) {
		ssize_t n = pread(fd, (char *)bytes + *got, len - *got, (off_t)(offset + *got));
		if (n == 0)
			break;
		if (n < 0 && errno != EINTR)
			return errno;
		*got += n > 0 ? (size_t)n : 0;
	}
	return 0;
}

int th_os_read_at(int fd, void *bytes, size_t len, uint64_t offset, size_t *got)
{
	return read_until(fd, bytes, len, len, offset, got);
}

int th_os_read_sized(int fd, void *bytes, size_t size, uint64_t offset, size_t *got)
{
	return read_until(fd, bytes, size + 1, size, offset, got);
}

int th_os_read(int fd, void *bytes, size_t len, size_t *got)
{
	*got = 0;
	for (;;) {
		ssize_t n = read(fd, bytes, len);
		if (n >= 0) {
			*got = (size_t)n;
			return 0;
		}
		int error = errno;
		if (error == EAGAIN || error == EWOULDBLOCK) { /* the descriptor came without waiting: say that it waits */
			int flags = fcntl(fd, F_GETFL);
			if (flags < 0 || !(flags & O_NONBLOCK) || fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) < 0)
				return error;
		} else if (error != EINTR)
			return error;
	}
}

#ifdef __EMSCRIPTEN__
/* A page has no /proc, and what is asked of a descriptor is asked of the name that it was opened by: there the file keeps one, by its descriptor, until it is closed. */
int th_os_scratch(int *fd)
{
	char name[TH_OS_NAME];
	int next = open("/", O_RDONLY);
	close(next);
	th_os_name_of(next, name);
	int error = opened(open(name, O_RDWR | O_CREAT | O_TRUNC, 0600), fd);
	return error || *fd == next ? error : EBUSY;
}

static void scratch_closes(int fd)
{
	char name[TH_OS_NAME];
	th_os_name_of(fd, name);
	unlink(name);
}
#else
static void scratch_closes(int fd)
{
	(void)fd;
}

int th_os_scratch(int *fd)
{
	char name[] = "/tmp/tanhe-XXXXXX";
	*fd = mkstemp(name);
	if (*fd < 0)
		return errno;
	unlink(name);
	if (fcntl(*fd, F_SETFD, FD_CLOEXEC) == 0)
		return 0;
	int error = errno;
	close(*fd);
	*fd = -1;
	return error;
}
#endif

int th_os_map(const char *path, uint64_t address, char **start, size_t *len)
{
	int fd, error = th_os_open(path, &fd);
	th_file_about about;
	if (error)
		return error;
	error = th_os_look_at(fd, &about);
	if (error == 0 && (about.kind != TH_FILE_REGULAR || about.size == 0 || about.size > SIZE_MAX / 2))
		error = ENODATA;
	void *mapped = error ? MAP_FAILED : mmap((void *)(uintptr_t)address, (size_t)about.size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	if (error == 0 && mapped == MAP_FAILED)
		error = errno;
	(void)th_os_close(fd);
	*start = error ? NULL : mapped;
	*len = error ? 0 : (size_t)about.size;
	return error;
}

void th_os_unmap(const char *start, const char *end)
{
	if (start)
		(void)munmap((void *)(uintptr_t)start, (size_t)(end - start));
}

/* ---- writing ---- */

int th_os_write(int fd, const void *bytes, size_t len)
{
	for (size_t done = 0; done < len;) {
		ssize_t n = write(fd, (const char *)bytes + done, len - done);
		if (n < 0 && errno != EINTR)
			return errno;
		done += n > 0 ? (size_t)n : 0;
	}
	return 0;
}

int th_os_sync(int fd)
{
	return fsync(fd) == 0 ? 0 : errno;
}

int th_os_close(int fd)
{
	scratch_closes(fd);
	return close(fd) == 0 || errno == EINTR ? 0 : errno;
}

/* Network file systems say at close what they could not keep. A lock of flock lasts as long as one of the descriptors. */
int th_os_flush(int fd)
{
#ifdef __EMSCRIPTEN__
	(void)fd;
	return 0; /* there another descriptor would be another opening, of a file that must not be there yet; and nothing is on a network */
#endif
	int other = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	return other < 0 ? errno : th_os_close(other);
}

int th_os_descriptor(const char *path)
{
	static const char *const before[] = {"/dev/fd/", "/proc/self/fd/"};
	if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0)
		return TH_STANDARD_OUTPUT;
	if (strcmp(path, "/dev/stderr") == 0)
		return TH_STANDARD_ERROR;
	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		size_t len = strlen(before[i]), digits = strncmp(path, before[i], len) == 0 ? strspn(path + len, "0123456789") : 0;
		if (digits == 0 || digits > 6 || path[len + digits] != '\0')
			continue;
		int fd = 0;
		for (const char *at = path + len; *at; at++)
			fd = 10 * fd + (*at - '0');
		return fd;
	}
	return -1;
}

int th_os_open_again(int descriptor, int *fd)
{
	return opened(fcntl(descriptor, F_DUPFD_CLOEXEC, 3), fd);
}

int th_os_open_special(const char *path, int *fd)
{
	return opened(open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY), fd);
}

int th_os_may_write(const char *path)
{
	return access(path, W_OK) == 0 ? 0 : errno;
}

int th_os_permit(int fd, unsigned permissions)
{
	return fchmod(fd, (mode_t)permissions) == 0 ? 0 : errno;
}

int th_os_open_kept(const char *path, int *fd)
{
	int error = opened(open(path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0666), fd);
	if (error != 0 || flock(*fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
		return error;
	close(*fd);
	*fd = -1;
	return EBUSY;
}

int th_os_cut(int fd, uint64_t size)
{
	return ftruncate(fd, (off_t)size) == 0 ? 0 : errno;
}

/* ---- temporary files, and the signals that remove them ---- */

/* A name is written while its place is taken and read only by who moves it from LIVE to ENDING, so no signal sees half a name. */
enum { PLACES = 16, FREE = 0, TAKEN, LIVE, ENDING };
static struct { atomic_int state; char path[PATH_MAX]; } place[PLACES];
static const int ending[] = {SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM, SIGXCPU};
static volatile sig_atomic_t ends_cleanly;

static void hold_signals(sigset_t *before)
{
	sigset_t set;
	sigemptyset(&set);
	for (size_t i = 0; i < sizeof ending / sizeof *ending; i++)
		sigaddset(&set, ending[i]);
	pthread_sigmask(SIG_BLOCK, &set, before);
}

/* Without a free place the file is only left behind should a signal come. */
static void remember(const char *path)
{
	size_t len = strlen(path);
	for (size_t i = 0; ends_cleanly && len < PATH_MAX && i < PLACES; i++) {
		int was = FREE;
		if (!atomic_compare_exchange_strong(&place[i].state, &was, TAKEN))
			continue;
		memcpy(place[i].path, path, len + 1);
		atomic_store(&place[i].state, LIVE);
		return;
	}
}

static void forget(const char *path)
{
	sigset_t before;
	if (!ends_cleanly)
		return;
	hold_signals(&before);
	for (size_t i = 0; i < PLACES; i++) {
		int was = LIVE;
		if (atomic_compare_exchange_strong(&place[i].state, &was, TAKEN))
			atomic_store(&place[i].state, strcmp(place[i].path, path) == 0 ? FREE : LIVE);
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void end(int signal_number)
{
	for (size_t i = 0; i < PLACES; i++) {
		int was = LIVE;
		if (atomic_compare_exchange_strong(&place[i].state, &was, ENDING))
			unlink(place[i].path);
	}
	raise(signal_number); /* its action is the default one again: the process dies of it when this returns */
}

void th_os_end_cleanly(void)
{
	signal(SIGXFSZ, SIG_IGN);
	ends_cleanly = 1;
	for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
		struct sigaction was, now = {.sa_handler = end, .sa_flags = (int)SA_RESETHAND};
		sigfillset(&now.sa_mask);
		if (sigaction(ending[i], NULL, &was) == 0 && was.sa_handler != SIG_IGN)
			sigaction(ending[i], &now, NULL);
	}
}

static volatile sig_atomic_t interrupted;

static void remember_interrupt(int signal_number)
{
	(void)signal_number;
	interrupted = 1;
	struct sigaction now = {.sa_handler = end, .sa_flags = (int)SA_RESETHAND};
	sigfillset(&now.sa_mask);
	sigaction(SIGINT, &now, NULL);
}

void th_os_heed_interrupt(void)
{
	struct sigaction was, now = {.sa_handler = remember_interrupt, .sa_flags = SA_RESTART};
	sigfillset(&now.sa_mask);
	if (sigaction(SIGINT, NULL, &was) == 0 && was.sa_handler != SIG_IGN)
		sigaction(SIGINT, &now, NULL);
}

bool th_os_interrupted(void)
{
	return interrupted;
}

void th_os_end_interrupted(void)
{
	raise(SIGINT);
}

double th_os_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool still_named(int fd, const char *path)
{
	struct stat open_file, named;
	return fstat(fd, &open_file) == 0 && lstat(path, &named) == 0 && open_file.st_dev == named.st_dev && open_file.st_ino == named.st_ino;
}

/* The lock says that its writer lives; it is the kernel's and belongs to the descriptor, so it ends with the process however that ends, and
 * no other descriptor of the file ends it. Between creating and locking another run may have taken the file for a stale one: EEXIST, so that
 * another name is tried. Without locks (some network file systems) nobody removes anything. */
int th_os_create(const char *path, int *fd)
{
	sigset_t before;
	hold_signals(&before);
	int error = opened(open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666), fd);
	if (error == 0)
		remember(path);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (error != 0)
		return error;
	bool locked = flock(*fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
	if (locked && still_named(*fd, path))
		return 0;
	if (still_named(*fd, path))
		unlink(path);
	forget(path);
	close(*fd);
	*fd = -1;
	return EEXIST;
}

int th_os_replace(const char *path, const char *target)
{
	if (rename(path, target) != 0)
		return errno;
	forget(path);
	return 0;
}

void th_os_remove(const char *path)
{
	unlink(path);
	forget(path);
}

void th_os_remove_stale(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return; /* somebody's: it stays */
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 && still_named(fd, path))
		unlink(path);
	close(fd);
}

bool th_os_list(const char *folder, void (*see)(void *context, const char *name), void *context)
{
	DIR *list = opendir(folder);
	if (!list)
		return false;
	errno = 0;
	for (const struct dirent *entry; (entry = readdir(list)) != NULL; errno = 0)
		see(context, entry->d_name);
	int error = errno;
	closedir(list);
	errno = error;
	return error == 0;
}

/* The new name is on disk when the folder is. A folder that may be written to and not read, or a file system that cannot sync one: there is
 * no more to do, and the new file is there. */
int th_os_make_folder(const char *path)
{
	return mkdir(path, 0777) == 0 ? 0 : errno;
}

void th_os_remove_folder(const char *path)
{
	rmdir(path);
}

void th_os_sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	(void)fsync(fd);
	close(fd);
}

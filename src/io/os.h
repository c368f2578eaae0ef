/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_OS_H
#define TH_IO_OS_H

/* The system, as much of it as the house needs, and nobody else sees it: os.c has files and signals, os_process.c the rest. Functions that return int return 0 or errno.
 * Nothing here is shared between two runs but what belongs to the process itself: its signals and the temporary files these remove. */

#include <stdint.h>

#include "base/str.h"

/* --- what is there --- */

typedef enum th_file_kind {
	TH_FILE_ABSENT,   /* nothing of that name, or a folder of its path is none (ENOENT, ENOTDIR) */
	TH_FILE_DANGLING, /* a symbolic link that leads nowhere */
	TH_FILE_REGULAR, TH_FILE_FOLDER,
	TH_FILE_SPECIAL   /* a device, pipe or socket */
} th_file_kind;

typedef struct th_file_about {
	th_file_kind kind;
	uint64_t device, inode; /* who it is, whatever it is called */
	uint64_t size;
	int64_t seconds, nanoseconds; /* last change of its bytes */
	unsigned permissions;
	bool link;              /* its name is a symbolic link to it */
} th_file_about;

/* Look at what a name leads to. Absence is an answer, not an error; every other reason not to know is an error. */
TH_MUST_USE int th_os_look(const char *path, th_file_about *about);
TH_MUST_USE int th_os_look_at(int fd, th_file_about *about);
bool th_os_same_file(const th_file_about *a, const th_file_about *b);      /* one file under two names */
bool th_os_same_bytes(const th_file_about *then, const th_file_about *now); /* neither size nor time differ */
/* Whatever cannot be looked at is there: opening it tells what is wrong. Only absence is absence. */
bool th_os_there(const char *path);

/* --- names --- */

/* A path split at its last separator: "a/b" is folder "a" and name "b", "/b" is "/" and "b", "b" is "." and "b", "a/" is "a" and "". */
void th_os_split(const char *path, th_slice *folder, th_slice *name);
/* Is what stands there called by the last part of its path, and no link? False also when that cannot be told. `about`: as th_os_look has it; NULL: it
 * is looked at. */
bool th_os_is_itself(const char *path, const th_file_about *about);
/* The path without symbolic links, `.` and `..`; to be freed. */
TH_MUST_USE int th_os_real_path(const char *path, char **out);
/* The path of the running program; ENOENT when the system does not tell. */
TH_MUST_USE int th_os_program(char *path, size_t size);

/* --- reading --- */

TH_MUST_USE int th_os_open(const char *path, int *fd);  /* never waits for the other end of a pipe; ENXIO: a socket */
TH_MUST_USE int th_os_standard_input(int *fd);          /* a descriptor of its own */
TH_MUST_USE int th_os_position(int fd, uint64_t *at);   /* where reading stands in a regular file */
/* Up to `len` bytes from `offset` on; fewer only where the file ends. */
TH_MUST_USE int th_os_read_at(int fd, void *bytes, size_t len, uint64_t offset, size_t *got);
/* A file that is said to have `size` bytes: so many, and one more where it has it. One reading that ends there was cut by the end and by nothing else. */
TH_MUST_USE int th_os_read_sized(int fd, void *bytes, size_t size, uint64_t offset, size_t *got);
TH_MUST_USE int th_os_read(int fd, void *bytes, size_t len, size_t *got); /* what comes next, waiting for it; 0 bytes at the end */
TH_MUST_USE int th_os_scratch(int *fd);                 /* a temporary file in /tmp that has no name */

/* All of a file in memory, which may be changed there and is then not the file's: at the address where that is free, else anywhere. An empty file is ENODATA. */
TH_MUST_USE int th_os_map(const char *path, uint64_t address, char **start, size_t *len);
void th_os_unmap(const char *start, const char *end);

/* --- writing --- */

TH_MUST_USE int th_os_write(int fd, const void *bytes, size_t len); /* all of it */
TH_MUST_USE int th_os_sync(int fd);
int th_os_close(int fd);                                /* an interrupted close has closed */
TH_MUST_USE int th_os_flush(int fd);                    /* what closing would say, without giving up the descriptor or its lock */
/* The descriptor that an output's name means: `-`, /dev/stdout, /dev/stderr, /dev/fd/N, /proc/self/fd/N; else -1. It is written to as it stands, since
 * whoever opened it may append to a file or share it with others. */
int th_os_descriptor(const char *path);
TH_MUST_USE int th_os_open_again(int descriptor, int *fd);
TH_MUST_USE int th_os_open_special(const char *path, int *fd); /* a device or pipe, to write to */
TH_MUST_USE int th_os_may_write(const char *path);
TH_MUST_USE int th_os_permit(int fd, unsigned permissions);

/* A file that is not there yet, with a lock that ends with the process; EEXIST when the name is taken. From then on until it is replaced or
 * removed, a signal that ends the process removes it (see th_os_end_cleanly). `path` must live that long. */
TH_MUST_USE int th_os_create(const char *path, int *fd);
/* A file to read and to append to, made where it is not, locked as th_os_create locks: EBUSY when another process has it. No signal removes it. */
TH_MUST_USE int th_os_open_kept(const char *path, int *fd);
TH_MUST_USE int th_os_cut(int fd, uint64_t size); /* what is behind that is dropped */
/* Rename over what is there. */
TH_MUST_USE int th_os_replace(const char *path, const char *target);
void th_os_remove(const char *path);
/* Remove a file that nobody holds the lock of. */
void th_os_remove_stale(const char *path);
/* What a folder holds, one name after another. False when not all of it could be read, and errno says why. */
bool th_os_list(const char *folder, void (*see)(void *context, const char *name), void *context);
TH_MUST_USE int th_os_make_folder(const char *path); /* EEXIST when the name is taken */
void th_os_remove_folder(const char *path);          /* an empty one */
void th_os_sync_folder(const char *folder); /* as far as the system can */

/* --- the process --- */

enum { TH_OS_NAME = 32 };


/* For a program's start: a full file-size limit is an error of writing, and what ends the process (SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT,
 * SIGXCPU) first removes its temporary files. The process then dies of that signal. A signal that was ignored stays so. */
void th_os_end_cleanly(void);
/* For a job that has something to end in good order: from now on the first SIGINT is only remembered, the second one ends the process as above. A
 * SIGINT that was ignored stays so. */
void th_os_heed_interrupt(void);
bool th_os_interrupted(void);
void th_os_end_interrupted(void); /* end as SIGINT ends the process */
double th_os_seconds(void);       /* of a clock that only goes forward, to say how fast something is */
/* Run `work` in a process of its own that shares nothing with this one but its descriptors, is silent, and may die: *ended is what it returned, 0 to 255, or
 * less than 0 the signal that ended it. For what a library cannot do without risk; the process must have one thread. */
TH_MUST_USE int th_os_apart(int (*work)(void *context), void *context, int *ended);
/* A name under which the process can open a descriptor's file once more. */
void th_os_name_of(int fd, char name[TH_OS_NAME]);
/* A function of a shared library, which is loaded where it is not and stays. NULL: there is no such library (*absent), or what it takes to load it was lacking. */
void *th_os_symbol(const char *library, const char *name, bool *absent);
unsigned th_os_cores(void);
bool th_os_terminal(int fd);
void th_os_random(void *bytes, size_t len); /* at most 256 bytes; no secrets: when the system has none, from clock and process */
const char *th_os_reason(int error, char *text, size_t size);
const char *th_os_reason_zh(int error, const char *otherwise); /* of the errors that users meet; else what is given */

enum { TH_STANDARD_OUTPUT = 1, TH_STANDARD_ERROR = 2 };

#endif

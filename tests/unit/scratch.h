/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_TEST_SCRATCH_H
#define TH_TEST_SCRATCH_H

/* Files in a folder of their own, for what must be files: what is written, and what the system does. For test programs only. */

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lend.h"

typedef struct scratch {
	char folder[64];
	char path[128]; /* of the file written last */
} scratch;

static inline void scratch_make(scratch *s)
{
	snprintf(s->folder, sizeof s->folder, "/tmp/tanhe-test-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(s->folder));
}

static inline void scratch_remove(scratch *s)
{
	DIR *dir = opendir(s->folder);
	ck_assert_ptr_nonnull(dir);
	for (const struct dirent *entry; (entry = readdir(dir)) != NULL;)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			ck_assert_int_eq(unlinkat(dirfd(dir), entry->d_name, 0), 0);
	closedir(dir);
	ck_assert_int_eq(rmdir(s->folder), 0);
}

static inline const char *scratch_name(scratch *s, const char *name)
{
	snprintf(s->path, sizeof s->path, "%s/%s", s->folder, name);
	return s->path;
}

static inline const char *scratch_write(scratch *s, const char *name, const void *bytes, size_t len)
{
	FILE *file = fopen(scratch_name(s, name), "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, len, file), len);
	ck_assert_int_eq(fclose(file), 0);
	return s->path;
}

/* The file's bytes with a NUL behind, to be freed. */
static inline char *scratch_read(const char *path, size_t *len)
{
	FILE *file = fopen(path, "rb");
	ck_assert_ptr_nonnull(file);
	char *bytes = malloc(1 << 22);
	ck_assert_ptr_nonnull(bytes);
	*len = fread(bytes, 1, (1 << 22) - 1, file);
	bytes[*len] = '\0';
	fclose(file);
	return bytes;
}

/* How many entries the folder has. */
static inline size_t scratch_count(const scratch *s)
{
	DIR *dir = opendir(s->folder);
	ck_assert_ptr_nonnull(dir);
	size_t count = 0;
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

#endif

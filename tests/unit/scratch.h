/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_TEST_SCRATCH_H
#define TH_TEST_SCRATCH_H

/* Files in a folder of their own, and what was reported about them. For test programs only. */

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"

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

/* Every diagnostic as `line:column E1234` joined by `; `, to be freed: codes and places are what is promised, wording is not. */
static inline char *places(const th_diags *diags)
{
	char *jsonl, *out = calloc(1, 65536);
	ck_assert_ptr_nonnull(out);
	ck_assert_int_eq(th_diags_jsonl(diags, TH_LANG_EN, &jsonl), TH_OK);
	size_t len = 0;
	for (char *line = strtok(jsonl, "\n"); line; line = strtok(NULL, "\n")) {
		unsigned long row = 0, column = 0;
		char code[16] = "?";
		const char *at = strstr(line, "\"line\":"), *c = strstr(line, "\"code\":\"");
		if (at && c && sscanf(at, "\"line\":%lu,\"column\":%lu", &row, &column) == 2 && sscanf(c, "\"code\":\"%15[A-Z0-9]", code) == 1)
			len += (size_t)snprintf(out + len, 65536 - len, "%s%lu:%lu %s", len ? "; " : "", row, column, code);
	}
	free(jsonl);
	return out;
}

/* Compare with what places() gives; on a mismatch the full text is shown. */
static inline void expect_places(const th_diags *diags, const char *expected, const char *what)
{
	char *found = places(diags), *text;
	ck_assert_int_eq(th_diags_jsonl(diags, TH_LANG_EN, &text), TH_OK);
	ck_assert_msg(strcmp(found, expected) == 0, "%s: expected [%s], found [%s]\n%s", what, expected, found, text);
	free(text);
	free(found);
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both readers of CSV on files, for the tests: readers [--runs N] FILE... prints where the fast one gives other rows, cells, places or findings
 * than the careful one, with any instructions, in blocks of any size; and in the end how many files there were. Exit status 1: somewhere. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/both_readers.h"

static bool slurp(const char *path, th_buf *text)
{
	char piece[65536];
	size_t got = 1;
	FILE *file = fopen(path, "rb");
	th_buf_clear(text);
	th_buf_str(text, "");
	while (file && (got = fread(piece, 1, sizeof piece, file)) > 0)
		th_buf_add(text, piece, got);
	bool good = file && !ferror(file) && !text->failed;
	if (file)
		fclose(file);
	return good;
}

/* The first line in which two texts differ. */
static void show(const char *careful, const char *fast)
{
	while (careful && fast && *careful) {
		size_t a = strcspn(careful, "\n"), b = strcspn(fast, "\n");
		if (a != b || memcmp(careful, fast, a) != 0)
			break;
		careful += a + (careful[a] != '\0');
		fast += b + (fast[b] != '\0');
	}
	printf("  careful: %.300s\n  fast:    %.300s\n", careful ? careful : "no memory", fast ? fast : "no memory");
}

int main(int argc, char **argv)
{
	int first = 1, different = 0;
	unsigned runs = 1;
	if (argc > 2 && strcmp(argv[1], "--runs") == 0) {
		runs = (unsigned)strtoul(argv[2], NULL, 10);
		first = 3;
	}
	th_buf text = {0};
	for (int i = first; i < argc; i++) {
		if (!slurp(argv[i], &text)) {
			fprintf(stderr, "%s: cannot be read\n", argv[i]);
			return 2;
		}
		for (unsigned run = 0; run < runs; run++) {
			char *careful, *fast;
			const char *way = read_both((th_slice){text.ptr ? text.ptr : "", text.len}, TH_ENC_AUTO, (unsigned)i * 7919u + run * 104729u, &careful, &fast);
			if (!way)
				continue;
			printf("%s: %s, run %u\n", argv[i], way, run);
			show(careful, fast);
			free(careful);
			free(fast);
			different++;
			break;
		}
	}
	th_buf_free(&text);
	printf("%d files, %d different\n", argc - first, different);
	return different > 0;
}

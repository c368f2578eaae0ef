/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_TEST_BOTH_READERS_H
#define TH_TEST_BOTH_READERS_H

/* All that a reader of CSV gives, as one text: rows, cells, raw records, places, and what it reports. For test programs only. */

#include <stdio.h>
#include <stdlib.h>

#include "io/csv.h"

static inline void put_both(th_buf *out, const th_csv *csv, const th_record *record)
{
	size_t line, column;
	th_buf_printf(out, "%zu [", record->line);
	th_buf_slice(out, record->raw);
	th_buf_char(out, ']');
	for (size_t i = 0; i <= record->cells; i++) {
		if (record->cells < 64 || i % 64 == 0) { /* the last of many places takes a walk over all the cells */
			th_csv_place(csv, record, i, &line, &column);
			th_buf_printf(out, " %zu:%zu", line, column);
		}
		if (i < record->cells) {
			th_buf_char(out, '=');
			th_buf_slice(out, record->cell[i]);
		}
	}
	th_buf_char(out, '\n');
}

/* To be freed; NULL without memory. */
static inline char *read_by(th_slice bytes, th_encoding encoding, th_reading reading)
{
	th_buf out = {0};
	th_diags *diags = th_diags_new();
	th_source *source = NULL;
	th_csv *csv = NULL;
	if (!diags)
		return NULL;
	th_diags_read_by(diags, reading);
	th_status status = th_source_of_bytes("f.csv", bytes, encoding, diags, &source);
	if (status == TH_OK)
		status = th_csv_open(source, diags, &csv);
	if (status == TH_OK) {
		th_buf_printf(&out, "%c %s\n", th_csv_delimiter(csv), th_source_encoding(source));
		put_both(&out, csv, th_csv_header(csv));
	}
	for (bool end = false; status == TH_OK && !end;) {
		th_record record;
		status = th_csv_next(csv, &record, &end);
		if (status == TH_OK && !end)
			put_both(&out, csv, &record);
	}
	char *said;
	if (th_diags_jsonl(diags, &said) == TH_OK) {
		th_buf_printf(&out, "%d %zu %s\n%s", (int)status, th_diags_count(diags), status == TH_OK ? th_source_sha256(source) : "", said);
		free(said);
	}
	th_csv_close(csv);
	th_source_close(source);
	th_diags_free(diags);
	th_buf_char(&out, '\0');
	if (out.failed) {
		th_buf_free(&out);
		return NULL;
	}
	return out.ptr;
}

/* By how many ways of reading the fast reader is asked, and the way of a number. */
enum { READ_WAYS = 6 };

static inline th_reading read_way(unsigned way, unsigned random)
{
	static const th_cpu cpu[READ_WAYS] = {TH_CPU_PORTABLE, TH_CPU_SSE2, TH_CPU_AVX2, TH_CPU_PORTABLE, TH_CPU_SSE2, TH_CPU_AVX2};
	size_t block = way < 3 ? 0 : random % 3 == 0 ? 64 : 64 + random / 3 % (random % 3 == 1 ? 512 : 20000);
	return (th_reading){.how = TH_READ_FAST, .cpu = cpu[way], .block = block};
}

/* Where both give another text, how the fast one read; NULL: nowhere. *a, *b are both, to be freed. */
static inline const char *read_both(th_slice bytes, th_encoding encoding, unsigned random, char **a, char **b)
{
	static const char *const names[READ_WAYS] = {"portable", "sse2", "avx2", "portable, small blocks", "sse2, small blocks", "avx2, small blocks"};
	*a = read_by(bytes, encoding, (th_reading){.how = TH_READ_CAREFUL, .cpu = TH_CPU_PORTABLE});
	for (unsigned way = 0; way < READ_WAYS; way++) {
		*b = read_by(bytes, encoding, read_way(way, random + way));
		if (!*a || !*b || strcmp(*a, *b) != 0)
			return names[way];
		free(*b);
		*b = NULL;
	}
	free(*a);
	*a = NULL;
	return NULL;
}

#endif

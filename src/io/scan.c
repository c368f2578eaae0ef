/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/scan.h"

#include <stdlib.h>

#include "base/memory.h"
#include "io/cpu.h"
#include "io/scan_loop.h"
#include "io/source.h"

struct th_scan {
	th_marks_fn *mark;
	uint32_t columns;
	th_slice text;
	size_t at;            /* as far as it was scanned */
	size_t line;
	uint32_t start;       /* of the next record */
	size_t first;         /* its first mark */
	size_t end, aside;    /* the next of them */
	size_t piece;         /* bytes that are marked at a time */
	th_marks marks;
	uint32_t room[];      /* of the marks */
};

/* ---- stage 1 for any processor: eight bytes in a word ---- */

/* Bit i: byte i of the word is the one that `pattern` repeats. Exact, in contrast to Mycroft's test. */
static uint64_t equal_in(uint64_t word, uint64_t pattern)
{
	const uint64_t low = 0x7F7F7F7F7F7F7F7Fu;
	uint64_t x = word ^ pattern;
	uint64_t zero = ~(((x & low) + low) | x | low) >> 7; /* 1 in each byte that is zero */
	return zero * 0x0102040810204080u >> 56;
}

static uint64_t equal(const uint64_t word[8], char byte)
{
	uint64_t bits = 0, pattern = 0x0101010101010101u * (unsigned char)byte;
	for (unsigned i = 0; i < 8; i++)
		bits |= equal_in(word[i], pattern) << 8 * i;
	return bits;
}

static th_bits bits_of(const char *text, char delimiter)
{
	uint64_t word[8];
	for (unsigned i = 0; i < 8; i++) {
		word[i] = 0; /* its lowest byte is the first one, on any machine */
		for (unsigned k = 0; k < 8; k++)
			word[i] |= (uint64_t)(unsigned char)text[8 * i + k] << 8 * k;
	}
	return (th_bits){equal(word, '"'), equal(word, delimiter), equal(word, '\n'), equal(word, '\r')};
}

TH_MARKS_LOOP(th_marks_portable, bits_of, th_prefix_parity)

static th_marks_fn *choose(th_cpu cpu)
{
	switch (th_cpu_take(cpu)) {
#ifdef TH_CPU_X86
	case TH_CPU_AVX2: return th_marks_avx2;
	case TH_CPU_SSE2: return th_marks_sse2;
#endif
	default: return th_marks_portable;
	}
}

/* ---- cells ---- */

/* Bytes with which a cell starts (1) or ends (2) that is not simply what it says: a quote, a blank, or what may be part of one (th_slice_trim). */
static const unsigned char care[256] = {
	['"'] = 3, [' '] = 3, ['\t'] = 3, [0xC2] = 1, [0xE3] = 1, [0xEE] = 1, [0xEF] = 1, [0x80] = 2, [0xA0] = 2, [0xA5] = 2, [0xBF] = 2,
};

static bool wants_care(th_slice raw)
{
	return ((care[(unsigned char)raw.ptr[0]] & 1) | (care[(unsigned char)raw.ptr[raw.len - 1]] & 2)) != 0;
}

static th_slice unquoted(th_slice raw, char **room)
{
	const char *from = raw.ptr + 1, *stop = raw.ptr + raw.len - 1, *quote = memchr(from, '"', (size_t)(stop - from));
	if (!quote)
		return (th_slice){from, (size_t)(stop - from)};
	char *to = *room, *start = to;
	while (from < stop) {
		quote = memchr(from, '"', (size_t)(stop - from));
		size_t len = quote ? (size_t)(quote - from) + 1 : (size_t)(stop - from);
		memcpy(to, from, len);
		to += len;
		from += len + (quote ? 1 : 0); /* the second of two is left out */
	}
	*room = to;
	return (th_slice){start, (size_t)(to - start)};
}

th_slice th_scanned_plain(th_slice raw, char **room)
{
	if (raw.len == 0 || !wants_care(raw))
		return raw;
	return raw.ptr[0] == '"' ? unquoted(raw, room) : th_slice_trim(raw);
}

bool th_scanned_cells_blank(const th_scanned *record)
{
	for (size_t i = 0; i < record->cells; i++) {
		th_slice raw = th_scanned_raw(record, i);
		if (raw.len == 0 || (raw.len == 2 && raw.ptr[0] == '"'))
			continue;
		if (!wants_care(raw) || raw.ptr[0] == '"' || th_slice_trim(raw).len > 0)
			return false;
	}
	return true;
}

/* ---- stage 2 ---- */

th_scan *th_scan_new(char delimiter, size_t columns, size_t bytes, th_cpu cpu)
{
	const size_t piece = bytes < TH_SCAN_PIECE ? bytes / 64 * 64 + 64 : TH_SCAN_PIECE;
	const size_t marks = TH_SCAN_LEFT + piece + TH_SCAN_SLACK, ends = piece + TH_SCAN_SLACK, asides = 2 * piece + TH_SCAN_SLACK;
	th_scan *scan = th_malloc(sizeof *scan + (marks + ends + asides) * sizeof *scan->room);
	if (!scan)
		return NULL;
	scan->piece = piece;
	scan->marks.mark = scan->room;
	scan->marks.end = scan->room + marks;
	scan->marks.aside = scan->room + marks + ends;
	scan->mark = choose(cpu);
	scan->columns = (uint32_t)columns;
	scan->marks.delimiter = delimiter;
	th_scan_text(scan, (th_slice){"", 0}, 0, 1);
	return scan;
}

void th_scan_free(th_scan *scan)
{
	free(scan);
}

void th_scan_text(th_scan *scan, th_slice text, size_t from, size_t line)
{
	scan->text = text;
	scan->at = from;
	scan->start = (uint32_t)from;
	scan->line = line;
	scan->first = scan->end = scan->aside = 0;
	th_marks *m = &scan->marks;
	m->marks = m->ends = m->asides = 0;
	m->in = m->cr = m->close = 0;
	m->separator = 1; /* a record starts here */
}

/* Scan on. What belongs to the record that has begun goes to the front. */
static bool scan_on(th_scan *scan)
{
	th_marks *m = &scan->marks;
	size_t rest = scan->text.len - scan->at, left = m->marks - scan->first, asides = m->asides - scan->aside;
	if (rest == 0 || left > TH_SCAN_LEFT || asides > scan->piece)
		return false; /* so many cells, or line ends in one, are for the careful reader */
	memmove(m->mark, m->mark + scan->first, left * sizeof *m->mark);
	memmove(m->aside, m->aside + scan->aside, asides * sizeof *m->aside);
	m->marks = left;
	m->asides = asides;
	m->ends = scan->first = scan->end = scan->aside = 0;
	size_t len = rest < scan->piece ? rest : scan->piece;
	scan->mark(m, scan->text.ptr, scan->at, len);
	scan->at += len;
	return true;
}

/* As many cells as the header has, but for empty ones behind: those Excel leaves. */
static bool has_columns(const th_scan *scan, const uint32_t *end, size_t cells)
{
	if (cells < scan->columns || cells > TH_MAX_COLUMNS)
		return false;
	for (size_t i = scan->columns; i < cells; i++)
		if (end[i] != end[i - 1] + 1)
			return false;
	return true;
}

bool th_scan_next(th_scan *scan, th_scanned *record)
{
	const th_marks *m = &scan->marks;
	while (scan->end == m->ends)
		if (!scan_on(scan))
			return false;
	const char *text = scan->text.ptr;
	size_t last = m->end[scan->end], cells = last - scan->first + 1;
	const uint32_t *end = m->mark + scan->first;
	uint32_t stop = m->mark[last], next = stop + 1;
	if (text[stop] == '\r') {
		if (next == scan->text.len)
			return false; /* the LF of it may follow */
		next += text[next] == '\n';
	}
	bool odd = !has_columns(scan, end, cells) || stop - scan->start > TH_MAX_FIELD;
	*record = (th_scanned){.text = text, .limit = text + scan->text.len, .end = end, .cells = scan->columns, .start = scan->start, .stop = stop, .next = next, .line = scan->line};
	scan->line++;
	for (; scan->aside < m->asides && m->aside[scan->aside] >> 1 < stop; scan->aside++) {
		odd |= m->aside[scan->aside] & 1;
		scan->line += !(m->aside[scan->aside] & 1);
	}
	record->odd = odd;
	record->next_line = scan->line;
	scan->start = next;
	scan->first = last + 1;
	scan->end++;
	return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/marks.h"

#include <stdint.h>

#include "base/utf8.h"

/* Drop what lies before `keep` and read on. */
static th_status refill(th_records *r, size_t keep)
{
	th_slice piece;
	th_status status = th_source_read(r->source, &piece);
	if (status != TH_OK)
		return status;
	if (keep > 0) {
		r->window.len -= keep;
		memmove(r->window.ptr, r->window.ptr + keep, r->window.len);
	}
	r->eof = piece.len == 0;
	r->refills++;
	th_buf_slice(&r->window, piece);
	if (r->window.failed)
		return th_no_memory(r->diags);
	return TH_OK;
}

/* Length of the line end at `at`: 2 for CRLF, 1 for LF or a lone CR; 0 when another byte stands there. */
static size_t line_end(th_slice text, size_t at)
{
	char c = text.ptr[at];
	if (c == '\r' && at + 1 < text.len && text.ptr[at + 1] == '\n')
		return 2;
	return c == '\n' || c == '\r';
}

/* The next quote, CR or LF from `at` on. */
static size_t next_special(const char *s, size_t at, size_t len)
{
	const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
	while (len - at >= 8) {
		uint64_t w;
		memcpy(&w, s + at, 8);
		/* A byte of x is zero where the text has the one looked for (Mycroft): (x - 01..01) & ~x & 80..80. */
		uint64_t q = w ^ ones * '"', n = w ^ ones * '\n', r = w ^ ones * '\r';
		if ((((q - ones) & ~q) | ((n - ones) & ~n) | ((r - ones) & ~r)) & highs)
			break;
		at += 8;
	}
	while (at < len && s[at] != '"' && s[at] != '\n' && s[at] != '\r')
		at++;
	return at;
}

th_status th_records_next(th_records *r, bool *found)
{
	r->start = r->next;
	r->line = r->next_line;
	r->open = r->ended = false;
	size_t at = r->start, lines = 0;
	for (;;) {
		th_slice text = th_buf_view(&r->window);
		at = next_special(text.ptr, at, text.len);
		bool last = at == text.len || (text.ptr[at] == '\r' && at + 1 == text.len);
		if (last && !r->eof && at - r->start <= TH_MAX_ROW) {
			th_status status = refill(r, r->start);
			if (status != TH_OK)
				return status;
			at -= r->start;
			r->start = 0;
			continue;
		}
		if (at == text.len || at - r->start > TH_MAX_ROW)
			break;
		if (text.ptr[at] == '"') {
			r->open = !r->open;
			if (r->open)
				r->quote = at - r->start;
			at++;
			continue;
		}
		size_t width = line_end(text, at);
		lines++;
		if (!r->open) {
			r->len = at - r->start;
			r->ended = true;
			r->next = at + width;
			r->next_line = r->line + lines;
			*found = true;
			return TH_OK;
		}
		at += width;
	}
	r->len = at - r->start;
	r->next = at;
	r->next_line = r->line + lines;
	*found = r->len > 0;
	return TH_OK;
}

th_status th_records_resume(th_records *r, size_t offset)
{
	size_t at = r->start, lines = 0, from = r->start + offset;
	for (;;) {
		th_slice text = th_buf_view(&r->window);
		while (at < text.len && line_end(text, at) == 0)
			at++;
		bool last = at == text.len || (text.ptr[at] == '\r' && at + 1 == text.len);
		if (last && !r->eof) {
			/* Nothing of the record is needed any more, its error is reported. */
			th_status status = refill(r, at);
			if (status != TH_OK)
				return status;
			from = from > at ? from - at : 0;
			at = 0;
			continue;
		}
		if (at < text.len) {
			bool behind = at >= from;
			at += line_end(text, at);
			lines++;
			if (!behind)
				continue;
		}
		r->next = at;
		r->next_line = r->line + lines;
		return TH_OK;
	}
}

th_slice th_records_raw(const th_records *r)
{
	return (th_slice){r->window.ptr + r->start, r->len};
}

size_t th_cell_head(th_slice raw, size_t at, char delimiter)
{
	while (at < raw.len && (raw.ptr[at] == ' ' || raw.ptr[at] == '\t') && raw.ptr[at] != delimiter)
		at++;
	return at;
}

size_t th_cell_end(th_slice raw, size_t at, char delimiter)
{
	size_t head = th_cell_head(raw, at, delimiter);
	if (head < raw.len && raw.ptr[head] == '"') {
		for (at = head + 1; at < raw.len; at++) {
			if (raw.ptr[at] != '"')
				continue;
			if (at + 1 == raw.len || raw.ptr[at + 1] != '"')
				break;
			at++;
		}
	}
	const char *end = at < raw.len ? memchr(raw.ptr + at, delimiter, raw.len - at) : NULL;
	return end ? (size_t)(end - raw.ptr) : raw.len;
}

void th_text_place(th_slice raw, size_t first_line, size_t offset, size_t *line, size_t *column)
{
	size_t head = 0;
	*line = first_line;
	for (size_t at = 0; at < offset;) {
		size_t width = line_end(raw, at);
		at += width ? width : 1;
		if (width) {
			++*line;
			head = at;
		}
	}
	*column = th_utf8_length((th_slice){raw.ptr + head, offset - head}) + 1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "io/workbook_parts.h"

struct reading {
	th_shared_strings *out;
	th_diags *diags;
	unsigned phonetic; /* how the word is spoken, which is none of it */
	bool taking;
	size_t start;      /* of the string in the pool */
};

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The unit that _xHHHH_ at `text` is; -1: it is none. */
static int32_t unit_at(const char *text, size_t len)
{
	int32_t unit = 0;
	if (len < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
		return -1;
	for (size_t i = 2; i < 6; i++) {
		if (hex(text[i]) < 0)
			return -1;
		unit = unit * 16 + hex(text[i]);
	}
	return unit;
}

static size_t put_utf8(char *to, uint32_t c)
{
	if (c < 0x80) {
		to[0] = (char)(c < 0x20 && c != '\t' && c != '\n' && c != '\r' ? ' ' : c);
		return 1;
	}
	size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = size; --i > 0; c >>= 6)
		to[i] = (char)(0x80 | (c & 0x3F));
	to[0] = (char)((size == 2 ? 0xC0 : size == 3 ? 0xE0 : 0xF0) | c);
	return size;
}

size_t th_unescape_workbook(char *text, size_t len)
{
	size_t to = 0;
	for (size_t i = 0; i < len;) {
		int32_t unit = unit_at(text + i, len - i);
		if (unit < 0) {
			text[to++] = text[i++];
			continue;
		}
		uint32_t c = (uint32_t)unit;
		i += 7;
		if (c >= 0xD800 && c <= 0xDFFF) { /* half a character stands only in a pair */
			int32_t low = c <= 0xDBFF ? unit_at(text + i, len - i) : -1;
			bool pair = low >= 0xDC00 && low <= 0xDFFF;
			c = pair ? 0x10000 + ((c - 0xD800) << 10) + ((uint32_t)low - 0xDC00) : 0xFFFD;
			i += pair ? 7 : 0;
		}
		to += put_utf8(text + to, c);
	}
	return to;
}

static th_status start(void *user, const char *name, const char *const *attributes)
{
	struct reading *r = user;
	(void)attributes;
	if (strcmp(name, "si") == 0)
		r->start = r->out->pool.len;
	else if (strcmp(name, "rPh") == 0)
		r->phonetic++;
	else if (strcmp(name, "t") == 0)
		r->taking = r->phonetic == 0;
	return TH_OK;
}

static th_status end_string(struct reading *r)
{
	th_shared_strings *out = r->out;
	if (out->pool.failed)
		return th_no_memory(r->diags);
	if (out->pool.len > r->start)
		out->pool.len = r->start + th_unescape_workbook(out->pool.ptr + r->start, out->pool.len - r->start);
	if (out->count == out->room) {
		size_t room = out->room ? 2 * out->room : 1024;
		uint32_t *grown = th_realloc(out->end, room * sizeof *grown);
		if (!grown)
			return th_no_memory(r->diags);
		out->end = grown;
		out->room = room;
	}
	out->end[out->count++] = (uint32_t)out->pool.len; /* a part is no larger than TH_MAX_PART */
	return TH_OK;
}

static th_status end(void *user, const char *name)
{
	struct reading *r = user;
	if (strcmp(name, "t") == 0)
		r->taking = false;
	else if (strcmp(name, "rPh") == 0)
		r->phonetic -= r->phonetic > 0;
	else if (strcmp(name, "si") == 0)
		return end_string(r);
	return TH_OK;
}

static void text(void *user, const char *piece, size_t len)
{
	struct reading *r = user;
	if (r->taking)
		th_buf_add(&r->out->pool, piece, len);
}

th_status th_shared_strings_load(th_package *package, const char *part, th_shared_strings *out)
{
	static const th_xml_use use = {start, end, text};
	struct reading r = {.out = out, .diags = th_package_diags(package)};
	if (!th_buf_reserve(&out->pool, 1)) /* so that an empty text lies somewhere */
		return th_no_memory(r.diags);
	return th_xml_part(package, part, &use, &r);
}

void th_shared_strings_free(th_shared_strings *strings)
{
	th_buf_free(&strings->pool);
	free(strings->end);
}

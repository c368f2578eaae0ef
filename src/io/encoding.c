/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/encoding.h"

#include <strings.h>

#include "base/utf8.h"
#include "io/cpu.h"
#include "io/gb18030.h"
#include "io/utf8_run.h"

void th_sniff_start(th_sniff *scan, th_encoding encoding, uint64_t offset)
{
	*scan = (th_sniff){
		.offset = offset, .bad = TH_NOWHERE, .nul = TH_NOWHERE, .weak = TH_NOWHERE, .target = TH_NOWHERE,
		.line = 1, .column = 1, .encoding = encoding,
	};
}

/* How many bytes from `at` on are ASCII, in steps of 32. */
static size_t ascii_run(const unsigned char *s, size_t at, size_t len)
{
	size_t i = at;
	while (len - i >= 32) {
		uint64_t w[4];
		memcpy(w, s + i, sizeof w);
		if ((w[0] | w[1] | w[2] | w[3]) & 0x8080808080808080u)
			break;
		i += 32;
	}
	return i - at;
}

/* Of UTF-8 from `at` on, how many bytes need no look one by one. */
static size_t utf8_run(th_sniff *scan, const unsigned char *s, size_t at, size_t len)
{
#ifdef TH_CPU_X86
	/* Once there is a character of three bytes, nobody asks for those of two. */
	if (scan->quick && len - at >= 64)
		return th_utf8_run_avx2(s + at, len - at, !scan->strong && scan->weak == TH_NOWHERE, &scan->strong);
#else
	(void)scan;
	(void)s;
	(void)at;
	(void)len;
#endif
	return 0;
}

static bool is_wide(th_encoding encoding)
{
	return encoding == TH_ENC_UTF16LE || encoding == TH_ENC_UTF16BE;
}

static void note_nul(th_sniff *scan, uint64_t offset)
{
	if (scan->nul == TH_NOWHERE)
		scan->nul = offset;
	scan->nuls[offset & 1]++;
}

void th_sniff_nuls(th_sniff *scan, uint64_t offset, const unsigned char *bytes, size_t len)
{
	const unsigned char *first = len && !is_wide(scan->encoding) ? memchr(bytes, 0, len) : NULL;
	for (size_t i = first ? (size_t)(first - bytes) : len; i < len; i++)
		if (bytes[i] == 0)
			note_nul(scan, offset + i);
}

/* Two-byte sequences that stand alone in otherwise English text: the signs of units and arithmetic. All others that UTF-8
 * has are pairs of common hanzi in GBK (C3 BA is ú and 煤, C2 A5 is ¥ and 楼); of these the GBK reading is rarely a word. */
static bool common_sign(unsigned lead, unsigned trail)
{
	static const unsigned char signs[] = {
		0xA0, /* no-break space */ 0xA7, /* § */ 0xA9, /* © */ 0xB0, /* ° */ 0xB1, /* ± */
		0xB2, /* ² */ 0xB3, /* ³ */ 0xB5, /* µ */ 0xB7, /* · */
	};
	if (lead == 0xC2)
		return memchr(signs, (int)trail, sizeof signs) != NULL;
	return lead == 0xC3 && (trail == 0x97 /* × */ || trail == 0xB7 /* ÷ */ || trail == 0xA9 /* é */);
}

static unsigned utf16_unit(const unsigned char *s, th_encoding encoding)
{
	return encoding == TH_ENC_UTF16LE ? s[0] | (unsigned)s[1] << 8 : s[1] | (unsigned)s[0] << 8;
}

static size_t utf16_sequence(const unsigned char *s, size_t len, th_encoding encoding)
{
	if (len < 2)
		return len + 1;
	unsigned unit = utf16_unit(s, encoding);
	if (unit < 0xD800 || unit > 0xDFFF)
		return 2;
	if (unit >= 0xDC00)
		return 0;
	if (len < 4)
		return len + 1;
	unsigned low = utf16_unit(s + 2, encoding);
	return low >= 0xDC00 && low <= 0xDFFF ? 4 : 0;
}

static size_t sequence(const unsigned char *s, size_t len, th_encoding encoding)
{
	if (is_wide(encoding))
		return utf16_sequence(s, len, encoding);
	if (s[0] < 0x80)
		return 1;
	return encoding == TH_ENC_GB18030 ? th_gb18030_sequence(s, len) : th_utf8_sequence(s, len);
}

size_t th_sniff_bytes(th_sniff *scan, const unsigned char *bytes, size_t len, bool last)
{
	bool wide = is_wide(scan->encoding);
	bool utf8 = scan->encoding == TH_ENC_UTF8, gb18030 = scan->encoding == TH_ENC_GB18030;
	size_t i = 0, slow = 0;
	while (i < len && scan->bad == TH_NOWHERE) {
		if (utf8 && bytes[i] >= 0x80 && i >= slow) {
			i += utf8_run(scan, bytes, i, len);
			slow = i + 64;
			if (i == len)
				break;
		}
		if (!wide && bytes[i] < 0x80) {
			i += ascii_run(bytes, i, len);
			while (i < len && bytes[i] < 0x80)
				i++;
			continue;
		}
		size_t pairs = gb18030 ? th_gb18030_pairs(bytes + i, len - i) : 0;
		if (pairs > 0) {
			i += pairs;
			continue;
		}
		size_t used = sequence(bytes + i, len - i, scan->encoding);
		if (used > len - i && !last)
			break;
		if (used == 0 || used > len - i) {
			scan->bad = scan->offset + i;
			break;
		}
		if (wide && utf16_unit(bytes + i, scan->encoding) == 0)
			note_nul(scan, scan->offset + i);
		if (utf8 && used > 2)
			scan->strong = true;
		else if (utf8 && scan->weak == TH_NOWHERE && !common_sign(bytes[i], bytes[i + 1]))
			scan->weak = scan->offset + i;
		i += used;
	}
	if (scan->bad != TH_NOWHERE)
		i = len;
	scan->offset += i;
	return i;
}

size_t th_sniff_place(th_sniff *scan, const unsigned char *bytes, size_t len, bool last)
{
	bool wide = is_wide(scan->encoding);
	size_t i = 0;
	while (i < len && scan->offset + i < scan->target) {
		size_t used = sequence(bytes + i, len - i, scan->encoding);
		if (used > len - i && !last)
			break;
		unsigned unit = bytes[i];
		if (used == 0 || used > len - i)
			used = 1; /* the target is another encoding's first bad byte: each byte that does not fit here is a character */
		else if (wide)
			unit = utf16_unit(bytes + i, scan->encoding);
		bool second = unit == '\n' && scan->after_cr;
		scan->after_cr = unit == '\r';
		if (unit == '\n' || unit == '\r') {
			scan->line += !second;
			scan->column = 1;
		} else
			scan->column++;
		i += used;
	}
	if (scan->offset + i >= scan->target)
		i = len;
	scan->offset += i;
	return i;
}

static size_t utf16_decode(const unsigned char *s, size_t len, th_encoding encoding, unsigned char *out, size_t *made)
{
	unsigned char *to = out;
	size_t i = 0, used;
	for (; i < len; i += used) {
		used = utf16_sequence(s + i, len - i, encoding);
		if (used == 0 || used > len - i)
			break;
		uint32_t c = utf16_unit(s + i, encoding);
		if (used == 4)
			c = 0x10000 + ((c - 0xD800) << 10) + (utf16_unit(s + i + 2, encoding) - 0xDC00);
		to += th_utf8_put(c, to);
	}
	*made = (size_t)(to - out);
	return i;
}

bool th_decode(th_encoding encoding, const unsigned char *bytes, size_t len, char *out, size_t *used, size_t *made)
{
	unsigned char *to = (unsigned char *)out;
	*used = is_wide(encoding) ? utf16_decode(bytes, len, encoding, to, made) : th_gb18030_decode(bytes, len, to, made);
	return *used == len || sequence(bytes + *used, len - *used, encoding) > len - *used;
}

th_encoding th_encoding_mark(const unsigned char *bytes, size_t len, size_t *mark)
{
	static const struct { unsigned char bytes[4]; unsigned char len, encoding; } marks[] = {
		{{0xEF, 0xBB, 0xBF}, 3, TH_ENC_UTF8},
		{{0x84, 0x31, 0x95, 0x33}, 4, TH_ENC_GB18030},
		{{0xFF, 0xFE}, 2, TH_ENC_UTF16LE},
		{{0xFE, 0xFF}, 2, TH_ENC_UTF16BE},
	};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (len >= marks[i].len && memcmp(bytes, marks[i].bytes, marks[i].len) == 0) {
			*mark = marks[i].len;
			return (th_encoding)marks[i].encoding;
		}
	}
	*mark = 0;
	return TH_ENC_AUTO;
}

bool th_encoding_named(const char *name, th_encoding *out)
{
	static const struct { const char *name; th_encoding encoding; } names[] = {
		{"auto", TH_ENC_AUTO}, {"utf-8", TH_ENC_UTF8}, {"utf8", TH_ENC_UTF8}, {"gb18030", TH_ENC_GB18030}, {"gbk", TH_ENC_GB18030},
		{"gb2312", TH_ENC_GB18030}, {"cp936", TH_ENC_GB18030}, {"utf-16", TH_ENC_UTF16LE},
		{"utf-16le", TH_ENC_UTF16LE}, {"utf-16be", TH_ENC_UTF16BE},
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcasecmp(name, names[i].name) == 0) {
			*out = names[i].encoding;
			return true;
		}
	}
	return false;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An input is looked at before it is read: its encoding, and what no text has. */
#include "io/source_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "io/cpu.h"

static th_pos at(const th_source *source, size_t line, size_t column)
{
	return (th_pos){source->path, line, column, NULL};
}

static th_status no_memory(const th_source *source)
{
	return th_no_memory(source->diags);
}

/* What tells bytes from others at the speed of memory: each step is one to one, so a single change always shows, and several cancel out by a
 * chance of 2^-64. (Not for keeping: the checksum that is told is SHA-256.) */
enum { LANES = 4 };
static const uint64_t odd = 0x9E3779B97F4A7C15u;

static inline void mix_in(uint64_t lane[LANES], const unsigned char *bytes)
{
	uint64_t word[LANES];
	memcpy(word, bytes, sizeof word);
	for (size_t k = 0; k < LANES; k++) {
		lane[k] ^= word[k];
		lane[k] = (lane[k] << 27 | lane[k] >> 37) * odd;
	}
}

static uint64_t mix(uint64_t sum, const unsigned char *bytes, size_t len)
{
	enum { STEP = LANES * sizeof(uint64_t) };
	uint64_t lane[LANES] = {sum, sum + odd, sum ^ odd, sum - odd};
	unsigned char last[STEP] = {0};
	size_t at = 0;
	for (; len - at >= STEP; at += STEP)
		mix_in(lane, bytes + at);
	memcpy(last, bytes + at, len - at);
	mix_in(lane, last);
	return ((lane[0] * odd ^ lane[1]) * odd ^ lane[2]) * odd ^ lane[3] ^ len;
}

th_status th_source_piece(const th_source *source, unsigned char *to, size_t len, uint64_t offset, size_t *got, uint64_t *sum)
{
	th_status status = th_bytes_at(&source->bytes, to, len, offset, got);
	if (status == TH_OK && *got > 0 && !source->bytes.memory && sum)
		*sum = mix(*sum, to, *got);
	return status;
}

/* One pass over the input from scan->offset on; the `first` also over what th_sniff_bytes no longer looks at. */
static th_status pass(th_source *source, th_sniff *scan, th_sniff_fn *look, bool first)
{
	uint64_t offset = scan->offset, sum = 0;
	size_t carry = 0;
	for (bool last = false; !last;) {
		size_t got;
		th_status status = th_source_piece(source, source->in + carry, source->room, offset, &got, &sum);
		if (status != TH_OK)
			return status;
		last = got < source->room;
		if (first)
			th_sniff_nuls(scan, offset, source->in + carry, got);
		offset += got;
		size_t have = carry + got, used = look(scan, source->in, have, last);
		carry = have - used;
		memmove(source->in, source->in + used, carry);
	}
	source->size = offset;
	if (first)
		source->sum = sum;
	return th_bytes_unchanged(&source->bytes);
}

static th_status place(th_source *source, uint64_t target, th_encoding encoding, size_t *line, size_t *column)
{
	th_sniff scan;
	th_sniff_start(&scan, encoding, source->mark);
	scan.target = target;
	th_status status = pass(source, &scan, th_sniff_place, false);
	*line = scan.line;
	*column = scan.column;
	return status;
}

const char *th_source_called(th_encoding encoding, bool mark)
{
	switch (encoding) {
	case TH_ENC_GB18030: return mark ? "GB18030 BOM" : "GB18030";
	case TH_ENC_UTF16LE: return "UTF-16LE";
	case TH_ENC_UTF16BE: return "UTF-16BE";
	default: return mark ? "UTF-8 BOM" : "UTF-8";
	}
}

th_status th_source_broken(th_source *source, uint64_t bad, th_encoding encoding)
{
	size_t line, column, got;
	unsigned char byte = 0;
	char hex[3];
	th_status status = place(source, bad, encoding, &line, &column);
	if (status == TH_OK)
		status = th_bytes_at(&source->bytes, &byte, 1, bad, &got);
	if (status != TH_OK)
		return status;
	snprintf(hex, sizeof hex, "%02X", byte);
	return th_report(source->diags, TH_SOURCE_NOT_ENCODING, at(source, line, column), hex, th_source_called(encoding, false), NULL);
}

/* In neither encoding: reported at the place that the better of the two decodings reached. */
static th_status neither(th_source *source, uint64_t bad_utf8, uint64_t bad_gb)
{
	size_t place_of[4];
	th_status status = place(source, bad_utf8, TH_ENC_UTF8, &place_of[0], &place_of[1]);
	if (status == TH_OK)
		status = place(source, bad_gb, TH_ENC_GB18030, &place_of[2], &place_of[3]);
	if (status != TH_OK)
		return status;
	char text[4][24];
	for (size_t i = 0; i < 4; i++)
		snprintf(text[i], sizeof text[i], "%zu", place_of[i]);
	size_t far = bad_gb > bad_utf8 ? 2 : 0;
	return th_report(source->diags, TH_SOURCE_NEITHER, at(source, place_of[far], place_of[far + 1]), text[0], text[1], text[2], text[3], NULL);
}

static th_status nul_found(th_source *source, const th_sniff *scan)
{
	uint64_t nuls = scan->nuls[0] + scan->nuls[1];
	/* Every comma, digit and line end of UTF-16 has one NUL, always on the same side. */
	if (source->encoding == TH_ENC_AUTO && (scan->nuls[0] == 0 || scan->nuls[1] == 0) && source->size % 2 == 0 && nuls >= source->size / 16) {
		char found[24], all[24];
		snprintf(found, sizeof found, "%" PRIu64, nuls);
		snprintf(all, sizeof all, "%" PRIu64, source->size);
		return th_report(source->diags, TH_SOURCE_UTF16_UNMARKED, at(source, 1, 1), found, all,
		                 scan->nuls[1] ? "utf-16le" : "utf-16be", NULL);
	}
	size_t line, column;
	th_encoding likely = source->encoding != TH_ENC_AUTO ? source->encoding : scan->bad < scan->nul ? TH_ENC_GB18030 : TH_ENC_UTF8;
	th_status status = place(source, scan->nul, likely, &line, &column);
	return status == TH_OK ? th_report(source->diags, TH_SOURCE_NUL, at(source, line, column), NULL) : status;
}

/* Say which text can be read in two ways, with both readings of the first word. */
static th_status say_ambiguous(th_source *source, uint64_t where)
{
	size_t line, column, got, len = 0;
	th_status status = place(source, where, TH_ENC_UTF8, &line, &column);
	unsigned char word[24];
	if (status == TH_OK)
		status = th_bytes_at(&source->bytes, word, sizeof word, where, &got);
	if (status != TH_OK)
		return status;
	while (len + 1 < got && word[len] >= 0x80)
		len += 2;
	char utf8[sizeof word + 1];
	memcpy(utf8, word, len);
	utf8[len] = '\0';
	char gb[2 * sizeof word + 1];
	size_t used, made;
	(void)th_decode(source->encoding, word, len, gb, &used, &made);
	gb[made] = '\0';
	return th_report(source->diags, TH_SOURCE_AMBIGUOUS, at(source, line, column), gb, utf8, NULL);
}

th_status th_source_decoding(th_source *source)
{
	if (source->encoding == TH_ENC_UTF8)
		return TH_OK;
	source->out = th_malloc(2 * (source->room + CARRY));
	return source->out ? TH_OK : no_memory(source);
}

/* Nobody said which encoding: strict UTF-8 if it is that and more than pairs of bytes that are hanzi in GBK as well (every
 * two-byte sequence of UTF-8, C2-DF 80-BF, is one there), else strict GB18030. */
static th_status decide(th_source *source, const th_sniff *utf8)
{
	source->encoding = TH_ENC_UTF8;
	if (utf8->bad == TH_NOWHERE && (utf8->strong || utf8->weak == TH_NOWHERE))
		return TH_OK;
	source->encoding = TH_ENC_GB18030;
	if (utf8->bad == TH_NOWHERE) {
		source->ambiguous = true;
		return TH_OK;
	}
	source->guessed = true;
	th_sniff gb;
	th_sniff_start(&gb, TH_ENC_GB18030, 0);
	th_status status = pass(source, &gb, th_sniff_bytes, false);
	return status == TH_OK && gb.bad != TH_NOWHERE ? neither(source, utf8->bad, gb.bad) : status;
}

static void start_sniff(const th_source *source, th_sniff *sniff, th_encoding encoding)
{
	th_sniff_start(sniff, encoding, 0);
	sniff->quick = th_cpu_take(th_diags_reading(source->diags).cpu) == TH_CPU_AVX2;
}

/* In the first piece of a large file: is it UTF-8, and sure to be nothing else as long as it is? Then all of it is read once instead of twice, if the
 * job can be done again when a byte farther on says otherwise. */
static th_status believe(th_source *source)
{
	size_t got;
	if (!th_diags_reading(source->diags).once || !source->bytes.named || source->bytes.memory || source->bytes.size <= source->room ||
	    (source->encoding != TH_ENC_AUTO && source->encoding != TH_ENC_UTF8))
		return TH_OK;
	th_status status = th_source_piece(source, source->in, source->room, 0, &got, NULL);
	if (status != TH_OK)
		return status;
	th_sniff sniff;
	start_sniff(source, &sniff, TH_ENC_UTF8);
	th_sniff_nuls(&sniff, 0, source->in, got);
	(void)th_sniff_bytes(&sniff, source->in, got, false);
	source->believed = sniff.bad == TH_NOWHERE && sniff.nul == TH_NOWHERE && (sniff.strong || source->encoding == TH_ENC_UTF8);
	return TH_OK;
}

th_status th_source_confirm(th_source *source, const unsigned char *fresh, size_t got, size_t have)
{
	if (source->at == got) {
		start_sniff(source, &source->sniff, TH_ENC_UTF8);
		source->sniff.strong = true; /* it was in the first piece, or nobody asks */
	}
	th_sniff_nuls(&source->sniff, source->at - got, fresh, got);
	(void)th_sniff_bytes(&source->sniff, source->in, have, source->at == source->size);
	if (source->sniff.bad == TH_NOWHERE && source->sniff.nul == TH_NOWHERE)
		return TH_OK;
	th_diags_doubt(source->diags);
	return TH_INVALID;
}

/* What people have their numbers in besides tables, by the bytes it begins with. */
static const struct { const char *mark, *en, *zh; } no_table[] = {
	{"%PDF-", "a PDF", " PDF 文档"}, {"\x89PNG", "a picture", "图片"}, {"\xFF\xD8\xFF", "a picture", "图片"}, {"GIF8", "a picture", "图片"},
	{"{\\rtf", "a document of a word processor", "文字处理文档"}, {"<html", "a page of a browser", "网页"}, {"<HTML", "a page of a browser", "网页"},
	{"<!DOCTYP", "a page of a browser", "网页"}, {"<!doctyp", "a page of a browser", "网页"},
};

th_status th_source_examine(th_source *source, th_encoding wanted)
{
	unsigned char head[8];
	size_t got;
	th_status status = th_bytes_at(&source->bytes, head, sizeof head, 0, &got);
	if (status != TH_OK)
		return status;
	if (got >= 4 && (memcmp(head, "PK\x03\x04", 4) == 0 || memcmp(head, "\xD0\xCF\x11\xE0", 4) == 0))
		return th_report(source->diags, TH_SOURCE_WORKBOOK, at(source, 1, 1), NULL);
	for (size_t i = 0; i < sizeof no_table / sizeof *no_table; i++)
		if (got >= strlen(no_table[i].mark) && memcmp(head, no_table[i].mark, strlen(no_table[i].mark)) == 0)
			return th_report(source->diags, TH_SOURCE_NO_TABLE, at(source, 1, 1), no_table[i].en, no_table[i].zh, NULL);
	th_encoding marked = th_encoding_mark(head, got, &source->mark);
	bool wide_both = marked >= TH_ENC_UTF16LE && wanted >= TH_ENC_UTF16LE;
	if (marked != TH_ENC_AUTO && wanted != TH_ENC_AUTO && wanted != marked && !wide_both) {
		status = th_report(source->diags, TH_SOURCE_MARK_WINS, at(source, 1, 1), th_source_called(marked, false), NULL);
		if (status != TH_OK)
			return status;
	}
	source->encoding = marked != TH_ENC_AUTO ? marked : wanted;

	status = believe(source);
	if (status != TH_OK || source->believed) {
		source->encoding = TH_ENC_UTF8;
		source->size = source->bytes.size;
		return status;
	}
	th_sniff scan;
	start_sniff(source, &scan, source->encoding == TH_ENC_AUTO ? TH_ENC_UTF8 : source->encoding);
	bool wide = source->encoding == TH_ENC_UTF16LE || source->encoding == TH_ENC_UTF16BE;
	status = pass(source, &scan, th_sniff_bytes, true);
	if (status != TH_OK)
		return status;
	if (scan.nul != TH_NOWHERE && !wide)
		return nul_found(source, &scan);
	if (source->encoding != TH_ENC_AUTO && scan.bad != TH_NOWHERE)
		return th_source_broken(source, scan.bad, source->encoding);
	if (scan.nul != TH_NOWHERE)
		return nul_found(source, &scan);
	if (source->encoding == TH_ENC_AUTO)
		status = decide(source, &scan);
	if (status == TH_OK)
		status = th_source_decoding(source);
	return status == TH_OK && source->ambiguous ? say_ambiguous(source, scan.weak) : status;
}

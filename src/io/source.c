/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/source.h"

#include <errno.h>
#include <iconv.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "io/bytes.h"
#include "io/cpu.h"
#include "io/digest.h"
#include "io/encoding.h"

/* Bytes read at a time: in the second-level cache, and decoded never more than 1 MiB. */
enum { PIECE = 262144, CARRY = 4 };
/* Inputs of which a plain SHA-256 would take longer than all else. */
#define TREE_OVER ((uint64_t)64 << 20)

struct th_source {
	th_bytes bytes;
	const char *path;
	th_diags *diags;
	uint64_t size;           /* bytes that were examined */
	uint64_t sum, sum_again; /* of these, and of those that were read */
	uint64_t at;             /* bytes that were read */
	size_t mark;             /* length of the byte order mark */
	th_encoding encoding;    /* decided: never TH_ENC_AUTO */
	bool ambiguous, guessed;
	th_digest *digest;       /* of the bytes that were read; NULL behind the last */
	char sha256[TH_DIGEST];
	bool tree;
	bool believed;           /* to be UTF-8: each piece is looked at when it is read */
	bool again;              /* of another one, which has examined it */
	th_sniff sniff;          /* of these */
	unsigned char *in;       /* PIECE + CARRY bytes, or less for a small input */
	size_t room;             /* how many bytes are read into it at a time */
	size_t used, carry;      /* of the bytes in it: handed out already, and behind these the start of a character */
	char *out;               /* decoded */
	size_t out_room;
	iconv_t iconv;
	bool decoding;
};

static th_pos at(const th_source *source, size_t line, size_t column)
{
	return (th_pos){source->path, line, column, NULL};
}

static th_status no_memory(const th_source *source)
{
	return th_no_memory(source->diags);
}

static th_status system_error(const th_source *source, th_code code, int error)
{
	char reason[256] = "";
	if (error == ENOMEM)
		return no_memory(source);
	(void)th_report(source->diags, code, at(source, 1, 1), th_os_reason(error, reason, sizeof reason),
	                th_os_reason_zh(error, reason), (char *)NULL);
	return TH_SYSTEM;
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

/* The next bytes of the input, and in *sum, if it is asked for, what they and those before are told by: in every round the pieces are the same.
 * Bytes in memory do not change. */
static th_status read_piece(const th_source *source, unsigned char *to, size_t len, uint64_t offset, size_t *got, uint64_t *sum)
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
		th_status status = read_piece(source, source->in + carry, source->room, offset, &got, &sum);
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

static const char *encoding_name(th_encoding encoding, bool mark)
{
	switch (encoding) {
	case TH_ENC_GB18030: return mark ? "GB18030 BOM" : "GB18030";
	case TH_ENC_UTF16LE: return "UTF-16LE";
	case TH_ENC_UTF16BE: return "UTF-16BE";
	default: return mark ? "UTF-8 BOM" : "UTF-8";
	}
}

/* The byte `bad` does not fit the encoding that a mark or the user says. */
static th_status not_encoding(th_source *source, uint64_t bad, th_encoding encoding)
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
	return th_report(source->diags, TH_SOURCE_NOT_ENCODING, at(source, line, column), hex, encoding_name(encoding, false), NULL);
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

static bool decode(iconv_t with, const void *bytes, size_t len, th_buf *out)
{
	char *from = (char *)(uintptr_t)bytes, text[128], *to = text;
	size_t left = len, room = sizeof text;
	bool good = iconv(with, &from, &left, &to, &room) != (size_t)-1;
	th_buf_add(out, text, sizeof text - room);
	th_buf_char(out, '\0');
	return good && !out->failed;
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
	th_buf gb = {0};
	if (decode(source->iconv, word, len, &gb))
		status = th_report(source->diags, TH_SOURCE_AMBIGUOUS, at(source, line, column), gb.ptr, utf8, NULL);
	else
		status = no_memory(source);
	th_buf_free(&gb);
	iconv(source->iconv, NULL, NULL, NULL, NULL);
	return status;
}

static th_status start_decoding(th_source *source)
{
	if (source->encoding == TH_ENC_UTF8)
		return TH_OK;
	/* glibc also calls it EINVAL, a conversion that is not there, when memory was lacking to load it. */
	for (int tries = 0; tries < 2 && (source->iconv = iconv_open("UTF-8", encoding_name(source->encoding, false))) == (iconv_t)-1; tries++) {
		int error = errno;
		void *probe = th_malloc(source->room);
		free(probe);
		if (!probe || tries > 0)
			return system_error(source, TH_SOURCE_OPEN, probe ? error : ENOMEM);
	}
	source->decoding = true;
	source->out_room = 2 * (source->room + CARRY); /* two or four bytes become at most three or four */
	source->out = th_malloc(source->out_room);
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
	th_status status = read_piece(source, source->in, source->room, 0, &got, NULL);
	if (status != TH_OK)
		return status;
	th_sniff sniff;
	start_sniff(source, &sniff, TH_ENC_UTF8);
	th_sniff_nuls(&sniff, 0, source->in, got);
	(void)th_sniff_bytes(&sniff, source->in, got, false);
	source->believed = sniff.bad == TH_NOWHERE && sniff.nul == TH_NOWHERE && (sniff.strong || source->encoding == TH_ENC_UTF8);
	return TH_OK;
}

/* What was read is what was believed. */
static th_status confirm(th_source *source, const unsigned char *fresh, size_t got, size_t have)
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

/* The first pass: the decision on the encoding. */
static th_status examine(th_source *source, th_encoding wanted)
{
	unsigned char head[8];
	size_t got;
	th_status status = th_bytes_at(&source->bytes, head, sizeof head, 0, &got);
	if (status != TH_OK)
		return status;
	if (got >= 4 && (memcmp(head, "PK\x03\x04", 4) == 0 || memcmp(head, "\xD0\xCF\x11\xE0", 4) == 0))
		return th_report(source->diags, TH_SOURCE_WORKBOOK, at(source, 1, 1), NULL);
	th_encoding marked = th_encoding_mark(head, got, &source->mark);
	bool wide_both = marked >= TH_ENC_UTF16LE && wanted >= TH_ENC_UTF16LE;
	if (marked != TH_ENC_AUTO && wanted != TH_ENC_AUTO && wanted != marked && !wide_both) {
		status = th_report(source->diags, TH_SOURCE_MARK_WINS, at(source, 1, 1), encoding_name(marked, false), NULL);
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
		return not_encoding(source, scan.bad, source->encoding);
	if (scan.nul != TH_NOWHERE)
		return nul_found(source, &scan);
	if (source->encoding == TH_ENC_AUTO)
		status = decide(source, &scan);
	if (status == TH_OK)
		status = start_decoding(source);
	return status == TH_OK && source->ambiguous ? say_ambiguous(source, scan.weak) : status;
}

static th_digest *new_digest(const th_source *source)
{
	return source->tree && source->bytes.size > TREE_OVER ? th_digest_new_tree(th_diags_reading(source->diags).cpu) : th_digest_new();
}

static th_status start(th_source *source, th_encoding encoding)
{
	size_t block = th_diags_reading(source->diags).block;
	block = block > 0 && block < PIECE ? block : PIECE;
	source->room = source->bytes.memory && source->bytes.size < block ? (size_t)source->bytes.size + 1 : block;
	source->in = th_malloc(source->room + CARRY);
	source->digest = new_digest(source);
	if (!source->in || !source->digest)
		return no_memory(source);
	return examine(source, encoding);
}

/* `bytes` is taken over, opened or not. */
static th_status new_source(th_bytes *bytes, th_status opened, th_encoding encoding, bool tree, th_source **out)
{
	*out = NULL;
	th_source *source = opened == TH_OK ? th_calloc(1, sizeof *source) : NULL;
	if (!source) {
		opened = opened == TH_OK ? th_no_memory(bytes->diags) : opened;
		th_bytes_close(bytes);
		return opened;
	}
	source->bytes = *bytes;
	source->tree = tree;
	source->path = bytes->path;
	source->diags = bytes->diags;
	th_status status = start(source, bytes->part ? TH_ENC_UTF8 : encoding);
	if (status == TH_OK)
		*out = source;
	else
		th_source_close(source);
	return status;
}

bool th_source_there(const char *path, const th_diags *diags)
{
	th_slice lent;
	return th_diags_lent(diags, path, &lent) || th_os_there(path);
}

th_status th_source_take(th_bytes *bytes, th_encoding encoding, bool tree, th_source **out)
{
	return new_source(bytes, TH_OK, encoding, tree, out);
}

th_status th_source_of_bytes(const char *name, th_slice all, th_encoding encoding, th_diags *diags, th_source **out)
{
	th_bytes bytes;
	th_bytes_of(&bytes, name, all, diags);
	return new_source(&bytes, TH_OK, encoding, false, out);
}

th_status th_source_open(const char *path, th_encoding encoding, th_diags *diags, th_source **out)
{
	th_bytes bytes;
	th_status opened = th_bytes_open(&bytes, path, diags);
	return new_source(&bytes, opened, encoding, false, out);
}

th_status th_source_again(const th_source *of, th_diags *diags, th_source **out)
{
	*out = NULL;
	th_source *source = th_calloc(1, sizeof *source);
	if (!source)
		return th_no_memory(diags);
	th_bytes_share(&source->bytes, &of->bytes, diags);
	source->path = of->path;
	source->diags = diags;
	source->size = of->size;
	source->mark = of->mark;
	source->encoding = of->encoding;
	source->room = of->room;
	source->again = true;
	source->in = th_malloc(source->room + CARRY);
	th_status status = source->in ? start_decoding(source) : no_memory(source);
	if (status == TH_OK)
		*out = source;
	else
		th_source_close(source);
	return status;
}

/* Decode `have` bytes from `bytes` on; *used of them became *piece. */
static th_status decode_piece(th_source *source, const unsigned char *bytes, size_t have, size_t *used, th_slice *piece)
{
	char *from = (char *)(uintptr_t)bytes, *to = source->out;
	size_t left = have, room = source->out_room;
	bool bad = iconv(source->iconv, &from, &left, &to, &room) == (size_t)-1 && errno != EINVAL;
	*used = have - left;
	*piece = (th_slice){source->out, source->out_room - room};
	return bad ? not_encoding(source, source->at - left, source->encoding) : TH_OK;
}

/* Behind the last byte: what was read is what was examined, and its checksum is known. */
static th_status finish(th_source *source)
{
	if (!source->digest)
		return TH_OK;
	th_digest_text(source->digest, source->sha256);
	source->digest = NULL;
	return source->sum == source->sum_again ? th_bytes_unchanged(&source->bytes) : th_bytes_changed(&source->bytes);
}

/* Read on into source->in, behind the start of a character; *have bytes are there then. */
static th_status refill(th_source *source, size_t *have)
{
	uint64_t rest = source->size - source->at;
	size_t want = rest < source->room ? (size_t)rest : source->room, got;
	unsigned char *to = source->in + source->carry;
	memmove(source->in, source->in + source->used, source->carry);
	th_status status = read_piece(source, to, want, source->at, &got, source->believed || source->again ? NULL : &source->sum_again);
	if (status != TH_OK)
		return status;
	if (got < want)
		return th_bytes_changed(&source->bytes);
	if (source->digest)
		th_digest_add(source->digest, to, got);
	source->at += got;
	*have = source->carry + got;
	if (source->believed)
		status = confirm(source, to, got, *have);
	return status == TH_OK && source->at == source->size ? finish(source) : status;
}

th_status th_source_read(th_source *source, th_slice *piece)
{
	*piece = (th_slice){"", 0};
	while (piece->len == 0 && source->at < source->size) {
		size_t skip = source->at == 0 ? source->mark : 0, have = 0, used;
		th_status status = refill(source, &have);
		if (status != TH_OK)
			return status;
		const unsigned char *bytes = source->in + skip;
		if (source->decoding)
			status = decode_piece(source, bytes, have - skip, &used, piece);
		else
			*piece = (th_slice){(const char *)bytes, used = th_utf8_whole(bytes, have - skip)};
		if (status != TH_OK)
			return status;
		source->used = skip + used;
		source->carry = have - source->used;
	}
	if (piece->len == 0 && source->carry > 0)
		return th_bytes_changed(&source->bytes);
	return source->at == source->size ? finish(source) : TH_OK;
}

th_status th_source_rewind(th_source *source)
{
	th_digest *fresh = new_digest(source);
	if (!fresh)
		return no_memory(source);
	if (source->digest)
		th_digest_text(source->digest, source->sha256);
	source->digest = fresh;
	source->sha256[0] = '\0';
	source->at = source->sum_again = 0;
	source->used = source->carry = 0;
	if (source->decoding)
		iconv(source->iconv, NULL, NULL, NULL, NULL);
	return TH_OK;
}

uint64_t th_source_size(const th_source *source)
{
	return source->size;
}

const char *th_source_path(const th_source *source)
{
	return source->path;
}

size_t th_source_line(const th_source *source, size_t line)
{
	const th_lent_part *part = source->bytes.part;
	return part && line > 0 && line <= part->lines ? part->line[line - 1] : line;
}

bool th_source_is_part(const th_source *source)
{
	return source->bytes.part != NULL;
}

bool th_source_in_cells(const th_source *source)
{
	return source->bytes.part && source->bytes.part->cells;
}

const char *th_source_sha256(const th_source *source)
{
	return source->bytes.part && *source->sha256 ? source->bytes.part->sha256 : source->sha256;
}

const char *th_source_encoding(const th_source *source)
{
	return source->bytes.part ? source->bytes.part->encoding : encoding_name(source->encoding, source->mark > 0);
}

bool th_source_ambiguous(const th_source *source)
{
	return source->ambiguous;
}

bool th_source_guessed(const th_source *source)
{
	return source->guessed;
}

void th_source_close(th_source *source)
{
	if (!source)
		return;
	if (source->believed && source->at < source->size)
		th_diags_doubt(source->diags);
	if (source->digest)
		th_digest_text(source->digest, source->sha256);
	if (source->decoding)
		iconv_close(source->iconv);
	th_bytes_close(&source->bytes);
	free(source->in);
	free(source->out);
	free(source);
}

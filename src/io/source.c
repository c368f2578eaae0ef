/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/source.h"

#include <errno.h>
#include <iconv.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "io/encoding.h"
#include "io/guard.h"
#include "io/os.h"

/* Bytes read at a time: in the second-level cache, and decoded never more than 1 MiB. */
enum { PIECE = 262144, CARRY = 4 };

struct th_source {
	const char *path;
	th_diags *diags;
	int fd;
	uint64_t base;           /* where the input starts: standard input may have been read from before */
	th_file_about first;     /* as it was when opened */
	uint64_t size;           /* bytes that were digested */
	uint64_t at;             /* bytes of these that were read in this round */
	size_t mark;             /* length of the byte order mark */
	th_encoding encoding;    /* decided: never TH_ENC_AUTO */
	bool ambiguous;
	char sha256[65];
	unsigned char *in;       /* PIECE + CARRY bytes, or less for a small file */
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
	char reason[256];
	if (error == ENOMEM)
		return no_memory(source);
	(void)th_report(source->diags, code, at(source, 1, 1), th_os_reason(error, reason, sizeof reason), NULL);
	return TH_SYSTEM;
}

static th_status too_large(const th_source *source)
{
	char limit[32];
	snprintf(limit, sizeof limit, "%" PRIu64, TH_MAX_FILE);
	return th_report(source->diags, TH_SOURCE_LARGE, at(source, 1, 1), limit, NULL);
}

static th_status changed(const th_source *source)
{
	(void)th_report(source->diags, TH_SOURCE_CHANGED, at(source, 1, 1), NULL);
	return TH_SYSTEM;
}

static th_status unchanged(const th_source *source)
{
	th_file_about now;
	int error = th_os_look_at(source->fd, &now);
	if (error != 0)
		return system_error(source, TH_SOURCE_READ, error);
	return th_os_same_bytes(&source->first, &now) ? TH_OK : changed(source);
}

/* Reading ended before the size that the file has and still has: a fault of the device, or of what stands for it. */
static th_status too_short(const th_source *source, uint64_t read, uint64_t size)
{
	char found[24], said[24];
	th_status status = unchanged(source);
	if (status != TH_OK)
		return status;
	snprintf(found, sizeof found, "%" PRIu64, read);
	snprintf(said, sizeof said, "%" PRIu64, size);
	(void)th_report(source->diags, TH_SOURCE_SHORT, at(source, 1, 1), found, said, NULL);
	return TH_SYSTEM;
}

/* Read up to `len` bytes at `offset` of the input; fewer only at its end, and never fewer than its size says. */
static th_status read_at(const th_source *source, void *bytes, size_t len, uint64_t offset, size_t *got)
{
	int error = th_os_read_at(source->fd, bytes, len, source->base + offset, got);
	if (error != 0)
		return system_error(source, TH_SOURCE_READ, error);
	uint64_t size = source->first.size > source->base ? source->first.size - source->base : 0, end = offset + *got;
	return *got < len && end < size ? too_short(source, end, size) : TH_OK;
}

/* Copy a pipe to a temporary file without a name, so that it can be read twice and memory stays flat. */
static th_status spool(th_source *source)
{
	int file, from = source->fd, error = th_os_scratch(&file);
	if (error != 0)
		return system_error(source, TH_SOURCE_SPOOL, error);
	source->fd = file;
	th_status status = TH_OK;
	for (uint64_t size = 0; status == TH_OK;) {
		size_t got;
		if ((error = th_os_read(from, source->in, source->room, &got)) != 0)
			status = system_error(source, TH_SOURCE_READ, error);
		size += got;
		if (status == TH_OK && size > TH_MAX_FILE)
			status = too_large(source);
		if (status == TH_OK && (error = th_os_write(file, source->in, got)) != 0)
			status = system_error(source, TH_SOURCE_SPOOL, error);
		if (status == TH_OK && got == 0) {
			error = th_os_look_at(file, &source->first);
			status = error != 0 ? system_error(source, TH_SOURCE_SPOOL, error) : source->first.size < size ? too_short(source, source->first.size, size) : TH_OK;
			break;
		}
	}
	th_os_close(from);
	return status;
}

static bool is_descriptor(const char *path)
{
	return strcmp(path, "-") == 0 || strcmp(path, "/dev/stdin") == 0 || strncmp(path, "/dev/fd/", 8) == 0;
}

static th_status open_file(th_source *source)
{
	bool descriptor = is_descriptor(source->path);
	int error = strcmp(source->path, "-") == 0 ? th_os_standard_input(&source->fd) : th_os_open(source->path, &source->fd);
	if (error == ENXIO)
		return th_report(source->diags, TH_SOURCE_SPECIAL, at(source, 1, 1), NULL); /* a socket */
	if (error == 0)
		error = th_os_look_at(source->fd, &source->first);
	if (error != 0)
		return system_error(source, TH_SOURCE_OPEN, error);
	if (source->first.kind == TH_FILE_FOLDER)
		return th_report(source->diags, TH_SOURCE_DIRECTORY, at(source, 1, 1), NULL);
	bool regular = source->first.kind == TH_FILE_REGULAR;
	if (!regular && !descriptor)
		return th_report(source->diags, TH_SOURCE_SPECIAL, at(source, 1, 1), NULL);

	source->room = regular && source->first.size < PIECE ? (size_t)source->first.size + 1 : PIECE;
	source->in = th_malloc(source->room + CARRY);
	if (!source->in)
		return no_memory(source);
	th_status status = TH_OK;
	if (regular) {
		status = th_guard_read(source->path, &source->first, source->diags);
		if (status == TH_OK && descriptor && (error = th_os_position(source->fd, &source->base)) != 0)
			status = system_error(source, TH_SOURCE_READ, error);
	} else
		status = spool(source);
	return status == TH_OK && source->first.size > TH_MAX_FILE ? too_large(source) : status;
}

/* One pass over the input from scan->offset on; with `digest` also over what th_scan_bytes no longer looks at. */
static th_status pass(th_source *source, th_scan *scan, th_scan_fn *look, th_digest *digest)
{
	uint64_t offset = scan->offset;
	size_t carry = 0;
	for (bool last = false; !last;) {
		size_t got;
		th_status status = read_at(source, source->in + carry, source->room, offset, &got);
		if (status != TH_OK)
			return status;
		last = got < source->room;
		if (digest) {
			th_digest_add(digest, source->in + carry, got);
			th_scan_nuls(scan, offset, source->in + carry, got);
		}
		offset += got;
		if (offset > TH_MAX_FILE)
			return too_large(source);
		size_t have = carry + got, used = look(scan, source->in, have, last);
		carry = have - used;
		memmove(source->in, source->in + used, carry);
	}
	source->size = offset;
	return unchanged(source);
}

static th_status place(th_source *source, uint64_t target, th_encoding encoding, size_t *line, size_t *column)
{
	th_scan scan;
	th_scan_start(&scan, encoding, source->mark);
	scan.target = target;
	th_status status = pass(source, &scan, th_scan_place, NULL);
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
		status = read_at(source, &byte, 1, bad, &got);
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

static th_status nul_found(th_source *source, const th_scan *scan)
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
		status = read_at(source, word, sizeof word, where, &got);
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
static th_status decide(th_source *source, const th_scan *utf8)
{
	source->encoding = TH_ENC_UTF8;
	if (utf8->bad == TH_NOWHERE && (utf8->strong || utf8->weak == TH_NOWHERE))
		return TH_OK;
	source->encoding = TH_ENC_GB18030;
	if (utf8->bad == TH_NOWHERE) {
		source->ambiguous = true;
		return TH_OK;
	}
	th_scan gb;
	th_scan_start(&gb, TH_ENC_GB18030, 0);
	th_status status = pass(source, &gb, th_scan_bytes, NULL);
	return status == TH_OK && gb.bad != TH_NOWHERE ? neither(source, utf8->bad, gb.bad) : status;
}

/* The first pass: digest, and the decision on the encoding. */
static th_status examine(th_source *source, th_encoding wanted)
{
	unsigned char head[8];
	size_t got;
	th_status status = read_at(source, head, sizeof head, 0, &got);
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

	th_digest *digest = th_digest_new();
	if (!digest)
		return no_memory(source);
	th_scan scan;
	th_scan_start(&scan, source->encoding == TH_ENC_AUTO ? TH_ENC_UTF8 : source->encoding, 0);
	bool wide = source->encoding == TH_ENC_UTF16LE || source->encoding == TH_ENC_UTF16BE;
	status = pass(source, &scan, th_scan_bytes, digest);
	th_digest_hex(digest, source->sha256);
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

th_status th_source_open(const char *path, th_encoding encoding, th_diags *diags, th_source **out)
{
	*out = NULL;
	th_source *source = th_calloc(1, sizeof *source);
	if (!source)
		return th_no_memory(diags);
	source->path = path;
	source->diags = diags;
	source->fd = -1;
	th_status status = open_file(source);
	if (status == TH_OK)
		status = examine(source, encoding);
	if (status == TH_OK)
		status = th_source_rewind(source);
	if (status != TH_OK) {
		th_source_close(source);
		return status;
	}
	*out = source;
	return TH_OK;
}

/* Where the last, incomplete UTF-8 sequence of bytes that are well-formed up to there starts; `len` if there is none. */
static size_t whole_characters(const unsigned char *bytes, size_t len)
{
	for (size_t back = 1; back <= 3 && back <= len; back++) {
		unsigned c = bytes[len - back];
		if (c >= 0xC0)
			return (c >= 0xF0 ? 4u : c >= 0xE0 ? 3u : 2u) > back ? len - back : len;
		if (c < 0x80)
			break;
	}
	return len;
}

/* Decode what is in source->in; *used of its `have` bytes became *piece. */
static th_status decode_piece(th_source *source, size_t have, size_t *used, th_slice *piece)
{
	char *from = (char *)source->in, *to = source->out;
	size_t left = have, room = source->out_room;
	bool bad = iconv(source->iconv, &from, &left, &to, &room) == (size_t)-1 && errno != EINVAL;
	*used = have - left;
	*piece = (th_slice){source->out, source->out_room - room};
	return bad ? not_encoding(source, source->at - left, source->encoding) : TH_OK;
}

th_status th_source_read(th_source *source, th_slice *piece)
{
	*piece = (th_slice){"", 0};
	while (piece->len == 0 && source->at < source->size) {
		uint64_t rest = source->size - source->at;
		size_t want = rest < source->room ? (size_t)rest : source->room, got;
		memmove(source->in, source->in + source->used, source->carry);
		th_status status = read_at(source, source->in + source->carry, want, source->at, &got);
		if (status != TH_OK)
			return status;
		source->at += got;
		if (source->at == source->size)
			status = unchanged(source);
		if (got < want)
			status = changed(source);
		if (status != TH_OK)
			return status;
		size_t have = source->carry + got;
		if (source->decoding)
			status = decode_piece(source, have, &source->used, piece);
		else
			*piece = (th_slice){(char *)source->in, source->used = whole_characters(source->in, have)};
		if (status != TH_OK)
			return status;
		source->carry = have - source->used;
	}
	return piece->len == 0 && source->carry > 0 ? changed(source) : TH_OK;
}

th_status th_source_rewind(th_source *source)
{
	source->at = source->mark;
	source->used = source->carry = 0;
	if (source->decoding)
		iconv(source->iconv, NULL, NULL, NULL, NULL);
	return unchanged(source);
}

const char *th_source_path(const th_source *source)
{
	return source->path;
}

const char *th_source_sha256(const th_source *source)
{
	return source->sha256;
}

const char *th_source_encoding(const th_source *source)
{
	return encoding_name(source->encoding, source->mark > 0);
}

bool th_source_ambiguous(const th_source *source)
{
	return source->ambiguous;
}

void th_source_close(th_source *source)
{
	if (!source)
		return;
	if (source->fd >= 0)
		th_os_close(source->fd);
	if (source->decoding)
		iconv_close(source->iconv);
	free(source->in);
	free(source->out);
	free(source);
}

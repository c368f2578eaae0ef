/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_SOURCE_H
#define TH_IO_SOURCE_H

/* The door: bytes of a file or of standard input come in here and leave as UTF-8, decided and checked once. */

#include <stdint.h>

#include "base/diag.h"

typedef enum th_encoding {
	TH_ENC_AUTO, TH_ENC_UTF8, TH_ENC_GB18030, TH_ENC_UTF16LE, TH_ENC_UTF16BE
} th_encoding;

/* Largest accepted sizes; a larger input is an error that names the limit. */
enum { TH_MAX_FIELD = 65536, TH_MAX_COLUMNS = 1024, TH_MAX_ROW = 1048576 };
#define TH_MAX_FILE ((uint64_t)1 << 40) /* 1 TiB */
#define TH_MAX_JSON ((uint64_t)64 << 20)

typedef struct th_source th_source;

/* Open `path` ("-": descriptor 0, shown as `-`; only regular files, and for "-" also pipes), or the bytes that `diags` was lent under that name,
 * and decide on the encoding (BOM; the override; UTF-16 by NULs is refused with a hint; strict UTF-8 with any 3-byte CJK or only allowed 2-byte
 * signs; strict GB18030; ambiguous text is decoded as GB18030 if every pair is a hanzi, with a warning). An input of up to 1 MiB is read once; a
 * larger one a second time by th_source_read, so that memory stays flat, and it is an error if that finds other bytes.
 * Errors are reported with line and column 1:1 or the first bad byte's line. `path` must outlive the source. */
TH_MUST_USE th_status th_source_open(const char *path, th_encoding encoding, th_diags *diags, th_source **out);

/* The same over bytes that were opened, and are taken over. `tree`: the checksum of more than 64 MiB is that of a tree (io/digest.h). */
struct th_bytes;
TH_MUST_USE th_status th_source_take(struct th_bytes *bytes, th_encoding encoding, bool tree, th_source **out);

/* The same over bytes in memory, which stay the caller's and must outlive the source; `name` stands for a file in diagnostics. */
TH_MUST_USE th_status th_source_of_bytes(const char *name, th_slice bytes, th_encoding encoding, th_diags *diags, th_source **out);

/* A second reader of what `of` reads, from its beginning: nothing of it is examined again, and it has no checksum. `of` must outlive it, and may be
 * read on by another thread. */
TH_MUST_USE th_status th_source_again(const th_source *of, th_diags *diags, th_source **out);

/* Is there anything under that name to be opened? As th_os_there for files. */
bool th_source_there(const char *path, const th_diags *diags);

/* The next piece of decoded UTF-8, at most 1 MiB (0 bytes at the end), never cut inside a character, without BOM. Valid until the next call. */
TH_MUST_USE th_status th_source_read(th_source *source, th_slice *piece);

/* Begin again with the first piece; the checksum is that of the new reading. */
TH_MUST_USE th_status th_source_rewind(th_source *source);

uint64_t th_source_size(const th_source *source); /* in bytes, before they are decoded */
const char *th_source_path(const th_source *source);
/* Which line of the file line `line` of the text is: another one only in what was cut out of a file (th_diags_lend_part). */
size_t th_source_line(const th_source *source, size_t line);
bool th_source_is_part(const th_source *source);
bool th_source_in_cells(const th_source *source); /* of a sheet: its columns are cells */
/* SHA-256 of the bytes that were read, which are those of the text: 64 hex digits, and before them a tree's name, behind the last piece; "" before it. */
const char *th_source_sha256(const th_source *source);
const char *th_source_encoding(const th_source *source); /* "UTF-8", "UTF-8 BOM", "GB18030", "UTF-16LE", ... */
bool th_source_ambiguous(const th_source *source);
bool th_source_guessed(const th_source *source); /* GB18030 because it is not UTF-8 and nobody said otherwise */
void th_source_close(th_source *source);

/* The name of an encoding as --encoding takes it (utf-8 gb18030 gbk gb2312 cp936 utf-16 utf-16le utf-16be); false if unknown. */
bool th_encoding_named(const char *name, th_encoding *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_ENCODING_H
#define TH_IO_ENCODING_H

/* What the bytes of a file say about their encoding. Used by source*.c only. */

#include "io/source.h"

#define TH_NOWHERE UINT64_MAX

/* What was learned so far from bytes that come in pieces. Start with th_sniff_start. */
typedef struct th_sniff {
	uint64_t offset;     /* of the next byte in the file */
	uint64_t bad;        /* first byte that does not fit the encoding, or TH_NOWHERE; nothing behind it is looked at */
	uint64_t nul;        /* first NUL character, or TH_NOWHERE */
	uint64_t nuls[2];    /* how many stand at even and at odd offsets */
	uint64_t weak;       /* UTF-8: first two-byte sequence that is no common sign, or TH_NOWHERE */
	bool strong;         /* UTF-8: a sequence of three or four bytes was seen */
	uint64_t target;     /* th_sniff_place: the byte asked for */
	size_t line, column; /* th_sniff_place: of that byte, from 1 */
	th_encoding encoding;
	bool after_cr;
	bool quick;          /* th_sniff_bytes may use what the processor has beyond portable C */
} th_sniff;

void th_sniff_start(th_sniff *scan, th_encoding encoding, uint64_t offset);

/* Look at the next `len` bytes; `last` says that none follow. Returns how many were used: the rest, fewer than four,
 * is the start of a character and comes again at the head of the next piece. */
typedef size_t th_sniff_fn(th_sniff *scan, const unsigned char *bytes, size_t len, bool last);

th_sniff_fn th_sniff_bytes; /* validity in scan->encoding */
th_sniff_fn th_sniff_place; /* line and column of scan->target, in characters of scan->encoding */

/* Count NUL bytes; does nothing when scan->encoding is UTF-16, in which th_sniff_bytes finds NUL characters. */
void th_sniff_nuls(th_sniff *scan, uint64_t offset, const unsigned char *bytes, size_t len);

/* Decode from GB18030 or UTF-16 as much of `bytes` as is characters into `out`, UTF-8, which has room for twice `len`: *used bytes became *made. What is left
 * is the start of a character, or, when the answer is false, none. */
bool th_decode(th_encoding encoding, const unsigned char *bytes, size_t len, char *out, size_t *used, size_t *made);

/* The first bytes of a file: a byte order mark (its length in *mark, 0 for none) and what it says. */
th_encoding th_encoding_mark(const unsigned char *bytes, size_t len, size_t *mark);

#endif

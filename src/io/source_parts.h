/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_SOURCE_PARTS_H
#define TH_IO_SOURCE_PARTS_H

/* An input from within. Private to source*.c. */

#include "io/bytes.h"
#include "io/digest.h"
#include "io/encoding.h"
#include "io/source.h"

/* Bytes read at a time: in the second-level cache, and decoded never more than 1 MiB. */
enum { PIECE = 262144, CARRY = 4 };

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
	char *out;               /* decoded; NULL: nothing is to be decoded */
};

/* The next bytes of the input, and in *sum, if it is asked for, what they and those before are told by: in every round the pieces are the same.
 * Bytes in memory do not change. */
TH_MUST_USE th_status th_source_piece(const th_source *source, unsigned char *to, size_t len, uint64_t offset, size_t *got, uint64_t *sum);
/* What reports call it; `mark`: it begins with one. */
const char *th_source_called(th_encoding encoding, bool mark);
/* Report that the byte `bad` does not fit the encoding that a mark or the user says. */
TH_MUST_USE th_status th_source_broken(th_source *source, uint64_t bad, th_encoding encoding);
/* Room for what is decoded. */
TH_MUST_USE th_status th_source_decoding(th_source *source);
/* What was read is what was believed. */
TH_MUST_USE th_status th_source_confirm(th_source *source, const unsigned char *fresh, size_t got, size_t have);
/* The first pass: the decision on the encoding. */
TH_MUST_USE th_status th_source_examine(th_source *source, th_encoding wanted);

#endif

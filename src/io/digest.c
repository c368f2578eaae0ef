/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nettle/sha2.h>
#include <nettle/version.h>
#include <stdlib.h>

#include "base/memory.h"
#include "io/cpu.h"
#include "io/digest.h"
#include "io/sha_x86.h"

enum { PIECE = 65536, BLOCK = 64 };

struct th_digest {
	struct sha256_ctx ctx;   /* of a tree: of the digests of its pieces */
	bool tree, two;          /* the processor does two pieces at once */
	struct sha256_ctx piece; /* the one that has begun */
	size_t have;             /* of its bytes */
};

th_digest *th_digest_new(void)
{
	th_digest *digest = th_calloc(1, sizeof *digest);
	if (digest)
		sha256_init(&digest->ctx);
	return digest;
}

th_digest *th_digest_new_tree(th_cpu cpu)
{
	th_digest *digest = th_digest_new();
	if (!digest)
		return NULL;
	sha256_init(&digest->piece);
	digest->tree = true;
	digest->two = th_cpu_sha(cpu);
	return digest;
}

static void end_piece(th_digest *digest)
{
	uint8_t raw[SHA256_DIGEST_SIZE];
	sha256_digest(&digest->piece, sizeof raw, raw); /* and begin the next */
	sha256_update(&digest->ctx, sizeof raw, raw);
	digest->have = 0;
}

/* Pieces that are whole, two by two; how many bytes they have. */
static size_t add_twos(th_digest *digest, const uint8_t *bytes, size_t len)
{
	size_t at = 0;
#ifdef TH_CPU_X86
	for (; digest->two && digest->have == 0 && len - at >= 2 * PIECE; at += 2 * PIECE) {
		uint8_t raw[2 * SHA256_DIGEST_SIZE];
		th_sha256_two_x86(bytes + at, bytes + at + PIECE, PIECE / BLOCK, raw, raw + SHA256_DIGEST_SIZE);
		sha256_update(&digest->ctx, sizeof raw, raw);
	}
#else
	(void)digest;
	(void)bytes;
	(void)len;
#endif
	return at;
}

static void add_to_tree(th_digest *digest, const uint8_t *bytes, size_t len)
{
	while (len > 0) {
		size_t done = add_twos(digest, bytes, len), room = PIECE - digest->have;
		bytes += done;
		len -= done;
		size_t now = len < room ? len : room;
		sha256_update(&digest->piece, now, bytes);
		digest->have += now;
		if (digest->have == PIECE)
			end_piece(digest);
		bytes += now;
		len -= now;
	}
}

void th_digest_add(th_digest *digest, const void *bytes, size_t len)
{
	if (digest->tree)
		add_to_tree(digest, bytes, len);
	else
		sha256_update(&digest->ctx, len, bytes);
}

void th_digest_hex(th_digest *digest, char hex[65])
{
	uint8_t raw[SHA256_DIGEST_SIZE];
	if (digest->have > 0)
		end_piece(digest);
	sha256_digest(&digest->ctx, sizeof raw, raw);
	for (size_t i = 0; i < sizeof raw; i++) {
		hex[2 * i] = "0123456789abcdef"[raw[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[raw[i] & 15];
	}
	hex[2 * sizeof raw] = '\0';
	free(digest);
}

void th_digest_text(th_digest *digest, char text[TH_DIGEST])
{
	static const char name[] = "sha256-tree-64k:";
	size_t len = digest->tree ? sizeof name - 1 : 0;
	memcpy(text, name, len);
	th_digest_hex(digest, text + len);
}

void th_digest_library(th_buf *out)
{
	th_buf_printf(out, "nettle %d.%d", nettle_version_major(), nettle_version_minor());
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nettle/sha2.h>
#include <nettle/version.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "io/digest.h"

struct th_digest {
	struct sha256_ctx ctx;
};

th_digest *th_digest_new(void)
{
	th_digest *digest = th_malloc(sizeof *digest);
	if (digest)
		sha256_init(&digest->ctx);
	return digest;
}

void th_digest_add(th_digest *digest, const void *bytes, size_t len)
{
	sha256_update(&digest->ctx, len, bytes);
}

void th_digest_hex(th_digest *digest, char hex[65])
{
	uint8_t raw[SHA256_DIGEST_SIZE];
	sha256_digest(&digest->ctx, sizeof raw, raw);
	for (size_t i = 0; i < sizeof raw; i++)
		snprintf(hex + 2 * i, 3, "%02x", raw[i]);
	free(digest);
}

void th_digest_library(th_buf *out)
{
	th_buf_printf(out, "nettle %d.%d", nettle_version_major(), nettle_version_minor());
}

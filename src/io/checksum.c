/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/checksum.h"

#include <stdlib.h>

#include "base/memory.h"
#include "io/bytes.h"
#include "io/digest.h"

enum { PIECE = 262144 };

static th_status add_all(const th_bytes *bytes, th_digest *digest, char *piece, uint64_t *size)
{
	size_t got = PIECE;
	for (*size = 0; got == PIECE; *size += got) {
		th_status status = th_bytes_at(bytes, piece, PIECE, *size, &got);
		if (status != TH_OK)
			return status;
		th_digest_add(digest, piece, got);
	}
	return th_bytes_unchanged(bytes);
}

th_status th_checksum(const char *path, th_diags *diags, uint64_t *size, char sha256[65])
{
	th_bytes bytes;
	th_digest *digest = th_digest_new();
	char *piece = th_malloc(PIECE), unused[65];
	*size = 0;
	sha256[0] = '\0';
	th_status status = th_bytes_open(&bytes, path, diags);
	if (status == TH_OK)
		status = digest && piece ? add_all(&bytes, digest, piece, size) : th_no_memory(diags);
	if (digest)
		th_digest_hex(digest, status == TH_OK ? sha256 : unused);
	*size = status == TH_OK ? *size : 0;
	free(piece);
	th_bytes_close(&bytes);
	return status;
}

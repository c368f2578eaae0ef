/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_DIGEST_H
#define TH_IO_DIGEST_H

#include "base/str.h"

#include "base/diag.h"

/* SHA-256 (FIPS 180-4) of several strings of bytes one behind the other; or their tree, `sha256-tree-64k`: the SHA-256 of the SHA-256, 32 bytes each,
 * of their pieces of 65,536 bytes, of which the last may be shorter. */
typedef struct th_digest th_digest;
TH_MUST_USE th_digest *th_digest_new(void);
TH_MUST_USE th_digest *th_digest_new_tree(th_cpu cpu);
void th_digest_add(th_digest *digest, const void *bytes, size_t len);
/* As 64 hex digits, before which a tree has its name and a colon; and free it. */
enum { TH_DIGEST = 16 + 65 };
void th_digest_text(th_digest *digest, char text[TH_DIGEST]);
void th_digest_hex(th_digest *digest, char hex[65]);     /* of no tree; and free it */
void th_digest_library(th_buf *out); /* name and version of the one that is used */

#endif

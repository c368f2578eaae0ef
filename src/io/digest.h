/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_DIGEST_H
#define TH_IO_DIGEST_H

#include "base/str.h"

/* SHA-256 (FIPS 180-4) of several strings of bytes one behind the other; hex[65]. */
typedef struct th_digest th_digest;
TH_MUST_USE th_digest *th_digest_new(void);
void th_digest_add(th_digest *digest, const void *bytes, size_t len);
void th_digest_hex(th_digest *digest, char hex[65]); /* and free it */
void th_digest_library(th_buf *out); /* name and version of the one that is used */

#endif

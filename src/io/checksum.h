/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_CHECKSUM_H
#define TH_IO_CHECKSUM_H

/* A file that is not read but told apart from others. */

#include <stdint.h>

#include "base/diag.h"

/* The size in bytes and the SHA-256 of a regular file, whatever is in it; memory stays flat. Reported: what cannot be read. */
TH_MUST_USE th_status th_checksum(const char *path, th_diags *diags, uint64_t *size, char sha256[65]);

#endif

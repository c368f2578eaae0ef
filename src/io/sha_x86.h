/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_SHA_X86_H
#define TH_IO_SHA_X86_H

/* SHA-256 by the processor's own instructions (used by digest.c). One stream waits for its own results most of the time; two side by side take hardly
 * longer than one, which is what a tree is for. */

#include <stddef.h>
#include <stdint.h>

/* Of two messages of `blocks` times 64 bytes each. */
void th_sha256_two_x86(const unsigned char *a, const unsigned char *b, size_t blocks, uint8_t digest_a[32], uint8_t digest_b[32]);

#endif

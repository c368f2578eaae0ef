/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_GB18030_H
#define TH_IO_GB18030_H

/* GB 18030: which bytes are a character, and which one. The tables are made of gb18030.txt, which says of which edition. */

#include <stddef.h>
#include <stdint.h>

/* As th_utf8_sequence: the length of the code at `s` (2 or 4), 0 if it is none, `len` + 1 if it may go on behind len. s[0] is no ASCII. */
size_t th_gb18030_sequence(const unsigned char *s, size_t len);

/* How many bytes at the start of `s` are codes of two bytes. */
size_t th_gb18030_pairs(const unsigned char *s, size_t len);

/* Decode as much of `s` as is characters into `out`, UTF-8, which has room for twice `len`; *made bytes are there then. Returns how many
 * bytes were used: all, or up to the first that is none, or to the start of a character that ends behind len. */
size_t th_gb18030_decode(const unsigned char *s, size_t len, unsigned char *out, size_t *made);

#endif

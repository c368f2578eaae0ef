/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_UTF8_RUN_H
#define TH_IO_UTF8_RUN_H

/* Well-formed UTF-8 at the speed of memory (used by encoding.c). */

#include <stdbool.h>
#include <stddef.h>

/* How many bytes from here on, where a character starts, are surely whole characters: the look ends before the first 64 bytes that hold anything
 * odd or are not all there, so what follows may be well-formed too. With `pairs` it ends before characters of two bytes as well. *strong is set
 * when there is one of three or four bytes. */
typedef size_t th_utf8_run_fn(const unsigned char *bytes, size_t len, bool pairs, bool *strong);

th_utf8_run_fn th_utf8_run_avx2;

#endif

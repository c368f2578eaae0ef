/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_UNIT_RANDOM_H
#define TESTS_UNIT_RANDOM_H

#include <stdint.h>

/* Numbers for cases that are drawn: a test sets the seed, so that they are the same each time. */
static uint64_t seed;
static uint64_t next(void) /* xorshift64*, Vigna 2016 */
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return seed * 2685821657736338717u;
}

#endif

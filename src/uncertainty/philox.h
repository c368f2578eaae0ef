/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_UNCERTAINTY_PHILOX_H
#define TH_UNCERTAINTY_PHILOX_H

/* Random words by Philox 4x32-10: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * Proc. SC11, 2011. Four words are a function of a counter and a key, so whoever asks for them, and when, changes nothing. The kernels
 * (kernel.h) compute many at once; the tests hold them against this and this against the authors' known answers. */

#include <stdint.h>

enum { TH_PHILOX_ROUNDS = 10 };
static const uint32_t TH_PHILOX_TIMES[2] = {0xD2511F53u, 0xCD9E8D57u}, TH_PHILOX_STEP[2] = {0x9E3779B9u, 0xBB67AE85u};

static inline void th_philox(uint32_t word[4], uint32_t k0, uint32_t k1)
{
	for (int round = 0; round < TH_PHILOX_ROUNDS; round++) {
		uint64_t p = (uint64_t)TH_PHILOX_TIMES[0] * word[0], q = (uint64_t)TH_PHILOX_TIMES[1] * word[2];
		word[0] = (uint32_t)(q >> 32) ^ word[1] ^ k0;
		word[1] = (uint32_t)q;
		word[2] = (uint32_t)(p >> 32) ^ word[3] ^ k1;
		word[3] = (uint32_t)p;
		k0 += TH_PHILOX_STEP[0];
		k1 += TH_PHILOX_STEP[1];
	}
}

#endif

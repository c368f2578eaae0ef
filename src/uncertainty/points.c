/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "uncertainty/points.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "uncertainty/philox.h"

/* The counter's last word tells these numbers from those of the kernels. */
enum { FOR_DRAWS, FOR_SHIFT, FOR_ORDER };
enum { PART_BITS = 5, PARTS = 1 << PART_BITS }; /* of a stratum */
static const uint32_t SCRAMBLE = 1u << 31;     /* and this in the dimension numbers that scramble parts */

/* GSL ends the process on an error unless told not to, which is the process's. */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void prepare_gsl(void)
{
	gsl_set_error_handler_off();
}

static uint32_t position_of(uint32_t stratum)
{
	return stratum < TH_HALF ? stratum : stratum ^ (TH_HALF - 1);
}

/* Sobol's points of the first block, in each dimension one in each stratum, and the first point of every block. GSL leaves out the very first,
 * which is 0. */
static bool fill_sobol(th_points *p)
{
	gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, p->sobol);
	if (!sequence) {
		th_memory_miss(1);
		return false;
	}
	double point[TH_SOBOL_MOST] = {0};
	for (uint32_t i = 0; i < TH_ROUND * TH_STRATA; i++) {
		for (uint32_t d = 0; d < p->sobol && i < TH_STRATA; d++)
			p->order[d][position_of((uint32_t)(point[d] * TH_STRATA))] = (uint16_t)i;
		for (uint32_t d = 0; d < p->sobol && i % TH_STRATA == 0; d++)
			p->first[i / TH_STRATA][d] = (uint32_t)(point[d] * TH_STRATA * PARTS);
		(void)gsl_qrng_get(sequence, point);
	}
	gsl_qrng_free(sequence);
	return true;
}

/* Fisher and Yates. */
static void fill_random(uint16_t order[TH_STRATA], uint32_t number, uint64_t seed)
{
	uint32_t word[4] = {0};
	for (uint16_t i = 0; i < TH_STRATA; i++)
		order[i] = i;
	for (uint32_t i = TH_STRATA - 1; i > 0; i--) {
		if (i % 4 == 3) {
			uint32_t counter[4] = {i / 4, number, 0, FOR_ORDER};
			memcpy(word, counter, sizeof word);
			th_philox(word, (uint32_t)seed, (uint32_t)(seed >> 32));
		}
		uint32_t k = (uint32_t)((uint64_t)word[i % 4] * (i + 1) >> 32);
		uint16_t other = order[k];
		order[k] = order[i];
		order[i] = other;
	}
}

bool th_points_make(th_points *p, size_t dimensions, uint64_t seed)
{
	*p = (th_points){.seed = seed};
	if (pthread_once(&once, prepare_gsl) != 0)
		return false;
	p->sobol = dimensions < TH_SOBOL_MOST ? (uint32_t)dimensions : TH_SOBOL_MOST;
	p->random = dimensions - p->sobol < TH_ORDERS_MOST ? (uint32_t)(dimensions - p->sobol) : TH_ORDERS_MOST;
	p->order = th_calloc(p->sobol + p->random + 1, sizeof *p->order);
	if (!p->order || (p->sobol && !fill_sobol(p))) {
		th_points_free(p);
		return false;
	}
	for (uint32_t i = 0; i < p->random; i++)
		fill_random(p->order[p->sobol + i], i, seed);
	return true;
}

void th_points_free(th_points *p)
{
	free(p->order);
	*p = (th_points){0};
}

void th_points_place(const th_points *p, const th_kernel *kernel, th_stream stream, size_t rank, uint32_t word[TH_STRATA])
{
	if (rank >= p->sobol)
		return;
	uint32_t scramble[TH_STRATA], part = p->first[stream.block % TH_ROUND][rank] % PARTS << (32 - PART_BITS), rest = ~0u >> PART_BITS;
	kernel->words((th_stream){stream.seed, stream.dimension | SCRAMBLE, stream.block / TH_ROUND}, scramble);
	for (int i = 0; i < TH_STRATA; i++)
		word[i] = (word[i] & rest) | ((scramble[i] & ~rest) ^ part);
}

static void shift_of(th_stream stream, uint32_t block, uint32_t word[4])
{
	uint32_t counter[4] = {0, stream.dimension, block, FOR_SHIFT};
	memcpy(word, counter, sizeof counter);
	th_philox(word, (uint32_t)stream.seed, (uint32_t)(stream.seed >> 32));
}

void th_points_deal(const th_points *p, th_stream stream, size_t rank, const double from[TH_STRATA], double to[TH_STRATA])
{
	uint32_t word[4], shift, turn = 0;
	size_t number = rank;
	if (rank < p->sobol) {
		shift_of(stream, stream.block / TH_ROUND, word);
		shift = (word[0] % TH_STRATA) ^ position_of(p->first[stream.block % TH_ROUND][rank] / PARTS);
	} else {
		shift_of(stream, stream.block, word);
		shift = word[0] % TH_STRATA;
		turn = word[1] % TH_STRATA;
		number = p->sobol + (p->random < TH_ORDERS_MOST ? rank - p->sobol : word[2] % TH_ORDERS_MOST);
	}
	const uint16_t *order = p->order[number];
	for (uint32_t i = 0; i < TH_STRATA; i++)
		to[order[i ^ shift] ^ turn] = from[i];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_CPU_H
#define TH_IO_CPU_H

/* What the processor can do beyond portable C, where a job does not ask for less (th_reading). */

#include "base/diag.h"

/* What code is taken for: never TH_CPU_BEST. TH_CPU_AVX2 stands for AVX2, BMI, POPCNT and carry-less multiplication. */
th_cpu th_cpu_take(th_cpu wanted);
bool th_cpu_sha(th_cpu wanted); /* SHA-256, with SSE4.1; not where less than AVX2 is wanted */

#if defined __x86_64__ && defined __GNUC__
#define TH_CPU_X86 1
#endif

#endif

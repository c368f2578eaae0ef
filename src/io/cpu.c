/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/cpu.h"

th_cpu th_cpu_take(th_cpu wanted)
{
#ifdef TH_CPU_X86
	if (wanted == TH_CPU_PORTABLE || wanted == TH_CPU_SSE2)
		return wanted;
	bool all = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
	return all ? TH_CPU_AVX2 : TH_CPU_SSE2;
#else
	(void)wanted;
	return TH_CPU_PORTABLE;
#endif
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/cpu.h"

#ifdef TH_CPU_X86
#include <cpuid.h>
#endif

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

bool th_cpu_sha(th_cpu wanted)
{
#ifdef TH_CPU_X86
	enum { SHA = 1 << 29 }; /* of EBX, leaf 7 */
	unsigned a, b, c, d;
	if (wanted == TH_CPU_PORTABLE || wanted == TH_CPU_SSE2 || !__builtin_cpu_supports("sse4.1"))
		return false;
	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & SHA) != 0;
#else
	(void)wanted;
	return false;
#endif
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/cpu.h"

#ifdef TH_CPU_X86
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h> /* what glibc asked at the start: to ask the processor again takes a virtual machine longer than a small file */
#define HAS(builtin, name) CPU_FEATURE_ACTIVE(name)
#define HAS_SHA CPU_FEATURE_ACTIVE(SHA)
#else
#include <cpuid.h>
#define HAS(builtin, name) __builtin_cpu_supports(builtin)
#define HAS_SHA asked_sha()
static bool asked_sha(void)
{
	enum { SHA = 1 << 29 }; /* of EBX, leaf 7 */
	unsigned a, b, c, d;
	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & SHA) != 0;
}
#endif
#endif

th_cpu th_cpu_take(th_cpu wanted)
{
#ifdef TH_CPU_X86
	if (wanted == TH_CPU_PORTABLE || wanted == TH_CPU_SSE2)
		return wanted;
	bool all = HAS("avx2", AVX2) && HAS("pclmul", PCLMULQDQ) && HAS("bmi", BMI1) && HAS("popcnt", POPCNT);
	return all ? TH_CPU_AVX2 : TH_CPU_SSE2;
#else
	(void)wanted;
	return TH_CPU_PORTABLE;
#endif
}

bool th_cpu_sha(th_cpu wanted)
{
#ifdef TH_CPU_X86
	return wanted != TH_CPU_PORTABLE && wanted != TH_CPU_SSE2 && HAS("sse4.1", SSE4_1) && HAS_SHA;
#else
	(void)wanted;
	return false;
#endif
}

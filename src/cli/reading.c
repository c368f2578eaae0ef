/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How tables are read, for tests and to find faults: TANHE_READER, TANHE_CPU, TANHE_BLOCK. No answer depends on it. */

#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static size_t word_of(const char *name, const char *const *words, size_t count)
{
	const char *value = getenv(name);
	size_t i = value ? 1 : count;
	while (i < count && strcmp(value, words[i]) != 0)
		i++;
	return i < count ? i : 0;
}

th_reading cli_reading(void)
{
	static const char *const readers[] = {"", "careful", "fast"}, *const cpus[] = {"", "portable", "sse2", "avx2"};
	const char *block = getenv("TANHE_BLOCK");
	unsigned long long bytes = block ? strtoull(block, NULL, 10) : 0;
	return (th_reading){
		.how = (th_read_how)word_of("TANHE_READER", readers, CLI_COUNT(readers)),
		.cpu = (th_cpu)word_of("TANHE_CPU", cpus, CLI_COUNT(cpus)),
		.block = bytes < 64 ? 0 : (size_t)bytes,
	};
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libFuzzer on the readers of CSV: whatever the bytes, the fast one gives the cells, places and findings of the careful one, with any instructions
 * and in blocks of any size. The first two bytes draw how. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../unit/both_readers.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	if (len < 2)
		return 0;
	unsigned draw = bytes[0] | (unsigned)bytes[1] << 8;
	th_slice text = {(const char *)bytes + 2, len - 2};
	th_reading reading = read_way(draw % READ_WAYS, draw / READ_WAYS);
	char *careful = read_by(text, TH_ENC_AUTO, (th_reading){.how = TH_READ_CAREFUL, .cpu = TH_CPU_PORTABLE});
	char *fast = read_by(text, TH_ENC_AUTO, reading);
	if (!careful || !fast || strcmp(careful, fast) != 0) {
		fprintf(stderr, "cpu %d, block %zu\ncareful:\n%s\nfast:\n%s\n", (int)reading.cpu, reading.block, careful, fast);
		abort();
	}
	free(careful);
	free(fast);
	return 0;
}

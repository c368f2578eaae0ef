/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sheet reader on bare XML, whatever it is: it ends, and with findings where it does not answer. */
#include <stdint.h>
#include <stdlib.h>

#include "base/diag.h"
#include "io/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	th_diags *diags = th_diags_new();
	th_sheet *sheet;
	th_sheet_row row;
	bool end = false;
	size_t last = 0;
	if (!diags)
		return 0;
	th_status status = th_sheet_of_xml("f", (th_slice){(const char *)bytes, len}, diags, &sheet);
	while (status == TH_OK && (status = th_sheet_next(sheet, &row, &end)) == TH_OK && !end) {
		if (row.number <= last || row.cells == 0)
			abort();
		for (size_t i = 0; i < row.cells; i++)
			if (row.cell[i].column == 0 || (i && row.cell[i].column <= row.cell[i - 1].column) || (row.cell[i].text.len == 0 && row.cell[i].kind != TH_SHEET_UNCACHED))
				abort();
		last = row.number;
	}
	if (status != TH_OK && th_diags_errors(diags) == 0)
		abort();
	th_sheet_close(sheet);
	th_diags_free(diags);
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The workbook reader on whole packages: sheets as tables and as grids. */
#include <stdint.h>
#include <stdlib.h>

#include "base/diag.h"
#include "io/sheet_rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void read_rows(th_workbook *workbook, size_t index, th_diags *diags)
{
	th_sheet_rows *rows;
	th_record record;
	bool end = false;
	if (th_sheet_rows_open(workbook, index, diags, &rows) != TH_OK)
		return;
	while (th_sheet_rows_backend.next(rows, &record, &end) == TH_OK && !end)
		if (record.cells == 0)
			abort();
	th_sheet_rows_backend.close(rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	th_diags *diags = th_diags_new();
	th_workbook *workbook;
	if (!diags)
		return 0;
	th_slice all = {len ? (const char *)bytes : "", len};
	th_status status = th_diags_lend(diags, "f.xlsx", all) ? th_workbook_open_file("f.xlsx", diags, &workbook) : TH_SYSTEM;
	for (size_t i = 0; status == TH_OK && i < th_workbook_sheets(workbook) && i < 4; i++) {
		th_grid grid;
		(void)!th_grid_of_sheet(workbook, i, SIZE_MAX, diags, &grid);
		th_grid_free(&grid);
		read_rows(workbook, i, diags);
	}
	if (status == TH_OK)
		th_workbook_close(workbook);
	else if (th_diags_errors(diags) == 0)
		abort();
	th_diags_free(diags);
	return 0;
}

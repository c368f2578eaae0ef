/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/folder.h"

#include <errno.h>
#include <stdlib.h>

#include "base/memory.h"
#include "io/os.h"

const th_case_file th_case_files[TH_CASE_PARTS] = {
	/*                         name                kind            account          check            plan */
	[TH_CASE_FACTS]        = {"case.csv",         "case",         TH_CASE_TAKES,   TH_CASE_NEEDS,   TH_CASE_NEEDS},
	[TH_CASE_INVENTORY]    = {"inventory.csv",    "inventory",    TH_CASE_NEEDS,   TH_CASE_TAKES,   TH_CASE_TAKES},
	[TH_CASE_MEASURES]     = {"measures.csv",     "measures",     TH_CASE_IGNORES, TH_CASE_TAKES,   TH_CASE_TAKES},
	[TH_CASE_TARGETS]      = {"targets.csv",      "targets",      TH_CASE_IGNORES, TH_CASE_TAKES,   TH_CASE_TAKES},
	[TH_CASE_PARAMS]       = {"params.csv",       "params",       TH_CASE_IGNORES, TH_CASE_TAKES,   TH_CASE_TAKES},
	[TH_CASE_ASSUMPTIONS]  = {"assumptions.csv",  "params",       TH_CASE_IGNORES, TH_CASE_IGNORES, TH_CASE_TAKES},
	[TH_CASE_DELIVERED]    = {"delivered.csv",    "delivered",    TH_CASE_IGNORES, TH_CASE_IGNORES, TH_CASE_TAKES},
	[TH_CASE_SERIES]       = {"series.csv",       "series",       TH_CASE_IGNORES, TH_CASE_IGNORES, TH_CASE_NAMED},
	[TH_CASE_CORRELATIONS] = {"correlations.csv", "correlations", TH_CASE_TAKES,   TH_CASE_TAKES,   TH_CASE_IGNORES},
	[TH_CASE_FACTORS]      = {"factors.csv",      "factors",      TH_CASE_TAKES,   TH_CASE_TAKES,   TH_CASE_TAKES},
	[TH_CASE_UNITS]        = {"units.csv",        "units",        TH_CASE_TAKES,   TH_CASE_TAKES,   TH_CASE_TAKES},
	[TH_CASE_INSTRUMENTS]  = {"instruments.csv",  "instruments",  TH_CASE_TAKES,   TH_CASE_TAKES,   TH_CASE_TAKES},
};

static th_slice last_name(const char *path)
{
	size_t end = strlen(path), from;
	while (end > 1 && path[end - 1] == '/')
		end--;
	for (from = end; from > 0 && path[from - 1] != '/';)
		from--;
	return from == end ? (th_slice){path, end} : (th_slice){path + from, end - from};
}

void th_put_case_name(const char *folder, th_buf *out)
{
	char *real;
	int error = th_os_real_path(folder, &real);
	if (error == ENOMEM) {
		th_memory_miss(1);
		out->failed = true;
		return;
	}
	th_buf_slice(out, last_name(error ? folder : real));
	if (!error)
		free(real);
}

const char th_case_evidence[] = "evidence";

bool th_case_open(th_loader *l, const th_reference *reference, th_case_part part, const char *path, const th_column *want, size_t count,
                  th_diags *diags)
{
	return th_loader_open(l, path, TH_ENC_AUTO, reference->columns, th_case_files[part].kind, want, count, diags);
}

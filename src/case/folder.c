/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/folder.h"

#include <errno.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "case/layout.h"
#include "io/os.h"

const th_case_file th_case_files[TH_CASE_PARTS] = {
	/*                         name                kind            sheet of a workbook             account          check            plan */
	[TH_CASE_FACTS]        = {"case.csv",         "case",         "基本信息;事实;case",           TH_CASE_TAKES,   TH_CASE_NEEDS,   TH_CASE_NEEDS},
	[TH_CASE_INVENTORY]    = {"inventory.csv",    "inventory",    "活动数据;清单;inventory",      TH_CASE_NEEDS,   TH_CASE_TAKES,   TH_CASE_TAKES},
	[TH_CASE_MEASURES]     = {"measures.csv",     "measures",     "措施;减排措施;measures",       TH_CASE_IGNORES, TH_CASE_TAKES,   TH_CASE_TAKES},
	[TH_CASE_TARGETS]      = {"targets.csv",      "targets",      "目标;减排目标;targets",        TH_CASE_IGNORES, TH_CASE_TAKES,   TH_CASE_TAKES},
	[TH_CASE_TASKS]        = {"tasks.csv",        "tasks",        "任务;任务表;tasks",            TH_CASE_IGNORES, TH_CASE_TAKES,   TH_CASE_TAKES},
	[TH_CASE_OFFSETS]      = {"offsets.csv",      "offsets",      "碳抵消;抵消;offsets",          TH_CASE_IGNORES, TH_CASE_NAMED,   TH_CASE_IGNORES},
	[TH_CASE_PARAMS]       = {"params.csv",       "params",       "参数;方案参数;params",         TH_CASE_IGNORES, TH_CASE_TAKES,   TH_CASE_TAKES},
	[TH_CASE_ASSUMPTIONS]  = {"assumptions.csv",  "params",       "规划假设;假设;assumptions",    TH_CASE_IGNORES, TH_CASE_IGNORES, TH_CASE_TAKES},
	[TH_CASE_DELIVERED]    = {"delivered.csv",    "delivered",    "实际减排;delivered",           TH_CASE_IGNORES, TH_CASE_IGNORES, TH_CASE_TAKES},
	[TH_CASE_SERIES]       = {"series.csv",       "series",       "年度序列;series",              TH_CASE_IGNORES, TH_CASE_IGNORES, TH_CASE_NAMED},
	[TH_CASE_CORRELATIONS] = {"correlations.csv", "correlations", "相关系数;correlations",        TH_CASE_TAKES,   TH_CASE_TAKES,   TH_CASE_IGNORES},
	[TH_CASE_FACTORS]      = {"factors.csv",      "factors",      "因子;排放因子;factors",        TH_CASE_TAKES,   TH_CASE_TAKES,   TH_CASE_TAKES},
	[TH_CASE_UNITS]        = {"units.csv",        "units",        "单位;自备单位;units",          TH_CASE_TAKES,   TH_CASE_TAKES,   TH_CASE_TAKES},
	[TH_CASE_INSTRUMENTS]  = {"instruments.csv",  "instruments",  "绿电绿证;instruments",         TH_CASE_TAKES,   TH_CASE_TAKES,   TH_CASE_TAKES},
	[TH_CASE_PRODUCTS]     = {"products.csv",     "products",     "产品;products",                TH_CASE_IGNORES, TH_CASE_IGNORES, TH_CASE_IGNORES},
	[TH_CASE_EVENTS]       = {"events.csv",       "case",         "大型活动;活动信息;events",     TH_CASE_IGNORES, TH_CASE_NAMED,   TH_CASE_IGNORES},
	[TH_CASE_PROJECT]      = {"project.csv",      "case",         "新增项目;拟引入项目;project",  TH_CASE_IGNORES, TH_CASE_NAMED,   TH_CASE_IGNORES},
	[TH_CASE_APPLICANTS]   = {"applicants.csv",   "case",         "申报主体;申报单位;applicants", TH_CASE_IGNORES, TH_CASE_IGNORES, TH_CASE_IGNORES},
};

th_case_part th_case_part_named(th_slice name)
{
	char place[2][TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(name, place[0]);
	for (th_case_part part = 0; key.ptr && part < TH_CASE_PARTS; part++) {
		th_slice rest = th_slice_of(th_case_files[part].sheets), one;
		while (th_slice_split(&rest, ';', &one)) {
			th_slice wanted = th_utf8_key_in(one, place[1]);
			if (th_slice_eq(key, wanted) || (part == TH_CASE_INVENTORY && wanted.ptr && key.len > wanted.len && memcmp(key.ptr, wanted.ptr, wanted.len) == 0))
				return part;
		}
	}
	return TH_CASE_PARTS;
}

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
	th_put_case_name_at(folder, NULL, out);
}

void th_put_case_name_at(const char *folder, const th_file_about *about, th_buf *out)
{
	char *real;
	if (th_os_is_itself(folder, about)) {
		th_buf_slice(out, last_name(folder));
		return;
	}
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
	return th_loader_open_rows(l, path, TH_ENC_AUTO, reference->columns, want, count, diags) && th_loader_map(l, th_case_files[part].kind);
}

bool th_case_open_office(th_loader *l, const th_reference *reference, th_case_part part, const char *path, const th_column *want, size_t count,
                         th_diags *diags, struct th_layout **layout)
{
	th_layout_options by = {NULL, 0};
	const char *kind = th_case_files[part].kind;
	*layout = NULL;
	if (!th_loader_open_rows(l, path, TH_ENC_AUTO, reference->columns, want, count, diags))
		return false;
	bool other = false;
	th_loader_worse(l, th_layout_kept(&by, path, diags, &by.file));
	if (l->status == TH_OK && !by.file)
		th_loader_worse(l, th_table_is_other(reference->columns, kind, l->rows, diags, &other));
	if (l->status == TH_OK && (by.file || !th_layout_is_long(reference, kind, l->rows, want, count)))
		th_loader_worse(l, th_layout_open(reference, kind, l->rows, &by, diags, layout));
	return l->status == TH_OK && th_loader_map(l, kind);
}

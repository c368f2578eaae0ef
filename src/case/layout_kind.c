/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kinds of files that office tables stand for, and the columns of each. */

#include "case/layout_parts.h"

static const th_long_field inventory[] = {
	{"period", "期间", true, true, false, false}, {"site", "场所", true, true, false, false}, {"region", "地区", false, true, false, false},
	{"source", "设施", false, true, false, false}, {"activity", "活动", true, true, false, false}, {"quantity", "数量", true, false, true, false},
	{"unit", "单位", true, true, false, false}, {"scope", "范围", false, false, false, false}, {"factor", "因子", false, false, false, false},
	{"uncertainty", "不确定度", false, false, false, false}, {"ncv", "低位发热量", false, false, false, false},
	{"carbon_content", "单位热值含碳量", false, false, false, false}, {"oxidation", "碳氧化率", false, false, false, false},
	{"density", "密度", false, false, false, false}, {"stated_factor", "自报因子", false, false, false, false}, {.name = "stated_emissions", .zh = "自报排放量", .beside = true},
	{"instrument", "绿电合同", false, false, false, false}, {"product", "所属产品", false, true, false, false},
	{"stage", "生命周期阶段", false, true, false, false}, {"share", "分摊比例", false, false, false, false}, {"evidence", "凭证", false, false, false, false}, {"note", "备注", false, false, false, false},
};

static const th_long_field measures[] = {
	{"id", "编号", true, false, false, false}, {"name", "名称", true, false, false, false}, {"group", "分组", true, true, false, false},
	{"stated_domain", "领域", false, true, false, false}, {"owner", "责任单位", false, false, false, false},
	{"start", "开始", false, false, false, false}, {"end", "结束", false, false, false, false}, {"effect_start", "生效时间", false, false, false, false},
	{"effect_end", "失效时间", false, false, false, false}, {"reduction", "减排量", true, false, true, false}, {"unit", "单位", true, false, false, false},
	{"capex", "投资", false, false, true, false}, {"opex", "运行费用", false, false, true, false}, {"lifetime", "寿命", false, false, false, false},
	{"energy_saved", "节能量", false, false, true, false}, {"to_non_fossil", "转为非化石能源量", false, false, true, false}, {"status", "状态", false, false, false, false},
	{"effect", "作用", false, false, false, false}, {"activity", "作用于", false, false, false, false}, {"ramp", "达效年数", false, false, false, false},
	{"savings", "节约", false, false, false, false}, {"requires", "前置措施", false, false, false, false}, {"excludes", "互斥措施", false, false, false, false},
	{"evidence", "凭证", false, false, false, false}, {"note", "备注", false, false, false, false},
};

static const th_long_field targets[] = {
	{"phase", "阶段", true, false, false, false}, {"year", "年份", true, false, false, false}, {"emissions", "排放量", true, false, true, false},
	{"unit", "单位", true, false, false, false}, {"kind", "类型", false, true, false, false}, {"start", "起始年", false, false, false, false},
	{"note", "备注", false, false, false, false},
};

_Static_assert(sizeof inventory / sizeof *inventory <= TH_FIELDS_MOST && sizeof measures / sizeof *measures <= TH_FIELDS_MOST &&
               sizeof targets / sizeof *targets <= TH_FIELDS_MOST, "room for the fields of each kind");

static const struct { const char *kind; const th_long_field *field; size_t fields; bool lines; } kinds[] = {
	{"inventory", inventory, sizeof inventory / sizeof *inventory, true},
	{"measures", measures, sizeof measures / sizeof *measures, false},
	{"targets", targets, sizeof targets / sizeof *targets, false},
};

bool th_lay_kind(th_layout *l, const char *kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(kinds[i].kind, kind) != 0)
			continue;
		l->field = kinds[i].field;
		l->fields = kinds[i].fields;
		bool lines = kinds[i].lines;
		l->f_period = lines ? th_lay_field(l, "period") : -1;
		l->f_site = lines ? th_lay_field(l, "site") : -1;
		l->f_activity = lines ? th_lay_field(l, "activity") : -1;
		l->f_quantity = lines ? th_lay_field(l, "quantity") : -1;
		l->f_unit = th_lay_field(l, "unit");
		return true;
	}
	return false;
}

/* Has a row a column of that name? */
static bool has_field(th_layout *l, size_t row, const char *name)
{
	for (size_t c = 0; c < l->grid->row[row].cells; c++) {
		th_part part = th_lay_part(l, th_grid_at(l->grid, row, c)->text);
		if (part.kind == TH_PART_FIELD && part.field >= 0 && part.field == th_lay_field(l, name))
			return true;
	}
	return false;
}

const char *th_lay_guess(th_layout *l)
{
	enum { LOOKED_AT = 20 };
	const char *best = kinds[0].kind;
	double most = 0;
	bool names = false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		l->kind = kinds[i].kind;
		if (!th_lay_kind(l, l->kind))
			continue;
		bool of_targets = strcmp(l->kind, "targets") == 0;
		names = of_targets && th_lay_names_targets(l);
		for (size_t r = 0; r < l->grid->rows && r < LOOKED_AT; r++) {
			size_t known;
			double score = th_lay_score(l, r, &known);
			if (score > most && (!of_targets || names || has_field(l, r, "emissions"))) { /* 指标 and 单位 alone are no targets */
				most = score;
				best = kinds[i].kind;
			}
		}
	}
	return names && strcmp(best, "inventory") == 0 ? "targets" : best;
}

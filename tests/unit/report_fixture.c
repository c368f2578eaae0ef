/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report_fixture.h"

report_fixture f;

static const char sha[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

static th_unit scale(int exp)
{
	return (th_unit){.num = 1, .den = 1, .exp = exp};
}

static void build_reference(void)
{
	f.gas[CO2] = (th_gas){.name = TH_S("CO2"), .name_zh = TH_S("二氧化碳"), .name_en = TH_S("carbon dioxide")};
	f.gas[CH4] = (th_gas){.name = TH_S("CH4"), .name_zh = TH_S("甲烷"), .name_en = TH_S("methane")};
	f.region[0] = (th_region){TH_S("GLO"), TH_S("全球"), TH_S("world"), {0}};
	f.region[1] = (th_region){TH_S("CN"), TH_S("中国"), TH_S("China"), th_index_of(0)};
	f.region[2] = (th_region){TH_S("CN-shanghai"), TH_S("上海"), TH_S("Shanghai"), th_index_of(1)};
	f.activity[ELECTRICITY] = (th_activity){.id = TH_S("electricity"), .name_zh = TH_S("外购电力"), .name_en = TH_S("purchased electricity"),
	                                        .scope = 2, .iso_category = 2, .method = TH_METHOD_ELECTRICITY};
	f.activity[GAS_FUEL] = (th_activity){.id = TH_S("natural_gas"), .name_zh = TH_S("天然气"), .name_en = TH_S("natural gas"), .scope = 1,
	                                     .iso_category = 1, .method = TH_METHOD_COMBUSTION, .gas = true};
	f.electricity = ELECTRICITY;
	f.fuel = GAS_FUEL;
	/* 公告2025年第47号 table 3; 沪环气〔2022〕34号; GB/T 32151.22-2024 table C.1 */
	f.factor[GRID] = (th_factor){.id = TH_S("grid-shanghai-2023"), .gas_text = TH_S("CO2"), .value_text = TH_S("0.5737"), .unit_text = TH_S("kg/kWh"),
	                             .category = TH_S("grid_provincial"), .region_text = TH_S("CN-shanghai"), .source = TH_S("公告2025年第47号"),
	                             .table = TH_S("附件表3"), .url = TH_S("https://www.mee.gov.cn/"), .has_value = true, .value = {5737, -4},
	                             .region = th_index_of(2), .gas = th_index_of(CO2), .from = 0, .to = 364, .valid_from_text = TH_S("2023-01-01"), .valid_to_text = TH_S("2023-12-31"),
	                             .activity = &f.electricity, .activities = 1, .file = "grid.csv", .line = 2};
	f.factor[CITY] = (th_factor){.id = TH_S("sh-elec-2022"), .gas_text = TH_S("CO2"), .value_text = TH_S("4.2"), .unit_text = TH_S("t/10^4 kWh"),
	                             .category = TH_S("sh_default"), .source = TH_S("沪环气〔2022〕34号"), .has_value = true, .value = {42, -1},
	                             .region = th_index_of(2), .gas = th_index_of(CO2), .from = 100, .to = TH_DAY_MAX, .activity = &f.electricity, .activities = 1,
	                             .file = "shanghai.csv", .line = 2, .confidence = TH_ONE_SOURCE};
	f.factor[FUEL] = (th_factor){.id = TH_S("fuel-gb-natural-gas"), .gas_text = TH_S("CO2"), .unit_text = TH_S("t/10^4 Nm3"), .category = TH_S("fuel_gb"),
	                             .source = TH_S("GB/T 32151.22-2024"), .table = TH_S("表C.1"), .has_ncv = true, .has_carbon_content = true,
	                             .has_oxidation = true, .ncv_text = TH_S("389.31"), .ncv_unit_text = TH_S("GJ/10^4 Nm3"), .ncv = {38931, -2},
	                             .ncv_unit = scale(5), .carbon_content_text = TH_S("15.3"), .carbon_content_unit_text = TH_S("tC/TJ"),
	                             .carbon_content = {153, -1}, .carbon_content_unit = scale(-6), .oxidation_text = TH_S("0.99"),
	                             .oxidation = {99, -2}, .unit = scale(2), .region = th_index_of(1), .gas = th_index_of(CO2), .from = TH_DAY_MIN, .to = TH_DAY_MAX,
	                             .activity = &f.fuel, .activities = 1, .file = "fuel.csv", .line = 3, .layer = 1};
	f.profile[PROVINCIAL] = (th_profile){.id = TH_S("mee-provincial"), .name_zh = TH_S("生态环境部省级因子"), .name_en = TH_S("MEE provincial factors"),
	                                     .purpose_zh = TH_S("省级清单"), .document = TH_S("公告2025年第47号"), .gwp = 3, .region = 2};
	f.profile[SHANGHAI] = (th_profile){.id = TH_S("shanghai-2022"), .name_zh = TH_S("上海 2022"), .name_en = TH_S("Shanghai 2022"), .region = 2};
	f.profile[UNSET_2026] = (th_profile){.id = TH_S("shanghai-2026"), .region = 2};
	f.intensity = (th_intensity){.id = TH_S("per_gdp"), .fact = TH_S("gdp"), .unit_text = TH_S("10^4 CNY"), .name_zh = TH_S("单位GDP排放"),
	                             .name_en = TH_S("per GDP")};
	f.reference = (th_reference){.gas = f.gas, .gases = GASES, .region = f.region, .regions = 3, .activity = f.activity, .activities = ACTIVITIES,
	                             .factor = f.factor, .factors = FACTORS, .profile = f.profile, .profiles = PROFILES, .set_id = TH_S("tanhe"),
	                             .set_version = TH_S("2026.1")};
	memcpy(f.reference.set_sha256, sha, sizeof sha);
}

void report_fixture_build(void)
{
	memset(&f, 0, sizeof f);
	build_reference();
	f.input = (th_input){.path = "清单.csv", .encoding = "GB18030", .rows = 1234, .delimiter = ','};
	memcpy(f.input.sha256, sha, sizeof sha);
	f.by[0] = TH_S("scope");
	f.by[1] = TH_S("site");
	f.key[0][0] = TH_S("1");
	f.key[0][1] = TH_S("=HYPERLINK(\"x\")");
	f.key[1][0] = TH_S("2");
	f.key[1][1] = TH_S("总部");
	f.group[0] = (th_group){.key = f.key[0], .gross = 1, .lines = 1};
	f.group[1] = (th_group){.key = f.key[1], .gross = 518490 * KG, .biogenic = T, .lines = 2};
	f.gas_total[0] = (th_gas_total){CO2, 518490 * KG, 518490 * KG};
	f.gas_total[1] = (th_gas_total){CH4, 1, 1};
	f.other[0] = (th_profile_total){.profile = SHANGHAI, .computed = true, .gross = 400 * T};
	f.other[1] = (th_profile_total){.profile = UNSET_2026, .missing = TH_S("sh-2026-grid"), .file = "清单.csv", .line = 7};
	f.use[0] = (th_factor_use){&f.factor[FUEL], 1, 1, false};
	f.use[1] = (th_factor_use){&f.factor[GRID], 2, 518490 * KG, false};
	f.year[0] = 2021;
	f.year[1] = 2022;
	f.year[2] = 2024;
	f.account = (th_account){.reference = &f.reference, .profile = &f.profile[PROVINCIAL], .gwp = 3, .input = &f.input, .inputs = 1, .lines = 1234,
	                         .by = f.by, .bys = 2, .whole = {.gas = f.gas_total, .gases = 2}, .group = f.group, .groups = 2, .other = f.other, .others = 2,
	                         .use = f.use, .uses = 2, .year = f.year, .of_year = f.of_year, .years = 1};
	f.account.whole.has_scope[1] = f.account.whole.has_scope[2] = true;
	f.account.whole.scope[1] = 1;
	f.account.whole.scope[2] = 518490 * KG;
	f.account.whole.iso[1] = 1;
	f.account.whole.iso[2] = 518490 * KG;
	f.account.whole.gross = f.account.whole.net = 518490 * KG + 1;
	f.account.whole.biogenic = T;
	f.other_gross[0] = 400 * T;
	report_fixture_years(1);
}

void report_fixture_years(size_t years)
{
	f.account.years = years;
	for (size_t i = 0; i < years; i++)
		f.of_year[i] = (th_account_year){.year = f.year[i], .known = true, .totals = f.account.whole, .other = f.other_gross};
}

TCase *report_case(Suite *suite, const char *name)
{
	TCase *tests = tcase_create(name);
	suite_add_tcase(suite, tests);
	return tests;
}

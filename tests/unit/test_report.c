/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The writers, on accounts built by hand: what they show is compared with what was put in, not with what they showed before. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "io/json.h"
#include "report/report.h"

Suite *report_suite(void);

#define KG ((th_mass)1000000000)
#define T (KG * 1000)
enum { CO2, CH4, GASES };
enum { ELECTRICITY, GAS_FUEL, ACTIVITIES };
enum { GRID, CITY, FUEL, FACTORS };
enum { PROVINCIAL, SHANGHAI, UNSET_2026, PROFILES };

/* --- width --- */

static const struct { const char *text; size_t width; } widths[] = {
	{"", 0}, {"kWh", 3}, {"天然气", 6}, {"㎥", 2}, {"CO₂", 3}, {"（范围一）", 10}, {"e\xCC\x81", 1}, {"𠮷", 2}, {"ｋＷｈ", 6}, {"—×≈", 3},
	{"ﾊﾝ", 2}, {"한글", 4}, {"\xEF\xBB\xBF", 0}, {"😀", 2}, {"が", 2}, {"か\xE3\x82\x99", 2},
};

START_TEST(width_counts_terminal_columns)
{
	ck_assert_msg(th_width(th_slice_of(widths[_i].text)) == widths[_i].width, "`%s` is %zu wide, not %zu", widths[_i].text,
	              th_width(th_slice_of(widths[_i].text)), widths[_i].width);
}
END_TEST

/* Where a line of that many columns ends; worked out by hand. */
static const struct { const char *text; size_t columns; const char *line; } breaks[] = {
	{"short", 10, "short"},
	{"one two three", 7, "one two "},
	{"one two three", 8, "one two "},
	{"上海电力", 5, "上海"},
	{"上海，电力", 5, "上"},             /* the comma does not start a line */
	{"天（气）", 4, "天"},               /* nor does an opening bracket end one */
	{"unbreakableword", 4, "unbr"},      /* nothing better */
	{"天", 1, "天"},                     /* at least one character */
	{"用kWh计", 5, "用kWh"},
	{"e\xCC\x81" "e\xCC\x81", 1, "e\xCC\x81"},
};

START_TEST(lines_break_where_a_reader_expects)
{
	size_t len = th_width_break(th_slice_of(breaks[_i].text), breaks[_i].columns);
	ck_assert_msg(len == strlen(breaks[_i].line), "`%s` at %zu: %zu bytes, not %zu", breaks[_i].text, breaks[_i].columns, len,
	              strlen(breaks[_i].line));
}
END_TEST

START_TEST(cut_text_says_so)
{
	th_buf out = {0};
	th_width_cut(TH_S("天然气管道"), 6, &out);
	th_buf_char(&out, '|');
	th_width_cut(TH_S("天然气"), 6, &out);
	ck_assert(th_slice_eq(th_buf_view(&out), TH_S("天然…|天然气")));
	th_buf_free(&out);
}
END_TEST

/* --- tables --- */

START_TEST(columns_stand_under_each_other)
{
	th_grid grid = {.align = "ldr"};
	th_buf out = {0};
	static const char *const cell[] = {"天然气", "1,234.5", "9", "kWh", "0.125", "10", "電", "-", "x"};
	for (size_t i = 0; i < sizeof cell / sizeof *cell; i++)
		th_grid_cell(&grid, th_slice_of(cell[i]));
	th_grid_text(&grid, TH_S("under it"));
	th_grid_note(&grid);
	th_grid_print(&grid, 1, &out);
	ck_assert(!out.failed);
	th_buf_char(&out, '\0');
	ck_assert_str_eq(out.ptr, " 天然气  1,234.5     9\n"
	                          " kWh         0.125  10\n"
	                          " 電              -   x\n"
	                          "     under it\n");
	th_buf_free(&out);
}
END_TEST

START_TEST(control_characters_never_reach_the_terminal)
{
	th_grid grid = {.align = "l"};
	th_buf out = {0};
	th_grid_cell(&grid, TH_S("a\x1b[31mb\nc\x80"));
	th_grid_print(&grid, 0, &out);
	ck_assert(th_slice_eq(th_buf_view(&out), TH_S("a\\x1B[31mb\\nc\\x80\n")));
	th_buf_free(&out);
}
END_TEST

START_TEST(wide_tables_wrap_at_the_page)
{
	th_grid grid = {.align = "lld"};
	th_buf out = {0};
	for (int i = 0; i < 60; i++)
		th_grid_text(&grid, TH_S("排放"));
	th_grid_end(&grid);
	for (int i = 0; i < 30; i++)
		th_grid_text(&grid, TH_S("word "));
	th_grid_end(&grid);
	th_grid_cell(&grid, TH_S("1.5"));
	th_grid_print(&grid, 2, &out);
	th_slice rest = th_buf_view(&out), line;
	size_t lines = 0;
	while (th_slice_split(&rest, '\n', &line)) {
		ck_assert_uint_le(th_width(line), TH_PAGE);
		lines++;
	}
	ck_assert_uint_gt(lines, 2);
	th_buf_free(&out);
}
END_TEST

/* --- numbers --- */

static const struct { const char *text; int64_t mant; int exp; const char *shown; } numbers[] = {
	{"0.5500", 55, -2, "0.5500"}, {"-3", -3, 0, "-3"}, {"1,234.5", 12345, -1, "1234.5"}, {"1e3", 1, 3, "1000"}, {"007", 7, 0, "7"},
	{".5", 5, -1, "0.5"}, {"5.", 5, 0, "5"}, {"", 12, -2, "0.12"}, {"１２", 12, 0, "12"}, {"0", 0, 0, "0"},
};

START_TEST(digits_are_kept_as_written_where_json_allows)
{
	th_buf out = {0};
	th_number_text(&out, th_slice_of(numbers[_i].text), (th_decimal){numbers[_i].mant, numbers[_i].exp});
	th_buf_char(&out, '\0');
	ck_assert_str_eq(out.ptr, numbers[_i].shown);
	th_buf_free(&out);
}
END_TEST

static const struct { int64_t part, whole; bool sign; const char *shown; } percents[] = {
	{1, 3, false, "33.3 %"}, {1, 2000, false, "0.0 %"}, {3, 2000, false, "0.2 %"}, {-1, 4, true, "-25.0 %"}, {1, 1, true, "+100.0 %"},
	{0, 7, true, "0.0 %"}, {1000, 1, false, "100,000.0 %"}, {1, 0, false, NULL}, {1, -5, false, NULL},
};

START_TEST(percent_is_rounded_once_half_to_even)
{
	th_buf out = {0};
	bool there = th_percent_text(&out, percents[_i].part * KG, percents[_i].whole * KG, percents[_i].sign);
	ck_assert_int_eq(there, percents[_i].shown != NULL);
	th_buf_char(&out, '\0');
	ck_assert_str_eq(out.ptr, percents[_i].shown ? percents[_i].shown : "");
	th_buf_free(&out);
}
END_TEST

/* --- an account by hand --- */

static struct fixture {
	th_reference reference;
	th_gas gas[GASES];
	th_region region[3];
	th_activity activity[ACTIVITIES];
	th_factor factor[FACTORS];
	th_profile profile[PROFILES];
	th_intensity intensity;
	th_account account;
	th_input input;
	th_slice by[2], key[2][2];
	th_group group[2];
	th_gas_total gas_total[GASES];
	th_profile_total other[2];
	th_factor_use use[2];
	th_caveat caveat[1];
	th_slice arg[2];
	th_intensity_value value;
	int year[3];
	uint32_t electricity, fuel;
} f;

static const char sha[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

static th_unit scale(int exp)
{
	return (th_unit){.num = 1, .den = 1, .exp = exp};
}

static void build_reference(void)
{
	f.gas[CO2] = (th_gas){.name = TH_S("CO2"), .name_zh = TH_S("二氧化碳"), .name_en = TH_S("carbon dioxide")};
	f.gas[CH4] = (th_gas){.name = TH_S("CH4"), .name_zh = TH_S("甲烷"), .name_en = TH_S("methane")};
	f.region[0] = (th_region){TH_S("GLO"), TH_S("全球"), TH_S("world"), TH_NONE};
	f.region[1] = (th_region){TH_S("CN"), TH_S("中国"), TH_S("China"), 0};
	f.region[2] = (th_region){TH_S("CN-shanghai"), TH_S("上海"), TH_S("Shanghai"), 1};
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
	                             .region = 2, .from = 0, .to = 364, .valid_from_text = TH_S("2023-01-01"), .valid_to_text = TH_S("2023-12-31"),
	                             .activity = &f.electricity, .activities = 1, .next = TH_NONE, .file = "grid.csv", .line = 2};
	f.factor[CITY] = (th_factor){.id = TH_S("sh-elec-2022"), .gas_text = TH_S("CO2"), .value_text = TH_S("4.2"), .unit_text = TH_S("t/10^4 kWh"),
	                             .category = TH_S("sh_default"), .source = TH_S("沪环气〔2022〕34号"), .has_value = true, .value = {42, -1},
	                             .region = 2, .from = 100, .to = TH_DAY_MAX, .activity = &f.electricity, .activities = 1, .next = TH_NONE,
	                             .file = "shanghai.csv", .line = 2, .confidence = TH_ONE_SOURCE};
	f.factor[FUEL] = (th_factor){.id = TH_S("fuel-gb-natural-gas"), .gas_text = TH_S("CO2"), .unit_text = TH_S("t/10^4 Nm3"), .category = TH_S("fuel_gb"),
	                             .source = TH_S("GB/T 32151.22-2024"), .table = TH_S("表C.1"), .has_ncv = true, .has_carbon_content = true,
	                             .has_oxidation = true, .ncv_text = TH_S("389.31"), .ncv_unit_text = TH_S("GJ/10^4 Nm3"), .ncv = {38931, -2},
	                             .ncv_unit = scale(5), .carbon_content_text = TH_S("15.3"), .carbon_content_unit_text = TH_S("tC/TJ"),
	                             .carbon_content = {153, -1}, .carbon_content_unit = scale(-6), .oxidation_text = TH_S("0.99"),
	                             .oxidation = {99, -2}, .unit = scale(2), .region = 1, .from = TH_DAY_MIN, .to = TH_DAY_MAX,
	                             .activity = &f.fuel, .activities = 1, .next = TH_NONE, .file = "fuel.csv", .line = 3, .layer = 1};
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

/* 518.49 t of power (1,234.5 MWh x 0.42) and 0.000000000001 t of methane; no removals, no credits, no energy. */
static void build(void)
{
	memset(&f, 0, sizeof f);
	build_reference();
	f.input = (th_input){.path = "清单.csv", .encoding = "GB18030", .rows = 1234};
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
	f.use[0] = (th_factor_use){&f.factor[FUEL], 1, 1};
	f.use[1] = (th_factor_use){&f.factor[GRID], 2, 518490 * KG};
	f.year[0] = 2021;
	f.year[1] = 2022;
	f.year[2] = 2024;
	f.account = (th_account){.reference = &f.reference, .profile = &f.profile[PROVINCIAL], .gwp = 3, .input = &f.input, .inputs = 1, .lines = 1234,
	                         .by = f.by, .bys = 2, .gas = f.gas_total, .gases = 2, .group = f.group, .groups = 2, .other = f.other, .others = 2,
	                         .use = f.use, .uses = 2, .year = f.year, .years = 3};
	f.account.scope[1] = 1;
	f.account.scope[2] = 518490 * KG;
	f.account.iso[1] = 1;
	f.account.iso[2] = 518490 * KG;
	f.account.gross = f.account.net = 518490 * KG + 1;
	f.account.biogenic = T;
}

static char *written(th_format format, th_lang lang)
{
	char *text = NULL;
	size_t len = 0;
	ck_assert_int_eq(th_report_account(&f.account, format, lang, &text, &len), TH_OK);
	ck_assert_uint_eq(strlen(text), len);
	return text;
}

static void shows(th_format format, th_lang lang, const char *const *piece, bool wanted)
{
	char *text = written(format, lang);
	for (; *piece; piece++)
		ck_assert_msg((strstr(text, *piece) != NULL) == wanted, "%s `%s` in:\n%s", wanted ? "no" : "unwanted", *piece, text);
	free(text);
}

#define SHOWS(format, lang, ...) shows(format, lang, (const char *const[]){__VA_ARGS__, NULL}, true)
#define HIDES(format, lang, ...) shows(format, lang, (const char *const[]){__VA_ARGS__, NULL}, false)

START_TEST(text_names_tool_then_profile)
{
	char *text = written(TH_FORMAT_TEXT, TH_LANG_ZH);
	ck_assert(strncmp(text, "tanhe 碳核 ", strlen("tanhe 碳核 ")) == 0);
	char *profile = strstr(text, "mee-provincial"), *input = strstr(text, "清单.csv");
	ck_assert_ptr_nonnull(profile);
	ck_assert_ptr_nonnull(input);
	ck_assert(profile < input);
	free(text);
	SHOWS(TH_FORMAT_TEXT, TH_LANG_ZH, "1,234 行", "GB18030", "sha256 0123456789ab\n", "2021-2022，2024", "AR5", "公告2025年第47号");
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "1,234 rows", "2021-2022, 2024 (summed)", "MEE provincial factors");
}
END_TEST

START_TEST(text_shows_totals_exactly_where_short)
{
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "518.49  t CO2e", "rounded to two");
	f.account.gross = 518490 * KG;
	f.account.scope[1] = f.account.iso[1] = f.group[0].gross = f.use[0].co2e = 0;
	f.account.gases = 1;
	HIDES(TH_FORMAT_TEXT, TH_LANG_EN, "rounded to two", "Removals", "Net =", "market", "Energy", "Intensities", "Avoided");
	f.account.gross = 1234567125 * KG;
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "1,234,567.125  t CO2e");
	f.account.gross += KG / 10 * 5; /* 125.5 kg: four decimals of a tonne, rounded to even 0.13 */
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "1,234,567.13  t CO2e", "rounded to two");
}
END_TEST

START_TEST(text_of_a_small_account_is_in_kg_and_exact)
{
	f.account.gross = f.account.scope[1] = KG / 10 * 3;
	f.account.scope[2] = 0;
	f.account.others = 0;
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "0.3  kg CO2e");
	HIDES(TH_FORMAT_TEXT, TH_LANG_EN, "0.30", "t CO2e\n", "rounded to two");
}
END_TEST

START_TEST(net_stands_beside_its_parts_only)
{
	f.account.removals = 18 * T;
	f.account.credits = 0;
	f.account.net = f.account.gross - 18 * T;
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "Net = gross - removals - credits", "18.00", "Credits", "500.49");
}
END_TEST

START_TEST(text_shows_what_other_profiles_give)
{
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "shanghai-2022", "-118.49", "-22.9 %", "not computed, no value for sh-2026-grid (清单.csv:7)");
	SHOWS(TH_FORMAT_TEXT, TH_LANG_ZH, "未计算，缺少 sh-2026-grid（清单.csv:7）");
}
END_TEST

START_TEST(text_shows_factors_with_documents)
{
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "0.5737 kg/kWh", "公告2025年第47号, 附件表3", "≈21.6219 t/10^4 Nm3", "user's file fuel.csv:3");
}
END_TEST

/* A code that is a caveat, whichever the table has. */
static th_code a_caveat(void)
{
	th_diag_info info;
	for (size_t i = 0; th_diag_table(i, &info); i++)
		if (info.letter == 'C')
			return (th_code)info.code;
	ck_abort_msg("no caveat in diag.def");
	return TH_CODE_NONE;
}

static void add_caveat(size_t lines)
{
	f.arg[0] = TH_S("first \"argument\"");
	f.arg[1] = TH_S("second");
	f.caveat[0] = (th_caveat){.code = a_caveat(), .arg = f.arg, .args = 2, .count = lines};
	for (size_t i = 0; i < lines && i < TH_CAVEAT_LINES; i++) {
		f.caveat[0].at[i].file = "a.csv";
		f.caveat[0].at[i].line = 2 + i;
	}
	f.account.caveat = f.caveat;
	f.account.caveats = 1;
}

START_TEST(caveats_name_their_first_lines)
{
	char code[16];
	add_caveat(3);
	snprintf(code, sizeof code, "C%d", (int)f.caveat[0].code);
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, code, "3 times", "a.csv:2, a.csv:3, a.csv:4\n", th_diag_title(f.caveat[0].code, TH_LANG_EN));
	add_caveat(25);
	SHOWS(TH_FORMAT_TEXT, TH_LANG_ZH, code, "25 处", "a.csv:2，a.csv:3，a.csv:4 …\n", th_diag_title(f.caveat[0].code, TH_LANG_ZH));
	SHOWS(TH_FORMAT_JSON, TH_LANG_ZH, "\"count\": 25", "\"a.csv:21\"]", th_diag_title(f.caveat[0].code, TH_LANG_ZH));
	HIDES(TH_FORMAT_JSON, TH_LANG_EN, "a.csv:22");
}
END_TEST

START_TEST(text_fits_a_hundred_columns)
{
	static char name[600];
	for (size_t i = 0; i + 3 < sizeof name; i += 3)
		memcpy(name + i, "碳", 3);
	add_caveat(25);
	f.key[1][1] = th_slice_of(name);
	f.profile[PROVINCIAL].document = f.profile[SHANGHAI].name_zh = f.factor[GRID].source = f.arg[0] = th_slice_of(name);
	f.input.path = name;
	f.group[0].removals = f.group[0].credits = 12345678 * T;
	for (int lang = 0; lang < 2; lang++) {
		char *text = written(TH_FORMAT_TEXT, (th_lang)lang);
		th_slice rest = th_slice_of(text), line;
		while (th_slice_split(&rest, '\n', &line))
			ck_assert_msg(th_width(line) <= TH_PAGE, "%.*s", (int)line.len, line.ptr);
		ck_assert_ptr_null(strstr(text, " \n"));
		free(text);
	}
}
END_TEST

/* --- JSON --- */

static const th_json *parsed(const char *text, th_arena *arena)
{
	th_diags *diags = th_diags_new();
	const th_json *json = NULL;
	ck_assert_ptr_nonnull(diags);
	ck_assert_msg(th_json_parse("account", th_slice_of(text), diags, arena, &json) == TH_OK, "not JSON:\n%s", text);
	th_diags_free(diags);
	return json;
}

static void assert_number(const th_json *object, const char *key, const char *digits)
{
	const th_json *value = th_json_get(object, key);
	ck_assert_msg(value != NULL, "no %s", key);
	ck_assert_int_eq(value->kind, TH_JSON_NUMBER);
	ck_assert_msg(th_slice_eq(value->text, th_slice_of(digits)), "%s is %.*s, not %s", key, (int)value->text.len, value->text.ptr, digits);
}

START_TEST(json_has_every_decimal_and_no_zero_for_missing)
{
	th_arena arena = {0};
	char *text = written(TH_FORMAT_JSON, TH_LANG_EN);
	const th_json *account = parsed(text, &arena), *totals = th_json_get(account, "totals");
	assert_number(totals, "gross", "518.490000000001");
	assert_number(totals, "scope1", "0.000000000001");
	assert_number(totals, "scope3", "0");
	assert_number(totals, "biogenic_co2", "1");
	ck_assert_ptr_null(th_json_get(totals, "scope2_market"));
	ck_assert_ptr_null(th_json_get(account, "energy"));
	ck_assert_ptr_null(th_json_get(account, "intensity"));
	ck_assert_ptr_null(th_json_get(th_json_get(account, "iso_14064_1"), "3"));
	ck_assert(th_slice_eq(th_json_string(account, "schema"), TH_S("tanhe.account/1")));
	const th_json *use = th_json_get(account, "factors")->child;
	assert_number(use, "ncv", "389.31");
	assert_number(use, "derived", "21.62188809");
	assert_number(use->next, "value", "0.5737");
	assert_number(use->next, "tco2e", "518.49");
	ck_assert_ptr_null(th_json_get(use->next, "overlay"));
	const th_json *other = th_json_get(account, "profiles")->child;
	assert_number(other, "gross", "400");
	ck_assert_ptr_null(th_json_get(other->next, "gross"));
	ck_assert(th_slice_eq(th_json_string(other->next, "missing"), TH_S("sh-2026-grid")));
	ck_assert(th_slice_eq(th_json_string(other->next, "line"), TH_S("清单.csv:7")));
	th_arena_free(&arena);
	free(text);
}
END_TEST

START_TEST(json_keys_stand_in_their_order)
{
	static const char *const keys[] = {"schema", "tool", "inputs", "profile", "factor_set", "gwp", "years", "totals", "iso_14064_1", "by_gas",
	                                   "by_gas_mass", "by", "groups", "factors", "profiles", "caveats"};
	th_arena arena = {0};
	char *text = written(TH_FORMAT_JSON, TH_LANG_EN);
	const th_json *member = parsed(text, &arena)->child;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++, member = member->next) {
		ck_assert_ptr_nonnull(member);
		ck_assert_msg(th_slice_eq(member->key, th_slice_of(keys[i])), "%.*s instead of %s", (int)member->key.len, member->key.ptr, keys[i]);
	}
	ck_assert_ptr_null(member);
	th_arena_free(&arena);
	free(text);
}
END_TEST

START_TEST(json_stays_utf8_and_closed_when_input_is_hostile)
{
	th_arena arena = {0};
	f.input.path = "a\"\\\x80\xff\n.csv";
	f.key[1][1] = TH_S("</script>\x01");
	f.account.inputs = 1;
	char *text = written(TH_FORMAT_JSON, TH_LANG_EN);
	const th_json *input = th_json_get(parsed(text, &arena), "inputs")->child;
	ck_assert(th_slice_eq(th_json_string(input, "path"), TH_S("a\"\\\xEF\xBF\xBD\xEF\xBF\xBD\n.csv")));
	th_arena_free(&arena);
	free(text);
}
END_TEST

/* 10,000 tce, of it 2,500 non-fossil; 518.49 t over 3 x 10^4 CNY is 172.83 t each. */
START_TEST(energy_and_intensity_are_shown_when_computed)
{
	th_arena arena = {0};
	f.account.has_energy = true;
	f.account.coal = 10000 * T;
	f.account.coal_non_fossil = 2500 * T;
	f.account.gross = 518490 * KG;
	f.account.case_path = "case.csv";
	f.value = (th_intensity_value){.intensity = &f.intensity, .value = {3, 0}, .value_text = TH_S("30000"), .unit_text = TH_S("元"), .line = 5,
	                               .divisor = th_ratio_one()};
	th_ratio_mul(&f.value.divisor, th_decimal_int(3));
	f.account.intensity = &f.value;
	f.account.intensities = 1;
	SHOWS(TH_FORMAT_TEXT, TH_LANG_ZH, "10,000.00", "25.0 %", "单位GDP排放", "172.83", "t CO2e/(10^4 CNY)", "gdp = 30000 元, case.csv:5",
	      "3333.33");
	char *text = written(TH_FORMAT_JSON, TH_LANG_EN);
	const th_json *account = parsed(text, &arena), *energy = th_json_get(account, "energy");
	assert_number(energy, "tce", "10000");
	assert_number(energy, "non_fossil_share", "0.25");
	ck_assert_ptr_null(th_json_get(energy, "tce_equal_value"));
	const th_json *gdp = th_json_get(th_json_get(account, "intensity"), "per_gdp");
	assert_number(gdp, "value", "172.83");
	assert_number(gdp, "tce", "3333.333333");
	th_arena_free(&arena);
	free(text);
}
END_TEST

/* --- CSV and the ledger --- */

START_TEST(groups_as_csv_open_in_a_spreadsheet)
{
	char *text = written(TH_FORMAT_CSV, TH_LANG_EN);
	ck_assert_str_eq(text, "\xEF\xBB\xBFscope,site,tco2e,biogenic_co2,removals,credits,lines\r\n"
	                       "1,\"'=HYPERLINK(\"\"x\"\")\",0.000000000001,0,0,0,1\r\n"
	                       "2,总部,518.49,1,0,0,2\r\n");
	free(text);
	SHOWS(TH_FORMAT_CSV, TH_LANG_ZH, "\xEF\xBB\xBF范围,场所,");
}
END_TEST

static char folder[] = "/tmp/tanhe-report-XXXXXX";
static char path[64];

static void open_folder(void)
{
	build();
	memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void close_folder(void)
{
	unlink(path);
	ck_assert_int_eq(rmdir(folder), 0); /* and nothing else is left in it */
}

static void read_file(char *text, size_t room)
{
	FILE *file = fopen(path, "rb");
	ck_assert_ptr_nonnull(file);
	size_t len = fread(text, 1, room - 1, file);
	text[len] = '\0';
	fclose(file);
}

static th_entry an_entry(void)
{
	return (th_entry){.file = "清单.csv", .line = 3, .period = TH_S("2023"), .site = TH_S("总部"), .source = TH_S("@cmd"), .quantity = TH_S("1,234.5"),
	                  .unit = TH_S("MWh"), .activity = &f.activity[ELECTRICITY], .scope = 2, .gas = &f.gas[CO2], .factor = &f.factor[GRID],
	                  .mass = 708232650 * (KG / 1000), .co2e = 708232650 * (KG / 1000), .gwp = {1, 0},
	                  .formula = TH_S("1234.5 MWh × 0.5737 kg/kWh"), .note = TH_S("a \"note\"")};
}

static void write_ledger(const char *name, th_lang lang, char *text, size_t room)
{
	th_diags *diags = th_diags_new();
	th_ledger *ledger = NULL;
	th_entry entry = an_entry(), credit = an_entry();
	credit.factor = NULL;
	credit.bucket = TH_CREDIT;
	credit.quantity = TH_S("-2.50");
	ck_assert_ptr_nonnull(diags);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	ck_assert_int_eq(th_ledger_open(path, lang, diags, &ledger), TH_OK);
	ck_assert_int_eq(th_ledger_entry(ledger, &entry), TH_OK);
	ck_assert_int_eq(th_ledger_entry(ledger, &credit), TH_OK);
	ck_assert_int_eq(th_ledger_commit(ledger, diags), TH_OK);
	th_diags_free(diags);
	read_file(text, room);
}

START_TEST(ledger_as_csv)
{
	char text[4096];
	write_ledger("ledger.csv", TH_LANG_EN, text, sizeof text);
	ck_assert_str_eq(text,
	                 "\xEF\xBB\xBF"
	                 "file,line,period,site,source,scope,iso_category,activity,activity_name,quantity,unit,gas,bucket,factor,factor_value,"
	                 "factor_unit,formula,mass_kg,gwp,co2e_kg,source_document,table,url,region,instrument,evidence,note\r\n"
	                 "清单.csv,3,2023,总部,'@cmd,2,2,electricity,purchased electricity,1234.5,MWh,CO2,gross,grid-shanghai-2023,0.5737,kg/kWh,"
	                 "1234.5 MWh × 0.5737 kg/kWh,708232.65,1,708232.65,公告2025年第47号,附件表3,https://www.mee.gov.cn/,CN-shanghai,,,"
	                 "\"a \"\"note\"\"\"\r\n"
	                 "清单.csv,3,2023,总部,'@cmd,2,2,electricity,purchased electricity,-2.50,MWh,CO2,credits,,,,"
	                 "1234.5 MWh × 0.5737 kg/kWh,708232.65,1,708232.65,,,,,,,\"a \"\"note\"\"\"\r\n");
	write_ledger("ledger.csv", TH_LANG_ZH, text, sizeof text);
	ck_assert(strncmp(text, "\xEF\xBB\xBF文件,行号,", strlen("\xEF\xBB\xBF文件,行号,")) == 0);
	ck_assert_ptr_nonnull(strstr(text, ",外购电力,"));
}
END_TEST

START_TEST(ledger_as_ndjson)
{
	char text[4096];
	write_ledger("ledger.ndjson", TH_LANG_ZH, text, sizeof text);
	char *second = strchr(text, '\n');
	ck_assert_ptr_nonnull(second);
	*second++ = '\0';
	ck_assert_str_eq(text, "{\"file\":\"清单.csv\",\"line\":3,\"period\":\"2023\",\"site\":\"总部\",\"source\":\"@cmd\",\"scope\":2,\"iso_category\":2,"
	                       "\"activity\":\"electricity\",\"activity_name\":\"外购电力\",\"quantity\":1234.5,\"unit\":\"MWh\",\"gas\":\"CO2\","
	                       "\"bucket\":\"gross\",\"factor\":\"grid-shanghai-2023\",\"factor_value\":0.5737,\"factor_unit\":\"kg/kWh\","
	                       "\"formula\":\"1234.5 MWh × 0.5737 kg/kWh\",\"mass_kg\":708232.65,\"gwp\":1,\"co2e_kg\":708232.65,"
	                       "\"source_document\":\"公告2025年第47号\",\"table\":\"附件表3\",\"url\":\"https://www.mee.gov.cn/\",\"region\":\"CN-shanghai\","
	                       "\"note\":\"a \\\"note\\\"\"}");
	ck_assert_ptr_null(strstr(second, "\"factor\""));
	ck_assert_ptr_nonnull(strstr(second, "\"quantity\":-2.50,"));
}
END_TEST

START_TEST(ledger_flushes_and_an_aborted_one_leaves_nothing)
{
	th_diags *diags = th_diags_new();
	th_ledger *ledger = NULL;
	th_entry entry = an_entry();
	snprintf(path, sizeof path, "%s/gone.csv", folder);
	ck_assert_int_eq(th_ledger_open(path, TH_LANG_EN, diags, &ledger), TH_OK);
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(th_ledger_entry(ledger, &entry), TH_OK);
	th_ledger_abort(ledger);
	th_ledger_abort(NULL);
	ck_assert_int_ne(access(path, F_OK), 0);
	th_diags_free(diags);
}
END_TEST

START_TEST(a_report_is_written_whole_or_reported)
{
	char text[16];
	th_diags *diags = th_diags_new();
	snprintf(path, sizeof path, "%s/out.txt", folder);
	ck_assert_int_eq(th_report_write(path, "whole", 5, diags), TH_OK);
	read_file(text, sizeof text);
	ck_assert_str_eq(text, "whole");
	ck_assert_int_eq(th_report_write("/nonexistent/folder/x", "whole", 5, diags), TH_SYSTEM);
	ck_assert_uint_eq(th_diags_errors(diags), 1);
	th_diags_free(diags);
}
END_TEST

/* --- factors --- */

START_TEST(derived_values_are_exact)
{
	th_mass value = 0;
	ck_assert(!th_factor_derived(&f.factor[GRID], &value));
	/* 389.31 x 15.3 x 0.99 x 44/12 / 1000 = 21.62188809 t/10^4 Nm3; the research table prints 2.162 kg/m3 */
	ck_assert(th_factor_derived(&f.factor[FUEL], &value));
	ck_assert(value == (th_mass)21621888090);
	/* 3 tC/(ha a) is 11 t CO2; 7 kg N2O-N is 11 kg N2O (IPCC 2006 vol 4 eq. 2.1 note, vol 5 eq. 6.7) */
	f.factor[GRID].value = th_decimal_int(3);
	f.factor[GRID].basis = TH_BASIS_CARBON;
	ck_assert(th_factor_derived(&f.factor[GRID], &value));
	ck_assert(value == 11 * KG);
	f.factor[GRID].value = th_decimal_int(7);
	f.factor[GRID].basis = TH_BASIS_NITROGEN;
	ck_assert(th_factor_derived(&f.factor[GRID], &value));
	ck_assert(value == 11 * KG);
	f.factor[FUEL].has_oxidation = false;
	ck_assert(!th_factor_derived(&f.factor[FUEL], &value));
}
END_TEST

START_TEST(other_official_values_are_those_of_the_same_thing)
{
	const th_factor *grid = &f.factor[GRID], *city = &f.factor[CITY];
	ck_assert(th_factor_rivals(&f.reference, grid, city));
	ck_assert(!th_factor_rivals(&f.reference, grid, grid));
	ck_assert(!th_factor_rivals(&f.reference, grid, &f.factor[FUEL]));
	f.factor[CITY].region = 1; /* China holds Shanghai, not the other way round */
	ck_assert(th_factor_rivals(&f.reference, grid, city));
	ck_assert(!th_factor_rivals(&f.reference, city, grid));
	f.factor[CITY].from = 365; /* later than the grid's year */
	ck_assert(!th_factor_rivals(&f.reference, grid, city));
	f.factor[CITY].from = 0;
	f.factor[CITY].category = f.factor[GRID].category;
	ck_assert(!th_factor_rivals(&f.reference, grid, city));
}
END_TEST

START_TEST(factors_are_worded)
{
	th_buf out = {0};
	th_factor_time(&out, &f.factor[GRID]);
	th_buf_char(&out, '|');
	f.factor[GRID].valid_to_text = (th_slice){"", 0};
	th_factor_time(&out, &f.factor[GRID]);
	th_buf_char(&out, '|');
	th_factor_time(&out, &f.factor[CITY]);
	th_factor_value_text(&out, &f.factor[CITY], TH_LANG_EN);
	th_buf_char(&out, '|');
	f.factor[CITY].has_value = false;
	f.factor[CITY].confidence = TH_UNSET;
	th_factor_value_text(&out, &f.factor[CITY], TH_LANG_ZH);
	ck_assert(th_slice_eq(th_buf_view(&out), TH_S("2023|2023-01-01…|4.2 t/10^4 kWh|没有数值")));
	th_buf_free(&out);
}
END_TEST

static TCase *add_case(Suite *suite, const char *name)
{
	TCase *tests = tcase_create(name);
	suite_add_tcase(suite, tests);
	return tests;
}

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))

Suite *report_suite(void)
{
	Suite *suite = suite_create("report");
	TCase *width = add_case(suite, "width");
	tcase_add_loop_test(width, width_counts_terminal_columns, 0, COUNT(widths));
	tcase_add_loop_test(width, lines_break_where_a_reader_expects, 0, COUNT(breaks));
	tcase_add_test(width, cut_text_says_so);
	tcase_add_test(width, columns_stand_under_each_other);
	tcase_add_test(width, control_characters_never_reach_the_terminal);
	tcase_add_test(width, wide_tables_wrap_at_the_page);
	tcase_add_loop_test(width, digits_are_kept_as_written_where_json_allows, 0, COUNT(numbers));
	tcase_add_loop_test(width, percent_is_rounded_once_half_to_even, 0, COUNT(percents));

	TCase *account = add_case(suite, "account");
	tcase_add_checked_fixture(account, build, NULL);
	tcase_add_test(account, text_names_tool_then_profile);
	tcase_add_test(account, text_shows_totals_exactly_where_short);
	tcase_add_test(account, text_of_a_small_account_is_in_kg_and_exact);
	tcase_add_test(account, net_stands_beside_its_parts_only);
	tcase_add_test(account, text_shows_what_other_profiles_give);
	tcase_add_test(account, text_shows_factors_with_documents);
	tcase_add_test(account, caveats_name_their_first_lines);
	tcase_add_test(account, text_fits_a_hundred_columns);
	tcase_add_test(account, json_has_every_decimal_and_no_zero_for_missing);
	tcase_add_test(account, json_keys_stand_in_their_order);
	tcase_add_test(account, json_stays_utf8_and_closed_when_input_is_hostile);
	tcase_add_test(account, energy_and_intensity_are_shown_when_computed);
	tcase_add_test(account, groups_as_csv_open_in_a_spreadsheet);
	tcase_add_test(account, derived_values_are_exact);
	tcase_add_test(account, other_official_values_are_those_of_the_same_thing);
	tcase_add_test(account, factors_are_worded);

	TCase *files = add_case(suite, "files");
	tcase_add_checked_fixture(files, open_folder, close_folder);
	tcase_add_test(files, ledger_as_csv);
	tcase_add_test(files, ledger_as_ndjson);
	tcase_add_test(files, ledger_flushes_and_an_aborted_one_leaves_nothing);
	tcase_add_test(files, a_report_is_written_whole_or_reported);
	return suite;
}

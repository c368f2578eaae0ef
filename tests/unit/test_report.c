/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The writers, on accounts built by hand: what they show is compared with what was put in, not with what they showed before. */
#include <stdio.h>
#include <stdlib.h>

#include "io/json.h"
#include "report/citation.h"
#include "report_fixture.h"
#include "suites.h"

static char *written(th_format format, th_lang lang)
{
	char *text = NULL;
	size_t len = 0;
	report_fixture_years(f.account.years);
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
	f.account.years = 3;
	char *text = written(TH_FORMAT_TEXT, TH_LANG_ZH);
	ck_assert(strncmp(text, "tanhe 碳核 ", strlen("tanhe 碳核 ")) == 0);
	char *profile = strstr(text, "mee-provincial"), *input = strstr(text, "清单.csv");
	ck_assert_ptr_nonnull(profile);
	ck_assert_ptr_nonnull(input);
	ck_assert(profile < input);
	free(text);
	SHOWS(TH_FORMAT_TEXT, TH_LANG_ZH, "1,234行", "GB18030", "sha256 0123456789ab\n", "2021—2022、2024", "AR5", "公告2025年第47号");
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "1,234 rows", "2021-2022, 2024\n", "MEE provincial factors");
}
END_TEST

START_TEST(text_rounds_half_to_even_and_says_so)
{
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "518.49  t CO2e", "rounded to two");
	f.account.whole.gross = 518490 * KG;
	f.account.whole.scope[1] = f.account.whole.iso[1] = f.group[0].gross = f.use[0].co2e = 0;
	f.account.whole.gases = 1;
	HIDES(TH_FORMAT_TEXT, TH_LANG_EN, "rounded to two", "Removals", "Net =", "market", "Energy", "Intensities", "Avoided");
	f.account.whole.gross = 1234567125 * KG;
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "1,234,567.12  t CO2e", "rounded to two");
	f.account.whole.gross += KG / 10 * 5; /* 125.5 kg: four decimals of a tonne, rounded to even 0.13 */
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "1,234,567.13  t CO2e", "rounded to two");
}
END_TEST

START_TEST(text_of_a_small_account_is_in_kg_and_exact)
{
	f.account.whole.gross = f.account.whole.scope[1] = KG / 10 * 3;
	f.account.whole.scope[2] = 0;
	f.account.others = 0;
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "0.3  kg CO2e");
	HIDES(TH_FORMAT_TEXT, TH_LANG_EN, "0.30", "t CO2e\n", "rounded to two");
}
END_TEST

START_TEST(net_stands_beside_its_parts_only)
{
	f.account.whole.removals = 18 * T;
	f.account.whole.credits = 20 * T;
	f.account.whole.net = f.account.whole.gross - 18 * T;
	f.account.whole.net_after_credits = f.account.whole.net - 20 * T;
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "Net = gross - removals", "18.00", "500.49", "Credits", "After credits = net - credits", "480.49");
}
END_TEST

START_TEST(text_shows_what_other_profiles_give)
{
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "shanghai-2022", "-118.49", "-22.9 %", "not computed: this profile has no factor of");
	SHOWS(TH_FORMAT_TEXT, TH_LANG_ZH, "未计算：该口径没有");
}
END_TEST

START_TEST(text_shows_factors_with_documents)
{
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, "0.5737 kg/kWh", "公告2025年第47号, 附件表3", "≈21.6219 t/10^4 Nm3", "your file fuel.csv:3");
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
	SHOWS(TH_FORMAT_TEXT, TH_LANG_EN, code, "×3", "a.csv:2, a.csv:3, a.csv:4\n", th_diag_title(f.caveat[0].code, TH_LANG_EN));
	add_caveat(25);
	SHOWS(TH_FORMAT_TEXT, TH_LANG_ZH, code, "×25", "a.csv:2，a.csv:3，a.csv:4 …\n", th_diag_title(f.caveat[0].code, TH_LANG_ZH));
	SHOWS(TH_FORMAT_JSON, TH_LANG_ZH, "\"count\": 25", "{\"file\": \"a.csv\", \"line\": 21}]", th_diag_title(f.caveat[0].code, TH_LANG_ZH));
	HIDES(TH_FORMAT_JSON, TH_LANG_EN, "a.csv:22");
}
END_TEST

/* The titles are those under which the IPCC publishes its reports in Chinese. */
START_TEST(documents_are_cited_in_the_language)
{
	static const struct {
		const char *source, *table, *zh, *en;
	} rows[] = {
		{"IPCC：2006 IPCC Guidelines V2 Ch1、Ch2", "Table 1.4 / 2.2", "《2006年IPCC国家温室气体清单指南》第2卷第1、2章，表1.4 / 2.2", "IPCC: 2006 IPCC Guidelines V2 Ch1, Ch2, Table 1.4 / 2.2"},
		{"IPCC：2019 Refinement V4 Ch8", "Table 8.1 (Updated)", "《2006年IPCC国家温室气体清单指南2019年修订版》第4卷第8章，表8.1（更新）", "IPCC: 2019 Refinement V4 Ch8, Table 8.1 (Updated)"},
		{"IPCC：2019 Refinement V5 Ch6；Bo 见 2006 IPCC Guidelines V5 Ch6", "", "《2006年IPCC国家温室气体清单指南2019年修订版》第5卷第6章；Bo 见《2006年IPCC国家温室气体清单指南》第5卷第6章",
		 "IPCC：2019 Refinement V5 Ch6；Bo 见 2006 IPCC Guidelines V5 Ch6"},
		{"IPCC：2006 IPCC Guidelines / 2019 Refinement V3 Ch7（组成，质量百分比）", "", "《2006年IPCC国家温室气体清单指南》及其2019年修订版第3卷第7章（组成，质量百分比）",
		 "IPCC：2006 IPCC Guidelines / 2019 Refinement V3 Ch7（组成，质量百分比）"},
		{"IPCC：IPCC AR6 WGI (2021) Ch7 SM", "Table 7.SM.7", "《IPCC第六次评估报告》第一工作组报告（2021）第7章补充材料，表7.SM.7", "IPCC: IPCC AR6 WGI (2021) Ch7 SM, Table 7.SM.7"},
		{"IPCC：IPCC TAR WG1 (2001) Ch 6", "", "《IPCC第三次评估报告》第一工作组报告（2001）第6章", "IPCC: IPCC TAR WG1 (2001) Ch 6"},
		{"IPCC: 2006 IPCC V2 Ch2（源自GPG2000）", "", "《2006年IPCC国家温室气体清单指南》第2卷第2章（源自GPG2000）", "IPCC: 2006 IPCC V2 Ch2（源自GPG2000）"},
		{"IPCC：2006 IPCC Guidelines Vx Ch", "Table", "《2006年IPCC国家温室气体清单指南》 Vx Ch，Table", "IPCC: 2006 IPCC Guidelines Vx Ch, Table"},
		{"国家统计局：年鉴", "表1", "国家统计局：年鉴，表1", "国家统计局：年鉴, 表1"},
		{"", "Table 1", "表1", "Table 1"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (int zh = 0; zh < 2; zh++) {
			th_buf text = {0};
			th_put_citation(&text, th_slice_of(rows[i].source), th_slice_of(rows[i].table), zh ? TH_LANG_ZH : TH_LANG_EN);
			th_buf_char(&text, '\0');
			ck_assert_str_eq(text.ptr, zh ? rows[i].zh : rows[i].en);
			th_buf_free(&text);
		}
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
			ck_assert_msg(th_width(line) <= TH_TEXT_PAGE, "%.*s", (int)line.len, line.ptr);
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
	ck_assert_ptr_null(th_json_get(totals, "scope3"));
	assert_number(totals, "biogenic_co2", "1");
	ck_assert_ptr_null(th_json_get(totals, "scope2_market"));
	ck_assert_ptr_null(th_json_get(account, "energy"));
	ck_assert_ptr_null(th_json_get(account, "intensity"));
	ck_assert_ptr_null(th_json_get(th_json_get(account, "iso_14064_1"), "3"));
	ck_assert(th_slice_eq(th_json_string(account, "schema"), TH_S("tanhe.account/2")));
	const th_json *use = th_json_get(account, "factors")->child;
	assert_number(use, "ncv", "389.31");
	assert_number(use, "derived", "21.62188809");
	assert_number(use->next, "value", "0.5737");
	assert_number(use->next, "tco2e", "518.49");
	ck_assert_ptr_null(th_json_get(use->next, "place"));
	const th_json *other = th_json_get(account, "profiles")->child;
	assert_number(other, "gross", "400");
	ck_assert_ptr_null(th_json_get(other->next, "gross"));
	ck_assert(th_slice_eq(th_json_string(th_json_get(other->next, "missing"), "id"), TH_S("sh-2026-grid")));
	const th_json *place = th_json_get(other->next, "place");
	ck_assert(th_slice_eq(th_json_string(place, "file"), TH_S("清单.csv")));
	assert_number(place, "line", "7");
	th_arena_free(&arena);
	free(text);
}
END_TEST

START_TEST(json_keys_stand_in_their_order)
{
	static const char *const keys[] = {"schema", "tool", "inputs", "profile", "factor_set", "gwp", "years", "totals", "iso_14064_1", "by_gas",
	                                   "by_gas_mass", "by", "groups", "factors", "profiles", "caveats", "options"};
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
	ck_assert(th_slice_eq(th_json_string(input, "file"), TH_S("a\"\\\xEF\xBF\xBD\xEF\xBF\xBD\n.csv")));
	th_arena_free(&arena);
	free(text);
}
END_TEST

/* 10,000 tce, of it 2,500 non-fossil; 518.49 t over 3 x 10^4 CNY is 172.83 t each. */
START_TEST(energy_and_intensity_are_shown_when_computed)
{
	th_arena arena = {0};
	f.account.whole.has_energy = true;
	f.account.whole.coal = 10000 * T;
	f.account.whole.coal_non_fossil = 2500 * T;
	f.account.whole.gross = 518490 * KG;
	f.account.case_path = "case.csv";
	f.value = (th_intensity_value){.intensity = &f.intensity, .year = 2021, .value = {3, 0}, .value_text = TH_S("30000"), .unit_text = TH_S("元"), .line = 5,
	                               .divisor = th_ratio_one()};
	th_ratio_mul(&f.value.divisor, th_decimal_int(3));
	f.account.intensity = &f.value;
	f.account.intensities = 1;
	SHOWS(TH_FORMAT_TEXT, TH_LANG_ZH, "10,000.00", "25.0 %", "单位GDP排放", "172.83", "tCO2e/(10^4 CNY)", "gdp 30000元（case.csv:5）",
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
	ck_assert_str_eq(text, "\xEF\xBB\xBFscope,site,tco2e,biogenic_co2,removals,credits,outside_kyoto,lines\r\n"
	                       "1,\"'=HYPERLINK(\"\"x\"\")\",0.000000000001,0,0,0,0,1\r\n"
	                       "2,总部,518.49,1,0,0,0,2\r\n");
	free(text);
	SHOWS(TH_FORMAT_CSV, TH_LANG_ZH, "\xEF\xBB\xBF范围,场所,");
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
	th_put_number(&out, th_slice_of(numbers[_i].text), (th_decimal){numbers[_i].mant, numbers[_i].exp});
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
	bool there = th_put_percent(&out, percents[_i].part * KG, percents[_i].whole * KG, percents[_i].sign);
	ck_assert_int_eq(there, percents[_i].shown != NULL);
	th_buf_char(&out, '\0');
	ck_assert_str_eq(out.ptr, percents[_i].shown ? percents[_i].shown : "");
	th_buf_free(&out);
}
END_TEST

Suite *report_suite(void)
{
	Suite *suite = suite_create("report");
	TCase *account = report_case(suite, "account");
	tcase_add_checked_fixture(account, report_fixture_build, NULL);
	tcase_add_test(account, documents_are_cited_in_the_language);
	tcase_add_test(account, text_names_tool_then_profile);
	tcase_add_test(account, text_rounds_half_to_even_and_says_so);
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

	TCase *number = report_case(suite, "numbers");
	tcase_add_loop_test(number, digits_are_kept_as_written_where_json_allows, 0, COUNT(numbers));
	tcase_add_loop_test(number, percent_is_rounded_once_half_to_even, 0, COUNT(percents));
	add_ledger_cases(suite);
	return suite;
}

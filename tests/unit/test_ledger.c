/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ledger and reports as files, and factors in words. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "report_fixture.h"

static char folder[] = "/tmp/tanhe-report-XXXXXX";
static char path[64];

static void open_folder(void)
{
	report_fixture_build();
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
	return (th_entry){.file = "清单.csv", .line = 3, .period = TH_S("2023"), .site = TH_S("总部"), .source = TH_S("@cmd"), .quantity = TH_S("1,234.5"), .amount = {12345, -1},
	                  .unit = TH_S("MWh"), .activity = &f.activity[ELECTRICITY], .scope = 2, .iso = 2, .gas = &f.gas[CO2], .factor = &f.factor[GRID],
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
	credit.amount = (th_decimal){-25, -1};
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
	                       "\"activity\":\"electricity\",\"activity_name\":{\"zh\":\"外购电力\",\"en\":\"purchased electricity\"},\"quantity\":1234.5,\"unit\":\"MWh\",\"gas\":\"CO2\","
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
	f.factor[CITY].region = th_index_of(1); /* China holds Shanghai, not the other way round */
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
	th_put_factor_time(&out, &f.factor[GRID]);
	th_buf_char(&out, '|');
	f.factor[GRID].valid_to_text = (th_slice){"", 0};
	th_put_factor_time(&out, &f.factor[GRID]);
	th_buf_char(&out, '|');
	th_put_factor_time(&out, &f.factor[CITY]);
	th_put_factor_value(&out, &f.factor[CITY], NULL, TH_LANG_EN);
	th_buf_char(&out, '|');
	f.factor[CITY].has_value = false;
	f.factor[CITY].confidence = TH_UNSET;
	th_put_factor_value(&out, &f.factor[CITY], NULL, TH_LANG_ZH);
	ck_assert(th_slice_eq(th_buf_view(&out), TH_S("2023|2023-01-01…|4.2 t/10^4 kWh|没有数值")));
	th_buf_free(&out);
}
END_TEST

void add_ledger_cases(Suite *suite)
{
	TCase *files = report_case(suite, "files");
	tcase_add_checked_fixture(files, open_folder, close_folder);
	tcase_add_test(files, ledger_as_csv);
	tcase_add_test(files, ledger_as_ndjson);
	tcase_add_test(files, ledger_flushes_and_an_aborted_one_leaves_nothing);
	tcase_add_test(files, a_report_is_written_whole_or_reported);

	TCase *factors = report_case(suite, "factors");
	tcase_add_checked_fixture(factors, report_fixture_build, NULL);
	tcase_add_test(factors, derived_values_are_exact);
	tcase_add_test(factors, other_official_values_are_those_of_the_same_thing);
	tcase_add_test(factors, factors_are_worded);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data_folder.h"

#include "io/digest.h"
#include "reference/image.h"
#include "scratch.h"

Suite *reference_suite(void);

/* --- every error of a data folder at its place --- */

#define GWP "gas,name_zh,name_en,aliases,set,value,source,table\n"
#define BLEND "blend,gas,share,source,table,aliases\n"
#define REGION "region,parent,name_zh,name_en,aliases\n"
#define ENERGY "activity,basis,value,unit,source,table,note\n"
#define ACTIVITY "activity,name_zh,name_en,aliases,scope,iso_category,method,kind,state,energy,non_fossil\n"
#define INTENSITY "id,fact,unit,per,name_zh,name_en\n"
#define FACTOR "id,gas,value,unit,source,confidence,activity\n"
#define PROFILE "{\"schema\":\"tanhe.profile/1\",\"id\":\"p\",\"name_zh\":\"z\",\"name_en\":\"e\",\"document\":\"d\",\"gwp\":\"AR5\",\"region\":\"CN\""
#define RULE(rest) PROFILE ",\"select\":[{\"leg\":\"main\"," rest "}]}"

static const struct { const char *file, *text, *places, *where; } folders[] = {
	{"gwp.csv", GWP ",,,,AR5,1,I,\nX,,,,AR7,1,I,\nX,,,,AR5,x,I,\nX,,,,AR5,-1,I,\nX,,,,AR6,1,,\n", "2:1 E3301; 3:6 E3303; 4:10 E3302; 5:10 E3304; 6:12 E3301", ""},
	{"gwp.csv", GWP "CO2,,,,AR5,1,I,\nCO2,,,,AR5,1,I,\n", "3:8 E3307", "set"},
	{"gwp.csv", GWP "CO2,,,g,AR5,1,I,\nCH4,,,G,AR5,28,I,\nCO2e,,,,AR5,1,I,\n", "3:7 E3308; 4:9 E3307", ""},
	{"blends.csv", BLEND "B,HFC-32,50,I,,\nB,HFC-125,40,I,,\n", "2:1 E3501", ""},
	{"blends.csv", BLEND "B,HFC-32,100,I,,\nB,HFC-99,0,I,,\n", "3:3 E3306", "gas"},
	{"blends.csv", BLEND "B,HFC-32,110,I,,\nB,HFC-125,-10,I,,\nC,B,1e2,I,,R32\n", "3:11 E3304; 4:12 E3308", ""},
	{"blends.csv", BLEND "HFC-32,HFC-125,100,I,,\n", "2:1 E3308", "blend"},
	{"blends.csv", BLEND "B,HFC-32,33.33333333333333,I,,\nB,HFC-125,66.66666666666667,I,,\n", "2:10 E3502; 3:11 E3502", ""},
	{"regions.csv", REGION "A,,甲,,\nB,C,乙,,甲\n,,x,,\n", "3:3 E3306; 3:8 E3308; 4:1 E3301", ""},
	{"energy.csv", ENERGY "a,equivalent,0,kgce/kg,s,,\na,equivalent,1,kg/kg,s,,\nb,other,1,kgce/kg,s,,\nb,equal,1,kgce/zz,,,\n",
	 "2:14 E3304; 3:16 E3701; 3:1 E3307; 4:3 E3303; 5:19 E3301; 5:11 E3305", ""},
	{"conversions.csv", "kind,activity,value,unit,source\nmass,diesel,1,kg/L,s\ndensity,petrol,0,kg/L,s\ndensity,diesel,1,kg,\n",
	 "2:1 E3303; 3:16 E3304; 3:9 E3306; 4:21 E3301", ""},
	{"conversions.csv", "kind,activity,value,unit,source\ndensity,diesel;diesel,1,GJ/tce,s\ndensity,diesel,1,kg/m3,s\ndensity,diesel,1,kg/L,s\n"
	                    "standard_coal,,1,GJ/tce,s\nstandard_coal,,1,GJ/tce,s\n", "2:25 E3303; 4:9 E3307; 6:1 E3307", ""},
	{"activity_words.csv", "place,word,of\nabove,量,use\nbehind,耗…量,use\naround,耗量,use\naround,…量,use\nbehind,,gone\n",
	 "2:1 E3303; 3:8 E3303; 4:8 E3303; 5:8 E3303; 6:9 E3303; 6:8 E3301", ""},
	{"intensities.csv", INTENSITY "a,gdp,CNY,m2,,\na,gdp,CNY,CNY,,\n,gdp,CNY,zz,,\n", "2:11 E3702; 3:1 E3307; 4:1 E3301; 4:10 E3305", ""},
	{"activities.csv", ACTIVITY "a,,,,4,7,burn,gone,ice,,maybe\nb,,,,1,1,sink,,,coke,\n", "2:6 E3303; 2:8 E3303; 2:10 E3303; 2:15 E3303; 2:20 E3303; 2:25 E3303; 3:17 E3306", ""},
	{"activities.csv", ACTIVITY "a,甲,,乙,1,1,sink,,,,\nb,乙,,,1,1,sink,,,,\nA,,,,1,1,sink,,,,\n", "3:3 E3308; 4:1 E3308", ""},
	{"factors/f.csv", FACTOR "a,CO2,1,kg/kWh,s,one-source,eletricity\nb,CO2,1,kg/kWh,s,,\nc,CO2,1,kg/kWh,s,sure,\n", "2:29 E3306; 3:18 E3303; 4:18 E3303", ""},
	{"conflicts.csv", "subject_zh,subject_en,factors,reading_zh,reading_en\n,,grid;gird,,\n", "2:3 E3306", "factors"},
	{"factors/set.json", "{\"id\":\"t\",\"files\":[\"f.csv\"],\"x\":1}", "1:1 E3403; 1:1 E3402", ""},
	{"factors/set.json", "{\"id\":\"t\",\"version\":1,\"files\":[\"../f.csv\",\".f\",1]}", "1:1 E3401; 1:1 E3404; 1:1 E3404; 1:1 E3404", "/files/0"},
	{"factors/set.json", "{\"id\":\"t\",\"version\":\"1\",\"files\":[]}", "1:1 E3401", "/files"},
	{"factors/set.json", "{\"id\":\"t\",\"version\":\"1\",\"files\":[\"f.csv\"", "1:41 E1202", ""},
	{"profiles/set.json", "{\"default\":\"q\",\"profiles\":[\"p\",\"p\",\"a/b\"]}", "1:1 E3404; 1:1 E3409; 1:1 E3407", "/profiles/2"},
	{"profiles/set.json", "{\"profiles\":{}}", "1:1 E3402; 1:1 E3401", "/profiles"},
	{"profiles/p.json", "[]", "1:1 E3401", ""},
	{"profiles/p.json", "{}", "1:1 E3402; 1:1 E3402; 1:1 E3402; 1:1 E3402; 1:1 E3402; 1:1 E3402; 1:1 E3402; 1:1 E3401", ""},
	{"profiles/p.json", PROFILE ",\"select\":[]}", "1:1 E3408", "/select"},
	{"profiles/p.json", PROFILE ",\"select\":[1]}", "1:1 E3401; 1:1 E3408", "/select/0"},
	{"profiles/p.json", PROFILE ",\"year\":1,\"select\":[{\"leg\":\"main\",\"method\":\"*\",\"category\":\"*\"}]}", "1:1 E3403", "/year"},
	{"profiles/p.json", "{\"schema\":\"tanhe.profile/2\",\"id\":\"q\",\"name_zh\":\"z\",\"name_en\":\"e\",\"document\":\"d\",\"gwp\":\"AR9\",\"region\":\"Mars\","
	                    "\"select\":[{\"leg\":\"main\",\"method\":\"*\",\"category\":\"*\"}]}",
	 "1:1 E3405; 1:1 E3405; 1:1 E3405; 1:1 E3407", "/region"},
	{"profiles/p.json", RULE("\"method\":\"heat\",\"category\":\"grid\",\"when\":1"), "1:1 E3403", "/select/0/when"},
	{"profiles/p.json", PROFILE ",\"select\":[{\"leg\":\"tail\",\"method\":\"heat\",\"category\":\"grid\"}]}", "1:1 E3405; 1:1 E3408", "/select/0/leg"},
	{"profiles/p.json", RULE("\"method\":\"burn\",\"category\":\"grid\""), "1:1 E3405", "/select/0/method"},
	{"profiles/p.json", RULE("\"activity\":\"burn\",\"category\":\"grid\""), "1:1 E3407", "/select/0/activity"},
	{"profiles/p.json", RULE("\"category\":\"grid\""), "1:1 E3406", "/select/0"},
	{"profiles/p.json", RULE("\"method\":\"heat\",\"activity\":\"diesel\",\"category\":\"grid\""), "1:1 E3406", "/select/0"},
	{"profiles/p.json", RULE("\"method\":\"heat\",\"factor\":\"gird\""), "1:1 E3407", "/select/0/factor"},
	{"profiles/p.json", RULE("\"method\":\"heat\",\"category\":\"gird\""), "1:1 E3407", "/select/0/category"},
	{"profiles/p.json", RULE("\"method\":\"heat\""), "1:1 E3406", "/select/0"},
	{"profiles/p.json", RULE("\"method\":\"heat\",\"category\":\"grid\",\"region\":\"here\",\"year\":2023"), "1:1 E3405; 1:1 E3405", "/select/0/year"},
};

START_TEST(reports_errors_of_a_folder)
{
	put(folders[_i].file, folders[_i].text);
	ck_assert_int_eq(th_reference_open(data, diags, &ref), TH_INVALID);
	expect_places(diags, folders[_i].places, folders[_i].text);
	char *text, file[128], where[64];
	snprintf(file, sizeof file, "\"file\":\"%s/%s\"", data, folders[_i].file);
	snprintf(where, sizeof where, "\"at\":\"%s\"", folders[_i].where);
	ck_assert_int_eq(th_diags_jsonl(diags, &text), TH_OK);
	ck_assert_msg(strstr(text, file) != NULL, "%s not in %s", file, text);
	ck_assert_msg(!*folders[_i].where || strstr(text, where) != NULL, "%s not in %s", where, text);
	free(text);
}
END_TEST

START_TEST(misses_a_file)
{
	take_back(diags, "/nowhere/data/factors/f.csv");
	ck_assert_int_eq(th_reference_open(data, diags, &ref), TH_SYSTEM);
	ck_assert_uint_eq(th_diags_errors(diags), 1);
}
END_TEST

/* --- what was loaded --- */

START_TEST(loads_a_folder)
{
	open_least();
	ck_assert_uint_eq(ref->gases, 3 + 5 + 1); /* CO2e, CO2-bio and CO2-removal are always there */
	const th_gas *blend = &ref->gas[th_find_gas(ref, TH_S("r-410a"))];
	ck_assert(blend->kind == TH_GAS_BLEND && blend->has_gwp[3] && !blend->has_gwp[4]);
	/* 0.5 x 677 + 0.5 x 3170 (AR5 Table 8.A.1) */
	ck_assert_int_eq(th_decimal_cmp(blend->gwp[3], (th_decimal){19235, -1}), 0);
	ck_assert(th_slice_eq(blend->source[3], TH_S("HFC-32 50 % + HFC-125 50 %; IPCC, T7.8")));
	ck_assert_int_eq(ref->gas[th_find_gas(ref, TH_S("CO2-removal"))].kind, TH_GAS_REMOVAL);
	const th_activity *power = &ref->activity[th_find_activity(ref, TH_S("ELECTRICITY"))];
	ck_assert(power->scope == 2 && power->method == TH_METHOD_ELECTRICITY && th_index_number(power->energy) == 0 && th_index_number(power->energy_equal) == 1);
	ck_assert(th_slice_eq(TH_AT(ref->region, ref->region[th_find_region(ref, TH_S("沪"))].parent)->id, TH_S("CN")));
	ck_assert(ref->profiles == 1 && ref->profile[0].rules == 2 && th_index_number(ref->profile[0].rule[1].factor) == 0);
	ck_assert(ref->profile[0].rule[1].region_of_line && ref->profile[0].rule[1].year == TH_YEAR_DATA);
	ck_assert(ref->conflicts == 1 && ref->conflict[0].factors == 2 && ref->conflict[0].factor[1] == 2);
	/* The same as: cd factors; sha256sum f.csv | sha256sum */
	char sha256[65];
	th_digest *digest = th_digest_new();
	th_digest_add(digest, least[9].text, strlen(least[9].text));
	th_digest_hex(digest, sha256);
	digest = th_digest_new();
	th_digest_add(digest, sha256, 64);
	th_digest_add(digest, "  f.csv\n", 8);
	th_digest_hex(digest, sha256);
	ck_assert_str_eq(ref->set_sha256, sha256);
}
END_TEST

START_TEST(chains_and_serves_rows)
{
	size_t count;
	open_least();
	const uint32_t *rows = th_factors_of(ref, th_find_activity(ref, TH_S("柴油")), &count);
	ck_assert(count == 2 && rows[0] == 2 && rows[1] == 3);
	ck_assert(th_find_factor(ref, TH_S("diesel")) == 2 && th_index_number(ref->factor[2].next) == 3 && !th_index_is(ref->factor[3].next));
	const th_factor *f = &ref->factor[2];
	ck_assert(!f->has_value && f->has_ncv && f->has_carbon_content && f->has_oxidation && f->line == 4 && f->column == 1);
	ck_assert(f->confidence == TH_ONE_SOURCE && f->from == TH_DAY_MIN && f->to == TH_DAY_MAX);
	ck_assert_int_eq(ref->factor[1].from, th_day(2023, 1, 1));
	ck_assert_int_eq(ref->factor[1].to, th_day(2023, 12, 31));
	(void)th_factors_of(ref, th_find_activity(ref, TH_S("草坪")), &count);
	ck_assert_uint_eq(count, 0);
	ck_assert(th_find_factor(ref, TH_S("none")) == TH_NONE && th_find_activity(ref, TH_S("none")) == TH_NONE && th_find_gas(ref, TH_S("")) == TH_NONE);
}
END_TEST

START_TEST(looks_up_long_names)
{
	char name[2048];
	memset(name, 'x', sizeof name);
	open_least();
	for (size_t len = 250; len < 262; len++)
		ck_assert_uint_eq(th_find_activity(ref, (th_slice){name, len}), TH_NONE);
	ck_assert_uint_eq(th_find_activity(ref, (th_slice){name, sizeof name}), TH_NONE);
}
END_TEST

START_TEST(suggests_names)
{
	static const struct { const char *text, *zh, *en; } cases[] = {
		{"eletricity", "外购电力", "Purchased electricity"}, {"外购电力（市电）", "外购电力", "Purchased electricity"},
		{"deisel", "柴油", "Diesel"}, {"hydrogen", "", ""},
	};
	open_least();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		for (int lang = TH_LANG_EN; lang <= TH_LANG_ZH; lang++) {
			th_buf out = {0};
			th_suggest_activities(ref, th_slice_of(cases[i].text), 3, (th_lang)lang, &out);
			th_slice expected = th_slice_of(lang == TH_LANG_ZH ? cases[i].zh : cases[i].en);
			ck_assert_msg(expected.len == 0 ? out.len == 0 : out.len > expected.len && memcmp(out.ptr + 1, expected.ptr, expected.len) == 0, "%s: %.*s",
			              cases[i].text, (int)out.len, out.ptr ? out.ptr : "");
			th_buf_free(&out);
		}
	}
	th_buf out = {0};
	th_suggest_factors(ref, TH_S("girds"), 1, &out);
	ck_assert_uint_eq(out.len, 0);
	th_suggest_factors(ref, TH_S("grids"), 1, &out);
	ck_assert(th_slice_eq(th_buf_view(&out), TH_S("grid")));
	th_buf_free(&out);
}
END_TEST

/* --- the shipped data --- */

START_TEST(shipped_data_load)
{
	static const char *const powers[] = {"电", "外购电力", "electricity", "用电量"};
	th_status status = th_reference_open(TEST_DATA_DIR, diags, &ref);
	expect_places(diags, "", "shipped data");
	ck_assert_int_eq(status, TH_OK);
	ck_assert_uint_eq(th_diags_count(diags), 0);
	for (size_t i = 0; i < sizeof powers / sizeof *powers; i++)
		ck_assert(th_slice_eq(ref->activity[th_find_activity(ref, th_slice_of(powers[i]))].id, TH_S("electricity")));
	ck_assert(th_slice_eq(ref->profile[0].id, TH_S("mee-provincial")));
	/* Every factor that serves an activity is found through it, and only those. */
	size_t served = 0, expected = 0, count;
	for (uint32_t a = 0; a < ref->activities; a++) {
		const uint32_t *rows = th_factors_of(ref, a, &count);
		for (size_t i = 0; i < count; i++) {
			bool named = false;
			for (size_t k = 0; k < ref->factor[rows[i]].activities; k++)
				named |= ref->factor[rows[i]].activity[k] == a;
			ck_assert(named && (i == 0 || rows[i] > rows[i - 1]));
		}
		served += count;
	}
	for (uint32_t i = 0; i < ref->factors; i++)
		expected += ref->factor[i].activities;
	ck_assert(served == expected && expected > 800);
}
END_TEST

/* --- days --- */

/* Distances from 0000-03-01 by the Gregorian rule: 60 days to 0000-04-30, 365 a year, leap days. */
static const struct { int year, month, day; int32_t number; } days[] = {
	{0, 3, 1, 0}, {0, 4, 30, 60}, {0, 2, 29, -1}, {1, 3, 1, 365}, {4, 2, 29, 1460}, {100, 3, 1, 36524}, {400, 2, 29, 146096}, {400, 3, 1, 146097},
	{1970, 1, 1, 719468}, {2000, 2, 29, 730484}, {2000, 3, 1, 730485}, {2023, 12, 31, 739190}, {-1, 12, 31, -61},
};

START_TEST(counts_days)
{
	int year, month, day;
	ck_assert_int_eq(th_day(days[_i].year, days[_i].month, days[_i].day), days[_i].number);
	th_day_split(days[_i].number, &year, &month, &day);
	ck_assert(year == days[_i].year && month == days[_i].month && day == days[_i].day);
}
END_TEST

START_TEST(days_follow_each_other)
{
	int32_t number = th_day(1895, 1, 1);
	for (int year = 1895, y, m, d; year <= 2105; year++) {
		static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
		bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
		for (int month = 1; month <= 12; month++)
			for (int day = 1; day <= length[month - 1] + (leap && month == 2); day++, number++) {
				ck_assert_int_eq(th_day(year, month, day), number);
				th_day_split(number, &y, &m, &d);
				ck_assert(y == year && m == month && d == day);
			}
	}
}
END_TEST

START_TEST(reads_days)
{
	static const char *const good[] = {"2023-07-15", "2023/7/15", "2023/07/15", "2024-02-29", "0001-01-01"};
	static const char *const bad[] = {"", "2023", "2023-07", "2023-7-15", "2023-13-01", "2023-00-10", "2023-04-31", "2023-02-29", "2023-07-15 ",
	                                  "23-07-15", "2023-07/15", "2023/07-15", "20230715", "0000-01-01", "2023-07-155", "2023-07-0", "x"};
	int32_t day;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		ck_assert_msg(th_day_parse(th_slice_of(good[i]), &day) && (i > 2 || day == th_day(2023, 7, 15)), "%s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!th_day_parse(th_slice_of(bad[i]), &day), "%s", bad[i]);
}
END_TEST

/* Some at once: only the first can lie where the image was written for. All are added to, and freed. */
START_TEST(images_are_moved)
{
	static const char own[] = "id,gas,value,unit,activity,scope,source\nmine,CO2,1,kg/kg,a thing of mine,3,me\n";
	scratch s;
	scratch_make(&s);
	scratch_write(&s, "own.csv", own, sizeof own - 1);
	th_diags *heard = th_diags_new();
	th_reference *read = NULL, *from[3] = {NULL, NULL, NULL};
	ck_assert_int_eq(th_reference_open(TEST_DATA_DIR, heard, &read), TH_OK);
	const uint32_t grid = th_find_factor(read, TH_S("grid-cn-2021"));
	ck_assert_uint_ne(grid, TH_NONE);
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(th_image_open(TEST_DATA_DIR, TEST_IMAGE, heard, &from[i]), TH_OK);
		ck_assert_ptr_nonnull(from[i]);
	}
	ck_assert_ptr_ne(from[0]->image.start, from[1]->image.start);
	for (int i = 0; i < 3; i++) {
		ck_assert_uint_eq(th_find_factor(from[i], TH_S("grid-cn-2021")), grid);
		ck_assert(th_slice_eq(from[i]->factor[grid].source, read->factor[grid].source));
		ck_assert_uint_eq(th_find_activity(from[i], TH_S("a thing of mine")), TH_NONE);
		ck_assert_int_eq(th_reference_add_factors(from[i], s.path, heard), TH_OK);
		ck_assert_uint_eq(th_find_factor(from[i], TH_S("mine")), read->factors);
		ck_assert_uint_eq(th_find_activity(from[i], TH_S("a thing of mine")), read->activities);
		ck_assert_uint_eq(th_find_activity(from[i], TH_S("外购电力")), th_find_activity(read, TH_S("electricity")));
	}
	for (int i = 0; i < 3; i++)
		th_reference_free(from[i]);
	th_reference_free(read);
	th_diags_free(heard);
	scratch_remove(&s);
}
END_TEST

Suite *reference_suite(void)
{
	Suite *suite = suite_create("reference");
	TCase *tcase = tcase_create("folder");
	tcase_add_checked_fixture(tcase, setup, teardown);
	LOOP(tcase, reports_errors_of_a_folder, folders);
	tcase_add_test(tcase, misses_a_file);
	tcase_add_test(tcase, loads_a_folder);
	tcase_add_test(tcase, chains_and_serves_rows);
	tcase_add_test(tcase, looks_up_long_names);
	tcase_add_test(tcase, suggests_names);
	tcase_add_test(tcase, shipped_data_load);
	tcase_add_test(tcase, images_are_moved);
	suite_add_tcase(suite, tcase);
	TCase *day = tcase_create("days");
	LOOP(day, counts_days, days);
	tcase_add_test(day, days_follow_each_other);
	tcase_add_test(day, reads_days);
	suite_add_tcase(suite, day);
	return suite;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data_folder.h"

Suite *factor_suite(void);

/* --- every error of a user's file at its place --- */

#define H "id,gas,value,unit,source\n"
#define HA "id,gas,value,unit,activity,scope,source\n"
#define HF "id,gas,value,unit,ncv,ncv_unit,carbon_content,carbon_content_unit,oxidation,source\n"
#define HP "id,gas,value,unit,parameters,source\n"
#define HT "id,gas,value,unit,region,valid_from,valid_to,source\n"
#define HC "id,gas,value,unit,confidence,source\n"
#define HU "id,gas,value,unit,low,high,distribution,source\n"

static const struct { const char *text, *places; } files[] = {
	{H "a,CO2,1,kg/kWh,me\n", ""},
	{"编号,气体,因子值,单位,来源\n甲,二氧化碳,０．５,千克/度,自测\n", ""},
	{H "a,CO2,1,kg/kWh,\n", "2:16 E3201"},
	{H ",CO2,1,kg/kWh,me\n", "2:1 E3301"},
	{H "a,,1,kg/kWh,me\na,CO,1,kg/kWh,me\na,*,1,kg/10^2 kg,me\n", "2:3 E3301; 3:3 E3202"},
	{"id,gas,value,unit\na,CO2,1,kg/kWh\n", "1:1 E2051"},
	/* Units: a mass, then an activity. */
	{H "a,CO2,1,,me\n", "2:9 E3301"},
	{H "a,CO2,1,kWh/kg,me\nb,CO2,1,kg,me\nc,CO2,1,kg kWh,me\nd,CO2,1,1/kg,me\ne,CO2,1,kg2/kg,me\nf,CO2,1,kg kWh/kg,me\n",
	 "2:9 E3203; 3:9 E3203; 4:9 E3203; 5:9 E3203; 6:9 E3203; 7:9 E3203"},
	{H "a,CO2,1,kg/zorg,me\nb,CO2,1,zorg/kWh,me\nc,CO2,1,kg/,me\nd,CO2,1,kg/(kWh,me\n", "2:9 E3305; 3:9 E3305; 4:9 E3305; 5:9 E3305"},
	{H "a,CO2,1,lb/MWh,me\nb,CO2,1,t/10^4 Nm3,me\nc,CH4,1,kg/(ha a),me\nd,CO2,1,吨／万度,me\ne,CO2,1,g/(t km),me\n", ""},
	/* Tags: what the mass is of. */
	{H "a,CO2e,1,kgCO2e/kWh,me\nb,CO2,1,tCO2/t,me\nc,CO2,1,tC/t,me\nd,N2O,1,kgN/kgN,me\ne,N2O,1,kg N2O/t,me\nf,CH4,1,kgCH4/t,me\ng,CO2-removal,1,tC/(ha a),me\n", ""},
	{H "a,CO2,1,kgCO2e/kWh,me\nb,CH4,1,tC/t,me\nc,CO2,1,kgN/kgN,me\nd,CO2e,1,kgCO2/t,me\ne,CH4,1,kgN2O/t,me\nf,*,1,kgCO2/kg,me\n",
	 "2:9 E3204; 3:9 E3204; 4:9 E3204; 5:10 E3204; 6:9 E3204; 7:7 E3204"},
	/* Values. */
	{H "a,CO2,-1,kg/kWh,me\nb,CO2,\"1,000\",kg/kWh,me\nc,CO2,5%,kg/kWh,me\nd,CO2,,kg/kWh,me\ne,CO2,0,kg/kWh,me\n", "2:7 E3206; 3:7 E3302; 4:7 E3302; 5:7 E3207"},
	{HC "a,CO2,,kg/kWh,unset,me\nb,CO2,1,kg/kWh,unset,me\nc,CO2,1,kg/kWh,certain,me\nd,CO2,1,kg/kWh,,me\n", "3:7 E3208; 4:16 E3303"},
	/* Fuels. */
	{HF "a,CO2,,t/t,42,GJ/t,20,tC/TJ,1,me\nb,CO2,,t/10^4 Nm3,389,GJ/10^4 Nm3,15,tC/TJ,0.99,me\nc,CO2,,t/TJ,,,20,tC/TJ,0.2,me\nd,CO2,74,t/TJ,42,TJ/10^3 t,,,,me\n", ""},
	{HF "a,CO2,,t/t,42,GJ/t,,,,me\nb,CO2,,t/t,,,20,tC/TJ,1,me\nc,CH4,,t/t,42,GJ/t,20,tC/TJ,1,me\nd,CO2,3,t/t,42,GJ/t,20,tC/TJ,1,me\n",
	 "2:20 E3210; 2:22 E3210; 3:12 E3210; 4:3 E3211; 5:7 E3209"},
	{HF "a,CO2,,t/t,0,GJ/t,-1,tC/TJ,1.5,me\n", "2:12 E3304; 2:19 E3304; 2:28 E3304"},
	{HF "a,CO2,,t/t,42,GJ/Nm3,20,t/TJ,1,me\nb,CO2,,t/t,42,,20,,1,me\nc,CO2,74,t/TJ,42,t/TJ,,,,me\n", "2:15 E3212; 2:25 E3212; 3:15 E3301; 3:19 E3301; 4:18 E3212"},
	/* Parameters. */
	{HP "a,CH4,,t/t,doc=0.15; f = 0.5;,me\n", ""},
	{HP "a,CH4,,t/t,doc,me\nb,CH4,,t/t,doc=x;=1;f=-1,me\nc,CH4,,t/t,f=1;f=2,me\n", "2:12 E3214; 3:12 E3214; 3:12 E3214; 3:12 E3214; 4:12 E3215"},
	/* Uncertainty. */
	{HU "a,CO2,1,kg/kWh,5,10,normal,me\nb,CO2,1,kg/kWh,0,250,lognormal,me\n", ""},
	{HU "a,CO2,1,kg/kWh,5,,,me\nb,CO2,1,kg/kWh,,5,,me\nc,CO2,1,kg/kWh,-5,5,bell,me\n", "2:18 E3213; 3:16 E3213; 4:21 E3303; 4:16 E3304"},
	/* Place and time. */
	{HT "a,CO2,1,kg/kWh,沪,2023-01-01,2023/12/31,me\na,CO2,1,kg/kWh,沪,2024-01-01,,me\na,CO2,1,kg/kWh,CN,,,me\na,CO2,1,kg/kWh,,,,me\na,CH4,1,kg/kWh,沪,,,me\n", ""},
	{HT "a,CO2,1,kg/kWh,Mars,2023-02-30,2023,me\nb,CO2,1,kg/kWh,,2024-01-01,2023-12-31,me\n", "2:21 E3216; 2:32 E3216; 2:16 E3306; 3:28 E3217"},
	{HT "a,CO2,1,kg/kWh,沪,,2023-06-30,me\nb,CO2,1,kg/kWh,,,,me\na,CO2,1,kg/kWh,上海,2023-06-30,,me\n", "4:1 E3220"},
	{HT "a,CO2,1,kg/kWh,,2024-01-01,2024-12-31,me\na,CO2,1,kg/kWh,,2020-01-01,,me\na,CO2,1,kg/kWh,,2025-01-01,2025-12-31,me\n", "3:1 E3220; 4:1 E3220"},
	{H "a,CO2,1,kg/kWh,me\na,CO2,2,kg/kWh,me\n*,*,1,kg/kg,me\n*,*,1,kg/kg,me\n", "5:1 E3220; 3:1 E3220"},
	/* Activities. */
	{HA "a,CO2,1,kg/kWh,electricity;电,,me\nb,CO2,1,kg/kWh,电;新电,2,me\nc,CO2,1,kg/kWh,新电,,me\nd,CO2-removal,1,t/ha,新林,,me\n", ""},
	{HA "a,CO2,1,kg/kWh,something,,me\nb,CO2,1,kg/kWh,other,4,me\n", "2:26 E3218; 3:22 E3303; 3:22 E3218"},
	{HA "a,CO2,1,kg/kWh,eletricity,2,me\n", "2:16 W3219"},
};

START_TEST(reports_errors_of_a_file)
{
	ck_assert_int_eq(th_reference_open(data, diags, &ref), TH_OK);
	th_status status = th_reference_add_factors(ref, lend(diags, "u.csv", files[_i].text), diags);
	expect_places(diags, files[_i].places, files[_i].text);
	ck_assert_int_eq(status, strchr(files[_i].places, 'E') ? TH_INVALID : TH_OK);
}
END_TEST

/* --- what was loaded --- */

START_TEST(shows_both_places)
{
	char *text, first[160];
	const char csv[] = HT "a,CO2,1,kg/kWh,沪,,2023-06-30,me\nb,CO2,1,kg/kWh,,,,me\na,CO2,1,kg/kWh,上海,2023-06-30,,me\n";
	open_least();
	ck_assert_int_eq(th_reference_add_factors(ref, lend(diags, "u.csv", csv), diags), TH_INVALID);
	snprintf(first, sizeof first, "a, gas CO2, region 上海, valid 2023-06-30/.. overlaps the row at u.csv:2;");
	ck_assert_int_eq(th_diags_jsonl(diags, &text), TH_OK);
	ck_assert_msg(strstr(text, first) != NULL, "no `%s` in %s", first, text);
	free(text);
}
END_TEST

static const th_factor *add_one(const char *text, const char *id)
{
	static int number;
	char name[32];
	snprintf(name, sizeof name, "add%d.csv", number++);
	if (!ref)
		open_least();
	ck_assert_int_eq(th_reference_add_factors(ref, lend(diags, name, text), diags), TH_OK);
	uint32_t row = th_find_factor(ref, th_slice_of(id));
	ck_assert_uint_ne(row, TH_NONE);
	return &ref->factor[row];
}

/* Unit and activity of a factor: grams per base unit of the activity, which is worked out beside each. */
static const struct { const char *gas, *unit, *per; double grams; th_basis basis; } units[] = {
	{"CO2", "kg/kWh", "kWh", 1e3 / 3.6e6, TH_BASIS_GAS},             /* 1 kWh = 3.6e6 J */
	{"CO2", "t/10^4 kWh", "万kWh", 1e6 / 3.6e10, TH_BASIS_GAS},
	{"CO2e", "kgCO2e/(t km)", "t km", 1e3 / 1e9, TH_BASIS_GAS},      /* 1 t km = 1e6 g x 1e3 m */
	{"N2O", "kgN/kgN", "t N", 1, TH_BASIS_NITROGEN},
	{"CO2", "tC/t", "kg", 1, TH_BASIS_CARBON},
	{"CO2-removal", "tC/(ha a)", "m2 a", 1e6 / 1e4, TH_BASIS_CARBON},/* 1 ha = 1e4 m2 */
	{"CH4", "kg/10^2 kg", "kg", 1e-2, TH_BASIS_GAS},
	{"CO2", "lb/MWh", "MWh", 453.59237 / 3.6e9, TH_BASIS_GAS},
};

START_TEST(takes_units_apart)
{
	char text[256];
	th_unit per;
	th_slice at;
	snprintf(text, sizeof text, H "x,%s,1,%s,me\n", units[_i].gas, units[_i].unit);
	const th_factor *f = add_one(text, "x");
	ck_assert_int_eq(th_unit_parse(ref->units, th_slice_of(units[_i].per), &per, &at), TH_UNIT_OK);
	ck_assert_msg(th_unit_same_dimension(&per, &f->per), "%s is not per %s", units[_i].unit, units[_i].per);
	ck_assert_int_eq(f->basis, units[_i].basis);
	/* unit x per is a plain mass, whatever the tags were. */
	th_unit mass = f->unit, gram;
	th_unit_mul(&mass, &f->per);
	ck_assert_int_eq(th_unit_parse(ref->units, TH_S("g"), &gram, &at), TH_UNIT_OK);
	ck_assert(th_unit_same_dimension(&mass, &gram));
	double grams = (double)f->unit.num / (double)f->unit.den;
	for (int e = f->unit.exp; e; e += e < 0 ? 1 : -1)
		grams = e < 0 ? grams / 10 : grams * 10;
	ck_assert_double_eq_tol(grams / units[_i].grams, 1, 1e-12);
}
END_TEST

START_TEST(hides_what_is_redefined)
{
	size_t count;
	const th_factor *f = add_one(HT "grid,CO2,0.3,kg/kWh,CN,,,me\n", "grid");
	ck_assert(f->layer == 1 && TH_AT(ref->factor, f->next)->layer == 0 && f->confidence == TH_USER);
	(void)th_factors_of(ref, th_find_activity(ref, TH_S("电")), &count);
	ck_assert_uint_eq(count, 3); /* the rows of another region stay, and the new one has their activity and category */
	ck_assert(f->activities == 1 && f->category.len > 0);
	ck_assert(TH_AT(ref->factor, ref->profile[0].rule[1].factor) == f);
	ck_assert_uint_eq(ref->conflict[0].factor[0], 0); /* the documents still disagree */
	f = add_one(HA "grid,CO2,0.2,kg/kWh,电,,me\ngrid,CH4,0.1,g/kWh,电,,me\n", "grid");
	ck_assert(f->layer == 2 && TH_AT(ref->factor, f->next) == f + 1);
	(void)th_factors_of(ref, th_find_activity(ref, TH_S("电")), &count);
	ck_assert_uint_eq(count, 2);
	ck_assert_uint_eq(ref->overlays, 2);
	ck_assert_uint_eq(strlen(ref->overlay[1].sha256), 64);
}
END_TEST

/* Of 2022 and 2023, each a row, the second half of the first year is another: what is left of it is a copy for the first half. */
START_TEST(leaves_other_times)
{
	size_t count;
	const th_factor *f = add_one(HT "grid,CO2,0.3,kg/kWh,CN-shanghai,2022-07-01,2022-12-31,me\n", "grid");
	const uint32_t *row = th_factors_of(ref, th_find_activity(ref, TH_S("电")), &count);
	ck_assert_uint_eq(count, 3);
	int32_t day, seen = 0;
	ck_assert(f->layer == 1 && th_day_parse(TH_S("2022-06-30"), &day));
	for (size_t i = 0; i < count; i++)
		seen += ref->factor[row[i]].layer == 0 && ref->factor[row[i]].to == day && th_slice_eq(ref->factor[row[i]].valid_to_text, TH_S("2022-06-30"));
	ck_assert_int_eq(seen, 1);
}
END_TEST

START_TEST(adds_a_file_once)
{
	scratch dir;
	scratch_make(&dir);
	const char text[] = H "x,CO2,1,kg/kWh,me\n";
	char other[160];
	open_least();
	const char *path = scratch_write(&dir, "u.csv", text, sizeof text - 1);
	snprintf(other, sizeof other, "%s/./u.csv", dir.folder);
	ck_assert_int_eq(th_reference_add_factors(ref, path, diags), TH_OK);
	uint32_t count = ref->factors;
	ck_assert_int_eq(th_reference_add_factors(ref, other, diags), TH_OK);
	ck_assert(ref->factors == count && ref->overlays == 1);
	ck_assert_int_eq(th_reference_add_factors(ref, "/nowhere/none.csv", diags), TH_SYSTEM);
	scratch_remove(&dir);
}
END_TEST

START_TEST(declares_activities)
{
	static const struct { const char *text; th_method method; th_kind kind; int scope, iso; bool gas; } cases[] = {
		{"id,gas,value,unit,activity,scope,source\nx,CO2,1,t/10^4 Nm3,new,1,me\n", TH_METHOD_ACTIVITY_FACTOR, TH_KIND_EMISSION, 1, 1, true},
		{"id,gas,value,unit,activity,scope,source\nx,CO2-removal,1,tC/(ha a),new,,me\n", TH_METHOD_SINK, TH_KIND_REMOVAL, 0, 0, false},
		{"id,gas,value,unit,activity,scope,source,parameters\nx,CH4,,t/t,new,3,me,doc=1\n", TH_METHOD_LANDFILL, TH_KIND_EMISSION, 3, 0, false},
		{"id,gas,value,unit,activity,scope,source,parameters\nx,CH4,,kg/kgCOD,new,3,me,bo=1\n", TH_METHOD_WASTEWATER, TH_KIND_EMISSION, 3, 0, false},
		{"id,gas,value,unit,activity,scope,source,parameters\nx,CO2,,t/t,new,2,me,ccw=1\n", TH_METHOD_INCINERATION, TH_KIND_EMISSION, 2, 2, false},
		{"id,gas,value,unit,activity,scope,source,ncv,ncv_unit\nx,CO2,1,t/t,new,1,me,42,GJ/t\n", TH_METHOD_COMBUSTION, TH_KIND_EMISSION, 1, 1, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const th_factor *f = add_one(cases[i].text, "x");
		const th_activity *a = &ref->activity[th_find_activity(ref, TH_S("NEW"))];
		ck_assert(a->declared && f->activities == 1 && a == &ref->activity[f->activity[0]] && th_slice_eq(a->name_zh, TH_S("new")));
		ck_assert(a->method == cases[i].method && a->kind == cases[i].kind && a->scope == cases[i].scope && a->iso_category == cases[i].iso);
		ck_assert(a->gas == cases[i].gas && !th_index_is(a->energy));
		th_reference_free(ref);
		ref = NULL;
	}
}
END_TEST

START_TEST(keeps_parameters)
{
	th_decimal value;
	const th_factor *f = add_one(HP "x,CH4,,t/t,doc=0.150; k = 1e-2,me\n", "x");
	ck_assert_uint_eq(f->params, 2);
	ck_assert(th_slice_eq(th_param_text(f, "doc", &value), TH_S("0.150")));
	ck_assert_int_eq(th_decimal_cmp(value, (th_decimal){15, -2}), 0);
	ck_assert(th_slice_eq(th_param_text(f, "k", &value), TH_S("1e-2")));
	ck_assert_uint_eq(th_param_text(f, "f", &value).len, 0);
}
END_TEST

START_TEST(adds_units)
{
	scratch dir;
	scratch_make(&dir);
	const char text[] = "unit,value,of\nzorg,12,kWh\n";
	open_least();
	ck_assert_int_eq(th_reference_add_units(ref, scratch_write(&dir, "units2.csv", text, sizeof text - 1), diags), TH_OK);
	ck_assert_int_eq(th_reference_add_units(ref, dir.path, diags), TH_OK);
	ck_assert_uint_eq(ref->overlays, 1);
	(void)add_one(H "x,CO2,1,kg/zorg,me\n", "x");
	expect_places(diags, "", "a unit of the user's");
	scratch_remove(&dir);
}
END_TEST

Suite *factor_suite(void)
{
	Suite *suite = suite_create("factor");
	TCase *tcase = tcase_create("file");
	tcase_add_checked_fixture(tcase, setup, teardown);
	LOOP(tcase, reports_errors_of_a_file, files);
	tcase_add_test(tcase, shows_both_places);
	LOOP(tcase, takes_units_apart, units);
	tcase_add_test(tcase, hides_what_is_redefined);
	tcase_add_test(tcase, leaves_other_times);
	tcase_add_test(tcase, adds_a_file_once);
	tcase_add_test(tcase, declares_activities);
	tcase_add_test(tcase, keeps_parameters);
	tcase_add_test(tcase, adds_units);
	suite_add_tcase(suite, tcase);
	return suite;
}

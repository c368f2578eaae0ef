/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Units: the shipped table, the grammar, user files, and UDUNITS-2 as an oracle. Runs from the root of the repository. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <udunits2.h>

#include "reference/unit.h"
#include "lend.h"

Suite *unit_suite(void);

static th_units *units;
static th_diags *diags;

static void load(void)
{
	diags = th_diags_new();
	units = th_units_new();
	ck_assert_ptr_nonnull(diags);
	ck_assert_ptr_nonnull(units);
	th_status status = th_units_load(units, NULL, "data/units.csv", NULL, diags);
	if (status != TH_OK) {
		char *text = NULL;
		ck_assert_int_eq(th_diags_text(diags, TH_LANG_EN, 0, &text), TH_OK);
		ck_abort_msg("%.2000s", text);
	}
}

static void unload(void)
{
	th_units_free(units);
	th_diags_free(diags);
}

static th_unit read_unit(const char *text)
{
	th_unit unit = {0};
	th_slice at = {NULL, 0};
	th_unit_error error = th_unit_parse(units, th_slice_of(text), &unit, &at);
	ck_assert_msg(error == TH_UNIT_OK, "%s: error %d at `%.*s`", text, (int)error, (int)at.len, at.ptr);
	return unit;
}

static void assert_dimension(const char *text, const th_unit *unit, const char *expected)
{
	th_buf words = {0};
	th_unit_dimension(units, unit, &words);
	th_buf_char(&words, '\0');
	ck_assert(!words.failed);
	ck_assert_msg(strcmp(words.ptr, expected) == 0, "%s is a %s, not a %s", text, words.ptr, expected);
	th_buf_free(&words);
}

/* Exact values in the base units g, m, s, a, J, Nm3, gce, CNY. Origins: the definitions in the column source of
 * units.csv; the numbers here are worked out by hand from them. */
static const struct { const char *text; uint64_t num, den; int exp; const char *dimension; } values[] = {
	{"1", 1, 1, 0, "number"},
	{"100", 1, 1, 2, "number"},
	{"%", 1, 1, -2, "number"},
	{"％", 1, 1, -2, "number"},
	{"‰", 1, 1, -3, "number"},
	{"10^2", 1, 1, 2, "number"},
	{"10²", 1, 1, 2, "number"},
	{"2^3", 8, 1, 0, "number"},
	{"1/3", 1, 3, 0, "number"},
	{"万", 1, 1, 4, "number"},
	{"g", 1, 1, 0, "mass"},
	{"kg", 1, 1, 3, "mass"},
	{"t", 1, 1, 6, "mass"},
	{"Mt", 1, 1, 12, "mass"},
	{"mg", 1, 1, -3, "mass"},
	{"µg", 1, 1, -6, "mass"},
	{"lb", 45359237, 1, -5, "mass"},
	{"oz", 28349523125, 1, -9, "mass"},          /* 453.59237/16 */
	{"short ton", 90718474, 1, -2, "mass"},      /* 2000 lb */
	{"long ton", 10160469088, 1, -4, "mass"},    /* 2240 lb */
	{"斤", 5, 1, 2, "mass"},
	{"m2", 1, 1, 0, "area"},
	{"亩", 2, 3, 3, "area"},                      /* 2000/3 m2 */
	{"公顷", 1, 1, 4, "area"},
	{"acre", 40468564224, 1, -7, "area"},        /* 43560 x 0.3048^2 */
	{"L", 1, 1, -3, "volume"},
	{"gallon", 3785411784, 1, -12, "volume"},
	{"UK gallon", 454609, 1, -8, "volume"},
	{"barrel", 158987294928, 1, -12, "volume"},  /* 42 US gallons = 158.987294928 L */
	{"ft3", 28316846592, 1, -12, "volume"},
	{"mile", 1609344, 1, -3, "length"},
	{"海里", 1852, 1, 0, "length"},
	{"J", 1, 1, 0, "energy"},
	{"kWh", 36, 1, 5, "energy"},
	{"GJ", 1, 1, 9, "energy"},
	{"kcal", 41868, 1, -1, "energy"},
	{"Btu", 105505585262, 1, -8, "energy"},
	{"MMBtu", 105505585262, 1, -2, "energy"},
	{"therm", 105505585262, 1, -3, "energy"},
	{"ton-hour", 1266067023144, 1, -5, "energy"},/* 12000 Btu */
	{"tce", 1, 1, 6, "coal equivalent (gce)"},
	{"Nm3", 1, 1, 0, "gas volume (Nm3)"},
	{"亿Nm3", 1, 1, 8, "gas volume (Nm3)"},
	{"m3@20C", 5463, 5863, 0, "gas volume (Nm3)"},      /* 273.15/293.15 */
	{"m3@0C", 1, 1, 0, "gas volume (Nm3)"},
	{"m3@15℃", 5463, 5763, 0, "gas volume (Nm3)"},
	{"m3@ -10 °C", 5463, 5263, 0, "gas volume (Nm3)"},
	{"m3@293.15K", 5463, 5863, 0, "gas volume (Nm3)"},
	{"m3@60F", 49167, 51967, 0, "gas volume (Nm3)"},    /* (273.15 x 9/5)/(60 + 459.67) */
	{"scf", 1392254396388864, 51967, -12, "gas volume (Nm3)"},  /* 0.028316846592 x 491.67/519.67 */
	{"year", 1, 1, 0, "year"},
	{"month", 1, 12, 0, "year"},
	{"day", 864, 1, 2, "time"},
	{"MW", 1, 1, 6, "energy/time"},
	{"MPa", 1, 1, 6, "energy/volume"},
	{"万元", 1, 1, 4, "money"},
	{"百万元", 1, 1, 6, "money"},
	{"户", 1, 1, 0, "household"},
	{"辆次", 1, 1, 0, "vehicle trip"},
	{"间夜", 1, 1, 0, "room night"},
	{"t CO2e", 1, 1, 6, "mass CO2e"},
	{"kgN2O-N", 1, 1, 3, "mass N"},
	{"kg/(m2 a)", 1, 1, 3, "mass/(area year)"},
	{"lb/MWh", 45359237, 36, -13, "mass/energy"},
	{"t/10^4 kWh", 1, 36, -3, "mass/energy"},
	{"kg/TJ", 1, 1, -9, "mass/energy"},
	{"1/a", 1, 1, 0, "1/year"},
	{"kgCO2e/GJ", 1, 1, -6, "mass CO2e/energy"},
};

START_TEST(exact_value)
{
	const char *text = values[_i].text;
	th_unit unit = read_unit(text);
	assert_dimension(text, &unit, values[_i].dimension);
	/* The canonical form keeps 2 and 5 out of the denominator; bring the expected value there. */
	th_unit expected = {.num = values[_i].num, .den = 1, .exp = values[_i].exp}, divisor = {.num = values[_i].den, .den = 1};
	th_unit_div(&expected, &divisor);
	ck_assert_msg(unit.num == expected.num && unit.den == expected.den && unit.exp == expected.exp, "%s is %llu/%llu x 10^%d", text,
	              (unsigned long long)unit.num, (unsigned long long)unit.den, (int)unit.exp);
}
END_TEST

/* Two ways to write one unit. */
static const char *const equal[][2] = {
	{"万kWh", "10 MWh"}, {"万kWh", "36 GJ"}, {"万度", "万kWh"}, {"万千瓦时", "万kWh"}, {"万千瓦·时", "万kWh"}, {"10^4kWh", "万kWh"},
	{"10^4 kWh", "万kWh"}, {"10⁴kWh", "万kWh"}, {"10**4 kWh", "万kWh"}, {"1e4 kWh", "万kWh"}, {"10,000 kWh", "万kWh"},
	{"10000 kWh", "万kWh"}, {"万 kWh", "万kWh"}, {"１０^４ｋＷｈ", "万kWh"}, {"10×10^3 kWh", "万kWh"}, {"10 x 10^3 kWh", "万kWh"},
	{"千瓦时", "kWh"}, {"兆瓦时", "MWh"}, {"吉瓦时", "GWh"}, {"千千瓦时", "MWh"}, {"百万千瓦时", "GWh"}, {"亿千瓦时", "10^8 kWh"},
	{"度", "kWh"}, {"kW h", "kWh"}, {"kW·h", "kWh"}, {"kW*h", "kWh"}, {"kW-h", "kWh"}, {"KWH", "kWh"}, {"Kwh", "kWh"}, {"kwh", "kWh"},
	{"MWH", "MWh"}, {"kilowatt hour", "kWh"}, {"Megawatt-hours", "MWh"}, {"kilowatt_hours", "kWh"}, {"㎾h", "kWh"},
	{"吉焦", "GJ"}, {"百万千焦", "GJ"}, {"gj", "GJ"}, {"千卡", "kcal"}, {"大卡", "kcal"}, {"Gcal", "10^6 kcal"}, {"百万英热单位", "MMBtu"},
	{"mmbtu", "MMBtu"}, {"kBtu", "10^-3 MMBtu"}, {"therms", "0.1 MMBtu"}, {"ton-hours", "12 kBtu"},
	{"千瓦", "kW"}, {"万千瓦", "10 MW"},
	{"吨", "t"}, {"万吨", "10^4 t"}, {"百万吨", "Mt"}, {"千克", "kg"}, {"公斤", "kg"}, {"克", "g"}, {"毫克", "mg"}, {"市斤", "0.5 kg"},
	{"ton", "t"}, {"tonnes", "t"}, {"T", "t"}, {"KG", "kg"}, {"Kg", "kg"}, {"㎏", "kg"}, {"kilograms", "kg"}, {"ug", "µg"}, {"μg", "µg"},
	{"Gg", "kt"}, {"Tg", "Mt"}, {"Pg", "Gt"}, {"lbs", "lb"}, {"LB", "lb"}, {"16 oz", "lb"}, {"Short Tons", "short ton"},
	{"㎡", "m2"}, {"m²", "m2"}, {"m^2", "m2"}, {"M2", "m2"}, {"平方米", "m2"}, {"万平方米", "ha"}, {"公顷", "hm2"}, {"平方公里", "km2"},
	{"㎢", "km2"}, {"平方千米", "100 ha"}, {"千米2", "km2"}, {"千m2", "1000 m2"}, {"15 亩", "ha"}, {"sq ft", "ft2"}, {"ft²", "ft2"}, {"640 acre", "sq mi"},
	{"m³", "m3"}, {"㎥", "m3"}, {"m^3", "m3"}, {"M3", "m3"}, {"立方米", "m3"}, {"万m3", "10^4 m3"}, {"万立方米", "万m3"}, {"万 m³", "万m3"},
	{"kL", "m3"}, {"升", "L"}, {"l", "L"}, {"mL", "cm3"}, {"dm3", "L"}, {"gal", "231 in3"}, {"US gallons", "gal"}, {"barrels", "42 gal"},
	{"8 gal", "1848 in3"}, {"km", "公里"}, {"KM", "km"}, {"5280 ft", "mile"}, {"3 ft", "yd"}, {"12 in", "ft"}, {"nmi", "nautical mile"},
	{"Nm³", "Nm3"}, {"Nm^3", "Nm3"}, {"NM3", "Nm3"}, {"万Nm3", "10^4 Nm3"}, {"万Nm³", "万Nm3"}, {"亿Nm3", "10^4 万Nm3"}, {"kNm3", "1000 Nm3"},
	{"标方", "Nm3"}, {"万标准立方米", "万Nm3"}, {"Sm3", "m3@20C"}, {"万m3@20C", "10^4 Sm3"}, {"m3@20℃", "Sm3"}, {"m³@20 °C", "Sm3"},
	{"L@0C", "10^-3 Nm3"}, {"ft3@60F", "scf"}, {"mcf", "1000 scf"}, {"MMcf", "1000 mcf"}, {"m3@273.15K", "Nm3"}, {"立方米@20C", "Sm3"},
	{"吨标准煤", "tce"}, {"万吨标准煤", "万tce"}, {"千克标准煤", "kgce"}, {"公斤标煤", "kgce"}, {"TCE", "tce"}, {"1000 kgce", "tce"}, {"吨标煤", "1000 kgce"},
	{"亿元", "10^4 万元"}, {"万元", "10^4 CNY"}, {"元", "CNY"}, {"￥", "CNY"},
	{"人", "person"}, {"people", "p"}, {"万人", "10^4 p"}, {"棵", "株"}, {"room-nights", "间夜"}, {"年", "a"}, {"yr", "a"},
	{"12 months", "a"}, {"4 季度", "年"}, {"小时", "h"}, {"天", "24 h"}, {"60 分钟", "h"},
	{"吨公里", "t km"}, {"t-km", "t km"}, {"t·km", "t km"}, {"tkm", "t km"}, {"吨·公里", "t km"}, {"万吨公里", "10^4 t km"}, {"人公里", "p km"},
	{"passenger-km", "pkm"}, {"车公里", "vehicle km"}, {"vehicle-km", "vkm"},
	{"tCO2", "t CO2"}, {"t CO₂", "tCO2"}, {"tCO₂e", "t CO2e"}, {"TCO2E", "t CO2e"}, {"tco2e", "t CO2e"}, {"kgCO2-eq", "kgCO2e"},
	{"kg CO2 eq", "kgCO2e"}, {"吨二氧化碳当量", "t CO2e"}, {"万吨CO2", "10^4 tCO2"}, {"吨二氧化碳", "tCO2"}, {"tC", "t C"}, {"gN2O", "10^-3 kgN2O"},
	{"kgCH4", "kg CH4"}, {"kgN", "kg N"}, {"kgCOD", "kg COD"}, {"kgBOD5", "kg BOD"}, {"t d.m.", "t dm"}, {"tdm", "t dm"},
	{"MtCO2e", "10^6 tCO2e"}, {"lbCO2", "lb CO2"},
	{"kg/(m2·a)", "kg m-2 a-1"}, {"kg/m2/a", "kg/(m2 a)"}, {"kg m⁻² a⁻¹", "kg/(m2 a)"}, {"g/(t km)", "g/t-km"}, {"kg per kWh", "kg/kWh"},
	{"kgCO2e/千瓦时", "kgCO2e/kWh"}, {"千克每平方米", "kg/m2"}, {"t/万kWh", "0.1 kg/kWh"}, {"t/万 kWh", "t/万kWh"}, {"t/10^4·kWh", "t/万kWh"},
	{"kg／（人·天）", "kg/(p d)"}, {"g/(kW h)", "kg/MWh"}, {"tCO2/10^4Nm3", "0.1 kg CO2/Nm3"}, {"kg/10^2 kg", "%"}, {"kg/kg", "1"},
	{"千瓦小时", "kWh"}, {"万千瓦小时", "10^4 kWh"}, {"瓦特小时", "Wh"}, {"kW.h", "kWh"}, {"g/kW.h", "g/kWh"}, {"万kW.h", "10^4 kWh"}, {"t.km", "t km"},
	{"t d.m.", "t dm"}, {"百万千焦", "GJ"}, {"万百万千焦", "10^4 GJ"}, {"万百万大卡", "10^10 kcal"}, {"萬噸標準煤", "10^4 tce"}, {"千瓦時", "kWh"},
	{"公秉", "1000 L"}, {"公噸", "t"}, {"標立", "Nm3"}, {"万标立", "10^4 Nm3"}, {"标况", "Nm3/m3"}, {"m3（标况）", "Nm3"}, {"万m³ (标准状况)", "万Nm3"},
	{"m3（20℃）", "m3@20C"}, {"立方米(20 °C)", "Sm3"}, {"m3（20℃，101.325kPa）", "Sm3"}, {"m3(293.15K，0.101325MPa)", "Sm3"}, {"千m3(60°F, 1atm)", "1000 m3@60F"},
	{"GJ/万m3（标况）", "GJ/万Nm3"}, {"MJ/m3（20℃）", "MJ/Sm3"}, {"kg (m2)", "kg m2"},
	{"(((kg)))", "kg"}, {"J/s", "W"}, {"kg (m2)", "kg m2"}, {" kg ", "kg"}, {"kWh\xC2\xA0", "kWh"}, {"1/(1/kg)", "kg"},
};

START_TEST(same_unit)
{
	th_unit a = read_unit(equal[_i][0]), b = read_unit(equal[_i][1]);
	ck_assert_msg(th_unit_same_dimension(&a, &b) && a.num == b.num && a.den == b.den && a.exp == b.exp,
	              "%s is %llu/%llu x 10^%d and %s is %llu/%llu x 10^%d", equal[_i][0], (unsigned long long)a.num,
	              (unsigned long long)a.den, (int)a.exp, equal[_i][1], (unsigned long long)b.num, (unsigned long long)b.den, (int)b.exp);
}
END_TEST

/* What must never be converted. */
static const char *const unlike[][2] = {
	{"m3", "Nm3"}, {"万m3", "万Nm3"}, {"m3", "Sm3"}, {"ft3", "scf"}, {"kgC", "kgCO2"}, {"tCO2", "tCO2e"}, {"tCO2e", "t"}, {"kgN", "kgN2O"},
	{"kgCOD", "kgBOD"}, {"tce", "GJ"}, {"tce", "t"}, {"kWh", "kW"}, {"year", "day"}, {"month", "h"}, {"person", "household"}, {"人次", "人"},
	{"辆", "辆次"}, {"m2", "m"}, {"m2", "m3"}, {"t km", "p km"}, {"%", "t"}, {"元", "t"}, {"t dm", "t"}, {"ton hour", "ton"},
	{"kg/m2", "kg/(m2 a)"}, {"Pa", "J"}, {"件", "台"},
};

START_TEST(unlike_dimensions)
{
	th_unit a = read_unit(unlike[_i][0]), b = read_unit(unlike[_i][1]);
	ck_assert_msg(!th_unit_same_dimension(&a, &b), "%s and %s", unlike[_i][0], unlike[_i][1]);
}
END_TEST

static const struct { const char *text; th_unit_error error; const char *at; } refused[] = {
	{"", TH_UNIT_EMPTY, ""}, {"  \t", TH_UNIT_EMPTY, ""}, {"　", TH_UNIT_EMPTY, ""},
	{"foo", TH_UNIT_UNKNOWN, "foo"}, {"kg/foo", TH_UNIT_UNKNOWN, "foo"}, {"吨/某某", TH_UNIT_UNKNOWN, "某某"}, {"家庭户", TH_UNIT_UNKNOWN, "家庭户"},
	{"kkg", TH_UNIT_UNKNOWN, "kkg"}, {"klb", TH_UNIT_UNKNOWN, "klb"}, {"G", TH_UNIT_UNKNOWN, "G"}, {"M", TH_UNIT_UNKNOWN, "M"},
	{"K", TH_UNIT_UNKNOWN, "K"}, {"nm", TH_UNIT_UNKNOWN, "nm"}, {"GN", TH_UNIT_UNKNOWN, "GN"}, {"kWhCO2", TH_UNIT_UNKNOWN, "kWhCO2"},
	{"kg/万foo", TH_UNIT_UNKNOWN, "万foo"}, {"t km/sheep", TH_UNIT_UNKNOWN, "sheep"}, {"℃", TH_UNIT_UNKNOWN, "℃"},
	{"m3（工况）", TH_UNIT_UNKNOWN, "工况"}, {"m3(20℃, 0.2MPa)", TH_UNIT_UNKNOWN, "℃"}, {"万百kWh万", TH_UNIT_UNKNOWN, "万百kWh万"}, {"kW.foo", TH_UNIT_UNKNOWN, "foo"},
	{"m3(-300℃)", TH_UNIT_SYNTAX, "-"},
	{"mw", TH_UNIT_AMBIGUOUS, "mw"}, {"mwh", TH_UNIT_AMBIGUOUS, "mwh"}, {"MG", TH_UNIT_AMBIGUOUS, "MG"}, {"MM", TH_UNIT_AMBIGUOUS, "MM"},
	{"MT", TH_UNIT_AMBIGUOUS, "MT"}, {"mt", TH_UNIT_AMBIGUOUS, "mt"}, {"MTCO2e", TH_UNIT_AMBIGUOUS, "MTCO2e"}, {"kg/mj", TH_UNIT_AMBIGUOUS, "mj"},
	{"桶", TH_UNIT_AMBIGUOUS, "桶"}, {"Cal", TH_UNIT_AMBIGUOUS, "Cal"}, {"MBtu", TH_UNIT_AMBIGUOUS, "MBtu"},
	{"m)", TH_UNIT_SYNTAX, ")"}, {"(m", TH_UNIT_SYNTAX, "("}, {"()", TH_UNIT_SYNTAX, ")"}, {"（kg／（m2 a）", TH_UNIT_SYNTAX, "（"},
	{"kg/t km", TH_UNIT_SYNTAX, "k"}, {"kg/t·km", TH_UNIT_SYNTAX, "·"}, {"kg/MJ a", TH_UNIT_SYNTAX, "a"}, {"kg/10^4 kWh a", TH_UNIT_SYNTAX, "a"},
	{"kg/2(kWh) a", TH_UNIT_SYNTAX, "a"}, {"kWh/", TH_UNIT_SYNTAX, ""}, {"/kWh", TH_UNIT_SYNTAX, "/"}, {"每户", TH_UNIT_SYNTAX, "每"},
	{"kg//a", TH_UNIT_SYNTAX, "/"}, {"10^", TH_UNIT_SYNTAX, ""}, {"m^", TH_UNIT_SYNTAX, ""}, {"m^-", TH_UNIT_SYNTAX, ""}, {"m^x", TH_UNIT_SYNTAX, "x"},
	{"m0", TH_UNIT_SYNTAX, "m0"}, {"kg*", TH_UNIT_SYNTAX, ""}, {"kg·", TH_UNIT_SYNTAX, ""}, {"kg·/a", TH_UNIT_SYNTAX, "/"}, {"*kg", TH_UNIT_SYNTAX, "*"},
	{"kg-", TH_UNIT_SYNTAX, "-"}, {"kg - m", TH_UNIT_SYNTAX, "-"}, {"-", TH_UNIT_SYNTAX, "-"}, {"+", TH_UNIT_SYNTAX, "+"}, {"kWh 10", TH_UNIT_SYNTAX, "1"},
	{"10 000 kWh", TH_UNIT_SYNTAX, "0"}, {"1,00 kWh", TH_UNIT_SYNTAX, "1,00"}, {"1.2.3 kg", TH_UNIT_SYNTAX, "1.2.3"}, {"(km)2", TH_UNIT_SYNTAX, "2"},
	{"(km)^2", TH_UNIT_SYNTAX, "^"}, {"m2^2", TH_UNIT_SYNTAX, "^"}, {"m2-1", TH_UNIT_SYNTAX, "-"}, {"CO2^2", TH_UNIT_SYNTAX, "CO2^2"},
	{"kgCO2e2", TH_UNIT_UNKNOWN, "kgCO2e2"}, {"kg;m", TH_UNIT_SYNTAX, ";"}, {"kg=", TH_UNIT_SYNTAX, "="}, {"dm2", TH_UNIT_UNKNOWN, "dm2"},
	{"kg@20C", TH_UNIT_SYNTAX, "@20"}, {"Nm3@20C", TH_UNIT_SYNTAX, "@20"}, {"m2@20C", TH_UNIT_SYNTAX, "@20"}, {"m3@", TH_UNIT_SYNTAX, "@"},
	{"m3@20", TH_UNIT_SYNTAX, ""}, {"m3@20X", TH_UNIT_SYNTAX, "X"}, {"m3@C", TH_UNIT_SYNTAX, "@"}, {"m3@20C@20C", TH_UNIT_SYNTAX, "@"},
	{"kg\x01", TH_UNIT_SYNTAX, "\x01"}, {"kg\xFF", TH_UNIT_SYNTAX, "kg\xFF"},
	{"m10", TH_UNIT_RANGE, "m10"}, {"m^10", TH_UNIT_RANGE, "m^10"}, {"m^-10", TH_UNIT_RANGE, "-10"}, {"m^99999999999", TH_UNIT_RANGE, "m^99999999999"}, {"m99999999999", TH_UNIT_RANGE, "m99999999999"},
	{"10^99999999999 kg", TH_UNIT_RANGE, "99999999999"}, {"10^31", TH_UNIT_RANGE, "31"}, {"1e99 kg", TH_UNIT_RANGE, "1e99"}, {"0 kg", TH_UNIT_RANGE, "0"},
	{"kg/0", TH_UNIT_RANGE, "0"}, {"3^20 7^20", TH_UNIT_SYNTAX, "7"}, {"3^20*7^20", TH_UNIT_RANGE, "3^20*7^20"},
	{"10^30*10^30*10^30*10^30", TH_UNIT_RANGE, "10^30*10^30*10^30*10^30"}, {"m3@-300C", TH_UNIT_RANGE, "@-300C"}, {"m3@-273.15C", TH_UNIT_RANGE, "@-273.15C"},
	{"m3@2000C", TH_UNIT_RANGE, "@2000C"}, {"m3@0K", TH_UNIT_RANGE, "@0K"}, {"m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 m9 m9", TH_UNIT_RANGE, "m9"},
};

START_TEST(refused_text)
{
	th_unit unit;
	th_slice at = {NULL, 0}, expected = th_slice_of(refused[_i].at);
	th_unit_error error = th_unit_parse(units, th_slice_of(refused[_i].text), &unit, &at);
	ck_assert_msg(error == refused[_i].error, "`%s`: error %d, expected %d, at `%.*s`", refused[_i].text, (int)error, (int)refused[_i].error,
	              (int)at.len, at.ptr);
	ck_assert_msg(th_slice_eq(at, expected), "`%s`: at `%.*s`, expected `%s`", refused[_i].text, (int)at.len, at.ptr, refused[_i].at);
}
END_TEST

START_TEST(nesting_is_bounded)
{
	char text[2 * 1000 + 2];
	static const size_t depths[] = {16, 17, 100, 1000};
	for (size_t i = 0; i < sizeof depths / sizeof *depths; i++) {
		size_t n = depths[i];
		memset(text, '(', n);
		text[n] = 'm';
		memset(text + n + 1, ')', n);
		th_unit unit;
		th_slice at;
		th_unit_error error = th_unit_parse(units, (th_slice){text, 2 * n + 1}, &unit, &at);
		ck_assert_int_eq(error, n <= 16 ? TH_UNIT_OK : TH_UNIT_SYNTAX);
	}
	/* A NUL is a character like any other that does not belong there. */
	th_unit unit;
	th_slice at;
	ck_assert_int_eq(th_unit_parse(units, (th_slice){"kg\0m", 4}, &unit, &at), TH_UNIT_SYNTAX);
}
END_TEST

/* Every prefix of a text and every text with one byte changed must be read or refused, never crash. */
START_TEST(any_bytes)
{
	static const char *const seeds[] = {"10^4 kgCO2-eq/(m2·a)", "万Nm³@20℃/户 a", "short ton-mile^-2 x 3e4 %", "（吨／万千瓦时）"};
	for (size_t k = 0; k < sizeof seeds / sizeof *seeds; k++) {
		size_t len = strlen(seeds[k]);
		for (size_t i = 0; i <= len; i++)
			for (int byte = 0; byte < 256; byte++) {
				char text[64];
				th_unit unit;
				th_slice at;
				memcpy(text, seeds[k], len);
				if (i < len)
					text[i] = (char)byte;
				size_t cut = i < len ? len : (size_t)byte % (len + 1);
				th_unit_error error = th_unit_parse(units, (th_slice){text, cut}, &unit, &at);
				ck_assert(error != TH_UNIT_OK || unit.num > 0);
				ck_assert(at.ptr >= text && at.ptr + at.len <= text + cut);
			}
	}
}
END_TEST

static const struct { const char *name, *list; } suggested[] = {
	{"mw", "MW"}, {"MG", "Mg, mg"}, {"CAL", "cal, kcal"}, {"MM", "mm"}, {"MT", "t, Mt"}, {"wat hour", "watt hour"}, {"MTCO2e", "t, Mt"}, {"zzzzzz", ""}, {"tonnnes", "tonnes"},
};

START_TEST(suggestion)
{
	th_buf list = {0};
	th_unit_suggest(units, th_slice_of(suggested[_i].name), &list);
	th_buf_char(&list, '\0');
	ck_assert_msg(strcmp(list.ptr, suggested[_i].list) == 0, "%s: `%s`", suggested[_i].name, list.ptr);
	if (*suggested[_i].list == '\0')
		ck_assert_str_eq(list.ptr, "");
	th_buf_free(&list);
}
END_TEST

START_TEST(notes)
{
	static const struct { const char *text, *en; } cases[] = {
		{"ton", "ton is read as"}, {"tons", "ton is read as"}, {"TON", "ton is read as"}, {"kg/ton", "ton is read as"}, {"万ton", "ton is read as"},
		{"标方", "standard cubic metre"}, {"万标准立方米", "standard cubic metre"}, {"therm", "therm is read as"}, {"t", ""}, {"吨", ""}, {"tonne", ""},
		{"short ton", ""}, {"Nm3", ""}, {"kg/tonne", ""}, {"ton hour", ""}, {"1/ton2", "ton is read as"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		th_unit unit = read_unit(cases[i].text);
		th_slice en = th_unit_note(units, &unit, TH_LANG_EN), zh = th_unit_note(units, &unit, TH_LANG_ZH);
		size_t len = strlen(cases[i].en);
		ck_assert_msg(en.len >= len && strncmp(en.ptr, cases[i].en, len) == 0, "%s: `%.*s`", cases[i].text, (int)en.len, en.ptr);
		ck_assert_msg((len == 0) == (en.len == 0) && (len == 0) == (zh.len == 0), "%s: `%.*s`", cases[i].text, (int)en.len, en.ptr);
	}
}
END_TEST

/* Chinese text has words for what English writes as a word; signs stay as they are. */
START_TEST(chinese_names)
{
	static const struct { const char *unit, *zh; } cases[] = {
		{"km2", "平方公里"}, {"10^4 m2", "万平方米"}, {"m2", "平方米"}, {"household", "户"}, {"year", "年"}, {"a", "年"}, {"person", "人"},
		{"10^4 CNY", "万元"}, {"10^8 CNY", "亿元"}, {"t CO2e", "tCO2e"}, {"t CO2e/10^4 CNY", "tCO2e/万元"}, {"t CO2e/(person a)", "tCO2e/(人 年)"},
		{"room night", "间夜"}, {"kWh", "kWh"}, {"10^4 kWh", "万kWh"}, {"GJ/10^4 Nm3", "GJ/万Nm3"}, {"%", "%"}, {"", ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (th_lang lang = TH_LANG_EN; lang <= TH_LANG_ZH; lang++) {
			th_buf out = {0};
			th_unit_put_name(units, th_slice_of(cases[i].unit), lang, &out);
			const char *wanted = lang == TH_LANG_ZH ? cases[i].zh : cases[i].unit;
			ck_assert_msg(th_slice_eq(th_buf_view(&out), th_slice_of(wanted)), "%s: %.*s", cases[i].unit, (int)out.len, out.ptr);
			th_buf_free(&out);
		}
}
END_TEST

START_TEST(exponents_and_ratio)
{
	th_unit unit = read_unit("kgCO2e/(m2 a)");
	ck_assert_int_eq(th_unit_exponent(units, &unit, "mass"), 1);
	ck_assert_int_eq(th_unit_exponent(units, &unit, "CO2e"), 1);
	ck_assert_int_eq(th_unit_exponent(units, &unit, "length"), -2);
	ck_assert_int_eq(th_unit_exponent(units, &unit, "year"), -1);
	ck_assert_int_eq(th_unit_exponent(units, &unit, "energy"), 0);
	ck_assert_int_eq(th_unit_exponent(units, &unit, "nonesuch"), 0);
	ck_assert(!th_unit_is_number(&unit));
	th_unit percent = read_unit("%");
	ck_assert(th_unit_is_number(&percent));

	/* 1234.5 MWh x 0.42 t/MWh = 518.49 t, in kg. */
	th_unit mwh = read_unit("MWh"), factor = read_unit("t/MWh"), kg = read_unit("kg");
	th_ratio r = th_ratio_one();
	th_ratio_mul(&r, (th_decimal){12345, -1});
	th_ratio_mul(&r, (th_decimal){42, -2});
	th_ratio_mul_unit(&r, &mwh);
	th_ratio_mul_unit(&r, &factor);
	th_ratio_div_unit(&r, &kg);
	th_mass mass;
	ck_assert(th_ratio_round(&r, &mass));
	ck_assert(mass == (th_mass)518490 * 1000000000);

	/* A product that does not fit says so, and stays so. */
	th_unit big = read_unit("10^30");
	for (int i = 0; i < 4; i++)
		th_unit_mul(&big, &big);
	ck_assert_uint_eq(big.num, 0);
	th_unit_div(&percent, &big);
	ck_assert_uint_eq(percent.num, 0);
}
END_TEST

/* --- user files --- */

static th_status load_text(const char *text)
{
	return th_units_load(units, NULL, lend(diags, "units.csv", text), NULL, diags);
}

START_TEST(user_units)
{
	ck_assert_int_eq(load_text("unit,value,of,prefixes,aliases\n"
	                           "羊,,!sheep,,sheep;只羊\n"
	                           "箱,24.5,kg,,box;boxes\n"
	                           "flock,1/3,100 sheep,k,\n"
	                           "crate,2,ton,,\n"), TH_OK);
	th_unit box = read_unit("万箱"), flock = read_unit("kflock");
	ck_assert_uint_eq(box.num, 245);
	ck_assert_int_eq(box.exp, 6);
	assert_dimension("万箱", &box, "mass");
	ck_assert_uint_eq(flock.den, 3);
	ck_assert_int_eq(flock.exp, 5);
	assert_dimension("kflock", &flock, "sheep");
	th_unit per_sheep = read_unit("kg/羊");
	assert_dimension("kg/羊", &per_sheep, "mass/sheep");
	/* What is said about a unit is said about what is made of it. */
	th_unit crate = read_unit("crate");
	ck_assert(th_unit_note(units, &crate, TH_LANG_EN).len > 0);
	ck_assert_uint_eq(th_diags_count(diags), 0);
}
END_TEST

/* One mistake a file, its code and place. */
static const struct { unsigned code; int line, column; const char *text; } mistakes[] = {
	{3101, 2, 1, "unit,value,of\n,1,kg\n"},
	{3102, 2, 1, "unit,value,of\na/b,1,kg\n"},
	{3102, 2, 1, "unit,value,of\n2x,1,kg\n"},
	{3102, 2, 1, "unit,value,of\nper,1,kg\n"},
	{3102, 2, 8, "unit,value,of,aliases\n箱,1,kg,ok;(no)\n"},
	{3103, 2, 1, "unit,value,of\nlb,1,kg\n"},
	{3103, 3, 1, "unit,value,of\n箱,1,kg\n箱,2,kg\n"},
	{3103, 2, 8, "unit,value,of,aliases\n箱,1,kg,box;box\n"},
	{3103, 2, 1, "unit,value,of\nMT,1,t\n"},
	{3104, 2, 1, "unit,value,of\nkWh,1,J\n"},
	{3104, 2, 1, "unit,value,of\n万元,1,kg\n"},
	{3104, 2, 1, "unit,value,of\nKWH,1,J\n"},
	{3104, 2, 1, "unit,value,of\ntCO2,1,t\n"},
	{3105, 2, 3, "unit,value,of\n箱,,kg\n"},
	{3106, 2, 3, "unit,value,of\n箱,many,kg\n"},
	{3106, 2, 3, "unit,value,of\n箱,1/2/3,kg\n"},
	{3106, 2, 3, "unit,value,of\n箱,1e99,kg\n"},
	{3106, 2, 3, "unit,value,of\n箱,1/,kg\n"},
	{3107, 2, 3, "unit,value,of\n箱,0,kg\n"},
	{3107, 2, 3, "unit,value,of\n箱,-1,kg\n"},
	{3107, 2, 3, "unit,value,of\n箱,1/0,kg\n"},
	{3108, 2, 3, "unit,value,of\n羊,1,!sheep\n"},
	{3109, 2, 5, "unit,value,of\n箱,1,\n"},
	{3110, 2, 5, "unit,value,of\n箱,1,kgg\n"},
	{3110, 2, 5, "unit,value,of\n箱,1,later\nlater,1,kg\n"},
	{3111, 2, 5, "unit,value,of\n箱,1,MG\n"},
	{3112, 2, 5, "unit,value,of\n箱,1,kg/m2 a\n"},
	{3113, 2, 3, "unit,value,of\n箱,1.23456789012345678,lb2\n"},
	{3113, 2, 3, "unit,value,of\n箱,1,m10\n"},
	{3114, 2, 4, "unit,value,of\n羊,,!\n"},
	{3114, 2, 4, "unit,value,of\n羊,,!mass\n"},
	{3116, 2, 8, "unit,value,of,prefixes\n箱,1,kg,k Q\n"},
	{3116, 2, 8, "unit,value,of,prefixes\n箱,1,kg,tag\n"},
};

START_TEST(user_mistake)
{
	ck_assert_int_eq(load_text(mistakes[_i].text), TH_INVALID);
	char expected[64];
	snprintf(expected, sizeof expected, "%d:%d E%u", mistakes[_i].line, mistakes[_i].column, mistakes[_i].code);
	expect_places(diags, expected, mistakes[_i].text);
}
END_TEST

START_TEST(both_places)
{
	ck_assert_int_eq(load_text("unit,value,of\n箱,1,kg\n箱,2,kg\nlb,2,kg\n盒,1,kgg\n"), TH_INVALID);
	char *text = NULL;
	ck_assert_int_eq(th_diags_text(diags, TH_LANG_ZH, 0, &text), TH_OK);
	ck_assert_msg(strstr(text, ":2 定义") && strstr(text, "data/units.csv:"), "%s", text);
	ck_assert_uint_eq(th_diags_errors(diags), 3);
	free(text);
}
END_TEST

START_TEST(dimensions_full)
{
	th_buf text = {0};
	th_buf_str(&text, "unit,value,of\n");
	for (int i = 0; i < TH_DIMS; i++)
		th_buf_printf(&text, "动物%c%c,,!animal%d\n", 'a' + i / 10, 'a' + i % 10, i);
	th_buf_char(&text, '\0');
	ck_assert_int_eq(load_text(text.ptr), TH_INVALID);
	th_buf_free(&text);
	char *found = NULL;
	ck_assert_int_eq(th_diags_text(diags, TH_LANG_EN, 0, &found), TH_OK);
	ck_assert_ptr_nonnull(strstr(found, "E3115"));
	free(found);
}
END_TEST

/* --- the oracle: UDUNITS-2 2.2.28 and its own unit database; ours, theirs --- */

static const char *const shared[][2] = {
	{"kg", "kg"}, {"g", "g"}, {"mg", "mg"}, {"µg", "ug"}, {"t", "t"}, {"kt", "1000 t"} /* theirs is the knot */, {"Gg", "Gg"}, {"lb", "lb"},
	{"short ton", "short_ton"}, {"long ton", "long_ton"}, {"short ton", "ton"} /* theirs: the short one */,
	{"m", "m"}, {"km", "km"}, {"cm", "cm"}, {"in", "in"}, {"ft", "ft"}, {"yd", "yd"}, {"mile", "mi"}, {"nautical mile", "nautical_mile"},
	{"m2", "m2"}, {"ha", "hectare"}, {"km2", "km2"}, {"ft2", "ft2"}, {"hm2", "hm2"},
	{"m3", "m3"}, {"L", "L"}, {"mL", "mL"}, {"ft3", "ft3"}, {"UK gallon", "Canadian_liquid_gallon"},
	{"gallon", "231 in3"} /* their own one is rounded to seven digits, as their ounce is */, {"bbl", "9702 in3"}, {"cc", "cm3"},
	{"s", "s"}, {"min", "min"}, {"h", "h"}, {"d", "d"}, {"week", "7 d"},
	{"J", "J"}, {"MJ", "MJ"}, {"TJ", "TJ"}, {"kWh", "kW.h"}, {"万kWh", "10000 kW.h"}, {"MWh", "MW.h"}, {"cal", "IT_calorie"}, {"kcal", "1000 cal"},
	{"Btu", "Btu"}, {"MMBtu", "1e6 Btu"}, {"ton hour", "ton_of_refrigeration.h"}, {"therm", "1e5 IT_Btu"},
	{"W", "W"}, {"kW", "kW"}, {"Pa", "Pa"}, {"MPa", "MPa"}, {"bar", "bar"}, {"%", "%"}, {"ppm", "ppm"},
	{"kg/m3", "kg/m3"}, {"kJ/kg", "kJ/kg"}, {"lb/MWh", "lb/(MW.h)"}, {"g/(t km)", "g/(t.km)"}, {"kcal/kg", "kcal/kg"}, {"lb/MMBtu", "lb/(1e6 Btu)"},
	{"kWh/m2", "kW.h/m2"}, {"t/10^4 kWh", "t/(1e4 kW.h)"},
};

/* Our base units in SI, for the dimensions both know: mass in kg, the others 1. */
static double in_si(const th_unit *unit)
{
	return (double)((long double)unit->num / (long double)unit->den *
	                powl(10, (long double)(unit->exp - 3 * th_unit_exponent(units, unit, "mass"))));
}

START_TEST(udunits_agrees)
{
	ut_set_error_message_handler(ut_ignore);
	ut_system *system = ut_read_xml(NULL);
	ck_assert_ptr_nonnull(system);
	static const struct { const char *dimension, *si; } bases[] = {{"mass", "kg"}, {"length", "m"}, {"time", "s"}, {"energy", "J"}};
	for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
		th_unit ours = read_unit(shared[i][0]);
		char text[128] = "1";
		for (size_t k = 0; k < sizeof bases / sizeof *bases; k++)
			if (th_unit_exponent(units, &ours, bases[k].dimension))
				snprintf(text + strlen(text), sizeof text - strlen(text), ".%s%d", bases[k].si, th_unit_exponent(units, &ours, bases[k].dimension));
		ut_unit *theirs = ut_parse(system, shared[i][1], UT_UTF8), *si = ut_parse(system, text, UT_UTF8);
		ck_assert_msg(theirs && si, "UDUNITS cannot read %s or %s", shared[i][1], text);
		cv_converter *convert = ut_get_converter(theirs, si);
		ck_assert_msg(convert != NULL, "%s is not %s", shared[i][1], text);
		double expected = cv_convert_double(convert, 1.0), found = in_si(&ours);
		ck_assert_msg(fabs(found - expected) <= 1e-12 * fabs(expected), "%s: %.17g, UDUNITS %s: %.17g", shared[i][0], found, shared[i][1], expected);
		cv_free(convert);
		ut_free(theirs);
		ut_free(si);
	}
	ut_free_system(system);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *unit_suite(void)
{
	Suite *suite = suite_create("unit");
	TCase *shipped = tcase_create("shipped"), *user = tcase_create("user"), *oracle = tcase_create("udunits");
	tcase_add_checked_fixture(shipped, load, unload);
	tcase_add_loop_test(shipped, exact_value, 0, COUNT(values));
	tcase_add_loop_test(shipped, same_unit, 0, COUNT(equal));
	tcase_add_loop_test(shipped, unlike_dimensions, 0, COUNT(unlike));
	tcase_add_loop_test(shipped, refused_text, 0, COUNT(refused));
	tcase_add_loop_test(shipped, suggestion, 0, COUNT(suggested));
	tcase_add_test(shipped, nesting_is_bounded);
	tcase_add_test(shipped, any_bytes);
	tcase_add_test(shipped, notes);
	tcase_add_test(shipped, chinese_names);
	tcase_add_test(shipped, exponents_and_ratio);
	tcase_add_checked_fixture(user, load, unload);
	tcase_add_test(user, user_units);
	tcase_add_loop_test(user, user_mistake, 0, COUNT(mistakes));
	tcase_add_test(user, both_places);
	tcase_add_test(user, dimensions_full);
	tcase_add_checked_fixture(oracle, load, unload);
	tcase_add_test(oracle, udunits_agrees);
	suite_add_tcase(suite, shipped);
	suite_add_tcase(suite, user);
	suite_add_tcase(suite, oracle);
	return suite;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Periods. Lengths: months / 12, or days over the days of their year, by the calendar. */

#include <check.h>
#include <stdio.h>

#include "base/period.h"
#include "reference/reference.h"
#include "suites.h"

static const struct { const char *text; th_period_error error; const char *from, *to; uint64_t num, den; } rows[] = {
	{"2023", TH_PERIOD_OK, "2023-01-01", "2023-12-31", 12, 12},
	{"2023年", TH_PERIOD_OK, "2023-01-01", "2023-12-31", 12, 12},
	{"2023-07", TH_PERIOD_OK, "2023-07-01", "2023-07-31", 1, 12},
	{"2023/7", TH_PERIOD_OK, "2023-07-01", "2023-07-31", 1, 12},
	{"2023.07", TH_PERIOD_OK, "2023-07-01", "2023-07-31", 1, 12},
	{"2023年7月", TH_PERIOD_OK, "2023-07-01", "2023-07-31", 1, 12},
	{"2023年07月15日", TH_PERIOD_OK, "2023-07-15", "2023-07-15", 366, 365 * 366},
	{"2023-07-15", TH_PERIOD_OK, "2023-07-15", "2023-07-15", 366, 365 * 366},
	{"2024-02-29", TH_PERIOD_OK, "2024-02-29", "2024-02-29", 365, 365 * 366},
	{"2023/7/15", TH_PERIOD_OK, "2023-07-15", "2023-07-15", 366, 365 * 366},
	{"2023-01/2023-06", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2023-01~2023-06", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2023年1月至2023年6月", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2022-07/2023-06", TH_PERIOD_OK, "2022-07-01", "2023-06-30", 12, 12},
	{"2022/2023", TH_PERIOD_OK, "2022-01-01", "2023-12-31", 24, 12},
	{"2023-01-01/2023-12-31", TH_PERIOD_OK, "2023-01-01", "2023-12-31", 12, 12},
	{"2023-12-31/2024-01-01", TH_PERIOD_OK, "2023-12-31", "2024-01-01", 366 + 365, 365 * 366},
	{"２０２３－０７", TH_PERIOD_OK, "2023-07-01", "2023-07-31", 1, 12},
	{"2023年度", TH_PERIOD_OK, "2023-01-01", "2023-12-31", 12, 12},
	{"2023 年 1 月份", TH_PERIOD_OK, "2023-01-01", "2023-01-31", 1, 12},
	{"2023年1-6月", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2023年1—6月", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2023年1至6月", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2023年1月-6月", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2023年1月到6月份", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2023年一至十一月", TH_PERIOD_OK, "2023-01-01", "2023-11-30", 11, 12},
	{"2023年十-十二月", TH_PERIOD_OK, "2023-10-01", "2023-12-31", 3, 12},
	{"2023年前三季度", TH_PERIOD_OK, "2023-01-01", "2023-09-30", 9, 12},
	{"2023年前9个月", TH_PERIOD_OK, "2023-01-01", "2023-09-30", 9, 12},
	{"2023年第二至第三季度", TH_PERIOD_OK, "2023-04-01", "2023-09-30", 6, 12},
	{"2023年一季度至三季度", TH_PERIOD_OK, "2023-01-01", "2023-09-30", 9, 12},
	{"2023年前五季度", TH_PERIOD_NO_DATE, "", "", 0, 0},
	{"2023年1季度至6月", TH_PERIOD_BAD, "", "", 0, 0},
	{"2023年前三", TH_PERIOD_BAD, "", "", 0, 0},
	{"2023年1月-2023年6月", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2023/1/1-2023/6/30", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2023/1-2023/6", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2023.01.01-2023.06.30", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2023Q1", TH_PERIOD_OK, "2023-01-01", "2023-03-31", 3, 12},
	{"2023-q4", TH_PERIOD_OK, "2023-10-01", "2023-12-31", 3, 12},
	{"2023年第二季度", TH_PERIOD_OK, "2023-04-01", "2023-06-30", 3, 12},
	{"2023年3季度", TH_PERIOD_OK, "2023-07-01", "2023-09-30", 3, 12},
	{"2023Q5", TH_PERIOD_BAD, "", "", 0, 0},
	{"2023年6-1月", TH_PERIOD_ORDER, "", "", 0, 0},
	{"2023年0-6月", TH_PERIOD_NO_DATE, "", "", 0, 0},
	{"2023年1-13月", TH_PERIOD_NO_DATE, "", "", 0, 0},
	{"2022-07-2023-06", TH_PERIOD_BAD, "", "", 0, 0},
	{"July 2023", TH_PERIOD_EXCEL, "", "", 0, 0},
	{"market", TH_PERIOD_BAD, "", "", 0, 0},
	{"", TH_PERIOD_EMPTY, "", "", 0, 0},
	{"Jul-23", TH_PERIOD_EXCEL, "", "", 0, 0},
	{"23-Jul", TH_PERIOD_EXCEL, "", "", 0, 0},
	{"2023-13", TH_PERIOD_NO_DATE, "", "", 0, 0},
	{"2023-00", TH_PERIOD_NO_DATE, "", "", 0, 0},
	{"2023-02-29", TH_PERIOD_NO_DATE, "", "", 0, 0},
	{"2023-04-31", TH_PERIOD_NO_DATE, "", "", 0, 0},
	{"2023-06/2023-01", TH_PERIOD_ORDER, "", "", 0, 0},
	{"23", TH_PERIOD_BAD, "", "", 0, 0},
	{"20230", TH_PERIOD_BAD, "", "", 0, 0},
	{"2023-", TH_PERIOD_BAD, "", "", 0, 0},
	{"2023-7-", TH_PERIOD_BAD, "", "", 0, 0},
	{"2023-07-15x", TH_PERIOD_BAD, "", "", 0, 0},
	{"1899", TH_PERIOD_BAD, "", "", 0, 0},
	{"45123", TH_PERIOD_SERIAL, "", "", 0, 0},
	{"45292.5", TH_PERIOD_SERIAL, "", "", 0, 0},
	{"99999", TH_PERIOD_BAD, "", "", 0, 0},
	{"202301", TH_PERIOD_OK, "2023-01-01", "2023-01-31", 1, 12},
	{"20230715", TH_PERIOD_OK, "2023-07-15", "2023-07-15", 366, 365 * 366},
	{"202301-202306", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"202301/202306", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"20230101-20230630", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"202313", TH_PERIOD_NO_DATE, "", "", 0, 0},
	{"202300", TH_PERIOD_NO_DATE, "", "", 0, 0},
	{"20230230", TH_PERIOD_NO_DATE, "", "", 0, 0},
	{"123456", TH_PERIOD_BAD, "", "", 0, 0},
	{"2023上半年", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2023 年下半年", TH_PERIOD_OK, "2023-07-01", "2023-12-31", 6, 12},
	{"2023H1", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2023-h2", TH_PERIOD_OK, "2023-07-01", "2023-12-31", 6, 12},
	{"2023H3", TH_PERIOD_BAD, "", "", 0, 0},
	{"2023-01-01 00:00:00", TH_PERIOD_OK, "2023-01-01", "2023-01-01", 366, 365 * 366},
	{"2023/1/1 0:00", TH_PERIOD_OK, "2023-01-01", "2023-01-01", 366, 365 * 366},
	{"2023-01-01T00:00:00", TH_PERIOD_OK, "2023-01-01", "2023-01-01", 366, 365 * 366},
	{"2023/1/1 0:00~2023/6/30 0:00", TH_PERIOD_OK, "2023-01-01", "2023-06-30", 6, 12},
	{"2023-01-01 08:00", TH_PERIOD_BAD, "", "", 0, 0},
	{"2023-01-01 0", TH_PERIOD_BAD, "", "", 0, 0},
	{"year", TH_PERIOD_BAD, "", "", 0, 0},
	{"全年", TH_PERIOD_BAD, "", "", 0, 0},
};

START_TEST(periods)
{
	th_period period = {0};
	int32_t from, to;
	th_period_error error = th_period_parse(th_slice_of(rows[_i].text), &period);
	ck_assert_msg(error == rows[_i].error, "%s: %d", rows[_i].text, error);
	if (error != TH_PERIOD_OK)
		return;
	ck_assert(th_day_parse(th_slice_of(rows[_i].from), &from) && th_day_parse(th_slice_of(rows[_i].to), &to));
	ck_assert_msg(period.from == from && period.to == to, "%s", rows[_i].text);
	ck_assert_msg(period.num == rows[_i].num && period.den == rows[_i].den, "%s: %llu/%llu", rows[_i].text, (unsigned long long)period.num,
	              (unsigned long long)period.den);
}
END_TEST

/* A first day is one date, however it is written; a range of one day is not, and says that the day is meant. */
static const struct {
	const char *text;
	bool first;
	const char *to; /* of its month */
} firsts[] = {
	{"2023-01-01", true, "2023-01-31"}, {"2023/2/1", true, "2023-02-28"}, {"2024.2.1", true, "2024-02-29"}, {"20231201", true, "2023-12-31"},
	{"2023年4月1日", true, "2023-04-30"}, {"２０２３-０６-０１", true, "2023-06-30"}, {"2023-01-01 00:00:00", true, "2023-01-31"},
	{"2023/1/1 0:00", true, "2023-01-31"}, {"2023-01-01~2023-01-01", false, ""}, {"2023-01-01/2023-01-01", false, ""},
	{"2023年1月1日至2023年1月1日", false, ""}, {"2023.01.01-2023.01.01", false, ""}, {"20230101-20230101", false, ""}, {"2023-01-02", false, ""},
	{"2023-01-31", false, ""}, {"2023-01", false, ""}, {"2023", false, ""},
};

START_TEST(first_days)
{
	th_slice text = th_slice_of(firsts[_i].text);
	th_period period, month;
	int32_t to;
	ck_assert_int_eq(th_period_parse(text, &period), TH_PERIOD_OK);
	ck_assert_msg(th_period_is_first(text, &period) == firsts[_i].first, "%s", firsts[_i].text);
	if (!firsts[_i].first)
		return;
	month = th_period_month(&period);
	ck_assert(th_day_parse(th_slice_of(firsts[_i].to), &to));
	ck_assert_msg(month.from == period.from && month.to == to && month.num == 1 && month.den == 12 && month.first_year == month.last_year, "%s", firsts[_i].text);
}
END_TEST

Suite *period_suite(void)
{
	Suite *suite = suite_create("period");
	TCase *tcase = tcase_create("period");
	tcase_add_loop_test(tcase, periods, 0, (int)(sizeof rows / sizeof *rows));
	tcase_add_loop_test(tcase, first_days, 0, (int)(sizeof firsts / sizeof *firsts));
	suite_add_tcase(suite, tcase);
	return suite;
}

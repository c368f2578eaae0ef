/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/day.h"

void th_day_split(int32_t day, int *year, int *month, int *mday)
{
	int era = (day >= 0 ? day : day - (TH_ERA_DAYS - 1)) / TH_ERA_DAYS;
	int in_era = day - era * TH_ERA_DAYS;
	int y = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int in_year = in_era - (365 * y + y / 4 - y / 100);
	int m = (5 * in_year + 2) / 153;
	*mday = in_year - (153 * m + 2) / 5 + 1;
	*month = m < 10 ? m + 3 : m - 9;
	*year = y + era * TH_ERA_YEARS + (*month <= 2);
}

void th_put_day(int32_t day, th_buf *out)
{
	int year, month, mday;
	th_day_split(day, &year, &month, &mday);
	th_buf_printf(out, "%04d-%02d-%02d", year, month, mday);
}

int32_t th_day_after_months(int32_t day, int months)
{
	int year, month, mday;
	th_day_split(day, &year, &month, &mday);
	int ahead = month - 1 + months;
	int32_t first = th_day(year + ahead / 12, ahead % 12 + 1, 1);
	int32_t next = th_day(year + (ahead + 1) / 12, (ahead + 1) % 12 + 1, 1);
	return first + mday - 1 < next ? first + mday - 1 : next - 1;
}

int th_whole_months(int32_t from, int32_t to)
{
	int year, month, mday, last_year, last_month, last_mday;
	if (to < from)
		return 0;
	th_day_split(from, &year, &month, &mday);
	th_day_split(to + 1, &last_year, &last_month, &last_mday);
	return (last_year - year) * 12 + last_month - month - (last_mday < mday);
}

/* Between `least` and `most` digits at the start of *text; -1 if they are not there. */
static int take_number(th_slice *text, size_t least, size_t most)
{
	int value = 0;
	size_t n = 0;
	while (n < most && n < text->len && text->ptr[n] >= '0' && text->ptr[n] <= '9')
		value = value * 10 + (text->ptr[n++] - '0');
	if (n < least)
		return -1;
	*text = (th_slice){text->ptr + n, text->len - n};
	return value;
}

static bool take(th_slice *text, char c)
{
	if (text->len == 0 || text->ptr[0] != c)
		return false;
	*text = (th_slice){text->ptr + 1, text->len - 1};
	return true;
}

bool th_day_parse(th_slice text, int32_t *day)
{
	int year = take_number(&text, 4, 4);
	bool slash = take(&text, '/');
	if (year < 1 || (!slash && !take(&text, '-')))
		return false;
	int month = take_number(&text, slash ? 1 : 2, 2);
	if (month < 1 || month > 12 || !take(&text, slash ? '/' : '-'))
		return false;
	int mday = take_number(&text, slash ? 1 : 2, 2);
	if (mday < 1 || text.len)
		return false;
	int32_t number = th_day(year, month, mday);
	int y, m, d;
	th_day_split(number, &y, &m, &d);
	if (y != year || m != month || d != mday)
		return false;
	*day = number;
	return true;
}

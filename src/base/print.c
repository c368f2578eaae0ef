/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/print.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

bool th_c_locale_enter(th_c_locale *locale)
{
	locale->c = newlocale(LC_ALL_MASK, "C", (locale_t)0); /* a constant of the system's library: nothing is read */
	if (locale->c == (locale_t)0) {
		th_memory_miss(1);
		return false;
	}
	locale->before = uselocale(locale->c);
	return true;
}

void th_c_locale_leave(const th_c_locale *locale)
{
	(void)uselocale(locale->before);
	freelocale(locale->c);
}

int th_vprint(char *text, size_t size, const char *format, va_list list)
{
	int length = -1;
	th_c_locale locale;
	if (th_c_locale_enter(&locale)) {
		length = vsnprintf(text, size, format, list);
		th_c_locale_leave(&locale);
		if (length < 0)
			th_memory_miss(1); /* a number may want room to be written */
	}
	if (length < 0 && size > 0)
		text[0] = '\0';
	return length;
}

int th_print(char *text, size_t size, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	int length = th_vprint(text, size, format, list);
	va_end(list);
	return length;
}

bool th_read_double(const char *text, double *out)
{
	th_c_locale locale;
	char *end;
	if (!*text || text[strspn(text, "0123456789+-.eE")] != '\0' || !th_c_locale_enter(&locale))
		return false;
	*out = strtod(text, &end);
	th_c_locale_leave(&locale);
	return *end == '\0' && isfinite(*out);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Printing as in the C locale, whatever the process has set: a program that uses the library may speak German, and `0,95` is no number.
 * Every real number is printed by one of these, or by th_buf_printf (base/str.h), which is. */
#ifndef TH_BASE_PRINT_H
#define TH_BASE_PRINT_H

#include <locale.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* As snprintf and vsnprintf. Below zero, and the text empty, when there was no memory, which is counted (base/memory.h). */
int th_print(char *text, size_t size, const char *format, ...) TH_PRINTF(3, 4);
int th_vprint(char *text, size_t size, const char *format, va_list list) TH_PRINTF(3, 0);

/* The double that a text is: digits with at most one point and an exponent, nothing behind it. False when it is none, or not finite; without memory
 * as well, which is counted. */
TH_MUST_USE bool th_read_double(const char *text, double *out);

/* The same for what another library prints or reads between the two; of this thread alone. False when there was no memory, which is counted. */
typedef struct th_c_locale {
	locale_t c, before;
} th_c_locale;

bool th_c_locale_enter(th_c_locale *locale);
void th_c_locale_leave(const th_c_locale *locale);

#endif

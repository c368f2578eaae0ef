/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/slip.h"

#include <string.h>

#include "base/utf8.h"

/* What a sign stands for that was typed by an input method, or is left over from a spreadsheet: "" says that it is to go. NULL: the sign itself. */
static const char *meant_by(uint32_t c, bool date)
{
	switch (c) {
	case 0x3002: /* 。 */
	case 0x00B7: /* · */
		return ".";
	case 0x3001: /* 、 */
	case ',':
		return date ? "." : ",";
	case 0x2018: case 0x2019: case 0x201C: case 0x201D: case 0x300C: case 0x300D: case '\'': case '"': case '`': /* quotes */
	case 0x00A5: case 0xFFE5: /* the sign of the yuan */
	case '*':
		return "";
	case 0x00A0: case 0x2002: case 0x2003: case 0x2009: case ' ': /* between digits of a number they part thousands */
		return date ? NULL : ",";
	case 0x3007: /* 〇 */
		return "0";
	default:
		return NULL;
	}
}

/* A letter that looks like a digit, before another digit; O also at the end, where no unit is called so. */
static char digit_like(char c, char next)
{
	bool before = th_is_digit(next) || next == '.' || next == ',' || next == '-' || strchr("OolI", next);
	if ((c == 'O' || c == 'o') && (before || next == '\0'))
		return '0';
	return (c == 'l' || c == 'I' || c == '|') && next && before ? '1' : c;
}

static th_slice without(th_slice text, const char *front, const char *back)
{
	if (th_slice_starts(text, th_slice_of(front)))
		text = (th_slice){text.ptr + strlen(front), text.len - strlen(front)};
	if (th_slice_ends(text, th_slice_of(back)))
		text.len -= strlen(back);
	return text;
}

th_slice th_slip_mend(th_slice text, bool date, char space[TH_SLIP_LONGEST])
{
	char place[4 * TH_SLIP_LONGEST];
	th_buf folded = {.ptr = place, .cap = sizeof place};
	size_t len = 0, digits = 0;
	text = th_slice_trim(text);
	if (text.len + 1 >= TH_SLIP_LONGEST)
		return (th_slice){space, 0};
	th_utf8_fold(text, &folded);
	th_slice plain = th_slice_trim(th_buf_view(&folded));
	if (!date)
		plain = th_slice_trim(without(without(plain, "约", "左右"), "大约", "余"));
	for (size_t i = 0, size; i < plain.len; i += size) {
		uint32_t c = th_utf8_next((th_slice){plain.ptr + i, plain.len - i}, &size);
		const char *instead = meant_by(c, date);
		size_t length = instead ? strlen(instead) : size;
		memcpy(space + len, instead ? instead : plain.ptr + i, length);
		len += length;
	}
	space[len] = '\0';
	for (size_t i = 0; i < len; i++)
		digits += th_is_digit(space[i]);
	for (size_t i = len; digits && i-- > 0;)
		space[i] = digit_like(space[i], space[i + 1]);
	while (len && (space[len - 1] == '.' || space[len - 1] == ',' || (date && strchr("-/~", space[len - 1]))))
		len--;
	size_t from = 0;
	while (from < len && (space[from] == ',' || space[from] == '.'))
		from++;
	th_slice mended = {space + from, len - from};
	return th_slice_eq(mended, text) ? (th_slice){space, 0} : mended;
}

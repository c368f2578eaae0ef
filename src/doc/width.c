/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "doc/doc.h"

#include "base/utf8.h"

typedef struct range {
	uint32_t from, to;
} range;

/* EastAsianWidth.txt of Unicode 14: W and F, ranges joined over unassigned code points. */
static const range wide[] = {
	{0x1100, 0x115F}, {0x231A, 0x231B}, {0x2329, 0x232A}, {0x23E9, 0x23EC}, {0x23F0, 0x23F0}, {0x23F3, 0x23F3}, {0x25FD, 0x25FE},
	{0x2614, 0x2615}, {0x2648, 0x2653}, {0x267F, 0x267F}, {0x2693, 0x2693}, {0x26A1, 0x26A1}, {0x26AA, 0x26AB}, {0x26BD, 0x26BE},
	{0x26C4, 0x26C5}, {0x26CE, 0x26CE}, {0x26D4, 0x26D4}, {0x26EA, 0x26EA}, {0x26F2, 0x26F3}, {0x26F5, 0x26F5}, {0x26FA, 0x26FA},
	{0x26FD, 0x26FD}, {0x2705, 0x2705}, {0x270A, 0x270B}, {0x2728, 0x2728}, {0x274C, 0x274C}, {0x274E, 0x274E}, {0x2753, 0x2755},
	{0x2757, 0x2757}, {0x2795, 0x2797}, {0x27B0, 0x27B0}, {0x27BF, 0x27BF}, {0x2B1B, 0x2B1C}, {0x2B50, 0x2B50}, {0x2B55, 0x2B55},
	{0x2E80, 0x3029}, {0x3030, 0x303E}, {0x3041, 0x3096}, {0x309B, 0x3247}, {0x3250, 0x4DBF}, {0x4E00, 0xA4CF}, {0xA960, 0xA97C},
	{0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE10, 0xFE19}, {0xFE30, 0xFE6B}, {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0x16FE0, 0x16FE4},
	{0x17000, 0x1B2FB}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320},
	{0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0},
	{0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E},
	{0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5},
	{0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6DF}, {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7F0},
	{0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAF6}, {0x20000, 0x3FFFD},
};

/* Combining marks and format characters of the scripts that names in an inventory are written in. */
static const range none[] = {
	{0x0300, 0x036F}, {0x0483, 0x0489}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064},
	{0x20D0, 0x20FF}, {0x302A, 0x302F}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};

static bool within(const range *list, size_t count, uint32_t code)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (code > list[mid].to)
			low = mid + 1;
		else
			high = mid;
	}
	return low < count && code >= list[low].from;
}

static size_t width_of(uint32_t code)
{
	if (code < 0x300)
		return 1;
	if (within(none, sizeof none / sizeof *none, code))
		return 0;
	return within(wide, sizeof wide / sizeof *wide, code) ? 2 : 1;
}

size_t th_width(th_slice text)
{
	size_t width = 0;
	for (size_t i = 0, size; i < text.len; i += size)
		width += width_of(th_utf8_next((th_slice){text.ptr + i, text.len - i}, &size));
	return width;
}

static bool one_of(uint32_t code, const uint32_t *list)
{
	while (*list && *list != code)
		list++;
	return *list != 0;
}

/* May a line end between two characters? (UAX #14 in small: classes CL, EX, IS, NS stay with what stands before them, OP with what follows.) */
static bool may_break(uint32_t before, uint32_t after)
{
	static const uint32_t closing[] = {
		')', ']', '}', ',', '.', ';', ':', '!', '?', '%', 0x2026, 0x2019, 0x201D, 0x3001, 0x3002, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015,
		0xFF01, 0xFF05, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0,
	};
	static const uint32_t opening[] = {'(', '[', '{', 0x2018, 0x201C, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0xFF08, 0};
	if (after == ' ')
		return false;
	if (before == ' ')
		return true;
	return (width_of(before) == 2 || width_of(after) == 2) && width_of(after) > 0 && !one_of(after, closing) && !one_of(before, opening);
}

size_t th_width_break(th_slice text, size_t columns)
{
	size_t width = 0, good = 0, i = 0;
	uint32_t before = 0;
	while (i < text.len) {
		size_t size;
		uint32_t code = th_utf8_next((th_slice){text.ptr + i, text.len - i}, &size);
		if (i > 0 && may_break(before, code))
			good = i;
		width += width_of(code);
		/* A blank may hang over the edge: it is not printed there. */
		if (width > columns && code != ' ')
			return good ? good : i ? i : size;
		before = code;
		i += size;
	}
	return text.len;
}

void th_width_cut(th_slice text, size_t columns, th_buf *out)
{
	if (th_width(text) <= columns) {
		th_buf_slice(out, text);
		return;
	}
	size_t width = 0, i = 0;
	while (i < text.len) {
		size_t size, more = width_of(th_utf8_next((th_slice){text.ptr + i, text.len - i}, &size));
		if (width + more + 1 > columns)
			break;
		width += more;
		i += size;
	}
	th_buf_add(out, text.ptr, i);
	th_buf_str(out, "…");
}

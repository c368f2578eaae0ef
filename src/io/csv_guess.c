/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv_guess.h"

#include <strings.h>

/* Excel's hint line `sep=;`. */
bool th_csv_hint(th_slice raw, char *delimiter)
{
	raw = th_slice_trim(raw);
	if (raw.len == 4 && strncasecmp(raw.ptr, "sep=", 4) == 0) {
		*delimiter = '\t'; /* trimmed away */
		return true;
	}
	if (raw.len != 5 || strncasecmp(raw.ptr, "sep=", 4) != 0 || !strchr(",;", raw.ptr[4]))
		return false;
	*delimiter = raw.ptr[4];
	return true;
}

/* A tab that pads a cell before the comma behind it. */
static bool pads(th_slice raw, size_t at)
{
	return raw.ptr[at] == '\t' && (at + 1 == raw.len || strchr(",;\r\n", raw.ptr[at + 1]) || (at > 0 && strchr(",;", raw.ptr[at - 1])));
}

/* The one of `,` `;` tab that stands most often outside quotes; `,` if none does. */
char th_csv_sniff(th_slice raw)
{
	static const char candidates[] = {',', ';', '\t'};
	size_t count[3] = {0}, best = 0;
	bool quoted = false;
	for (size_t i = 0; i < raw.len; i++) {
		quoted ^= raw.ptr[i] == '"';
		for (size_t k = 0; k < 3; k++)
			count[k] += !quoted && raw.ptr[i] == candidates[k] && !pads(raw, i);
	}
	for (size_t k = 1; k < 3; k++)
		if (count[k] > count[best])
			best = k;
	return candidates[best];
}

/* Of a table without a header: what most of its first lines have, each line's delimiter counting as often as it stands there. */
char th_csv_sniff_lines(th_slice text)
{
	enum { LOOKED_AT = 65536 };
	size_t rest = text.len < LOOKED_AT ? text.len : LOOKED_AT, vote[128] = {0}, start = 0;
	for (size_t i = 0; i <= rest; i++) {
		if (i < rest && text.ptr[i] != '\n')
			continue;
		th_slice line = {text.ptr + start, i - start};
		char delimiter = th_csv_sniff(line);
		for (size_t k = 0; k < line.len; k++)
			vote[(unsigned char)delimiter] += line.ptr[k] == delimiter;
		start = i + 1;
	}
	return vote[';'] > vote[','] && vote[';'] >= vote['\t'] ? ';' : vote['\t'] > vote[','] ? '\t' : ',';
}

/* The cell from which on `1,234` or `1,234,567.8` seems to have been written without quotes into `extra` cells too many; cells
 * if there is none. */
size_t th_csv_split_number(const th_slice *cell, size_t cells, size_t extra)
{
	for (size_t i = 0; i + extra < cells; i++) {
		th_slice head = cell[i];
		size_t sign = head.len > 0 && (head.ptr[0] == '-' || head.ptr[0] == '+');
		size_t first = th_slice_digits(head, sign), joined = 0;
		if (first < 1 || first > 3 || sign + first != head.len || head.ptr[sign] == '0')
			continue;
		while (joined < extra) {
			th_slice group = cell[i + joined + 1];
			bool whole = group.len == 3, fraction = group.len > 4 && group.ptr[3] == '.' && th_slice_digits(group, 4) == group.len - 4;
			if (th_slice_digits(group, 0) != 3 || !(whole || (fraction && joined + 1 == extra)))
				break;
			joined++;
		}
		if (joined == extra)
			return i;
	}
	return cells;
}

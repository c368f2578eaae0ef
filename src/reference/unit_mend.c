/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody may have meant who wrote what is no unit. */
#include "reference/unit_table.h"

#include "base/near.h"

/* Of a whole text: without the signs around it, or without one character that is too many; empty where nothing of that is a unit. */
bool th_unit_mend(const th_units *units, th_slice text, th_buf *out)
{
	static const char *const signs[] = {"。", "，", "、", "；", "：", "“", "”", ".", ",", ";", ":", "'", "\"", "*", "#"};
	th_unit unit;
	th_slice at;
	for (size_t i = 0; i < 2 * (sizeof signs / sizeof *signs); i++) {
		th_slice sign = th_slice_of(signs[i / 2]);
		if (i % 2 == 0 && th_slice_ends(text, sign))
			text.len -= sign.len;
		else if (i % 2 && th_slice_starts(text, sign))
			text = (th_slice){text.ptr + sign.len, text.len - sign.len};
	}
	text = th_slice_trim(text);
	char less[TH_UNIT_TEXT + 1];
	bool whole = text.len > 0 && th_unit_parse(units, text, &unit, &at) == TH_UNIT_OK;
	if (whole)
		th_buf_slice(out, text);
	size_t length = 0;
	for (size_t i = 0; i < text.len && text.len <= TH_UNIT_TEXT; i++)
		if (text.ptr[i] != ' ')
			less[length++] = text.ptr[i];
	if (!whole && length < text.len && th_unit_parse(units, (th_slice){less, length}, &unit, &at) == TH_UNIT_OK) {
		th_buf_add(out, less, length);
		return true;
	}
	for (size_t end = text.len, start; end > 0 && !whole && text.len <= TH_UNIT_TEXT; end = start) {
		start = end - 1;
		while (start > 0 && ((unsigned char)text.ptr[start] & 0xC0) == 0x80)
			start--;
		memcpy(less, text.ptr, start);
		memcpy(less + start, text.ptr + end, text.len - end);
		th_slice rest = th_slice_trim((th_slice){less, text.len - (end - start)});
		whole = rest.len > 0 && (rest.len > 1 || text.len > 3) && th_unit_parse(units, rest, &unit, &at) == TH_UNIT_OK;
		if (whole)
			th_buf_slice(out, rest);
	}
	return whole;
}

void th_unit_suggest(const th_units *units, th_slice name, th_buf *out)
{
	th_unit_text text;
	char key[TH_UNIT_TEXT + 1];
	size_t key_end[TH_UNIT_WORDS], text_end[TH_UNIT_WORDS], start = out->len;
	if (th_unit_fold(name, &text) != TH_UNIT_OK)
		return;
	size_t count = th_unit_words(&text, 0, key, key_end, text_end);
	if (count == 0)
		return;
	th_unit_reading reading;
	th_slice word = {key, key_end[count - 1]};
	/* What has readings has told them. */
	if (th_unit_read_word(units, word, &reading, out) == TH_UNIT_OK || out->len > start)
		return;
	if (th_unit_mend(units, name, out))
		return;
	th_buf_slice(out, th_nearest(word, units->names.text, units->names.count));
}

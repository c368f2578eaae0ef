/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/utf8.h"
#include "doc/picture.h"

/* What a text in XML 1.0 may be (2.2 Char), less what no reader sees but as another order of the letters. */
static bool may_stand(uint32_t code)
{
	return code >= 0x20 && !(code >= 0x7F && code < 0xA0) && code != 0xFFFE && code != 0xFFFF && code != 0x200E && code != 0x200F &&
	       !(code >= 0x202A && code <= 0x202E) && !(code >= 0x2066 && code <= 0x2069);
}

static void put_code(th_buf *out, th_slice character)
{
	size_t size;
	uint32_t code = th_utf8_next(character, &size);
	switch (code) {
	case '&':
		th_buf_str(out, "&amp;");
		break;
	case '<':
		th_buf_str(out, "&lt;");
		break;
	case '>':
		th_buf_str(out, "&gt;");
		break;
	case '"':
		th_buf_str(out, "&quot;");
		break;
	case '\t':
	case '\n':
	case '\r':
		th_buf_char(out, ' ');
		break;
	default:
		if (may_stand(code))
			th_buf_slice(out, character);
		else
			th_buf_str(out, "\xEF\xBF\xBD");
	}
}

void th_put_markup(th_buf *out, th_slice text)
{
	while (text.len) {
		size_t size = th_utf8_sequence((const unsigned char *)text.ptr, text.len);
		bool none = (unsigned char)text.ptr[0] >= 0x80 && (size == 0 || size > text.len);
		if (none)
			th_buf_str(out, "\xEF\xBF\xBD");
		else
			put_code(out, (th_slice){text.ptr, size = (unsigned char)text.ptr[0] < 0x80 ? 1 : size});
		text = th_slice_from(text, none ? 1 : size);
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv.h"

/* What Excel, WPS and LibreOffice take for a formula, in quotes or not (OWASP ASVS 4.0.3, 5.3.10); some normalise full-width forms. */
static bool like_formula(th_slice text)
{
	if (text.len == 0 || !memchr("=+-@\t\r\xEF", text.ptr[0], 7))
		return false;
	static const char *const heads[] = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (th_slice_starts(text, th_slice_of(heads[i])))
			return true;
	return false;
}

void th_put_csv_text(th_buf *buf, th_slice text)
{
	bool quote = th_slice_trim(text).len != text.len; /* a reader would trim it */
	for (size_t i = 0; i < text.len && !quote; i++)
		quote = text.ptr[i] == '"' || text.ptr[i] == ',' || text.ptr[i] == ';' || text.ptr[i] == '\t' || text.ptr[i] == '\n' || text.ptr[i] == '\r';
	if (quote)
		th_buf_char(buf, '"');
	if (like_formula(text))
		th_buf_char(buf, '\'');
	if (!quote)
		th_buf_slice(buf, text);
	for (size_t i = 0; quote && i < text.len; i++) {
		if (text.ptr[i] == '"')
			th_buf_char(buf, '"');
		th_buf_char(buf, text.ptr[i]);
	}
	if (quote)
		th_buf_char(buf, '"');
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include "base/filename.h"
#include "io/json.h"

enum { LONG_DEPTH = 2 };

static void new_line(th_writer *w)
{
	if (w->line)
		return;
	th_buf_char(w->buf, '\n');
	for (unsigned i = 0; i < w->depth; i++)
		th_buf_str(w->buf, "  ");
}

static void separate(th_writer *w)
{
	if (w->depth == 0)
		return;
	if (!w->first)
		th_buf_str(w->buf, w->depth > LONG_DEPTH || w->line ? ", " : ",");
	if (w->depth <= LONG_DEPTH)
		new_line(w);
	w->first = false;
}

/* A key of the program's own has nothing to be escaped. */
static void begin(th_writer *w, const char *key)
{
	separate(w);
	if (!key)
		return;
	th_buf_char(w->buf, '"');
	th_buf_str(w->buf, key);
	th_buf_add(w->buf, "\": ", 3);
}

void th_put_key(th_writer *w, th_slice key)
{
	separate(w);
	th_put_json_string(w->buf, key);
	th_buf_str(w->buf, ": ");
}

static void go_in(th_writer *w, char bracket)
{
	th_buf_char(w->buf, bracket);
	w->depth++;
	w->first = true;
}

void th_put_open(th_writer *w, const char *key, char bracket)
{
	begin(w, key);
	go_in(w, bracket);
}

void th_put_made(th_writer *w, th_slice json)
{
	separate(w);
	th_buf_slice(w->buf, json);
}

bool th_put_ready(th_writer *w, th_slice json)
{
	if (json.len)
		th_put_made(w, json);
	return json.ptr != NULL;
}

void th_put_key_open(th_writer *w, th_slice key, char bracket)
{
	th_put_key(w, key);
	go_in(w, bracket);
}

void th_put_close(th_writer *w, char bracket)
{
	bool empty = w->first;
	w->depth--;
	if (!empty && w->depth < LONG_DEPTH)
		new_line(w);
	th_buf_char(w->buf, bracket);
	w->first = false;
}

void th_put_text(th_writer *w, const char *key, th_slice text)
{
	begin(w, key);
	th_put_json_string(w->buf, text);
}

void th_put_text_if(th_writer *w, const char *key, th_slice text)
{
	if (text.len)
		th_put_text(w, key, text);
}

void th_put_count(th_writer *w, const char *key, size_t count)
{
	begin(w, key);
	th_buf_count(w->buf, count);
}

void th_put_truth(th_writer *w, const char *key, bool truth)
{
	begin(w, key);
	th_buf_str(w->buf, truth ? "true" : "false");
}

void th_put_real(th_writer *w, const char *key, double value, int digits)
{
	begin(w, key);
	th_buf_printf(w->buf, "%.*f", digits, value);
}

void th_put_cny(th_writer *w, const char *key, th_mass money)
{
	begin(w, key);
	th_put_mass(w->buf, money, 0);
}

void th_put_year_if(th_writer *w, const char *key, int year)
{
	if (year)
		th_put_count(w, key, (size_t)year);
}

void th_put_tonnes(th_writer *w, const char *key, th_mass mass)
{
	begin(w, key);
	th_put_mass(w->buf, mass, 3);
}

void th_put_quotient(th_writer *w, const char *key, th_mass mass, int shift, const th_ratio *divisor)
{
	th_buf number = {0};
	th_put_mass_quotient(&number, mass, shift, divisor, 10);
	if (number.len) {
		th_put_key(w, th_slice_of(key));
		th_buf_slice(w->buf, th_buf_view(&number));
	}
	w->buf->failed |= number.failed;
	th_buf_free(&number);
}

void th_put_number_if(th_writer *w, const char *key, bool there, th_slice text, th_decimal value)
{
	if (!there)
		return;
	begin(w, key);
	th_put_number(w->buf, text, value);
}

void th_put_place_text(const char *file, size_t line, th_buf *out)
{
	th_buf_str(out, file);
	if (line)
		th_put_spot(out, file, line, 0);
}

void th_put_both(th_writer *w, const char *key, th_slice zh, th_slice en)
{
	if (!zh.len && !en.len)
		return;
	th_put_open(w, key, '{');
	th_put_text_if(w, "zh", zh);
	th_put_text_if(w, "en", en);
	th_put_close(w, '}');
}

void th_put_label(th_writer *w, const char *key, th_label label)
{
	th_put_both(w, key, th_slice_of(th_word_text(label, TH_LANG_ZH)), th_slice_of(th_word_text(label, TH_LANG_EN)));
}

void th_put_reason(th_writer *w, const char *key, const char *code, th_label label)
{
	th_put_open(w, key, '{');
	th_put_text(w, "code", th_slice_of(code));
	th_put_label(w, "text", label);
	th_put_close(w, '}');
}

void th_put_file_name(th_writer *w, const char *path)
{
	th_put_text(w, "file", th_name_of(&w->names, path));
}

void th_put_place(th_writer *w, const char *key, const char *file, size_t line)
{
	th_put_open(w, key, '{');
	th_put_spot_json(w, file, line, 0);
	th_put_close(w, '}');
}

void th_put_spot_json(th_writer *w, const char *file, size_t line, size_t column)
{
	const char *mark = th_sheet_mark(file);
	char letters[TH_COLUMN_LETTERS];
	const char *workbook = mark ? th_arena_copy(&w->names.arena, th_sheet_file(file)).ptr : file;
	w->buf->failed |= !workbook;
	th_put_file_name(w, workbook ? workbook : "");
	if (mark)
		th_put_text_if(w, "sheet", th_slice_of(mark + 1));
	if (line == 0)
		return;
	th_put_count(w, "line", line);
	if (column)
		th_put_count(w, "column", column);
	if (mark && column) {
		th_buf cell = {0};
		th_buf_printf(&cell, "%s%zu", th_column_letters(column, letters), line);
		w->buf->failed |= cell.failed;
		th_put_text(w, "cell", th_buf_view(&cell));
		th_buf_free(&cell);
	}
}

void th_put_file_members(th_writer *w, const char *kind, const char *path, const char *encoding, const char *sha256, size_t rows)
{
	th_put_text(w, "kind", th_slice_of(kind));
	th_put_file_name(w, path);
	th_put_text(w, "sha256", th_slice_of(sha256));
	th_put_text(w, "encoding", th_slice_of(encoding));
	th_put_count(w, "rows", rows);
}

void th_put_file(th_writer *w, const char *kind, const char *path, const char *encoding, const char *sha256, size_t rows)
{
	th_put_open(w, NULL, '{');
	th_put_file_members(w, kind, path, encoding, sha256, rows);
	th_put_close(w, '}');
}

th_writer th_writer_begin(th_buf *out, const char *schema)
{
	th_writer w = {.buf = out, .first = true};
	th_put_open(&w, NULL, '{');
	th_put_tool(&w, schema);
	return w;
}

th_writer th_writer_begin_line(th_buf *out, const char *schema)
{
	th_writer w = {.buf = out, .first = true, .line = true};
	th_put_open(&w, NULL, '{');
	th_put_tool(&w, schema);
	return w;
}

void th_writer_end(th_writer *w)
{
	th_put_close(w, '}');
	th_buf_char(w->buf, '\n');
	w->buf->failed |= w->names.failed;
	th_file_names_free(&w->names);
}

void th_put_tool(th_writer *w, const char *schema)
{
	th_put_text(w, "schema", th_slice_of(schema));
	th_put_open(w, "tool", '{');
	th_put_text(w, "name", TH_S("tanhe"));
	th_put_text(w, "version", th_slice_of(th_version()));
	th_put_text_if(w, "build", th_slice_of(th_build_id()));
	th_put_close(w, '}');
}

void th_put_factor_set(th_writer *w, const th_reference *reference)
{
	th_put_open(w, "factor_set", '{');
	th_put_text(w, "id", reference->set_id);
	th_put_text(w, "version", reference->set_version);
	th_put_text(w, "sha256", th_slice_of(reference->set_sha256));
	if (reference->overlays) {
		th_put_open(w, "overlays", '[');
		for (size_t i = 0; i < reference->overlays; i++) {
			th_put_open(w, NULL, '{');
			th_put_file_name(w, reference->overlay[i].path);
			th_put_text(w, "sha256", th_slice_of(reference->overlay[i].sha256));
			th_put_close(w, '}');
		}
		th_put_close(w, ']');
	}
	th_put_close(w, '}');
}

/* number = [ "-" ] int [ frac ] of RFC 8259, section 6; a form with an exponent is written out instead. */
static bool is_plain_number(th_slice text)
{
	size_t i = text.len > 0 && text.ptr[0] == '-';
	size_t whole = th_slice_digits(text, i);
	if (whole == 0 || (whole > 1 && text.ptr[i] == '0'))
		return false;
	i += whole;
	if (i < text.len && text.ptr[i] == '.') {
		size_t part = th_slice_digits(text, i + 1);
		if (part == 0)
			return false;
		i += 1 + part;
	}
	return i == text.len;
}

void th_put_number(th_buf *buf, th_slice text, th_decimal value)
{
	if (is_plain_number(text))
		th_buf_slice(buf, text);
	else
		th_put_decimal(buf, value);
}

th_mark th_report_begin(const th_diags *diags, char **text, size_t *len)
{
	*text = NULL;
	*len = 0;
	return th_begin(diags);
}

th_status th_give(th_mark mark, th_buf *buf, char **text, size_t *len)
{
	size_t used = buf->len;
	th_buf_char(buf, '\0');
	if (th_settle(mark, NULL, TH_OK) != TH_OK || buf->failed) {
		th_buf_free(buf);
		return TH_SYSTEM;
	}
	*text = buf->ptr;
	*len = used;
	return TH_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a tree, and strings as JSON writes them. */
#include "io/json.h"

#include "base/utf8.h"

const th_json *th_json_member(const th_json *object, th_slice key)
{
	if (!object || object->kind != TH_JSON_OBJECT)
		return NULL;
	const th_json *member = object->child;
	while (member && !th_slice_eq(member->key, key))
		member = member->next;
	return member;
}

const th_json *th_json_get(const th_json *object, const char *key)
{
	return th_json_member(object, th_slice_of(key));
}

th_slice th_json_string(const th_json *object, const char *key)
{
	const th_json *member = th_json_get(object, key);
	return member && member->kind == TH_JSON_STRING ? member->text : (th_slice){"", 0};
}

const th_json *th_json_list(const th_json *object, const char *key)
{
	const th_json *member = th_json_get(object, key);
	return member && member->kind == TH_JSON_ARRAY ? member->child : NULL;
}

void th_json_token(th_slice name, th_buf *out)
{
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] == '~')
			th_buf_str(out, "~0");
		else if (name.ptr[i] == '/')
			th_buf_str(out, "~1");
		else
			th_buf_char(out, name.ptr[i]);
	}
}

void th_json_pointer(const th_json *value, th_buf *out)
{
	if (!value->parent)
		return;
	th_json_pointer(value->parent, out);
	th_buf_char(out, '/');
	if (value->parent->kind == TH_JSON_ARRAY) {
		th_buf_printf(out, "%zu", value->index);
		return;
	}
	th_json_token(value->key, out);
}

/* Does a byte stand for itself in JSON, whatever is around it? */
static bool is_plain(char c)
{
	return (unsigned char)c >= 0x20 && (unsigned char)c < 0x80 && c != '"' && c != '\\';
}

/* How many bytes from the front are plain; eight are looked at at once for one below a blank or above ASCII, a quote or a backslash. */
static size_t plain_run(const char *text, size_t len)
{
	const uint64_t each = 0x0101010101010101u, high = 0x80 * each;
	size_t at = 0;
	for (uint64_t eight; len - at >= sizeof eight; at += sizeof eight) {
		memcpy(&eight, text + at, sizeof eight);
		uint64_t quote = eight ^ '"' * each, slash = eight ^ '\\' * each;
		if ((eight | ((eight - ' ' * each) & ~eight) | ((quote - each) & ~quote) | ((slash - each) & ~slash)) & high)
			break;
	}
	while (at < len && is_plain(text[at]))
		at++;
	return at;
}

/* How many bytes from the front stand for themselves: plain, and well-formed UTF-8. Most texts are wholly of that kind. */
static size_t clean_run(th_slice text)
{
	const unsigned char *s = (const unsigned char *)text.ptr;
	size_t at = 0;
	while (at < text.len) {
		if (s[at] < 0x80) {
			size_t plain = plain_run(text.ptr + at, text.len - at);
			if (plain == 0)
				break;
			at += plain;
			continue;
		}
		/* Han letters and signs between them: three bytes of which nothing is overlong and none a surrogate */
		while (text.len - at >= 3 && s[at] >= 0xE1 && s[at] <= 0xEC && (s[at + 1] & 0xC0) == 0x80 && (s[at + 2] & 0xC0) == 0x80)
			at += 3;
		if (at == text.len || s[at] < 0x80)
			continue;
		size_t used = th_utf8_sequence(s + at, text.len - at);
		if (used == 0 || used > text.len - at)
			break;
		at += used;
	}
	return at;
}

static void put_escaped(th_buf *buf, char c)
{
	static const char escapes[] = "\b\t\n\f\r", letters[] = "btnfr";
	const char *escape = c ? strchr(escapes, c) : NULL;
	if (c == '"' || c == '\\') {
		th_buf_char(buf, '\\');
		th_buf_char(buf, c);
	} else if (escape) {
		th_buf_char(buf, '\\');
		th_buf_char(buf, letters[escape - escapes]);
	} else if ((unsigned char)c < 0x20)
		th_buf_printf(buf, "\\u%04x", (unsigned)(unsigned char)c);
	else
		th_buf_str(buf, "\xEF\xBF\xBD"); /* no UTF-8 */
}

void th_put_json_string(th_buf *buf, th_slice text)
{
	th_buf_char(buf, '"');
	for (size_t clean; text.len > 0; text = th_slice_from(text, clean + 1)) {
		clean = clean_run(text);
		th_buf_add(buf, text.ptr, clean);
		if (clean == text.len)
			break;
		put_escaped(buf, text.ptr[clean]);
	}
	th_buf_char(buf, '"');
}

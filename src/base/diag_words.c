/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The detail of a finding: the text of diag.def with its arguments. */
#include "base/diag_list.h"
#include "base/near.h"

enum { BOTH_EN = 0xFF, BOTH_ZH = 0xFE, BOTH_END = 0xFD };

void th_buf_both(th_buf *buf, th_slice en, th_slice zh)
{
	th_buf_char(buf, (char)BOTH_EN);
	th_buf_slice(buf, en);
	th_buf_char(buf, (char)BOTH_ZH);
	th_buf_slice(buf, zh);
	th_buf_char(buf, (char)BOTH_END);
}

/* Where `byte` is in the text from *at on; false when it is nowhere, and then the bytes before it are only bytes (of a file's name). */
static bool find_byte(th_slice text, size_t from, int byte, size_t *at)
{
	const char *found = from < text.len ? memchr(text.ptr + from, byte, text.len - from) : NULL;
	*at = found ? (size_t)(found - text.ptr) : text.len;
	return found != NULL;
}

static void put_argument(th_buf *buf, th_slice text, th_lang lang)
{
	size_t at = 0, en, zh, end;
	while (find_byte(text, at, BOTH_EN, &en) && find_byte(text, en, BOTH_ZH, &zh) && find_byte(text, zh, BOTH_END, &end)) {
		const size_t from = lang == TH_LANG_ZH ? zh + 1 : en + 1, to = lang == TH_LANG_ZH ? end : zh;
		th_buf_add(buf, text.ptr + at, en - at);
		th_buf_add(buf, text.ptr + from, to - from);
		at = end + 1;
	}
	th_buf_add(buf, text.ptr + at, text.len - at);
}

/* The name of a list that was nearly written; a name with its gloss, `done (完成)`, is met by either. */
static th_slice nearest_of(th_slice text, th_slice list)
{
	th_near_name best = {.text = text};
	th_slice rest = list, inside = {"", 0};
	while (rest.len) {
		size_t at = 0, width = 0;
		for (; at < rest.len && !width; at += width == 0)
			width = th_slice_starts((th_slice){rest.ptr + at, rest.len - at}, TH_S(", ")) ? 2 : th_slice_starts((th_slice){rest.ptr + at, rest.len - at}, TH_S("、")) ? 3 : 0;
		th_slice name = {rest.ptr, at};
		const char *gloss = memchr(name.ptr, '(', name.len);
		if (gloss && gloss > name.ptr && name.ptr[name.len - 1] == ')') {
			size_t length = (size_t)(gloss - name.ptr);
			th_near_offer(&best, (th_slice){gloss + 1, name.len - length - 2});
			name.len = length;
			name = th_slice_trim(name);
		}
		th_near_offer(&best, name);
		if (th_advised(text, &name, 1).len && (inside.len == 0 || name.len < inside.len))
			inside = name;
		rest = (th_slice){rest.ptr + at + width, rest.len - at - width};
	}
	th_slice near = th_near_found(&best);
	return near.len ? near : inside;
}

/* {1~2}: what the first argument may have meant among those of the list that the second is. */
static void put_nearest(th_buf *buf, th_slice text, th_slice list, th_lang lang)
{
	th_slice near = {"", 0};
	for (int i = 0; i < 2 && near.len == 0; i++) { /* names of the other language are taken as well */
		th_buf names = {0};
		put_argument(&names, list, i ? lang == TH_LANG_ZH ? TH_LANG_EN : TH_LANG_ZH : lang);
		buf->failed |= names.failed;
		near = nearest_of(text, th_buf_view(&names));
		th_buf_slice(buf, near);
		th_buf_free(&names);
	}
}

/* {2,}: a list, whose names have 、 between them in Chinese. */
static void put_list(th_buf *buf, th_slice text, th_lang lang)
{
	th_buf names = {0};
	put_argument(&names, text, lang);
	buf->failed |= names.failed;
	for (size_t i = 0; i < names.len; i++) {
		bool between = lang == TH_LANG_ZH && names.ptr[i] == ',' && i + 1 < names.len && names.ptr[i + 1] == ' ';
		if (between)
			th_buf_str(buf, "、");
		else
			th_buf_char(buf, names.ptr[i]);
		i += between;
	}
	th_buf_free(&names);
}

static size_t which_argument(char digit)
{
	return digit >= '1' && digit <= '9' ? (size_t)(digit - '1') : MAX_ARGS;
}

/* What stands in braces at c, without them: {1}, {1~2}; or the start of a part that is left out at times, {1:, {!1:, {1~2:. Its length, 0: none. */
static size_t put_hole(th_buf *buf, const char *c, th_lang lang, const th_slice *args, size_t count)
{
	const char *at = c + 1;
	bool unless = *at == '!';
	at += unless;
	size_t first = which_argument(*at), second = first < MAX_ARGS && at[1] == '~' ? which_argument(at[2]) : MAX_ARGS;
	if (first >= MAX_ARGS)
		return 0;
	at += second < MAX_ARGS ? 3 : 1;
	bool listed = *at == ',';
	at += listed;
	if (*at != '}' && *at != ':')
		return 0;
	size_t start = buf->len;
	bool given = first < count && args[first].len > 0 && !th_slice_eq(args[first], TH_S("-"));
	if (second < MAX_ARGS) {
		if (first < count && second < count)
			put_nearest(buf, args[first], args[second], lang);
		given = buf->len > start;
	} else if (*at == '}' && first < count) {
		if (listed)
			put_list(buf, args[first], lang);
		else
			put_argument(buf, args[first], lang);
	}
	if (*at == '}')
		return (size_t)(at + 1 - c);
	if (!buf->failed)
		buf->len = start;
	const char *end = given != unless ? at + 1 : strstr(at, ":}");
	return end ? (size_t)((given != unless ? end : end + 2) - c) : 0;
}

/* {1} is the first argument, {1,} a list; {2:...:} is left out when the second is empty or -, {!2:...:} when it is not, {1~2:...:} when no name of the list that
 * the second argument is comes near the first. */
void th_diag_detail(th_buf *buf, th_code code, th_lang lang, const th_slice *args, size_t count)
{
	const th_diag_info info = th_diag_info_of(code);
	for (const char *c = lang == TH_LANG_ZH ? info.detail_zh : info.detail_en; *c;) {
		size_t plain = strcspn(c, "{:");
		th_buf_add(buf, c, plain);
		c += plain;
		size_t hole = *c == '{' ? put_hole(buf, c, lang, args, count) : 0;
		if (hole)
			c += hole;
		else if (c[0] == ':' && c[1] == '}')
			c += 2;
		else if (*c)
			th_buf_char(buf, *c++);
	}
}

void th_diag_code(th_buf *buf, th_code code)
{
	th_buf_printf(buf, "%c%u", th_diag_info_of(code).letter, (unsigned)code);
}

void th_diag_sentence(th_buf *buf, th_code code, th_lang lang, const th_slice *args, size_t count)
{
	th_buf_str(buf, th_diag_title(code, lang));
	size_t title = buf->len;
	th_buf_str(buf, lang == TH_LANG_ZH ? "：" : ": ");
	size_t detail = buf->len;
	th_diag_detail(buf, code, lang, args, count);
	if (buf->len == detail)
		buf->len = title;
}

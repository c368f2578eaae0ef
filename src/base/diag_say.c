/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was found, in words: as text, one fault once, and as JSON, one object a finding. */
#include <stdlib.h>

#include "base/diag_list.h"
#include "base/filename.h"
#include "base/utf8.h"

static const char *severity_word(th_severity severity, th_lang lang)
{
	static const char *const words[2][3] = {{"caveat", "warning", "error"}, {"提示", "警告", "错误"}};
	return words[lang][severity];
}

/* Take the text out of a buffer for the caller, with a NUL behind it. */
static th_status give(th_mark mark, th_buf *buf, char **text)
{
	*text = NULL;
	th_buf_char(buf, '\0');
	if (th_ran_out(mark) || buf->failed) {
		th_buf_free(buf);
		return TH_SYSTEM;
	}
	*text = buf->ptr;
	return TH_OK;
}

static void put_detail_escaped(th_buf *buf, const struct diag *d, th_lang lang)
{
	th_buf detail = {0};
	th_diag_detail(&detail, d->code, lang, d->arg, d->args);
	buf->failed |= detail.failed;
	th_utf8_escape(th_buf_view(&detail), buf);
	th_buf_free(&detail);
}

/* --- as text: one fault once --- */

/* Of one kind each wording is told by itself, up to this many; the last place is for all that are left. */
enum { WORDINGS = 5, RANGES = 8 };

static bool same_fault(const struct diag *a, const struct diag *b)
{
	return a->code == b->code && th_diag_same_file(a->file, b->file) && th_slice_eq(a->where, b->where);
}

static bool same_wording(const struct diag *a, const struct diag *b)
{
	bool same = a->args == b->args;
	for (size_t i = 0; same && i < a->args; i++)
		same = th_slice_eq(a->arg[i], b->arg[i]);
	return same;
}

static void put_place(th_buf *buf, const struct diag *d)
{
	if (!d->file)
		return;
	th_utf8_escape(th_slice_of(d->file), buf);
	if (d->line)
		th_put_spot(buf, d->file, d->line, d->column);
	th_buf_str(buf, ": ");
}

static const char *colon(th_lang lang)
{
	return lang == TH_LANG_ZH ? "：" : ": ";
}

/* The severity, code, title and column of a finding; the detail goes behind a colon. */
static void put_title(th_buf *buf, const th_diags *diags, const struct diag *d, th_lang lang, int color)
{
	static const char *const paint[] = {"\033[36m", "\033[33m", "\033[1;31m"};
	const th_diag_info info = th_diag_info_of(d->code);
	th_severity severity = th_diag_severity(d->code);
	th_buf_printf(buf, "%s%s %c%u%s%s%s", color ? paint[severity] : "", severity_word(severity, lang), info.letter, info.code,
	              color ? "\033[0m" : "", colon(lang), lang == TH_LANG_ZH ? info.title_zh : info.title_en);
	if (d->where.len) {
		th_slice title = lang == TH_LANG_ZH && diags->title_of ? diags->title_of(diags->titles, th_diags_kind(diags, d->file), d->where) : d->where;
		th_buf_str(buf, " [");
		th_utf8_escape(title.len ? title : d->where, buf);
		th_buf_char(buf, ']');
	}
}

/* The lines of those findings, in ranges: 14-25, 62. They come by their lines, as their files were read; not all of them may have been kept. */
static void put_lines(th_buf *buf, const th_diags *diags, const size_t *which, size_t count, bool more, th_lang lang)
{
	bool zh = lang == TH_LANG_ZH;
	size_t ranges = 0, i = 0;
	while (i < count && ranges < RANGES) {
		size_t first = diags->list[which[i]].line, last = first;
		for (i++; i < count && (diags->list[which[i]].line == last || diags->list[which[i]].line == last + 1); i++)
			last = diags->list[which[i]].line;
		th_buf_str(buf, ranges++ ? zh ? "、" : ", " : "");
		th_buf_printf(buf, "%zu", first);
		if (last > first)
			th_buf_printf(buf, zh ? "—%zu" : "-%zu", last);
	}
	th_buf_str(buf, i < count || more ? zh ? "……" : ", ..." : "");
}

/* How often, and where; nothing of a single one. */
static void put_times(th_buf *buf, const th_diags *diags, const size_t *which, size_t count, size_t omitted, th_lang lang)
{
	bool zh = lang == TH_LANG_ZH;
	size_t times = count + omitted;
	if (times < 2)
		return;
	th_buf_printf(buf, zh ? "（共%zu处" : " (%zu times", times);
	if (diags->list[which[0]].line) {
		bool one = diags->list[which[0]].line == diags->list[which[count - 1]].line;
		th_buf_str(buf, zh ? "：第" : one ? ": line " : ": lines ");
		put_lines(buf, diags, which, count, omitted > 0 && !one, lang);
		th_buf_str(buf, zh ? "行" : "");
	}
	th_buf_str(buf, zh ? "）" : ")");
}

static bool all_worded_alike(const th_diags *diags, const size_t *which, size_t count)
{
	size_t i = 1;
	while (i < count && same_wording(&diags->list[which[0]], &diags->list[which[i]]))
		i++;
	return i == count;
}

/* Those of `which` that are worded as its first, moved to the front in their order; how many they are. */
static size_t gather(const th_diags *diags, size_t *which, size_t count, size_t *room)
{
	size_t alike = 0, others = 0;
	for (size_t i = 0; i < count; i++) {
		if (same_wording(&diags->list[which[0]], &diags->list[which[i]]))
			room[KEEP_ALL - 1 - alike++] = which[i];
		else
			room[others++] = which[i];
	}
	memmove(which + alike, room, others * sizeof *which);
	for (size_t i = 0; i < alike; i++)
		which[i] = room[KEEP_ALL - 1 - i];
	return alike;
}

/* All findings of one fault: `which` has their places in the list, `omitted` says how many more there were. */
static void put_fault(th_buf *buf, const th_diags *diags, size_t *which, size_t count, size_t omitted, size_t *room, th_lang lang, int color)
{
	size_t wordings = 0;
	for (size_t done = 0, alike; done < count; done += alike) {
		bool in_rows = diags->list[which[done]].line != diags->list[which[count - 1]].line; /* on one line each says something else */
		bool rest = ++wordings >= WORDINGS && in_rows && !all_worded_alike(diags, which + done, count - done);
		alike = rest ? count - done : gather(diags, which + done, count - done, room);
		const struct diag *d = &diags->list[which[done]];
		put_place(buf, d);
		put_title(buf, diags, d, lang, color);
		size_t title = buf->len;
		th_buf_str(buf, colon(lang));
		size_t detail = buf->len;
		if (rest)
			th_buf_str(buf, lang == TH_LANG_ZH ? "同类问题，内容各异" : "the same fault, each with another content");
		else
			put_detail_escaped(buf, d, lang);
		buf->len = buf->len == detail ? title : buf->len;
		put_times(buf, diags, which + done, alike, done + alike == count ? omitted : 0, lang);
		th_buf_char(buf, '\n');
	}
}

/* Of a code and file, how many were only counted. */
static size_t omitted_of(const th_diags *diags, const struct diag *d)
{
	for (size_t i = 0; i < diags->kinds; i++)
		if (diags->kind[i].code == d->code && th_diag_same_file(diags->kind[i].file, d->file))
			return diags->kind[i].omitted;
	return 0;
}

th_status th_diags_text(const th_diags *diags, th_lang lang, int color, char **text)
{
	th_mark mark = th_begin(NULL);
	th_buf buf = {0};
	size_t *which = th_calloc(KEEP_ALL, sizeof *which), *room = th_calloc(KEEP_ALL, sizeof *room);
	bool *told = th_calloc(KEEP_ALL, sizeof *told);
	size_t shown = 0;
	for (size_t i = 0; which && room && told && i < diags->kept; i++) {
		size_t count = 0, last = diags->kept;
		for (size_t k = i; k < diags->kept && !told[i]; k++)
			if (same_fault(&diags->list[i], &diags->list[k]))
				which[count++] = k;
		for (size_t k = 0; k < count; k++)
			told[which[k]] = true;
		while (count && last-- > 0 && !(diags->list[last].code == diags->list[i].code && th_diag_same_file(diags->list[last].file, diags->list[i].file)))
			;
		/* What was only counted is told with the last fault of its code and file. */
		size_t omitted = count && which[count - 1] == last ? omitted_of(diags, &diags->list[i]) : 0;
		if (count)
			put_fault(&buf, diags, which, count, omitted, room, lang, color);
		shown += count + omitted;
	}
	free(which);
	free(room);
	free(told);
	if (diags->count > shown)
		th_buf_printf(&buf, lang == TH_LANG_ZH ? "另有 %zu 条未列出\n" : "and %zu more, not listed\n", diags->count - shown);
	return give(mark, &buf, text);
}

/* --- as JSON --- */

static void json_escape(th_slice text, th_buf *buf)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c == '"' || c == '\\')
			th_buf_printf(buf, "\\%c", c);
		else if (c < 0x20)
			th_buf_printf(buf, "\\u%04x", c);
		else
			th_buf_char(buf, (char)c);
	}
}

/* Escape for a terminal first, so that bytes which are not UTF-8 (a file name from elsewhere) cannot reach the JSON. */
static void json_text(th_slice text, th_buf *buf)
{
	th_buf plain = {0};
	th_utf8_escape(text, &plain);
	buf->failed |= plain.failed;
	json_escape(th_buf_view(&plain), buf);
	th_buf_free(&plain);
}

static void put_sentence(th_buf *buf, const char *key, const struct diag *d, th_lang lang)
{
	th_buf sentence = {0};
	th_diag_sentence(&sentence, d->code, lang, d->arg, d->args);
	th_buf_str(buf, key);
	json_text(th_buf_view(&sentence), buf);
	buf->failed |= sentence.failed;
	th_buf_free(&sentence);
}

static void put_json_place(th_buf *buf, const struct diag *d)
{
	const char *mark = d->file ? th_sheet_mark(d->file) : NULL;
	char letters[TH_COLUMN_LETTERS];
	if (!d->file || !*d->file)
		return;
	th_buf_str(buf, ",\"place\":{\"file\":\"");
	json_text(th_sheet_file(d->file), buf);
	th_buf_char(buf, '"');
	if (mark) {
		th_buf_str(buf, ",\"sheet\":\"");
		json_text(th_slice_of(mark + 1), buf);
		th_buf_char(buf, '"');
	}
	if (d->line)
		th_buf_printf(buf, ",\"line\":%zu,\"column\":%zu", d->line, d->column);
	if (mark && d->line && d->column)
		th_buf_printf(buf, ",\"cell\":\"%s%zu\"", th_column_letters(d->column, letters), d->line);
	if (d->where.len) {
		th_buf_str(buf, ",\"at\":\"");
		json_text(d->where, buf);
		th_buf_char(buf, '"');
	}
	th_buf_char(buf, '}');
}

th_status th_diags_jsonl(const th_diags *diags, char **text)
{
	static const char *const names[] = {"caveat", "warning", "error"};
	th_mark mark = th_begin(NULL);
	th_buf buf = {0};
	for (size_t i = 0; i < diags->kept; i++) {
		const struct diag *d = &diags->list[i];
		const th_diag_info info = th_diag_info_of(d->code);
		th_buf_printf(&buf, "{\"severity\":\"%s\",\"code\":\"%c%u\",\"text\":{", names[th_diag_severity(d->code)], info.letter, info.code);
		put_sentence(&buf, "\"zh\":\"", d, TH_LANG_ZH);
		put_sentence(&buf, "\",\"en\":\"", d, TH_LANG_EN);
		th_buf_str(&buf, "\"}");
		put_json_place(&buf, d);
		th_buf_str(&buf, "}\n");
	}
	if (diags->count > diags->kept)
		th_buf_printf(&buf, "{\"omitted\":%zu}\n", diags->count - diags->kept);
	return give(mark, &buf, text);
}

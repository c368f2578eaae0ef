/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/diag.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/list.h"
#include "base/utf8.h"

enum { KEEP = 1000, MAX_ARGS = 9 };

struct diag {
	th_code code;
	uint64_t order;
	size_t line, column;
	const char *file;
	th_slice where;
	th_slice *arg;
	size_t args;
};

/* Bytes that stand for a file. */
struct lent {
	const char *path;
	th_slice bytes;
};

struct th_diags {
	th_arena arena;
	struct diag *list;
	size_t kept, count, errors;
	uint64_t order; /* of the line that is being read */
	th_held *held;
	size_t holds;
	struct lent *lent;
	size_t lents;
};

static const struct { th_diag_info info; th_severity severity; } table[] = {
#define TH_LETTER_ERROR 'E'
#define TH_LETTER_WARNING 'W'
#define TH_LETTER_CAVEAT 'C'
#define D(code, severity, name, en, zh, detail_en, detail_zh) \
	{{code, TH_LETTER_##severity, #name, en, zh, detail_en, detail_zh}, TH_##severity},
#include "base/diag.def"
#undef D
};

enum { TABLE = sizeof table / sizeof *table };

int th_diag_table(size_t index, th_diag_info *info)
{
	if (index >= TABLE)
		return 0;
	*info = table[index].info;
	return 1;
}

static size_t row_of(th_code code)
{
	size_t row = 0;
	while (row < TABLE - 1 && table[row].info.code != (unsigned)code)
		row++;
	return row;
}

const char *th_diag_title(th_code code, th_lang lang)
{
	const th_diag_info *info = &table[row_of(code)].info;
	return lang == TH_LANG_ZH ? info->title_zh : info->title_en;
}

static th_severity severity_of(th_code code)
{
	return table[row_of(code)].severity;
}

static void put_detail(th_buf *buf, th_code code, th_lang lang, const th_slice *args, size_t count)
{
	const th_diag_info *info = &table[row_of(code)].info;
	for (const char *c = lang == TH_LANG_ZH ? info->detail_zh : info->detail_en; *c; c++) {
		if (c[0] == '{' && c[1] >= '1' && c[1] <= '9' && c[2] == '}') {
			size_t which = (size_t)(c[1] - '1');
			if (which < count)
				th_buf_slice(buf, args[which]);
			c += 2;
		} else
			th_buf_char(buf, *c);
	}
}

void th_diag_sentence(th_buf *buf, th_code code, th_lang lang, const th_slice *args, size_t count)
{
	th_buf_str(buf, th_diag_title(code, lang));
	size_t title = buf->len;
	th_buf_str(buf, lang == TH_LANG_ZH ? "：" : ": ");
	size_t detail = buf->len;
	put_detail(buf, code, lang, args, count);
	if (buf->len == detail)
		buf->len = title;
}

th_diags *th_diags_new(void)
{
	th_diags *diags = th_calloc(1, sizeof *diags);
	if (!diags)
		return NULL;
	diags->list = th_calloc(KEEP, sizeof *diags->list);
	if (!diags->list) {
		free(diags);
		return NULL;
	}
	return diags;
}

void th_diags_free(th_diags *diags)
{
	if (!diags)
		return;
	th_arena_free(&diags->arena);
	free(diags->list);
	free(diags->held);
	free(diags);
}

size_t th_diags_errors(const th_diags *diags)
{
	return diags->errors;
}

size_t th_diags_count(const th_diags *diags)
{
	return diags->count;
}

const char *th_diags_keep(th_diags *diags, const char *text)
{
	return text ? th_arena_copy(&diags->arena, th_slice_of(text)).ptr : NULL;
}

bool th_diags_caveat(const th_diags *diags, size_t *at, th_finding *finding)
{
	while (*at < diags->kept) {
		const struct diag *d = &diags->list[(*at)++];
		*finding = (th_finding){.code = d->code, .file = d->file, .line = d->line, .arg = d->arg, .args = d->args};
		if (severity_of(d->code) == TH_CAVEAT)
			return true;
	}
	return false;
}

/* The name of a file, copied once for findings of one file that come behind one another. */
static const char *copy_file(th_diags *diags, const char *file)
{
	const char *last = diags->kept ? diags->list[diags->kept - 1].file : NULL;
	return file && last && strcmp(file, last) == 0 ? last : th_diags_keep(diags, file);
}

bool th_diags_hold(th_diags *diags, const th_held *held, size_t *index)
{
	size_t at = 0;
	while (at < diags->holds && diags->held[at].use != TH_HELD_FREE)
		at++;
	if (at == diags->holds) {
		if (at >= SIZE_MAX / 2 / sizeof *held)
			return false;
		th_held *grown = at & (at - 1) ? diags->held : th_realloc(diags->held, (at ? 2 * at : 1) * sizeof *grown);
		if (!grown)
			return false;
		diags->held = grown;
	}
	th_held kept = *held;
	kept.entry = th_diags_keep(diags, held->entry);
	kept.name = th_diags_keep(diags, held->name);
	if ((held->entry && !kept.entry) || !kept.name)
		return false;
	diags->held[at] = kept;
	diags->holds += at == diags->holds;
	*index = at;
	return true;
}

th_held *th_diags_held(th_diags *diags, size_t index)
{
	return index < diags->holds ? &diags->held[index] : NULL;
}

bool th_diags_lend(th_diags *diags, const char *path, th_slice bytes)
{
	struct lent *grown = th_grown_in(&diags->arena, diags->lent, diags->lents, sizeof *grown);
	if (!grown)
		return false;
	diags->lent = grown;
	diags->lent[diags->lents++] = (struct lent){path, bytes};
	return true;
}

bool th_diags_lent(const th_diags *diags, const char *path, th_slice *bytes)
{
	for (size_t i = diags->lents; i-- > 0;)
		if (strcmp(diags->lent[i].path, path) == 0) {
			*bytes = diags->lent[i].bytes;
			return bytes->ptr != NULL;
		}
	return false;
}

static bool keep(th_diags *diags, struct diag *d, va_list list)
{
	const char *text[MAX_ARGS];
	const char *next;
	size_t n = 0;
	while (n < MAX_ARGS && (next = va_arg(list, const char *)) != NULL)
		text[n++] = next;
	d->arg = th_arena_alloc(&diags->arena, n ? n : 1, sizeof *d->arg);
	if (!d->arg)
		return false;
	for (d->args = 0; d->args < n; d->args++) {
		d->arg[d->args] = th_arena_copy(&diags->arena, th_slice_of(text[d->args]));
		if (!d->arg[d->args].ptr)
			return false;
	}
	const char *file = copy_file(diags, d->file);
	bool named = file || !d->file;
	d->file = file;
	d->where = th_arena_copy(&diags->arena, d->where);
	return named && d->where.ptr;
}

th_status th_report(th_diags *diags, th_code code, th_pos pos, ...)
{
	th_severity severity = severity_of(code);
	diags->count++;
	diags->errors += severity == TH_ERROR;
	if (diags->kept < KEEP) {
		struct diag d = {
			.code = code, .order = diags->order, .file = pos.file, .line = pos.line, .column = pos.column, .where = th_slice_of(pos.where ? pos.where : ""),
		};
		va_list list;
		va_start(list, pos);
		bool kept = keep(diags, &d, list);
		va_end(list);
		if (!kept)
			return TH_SYSTEM;
		diags->list[diags->kept++] = d;
	}
	return severity != TH_ERROR ? TH_OK : code >= 5000 && code < 6000 ? TH_SYSTEM : TH_INVALID;
}

/* A full list gives its last place: of all findings this one must be seen. */
void th_diags_at(th_diags *diags, uint64_t order)
{
	diags->order = order;
}

void th_diags_merge(th_diags *into, th_diags *from)
{
	size_t all = into->kept + from->kept, kept = all < KEEP ? all : KEEP, a = 0, b = 0;
	while (a + b < kept)
		*(b == from->kept || (a < into->kept && into->list[a].order <= from->list[b].order) ? &a : &b) += 1;
	for (size_t n = kept; n-- > 0;) /* from the end, where there is room */
		into->list[n] = b == 0 || (a > 0 && into->list[a - 1].order > from->list[b - 1].order) ? into->list[--a] : from->list[--b];
	into->kept = kept;
	into->count += from->count;
	into->errors += from->errors;
	th_arena_take(&into->arena, &from->arena);
	from->kept = from->count = from->errors = 0;
}

th_status th_no_memory(th_diags *diags)
{
	th_memory_miss(1);
	if (diags->kept > 0 && diags->list[diags->kept - 1].code == TH_NO_MEMORY)
		return TH_SYSTEM;
	diags->kept -= diags->kept == KEEP;
	diags->list[diags->kept++] = (struct diag){.code = TH_NO_MEMORY, .where = {"", 0}};
	diags->count++;
	diags->errors++;
	return TH_SYSTEM;
}

th_mark th_begin(const th_diags *diags)
{
	th_mark mark = {.missed = th_memory_missed()};
	if (diags) {
		mark.kept = diags->kept;
		mark.count = diags->count;
		mark.errors = diags->errors;
	}
	return mark;
}

bool th_ran_out(th_mark mark)
{
	return th_memory_missed() != mark.missed;
}

th_status th_settle(th_mark mark, th_diags *diags, th_status status)
{
	if (!th_ran_out(mark))
		return status;
	if (diags) {
		diags->kept = mark.kept;
		diags->count = mark.count;
		diags->errors = mark.errors;
		(void)th_no_memory(diags);
	}
	return TH_SYSTEM;
}

static const char *severity_word(th_severity severity, th_lang lang)
{
	static const char *const words[2][3] = {{"caveat", "warning", "error"}, {"说明", "警告", "错误"}};
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

static void put_detail_escaped(th_buf *buf, const struct diag *d, th_lang lang, void (*escape)(th_slice, th_buf *))
{
	th_buf detail = {0};
	put_detail(&detail, d->code, lang, d->arg, d->args);
	buf->failed |= detail.failed;
	escape(th_buf_view(&detail), buf);
	th_buf_free(&detail);
}

th_status th_diags_text(const th_diags *diags, th_lang lang, int color, char **text)
{
	static const char *const paint[] = {"\033[36m", "\033[33m", "\033[1;31m"};
	th_mark mark = th_begin(NULL);
	th_buf buf = {0};
	for (size_t i = 0; i < diags->kept; i++) {
		const struct diag *d = &diags->list[i];
		const th_diag_info *info = &table[row_of(d->code)].info;
		if (d->file) {
			th_utf8_escape(th_slice_of(d->file), &buf);
			th_buf_char(&buf, ':');
			if (d->line)
				th_buf_printf(&buf, "%zu:%zu:", d->line, d->column);
			th_buf_char(&buf, ' ');
		}
		th_severity severity = severity_of(d->code);
		th_buf_printf(&buf, "%s%s %c%u%s: %s", color ? paint[severity] : "", severity_word(severity, lang), info->letter, info->code,
		              color ? "\033[0m" : "", lang == TH_LANG_ZH ? info->title_zh : info->title_en);
		if (d->where.len) {
			th_buf_str(&buf, " [");
			th_utf8_escape(d->where, &buf);
			th_buf_char(&buf, ']');
		}
		th_buf_str(&buf, ": ");
		put_detail_escaped(&buf, d, lang, th_utf8_escape);
		th_buf_char(&buf, '\n');
	}
	if (diags->count > diags->kept)
		th_buf_printf(&buf, lang == TH_LANG_ZH ? "另有 %zu 条未列出\n" : "and %zu more, not listed\n", diags->count - diags->kept);
	return give(mark, &buf, text);
}

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

th_status th_diags_jsonl(const th_diags *diags, th_lang lang, char **text)
{
	static const char *const names[] = {"caveat", "warning", "error"};
	th_mark mark = th_begin(NULL);
	th_buf buf = {0};
	for (size_t i = 0; i < diags->kept; i++) {
		const struct diag *d = &diags->list[i];
		const th_diag_info *info = &table[row_of(d->code)].info;
		th_buf_str(&buf, "{\"file\":\"");
		json_text(th_slice_of(d->file ? d->file : ""), &buf);
		th_buf_printf(&buf, "\",\"line\":%zu,\"column\":%zu,\"severity\":\"%s\",\"code\":\"%c%u\",\"name\":\"%s\",\"where\":\"", d->line,
		              d->column, names[severity_of(d->code)], info->letter, info->code, info->name);
		json_text(d->where, &buf);
		th_buf_str(&buf, "\",\"title\":\"");
		json_escape(th_slice_of(lang == TH_LANG_ZH ? info->title_zh : info->title_en), &buf);
		th_buf_str(&buf, "\",\"detail\":\"");
		put_detail_escaped(&buf, d, lang, json_text);
		th_buf_str(&buf, "\"}\n");
	}
	if (diags->count > diags->kept)
		th_buf_printf(&buf, "{\"omitted\":%zu}\n", diags->count - diags->kept);
	return give(mark, &buf, text);
}

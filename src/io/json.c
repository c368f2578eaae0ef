/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/json.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/print.h"
#include "base/utf8.h"
#include "io/marks.h"

enum { MAX_DEPTH = 64, MAX_NUMERAL = 60, MAX_ERRORS = 100 };

/* cJSON takes more than JSON (leading zeros, control characters, any bytes, text behind the value) and keeps neither places nor the text of
 * numbers. So the text is checked against RFC 8259 first, noting where names and numbers stand; cJSON then makes the tree, and
 * these notes are met again in the same order while it is copied. */
struct reader {
	const char *name;
	th_diags *diags;
	th_slice text;
	size_t at;
	th_buf marks; /* th_slice of every name (with its quotes) and every number, in the order of the text */
	size_t mark;  /* next of them to be met */
	th_arena *arena;
	bool exact;   /* a number of more digits than a th_decimal has is an error */
	th_intern names; /* of all objects, each with the number of its object in front */
	th_buf scratch;
	uint64_t objects;
	size_t errors;
};

static th_status no_memory(const struct reader *r)
{
	return th_no_memory(r->diags);
}

static th_pos place_of(const struct reader *r, size_t offset, const char *where)
{
	th_pos pos = {.file = r->name, .where = where};
	th_text_place(r->text, 1, offset, &pos.line, &pos.column);
	return pos;
}

static th_status fail(const struct reader *r, th_code code, size_t offset, size_t len)
{
	char found[80];
	if (len == 1 && (unsigned char)r->text.ptr[offset] < 0x20)
		snprintf(found, sizeof found, "U+%04X", (unsigned)(unsigned char)r->text.ptr[offset]);
	else
		snprintf(found, sizeof found, "%.*s", (int)(len < 64 ? len : 64), r->text.ptr + offset);
	return th_report(r->diags, code, place_of(r, offset, NULL), found, NULL);
}

static th_status fail_character(const struct reader *r, th_code code, size_t offset)
{
	size_t size;
	th_utf8_next((th_slice){r->text.ptr + offset, r->text.len - offset}, &size);
	return fail(r, code, offset, size);
}

static th_status fail_end(const struct reader *r, size_t offset)
{
	return th_report(r->diags, TH_JSON_END, place_of(r, offset, NULL), NULL);
}

/* ---- the check ---- */

static bool among(const struct reader *r, size_t at, const char *set)
{
	return at < r->text.len && r->text.ptr[at] != '\0' && strchr(set, r->text.ptr[at]) != NULL;
}

static void skip_blanks(struct reader *r)
{
	while (among(r, r->at, " \t\n\r"))
		r->at++;
}

static size_t digits(struct reader *r)
{
	size_t start = r->at;
	while (among(r, r->at, "0123456789"))
		r->at++;
	return r->at - start;
}

static void mark(struct reader *r, size_t start)
{
	th_slice text = {r->text.ptr + start, r->at - start};
	th_buf_add(&r->marks, &text, sizeof text);
}

static th_status check_number(struct reader *r)
{
	size_t start = r->at;
	r->at += r->text.ptr[r->at] == '-';
	bool zero = among(r, r->at, "0");
	size_t whole = digits(r);
	bool good = whole > 0 && !(zero && whole > 1);
	if (among(r, r->at, ".")) {
		r->at++;
		good &= digits(r) > 0;
	}
	if (among(r, r->at, "eE")) {
		r->at++;
		r->at += among(r, r->at, "+-");
		good &= digits(r) > 0;
	}
	if (!good)
		return fail(r, TH_JSON_NUMERAL, start, r->at - start);
	/* cJSON gives strtod no more than 63 characters. */
	if (r->at - start > MAX_NUMERAL)
		return fail(r, TH_JSON_RANGE, start, r->at - start);
	mark(r, start);
	return TH_OK;
}

/* The four hexadecimal digits at `at`, or -1. */
static int32_t hex4(const struct reader *r, size_t at)
{
	int32_t value = 0;
	for (size_t i = 0; i < 4; i++) {
		static const char hex[] = "0123456789abcdef0123456789ABCDEF";
		if (!among(r, at + i, hex))
			return -1;
		value = value * 16 + (int32_t)((strchr(hex, r->text.ptr[at + i]) - hex) % 16);
	}
	return value;
}

static th_status check_escape(struct reader *r)
{
	size_t start = r->at;
	if (start + 1 == r->text.len)
		return fail_end(r, start);
	if (among(r, start + 1, "\"\\/bfnrt")) {
		r->at += 2;
		return TH_OK;
	}
	int32_t code = r->text.ptr[start + 1] == 'u' ? hex4(r, start + 2) : -1;
	if (code < 0)
		return fail(r, TH_JSON_ESCAPE, start, 1);
	r->at += 6;
	if (code != 0 && (code < 0xD800 || code > 0xDFFF))
		return TH_OK;
	int32_t low = code >= 0xD800 && code < 0xDC00 && among(r, r->at, "\\") && among(r, r->at + 1, "u") ? hex4(r, r->at + 2) : -1;
	if (low < 0xDC00 || low > 0xDFFF)
		return fail(r, TH_JSON_SURROGATE, start, 6);
	r->at += 6;
	return TH_OK;
}

static th_status check_string(struct reader *r)
{
	size_t start = r->at++;
	while (r->at < r->text.len) {
		unsigned char c = (unsigned char)r->text.ptr[r->at];
		if (c == '"') {
			r->at++;
			return TH_OK;
		}
		if (c < 0x20)
			return fail_character(r, TH_JSON_CONTROL, r->at);
		if (c != '\\') {
			r->at++;
			continue;
		}
		th_status status = check_escape(r);
		if (status != TH_OK)
			return status;
	}
	return fail_end(r, start);
}

/* A name and its colon. */
/* *name is what stands between the quotes. */
static th_status check_name(struct reader *r, th_slice *name)
{
	size_t start = r->at;
	if (r->text.ptr[start] != '"')
		return fail_character(r, TH_JSON_SYNTAX, start);
	th_status status = check_string(r);
	if (status != TH_OK)
		return status;
	mark(r, start);
	*name = (th_slice){r->text.ptr + start + 1, r->at - start - 2};
	skip_blanks(r);
	if (r->at == r->text.len)
		return fail_end(r, r->at);
	return r->text.ptr[r->at++] == ':' ? TH_OK : fail_character(r, TH_JSON_SYNTAX, r->at - 1);
}

/* A string, number or literal. */
static th_status check_scalar(struct reader *r)
{
	static const char *const literals[] = {"true", "false", "null"};
	if (r->text.ptr[r->at] == '"')
		return check_string(r);
	if (among(r, r->at, "-0123456789"))
		return check_number(r);
	for (size_t i = 0; i < 3; i++) {
		size_t len = strlen(literals[i]);
		if (r->text.len - r->at >= len && memcmp(r->text.ptr + r->at, literals[i], len) == 0) {
			r->at += len;
			return TH_OK;
		}
	}
	return fail_character(r, TH_JSON_SYNTAX, r->at);
}

/* Where the scan stands: in every open object the name last read, in every open array the number of the element. */
struct level {
	char closing;
	th_slice name;
	size_t index;
};

static th_status fail_depth(struct reader *r, const struct level *level)
{
	th_buf pointer = {0};
	for (size_t i = 0; i < MAX_DEPTH; i++) {
		th_buf_char(&pointer, '/');
		if (level[i].closing == ']')
			th_buf_printf(&pointer, "%zu", level[i].index);
		else
			th_json_token(level[i].name, &pointer);
	}
	th_buf_char(&pointer, '\0');
	th_status status = pointer.failed ? no_memory(r) : th_report(r->diags, TH_JSON_DEPTH, place_of(r, r->at, pointer.ptr), "64", NULL);
	th_buf_free(&pointer);
	return status;
}

static th_status check(struct reader *r)
{
	enum { VALUE, FIRST_VALUE, NAME, FIRST_NAME, NEXT } expect = VALUE;
	struct level level[MAX_DEPTH];
	size_t depth = 0;
	for (;;) {
		skip_blanks(r);
		if (r->at == r->text.len)
			return depth == 0 && expect == NEXT ? TH_OK : fail_end(r, r->at);
		char c = r->text.ptr[r->at];
		th_status status = TH_OK;
		if (expect == NEXT && depth == 0)
			return fail_character(r, TH_JSON_TRAILING, r->at);
		if (expect != VALUE && expect != NAME && c == level[depth - 1].closing) {
			r->at++;
			depth--;
			expect = NEXT;
		} else if (expect == NEXT) {
			expect = level[depth - 1].closing == '}' ? NAME : VALUE;
			level[depth - 1].index++;
			if (c != ',')
				return fail_character(r, TH_JSON_SYNTAX, r->at);
			r->at++;
		} else if (expect == NAME || expect == FIRST_NAME) {
			status = check_name(r, &level[depth - 1].name);
			expect = VALUE;
		} else if (c == '{' || c == '[') {
			if (depth == MAX_DEPTH)
				return fail_depth(r, level);
			level[depth++] = (struct level){.closing = c == '{' ? '}' : ']'};
			expect = c == '{' ? FIRST_NAME : FIRST_VALUE;
			r->at++;
		} else {
			status = check_scalar(r);
			expect = NEXT;
		}
		if (status != TH_OK)
			return status;
	}
}

/* ---- the tree ---- */

static th_slice next_mark(struct reader *r)
{
	th_slice text;
	memcpy(&text, r->marks.ptr + r->mark, sizeof text);
	r->mark += sizeof text;
	return text;
}

/* Report a value, by place and pointer; no more than MAX_ERRORS, because each has to be looked for from the start. */
static th_status fail_value(struct reader *r, th_code code, const th_json *value, th_slice where)
{
	if (r->errors++ >= MAX_ERRORS)
		return TH_INVALID;
	th_buf pointer = {0}, found = {0};
	th_json_pointer(value, &pointer);
	th_buf_char(&pointer, '\0');
	th_buf_slice(&found, where);
	th_buf_char(&found, '\0');
	th_status status = pointer.failed || found.failed
	                           ? no_memory(r)
	                           : th_report(r->diags, code, place_of(r, (size_t)(where.ptr - r->text.ptr), pointer.ptr), found.ptr, NULL);
	th_buf_free(&pointer);
	th_buf_free(&found);
	return status;
}

static th_status take_number(struct reader *r, th_json *value)
{
	th_slice text = next_mark(r);
	unsigned notes;
	value->text = th_arena_copy(r->arena, text);
	if (!value->text.ptr)
		return no_memory(r);
	th_number kind = th_number_parse(text, &value->number, &notes);
	value->rounded = kind == TH_NUM_DIGITS;
	return kind == TH_NUM_OK || (value->rounded && !r->exact) ? TH_OK : fail_value(r, TH_JSON_RANGE, value, text);
}

/* Set the member's name, which must be new in object number `object`. */
static th_status take_name(struct reader *r, th_json *value, const char *name, uint64_t object)
{
	th_slice where = next_mark(r);
	value->key = th_arena_copy(r->arena, th_slice_of(name));
	th_buf_clear(&r->scratch);
	th_buf_add(&r->scratch, &object, sizeof object);
	th_buf_slice(&r->scratch, value->key);
	uint32_t before = r->names.count;
	if (!value->key.ptr || r->scratch.failed || th_intern_add(&r->names, th_buf_view(&r->scratch)) == TH_NONE)
		return no_memory(r);
	return r->names.count > before ? TH_OK : fail_value(r, TH_JSON_DUPLICATE, value, where);
}

static th_json_kind kind_of(const cJSON *from)
{
	switch (from->type & 0xFF) {
	case cJSON_False: return TH_JSON_FALSE;
	case cJSON_True: return TH_JSON_TRUE;
	case cJSON_Number: return TH_JSON_NUMBER;
	case cJSON_String: return TH_JSON_STRING;
	case cJSON_Array: return TH_JSON_ARRAY;
	case cJSON_Object: return TH_JSON_OBJECT;
	default: return TH_JSON_NULL;
	}
}

static th_status worse(th_status a, th_status b)
{
	return a > b ? a : b;
}

/* Copy a value and what hangs below it, at most MAX_DEPTH levels. Goes on after a duplicate name or a number out of range. */
static th_status copy(struct reader *r, const cJSON *from, th_json *to)
{
	to->kind = kind_of(from);
	if (to->kind == TH_JSON_NUMBER)
		return take_number(r, to);
	if (to->kind == TH_JSON_STRING) {
		to->text = th_arena_copy(r->arena, th_slice_of(from->valuestring));
		return to->text.ptr ? TH_OK : no_memory(r);
	}
	uint64_t object = r->objects++;
	th_status status = TH_OK;
	size_t index = 0;
	th_json **link = &to->child;
	for (const cJSON *item = from->child; item && status != TH_SYSTEM; item = item->next) {
		th_json *member = th_arena_alloc(r->arena, 1, sizeof *member);
		if (!member)
			return no_memory(r);
		*link = member;
		link = &member->next;
		member->parent = to;
		member->index = index++;
		if (to->kind == TH_JSON_OBJECT)
			status = worse(status, take_name(r, member, item->string, object));
		if (status != TH_SYSTEM)
			status = worse(status, copy(r, item, member));
	}
	return status;
}

static th_status build(struct reader *r, const th_json **out)
{
	th_buf text = {0};
	th_buf_slice(&text, r->text);
	th_buf_char(&text, '\0');
	const char *end = NULL;
	th_c_locale locale; /* else cJSON reads numbers as the process writes them */
	cJSON *tree = NULL;
	if (!text.failed && !r->marks.failed && th_c_locale_enter(&locale)) {
		tree = cJSON_ParseWithLengthOpts(text.ptr, text.len, &end, 1);
		th_c_locale_leave(&locale);
	}
	th_json *root = tree ? th_arena_alloc(r->arena, 1, sizeof *root) : NULL;
	/* The text is JSON, as was checked: only a lack of memory makes cJSON give nothing. */
	th_status status = root ? copy(r, tree, root) : no_memory(r);
	cJSON_Delete(tree);
	th_buf_free(&text);
	if (status == TH_OK)
		*out = root;
	return status;
}

static th_status parse_text(const char *name, th_slice text, bool exact, th_diags *diags, th_arena *arena, const th_json **out)
{
	*out = NULL;
	struct reader r = {.name = name, .diags = diags, .text = text, .arena = arena, .exact = exact};
	size_t valid = th_utf8_valid(text);
	if (valid < text.len) {
		char hex[3];
		snprintf(hex, sizeof hex, "%02X", (unsigned)(unsigned char)text.ptr[valid]);
		return th_report(diags, TH_JSON_UTF8, place_of(&r, valid, NULL), hex, NULL);
	}
	th_status status = check(&r);
	if (status == TH_OK)
		status = build(&r, out);
	th_buf_free(&r.marks);
	th_buf_free(&r.scratch);
	th_intern_free(&r.names);
	return status;
}

th_status th_json_parse(const char *name, th_slice text, th_diags *diags, th_arena *arena, const th_json **out)
{
	return parse_text(name, text, false, diags, arena, out);
}

static th_status too_large(const char *path, th_diags *diags)
{
	char limit[24];
	snprintf(limit, sizeof limit, "%" PRIu64, TH_MAX_JSON);
	return th_report(diags, TH_JSON_LARGE, (th_pos){path, 1, 1, NULL}, limit, NULL);
}

/* All of a source, as long as it may be the text of a JSON file. */
static th_status read_text(th_source *source, th_diags *diags, th_buf *text)
{
	th_status status;
	th_slice piece;
	do {
		status = th_source_read(source, &piece);
		th_buf_slice(text, piece);
	} while (status == TH_OK && piece.len > 0 && !text->failed && text->len <= TH_MAX_JSON);
	if (status != TH_OK)
		return status;
	return text->failed ? th_no_memory(diags) : text->len > TH_MAX_JSON ? too_large(th_source_path(source), diags) : TH_OK;
}

static th_status load(const char *path, bool exact, th_diags *diags, th_arena *arena, char sha256[65], const th_json **out)
{
	*out = NULL;
	th_source *source;
	th_status status = th_source_open(path, TH_ENC_UTF8, diags, &source);
	if (status != TH_OK)
		return status;
	th_buf text = {0};
	status = read_text(source, diags, &text);
	if (status == TH_OK)
		status = parse_text(path, th_buf_view(&text), exact, diags, arena, out);
	if (status == TH_OK && sha256)
		memcpy(sha256, th_source_sha256(source), 65);
	th_buf_free(&text);
	th_source_close(source);
	return status;
}

th_status th_json_load(const char *path, th_diags *diags, th_arena *arena, char sha256[65], const th_json **out)
{
	return load(path, true, diags, arena, sha256, out);
}

th_status th_json_read(const char *path, th_diags *diags, th_arena *arena, char sha256[65], const th_json **out)
{
	return load(path, false, diags, arena, sha256, out);
}

void th_json_library(th_buf *out)
{
	th_buf_printf(out, "cJSON %s", cJSON_Version());
}

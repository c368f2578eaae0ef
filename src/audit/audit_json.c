/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/audit_json.h"

void th_put_recorded(th_writer *w, const th_recorded *r)
{
	const th_json *tool = th_json_get(r->root, "tool");
	th_put_open(w, "report", '{');
	th_put_file_name(w, r->path);
	th_put_text(w, "sha256", th_slice_of(r->sha256));
	th_put_text(w, "schema", th_json_string(r->root, "schema"));
	th_put_text_if(w, "version", th_json_string(tool, "version"));
	th_put_close(w, '}');
}

void th_put_said(th_writer *w, const char *key, const char *code, th_label label, const th_page_fill *fill, size_t count)
{
	th_page page[2] = {{.lang = TH_LANG_ZH}, {.lang = TH_LANG_EN}};
	for (size_t i = 0; i < 2; i++)
		th_page_fill_in(&page[i], label, fill, count);
	th_put_open(w, key, '{');
	th_put_text(w, "code", th_slice_of(code));
	th_put_both(w, "text", th_buf_view(&page[0].doc.text), th_buf_view(&page[1].doc.text));
	th_put_close(w, '}');
	for (size_t i = 0; i < 2; i++) {
		w->buf->failed |= page[i].doc.failed || page[i].doc.text.failed;
		th_doc_free(&page[i].doc);
	}
}

/* What is neither list nor object, as JSON. */
static void put_bare(th_buf *out, const th_json *value)
{
	static const char *const words[] = {[TH_JSON_NULL] = "null", [TH_JSON_FALSE] = "false", [TH_JSON_TRUE] = "true"};
	if (value->kind == TH_JSON_STRING)
		th_put_json_string(out, value->text);
	else if (value->kind == TH_JSON_NUMBER)
		th_put_number(out, value->text, value->number);
	else
		th_buf_str(out, words[value->kind]);
}

static bool is_bare(const th_json *value)
{
	return value->kind != TH_JSON_ARRAY && value->kind != TH_JSON_OBJECT;
}

void th_put_kept_value(th_writer *w, const char *key, const th_json *value)
{
	static const char *const kinds[] = {[TH_JSON_NULL] = "null", [TH_JSON_FALSE] = "boolean", [TH_JSON_TRUE] = "boolean", [TH_JSON_NUMBER] = "number",
	                                    [TH_JSON_STRING] = "string", [TH_JSON_ARRAY] = "array", [TH_JSON_OBJECT] = "object"};
	if (!value)
		return;
	th_put_open(w, key, '{');
	th_put_text(w, "kind", th_slice_of(kinds[value->kind]));
	if (is_bare(value) && value->kind != TH_JSON_NULL) {
		th_put_key(w, TH_S("value"));
		put_bare(w->buf, value);
	}
	th_put_close(w, '}');
}

static void put_element(th_writer *w, const th_json *value);

/* At most as deep as JSON is read. */
static void put_members(th_writer *w, const th_json *value)
{
	for (const th_json *at = value->child; at; at = at->next)
		put_element(w, at);
	th_put_close(w, value->kind == TH_JSON_ARRAY ? ']' : '}');
}

/* A member by its key, which may be anything, or an element. */
static void put_element(th_writer *w, const th_json *value)
{
	bool named = value->parent->kind == TH_JSON_OBJECT;
	th_buf bare = {0};
	if (!is_bare(value)) {
		char bracket = value->kind == TH_JSON_ARRAY ? '[' : '{';
		if (named)
			th_put_key_open(w, value->key, bracket);
		else
			th_put_open(w, NULL, bracket);
		put_members(w, value);
	} else if (named) {
		th_put_key(w, value->key);
		put_bare(w->buf, value);
	} else {
		put_bare(&bare, value);
		th_put_made(w, th_buf_view(&bare));
		w->buf->failed |= bare.failed;
		th_buf_free(&bare);
	}
}

void th_put_copy(th_writer *w, const char *key, const th_json *value)
{
	if (is_bare(value)) {
		th_put_key(w, th_slice_of(key));
		put_bare(w->buf, value);
	} else {
		th_put_open(w, key, value->kind == TH_JSON_ARRAY ? '[' : '{');
		put_members(w, value);
	}
}

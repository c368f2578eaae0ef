/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By which command a dossier was made: from the options that a report in JSON has, so that either can be made again. */
#include "report/dossier.h"

#include "io/json.h"
#include "report/plan_report.h"

/* Members that are not called as their option is; the others are, with - for _. NULL: no option, or one with the member before. */
static const char *const renamed[][2] = {
	{"rules_file", "rules"}, {"readings", "reading"}, {"scenarios", "scenario"}, {"from", "between"}, {"to", NULL}, {"user_params", NULL},
};

static void put_option(th_buf *out, th_slice member)
{
	const char *name = member.ptr;
	for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
		if (th_slice_eq(member, th_slice_of(renamed[i][0])))
			name = renamed[i][1];
	th_buf_str(out, " --");
	for (; *name; name++)
		th_buf_char(out, *name == '_' ? '-' : *name);
}

static bool is_option(th_slice member)
{
	for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
		if (th_slice_eq(member, th_slice_of(renamed[i][0])))
			return renamed[i][1] != NULL;
	return true;
}

static bool is_plain(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80 || (c && strchr("._/=,:+%@-", c));
}

/* As a shell wants it. */
static void put_word(th_buf *out, th_slice word)
{
	bool plain = word.len > 0;
	for (size_t i = 0; i < word.len; i++)
		plain &= is_plain(word.ptr[i]);
	if (plain) {
		th_buf_slice(out, word);
		return;
	}
	th_buf_char(out, '\'');
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] == '\'')
			th_buf_str(out, "'\\''");
		else
			th_buf_char(out, word.ptr[i]);
	th_buf_char(out, '\'');
}

static void put_value(th_buf *out, const th_json *member, const th_json *value, const th_slice own[2])
{
	th_slice text = value->kind == TH_JSON_OBJECT ? th_json_string(value, "file") : value->text;
	if (value->kind == TH_JSON_OBJECT && (th_slice_eq(text, own[0]) || th_slice_eq(text, own[1]))) /* the case has it itself */
		return;
	put_option(out, member->key);
	if (value->kind == TH_JSON_TRUE)
		return;
	th_buf_char(out, ' ');
	put_word(out, text);
	if (th_slice_eq(member->key, TH_S("from")) && member->next) {
		th_buf_char(out, ',');
		th_buf_slice(out, member->next->text);
	}
}

static void put_options(th_buf *out, const th_json *options, const th_slice own[2])
{
	for (const th_json *member = options ? options->child : NULL; member; member = member->next) {
		if (!is_option(member->key))
			continue;
		if (member->kind != TH_JSON_ARRAY)
			put_value(out, member, member, own);
		for (const th_json *value = member->kind == TH_JSON_ARRAY ? member->child : NULL; value; value = value->next)
			put_value(out, member, value, own);
	}
}

/* What the case's own file of that kind is called in what the writer has written. */
static th_slice own_name(th_writer *w, const th_assessment *a, th_case_part part)
{
	const char *path = a->contents.path[part];
	return path ? th_name_of(&w->names, path) : TH_S("");
}

void th_put_dossier_command(th_page *p, const th_dossier *d)
{
	th_buf made = {0}, name = {0};
	th_arena arena = {0};
	const th_json *root = NULL;
	th_writer w = th_writer_begin(&made, "options");
	th_put_plan_options(&w, d->plan);
	th_put_close(&w, '}');
	const th_slice own[2] = {own_name(&w, d->a, TH_CASE_FACTORS), own_name(&w, d->a, TH_CASE_UNITS)};
	p->doc.failed |= made.failed || w.names.failed || th_json_parse("options", th_buf_view(&made), d->diags, &arena, &root) != TH_OK;
	th_buf_str(&p->doc.text, "tanhe report ");
	th_put_case_name(d->a->folder, &name);
	put_word(&p->doc.text, th_buf_view(&name));
	put_options(&p->doc.text, th_json_get(root, "options"), own);
	th_page_field(p, W_D_COMMAND, TH_S(""));
	th_page_paragraph(p, W_D_COMMAND_NOTE);
	p->doc.failed |= name.failed;
	th_buf_free(&name);
	th_buf_free(&made);
	th_file_names_free(&w.names);
	th_arena_free(&arena);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/param.h"

#include "base/filename.h"
#include "case/folder.h"
#include "io/os.h"

enum { PARAM, VALUE, UNIT, SOURCE, NOTE, COLUMNS };
static const th_column columns[COLUMNS] = {
	{"param", true}, {"value", true}, {"unit", true}, {"source", true}, {"note", false},
};

static const th_text_cell texts[] = {
	{PARAM, offsetof(th_param_row, param)}, {VALUE, offsetof(th_param_row, value)},
	{SOURCE, offsetof(th_param_row, source)},
};

bool th_params_of_user(const char *folder, th_slice pack, th_arena *arena, const char **path)
{
	th_buf name = {0};
	*path = NULL;
	if (!folder || !th_plain_name(pack))
		return true;
	th_buf_slice(&name, pack);
	th_buf_str(&name, ".csv");
	th_buf_char(&name, '\0');
	*path = name.failed ? NULL : th_path_join(arena, folder, name.ptr);
	th_buf_free(&name);
	return *path != NULL;
}

bool th_says(th_slice text, const char *word)
{
	for (size_t at = 0; at < text.len; at++) {
		size_t i = 0;
		while (word[i] && at + i < text.len && (text.ptr[at + i] == word[i] || (text.ptr[at + i] | 0x20) == word[i]))
			i++;
		if (!word[i])
			return true;
	}
	return false;
}

bool th_says_illustrative(th_slice text)
{
	return th_says(text, "illustrative") || th_says(text, "示例");
}

/* The unit of a value: its own cell's, else the header's. */
static bool read_unit(th_loader *l, const th_units *units, th_arena *arena, th_param_row *row)
{
	th_slice cell = th_loader_cell(l, UNIT), header = th_loader_header_unit(l, VALUE), at;
	th_unit unit;
	if (cell.len == 0 && th_unit_parse(units, header, &unit, &at) != TH_UNIT_OK)
		header.len = 0;
	return th_loader_agrees(l, units, VALUE, cell, header) && th_loader_copy(l, arena, cell.len ? cell : header, &row->unit);
}

static void add_row(th_loader *l, const th_units *units, th_arena *arena, th_once *once, th_params *out)
{
	th_param_row row = {.line = l->record.line, .param_column = th_loader_at(l, PARAM).column, .value_column = th_loader_at(l, VALUE).column,
	                    .unit_column = th_loader_at(l, UNIT).column};
	th_decimal number;
	unsigned notes;
	out->rows++;
	bool named = th_loader_filled(l, PARAM);
	th_number kind = th_number_parse(th_loader_cell(l, VALUE), &number, &notes);
	(void)th_loader_taken(l, VALUE, kind);
	if (kind == TH_NUM_EMPTY || kind == TH_NUM_MISSING || !named || th_loader_comma(l, VALUE))
		return;
	bool sourced = !th_says_nothing(th_loader_cell(l, SOURCE));
	if (!sourced)
		TH_FAIL(l, SOURCE, TH_PARAM_SOURCE, th_loader_text(l, th_loader_cell(l, PARAM)), NULL);
	if (!th_loader_once(l, PARAM, TH_PARAM_TWICE, arena, once) || !th_loader_texts(l, arena, texts, sizeof texts / sizeof *texts, &row) ||
	    !read_unit(l, units, arena, &row) || !sourced)
		return;
	row.illustrative = out->illustrative || th_says_illustrative(row.source);
	out->row = th_loader_append(l, arena, out->row, &out->count, &row, sizeof row);
}

th_status th_params_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_params *out)
{
	th_loader l;
	th_once once = {0};
	th_slice folder, name;
	th_os_split(path, &folder, &name);
	*out = (th_params){.path = path, .illustrative = th_says_illustrative(name)};
	if (th_case_open(&l, reference, TH_CASE_PARAMS, path, columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_row(&l, reference->units, arena, &once, out);
		th_loader_tell(&l, &out->encoding, out->sha256);
	}
	th_intern_free(&once.key);
	return th_loader_close(&l);
}

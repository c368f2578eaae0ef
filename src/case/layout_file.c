/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FILE.layout.csv: what a user says of a table, in the words of what was recognised. A key that is not there is as recognised. */

#include "case/layout_parts.h"

#include "base/list.h"
#include "reference/loader.h"

enum { KEY, VALUE, COLUMNS };
static const th_column columns[COLUMNS] = {{"key", true}, {"value", true}};

static bool whole(th_slice text, size_t *out)
{
	*out = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9' || *out > 100000000)
			return false;
		*out = 10 * *out + (size_t)(text.ptr[i] - '0');
	}
	return text.len > 0 && *out > 0;
}

/* 4, 4-5 */
static bool lines(th_slice text, size_t *first, size_t *last)
{
	const char *dash = text.len ? memchr(text.ptr, '-', text.len) : NULL;
	if (!dash)
		return whole(text, first) && whole(text, last);
	th_slice a = {text.ptr, (size_t)(dash - text.ptr)}, b = {dash + 1, text.len - a.len - 1};
	return whole(th_slice_trim(a), first) && whole(th_slice_trim(b), last) && *first <= *last;
}

static bool add_skips(th_loader *l, th_layout *layout, th_slice value)
{
	enum { MOST_SKIPPED = 100000 };
	th_layout_rules *rules = layout->rules;
	th_slice piece;
	while (th_slice_split(&value, ';', &piece)) {
		size_t first, last;
		if (!lines(piece, &first, &last) || last - first > MOST_SKIPPED)
			return false;
		for (size_t line = first; line <= last; line++) {
			size_t *grown = th_grown_in(&layout->arena, rules->skip, rules->skips, sizeof *grown);
			if (!grown)
				return th_loader_no_memory(l);
			rules->skip = grown;
			grown[rules->skips++] = line;
		}
	}
	return true;
}

static bool begins(th_slice text, const char *with, th_slice *rest)
{
	size_t len = strlen(with);
	if (!th_begins(text, with) || text.len == len)
		return false;
	*rest = (th_slice){text.ptr + len, text.len - len};
	return true;
}

static bool add_set(th_loader *l, th_layout *layout, th_slice name, th_slice value)
{
	for (size_t f = 0; f < layout->fields; f++)
		if (th_slice_eq(name, th_slice_of(layout->field[f].name))) {
			layout->rules->set[f].given = true;
			return th_loader_copy(l, &layout->arena, value, &layout->rules->set[f].text);
		}
	return false;
}

static bool take(th_loader *l, th_layout *layout, th_slice key, th_slice value)
{
	th_layout_rules *rules = layout->rules;
	th_slice rest;
	size_t number;
	if (th_slice_eq(key, TH_S("header")))
		return lines(value, &rules->head_first, &rules->head_last);
	if (th_slice_eq(key, TH_S("data")))
		return lines(value, &rules->data_first, &rules->data_last);
	if (th_slice_eq(key, TH_S("skip")))
		return add_skips(l, layout, value);
	if (th_slice_eq(key, TH_S("year"))) {
		bool ok = whole(value, &number) && number >= TH_FIRST_YEAR && number <= TH_LAST_YEAR;
		rules->year = ok ? (int)number : 0;
		return ok;
	}
	if (th_slice_eq(key, TH_S("fill"))) {
		rules->no_fill = th_slice_eq(value, TH_S("no")) || th_slice_eq(value, TH_S("否"));
		return rules->no_fill || th_slice_eq(value, TH_S("yes")) || th_slice_eq(value, TH_S("是"));
	}
	if (th_slice_eq(key, TH_S("sheet")) || th_slice_eq(key, TH_S("table")))
		return true;
	if (begins(key, "set.", &rest))
		return add_set(l, layout, rest, value);
	if (!begins(key, "column.", &rest))
		return false;
	th_forced_column column = {.line = l->record.line};
	if (!th_loader_copy(l, &layout->arena, rest, &column.name) || !th_loader_copy(l, &layout->arena, value, &column.what))
		return true;
	rules->column = th_loader_append(l, &layout->arena, rules->column, &rules->columns, &column, sizeof column);
	return true;
}

th_status th_layout_rules_read(th_layout *layout, const char *path)
{
	th_loader l;
	layout->rules = th_arena_alloc(&layout->arena, 1, sizeof *layout->rules);
	th_slice name = th_arena_copy(&layout->arena, th_slice_of(path));
	if (!layout->rules || !name.ptr)
		return th_no_memory(layout->diags);
	layout->file = name.ptr;
	if (th_loader_open(&l, name.ptr, TH_ENC_AUTO, NULL, "layout", columns, COLUMNS, layout->diags)) {
		while (th_loader_next(&l)) {
			th_slice key = th_loader_cell(&l, KEY), value = th_loader_cell(&l, VALUE);
			if (!take(&l, layout, key, value))
				TH_FAIL(&l, VALUE, TH_LAYOUT_FILE, th_loader_text(&l, key), th_loader_text(&l, value), NULL);
		}
		const char *encoding;
		th_loader_tell(&l, &encoding, layout->file_sha256);
	}
	return th_loader_close(&l);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FILE.layout.csv: what a user says of a table, in the words of what was recognised. A key that is not there is as recognised. What `tanhe layout`
 * prints is one as a whole: from a line that begins with # on it is the long table, which nobody reads. */

#include "case/layout_parts.h"

#include "base/list.h"

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

static bool add_skips(th_layout *layout, th_slice value)
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
				return th_lay_worse(layout, th_no_memory(layout->diags));
			rules->skip = grown;
			grown[rules->skips++] = line;
		}
	}
	return true;
}

static bool begins(th_slice text, const char *with, th_slice *rest)
{
	size_t len = strlen(with);
	if (!th_slice_starts(text, th_slice_of(with)) || text.len == len)
		return false;
	*rest = (th_slice){text.ptr + len, text.len - len};
	return true;
}

/* The texts of the file go with its grid; these stay. */
static th_slice kept(th_layout *layout, th_slice text)
{
	th_slice copy = th_arena_copy(&layout->arena, text);
	if (copy.ptr)
		return copy;
	th_lay_worse(layout, th_no_memory(layout->diags));
	return (th_slice){"", 0};
}

static bool add_set(th_layout *layout, th_slice name, th_slice value)
{
	for (size_t f = 0; f < layout->fields; f++)
		if (th_slice_eq(name, th_slice_of(layout->field[f].name))) {
			layout->rules->set[f] = (th_known_cell){.text = kept(layout, value), .given = true};
			return true;
		}
	return false;
}

static bool take(th_layout *layout, th_slice key, th_slice value)
{
	th_layout_rules *rules = layout->rules;
	th_slice rest;
	size_t number;
	if (th_slice_eq(key, TH_S("header")))
		return lines(value, &rules->head_first, &rules->head_last);
	if (th_slice_eq(key, TH_S("data")))
		return lines(value, &rules->data_first, &rules->data_last);
	if (th_slice_eq(key, TH_S("skip")))
		return add_skips(layout, value);
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
		return add_set(layout, rest, value);
	if (!begins(key, "column.", &rest))
		return false;
	th_forced_column *grown = th_grown_in(&layout->arena, rules->column, rules->columns, sizeof *grown);
	if (!grown)
		return th_lay_worse(layout, th_no_memory(layout->diags));
	rules->column = grown;
	grown[rules->columns++] = (th_forced_column){.name = kept(layout, rest), .what = kept(layout, value)};
	return true;
}

static bool is_key(th_slice key)
{
	static const char *const keys[] = {"key", "header", "data", "skip", "year", "fill", "sheet", "table"};
	th_slice rest;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (th_slice_eq(key, th_slice_of(keys[i])))
			return true;
	return begins(key, "set.", &rest) || begins(key, "column.", &rest);
}

/* A table that was given for a layout has none of its keys: that is one fault, not one a row. */
static bool is_layout(th_layout *layout, const th_grid *grid)
{
	bool found = grid->rows == 0;
	for (size_t r = 0; r < grid->rows && !found && !th_slice_starts(th_grid_at(grid, r, 0)->text, TH_S("#")); r++)
		found = is_key(th_grid_at(grid, r, 0)->text);
	if (!found)
		th_lay_worse(layout, th_report(layout->diags, TH_LAYOUT_NONE, th_grid_place(grid, 0, 0, NULL), th_lay_z(layout, th_grid_at(grid, 0, 0)->text), (char *)NULL));
	return found;
}

static void take_rows(th_layout *layout, const th_grid *grid)
{
	bool other = false; /* what stands behind the name of another sheet is of that one */
	for (size_t r = 0; r < grid->rows; r++) {
		th_slice key = th_grid_at(grid, r, 0)->text, value = th_grid_at(grid, r, 1)->text;
		if (th_slice_starts(key, TH_S("#")))
			return;
		if (th_slice_eq(key, TH_S("sheet")))
			other = layout->grid->sheet && !th_slice_eq(value, th_slice_of(layout->grid->sheet));
		if (other || (r == 0 && th_slice_eq(key, TH_S("key"))) || take(layout, key, value))
			continue;
		th_lay_worse(layout, th_report(layout->diags, TH_LAYOUT_FILE, th_grid_place(grid, r, 0, NULL), th_lay_z(layout, key), th_lay_z(layout, value), (char *)NULL));
	}
}

th_status th_layout_rules_read(th_layout *layout, const char *path)
{
	th_source *source = NULL;
	th_grid grid = {.name = NULL};
	layout->rules = th_arena_alloc(&layout->arena, 1, sizeof *layout->rules);
	th_slice name = th_arena_copy(&layout->arena, th_slice_of(path));
	if (!layout->rules || !name.ptr)
		return th_no_memory(layout->diags);
	layout->file = name.ptr;
	th_status status = th_source_open(name.ptr, TH_ENC_AUTO, layout->diags, &source);
	if (status == TH_OK)
		status = th_grid_of_csv(source, layout->diags, &grid);
	if (status == TH_OK) {
		memcpy(layout->file_sha256, th_source_sha256(source), sizeof layout->file_sha256);
		if (is_layout(layout, &grid))
			take_rows(layout, &grid);
		status = layout->status;
	}
	th_grid_free(&grid);
	th_source_close(source);
	return status;
}

/* A layout file says what a column is: a field, `aside`, `control`, or what a quantity is of: `activity=…;unit=…;site=…;period=…`. */
void th_lay_force(th_layout *l, th_block *b)
{
	for (size_t i = 0; l->rules && i < l->rules->columns; i++) {
		const th_forced_column *forced = &l->rules->column[i];
		for (size_t c = 0; c < b->columns; c++) {
			th_layout_column *column = &b->column[c];
			th_slice rest = forced->what, piece;
			if (!th_slice_eq(column->name, forced->name))
				continue;
			column->forced = true;
			column->activity = column->site = (th_slice){"", 0};
			column->field = -1;
			column->when = (th_when){0};
			while (th_slice_split(&rest, ';', &piece)) {
				th_slice value = {"", 0};
				const char *equals = piece.len ? memchr(piece.ptr, '=', piece.len) : NULL;
				if (equals) {
					value = th_slice_trim((th_slice){equals + 1, (size_t)(piece.ptr + piece.len - equals - 1)});
					piece = th_slice_trim((th_slice){piece.ptr, (size_t)(equals - piece.ptr)});
				}
				for (size_t f = 0; f < l->fields; f++)
					if (!equals && th_slice_eq(piece, th_slice_of(l->field[f].name))) {
						column->role = (int)f == l->f_quantity ? TH_ROLE_QUANTITY : TH_ROLE_FIELD;
						column->field = (int)f;
					}
				for (int role = TH_ROLE_QUANTITY; role < TH_ROLE_UNKNOWN && !equals; role++)
					if (th_slice_eq(piece, th_slice_of(th_role_name((th_role)role))))
						column->role = (th_role)role;
				if (!equals)
					continue;
				if (column->field < 0)
					column->role = TH_ROLE_QUANTITY;
				if (th_slice_eq(piece, TH_S("activity")))
					column->activity = value;
				else if (th_slice_eq(piece, TH_S("site")))
					column->site = value;
				else if (th_slice_eq(piece, TH_S("unit")))
					column->unit = value;
				else if (th_slice_eq(piece, TH_S("period")))
					(void)th_when_read(&l->reference->layout_words, value, &column->when);
			}
		}
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was recognised, as a file to correct, as one line, and as the long table that it gives. */

#include "case/layout_parts.h"

#include "io/csv.h"
#include "io/json.h"

static void put(th_buf *out, const char *key, th_slice value)
{
	th_buf_str(out, key);
	th_buf_char(out, ',');
	th_put_csv_text(out, value);
	th_buf_char(out, '\n');
}

static void put_lines(const th_layout *l, th_buf *out, const char *key, size_t first, size_t count)
{
	if (count == 0)
		return;
	size_t a = l->grid->row[first].line, b = l->grid->row[first + count - 1].line;
	th_buf_printf(out, a == b ? "%s,%zu\n" : "%s,%zu-%zu\n", key, a, b);
}

static void part(th_buf *text, const char *name, th_slice value)
{
	if (value.len == 0)
		return;
	th_buf_str(text, text->len ? ";" : "");
	th_buf_str(text, name);
	th_buf_char(text, '=');
	th_buf_slice(text, value);
}

static void describe(const th_layout *l, const th_layout_column *c, th_buf *text)
{
	th_buf_clear(text);
	if (c->role == TH_ROLE_FIELD) {
		th_buf_str(text, c->field >= 0 ? l->field[c->field].name : "aside");
		return;
	}
	if (c->role != TH_ROLE_QUANTITY) {
		th_buf_str(text, th_role_name(c->role));
		return;
	}
	th_buf when = {0};
	if (c->when.whole)
		th_when_put(&c->when, &when);
	else if (c->when.sub > 18)
		th_buf_printf(&when, "%d-%d月", c->when.sub / 100, c->when.sub % 100);
	else if (c->when.sub > 16)
		th_buf_printf(&when, "H%d", c->when.sub - 16);
	else if (c->when.sub > 12)
		th_buf_printf(&when, c->when.running ? "%d季度累计" : "Q%d", c->when.sub - 12);
	else if (c->when.sub > 0)
		th_buf_printf(&when, "%d月", c->when.sub);
	part(text, "activity", c->activity);
	part(text, "site", c->site);
	part(text, "period", th_buf_view(&when));
	if (text->len == 0)
		th_buf_str(text, "quantity");
	part(text, "unit", c->unit);
	text->failed |= when.failed;
	th_buf_free(&when);
}

static void put_block(const th_layout *l, const th_block *b, th_buf *out)
{
	th_buf text = {0};
	put_lines(l, out, "header", b->head, b->heads);
	put_lines(l, out, "data", b->data, b->end - b->data);
	if (b->when.whole) {
		th_when_put(&b->when, &text);
		put(out, "set.period", th_buf_view(&text));
	}
	for (size_t f = 0; f < l->fields; f++) {
		bool has_column = false;
		for (size_t c = 0; c < b->columns; c++)
			has_column |= b->column[c].role == TH_ROLE_FIELD && b->column[c].field == (int)f;
		if (b->set[f].given && (int)f != l->f_period && (!has_column || (int)f == l->f_activity)) {
			th_buf_clear(&text);
			th_buf_printf(&text, "set.%s", l->field[f].name);
			th_buf_char(&text, '\0');
			if (!text.failed)
				put(out, text.ptr, b->set[f].text);
		}
	}
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *column = &b->column[c];
		if (column->role == TH_ROLE_NONE || column->name.len == 0)
			continue;
		th_buf name = {0};
		th_buf_str(&name, "column.");
		th_buf_slice(&name, column->name);
		th_put_csv_text(out, th_buf_view(&name));
		th_buf_char(out, ',');
		describe(l, column, &text);
		th_put_csv_text(out, th_buf_view(&text));
		th_buf_char(out, '\n');
		out->failed |= name.failed;
		th_buf_free(&name);
	}
	out->failed |= text.failed;
	th_buf_free(&text);
}

static void put_one(const th_layout *l, th_buf *out)
{
	if (l->grid->sheet)
		put(out, "sheet", th_slice_of(l->grid->sheet));
	for (size_t i = 0; i < l->blocks; i++) {
		if (l->blocks > 1)
			th_buf_printf(out, "table,%zu\n", i + 1);
		put_block(l, &l->block[i], out);
	}
}

void th_layout_put(const th_layout *const *layout, size_t count, th_buf *out)
{
	th_buf_str(out, "key,value\n");
	for (size_t i = 0; i < count; i++)
		put_one(layout[i], out);
}

static void say_count(th_buf *out, th_lang lang, size_t count, const char *en, const char *zh)
{
	if (count == 0)
		return;
	if (lang == TH_LANG_ZH)
		th_buf_printf(out, "；%s%zu行", zh, count);
	else
		th_buf_printf(out, "; %s %zu", en, count);
}

static bool is_compared(const th_layout_column *c)
{
	return c->role == TH_ROLE_CONTROL || c->role == TH_ROLE_RUNNING;
}

/* How many columns are not read, or only compared, and which. */
static void say_columns(th_buf *out, th_lang lang, const th_block *b, bool compared)
{
	enum { MOST_BYTES = 200 };
	const bool zh = lang == TH_LANG_ZH;
	size_t count = 0, named = 0;
	th_buf names = {0};
	for (size_t c = 0; c < b->columns; c++) {
		const th_layout_column *column = &b->column[c];
		if (column->role == TH_ROLE_QUANTITY || column->role == TH_ROLE_FIELD || column->name.len == 0 || is_compared(column) != compared)
			continue;
		count++;
		if (names.len > MOST_BYTES)
			continue;
		th_buf_str(&names, named++ ? (zh ? "、" : ", ") : "");
		th_buf_slice(&names, column->name);
	}
	if (count) {
		th_buf_printf(out, compared ? (zh ? "；只核对%zu列（" : "; %zu columns of sums, compared (") : zh ? "；未读取%zu列（" : "; %zu columns not read (", count);
		th_buf_slice(out, th_buf_view(&names));
		th_buf_str(out, named < count ? (zh ? "等）" : " ...)") : zh ? "）" : ")");
	}
	out->failed |= names.failed;
	th_buf_free(&names);
}

void th_layout_say(const th_layout *l, th_lang lang, th_buf *out)
{
	bool zh = lang == TH_LANG_ZH;
	for (size_t i = 0; i < l->blocks; i++) {
		const th_block *b = &l->block[i];
		size_t a = l->grid->row[b->head].line, z = l->grid->row[b->head + b->heads - 1].line;
		th_buf_str(out, i ? (zh ? "；" : "; ") : "");
		if (l->f_quantity < 0 && i == 0)
			th_buf_str(out, strcmp(l->kind, "measures") == 0 ? (zh ? "措施表：" : "measures: ") : zh ? "目标表：" : "targets: ");
		if (l->grid->sheet) {
			th_buf_str(out, l->grid->sheet);
			th_buf_str(out, zh ? "：" : ": ");
		}
		if (zh)
			th_buf_printf(out, a == z ? "第%zu行为表头" : "第%zu—%zu行为表头", a, z);
		else
			th_buf_printf(out, a == z ? "header in line %zu" : "header in lines %zu-%zu", a, z);
		if (l->f_quantity >= 0)
			th_buf_printf(out, zh ? "，数量%zu列，共%zu条" : ", %zu columns of quantities, %zu lines", th_lay_count_role(b, TH_ROLE_QUANTITY), b->lines);
		else
			th_buf_printf(out, zh ? "，共%zu条" : ", %zu rows", b->lines);
		say_columns(out, lang, b, true);
		say_columns(out, lang, b, false);
		if (b->sums)
			th_buf_printf(out, zh ? "；时段合计%zu个，不计入" : "; %zu sums over time, not added", b->sums);
		say_count(out, lang, b->control_rows, "rows of totals, compared:", "合计类");
		say_count(out, lang, b->footers, "rows of notes:", "表注");
		say_count(out, lang, b->skipped_rows, "rows not read:", "未读取");
		if (b->skipped.len) {
			th_buf_str(out, zh ? "（" : " (");
			th_buf_slice(out, th_buf_view(&b->skipped));
			th_buf_str(out, zh ? "）" : ")");
		}
		if (b->filled)
			th_buf_printf(out, zh ? "；向下填充%zu格" : "; %zu cells filled down", b->filled);
	}
}

static const char *in_words(const th_layout *l, th_arena *arena, th_lang lang)
{
	th_buf text = {0};
	th_layout_say(l, lang, &text);
	const char *copy = text.failed ? NULL : th_arena_copy(arena, th_buf_view(&text)).ptr;
	th_buf_free(&text);
	return copy;
}

bool th_layout_texts(const th_layout *l, th_arena *arena, const char **zh, const char **en)
{
	*zh = in_words(l, arena, TH_LANG_ZH);
	*en = in_words(l, arena, TH_LANG_EN);
	return *zh && *en;
}

size_t th_layout_lines(const th_layout *l)
{
	return l->rows;
}

const char *th_layout_read_as(const th_layout *l)
{
	return l->kind;
}

/* Does a column of the long table have anything in it? */
static bool is_used(const th_layout *const *layout, size_t count, size_t f)
{
	const th_long_field *field = &layout[0]->field[f];
	bool used = field->always;
	for (size_t i = 0; i < count; i++)
		used |= layout[i]->used[f];
	return used && !field->beside;
}

/* -3 万元: a number below zero with its unit is no formula, and the apostrophe that guards against one would not be read again. */
static bool is_amount(th_slice text)
{
	size_t at = 1;
	while (at < text.len && memchr("0123456789.", text.ptr[at], 11))
		at++;
	bool amount = text.len > 1 && text.ptr[0] == '-' && at > 1;
	for (; at < text.len && amount; at++)
		amount = (unsigned char)text.ptr[at] >= 0x80 || (text.ptr[at] | 0x20) == ' ' || text.ptr[at] == '/' || ((text.ptr[at] | 0x20) >= 'a' && (text.ptr[at] | 0x20) <= 'z');
	return amount;
}

void th_layout_put_long(const th_layout *const *layout, size_t count, th_lang lang, size_t most, th_buf *out)
{
	const th_layout *first = layout[0];
	bool used[TH_FIELDS_MOST] = {false}, begun = false;
	for (size_t f = 0; f < first->fields; f++) {
		used[f] = is_used(layout, count, f);
		if (!used[f])
			continue;
		th_buf_str(out, begun ? "," : "");
		th_buf_str(out, lang == TH_LANG_ZH ? first->field[f].zh : first->field[f].name);
		begun = true;
	}
	th_buf_char(out, '\n');
	for (size_t k = 0; k < count; k++)
		for (size_t i = 0; i < layout[k]->rows && most > 0; i++, most--) {
			begun = false;
			for (size_t f = 0; f < first->fields; f++)
				if (used[f]) {
					th_buf_str(out, begun ? "," : "");
					if (is_amount(layout[k]->row[i].cell[f].text))
						th_buf_slice(out, layout[k]->row[i].cell[f].text);
					else
						th_put_csv_text(out, layout[k]->row[i].cell[f].text);
					begun = true;
				}
			th_buf_char(out, '\n');
		}
}

const char *th_layout_file(const th_layout *l, const char **sha256)
{
	*sha256 = l->file ? l->file_sha256 : NULL;
	return l->file;
}

/* --- as JSON --- */

static void member(th_buf *out, const char *key, th_slice value, bool more)
{
	th_put_json_string(out, th_slice_of(key));
	th_buf_char(out, ':');
	th_put_json_string(out, value);
	th_buf_str(out, more ? "," : "");
}

static void put_tables(const th_layout *l, bool *begun, th_buf *out)
{
	th_buf text = {0};
	for (size_t i = 0; i < l->blocks; i++) {
		const th_block *b = &l->block[i];
		th_buf_str(out, *begun ? ",{" : "{");
		*begun = true;
		if (l->grid->sheet)
			member(out, "sheet", th_slice_of(l->grid->sheet), true);
		th_buf_printf(out, "\"header\":[%zu,%zu],\"lines\":%zu,\"compared\":%zu,\"columns\":[", l->grid->row[b->head].line,
		              l->grid->row[b->head + b->heads - 1].line, b->lines, b->compared);
		bool first = true;
		for (size_t c = 0; c < b->columns; c++) {
			if (b->column[c].role == TH_ROLE_NONE)
				continue;
			describe(l, &b->column[c], &text);
			th_buf_str(out, first ? "{" : ",{");
			first = false;
			member(out, "name", b->column[c].name, true);
			member(out, "is", th_buf_view(&text), false);
			th_buf_char(out, '}');
		}
		th_buf_str(out, "]}");
	}
	out->failed |= text.failed;
	th_buf_free(&text);
}

static void put_rows(const th_layout *l, bool *begun, th_buf *out)
{
	for (size_t i = 0; i < l->rows; i++) {
		th_pos pos = th_grid_place(l->grid, l->row[i].row, l->row[i].column, NULL);
		th_buf_str(out, *begun ? ",\n{" : "\n{");
		*begun = true;
		if (l->grid->sheet)
			member(out, "sheet", th_slice_of(l->grid->sheet), true);
		th_buf_printf(out, "\"line\":%zu,\"column\":%zu", pos.line, pos.column);
		for (size_t f = 0; f < l->fields; f++)
			if (l->row[i].cell[f].text.len && !l->field[f].beside) {
				th_buf_char(out, ',');
				member(out, l->field[f].name, l->row[i].cell[f].text, false);
			}
		th_buf_char(out, '}');
	}
}

void th_layout_put_json(const th_layout *const *layout, size_t count, const char *path, const char *sha256, th_buf *out)
{
	th_buf text = {0};
	bool tables = false, rows = false;
	th_buf_char(out, '{');
	member(out, "schema", TH_S("tanhe.layout/1"), true);
	member(out, "path", th_slice_of(path), true);
	member(out, "sha256", th_slice_of(sha256), true);
	member(out, "kind", th_slice_of(layout[0]->kind), true);
	if (layout[0]->file) {
		member(out, "layout_file", th_slice_of(layout[0]->file), true);
		member(out, "layout_sha256", th_slice_of(layout[0]->file_sha256), true);
	}
	for (size_t i = 0; i < count; i++) {
		th_buf_str(&text, i ? "；" : "");
		th_layout_say(layout[i], TH_LANG_ZH, &text);
	}
	member(out, "said", th_buf_view(&text), true);
	th_buf_str(out, "\"tables\":[");
	for (size_t i = 0; i < count; i++)
		put_tables(layout[i], &tables, out);
	th_buf_str(out, "],\"rows\":[");
	for (size_t i = 0; i < count; i++)
		put_rows(layout[i], &rows, out);
	th_buf_str(out, "]}\n");
	out->failed |= text.failed;
	th_buf_free(&text);
}

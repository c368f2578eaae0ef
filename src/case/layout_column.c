/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one column of an office table is, by what stands over it. */

#include "case/layout_parts.h"

struct path {
	th_part part[TH_PATH_PARTS];
	size_t parts;
	size_t group; /* 1 + the column where its first piece stands, when others share it */
};

/* --- what stands over a column --- */

/* The text of a header's row over a column; a group's stands at its first column alone. */
static th_slice over(const th_layout *l, const th_block *b, size_t h, size_t column, size_t *from)
{
	size_t row = b->head + h;
	th_slice own = th_lay_text_from(l, row, column, from);
	if (own.len || h + 1 >= b->heads)
		return own;
	bool lower = false;
	for (size_t k = h + 1; k < b->heads && !lower; k++)
		lower = th_lay_text(l, b->head + k, column).len > 0;
	for (size_t c = column; lower && c > 0; c--) {
		th_slice left = th_lay_text(l, row, c - 1);
		if (left.len == 0)
			continue;
		for (size_t k = h + 1; k < b->heads; k++)
			if (th_lay_text(l, b->head + k, c - 1).len) {
				*from = c - 1;
				return left;
			}
		break;
	}
	return own;
}

/* A unit in the row below the name it is of: 用电量 over 万kWh, 电力 over kWh and 元; the name keeps both for a layout file. */
static bool take_unit(th_layout *l, th_part *name, const th_part *part)
{
	th_unit unit;
	th_slice at;
	if (part->kind != TH_PART_UNKNOWN || name->unit.len || l->f_quantity < 0 || th_unit_parse(l->reference->units, part->text, &unit, &at) != TH_UNIT_OK)
		return false;
	name->text = th_lay_glued(l, name->text, ";", part->text);
	name->unit = part->text;
	if (th_unit_is_money(l->reference->units, part->text)) {
		name->kind = TH_PART_WORD;
		name->word = TH_LW_MONEY;
	}
	return true;
}

static void add_part(th_layout *l, struct path *path, th_slice text)
{
	th_part part = th_lay_part(l, text);
	if (part.kind == TH_PART_EMPTY || path->parts == TH_PATH_PARTS)
		return;
	const th_part *above = path->parts ? &path->part[path->parts - 1] : NULL;
	if (above && take_unit(l, &path->part[path->parts - 1], &part))
		return;
	if (above && above->kind == TH_PART_FIELD && above->field == l->f_period && part.kind == TH_PART_FIELD && part.field == l->f_unit)
		return; /* 月份 over 单位: the name of the row of units */
	if (path->parts && th_slice_eq(path->part[path->parts - 1].text, part.text))
		return;
	path->part[path->parts++] = part;
}

/* `消费量;合计;本年-本月` in one cell is a path too. */
static void add_text(th_layout *l, struct path *path, th_slice text)
{
	size_t start = 0;
	for (size_t i = 0; i <= text.len; i++) {
		size_t wide = i == text.len || text.ptr[i] == ';' ? 1 : th_slice_starts((th_slice){text.ptr + i, text.len - i}, TH_S("；")) ? 3 : 0;
		if (!wide)
			continue;
		add_part(l, path, (th_slice){text.ptr + start, i - start});
		i += wide - 1;
		start = i + 1;
	}
}

static struct path texts_over(th_layout *l, const th_block *b, size_t column)
{
	struct path path = {.parts = 0};
	for (size_t h = 0; h < b->heads; h++) {
		size_t from;
		th_slice text = over(l, b, h, column, &from);
		if (h == 0 && text.len && b->heads > 1)
			path.group = from + 1;
		add_text(l, &path, text);
	}
	return path;
}

/* Does what stands over a column say that how much was used stands in it? */
static bool says_quantity(th_layout *l, const th_block *b, size_t column)
{
	const struct path path = texts_over(l, b, column);
	bool found = false;
	for (size_t i = 0; i < path.parts; i++) {
		const th_part *part = &path.part[i];
		found |= part->kind == TH_PART_ACTIVITY || part->kind == TH_PART_WHEN || (part->kind == TH_PART_FIELD && part->field == l->f_quantity) ||
		         (part->kind == TH_PART_WORD && part->word == TH_LW_CONSUMPTION);
	}
	return found;
}

/* Are its cells numbers that are no times? 2023 is a year where another column has the quantities. */
static bool has_quantities(th_layout *l, const th_block *b, size_t column)
{
	bool times = false, other = false;
	for (size_t r = b->data; r < b->end; r++) {
		th_slice text = th_lay_text(l, r, column);
		th_decimal number;
		th_slice count, unit;
		bool time = th_lay_is_bare_time(l, text);
		if ((th_is_number(text, l->grid->delimiter, &number) && !time) || th_lay_amount(l, text, &count, &unit))
			return true;
		times |= time;
	}
	for (size_t c = 0; c < b->columns && times && !other; c++)
		other = c != column && says_quantity(l, b, c);
	return times && !other;
}

/* 报告期 is the column of periods, or over quantities those of this period beside 基期: its cells decide. */
static void settle_time(th_layout *l, const th_block *b, size_t column, struct path *path)
{
	for (size_t i = 0; i < path->parts; i++)
		if (th_lay_is_either(l, &path->part[i]) && has_quantities(l, b, column)) {
			path->part[i].kind = TH_PART_WORD;
			path->part[i].word = TH_LW_ACTUAL;
		}
}

static struct path path_of(th_layout *l, const th_block *b, size_t column)
{
	struct path path = texts_over(l, b, column);
	settle_time(l, b, column, &path);
	return path;
}

static th_slice joined(th_layout *l, const struct path *path)
{
	th_buf text = {0};
	for (size_t i = 0; i < path->parts; i++) {
		th_buf_str(&text, i ? ";" : "");
		th_buf_slice(&text, path->part[i].text);
	}
	th_slice copy = text.failed ? (th_slice){NULL, 0} : th_arena_copy(&l->arena, (th_slice){text.len ? text.ptr : "", text.len});
	th_buf_free(&text);
	if (!copy.ptr) {
		th_lay_worse(l, th_no_memory(l->diags));
		return (th_slice){"", 0};
	}
	return copy;
}

/* --- one column --- */

static bool has_word(const struct path *path, th_layout_kind word)
{
	for (size_t i = 0; i < path->parts; i++)
		if (th_part_says(&path->part[i], word))
			return true;
	return false;
}

static bool has_quantity(const th_layout *l, const struct path *path)
{
	for (size_t i = 0; i < path->parts; i++)
		if (path->part[i].kind == TH_PART_FIELD && path->part[i].field == l->f_quantity)
			return true;
	return has_word(path, TH_LW_CONSUMPTION);
}

static bool is_word(const th_part *part, th_layout_kind word)
{
	return part->kind == TH_PART_WORD && part->word == word;
}

static th_role stock_role(const struct path *path)
{
	static const struct { th_layout_kind word; th_role role; } rows[] = {
		{TH_LW_OPENING, TH_ROLE_OPENING}, {TH_LW_PURCHASE, TH_ROLE_PURCHASE}, {TH_LW_CLOSING, TH_ROLE_CLOSING}, {TH_LW_MATERIAL, TH_ROLE_MATERIAL},
		{TH_LW_COEFFICIENT, TH_ROLE_COEFFICIENT},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (has_word(path, rows[i].word))
			return has_word(path, TH_LW_MONEY) ? TH_ROLE_ASIDE : rows[i].role;
	return TH_ROLE_NONE;
}

/* 用电量 over 一厂. */
static bool has_activity(const struct path *path)
{
	for (size_t i = 0; i < path->parts; i++)
		if (path->part[i].kind == TH_PART_ACTIVITY)
			return true;
	return false;
}

static th_role leaf_role(const th_layout *l, const struct path *path, const th_part *leaf, th_layout_column *c)
{
	bool actual = has_word(path, TH_LW_ACTUAL), consumed = has_quantity(l, path);
	if (leaf->kind == TH_PART_FIELD && leaf->field != l->f_quantity)
		return leaf->field < 0 ? TH_ROLE_ASIDE : TH_ROLE_FIELD;
	if (leaf->kind == TH_PART_WHEN || leaf->kind == TH_PART_FIELD || leaf->kind == TH_PART_ACTIVITY) {
		c->mean = has_word(path, TH_LW_AVERAGE); /* 平均用电量 is of nobody knows which */
		return c->mean ? TH_ROLE_ASIDE : TH_ROLE_QUANTITY;
	}
	if (is_word(leaf, TH_LW_TOTAL) || is_word(leaf, TH_LW_AVERAGE)) {
		c->average = is_word(leaf, TH_LW_AVERAGE);
		return consumed && path->parts > 1 && !c->average ? TH_ROLE_QUANTITY : TH_ROLE_CONTROL;
	}
	if (is_word(leaf, TH_LW_ACTUAL) || is_word(leaf, TH_LW_CONSUMPTION))
		return TH_ROLE_QUANTITY;
	if (leaf->kind == TH_PART_UNKNOWN && path->parts > 1 && (actual || (has_activity(path) && th_lay_is_place(l, leaf->name))))
		return TH_ROLE_QUANTITY;
	if (leaf->kind == TH_PART_UNKNOWN && consumed && path->parts > 1)
		return TH_ROLE_ASIDE;
	return leaf->kind == TH_PART_UNKNOWN ? TH_ROLE_UNKNOWN : TH_ROLE_ASIDE;
}

static th_role role_of(const th_layout *l, const struct path *path, th_layout_column *c)
{
	if (path->parts == 0)
		return TH_ROLE_NONE;
	const th_part *leaf = &path->part[path->parts - 1];
	bool timed = false;
	for (size_t i = 0; i < path->parts; i++)
		timed |= path->part[i].kind == TH_PART_WHEN;
	if (l->f_quantity < 0 && (leaf->kind == TH_PART_ACTIVITY || (timed && (leaf->kind == TH_PART_WHEN || leaf->kind == TH_PART_FIELD)))) /* targets */
		return TH_ROLE_QUANTITY;
	if (l->f_quantity < 0)
		return leaf->kind == TH_PART_FIELD && leaf->field >= 0 ? TH_ROLE_FIELD
		       : leaf->kind == TH_PART_WORD || leaf->kind == TH_PART_FIELD ? TH_ROLE_ASIDE : TH_ROLE_UNKNOWN;
	if (has_word(path, TH_LW_ORDINAL) || has_word(path, TH_LW_ASIDE))
		return TH_ROLE_ASIDE;
	th_role stock = stock_role(path);
	if (stock != TH_ROLE_NONE)
		return stock;
	if (has_word(path, TH_LW_MONEY) || has_word(path, TH_LW_MOVED) || is_word(leaf, TH_LW_PART) || is_word(leaf, TH_LW_NO_ACTIVITY))
		return TH_ROLE_ASIDE;
	c->mean = has_word(path, TH_LW_MEAN);
	if (c->mean)
		return TH_ROLE_ASIDE;
	if (has_word(path, TH_LW_RUNNING))
		return TH_ROLE_RUNNING;
	return leaf_role(l, path, leaf, c);
}

static bool is_subtotal(const th_layout *l, th_slice name)
{
	const th_layout_word *word = th_lay_word(l, TH_LW_TOTAL, name);
	return word && word->place == TH_WORD_END;
}

/* 三年平均: of how many years. */
static int years_in(th_slice name)
{
	static const char *const han[] = {"两", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
	for (size_t at = 1; at + 3 <= name.len; at++) {
		if (memcmp(name.ptr + at, "年", 3) != 0)
			continue;
		th_slice front = {name.ptr, at};
		for (int i = 0; i < 10; i++)
			if (th_slice_ends(front, th_slice_of(han[i])))
				return i ? i + 1 : 2;
		char digit = name.ptr[at - 1];
		return digit >= '2' && digit <= '9' && (at == 1 || name.ptr[at - 2] < '0' || name.ptr[at - 2] > '9') ? digit - '0' : 0;
	}
	return 0;
}

/* 一厂 over 用电量, or before it in one cell; both where both stand. */
static void take_site(th_layout *l, const th_part *part, bool leaf, th_layout_column *c)
{
	bool over = part->kind == TH_PART_UNKNOWN && !leaf && th_lay_is_place(l, part->text);
	th_slice site = over ? part->text : part->site;
	if (part->kind == TH_PART_UNKNOWN && !leaf && !over)
		c->above = part->text;
	if (l->f_site >= 0 && site.len && c->role != TH_ROLE_FIELD)
		c->site = c->site.len ? th_lay_glued(l, c->site, "/", site) : site;
}

static void take_parts(th_layout *l, const struct path *path, th_layout_column *c)
{
	for (size_t i = 0; i < path->parts; i++) {
		const th_part *part = &path->part[i];
		take_site(l, part, i + 1 == path->parts, c);
		if (th_part_says(part, TH_LW_ACTUAL))
			c->yearly = part->yearly; /* 本月 below 本年实际 is of the month */
		c->like = i + 1 == path->parts ? part->like : c->like;
		c->aggregate |= part->kind == TH_PART_WORD && part->word == TH_LW_AGGREGATE;
		if (part->unit.len)
			c->unit = part->unit;
		if (part->when.whole || part->when.sub)
			c->when = th_when_join(&part->when, &c->when);
		if (part->kind == TH_PART_ACTIVITY && c->role != TH_ROLE_FIELD)
			c->activity = part->name;
		if (part->kind == TH_PART_WHEN && part->name.len < part->text.len && l->f_quantity < 0)
			c->site = part->name; /* the phase */
		if (part->kind == TH_PART_UNKNOWN && (i + 1 == path->parts || l->f_quantity < 0) && (c->role == TH_ROLE_QUANTITY || c->role == TH_ROLE_RUNNING))
			c->site = part->text;
	}
	const th_part *leaf = path->parts ? &path->part[path->parts - 1] : NULL;
	if (leaf && leaf->kind == TH_PART_FIELD) {
		c->field = leaf->field;
		c->time_part = leaf->time_part;
		c->bound = leaf->bound;
		if (c->role == TH_ROLE_FIELD)
			c->when = (th_when){0};
	}
	if (leaf && is_word(leaf, TH_LW_PART))
		c->part = leaf->name;
	c->whole = leaf && c->role == TH_ROLE_QUANTITY && has_word(path, TH_LW_TOTAL) && !is_word(leaf, TH_LW_TOTAL);
	c->years = c->average && leaf ? years_in(leaf->text) : 0;
	c->total = leaf && path->parts > 1 && c->role == TH_ROLE_RUNNING && is_word(leaf, TH_LW_TOTAL);
	for (size_t i = 0; i < path->parts; i++) {
		static const char *const words[] = {"累计", "累计值", "累计数", "cumulative"};
		for (size_t k = 0; k < sizeof words / sizeof *words && is_word(&path->part[i], TH_LW_RUNNING); k++)
			c->open |= th_slice_eq(path->part[i].name, th_slice_of(words[k]));
	}
	c->of_year = leaf && leaf->yearly && (is_word(leaf, TH_LW_TOTAL) || is_word(leaf, TH_LW_RUNNING));
	c->subtotal = leaf && is_word(leaf, TH_LW_TOTAL) && is_subtotal(l, leaf->name);
}

static void look_at_cells(th_layout *l, const th_block *b, size_t column, th_layout_column *c)
{
	for (size_t r = b->data; r < b->end; r++) {
		th_slice text = th_lay_text(l, r, column);
		th_decimal number;
		th_slice count, unit;
		bool amount = c->role == TH_ROLE_QUANTITY && th_lay_amount(l, text, &count, &unit);
		if (amount || th_is_number(text, l->grid->delimiter, &number))
			c->numbers = true;
		else if (!th_is_hole(text) && !th_lay_is_footer(l, text))
			c->words = true;
	}
}

/* 单位 over 甲公司 and 乙公司: who used it, and not in what. */
static bool lists_places(th_layout *l, const th_block *b, size_t column)
{
	enum { LOOKED_AT = 64 };
	size_t words = 0, places = 0;
	for (size_t r = b->data; r < b->end && r < b->data + LOOKED_AT; r++) {
		const th_slice text = th_lay_squeezed(l, th_lay_text(l, r, column));
		th_slice at;
		th_unit unit;
		if (th_is_hole(text) || th_lay_word(l, TH_LW_TOTAL, text) || th_lay_is_footer(l, text))
			continue;
		if (th_unit_parse(l->reference->units, text, &unit, &at) == TH_UNIT_OK)
			return false;
		words++;
		places += th_lay_is_place(l, text);
	}
	return places > 0 && 2 * places >= words;
}

/* 本月 and 累计 in turn, in a column that has no name. */
static bool is_variant(th_layout *l, const th_block *b, size_t column)
{
	bool actual = false;
	for (size_t r = b->data; r < b->end; r++) {
		th_part part = th_lay_part(l, th_lay_text(l, r, column));
		if (part.kind == TH_PART_EMPTY)
			continue;
		if (part.kind != TH_PART_WORD || (part.word != TH_LW_ACTUAL && part.word != TH_LW_RUNNING))
			return false;
		actual |= part.word == TH_LW_ACTUAL;
	}
	return actual;
}

void th_lay_column(th_layout *l, const th_block *b, size_t column, th_layout_column *c)
{
	struct path path = path_of(l, b, column);
	*c = (th_layout_column){.field = -1, .activity = {"", 0}, .unit = {"", 0}, .site = {"", 0}, .above = {"", 0}, .part = {"", 0}, .like = {"", 0}};
	c->name = joined(l, &path);
	c->role = role_of(l, &path, c);
	bool timed = path.parts && (path.part[0].kind == TH_PART_WHEN || (path.part[0].kind == TH_PART_FIELD && path.part[0].field == l->f_period));
	c->group = path.parts > 1 && !timed ? path.group : 0;
	take_parts(l, &path, c);
	look_at_cells(l, b, column, c);
	if (l->f_site >= 0 && c->role == TH_ROLE_FIELD && c->field == l->f_unit && lists_places(l, b, column))
		c->field = l->f_site;
	if (c->role == TH_ROLE_NONE && is_variant(l, b, column))
		c->role = TH_ROLE_VARIANT;
	c->charge = has_word(&path, TH_LW_CHARGE) && c->numbers && c->role != TH_ROLE_FIELD;
}

bool th_lay_is_actual(th_layout *l, const th_block *b, size_t column)
{
	struct path path = path_of(l, b, column);
	return has_word(&path, TH_LW_ACTUAL);
}

const char *th_role_name(th_role role)
{
	static const char *const names[] = {
		"", "field", "quantity", "control", "running", "aside", "variant", "coefficient", "opening", "purchase", "closing", "material", "unknown",
	};
	return names[role];
}

/* --- of all columns --- */

size_t th_lay_count_role(const th_block *b, th_role role)
{
	size_t n = 0;
	for (size_t c = 0; c < b->columns; c++)
		n += b->column[c].role == role;
	return n;
}

size_t th_lay_field_column(const th_block *b, int field)
{
	size_t c = 0;
	while (c < b->columns && !(b->column[c].role == TH_ROLE_FIELD && b->column[c].field == field))
		c++;
	return c;
}

static void put_names(const th_block *b, bool (*takes)(const th_layout_column *), th_buf *out)
{
	for (size_t c = 0; c < b->columns; c++)
		if (takes(&b->column[c]) && out->len < 200) {
			th_buf_str(out, out->len ? ", " : "");
			th_buf_slice(out, b->column[c].name.len ? b->column[c].name : TH_S("?"));
		}
	if (out->len == 0)
		th_buf_char(out, '-');
	th_buf_char(out, '\0');
}

bool th_lay_is_candidate(const th_layout_column *c)
{
	return c->numbers && c->role != TH_ROLE_FIELD && c->role != TH_ROLE_COEFFICIENT;
}

void th_lay_fail_names(th_layout *l, const th_block *b, th_code code, bool (*takes)(const th_layout_column *))
{
	th_buf names = {0};
	put_names(b, takes, &names);
	if (names.failed)
		th_lay_worse(l, th_no_memory(l->diags));
	else
		TH_LAY_FAIL(l, b->head, 0, code, names.ptr);
	th_buf_free(&names);
}

bool th_lay_has_like(const th_block *b)
{
	for (size_t c = 0; c < b->columns; c++)
		if (b->column[c].like.len && b->column[c].role == TH_ROLE_UNKNOWN)
			return true;
	return false;
}

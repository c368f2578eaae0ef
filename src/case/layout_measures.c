/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures as offices list them: rows that head those below them with a domain, ordinals that begin anew under each. */

#include "case/layout_parts.h"

#include "base/utf8.h"

bool th_header_is_yearly(th_slice header)
{
	static const char *const words[] = {"年减", "年均", "每年", "年碳减", "年度减", "年节", "annual", "yearly", "per year"};
	for (size_t at = 0; at < header.len; at++)
		for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
			size_t len = strlen(words[i]), k = 0;
			while (k < len && at + k < header.len && (header.ptr[at + k] >= 'A' && header.ptr[at + k] <= 'Z' ? header.ptr[at + k] | 0x20 : header.ptr[at + k]) == words[i][k])
				k++;
			if (k == len)
				return true;
		}
	return false;
}

static bool is_measures(const th_layout *l)
{
	return strcmp(l->kind, "measures") == 0;
}

/* 一、能源领域, maybe with sums behind it: the only words of its row, and either numbered by an ordinal or called a domain. */
bool th_lay_is_domain(th_layout *l, const th_block *b, size_t row)
{
	size_t words = 0;
	th_slice text = {"", 0};
	for (size_t c = 0; c < b->columns && is_measures(l); c++) {
		th_slice cell = th_lay_squeezed(l, th_lay_text(l, row, c));
		th_decimal number;
		if (th_is_hole(cell) || (words > 0 && th_is_number(cell, l->grid->delimiter, &number)))
			continue;
		text = words++ ? text : cell;
		if (th_grid_at(l->grid, row, c)->flags & TH_GRID_COVERED && words > 1 && th_slice_eq(cell, text))
			words--; /* one cell over several columns */
	}
	th_slice bare = th_without_ordinal(text);
	return words == 1 && bare.len && ((bare.len < text.len && bare.ptr != text.ptr) || th_slice_ends(bare, TH_S("领域")) || th_slice_ends(bare, TH_S("领域小计")));
}

static bool says(th_slice name, const char *word)
{
	bool found = false;
	for (size_t at = 0; at + strlen(word) <= name.len && !found; at++)
		found = memcmp(name.ptr + at, word, strlen(word)) == 0;
	return found;
}

/* 分组, 措施组 go before 领域, which go before 类别, and that before 措施类型. */
static int rank_of(const th_layout *l, const th_layout_column *c)
{
	static const char *const words[][2] = {{"组", "roup"}, {"领域", "omain"}};
	for (int i = 0; i < 2; i++)
		if (says(c->name, words[i][0]) || says(c->name, words[i][1]))
			return i;
	return th_column_named(l->reference->columns, "measures", c->name).len ? 2 : 3;
}

bool th_lay_two_groups(const th_layout *l, th_layout_column *one, th_layout_column *other)
{
	if (!is_measures(l) || one->field != th_lay_field(l, "group"))
		return false;
	const int mine = rank_of(l, one), its = rank_of(l, other);
	th_layout_column *second = mine < its ? other : one;
	if (mine == its)
		return false;
	if ((mine > its ? mine : its) == 3)
		second->role = TH_ROLE_ASIDE; /* a word of the house's own */
	else
		second->field = th_lay_field(l, "stated_domain");
	return true;
}

bool th_walk_other_domain(const th_walk *w, size_t row, size_t column)
{
	const th_layout *l = w->l;
	if (!is_measures(l) || w->b->column[column].field != th_lay_field(l, "group"))
		return false;
	for (size_t c = 0; c < w->b->columns; c++) {
		th_slice own = th_lay_text(l, row, c);
		if (w->b->column[c].role == TH_ROLE_FIELD && w->b->column[c].field == th_lay_field(l, "stated_domain") && own.len && !th_slice_eq(own, w->held[c]))
			return true;
	}
	return false;
}

/* A measure whose group is blank is of the domain above it. An ordinal that stands under another heading as well gets the domain in front. */
void th_lay_measure(th_layout *l, const th_block *b, th_slice domain, size_t domain_row, th_long_cell *cell)
{
	int group = th_lay_field(l, "group"), id = th_lay_field(l, "id");
	const int stated = th_lay_field(l, "stated_domain");
	if (is_measures(l) && !cell[group].text.len && cell[stated].text.len) { /* the domain alone */
		cell[group] = cell[stated];
		cell[stated].text = (th_slice){"", 0};
	}
	if (!is_measures(l) || !domain.len || group < 0 || id < 0)
		return;
	if (!cell[group].text.len)
		cell[group] = (th_long_cell){domain, (uint32_t)domain_row, 0};
	bool twice = false;
	for (size_t i = b->first_line; i < l->rows && cell[id].text.len && !twice; i++)
		twice = th_slice_eq(l->row[i].cell[id].text, cell[id].text);
	if (twice)
		cell[id].text = th_lay_glued(l, domain, "/", cell[id].text);
}

/* What stands under 年减排量 is a year's: 吨CO2e there is 吨CO2e/a, from the header or from a column of units. */
void th_lay_yearly(th_layout *l, const th_layout_column *c, th_long_cell *unit)
{
	if (is_measures(l) && th_header_is_yearly(c->name) && unit->text.len && !memchr(unit->text.ptr, '/', unit->text.len))
		unit->text = th_lay_glued(l, unit->text, "/", TH_S("a"));
}

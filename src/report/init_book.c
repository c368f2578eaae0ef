/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the sheets of a case to fill in are called, and how lists to choose from are put below a head. Lists are ranges of a sheet of their own: Excel ends a
 * list that is written into a cell's rule at 255 characters. */
#include "report/init_book.h"

#include "base/filename.h"

const char *th_init_word(const th_init_making *m, th_label label)
{
	return th_word_text(label, m->lang);
}

void th_init_put_text(th_init_making *m)
{
	m->book->failed |= m->text.failed;
	th_book_put(m->book, th_buf_view(&m->text));
	th_buf_clear(&m->text);
}

/* Of which part of a case a sheet is; TH_CASE_PARTS: of none. */
static th_case_part part_of(const th_init *init, th_init_sheet sheet)
{
	static const th_case_part parts[TH_INIT_SHEETS] = {
		[TH_INIT_GUIDE] = TH_CASE_PARTS, [TH_INIT_INVENTORY] = TH_CASE_INVENTORY, [TH_INIT_MEASURES] = TH_CASE_MEASURES, [TH_INIT_TARGETS] = TH_CASE_TARGETS,
		[TH_INIT_TASKS] = TH_CASE_TASKS, [TH_INIT_OFFSETS] = TH_CASE_OFFSETS, [TH_INIT_PRODUCTS] = TH_CASE_PRODUCTS, [TH_INIT_PARAMS] = TH_CASE_PARAMS,
		[TH_INIT_CHOICES] = TH_CASE_PARTS,
	};
	return sheet == TH_INIT_CASE ? init->pack->file : parts[sheet];
}

const char *th_init_file(const th_init *init, th_init_sheet sheet)
{
	const th_case_part part = part_of(init, sheet);
	if (part < TH_CASE_PARTS)
		return th_case_files[part].name;
	if (sheet == TH_INIT_GUIDE)
		return init->lang == TH_LANG_ZH ? "填写说明.csv" : "guide.csv";
	return init->lang == TH_LANG_ZH ? "选项.csv" : "choices.csv";
}

const char *th_init_workbook(const th_init *init)
{
	return init->lang == TH_LANG_ZH ? "项目.xlsx" : "case.xlsx";
}

/* The first of the names that a sheet of this part may have, in English the last. */
static th_slice sheet_name(const th_init *init, th_init_sheet sheet)
{
	const th_case_part part = part_of(init, sheet);
	if (part == TH_CASE_PARTS)
		return th_slice_of(th_word_text(sheet == TH_INIT_GUIDE ? W_INIT_GUIDE : W_INIT_CHOICES, init->lang));
	th_slice rest = th_slice_of(th_case_files[part].sheets), name = {"", 0};
	while (th_slice_split(&rest, ';', &name) && init->lang != TH_LANG_ZH)
		;
	return name;
}

th_slice th_init_place(const th_init *init, th_init_sheet sheet)
{
	return init->files ? th_slice_of(th_init_file(init, sheet)) : sheet_name(init, sheet);
}

void th_init_open_sheet(th_init_making *m, th_init_sheet sheet, const th_book_column *column, size_t columns)
{
	th_book_open(m->book, sheet_name(m->init, sheet), column, columns);
	m->init->sheet[m->init->sheets++] = sheet;
}

void th_init_put_range(const th_init_making *m, size_t list, th_buf *out)
{
	th_buf_printf(out, "'%s'!", th_init_word(m, W_INIT_CHOICES));
	th_put_cell(out, m->list[list].column, 1, true);
	th_buf_char(out, ':');
	th_put_cell(out, m->list[list].column, m->list[list].items, true);
}

void th_init_choose_by(th_init_making *m, const th_init_ask *ask, th_buf *formula)
{
	m->book->failed |= formula->failed;
	th_book_choose(m->book, &(th_book_choice){.column = ask->column, .row = ask->row, .rows = ask->rows, .list = th_buf_view(formula), .title = ask->title,
	                                          .hint = th_slice_of(ask->hint), .question = formula->len ? th_slice_of(th_init_word(m, W_INIT_QUESTION)) : TH_S("")});
	th_buf_free(formula);
}

void th_init_choose(th_init_making *m, const th_init_ask *ask, size_t list)
{
	th_buf formula = {0};
	if (m->list[list].items == 0)
		return;
	th_buf_char(&formula, '=');
	th_init_put_range(m, list, &formula);
	th_init_choose_by(m, ask, &formula);
}

void th_init_ask_only(th_init_making *m, const th_init_ask *ask)
{
	th_buf none = {0};
	th_init_choose_by(m, ask, &none);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of a case to fill in, but for that of its facts: their heads, what may be chosen below them, and what stands in them already. */
#include "report/init_book.h"

#include "base/filename.h"
#include "report/check_report.h"

enum { NONE = -1 };

/* A column: what is told of it, and the list that is chosen from. */
struct head {
	const char *column;
	int unit;             /* a label behind its name; NONE */
	unsigned width;
	bool number;
	int hint;             /* a label; NONE */
	int list;             /* TH_INIT_NO_LIST: none */
};

static const struct head inventory_heads[] = {
	{"period", NONE, 14, false, W_INIT_ASK_PERIOD, TH_INIT_NO_LIST}, {"site", NONE, 16, false, NONE, TH_INIT_NO_LIST}, {"source", NONE, 18, false, NONE, TH_INIT_NO_LIST},
	{"activity", NONE, 22, false, W_INIT_ASK_ACTIVITY, TH_INIT_ACTIVITIES}, {"quantity", NONE, 16, true, W_INIT_ASK_QUANTITY, TH_INIT_NO_LIST}, {"unit", NONE, 12, false, W_INIT_ASK_UNIT, TH_INIT_NO_LIST},
	{"product", NONE, 16, false, W_INIT_ASK_PRODUCT, TH_INIT_NO_LIST}, {"stage", NONE, 16, false, W_INIT_ASK_STAGE, TH_INIT_STAGES}, {"share", NONE, 16, false, W_INIT_ASK_SHARE, TH_INIT_NO_LIST},
	{"evidence", NONE, 24, false, NONE, TH_INIT_NO_LIST}, {"note", NONE, 50, false, NONE, TH_INIT_NO_LIST},
};
enum { SOURCE = 2, ACTIVITY = 3, UNIT = 5, PRODUCT = 6, SHARE = 8, NOTE = 10, LINE_CELLS };

static const struct head measures_heads[] = {
	{"id", NONE, 14, false, NONE, TH_INIT_NO_LIST}, {"name", NONE, 28, false, NONE, TH_INIT_NO_LIST}, {"group", NONE, 28, false, W_INIT_ASK_GROUP, TH_INIT_GROUPS},
	{"start", NONE, 14, false, W_INIT_DATE, TH_INIT_NO_LIST}, {"end", NONE, 14, false, W_INIT_DATE, TH_INIT_NO_LIST}, {"reduction", W_INIT_MASS_YEAR, 14, true, NONE, TH_INIT_NO_LIST},
	{"capex", W_INIT_MONEY, 14, true, NONE, TH_INIT_NO_LIST}, {"opex", W_INIT_MONEY_YEAR, 14, true, NONE, TH_INIT_NO_LIST}, {"lifetime", W_INIT_LIFE, 14, true, NONE, TH_INIT_NO_LIST},
	{"status", NONE, 14, false, W_INIT_ASK_STATUS, TH_INIT_STATUSES}, {"evidence", NONE, 28, false, NONE, TH_INIT_NO_LIST}, {"note", NONE, 28, false, NONE, TH_INIT_NO_LIST},
};

static const struct head targets_heads[] = {
	{"phase", NONE, 20, false, NONE, TH_INIT_NO_LIST}, {"year", NONE, 12, false, W_INIT_YEAR, TH_INIT_NO_LIST}, {"emissions", NONE, 16, true, NONE, TH_INIT_NO_LIST},
	{"unit", NONE, 14, false, W_INIT_PHASE_UNIT, TH_INIT_NO_LIST}, {"kind", NONE, 14, false, W_INIT_ASK_KIND, TH_INIT_KINDS}, {"note", NONE, 28, false, NONE, TH_INIT_NO_LIST},
};

static const struct head tasks_heads[] = {
	{"id", NONE, 12, false, NONE, TH_INIT_NO_LIST}, {"task", NONE, 36, false, NONE, TH_INIT_NO_LIST}, {"requirement", NONE, 16, false, NONE, TH_INIT_NO_LIST},
	{"clause", NONE, 16, false, NONE, TH_INIT_NO_LIST}, {"owner", NONE, 18, false, NONE, TH_INIT_NO_LIST}, {"due", NONE, 14, false, W_INIT_DATE, TH_INIT_NO_LIST},
	{"done", NONE, 14, false, W_INIT_DATE, TH_INIT_NO_LIST}, {"evidence", NONE, 28, false, NONE, TH_INIT_NO_LIST}, {"correction", NONE, 28, false, NONE, TH_INIT_NO_LIST},
	{"note", NONE, 28, false, NONE, TH_INIT_NO_LIST},
};

static const struct head offsets_heads[] = {
	{"type", NONE, 20, false, W_INIT_ASK_OFFSET, TH_INIT_OFFSET_TYPES}, {"quantity", NONE, 14, true, NONE, TH_INIT_NO_LIST}, {"unit", NONE, 14, false, W_INIT_PHASE_UNIT, TH_INIT_NO_LIST},
	{"vintage", NONE, 14, false, W_INIT_YEAR, TH_INIT_NO_LIST}, {"registry", NONE, 28, false, NONE, TH_INIT_NO_LIST}, {"serial", NONE, 24, false, NONE, TH_INIT_NO_LIST},
	{"retired", NONE, 14, false, W_INIT_ASK_RETIRED, TH_INIT_NO_LIST}, {"beneficiary", NONE, 24, false, NONE, TH_INIT_NO_LIST}, {"evidence", NONE, 28, false, NONE, TH_INIT_NO_LIST},
	{"note", NONE, 28, false, NONE, TH_INIT_NO_LIST},
};

static const struct head products_heads[] = {
	{"product", NONE, 14, false, NONE, TH_INIT_NO_LIST}, {"name", NONE, 24, false, NONE, TH_INIT_NO_LIST}, {"unit", NONE, 14, false, W_INIT_ASK_DECLARED, TH_INIT_NO_LIST},
	{"boundary", NONE, 18, false, W_INIT_ASK_BOUNDARY, TH_INIT_BOUNDARIES}, {"goal", NONE, 24, false, NONE, TH_INIT_NO_LIST}, {"period", NONE, 14, false, W_INIT_ASK_PERIOD, TH_INIT_NO_LIST}, {"output", NONE, 14, true, NONE, TH_INIT_NO_LIST},
	{"output_unit", NONE, 14, false, NONE, TH_INIT_NO_LIST}, {"allocation", NONE, 14, false, W_INIT_ASK_ALLOCATION, TH_INIT_ALLOCATIONS}, {"physical", NONE, 14, true, NONE, TH_INIT_NO_LIST},
	{"physical_unit", NONE, 14, false, NONE, TH_INIT_NO_LIST}, {"price", NONE, 14, true, NONE, TH_INIT_NO_LIST}, {"basis", NONE, 24, false, NONE, TH_INIT_NO_LIST},
	{"rule", NONE, 24, false, NONE, TH_INIT_NO_LIST}, {"cut_off", NONE, 14, false, NONE, TH_INIT_NO_LIST}, {"excluded", NONE, 24, false, NONE, TH_INIT_NO_LIST},
	{"excluded_share", NONE, 14, false, NONE, TH_INIT_NO_LIST}, {"evidence", NONE, 28, false, NONE, TH_INIT_NO_LIST}, {"note", NONE, 28, false, NONE, TH_INIT_NO_LIST},
};

static const struct head params_heads[] = {
	{"param", NONE, 28, false, NONE, TH_INIT_NO_LIST}, {"value", NONE, 14, true, NONE, TH_INIT_NO_LIST}, {"unit", NONE, 14, false, NONE, TH_INIT_NO_LIST},
	{"source", NONE, 36, false, NONE, TH_INIT_NO_LIST}, {"note", NONE, 80, false, NONE, TH_INIT_NO_LIST},
};

#define HEADS(list) (list), sizeof(list) / sizeof *(list)
static const struct table {
	th_case_part part;
	const struct head *head;
	size_t heads;
	size_t rows;          /* for which it has its lists */
} tables[TH_INIT_SHEETS] = {
	[TH_INIT_INVENTORY] = {TH_CASE_INVENTORY, HEADS(inventory_heads), 2000}, [TH_INIT_MEASURES] = {TH_CASE_MEASURES, HEADS(measures_heads), 200},
	[TH_INIT_TARGETS] = {TH_CASE_TARGETS, HEADS(targets_heads), 50}, [TH_INIT_TASKS] = {TH_CASE_TASKS, HEADS(tasks_heads), 200},
	[TH_INIT_OFFSETS] = {TH_CASE_OFFSETS, HEADS(offsets_heads), 200}, [TH_INIT_PRODUCTS] = {TH_CASE_PRODUCTS, HEADS(products_heads), 200},
	[TH_INIT_PARAMS] = {TH_CASE_PARAMS, HEADS(params_heads), 0},
};

enum { MOST_HEADS = 24 };

/* The columns of a table, by their numbers; those of products only where there are any. How many. */
static size_t columns_of(const th_init_making *m, th_init_sheet sheet, size_t column[MOST_HEADS])
{
	size_t count = 0;
	for (size_t i = 0; i < tables[sheet].heads; i++)
		if (sheet != TH_INIT_INVENTORY || m->init->products || i < PRODUCT || i > SHARE)
			column[count++] = i;
	return count;
}

static th_book_look look_of(th_init_sheet sheet, const struct head *head)
{
	const bool note = strcmp(head->column, "note") == 0;
	if (sheet == TH_INIT_PARAMS && strcmp(head->column, "param") == 0)
		return TH_BOOK_PLAIN;
	return note && (sheet == TH_INIT_PARAMS || sheet == TH_INIT_INVENTORY) ? TH_BOOK_HINT : TH_BOOK_ENTRY;
}

static void put_heads(th_init_making *m, th_init_sheet sheet)
{
	const struct table *t = &tables[sheet];
	size_t shown[MOST_HEADS];
	const size_t count = columns_of(m, sheet, shown);
	th_book_column column[MOST_HEADS] = {{0}};
	for (size_t i = 0; i < count; i++) {
		const struct head *head = &t->head[shown[i]];
		column[i] = (th_book_column){.width = head->width, .look = look_of(sheet, head), .text = !head->number};
	}
	th_init_open_sheet(m, sheet, column, count);
	for (size_t i = 0; i < count; i++) {
		const struct head *head = &t->head[shown[i]];
		th_buf_slice(&m->text, th_init_column(m->init, t->part, head->column));
		th_buf_str(&m->text, head->unit == NONE ? "" : th_init_word(m, (th_label)head->unit));
		th_init_put_text(m);
	}
	th_book_end(m->book, true);
}

/* The rows of this line's activity, which stand together. */
static void choose_unit(th_init_making *m, const th_init_ask *ask)
{
	th_buf units = {0};
	th_buf_printf(&units, "=OFFSET('%s'!", th_init_word(m, W_INIT_CHOICES));
	th_put_cell(&units, TH_INIT_PAIR_UNIT, 0, true);
	th_buf_printf(&units, ",MATCH($%c2,", (int)('A' + ACTIVITY));
	th_init_put_range(m, TH_INIT_PAIR_ACTIVITY, &units);
	th_buf_str(&units, ",0),0,COUNTIF(");
	th_init_put_range(m, TH_INIT_PAIR_ACTIVITY, &units);
	th_buf_printf(&units, ",$%c2),1)", (int)('A' + ACTIVITY));
	th_init_choose_by(m, ask, &units);
}

static void ask_all(th_init_making *m, th_init_sheet sheet)
{
	const struct table *t = &tables[sheet];
	size_t shown[MOST_HEADS];
	const size_t count = columns_of(m, sheet, shown);
	for (size_t i = 0; i < count; i++) {
		const struct head *head = &t->head[shown[i]];
		const th_init_ask ask = {i, 1, t->rows, th_init_column(m->init, t->part, head->column), head->hint == NONE ? "" : th_init_word(m, (th_label)head->hint)};
		if (sheet == TH_INIT_INVENTORY && shown[i] == UNIT)
			choose_unit(m, &ask);
		else if (head->list != TH_INIT_NO_LIST)
			th_init_choose(m, &ask, (size_t)head->list);
		else if (head->hint != NONE)
			th_init_ask_only(m, &ask);
	}
}

/* What such applicants usually have, without period and quantity. */
static void put_lines(th_init_making *m)
{
	const th_init *init = m->init;
	size_t shown[MOST_HEADS];
	const size_t count = columns_of(m, TH_INIT_INVENTORY, shown);
	for (size_t i = 0; i < init->typical.rows; i++) {
		const th_typical_row *row = &init->typical.row[i];
		uint32_t number;
		if (!th_index_get(row->activity, &number) || !th_typical_is_for(row, init->category))
			continue;
		const th_activity *activity = &init->reference->activity[number];
		const th_slice cells[LINE_CELLS] = {[SOURCE] = th_in_lang(m->lang, row->source_zh, row->source_en), [ACTIVITY] = th_in_lang(m->lang, activity->name_zh, activity->name_en),
		                                    [UNIT] = th_in_lang(m->lang, row->unit_zh, row->unit_en), [NOTE] = th_in_lang(m->lang, row->note_zh, row->note_en)};
		for (size_t k = 0; k < count; k++)
			th_book_put(m->book, cells[shown[k]].ptr ? cells[shown[k]] : TH_S(""));
		th_book_end(m->book, false);
	}
}

static void put_params(th_init_making *m)
{
	const th_pack *pack = m->init->pack;
	for (size_t i = pack->facts; i < pack->facts + pack->params; i++) {
		const th_rule_decl *decl = &pack->decl[i];
		th_book_put(m->book, th_word(decl->name, m->lang));
		th_book_put(m->book, TH_S(""));
		th_book_put(m->book, th_word(decl->unit_name, m->lang));
		th_book_put(m->book, TH_S(""));
		th_put_param_note(decl, m->lang, &m->text);
		th_init_put_text(m);
		th_book_end(m->book, false);
	}
}

void th_init_put_table(th_init_making *m, th_init_sheet sheet)
{
	put_heads(m, sheet);
	if (sheet == TH_INIT_INVENTORY)
		put_lines(m);
	if (sheet == TH_INIT_PARAMS)
		put_params(m);
	ask_all(m, sheet);
}

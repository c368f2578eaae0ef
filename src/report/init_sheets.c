/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sheets of a case to fill in. Lists to choose from are ranges of a sheet of their own: Excel ends a list that is written into a cell's rule at 255
 * characters. */
#include "report/init.h"

#include "base/filename.h"
#include "base/list.h"
#include "report/check_report.h"

/* Rows for which a sheet has its lists. */
enum { LINES = 2000, MEASURES = 200, TARGETS = 50 };

static const th_label sheet_words[TH_INIT_SHEETS] = {
	W_INIT_GUIDE, W_INIT_CASE, W_INIT_INVENTORY, W_INIT_MEASURES, W_INIT_TARGETS, W_INIT_PARAMS, W_INIT_CHOICES,
};

/* One column of the sheet of choices. */
struct list {
	th_slice head;
	th_slice *item;
	size_t items, column;
};
enum { ACTIVITIES, PAIR_ACTIVITY, PAIR_UNIT, ANSWERS, GROUPS, STATUSES, KINDS, FIRST_FACT };

struct making {
	th_init *init;
	th_book *book;
	th_lang lang;
	struct list *list;
	size_t lists;
	bool files;
	th_buf text;             /* of one cell */
};

static const char *word(const struct making *m, th_label label)
{
	return th_word_text(label, m->lang);
}

static void put_text(struct making *m)
{
	m->book->failed |= m->text.failed;
	th_book_put(m->book, th_buf_view(&m->text));
	th_buf_clear(&m->text);
}

const char *th_init_file(const th_init *init, th_init_sheet sheet)
{
	static const th_case_part parts[TH_INIT_SHEETS] = {
		[TH_INIT_CASE] = TH_CASE_FACTS, [TH_INIT_INVENTORY] = TH_CASE_INVENTORY, [TH_INIT_MEASURES] = TH_CASE_MEASURES,
		[TH_INIT_TARGETS] = TH_CASE_TARGETS, [TH_INIT_PARAMS] = TH_CASE_PARAMS,
	};
	if (sheet == TH_INIT_GUIDE)
		return init->lang == TH_LANG_ZH ? "填写说明.csv" : "guide.csv";
	if (sheet == TH_INIT_CHOICES)
		return init->lang == TH_LANG_ZH ? "选项.csv" : "choices.csv";
	return th_case_files[parts[sheet]].name;
}

const char *th_init_workbook(const th_init *init)
{
	return init->lang == TH_LANG_ZH ? "项目.xlsx" : "case.xlsx";
}

/* What the guide calls a sheet. */
static th_slice place(const struct making *m, th_init_sheet sheet)
{
	return th_slice_of(m->files ? th_init_file(m->init, sheet) : word(m, sheet_words[sheet]));
}

static void open(struct making *m, th_init_sheet sheet, const th_book_column *column, size_t columns)
{
	th_book_open(m->book, th_slice_of(word(m, sheet_words[sheet])), column, columns);
}

/* --- lists --- */

static void add_item(struct making *m, size_t list, th_slice text)
{
	struct list *l = &m->list[list];
	th_slice *grown = th_grown_in(&m->init->arena, l->item, (uint32_t)l->items, sizeof *grown);
	m->book->failed |= !grown;
	if (grown) {
		l->item = grown;
		l->item[l->items++] = text;
	}
}

/* An activity that has usual units and that the default profile can compute: init knows no other one. */
static void add_activity(struct making *m, uint32_t number)
{
	const th_reference *reference = m->init->reference;
	const th_activity *activity = &reference->activity[number];
	const th_usual_units *usual = th_usual_units_of(&m->init->typical, activity);
	th_slice rest = usual ? th_in_lang(m->lang, usual->units_zh, usual->units_en) : TH_S(""), unit;
	th_slice name = th_in_lang(m->lang, activity->name_zh, activity->name_en);
	if (rest.len == 0 || (reference->profiles && !th_profile_weighs(reference, &reference->profile[0], number)))
		return;
	for (size_t i = 0; i < m->list[ACTIVITIES].items; i++)
		if (th_slice_eq(m->list[ACTIVITIES].item[i], name))
			return;
	add_item(m, ACTIVITIES, name);
	while (th_slice_split(&rest, ';', &unit)) {
		add_item(m, PAIR_ACTIVITY, name);
		add_item(m, PAIR_UNIT, unit);
	}
}

/* First what such applicants usually have. */
static void list_activities(struct making *m)
{
	const th_init *init = m->init;
	for (size_t i = 0; i < init->typical.rows; i++) {
		const th_typical_row *row = &init->typical.row[i];
		uint32_t activity;
		if (th_index_get(row->activity, &activity) && th_typical_is_for(row, init->category))
			add_activity(m, activity);
	}
	for (uint32_t i = 0; i < init->reference->activities; i++)
		add_activity(m, i);
}

/* Each of some words once, in the language: the first name that columns.csv has of it. */
static void list_words(struct making *m, size_t list, const char *kind)
{
	uint32_t at = 0;
	const th_column_name *name;
	th_slice before = {"", 0};
	while ((name = th_columns_each(m->init->reference->columns, kind, &at)) != NULL) {
		bool hanzi = name->text.len && (unsigned char)name->text.ptr[0] >= 0x80;
		if (th_slice_eq(name->column, before) || (m->lang == TH_LANG_ZH && !hanzi))
			continue;
		before = name->column;
		add_item(m, list, m->lang == TH_LANG_ZH ? name->text : name->column);
	}
}

static void list_all(struct making *m)
{
	const th_init *init = m->init;
	const th_pack *pack = init->pack;
	m->list[ACTIVITIES].head = m->list[PAIR_ACTIVITY].head = th_init_column(init, TH_CASE_INVENTORY, "activity");
	m->list[PAIR_UNIT].head = th_init_column(init, TH_CASE_INVENTORY, "unit");
	m->list[ANSWERS].head = th_init_column(init, TH_CASE_FACTS, "value");
	m->list[GROUPS].head = th_init_column(init, TH_CASE_MEASURES, "group");
	m->list[STATUSES].head = th_init_column(init, TH_CASE_MEASURES, "status");
	m->list[KINDS].head = th_init_column(init, TH_CASE_TARGETS, "kind");
	list_activities(m);
	for (int i = 1; i >= 0; i--)
		add_item(m, ANSWERS, th_word(pack->answer[i].name, m->lang));
	for (size_t i = 0; i < pack->groups; i++)
		add_item(m, GROUPS, th_word(pack->group[i].name, m->lang));
	list_words(m, STATUSES, "measures.status");
	list_words(m, KINDS, "targets.kind");
	m->lists = FIRST_FACT;
	for (size_t i = 0; i < init->facts; i++) {
		const th_rule_decl *decl = init->fact[i].decl;
		if (decl->type != TH_RULE_CHOICE)
			continue;
		m->list[m->lists].head = th_word(decl->name, m->lang);
		for (size_t k = 0; k < decl->options; k++)
			add_item(m, m->lists, th_word(decl->option[k].name, m->lang));
		m->lists++;
	}
}

static void put_choices(struct making *m)
{
	th_book_column *column = th_arena_alloc(&m->init->arena, m->lists, sizeof *column);
	size_t most = 0, shown = m->lists;
	m->book->failed |= !column;
	for (size_t c = 0; column && c < shown; c++) {
		column[c] = (th_book_column){.width = 24, .text = true};
		most = m->list[c].items > most ? m->list[c].items : most;
	}
	if (m->book->failed)
		return;
	open(m, TH_INIT_CHOICES, column, shown);
	for (size_t c = 0; c < shown; c++)
		th_book_put(m->book, m->list[c].head);
	th_book_end(m->book, true);
	for (size_t row = 0; row < most; row++) {
		for (size_t c = 0; c < shown; c++)
			th_book_put(m->book, row < m->list[c].items ? m->list[c].item[row] : TH_S(""));
		th_book_end(m->book, false);
	}
	if (!m->book->failed)
		m->book->now->hidden = true;
}

/* 'sheet'!$A$2:$A$9 */
static void put_range(const struct making *m, size_t list, th_buf *out)
{
	th_buf_printf(out, "'%s'!", word(m, W_INIT_CHOICES));
	th_put_cell(out, list, 1, true);
	th_buf_char(out, ':');
	th_put_cell(out, list, m->list[list].items, true);
}

struct ask {
	size_t column, row, rows;
	th_slice title;
	const char *hint;
};

static void choose_by(struct making *m, const struct ask *ask, th_buf *formula)
{
	m->book->failed |= formula->failed;
	th_book_choose(m->book, &(th_book_choice){.column = ask->column, .row = ask->row, .rows = ask->rows, .list = th_buf_view(formula), .title = ask->title,
	                                          .hint = th_slice_of(ask->hint), .question = formula->len ? th_slice_of(word(m, W_INIT_QUESTION)) : TH_S("")});
	th_buf_free(formula);
}

static void choose(struct making *m, const struct ask *ask, size_t list)
{
	th_buf formula = {0};
	if (m->list[list].items == 0)
		return;
	th_buf_char(&formula, '=');
	put_range(m, list, &formula);
	choose_by(m, ask, &formula);
}

static void ask_only(struct making *m, const struct ask *ask)
{
	th_buf none = {0};
	choose_by(m, ask, &none);
}

/* --- the guide --- */

static void end_line(struct making *m)
{
	put_text(m);
	th_book_end(m->book, false);
}

static void put_guide(struct making *m)
{
	static const th_book_column column = {.width = 100, .text = true};
	const th_pack *pack = m->init->pack;
	open(m, TH_INIT_GUIDE, &column, 1);
	TH_INIT_PUT(&m->text, m->lang, W_INIT_TITLE, m->init->title);
	end_line(m);
	TH_INIT_PUT(&m->text, m->lang, W_INIT_BY, pack->document, th_word(pack->name, m->lang));
	end_line(m);
	TH_INIT_PUT(&m->text, m->lang, W_INIT_STEP_CASE, place(m, TH_INIT_CASE), th_init_column(m->init, TH_CASE_FACTS, "evidence"));
	end_line(m);
	TH_INIT_PUT(&m->text, m->lang, W_INIT_STEP_INVENTORY, place(m, TH_INIT_INVENTORY), TH_S("2023-01"));
	end_line(m);
	th_buf_str(&m->text, word(m, W_INIT_STEP_UNFILLED));
	end_line(m);
	TH_INIT_PUT(&m->text, m->lang, W_INIT_STEP_MEASURES, place(m, TH_INIT_MEASURES), place(m, TH_INIT_TARGETS));
	end_line(m);
	if (pack->params) {
		TH_INIT_PUT(&m->text, m->lang, W_INIT_STEP_PARAMS, place(m, TH_INIT_PARAMS));
		end_line(m);
	}
	TH_INIT_PUT(&m->text, m->lang, W_INIT_STEP_CHECK, m->files ? TH_S(".") : th_slice_of(th_init_workbook(m->init)));
	end_line(m);
	if (m->files) {
		TH_INIT_PUT(&m->text, m->lang, W_INIT_STEP_LISTS, place(m, TH_INIT_CHOICES));
		end_line(m);
	}
}

/* --- the case --- */

static size_t list_of(const struct making *m, size_t fact)
{
	size_t list = FIRST_FACT;
	for (size_t i = 0; i < fact; i++)
		list += m->init->fact[i].decl->type == TH_RULE_CHOICE;
	return list;
}

static void ask_fact(struct making *m, size_t number)
{
	const th_init_fact *fact = &m->init->fact[number];
	const struct ask ask = {.column = 1, .row = number + 1, .rows = 1, .title = th_word(fact->decl->name, m->lang), .hint = m->text.ptr};
	if (fact->decl->type == TH_RULE_BOOL)
		choose(m, &ask, ANSWERS);
	else if (fact->decl->type == TH_RULE_CHOICE)
		choose(m, &ask, list_of(m, number));
	else
		ask_only(m, &ask);
}

static void put_case(struct making *m)
{
	static const th_book_column column[] = {
		{.width = 28, .text = true}, {.width = 24, .look = TH_BOOK_ENTRY, .text = true}, {.width = 12, .look = TH_BOOK_ENTRY, .text = true},
		{.width = 24, .look = TH_BOOK_ENTRY, .text = true}, {.width = 36, .look = TH_BOOK_HINT, .text = true}, {.width = 70, .look = TH_BOOK_HINT, .text = true},
	};
	static const char *const names[] = {"fact", "value", "unit", "evidence", "allowed", "hint"};
	const th_init *init = m->init;
	open(m, TH_INIT_CASE, column, sizeof column / sizeof *column);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		th_book_put(m->book, th_init_column(init, TH_CASE_FACTS, names[i]));
	th_book_end(m->book, true);
	for (size_t i = 0; i < init->facts; i++) {
		const th_init_fact *fact = &init->fact[i];
		th_book_put(m->book, th_word(fact->decl->name, m->lang));
		th_book_put(m->book, fact->value);
		th_book_put(m->book, fact->decl->several_units ? TH_S("") : th_word(fact->decl->unit_name, m->lang));
		th_book_put(m->book, TH_S(""));
		th_init_put_allowed(init, fact, &m->text);
		th_buf_char(&m->text, '\0');
		m->text.len -= !m->text.failed;
		if (!m->text.failed)
			ask_fact(m, i);
		put_text(m);
		th_init_put_hint(init, fact, &m->text);
		put_text(m);
		th_book_end(m->book, false);
	}
}

/* --- the inventory --- */

static void ask_lines(struct making *m)
{
	const struct ask period = {0, 1, LINES, th_init_column(m->init, TH_CASE_INVENTORY, "period"), word(m, W_INIT_ASK_PERIOD)};
	const struct ask activity = {3, 1, LINES, th_init_column(m->init, TH_CASE_INVENTORY, "activity"), word(m, W_INIT_ASK_ACTIVITY)};
	const struct ask quantity = {4, 1, LINES, th_init_column(m->init, TH_CASE_INVENTORY, "quantity"), word(m, W_INIT_ASK_QUANTITY)};
	const struct ask unit = {5, 1, LINES, th_init_column(m->init, TH_CASE_INVENTORY, "unit"), word(m, W_INIT_ASK_UNIT)};
	th_buf units = {0};
	ask_only(m, &period);
	choose(m, &activity, ACTIVITIES);
	ask_only(m, &quantity);
	/* The rows of this line's activity, which stand together. */
	th_buf_printf(&units, "=OFFSET('%s'!", word(m, W_INIT_CHOICES));
	th_put_cell(&units, PAIR_UNIT, 0, true);
	th_buf_str(&units, ",MATCH($D2,");
	put_range(m, PAIR_ACTIVITY, &units);
	th_buf_str(&units, ",0),0,COUNTIF(");
	put_range(m, PAIR_ACTIVITY, &units);
	th_buf_str(&units, ",$D2),1)");
	choose_by(m, &unit, &units);
}

static void put_inventory(struct making *m)
{
	static const th_book_column column[] = {
		{.width = 14, .look = TH_BOOK_ENTRY, .text = true}, {.width = 16, .look = TH_BOOK_ENTRY, .text = true}, {.width = 18, .look = TH_BOOK_ENTRY, .text = true},
		{.width = 22, .look = TH_BOOK_ENTRY, .text = true}, {.width = 16, .look = TH_BOOK_ENTRY}, {.width = 12, .look = TH_BOOK_ENTRY, .text = true},
		{.width = 24, .look = TH_BOOK_ENTRY, .text = true}, {.width = 50, .look = TH_BOOK_HINT, .text = true},
	};
	static const char *const names[] = {"period", "site", "source", "activity", "quantity", "unit", "evidence", "note"};
	const th_init *init = m->init;
	open(m, TH_INIT_INVENTORY, column, sizeof column / sizeof *column);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		th_book_put(m->book, th_init_column(init, TH_CASE_INVENTORY, names[i]));
	th_book_end(m->book, true);
	for (size_t i = 0; i < init->typical.rows; i++) {
		const th_typical_row *row = &init->typical.row[i];
		uint32_t number;
		if (!th_index_get(row->activity, &number) || !th_typical_is_for(row, init->category))
			continue;
		const th_activity *activity = &init->reference->activity[number];
		const th_slice cells[] = {TH_S(""), TH_S(""), th_in_lang(m->lang, row->source_zh, row->source_en), th_in_lang(m->lang, activity->name_zh, activity->name_en),
		                          TH_S(""), th_in_lang(m->lang, row->unit_zh, row->unit_en), TH_S(""), th_in_lang(m->lang, row->note_zh, row->note_en)};
		for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
			th_book_put(m->book, cells[k]);
		th_book_end(m->book, false);
	}
	ask_lines(m);
}

/* --- measures, targets, parameters --- */

struct head {
	const char *column;
	int unit; /* a label; -1: none */
};

static void put_head(struct making *m, th_case_part part, const struct head *head, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		th_buf_slice(&m->text, th_init_column(m->init, part, head[i].column));
		th_buf_str(&m->text, head[i].unit < 0 ? "" : word(m, (th_label)head[i].unit));
		put_text(m);
	}
	th_book_end(m->book, true);
}

static void put_measures(struct making *m)
{
	static const struct head head[] = {{"id", -1}, {"name", -1}, {"group", -1}, {"start", -1}, {"end", -1}, {"reduction", W_INIT_MASS_YEAR}, {"capex", W_INIT_MONEY},
	                                   {"opex", W_INIT_MONEY_YEAR}, {"lifetime", W_INIT_LIFE}, {"status", -1}, {"evidence", -1}, {"note", -1}};
	enum { COUNT = sizeof head / sizeof *head };
	th_book_column column[COUNT];
	for (size_t i = 0; i < COUNT; i++) {
		bool number = head[i].unit >= 0;
		column[i] = (th_book_column){.width = i == 1 || i == 2 || i >= 10 ? 28 : 14, .look = TH_BOOK_ENTRY, .text = !number};
	}
	open(m, TH_INIT_MEASURES, column, COUNT);
	put_head(m, TH_CASE_MEASURES, head, COUNT);
	choose(m, &(struct ask){2, 1, MEASURES, m->list[GROUPS].head, word(m, W_INIT_ASK_GROUP)}, GROUPS);
	for (size_t i = 3; i < 5; i++)
		ask_only(m, &(struct ask){i, 1, MEASURES, th_init_column(m->init, TH_CASE_MEASURES, head[i].column), word(m, W_INIT_DATE)});
	choose(m, &(struct ask){9, 1, MEASURES, m->list[STATUSES].head, word(m, W_INIT_ASK_STATUS)}, STATUSES);
}

static void put_targets(struct making *m)
{
	static const struct head head[] = {{"phase", -1}, {"year", -1}, {"emissions", -1}, {"unit", -1}, {"kind", -1}, {"note", -1}};
	static const th_book_column column[] = {
		{.width = 20, .look = TH_BOOK_ENTRY, .text = true}, {.width = 12, .look = TH_BOOK_ENTRY, .text = true}, {.width = 16, .look = TH_BOOK_ENTRY},
		{.width = 14, .look = TH_BOOK_ENTRY, .text = true}, {.width = 14, .look = TH_BOOK_ENTRY, .text = true}, {.width = 28, .look = TH_BOOK_ENTRY, .text = true},
	};
	open(m, TH_INIT_TARGETS, column, sizeof column / sizeof *column);
	put_head(m, TH_CASE_TARGETS, head, sizeof head / sizeof *head);
	ask_only(m, &(struct ask){1, 1, TARGETS, th_init_column(m->init, TH_CASE_TARGETS, "year"), word(m, W_INIT_YEAR)});
	ask_only(m, &(struct ask){3, 1, TARGETS, th_init_column(m->init, TH_CASE_TARGETS, "unit"), word(m, W_INIT_PHASE_UNIT)});
	choose(m, &(struct ask){4, 1, TARGETS, m->list[KINDS].head, word(m, W_INIT_ASK_KIND)}, KINDS);
}

static void put_params(struct making *m)
{
	static const struct head head[] = {{"param", -1}, {"value", -1}, {"unit", -1}, {"source", -1}, {"note", -1}};
	static const th_book_column column[] = {
		{.width = 28, .text = true}, {.width = 14, .look = TH_BOOK_ENTRY}, {.width = 14, .look = TH_BOOK_ENTRY, .text = true},
		{.width = 36, .look = TH_BOOK_ENTRY, .text = true}, {.width = 80, .look = TH_BOOK_HINT, .text = true},
	};
	const th_pack *pack = m->init->pack;
	open(m, TH_INIT_PARAMS, column, sizeof column / sizeof *column);
	put_head(m, TH_CASE_PARAMS, head, sizeof head / sizeof *head);
	for (size_t i = pack->facts; i < pack->facts + pack->params; i++) {
		const th_rule_decl *decl = &pack->decl[i];
		th_book_put(m->book, th_word(decl->name, m->lang));
		th_book_put(m->book, TH_S(""));
		th_book_put(m->book, th_word(decl->unit_name, m->lang));
		th_book_put(m->book, TH_S(""));
		th_put_param_note(decl, m->lang, &m->text);
		put_text(m);
		th_book_end(m->book, false);
	}
}

/* --- all --- */

th_status th_init_fill(th_init *init, bool files)
{
	struct making m = {.init = init, .book = &init->book, .lang = init->lang, .files = files};
	m.list = th_arena_alloc(&init->arena, FIRST_FACT + init->facts + 1, sizeof *m.list);
	if (!m.list)
		return TH_SYSTEM;
	list_all(&m);
	init->book.title = init->title;
	init->book.author = TH_S("tanhe");
	put_guide(&m);
	put_case(&m);
	put_inventory(&m);
	put_measures(&m);
	put_targets(&m);
	put_params(&m);
	put_choices(&m);
	th_buf_free(&m.text);
	return init->book.failed ? TH_SYSTEM : TH_OK;
}

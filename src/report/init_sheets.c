/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sheets of a case to fill in: the guide, the facts, and the lists that all of them choose from. */
#include "report/init_book.h"

#include "base/filename.h"
#include "base/list.h"
#include "report/check_report.h"

/* Is it of this case? */
static bool has(const th_init *init, th_init_sheet sheet)
{
	const bool pilot = !init->alone && init->pack->file == TH_CASE_FACTS;
	switch (sheet) {
	case TH_INIT_CASE:
		return !init->alone;
	case TH_INIT_MEASURES:
	case TH_INIT_TARGETS:
	case TH_INIT_TASKS:
		return pilot;
	case TH_INIT_OFFSETS:
		return !init->alone && th_pack_computed(init->pack, TH_S("offsets_retired")) != TH_NONE;
	case TH_INIT_PRODUCTS:
		return init->products;
	case TH_INIT_PARAMS:
		return !init->alone && init->pack->params > 0;
	default:
		return true;
	}
}

/* --- lists --- */

static void add_item(th_init_making *m, size_t list, th_slice text)
{
	struct th_init_list *l = &m->list[list];
	th_slice *grown = th_grown_in(&m->init->arena, l->item, (uint32_t)l->items, sizeof *grown);
	m->book->failed |= !grown;
	if (grown) {
		l->item = grown;
		l->item[l->items++] = text;
	}
}

/* An activity that has usual units and that the default profile can compute: init knows no other one. */
static void add_activity(th_init_making *m, uint32_t number)
{
	const th_reference *reference = m->init->reference;
	const th_activity *activity = &reference->activity[number];
	const th_usual_units *usual = th_usual_units_of(&m->init->typical, activity);
	th_slice rest = usual ? th_in_lang(m->lang, usual->units_zh, usual->units_en) : TH_S(""), unit;
	th_slice name = th_in_lang(m->lang, activity->name_zh, activity->name_en);
	if (rest.len == 0 || (reference->profiles && !th_profile_weighs(reference, &reference->profile[0], number)))
		return;
	for (size_t i = 0; i < m->list[TH_INIT_ACTIVITIES].items; i++)
		if (th_slice_eq(m->list[TH_INIT_ACTIVITIES].item[i], name))
			return;
	add_item(m, TH_INIT_ACTIVITIES, name);
	while (th_slice_split(&rest, ';', &unit)) {
		add_item(m, TH_INIT_PAIR_ACTIVITY, name);
		add_item(m, TH_INIT_PAIR_UNIT, unit);
	}
}

/* First what such applicants usually have. */
static void list_activities(th_init_making *m)
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
static void list_words(th_init_making *m, size_t list, const char *kind)
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

/* The lists of words that tables of this case take. */
static void list_tables(th_init_making *m)
{
	static const struct { size_t list; th_init_sheet of; th_case_part part; const char *column, *kind; } words[] = {
		{TH_INIT_STATUSES, TH_INIT_MEASURES, TH_CASE_MEASURES, "status", "measures.status"}, {TH_INIT_KINDS, TH_INIT_TARGETS, TH_CASE_TARGETS, "kind", "targets.kind"},
		{TH_INIT_OFFSET_TYPES, TH_INIT_OFFSETS, TH_CASE_OFFSETS, "type", "offsets.type"},
		{TH_INIT_BOUNDARIES, TH_INIT_PRODUCTS, TH_CASE_PRODUCTS, "boundary", "products.boundary"},
		{TH_INIT_ALLOCATIONS, TH_INIT_PRODUCTS, TH_CASE_PRODUCTS, "allocation", "products.allocation"},
		{TH_INIT_STAGES, TH_INIT_PRODUCTS, TH_CASE_INVENTORY, "stage", "inventory.stage"},
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!has(m->init, words[i].of))
			continue;
		m->list[words[i].list].head = th_init_column(m->init, words[i].part, words[i].column);
		list_words(m, words[i].list, words[i].kind);
	}
}

/* Those that hold something stand side by side. */
static void place_lists(th_init_making *m)
{
	size_t column = 0;
	for (size_t i = 0; i < m->lists; i++)
		if (m->list[i].items)
			m->list[i].column = column++;
}

static void list_all(th_init_making *m)
{
	const th_init *init = m->init;
	const th_pack *pack = init->pack;
	m->list[TH_INIT_ACTIVITIES].head = m->list[TH_INIT_PAIR_ACTIVITY].head = th_init_column(init, TH_CASE_INVENTORY, "activity");
	m->list[TH_INIT_PAIR_UNIT].head = th_init_column(init, TH_CASE_INVENTORY, "unit");
	m->list[TH_INIT_ANSWERS].head = th_init_column(init, TH_CASE_FACTS, "value");
	m->list[TH_INIT_GROUPS].head = th_init_column(init, TH_CASE_MEASURES, "group");
	list_activities(m);
	for (int i = 1; i >= 0 && !init->alone; i--)
		add_item(m, TH_INIT_ANSWERS, th_word(pack->answer[i].name, m->lang));
	for (size_t i = 0; i < pack->groups && has(init, TH_INIT_MEASURES); i++)
		add_item(m, TH_INIT_GROUPS, th_word(pack->group[i].name, m->lang));
	list_tables(m);
	m->lists = TH_INIT_FIRST_FACT;
	for (size_t i = 0; i < init->facts; i++) {
		const th_rule_decl *decl = init->fact[i].decl;
		if (decl->type != TH_RULE_CHOICE)
			continue;
		m->list[m->lists].head = th_word(decl->name, m->lang);
		for (size_t k = 0; k < decl->options; k++)
			add_item(m, m->lists, th_word(decl->option[k].name, m->lang));
		m->lists++;
	}
	place_lists(m);
}

static void put_choices(th_init_making *m)
{
	th_book_column *column = th_arena_alloc(&m->init->arena, m->lists, sizeof *column);
	const struct th_init_list **shown = th_arena_alloc(&m->init->arena, m->lists, sizeof *shown);
	size_t most = 0, count = 0;
	m->book->failed |= !column || !shown;
	for (size_t c = 0; !m->book->failed && c < m->lists; c++) {
		if (m->list[c].items == 0)
			continue;
		column[count] = (th_book_column){.width = 24, .text = true};
		shown[count++] = &m->list[c];
		most = m->list[c].items > most ? m->list[c].items : most;
	}
	if (m->book->failed)
		return;
	th_init_open_sheet(m, TH_INIT_CHOICES, column, count);
	for (size_t c = 0; c < count; c++)
		th_book_put(m->book, shown[c]->head);
	th_book_end(m->book, true);
	for (size_t row = 0; row < most; row++) {
		for (size_t c = 0; c < count; c++)
			th_book_put(m->book, row < shown[c]->items ? shown[c]->item[row] : TH_S(""));
		th_book_end(m->book, false);
	}
	if (!m->book->failed)
		m->book->now->hidden = true;
}

/* --- the guide --- */

static void end_line(th_init_making *m)
{
	th_init_put_text(m);
	th_book_end(m->book, false);
}

/* The next step, by its number. */
static void put_step(th_init_making *m, size_t *steps, th_label label, th_slice first, th_slice second)
{
	th_buf_printf(&m->text, "%zu. ", ++*steps);
	TH_INIT_PUT(&m->text, m->lang, label, first, second);
	end_line(m);
}

static void put_guide(th_init_making *m)
{
	static const th_book_column column = {.width = 100, .text = true};
	const th_init *init = m->init;
	const th_pack *pack = init->pack;
	size_t steps = 0;
	th_buf command = {0};
	th_init_open_sheet(m, TH_INIT_GUIDE, &column, 1);
	TH_INIT_PUT(&m->text, m->lang, init->alone ? W_INIT_FOOTPRINT : W_INIT_TITLE, init->title);
	end_line(m);
	if (!init->alone) {
		TH_INIT_PUT(&m->text, m->lang, W_INIT_BY, pack->document, th_word(pack->name, m->lang));
		end_line(m);
		put_step(m, &steps, W_INIT_STEP_CASE, th_init_place(init, TH_INIT_CASE), th_init_column(init, TH_CASE_FACTS, "evidence"));
	}
	if (has(init, TH_INIT_PRODUCTS))
		put_step(m, &steps, W_INIT_STEP_PRODUCTS, th_init_place(init, TH_INIT_PRODUCTS), th_init_place(init, TH_INIT_INVENTORY));
	put_step(m, &steps, W_INIT_STEP_INVENTORY, th_init_place(init, TH_INIT_INVENTORY), init->pack->file == TH_CASE_EVENTS ? TH_S("2025-09-18/2025-09-19") : TH_S("2023-01"));
	th_buf_str(&m->text, th_init_word(m, W_INIT_STEP_UNFILLED));
	end_line(m);
	if (has(init, TH_INIT_MEASURES)) {
		put_step(m, &steps, W_INIT_STEP_MEASURES, th_init_place(init, TH_INIT_MEASURES), th_init_place(init, TH_INIT_TARGETS));
		put_step(m, &steps, W_INIT_STEP_TASKS, th_init_place(init, TH_INIT_TASKS), TH_S(""));
	}
	if (has(init, TH_INIT_OFFSETS))
		put_step(m, &steps, W_INIT_STEP_OFFSETS, th_init_place(init, TH_INIT_OFFSETS), TH_S(""));
	if (has(init, TH_INIT_PARAMS))
		put_step(m, &steps, W_INIT_STEP_PARAMS, th_init_place(init, TH_INIT_PARAMS), TH_S(""));
	th_init_put_command(init, init->files ? "." : th_init_workbook(init), &command);
	m->text.failed |= command.failed;
	put_step(m, &steps, W_INIT_STEP_CHECK, th_buf_view(&command), TH_S(""));
	th_buf_free(&command);
	if (init->files) {
		TH_INIT_PUT(&m->text, m->lang, W_INIT_STEP_LISTS, th_init_place(init, TH_INIT_CHOICES));
		end_line(m);
	}
}

/* --- the case --- */

static size_t list_of(const th_init_making *m, size_t fact)
{
	size_t list = TH_INIT_FIRST_FACT;
	for (size_t i = 0; i < fact; i++)
		list += m->init->fact[i].decl->type == TH_RULE_CHOICE;
	return list;
}

static void ask_fact(th_init_making *m, size_t number)
{
	const th_init_fact *fact = &m->init->fact[number];
	const th_init_ask ask = {.column = 1, .row = number + 1, .rows = 1, .title = th_word(fact->decl->name, m->lang), .hint = m->text.ptr};
	if (fact->decl->type == TH_RULE_BOOL)
		th_init_choose(m, &ask, TH_INIT_ANSWERS);
	else if (fact->decl->type == TH_RULE_CHOICE)
		th_init_choose(m, &ask, list_of(m, number));
	else
		th_init_ask_only(m, &ask);
}

static void put_case(th_init_making *m)
{
	static const th_book_column column[] = {
		{.width = 28, .text = true}, {.width = 24, .look = TH_BOOK_ENTRY, .text = true}, {.width = 12, .look = TH_BOOK_ENTRY, .text = true},
		{.width = 24, .look = TH_BOOK_ENTRY, .text = true}, {.width = 36, .look = TH_BOOK_HINT, .text = true}, {.width = 70, .look = TH_BOOK_HINT, .text = true},
	};
	static const char *const names[] = {"fact", "value", "unit", "evidence", "allowed", "hint"};
	const th_init *init = m->init;
	th_init_open_sheet(m, TH_INIT_CASE, column, sizeof column / sizeof *column);
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
		th_init_put_text(m);
		th_init_put_hint(init, fact, &m->text);
		th_init_put_text(m);
		th_book_end(m->book, false);
	}
}

/* --- all --- */

th_status th_init_fill(th_init *init, bool files)
{
	th_init_making m = {.init = init, .book = &init->book, .lang = init->lang};
	init->files = files;
	m.list = th_arena_alloc(&init->arena, TH_INIT_FIRST_FACT + init->facts + 1, sizeof *m.list);
	if (!m.list)
		return TH_SYSTEM;
	list_all(&m);
	init->book.title = init->title;
	init->book.author = TH_S("tanhe");
	put_guide(&m);
	if (has(init, TH_INIT_CASE))
		put_case(&m);
	for (th_init_sheet sheet = TH_INIT_PRODUCTS; sheet <= TH_INIT_PARAMS; sheet++)
		if (has(init, sheet))
			th_init_put_table(&m, sheet);
	put_choices(&m);
	th_buf_free(&m.text);
	return init->book.failed ? TH_SYSTEM : TH_OK;
}

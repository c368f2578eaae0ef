/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/wanted.h"

#include "base/filename.h"
#include "io/csv.h"
#include "report/init.h"

enum { PART_YEAR = 4 };

static th_slice behind(th_slice id, size_t at)
{
	return at < id.len ? (th_slice){id.ptr + at, id.len - at} : (th_slice){"", 0};
}

/* The file of the case in which it, or what of it is named behind a colon, would stand; TH_CASE_PARTS: in none. */
static th_case_part part_of(const th_assessment *a, th_slice id)
{
	static const th_case_part parts[] = {TH_CASE_INVENTORY, TH_CASE_MEASURES, TH_CASE_TARGETS, TH_CASE_OFFSETS};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (th_lack_is(id, th_slice_of(th_case_files[parts[i]].kind)))
			return parts[i];
	if (th_slice_eq(id, th_slice_of(th_case_files[a->pack->file].name)))
		return TH_CASE_FACTS;
	return th_slice_eq(id, th_slice_of(th_case_files[TH_CASE_ASSUMPTIONS].name)) ? TH_CASE_ASSUMPTIONS : TH_CASE_PARTS;
}

static void at(th_wanted *w, const char *path, size_t line, size_t column)
{
	w->path = path;
	w->line = line;
	w->column = column;
}

/* The row of the fact that waits: for its value, or, when it has one, for its evidence. */
static void find_fact(th_wanted *w)
{
	const th_assessment *a = w->a;
	uint32_t fact = th_pack_fact(a->pack, w->whose);
	for (size_t i = 0; fact != TH_NONE && i < a->facts.count && !w->path; i++) {
		const th_fact *row = &a->facts.fact[i];
		if (a->fact_decl[i] != fact || (w->sort == TH_WANTED_FILL && !th_says_nothing(row->value)))
			continue;
		at(w, row->path ? row->path : a->facts_path, row->line, w->sort == TH_WANTED_FILL ? row->value_column : row->evidence_column);
	}
}

static void find_in_file(th_wanted *w)
{
	const th_assessment *a = w->a;
	const th_check_file *file = &a->file[w->part];
	for (size_t i = 0; w->part == TH_CASE_INVENTORY && w->rest.len == 0 && i < a->files && !w->path; i++)
		if (a->file[i].kind == TH_CASE_INVENTORY && a->file[i].unfilled)
			at(w, a->file[i].path, a->file[i].unfilled_line, 1);
	for (size_t i = 0; w->part == TH_CASE_MEASURES && w->rest.len && i < a->measures.count && !w->path; i++)
		if (th_slice_eq(a->measures.measure[i].id, w->rest))
			at(w, a->measures.path, a->measures.measure[i].line, 0);
	if (!w->path && file->errors)
		at(w, file->path, 0, 0);
}

/* Can a line with all that it wants be added? Not to a table that is laid out in another way, and not of what is no line. */
static bool pastes(const th_wanted *w)
{
	static const size_t needs[TH_CASE_PARTS] = {[TH_CASE_FACTS] = 2, [TH_CASE_INVENTORY] = 0, [TH_CASE_MEASURES] = 3, [TH_CASE_TARGETS] = 2, [TH_CASE_OFFSETS] = 8, [TH_CASE_PARAMS] = 2};
	const th_assessment *a = w->a;
	if (w->path || w->part == TH_CASE_PARTS || !th_check_columns[w->part][0])
		return false;
	bool number = w->rest.len >= PART_YEAR && w->rest.ptr[0] >= '0' && w->rest.ptr[0] <= '9';
	if (w->rest.len && !(w->part == TH_CASE_INVENTORY && number))
		return false;
	const th_check_table *t = &a->table[w->part];
	if (!a->contents.there[w->part])
		return true;
	bool fits = t->there;
	for (size_t i = 0; i < needs[w->part]; i++)
		fits &= t->cell[i] >= 0;
	return fits && (w->part != TH_CASE_INVENTORY || (t->cell[0] >= 0 && t->cell[3] >= 0 && t->cell[4] >= 0));
}

th_wanted th_wanted_of(const th_assessment *a, th_slice id)
{
	static const th_case_part files[] = {[TH_RULE_FACT] = TH_CASE_FACTS, [TH_RULE_PARAM] = TH_CASE_PARAMS, [TH_RULE_COMPUTED] = TH_CASE_PARTS};
	bool evidence = th_lack_is(id, TH_S("evidence"));
	th_wanted w = {.a = a, .id = id, .whose = evidence ? behind(id, strlen("evidence:")) : id, .rest = {"", 0}};
	uint32_t decl = th_pack_decl(a->pack, w.whose);
	w.decl = decl == TH_NONE ? NULL : &a->pack->decl[decl];
	w.part = w.decl ? files[w.decl->role] : part_of(a, id);
	w.sort = evidence ? TH_WANTED_PAPER : w.part == TH_CASE_PARAMS ? TH_WANTED_NUMBER : TH_WANTED_FILL;
	const bool of_facts = w.part == TH_CASE_FACTS && !w.decl; /* their table, as a whole */
	if (!w.decl && !of_facts && w.part != TH_CASE_PARTS && w.part != TH_CASE_ASSUMPTIONS)
		w.rest = behind(id, strlen(th_case_files[w.part].kind) + 1);
	if (w.part == TH_CASE_FACTS)
		find_fact(&w);
	else if (w.part == TH_CASE_PARAMS) {
		const th_pos *waits = &a->param[w.decl - &a->pack->decl[a->pack->facts]].waits;
		if (waits->line)
			at(&w, waits->file, waits->line, waits->column);
		else if (a->file[TH_CASE_PARAMS].errors) /* its row may be the one that could not be read: no second one */
			at(&w, a->file[TH_CASE_PARAMS].path, 0, 0);
	} else if (w.part != TH_CASE_PARTS && w.part != TH_CASE_ASSUMPTIONS)
		find_in_file(&w);
	w.pastes = !of_facts && pastes(&w);
	return w;
}

const char *th_wanted_file(const th_wanted *w)
{
	return th_case_files[w->part == TH_CASE_FACTS ? w->a->pack->file : w->part].name;
}

/* --- the line --- */

/* As th_init has it: enough of it to say what a column is called and what may be filled in. */
static th_init words_of(const th_wanted *w, th_lang lang)
{
	return (th_init){.reference = w->a->reference, .pack = w->a->pack, .lang = lang};
}

static const th_hole *hole_of(const th_wanted *w)
{
	th_buf id = {0};
	const th_hole *found = NULL;
	const th_account *account = w->a->account;
	for (size_t i = 0; account && i < account->holes && !found; i++) {
		const th_hole *hole = &account->hole[i];
		const th_slice part[] = {hole->site, hole->source, hole->activity};
		th_buf_clear(&id);
		for (size_t k = 0; k < sizeof part / sizeof *part; k++) {
			th_buf_char(&id, ':');
			th_buf_slice(&id, part[k]);
		}
		if (!id.failed && th_slice_eq(th_buf_view(&id), behind(w->rest, PART_YEAR)))
			found = hole;
	}
	th_buf_free(&id);
	return found;
}

/* What stands in the line under a column, by its place in th_check_columns. */
static void put_value(const th_wanted *w, size_t column, th_lang lang, th_buf *out)
{
	const th_rule_decl *decl = w->decl;
	bool zh = lang == TH_LANG_ZH;
	const th_hole *hole = w->part == TH_CASE_INVENTORY && w->rest.len > PART_YEAR ? hole_of(w) : NULL;
	th_buf text = {0};
	switch (w->part) {
	case TH_CASE_FACTS:
	case TH_CASE_PARAMS:
		if (column == 0)
			th_buf_slice(&text, zh ? decl->name.zh : decl->id);
		else if (column == 1 || (column == 3 && (decl->needs_evidence || w->part == TH_CASE_PARAMS)))
			th_buf_char(&text, '?');
		else if (column == 2)
			th_buf_slice(&text, zh ? decl->unit_name.zh : decl->unit_text);
		break;
	case TH_CASE_INVENTORY:
		if (hole) {
			const th_slice cell[] = {{"", 0}, hole->site, hole->source, hole->activity_text, TH_S("?"), hole->unit};
			if (column == 0)
				th_put_gap(&text, &hole->gap[0]);
			th_buf_slice(&text, cell[column]);
		} else if (column == 0 && w->rest.len)
			th_buf_add(&text, w->rest.ptr, PART_YEAR);
		else if (column != 1 && (column != 2 || w->a->pack->file == TH_CASE_EVENTS)) /* by its source a line is of a class of emissions */
			th_buf_char(&text, '?');
		break;
	case TH_CASE_MEASURES:
		th_buf_str(&text, column == 0 ? "M1" : column == 6 ? "t CO2e/a" : "?");
		break;
	default:
		th_buf_str(&text, strcmp(th_check_columns[w->part][column], "unit") == 0 ? "t CO2e" : "?");
		break;
	}
	th_put_csv_text(out, th_buf_view(&text));
	out->failed |= text.failed;
	th_buf_free(&text);
}

static bool fills(const th_wanted *w, size_t column)
{
	th_buf value = {0};
	put_value(w, column, TH_LANG_ZH, &value);
	bool filled = value.len > 0 && !(w->part == TH_CASE_MEASURES && column == 6); /* its unit may stand in the head */
	th_buf_free(&value);
	return filled;
}

/* Has the table no such column, and does any line to be added to it fill one? Then all these lines have it, so that heads are added once. */
static bool lacks_head(const th_wanted *w, size_t column)
{
	const th_assessment *a = w->a;
	if (!a->table[w->part].there || a->table[w->part].cell[column] >= 0)
		return false;
	for (size_t i = 0; i < a->results.results; i++)
		for (size_t k = 0; k < a->results.result[i].missings; k++) {
			const th_wanted other = th_wanted_of(a, a->results.result[i].missing[k]);
			if (other.part == w->part && other.pastes && fills(&other, column))
				return true;
		}
	return false;
}

static int column_at(const th_check_table *t, size_t head)
{
	for (int i = 0; i < TH_TABLE_COLUMNS; i++)
		if (t->cell[i] >= 0 && (size_t)t->cell[i] == head)
			return i;
	return -1;
}

void th_put_wanted_line(const th_wanted *w, th_lang lang, th_buf *out)
{
	const th_check_table *t = &w->a->table[w->part];
	size_t from = out->len, columns = 0;
	while (columns < TH_TABLE_COLUMNS && th_check_columns[w->part][columns])
		columns++;
	for (size_t i = 0; t->there && i < t->heads; i++) {
		int column = column_at(t, i);
		th_buf_str(out, i ? "," : "");
		if (column >= 0)
			put_value(w, (size_t)column, lang, out);
	}
	for (size_t i = 0; i < columns; i++) {
		if (t->there && !lacks_head(w, i))
			continue;
		th_buf_str(out, out->len > from ? "," : "");
		put_value(w, i, lang, out);
	}
}

static void put_column(const th_wanted *w, size_t column, th_lang lang, th_buf *out)
{
	const th_init words = words_of(w, lang);
	th_put_csv_text(out, w->pack && lang == TH_LANG_ZH ? w->pack->column[w->part][column] : th_init_column(&words, w->part, th_check_columns[w->part][column]));
}

void th_put_wanted_heads(const th_wanted *w, th_lang lang, th_buf *out)
{
	for (size_t i = 0; i < TH_TABLE_COLUMNS && th_check_columns[w->part][i]; i++) {
		th_buf_str(out, i ? "," : "");
		put_column(w, i, lang, out);
	}
}

void th_put_wanted_new_heads(const th_wanted *w, th_lang lang, th_buf *out)
{
	size_t from = out->len;
	for (size_t i = 0; i < TH_TABLE_COLUMNS && th_check_columns[w->part][i]; i++) {
		if (!lacks_head(w, i))
			continue;
		th_buf_str(out, out->len > from ? "," : "");
		put_column(w, i, lang, out);
	}
}

/* --- what may be filled in --- */

static void add_words(th_lang lang, th_label label, th_buf *out)
{
	th_buf_str(out, th_word_text(W_SEMICOLON, lang));
	th_buf_str(out, th_word_text(label, lang));
}

void th_put_allowed_of(const th_init *words, const th_rule_decl *decl, th_buf *out)
{
	th_init_put_allowed(words, &(th_init_fact){.decl = decl}, out);
	if (decl->role == TH_RULE_PARAM) {
		add_words(words->lang, W_WANT_SOURCE, out);
		th_buf_str(out, th_word_text(W_SEMICOLON, words->lang));
		th_put_param_clause(decl, words->lang, out);
	} else if (decl->needs_evidence)
		add_words(words->lang, W_WANT_PAPER_TOO, out);
}

void th_put_wanted_allowed(const th_wanted *w, th_lang lang, th_buf *out)
{
	const th_init words = words_of(w, lang);
	static const th_label told[TH_CASE_PARTS] = {
		[TH_CASE_INVENTORY] = W_WANT_INVENTORY, [TH_CASE_MEASURES] = W_WANT_MEASURES, [TH_CASE_TARGETS] = W_WANT_TARGETS,
	};
	if (w->sort == TH_WANTED_PAPER)
		th_buf_str(out, th_word_text(W_WANT_PAPER_NAME, lang));
	else if (w->decl && w->part != TH_CASE_PARTS)
		th_put_allowed_of(&words, w->decl, out);
	else if (w->part == TH_CASE_FACTS) {
		th_buf_str(out, th_word_text(W_WANT_INIT, lang));
		th_buf_slice(out, w->a->pack->id);
	} else if (w->part == TH_CASE_INVENTORY && w->a->pack->file == TH_CASE_EVENTS)
		th_buf_str(out, th_word_text(W_WANT_CLASSES, lang));
	else if (w->part != TH_CASE_PARTS && told[w->part] && w->rest.len <= PART_YEAR && (w->pastes || w->line))
		th_buf_str(out, th_word_text(told[w->part], lang));
}

/* Does a requirement lack it? */
static bool is_wanted_by(const th_wanted *w, const th_rule_result *result)
{
	for (size_t i = 0; i < result->missings; i++)
		if (th_slice_eq(result->missing[i], w->id))
			return true;
	return false;
}

void th_put_wanted_clauses(const th_wanted *w, th_lang lang, th_buf *out)
{
	size_t from = out->len;
	th_slice before = {"", 0};
	for (size_t i = 0; i < w->a->results.results; i++) {
		const th_rule_result *result = &w->a->results.result[i];
		if (!is_wanted_by(w, result) || th_slice_eq(before, result->requirement->clause))
			continue;
		before = result->requirement->clause;
		th_buf_str(out, out->len > from ? th_word_text(W_LIST, lang) : "");
		th_buf_slice(out, before);
	}
}

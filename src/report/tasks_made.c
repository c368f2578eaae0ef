/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is not met, as tasks of the plan: a tasks.csv in which who, when and how are to be filled in. */
#include "io/book.h"
#include "report/requests.h"

static bool has_task(const th_assessment *a, th_slice requirement)
{
	bool has = false;
	for (size_t i = 0; i < a->tasks.count && !has; i++)
		has = th_slice_eq(th_slice_trim(a->tasks.task[i].requirement), requirement);
	return has;
}

/* G1, G2 ...; an id that the case has already is left out. */
static void put_id(const th_assessment *a, size_t *number, th_buf *out)
{
	bool taken = true;
	while (taken) {
		th_buf_clear(out);
		th_buf_printf(out, "G%zu", ++*number);
		taken = false;
		for (size_t i = 0; i < a->tasks.count && !taken; i++)
			taken = th_slice_eq(a->tasks.task[i].id, th_buf_view(out));
	}
}

/* The papers that prove it: of the facts that it rests on and that need evidence. */
static void put_papers(const th_assessment *a, const th_rule_result *result, th_lang lang, th_buf *out)
{
	bool any = false;
	for (size_t i = 0; i < result->useds; i++) {
		const th_rule_decl *decl = &a->pack->decl[result->used[i]];
		if (decl->role != TH_RULE_FACT || !decl->needs_evidence)
			continue;
		th_buf_str(out, any ? th_word_text(W_LIST, lang) : th_word_text(W_T_WANTED, lang));
		th_buf_slice(out, th_word(decl->name, lang));
		any = true;
	}
	if (!any)
		th_buf_str(out, th_word_text(W_T_WANTED_ANY, lang));
}

static void put_task(const th_assessment *a, const th_rule_result *result, th_lang lang, size_t *number, th_book *book)
{
	const th_requirement *requirement = result->requirement;
	th_slice advice = th_word(requirement->advice, lang);
	th_buf text = {0};
	put_id(a, number, &text);
	th_put_book_cell(book, &text);
	th_buf_slice(&text, th_word(requirement->title, lang));
	th_buf_str(&text, advice.len ? th_word_text(W_COLON, lang) : "");
	th_buf_slice(&text, advice);
	th_put_book_cell(book, &text);
	th_book_put(book, requirement->id);
	th_book_put(book, requirement->clause);
	for (int i = 0; i < 5; i++) /* owner, due, done, evidence, correction */
		th_book_put(book, TH_S(""));
	put_papers(a, result, lang, &text);
	th_put_book_cell(book, &text);
	th_book_end(book, false);
	th_buf_free(&text);
}

size_t th_put_tasks_made(const th_assessment *a, th_lang lang, th_buf *out)
{
	static const th_label heads[] = {W_T_H_ID, W_T_H_TASK, W_T_H_REQUIREMENT, W_T_H_CLAUSE, W_T_H_OWNER, W_T_H_DUE, W_T_H_DONE, W_T_H_EVIDENCE, W_T_H_CORRECTION, W_T_H_NOTE};
	enum { COLUMNS = sizeof heads / sizeof *heads };
	static const th_book_column column[COLUMNS];
	size_t number = 0, count = 0;
	th_book book;
	th_book_begin(&book);
	th_book_open(&book, th_slice_of(th_word_text(W_T_LIST, lang)), column, COLUMNS);
	for (size_t i = 0; i < COLUMNS; i++)
		th_book_put(&book, th_slice_of(th_word_text(heads[i], lang)));
	th_book_end(&book, true);
	for (size_t i = 0; i < a->results.results; i++) {
		const th_rule_result *result = &a->results.result[i];
		if (result->status != TH_RULE_NOT_MET || has_task(a, result->requirement->id))
			continue;
		put_task(a, result, lang, &number, &book);
		count++;
	}
	if (book.failed)
		out->failed = true;
	else
		th_book_put_csv(book.sheet, out);
	th_book_free(&book);
	return count;
}

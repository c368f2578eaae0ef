/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists that were sent out and came back filled in: what they say stands beside the case's own table, each row at its own place. */

#include "base/near.h"
#include "check/run.h"

typedef struct answering {
	th_checking *s;
	const th_answers *list;
	const th_answer *answer;
} answering;

static th_pos at(const answering *r, size_t column, const char *name)
{
	return (th_pos){r->list->path, r->answer->line, column, name};
}

static void unknown(const answering *r)
{
	const th_pack *pack = r->s->a->pack;
	th_near_name near = {.text = r->answer->item};
	for (size_t i = 0; i < pack->facts + pack->params; i++)
		th_near_offer(&near, pack->decl[i].id);
	th_check_worse(r->s, th_report(r->s->diags, TH_ANSWER_UNKNOWN, at(r, r->answer->item_column, "item"), th_check_text(r->s, r->answer->item),
	                                th_check_text(r->s, pack->id), th_check_text(r->s, th_near_found(&near)), (char *)NULL));
}

/* Where it may be found, for a message: file and line. */
static const char *place_of(th_checking *s, const th_fact *fact)
{
	th_buf text = {0};
	th_buf_printf(&text, "%s:%zu", fact->path ? fact->path : th_check_path(s, TH_CASE_FACTS), fact->line);
	return th_check_built(s, &text);
}

static void differs(const answering *r, th_slice answered, th_slice before, const th_fact *fact, size_t column, const char *name)
{
	th_check_worse(r->s, th_report(r->s->diags, TH_ANSWER_DIFFERS, at(r, column, name), th_check_text(r->s, r->answer->item), th_check_text(r->s, answered),
	                                th_check_text(r->s, before), place_of(r->s, fact), (char *)NULL));
}

/* The row that says the fact of the answer's year, or asks for it; NULL: none does. */
static th_fact *row_of(th_assessment *a, uint32_t decl, int year)
{
	th_fact *found = NULL;
	for (size_t i = 0; i < a->facts.count && !found; i++) {
		th_fact *fact = &a->facts.fact[i];
		bool says = !th_says_nothing(fact->value);
		if (fact->site.len == 0 && th_pack_fact(a->pack, fact->fact) == decl && (fact->year == year || year == 0 || (!says && fact->year == 0)))
			found = fact;
	}
	return found;
}

/* A row that nobody has filled in becomes the answer's; one that says something is only compared, and may get its paper. */
static void fill(const answering *r, th_fact *fact)
{
	const th_answer *w = r->answer;
	bool value = !th_says_nothing(w->value), paper = !th_says_nothing(w->evidence);
	if (value && th_says_nothing(fact->value)) {
		th_slice evidence = fact->evidence;
		*fact = th_fact_sorted((th_fact){.fact = fact->fact, .value = w->value, .unit = w->unit.len ? w->unit : fact->unit, .owner = fact->owner, .note = w->source,
		                                 .year = w->year ? w->year : fact->year, .evidence = evidence, .line = w->line, .fact_column = w->item_column,
		                                 .value_column = w->value_column, .unit_column = w->unit_column, .evidence_column = w->evidence_column, .path = r->list->path});
	} else if (value && !th_slice_eq(th_slice_trim(fact->value), th_slice_trim(w->value)))
		differs(r, w->value, fact->value, fact, w->value_column, "value");
	if (!paper)
		return;
	if (th_says_nothing(fact->evidence))
		fact->evidence = w->evidence;
	else if (!th_slice_eq(th_slice_trim(fact->evidence), th_slice_trim(w->evidence)))
		differs(r, w->evidence, fact->evidence, fact, w->evidence_column, "evidence");
}

static void take_fact(const answering *r, uint32_t decl)
{
	th_assessment *a = r->s->a;
	th_fact *fact = row_of(a, decl, r->answer->year);
	if (!fact) { /* room was made for one of each answer */
		fact = &a->facts.fact[a->facts.count++];
		*fact = (th_fact){.fact = a->pack->decl[decl].id, .line = r->answer->line, .path = r->list->path, .fact_column = r->answer->item_column,
		                  .value_column = r->answer->value_column, .evidence_column = r->answer->evidence_column};
	}
	fill(r, fact);
}

/* evidence:FACT: what is written under value names the paper, too. */
static void take(answering *r)
{
	const th_pack *pack = r->s->a->pack;
	th_slice item = th_slice_trim(r->answer->item), head = TH_S("evidence:");
	bool paper = th_slice_starts(item, head);
	uint32_t decl = th_pack_fact(pack, paper ? th_slice_from(item, head.len) : item);
	th_answer named = *r->answer;
	if (decl == TH_NONE) {
		if (paper || th_pack_param(pack, item) == TH_NONE)
			unknown(r);
		return;
	}
	if (paper) {
		named.evidence = th_says_nothing(named.evidence) ? named.value : named.evidence;
		named.value = (th_slice){"", 0};
		r->answer = &named;
	}
	take_fact(r, decl);
}

static void read_list(th_checking *s, th_answers *list, const char *path)
{
	th_assessment *a = s->a;
	size_t errors = th_diags_errors(s->diags);
	th_check_file *file = &a->file[a->files++];
	th_status status = th_answers_load(a->reference, path, &a->arena, s->diags, list);
	*file = (th_check_file){.path = path, .kind = TH_CASE_FACTS};
	th_check_note_file(file, status, list->encoding, list->sha256, list->rows);
	th_fact *grown = status == TH_SYSTEM ? NULL : th_arena_alloc(&a->arena, a->facts.count + list->count + 1, sizeof *grown);
	if (!grown) {
		th_check_no_memory(s);
		return;
	}
	if (a->facts.count)
		memcpy(grown, a->facts.fact, a->facts.count * sizeof *grown);
	a->facts.fact = grown;
	th_status before = s->status;
	for (size_t i = 0; i < list->count; i++)
		take(&(answering){.s = s, .list = list, .answer = &list->answer[i]});
	if (status == TH_OK && s->status == before)
		return;
	if (s->status == TH_INVALID)
		s->status = before;
	th_check_worse(s, th_check_excuse(s, file, errors, TH_INVALID));
}

void th_check_read_answers(th_checking *s)
{
	const th_check_options *o = s->options;
	s->answers = th_arena_alloc(&s->a->arena, o->answers_count + 1, sizeof *s->answers);
	if (!s->answers)
		th_check_no_memory(s);
	for (size_t i = 0; s->answers && i < o->answers_count && s->status != TH_SYSTEM; i++)
		read_list(s, &s->answers[i], o->answers[i]);
}

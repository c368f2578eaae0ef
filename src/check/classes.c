/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Emission classes of a scheme: a line is of the one that its source names, as a fact of the pack does that says whether it occurs. */

#include "check/lacks.h"

#include <stdio.h>

#include "base/list.h"

static const char prefix[] = "emissions_";

/* The fact of a computed value emissions_FACT; TH_NONE: it is another value. */
static uint32_t fact_of(const th_pack *pack, th_slice id)
{
	if (!th_slice_starts(id, th_slice_of(prefix)))
		return TH_NONE;
	uint32_t fact = th_pack_decl(pack, th_slice_from(id, strlen(prefix)));
	return fact < pack->facts ? fact : TH_NONE;
}

bool th_check_open_classes(th_checking *s)
{
	th_assessment *a = s->a;
	const th_pack *pack = a->pack;
	a->class = th_arena_alloc(&a->arena, pack->decls + 1, sizeof *a->class);
	if (!a->class)
		return th_check_no_memory(s);
	for (uint32_t d = (uint32_t)(pack->facts + pack->params); d < pack->decls; d++) {
		uint32_t fact = fact_of(pack, pack->decl[d].id);
		if (fact != TH_NONE)
			a->class[a->classes++] = (th_check_class){.fact = fact};
	}
	s->class_order = UINT64_MAX;
	return true;
}

/* A line's first entry says which class it is of. */
static void see_line(th_checking *s, const th_entry *entry)
{
	th_assessment *a = s->a;
	uint32_t fact = th_pack_fact(a->pack, entry->source), class = 0;
	while (class < a->classes && a->class[class].fact != fact)
		class++;
	s->class_order = entry->order;
	s->class_now = class < a->classes ? &a->class[class] : NULL;
	if (s->class_now) {
		s->class_now->seen = true;
		s->class_now->lines++;
	} else if (a->unclassed++ == 0) {
		s->unclassed.file = entry->file;
		s->unclassed.line = entry->line;
		s->unclassed.source = th_slice_of(th_check_text(s, entry->source));
	}
}

th_status th_check_hear_class(void *checking, const th_entry *entry)
{
	th_checking *s = checking;
	if (s->class_order != entry->order)
		see_line(s, entry);
	if (s->status == TH_SYSTEM)
		return TH_SYSTEM;
	if (entry->bucket != TH_GROSS || !s->class_now || th_mass_add(&s->class_now->gross, entry->co2e))
		return TH_OK;
	return th_check_too_large(s, entry);
}

/* What the classes are called, one after another. */
static const char *names_of(th_checking *s)
{
	const th_assessment *a = s->a;
	th_buf zh = {0}, en = {0}, both = {0};
	for (size_t i = 0; i < a->classes; i++) {
		const th_words name = a->pack->decl[a->class[i].fact].name;
		th_buf_str(&zh, i ? "、" : "");
		th_buf_slice(&zh, name.zh);
		th_buf_str(&en, i ? ", " : "");
		th_buf_slice(&en, name.en);
	}
	th_buf_both(&both, th_buf_view(&en), th_buf_view(&zh));
	both.failed |= zh.failed || en.failed;
	th_buf_free(&zh);
	th_buf_free(&en);
	return th_check_built(s, &both);
}

void th_check_say_classes(th_checking *s)
{
	char count[24];
	if (s->a->unclassed == 0)
		return;
	snprintf(count, sizeof count, "%zu", s->a->unclassed);
	th_check_say(s, TH_LINE_NO_CLASS, s->unclassed.file, s->unclassed.line, th_check_text(s, th_slice_of(count)), s->unclassed.source.ptr, names_of(s), (char *)NULL);
}

/* --- computed values --- */

void th_class_emissions(th_checking *s, th_computing *v, th_slice fact)
{
	const th_assessment *a = s->a;
	if (!th_lack_unless_there(s, v, TH_CASE_INVENTORY))
		return;
	for (size_t i = 0; i < a->classes; i++)
		if (a->class[i].seen && th_slice_eq(a->pack->decl[a->class[i].fact].id, fact))
			v->value = th_rule_mass(a->class[i].gross, &s->kilogram);
	if (!v->value.known)
		th_lack(v, fact);
}

void th_class_unclassed(th_checking *s, th_computing *v)
{
	const th_unit one = {.num = 1, .den = 1};
	if (th_lack_unless_there(s, v, TH_CASE_INVENTORY))
		v->value = th_rule_number(th_decimal_int((int64_t)s->a->unclassed), &one);
}

/* Below zero is a slip: it decides nothing. */
void th_whole_gross(th_checking *s, th_computing *v)
{
	if (!th_lack_unless_there(s, v, TH_CASE_INVENTORY))
		return;
	const th_mass gross = s->a->account->whole.gross;
	if (gross >= 0)
		v->value = th_rule_mass(gross, &s->kilogram);
	else
		th_lack_file(s, v, TH_CASE_INVENTORY);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One of the applicants in tables of several: what it consists of. */

#include "batch/several.h"

#include "io/digest.h"

static bool tell(const th_batch_fault *f, th_diags *diags)
{
	th_status status = TH_OK;
	for (; f && status != TH_SYSTEM; f = f->next)
		if (f->code == TH_APPLICANT_TWICE)
			status = th_report(diags, TH_APPLICANT_TWICE, f->at, f->arg[0], f->arg[1], (char *)NULL);
		else if (f->code == TH_APPLICANT_NO_ROWS)
			status = th_report(diags, TH_APPLICANT_NO_ROWS, f->at, f->arg[0], f->arg[1], (char *)NULL);
		else
			status = th_report(diags, TH_APPLICANT_UNKNOWN, f->at, f->arg[0], f->arg[1], f->arg[2], (char *)NULL);
	return status != TH_SYSTEM;
}

/* The part of a table, lent. */
static bool lend(const th_batch_table *t, size_t index, th_arena *arena, th_diags *diags)
{
	th_slice text;
	th_lent_part *part = th_arena_alloc(arena, 1, sizeof *part);
	return part && th_wide_part(t->wide, index, arena, &text, part) && th_diags_lend_part(diags, th_wide_path(t->wide), text, part);
}

th_status th_batch_contents(const th_batch_case *item, th_arena *arena, th_diags *diags, th_case_contents *out)
{
	const struct th_batch_applicant *a = item->applicant;
	const struct th_batch_several *s = a->of;
	if (a->told)
		th_diags_merge(diags, a->told);
	if (!tell(a->fault, diags))
		return TH_SYSTEM;
	if (a->told || a->fault)
		return TH_INVALID;
	*out = s->contents;
	out->name = item->name;
	out->facts = &a->facts;
	out->inventory = th_arena_alloc(arena, s->inventories + 1, sizeof *out->inventory);
	out->inventories = 0;
	bool ok = out->inventory != NULL;
	for (size_t i = 0; i < s->tables && ok; i++) {
		const th_batch_table *t = &s->table[i];
		if (a->index[i] >= th_wide_count(t->wide) || t->part == TH_CASE_ASSUMPTIONS)
			continue;
		ok = lend(t, a->index[i], arena, diags);
		out->path[t->part] = out->there[t->part] ? out->path[t->part] : th_wide_path(t->wide);
		out->there[t->part] = true;
		if (t->part == TH_CASE_INVENTORY)
			out->inventory[out->inventories++] = th_wide_path(t->wide);
	}
	if (ok && out->inventories == 0)
		out->inventory[out->inventories++] = out->path[TH_CASE_INVENTORY];
	return ok ? TH_OK : th_no_memory(diags);
}

bool th_batch_cuts(const th_batch_case *item, const char *path)
{
	const struct th_batch_several *s = item->applicant ? item->applicant->of : NULL;
	bool cuts = s && strcmp(s->path, path) == 0;
	for (size_t i = 0; s && i < s->tables && !cuts; i++)
		cuts = strcmp(th_wide_path(s->table[i].wide), path) == 0;
	return cuts;
}

static void add_text(th_digest *digest, const char *text, size_t len)
{
	th_digest_add(digest, &len, sizeof len);
	th_digest_add(digest, text, len);
}

bool th_batch_applicant_digest(const th_batch_case *item, th_digest *digest)
{
	const struct th_batch_applicant *a = item->applicant;
	const struct th_batch_several *s = a->of;
	th_arena arena = {0};
	bool ok = !a->told && !a->fault;
	for (size_t i = 0; i < a->facts.count && ok; i++) {
		const th_fact *f = &a->facts.fact[i];
		const th_slice text[] = {f->fact, f->value, f->unit, f->evidence};
		const size_t at[] = {(size_t)f->year, f->line, f->value_column, f->evidence_column};
		for (size_t k = 0; k < sizeof text / sizeof *text; k++)
			add_text(digest, text[k].ptr, text[k].len);
		th_digest_add(digest, at, sizeof at);
	}
	for (size_t i = 0; i < s->tables && ok; i++) {
		th_slice text;
		th_lent_part part;
		if (a->index[i] >= th_wide_count(s->table[i].wide))
			continue;
		ok = th_wide_part(s->table[i].wide, a->index[i], &arena, &text, &part);
		if (!ok)
			continue;
		add_text(digest, th_wide_path(s->table[i].wide), strlen(th_wide_path(s->table[i].wide)));
		add_text(digest, text.ptr, text.len);
		th_digest_add(digest, part.line, part.lines * sizeof *part.line);
	}
	th_arena_free(&arena);
	return ok;
}

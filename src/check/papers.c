/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The papers that facts name as their evidence: what lies with the case, and what is missing of it. */

#include "base/filename.h"
#include "check/run.h"
#include "io/guard.h"

static bool add_papers(th_checking *s, uint32_t decl, const th_evidence *found, size_t count)
{
	th_assessment *a = s->a;
	th_check_paper *grown = th_arena_alloc(&a->arena, a->papers + count + 1, sizeof *grown);
	if (!grown)
		return th_check_no_memory(s);
	if (a->papers)
		memcpy(grown, a->paper, a->papers * sizeof *grown);
	for (size_t i = 0; i < count; i++)
		grown[a->papers + i] = (th_check_paper){decl, found[i]};
	a->paper = grown;
	a->papers += count;
	return true;
}

/* A fact that counts with its evidence only and has none says so, and not that it is missing itself. */
static void lack_evidence(th_checking *s, uint32_t decl)
{
	th_assessment *a = s->a;
	th_rule_input *input = &a->inputs.input[decl];
	th_slice *id = th_arena_alloc(&a->arena, 1, sizeof *id);
	th_words *text = th_arena_alloc(&a->arena, 1, sizeof *text), name = a->pack->decl[decl].name;
	th_buf built = {0}, zh = {0}, en = {0};
	if (!id || !text) {
		th_check_no_memory(s);
		return;
	}
	th_buf_str(&built, "evidence:");
	th_buf_slice(&built, a->pack->decl[decl].id);
	th_buf_slice(&zh, name.zh);
	const char *file = input->file == a->facts_path ? th_check_part_name(s, TH_CASE_FACTS) : input->file;
	th_buf_printf(&zh, "的佐证材料（%s:%zu）", file, input->line);
	th_buf_str(&en, "evidence of ");
	th_buf_slice(&en, name.en);
	th_buf_printf(&en, " (%s:%zu)", file, input->line);
	*id = th_slice_of(th_check_built(s, &built));
	text->zh = th_slice_of(th_check_built(s, &zh));
	text->en = th_slice_of(th_check_built(s, &en));
	input->lacks = id;
	input->lack_text = text;
	input->lack_count = 1;
}

static void find_papers(th_checking *s, uint32_t decl)
{
	th_assessment *a = s->a;
	th_rule_input *input = &a->inputs.input[decl];
	th_evidence *found;
	size_t count;
	th_status status = th_evidence_find(a->contents.papers, input->evidence, &a->arena, s->diags, &found, &count);
	th_check_worse(s, status);
	if (status != TH_OK || !add_papers(s, decl, found, count))
		return;
	for (size_t i = 0; i < count; i++)
		input->evidence_void |= s->options->require_evidence && found[i].state != TH_EVIDENCE_FOUND;
	if (a->pack->decl[decl].needs_evidence && input->value.known && !th_rule_evidenced(input))
		lack_evidence(s, decl);
}

void th_check_find_papers(th_checking *s)
{
	th_assessment *a = s->a;
	const char *folder = th_path_join(&a->arena, a->contents.papers, th_case_evidence);
	if (!folder) {
		th_check_no_memory(s);
		return;
	}
	th_check_worse(s, th_guard_folder(folder, s->diags));
	for (uint32_t decl = 0; decl < a->pack->facts; decl++)
		find_papers(s, decl);
}

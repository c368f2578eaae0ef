/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/applicants_layout.h"

#include "io/csv.h"
#include "rules/rules.h"

enum { FIRST_LINES = 10 };

th_known_fact *cli_known_facts(const th_pack *pack, th_arena *arena)
{
	th_known_fact *known = th_arena_alloc(arena, pack->facts + 1, sizeof *known);
	for (size_t i = 0; known && i < pack->facts; i++) {
		const th_rule_decl *decl = &pack->decl[i];
		known[i] = (th_known_fact){.id = decl->id, .zh = decl->name.zh, .alias = decl->alias, .aliases = decl->aliases, .number = decl->type == TH_RULE_NUMBER};
	}
	return known;
}

static th_slice title_of(const th_pack *pack, th_slice id)
{
	for (size_t i = 0; i < pack->facts; i++)
		if (th_slice_eq(pack->decl[i].id, id))
			return pack->decl[i].name.zh;
	return id;
}

static void put_fact(const th_pack *pack, th_slice applicant, const th_fact *fact, th_buf *out)
{
	const th_slice cell[] = {applicant, title_of(pack, fact->fact), fact->value, fact->unit};
	for (size_t i = 0; i < CLI_COUNT(cell); i++) {
		th_put_csv_text(out, cell[i]);
		th_buf_char(out, ',');
	}
	if (fact->year)
		th_buf_printf(out, "%d", fact->year);
	th_buf_char(out, ',');
	th_put_csv_text(out, fact->evidence);
	th_buf_char(out, '\n');
}

/* The lines of all applicants, at most so many of them. */
static th_status put_facts(th_applicants *list, const th_pack *pack, size_t most, size_t *applicants, size_t *facts, th_buf *out)
{
	bool end = false;
	th_status worst = TH_OK;
	th_buf_str(out, "申报主体,填报项,值,单位,年份,凭证\n");
	while (!end && worst != TH_SYSTEM) {
		th_arena arena = {0};
		th_applicant one;
		th_status status = th_applicants_next(list, &arena, &one, &end);
		*applicants += status == TH_OK && !end;
		for (size_t i = 0; status == TH_OK && !end && i < one.facts.count; i++)
			if ((*facts)++ < most)
				put_fact(pack, one.name, &one.facts.fact[i], out);
		worst = status > worst ? status : worst;
		th_arena_free(&arena);
	}
	return worst;
}

static void put_said(const th_applicants *list, bool zh, size_t applicants, size_t facts, th_buf *out)
{
	const size_t unread = th_applicants_unread(list);
	th_buf_printf(out, zh ? "\n# 申报主体表：第%zu行为表头，申报主体%zu个，填报项共%zu个" : "\n# applicants: header in line %zu, %zu applicants, %zu facts",
	              th_applicants_head_line(list), applicants, facts);
	if (unread)
		th_buf_printf(out, zh ? "；未读取%zu列" : "; %zu columns not read", unread);
	if (facts > FIRST_LINES)
		th_buf_printf(out, zh ? "\n# 长表前%d行，共%zu行：\n" : "\n# the first %d of %zu long rows:\n", FIRST_LINES, facts);
	else
		th_buf_str(out, zh ? "\n# 长表：\n" : "\n# the long table:\n");
}

static th_status put_list(cli_job *job, th_applicants *list, const th_pack *pack, bool csv, th_buf *out)
{
	size_t applicants = 0, facts = 0;
	th_buf rows = {0};
	th_status status = put_facts(list, pack, csv ? SIZE_MAX : FIRST_LINES, &applicants, &facts, &rows);
	if (status == TH_OK && !csv) {
		th_applicants_put_layout(list, out);
		put_said(list, job->c->lang == TH_LANG_ZH, applicants, facts, out);
	}
	th_buf_slice(out, th_buf_view(&rows));
	out->failed |= rows.failed;
	th_buf_free(&rows);
	return status;
}

th_status cli_layout_applicants(cli_job *job, const char *path, bool sure, bool csv, bool *meant, th_buf *out)
{
	th_pack *pack = NULL;
	th_applicants *list = NULL;
	th_arena arena = {0};
	th_status status = th_rules_open(job->reference, job->c->data, NULL, job->diags, &pack);
	th_known_fact *known = status == TH_OK ? cli_known_facts(pack, &arena) : NULL;
	if (status == TH_OK && !known)
		status = th_no_memory(job->diags);
	*meant = status != TH_OK || sure || th_applicants_meant(job->reference, path, known, pack->facts);
	if (status == TH_OK && *meant)
		status = th_applicants_open(job->reference, path, known, pack->facts, job->diags, &list);
	if (list)
		status = put_list(job, list, pack, csv, out);
	th_applicants_close(list);
	th_arena_free(&arena);
	th_pack_free(pack);
	return status;
}

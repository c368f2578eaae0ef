/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stages of a scheme (application, follow-up, acceptance): what a requirement is at each of them, and which are asked at the one in force. */

#include "rules/read.h"

const char *const th_verdict_names[TH_VERDICTS] = {"eligible", "not_eligible", "undetermined", "expert_review"};

uint32_t th_pack_stage(const th_pack *pack, th_slice id)
{
	for (size_t i = 0; i < pack->stages; i++)
		if (th_slice_eq(pack->stage[i].id, id))
			return (uint32_t)i;
	return TH_NONE;
}

static void read_verdicts(th_reader *r, const th_json *node, th_rule_stage *stage)
{
	const th_json *list = th_read_member(r, node, "verdicts", TH_JSON_OBJECT, false);
	if (list)
		(void)th_read_keys(r, list, "eligible not_eligible undetermined expert_review");
	for (int i = 0; i < TH_VERDICTS && list; i++) {
		const th_json *one = th_read_member(r, list, th_verdict_names[i], TH_JSON_OBJECT, false);
		if (one)
			stage->verdict[i] = th_read_pair(r, one, true);
	}
}

static void read_stage(th_reader *r, const th_json *node, th_rule_stage *stage)
{
	if (!th_read_keys(r, node, "id zh en clause quote verdicts"))
		return;
	th_slice id = th_read_text(r, node, "id", true);
	if (th_pack_stage(r->pack, id) != TH_NONE)
		th_read_twice(r, node, id);
	stage->id = id;
	stage->name = th_read_pair(r, node, true);
	stage->clause = th_read_text(r, node, "clause", false);
	stage->quote = th_read_text(r, node, "quote", false);
	read_verdicts(r, node, stage);
}

void th_read_stages(th_reader *r, const th_json *root)
{
	size_t count;
	r->owner = "stages";
	const th_json *list = th_read_list(r, root, "stages", false, &count);
	r->pack->stage = th_reader_alloc(r, count, sizeof *r->pack->stage);
	for (; list && r->pack->stage; list = list->next) {
		read_stage(r, list, &r->pack->stage[r->pack->stages]);
		r->pack->stages++;
	}
}

/* What it is where nothing else is said stands in its level. A pack that tells no stages apart has one without a name. */
void th_read_levels(th_reader *r, const th_json *node, th_requirement *rule)
{
	static const char *const words[TH_RULE_LEVELS + 1] = {"mandatory", "general", "recommended", "none"};
	const th_pack *pack = r->pack;
	const th_json *list = th_read_member(r, node, "stages", TH_JSON_OBJECT, false);
	rule->at = th_reader_alloc(r, pack->stages + 1, sizeof *rule->at);
	if (!rule->at)
		return;
	for (size_t i = 0; i <= pack->stages; i++)
		rule->at[i] = rule->level;
	for (const th_json *one = list ? list->child : NULL; one; one = one->next) {
		uint32_t stage = th_pack_stage(pack, one->key);
		if (stage == TH_NONE)
			TH_REJECT(r, one, TH_PACK_NAME, th_reader_text(r, one->key), "stages", NULL);
		else if (one->kind != TH_JSON_STRING)
			TH_REJECT(r, one, TH_PACK_SHAPE, th_reader_text(r, one->key), "\"level\"", NULL);
		else
			rule->at[stage] = (th_rule_level)th_read_word(r, one, words, TH_RULE_LEVELS + 1);
	}
}

/* Those that are asked at a stage, with what they are there. */
static void begin(th_pack *pack, size_t stage)
{
	pack->at = stage;
	pack->requirements = 0;
	for (size_t i = 0; i < pack->everys; i++) {
		if (pack->every[i].at[stage] == TH_RULE_LEVELS)
			continue;
		th_requirement *rule = &pack->requirement[pack->requirements++];
		*rule = pack->every[i];
		rule->level = rule->at[stage];
	}
}

/* Every stage has to ask something: one that asks nothing would always be passed. */
void th_read_asked(th_reader *r, const th_json *root)
{
	th_pack *pack = r->pack;
	pack->every = pack->requirement;
	pack->everys = pack->requirements;
	pack->requirement = th_reader_alloc(r, pack->everys, sizeof *pack->requirement);
	if (r->status != TH_OK)
		return;
	for (size_t i = pack->stages; i-- > 0;) {
		begin(pack, i);
		r->owner = th_reader_text(r, pack->stage[i].id);
		if (pack->requirements == 0)
			TH_REJECT(r, root, TH_PACK_SHAPE, "requirements", "[element, ...]", NULL);
	}
	begin(pack, 0);
}

/* What to say when the pack has no such stage. */
static th_status unknown_stage(const th_pack *pack, const char *stage, th_diags *diags)
{
	th_buf list = {0}, id = {0};
	for (size_t i = 0; i < pack->stages; i++) {
		th_buf_str(&list, i ? ", " : "");
		th_buf_slice(&list, pack->stage[i].id);
	}
	th_buf_str(&list, pack->stages ? "" : "-");
	th_buf_char(&list, '\0');
	th_buf_slice(&id, pack->id);
	th_buf_char(&id, '\0');
	th_status status = list.failed || id.failed ? th_no_memory(diags)
	                                            : th_report(diags, TH_OPTION_STAGE, (th_pos){NULL, 0, 0, NULL}, stage, id.ptr, list.ptr, (char *)NULL);
	th_buf_free(&list);
	th_buf_free(&id);
	return status == TH_SYSTEM ? status : TH_USAGE;
}

static th_status choose(th_pack *pack, const char *stage, th_diags *diags)
{
	uint32_t found = th_pack_stage(pack, th_slice_of(stage));
	if (found == TH_NONE)
		return unknown_stage(pack, stage, diags);
	begin(pack, found);
	return TH_OK;
}

th_status th_rules_stage(th_pack *pack, const char *stage, th_diags *diags)
{
	th_mark mark = th_begin(diags);
	return th_settle(mark, diags, choose(pack, stage, diags));
}

th_slice th_pack_stage_id(const th_pack *pack)
{
	return pack->at ? pack->stage[pack->at].id : (th_slice){"", 0};
}

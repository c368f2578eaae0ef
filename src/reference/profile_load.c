/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Profiles are read: which factor serves which purpose. */
#include "reference/load.h"

/* Which of names[] a member's text is; `count` when absent, reported when it is none of them. */
static size_t choose(th_loader *l, const th_json *object, const char *key, const char *const *names, size_t count)
{
	const th_json *member = th_json_get(object, key);
	size_t which = 0;
	if (!member)
		return count;
	while (which < count && !(member->kind == TH_JSON_STRING && th_slice_eq(member->text, th_slice_of(names[which]))))
		which++;
	if (which < count)
		return which;
	th_buf list = {0};
	for (size_t i = 0; i < count; i++) {
		th_buf_str(&list, i ? ", " : "");
		th_buf_str(&list, names[i]);
	}
	if (list.failed)
		th_loader_no_memory(l);
	else
		TH_FAIL_NODE(l, member, TH_PROFILE_CHOICE, th_loader_text(l, member->text), th_loader_text(l, th_buf_view(&list)), NULL);
	th_buf_free(&list);
	return count;
}

/* An optional text member. */
static th_slice text_of(th_loader *l, const th_json *object, const char *key)
{
	const th_json *member = th_json_get(object, key);
	if (!member)
		return (th_slice){"", 0};
	if (member->kind == TH_JSON_STRING)
		return member->text;
	TH_FAIL_NODE(l, member, TH_DATA_SHAPE, key, "\"...\"", NULL);
	return (th_slice){"", 0};
}

static void unknown(th_loader *l, const th_json *object, const char *key, th_slice name, const char *where)
{
	TH_FAIL_NODE(l, th_json_get(object, key), TH_PROFILE_UNKNOWN, th_loader_text(l, name), where, NULL);
}

/* What a rule is for: a method, an activity, or "*" for everything. */
static void read_subject(th_loader *l, const th_reference *r, const th_json *node, th_rule *rule)
{
	static const char *const any = "*";
	th_slice method = text_of(l, node, "method"), activity = text_of(l, node, "activity");
	rule->method = -1;
	if ((method.len > 0) == (activity.len > 0)) {
		TH_FAIL_NODE(l, node, TH_PROFILE_ONE_OF, "method, activity", NULL);
		return;
	}
	if (th_slice_eq(method, th_slice_of(any)) || th_slice_eq(activity, th_slice_of(any)))
		return;
	if (activity.len) {
		rule->activity = th_index_of(th_find_activity(r, activity));
		if (!th_index_is(rule->activity))
			unknown(l, node, "activity", activity, "activities.csv");
		return;
	}
	size_t which = choose(l, node, "method", th_method_names, TH_METHODS);
	if (which < TH_METHODS)
		rule->method = (int)which;
}

static void read_choice(th_loader *l, const th_reference *r, const th_json *node, th_rule *rule)
{
	rule->factor_id = text_of(l, node, "factor");
	rule->category = text_of(l, node, "category");
	const th_json *outside = th_json_get(node, "outside");
	rule->outside = outside && outside->kind == TH_JSON_TRUE;
	if (rule->outside && rule->factor_id.len == 0 && rule->category.len == 0)
		return;
	if (outside)
		TH_FAIL_NODE(l, outside, TH_PROFILE_ONE_OF, "factor, category, outside (true)", NULL);
	if ((rule->factor_id.len > 0) == (rule->category.len > 0)) {
		TH_FAIL_NODE(l, node, TH_PROFILE_ONE_OF, "factor, category", NULL);
		return;
	}
	if (rule->factor_id.len)
		rule->factor = th_index_of(th_find_factor(r, rule->factor_id));
	if (rule->factor_id.len && !th_index_is(rule->factor))
		unknown(l, node, "factor", rule->factor_id, "factors/");
	if (rule->category.len && !th_slice_eq(rule->category, TH_S("*")) &&
	    th_intern_find(&r->index->category, rule->category) == TH_NONE)
		unknown(l, node, "category", rule->category, "factors/");
}

static void read_rule(th_loader *l, const th_reference *r, const th_json *node, th_rule *rule)
{
	static const char *const regions[] = {"any", "line"};
	static const char *const years[] = {"any", "data-year", "valid"};
	static const char *const lines[] = {"others", "all"};
	if (node->kind != TH_JSON_OBJECT) {
		TH_FAIL_NODE(l, node, TH_DATA_SHAPE, "select", "{\"leg\": ...}", NULL);
		return;
	}
	th_json_keys(l, node, "leg method activity factor category outside region year lines note_zh note_en");
	(void)th_json_need(l, node, "leg");
	rule->leg = (th_leg)choose(l, node, "leg", th_leg_names, TH_LEGS);
	read_subject(l, r, node, rule);
	read_choice(l, r, node, rule);
	rule->region_of_line = choose(l, node, "region", regions, 2) == 1;
	size_t year = choose(l, node, "year", years, 3);
	rule->year = year == 1 ? TH_YEAR_DATA : year == 2 ? TH_YEAR_VALID : TH_YEAR_ANY;
	rule->all_lines = choose(l, node, "lines", lines, 2) == 1;
	if (rule->leg != TH_LEG_RESIDUAL && th_json_get(node, "lines"))
		TH_FAIL_NODE(l, th_json_get(node, "lines"), TH_PROFILE_CHOICE, th_leg_names[rule->leg < TH_LEGS ? rule->leg : 0], "residual", NULL);
	rule->note_zh = text_of(l, node, "note_zh");
	rule->note_en = text_of(l, node, "note_en");
}

static void read_rules(th_loader *l, th_reference *r, const th_json *root, th_profile *profile)
{
	const th_json *select = th_json_get(root, "select");
	size_t count = 0;
	bool has_main = false;
	if (!select || select->kind != TH_JSON_ARRAY) {
		TH_FAIL_NODE(l, select ? select : root, TH_DATA_SHAPE, "select", "[{\"leg\": ...}, ...]", NULL);
		return;
	}
	for (const th_json *node = select->child; node; node = node->next)
		count++;
	profile->rule = th_arena_alloc(&r->arena, count ? count : 1, sizeof *profile->rule);
	if (!profile->rule) {
		th_loader_no_memory(l);
		return;
	}
	for (const th_json *node = select->child; node; node = node->next) {
		th_rule *rule = &profile->rule[profile->rules++];
		read_rule(l, r, node, rule);
		has_main |= rule->leg == TH_LEG_MAIN && node->kind == TH_JSON_OBJECT;
	}
	if (!has_main)
		TH_FAIL_NODE(l, select, TH_PROFILE_MAIN, NULL);
}

/* What the document calls its total: purchased power counts by its contract or certificate (market), by the profile's own rule. */
static void read_total(th_loader *l, const th_json *root, th_profile *profile)
{
	static const char *const scope2[] = {"market"};
	const th_json *total = th_json_get(root, "total");
	if (!total)
		return;
	if (total->kind != TH_JSON_OBJECT) {
		TH_FAIL_NODE(l, total, TH_DATA_SHAPE, "total", "{\"name_zh\": ...}", NULL);
		return;
	}
	static const char *const given_out[] = {"subtracted"};
	th_json_keys(l, total, "name_zh name_en scope2 given_out");
	profile->less_given_out = choose(l, total, "given_out", given_out, 1) == 0;
	profile->total_zh = th_json_need(l, total, "name_zh");
	profile->total_en = th_json_need(l, total, "name_en");
	(void)th_json_need(l, total, "scope2");
	(void)choose(l, total, "scope2", scope2, 1);
	profile->has_total = true;
}

static void read_profile(th_loader *l, th_reference *r, const th_json *root, th_slice id, th_profile *profile)
{
	if (root->kind != TH_JSON_OBJECT) {
		TH_FAIL_NODE(l, root, TH_DATA_SHAPE, "profile", "{\"schema\": ...}", NULL);
		return;
	}
	static const char *const schemas[] = {"tanhe.profile/1"};
	th_json_keys(l, root, "schema id name_zh name_en purpose_zh purpose_en document url alone gases total gwp region select");
	(void)th_json_need(l, root, "schema");
	(void)choose(l, root, "schema", schemas, 1);
	profile->id = th_json_need(l, root, "id");
	if (profile->id.len && !th_slice_eq(profile->id, id))
		TH_FAIL_NODE(l, th_json_get(root, "id"), TH_PROFILE_CHOICE, th_loader_text(l, profile->id), th_loader_text(l, id), NULL);
	profile->name_zh = th_json_need(l, root, "name_zh");
	profile->name_en = th_json_need(l, root, "name_en");
	profile->purpose_zh = text_of(l, root, "purpose_zh");
	profile->purpose_en = text_of(l, root, "purpose_en");
	profile->document = th_json_need(l, root, "document");
	profile->url = text_of(l, root, "url");
	static const char *const gases[] = {"CO2"};
	profile->only_co2 = choose(l, root, "gases", gases, 1) == 0;
	const th_json *alone = th_json_get(root, "alone");
	profile->alone = alone && alone->kind == TH_JSON_TRUE;
	if (alone && !profile->alone)
		TH_FAIL_NODE(l, alone, TH_DATA_SHAPE, "alone", "true", NULL);
	read_total(l, root, profile);
	(void)th_json_need(l, root, "gwp");
	size_t gwp = choose(l, root, "gwp", th_gwp_names, TH_GWP_SETS);
	profile->gwp = gwp < TH_GWP_SETS ? (int)gwp : 0;
	th_slice region = th_json_need(l, root, "region");
	profile->region = th_find_region(r, region);
	if (region.len && profile->region == TH_NONE)
		unknown(l, root, "region", region, "regions.csv");
	read_rules(l, r, root, profile);
}

static th_status load_profile(th_reference *r, const char *folder, th_slice id, th_diags *diags)
{
	static const char ending[] = ".json";
	char *name = th_arena_alloc(&r->arena, id.len + sizeof ending, 1);
	if (!name)
		return th_no_memory(diags);
	memcpy(name, id.ptr, id.len);
	memcpy(name + id.len, ending, sizeof ending);
	th_loader l;
	const th_json *root = th_loader_json(&l, &r->arena, folder, name, diags);
	th_profile *grown = root ? th_grown(r->profile, r->profiles, sizeof *grown) : NULL;
	if (root && !grown)
		th_loader_no_memory(&l);
	if (grown) {
		r->profile = grown;
		th_profile *profile = &r->profile[r->profiles++];
		*profile = (th_profile){.id = id, .region = TH_NONE};
		read_profile(&l, r, root, id, profile);
	}
	return th_loader_close(&l);
}

/* The default first, then the others in their order. */
static void load_list(th_loader *l, th_reference *r, const char *folder, const th_json *set)
{
	const th_json *list = th_json_get(set, "profiles");
	th_slice first = th_json_need(l, set, "default");
	bool listed = false;
	if (!list || list->kind != TH_JSON_ARRAY || !list->child) {
		TH_FAIL_NODE(l, list ? list : set, TH_DATA_SHAPE, "profiles", "[\"id\", ...]", NULL);
		return;
	}
	for (int others = 0; others <= 1; others++) {
		for (const th_json *node = list->child; node && l->status != TH_SYSTEM; node = node->next) {
			bool named = node->kind == TH_JSON_STRING && th_plain_name(node->text);
			if (!named && !others)
				TH_FAIL_NODE(l, node, TH_DATA_FILE_NAME, th_loader_text(l, node->text), NULL);
			if (!named || th_slice_eq(node->text, first) == (others == 1))
				continue;
			if (th_find_profile(r, node->text) != TH_NONE) {
				TH_FAIL_NODE(l, node, TH_PROFILE_TWICE, th_loader_text(l, node->text), NULL);
				continue;
			}
			listed |= !others;
			th_loader_worse(l, load_profile(r, folder, node->text, l->diags));
		}
	}
	if (first.len && !listed)
		unknown(l, set, "default", first, "profiles");
}

th_status th_profiles_load(th_reference *r, const char *dir, th_diags *diags)
{
	const char *folder = th_path_join(&r->arena, dir, "profiles");
	if (!folder)
		return th_no_memory(diags);
	th_loader l;
	const th_json *set = th_loader_json(&l, &r->arena, folder, "set.json", diags);
	if (set) {
		th_json_keys(&l, set, "default profiles");
		load_list(&l, r, folder, set);
	}
	return th_loader_close(&l);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a pack declares: facts, parameters, computed values, domains, definitions. */

#include "rules/read.h"

static const char *owner_of(th_reader *r, const th_json *node, const char *part)
{
	th_slice id = th_json_string(node, "id");
	return id.len ? th_reader_text(r, id) : part;
}

/* An id of a non-empty name. */
static th_slice read_id(th_reader *r, const th_json *node)
{
	th_slice id = th_read_text(r, node, "id", true);
	const th_json *member = th_json_get(node, "id");
	if (member && id.len == 0)
		TH_REJECT(r, member, TH_PACK_SHAPE, "id", "\"id\"", NULL);
	return id;
}

/* --- options --- */

static void read_option(th_reader *r, const th_json *node, th_rule_option *list, size_t at)
{
	th_rule_option *option = &list[at];
	if (!th_read_keys(r, node, "id zh en aliases"))
		return;
	option->id = read_id(r, node);
	option->name = th_read_pair(r, node, true);
	th_read_aliases(r, node, &option->alias, &option->aliases);
	for (size_t i = 0; i < at; i++)
		if (th_read_clash(r, node, list[i].alias, list[i].aliases, option->alias, option->aliases))
			return;
}

static void read_options(th_reader *r, const th_json *node, th_rule_decl *decl)
{
	enum { MOST = 64 };
	bool needed = decl->type == TH_RULE_CHOICE || decl->type == TH_RULE_LIST;
	size_t count;
	const th_json *list = th_read_list(r, node, "values", needed, &count);
	if (list && (!needed || count > MOST)) {
		TH_REJECT(r, list->parent, TH_PACK_LARGE, "values", needed ? "64" : "0", NULL);
		return;
	}
	decl->option = th_reader_alloc(r, count, sizeof *decl->option);
	if (!decl->option)
		return;
	for (; list; list = list->next)
		read_option(r, list, decl->option, decl->options++);
}

/* --- facts, parameters, computed values --- */

static void read_units(th_reader *r, const th_json *node, th_rule_decl *decl)
{
	size_t count;
	const th_json *list = th_read_list(r, node, "units", false, &count);
	if (list && decl->type != TH_RULE_NUMBER && decl->type != TH_RULE_SERIES) {
		TH_REJECT(r, list, TH_PACK_SHAPE, "type", "number, series", NULL);
		return;
	}
	for (const th_json *unit = list; unit; unit = unit->next) {
		th_unit read;
		th_words name;
		if (!th_read_unit(r, unit, &read, &name))
			return;
		if (unit == list) {
			decl->unit = read;
			decl->unit_text = unit->text;
			decl->unit_name = name;
		} else if (!th_unit_same_dimension(&read, &decl->unit))
			th_reject_dimension(r, unit, &decl->unit);
	}
	decl->several_units = count > 1;
	decl->unit_needed = count > 1 || (count && !th_read_true(r, node, "bare"));
}

/* One namespace for everything an expression can name. */
static void check_name(th_reader *r, const th_json *node, th_slice id, const th_rule_decl *self)
{
	for (const th_rule_decl *decl = r->pack->decl; decl < self; decl++)
		if (th_slice_eq(decl->id, id)) {
			th_read_twice(r, node, id);
			return;
		}
}

/* Facts are also found by their aliases, so that no two of them may have one in common; so are parameters. */
static void check_aliases(th_reader *r, const th_json *node, const th_rule_decl *self)
{
	for (const th_rule_decl *decl = r->pack->decl; decl < self; decl++)
		if (decl->role == self->role && th_read_clash(r, node, decl->alias, decl->aliases, self->alias, self->aliases))
			return;
}

static void read_type(th_reader *r, const th_json *node, th_rule_decl *decl)
{
	static const char *const names[] = {"text", "bool", "number", "choice", "list", "date", "year", "series"};
	static const th_rule_type types[] = {TH_RULE_TEXT, TH_RULE_BOOL, TH_RULE_NUMBER, TH_RULE_CHOICE,
	                                     TH_RULE_LIST, TH_RULE_DATE, TH_RULE_DATE, TH_RULE_SERIES};
	enum { FACT_TYPES = 7, ALL = 8, YEAR = 6 };
	const th_json *type = th_read_member(r, node, "type", TH_JSON_STRING, true);
	size_t which = type ? th_read_word(r, type, names, decl->role == TH_RULE_FACT ? FACT_TYPES : ALL) : 0;
	decl->type = types[which];
	decl->is_year = which == YEAR;
}

static void read_decl(th_reader *r, const th_json *node, th_rule_role role)
{
	static const char *const known[] = {
		"id zh en aliases type units bare signed values", "id zh en aliases units clause quote comparison why", "id zh en type units values",
	};
	th_rule_decl *decl = &r->pack->decl[r->pack->decls++];
	decl->role = role;
	decl->type = TH_RULE_NUMBER;
	decl->unit = (th_unit){.num = 1, .den = 1};
	if (!th_read_keys(r, node, known[role]))
		return;
	r->owner = owner_of(r, node, r->owner);
	decl->id = read_id(r, node);
	check_name(r, node, decl->id, decl);
	decl->name = th_read_pair(r, node, true);
	th_read_aliases(r, node, &decl->alias, &decl->aliases);
	check_aliases(r, node, decl);
	if (role == TH_RULE_PARAM) {
		const th_json *why = th_read_member(r, node, "why", TH_JSON_OBJECT, true);
		decl->clause = th_read_text(r, node, "clause", true);
		decl->quote = th_read_text(r, node, "quote", true);
		decl->comparison = th_read_text(r, node, "comparison", true);
		if (why)
			decl->why_missing = th_read_pair(r, why, true);
	} else {
		read_type(r, node, decl);
		read_options(r, node, decl);
	}
	decl->is_signed = th_read_true(r, node, "signed");
	read_units(r, node, decl);
}

static size_t read_decls(th_reader *r, const th_json *node, const char *part, th_rule_role role)
{
	size_t first = r->pack->decls;
	for (; node; node = node->next) {
		r->owner = part;
		read_decl(r, node, role);
	}
	return r->pack->decls - first;
}

/* --- domains and measure groups --- */

static void read_group(th_reader *r, const th_json *node, uint32_t domain)
{
	th_pack *pack = r->pack;
	th_rule_group *group = &pack->group[pack->groups++];
	group->domain = domain;
	if (!th_read_keys(r, node, "id zh en aliases"))
		return;
	group->id = read_id(r, node);
	group->name = th_read_pair(r, node, true);
	th_read_aliases(r, node, &group->alias, &group->aliases);
	for (const th_rule_group *other = pack->group; other < group; other++)
		if (th_read_clash(r, node, other->alias, other->aliases, group->alias, group->aliases))
			return;
}

static void read_domain(th_reader *r, const th_json *node)
{
	th_pack *pack = r->pack;
	uint32_t number = (uint32_t)pack->domains++;
	th_rule_domain *domain = &pack->domain[number];
	size_t count;
	r->owner = owner_of(r, node, "domains");
	if (!th_read_keys(r, node, "id zh en groups"))
		return;
	domain->id = read_id(r, node);
	domain->name = th_read_pair(r, node, true);
	for (const th_rule_domain *other = pack->domain; other < domain; other++)
		if (th_slice_eq(other->id, domain->id))
			th_read_twice(r, node, domain->id);
	for (const th_json *group = th_read_list(r, node, "groups", true, &count); group; group = group->next)
		read_group(r, group, number);
}

static void read_domains(th_reader *r, const th_json *root)
{
	size_t domains, groups = 0;
	r->owner = "domains";
	const th_json *list = th_read_list(r, root, "domains", false, &domains);
	for (const th_json *node = list; node; node = node->next)
		for (const th_json *group = th_json_get(node, "groups") ? th_json_get(node, "groups")->child : NULL; group; group = group->next)
			groups++;
	r->pack->domain = th_reader_alloc(r, domains, sizeof *r->pack->domain);
	r->pack->group = th_reader_alloc(r, groups, sizeof *r->pack->group);
	for (const th_json *node = list; node && r->status != TH_SYSTEM; node = node->next)
		read_domain(r, node);
}

/* --- definitions --- */

static void read_readings(th_reader *r, const th_json *node, th_rule_define *define)
{
	size_t count;
	const th_json *list = th_read_list(r, node, "readings", true, &count);
	th_slice chosen = th_read_text(r, node, "in_force", true);
	const th_json *unit = th_read_member(r, node, "unit", TH_JSON_STRING, false);
	bool found = false;
	if (unit && th_read_unit(r, unit, &define->unit, &define->unit_name))
		define->unit_text = unit->text;
	define->reading = th_reader_alloc(r, count, sizeof *define->reading);
	if (!define->reading)
		return;
	for (const th_json *one = list; one; one = one->next) {
		struct th_rule_reading *reading = &define->reading[define->readings];
		if (!th_read_keys(r, one, "id zh en expr"))
			return;
		reading->id = read_id(r, one);
		for (size_t i = 0; i < define->readings; i++)
			if (th_slice_eq(define->reading[i].id, reading->id))
				th_read_twice(r, one, reading->id);
		reading->name = th_read_pair(r, one, true);
		reading->expr = th_read_expr(r, one, "expr", true, unit ? TH_RULE_NUMBER : TH_RULE_TYPES, unit ? &define->unit : NULL);
		if (th_slice_eq(reading->id, chosen)) {
			define->chosen = (uint32_t)define->readings;
			found = true;
		}
		define->readings++;
	}
	if (!found)
		TH_REJECT(r, node, TH_PACK_NAME, th_reader_text(r, chosen), "readings", NULL);
}

static void read_define(th_reader *r, const th_json *node)
{
	th_pack *pack = r->pack;
	th_rule_define *define = &pack->define[pack->defines];
	r->owner = owner_of(r, node, "define");
	if (!th_read_keys(r, node, "id zh en expr readings in_force unit"))
		return;
	define->unit = (th_unit){.num = 1, .den = 1};
	define->id = read_id(r, node);
	check_name(r, node, define->id, pack->decl + pack->decls);
	if (th_pack_define(pack, define->id) != TH_NONE)
		th_read_twice(r, node, define->id);
	define->name = th_read_pair(r, node, true);
	pack->defines++;
	if (!th_json_get(node, "expr")) {
		read_readings(r, node, define);
		return;
	}
	define->reading = th_reader_alloc(r, 1, sizeof *define->reading);
	if (!define->reading)
		return;
	define->reading[0] = (struct th_rule_reading){.id = define->id, .name = define->name};
	define->reading[0].expr = th_read_expr(r, node, "expr", true, TH_RULE_TYPES, NULL);
	define->readings = 1;
}

static void read_answer(th_reader *r, const th_json *root, const char *key, th_rule_option *answer)
{
	const th_json *node = th_read_member(r, root, key, TH_JSON_OBJECT, true);
	if (!node)
		return;
	(void)th_read_keys(r, node, "id zh en aliases");
	answer->id = read_id(r, node);
	answer->name = th_read_pair(r, node, true);
	th_read_aliases(r, node, &answer->alias, &answer->aliases);
}

void th_read_declarations(th_reader *r, const th_json *root)
{
	th_pack *pack = r->pack;
	size_t facts, params, computed, defines;
	const th_json *fact = th_read_list(r, root, "facts", true, &facts);
	const th_json *param = th_read_list(r, root, "parameters", false, &params);
	const th_json *value = th_read_list(r, root, "computed", false, &computed);
	const th_json *define = th_read_list(r, root, "define", false, &defines);
	read_answer(r, root, "no", &pack->answer[0]);
	read_answer(r, root, "yes", &pack->answer[1]);
	pack->decl = th_reader_alloc(r, facts + params + computed, sizeof *pack->decl);
	pack->define = th_reader_alloc(r, defines, sizeof *pack->define);
	if (r->status == TH_SYSTEM)
		return;
	pack->facts = read_decls(r, fact, "facts", TH_RULE_FACT);
	pack->params = read_decls(r, param, "parameters", TH_RULE_PARAM);
	(void)read_decls(r, value, "computed", TH_RULE_COMPUTED);
	pack->names = pack->decls + 1;
	if (!th_pack_index(pack))
		th_reader_worse(r, th_no_memory(r->diags));
	read_domains(r, root);
	for (; define; define = define->next)
		read_define(r, define);
}

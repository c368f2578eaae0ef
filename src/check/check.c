/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A case through account and rules. Everything is read before anything is given up, so that all errors are told at once. */

#include <stdio.h>
#include "check/check.h"

#include "base/near.h"
#include "case/absent.h"
#include "case/one_applicant.h"
#include "check/run.h"
#include "uncertainty/uncertainty.h"

void th_assessment_free(th_assessment *assessment)
{
	if (!assessment)
		return;
	th_account_free(assessment->account);
	th_pack_free(assessment->own_pack);
	th_arena arena = assessment->arena; /* the assessment itself lives in it */
	th_arena_free(&arena);
}

/* --- readings --- */

static void unknown_reading(th_checking *s, const char *option)
{
	const th_pack *pack = s->a->pack;
	th_buf list = {0};
	for (size_t i = 0; i < pack->defines; i++)
		for (size_t k = 0; pack->define[i].readings > 1 && k < pack->define[i].readings; k++) {
			th_buf_str(&list, list.len ? ", " : "");
			th_buf_slice(&list, pack->define[i].id);
			th_buf_char(&list, '=');
			th_buf_slice(&list, pack->define[i].reading[k].id);
		}
	th_buf_str(&list, list.len ? "" : "-");
	const char *known = th_check_built(s, &list);
	th_report(s->diags, TH_OPTION_READING, (th_pos){NULL, 0, 0, NULL}, option, known, (char *)NULL);
	th_check_worse(s, TH_USAGE);
}

static void choose_reading(th_checking *s, const char *option)
{
	const th_pack *pack = s->a->pack;
	th_slice rest = th_slice_of(option), id = {"", 0};
	uint32_t define = th_slice_split(&rest, '=', &id) ? th_pack_define(pack, id) : TH_NONE;
	th_slice wanted = th_slice_trim(rest);
	for (uint32_t k = 0; define != TH_NONE && k < pack->define[define].readings; k++)
		if (th_slice_eq(pack->define[define].reading[k].id, wanted)) {
			s->a->inputs.chosen[define] = k;
			return;
		}
	unknown_reading(s, option);
}

/* --- the files of the case --- */

/* Does the pack look at that table? */
static bool is_asked(const th_pack *pack, th_case_part part)
{
	static const struct { th_case_part part; const char *value; } of[] = {
		{TH_CASE_MEASURES, "measures_given"}, {TH_CASE_MEASURES, "reduction_annual"}, {TH_CASE_MEASURES, "reduction_cumulative"},
		{TH_CASE_TARGETS, "has_targets"}, {TH_CASE_TARGETS, "targets_given"}, {TH_CASE_TARGETS, "phase_targets"}, {TH_CASE_TARGETS, "first_phase_end"},
		{TH_CASE_OFFSETS, "offsets_retired"}, {TH_CASE_OFFSETS, "offsets_unlisted"}, {TH_CASE_OFFSETS, "offsets_delay"},
	};
	bool asked = part == TH_CASE_FACTS || part == TH_CASE_INVENTORY || (part == TH_CASE_MEASURES && pack->domains > 0);
	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		asked |= of[i].part == part && th_pack_computed(pack, th_slice_of(of[i].value)) != TH_NONE;
	return asked;
}

/* The files of which a case has one, in their order; those of parameters come from several places (params.c). */
static void add_files(th_checking *s)
{
	th_assessment *a = s->a;
	for (th_case_part part = 0; part < TH_CASE_PARAMS; part++) {
		const char *path = th_check_path(s, part);
		bool found = (th_case_files[part].check == TH_CASE_NEEDS && !a->factless) || th_check_has(s, &a->contents, part);
		a->file[a->files++] = (th_check_file){.path = path, .kind = part, .found = found, .idle = !is_asked(a->pack, part)};
	}
}

/* What each row is of; false, and reported, without memory. */
static bool name_facts(th_checking *s)
{
	th_assessment *a = s->a;
	a->fact_decl = th_arena_alloc(&a->arena, a->facts.count + 1, sizeof *a->fact_decl);
	for (size_t i = 0; a->fact_decl && i < a->facts.count; i++)
		a->fact_decl[i] = th_pack_fact(a->pack, a->facts.fact[i].fact);
	return a->fact_decl || th_check_no_memory(s);
}

static void read_case(th_checking *s, th_check_file *file)
{
	th_assessment *a = s->a;
	const th_facts *given = a->contents.facts;
	size_t errors = th_diags_errors(s->diags);
	th_status status = given || !file->found ? TH_OK : th_facts_load(a->reference, file->path, &a->arena, s->diags, &a->facts);
	if (given)
		a->facts = *given;
	if (status != TH_SYSTEM)
		th_check_read_answers(s);
	if (!name_facts(s))
		return;
	th_status read = status == TH_SYSTEM ? TH_SYSTEM : th_rule_inputs_facts(&a->inputs, &a->facts, file->path, a->reference->units, &a->arena, s->diags);
	th_check_worse(s, th_check_excuse(s, file, errors, read > status ? read : status));
	if (file->found)
		th_check_note_file(file, status, a->facts.encoding, a->facts.sha256, a->facts.count);
	a->facts_path = file->path;
}

static const th_fact *row_of(const th_assessment *a, const char *id)
{
	uint32_t wanted = th_pack_fact(a->pack, th_slice_of(id));
	for (size_t i = 0; wanted != TH_NONE && a->fact_decl && i < a->facts.count; i++)
		if (a->fact_decl[i] == wanted)
			return &a->facts.fact[i];
	return NULL;
}

/* The fact of a row, as the rules call it in each language. */
static const char *title_of(th_checking *s, const th_fact *row)
{
	uint32_t which = th_pack_fact(s->a->pack, row->fact);
	th_buf text = {0};
	th_buf_both(&text, row->fact, which == TH_NONE ? row->fact : s->a->pack->decl[which].name.zh);
	return th_check_built(s, &text);
}

static void forget(th_checking *s, const char *id)
{
	s->a->inputs.input[th_pack_fact(s->a->pack, th_slice_of(id))].value.known = false;
}

/* A creation period that ends before it starts: which of the two is wrong, nobody can say. */
static void compare_dates(th_checking *s, th_check_file *file)
{
	th_rule_value start = th_check_fact(s->a, "start"), end = th_check_fact(s->a, "end");
	const th_fact *first = row_of(s->a, "start"), *last = row_of(s->a, "end");
	if (!first || !last || !start.known || !end.known || start.type != TH_RULE_DATE || end.type != TH_RULE_DATE || start.date.from <= end.date.to)
		return;
	const th_pos pos = {last->path ? last->path : s->a->facts_path, last->line, last->value_column, "value"};
	char line[24];
	snprintf(line, sizeof line, "%zu", first->line);
	const size_t before = th_diags_errors(s->diags) - file->errors;
	const th_status status = th_report(s->diags, TH_FACT_ORDER, pos, title_of(s, last), th_check_text(s, last->value), title_of(s, first),
	                                   th_check_text(s, first->value), line, (char *)NULL);
	th_check_worse(s, th_check_excuse(s, file, before, status));
	forget(s, "start");
	forget(s, "end");
}

/* The reason that an option gives for days without data, checked when the rules were opened, stands for the case's. */
static void accept_holes(th_checking *s)
{
	const char *reason = s->options->accept_holes;
	if (reason)
		s->a->inputs.input[th_pack_fact(s->a->pack, TH_S("holes_reason"))] = (th_rule_input){.value = th_rule_text(th_slice_of(reason)), .text = th_slice_of(reason), .source = TH_S("--accept-holes")};
}

/* The heading of the text, whether its id or itself was found. */
static th_slice group_of(const th_pack *pack, th_slice name)
{
	for (size_t i = 0; i < pack->groups; i++)
		if (th_slice_eq(pack->group[i].id, name))
			return pack->group[i].name.zh;
	return name;
}

static void unknown_group(th_checking *s, const th_measure *measure)
{
	const th_pack *pack = s->a->pack;
	th_slice *known = th_arena_alloc(&s->a->arena, pack->groups * 2 + 1, sizeof *known);
	size_t count = 0;
	if (!known) {
		th_check_no_memory(s);
		return;
	}
	for (size_t i = 0; i < pack->groups; i++) {
		known[count++] = pack->group[i].id;
		known[count++] = pack->group[i].name.zh;
	}
	th_slice near = th_advised(measure->group, known, count);
	(void)th_report(s->diags, TH_MEASURE_GROUP, (th_pos){s->a->measures.path, measure->line, measure->group_column, "group"},
	                th_check_text(s, measure->group), th_check_text(s, pack->id), near.len ? th_check_both(s, near, group_of(pack, near)) : "-", (char *)NULL);
}

/* 领域 beside 分组: the same, or what the group is of; else nobody knows which of them is meant. */
static void see_domain(th_checking *s, const th_measure *measure, uint32_t group, uint32_t domain)
{
	const th_pack *pack = s->a->pack;
	if (!measure->stated_domain.len)
		return;
	const uint32_t named = th_pack_group(pack, measure->stated_domain);
	const uint32_t stated = named == TH_NONE ? th_pack_domain(pack, measure->stated_domain) : pack->group[named].domain;
	if (stated == domain && (named == TH_NONE || group >= pack->groups || named == group))
		return;
	(void)th_report(s->diags, TH_MEASURE_DOMAIN, (th_pos){s->a->measures.path, measure->line, measure->domain_column, NULL},
	                th_check_text(s, measure->stated_domain), th_check_text(s, measure->group), th_check_both(s, pack->domain[domain].name.en, pack->domain[domain].name.zh),
	                (char *)NULL);
}

static void read_measures(th_checking *s, th_check_file *file)
{
	th_assessment *a = s->a;
	if (!file->found)
		return;
	size_t errors = th_diags_errors(s->diags);
	th_status status = th_measures_load(a->reference, file->path, &a->arena, s->diags, &a->measures);
	th_check_worse(s, th_check_excuse(s, file, errors, status));
	th_check_note_file(file, status, a->measures.encoding, a->measures.sha256, a->measures.count);
	file->layout_zh = a->measures.layout_zh;
	file->layout_en = a->measures.layout_en;
	if (a->pack->domains == 0 && !s->options->all_measures) { /* a scheme that tells no domains apart counts no measures */
		a->measures.count = 0;
		return;
	}
	a->measure = th_arena_alloc(&a->arena, a->measures.count + 1, sizeof *a->measure);
	th_rule_measure *handed = th_arena_alloc(&a->arena, a->measures.count + 1, sizeof *handed);
	if (!a->measure || !handed) {
		th_check_no_memory(s);
		return;
	}
	for (size_t i = 0; i < a->measures.count; i++) {
		const th_measure *measure = &a->measures.measure[i];
		uint32_t group = measure->group.len ? th_pack_group(a->pack, measure->group) : TH_NONE;
		/* The clause counts domains: one that stands where the group is asked for is enough. */
		uint32_t domain = group != TH_NONE ? a->pack->group[group].domain : measure->group.len ? th_pack_domain(a->pack, measure->group) : TH_NONE;
		a->measure[i] = (th_check_measure){.measure = measure, .group = (uint32_t)a->pack->groups, .domain = (uint32_t)a->pack->domains};
		if (domain == TH_NONE) {
			if (measure->group.len && a->pack->domains > 0)
				unknown_group(s, measure);
			continue;
		}
		if (group == TH_NONE)
			group = (uint32_t)a->pack->groups;
		see_domain(s, measure, group, domain);
		a->measure[i] = (th_check_measure){.measure = measure, .group = group, .domain = domain};
		if (measure->state != TH_MEASURE_CANCELLED)
			handed[a->inputs.measures++] = (th_rule_measure){.group = group, .file = file->path, .line = measure->line, .domain = domain};
	}
	a->inputs.measure = handed;
	if (th_diags_errors(s->diags) > errors)
		th_check_worse(s, th_check_excuse(s, file, errors, TH_INVALID));
	if (file->errors)
		a->measures.count = a->inputs.measures = 0;
	a->inputs.has_measures = a->measures.count > 0; /* a header alone states nothing */
}

static void read_targets(th_checking *s, th_check_file *file)
{
	th_assessment *a = s->a;
	if (!file->found)
		return;
	size_t errors = th_diags_errors(s->diags);
	th_status status = th_targets_load(a->reference, file->path, &a->arena, s->diags, &a->targets);
	th_check_worse(s, th_check_excuse(s, file, errors, status));
	if (file->errors)
		a->targets.count = 0;
	th_check_note_file(file, status, a->targets.encoding, a->targets.sha256, a->targets.count);
	file->layout_zh = a->targets.layout_zh;
	file->layout_en = a->targets.layout_en;
}

static void read_tasks(th_checking *s, th_check_file *file)
{
	th_assessment *a = s->a;
	if (!file->found)
		return;
	size_t errors = th_diags_errors(s->diags);
	th_status status = th_tasks_load(a->reference, file->path, &a->arena, s->diags, &a->tasks);
	th_check_worse(s, th_check_excuse(s, file, errors, status));
	if (file->errors)
		a->tasks.count = 0;
	th_check_note_file(file, status, a->tasks.encoding, a->tasks.sha256, a->tasks.count);
}

/* The first in its place, the others behind all. */
static void note_inventories(th_checking *s, th_check_file *file)
{
	th_assessment *a = s->a;
	for (size_t i = 0; i < a->account->inputs; i++) {
		const th_input *input = &a->account->input[i];
		th_check_file *noted = i ? &a->file[a->files++] : file;
		noted->kind = TH_CASE_INVENTORY;
		noted->path = input->path;
		th_check_note_file(noted, TH_OK, input->encoding, input->sha256, input->rows);
		noted->layout_zh = input->layout_zh;
		noted->layout_en = input->layout_en;
	}
}

/* Inventories of which no line is filled in say nothing yet: what they would tell is unknown, and never zero. */
static void set_aside(th_checking *s)
{
	th_assessment *a = s->a;
	for (size_t i = 0, n = 0; i < a->files; i++)
		if (a->file[i].kind == TH_CASE_INVENTORY) {
			a->file[i].encoding = th_check_text(s, th_slice_of(a->file[i].encoding)); /* it was the account's */
			a->file[i].unfilled = a->account->input[n].unfilled;
			a->file[i].unfilled_line = a->account->input[n++].unfilled_line;
			a->file[i].found = false;
		}
	th_account_free(a->account);
	a->account = NULL;
}

static void run_account(th_checking *s, th_check_file *file)
{
	th_assessment *a = s->a;
	const th_check_options *o = s->options;
	size_t own = 2;
	if (!file->found || !th_check_open_years(s) || !th_check_open_acts(s) || !th_check_open_classes(s) || (!o->no_flips && !th_check_open_parts(s)))
		return;
	th_listener *all = th_arena_alloc(&a->arena, o->listeners + 4, sizeof *all);
	if (!all) {
		th_check_no_memory(s);
		return;
	}
	all[0] = (th_listener){.entry = th_check_hear, .context = s};
	all[1] = (th_listener){.entry = th_check_hear_act, .context = s};
	if (!o->no_flips) /* what the parts are of is only asked by what would change a requirement */
		all[own++] = (th_listener){.entry = th_check_hear_part, .context = s};
	if (a->classes)
		all[own++] = (th_listener){.entry = th_check_hear_class, .context = s};
	if (o->listeners)
		memcpy(all + own, o->listener, o->listeners * sizeof *all);
	const char *held = th_check_path(s, TH_CASE_INSTRUMENTS);
	const th_account_options options = {.inventory = a->contents.inventory, .inventories = a->contents.inventories, .profile = o->profile ? o->profile : a->pack->profile.len ? a->pack->profile.ptr : NULL, .gwp = o->gwp,
	                                    .encoding = o->encoding, .gas_condition = o->gas_condition, .layout = o->layout, .year = o->year, .by = "year,period",
	                                    .case_file = a->facts_path, .instruments = th_check_has(s, &a->contents, TH_CASE_INSTRUMENTS) ? held : NULL, .fallback_nearest = o->fallback_nearest, .threads = o->threads,
	                                    .unfilled_is_none = 1, .passing = a->pack->file == TH_CASE_EVENTS, .listener = all, .listeners = o->listeners + own, .kept = o->kept};
	size_t errors = th_diags_errors(s->diags);
	th_status status = th_uncertainty_run_facts(a->reference, &options, &a->facts, o->uncertainty, s->diags, &a->account);
	th_check_worse(s, th_check_excuse(s, file, errors, status));
	if (status == TH_OK) {
		note_inventories(s, file);
		if (a->account->lines == 0) {
			set_aside(s);
			return;
		}
		if (!th_check_close_years(s))
			return;
		th_check_close_acts(s, s->base_year && th_check_whole_year(a, s->base_year));
	}
}

/* --- deciding --- */

static void collect_readings(th_checking *s)
{
	th_assessment *a = s->a;
	size_t most = 0;
	for (size_t i = 0; i < a->pack->defines; i++)
		most += a->pack->define[i].readings > 1 ? a->pack->define[i].readings : 0;
	a->reading = th_arena_alloc(&a->arena, most + 1, sizeof *a->reading);
	if (!a->reading) {
		th_check_no_memory(s);
		return;
	}
	for (uint32_t i = 0; i < a->pack->defines; i++) {
		const th_rule_define *define = &a->pack->define[i];
		for (uint32_t k = 0; define->readings > 1 && k < define->readings; k++) {
			bool chosen = a->inputs.chosen[i] == k;
			a->reading[a->readings++] = (th_check_reading){.define = i, .reading = k, .chosen = chosen,
			                                                .overridden = chosen && define->chosen != k,
			                                                .value = th_rule_reading_value(&a->inputs, i, k)};
		}
	}
}

/* Everything as it is, but another category of applicant. */
static void try_categories(th_checking *s)
{
	th_assessment *a = s->a;
	const th_pack *pack = a->pack;
	const th_rule_decl *decl = TH_AT(pack->decl, pack->category);
	const th_rule_input *own = TH_AT(a->inputs.input, pack->category);
	th_rule_inputs other;
	if (!decl)
		return;
	a->category = th_arena_alloc(&a->arena, decl->options + 1, sizeof *a->category);
	if (!a->category || th_rule_inputs_copy(&a->inputs, &a->arena, &other) != TH_OK) {
		th_check_no_memory(s);
		return;
	}
	for (uint32_t i = 0; i < decl->options; i++) {
		th_check_category *category = &a->category[a->categories];
		*category = (th_check_category){.option = i, .own = own->value.known && own->value.choice == i,
		                                 .status = th_arena_alloc(&a->arena, pack->requirements + 1, sizeof *category->status)};
		if (!category->status) {
			th_check_no_memory(s);
			return;
		}
		th_rule_inputs_suppose(&other, pack->category, i);
		category->verdict = th_rules_verdict(&other, category->status);
		a->categories++;
	}
}

/* A copy, since the list may be gone before the assessment. False without memory. */
static bool keep_findings(th_checking *s)
{
	th_assessment *a = s->a;
	th_finding_row row;
	size_t count = 0;
	while (th_diags_row(s->diags, count, &row))
		count++;
	a->finding = th_arena_alloc(&a->arena, count + 1, sizeof *a->finding);
	for (size_t i = 0; a->finding && th_diags_row(s->diags, i, &row); i++) {
		th_slice *arg = th_arena_alloc(&a->arena, row.args + 1, sizeof *arg);
		for (size_t k = 0; arg && k < row.args; k++)
			arg[k] = th_arena_copy(&a->arena, row.arg[k]);
		row.arg = arg;
		row.pos.file = row.pos.file ? th_check_text(s, th_slice_of(row.pos.file)) : NULL;
		row.pos.where = row.pos.where ? th_check_text(s, th_slice_of(row.pos.where)) : NULL;
		if (!arg)
			return false;
		a->finding[a->findings++] = row;
	}
	return a->finding != NULL;
}

/* Only an open route has to be asked about. */
static bool ask_route(th_assessment *a)
{
	const uint64_t *fits = a->results.route_missings ? th_check_fits(&a->inputs, &a->arena) : NULL;
	return a->results.route_missings == 0 || (fits && th_rules_ask_route(&a->inputs, fits, &a->arena, &a->results) == TH_OK);
}

static void decide(th_checking *s)
{
	th_assessment *a = s->a;
	th_rule_value base = th_check_fact(a, "base_year");
	const th_check_year *year = base.known && base.type == TH_RULE_DATE ? th_check_whole_year(a, base.date.first_year) : NULL;
	if (!th_check_choose_phase(s))
		return;
	th_check_compare_targets(s, &a->file[TH_CASE_TARGETS], year);
	if (year)
		th_targets_of_base(&a->targets, year->gross);
	th_check_count(s);
	th_check_follow_targets(s, year);
	th_check_follow_tasks(s);
	if (s->status != TH_OK)
		return;
	th_check_compute(s);
	collect_readings(s);
	th_check_cross_check(s);
	th_check_say_classes(s);
	th_check_say_offsets(s);
	if (s->status != TH_OK)
		return;
	if (th_rules_decide(&a->inputs, &a->arena, &a->results) != TH_OK || !ask_route(a)) {
		th_check_no_memory(s);
		return;
	}
	if (a->broken && !keep_findings(s)) {
		th_check_no_memory(s);
		return;
	}
	th_check_weigh_odds(s);
	if (s->options->all_categories)
		try_categories(s);
	if (!a->broken && !s->options->no_flips) /* else the first change is to mend the files */
		th_check_find_flips(s);
	th_check_look_tables(s);
	a->decided = true;
}

/* --- the whole --- */

static th_assessment *new_assessment(const th_reference *reference, const th_check_options *options)
{
	th_arena arena = {0};
	th_assessment *a = th_arena_alloc(&arena, 1, sizeof *a);
	if (!a)
		return NULL;
	a->arena = arena;
	a->reference = reference;
	a->folder = options->folder;
	a->asked.rules = options->rules;
	a->asked.user_folder = options->user_folder;
	a->asked.accept_holes = options->accept_holes;
	a->asked.phase = options->phase;
	a->asked.require_evidence = options->require_evidence;
	return a;
}

/* What the case holds; false when that cannot be told. */
static bool find_case(th_checking *s, bool whole)
{
	th_assessment *a = s->a;
	const th_case_contents *given = s->options->contents;
	const bool own = a->folder && !(given && th_case_is_cut(given)); /* a case of its own, of which all is asked */
	const th_case_part facts = a->pack->file;
	if (given)
		a->contents = *given;
	else if (a->folder)
		th_check_worse(s, th_case_find(a->folder, &a->arena, s->diags, &a->contents));
	if (own && s->status == TH_OK)
		th_check_worse(s, th_case_tell(a->folder, &a->contents, s->diags));
	th_encoding encoding = TH_ENC_AUTO;
	if (s->options->encoding)
		(void)th_encoding_named(s->options->encoding, &encoding);
	if (own && whole && s->status == TH_OK)
		th_check_worse(s, th_case_one_applicant(a->reference, &a->contents, encoding, s->diags));
	if (own && whole && s->status == TH_OK)
		th_check_worse(s, th_case_wants_facts(a->folder, &a->contents, facts, th_index_is(a->pack->category) ? NULL : th_check_text(s, a->pack->id), s->diags, &a->factless));
	if (facts != TH_CASE_FACTS && !(given && th_case_is_cut(given))) { /* the scheme's facts stand in a table of their own */
		a->contents.path[TH_CASE_FACTS] = a->contents.path[facts];
		a->contents.there[TH_CASE_FACTS] = a->contents.there[facts];
	}
	a->file = th_arena_alloc(&a->arena, s->options->params_count + s->options->answers_count + 8 + a->contents.inventories, sizeof *a->file);
	return (a->file || th_check_no_memory(s)) && s->status == TH_OK;
}

/* The pack and what it needs to be handed values; false when nothing can go on. */
static bool open_rules(th_checking *s, const char *data)
{
	th_assessment *a = s->a;
	th_slice at;
	a->pack = s->options->pack;
	if (!a->pack) {
		th_check_worse(s, th_rules_open(a->reference, data, s->options->rules, s->diags, &a->own_pack));
		if (a->own_pack && s->options->stage)
			th_check_worse(s, th_rules_stage(a->own_pack, s->options->stage, s->diags));
		a->pack = a->own_pack;
	}
	if (!a->pack)
		return false;
	if (th_unit_parse(a->reference->units, TH_S("kg CO2e"), &s->kilogram, &at) != TH_UNIT_OK) {
		th_check_worse(s, th_report(s->diags, TH_DATA_UNIT_MISSING, (th_pos){"units.csv", 0, 0, NULL}, "kg CO2e", "units.csv",
		                             (char *)NULL));
		return false;
	}
	if (th_unit_parse(a->reference->units, TH_S("kgce"), &s->coal, &at) != TH_UNIT_OK || th_unit_parse(a->reference->units, TH_S("kWh"), &s->kilowatt_hour, &at) != TH_UNIT_OK || th_unit_parse(a->reference->units, TH_S("month"), &s->month, &at) != TH_UNIT_OK) {
		th_check_worse(s, th_report(s->diags, TH_DATA_UNIT_MISSING, (th_pos){"units.csv", 0, 0, NULL}, "kgce, kWh, month", "units.csv", (char *)NULL));
		return false;
	}
	a->params = a->pack->params;
	a->param = th_arena_alloc(&a->arena, a->params + 1, sizeof *a->param);
	if (!a->param || th_rule_inputs_new(a->pack, &a->arena, &a->inputs) != TH_OK)
		return th_check_no_memory(s);
	for (size_t i = 0; i < a->params; i++)
		a->param[i].decl = (uint32_t)(a->pack->facts + i);
	th_check_check_computed(s);
	for (size_t i = 0; i < s->options->readings_count; i++)
		choose_reading(s, s->options->readings[i]);
	if (s->options->all_categories && !th_index_is(a->pack->category)) {
		th_report(s->diags, TH_OPTION_CATEGORIES, (th_pos){NULL, 0, 0, NULL}, th_check_text(s, a->pack->id), (char *)NULL);
		th_check_worse(s, TH_USAGE);
	}
	const char *reason = s->options->accept_holes;
	if (reason && (th_pack_fact(a->pack, TH_S("holes_reason")) == TH_NONE || th_says_nothing(th_slice_of(reason)))) {
		th_report(s->diags, TH_OPTION_HOLES, (th_pos){NULL, 0, 0, NULL}, reason, th_check_text(s, a->pack->id), (char *)NULL);
		th_check_worse(s, TH_USAGE);
	}
	return true;
}

/* The inventory comes last: the account is only finished when nothing was wrong before. */
static void run_case(th_checking *s)
{
	th_check_file *file = s->a->file;
	add_files(s);
	read_case(s, &file[TH_CASE_FACTS]);
	compare_dates(s, &file[TH_CASE_FACTS]);
	th_check_find_papers(s);
	accept_holes(s);
	read_measures(s, &file[TH_CASE_MEASURES]);
	read_targets(s, &file[TH_CASE_TARGETS]);
	read_tasks(s, &file[TH_CASE_TASKS]);
	th_check_read_offsets(s, &file[TH_CASE_OFFSETS]);
	th_check_read_params(s);
	run_account(s, &file[TH_CASE_INVENTORY]);
	if (s->status == TH_OK)
		decide(s);
}

static bool name_case(th_checking *s)
{
	th_buf name = {0};
	if (s->options->contents && th_case_is_cut(s->options->contents))
		th_buf_str(&name, s->options->contents->name);
	else if (s->a->folder)
		th_put_case_name_at(s->a->folder, s->options->contents ? &s->options->contents->about : NULL, &name);
	s->a->name = th_arena_copy(&s->a->arena, th_buf_view(&name));
	bool named = !name.failed && s->a->name.ptr;
	th_buf_free(&name);
	return named || th_check_no_memory(s);
}

static th_status assess_all(const th_reference *reference, const char *data, const th_check_options *options, bool whole, th_diags *diags,
                            th_assessment **out)
{
	th_checking s = {.a = new_assessment(reference, options), .options = options, .diags = diags};
	*out = NULL;
	if (!s.a) {
		th_no_memory(diags);
		return TH_SYSTEM;
	}
	if (open_rules(&s, data) && name_case(&s) && s.status == TH_OK && find_case(&s, whole)) {
		s.whole = whole;
		if (whole)
			run_case(&s);
		else
			th_check_read_params(&s);
	}
	if (s.status == TH_OK)
		*out = s.a;
	else
		th_assessment_free(s.a);
	return s.status;
}

static th_status assess(const th_reference *reference, const char *data, const th_check_options *options, bool whole, th_diags *diags,
                        th_assessment **out)
{
	th_mark mark = th_begin(diags);
	th_status status = th_settle(mark, diags, assess_all(reference, data, options, whole, diags, out));
	if (status != TH_OK) {
		th_assessment_free(*out);
		*out = NULL;
	}
	return status;
}

th_status th_check_run(const th_reference *reference, const char *data, const th_check_options *options, th_diags *diags,
                        th_assessment **out)
{
	return assess(reference, data, options, true, diags, out);
}

th_status th_check_params(const th_reference *reference, const char *data, const th_check_options *options, th_diags *diags,
                           th_assessment **out)
{
	return assess(reference, data, options, false, diags, out);
}

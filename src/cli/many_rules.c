/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One case by several schemes: each is a check of its own, with findings of its own, which are told once. */

#include "cli/many_rules.h"

#include <stdlib.h>

#include "base/memory.h"
#include "check/check.h"
#include "io/guard.h"

/* --- which options are whose --- */

static bool has_reading(const th_pack *pack, const char *option)
{
	th_slice rest = th_slice_of(option), id = {"", 0};
	return th_slice_split(&rest, '=', &id) && th_pack_define(pack, id) != TH_NONE;
}

static bool any_has_reading(const th_schemes *s, const char *option)
{
	for (size_t i = 0; i < s->count; i++)
		if (has_reading(s->pack[i], option))
			return true;
	return false;
}

/* The options that are for this scheme: its own ones, and those that no other knows either, so that they are told. */
static void own_options(const th_schemes *s, const th_pack *pack, const char **reading, th_check_options *o)
{
	bool holes = false;
	const char *const *given = o->readings;
	const size_t count = o->readings_count;
	for (size_t i = 0; i < s->count; i++)
		holes |= th_pack_fact(s->pack[i], TH_S("holes_reason")) != TH_NONE;
	o->readings = reading;
	o->readings_count = 0;
	for (size_t i = 0; i < count; i++)
		if (has_reading(pack, given[i]) || !any_has_reading(s, given[i]))
			reading[o->readings_count++] = given[i];
	o->accept_holes = holes && th_pack_fact(pack, TH_S("holes_reason")) == TH_NONE ? NULL : o->accept_holes;
	o->pack = pack;
}

/* --- what was found --- */

static bool another_knows(const th_schemes *s, const th_finding_row *row)
{
	const bool fact = row->code == TH_FACT_UNKNOWN || row->code == TH_FACT_MEANT;
	for (size_t i = 0; i < s->count && row->args && (fact || row->code == TH_PARAM_UNKNOWN); i++)
		if ((fact ? th_pack_fact(s->pack[i], row->arg[0]) : th_pack_param(s->pack[i], row->arg[0])) != TH_NONE)
			return true;
	return false;
}

struct taking {
	const th_schemes *schemes;
	const th_diags *told;
};

static bool is_new(const void *context, const th_finding_row *row)
{
	const struct taking *t = context;
	return !another_knows(t->schemes, row) && !th_diags_told(t->told, row->code, row->pos);
}

/* Each finding once, and the inputs that were read: no output takes their place. */
static th_status take_findings(const th_schemes *s, th_diags *own, th_diags *diags)
{
	th_status status = th_guard_too(own, diags);
	th_diags_sift(own, is_new, &(struct taking){s, diags});
	th_diags_merge(diags, own);
	return status;
}

/* --- one after the other --- */

static th_status check_one(const th_reference *reference, const char *data, th_schemes *s, size_t i, const char *rules, const th_check_options *options, th_diags *diags)
{
	th_check_options o = *options;
	const char **reading = th_calloc(options->readings_count + 1, sizeof *reading);
	th_diags *own = th_diags_new();
	th_status status = reading && own ? TH_OK : th_no_memory(diags);
	if (status == TH_OK) {
		th_diags_read_by(own, th_diags_reading(diags));
		own_options(s, s->pack[i], reading, &o);
		o.rules = rules;
		status = th_check_run(reference, data, &o, own, &s->a[i]);
	}
	th_status told = own ? take_findings(s, own, diags) : TH_OK;
	status = told > status ? told : status;
	th_diags_free(own);
	free(reading);
	return status;
}

static th_status open_packs(const th_reference *reference, const char *data, const char *stage, const char *const *rules, size_t count, th_diags *diags, th_schemes *s)
{
	th_status worst = TH_OK;
	for (size_t i = 0; i < count; i++) {
		th_status status = th_rules_open(reference, data, rules[i], diags, &s->pack[i]);
		if (status == TH_OK && stage)
			status = th_rules_stage(s->pack[i], stage, diags);
		worst = status > worst ? status : worst;
	}
	s->count = worst == TH_OK ? count : 0;
	return worst;
}

th_status cli_check_schemes(cli_job *job, const th_check_options *options, th_schemes *out)
{
	static const char *const usual[] = {NULL};
	const char *const *rules = job->schemes.count ? job->schemes.item : usual;
	const size_t count = job->schemes.count ? job->schemes.count : 1;
	*out = (th_schemes){.count = 0};
	th_status worst = open_packs(job->reference, job->c->data, options->stage, rules, count < TH_SCHEMES_MOST ? count : TH_SCHEMES_MOST, job->diags, out);
	for (size_t i = 0; i < out->count; i++) {
		th_status status = check_one(job->reference, job->c->data, out, i, rules[i], options, job->diags);
		worst = status > worst ? status : worst;
	}
	return worst;
}

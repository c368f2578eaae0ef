/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parameters: the first file that gives a value wins, in the order --params, the case's own, the user's. */

#include "base/near.h"
#include "check/run.h"
#include "io/known.h"
#include "rules/expr.h"

typedef struct reading {
	th_checking *s;
	const th_params *file;
	const th_param_row *row;
	const th_rule_decl *decl;
	bool spoiled;              /* a file before this one has errors: what it would give is not known, and nothing stands in for it */
} reading;

static th_pos at(const reading *r, size_t column, const char *name)
{
	return (th_pos){r->file->path, r->row->line, column, name};
}

static void unknown(const reading *r)
{
	const th_pack *pack = r->s->a->pack;
	th_slice *known = th_arena_alloc(&r->s->a->arena, pack->params ? 2 * (size_t)pack->params : 1, sizeof *known);
	if (!known) {
		th_check_no_memory(r->s);
		return;
	}
	for (size_t i = 0; i < pack->params; i++) {
		known[2 * i] = pack->decl[pack->facts + i].id;
		known[2 * i + 1] = pack->decl[pack->facts + i].name.zh;
	}
	th_slice near = th_nearest(r->row->param, known, 2 * (size_t)pack->params);
	th_check_worse(r->s, th_report(r->s->diags, TH_PARAM_UNKNOWN, at(r, r->row->param_column, "param"), th_check_text(r->s, r->row->param),
	                                th_check_text(r->s, pack->id), near.len ? th_check_text(r->s, near) : "-", (char *)NULL));
}

static bool read_value(const reading *r, th_rule_value *out)
{
	const char *id = th_check_both(r->s, r->decl->id, r->decl->name.zh), *like = th_check_both(r->s, r->decl->unit_text, r->decl->unit_name.zh);
	th_status status;
	switch (th_rule_read_number(r->decl, r->s->a->reference->units, r->row->value, r->row->unit, out)) {
	case TH_RULE_READ_OK:
		return true;
	case TH_RULE_READ_NO_UNIT:
		status = th_report(r->s->diags, TH_PARAM_UNIT_EMPTY, at(r, r->row->unit_column, "unit"), id, like, (char *)NULL);
		break;
	case TH_RULE_READ_UNIT:
	case TH_RULE_READ_DIMENSION:
		status = th_report(r->s->diags, TH_PARAM_UNIT, at(r, r->row->unit_column, "unit"), id, th_check_text(r->s, r->row->unit), like,
		                   (char *)NULL);
		break;
	default:
		status = th_report(r->s->diags, TH_PARAM_VALUE, at(r, r->row->value_column, "value"), id, th_check_text(r->s, r->row->value),
		                   (char *)NULL);
	}
	th_check_worse(r->s, status);
	return false;
}

static bool in_years(const th_assessment *a, const th_rule_decl *decl, th_unit *year)
{
	th_slice at_text;
	return decl->type == TH_RULE_NUMBER && th_unit_parse(a->reference->units, TH_S("year"), year, &at_text) == TH_UNIT_OK && th_unit_same_dimension(year, &decl->unit);
}

bool th_check_counts_years(const th_assessment *a, const th_rule_decl *decl)
{
	th_unit year;
	return in_years(a, decl, &year);
}

/* A number of years is above zero, and 2023 is none; is it not one? */
static bool no_years(const reading *r, const th_rule_value *value)
{
	th_unit year;
	th_exact years;
	if (!in_years(r->s->a, r->decl, &year) || !th_exact_in(value->number, &year, &years))
		return false;
	if (years.num != 0 && (years.den != 1 || years.num < TH_FIRST_YEAR || years.num > TH_LAST_YEAR))
		return false;
	th_check_worse(r->s, th_report(r->s->diags, TH_PARAM_YEARS, at(r, r->row->value_column, "value"), th_check_both(r->s, r->decl->id, r->decl->name.zh),
	                               th_check_text(r->s, r->row->value), (char *)NULL));
	return true;
}

/* The same parameter under its id and its title. */
static void twice(const reading *r, const th_check_param *first)
{
	th_buf line = {0};
	th_buf_printf(&line, "%zu", first->line);
	th_check_worse(r->s, th_report(r->s->diags, TH_PARAM_TWICE, at(r, r->row->param_column, "param"), th_check_text(r->s, r->row->param),
	                                th_check_built(r->s, &line), (char *)NULL));
}

static void take_row(reading *r)
{
	th_assessment *a = r->s->a;
	uint32_t number = th_pack_param(a->pack, r->row->param);
	if (number == TH_NONE) {
		unknown(r);
		return;
	}
	r->decl = &a->pack->decl[number];
	th_check_param *param = &a->param[number - a->pack->facts];
	th_rule_value value;
	if (!read_value(r, &value) || no_years(r, &value))
		return;
	if (param->supplied) {
		if (param->file == r->file->path)
			twice(r, param);
		return;
	}
	if (r->spoiled)
		return;
	*param = (th_check_param){.decl = number, .supplied = true, .illustrative = r->row->illustrative, .value = r->row->value,
	                           .unit = r->row->unit.len ? r->row->unit : r->decl->unit_text, .source = r->row->source,
	                           .file = r->file->path, .line = r->row->line, .number = value};
	a->inputs.input[number] = (th_rule_input){.value = value, .text = param->value, .unit_text = param->unit, .source = param->source,
	                                          .file = param->file, .line = param->line};
}

static void read_file(th_checking *s, const char *path)
{
	th_assessment *a = s->a;
	th_check_file *file = &a->file[a->files++];
	th_params params;
	size_t errors = th_diags_errors(s->diags);
	th_status before = s->status, status = th_params_load(a->reference, path, &a->arena, s->diags, &params);
	*file = (th_check_file){.path = path, .kind = TH_CASE_PARAMS};
	if (status == TH_SYSTEM) {
		th_check_worse(s, status);
		return;
	}
	th_check_note_file(file, status, params.encoding, params.sha256, params.rows);
	file->illustrative = params.illustrative;
	bool spoiled = false;
	for (size_t i = 0; i + 1 < a->files; i++)
		spoiled |= a->file[i].kind == TH_CASE_PARAMS && a->file[i].errors > 0;
	for (size_t i = 0; i < params.count; i++)
		take_row(&(reading){.s = s, .file = &params, .row = &params.row[i], .spoiled = spoiled});
	if (status != TH_INVALID && s->status != TH_INVALID)
		return;
	s->status = before;
	th_check_worse(s, th_check_excuse(s, file, errors, TH_INVALID));
}

/* What a list that came back says of parameters, as their own files would. Its other rows were read with the facts. */
static void read_answers(th_checking *s, const th_answers *list)
{
	const th_params as = {.path = list->path};
	for (size_t i = 0; i < list->count; i++) {
		const th_answer *w = &list->answer[i];
		th_param_row row = {.param = th_slice_trim(w->item), .value = w->value, .unit = w->unit, .source = w->source, .line = w->line, .param_column = w->item_column,
		                    .value_column = w->value_column, .unit_column = w->unit_column, .illustrative = th_says_illustrative(w->source)};
		reading r = {.s = s, .file = &as, .row = &row};
		if (th_pack_param(s->a->pack, row.param) == TH_NONE || th_says_nothing(w->value))
			continue;
		if (th_says_nothing(w->source))
			th_check_worse(s, th_report(s->diags, TH_PARAM_SOURCE, at(&r, w->source_column, "source"), th_check_text(s, row.param), (char *)NULL));
		else
			take_row(&r);
	}
}

/* One file under two names is read once. */
static void read_once(th_checking *s, th_known *known, const char *path)
{
	bool before;
	th_check_worse(s, th_known_before(known, &s->a->arena, path, &before, s->diags));
	if (!before)
		read_file(s, path);
}

void th_check_read_params(th_checking *s)
{
	th_assessment *a = s->a;
	const th_check_options *o = s->options;
	const char *own = a->folder ? th_check_path(s, TH_CASE_PARAMS) : NULL;
	th_known known = {0};
	for (size_t i = 0; i < o->params_count; i++)
		read_once(s, &known, o->params[i]);
	for (size_t i = 0; s->answers && i < o->answers_count; i++)
		read_answers(s, &s->answers[i]);
	if (own && th_check_has(s, &a->contents, TH_CASE_PARAMS))
		read_once(s, &known, own);
	const char *user;
	if (!th_params_of_user(o->user_folder, a->pack->id, &a->arena, &user))
		th_check_no_memory(s);
	if (user && th_check_there(s, user))
		read_once(s, &known, user);
	for (size_t i = 0; i < a->params; i++)
		a->illustrative |= a->param[i].illustrative;
}

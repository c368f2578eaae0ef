/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a requirement rests on, as objects of tanhe.check/2: values as their types want them, and as they were written. */
#include "report/check_report.h"

void th_put_rule_number(th_writer *w, const char *key, const th_rule_value *value, const th_unit *unit)
{
	if (!value->known)
		return;
	th_put_key(w, th_slice_of(key));
	(void)th_put_exact(w->buf, value->number, unit);
}

static void put_groups(th_writer *w, const th_rule_inputs *inputs)
{
	for (size_t i = 0; i < inputs->measures; i++) {
		const th_pack *pack = inputs->pack;
		bool grouped = inputs->measure[i].group < pack->groups; /* else it names its domain alone */
		const th_words *name = grouped ? &pack->group[inputs->measure[i].group].name : &pack->domain[inputs->measure[i].domain].name;
		th_put_open(w, NULL, '{');
		th_put_text(w, "kind", TH_S("measure"));
		th_put_text(w, "id", grouped ? pack->group[inputs->measure[i].group].id : pack->domain[inputs->measure[i].domain].id);
		th_put_both(w, "title", name->zh, name->en);
		th_put_place(w, "place", inputs->measure[i].file, inputs->measure[i].line);
		th_put_close(w, '}');
	}
}

static void put_list(th_writer *w, const char *key, const th_rule_decl *decl, uint64_t list)
{
	th_put_open(w, key, '[');
	for (size_t i = 0; i < decl->options; i++)
		if (list >> i & 1)
			th_put_text(w, NULL, decl->option[i].id);
	th_put_close(w, ']');
}

static void put_series(th_writer *w, const char *key, const th_rule_decl *decl, const th_rule_value *value)
{
	th_put_open(w, key, '[');
	for (size_t i = 0; i < value->count; i++) {
		th_buf_str(w->buf, i ? ", " : "");
		(void)th_put_exact(w->buf, value->series[i], &decl->unit);
	}
	th_put_close(w, ']');
}

static void put_shown(th_writer *w, const char *key, const th_rule_inputs *inputs, uint32_t which)
{
	th_buf text = {0};
	th_put_rule_input(inputs, which, TH_LANG_EN, &text); /* a date or a text, which are the same in both */
	th_put_text(w, key, th_buf_view(&text));
	w->buf->failed |= text.failed;
	th_buf_free(&text);
}

void th_put_input_value(th_writer *w, const char *key, const th_rule_inputs *inputs, uint32_t which)
{
	const th_rule_decl *decl = &inputs->pack->decl[which];
	const th_rule_value *value = &inputs->input[which].value;
	if (!value->known)
		return;
	switch (decl->type) {
	case TH_RULE_BOOL:
		th_put_truth(w, key, value->truth);
		return;
	case TH_RULE_NUMBER:
		th_put_rule_number(w, key, value, &decl->unit);
		return;
	case TH_RULE_CHOICE:
		th_put_text(w, key, decl->option[value->choice].id);
		return;
	case TH_RULE_LIST:
		put_list(w, key, decl, value->list);
		return;
	case TH_RULE_SERIES:
		put_series(w, key, decl, value);
		return;
	default:
		put_shown(w, key, inputs, which);
	}
}

static void put_input(th_writer *w, const th_assessment *a, uint32_t which)
{
	static const char *const kinds[] = {[TH_RULE_FACT] = "fact", [TH_RULE_PARAM] = "param", [TH_RULE_COMPUTED] = "computed"};
	const th_rule_input *input = &a->inputs.input[which];
	const th_rule_decl *decl = &a->pack->decl[which];
	th_put_open(w, NULL, '{');
	th_put_text(w, "kind", th_slice_of(kinds[decl->role]));
	th_put_text(w, "id", decl->id);
	th_put_both(w, "title", decl->name.zh, decl->name.en);
	th_put_input_value(w, "value", &a->inputs, which);
	if (decl->type == TH_RULE_NUMBER || decl->type == TH_RULE_SERIES)
		th_put_text_if(w, "unit", decl->unit_text);
	if (decl->role != TH_RULE_COMPUTED) {
		th_put_open(w, "written", '{');
		th_put_text(w, "value", input->text);
		th_put_text_if(w, "unit", input->unit_text);
		th_put_close(w, '}');
	}
	th_put_text_if(w, "source", input->source);
	if (input->file)
		th_put_place(w, "place", input->file, input->line);
	th_put_close(w, '}');
}

void th_put_inputs_json(th_writer *w, const th_assessment *a, const th_rule_result *result)
{
	th_put_open(w, "inputs", '[');
	for (size_t i = 0; i < result->useds; i++) {
		if (result->used[i] == a->pack->decls)
			put_groups(w, &a->inputs);
		else
			put_input(w, a, result->used[i]);
	}
	th_put_close(w, ']');
}

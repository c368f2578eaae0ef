/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bridge between two accounts as tanhe.diff/1 (data/schema/diff.schema.json). */
#include "audit/audit_json.h"
#include "audit/diff_parts.h"

static const char *const ends[2] = {"from", "to"};

void th_put_diff_side(th_writer *w, const th_diff_side *side, th_cause other)
{
	th_buf name = {0};
	if (side->reported) {
		th_put_recorded(w, &side->recorded);
		if (other != TH_CAUSE_DATA)
			th_put_text(w, "other", th_slice_of(th_cause_names[other]));
	} else {
		th_put_case_name(side->name, &name);
		th_put_text(w, "file", th_buf_view(&name));
	}
	w->buf->failed |= name.failed;
	th_buf_free(&name);
}

static void put_end(th_writer *w, const char *key, int year, th_mass gross)
{
	th_put_open(w, key, '{');
	th_put_count(w, "year", (size_t)year);
	th_put_tonnes(w, "gross", gross);
	th_put_close(w, '}');
}

static void put_causes(th_writer *w, const th_bridge *bridge)
{
	th_put_open(w, "causes", '[');
	for (size_t i = 0; i < TH_CAUSES; i++) {
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", th_slice_of(th_cause_names[i]));
		th_put_label(w, "title", th_cause_word((th_cause)i));
		th_put_tonnes(w, "value", bridge->cause[i]);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
	th_put_tonnes(w, "remainder", bridge->rest);
	th_put_tonnes(w, "change", bridge->to - bridge->from);
	th_put_text(w, "unit", TH_S("t CO2e"));
}

static void put_totals(th_writer *w, const th_diff_found *f, const th_diff_list *list)
{
	if (list->count == 0)
		return;
	th_put_open(w, "totals", '[');
	for (size_t i = 0; i < list->count; i++) {
		const th_json *const *of = list->pair[i].of;
		th_slice id = of[of[0] ? 0 : 1]->key;
		th_label word = th_diff_total_word(id);
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", id);
		if (word)
			th_put_label(w, "title", word);
		else
			th_put_both(w, "title", th_diff_profile_total(f, "zh"), th_diff_profile_total(f, "en"));
		for (size_t k = 0; k < 2; k++)
			if (of[k])
				th_put_copy(w, ends[k], of[k]);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_year(th_writer *w, const th_diff_found *f, const th_diff_year *y)
{
	th_put_open(w, NULL, '{');
	put_end(w, ends[0], y->year[0], y->bridge.from);
	put_end(w, ends[1], y->year[1], y->bridge.to);
	put_causes(w, &y->bridge);
	put_totals(w, f, &y->totals);
	th_put_open(w, "activities", '[');
	for (size_t i = 0; i < y->parts; i++) {
		const th_bridge_part *part = &y->part[i];
		th_put_open(w, NULL, '{');
		th_put_text_if(w, "id", part->id);
		th_put_both(w, "title", part->zh, part->en);
		th_put_tonnes(w, "from", part->from);
		th_put_tonnes(w, "to", part->to);
		th_put_tonnes(w, "change", part->to - part->from);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
	th_put_close(w, '}');
}

/* --- pairs --- */

static void put_members(th_writer *w, const th_json *of, const char *const *member, size_t members)
{
	if (of->kind == TH_JSON_STRING)
		th_put_text(w, "id", of->text);
	for (size_t i = 0; i < members; i++) {
		const th_json *value = th_json_get(of, member[i]);
		if (value)
			th_put_copy(w, member[i], value);
	}
}

static void put_basis(th_writer *w, const th_diff_list *list)
{
	static const char *const members[] = {"id", "version", "sha256"};
	th_put_open(w, "basis", '[');
	for (size_t i = 0; i < list->count; i++) {
		th_put_open(w, NULL, '{');
		th_put_text(w, "kind", list->pair[i].of[0]->key);
		for (size_t k = 0; k < 2; k++) {
			th_put_open(w, ends[k], '{');
			put_members(w, list->pair[i].of[k], members, sizeof members / sizeof *members);
			th_put_close(w, '}');
		}
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_parameters(th_writer *w, const th_json *own, const th_json *other)
{
	const th_json *at = th_other_parameter(own, other, NULL);
	if (!at)
		return;
	th_put_open(w, "parameters", '{');
	for (; at; at = th_other_parameter(own, other, at)) {
		th_put_key(w, at->key);
		th_put_number(w->buf, at->text, at->number);
	}
	th_put_close(w, '}');
}

static void put_factors(th_writer *w, const th_diff_list *list)
{
	static const char *const members[] = {"value", "unit", "ncv", "ncv_unit", "carbon_content", "carbon_content_unit", "oxidation", "derived"};
	static const char *const names[] = {"gas", "region", "valid_from"};
	th_put_open(w, "factors", '[');
	for (size_t i = 0; i < list->count; i++) {
		const th_json *const *of = list->pair[i].of, *one = of[0] ? of[0] : of[1];
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", th_json_string(one, "id"));
		for (size_t k = 0; k < sizeof names / sizeof *names; k++)
			th_put_text_if(w, names[k], th_json_string(one, names[k]));
		for (size_t k = 0; k < 2; k++) {
			if (!of[k])
				continue;
			th_put_open(w, ends[k], '{');
			put_members(w, of[k], members, sizeof members / sizeof *members);
			put_parameters(w, of[k], of[!k]);
			th_put_close(w, '}');
		}
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void put_rules(th_writer *w, const th_diff_found *f)
{
	if (!f->checks)
		return;
	th_put_open(w, "verdict", '{');
	for (size_t k = 0; k < 2; k++)
		th_put_text(w, ends[k], th_json_string(f->root[k], "verdict"));
	th_put_close(w, '}');
	th_put_open(w, "requirements", '[');
	for (size_t i = 0; i < f->requirements.count; i++) {
		const th_json *const *of = f->requirements.pair[i].of, *one = of[0] ? of[0] : of[1];
		th_put_open(w, NULL, '{');
		th_put_text(w, "id", th_json_string(one, "id"));
		th_put_both(w, "title", th_json_string(th_json_get(one, "title"), "zh"), th_json_string(th_json_get(one, "title"), "en"));
		for (size_t k = 0; k < 2; k++)
			th_put_text_if(w, ends[k], th_json_string(of[k], "status"));
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

void th_put_diff_json(const th_diff_found *f, th_buf *out)
{
	th_writer w = th_writer_begin(out, "tanhe.diff/1");
	for (size_t k = 0; k < 2; k++) {
		th_put_open(&w, ends[k], '{');
		th_put_diff_side(&w, &f->side[k], f->other[k]);
		th_put_close(&w, '}');
	}
	th_put_reason(&w, "result", f->differs ? "differs" : "equal", f->differs ? W_DIFF_DIFFERS : W_DIFF_EQUAL);
	th_put_open(&w, "years", '[');
	for (size_t i = 0; i < f->years; i++)
		put_year(&w, f, &f->year[i]);
	th_put_close(&w, ']');
	th_put_diff_footprints_json(&w, f);
	put_basis(&w, &f->basis);
	put_factors(&w, &f->factors);
	put_rules(&w, f);
	th_writer_end(&w);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One factor: its whole record, what it is converted to, who takes it and why, and what other documents say. */
#include "report/report.h"

enum { RIVALS_SHOWN = 20 };

typedef struct show {
	const th_reference *reference;
	th_lang lang;
	uint32_t first; /* row of the factor */
} show;

static const th_factor *row(const show *s, uint32_t number)
{
	return &s->reference->factor[number];
}

static void field(const show *s, th_grid *grid, th_label label, th_slice text)
{
	if (text.len == 0)
		return;
	th_grid_cell(grid, th_slice_of(th_word_text(label, s->lang)));
	th_grid_cell(grid, text);
}

/* label: what the buffer holds; the buffer is emptied. */
static void built_field(const show *s, th_grid *grid, th_label label, th_buf *text)
{
	field(s, grid, label, th_buf_view(text));
	grid->failed |= text->failed;
	th_buf_clear(text);
}

static void part(th_buf *out, th_slice text, th_slice unit)
{
	th_buf_str(out, out->len ? " × " : "");
	th_buf_slice(out, text);
	th_buf_str(out, unit.len ? " " : "");
	th_buf_slice(out, unit);
}

static void derivation(const th_factor *f, th_buf *out)
{
	th_mass value;
	if (!th_factor_derived(f, &value))
		return;
	if (f->has_value)
		part(out, f->value_text, f->unit_text);
	else {
		part(out, f->ncv_text, f->ncv_unit_text);
		part(out, f->carbon_content_text, f->carbon_content_unit_text);
		part(out, f->oxidation_text, (th_slice){"", 0});
	}
	th_buf_str(out, f->has_value && f->basis == TH_BASIS_NITROGEN ? " × 44/28 = " : " × 44/12 = ");
	th_put_mass(out, value, 0);
	th_buf_char(out, ' ');
	th_buf_slice(out, f->has_value ? f->gas_text : f->unit_text);
}

static th_label confidence_word(th_confidence confidence)
{
	static const th_label words[] = {W_TWO_SOURCES, W_ONE_SOURCE, W_USER, W_UNSET};
	return words[confidence];
}

static void record_text(const show *s, const th_factor *f, th_buf *out)
{
	th_grid grid = {.align = "ll"};
	th_buf text = {0};
	th_slice name = th_in_lang(s->lang, f->name_zh, f->name_en), title = th_in_lang(s->lang, row(s, s->first)->name_zh, row(s, s->first)->name_en);
	if (!th_slice_eq(name, title))
		field(s, &grid, W_NAME, name);
	field(s, &grid, W_GAS_LABEL, f->gas_text);
	if (f->confidence == TH_UNSET)
		field(s, &grid, W_VALUE, th_slice_of(th_word_text(W_UNSET_VALUE, s->lang)));
	else if (f->has_value) {
		th_factor_value_text(&text, f, s->lang);
		built_field(s, &grid, W_VALUE, &text);
	}
	derivation(f, &text);
	built_field(s, &grid, W_DERIVED, &text);
	th_factor_parameters(&text, f);
	built_field(s, &grid, W_PARAMETERS_OF, &text);
	if (f->has_low || f->has_high) {
		th_buf_char(&text, '-');
		th_put_decimal(&text, f->low);
		th_buf_str(&text, " % / +");
		th_put_decimal(&text, f->high);
		th_buf_str(&text, " % ");
		th_buf_slice(&text, f->distribution);
		built_field(s, &grid, W_UNCERTAINTY, &text);
	}
	th_factor_document(&text, f);
	built_field(s, &grid, W_DOCUMENT, &text);
	field(s, &grid, W_URL, f->url);
	th_buf_str(&text, th_confidence_name(f->confidence));
	th_buf_str(&text, s->lang == TH_LANG_ZH ? "：" : ": ");
	th_buf_str(&text, th_word_text(confidence_word(f->confidence), s->lang));
	built_field(s, &grid, W_CONFIDENCE, &text);
	th_factor_time(&text, f);
	built_field(s, &grid, W_VALID, &text);
	th_buf_slice(&text, f->region_text);
	if (f->region != TH_NONE) {
		const th_region *region = &s->reference->region[f->region];
		th_buf_char(&text, ' ');
		th_buf_slice(&text, th_in_lang(s->lang, region->name_zh, region->name_en));
	}
	built_field(s, &grid, W_REGION_LABEL, &text);
	field(s, &grid, W_CATEGORY, f->category);
	if (f->scope) {
		th_buf_printf(&text, "%d", f->scope);
		built_field(s, &grid, W_SCOPE_OF_FACTOR, &text);
	}
	for (size_t i = 0; i < f->activities; i++) {
		const th_activity *activity = &s->reference->activity[f->activity[i]];
		th_buf_str(&text, i ? th_word_text(W_COMMA, s->lang) : "");
		th_buf_slice(&text, activity->id);
		th_buf_char(&text, ' ');
		th_buf_slice(&text, th_in_lang(s->lang, activity->name_zh, activity->name_en));
	}
	built_field(s, &grid, W_ACTIVITIES, &text);
	field(s, &grid, W_NOTE, f->note);
	/* A shipped row by its place in the data folder, wherever that lies. */
	const char *folder = f->layer ? NULL : strstr(f->file, "factors/");
	th_buf_printf(&text, "%s:%zu", folder ? folder : f->file, f->line);
	built_field(s, &grid, W_ROW_OF, &text);
	th_buf_free(&text);
	th_grid_print(&grid, 2, out);
}

static void rule_text(const show *s, th_leg leg, const th_rule *rule, th_buf *out)
{
	th_slice note = th_in_lang(s->lang, rule->note_zh, rule->note_en);
	const char *comma = th_word_text(W_COMMA, s->lang);
	th_buf_str(out, th_word_text((th_label)((int)W_LEG_MAIN + (int)leg), s->lang));
	if (rule->region_of_line)
		th_buf_printf(out, "%s%s", comma, th_word_text(W_REGION_LINE, s->lang));
	if (rule->year != TH_YEAR_ANY)
		th_buf_printf(out, "%s%s", comma, th_word_text(rule->year == TH_YEAR_DATA ? W_YEAR_DATA : W_YEAR_VALID, s->lang));
	if (note.len) {
		th_buf_str(out, s->lang == TH_LANG_ZH ? "：" : ": ");
		th_buf_slice(out, note);
	}
}

/* The first rule of a profile and leg that takes one of the rows of the factor. */
static const th_rule *taking_rule(const show *s, const th_profile *profile, th_leg leg)
{
	const th_rule *rule = NULL;
	for (uint32_t i = s->first; i != TH_NONE && !rule; i = row(s, i)->next)
		rule = th_profile_takes(s->reference, profile, row(s, i), leg);
	return rule;
}

static void takers_text(const show *s, th_buf *out)
{
	th_grid grid = {.align = "ll"};
	th_buf text = {0};
	for (uint32_t p = 0; p < s->reference->profiles; p++) {
		const th_profile *profile = &s->reference->profile[p];
		bool named = false;
		for (int leg = 0; leg < TH_LEGS; leg++) {
			const th_rule *rule = taking_rule(s, profile, (th_leg)leg);
			if (!rule)
				continue;
			th_grid_cell(&grid, named ? (th_slice){"", 0} : profile->id);
			rule_text(s, (th_leg)leg, rule, &text);
			th_grid_cell(&grid, th_buf_view(&text));
			th_buf_clear(&text);
			named = true;
		}
		if (!named)
			continue;
		th_grid_end(&grid);
		th_grid_cell(&grid, th_in_lang(s->lang, profile->purpose_zh, profile->purpose_en));
		th_grid_end(&grid);
		th_grid_cell(&grid, profile->document);
	}
	th_buf_printf(out, "\n%s\n", th_word_text(W_TAKEN, s->lang));
	if (grid.cells == 0)
		th_buf_printf(out, "  %s\n", th_word_text(W_NOT_TAKEN, s->lang));
	out->failed |= text.failed;
	th_buf_free(&text);
	th_grid_print(&grid, 2, out);
}

static void takers_of(const show *s, const th_factor *factor, th_buf *out)
{
	for (uint32_t p = 0; p < s->reference->profiles; p++)
		if (th_profile_takes_any(s->reference, &s->reference->profile[p], factor)) {
			th_buf_str(out, out->len ? ", " : "");
			th_buf_slice(out, s->reference->profile[p].id);
		}
}

static void other_rows(const show *s, th_grid *grid, const th_factor *f)
{
	th_buf text = {0};
	th_grid_cell(grid, f->id);
	th_factor_value_text(&text, f, s->lang);
	th_grid_cell(grid, th_buf_view(&text));
	th_grid_cell(grid, f->region_text);
	th_factor_time(&grid->text, f);
	th_grid_end(grid);
	th_buf_clear(&text);
	if (!th_factor_hidden(s->reference, f))
		takers_of(s, f, &text);
	th_grid_cell(grid, th_buf_view(&text));
	th_buf_clear(&text);
	th_factor_document(&text, f);
	th_grid_text(grid, th_buf_view(&text));
	th_grid_note(grid);
	grid->failed |= text.failed;
	th_buf_free(&text);
}

static void conflicts_text(const show *s, th_buf *out)
{
	bool headed = false;
	for (uint32_t i = 0; i < s->reference->conflicts; i++) {
		const th_conflict *conflict = &s->reference->conflict[i];
		th_grid subject = {.align = "l"}, grid = {.align = "lllll"};
		if (!th_conflict_names(s->reference, conflict, row(s, s->first)->id))
			continue;
		if (!headed)
			th_buf_printf(out, "\n%s\n", th_word_text(W_CONFLICTS, s->lang));
		headed = true;
		th_grid_text(&subject, th_in_lang(s->lang, conflict->subject_zh, conflict->subject_en));
		th_buf_str(&subject.text, s->lang == TH_LANG_ZH ? "：" : ": ");
		th_grid_cell(&subject, th_in_lang(s->lang, conflict->reading_zh, conflict->reading_en));
		th_grid_print(&subject, 2, out);
		for (size_t k = 0; k < conflict->factors; k++)
			other_rows(s, &grid, row(s, conflict->factor[k]));
		th_grid_print(&grid, 4, out);
	}
}

static bool is_rival(const show *s, const th_factor *other)
{
	for (uint32_t i = s->first; i != TH_NONE; i = row(s, i)->next)
		if (th_factor_rivals(s->reference, row(s, i), other))
			return true;
	return false;
}

/* It stands in the text already, under a conflict. */
static bool in_conflict(const show *s, th_slice other)
{
	for (uint32_t i = 0; i < s->reference->conflicts; i++) {
		const th_conflict *conflict = &s->reference->conflict[i];
		if (th_conflict_names(s->reference, conflict, row(s, s->first)->id) && th_conflict_names(s->reference, conflict, other))
			return true;
	}
	return false;
}

static void rivals_text(const show *s, th_buf *out)
{
	th_grid grid = {.align = "lllll"};
	size_t found = 0;
	for (uint32_t i = 0; i < s->reference->factors; i++) {
		if (!is_rival(s, row(s, i)) || in_conflict(s, row(s, i)->id))
			continue;
		if (found++ == 0) {
			th_buf_printf(out, "\n%s\n", th_word_text(W_RIVALS, s->lang));
			static const th_label head[] = {W_L_FACTOR, W_H_VALUE, W_REGION, W_H_VALID, W_H_TAKEN};
			for (size_t k = 0; k < sizeof head / sizeof *head; k++)
				th_grid_cell(&grid, th_slice_of(th_word_text(head[k], s->lang)));
		}
		if (found <= RIVALS_SHOWN)
			other_rows(s, &grid, row(s, i));
	}
	th_grid_print(&grid, 2, out);
	if (found > RIVALS_SHOWN)
		th_buf_printf(out, "  … %zu %s\n", found - RIVALS_SHOWN, th_word_text(W_MORE, s->lang));
}

static void show_text(const show *s, th_buf *out)
{
	const th_factor *first = row(s, s->first);
	th_grid title = {.align = "l"};
	th_grid_text(&title, first->id);
	th_buf_str(&title.text, "  ");
	th_grid_cell(&title, th_in_lang(s->lang, first->name_zh, first->name_en));
	th_grid_print(&title, 0, out);
	for (uint32_t i = s->first; i != TH_NONE; i = row(s, i)->next) {
		if (i != s->first)
			th_buf_char(out, '\n');
		record_text(s, row(s, i), out);
	}
	takers_text(s, out);
	conflicts_text(s, out);
	rivals_text(s, out);
}

static void takers_json(const show *s, th_writer *w)
{
	th_put_open(w, "profiles", '[');
	for (uint32_t p = 0; p < s->reference->profiles; p++) {
		const th_profile *profile = &s->reference->profile[p];
		for (int leg = 0; leg < TH_LEGS; leg++) {
			const th_rule *rule = taking_rule(s, profile, (th_leg)leg);
			if (!rule)
				continue;
			th_put_open(w, NULL, '{');
			th_put_text(w, "id", profile->id);
			th_put_text(w, "leg", th_slice_of(th_leg_names[leg]));
			th_put_text_if(w, "purpose", th_in_lang(s->lang, profile->purpose_zh, profile->purpose_en));
			th_put_text_if(w, "document", profile->document);
			th_put_text_if(w, "note", th_in_lang(s->lang, rule->note_zh, rule->note_en));
			th_put_close(w, '}');
		}
	}
	th_put_close(w, ']');
}

static void conflicts_json(const show *s, th_writer *w)
{
	th_put_open(w, "conflicts", '[');
	for (uint32_t i = 0; i < s->reference->conflicts; i++) {
		const th_conflict *conflict = &s->reference->conflict[i];
		if (!th_conflict_names(s->reference, conflict, row(s, s->first)->id))
			continue;
		th_put_open(w, NULL, '{');
		th_put_text(w, "subject", th_in_lang(s->lang, conflict->subject_zh, conflict->subject_en));
		th_put_text(w, "reading", th_in_lang(s->lang, conflict->reading_zh, conflict->reading_en));
		th_put_open(w, "factors", '[');
		for (size_t k = 0; k < conflict->factors; k++)
			th_put_text(w, NULL, row(s, conflict->factor[k])->id);
		th_put_close(w, ']');
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void others_json(const show *s, th_writer *w)
{
	th_put_open(w, "others", '[');
	for (uint32_t i = 0; i < s->reference->factors; i++) {
		const th_factor *other = row(s, i);
		if (!is_rival(s, other))
			continue;
		th_put_open(w, NULL, '{');
		th_put_factor(w, "factor", other, NULL);
		th_put_open(w, "profiles", '[');
		for (uint32_t p = 0; p < s->reference->profiles && !th_factor_hidden(s->reference, other); p++)
			if (th_profile_takes_any(s->reference, &s->reference->profile[p], other))
				th_put_text(w, NULL, s->reference->profile[p].id);
		th_put_close(w, ']');
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

static void show_json(const show *s, th_buf *out)
{
	th_writer w = {.buf = out, .first = true};
	th_put_open(&w, NULL, '{');
	th_put_tool(&w, "tanhe.factors/1");
	th_put_factor_set(&w, s->reference);
	th_put_open(&w, "factors", '[');
	for (uint32_t i = s->first; i != TH_NONE; i = row(s, i)->next)
		th_put_factor(&w, NULL, row(s, i), NULL);
	th_put_close(&w, ']');
	takers_json(s, &w);
	conflicts_json(s, &w);
	others_json(s, &w);
	th_put_close(&w, '}');
	th_buf_char(out, '\n');
}

static void show_csv(const show *s, th_buf *out)
{
	th_factor_csv_header(out);
	for (uint32_t i = s->first; i != TH_NONE; i = row(s, i)->next)
		th_factor_csv(out, row(s, i));
}

static th_status unknown_id(const th_reference *reference, const char *id, th_diags *diags)
{
	th_buf near = {0};
	th_suggest_factors(reference, th_slice_of(id), 5, &near);
	if (near.len == 0)
		th_buf_char(&near, '-');
	th_buf_char(&near, '\0');
	th_status status = near.failed ? TH_SYSTEM : th_report(diags, TH_FACTOR_ID_UNKNOWN, (th_pos){0}, id, near.ptr, NULL);
	th_buf_free(&near);
	return status == TH_SYSTEM ? TH_SYSTEM : TH_USAGE;
}

th_status th_report_factor(const th_reference *reference, const char *id, th_format format, th_lang lang, th_diags *diags, char **text,
                           size_t *len)
{
	th_mark mark = th_begin(diags);
	static void (*const writer[])(const show *, th_buf *) = {show_text, show_json, show_csv};
	show s = {.reference = reference, .lang = lang, .first = th_find_factor(reference, th_slice_of(id))};
	th_buf out = {0};
	if (s.first == TH_NONE)
		return th_settle(mark, diags, unknown_id(reference, id, diags));
	writer[format](&s, &out);
	return th_give(mark, &out, text, len);
}

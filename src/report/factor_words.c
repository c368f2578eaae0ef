/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include "report/citation.h"

const char *th_confidence_name(th_confidence confidence)
{
	static const char *const names[] = {"two-sources", "one-source", "user", "unset"};
	return names[confidence];
}

bool th_factor_derived(const th_factor *f, th_mass *value)
{
	th_ratio r = th_ratio_one();
	if (f->has_value) {
		if (f->basis == TH_BASIS_GAS)
			return false;
		th_ratio_mul(&r, f->value);
		th_ratio_mul_int(&r, 44, f->basis == TH_BASIS_CARBON ? 12 : 28, 0);
		return th_ratio_round(&r, value);
	}
	if (!f->has_ncv || !f->has_carbon_content || !f->has_oxidation)
		return false;
	th_ratio_mul(&r, f->ncv);
	th_ratio_mul_unit(&r, &f->ncv_unit);
	th_ratio_mul(&r, f->carbon_content);
	th_ratio_mul_unit(&r, &f->carbon_content_unit);
	th_ratio_mul(&r, f->oxidation);
	th_ratio_mul_int(&r, 44, 12, 0);
	th_ratio_div_unit(&r, &f->unit);
	return th_ratio_round(&r, value);
}

void th_put_factor_value(th_buf *buf, const th_factor *f, const th_units *units, th_lang lang)
{
	th_mass derived;
	if (f->has_value)
		th_buf_slice(buf, f->value_text);
	else if (th_factor_derived(f, &derived)) {
		th_buf_str(buf, "≈");
		th_put_mass_rounded(buf, derived, 0, 4, false);
	} else if (f->confidence != TH_UNSET && f->params) {
		th_buf_str(buf, th_word_text(W_PARAMETERS, lang));
		return;
	} else {
		th_buf_str(buf, th_word_text(W_NO_VALUE, lang));
		return;
	}
	th_buf_char(buf, ' ');
	if (units)
		th_unit_put_name(units, f->unit_text, lang, buf);
	else
		th_buf_slice(buf, f->unit_text);
}

void th_put_factor_document(th_buf *buf, const th_factor *f, th_lang lang)
{
	th_put_citation(buf, f->source, f->table, lang);
}

void th_put_factor_time(th_buf *buf, const th_factor *f)
{
	th_slice from = f->valid_from_text, to = f->valid_to_text;
	if (from.len == 10 && to.len == 10 && memcmp(from.ptr, to.ptr, 4) == 0 && memcmp(from.ptr + 4, "-01-01", 6) == 0 &&
	    memcmp(to.ptr + 4, "-12-31", 6) == 0) {
		th_buf_add(buf, from.ptr, 4);
		return;
	}
	th_buf_slice(buf, from);
	if (from.len || to.len)
		th_buf_str(buf, "…");
	th_buf_slice(buf, to);
}

const th_factor *th_view_row(const th_factor_view *view, uint32_t number)
{
	return &view->reference->factor[number];
}

uint32_t th_view_next(const th_factor_view *view, uint32_t number)
{
	return th_index_number(th_view_row(view, number)->next);
}

const th_rule *th_taking_rule(const th_factor_view *view, const th_profile *profile, th_leg leg)
{
	const th_rule *rule = NULL;
	for (uint32_t i = view->first; i != TH_NONE && !rule; i = th_view_next(view, i))
		rule = th_profile_takes(view->reference, profile, th_view_row(view, i), leg);
	return rule;
}

bool th_view_rivals(const th_factor_view *view, const th_factor *other)
{
	for (uint32_t i = view->first; i != TH_NONE; i = th_view_next(view, i))
		if (th_factor_rivals(view->reference, th_view_row(view, i), other))
			return true;
	return false;
}

void th_put_factor_parameters(th_buf *buf, const th_factor *f)
{
	for (size_t i = 0; i < f->params; i++) {
		if (i > 0)
			th_buf_char(buf, ';');
		th_buf_slice(buf, f->param[i].name);
		th_buf_char(buf, '=');
		th_put_number(buf, f->param[i].text, f->param[i].value);
	}
}

static void put_parameters(th_writer *w, const th_factor *f)
{
	th_put_open(w, "parameters", '{');
	for (size_t i = 0; i < f->params; i++) {
		th_put_key(w, f->param[i].name);
		th_put_number(w->buf, f->param[i].text, f->param[i].value);
	}
	th_put_close(w, '}');
}

static void put_activities(th_writer *w, const th_factor *f)
{
	th_slice rest = f->activity_text, id;
	if (!rest.len)
		return;
	th_put_open(w, "activities", '[');
	while (th_slice_split(&rest, ';', &id))
		th_put_text(w, NULL, th_slice_trim(id));
	th_put_close(w, ']');
}

void th_put_factor(th_writer *w, const char *key, const th_factor *f, const th_factor_use *use)
{
	th_mass derived;
	th_put_open(w, key, '{');
	th_put_text(w, "id", f->id);
	th_put_text(w, "gas", f->gas_text);
	th_put_number_if(w, "value", f->has_value, f->value_text, f->value);
	th_put_text_if(w, "unit", f->unit_text);
	th_put_number_if(w, "ncv", f->has_ncv, f->ncv_text, f->ncv);
	th_put_text_if(w, "ncv_unit", f->ncv_unit_text);
	th_put_number_if(w, "carbon_content", f->has_carbon_content, f->carbon_content_text, f->carbon_content);
	th_put_text_if(w, "carbon_content_unit", f->carbon_content_unit_text);
	th_put_number_if(w, "oxidation", f->has_oxidation, f->oxidation_text, f->oxidation);
	if (f->params)
		put_parameters(w, f);
	if (th_factor_derived(f, &derived)) {
		th_put_key(w, TH_S("derived"));
		th_put_mass(w->buf, derived, 0);
	}
	put_activities(w, f);
	th_put_both(w, "name", f->name_zh, f->name_en);
	if (f->scope)
		th_put_count(w, "scope", (size_t)f->scope);
	th_put_text_if(w, "category", f->category);
	th_put_text_if(w, "region", f->region_text);
	th_put_text_if(w, "valid_from", f->valid_from_text);
	th_put_text_if(w, "valid_to", f->valid_to_text);
	th_put_number_if(w, "low", f->has_low, (th_slice){"", 0}, f->low);
	th_put_number_if(w, "high", f->has_high, (th_slice){"", 0}, f->high);
	th_put_text_if(w, "distribution", f->distribution);
	th_put_text(w, "source", f->source);
	th_put_text_if(w, "table", f->table);
	th_put_text_if(w, "url", f->url);
	th_put_text(w, "confidence", th_slice_of(th_confidence_name(f->confidence)));
	th_put_text_if(w, "note", f->note);
	if (f->layer)
		th_put_place(w, "place", f->file, f->line);
	if (use) {
		th_put_count(w, "lines", use->lines);
		th_put_tonnes(w, "tco2e", use->co2e);
		if (use->market)
			th_put_text(w, "basis", TH_S("market"));
	}
	th_put_close(w, '}');
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line down to its cell, its equation term by term, its factors and their documents. */
#include "audit/explain_parts.h"

#include "base/filename.h"
#include "base/hash.h"

th_slice th_activity_title(const th_entry *e, th_lang lang)
{
	th_slice name = lang == TH_LANG_ZH ? e->activity->name_zh : e->activity->name_en;
	return name.len ? name : e->activity_text;
}

void th_put_entry_place(const th_entry *e, th_buf *out)
{
	th_buf_str(out, th_file_name(e->file));
	th_put_spot(out, th_file_name(e->file), e->line, 0);
}

/* --- factors --- */

static void put_factor_name(th_page *p, const th_factor *f)
{
	th_page_text(p, f->id);
	th_page_text(p, TH_S("  "));
	th_put_factor_value(&p->doc.text, f, NULL, p->lang);
}

static void put_factor_place(th_page *p, const th_factor *f)
{
	th_put_factor_document(&p->doc.text, f, p->lang);
	if (f->url.len) {
		th_page_text(p, TH_S("  "));
		th_page_text(p, f->url);
	}
	if (f->layer) {
		th_page_text(p, TH_S("  "));
		th_put_place_text(th_file_name(f->file), f->line, &p->doc.text);
	}
}

/* Not met before; by its id and place, since an id may have several rows. */
static bool is_new(th_page *p, th_intern *seen, const th_factor *f)
{
	uint32_t before = seen->count;
	bool noted = th_intern_add(seen, (th_slice){(const char *)&f, sizeof f}) != TH_NONE;
	p->doc.failed |= !noted;
	return noted && seen->count > before;
}

void th_put_factors_of(th_page *p, const th_chain *c)
{
	static const th_page_column columns[] = {{W_E_FACTOR, TH_DOC_WORD}, {W_E_DOCUMENT, TH_DOC_WORD}};
	th_intern seen = {0};
	th_page_section(p, W_E_FACTORS);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < c->entries; i++) {
		const th_factor *f = c->entry[i].factor;
		if (!f || !is_new(p, &seen, f))
			continue;
		put_factor_name(p, f);
		th_doc_end(&p->doc);
		put_factor_place(p, f);
		th_doc_end(&p->doc);
	}
	th_doc_close(&p->doc);
	th_intern_free(&seen);
}

/* --- a line --- */

static void put_field_if(th_page *p, th_label label, th_slice text)
{
	if (text.len)
		th_page_field(p, label, text);
}

static void put_where(th_page *p, const th_entry *e)
{
	const th_slice more[] = {e->period, e->site, e->source};
	th_put_entry_place(e, &p->doc.text);
	for (size_t i = 0; i < sizeof more / sizeof *more; i++)
		if (more[i].len) {
			th_page_say(p, W_COMMA);
			th_page_text(p, more[i]);
		}
	th_page_say(p, W_COMMA);
	th_page_field(p, W_E_LINE, th_activity_title(e, p->lang));
}

static void put_cell(th_page *p, const th_entry *e)
{
	char letters[TH_COLUMN_LETTERS];
	th_page_text(p, e->quantity);
	th_buf_char(&p->doc.text, ' ');
	th_page_text(p, e->unit);
	if (e->cell && (th_sheet_mark(e->file) || th_named_as_workbook(e->file))) {
		th_page_say(p, W_OPEN);
		th_buf_printf(&p->doc.text, "%s%zu", th_column_letters(e->cell, letters), e->line);
		th_page_say(p, W_CLOSE);
	} else if (e->cell)
		TH_SAY(p, W_E_COLUMN, th_fill_integer((long long)e->cell));
	th_page_field(p, W_E_QUANTITY, TH_S(""));
}

/* Which total an entry is in, and what it adds there. */
static void put_result(th_page *p, const th_entry *e)
{
	th_page_say(p, th_bucket_word(e->bucket));
	if (e->scope && e->bucket != TH_MARKET) { /* whose word has it */
		th_page_say(p, W_COMMA);
		th_page_say(p, e->scope == 1 ? W_SCOPE1 : e->scope == 2 ? W_E_SCOPE2 : W_SCOPE3);
	}
	if (e->gas) {
		th_page_say(p, W_COMMA);
		th_page_text(p, e->gas->name);
		th_buf_char(&p->doc.text, ' ');
		th_put_mass(&p->doc.text, e->co2e, 0);
		th_buf_char(&p->doc.text, ' ');
		th_page_say(p, W_KILOGRAMS);
	}
}

/* The equation with what it gives: the mass of the gas, and its CO2 equivalent. */
static void put_equation(th_page *p, const th_entry *e)
{
	th_page_text(p, e->formula);
	th_buf_str(&p->doc.text, " = ");
	th_put_mass(&p->doc.text, e->mass, 0);
	th_buf_str(&p->doc.text, " kg ");
	th_page_text(p, e->gas->name);
	if (e->mass != e->co2e) {
		th_buf_str(&p->doc.text, "; × GWP ");
		th_put_decimal(&p->doc.text, e->gwp);
		th_buf_str(&p->doc.text, " = ");
		th_put_mass(&p->doc.text, e->co2e, 0);
		th_buf_char(&p->doc.text, ' ');
		th_page_say(p, W_KILOGRAMS);
	}
}

static void put_terms(th_page *p, const th_entry *e)
{
	static const th_label origins[] = {[TH_FROM_CELL] = W_E_FROM_CELL, [TH_FROM_FACTOR] = W_E_FROM_FACTOR, [TH_FROM_EQUATION] = W_E_FROM_EQUATION,
	                                   [TH_FROM_UNITS] = W_E_FROM_UNITS, [TH_FROM_CONVERSION] = W_E_FROM_CONVERSION};
	static const th_page_column columns[] = {{W_E_TERM, TH_DOC_WORD}, {W_E_NUMBER, TH_DOC_FIGURE}, {W_E_FROM, TH_DOC_WORD}};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < e->terms; i++) {
		const th_formula_term *t = &e->term[i];
		th_doc_cell_text(&p->doc, th_slice_of(t->name));
		th_page_text(p, t->value);
		th_page_text(p, t->unit.len && !th_slice_eq(t->unit, TH_S("%")) ? TH_S(" ") : TH_S(""));
		th_page_text(p, t->unit);
		th_doc_end(&p->doc);
		th_page_cell(p, origins[t->origin]);
	}
}

static void put_gas(th_page *p, const th_entry *e)
{
	put_result(p, e);
	th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
	if (e->gas) {
		put_equation(p, e);
		th_page_field(p, W_E_FORMULA, TH_S(""));
	}
	if (e->factor) {
		put_factor_name(p, e->factor);
		th_page_field(p, W_E_FACTOR, TH_S(""));
		put_factor_place(p, e->factor);
		th_page_field(p, W_E_DOCUMENT, TH_S(""));
		put_field_if(p, W_E_REGION, e->factor->region_text);
		th_put_factor_time(&p->doc.text, e->factor);
		th_page_field(p, W_E_VALID, TH_S(""));
	}
	put_terms(p, e);
	th_doc_close(&p->doc);
}

bool th_is_place_of(const th_chain *c, const th_json *place)
{
	const th_json *line = th_json_get(place, "line");
	th_slice number = c->id, file = th_json_string(place, "file");
	while (number.len && th_slice_digits(number, 0) != number.len) {
		number.ptr++;
		number.len--;
	}
	return line && th_slice_eq(line->text, number) && file.len <= c->id.len && memcmp(file.ptr, c->id.ptr, file.len) == 0;
}

/* Caveats of the report about that line. */
static void put_caveats(th_page *p, const th_chain *c, const th_json *account)
{
	for (const th_json *caveat = th_json_list(account, "caveats"); caveat; caveat = caveat->next) {
		for (const th_json *place = th_json_list(caveat, "places"); place; place = place->next) {
			if (!th_is_place_of(c, place))
				continue;
			th_page_text(p, th_json_string(caveat, "code"));
			th_buf_char(&p->doc.text, ' ');
			th_doc_item(&p->doc, th_json_string(th_json_get(caveat, "text"), p->lang == TH_LANG_ZH ? "zh" : "en"));
		}
	}
}

const th_entry *th_main_entry(const th_chain *c)
{
	const th_entry *most = &c->entry[0];
	for (size_t i = 1; i < c->entries; i++)
		if (c->entry[i].gas && (!most->gas || (c->entry[i].bucket != TH_MARKET && c->entry[i].co2e > most->co2e)))
			most = &c->entry[i];
	return most;
}

void th_put_line_chain(th_page *p, const th_chain *c, const th_recorded *r, bool all)
{
	const th_entry *e = th_main_entry(c);
	put_where(p, e);
	put_cell(p, e);
	put_result(p, e);
	if (c->entries > 1)
		TH_SAY(p, W_E_MORE_GASES, th_fill_integer((long long)c->entries - 1));
	th_page_field(p, W_E_RESULT, TH_S(""));
	if (e->gas) {
		put_equation(p, e);
		th_page_field(p, W_E_FORMULA, TH_S(""));
	}
	if (e->factor) {
		put_factor_name(p, e->factor);
		th_page_say(p, W_E_SEMICOLON);
		put_factor_place(p, e->factor);
		th_page_field(p, W_E_FACTOR, TH_S(""));
	}
	if (!all)
		return;
	put_field_if(p, W_E_REGION, e->region);
	put_field_if(p, W_E_INSTRUMENT, e->instrument);
	put_field_if(p, W_E_EVIDENCE, e->evidence);
	put_field_if(p, W_E_NOTE, e->note);
	for (size_t i = 0; i < c->entries; i++)
		put_gas(p, &c->entry[i]);
	th_page_section(p, W_E_CAVEATS);
	put_caveats(p, c, th_recorded_account(r));
	th_doc_close_if_any(&p->doc);
}

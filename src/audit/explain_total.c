/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A total down to its activities, its lines and their factors. */
#include "audit/explain_parts.h"

#include <stdlib.h>

#include "base/hash.h"

th_label th_total_word(th_slice id)
{
	static const struct { const char *id; th_label word; } words[] = {
		{"scope1", W_SCOPE1}, {"scope2_location", W_SCOPE2_LOCATION}, {"scope2_market", W_SCOPE2_MARKET}, {"scope3", W_SCOPE3}, {"gross", W_GROSS_OF}, {"net", W_NET},
		{"net_after_credits", W_NET_AFTER_CREDITS}, {"removals", W_REMOVALS}, {"credits", W_CREDITS}, {"avoided", W_AVOIDED}, {"biogenic_co2", W_BIOGENIC}, {"outside_kyoto", W_OUTSIDE},
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (th_slice_eq(id, th_slice_of(words[i].id)))
			return words[i].word;
	return W_E_PROFILE_TOTAL;
}

static int by_size(const void *a, const void *b)
{
	const th_chain_part *x = a, *y = b;
	th_mass p = x->co2e < 0 ? -x->co2e : x->co2e, q = y->co2e < 0 ? -y->co2e : y->co2e;
	return p != q ? (p < q ? 1 : -1) : th_slice_cmp(x->id, y->id);
}

th_mass th_chain_mass(const th_chain *c, const th_entry *e)
{
	return th_chain_takes_off(c, e) ? -e->co2e : e->co2e;
}

th_chain_part *th_chain_parts(const th_chain *c, size_t *count)
{
	th_chain_part *list = th_arena_alloc(c->arena, c->entries + 1, sizeof *list);
	th_intern names = {0};
	*count = 0;
	for (size_t i = 0; list && i < c->entries; i++) {
		const th_entry *e = &c->entry[i];
		th_slice id = e->activity->id.len ? e->activity->id : e->activity_text;
		if (!th_chain_counts(c, e))
			continue;
		uint32_t k = th_intern_add(&names, id);
		if (k == TH_NONE) {
			list = NULL;
			break;
		}
		if (k == *count)
			list[(*count)++] = (th_chain_part){.id = id, .entry = e};
		list[k].lines += list[k].lines == 0 || list[k].order != e->order;
		list[k].order = e->order;
		list[k].co2e += th_chain_mass(c, e);
	}
	th_intern_free(&names);
	if (list)
		qsort(list, *count, sizeof *list, by_size);
	else
		*count = 0;
	return list;
}

static void put_share(th_page *p, th_mass part_mass, th_mass whole)
{
	th_buf text = {0};
	if (whole > 0 && th_put_percent(&text, part_mass, whole, false)) {
		th_page_say(p, W_OPEN);
		th_page_text(p, th_buf_view(&text));
		th_page_say(p, W_CLOSE);
	}
	p->doc.failed |= text.failed;
	th_buf_free(&text);
}

static void put_largest(th_page *p, const th_chain_part *list, size_t count, th_mass whole)
{
	enum { SHOWN = 3 };
	for (size_t i = 0; i < count && i < SHOWN; i++) {
		th_page_text(p, i ? th_page_word(p, W_E_SEMICOLON) : TH_S(""));
		th_page_text(p, th_activity_title(list[i].entry, p->lang));
		th_buf_char(&p->doc.text, ' ');
		th_put_mass(&p->doc.text, list[i].co2e, 3);
		put_share(p, list[i].co2e, whole);
	}
	if (count > SHOWN)
		TH_SAY(p, W_E_MORE, th_fill_integer((long long)(count - SHOWN)));
	th_page_field(p, W_E_LARGEST, TH_S(""));
}

void th_put_basis_field(th_page *p, const th_recorded *r)
{
	const th_json *account = th_recorded_account(r), *set = th_json_get(account, "factor_set"), *profile = th_json_get(account, "profile");
	th_page_text(p, th_json_string(th_json_get(profile, "name"), p->lang == TH_LANG_ZH ? "zh" : "en"));
	th_page_say(p, W_OPEN);
	th_page_text(p, th_json_string(profile, "id"));
	th_page_say(p, W_CLOSE);
	th_page_say(p, W_COMMA);
	th_page_text(p, th_json_string(account, "gwp"));
	th_page_say(p, W_COMMA);
	th_page_text(p, th_json_string(set, "id"));
	th_buf_char(&p->doc.text, ' ');
	th_page_field(p, W_E_BASIS, th_json_string(set, "version"));
}

void th_put_chain_lines(th_page *p, const th_chain *c)
{
	static const th_page_column columns[] = {{W_E_LINE, TH_DOC_WORD}, {W_E_ACTIVITY, TH_DOC_WORD}, {W_E_GAS, TH_DOC_WORD}, {W_E_FORMULA, TH_DOC_WORD}, {W_E_KILOGRAMS, TH_DOC_MASS}};
	th_page_section(p, W_E_LINES);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < c->entries; i++) {
		const th_entry *e = &c->entry[i];
		if (!th_chain_counts(c, e))
			continue;
		th_put_entry_place(e, &p->doc.text);
		th_doc_end(&p->doc);
		th_doc_cell_text(&p->doc, th_activity_title(e, p->lang));
		th_doc_cell_text(&p->doc, e->gas->name);
		th_doc_cell_text(&p->doc, e->formula);
		th_mass co2e = th_chain_mass(c, e);
		th_doc_mass(&p->doc, co2e, 0, th_mass_decimals(co2e, 0), false);
	}
	th_doc_close(&p->doc);
}

static void put_parts(th_page *p, const th_chain_part *list, size_t count, th_mass whole)
{
	static const th_page_column columns[] = {{W_E_ACTIVITY, TH_DOC_WORD}, {W_E_LINE_COUNT, TH_DOC_COUNT}, {W_TONNES, TH_DOC_MASS}, {W_E_SHARE, TH_DOC_PERCENT}};
	th_page_section(p, W_E_ACTIVITIES);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < count; i++) {
		th_doc_cell_text(&p->doc, th_activity_title(list[i].entry, p->lang));
		th_doc_count(&p->doc, list[i].lines);
		th_doc_mass(&p->doc, list[i].co2e, 3, th_mass_decimals(list[i].co2e, 3), false);
		th_doc_share(&p->doc, list[i].co2e, whole, false);
	}
	th_doc_close(&p->doc);
}

static size_t lines_of(const th_chain_part *list, size_t count)
{
	size_t lines = 0;
	for (size_t i = 0; i < count; i++)
		lines += list[i].lines;
	return lines;
}

void th_put_total_chain(th_page *p, const th_chain *c, const th_recorded *r, bool all)
{
	size_t count;
	th_mass sum = 0;
	const th_chain_part *list = th_chain_parts(c, &count);
	p->doc.failed |= !list;
	for (size_t i = 0; i < count; i++)
		sum += list[i].co2e;
	th_page_say(p, th_total_word(c->id));
	th_page_say(p, W_COMMA);
	th_buf_printf(&p->doc.text, "%d", c->year);
	th_page_field(p, W_E_TOTAL, TH_S(""));
	th_page_text(p, c->value->text);
	th_buf_char(&p->doc.text, ' ');
	th_page_field(p, W_E_VALUE, th_page_word(p, W_TONNES));
	TH_SAY(p, W_E_SUM_OF, th_fill_integer((long long)lines_of(list, count)), th_fill_integer((long long)count));
	th_put_mass(&p->doc.text, sum, 3);
	th_buf_char(&p->doc.text, ' ');
	th_page_field(p, W_E_MADE_OF, th_page_word(p, W_TONNES));
	put_largest(p, list, count, sum);
	th_put_basis_field(p, r);
	if (!all)
		return;
	put_parts(p, list, count, sum);
	th_put_chain_lines(p, c);
	th_put_factors_of(p, c);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/diff.h"

#include "check/check.h"
#include "report/check_report.h"

typedef struct differing {
	const th_diff_side *side;
	const th_json *root[2];  /* the reports as they come out */
	th_arena arena;
	th_page page;
	th_diags *diags;
	bool differs;
} differing;

/* --- what reports say --- */

static const th_json *list_of(const th_json *object, const char *key)
{
	const th_json *list = th_json_get(object, key);
	return list && list->kind == TH_JSON_ARRAY ? list->child : NULL;
}

/* Tonnes as JSON has them in 1e-9 kg; false when it is no such number. */
static bool read_tonnes(th_slice text, th_mass *out)
{
	enum { DECIMALS = TH_MASS_SCALE + 3 };
	bool negative = text.len > 0 && text.ptr[0] == '-', point = false;
	int decimals = 0;
	th_mass value = 0;
	for (size_t i = negative; i < text.len; i++) {
		if (text.ptr[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (text.ptr[i] < '0' || text.ptr[i] > '9' || decimals == DECIMALS || value >> 120)
			return false;
		value = value * 10 + (text.ptr[i] - '0');
		decimals += point;
	}
	for (; decimals < DECIMALS && value >> 120 == 0; decimals++)
		value *= 10;
	*out = negative ? -value : value;
	return decimals == DECIMALS;
}

/* Gross emissions of a year as the report states them. */
static bool stated(const th_diff_side *side, int year, th_mass *out)
{
	const th_json *years = side->reported ? list_of(th_recorded_account(&side->recorded), "years") : NULL;
	for (; years; years = years->next) {
		const th_json *number = th_json_get(years, "year"), *gross = th_json_get(th_json_get(years, "totals"), "gross");
		if (number && gross && number->kind == TH_JSON_NUMBER && gross->kind == TH_JSON_NUMBER && number->number.exp == 0 && number->number.mant == year)
			return read_tonnes(gross->text, out);
	}
	return false;
}

/* --- the bridge --- */

static void put_head(differing *d, size_t which, int year, th_mass gross)
{
	th_page *p = &d->page;
	th_page_text(p, th_slice_of(d->side[which].name));
	th_page_say(p, W_COMMA);
	th_buf_printf(&p->doc.text, "%d", year);
	th_page_say(p, W_E_COLON);
	th_put_mass(&p->doc.text, gross, 3);
	th_buf_char(&p->doc.text, ' ');
	th_page_field(p, which ? W_DIFF_TO : W_DIFF_FROM, th_page_word(p, W_TONNES));
}

static void put_kilograms(th_page *p, th_mass mass)
{
	th_doc_mass(&p->doc, mass, 0, TH_MASS_SCALE, true);
}

static void put_causes(th_page *p, const th_bridge *bridge)
{
	static const th_label words[TH_CAUSES] = {W_DIFF_ACTIVITY, W_DIFF_FACTOR, W_DIFF_GWP, W_DIFF_METHOD, W_DIFF_BOUNDARY, W_DIFF_NEW, W_DIFF_DROPPED, W_DIFF_DATA};
	static const th_page_column columns[] = {{W_DIFF_CAUSE, TH_DOC_WORD}, {W_DIFF_KILOGRAMS, TH_DOC_MASS}};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < TH_CAUSES; i++) {
		th_page_cell(p, words[i]);
		put_kilograms(p, bridge->cause[i]);
	}
	th_page_cell(p, W_DIFF_REST);
	put_kilograms(p, bridge->rest);
	th_page_cell(p, W_DIFF_CHANGE);
	put_kilograms(p, bridge->to - bridge->from);
}

static void put_parts(th_page *p, const th_bridge_part *part, size_t parts)
{
	enum { SHOWN = 20 };
	static const th_page_column columns[] = {{W_E_ACTIVITY, TH_DOC_WORD}, {W_DIFF_FROM_TONNES, TH_DOC_MASS}, {W_DIFF_TO_TONNES, TH_DOC_MASS}, {W_DIFF_DIFFERENCE, TH_DOC_MASS}};
	size_t changed = 0;
	while (changed < parts && part[changed].to != part[changed].from)
		changed++;
	if (changed == 0)
		return;
	th_page_section(p, W_DIFF_BY_ACTIVITY);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < changed && i < SHOWN; i++) {
		th_doc_cell_text(&p->doc, p->lang == TH_LANG_ZH ? part[i].zh : part[i].en);
		th_page_mass(p, part[i].from);
		th_page_mass(p, part[i].to);
		th_page_change(p, part[i].to - part[i].from);
	}
	if (changed > SHOWN) {
		TH_SAY(p, W_V_MORE, th_fill_integer((long long)(changed - SHOWN)));
		th_doc_note(&p->doc, TH_S(""));
	}
	th_doc_close(&p->doc);
}

static th_status put_years(differing *d, int from, int to)
{
	th_bridge bridge;
	th_bridge_part *part;
	size_t parts;
	th_mass said[2];
	bool has[2] = {stated(&d->side[0], from, &said[0]), stated(&d->side[1], to, &said[1])};
	th_status status = th_bridge_make(&d->side[0].side, from, has[0] ? &said[0] : NULL, &d->side[1].side, to, has[1] ? &said[1] : NULL, &d->arena, &bridge, &part, &parts);
	if (status == TH_INVALID)
		return th_report(d->diags, TH_DIFF_LARGE, (th_pos){NULL, 0, 0, NULL}, (char *)NULL);
	if (status != TH_OK)
		return status;
	d->differs |= bridge.differs;
	th_doc_open(&d->page.doc, TH_DOC_ITEM, TH_S(""));
	put_head(d, 0, from, bridge.from);
	put_head(d, 1, to, bridge.to);
	put_causes(&d->page, &bridge);
	put_parts(&d->page, part, parts);
	th_doc_close(&d->page.doc);
	return TH_OK;
}

/* --- which years --- */

static size_t known_years(const th_side *side, int *only)
{
	size_t count = 0;
	for (int year = TH_FIRST_YEAR; year <= TH_LAST_YEAR; year++)
		if (th_side_has_year(side, year)) {
			count++;
			*only = year;
		}
	return count;
}

static void list_years(const th_side *side, th_buf *out)
{
	for (int year = TH_FIRST_YEAR; year <= TH_LAST_YEAR; year++)
		if (th_side_has_year(side, year))
			th_buf_printf(out, "%s%d", out->len ? ", " : "", year);
	th_buf_str(out, out->len ? "" : "-");
	th_buf_char(out, '\0');
}

static th_status no_years(differing *d)
{
	th_buf years[2] = {{0}, {0}};
	for (size_t i = 0; i < 2; i++)
		list_years(&d->side[i].side, &years[i]);
	th_status status = years[0].failed || years[1].failed ? th_no_memory(d->diags)
	                                                       : th_report(d->diags, TH_DIFF_YEARS, (th_pos){NULL, 0, 0, NULL}, years[0].ptr, years[1].ptr, (char *)NULL);
	th_buf_free(&years[0]);
	th_buf_free(&years[1]);
	return status;
}

static th_status put_all_years(differing *d)
{
	const th_side *a = &d->side[0].side, *b = &d->side[1].side;
	int from = d->side[0].year, to = d->side[1].year;
	th_status status = TH_OK;
	if (from)
		return th_side_has_year(a, from) && th_side_has_year(b, to) ? put_years(d, from, to) : no_years(d);
	size_t common = 0;
	for (int year = TH_FIRST_YEAR; year <= TH_LAST_YEAR && status == TH_OK; year++)
		if (th_side_has_year(a, year) && th_side_has_year(b, year)) {
			common++;
			status = put_years(d, year, year);
		}
	if (common)
		return status;
	return known_years(a, &from) == 1 && known_years(b, &to) == 1 ? put_years(d, from, to) : no_years(d);
}

/* --- factors and rules --- */

static const th_json *find(const th_json *list, const th_json *like)
{
	for (; list; list = list->next)
		if (th_slice_eq(th_json_string(list, "id"), th_json_string(like, "id")) && th_slice_eq(th_json_string(list, "gas"), th_json_string(like, "gas")) &&
		    th_slice_eq(th_json_string(list, "region"), th_json_string(like, "region")) && th_slice_eq(th_json_string(list, "valid_from"), th_json_string(like, "valid_from")))
			return list;
	return NULL;
}

static th_slice number_of(const th_json *factor)
{
	const th_json *value = th_json_get(factor, "value"), *derived = th_json_get(factor, "derived");
	return value ? value->text : derived ? derived->text : (th_slice){"", 0};
}

static void put_pair(differing *d, th_slice name, th_slice before, th_slice after)
{
	th_page *p = &d->page;
	th_doc_cell_text(&p->doc, name);
	th_doc_cell_text(&p->doc, before.len ? before : th_page_word(p, W_V_NOTHING));
	th_doc_cell_text(&p->doc, after.len ? after : th_page_word(p, W_V_NOTHING));
	d->differs = true;
}

static void open_pairs(differing *d, th_label title)
{
	static const th_page_column columns[] = {{W_DIFF_WHAT, TH_DOC_WORD}, {W_DIFF_FROM, TH_DOC_FIGURE}, {W_DIFF_TO, TH_DOC_FIGURE}};
	th_page_section(&d->page, title);
	th_page_table(&d->page, columns, sizeof columns / sizeof *columns);
}

static const th_json *account_of(const th_json *root)
{
	const th_json *account = th_json_get(root, "account");
	return account ? account : root;
}

/* Those that both use, with another number. */
static void put_factors(differing *d)
{
	bool open = false;
	const th_json *others = list_of(account_of(d->root[1]), "factors");
	for (const th_json *f = list_of(account_of(d->root[0]), "factors"); f; f = f->next) {
		const th_json *other = find(others, f);
		if (!other || th_slice_eq(number_of(f), number_of(other)))
			continue;
		if (!open)
			open_pairs(d, W_DIFF_FACTORS);
		open = true;
		put_pair(d, th_json_string(f, "id"), number_of(f), number_of(other));
	}
	if (open)
		th_doc_close(&d->page.doc);
}

static th_slice status_word(const differing *d, th_slice status)
{
	for (size_t i = 0; i < TH_RULE_STATUSES; i++)
		if (th_slice_eq(status, th_slice_of(th_rule_status_names[i])))
			return th_page_word(&d->page, th_status_word((th_rule_status)i));
	return status;
}

static th_slice verdict_word(const differing *d, th_slice verdict)
{
	for (size_t i = 0; i < TH_VERDICTS; i++)
		if (th_slice_eq(verdict, th_slice_of(th_verdict_names[i])))
			return th_page_word(&d->page, th_verdict_word((th_verdict)i));
	return verdict;
}

static const th_json *same_id(const th_json *list, th_slice id)
{
	while (list && !th_slice_eq(th_json_string(list, "id"), id))
		list = list->next;
	return list;
}

/* Of two checks, also by other rules, what is decided otherwise. */
static void put_rules(differing *d)
{
	const th_json *list[2] = {list_of(d->root[0], "requirements"), list_of(d->root[1], "requirements")};
	if (!list[0] || !list[1])
		return;
	open_pairs(d, W_DIFF_RULES);
	bool differed = d->differs;
	d->differs = false;
	const char *const keys[] = {"id", "version"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		th_slice before = th_json_string(th_json_get(d->root[0], "rules"), keys[i]), after = th_json_string(th_json_get(d->root[1], "rules"), keys[i]);
		if (!th_slice_eq(before, after))
			put_pair(d, th_page_word(&d->page, i ? W_DIFF_RULES_VERSION : W_E_RULES), before, after);
	}
	th_slice before = th_json_string(d->root[0], "verdict"), after = th_json_string(d->root[1], "verdict");
	if (!th_slice_eq(before, after))
		put_pair(d, th_page_word(&d->page, W_DIFF_VERDICT), verdict_word(d, before), verdict_word(d, after));
	for (size_t which = 0; which < 2; which++)
		for (const th_json *r = list[which]; r; r = r->next) {
			const th_json *other = same_id(list[!which], th_json_string(r, "id"));
			th_slice own = status_word(d, th_json_string(r, "status")), others = other ? status_word(d, th_json_string(other, "status")) : (th_slice){"", 0};
			if (which ? !other : !th_slice_eq(own, others))
				put_pair(d, th_json_string(r, "id"), which ? others : own, which ? own : others);
		}
	if (!d->differs) {
		th_page_cell(&d->page, W_DIFF_SAME_RULES);
		th_doc_none(&d->page.doc);
		th_doc_none(&d->page.doc);
	}
	d->differs |= differed;
	th_doc_close(&d->page.doc);
}

th_status th_diff(const th_diff_side side[2], th_lang lang, th_diags *diags, char **text, size_t *len, bool *equal)
{
	th_mark mark = th_report_begin(diags, text, len);
	differing d = {.side = side, .diags = diags, .page = {.lang = lang, .shift = 3, .digits = 2}};
	th_status status = TH_OK;
	*equal = false;
	for (size_t i = 0; i < 2 && status == TH_OK; i++)
		status = th_json_parse(side[i].name, (th_slice){side[i].json, side[i].length}, diags, &d.arena, &d.root[i]);
	th_page_banner(&d.page, W_DIFF_TITLE);
	if (status == TH_OK)
		status = put_all_years(&d);
	if (status == TH_OK) {
		put_factors(&d);
		put_rules(&d);
		*equal = !d.differs;
		th_page_paragraph(&d.page, d.differs ? W_DIFF_DIFFERS : W_DIFF_EQUAL);
		status = th_page_give(mark, &d.page, text, len);
	} else
		th_doc_free(&d.page.doc);
	th_arena_free(&d.arena);
	return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What differs between two accounts. */
#include "audit/diff_parts.h"

#include "base/list.h"

typedef struct differing {
	th_diff_found found;
	th_arena *arena;
	th_diags *diags;
} differing;

/* --- what reports say --- */

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

/* The totals of a year; NULL: it has none. */
static const th_json *totals_of(const th_json *account, int year)
{
	for (const th_json *at = th_json_list(account, "years"); at; at = at->next) {
		const th_json *number = th_json_get(at, "year");
		if (number && number->kind == TH_JSON_NUMBER && number->number.exp == 0 && number->number.mant == year)
			return th_json_get(at, "totals");
	}
	return NULL;
}

/* Gross emissions of a year as the report states them. */
static bool stated(const th_diff_side *side, int year, th_mass *out)
{
	const th_json *gross = side->reported ? th_json_get(totals_of(th_recorded_account(&side->recorded), year), "gross") : NULL;
	return gross && gross->kind == TH_JSON_NUMBER && read_tonnes(gross->text, out);
}

/* --- what they were made with, and what was decided --- */

static bool add_pair(differing *d, th_diff_list *list, const th_json *a, const th_json *b)
{
	th_diff_pair *grown = th_grown_in(d->arena, list->pair, list->count, sizeof *grown);
	if (!grown)
		return false;
	list->pair = grown;
	grown[list->count++] = (th_diff_pair){{a, b}};
	d->found.differs = true;
	return true;
}

static const th_json *account_of(const th_json *root)
{
	const th_json *account = th_json_get(root, "account");
	return account ? account : root;
}

static bool same_text(const th_json *a, const th_json *b, const char *key)
{
	const th_json *x = th_json_get(a, key), *y = th_json_get(b, key);
	return (!x && !y) || (x && y && x->kind == y->kind && th_slice_eq(x->text, y->text));
}

static bool same_all(const th_json *a, const th_json *b, const char *const *key, size_t keys)
{
	for (size_t i = 0; i < keys; i++)
		if (!same_text(a, b, key[i]))
			return false;
	return true;
}

static const th_json *find_product(const th_json *list, const th_json *like)
{
	static const char *const keys[] = {"product", "declared_unit"};
	while (list && !same_all(list, like, keys, sizeof keys / sizeof *keys))
		list = list->next;
	return list;
}

/* Products of two footprints, in the order of the first, whose figures per declared unit are others or that only one has. */
static bool find_footprints(differing *d)
{
	const th_json *a = th_json_list(d->found.root[0], "products"), *b = th_json_list(d->found.root[1], "products");
	for (const th_json *at = a; at; at = at->next) {
		const th_json *other = find_product(b, at);
		if ((!other || !same_text(at, other, "kgco2e_per_unit")) && !add_pair(d, &d->found.footprints, at, other))
			return false;
	}
	for (const th_json *at = b; at; at = at->next)
		if (!find_product(a, at) && !add_pair(d, &d->found.footprints, NULL, at))
			return false;
	return true;
}

/* As a report states it, else as it comes out. */
static const th_json *stated_account(const differing *d, size_t which)
{
	const th_diff_side *side = &d->found.side[which];
	return side->reported ? th_recorded_account(&side->recorded) : account_of(d->found.root[which]);
}

/* Totals that are no part of the gross emissions, whose causes stand in the bridge; the profile's own where it is that of both. */
static bool find_totals(differing *d, th_diff_year *y)
{
	static const char *const keys[] = {"profile_total", "scope2_market", "removals", "credits", "biogenic_co2", "avoided", "outside_kyoto"};
	const th_json *a = stated_account(d, 0), *b = stated_account(d, 1);
	const th_json *x = totals_of(a, y->year[0]), *z = totals_of(b, y->year[1]);
	bool one_profile = same_text(th_json_get(a, "profile"), th_json_get(b, "profile"), "id");
	for (size_t i = one_profile ? 0 : 1; i < sizeof keys / sizeof *keys; i++)
		if (!same_text(x, z, keys[i]) && !add_pair(d, &y->totals, th_json_get(x, keys[i]), th_json_get(z, keys[i])))
			return false;
	return true;
}

static bool find_all_totals(differing *d)
{
	for (size_t i = 0; i < d->found.years; i++)
		if (!find_totals(d, &d->found.year[i]))
			return false;
	return true;
}

/* Profile, GWP set and factor set of the accounts; rules of two checks. */
static bool find_basis(differing *d)
{
	static const char *const keys[] = {"id", "version", "sha256"};
	const th_json *a = account_of(d->found.root[0]), *b = account_of(d->found.root[1]);
	const th_json *pair[][2] = {
		{th_json_get(a, "profile"), th_json_get(b, "profile")}, {th_json_get(a, "gwp"), th_json_get(b, "gwp")},
		{th_json_get(a, "factor_set"), th_json_get(b, "factor_set")}, {th_json_get(d->found.root[0], "rules"), th_json_get(d->found.root[1], "rules")},
	};
	for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
		const th_json *x = pair[i][0], *y = pair[i][1];
		if (x && y && (!th_slice_eq(x->text, y->text) || !same_all(x, y, keys, sizeof keys / sizeof *keys)) && !add_pair(d, &d->found.basis, x, y))
			return false;
	}
	return true;
}

/* The same row of the same factor. */
static const th_json *find(const th_json *list, const th_json *like)
{
	static const char *const keys[] = {"id", "gas", "region", "valid_from"};
	while (list && !same_all(list, like, keys, sizeof keys / sizeof *keys))
		list = list->next;
	return list;
}

static const th_json *parameters_of(const th_json *factor)
{
	const th_json *list = th_json_get(factor, "parameters");
	return list && list->kind == TH_JSON_OBJECT ? list->child : NULL;
}

const th_json *th_other_parameter(const th_json *factor, const th_json *other, const th_json *after)
{
	for (const th_json *x = after ? after->next : parameters_of(factor); x; x = x->next) {
		const th_json *y = parameters_of(other);
		while (y && !(th_slice_eq(x->key, y->key) && th_slice_eq(x->text, y->text)))
			y = y->next;
		if (!y)
			return x;
	}
	return NULL;
}

static bool same_factor(const th_json *a, const th_json *b)
{
	static const char *const keys[] = {"value", "unit", "ncv", "ncv_unit", "carbon_content", "carbon_content_unit", "oxidation", "derived"};
	return same_all(a, b, keys, sizeof keys / sizeof *keys) && !th_other_parameter(a, b, NULL) && !th_other_parameter(b, a, NULL);
}

/* Those that both use, with another number, then those that only one uses. */
static bool find_factors(differing *d)
{
	const th_json *list[2] = {th_json_list(account_of(d->found.root[0]), "factors"), th_json_list(account_of(d->found.root[1]), "factors")};
	bool good = true;
	for (const th_json *f = list[0]; f && good; f = f->next) {
		const th_json *other = find(list[1], f);
		good = !other || same_factor(f, other) || add_pair(d, &d->found.factors, f, other);
	}
	for (size_t which = 0; which < 2; which++)
		for (const th_json *f = list[which]; f && good; f = f->next)
			good = find(list[!which], f) || add_pair(d, &d->found.factors, which ? NULL : f, which ? f : NULL);
	return good;
}

static const th_json *same_id(const th_json *list, th_slice id)
{
	while (list && !th_slice_eq(th_json_string(list, "id"), id))
		list = list->next;
	return list;
}

/* Of two checks, also by other rules, what is decided otherwise. */
static bool find_rules(differing *d)
{
	const th_json *list[2] = {th_json_list(d->found.root[0], "requirements"), th_json_list(d->found.root[1], "requirements")};
	bool good = true;
	d->found.checks = list[0] && list[1];
	if (!d->found.checks)
		return true;
	d->found.differs |= !same_text(d->found.root[0], d->found.root[1], "verdict");
	for (const th_json *r = list[0]; r && good; r = r->next) {
		const th_json *other = same_id(list[1], th_json_string(r, "id"));
		good = (other && same_text(r, other, "status")) || add_pair(d, &d->found.requirements, r, other);
	}
	for (const th_json *r = list[1]; r && good; r = r->next)
		good = same_id(list[0], th_json_string(r, "id")) || add_pair(d, &d->found.requirements, NULL, r);
	return good;
}

/* --- the bridge --- */

/* Was the report made from the same tables as it is now? Then what does not come out follows from factors or from how they are used. */
static bool same_inputs(const th_json *then, const th_json *now)
{
	static const char *const files[] = {"facts", "instruments"}, *const digest[] = {"sha256"};
	const th_json *a = th_json_list(then, "inputs"), *b = th_json_list(now, "inputs");
	for (; a && b && same_all(a, b, digest, 1); a = a->next, b = b->next)
		;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (!same_all(th_json_get(then, files[i]), th_json_get(now, files[i]), digest, 1))
			return false;
	return !a && !b;
}

static bool same_overlays(const th_json *a, const th_json *b)
{
	static const char *const digest[] = {"sha256"};
	const th_json *x = th_json_list(a, "overlays"), *y = th_json_list(b, "overlays");
	for (; x && y && same_all(x, y, digest, 1); x = x->next, y = y->next)
		;
	return !x && !y;
}

/* Why a report states what does not come out: it was made with other factors, with other tables of the data, or neither. */
static th_cause cause_of(const th_json *then, const th_json *now)
{
	static const char *const set[] = {"id", "version", "sha256"};
	for (const th_json *x = th_json_list(then, "factors"); x; x = x->next) {
		const th_json *y = find(th_json_list(now, "factors"), x);
		if (!y || !same_factor(x, y))
			return TH_CAUSE_FACTOR;
	}
	then = th_json_get(then, "factor_set");
	now = th_json_get(now, "factor_set");
	return same_all(then, now, set, sizeof set / sizeof *set) && same_overlays(then, now) ? TH_CAUSE_DATA : TH_CAUSE_METHOD;
}

static void see_stated(th_diff_found *f, size_t which)
{
	const th_json *then = f->side[which].reported ? th_recorded_account(&f->side[which].recorded) : NULL, *now = account_of(f->root[which]);
	f->moved[which] = then && !same_inputs(then, now);
	f->other[which] = then && !f->moved[which] ? cause_of(then, now) : TH_CAUSE_DATA;
}

static th_status add_year(differing *d, int from, int to)
{
	const th_diff_side *side = d->found.side;
	th_diff_year *grown = th_grown_in(d->arena, d->found.year, d->found.years, sizeof *grown);
	if (!grown)
		return th_no_memory(d->diags);
	th_diff_year *y = &grown[d->found.years++];
	d->found.year = grown;
	*y = (th_diff_year){.year = {from, to}};
	th_bridge_end end[2];
	size_t parts;
	for (size_t i = 0; i < 2; i++) {
		end[i] = (th_bridge_end){.side = &side[i].side, .year = y->year[i], .cause = d->found.other[i]};
		end[i].has_stated = stated(&side[i], y->year[i], &end[i].stated);
	}
	th_status status = th_bridge_make(end, d->arena, &y->bridge, &y->part, &parts);
	if (status == TH_INVALID)
		return th_report(d->diags, TH_DIFF_LARGE, (th_pos){NULL, 0, 0, NULL}, (char *)NULL);
	while (status == TH_OK && y->parts < parts && y->part[y->parts].to != y->part[y->parts].from)
		y->parts++;
	d->found.differs |= y->bridge.differs;
	return status;
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
		list_years(&d->found.side[i].side, &years[i]);
	th_status status = years[0].failed || years[1].failed ? th_no_memory(d->diags)
	                                                       : th_report(d->diags, TH_DIFF_YEARS, (th_pos){NULL, 0, 0, NULL}, years[0].ptr, years[1].ptr, (char *)NULL);
	th_buf_free(&years[0]);
	th_buf_free(&years[1]);
	return status;
}

static th_status find_years(differing *d)
{
	const th_side *a = &d->found.side[0].side, *b = &d->found.side[1].side;
	int from = d->found.side[0].year, to = d->found.side[1].year;
	th_status status = TH_OK;
	if (from)
		return th_side_has_year(a, from) && th_side_has_year(b, to) ? add_year(d, from, to) : no_years(d);
	size_t common = 0;
	for (int year = TH_FIRST_YEAR; year <= TH_LAST_YEAR && status == TH_OK; year++)
		if (th_side_has_year(a, year) && th_side_has_year(b, year)) {
			common++;
			status = add_year(d, year, year);
		}
	if (common)
		return status;
	return known_years(a, &from) == 1 && known_years(b, &to) == 1 ? add_year(d, from, to) : no_years(d);
}

/* --- the whole --- */

th_slice th_diff_profile_total(const th_diff_found *found, const char *lang)
{
	return th_json_string(th_json_get(th_json_get(account_of(found->root[0]), "profile"), "total"), lang);
}

/* A check of files with errors has no account, whatever of their lines was heard. */
static th_status no_account(const differing *d, const th_diff_side *side)
{
	return th_report(d->diags, TH_DIFF_NO_ACCOUNT, (th_pos){NULL, 0, 0, NULL}, side->name, (char *)NULL);
}

th_status th_diff_find(const th_diff_side *side, th_arena *arena, th_diags *diags, th_diff_found *out)
{
	differing d = {.found = {.side = side}, .arena = arena, .diags = diags};
	th_status status = TH_OK;
	for (size_t i = 0; i < 2 && status == TH_OK; i++)
		status = th_json_parse(side[i].name, (th_slice){side[i].json, side[i].length}, diags, arena, &d.found.root[i]);
	for (size_t i = 0; i < 2 && status == TH_OK; i++)
		status = th_json_get(account_of(d.found.root[i]), "factor_set") ? TH_OK : no_account(&d, &side[i]);
	for (size_t i = 0; i < 2 && status == TH_OK; i++)
		see_stated(&d.found, i);
	if (status == TH_OK)
		status = find_years(&d);
	if (status == TH_OK && !(find_all_totals(&d) && find_basis(&d) && find_factors(&d) && find_rules(&d) && find_footprints(&d)))
		status = th_no_memory(diags);
	*out = d.found;
	return status;
}

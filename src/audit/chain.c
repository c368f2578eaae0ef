/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/chain.h"

#include "base/filename.h"
#include "base/list.h"

/* --- what an id means --- */

/* The number of a year, 0: it is none. */
static int year_in(th_slice text)
{
	int year = 0;
	if (text.len != 4 || th_slice_digits(text, 0) != 4)
		return 0;
	for (size_t i = 0; i < text.len; i++)
		year = year * 10 + (text.ptr[i] - '0');
	return year;
}

static int year_of(const th_json *year)
{
	const th_json *number = th_json_get(year, "year");
	return number && number->kind == TH_JSON_NUMBER ? year_in(number->text) : 0;
}

static bool take_off(th_slice *text, const char *front)
{
	size_t len = strlen(front);
	if (text->len < len || memcmp(text->ptr, front, len) != 0)
		return false;
	text->ptr += len;
	text->len -= len;
	return true;
}

/* gross:2023, gross, years[2023].totals.gross, totals.gross. */
static void read_total(th_slice text, th_slice *name, int *year)
{
	*year = 0;
	(void)take_off(&text, "account.");
	if (take_off(&text, "years[") && text.len > 5)
		*year = year_in((th_slice){text.ptr, 4});
	if (*year) {
		text.ptr += 5;
		text.len -= 5;
		(void)take_off(&text, ".");
	}
	(void)take_off(&text, "totals.");
	*name = text;
	if (text.len > 5 && text.ptr[text.len - 5] == ':' && year_in((th_slice){text.ptr + text.len - 4, 4})) {
		*year = year_in((th_slice){text.ptr + text.len - 4, 4});
		name->len = text.len - 5;
	}
}

/* What a profile's document calls its total. */
static bool is_of_profile(const th_chain *chain)
{
	return th_slice_eq(chain->id, TH_S("profile_total"));
}

/* The total of that name and year; of one year alone where none is said. */
static bool find_total(const th_recorded *r, const char *id, th_chain *out)
{
	th_slice name;
	int year;
	size_t found = 0;
	read_total(th_slice_of(id), &name, &year);
	for (const th_json *at = th_json_list(th_recorded_account(r), "years"); at; at = at->next) {
		const th_json *totals = th_json_get(at, "totals");
		for (const th_json *total = totals && totals->kind == TH_JSON_OBJECT ? totals->child : NULL; total; total = total->next) {
			if (total->kind != TH_JSON_NUMBER || !th_slice_eq(total->key, name) || (year && year_of(at) != year))
				continue;
			*out = (th_chain){.of = TH_CHAIN_TOTAL, .id = total->key, .year = year_of(at), .value = total, .arena = out->arena};
			out->by_market = th_slice_eq(out->id, TH_S("scope2_market")) || (is_of_profile(out) && th_json_get(totals, "scope2_market"));
			out->less_given_out = is_of_profile(out) && th_json_string(th_json_get(th_recorded_account(r), "profile"), "given_out").len > 0;
			found++;
		}
	}
	return found == 1;
}

static bool find_requirement(const th_recorded *r, const char *id, th_chain *out)
{
	th_slice name = th_slice_of(id);
	if (take_off(&name, "requirements["))
		name.len = name.len ? (size_t)((const char *)memchr(name.ptr, ']', name.len) ? (const char *)memchr(name.ptr, ']', name.len) - name.ptr : 0) : 0;
	for (const th_json *at = th_json_list(r->root, "requirements"); at; at = at->next)
		if (th_slice_eq(th_json_string(at, "id"), name)) {
			*out = (th_chain){.of = TH_CHAIN_REQUIREMENT, .id = th_json_string(at, "id"), .value = at, .arena = out->arena};
			return true;
		}
	return false;
}

/* 支架, products[支架].tco2e */
static bool find_product(const th_recorded *r, const char *id, th_chain *out)
{
	th_slice name = th_slice_of(id);
	if (take_off(&name, "products[")) {
		const char *end = name.len ? memchr(name.ptr, ']', name.len) : NULL;
		name.len = end ? (size_t)(end - name.ptr) : 0;
	}
	for (const th_json *at = r->kind == TH_RECORDED_FOOTPRINT ? th_json_list(r->root, "products") : NULL; at; at = at->next)
		if (th_slice_eq(th_json_string(at, "product"), name)) {
			*out = (th_chain){.of = TH_CHAIN_FOOTPRINT, .id = th_json_string(at, "product"), .value = at, .arena = out->arena};
			return true;
		}
	return false;
}

/* May it be a line of one of the inventories: FILE:12, FILE!12? */
static bool may_be_line(th_slice id)
{
	size_t end = id.len;
	while (end > 0 && id.ptr[end - 1] >= '0' && id.ptr[end - 1] <= '9')
		end--;
	return end > 1 && end < id.len && (id.ptr[end - 1] == ':' || id.ptr[end - 1] == '!') && year_in((th_slice){id.ptr + end, id.len - end}) == 0;
}

th_status th_chain_unknown(const th_recorded *r, const char *id, th_diags *diags)
{
	th_buf known = {0};
	size_t count = 0;
	for (const th_json *at = th_json_list(th_recorded_account(r), "years"); at; at = at->next) {
		const th_json *totals = th_json_get(at, "totals");
		for (const th_json *total = totals && totals->kind == TH_JSON_OBJECT ? totals->child : NULL; total; total = total->next, count++) {
			th_buf_str(&known, known.len ? ", " : "");
			th_buf_slice(&known, total->key);
			th_buf_printf(&known, ":%d", year_of(at));
		}
	}
	for (const th_json *at = th_json_list(r->root, "requirements"); at; at = at->next, count++) {
		th_buf_str(&known, known.len ? ", " : "");
		th_buf_slice(&known, th_json_string(at, "id"));
	}
	for (const th_json *at = th_json_list(r->root, "products"); at; at = at->next, count++) {
		th_buf_str(&known, known.len ? ", " : "");
		th_buf_slice(&known, th_json_string(at, "product"));
	}
	th_buf_str(&known, count ? "" : "-");
	th_buf_char(&known, '\0');
	th_status status = known.failed ? th_no_memory(diags) : th_report(diags, TH_EXPLAIN_UNKNOWN, (th_pos){r->path, 1, 1, NULL}, id, known.ptr, (char *)NULL);
	th_buf_free(&known);
	return status;
}

th_status th_chain_open(const th_recorded *r, const char *id, th_arena *arena, th_diags *diags, th_chain *out)
{
	*out = (th_chain){.arena = arena};
	if (find_requirement(r, id, out) || find_product(r, id, out) || find_total(r, id, out))
		return TH_OK;
	*out = (th_chain){.of = TH_CHAIN_LINE, .id = th_slice_of(id), .arena = arena};
	return may_be_line(out->id) && th_recorded_account(r) ? TH_OK : th_chain_unknown(r, id, diags);
}

/* --- what is heard --- */

static bool keep(th_chain *chain, th_slice *text)
{
	if (text->len)
		*text = th_arena_copy(chain->arena, *text);
	return text->ptr != NULL || text->len == 0;
}

static bool keep_terms(th_chain *chain, th_entry *entry)
{
	th_formula_term *term = th_arena_alloc(chain->arena, entry->terms + 1, sizeof *term);
	if (!term)
		return false;
	for (size_t i = 0; i < entry->terms; i++) {
		term[i] = entry->term[i];
		th_slice name = th_slice_of(term[i].name);
		if (!keep(chain, &term[i].value) || !keep(chain, &term[i].unit) || !keep(chain, &name))
			return false;
		term[i].name = name.ptr;
	}
	entry->term = term;
	return true;
}

static th_status add(th_chain *chain, const th_entry *entry)
{
	th_entry *grown = th_grown_in(chain->arena, chain->entry, chain->entries, sizeof *grown);
	if (!grown)
		return TH_SYSTEM;
	chain->entry = grown;
	th_entry *kept = &grown[chain->entries++];
	*kept = *entry;
	kept->recipe = NULL;
	th_slice *const texts[] = {&kept->period, &kept->site, &kept->source, &kept->activity_text, &kept->quantity, &kept->unit, &kept->region,
	                           &kept->uncertainty, &kept->instrument, &kept->evidence, &kept->note, &kept->formula, &kept->product, &kept->stage, &kept->share};
	bool good = keep_terms(chain, kept);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		good &= keep(chain, texts[i]);
	return good ? TH_OK : TH_SYSTEM;
}

static bool note_market(th_chain *chain, uint64_t order)
{
	uint64_t *grown = th_grown_in(chain->arena, chain->at_market, chain->at_markets, sizeof *grown);
	if (!grown)
		return false;
	chain->at_market = grown;
	grown[chain->at_markets++] = order;
	return true;
}

static bool is_scope(const th_chain *chain, const char *name, int scope, const th_entry *entry)
{
	return entry->bucket == TH_GROSS && entry->scope == scope && th_slice_eq(chain->id, th_slice_of(name));
}

/* Lines of scope 2 without a market-based value of their own are in that total at their location. */
static bool at_market(const th_chain *chain, const th_entry *entry)
{
	size_t low = 0, high = chain->at_markets;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (chain->at_market[middle] < entry->order)
			low = middle + 1;
		else
			high = middle;
	}
	bool own = low < chain->at_markets && chain->at_market[low] == entry->order;
	return entry->bucket == TH_MARKET || (entry->bucket == TH_GROSS && entry->scope == 2 && !own);
}

static bool of_profile(const th_chain *chain, const th_entry *entry)
{
	if (entry->bucket == TH_AVOIDED)
		return chain->less_given_out;
	if (chain->by_market && (entry->bucket == TH_MARKET || entry->scope == 2))
		return at_market(chain, entry);
	return entry->bucket == TH_GROSS;
}

bool th_chain_takes_off(const th_chain *chain, const th_entry *entry)
{
	if (is_of_profile(chain))
		return entry->bucket == TH_AVOIDED;
	return (entry->bucket == TH_REMOVAL || entry->bucket == TH_CREDIT) && (th_slice_eq(chain->id, TH_S("net")) || th_slice_eq(chain->id, TH_S("net_after_credits")));
}

bool th_chain_counts(const th_chain *chain, const th_entry *entry)
{
	static const struct { const char *name; th_bucket bucket[3]; size_t buckets; } totals[] = {
		{"gross", {TH_GROSS}, 1}, {"removals", {TH_REMOVAL}, 1}, {"credits", {TH_CREDIT}, 1}, {"avoided", {TH_AVOIDED}, 1}, {"biogenic_co2", {TH_BIOGENIC}, 1},
		{"outside_kyoto", {TH_OUTSIDE}, 1}, {"net", {TH_GROSS, TH_REMOVAL}, 2}, {"net_after_credits", {TH_GROSS, TH_REMOVAL, TH_CREDIT}, 3},
	};
	if (chain->of == TH_CHAIN_FOOTPRINT)
		return true;
	if (th_slice_eq(chain->id, TH_S("scope2_market")))
		return at_market(chain, entry);
	if (is_of_profile(chain))
		return of_profile(chain, entry);
	if (is_scope(chain, "scope1", 1, entry) || is_scope(chain, "scope2_location", 2, entry) || is_scope(chain, "scope3", 3, entry))
		return true;
	for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
		for (size_t k = 0; th_slice_eq(chain->id, th_slice_of(totals[i].name)) && k < totals[i].buckets; k++)
			if (totals[i].bucket[k] == entry->bucket)
				return true;
	return false;
}

static bool is_line(const th_chain *chain, const th_entry *entry)
{
	th_buf place = {0};
	const char *name = th_file_name(entry->file);
	size_t len = strlen(name);
	if (chain->id.len <= len || memcmp(chain->id.ptr, name, len) != 0)
		return false;
	th_buf_str(&place, name);
	th_put_spot(&place, name, entry->line, 0);
	bool same = !place.failed && th_slice_eq(th_buf_view(&place), chain->id);
	th_buf_free(&place);
	return same;
}

th_status th_chain_entry(void *context, const th_entry *entry)
{
	th_chain *chain = context;
	if (chain->of == TH_CHAIN_LINE)
		return is_line(chain, entry) ? add(chain, entry) : TH_OK;
	if (chain->of == TH_CHAIN_FOOTPRINT) /* which of them are its own only the end tells */
		return entry->bucket == TH_GROSS && entry->product.len ? add(chain, entry) : TH_OK;
	bool in_year = entry->span.first_year == chain->year && entry->span.last_year == chain->year;
	if (entry->bucket == TH_ENERGY || !in_year)
		return TH_OK;
	if (entry->bucket == TH_MARKET && !note_market(chain, entry->order))
		return TH_SYSTEM;
	/* By market only the end tells which lines of scope 2 have no value of their own. */
	return chain->by_market || th_chain_counts(chain, entry) ? add(chain, entry) : TH_OK;
}

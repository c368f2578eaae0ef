/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "footprint/sharers.h"

#include "base/utf8.h"

/* Of several names or numbers in a cell the next one: between them stands ; or ；, or any of these signs. */
static const char *const signs[] = {";", "；", ",", "、", "，"};
enum { SEMICOLONS = 2, ALL_SIGNS = sizeof signs / sizeof *signs };

static bool next_word(th_slice *rest, size_t count, th_slice *word)
{
	while (th_slice_split_any(rest, signs, count, word))
		if (word->len)
			return true;
	return false;
}

static size_t count_words(th_slice text, size_t count)
{
	size_t words = 0;
	for (th_slice word; next_word(&text, count, &word);)
		words++;
	return words;
}

/* Is there nothing between two signs, or before the first one? What is behind a last one is no part. */
static bool has_blank(th_slice rest)
{
	for (th_slice word; th_slice_split_any(&rest, signs, ALL_SIGNS, &word);)
		if (word.len == 0 && th_slice_trim(rest).len > 0)
			return true;
	return false;
}

/* Are all of the names that stand between these signs products? */
static bool all_known(const th_products *products, th_slice text, size_t count)
{
	for (th_slice name; next_word(&text, count, &name);)
		if (th_product_find(products, name) == TH_NONE)
			return false;
	return true;
}

/* Report at the line of a flow, with NUL-terminated copies of two texts. */
static th_status fail(const th_flow *flow, th_diags *diags, th_arena *arena, th_code code, const char *column, th_slice found, th_slice expected)
{
	const char *a = th_arena_copy(arena, found).ptr, *b = th_arena_copy(arena, expected).ptr;
	return a && b ? th_report(diags, code, (th_pos){flow->file, flow->line, 0, column}, a, b, (char *)NULL) : TH_SYSTEM;
}

static th_status unknown(const th_products *products, const th_flow *flow, th_diags *diags, th_arena *arena, th_slice name)
{
	th_buf known = {0};
	for (size_t i = 0; i < products->count; i++) {
		th_buf_str(&known, i ? ", " : "");
		th_buf_slice(&known, products->row[i].id);
	}
	th_status status = known.failed ? TH_SYSTEM : fail(flow, diags, arena, TH_PRODUCT_UNKNOWN, "product", name, th_buf_view(&known));
	th_buf_free(&known);
	return status;
}

/* What a column of the inventory is called in both languages. */
static th_slice called(const th_reference *reference, th_arena *arena, th_slice column)
{
	th_buf both = {0};
	th_put_column_called(reference->columns, "inventory", column, &both);
	th_slice text = both.failed ? (th_slice){"", 0} : th_arena_copy(arena, th_buf_view(&both));
	th_buf_free(&both);
	return text;
}

/* All products, or those that are named. */
static th_status read_products(const th_reference *reference, const th_products *products, const th_flow *flow, th_arena *arena, th_diags *diags, th_sharers *out)
{
	bool all = th_slice_eq(th_column_named(reference->columns, "inventory.product", flow->product), TH_S("all"));
	/* A name may hold a sign that stands between names: the whole cell goes first, then what stands between semicolons. */
	const bool whole = th_product_find(products, th_slice_trim(flow->product)) != TH_NONE;
	const size_t marks = whole ? 0 : all_known(products, flow->product, SEMICOLONS) ? SEMICOLONS : ALL_SIGNS;
	size_t count = all ? products->count : count_words(flow->product, marks);
	th_slice rest = flow->product, name;
	out->product = th_arena_alloc(arena, count ? count : 1, sizeof *out->product);
	if (!out->product)
		return TH_SYSTEM;
	for (; all && out->count < count; out->count++)
		out->product[out->count] = (uint32_t)out->count;
	while (!all && next_word(&rest, marks, &name)) {
		uint32_t number = th_product_find(products, name);
		if (number == TH_NONE)
			return unknown(products, flow, diags, arena, name);
		for (size_t i = 0; i < out->count; i++)
			if (out->product[i] == number)
				return fail(flow, diags, arena, TH_PRODUCT_AGAIN, "product", name, flow->product);
		out->product[out->count++] = number;
	}
	return TH_OK;
}

static th_status read_shares(const th_reference *reference, const th_flow *flow, th_arena *arena, th_diags *diags, th_sharers *out)
{
	th_slice rest = flow->share, word;
	size_t count = 0;
	if (th_says_nothing(flow->share))
		return TH_OK;
	if (has_blank(flow->share))
		return fail(flow, diags, arena, TH_SHARE_BLANK, "share", flow->share, TH_S(""));
	if (count_words(flow->share, ALL_SIGNS) != out->count)
		return fail(flow, diags, arena, TH_SHARE_COUNT, "share", flow->share, flow->product);
	out->share = th_arena_alloc(arena, out->count ? out->count : 1, sizeof *out->share);
	if (!out->share)
		return TH_SYSTEM;
	for (; next_word(&rest, ALL_SIGNS, &word); count++) {
		if (!th_product_share(reference->units, word, &out->share[count]))
			return fail(flow, diags, arena, TH_PRODUCT_SHARE, "share", called(reference, arena, TH_S("share")), word);
		out->whole += out->share[count];
	}
	return out->whole > TH_WHOLE_SHARE ? fail(flow, diags, arena, TH_SHARE_MORE, "share", flow->share, flow->product) : TH_OK;
}

/* All who share without shares must want to be divided one way, and have what that takes. */
static th_status read_method(const th_products *products, const th_flow *flow, th_arena *arena, th_diags *diags, th_sharers *out)
{
	uint32_t lacks;
	if (!th_is_undivided(out))
		return TH_OK;
	const th_product *first = &products->row[out->product[0]];
	out->method = first->allocation;
	for (size_t i = 1; i < out->count; i++)
		if (products->row[out->product[i]].allocation != out->method)
			return fail(flow, diags, arena, TH_SHARE_METHODS, "product", first->id, products->row[out->product[i]].id);
	if (out->method == TH_ALLOCATE_NONE)
		return fail(flow, diags, arena, TH_SHARE_UNDIVIDED, "product", flow->product, TH_S(""));
	if (!th_can_divide(products, out, out->method, &lacks))
		return fail(flow, diags, arena, out->method == TH_ALLOCATE_PHYSICAL ? TH_SHARE_NO_AMOUNT : TH_SHARE_NO_PRICE, "product", products->row[lacks].id, flow->product);
	return TH_OK;
}

static th_status read_sharers(const th_reference *reference, const th_products *products, const th_flow *flow, th_arena *arena, th_diags *diags,
                              th_sharers *out)
{
	*out = (th_sharers){.whole = 0};
	if (th_says_nothing(flow->product))
		return TH_OK;
	th_status status = read_products(reference, products, flow, arena, diags, out);
	if (status == TH_OK)
		status = read_shares(reference, flow, arena, diags, out);
	if (status == TH_OK)
		status = read_method(products, flow, arena, diags, out);
	if (status != TH_OK)
		out->count = 0;
	return status;
}

static th_status read_stage(const th_reference *reference, const th_flow *flow, th_arena *arena, th_diags *diags, th_life_stage *out)
{
	static const char kind[] = "inventory.stage";
	const th_columns *columns = reference->columns;
	*out = TH_STAGE_UNSTATED;
	if (th_says_nothing(flow->stage))
		return TH_OK;
	*out = (th_life_stage)th_column_choice(columns, kind, flow->stage, th_life_stages, TH_STAGE_UNSTATED);
	if (*out < TH_STAGE_UNSTATED)
		return TH_OK;
	th_slice text = th_arena_copy(arena, flow->stage);
	return text.ptr ? th_column_no_choice(columns, kind, th_life_stages, TH_STAGE_UNSTATED, diags, TH_PRODUCT_STAGE, (th_pos){flow->file, flow->line, 0, "stage"}, text.ptr) : TH_SYSTEM;
}

th_status th_read_flow(const th_reference *reference, const th_products *products, th_flow *flow, th_arena *arena, th_diags *diags)
{
	flow->life = TH_STAGE_UNSTATED;
	th_status status = read_sharers(reference, products, flow, arena, diags, &flow->who);
	if (status == TH_SYSTEM || flow->who.count == 0)
		return status;
	th_status of_stage = read_stage(reference, flow, arena, diags, &flow->life);
	return of_stage > status ? of_stage : status;
}

bool th_is_undivided(const th_sharers *who)
{
	return who->count > 1 && !who->share;
}

static bool has_basis(const th_product *first, const th_product *product, th_allocation method)
{
	return method == TH_ALLOCATE_PHYSICAL ? product->has_physical && th_unit_same_dimension(&product->measure, &first->measure)
	                                      : method == TH_ALLOCATE_ECONOMIC && product->has_price;
}

bool th_can_divide(const th_products *products, const th_sharers *who, th_allocation method, uint32_t *lacks)
{
	for (size_t i = 0; i < who->count; i++) {
		*lacks = who->product[i];
		if (!has_basis(&products->row[who->product[0]], &products->row[*lacks], method))
			return false;
	}
	return true;
}

bool th_portion(th_mass mass, th_mass part, th_mass whole, th_mass *out)
{
	th_ratio r = th_mass_ratio(mass);
	th_ratio_mul_mass(&r, part, whole);
	return th_ratio_round(&r, out);
}

static th_mass weight_of(const th_products *products, const th_sharers *who, th_allocation method, size_t i)
{
	const th_product *product = &products->row[who->product[i]];
	if (who->share)
		return who->share[i];
	return th_is_undivided(who) ? method == TH_ALLOCATE_PHYSICAL ? product->physical : product->value : 1;
}

bool th_divide(const th_products *products, const th_sharers *who, th_allocation method, th_mass mass, th_mass *part, th_mass *rest)
{
	th_mass whole = 0, sum = 0, before = 0, upto;
	for (size_t i = 0; i < who->count; i++)
		if (!th_mass_add(&whole, weight_of(products, who, method, i)))
			return false;
	if (who->share)
		whole = TH_WHOLE_SHARE;
	for (size_t i = 0; i < who->count; i++, before = upto) {
		sum += weight_of(products, who, method, i);
		if (!th_portion(mass, sum, whole, &upto))
			return false;
		part[i] = upto - before;
	}
	*rest = mass - before;
	return true;
}

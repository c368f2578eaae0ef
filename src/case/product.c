/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/product.h"

#include <string.h>

#include "case/folder.h"

const char *const th_boundaries[TH_BOUNDARIES] = {"cradle-to-gate", "cradle-to-grave"};
const char *const th_allocations[TH_ALLOCATIONS] = {"none", "physical", "economic"};

enum {
	PRODUCT, NAME, UNIT, BOUNDARY, GOAL, PERIOD, OUTPUT, OUTPUT_UNIT, ALLOCATION, PHYSICAL, PHYSICAL_UNIT, PRICE, BASIS, RULE, CUT_OFF, EXCLUDED,
	EXCLUDED_SHARE, EVIDENCE, NOTE, COLUMNS
};
static const th_column columns[COLUMNS] = {
	{"product", true}, {"name", false}, {"unit", true}, {"boundary", true}, {"goal", false}, {"period", true}, {"output", true}, {"output_unit", true},
	{"allocation", false}, {"physical", false}, {"physical_unit", false}, {"price", false}, {"basis", false}, {"rule", false}, {"cut_off", false},
	{"excluded", false}, {"excluded_share", false}, {"evidence", false}, {"note", false},
};

static const th_text_cell texts[] = {
	{PRODUCT, offsetof(th_product, id)}, {NAME, offsetof(th_product, name)}, {UNIT, offsetof(th_product, unit)},
	{GOAL, offsetof(th_product, goal)},
	{PERIOD, offsetof(th_product, period_text)}, {OUTPUT, offsetof(th_product, output_text)}, {OUTPUT_UNIT, offsetof(th_product, output_unit)},
	{PHYSICAL, offsetof(th_product, physical_text)}, {PHYSICAL_UNIT, offsetof(th_product, physical_unit)}, {PRICE, offsetof(th_product, price_text)},
	{BASIS, offsetof(th_product, basis)}, {RULE, offsetof(th_product, rule)}, {CUT_OFF, offsetof(th_product, cut_off_text)},
	{EXCLUDED, offsetof(th_product, excluded)}, {EXCLUDED_SHARE, offsetof(th_product, excluded_text)}, {EVIDENCE, offsetof(th_product, evidence)},
	{NOTE, offsetof(th_product, note)},
};

/* A number above zero. */
static bool read_above_zero(th_loader *l, size_t column, bool *given, th_decimal *out)
{
	if (!th_loader_number(l, column, given, out) || !*given)
		return false;
	if (out->mant <= 0)
		TH_FAIL(l, column, TH_CELL_RANGE, th_loader_called(l, column), th_loader_text(l, th_loader_cell(l, column)), TH_ABOVE_ZERO, NULL);
	return out->mant > 0;
}

/* The declared unit, `1 t` or `1000 块`: how many of it, and of what. */
static bool split_unit(th_slice text, th_decimal *many, th_slice *of)
{
	unsigned notes;
	th_slice number = th_slice_front(text, TH_NUMBER_BYTES, of);
	*of = th_slice_trim(*of);
	*many = th_decimal_int(1);
	return of->len && (number.len == 0 || (th_number_parse(number, many, &notes) == TH_NUM_OK && many->mant > 0));
}

/* How many declared units the output is: of one word (件, 间夜), or of two units of one kind. */
static void read_units(th_loader *l, const th_units *units, th_decimal output, th_product *row)
{
	th_slice at;
	th_unit declared, made;
	bool good = split_unit(row->unit, &row->many, &row->of);
	row->output = output;
	row->units = th_ratio_one();
	th_ratio_mul(&row->units, output);
	if (good && !th_slice_eq(row->of, row->output_unit)) {
		good = th_unit_parse(units, row->of, &declared, &at) == TH_UNIT_OK && th_unit_parse(units, row->output_unit, &made, &at) == TH_UNIT_OK &&
		       th_unit_same_dimension(&declared, &made);
		if (good) {
			th_ratio_mul_unit(&row->units, &made);
			th_ratio_div_unit(&row->units, &declared);
		}
	}
	if (!good)
		TH_FAIL(l, UNIT, TH_PRODUCT_UNIT, th_loader_text(l, row->unit), th_loader_text(l, row->output_unit), NULL);
	else
		th_ratio_mul_int(&row->units, 1, (uint64_t)row->many.mant, -row->many.exp);
}

static bool in_whole(th_loader *l, size_t column, const th_ratio *amount, th_mass *out)
{
	if (th_ratio_round(amount, out))
		return true;
	TH_FAIL(l, column, TH_NUMBER_TOO_LARGE, th_loader_text(l, th_loader_cell(l, column)), NULL);
	return false;
}

/* What the output is by the physical amount: of each unit where one is given, else by the output's own unit, if it is one. */
static void read_physical(th_loader *l, const th_units *units, th_decimal output, th_product *row)
{
	bool given = false;
	th_decimal each;
	th_slice at;
	th_ratio all = th_ratio_one();
	th_ratio_mul(&all, output);
	if (read_above_zero(l, PHYSICAL, &given, &each)) {
		if (!th_loader_filled(l, PHYSICAL_UNIT) || !th_loader_unit(l, units, PHYSICAL_UNIT, &row->measure))
			return;
		th_ratio_mul(&all, each);
	} else if (given || th_unit_parse(units, row->output_unit, &row->measure, &at) != TH_UNIT_OK)
		return;
	th_ratio_mul_unit(&all, &row->measure);
	row->has_physical = in_whole(l, OUTPUT, &all, &row->physical);
}

static void read_value(th_loader *l, th_decimal output, th_product *row)
{
	bool given = false;
	th_decimal price;
	th_ratio all = th_ratio_one();
	if (!read_above_zero(l, PRICE, &given, &price))
		return;
	th_ratio_mul(&all, output);
	th_ratio_mul(&all, price);
	row->has_price = in_whole(l, PRICE, &all, &row->value);
}

bool th_product_share(const th_units *units, th_slice text, th_mass *out)
{
	unsigned notes;
	th_decimal number;
	th_unit unit, percent;
	th_slice behind, at, front = th_slice_front(th_slice_trim(text), TH_NUMBER_BYTES, &behind);
	behind = th_slice_trim(behind);
	if (th_number_parse(front, &number, &notes) != TH_NUM_OK || th_unit_parse(units, TH_S("%"), &percent, &at) != TH_UNIT_OK)
		return false;
	th_ratio share = th_ratio_one();
	th_ratio_mul(&share, number);
	if (behind.len) {
		if (th_unit_parse(units, behind, &unit, &at) != TH_UNIT_OK || !th_unit_same_dimension(&unit, &percent))
			return false;
		th_ratio_mul_unit(&share, &unit);
	}
	return th_ratio_round(&share, out) && *out >= 0 && *out <= TH_WHOLE_SHARE;
}

static bool read_share(th_loader *l, const th_units *units, size_t column, th_mass *out)
{
	th_slice text = th_loader_cell(l, column);
	if (th_says_nothing(text))
		return false;
	if (th_product_share(units, text, out) && *out < TH_WHOLE_SHARE) /* 1 without a sign is all of it: 1 % was meant */
		return true;
	TH_FAIL(l, column, TH_PRODUCT_SHARE, th_loader_called(l, column), th_loader_text(l, text), NULL);
	return false;
}

static void add_row(th_loader *l, const th_reference *reference, th_arena *arena, th_once *once, th_products *out)
{
	th_product row = {.line = l->record.line};
	size_t boundary = 0, allocation = 0;
	bool given = false;
	th_decimal output;
	if (!th_loader_texts(l, arena, texts, sizeof texts / sizeof *texts, &row))
		return;
	bool named = th_loader_filled(l, PRODUCT) && th_loader_once(l, PRODUCT, TH_PRODUCT_TWICE, arena, once);
	if (th_loader_filled(l, BOUNDARY) && th_loader_word(l, BOUNDARY, "products.boundary", th_boundaries, TH_BOUNDARIES, &boundary))
		row.boundary = (th_boundary)boundary;
	if (!th_says_nothing(th_loader_cell(l, ALLOCATION)) && th_loader_word(l, ALLOCATION, "products.allocation", th_allocations, TH_ALLOCATIONS, &allocation))
		row.allocation = (th_allocation)allocation;
	if (th_loader_filled(l, PERIOD) && th_loader_period(l, PERIOD, &given, &row.period) && !given)
		TH_FAIL(l, PERIOD, TH_CELL_EMPTY, th_loader_called(l, PERIOD), NULL);
	given = false;
	bool counted = th_loader_filled(l, OUTPUT) && read_above_zero(l, OUTPUT, &given, &output);
	if (counted && th_loader_filled(l, UNIT) && th_loader_filled(l, OUTPUT_UNIT)) {
		read_units(l, reference->units, output, &row);
		read_physical(l, reference->units, output, &row);
		read_value(l, output, &row);
	}
	row.has_cut_off = read_share(l, reference->units, CUT_OFF, &row.cut_off);
	row.has_excluded = read_share(l, reference->units, EXCLUDED_SHARE, &row.excluded_share);
	if (named)
		out->row = th_loader_append(l, arena, out->row, &out->count, &row, sizeof row);
}

th_status th_products_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_products *out)
{
	th_loader l;
	th_once once = {0};
	*out = (th_products){.path = path};
	if (th_case_open(&l, reference, TH_CASE_PRODUCTS, path, columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_row(&l, reference, arena, &once, out);
		th_loader_tell(&l, &out->encoding, out->sha256);
	}
	th_intern_free(&once.key);
	return th_loader_close(&l);
}

uint32_t th_product_find(const th_products *list, th_slice text)
{
	uint32_t named = TH_NONE;
	size_t count = 0;
	for (uint32_t i = 0; i < list->count; i++)
		if (th_slice_eq(list->row[i].id, text))
			return i;
	for (uint32_t i = 0; i < list->count; i++)
		if (list->row[i].name.len && th_slice_eq(list->row[i].name, text)) {
			named = i;
			count++;
		}
	return count == 1 ? named : TH_NONE;
}

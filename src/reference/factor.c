/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Factor files: one row at a time, everything that can be wrong with it said at once. */
#include "base/near.h"
#include "reference/factor_unit.h"
#include "reference/load.h"

enum {
	F_ID, F_GAS, F_VALUE, F_UNIT, F_ACTIVITY, F_NAME_ZH, F_NAME_EN, F_SCOPE, F_CATEGORY, F_REGION, F_FROM, F_TO, F_NCV, F_NCV_UNIT, F_CARBON,
	F_CARBON_UNIT, F_OXIDATION, F_PARAMETERS, F_LOW, F_HIGH, F_DISTRIBUTION, F_SOURCE, F_TABLE, F_URL, F_CONFIDENCE, F_NOTE, F_COUNT
};
static const th_column factor_columns[F_COUNT] = {
	{"id", true}, {"gas", true}, {"value", true}, {"unit", true}, {"activity", false}, {"name_zh", false}, {"name_en", false},
	{"scope", false}, {"category", false}, {"region", false}, {"valid_from", false}, {"valid_to", false}, {"ncv", false},
	{"ncv_unit", false}, {"carbon_content", false}, {"carbon_content_unit", false}, {"oxidation", false}, {"parameters", false},
	{"low", false}, {"high", false}, {"distribution", false}, {"source", true}, {"table", false}, {"url", false}, {"confidence", false},
	{"note", false},
};

struct reader {
	th_loader l;
	th_reference *r;
	th_factor_units units;
	th_unit energy, carbon_per_energy; /* what ncv and carbon_content are measured in */
	uint32_t layer;
	th_slips slips;                    /* made for the first activity that is declared */
};

static bool is_gas(const struct reader *d, const th_factor *f, const char *name)
{
	const th_gas *gas = TH_AT(d->r->gas, f->gas);
	return gas && th_slice_eq(gas->name, th_slice_of(name));
}

static const char *shown(struct reader *d, size_t column)
{
	return th_loader_text(&d->l, th_loader_cell(&d->l, column));
}

static bool read_texts(struct reader *d, th_factor *f)
{
	static const struct { size_t column, offset; } texts[] = {
		{F_ID, offsetof(th_factor, id)}, {F_GAS, offsetof(th_factor, gas_text)}, {F_VALUE, offsetof(th_factor, value_text)},
		{F_UNIT, offsetof(th_factor, unit_text)}, {F_ACTIVITY, offsetof(th_factor, activity_text)},
		{F_NAME_ZH, offsetof(th_factor, name_zh)}, {F_NAME_EN, offsetof(th_factor, name_en)}, {F_CATEGORY, offsetof(th_factor, category)},
		{F_REGION, offsetof(th_factor, region_text)}, {F_FROM, offsetof(th_factor, valid_from_text)},
		{F_TO, offsetof(th_factor, valid_to_text)}, {F_NCV, offsetof(th_factor, ncv_text)}, {F_NCV_UNIT, offsetof(th_factor, ncv_unit_text)},
		{F_CARBON, offsetof(th_factor, carbon_content_text)}, {F_CARBON_UNIT, offsetof(th_factor, carbon_content_unit_text)},
		{F_OXIDATION, offsetof(th_factor, oxidation_text)}, {F_DISTRIBUTION, offsetof(th_factor, distribution)},
		{F_SOURCE, offsetof(th_factor, source)}, {F_TABLE, offsetof(th_factor, table)}, {F_URL, offsetof(th_factor, url)},
		{F_NOTE, offsetof(th_factor, note)},
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		th_slice *field = (th_slice *)(void *)((char *)f + texts[i].offset);
		if (!th_loader_copy(&d->l, &d->r->arena, th_loader_cell(&d->l, texts[i].column), field))
			return false;
	}
	return true;
}

/* --- gas and unit --- */

static void read_gas(struct reader *d, th_factor *f)
{
	if (!th_loader_filled(&d->l, F_GAS) || th_slice_eq(f->gas_text, TH_S("*")))
		return;
	f->gas = th_index_of(th_find_gas(d->r, f->gas_text));
	if (th_index_is(f->gas))
		return;
	th_near_name best = {.text = f->gas_text};
	for (uint32_t i = 0; i < d->r->gases && th_diags_takes(d->l.diags, TH_FACTOR_GAS, d->l.path); i++)
		th_near_offer(&best, d->r->gas[i].name);
	th_slice near = th_near_found(&best);
	TH_FAIL(&d->l, F_GAS, TH_FACTOR_GAS, shown(d, F_GAS), th_loader_text(&d->l, near.len ? near : TH_S("-")), NULL);
}

static void read_unit(struct reader *d, th_factor *f)
{
	if (!th_loader_filled(&d->l, F_UNIT))
		return;
	const th_factor_unit *u = th_factor_unit_of(&d->units, f->unit_text);
	const th_gas *gas = TH_AT(d->r->gas, f->gas);
	if (!u) {
		th_loader_no_memory(&d->l);
		return;
	}
	switch (u->verdict) {
	case TH_FU_OK:
		f->unit = u->unit;
		f->per = u->per;
		f->basis = u->basis;
		if (u->tag >= 0 && !th_factor_tag_fits(u->tag, gas ? gas->name : f->gas_text))
			TH_FAIL(&d->l, F_UNIT, TH_FACTOR_UNIT_TAG, shown(d, F_UNIT), th_factor_tags[u->tag], shown(d, F_GAS), NULL);
		break;
	case TH_FU_UNKNOWN:
		TH_FAIL(&d->l, F_UNIT, TH_CELL_UNIT, shown(d, F_UNIT), th_loader_text(&d->l, u->at), NULL);
		break;
	case TH_FU_NO_MASS:
		TH_FAIL(&d->l, F_UNIT, TH_FACTOR_UNIT_MASS, shown(d, F_UNIT), NULL);
		break;
	case TH_FU_RANGE:
		TH_FAIL(&d->l, F_UNIT, TH_FACTOR_UNIT_RANGE, shown(d, F_UNIT), NULL);
	}
}

/* --- numbers --- */

static bool read_optional(struct reader *d, size_t column, th_decimal *out)
{
	return th_loader_cell(&d->l, column).len && th_loader_decimal(&d->l, column, out);
}

static void want_range(struct reader *d, size_t column, bool fits, const char *expected)
{
	if (!fits)
		TH_FAIL(&d->l, column, TH_CELL_RANGE, factor_columns[column].name, shown(d, column), expected, NULL);
}

static void read_numbers(struct reader *d, th_factor *f)
{
	const th_decimal zero = {0, 0}, one = {1, 0};
	f->has_value = read_optional(d, F_VALUE, &f->value);
	f->has_ncv = read_optional(d, F_NCV, &f->ncv);
	f->has_carbon_content = read_optional(d, F_CARBON, &f->carbon_content);
	f->has_oxidation = read_optional(d, F_OXIDATION, &f->oxidation);
	f->has_low = read_optional(d, F_LOW, &f->low);
	f->has_high = read_optional(d, F_HIGH, &f->high);
	if (f->has_value && f->value.mant < 0)
		TH_FAIL(&d->l, F_VALUE, TH_FACTOR_NEGATIVE, shown(d, F_VALUE), NULL);
	want_range(d, F_NCV, !f->has_ncv || f->ncv.mant > 0, "> 0");
	want_range(d, F_CARBON, !f->has_carbon_content || f->carbon_content.mant > 0, "> 0");
	want_range(d, F_OXIDATION, !f->has_oxidation || (th_decimal_cmp(f->oxidation, zero) >= 0 && th_decimal_cmp(f->oxidation, one) <= 0),
	           "0 ... 1");
	want_range(d, F_LOW, !f->has_low || f->low.mant >= 0, ">= 0");
	want_range(d, F_HIGH, !f->has_high || f->high.mant >= 0, ">= 0");
	if ((th_loader_cell(&d->l, F_LOW).len > 0) != (th_loader_cell(&d->l, F_HIGH).len > 0))
		TH_FAIL(&d->l, th_loader_cell(&d->l, F_LOW).len ? F_HIGH : F_LOW, TH_FACTOR_LIMITS, NULL);
}

static void read_fuel_units(struct reader *d, th_factor *f)
{
	const th_units *units = d->r->units;
	bool per_energy = f->per.num && th_unit_same_dimension(&f->per, &d->energy);
	if (f->has_ncv && th_loader_unit(&d->l, units, F_NCV_UNIT, &f->ncv_unit)) {
		/* An ncv beside a factor per energy tells how the fuel's own quantity becomes energy: per mass or per volume. */
		th_unit energy = f->ncv_unit;
		th_unit_mul(&energy, &f->per);
		bool fits = per_energy ? th_unit_exponent(units, &f->ncv_unit, "energy") == 1 : th_unit_same_dimension(&energy, &d->energy);
		if (f->per.num && !fits)
			TH_FAIL(&d->l, F_NCV_UNIT, TH_FACTOR_PART_UNIT, "ncv_unit", shown(d, F_NCV_UNIT), "GJ/t, GJ/10^4 Nm3", NULL);
	}
	if (f->has_carbon_content && th_loader_unit(&d->l, units, F_CARBON_UNIT, &f->carbon_content_unit) &&
	    !th_unit_same_dimension(&f->carbon_content_unit, &d->carbon_per_energy))
		TH_FAIL(&d->l, F_CARBON_UNIT, TH_FACTOR_PART_UNIT, "carbon_content_unit", shown(d, F_CARBON_UNIT), "tC/TJ", NULL);
}

static void read_params(struct reader *d, th_factor *f)
{
	th_loader *l = &d->l;
	th_slice rest = th_loader_cell(l, F_PARAMETERS), piece;
	size_t count = 1;
	if (rest.len == 0)
		return;
	for (size_t i = 0; i < rest.len; i++)
		count += rest.ptr[i] == ';';
	f->param = th_arena_alloc(&d->r->arena, count, sizeof *f->param);
	if (!f->param) {
		th_loader_no_memory(l);
		return;
	}
	while (th_slice_split(&rest, ';', &piece)) {
		th_param p = {0};
		th_slice name, text = piece;
		unsigned notes = 0;
		if (piece.len == 0)
			continue;
		if (!th_slice_split(&text, '=', &name) || name.len == 0 || !text.ptr ||
		    !th_loader_taken(l, F_PARAMETERS, th_number_parse(th_slice_trim(text), &p.value, &notes)) || (notes & TH_NUM_GROUPED) || p.value.mant < 0) {
			TH_FAIL(l, F_PARAMETERS, TH_FACTOR_PARAMETER, th_loader_text(l, piece), NULL);
			continue;
		}
		for (size_t i = 0; i < f->params; i++)
			if (th_slice_eq(f->param[i].name, name))
				TH_FAIL(l, F_PARAMETERS, TH_FACTOR_PARAMETER_TWICE, th_loader_text(l, name), NULL);
		if (!th_loader_copy(l, &d->r->arena, name, &p.name) || !th_loader_copy(l, &d->r->arena, th_slice_trim(text), &p.text))
			return;
		f->param[f->params++] = p;
	}
}

/* A row says its number in exactly one way, or says that it is left open. */
static void check_ways(struct reader *d, th_factor *f)
{
	th_loader *l = &d->l;
	bool value = th_loader_cell(l, F_VALUE).len, ncv = th_loader_cell(l, F_NCV).len, carbon = th_loader_cell(l, F_CARBON).len;
	bool oxidation = th_loader_cell(l, F_OXIDATION).len, parameters = th_loader_cell(l, F_PARAMETERS).len;
	if (f->confidence == TH_UNSET) {
		if (value)
			TH_FAIL(l, F_VALUE, TH_FACTOR_UNSET_VALUE, shown(d, F_VALUE), NULL);
		return;
	}
	if (value && (carbon || oxidation))
		TH_FAIL(l, F_VALUE, TH_FACTOR_TWO_WAYS, shown(d, F_ID), NULL);
	if (value || parameters)
		return;
	if (!ncv && !carbon && !oxidation) {
		TH_FAIL(l, F_VALUE, TH_FACTOR_VALUE_EMPTY, shown(d, F_ID), NULL);
		return;
	}
	/* Per energy the heating value is not needed: kg/TJ. */
	bool needs_ncv = !f->per.num || !th_unit_same_dimension(&f->per, &d->energy);
	const struct { size_t column; bool there; } parts[] = {{F_NCV, ncv || !needs_ncv}, {F_CARBON, carbon}, {F_OXIDATION, oxidation}};
	for (size_t i = 0; i < 3; i++)
		if (!parts[i].there)
			TH_FAIL(l, parts[i].column, TH_FACTOR_FUEL, factor_columns[parts[i].column].name, NULL);
	if (th_index_is(f->gas) && !is_gas(d, f, "CO2") && !is_gas(d, f, "CO2-bio"))
		TH_FAIL(l, F_GAS, TH_FACTOR_FUEL_GAS, shown(d, F_GAS), NULL);
}

/* --- words --- */

static void read_choices(struct reader *d, th_factor *f)
{
	static const char *const confidences[] = {"two-sources", "one-source", "user", "unset", ""};
	static const char *const distributions[] = {"", "normal", "lognormal", "triangular", "uniform"};
	static const char *const scopes[] = {"", "1", "2", "3"};
	size_t which;
	/* Nobody else vouches for a user's row, so there it may be left empty. */
	f->confidence = TH_USER;
	if (th_loader_choice(&d->l, F_CONFIDENCE, confidences, d->layer ? 5 : 4, &which) && which < 4)
		f->confidence = (th_confidence)which;
	if (th_loader_choice(&d->l, F_SCOPE, scopes, 4, &which))
		f->scope = (int)which;
	(void)th_loader_choice(&d->l, F_DISTRIBUTION, distributions, 5, &which);
}

static void read_day(struct reader *d, size_t column, int32_t *day)
{
	th_slice text = th_loader_cell(&d->l, column);
	if (text.len && !th_day_parse(text, day))
	{
		char meant[16];
		TH_FAIL(&d->l, column, TH_FACTOR_DATE, th_loader_called(&d->l, column), shown(d, column), th_period_meant(text, meant), NULL);
	}
}

static void read_place_and_time(struct reader *d, th_factor *f)
{
	f->from = TH_DAY_MIN;
	f->to = TH_DAY_MAX;
	read_day(d, F_FROM, &f->from);
	read_day(d, F_TO, &f->to);
	if (f->from > f->to)
		TH_FAIL(&d->l, F_TO, TH_FACTOR_DATES, shown(d, F_FROM), shown(d, F_TO), NULL);
	if (f->region_text.len)
		f->region = th_index_of(th_find_region(d->r, f->region_text));
	if (f->region_text.len && !th_index_is(f->region))
		TH_FAIL(&d->l, F_REGION, TH_CELL_NOT_FOUND, shown(d, F_REGION), "regions.csv", NULL);
}

/* --- activities --- */

static th_method derived_method(const struct reader *d, const th_factor *f)
{
	static const struct { const char *param; th_method method; } by_param[] = {
		{"doc", TH_METHOD_LANDFILL}, {"bo", TH_METHOD_WASTEWATER}, {"ccw", TH_METHOD_INCINERATION},
	};
	if (is_gas(d, f, "CO2-removal"))
		return TH_METHOD_SINK;
	for (size_t i = 0; i < sizeof by_param / sizeof *by_param; i++)
		if (th_param_text(f, by_param[i].param, &(th_decimal){0}).len)
			return by_param[i].method;
	return f->has_ncv || f->has_carbon_content ? TH_METHOD_COMBUSTION : TH_METHOD_ACTIVITY_FACTOR;
}

static uint32_t declare(struct reader *d, const th_factor *f, th_slice id)
{
	th_loader *l = &d->l;
	th_activity activity = {
		.name_zh = f->name_zh, .name_en = f->name_en, .scope = f->scope, .iso_category = f->scope <= 2 ? f->scope : 0,
		.method = derived_method(d, f), .kind = is_gas(d, f, "CO2-removal") ? TH_KIND_REMOVAL : TH_KIND_EMISSION,
		.gas = f->per.num && th_unit_exponent(d->r->units, &f->per, "gas-volume") != 0,
		.declared = true,
	};
	if (!d->slips.next && !th_slips_make(&d->slips, d->r)) {
		th_loader_no_memory(l);
		return TH_NONE;
	}
	th_slice near = th_slip_of(&d->slips, d->r, id);
	bool lacks = f->scope == 0 && activity.kind == TH_KIND_EMISSION;
	const char *meant = near.len ? th_loader_text(l, near) : "";
	if (near.len && !lacks)
		TH_FAIL(l, F_ACTIVITY, TH_FACTOR_ACTIVITY_MEANT, th_loader_text(l, id), meant, NULL);
	if (lacks)
		TH_FAIL(l, F_SCOPE, TH_FACTOR_ACTIVITY_SCOPE, th_loader_text(l, id), meant, NULL);
	if (!th_loader_copy(l, &d->r->arena, id, &activity.id))
		return TH_NONE;
	activity.name_zh = activity.name_zh.len ? activity.name_zh : activity.id;
	activity.name_en = activity.name_en.len ? activity.name_en : activity.id;
	uint32_t number = th_activity_add(d->r, &activity);
	struct th_name_owner taken;
	/* The factor's names are for display only: they are names of the factor, and may be those of another activity. */
	if (number == TH_NONE || th_names_add(&d->r->index->activity, id, number, l->record.line, &taken) != TH_NAME_OK) {
		th_loader_no_memory(l);
		return TH_NONE;
	}
	return number;
}

static void read_activities(struct reader *d, th_factor *f)
{
	th_slice rest = f->activity_text, id;
	size_t count = 1;
	if (rest.len == 0)
		return;
	for (size_t i = 0; i < rest.len; i++)
		count += rest.ptr[i] == ';';
	f->activity = th_arena_alloc(&d->r->arena, count, sizeof *f->activity);
	if (!f->activity) {
		th_loader_no_memory(&d->l);
		return;
	}
	while (th_slice_split(&rest, ';', &id)) {
		uint32_t number = id.len ? th_find_activity(d->r, id) : TH_NONE;
		if (id.len == 0)
			continue;
		if (number == TH_NONE && d->layer == 0)
			TH_FAIL(&d->l, F_ACTIVITY, TH_CELL_NOT_FOUND, th_loader_text(&d->l, id), "activities.csv", NULL);
		else if (number == TH_NONE)
			number = declare(d, f, id);
		for (size_t i = 0; i < f->activities; i++)
			if (f->activity[i] == number)
				number = TH_NONE; /* an id and its alias: one activity */
		if (number != TH_NONE)
			f->activity[f->activities++] = number;
	}
}

/* --- rows --- */

static bool push(struct reader *d, const th_factor *f)
{
	th_reference *r = d->r;
	struct th_reference_index *x = r->index;
	th_factor *grown = th_grown(r->factor, r->factors, sizeof *grown);
	if (grown)
		r->factor = grown;
	uint32_t count = x->factor_id.count, row = r->factors;
	struct th_factor_chain *chain = grown ? th_grown(x->chain, count, sizeof *chain) : NULL;
	if (chain)
		x->chain = chain;
	uint32_t id = chain ? th_intern_add(&x->factor_id, f->id) : TH_NONE;
	if (id == TH_NONE || row == TH_NONE - 1 || (f->category.len && th_intern_add(&x->category, f->category) == TH_NONE))
		return false;
	r->factor[r->factors++] = *f;
	chain = &x->chain[id];
	if (id == count)
		*chain = (struct th_factor_chain){.first = row, .last = row};
	else if (r->factor[chain->first].layer < f->layer) /* th_factors_settle says what it leaves of those */
		*chain = (struct th_factor_chain){row, row, th_index_of(chain->first)};
	else {
		r->factor[chain->last].next = th_index_of(row);
		chain->last = row;
	}
	return true;
}

/* A row under an id that a file below has too is another value of the same thing: what it leaves empty it has from there. Its time too, where
 * all rows below have one: a value for 2023 does not become one for every year. */
static void inherit(struct reader *d, th_factor *f)
{
	const th_reference *r = d->r;
	uint32_t first = f->id.len && d->layer ? th_find_factor(r, f->id) : TH_NONE;
	if (first == TH_NONE || r->factor[first].layer == d->layer)
		return;
	const th_factor *below = &r->factor[first];
	bool one_time = true, one_region = true;
	for (uint32_t i = first; i != TH_NONE; i = th_index_number(r->factor[i].next)) {
		const th_factor *row = &r->factor[i];
		one_time &= row->from == r->factor[first].from && row->to == r->factor[first].to;
		one_region &= th_index_same(row->region, r->factor[first].region);
		if (th_index_same(row->gas, f->gas) && !th_index_same(below->gas, f->gas))
			below = row;
	}
	if (f->activities == 0) {
		f->activity = below->activity;
		f->activities = below->activities;
		f->activity_text = below->activity_text;
	}
	f->category = f->category.len ? f->category : below->category;
	f->scope = f->scope ? f->scope : below->scope;
	if (f->region_text.len == 0 && one_region) {
		f->region_text = below->region_text;
		f->region = below->region;
	}
	if (f->valid_from_text.len == 0 && f->valid_to_text.len == 0 && one_time) {
		f->valid_from_text = below->valid_from_text;
		f->valid_to_text = below->valid_to_text;
		f->from = below->from;
		f->to = below->to;
	}
	th_unit energy = below->ncv_unit;
	th_unit_mul(&energy, &f->per);
	bool per_energy = f->per.num && th_unit_same_dimension(&f->per, &d->energy);
	if (f->has_value && !f->has_ncv && below->has_ncv && th_index_same(below->gas, f->gas) && (per_energy || th_unit_same_dimension(&energy, &d->energy))) {
		f->has_ncv = true; /* what turns the fuel into energy, for its other gases */
		f->ncv = below->ncv;
		f->ncv_text = below->ncv_text;
		f->ncv_unit = below->ncv_unit;
		f->ncv_unit_text = below->ncv_unit_text;
	}
	f->name_zh = f->name_zh.len ? f->name_zh : below->name_zh;
	f->name_en = f->name_en.len ? f->name_en : below->name_en;
}

static void factor_row(struct reader *d)
{
	th_loader *l = &d->l;
	th_pos pos = th_loader_at(l, F_ID);
	th_factor f = {
		.layer = d->layer, .file = l->path, .line = l->record.line, .column = pos.column,
	};
	if (!read_texts(d, &f))
		return;
	th_loader_filled(l, F_ID);
	if (f.source.len == 0)
		TH_FAIL(l, F_SOURCE, TH_FACTOR_SOURCE, shown(d, F_ID), NULL);
	read_gas(d, &f);
	read_unit(d, &f);
	read_choices(d, &f);
	read_numbers(d, &f);
	read_fuel_units(d, &f);
	read_params(d, &f);
	check_ways(d, &f);
	read_place_and_time(d, &f);
	read_activities(d, &f);
	inherit(d, &f);
	if (!push(d, &f))
		th_loader_no_memory(l);
}

/* Nothing for what a table of units lacks: no cell has that dimension then. */
static th_unit unit_of(const th_units *units, const char *text)
{
	th_unit unit;
	th_slice at;
	return th_unit_parse(units, th_slice_of(text), &unit, &at) == TH_UNIT_OK ? unit : (th_unit){0};
}

static th_status load_table(th_reference *r, const char *path, uint32_t layer, char sha256[65], th_diags *diags)
{
	struct reader d = {.r = r, .layer = layer, .units = {.units = r->units}};
	th_loader *l = &d.l;
	if (th_loader_open(l, path, layer ? TH_ENC_AUTO : TH_ENC_UTF8, r->columns, "factors", factor_columns, F_COUNT, diags)) {
		d.energy = unit_of(r->units, "TJ");
		d.carbon_per_energy = unit_of(r->units, "tC/TJ");
		while (th_loader_next(l))
			factor_row(&d);
	}
	if (l->rows)
		memcpy(sha256, th_rows_sha256(l->rows), 65);
	th_factor_units_free(&d.units);
	th_slips_free(&d.slips);
	return th_loader_close(l);
}

/* A supplier's footprint is read as the table that it comes to. */
static th_status load_supplier(th_reference *r, const char *path, uint32_t layer, char sha256[65], th_diags *diags)
{
	th_arena arena = {0};
	th_buf rows = {0};
	char of_rows[65];
	th_status status = th_supplier_rows(r->units, path, &arena, sha256, diags, &rows);
	if (status == TH_OK && (rows.failed || !th_diags_lend(diags, path, th_buf_view(&rows))))
		status = th_no_memory(diags);
	if (status == TH_OK) {
		status = load_table(r, path, layer, of_rows, diags);
		if (!th_diags_lend(diags, path, (th_slice){NULL, 0}))
			status = th_no_memory(diags);
	}
	th_buf_free(&rows);
	th_arena_free(&arena);
	return status;
}

th_status th_factors_load(th_reference *r, const char *path, uint32_t layer, char sha256[65], th_diags *diags)
{
	return layer && th_is_supplier(path) ? load_supplier(r, path, layer, sha256, diags) : load_table(r, path, layer, sha256, diags);
}

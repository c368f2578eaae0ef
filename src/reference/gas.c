/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/load.h"

const char *const th_gwp_names[TH_GWP_SETS] = {"SAR", "TAR", "AR4", "AR5", "AR6"};

static th_slice gas_id(const void *list, uint32_t number)
{
	return ((const th_gas *)list)[number].name;
}

static uint32_t add_gas(th_loader *l, th_reference *r, const th_gas *gas)
{
	th_gas *grown = th_grown(r->gas, r->gases, sizeof *grown);
	if (!grown) {
		th_loader_no_memory(l);
		return TH_NONE;
	}
	r->gas = grown;
	r->gas[r->gases] = *gas;
	return r->gases++;
}

static void name_gas(th_loader *l, th_reference *r, size_t column, th_slice name, uint32_t number)
{
	th_loader_name(l, column, &r->index->gas, name, number, r->gas[number].name, gas_id, r->gas);
}

static void name_aliases(th_loader *l, th_reference *r, size_t column, uint32_t number)
{
	th_slice rest = th_loader_cell(l, column), alias;
	while (th_slice_split(&rest, ';', &alias))
		name_gas(l, r, column, alias, number);
}

/* What is accounted apart from the gases of the IPCC's tables. Their weight is 1 by definition in every set: they are
 * CO2, or already a mass of CO2 equivalent. */
static void add_kinds_of_co2(th_loader *l, th_reference *r)
{
	static const struct { const char *name, *zh, *en; th_gas_kind kind; } rows[] = {
		{"CO2e", "二氧化碳当量", "CO2 equivalent", TH_GAS_CO2E},
		{"CO2-bio", "生物成因二氧化碳", "biogenic CO2", TH_GAS_BIOGENIC},
		{"CO2-removal", "二氧化碳清除量", "CO2 removal", TH_GAS_REMOVAL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		th_gas gas = {
			.name = th_slice_of(rows[i].name), .name_zh = th_slice_of(rows[i].zh), .name_en = th_slice_of(rows[i].en), .kind = rows[i].kind,
		};
		for (size_t set = 0; set < TH_GWP_SETS; set++) {
			gas.has_gwp[set] = true;
			gas.gwp[set] = th_decimal_int(1);
			gas.source[set] = TH_S("");
		}
		uint32_t number = add_gas(l, r, &gas);
		if (number == TH_NONE)
			return;
		name_gas(l, r, 0, gas.name, number);
		name_gas(l, r, 0, gas.name_zh, number);
		name_gas(l, r, 0, gas.name_en, number);
	}
}

/* --- gwp.csv --- */

enum { G_GAS, G_NAME_ZH, G_NAME_EN, G_ALIASES, G_SET, G_VALUE, G_SOURCE, G_TABLE, G_CONFIDENCE, G_NOTE, G_KYOTO, G_COUNT };
static const th_column gwp_columns[G_COUNT] = {
	{"gas", true}, {"name_zh", true}, {"name_en", true}, {"aliases", true}, {"set", true}, {"value", true}, {"source", true}, {"table", true},
	{"confidence", false}, {"note", false}, {"kyoto", false},
};

static bool cite(th_loader *l, th_reference *r, th_slice source, th_slice table, th_slice *out)
{
	return th_loader_copy(l, &r->arena,
	                      th_slice_of(th_loader_printf(l, "%.*s%s%.*s", (int)source.len, source.ptr, table.len ? ", " : "", (int)table.len, table.ptr)),
	                      out);
}

static uint32_t gas_of_row(th_loader *l, th_reference *r)
{
	th_slice name = th_loader_cell(l, G_GAS);
	uint32_t number = 0;
	while (number < r->gases && !th_slice_eq(r->gas[number].name, name))
		number++;
	if (number < r->gases)
		return number;
	th_gas gas = {0};
	if (!th_loader_copy(l, &r->arena, name, &gas.name) || !th_loader_copy(l, &r->arena, th_loader_cell(l, G_NAME_ZH), &gas.name_zh) ||
	    !th_loader_copy(l, &r->arena, th_loader_cell(l, G_NAME_EN), &gas.name_en) || (number = add_gas(l, r, &gas)) == TH_NONE)
		return TH_NONE;
	name_gas(l, r, G_GAS, gas.name, number);
	name_gas(l, r, G_NAME_ZH, gas.name_zh, number);
	name_gas(l, r, G_NAME_EN, gas.name_en, number);
	return number;
}

static void gwp_row(th_loader *l, th_reference *r)
{
	size_t set;
	th_decimal value;
	th_slice text = th_loader_cell(l, G_VALUE);
	bool ok = th_loader_filled(l, G_GAS), bound = text.len && text.ptr[0] == '<';
	unsigned notes;
	ok &= th_loader_filled(l, G_SOURCE);
	ok &= th_loader_choice(l, G_SET, th_gwp_names, TH_GWP_SETS, &set);
	if (bound)
		bound = th_number_parse((th_slice){text.ptr + 1, text.len - 1}, &value, &notes) == TH_NUM_OK;
	ok &= bound || th_loader_decimal(l, G_VALUE, &value);
	uint32_t number = ok ? gas_of_row(l, r) : TH_NONE;
	if (number == TH_NONE)
		return;
	th_gas *gas = &r->gas[number];
	if (th_loader_cell(l, G_KYOTO).len) { /* on any row of the gas */
		static const char *const words[] = {"no"};
		size_t word;
		gas->outside |= th_loader_choice(l, G_KYOTO, words, 1, &word);
	}
	if (value.mant < 0)
		TH_FAIL(l, G_VALUE, TH_CELL_RANGE, "value", th_loader_text(l, th_loader_cell(l, G_VALUE)), ">= 0", NULL);
	if (gas->has_gwp[set])
		TH_FAIL(l, G_SET, TH_ROW_TWICE, th_loader_printf(l, "%s %s", th_loader_text(l, gas->name), th_gwp_names[set]), NULL);
	gas->has_gwp[set] = true;
	gas->gwp[set] = value;
	gas->bound[set] = bound;
	if (cite(l, r, th_loader_cell(l, G_SOURCE), th_loader_cell(l, G_TABLE), &gas->source[set]))
		name_aliases(l, r, G_ALIASES, number);
}

/* --- blends.csv --- */

enum { B_BLEND, B_GAS, B_SHARE, B_SOURCE, B_TABLE, B_ALIASES, B_CONFIDENCE, B_COUNT };
static const th_column blend_columns[B_COUNT] = {
	{"blend", true}, {"gas", true}, {"share", true}, {"source", true}, {"table", true}, {"aliases", true}, {"confidence", false},
};

/* The blend whose rows are being read: they stand together. */
struct blend {
	th_index number;   /* in gas[]; none before the first */
	th_decimal percent;
	th_pos pos;        /* of its first row */
	th_buf parts;      /* HFC-32 50 % + HFC-125 50 % */
	th_slice source, table;
};

/* a x b exactly; false when it needs more than the 18 digits of a th_decimal. */
static bool product(th_decimal a, th_decimal b, th_decimal *out)
{
	__int128 mant = (__int128)a.mant * b.mant;
	int32_t exp = a.exp + b.exp;
	while (mant != 0 && mant % 10 == 0) {
		mant /= 10;
		exp++;
	}
	const __int128 most = 1000000000000000000;
	*out = (th_decimal){(int64_t)mant, mant ? exp : 0};
	return mant < most && mant > -most;
}

static void close_blend(th_loader *l, th_reference *r, struct blend *blend)
{
	th_gas *gas = TH_AT(r->gas, blend->number);
	if (!gas)
		return;
	if (th_decimal_cmp(blend->percent, th_decimal_int(100)) != 0) {
		th_buf sum = {0};
		th_put_decimal(&sum, blend->percent);
		if (sum.failed)
			th_loader_no_memory(l);
		else
			th_loader_worse(l, th_report(l->diags, TH_BLEND_SUM, blend->pos, th_loader_text(l, gas->name), th_loader_text(l, th_buf_view(&sum)), NULL));
		th_buf_free(&sum);
	}
	th_slice composition = {0};
	th_buf_str(&blend->parts, "; ");
	th_buf_slice(&blend->parts, blend->source);
	th_buf_str(&blend->parts, blend->table.len ? ", " : "");
	th_buf_slice(&blend->parts, blend->table);
	if (blend->parts.failed)
		th_loader_no_memory(l);
	else if (th_loader_copy(l, &r->arena, th_buf_view(&blend->parts), &composition))
		for (size_t set = 0; set < TH_GWP_SETS; set++)
			gas->source[set] = composition;
	th_buf_clear(&blend->parts);
}

/* One more gas of a blend, those of the seven before the others. */
static bool add_part(th_loader *l, th_reference *r, th_gas *blend, th_gas_part part)
{
	const th_gas *of = &r->gas[part.gas];
	th_gas_part *grown = th_grown_in(&r->arena, blend->part, blend->parts, sizeof *grown);
	if (!grown) {
		th_loader_no_memory(l);
		return false;
	}
	blend->part = grown;
	size_t at = blend->parts++;
	for (; at > 0 && !of->outside && r->gas[grown[at - 1].gas].outside; at--)
		grown[at] = grown[at - 1];
	grown[at] = part;
	blend->mixed = r->gas[grown[0].gas].outside != r->gas[grown[blend->parts - 1].gas].outside;
	blend->outside = r->gas[grown[0].gas].outside;
	return true;
}

static bool open_blend(th_loader *l, th_reference *r, struct blend *blend)
{
	th_slice name = th_loader_cell(l, B_BLEND);
	const th_gas *open = TH_AT(r->gas, blend->number);
	if (open && th_slice_eq(open->name, name))
		return true;
	close_blend(l, r, blend);
	th_gas gas = {.kind = TH_GAS_BLEND};
	for (size_t set = 0; set < TH_GWP_SETS; set++)
		gas.has_gwp[set] = true; /* until a part has none */
	blend->number = (th_index){0};
	if (!th_loader_copy(l, &r->arena, name, &gas.name) || !th_loader_copy(l, &r->arena, th_loader_cell(l, B_SOURCE), &blend->source) ||
	    !th_loader_copy(l, &r->arena, th_loader_cell(l, B_TABLE), &blend->table))
		return false;
	gas.name_zh = gas.name_en = gas.name;
	blend->percent = th_decimal_int(0);
	blend->pos = th_loader_at(l, B_BLEND);
	uint32_t number = add_gas(l, r, &gas);
	if (number == TH_NONE)
		return false;
	blend->number = th_index_of(number);
	name_gas(l, r, B_BLEND, gas.name, number);
	return true;
}

static void blend_row(th_loader *l, th_reference *r, struct blend *blend)
{
	th_decimal share;
	bool ok = th_loader_filled(l, B_BLEND);
	ok &= th_loader_filled(l, B_SOURCE);
	ok &= th_loader_decimal(l, B_SHARE, &share);
	uint32_t own;
	if (!ok || !open_blend(l, r, blend) || !th_index_get(blend->number, &own))
		return;
	name_aliases(l, r, B_ALIASES, own);
	th_slice part_name = th_loader_cell(l, B_GAS);
	uint32_t part = th_find_gas(r, part_name);
	if (part == TH_NONE || part == own) {
		TH_FAIL(l, B_GAS, TH_CELL_NOT_FOUND, th_loader_text(l, part_name), "gwp.csv", NULL);
		return;
	}
	if (share.mant <= 0)
		TH_FAIL(l, B_SHARE, TH_CELL_RANGE, "share", th_loader_text(l, th_loader_cell(l, B_SHARE)), "> 0", NULL);
	bool fits = th_decimal_add(blend->percent, share, &blend->percent);
	th_gas *gas = &r->gas[own];
	if (!add_part(l, r, gas, (th_gas_part){part, share}))
		return;
	const th_gas *of = &r->gas[part];
	const th_decimal fraction = {share.mant, share.exp - 2};
	for (size_t set = 0; set < TH_GWP_SETS; set++) {
		th_decimal term;
		gas->has_gwp[set] &= of->has_gwp[set];
		gas->bound[set] |= of->bound[set];
		if (gas->has_gwp[set])
			fits &= product(of->gwp[set], fraction, &term) && th_decimal_add(gas->gwp[set], term, &gas->gwp[set]);
	}
	if (!fits)
		TH_FAIL(l, B_SHARE, TH_BLEND_DIGITS, th_loader_text(l, gas->name), NULL);
	th_buf_str(&blend->parts, blend->parts.len ? " + " : "");
	th_buf_slice(&blend->parts, of->name);
	th_buf_char(&blend->parts, ' ');
	th_buf_slice(&blend->parts, th_loader_cell(l, B_SHARE));
	th_buf_str(&blend->parts, " %");
}

static th_status load_gwp(th_reference *r, const char *dir, th_diags *diags)
{
	th_loader l;
	if (th_loader_open_data(&l, &r->arena, dir, "gwp.csv", gwp_columns, G_COUNT, diags)) {
		add_kinds_of_co2(&l, r);
		while (th_loader_next(&l))
			gwp_row(&l, r);
	}
	return th_loader_close(&l);
}

static th_status load_blends(th_reference *r, const char *dir, th_diags *diags)
{
	th_loader l;
	struct blend blend = {0};
	if (th_loader_open_data(&l, &r->arena, dir, "blends.csv", blend_columns, B_COUNT, diags))
		while (th_loader_next(&l))
			blend_row(&l, r, &blend);
	close_blend(&l, r, &blend);
	th_buf_free(&blend.parts);
	return th_loader_close(&l);
}

th_status th_gases_load(th_reference *r, const char *dir, th_diags *diags)
{
	th_status status = load_gwp(r, dir, diags);
	/* A blend is the sum of its parts: without them its rows would only repeat the errors above. */
	return status == TH_OK ? load_blends(r, dir, diags) : status;
}

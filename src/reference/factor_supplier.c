/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A supplier's footprint as a factor: a document of ours (tanhe.footprint/1) or one by the Catena-X PCF data model, as rows of a factor file. */
#include "reference/load.h"

#include "base/filename.h"
#include "base/utf8.h"
#include "io/csv.h"
#include "io/json.h"

enum { DIGITS = 18 };

typedef struct th_supplier {
	const char *path;
	const th_units *units;
	const th_json *document, *product;
	th_diags *diags;
	th_buf *out;
} th_supplier;

static th_status wrong(const th_supplier *s, const th_json *at, const char *found, const char *expected)
{
	th_buf where = {0};
	th_json_pointer(at, &where);
	th_buf_char(&where, '\0');
	th_status status = where.failed ? th_no_memory(s->diags)
	                                : th_report(s->diags, TH_SUPPLIER_SHAPE, (th_pos){s->path, 0, 0, where.ptr}, found, expected, (char *)NULL);
	th_buf_free(&where);
	return status;
}

static const th_json *number_of(const th_json *object, const char *key)
{
	const th_json *member = th_json_get(object, key);
	return member && member->kind == TH_JSON_NUMBER ? member : NULL;
}

/* What it is called, which unit it is counted by, and whence. */
typedef struct th_supplied {
	th_slice id, name, unit, from, note;
	th_slice valid[2]; /* days; empty: always */
	th_slice primary; /* percent of it that rests on primary data; empty: not said */
} th_supplied;

static void put_cell(th_buf *out, th_slice text)
{
	th_put_csv_text(out, text);
	th_buf_char(out, ',');
}

/* kg of a gas per unit: value x 10^shift / divisor. */
static th_status put_row(const th_supplier *s, const th_supplied *of, th_slice gas, th_decimal value, int shift, th_decimal divisor)
{
	th_ratio mass = th_ratio_one(), by = th_ratio_one();
	th_mass kg;
	value.exp += shift;
	th_ratio_mul(&mass, value);
	th_ratio_mul(&by, divisor);
	if (!th_ratio_round(&mass, &kg))
		return wrong(s, s->product, "-", "kg");
	put_cell(s->out, of->id);
	put_cell(s->out, gas);
	th_put_mass_quotient(s->out, kg, 0, &by, DIGITS);
	th_buf_str(s->out, ",kg/");
	put_cell(s->out, of->unit);
	put_cell(s->out, of->id);
	put_cell(s->out, of->name);
	put_cell(s->out, of->name);
	th_buf_str(s->out, "3,");
	put_cell(s->out, of->from);
	put_cell(s->out, th_slice_of(th_file_name(s->path))); /* its last name: how it was named decides nothing */
	if (of->primary.len) {
		th_buf_str(s->out, "primary_data_share=");
		th_buf_slice(s->out, of->primary);
	}
	th_buf_char(s->out, ',');
	put_cell(s->out, of->valid[0]);
	put_cell(s->out, of->valid[1]);
	th_put_csv_text(s->out, of->note);
	th_buf_char(s->out, '\n');
	return s->out->failed ? th_no_memory(s->diags) : TH_OK;
}

/* A footprint behind the gate has what its buyer counts himself. */
static th_status must_end_at_gate(const th_supplier *s, const th_json *at, th_slice boundary, th_slice gate)
{
	return th_slice_eq(boundary, gate) ? TH_OK : wrong(s, at, "cradle-to-grave", "cradle-to-gate");
}

/* primaryDataShare of the data model, which ours has as well. */
static th_slice share_of(const th_json *model)
{
	const th_json *share = number_of(th_json_get(model, "pcf"), "primaryDataShare");
	return share && share->number.mant >= 0 ? share->text : TH_S("");
}

/* The day of a moment, 2024-01-01T00:00:00Z; empty where there is none, false where it is no moment. */
static bool day_of(const th_json *object, const char *key, th_slice *day)
{
	enum { DAY = 10 };
	th_slice text = th_json_string(object, key);
	*day = text;
	if (text.len == 0)
		return true;
	day->len = DAY;
	return text.len > DAY && text.ptr[DAY] == 'T' && th_slice_digits(text, 0) == 4 && text.ptr[4] == '-' && th_slice_digits(text, 5) == 2 && text.ptr[7] == '-' && th_slice_digits(text, 8) == 2;
}

/* --- ours --- */

static bool is_unit(const th_supplier *s, th_slice text)
{
	th_unit unit;
	th_slice at;
	return th_unit_parse(s->units, text, &unit, &at) == TH_UNIT_OK;
}

/* Does a word begin with a number (万次, 1000 次)? Then a piece behind its first sign is a unit. */
static bool is_multiple(const th_supplier *s, th_slice word)
{
	th_buf piece = {0};
	size_t sign = th_utf8_sequence((const unsigned char *)word.ptr, word.len);
	th_buf_slice(&piece, (th_slice){word.ptr, sign ? sign : 1});
	th_buf_str(&piece, "件");
	bool multiple = piece.failed || is_unit(s, th_buf_view(&piece));
	th_buf_free(&piece);
	return multiple;
}

/* What an output is counted by: a unit, or a word that is none (次, 批), which is the piece of the data model. A multiple of such a word stays, as an error. */
static th_slice counted_by(const th_supplier *s, th_slice word)
{
	return word.len == 0 || is_unit(s, word) || is_multiple(s, word) ? word : TH_S("item");
}

static th_status put_gas(const th_supplier *s, const th_supplied *of, th_slice gas, const th_json *tonnes, th_decimal output)
{
	if (!tonnes)
		return wrong(s, s->product, "-", "by_gas, apart");
	return tonnes->number.mant == 0 && !th_slice_starts(gas, TH_S("CO2e")) ? TH_OK : put_row(s, of, gas, tonnes->number, 3, output);
}

static th_status put_ours(const th_supplier *s)
{
	const th_json *p = s->product, *output = th_json_get(p, "output"), *gases = th_json_get(p, "by_gas"), *apart = th_json_get(p, "apart");
	const th_json *value = number_of(output, "value");
	th_slice name = th_json_string(p, "name"), id = th_json_string(p, "product");
	const th_supplied of = {id, name.len ? name : id, counted_by(s, th_json_string(output, "unit")), TH_S(""), th_json_string(p, "period"), {TH_S(""), TH_S("")}, share_of(th_json_get(p, "pcf"))};
	if (!id.len || !of.unit.len || !value || value->number.mant <= 0 || !gases || !apart)
		return wrong(s, p, "-", "product, output, by_gas, apart");
	th_status status = must_end_at_gate(s, p, th_json_string(p, "boundary"), TH_S("cradle-to-gate"));
	if (th_json_get(gases, "CO2e")) /* of which nothing says what is in it: all of the footprint is one sum then */
		status = status == TH_OK ? put_gas(s, &of, TH_S("CO2e"), number_of(p, "tco2e"), value->number) : status;
	else
		for (const th_json *gas = gases->child; gas && status == TH_OK; gas = gas->next)
			status = put_gas(s, &of, gas->key, number_of(gas, "t"), value->number);
	if (status == TH_OK)
		status = put_gas(s, &of, TH_S("CO2-bio"), number_of(th_json_get(apart, "biogenic_co2"), "tco2e"), value->number);
	return status == TH_OK ? put_gas(s, &of, TH_S("CO2-removal"), number_of(th_json_get(apart, "biogenic_uptake"), "tco2e"), value->number) : status;
}

/* --- the data model --- */

static th_slice unit_of(th_slice declared)
{
	static const struct { const char *name, *unit; } units[] = {
		{"kilogram", "kg"}, {"liter", "L"}, {"cubic meter", "m3"}, {"kilowatt hour", "kWh"}, {"megajoule", "MJ"}, {"ton kilometer", "tkm"}, {"square meter", "m2"},
		{"piece", "item"},
	};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (th_slice_eq(declared, th_slice_of(units[i].name)))
			return th_slice_of(units[i].unit);
	return TH_S("");
}

static th_status put_model(const th_supplier *s)
{
	const th_json *pcf = th_json_get(s->product, "pcf"), *value = number_of(pcf, "pcfExcludingBiogenic"), *uptake = number_of(pcf, "biogenicCarbonWithdrawal");
	th_slice name = th_json_string(s->product, "productName");
	th_slice from, to;
	if (!day_of(s->product, "validityPeriodStart", &from) || !day_of(s->product, "validityPeriodEnd", &to))
		return wrong(s, s->product, "validityPeriodStart, validityPeriodEnd", "2024-01-01T00:00:00Z");
	const th_supplied of = {name, name, unit_of(th_json_string(pcf, "declaredUnit")), th_json_string(s->product, "specVersion"), th_json_string(pcf, "extWBCSD_characterizationFactors"), {from, to}, share_of(s->product)};
	if (!name.len || !of.unit.len || !value)
		return wrong(s, s->product, "-", "productName, pcf.declaredUnit, pcf.pcfExcludingBiogenic");
	th_status status = must_end_at_gate(s, s->product, th_json_string(s->product, "partialFullPcf"), TH_S("Cradle-to-gate"));
	if (status == TH_OK)
		status = put_row(s, &of, TH_S("CO2e"), value->number, 0, th_decimal_int(1));
	if (status != TH_OK || !uptake || uptake->number.mant == 0)
		return status;
	th_decimal taken = uptake->number;
	taken.mant = taken.mant < 0 ? -taken.mant : taken.mant;
	return put_row(s, &of, TH_S("CO2-removal"), taken, 0, th_decimal_int(1));
}

/* --- the file --- */

bool th_is_supplier(const char *path)
{
	return th_slice_ends(th_slice_of(path), TH_S(".json"));
}

th_status th_supplier_rows(const th_units *units, const char *path, th_arena *arena, char sha256[65], th_diags *diags, th_buf *out)
{
	th_supplier s = {.path = path, .units = units, .diags = diags, .out = out};
	th_status status = th_json_read(path, diags, arena, sha256, &s.document);
	if (status != TH_OK)
		return status;
	th_buf_str(out, "id,gas,value,unit,activity,name_zh,name_en,scope,table,source,parameters,valid_from,valid_to,note\n");
	s.product = s.document;
	if (th_json_get(s.document, "specVersion"))
		return put_model(&s);
	s.product = th_json_list(s.document, "products");
	if (!th_slice_eq(th_json_string(s.document, "schema"), TH_S("tanhe.footprint/1")) || !s.product)
		return wrong(&s, s.document, "-", "tanhe.footprint/1, specVersion");
	for (; s.product && status == TH_OK; s.product = s.product->next)
		status = put_ours(&s);
	return status;
}

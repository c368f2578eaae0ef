/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Footprints as tanhe.footprint/1 (data/schema/footprint.schema.json). kg are of the declared unit, rounded half to even to ten significant digits;
 * tonnes are of the whole output, with all their decimals. `pcf` has the members of the Catena-X PCF data model, 7.0.0
 * (https://github.com/eclipse-tractusx/sldt-semantic-models, io.catenax.pcf/7.0.0), that follow from the footprint. */
#include "report/footprint_report.h"

#include "base/day.h"
#include "base/print.h"
#include "io/json.h"

static void put_each(th_writer *w, const char *key, const th_footprint *fp, th_mass mass)
{
	th_put_quotient(w, key, mass, 0, &fp->product->units);
}

static void put_amounts(th_writer *w, const th_footprint *fp, th_mass mass)
{
	put_each(w, "kgco2e_per_unit", fp, mass);
	th_put_tonnes(w, "tco2e", mass);
}

static void put_pair(th_writer *w, const char *key, const th_footprint *fp, th_mass mass)
{
	th_put_open(w, key, '{');
	put_amounts(w, fp, mass);
	th_put_close(w, '}');
}

/* --- what it is --- */

static void put_written(th_writer *w, const char *key, th_slice text)
{
	th_decimal number;
	unsigned notes;
	th_put_number_if(w, key, th_number_is(th_number_parse(text, &number, &notes)), text, number);
}

/* A share of a whole, 1 is all of it. */
static void put_part(th_writer *w, const char *key, bool there, th_mass share)
{
	if (!there)
		return;
	th_put_key(w, th_slice_of(key));
	th_put_mass(w->buf, share, 0);
}

static void put_product(th_writer *w, const th_footprint *fp, const char *path)
{
	static const char *const kept[] = {"unknown", "kept", "broken"};
	const th_product *product = fp->product;
	th_put_text(w, "product", product->id);
	th_put_text_if(w, "name", product->name);
	th_put_place(w, "place", path, product->line);
	th_put_text_if(w, "goal", product->goal);
	th_put_text(w, "declared_unit", product->unit);
	th_put_text(w, "boundary", th_slice_of(th_boundaries[product->boundary]));
	th_put_text(w, "period", product->period_text);
	th_put_open(w, "output", '{');
	th_put_number_if(w, "value", true, product->output_text, product->output);
	th_put_text(w, "unit", product->output_unit);
	th_put_close(w, '}');
	th_put_open(w, "allocation", '{');
	th_put_text(w, "method", th_slice_of(th_allocations[product->allocation]));
	th_put_text_if(w, "basis", product->basis);
	put_written(w, "physical", product->physical_text);
	th_put_text_if(w, "physical_unit", product->physical_unit);
	put_written(w, "price", product->price_text);
	put_pair(w, "shared", fp, fp->shared);
	th_put_open(w, "by", '{');
	for (th_allocation way = 0; way < TH_ALLOCATIONS; way++)
		if (fp->has_under[way])
			put_pair(w, th_allocations[way], fp, fp->under[way]);
	th_put_close(w, '}');
	th_put_close(w, '}');
	th_put_open(w, "cut_off", '{');
	th_put_text_if(w, "rule", product->rule);
	put_part(w, "allowed", product->has_cut_off, product->cut_off);
	th_put_text_if(w, "excluded", product->excluded);
	put_part(w, "excluded_share", product->has_excluded, product->excluded_share);
	th_put_text(w, "kept", th_slice_of(kept[fp->cut_off]));
	th_put_close(w, '}');
	th_put_text_if(w, "evidence", product->evidence);
}

/* --- what it comes to --- */

static void put_parts(th_writer *w, const th_footprint *fp)
{
	th_put_open(w, "stages", '{');
	for (th_life_stage stage = 0; stage < TH_STAGES; stage++)
		if (fp->has_stage[stage])
			put_pair(w, th_life_stages[stage], fp, fp->stage[stage]);
	th_put_close(w, '}');
	th_put_open(w, "apart", '{');
	for (th_carbon carbon = 0; carbon < TH_CARBONS; carbon++)
		put_pair(w, th_carbons[carbon], fp, fp->carbon[carbon]);
	th_put_close(w, '}');
	th_put_open(w, "by_gas", '{');
	for (size_t i = 0; i < fp->gases; i++) {
		th_put_key_open(w, fp->gas[i].gas->name, '{');
		put_amounts(w, fp, fp->gas[i].co2e);
		th_put_tonnes(w, "t", fp->gas[i].mass);
		th_put_close(w, '}');
	}
	th_put_close(w, '}');
}

static void put_processes(th_writer *w, const th_footprint *fp)
{
	th_put_open(w, "processes", '[');
	for (size_t i = 0; i < fp->processes; i++) {
		const th_process *process = &fp->process[i];
		th_put_open(w, NULL, '{');
		th_put_text(w, "stage", th_slice_of(th_life_stages[process->stage]));
		th_put_text(w, "activity", process->activity->id);
		th_put_both(w, "name", process->activity->name_zh, process->activity->name_en);
		if (process->factor)
			th_put_text(w, "factor", process->factor->id);
		th_put_count(w, "lines", process->lines);
		put_amounts(w, fp, process->co2e);
		if (process->carbon[TH_CARBON_BIOGENIC])
			th_put_tonnes(w, th_carbons[TH_CARBON_BIOGENIC], process->carbon[TH_CARBON_BIOGENIC]);
		if (process->carbon[TH_CARBON_UPTAKE])
			th_put_tonnes(w, th_carbons[TH_CARBON_UPTAKE], process->carbon[TH_CARBON_UPTAKE]);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

/* Of the total, primary data. */
static void put_percent(th_writer *w, const char *key, const th_footprint *fp)
{
	th_ratio percent = th_mass_ratio(fp->total);
	th_ratio_mul_int(&percent, 1, 100, 0);
	th_put_quotient(w, key, fp->primary, 0, &percent);
}

static void put_grades(th_writer *w, const th_footprint *fp)
{
	if (!th_footprint_is_graded(fp))
		return;
	th_put_open(w, "data_quality", '[');
	for (int i = 0; i < TH_GRADES; i++) {
		const int grade = th_grade_nth(i);
		if (fp->grade[grade] == 0)
			continue;
		th_put_open(w, NULL, '{');
		th_put_text(w, "grade", th_slice_of(th_grade_names[grade]));
		put_amounts(w, fp, fp->grade[grade]);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
	if (fp->total > 0) {
		th_put_open(w, "primary_data", '{');
		put_percent(w, "percent", fp);
		th_put_truth(w, "complete", th_footprint_is_all_graded(fp));
		th_put_close(w, '}');
	}
}

static void put_sure(th_writer *w, const th_footprint *fp)
{
	th_mass low, high;
	if (!th_footprint_interval(fp, &low, &high))
		return;
	th_put_open(w, "interval", '{');
	put_each(w, "low", fp, low);
	put_each(w, "high", fp, high);
	th_put_close(w, '}');
	th_put_uncertainty_json(w, fp->uncertainty);
}

static void put_outside(th_writer *w, const th_footprint *fp)
{
	const struct { const char *key; th_mass mass; } row[] = {
		{"credits", fp->credits}, {"avoided", fp->avoided}, {"outside_kyoto", fp->outside}, {"beyond_boundary", fp->beyond}, {"other_time", fp->other_time},
	};
	th_put_open(w, "not_in", '{');
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		if (row[i].mass)
			th_put_tonnes(w, row[i].key, row[i].mass);
	th_put_close(w, '}');
}

/* --- the data model --- */

/* Its units; what is none of them is counted by the piece. */
static const struct { const char *name, *unit; } declared[] = {
	{"kilogram", "kg"}, {"liter", "L"}, {"kilowatt hour", "kWh"}, {"ton kilometer", "tkm"}, {"square meter", "m2"},
};

/* The unit of the model for a product; *units is its whole output in it, *amount what the declared unit is in it. */
static const char *pcf_unit(const th_units *known, const th_product *product, th_ratio *units, th_ratio *amount)
{
	th_unit made, of, model;
	th_slice at;
	*units = *amount = th_ratio_one();
	th_ratio_mul(units, product->output);
	th_ratio_mul(amount, product->many);
	if (th_unit_parse(known, product->output_unit, &made, &at) != TH_UNIT_OK || th_unit_parse(known, product->of, &of, &at) != TH_UNIT_OK)
		return "piece";
	for (size_t i = 0; i < sizeof declared / sizeof *declared; i++) {
		if (th_unit_parse(known, th_slice_of(declared[i].unit), &model, &at) != TH_UNIT_OK || !th_unit_same_dimension(&made, &model))
			continue;
		th_ratio_mul_unit(units, &made);
		th_ratio_div_unit(units, &model);
		th_ratio_mul_unit(amount, &of);
		th_ratio_div_unit(amount, &model);
		return declared[i].name;
	}
	return "piece";
}

static void put_day(th_writer *w, const char *key, int32_t number, const char *time)
{
	char text[40];
	int year, month, day;
	th_day_split(number, &year, &month, &day);
	int len = th_print(text, sizeof text, "%04d-%02d-%02dT%sZ", year, month, day, time);
	th_put_text(w, key, (th_slice){text, (size_t)len});
}

static void put_pcf(th_writer *w, const th_footprints *f, const th_footprint *fp)
{
	const th_product *product = fp->product;
	th_ratio units, declared_amount;
	const char *unit = pcf_unit(f->reference->units, product, &units, &declared_amount);
	const struct { const char *key; th_mass mass; } row[] = {
		{"pcfExcludingBiogenic", fp->total}, {"pcfIncludingBiogenic", fp->total + fp->carbon[TH_CARBON_BIOGENIC] - fp->carbon[TH_CARBON_UPTAKE]},
		{"fossilGhgEmissions", fp->carbon[TH_CARBON_FOSSIL]}, {"dlucGhgEmissions", fp->carbon[TH_CARBON_LAND_USE]},
		{"aircraftGhgEmissions", fp->carbon[TH_CARBON_AIRCRAFT]}, {"biogenicCarbonWithdrawal", -fp->carbon[TH_CARBON_UPTAKE]},
	};
	th_put_open(w, "pcf", '{');
	th_put_text(w, "specVersion", TH_S("urn:io.catenax.pcf:datamodel:version:7.0.0"));
	th_put_text(w, "partialFullPcf", product->boundary == TH_TO_GATE ? TH_S("Cradle-to-gate") : TH_S("Cradle-to-grave"));
	th_put_text(w, "productName", product->name.len ? product->name : product->id);
	th_put_open(w, "pcf", '{');
	th_put_text(w, "declaredUnit", th_slice_of(unit));
	th_mass amount;
	if (th_ratio_round(&declared_amount, &amount)) {
		th_put_key(w, TH_S("unitaryProductAmount"));
		th_put_mass(w->buf, amount, 0);
	}
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		th_put_quotient(w, row[i].key, row[i].mass, 0, &units);
	if (th_footprint_is_all_graded(fp) && fp->total > 0)
		put_percent(w, "primaryDataShare", fp);
	put_day(w, "referencePeriodStart", product->period.from, "00:00:00");
	put_day(w, "referencePeriodEnd", product->period.to, "23:59:59");
	th_put_text(w, "extWBCSD_characterizationFactors", th_slice_of(th_gwp_names[f->account->gwp]));
	th_put_text_if(w, "extWBCSD_allocationRulesDescription", product->basis);
	if (product->has_excluded) {
		th_put_key(w, TH_S("exemptedEmissionsPercent"));
		th_put_mass(w->buf, 100 * product->excluded_share, 0);
	}
	th_put_text_if(w, "exemptedEmissionsDescription", product->excluded);
	th_put_open(w, "crossSectoralStandardsUsed", '[');
	th_put_open(w, NULL, '{');
	th_put_text(w, "crossSectoralStandard", TH_S("ISO Standard 14067"));
	th_put_close(w, '}');
	th_put_close(w, ']');
	th_put_close(w, '}');
	th_put_close(w, '}');
}

/* --- all of it --- */

static void put_footprint(th_writer *w, const th_footprints *f, const th_footprint *fp)
{
	th_put_open(w, NULL, '{');
	put_product(w, fp, f->products.path);
	put_amounts(w, fp, fp->total);
	put_parts(w, fp);
	put_processes(w, fp);
	put_grades(w, fp);
	put_sure(w, fp);
	put_outside(w, fp);
	put_pcf(w, f, fp);
	th_put_close(w, '}');
}

static void put_site(th_writer *w, const th_site_balance *site)
{
	th_put_open(w, "site", '{');
	th_put_tonnes(w, "gross", site->gross);
	th_put_tonnes(w, "in_products", site->in_products);
	th_put_tonnes(w, "beyond_boundary", site->beyond);
	th_put_tonnes(w, "other_time", site->other_time);
	th_put_tonnes(w, "of_no_product", site->of_none);
	th_put_tonnes(w, "undivided", site->undivided);
	th_put_close(w, '}');
}

static void put_caveats(th_writer *w, const th_footprints *f)
{
	th_put_open(w, "caveats", '[');
	for (size_t i = 0; i < f->caveats; i++) {
		th_put_open(w, NULL, '{');
		th_put_sentence(w, f->caveat[i].code, f->caveat[i].arg, f->caveat[i].args);
		th_put_place(w, "place", f->caveat[i].file, f->caveat[i].line);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

void th_put_footprint_json(const th_footprints *f, th_buf *out)
{
	th_writer w = th_writer_begin(out, "tanhe.footprint/1");
	th_put_footprint_options(&w, f);
	th_put_open(&w, "products", '[');
	for (size_t i = 0; i < f->count; i++)
		if (TH_FOOTPRINT_SHOWN(f, i))
			put_footprint(&w, f, &f->product[i]);
	th_put_close(&w, ']');
	put_site(&w, &f->site);
	put_caveats(&w, f);
	th_put_open(&w, "inputs", '[');
	th_put_file(&w, "products", f->products.path, f->products.encoding, f->products.sha256, f->products.count);
	th_put_close(&w, ']');
	th_put_account(&w, "account", f->account);
	th_writer_end(&w);
}

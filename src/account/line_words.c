/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the words of a line name: its activity, unit, region, scope, and measured values. */

#include "account/recipe.h"
#include "base/list.h"
#include "base/utf8.h"

enum { LONGEST_MISSPELLING = 256 };

/* A measured value: a number, and a unit behind it or none. */
static th_status read_measured(th_build *build, th_inventory_column column, bool *has, th_decimal *value, th_unit *unit, th_slice *text,
                               th_formula_term *term, bool *bare)
{
	const th_frame *frame = build->frame;
	th_slice whole = th_build_cell(build, column), number = whole, rest = {"", 0};
	unsigned notes;
	*has = false;
	if (whole.len == 0)
		return TH_OK;
	th_slice behind, front = th_slice_front(whole, TH_NUMBER_BYTES, &behind);
	char delimiter = build->now->line->delimiter, space[2][TH_NUMBER_MEANT];
	th_number kind = th_number_in(whole, delimiter, value, &notes);
	if (kind == TH_NUM_EMPTY || kind == TH_NUM_MISSING)
		return TH_OK;
	if (kind == TH_NUM_UNIT || kind == TH_NUM_PERCENT || (kind == TH_NUM_BAD && front.len > 0 && front.len < whole.len)) {
		number = front;
		rest = behind;
		kind = th_number_in(number, delimiter, value, &notes);
	}
	th_code comma = kind == TH_NUM_ZERO_COMMA ? TH_NUMBER_ZERO_COMMA : kind == TH_NUM_SEMICOLON ? TH_NUMBER_SEMICOLON : TH_NUMBER_SEMICOLONS;
	if (th_number_has_comma(kind))
		return th_build_fail(build, comma, column, th_z(build->shard, whole), th_number_meant(number, kind, false, space[0]),
		                     th_number_meant(number, kind, true, space[1]));
	build->rounded |= kind == TH_NUM_DIGITS;
	if (!th_number_is(kind) || value->mant <= 0)
		return th_build_fail(build, TH_MEASURED_BAD, column, th_z(build->shard, whole), "", "");
	*bare = rest.len == 0;
	if (rest.len) {
		th_slice at;
		if (th_unit_parse(frame->reference->units, rest, unit, &at) != TH_UNIT_OK)
			return th_build_fail(build, TH_MEASURED_UNIT, column, th_z(build->shard, whole),
			                     column == TH_COL_NCV ? "GJ/t, GJ/10^4 Nm3, kcal/kg" : column == TH_COL_CARBON ? "tC/TJ, tC/t, %" :
			                     column == TH_COL_DENSITY ? "kg/L, kg/m3" : "1, %", "");
	}
	*has = true;
	*text = th_arena_copy(build->arena, whole);
	term->value = th_arena_copy(build->arena, number);
	term->unit = th_arena_copy(build->arena, rest);
	term->origin = TH_FROM_CELL;
	return text->ptr && term->value.ptr && term->unit.ptr ? TH_OK : TH_SYSTEM;
}

/* A bare number with the unit that it is read in, for the formula. */
static bool with_unit(th_build *build, th_slice *text, th_formula_term *term, const char *unit, th_slice per)
{
	th_buf *buf = &build->shard->text;
	th_buf_clear(buf);
	th_buf_slice(buf, *text);
	th_buf_char(buf, ' ');
	size_t number = buf->len;
	th_buf_str(buf, unit);
	th_buf_slice(buf, per);
	*text = th_arena_copy(build->arena, th_buf_view(buf));
	if (!text->ptr || buf->failed)
		return false;
	term->unit = (th_slice){text->ptr + number, text->len - number};
	return true;
}

/* A carbon content is carbon per energy or per mass of fuel, or a share (the caller's question). */
static bool per_mass_of_carbon(const th_build *build)
{
	th_unit per = build->frame->carbon;
	th_unit_div(&per, &build->carbon_unit);
	return th_unit_same_dimension(&per, &build->frame->energy_unit) || th_unit_same_dimension(&per, &build->frame->mass);
}

/* A bare number is in kg/L. One that no liquid can have is in another unit. */
static th_status read_density(th_build *build)
{
	const th_plausible *p = &build->frame->reference->plausible;
	bool bare = false;
	build->density_term.name = "density";
	th_slice text = {"", 0};
	th_status status = read_measured(build, TH_COL_DENSITY, &build->has_density, &build->density, &build->density_unit, &text, &build->density_term, &bare);
	if (status != TH_OK || !build->has_density)
		return status;
	if (bare) {
		build->density_unit = th_build_unit(build, "kg/L");
		if (!with_unit(build, &text, &build->density_term, "kg/L", TH_S("")))
			return TH_SYSTEM;
	}
	th_unit like = th_build_unit(build, "kg/m3"), times = build->density_unit;
	if (!th_unit_same_dimension(&like, &build->density_unit))
		return th_build_fail(build, TH_MEASURED_UNIT, TH_COL_DENSITY, th_z(build->shard, text), "kg/L, kg/m3", "");
	th_ratio ratio = th_ratio_one();
	th_mass tonnes;
	like = th_build_unit(build, "t/m3");
	th_unit_div(&times, &like);
	th_ratio_mul(&ratio, build->density);
	th_ratio_mul_unit(&ratio, &times);
	bool fits = times.num && th_ratio_round(&ratio, &tonnes);
	double value = fits ? th_mass_double(tonnes) : 0;
	if (value < p->bound[TH_BOUND_LIQUID_LOW] || value > p->bound[TH_BOUND_LIQUID_HIGH])
		return th_build_fail(build, TH_DENSITY_IMPLAUSIBLE, TH_COL_DENSITY, th_z(build->shard, text), "", "");
	return TH_OK;
}

/* Bare numbers are GJ per the line's own unit, tC/TJ, and a fraction (product contract); other units stand in the cell. */
th_status th_read_measured(th_build *build)
{
	bool bare = false;
	th_status worst = read_density(build), status;
	if (build->activity->method == TH_METHOD_HEAT)
		return worst; /* there the cell is an enthalpy, read by the method */
	build->ncv_term.name = "ncv";
	build->carbon_term.name = "carbon_content";
	build->oxidation_term.name = "oxidation";
	status = read_measured(build, TH_COL_NCV, &build->has_ncv, &build->ncv, &build->ncv_unit, &build->ncv_text, &build->ncv_term, &bare);
	worst = status > worst ? status : worst;
	if (build->has_ncv && bare) {
		build->ncv_unit = th_build_unit(build, "GJ");
		th_unit_div(&build->ncv_unit, &build->unit);
		if (!with_unit(build, &build->ncv_text, &build->ncv_term, "GJ/", build->unit_text))
			return TH_SYSTEM;
	}
	status = read_measured(build, TH_COL_CARBON, &build->has_carbon, &build->carbon, &build->carbon_unit, &build->carbon_text, &build->carbon_term, &bare);
	worst = status > worst ? status : worst;
	if (build->has_ncv && !bare && th_unit_exponent(build->frame->reference->units, &build->ncv_unit, "energy") != 1)
		return th_build_fail(build, TH_MEASURED_UNIT, TH_COL_NCV, th_z(build->shard, build->ncv_text), "GJ/t, GJ/10^4 Nm3, kcal/kg", "");
	if (build->has_carbon && bare) {
		build->carbon_unit = th_build_unit(build, "tC/TJ");
		if (!with_unit(build, &build->carbon_text, &build->carbon_term, "tC/TJ", TH_S("")))
			return TH_SYSTEM;
	}
	if (build->has_carbon && !bare && !th_unit_is_number(&build->carbon_unit) && !per_mass_of_carbon(build))
		return th_build_fail(build, TH_MEASURED_UNIT, TH_COL_CARBON, th_z(build->shard, build->carbon_text), "tC/TJ, tC/t, %", "");
	th_unit share = th_build_unit(build, "1");
	status = read_measured(build, TH_COL_OXIDATION, &build->has_oxidation, &build->oxidation, &share, &build->oxidation_text,
	                       &build->oxidation_term, &bare);
	worst = status > worst ? status : worst;
	if (build->has_oxidation) {
		if (!th_unit_is_number(&share) || share.num != 1 || share.den != 1)
			return th_build_fail(build, TH_MEASURED_UNIT, TH_COL_OXIDATION, th_z(build->shard, build->oxidation_text), "1, %", "");
		th_decimal fraction = build->oxidation;
		fraction.exp += share.exp;
		build->oxidation_unit = share;
		if (th_decimal_cmp(fraction, th_decimal_int(1)) > 0)
			return th_build_fail(build, TH_OXIDATION_RANGE, TH_COL_OXIDATION, th_z(build->shard, build->oxidation_text), "", "");
	}
	return worst;
}

static int read_scope(th_slice text)
{
	static const char *const words[] = {"scope", "范围", "範圍", NULL};
	static const char *const digits[4][4] = {{"", "", "", ""}, {"1", "一", "i", "①"}, {"2", "二", "ii", "②"}, {"3", "三", "iii", "③"}};
	char place[TH_KEY_PLACE];
	int scope = 0;
	th_slice rest = th_utf8_key_in(text, place);
	for (int i = 0; words[i]; i++) {
		size_t len = strlen(words[i]);
		if (rest.len > len && memcmp(rest.ptr, words[i], len) == 0)
			rest = (th_slice){rest.ptr + len, rest.len - len};
	}
	for (int s = 1; s <= 3; s++)
		for (int i = 0; i < 4; i++)
			if (th_slice_eq(rest, th_slice_of(digits[s][i])))
				scope = s;
	return scope;
}

th_slice th_activity_named(const th_frame *frame, const th_line *line, bool *apart)
{
	const th_reference *reference = frame->reference;
	th_slice text = line->cell[TH_COL_ACTIVITY], named = line->cell[TH_COL_FACTOR];
	uint32_t number = th_find_activity(reference, text);
	*apart = number != TH_NONE && th_activity_apart(&reference->activity[number], text);
	if (number != TH_NONE)
		return reference->activity[number].id;
	return named.len && th_find_factor(reference, named) != TH_NONE ? text : (th_slice){"", 0};
}

/* 用电量（日均）, 电力（平均）: not what was used. */
static bool is_mean(const th_frame *frame, th_slice text)
{
	const th_layout_words *words = &frame->reference->layout_words;
	th_slice inside;
	(void)th_header_name(text, &inside);
	return inside.len && (th_layout_word_in(words, TH_LW_MEAN, inside) || th_layout_word_is(words, TH_LW_AVERAGE, inside));
}

static th_status find_activity(th_build *build)
{
	const th_frame *frame = build->frame;
	th_slice text = th_build_cell(build, TH_COL_ACTIVITY), named = th_build_cell(build, TH_COL_FACTOR);
	uint32_t number = th_find_activity(frame->reference, text), factor = named.len ? th_find_factor(frame->reference, named) : TH_NONE;
	if (number != TH_NONE) {
		build->activity = &frame->reference->activity[number];
		return is_mean(frame, text) ? th_build_fail(build, TH_LAYOUT_MEAN, TH_COL_ACTIVITY, th_z(build->shard, text), "", "") : TH_OK;
	}
	if (factor != TH_NONE && text.len) {
		build->activity = th_undeclared_of(build->frame, factor, text);
		return build->activity ? TH_OK : TH_SYSTEM;
	}
	if (text.len == 0)
		return th_build_fail(build, TH_ACTIVITY_EMPTY, TH_COL_ACTIVITY, "", "", "");
	const th_layout_word *kinds = th_layout_word_is(&frame->reference->layout_words, TH_LW_ACTIVITIES, text);
	if (kinds)
		return th_build_fail(build, TH_ACTIVITY_KINDS, TH_COL_ACTIVITY, th_z(build->shard, text), th_z(build->shard, kinds->value), "");
	if (th_layout_word_is(&frame->reference->layout_words, TH_LW_MONEY, text))
		return th_build_fail(build, TH_ACTIVITY_MONEY, TH_COL_ACTIVITY, th_z(build->shard, text), "", "");
	const th_layout_name says = th_layout_name_of(frame->reference, text, &build->shard->arena);
	if (says.aside)
		return th_build_fail(build, TH_ACTIVITY_PLANNED, TH_COL_ACTIVITY, th_z(build->shard, text), "", "");
	if (says.mean)
		return th_build_fail(build, TH_LAYOUT_MEAN, TH_COL_ACTIVITY, th_z(build->shard, text), "", "");
	if (says.site.len)
		return th_build_fail(build, TH_ACTIVITY_SITE, TH_COL_ACTIVITY, th_z(build->shard, text), th_z(build->shard, says.site), th_z(build->shard, says.name));
	th_buf_clear(&build->shard->text);
	uint32_t either[2];
	bool en = th_utf8_length(text) == text.len;
	if (th_build_shown(build, TH_ACTIVITY_UNKNOWN) && th_activity_candidates(frame->reference, text, either)) /* 柴油（汽油）: one or the other */
		for (int i = 0; i < 2; i++) {
			const th_activity *activity = &frame->reference->activity[either[i]];
			th_buf_str(&build->shard->text, i ? (en ? ", " : "、") : "");
			th_buf_slice(&build->shard->text, en ? activity->name_en : activity->name_zh);
		}
	else if (says.name.len) /* 实际用电量 */
		th_buf_slice(&build->shard->text, says.name);
	else if (th_build_shown(build, TH_ACTIVITY_UNKNOWN) && text.len < LONGEST_MISSPELLING)
		th_suggest_activities(frame->reference, text, 1, en ? TH_LANG_EN : TH_LANG_ZH, &build->shard->text);
	return th_build_fail(build, TH_ACTIVITY_UNKNOWN, TH_COL_ACTIVITY, th_z(build->shard, text), th_z(build->shard, build->shard->text.len ? th_buf_view(&build->shard->text) : TH_S("-")), "");
}

/* Is the line's period as long as this? A month is also what runs from the 15th to the 14th. */
static bool is_as_long(const th_build *build, const th_unit *time)
{
	const th_period *period = &build->now->whole;
	th_unit months = th_build_unit(build, "month"), days = th_build_unit(build, "d"), many = *time;
	bool by_days = th_unit_same_dimension(time, &days);
	int length = by_days ? period->to - period->from + 1 : th_period_months(period);
	th_unit_div(&many, by_days ? &days : &months);
	th_ratio ratio = th_ratio_one();
	th_mass count;
	th_ratio_mul_unit(&ratio, &many);
	return many.num && th_ratio_round(&ratio, &count) && length > 0 && count == (th_mass)length * 1000000000;
}

/* 千瓦/时, kW/h: written with a stroke, what is meant is energy. */
static bool is_power_per_time(const th_build *build, th_slice amount, th_slice time, th_buf *energy)
{
	const th_units *units = build->frame->reference->units;
	th_unit unit;
	th_slice at;
	th_buf_clear(energy);
	th_buf_slice(energy, amount);
	th_buf_slice(energy, time);
	return !energy->failed && th_unit_parse(units, th_buf_view(energy), &unit, &at) == TH_UNIT_OK && th_unit_exponent(units, &unit, "energy") == 1;
}

/* MWh/月 on the line of a month is the amount of the month. On a line of another length it is anyone's guess: what the month was like that is
 * written for a year, or the mean of its months. */
static th_status take_rate(th_build *build)
{
	th_slice amount, time, at;
	th_unit unit, of;
	if (!th_unit_rate(build->frame->reference->units, build->unit_text, &amount, &time, &unit))
		return TH_OK;
	if (th_unit_parse(build->frame->reference->units, amount, &of, &at) != TH_UNIT_OK)
		return TH_OK;
	if (is_power_per_time(build, amount, time, &build->shard->text))
		return th_build_fail(build, TH_UNIT_POWER_PER_TIME, TH_COL_UNIT, th_z(build->shard, build->unit_text), th_z(build->shard, th_buf_view(&build->shard->text)), "");
	if (build->dated && !is_as_long(build, &unit))
		return th_build_fail(build, TH_RATE_LENGTH, TH_COL_UNIT, th_z(build->shard, build->unit_text),
		                     th_z(build->shard, th_build_cell(build, TH_COL_PERIOD)), th_z(build->shard, amount));
	build->unit = of;
	build->unit_text = amount;
	build->rate = true;
	return TH_OK;
}

/* Energy, or energy per time. */
static bool is_heat(const th_build *build, const th_unit *unit)
{
	const th_units *units = build->frame->reference->units;
	th_unit energy = *unit;
	for (int i = 0; i < -th_unit_exponent(units, unit, "year"); i++)
		th_unit_mul(&energy, &build->frame->year);
	return th_unit_same_dimension(&energy, &build->frame->energy_unit);
}

static th_status find_unit(th_build *build)
{
	static const th_code codes[] = {
		[TH_UNIT_EMPTY] = TH_CELL_UNIT_EMPTY, [TH_UNIT_UNKNOWN] = TH_CELL_UNIT_UNKNOWN, [TH_UNIT_SYNTAX] = TH_CELL_UNIT_SYNTAX,
		[TH_UNIT_RANGE] = TH_CELL_UNIT_RANGE, [TH_UNIT_AMBIGUOUS] = TH_CELL_UNIT_AMBIGUOUS,
	};
	th_slice at = {NULL, 0};
	if (build->now->line->delimiter == ';' && th_unit_has_comma(th_build_cell(build, TH_COL_UNIT)))
		return th_build_fail(build, TH_CELL_UNIT_COMMA, TH_COL_UNIT, th_z(build->shard, th_build_cell(build, TH_COL_UNIT)), "", "");
	build->heat = th_unit_heat(th_build_cell(build, TH_COL_UNIT), &build->unit_text);
	if (!build->activity || build->activity->method != TH_METHOD_COMBUSTION) { /* of anything else it says nothing that is known */
		build->heat = TH_HEAT_UNSAID;
		build->unit_text = th_build_cell(build, TH_COL_UNIT);
	}
	th_unit_error error = th_unit_parse(build->frame->reference->units, build->unit_text, &build->unit, &at);
	if (error == TH_UNIT_OK && build->heat != TH_HEAT_UNSAID && !is_heat(build, &build->unit)) {
		error = TH_UNIT_UNKNOWN;
		at = build->unit_text = th_build_cell(build, TH_COL_UNIT);
	}
	if (error == TH_UNIT_OK)
		return take_rate(build);
	const th_frame *frame = build->frame;
	th_buf_clear(&build->shard->text);
	bool misspelt = error == TH_UNIT_UNKNOWN || error == TH_UNIT_SYNTAX;
	if (th_build_shown(build, codes[error]) && (!misspelt || !th_unit_mend(frame->reference->units, build->unit_text, &build->shard->text)))
		th_unit_suggest(frame->reference->units, at, &build->shard->text);
	const char *near = th_z(build->shard, build->shard->text.len ? th_buf_view(&build->shard->text) : TH_S("-"));
	return th_build_fail(build, codes[error], TH_COL_UNIT, th_z(build->shard, build->unit_text), th_z(build->shard, at), near);
}

static th_status find_region(th_build *build, uint32_t *region, bool *given)
{
	th_slice text = th_build_cell(build, TH_COL_REGION);
	*given = text.len > 0;
	*region = *given ? th_find_region(build->frame->reference, text) : build->frame->profile->region;
	if (*region == TH_NONE && *given)
		return th_build_fail(build, TH_REGION_UNKNOWN, TH_COL_REGION, th_z(build->shard, text), "", "");
	return TH_OK;
}

th_status th_read_words(th_build *build, th_words_of_line *w)
{
	th_status worst = find_activity(build), status = find_unit(build);
	worst = status > worst ? status : worst;
	status = find_region(build, &w->region, &w->region_given);
	worst = status > worst ? status : worst;
	status = th_read_instrument(build);
	worst = status > worst ? status : worst;
	th_slice scope = th_build_cell(build, TH_COL_SCOPE);
	if (scope.len && (w->scope = read_scope(scope)) == 0) {
		status = th_build_fail(build, TH_SCOPE_BAD, TH_COL_SCOPE, th_z(build->shard, scope), "", "");
		worst = status > worst ? status : worst;
	}
	return worst;
}

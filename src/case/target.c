/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/target.h"

#include "base/digits.h"
#include "case/folder.h"
#include "case/layout.h"

const char *const th_target_kind_names[TH_TARGET_KINDS] = {"gross", "net", "intensity", "reduction_percent"};

enum { PHASE, YEAR, EMISSIONS, UNIT, KIND, NOTE, START, COLUMNS };
static const th_column columns[COLUMNS] = {
	{"phase", true}, {"year", true}, {"emissions", true}, {"unit", TH_COLUMN_DECIDES}, {"kind", TH_COLUMN_DECIDES}, {"note", false},
	{"start", TH_COLUMN_DECIDES},
};

static const th_text_cell texts[] = {
	{PHASE, offsetof(th_target, phase)}, {YEAR, offsetof(th_target, year_text)}, {EMISSIONS, offsetof(th_target, emissions_text)},
};

static void read_year(th_loader *l, th_target *t)
{
	bool given;
	th_period period;
	if (!th_loader_filled(l, YEAR) || !th_loader_period(l, YEAR, &given, &period))
		return;
	if (!given || period.first_year != period.last_year)
		TH_FAIL(l, YEAR, TH_TARGET_YEAR, th_loader_text(l, th_loader_cell(l, YEAR)), NULL);
	else
		t->when = period;
}

static void read_start(th_loader *l, th_target *t)
{
	bool given;
	th_period period;
	if (!th_loader_period(l, START, &given, &period) || !given)
		return;
	if (period.first_year != period.last_year)
		TH_FAIL(l, START, TH_TARGET_YEAR, th_loader_text(l, th_loader_cell(l, START)), NULL);
	else
		t->first = period.first_year;
}

static void read_kind(th_loader *l, const th_columns *columns_of, th_target *t)
{
	th_slice text = th_loader_cell(l, KIND);
	size_t kind = th_column_choice(columns_of, "targets.kind", text, th_target_kind_names, TH_TARGET_KINDS);
	if (kind < TH_TARGET_KINDS) {
		t->kind = (th_target_kind)kind;
		t->of_base = kind == TH_TARGET_PERCENT;
	} else if (text.len)
		TH_FAIL(l, KIND, TH_TARGET_KIND, th_loader_text(l, text), th_loader_words(l, "targets.kind", th_target_kind_names, TH_TARGET_KINDS), NULL);
}

/* 30 % means so much less: a negative one would be more, and above 100 nothing is left to reduce. */
static void read_percent(th_loader *l, const th_units *units, const th_cell_amount *amount, th_target *t)
{
	th_unit percent;
	th_slice at;
	if (th_unit_parse(units, TH_S("%"), &percent, &at) != TH_UNIT_OK || th_unit_parse(units, amount->unit, &t->unit, &at) != TH_UNIT_OK ||
	    !th_unit_is_number(&t->unit) || t->unit.num != percent.num || t->unit.den != percent.den || t->unit.exp != percent.exp)
		TH_FAIL(l, amount->column, TH_AMOUNT_UNIT, th_loader_text(l, amount->unit), "%", th_target_kind_names[TH_TARGET_PERCENT], NULL);
	else if (amount->given && (t->emissions.mant < 0 || th_decimal_cmp(t->emissions, th_decimal_int(100)) > 0))
		TH_FAIL(l, EMISSIONS, TH_TARGET_PERCENT_RANGE, th_loader_text(l, th_loader_cell(l, EMISSIONS)), NULL);
}

/* Half of the last digit that is printed: 0.05 of 14.7. */
static th_decimal half_digit(th_slice text)
{
	const char *point = text.len ? memchr(text.ptr, '.', text.len) : NULL;
	int32_t digits = 0;
	for (const char *c = point ? point + 1 : NULL; c && c < text.ptr + text.len && th_is_digit(*c); c++)
		digits++;
	return (th_decimal){5, -digits - 1};
}

/* An intensity is a mass per anything; gross and net are masses. */
static void read_unit(th_loader *l, const th_reference *reference, const th_cell_amount *amount, th_target *t)
{
	th_unit kilogram;
	th_slice at;
	if (amount->unit.len == 0)
		TH_FAIL(l, UNIT, TH_CELL_UNIT_EMPTY,
		        t->kind == TH_TARGET_PERCENT ? "%" : t->kind == TH_TARGET_INTENSITY ? "\xFF" "t CO2e/10^4 CNY, kg CO2e/m2" "\xFE" "吨二氧化碳当量/万元、kg CO2e/m2" "\xFD"
		                                     : "\xFF" "t CO2e" "\xFE" "吨二氧化碳当量" "\xFD", NULL);
	else if (t->kind == TH_TARGET_PERCENT)
		read_percent(l, reference->units, amount, t);
	else if (t->kind != TH_TARGET_INTENSITY) {
		if (th_loader_mass_unit_of(l, reference->units, amount->column, amount->unit, "", &t->unit, &kilogram) && amount->given)
			(void)(th_loader_mass(l, EMISSIONS, t->emissions, &t->unit, &kilogram, &t->mass) &&
			       th_loader_mass(l, EMISSIONS, half_digit(th_loader_cell(l, EMISSIONS)), &t->unit, &kilogram, &t->half));
	} else if (th_unit_parse(reference->units, amount->unit, &t->unit, &at) != TH_UNIT_OK ||
	           th_unit_exponent(reference->units, &t->unit, "mass") < 1)
		TH_FAIL(l, amount->column, TH_CELL_MASS_UNIT, th_loader_text(l, amount->unit), "t CO2e/10^4 CNY", "吨二氧化碳当量/万元", NULL);
}

static th_target_kind limited(const th_target *t)
{
	return t->kind == TH_TARGET_PERCENT ? TH_TARGET_GROSS : t->kind;
}

/* 排放量 and 较基准年下降 of one year are one target, said twice: the percent goes along with the other, to be compared once the base year is known. */
static bool says_again(th_targets *list, th_target *t)
{
	for (size_t i = 0; i < list->count && t->when.last_year; i++) {
		th_target *other = &list->target[i];
		const bool percent = t->kind == TH_TARGET_PERCENT, gross = t->kind == TH_TARGET_GROSS;
		if (other->when.last_year != t->when.last_year || other->less.line || !((percent && other->kind == TH_TARGET_GROSS) || (gross && other->kind == TH_TARGET_PERCENT)))
			continue;
		const th_target *less = percent ? t : other;
		const struct th_target_less again = {less->emissions, less->emissions_text, less->line};
		const th_slice phase = th_slice_starts(t->phase, other->phase) ? other->phase : t->phase; /* 2025 碳排放总量 is told apart no more */
		if (gross) {
			*other = *t;
			other->phase = phase;
		}
		other->less = again;
		return true;
	}
	return false;
}

/* Two targets of one kind in one year: which of them holds, nobody says. */
static void once_a_year(th_loader *l, const th_targets *list, const th_target *t)
{
	for (size_t i = 0; i < list->count && t->when.last_year; i++) {
		const th_target *other = &list->target[i];
		bool alike = limited(other) == limited(t) && (t->kind != TH_TARGET_INTENSITY || th_unit_same_dimension(&other->unit, &t->unit));
		if (alike && other->when.last_year == t->when.last_year) {
			TH_FAIL(l, YEAR, TH_TARGET_SAME_YEAR, th_loader_text(l, other->phase), th_loader_text(l, t->phase),
			        th_loader_printf(l, "%d", t->when.last_year), NULL);
			return;
		}
	}
}

/* 能耗强度, 非化石能源占比 among the targets: of no emissions. */
static bool is_aside(th_loader *l, const th_reference *reference)
{
	th_slice unit, text = th_loader_cell(l, KIND), name = th_header_name(text, &unit);
	if (!text.len || th_column_named(reference->columns, "targets.kind", name).len || !th_layout_word_in(&reference->layout_words, TH_LW_NO_TARGET, name))
		return false;
	TH_FAIL(l, KIND, TH_TARGET_ASIDE, th_loader_text(l, text), NULL);
	return true;
}

static void add_row(th_loader *l, const th_reference *reference, th_arena *arena, th_once *phases, th_targets *out)
{
	if (is_aside(l, reference))
		return;
	th_target target = {.line = l->record.line};
	th_cell_amount amount = {.given = false};
	if (th_loader_filled(l, PHASE))
		th_loader_once(l, PHASE, TH_TARGET_TWICE, arena, phases);
	read_year(l, &target);
	read_start(l, &target);
	read_kind(l, reference->columns, &target);
	if (th_loader_filled(l, EMISSIONS) && th_loader_amount(l, reference->units, EMISSIONS, UNIT, &amount)) {
		target.emissions = amount.number;
		if (!amount.given)
			TH_FAIL(l, EMISSIONS, TH_CELL_EMPTY, columns[EMISSIONS].name, NULL);
		else if (target.emissions.mant < 0 && target.kind != TH_TARGET_NET && target.kind != TH_TARGET_PERCENT)
			TH_FAIL(l, EMISSIONS, TH_CELL_BELOW_ZERO, columns[EMISSIONS].name, th_loader_text(l, th_loader_cell(l, EMISSIONS)),
			        ">= 0 (kind net: any)", NULL);
		read_unit(l, reference, &amount, &target);
	}
	if (!th_loader_texts(l, arena, texts, sizeof texts / sizeof *texts, &target) || !th_loader_copy(l, arena, amount.unit, &target.unit_text))
		return;
	if (says_again(out, &target))
		return;
	once_a_year(l, out, &target);
	out->target = th_loader_append(l, arena, out->target, &out->count, &target, sizeof target);
}

th_status th_targets_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_targets *out)
{
	th_loader l;
	th_once phases = {0};
	th_layout *layout;
	*out = (th_targets){.path = path};
	if (th_case_open_office(&l, reference, TH_CASE_TARGETS, path, columns, COLUMNS, diags, &layout)) {
		while (th_loader_next(&l))
			add_row(&l, reference, arena, &phases, out);
		th_loader_tell(&l, &out->encoding, out->sha256);
		if (layout && !th_layout_texts(layout, arena, &out->layout_zh, &out->layout_en))
			th_loader_no_memory(&l);
	}
	th_intern_free(&phases.key);
	return th_loader_close(&l);
}

/* So many percent of the emissions. */
static bool part_of(th_mass gross, th_decimal percent, th_mass *out)
{
	th_ratio part = th_mass_ratio(gross);
	th_ratio_mul(&part, percent);
	th_ratio_mul_int(&part, 1, 100, 0);
	return th_ratio_round(&part, out);
}

bool th_target_agrees(const th_target *target, th_mass gross, th_mass *left)
{
	th_mass less, half;
	*left = 0;
	if (!part_of(gross, target->less.percent, &less) || !part_of(gross, half_digit(target->less.text), &half))
		return false;
	*left = gross - less;
	const th_mass apart = *left > target->mass ? *left - target->mass : target->mass - *left;
	return apart <= half + target->half;
}

void th_targets_of_base(th_targets *targets, th_mass gross)
{
	for (size_t i = 0; i < targets->count; i++) {
		th_target *t = &targets->target[i];
		th_mass mass;
		if (t->kind != TH_TARGET_PERCENT || !part_of(gross, t->emissions, &mass))
			continue;
		t->mass = gross - mass;
		t->kind = TH_TARGET_GROSS;
	}
}

bool th_target_per(const th_units *units, const th_target *t, const th_unit *per, th_decimal *out)
{
	static const char *const masses[] = {"kg CO2e", "kg CO2", "kg"};
	th_unit product = t->unit, like;
	th_mass value;
	th_slice at;
	th_unit_mul(&product, per);
	for (size_t i = 0; i < sizeof masses / sizeof *masses; i++) {
		th_ratio r = th_ratio_one();
		if (product.num == 0 || th_unit_parse(units, th_slice_of(masses[i]), &like, &at) != TH_UNIT_OK ||
		    !th_unit_same_dimension(&product, &like))
			continue;
		th_ratio_mul(&r, t->emissions);
		th_ratio_mul_unit(&r, &product);
		th_ratio_div_unit(&r, &like);
		if (!th_ratio_round(&r, &value) || th_digit_count(th_magnitude(value)) > 18)
			return false;
		*out = (th_decimal){(int64_t)value, value ? -TH_MASS_SCALE : 0};
		for (; out->mant && out->mant % 10 == 0; out->exp++)
			out->mant /= 10;
		return true;
	}
	return false;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/target.h"

#include "case/folder.h"

static const char *const kind_names[TH_TARGET_KINDS] = {"gross", "net", "intensity"};

enum { PHASE, YEAR, EMISSIONS, UNIT, KIND, NOTE, START, COLUMNS };
static const th_column columns[COLUMNS] = {
	{"phase", true}, {"year", true}, {"emissions", true}, {"unit", false}, {"kind", false}, {"note", false},
	{"start", false},
};

static const th_text_cell texts[] = {
	{PHASE, offsetof(th_target, phase)}, {YEAR, offsetof(th_target, year_text)}, {EMISSIONS, offsetof(th_target, emissions_text)},
	{UNIT, offsetof(th_target, unit_text)},
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
	th_slice text = th_loader_cell(l, KIND), word = th_column_named(columns_of, "targets.kind", text);
	for (int i = 0; i < TH_TARGET_KINDS; i++)
		if (th_slice_eq(word.len ? word : text, th_slice_of(kind_names[i]))) {
			t->kind = (th_target_kind)i;
			return;
		}
	if (text.len)
		TH_FAIL(l, KIND, TH_TARGET_KIND, th_loader_text(l, text), NULL);
}

/* An intensity is a mass per anything; gross and net are masses. */
static void read_unit(th_loader *l, const th_reference *reference, bool given, th_target *t)
{
	th_unit kilogram;
	if (t->kind != TH_TARGET_INTENSITY) {
		if (th_loader_mass_unit(l, reference->units, UNIT, "", &t->unit, &kilogram) && given)
			th_loader_mass(l, EMISSIONS, t->emissions, &t->unit, &kilogram, &t->mass);
		return;
	}
	th_slice text = th_loader_cell(l, UNIT), at;
	if (text.len == 0)
		TH_FAIL(l, UNIT, TH_CELL_UNIT_EMPTY, NULL);
	else if (th_unit_parse(reference->units, text, &t->unit, &at) != TH_UNIT_OK || th_unit_exponent(reference->units, &t->unit, "mass") < 1)
		TH_FAIL(l, UNIT, TH_CELL_MASS_UNIT, th_loader_text(l, text), "t CO2e/10^4 CNY", NULL);
}

/* Two targets of one kind in one year: which of them holds, nobody says. */
static void once_a_year(th_loader *l, const th_targets *list, const th_target *t)
{
	for (size_t i = 0; i < list->count && t->when.last_year; i++) {
		const th_target *other = &list->target[i];
		bool alike = other->kind == t->kind && (t->kind != TH_TARGET_INTENSITY || th_unit_same_dimension(&other->unit, &t->unit));
		if (alike && other->when.last_year == t->when.last_year) {
			TH_FAIL(l, YEAR, TH_TARGET_SAME_YEAR, th_loader_text(l, other->phase), th_loader_text(l, t->phase),
			        th_loader_printf(l, "%d", t->when.last_year), NULL);
			return;
		}
	}
}

static void add_row(th_loader *l, const th_reference *reference, th_arena *arena, th_once *phases, th_targets *out)
{
	th_target target = {.line = l->record.line};
	bool given = false;
	if (th_loader_filled(l, PHASE))
		th_loader_once(l, PHASE, TH_TARGET_TWICE, arena, phases);
	read_year(l, &target);
	read_start(l, &target);
	read_kind(l, reference->columns, &target);
	if (th_loader_filled(l, EMISSIONS) && th_loader_number(l, EMISSIONS, &given, &target.emissions)) {
		if (!given)
			TH_FAIL(l, EMISSIONS, TH_CELL_EMPTY, columns[EMISSIONS].name, NULL);
		else if (target.emissions.mant < 0 && target.kind != TH_TARGET_NET)
			TH_FAIL(l, EMISSIONS, TH_CELL_BELOW_ZERO, columns[EMISSIONS].name, th_loader_text(l, th_loader_cell(l, EMISSIONS)),
			        ">= 0 (kind net: any)", NULL);
	}
	read_unit(l, reference, given, &target);
	if (!th_loader_texts(l, arena, texts, sizeof texts / sizeof *texts, &target))
		return;
	once_a_year(l, out, &target);
	out->target = th_loader_append(l, arena, out->target, &out->count, &target, sizeof target);
}

th_status th_targets_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_targets *out)
{
	th_loader l;
	th_once phases = {0};
	*out = (th_targets){.path = path};
	if (th_case_open(&l, reference, TH_CASE_TARGETS, path, columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_row(&l, reference, arena, &phases, out);
		th_loader_tell(&l, &out->encoding, out->sha256);
	}
	th_intern_free(&phases.key);
	return th_loader_close(&l);
}

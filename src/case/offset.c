/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/offset.h"

#include "case/absent.h"
#include "case/folder.h"

const char *const th_offset_kinds[TH_OFFSET_KINDS] = {"allowance", "ccer", "puhui", "cer", "forestry", "other"};
const char *const th_offset_states[TH_OFFSET_STATES] = {
	"counts", "not_retired", "no_retirement", "no_registry", "no_serial", "no_beneficiary", "other_kind",
};
const char *const th_offset_lacks[TH_OFFSET_STATES] = {NULL, NULL, "retired", "registry", "serial", "beneficiary", "type"};

enum { TYPE, QUANTITY, UNIT, VINTAGE, REGISTRY, SERIAL, RETIRED, BENEFICIARY, EVIDENCE, NOTE, COLUMNS };
static const th_column columns[COLUMNS] = {
	{"type", true}, {"quantity", true}, {"unit", TH_COLUMN_DECIDES}, {"vintage", true}, {"registry", true}, {"serial", true}, {"retired", true}, {"beneficiary", true},
	{"evidence", false}, {"note", false},
};

static const th_text_cell texts[] = {
	{TYPE, offsetof(th_offset, type)}, {QUANTITY, offsetof(th_offset, quantity)}, {UNIT, offsetof(th_offset, unit)},
	{VINTAGE, offsetof(th_offset, vintage)}, {REGISTRY, offsetof(th_offset, registry)}, {SERIAL, offsetof(th_offset, serial)},
	{RETIRED, offsetof(th_offset, retired_text)}, {BENEFICIARY, offsetof(th_offset, beneficiary)}, {EVIDENCE, offsetof(th_offset, evidence)},
};

static bool has_digit(th_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
			return true;
	return false;
}

static th_offset_kind kind_of(const th_columns *names, th_slice text)
{
	return (th_offset_kind)th_column_choice(names, "offsets.type", text, th_offset_kinds, TH_OFFSET_OTHER);
}

/* A day, or only whether; blank is not known. */
static void read_retired(th_loader *l, th_offset *o)
{
	th_slice text = th_loader_cell(l, RETIRED), word = th_column_named(l->columns, "offsets.retired", text);
	static const char *const allowed[] = {"2025-11-12", "yes", "no"};
	bool given;
	size_t which;
	if (word.len) {
		o->retired = th_slice_eq(word, TH_S("yes")) ? TH_RETIRED_YES : TH_RETIRED_NO;
		return;
	}
	if (th_says_nothing(text) || (!has_digit(text) && !th_loader_word(l, RETIRED, "offsets.retired", allowed, sizeof allowed / sizeof *allowed, &which)) || !th_loader_period(l, RETIRED, &given, &o->when) || !given)
		return;
	o->has_date = true;
	o->retired = TH_RETIRED_YES;
}

static void read_vintage(th_loader *l, th_offset *o)
{
	if (!th_loader_period(l, VINTAGE, &o->has_vintage, &o->made) || !o->has_vintage || !o->has_date || o->made.from <= o->when.to)
		return;
	TH_FAIL(l, VINTAGE, TH_OFFSET_VINTAGE, th_loader_text(l, o->vintage), th_loader_text(l, o->retired_text), NULL);
}

/* What is retired twice under one number was retired once. */
static bool is_new(th_loader *l, th_arena *arena, th_once *once, const th_offset *o)
{
	th_buf key = {0};
	if (th_says_nothing(o->registry) || th_says_nothing(o->serial))
		return true;
	th_buf_slice(&key, o->registry);
	th_buf_char(&key, ' ');
	th_buf_slice(&key, o->serial);
	bool fresh = key.failed ? th_loader_no_memory(l) : th_loader_once_named(l, SERIAL, th_buf_view(&key), TH_OFFSET_TWICE, arena, once);
	th_buf_free(&key);
	return fresh;
}

static th_offset_state state_of(const th_offset *o)
{
	if (o->retired != TH_RETIRED_YES)
		return o->retired == TH_RETIRED_NO ? TH_OFFSET_NOT_RETIRED : TH_OFFSET_NO_RETIREMENT;
	if (th_says_nothing(o->registry))
		return TH_OFFSET_NO_REGISTRY;
	if (!has_digit(o->serial)) /* 见附件: a number of its own is wanted */
		return TH_OFFSET_NO_SERIAL;
	if (th_says_nothing(o->beneficiary))
		return TH_OFFSET_NO_BENEFICIARY;
	return o->kind == TH_OFFSET_OTHER ? TH_OFFSET_OTHER_KIND : TH_OFFSET_COUNTS;
}

static void add_row(th_loader *l, const th_reference *reference, th_arena *arena, th_once *once, th_offsets *out)
{
	th_offset o = {.line = l->record.line};
	if (!th_loader_texts(l, arena, texts, sizeof texts / sizeof *texts, &o))
		return;
	bool filled = th_loader_filled(l, TYPE);
	filled &= th_loader_emissions(l, reference->units, QUANTITY, UNIT, false, &o.mass);
	if (filled && o.mass == 0)
		TH_FAIL(l, QUANTITY, TH_CELL_RANGE, th_loader_called(l, QUANTITY), th_loader_text(l, o.quantity), TH_ABOVE_ZERO, NULL);
	o.kind = kind_of(l->columns, o.type);
	read_retired(l, &o);
	read_vintage(l, &o);
	o.state = state_of(&o);
	if (is_new(l, arena, once, &o) && filled)
		out->offset = th_loader_append(l, arena, out->offset, &out->count, &o, sizeof o);
}

th_status th_offsets_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_offsets *out)
{
	th_loader l;
	th_once once = {0};
	*out = (th_offsets){.path = path};
	if (th_case_open(&l, reference, TH_CASE_OFFSETS, path, columns, COLUMNS, diags)) {
		while (th_loader_next(&l))
			add_row(&l, reference, arena, &once, out);
		th_loader_tell(&l, &out->encoding, out->sha256);
	}
	th_intern_free(&once.key);
	return th_loader_close(&l);
}

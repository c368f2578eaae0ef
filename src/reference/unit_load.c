/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "reference/loader.h"
#include "reference/unit_table.h"

enum { UNIT, VALUE, OF, PREFIXES, ALIASES, NAME_ZH, NOTE_ZH, NOTE_EN, SOURCE, COLUMNS };

static const th_column wanted[COLUMNS] = {
	{"unit", true}, {"value", true}, {"of", true}, {"prefixes", false}, {"aliases", false}, {"name_zh", false}, {"note_zh", false},
	{"note_en", false}, {"source", false},
};

typedef struct loader {
	th_loader in;
	th_units *units;
	const char *file;  /* a copy of the path, for places that outlive the call */
} loader;

th_units *th_units_new(void)
{
	return th_calloc(1, sizeof(th_units));
}

void th_units_free(th_units *units)
{
	if (!units)
		return;
	th_intern_free(&units->names);
	th_intern_free(&units->folded);
	th_intern_free(&units->dimensions);
	th_intern_free(&units->known);
	th_arena_free(&units->arena);
	th_lent_free(units->image, units->row_of);
	th_lent_free(units->image, units->next_alike);
	th_lent_free(units->image, units->first_alike);
	th_lent_free(units->image, units->row);
	th_lent_free(units->image, units->reading);
	free(units);
}

static bool no_memory(loader *l)
{
	th_loader_worse(&l->in, TH_SYSTEM);
	return th_loader_no_memory(&l->in);
}

static th_slice cell(const loader *l, size_t column)
{
	return th_slice_trim(th_loader_cell(&l->in, column));
}

/* A finding about a cell: {1} is `found`, {2} `more`. Always false. */
static bool complain(loader *l, th_code code, size_t column, th_slice found, const char *more)
{
	TH_FAIL(&l->in, column, code, th_loader_text(&l->in, found), more, NULL);
	return false;
}

/* What an unknown name may have meant, for a message. */
static const char *suggestion(loader *l, th_code code, th_slice name)
{
	th_buf list = {0};
	if (th_diags_takes(l->in.diags, code, l->in.path))
		th_unit_suggest(l->units, name, &list);
	const char *text = th_loader_text(&l->in, list.len ? th_buf_view(&list) : TH_S("-"));
	th_buf_free(&list);
	return text;
}

/* --- names --- */

/* Room for one more name in each list by the number of a name. */
static bool widen_names(th_units *units)
{
	uint32_t **list[] = {&units->row_of, &units->next_alike, &units->first_alike};
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		uint32_t *grown = th_grown(*list[i], units->names.count, sizeof *grown);
		if (!grown)
			return false;
		*list[i] = grown;
	}
	return true;
}

static bool enter_name(loader *l, th_slice name, uint32_t row)
{
	th_units *units = l->units;
	char folded[TH_UNIT_TEXT];
	if (!widen_names(units))
		return no_memory(l);
	for (size_t i = 0; i < name.len; i++)
		folded[i] = name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? (char)(name.ptr[i] | 0x20) : name.ptr[i];
	uint32_t alikes = units->folded.count;
	uint32_t number = th_intern_add(&units->names, name);
	uint32_t alike = number == TH_NONE ? TH_NONE : th_intern_add(&units->folded, (th_slice){folded, name.len});
	if (alike == TH_NONE)
		return no_memory(l);
	units->row_of[number] = row;
	units->next_alike[number] = alike < alikes ? units->first_alike[alike] : TH_NONE;
	units->first_alike[alike] = number;
	if (units->row[row].tag)
		units->tag_start[(unsigned char)folded[0]] = true;
	return true;
}

/* Check a name and make it one of the row's. *key_out is the name as it is kept. */
static bool add_name(loader *l, size_t column, th_slice name, uint32_t row, th_slice *key_out)
{
	th_unit_text text;
	char key[TH_UNIT_TEXT + 1];
	size_t key_end[TH_UNIT_WORDS], text_end[TH_UNIT_WORDS];
	th_unit_error error = th_unit_fold(name, &text);
	size_t words = error == TH_UNIT_OK ? th_unit_words(&text, 0, key, key_end, text_end) : 0;
	if (words == 0 || text_end[words - 1] != text.len)
		return complain(l, TH_UNIT_NAME_BAD, column, name, NULL);
	th_slice kept = {key, key_end[words - 1]};
	if (th_slice_eq(kept, TH_S("x")) || th_slice_eq(kept, TH_S("X")) || th_slice_eq(kept, TH_S("per")))
		return complain(l, TH_UNIT_NAME_BAD, column, name, NULL);
	uint32_t known = th_intern_find(&l->units->names, kept);
	if (known != TH_NONE) {
		const th_unit_row *other = &l->units->row[l->units->row_of[known]];
		return complain(l, TH_UNIT_NAME_TWICE, column, name, th_loader_printf(&l->in, "%s:%zu", other->file, other->line));
	}
	/* A name that reads already would change its meaning silently: kWh is k and Wh, 万元 is 万 and 元. */
	th_unit_reading reading;
	if (!l->units->row[row].refused && th_unit_read_word(l->units, kept, &reading, NULL) == TH_UNIT_OK)
		return complain(l, TH_UNIT_NAME_TAKEN, column, name, suggestion(l, TH_UNIT_NAME_TAKEN, kept));
	if (!enter_name(l, kept, row))
		return false;
	*key_out = th_intern_text(&l->units->names, l->units->names.count - 1);
	return true;
}

/* --- definitions --- */

static bool read_number(loader *l, th_slice text, th_decimal *out)
{
	unsigned notes;
	th_number kind = th_number_in(text, th_rows_delimiter(l->in.rows), out, &notes);
	if (th_number_has_comma(kind)) {
		th_loader_no_number(&l->in, VALUE, text, kind);
		return false;
	}
	if (!th_loader_taken(&l->in, VALUE, kind))
		return complain(l, TH_UNIT_VALUE_BAD, VALUE, cell(l, VALUE), NULL);
	return out->mant > 0 || complain(l, TH_UNIT_VALUE_SIGN, VALUE, cell(l, VALUE), NULL);
}

static bool define_base(loader *l, th_slice name, bool tag, th_unit_row *row)
{
	th_units *units = l->units;
	name = th_slice_trim(name);
	if (cell(l, VALUE).len)
		return complain(l, TH_UNIT_VALUE_UNWANTED, VALUE, cell(l, VALUE), NULL);
	uint32_t known = th_intern_find(&units->dimensions, name);
	if (known != TH_NONE || name.len == 0)
		return complain(l, TH_UNIT_DIMENSION_BAD, OF, cell(l, OF),
		                known == TH_NONE ? "-" : th_loader_text(&l->in, units->base[known]));
	if (units->dimensions.count == TH_DIMS)
		return complain(l, TH_UNIT_DIMENSIONS_FULL, OF, name, th_loader_printf(&l->in, "%d", (int)TH_DIMS));
	uint32_t number = th_intern_add(&units->dimensions, name);
	if (number == TH_NONE)
		return no_memory(l);
	units->base[number] = th_arena_copy(&units->arena, cell(l, UNIT));
	if (!units->base[number].ptr)
		return no_memory(l);
	units->is_tag[number] = tag;
	row->unit.dim[number] = 1;
	return true;
}

static bool define_derived(loader *l, th_unit_row *row)
{
	th_slice value = cell(l, VALUE), of = cell(l, OF), at;
	if (value.len == 0)
		return complain(l, TH_UNIT_VALUE_MISSING, VALUE, of, NULL);
	th_unit unit;
	th_unit_error error = th_unit_parse(l->units, of, &unit, &at);
	const th_code code = error == TH_UNIT_UNKNOWN ? TH_UNIT_OF_UNKNOWN : TH_UNIT_OF_AMBIGUOUS;
	if (error == TH_UNIT_UNKNOWN || error == TH_UNIT_AMBIGUOUS)
		return complain(l, code, OF, at, suggestion(l, code, at));
	if (error == TH_UNIT_SYNTAX)
		return complain(l, TH_UNIT_OF_BAD, OF, of, th_loader_text(&l->in, at.len ? at : TH_S("$")));
	th_slice above = value;
	const char *slash = memchr(value.ptr, '/', value.len);
	th_decimal number, divisor = th_decimal_int(1);
	if (slash)
		above.len = (size_t)(slash - value.ptr);
	if (!read_number(l, above, &number) ||
	    (slash && !read_number(l, (th_slice){slash + 1, value.len - above.len - 1}, &divisor)))
		return false;
	if (error == TH_UNIT_OK) {
		th_unit_scale(&unit, (uint64_t)number.mant, 1, number.exp);
		th_unit_scale(&unit, 1, (uint64_t)divisor.mant, -divisor.exp);
	}
	if (error != TH_UNIT_OK || unit.num == 0)
		return complain(l, TH_UNIT_NO_FIT, VALUE, value, th_loader_text(&l->in, of));
	row->unit = unit;
	return true;
}

static bool define(loader *l, th_unit_row *row)
{
	th_slice of = cell(l, OF), list = cell(l, PREFIXES), unknown, behind = {of.ptr + 1, of.len ? of.len - 1 : 0};
	bool base = of.len && of.ptr[0] == '!', tag = th_slice_eq(list, TH_S("tag"));
	row->tag = base && tag;
	if (!row->tag && !th_units_prefixes(list, &row->prefixes, &unknown))
		return complain(l, TH_UNIT_PREFIX_UNKNOWN, PREFIXES, unknown, NULL);
	if (of.len == 0)
		return complain(l, TH_UNIT_OF_MISSING, OF, cell(l, UNIT), NULL);
	if (base)
		return define_base(l, behind, tag, row);
	if (of.ptr[0] != '?')
		return define_derived(l, row);
	row->refused = true;
	row->choices = th_arena_copy(&l->units->arena, th_slice_trim(behind));
	return row->choices.ptr || no_memory(l);
}

static bool push_row(loader *l, const th_unit_row *row)
{
	th_units *units = l->units;
	th_unit_row *grown = th_grown(units->row, units->rows, sizeof *grown);
	if (!grown)
		return no_memory(l);
	units->row = grown;
	units->row[units->rows++] = *row;
	return true;
}

static void load_row(loader *l)
{
	th_units *units = l->units;
	th_unit_row row = {.unit = th_unit_one(), .file = l->file, .line = l->in.record.line};
	if (cell(l, UNIT).len == 0) {
		complain(l, TH_UNIT_NAME_MISSING, UNIT, TH_S(""), NULL);
		return;
	}
	row.of = th_arena_copy(&units->arena, cell(l, OF));
	row.name_zh = th_arena_copy(&units->arena, cell(l, NAME_ZH));
	row.note_zh = th_arena_copy(&units->arena, cell(l, NOTE_ZH));
	row.note_en = th_arena_copy(&units->arena, cell(l, NOTE_EN));
	if (!row.of.ptr || !row.name_zh.ptr || !row.note_zh.ptr || !row.note_en.ptr) {
		no_memory(l);
		return;
	}
	/* A row that fails is entered as a number, so that the rows that use it do not fail as well; the load fails anyway. */
	(void)define(l, &row);
	if (row.note_zh.len || row.note_en.len)
		row.unit.note = units->rows + 1; /* else that of the unit it is defined by */
	if (l->in.status == TH_SYSTEM || !push_row(l, &row))
		return;
	uint32_t index = units->rows - 1;
	th_slice key, rest = cell(l, ALIASES), alias;
	if (add_name(l, UNIT, cell(l, UNIT), index, &key))
		units->row[index].name = key;
	while (l->in.status != TH_SYSTEM && th_slice_split(&rest, ';', &alias))
		if (alias.len)
			add_name(l, ALIASES, alias, index, &key);
}

th_status th_units_load(th_units *units, const th_columns *columns, const char *path, char sha256[65], th_diags *diags)
{
	loader l = {.units = units};
	if (th_loader_open(&l.in, path, TH_ENC_AUTO, columns, "units", wanted, COLUMNS, diags)) {
		l.file = th_arena_copy(&units->arena, th_slice_of(path)).ptr;
		if (!l.file)
			no_memory(&l);
		while (th_loader_next(&l.in))
			load_row(&l);
		units->shipped = units->shipped ? units->shipped : units->rows;
		if (sha256)
			memcpy(sha256, th_rows_sha256(l.in.rows), 65);
	}
	return th_loader_close(&l.in);
}

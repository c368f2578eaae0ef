/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_LOADER_H
#define TH_REFERENCE_LOADER_H

/* What the loaders of the reference data share: reading a table row by row with every error reported at its cell, and
 * the indexes from names to numbers. Private to the loaders. */

#include "base/list.h"
#include "base/period.h"
#include "io/json.h"
#include "reference/reference.h"

/* --- a file being read --- */

enum { TH_LOADER_COLUMNS = 32 };

typedef struct th_loader {
	th_diags *diags;
	const char *path;
	const th_column *want;
	size_t count;
	int cell[TH_LOADER_COLUMNS];
	th_source *source;
	th_csv *csv;
	th_record record;
	th_arena scratch;  /* given back with every row */
	size_t errors;     /* in diags when the file was opened */
	th_status status;  /* the worst so far */
} th_loader;

/* Open a table and map its header. True when rows can be read; th_loader_close is called either way. `path` must live
 * as long as `diags` is read. `columns` NULL: only canonical names. */
bool th_loader_open(th_loader *l, const char *path, th_encoding encoding, const th_columns *columns, const char *kind,
                    const th_column *want, size_t count, th_diags *diags);
/* The same for a table of the data folder: dir/name, UTF-8, canonical names. */
bool th_loader_open_data(th_loader *l, th_reference *reference, const char *dir, const char *name, const th_column *want, size_t count,
                         th_diags *diags);
/* The next row, in l->record. */
bool th_loader_next(th_loader *l);
/* Close everything; the worst status, TH_INVALID when errors were reported while the file was open. */
th_status th_loader_close(th_loader *l);

/* A loader over no table, for JSON files: only `scratch`, `status` and messages. */
th_loader th_loader_plain(const char *path, th_diags *diags);

static inline th_slice th_loader_cell(const th_loader *l, size_t column)
{
	return th_cell(&l->record, l->cell[column]);
}
th_pos th_loader_at(const th_loader *l, size_t column);
/* The place of a JSON value: its pointer. */
th_pos th_loader_node(th_loader *l, const th_json *value);
/* A NUL-terminated copy for a message, shortened when it is very long; lives until the next row. Empty, and reported,
 * without memory. */
const char *th_loader_text(th_loader *l, th_slice text);
const char *th_loader_printf(th_loader *l, const char *format, ...) TH_PRINTF(2, 3);

void th_loader_worse(th_loader *l, th_status status);
/* Report TH_NO_MEMORY; always false. */
bool th_loader_no_memory(th_loader *l);

/* Report at a cell: TH_FAIL(l, COLUMN, TH_CODE, argument..., NULL). */
#define TH_FAIL(l, column, code, ...) th_loader_worse((l), th_report((l)->diags, (code), th_loader_at((l), (column)), __VA_ARGS__))
/* Report at a JSON value. */
#define TH_FAIL_NODE(l, node, code, ...) th_loader_worse((l), th_report((l)->diags, (code), th_loader_node((l), (node)), __VA_ARGS__))

/* Common cells. Each reports what is wrong and returns false then. */
bool th_loader_filled(th_loader *l, size_t column);                         /* is not empty */
bool th_loader_decimal(th_loader *l, size_t column, th_decimal *out);       /* a plain number */
bool th_loader_choice(th_loader *l, size_t column, const char *const *names, size_t count, size_t *which);
bool th_loader_unit(th_loader *l, const th_units *units, size_t column, th_unit *out);
bool th_loader_copy(th_loader *l, th_arena *arena, th_slice text, th_slice *out);

/* Cells that users write (cells.c). An empty number or date, or a mark for a missing one, is none: *given is false. */
bool th_loader_number(th_loader *l, size_t column, bool *given, th_decimal *out);
bool th_loader_period(th_loader *l, size_t column, bool *given, th_period *out);
/* A unit of mass of CO2e, `per` behind it ("/a", or ""), and the kilogram of the same kind. */
bool th_loader_mass_unit(th_loader *l, const th_units *units, size_t column, const char *per, th_unit *out, th_unit *kilogram);
/* number x unit in 1e-9 kilogram; the column is where it is too large. */
bool th_loader_mass(th_loader *l, size_t column, th_decimal number, const th_unit *unit, const th_unit *kilogram, th_mass *out);

/* Cells that are kept as written: where in an object each goes. */
typedef struct th_text_cell {
	size_t column, offset;
} th_text_cell;
bool th_loader_texts(th_loader *l, th_arena *arena, const th_text_cell *texts, size_t count, void *object);
/* Names that may stand once, with the lines where they stand. Zero it; free `key`. */
typedef struct th_once {
	th_intern key;
	size_t *line;
} th_once;
/* The cell of a column whose names are unique. When it was there before, `code` with the name and the first line, and false. */
bool th_loader_once(th_loader *l, size_t column, th_code code, th_arena *arena, th_once *once);
/* The list with a copy of `row` of `size` bytes behind its last, and *count one more; without memory, which is reported, the list as it was. */
TH_MUST_USE void *th_loader_append(th_loader *l, th_arena *arena, void *list, size_t *count, const void *row, size_t size);

/* dir/name in an arena; NULL without memory. */
const char *th_path_join(th_arena *arena, const char *dir, const char *name);

/* --- names --- */

/* Folded names and aliases of numbered things. */
typedef struct th_names {
	th_intern key;
	struct th_name_owner {
		uint32_t number;
		size_t line;      /* where the name was given */
	} *owner;             /* by number of the key */
} th_names;

/* Give `name` to `number`. When another number has it already, *taken says which and where and the name stays there. */
typedef enum th_name_status { TH_NAME_OK, TH_NAME_TAKEN, TH_NAME_NO_MEMORY } th_name_status;
th_name_status th_names_add(th_names *names, th_slice name, uint32_t number, size_t line, struct th_name_owner *taken);
uint32_t th_names_find(const th_names *names, th_slice name);
void th_names_free(th_names *names);

/* Register `name` from a cell for the thing `number` called `id`; a name that belongs to another one, which id_of tells, is reported. */
void th_loader_name(th_loader *l, size_t column, th_names *names, th_slice name, uint32_t number, th_slice id,
                    th_slice (*id_of)(const void *list, uint32_t number), const void *list);

/* --- the index of a reference --- */

struct th_reference_index {
	th_names activity, gas, region;
	th_intern factor_id;
	struct th_factor_chain {
		uint32_t first, last; /* rows of the highest layer that has the id */
	} *chain;                 /* by number of the id */
	th_intern category;
	uint32_t *serve_start, *serve; /* rows that serve activity a: serve[serve_start[a]] to serve[serve_start[a + 1]] */
	struct th_seen_file {
		uint64_t device, inode;
	} *seen;
	size_t seens;
	uint32_t layer;           /* of the file that was loaded last */
};

/* --- the loaders, in the order in which they run --- */

TH_MUST_USE th_status th_gases_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_regions_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_energy_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_activities_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_intensities_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_factor_set_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_conflicts_load(th_reference *reference, const char *dir, th_diags *diags);
TH_MUST_USE th_status th_profiles_load(th_reference *reference, const char *dir, th_diags *diags);

/* One factor file into a layer; layer 0 may not declare activities. With `sha256`, the file's checksum. */
TH_MUST_USE th_status th_factors_load(th_reference *reference, const char *path, uint32_t layer, char sha256[65], th_diags *diags);
/* Rows of one layer, from `first` on, that say the same thing for the same time. */
TH_MUST_USE th_status th_factors_overlap(th_reference *reference, uint32_t first, th_diags *diags);
/* Rebuild what th_factors_of and the profiles' rules look up. */
TH_MUST_USE th_status th_factors_index(th_reference *reference, th_diags *diags);

/* A new activity at the end of the list, TH_NONE without memory. */
uint32_t th_activity_add(th_reference *reference, const th_activity *activity);

/* A unit cell of a factor, read once per spelling. */
typedef struct th_factor_unit {
	th_unit unit, per;   /* mass of gas, carbon or nitrogen per activity; the activity */
	th_basis basis;
	int tag;             /* in th_factor_tags; -1 none */
	enum { TH_FU_OK, TH_FU_UNKNOWN, TH_FU_NO_MASS, TH_FU_RANGE } verdict;
	th_slice at;         /* the part that is not understood */
} th_factor_unit;

typedef struct th_factor_units {
	const th_units *units;
	th_arena arena;
	th_intern text;
	th_factor_unit *unit; /* by number of the text */
} th_factor_units;

extern const char *const th_factor_tags[];
/* NULL without memory. */
const th_factor_unit *th_factor_unit_of(th_factor_units *cache, th_slice text);
/* Does a mass with this tag fit the gas? */
bool th_factor_tag_fits(int tag, th_slice gas);
void th_factor_units_free(th_factor_units *cache);

/* --- set.json and other JSON data --- */

/* The member as text; reports a missing or wrong one and returns an empty slice then. */
th_slice th_json_need(th_loader *l, const th_json *object, const char *key);
/* Report members of `object` whose key is not in `known` (separated by blanks). */
void th_json_keys(th_loader *l, const th_json *object, const char *known);
/* May `name` be the name of a file in a data folder: no path, not hidden? */
bool th_plain_name(th_slice name);

/* --- spelling --- */

/* The id of the activity that `text` is a slip of; an empty slice if of none. */
th_slice th_nearest_activity(const th_reference *reference, th_slice text);

#endif

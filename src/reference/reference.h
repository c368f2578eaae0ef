/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_H
#define TH_REFERENCE_H

/* The reference data: everything that is looked up and never computed. Loaded once, read-only afterwards. */

#include <tanhe/reference.h>

#include "base/day.h"
#include "base/optional.h"
#include "reference/activity_words.h"
#include "reference/layout_words.h"
#include "reference/plausible.h"
#include "reference/row_words.h"
#include "reference/table.h"
#include "reference/unit.h"

/* --- gases --- */

enum { TH_GWP_SETS = 5 };
extern const char *const th_gwp_names[TH_GWP_SETS]; /* SAR TAR AR4 AR5 AR6 */

typedef enum th_gas_kind { TH_GAS_PLAIN, TH_GAS_CO2E, TH_GAS_BIOGENIC, TH_GAS_REMOVAL, TH_GAS_BLEND } th_gas_kind;

/* Of a blend, one of its gases: percent by mass. */
typedef struct th_gas_part {
	uint32_t gas;            /* in gas[] */
	th_decimal percent;
} th_gas_part;

typedef struct th_gas {
	th_slice name, name_zh, name_en;
	th_gas_kind kind;
	bool outside;            /* none of the seven gases of the Kyoto Protocol: HCFC, CFC, halons; of a blend: each of its gases */
	bool mixed;              /* a blend with gases of both kinds */
	th_gas_part *part;       /* of a blend, those of the seven first */
	size_t parts;
	bool has_gwp[TH_GWP_SETS];
	th_decimal gwp[TH_GWP_SETS];
	bool bound[TH_GWP_SETS]; /* printed as less than that (<1): the bound is taken; of a blend: of one of its gases */
	th_slice source[TH_GWP_SETS]; /* document and table; for a blend its composition */
} th_gas;

/* --- regions, activities --- */

typedef struct th_region {
	th_slice id, name_zh, name_en;
	th_index parent; /* in region[]; none at the root */
} th_region;

typedef enum th_method {
	TH_METHOD_ACTIVITY_FACTOR, TH_METHOD_COMBUSTION, TH_METHOD_ELECTRICITY, TH_METHOD_HEAT, TH_METHOD_REFRIGERANT, TH_METHOD_CARBONATE,
	TH_METHOD_WASTEWATER, TH_METHOD_LANDFILL, TH_METHOD_INCINERATION, TH_METHOD_SINK, TH_METHOD_CREDIT, TH_METHOD_AVOIDED, TH_METHOD_ENERGY_ONLY,
	TH_METHODS
} th_method;
extern const char *const th_method_names[TH_METHODS];

typedef enum th_kind { TH_KIND_EMISSION, TH_KIND_REMOVAL, TH_KIND_CREDIT, TH_KIND_AVOIDED } th_kind;

/* Gases that footprints of products tell apart (ISO 14067 7.2). */
typedef enum th_gas_of { TH_OF_NOTHING, TH_OF_AIRCRAFT, TH_OF_LAND_USE } th_gas_of;

typedef struct th_activity {
	th_slice id, name_zh, name_en;
	int scope;         /* 1 2 3; 0: the factor or the line must say */
	int iso_category;  /* ISO 14064-1: 1..6; 0 unknown */
	th_method method;
	th_kind kind;
	th_slice state;    /* gas liquid solid coal; empty: not told */
	bool gas;          /* a gaseous fuel: its m3 needs a condition */
	bool coal;         /* state is `coal`: it should be measured, and a default is a caveat */
	bool non_fossil;
	th_gas_of carbon;  /* what its gases are of */
	bool continuous;   /* used on every day, so that a month without a line is a hole */
	th_slice apart;    /* of its names, those that are a series of their own (绿电 beside 外购电力), `;` between them */
	th_index energy;   /* row in energy[] of the calorific value (当量值), none if it is not energy */
	th_index energy_equal; /* row of the equivalent value (等价值), or none */
	th_index density;  /* row in conversion[], none: no density of it is known */
	bool declared;     /* by a factor row of the user, not by activities.csv */
	bool undeclared;   /* by no file at all: only a line that names its factor speaks of it */
} th_activity;

/* A row of conversions.csv: mass per volume of a liquid, or energy per mass of standard coal. */
typedef struct th_conversion {
	th_slice value_text, unit_text, source;
	th_decimal value;
	th_unit unit;
} th_conversion;

typedef struct th_energy {
	th_slice activity, value_text, unit_text, source, table, note;
	bool equal;        /* 等价值, else 当量值 */
	th_decimal value;
	th_unit unit;      /* coal-equivalent mass per unit of activity */
} th_energy;

/* --- factors --- */

typedef enum th_confidence { TH_TWO_SOURCES, TH_ONE_SOURCE, TH_USER, TH_UNSET } th_confidence;

/* What the numerator of a factor's unit weighs: the gas itself, carbon (x 44/12), nitrogen (x 44/28). */
typedef enum th_basis { TH_BASIS_GAS, TH_BASIS_CARBON, TH_BASIS_NITROGEN } th_basis;

typedef struct th_param {
	th_slice name, text;
	th_decimal value;
} th_param;

typedef struct th_factor {
	th_slice id, gas_text, value_text, unit_text, name_zh, name_en, category, region_text, valid_from_text, valid_to_text;
	th_slice ncv_text, ncv_unit_text, carbon_content_text, carbon_content_unit_text, oxidation_text;
	th_slice distribution, source, table, url, note, activity_text;
	th_index gas;            /* in gas[]; none for `*` */
	bool has_value, has_ncv, has_carbon_content, has_oxidation, has_low, has_high;
	th_decimal value, ncv, carbon_content, oxidation, low, high;
	th_unit unit;            /* of value: mass per activity; what the mass is of (kgCO2e, tC, kgN) is in `basis`, not here */
	th_unit per;             /* the activity part alone: what a quantity must be convertible to */
	th_unit ncv_unit, carbon_content_unit;
	th_basis basis;
	th_param *param;
	size_t params;
	int scope;               /* 0: the activity's */
	th_index region;         /* in region[]; none given */
	int32_t from, to;        /* days, inclusive */
	th_confidence confidence;
	uint32_t *activity;      /* in activity[] */
	size_t activities;
	th_index next;           /* in factor[]: the next row with the same id, none at the last */
	uint32_t layer;          /* 0 shipped; a higher layer wins over the same gas, region and time of an id below */
	bool hidden;             /* replaced by a row of a higher layer, or by copies for the time that one leaves */
	const char *file;
	size_t line, column;     /* where its id stands */
} th_factor;

/* --- profiles --- */

typedef enum th_leg { TH_LEG_MAIN, TH_LEG_CH4, TH_LEG_N2O, TH_LEG_BIOGENIC, TH_LEG_DELIVERY, TH_LEG_GREEN, TH_LEG_RESIDUAL, TH_LEGS } th_leg;
extern const char *const th_leg_names[TH_LEGS];
typedef enum th_year_rule { TH_YEAR_ANY, TH_YEAR_DATA, TH_YEAR_VALID } th_year_rule;

typedef struct th_rule {
	th_leg leg;
	int method;              /* th_method, or -1 for any */
	th_index activity;       /* in activity[]; none: any */
	th_index factor;         /* in factor[]: first row of the named factor; none: by category */
	th_slice factor_id, category;
	bool region_of_line;
	bool outside;            /* what it is for is in no total: no factor or category */
	bool all_lines;          /* of residual: also for power with a grid factor of its own */
	th_year_rule year;
	th_slice note_zh, note_en;
} th_rule;

typedef struct th_profile {
	th_slice id, name_zh, name_en, purpose_zh, purpose_en, document, url;
	int gwp;                 /* index in th_gwp_names */
	uint32_t region;         /* in region[] */
	th_rule *rule;
	size_t rules;
	bool alone;                /* only where it is named: never among the other profiles of a report */
	bool only_co2;             /* of fossil gases its document counts CO2 alone */
	bool less_given_out;       /* its total takes off what is given out, at the factor of its kind */
	bool has_total;            /* its document has a total of its own: power under a contract or certificate counts by it */
	th_slice total_zh, total_en; /* what it is called */
} th_profile;

typedef struct th_intensity {
	th_slice id, fact, fact_aliases, unit_text, unit_zh, name_zh, name_en; /* fact_aliases: `;` between, what else case files call the fact; unit_zh: unit_text in Chinese text */
	th_unit unit;
} th_intensity;

/* What people call its fact: in Chinese the first of fact_aliases, else the id, which is English. */
th_slice th_intensity_fact(const th_intensity *intensity, th_lang lang);

typedef struct th_conflict {
	th_slice subject_zh, subject_en, reading_zh, reading_en;
	uint32_t *factor;        /* first rows */
	size_t factors;
} th_conflict;

typedef struct th_file_note {
	const char *path;
	char sha256[65];
	bool units;              /* of units, else of factors */
} th_file_note;

struct th_reference {
	th_arena arena;
	th_columns *columns;
	th_units *units;
	th_gas *gas;
	uint32_t gases;
	th_region *region;
	uint32_t regions;
	th_activity *activity;
	uint32_t activities;
	th_energy *energy;
	uint32_t energies;
	th_conversion *conversion;
	size_t conversions;
	th_index standard_coal;  /* in conversion[] */
	th_factor *factor;       /* in file order; shipped first */
	uint32_t factors;
	th_profile *profile;     /* in the order of set.json; the default first */
	uint32_t profiles;
	th_intensity *intensity;
	uint32_t intensities;
	th_conflict *conflict;
	uint32_t conflicts;
	th_plausible plausible;
	th_row_words row_words;
	th_activity_words activity_words;
	th_layout_words layout_words;
	th_slice set_id, set_version;
	char set_sha256[65];     /* of what `sha256sum` prints for the shipped factor files in their order */
	th_file_note *overlay;   /* the user's factor and unit files, in the order given */
	size_t overlays;
	th_lent image;           /* where it was mapped from a file (image.c); empty where the tables were read */
	struct th_reference_index *index; /* names to numbers; private to this room, load.h */
};

/* Numbers of names, TH_NONE if unknown. Activities, gases and regions by id, name or alias, folded (th_utf8_key). */
/* Is that name of the activity a series of its own? */
bool th_activity_apart(const th_activity *activity, th_slice name);
/* A refrigerant is also found with the words of offices around it: 制冷剂R32补充, R-410A制冷剂; what is used with those of bills: 1.耗原煤量. */
uint32_t th_find_activity(const th_reference *reference, th_slice name);
uint32_t th_find_gas(const th_reference *reference, th_slice name);
uint32_t th_find_region(const th_reference *reference, th_slice name);
uint32_t th_find_profile(const th_reference *reference, th_slice id);
/* The first row of a factor id, one of the highest layer that has it. */
uint32_t th_find_factor(const th_reference *reference, th_slice id);
/* Rows (not hidden ones) that serve an activity: their numbers, in row order; *count may be 0. */
const uint32_t *th_factors_of(const th_reference *reference, uint32_t activity, size_t *count);

/* Those of them that come with tanhe, and also the ones that the user's replace. */
const uint32_t *th_factors_shipped(const th_reference *reference, uint32_t activity, size_t *count);
/* The days on which any factor begins to hold or has just ceased, ascending. */
const int32_t *th_factor_edges(const th_reference *reference, size_t *count);

/* A user's row that names an activity and no category that profiles look for: it serves its activities under every profile. */
static inline bool th_factor_serves_all(const th_factor *factor)
{
	return factor->layer > 0 && factor->category.len == 0 && factor->activities > 0;
}

th_slice th_param_text(const th_factor *factor, const char *name, th_decimal *value); /* empty if absent */

/* --- profile.c: who takes a factor, and what else there is --- */

/* Does a rule speak of an activity in that leg? */
bool th_rule_is_for(const th_reference *reference, const th_rule *rule, th_leg leg, uint32_t activity);
/* Is a row one of those that the rule names, by its id or by its category? */
bool th_rule_takes(const th_rule *rule, const th_factor *factor);
/* The rule by which `profile` takes `factor` for one of its activities and `leg`; NULL if it does not. Which of the candidates of a
 * rule it is, region and year decide. */
const th_rule *th_profile_takes(const th_reference *reference, const th_profile *profile, const th_factor *factor, th_leg leg);
/* Does its document leave the activity out? */
bool th_profile_leaves_out(const th_reference *reference, const th_profile *profile, uint32_t activity);
bool th_profile_takes_any(const th_reference *reference, const th_profile *profile, const th_factor *factor);
/* Has each gas of the factors that `profile` takes for an activity (in activity[]) a GWP in its set, or needs none? */
bool th_profile_weighs(const th_reference *reference, const th_profile *profile, uint32_t activity);
/* How many steps up from `region` the region `outer` lies: 0 the same, 1 its parent ...; -1: it does not hold it. */
int th_region_steps(const th_reference *reference, th_index region, th_index outer);
/* Whether `other` is another official value of what `factor` is about: same gas, a common activity, a region that holds the factor's, a time
 * in common, another category (or the same id under a user's row). */
bool th_factor_rivals(const th_reference *reference, const th_factor *factor, const th_factor *other);
bool th_conflict_names(const th_reference *reference, const th_conflict *conflict, th_slice id);

/* --- suggest.c --- */

/* Ids that look most like `text`: up to `most` of them, for messages. */
void th_suggest_activities(const th_reference *reference, th_slice text, size_t most, th_lang lang, th_buf *out);
void th_suggest_factors(const th_reference *reference, th_slice text, size_t most, th_buf *out);
/* The id of the activity that `text` is a slip of; an empty slice if of none. */
th_slice th_nearest_activity(const th_reference *reference, th_slice text);

#endif

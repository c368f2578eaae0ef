/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_RULES_H
#define TH_RULES_H

/* Rule packs: a published text as data (its facts, parameters, requirements and the expressions that decide them), the
 * values handed in for one case, and what follows from them, clause by clause. Nothing here knows a scheme: every name is
 * the pack's. Nothing here knows an account either: computed numbers are handed in under the names the pack declares. */

#include <tanhe/rules.h>

#include "base/optional.h"
#include "base/period.h"
#include "case/facts.h"
#include "case/folder.h"
#include "reference/unit.h"

/* --- values --- */

/* An exact fraction in lowest terms, den > 0; of base units where there is a unit. */
typedef struct th_exact {
	__int128 num, den;
} th_exact;

typedef enum th_rule_type {
	TH_RULE_BOOL, TH_RULE_NUMBER, TH_RULE_CHOICE, TH_RULE_LIST, TH_RULE_TEXT, TH_RULE_DATE, TH_RULE_SERIES, TH_RULE_TYPES
} th_rule_type;
extern const char *const th_rule_type_names[TH_RULE_TYPES]; /* bool number choice list text date series */

typedef struct th_rule_value {
	bool known;              /* false: nothing else counts, but for a number's bounds */
	th_rule_type type;
	bool truth;              /* BOOL */
	th_exact number;         /* NUMBER, in base units */
	bool has_low, has_high;  /* NUMBER that is not known: it is surely not less, not more than this */
	th_exact low, high;
	uint32_t choice;         /* CHOICE: index into the declaration's values */
	uint64_t list;           /* LIST: bit i is value i */
	th_slice text;           /* TEXT */
	th_period date;          /* DATE: a year, month or day, as the days from first to last */
	const th_exact *series;  /* SERIES: numbers in base units, in order */
	size_t count;
} th_rule_value;

/* --- the pack --- */

typedef struct th_words { /* the same text twice */
	th_slice zh, en;
} th_words;
static inline th_slice th_word(th_words words, th_lang lang)
{
	return lang == TH_LANG_ZH ? words.zh : words.en;
}

/* What stands behind a name in an expression. All inputs of a pack are numbered together: facts first, then parameters,
 * then computed values. */
typedef enum th_rule_role { TH_RULE_FACT, TH_RULE_PARAM, TH_RULE_COMPUTED } th_rule_role;

typedef struct th_rule_option { /* a value of a choice or list */
	th_slice id;
	th_words name;
	th_slice *alias;         /* spellings under which it is found, folded: id, names, aliases */
	size_t aliases;
} th_rule_option;

typedef struct th_rule_decl {
	th_rule_role role;
	th_slice id;
	th_words name;
	th_slice *alias;         /* spellings under which it is found, folded: id, names, aliases */
	size_t aliases;
	th_rule_type type;
	bool is_year;            /* a DATE that is a whole year */
	bool is_signed;          /* a NUMBER that may be below zero */
	bool needs_evidence;     /* some expression takes it with its evidence only */
	th_slice unit_text;      /* how a NUMBER or SERIES is shown; empty: a bare number */
	th_words unit_name;      /* the same in words, in English of many */
	th_unit unit;
	bool several_units;      /* of different size are usual */
	bool unit_needed;        /* several units are usual, so a value without one is not read */
	th_rule_option *option;  /* CHOICE and LIST: at most 64 */
	size_t options;
	/* Parameters: where the number was lost. */
	th_slice clause, quote, comparison; /* comparison: ">=" as the clause has it */
	th_words why_missing;
} th_rule_decl;

typedef struct th_rule_group {
	th_slice id;
	th_words name;
	th_slice *alias;         /* as above */
	size_t aliases;
	uint32_t domain;
} th_rule_group;

typedef struct th_rule_domain {
	th_slice id;
	th_words name;
} th_rule_domain;

typedef struct th_expr th_expr;

/* A named expression. With several options one is in force: a reading the text leaves open. */
typedef struct th_rule_define {
	th_slice id;
	th_words name;
	struct th_rule_reading {
		th_slice id;
		th_words name;
		th_expr *expr;
	} *reading;
	size_t readings;         /* 1: nothing to choose */
	th_slice unit_text;      /* several readings that are numbers: how they are shown; empty: bare numbers, or no numbers */
	th_words unit_name;
	th_unit unit;
	uint32_t chosen;         /* the pack's setting; inputs may override it */
} th_rule_define;

typedef enum th_rule_status {
	TH_RULE_MET, TH_RULE_NOT_MET, TH_RULE_UNDETERMINED, TH_RULE_EXPERT_REVIEW, TH_RULE_NOT_APPLICABLE, TH_RULE_STATUSES
} th_rule_status;
extern const char *const th_rule_status_names[TH_RULE_STATUSES]; /* met not_met undetermined expert_review not_applicable */

typedef enum th_rule_compare { TH_RULE_GE, TH_RULE_GT, TH_RULE_LE, TH_RULE_LT, TH_RULE_COMPARES } th_rule_compare;
extern const char *const th_rule_compare_names[TH_RULE_COMPARES]; /* ge gt le lt */
extern const char *const th_rule_compare_signs[TH_RULE_COMPARES]; /* >= > <= < */
/* The same in a word: 不少于 of what is counted, 不低于 of what is measured; `unit_name` is that of the limit in the language, empty for none. */
const char *th_rule_compare_word(th_rule_compare compare, th_slice unit_name, th_lang lang);

/* A number against a threshold. */
typedef struct th_rule_limit {
	th_words name;
	th_expr *observed, *required;
	th_rule_compare compare;
	th_slice unit_text;      /* in which both are shown */
	th_words unit_name;
	th_unit unit;
} th_rule_limit;

/* What a requirement asks of some applicants. */
typedef struct th_rule_variant {
	th_words name;           /* may be empty */
	th_slice quote;
	th_expr *when;           /* NULL: everybody */
	th_expr *test;           /* NULL: only the limits */
	th_rule_limit *limit;
	size_t limits;
	th_words why[TH_RULE_STATUSES]; /* its own, else the requirement's */
} th_rule_variant;

/* A status that gives way to another one: the special case. */
typedef struct th_rule_otherwise {
	bool from[TH_RULE_STATUSES];
	th_expr *when;
	th_rule_status status;
	th_slice quote;
	th_words why;
} th_rule_otherwise;

/* A sentence that is said when an expression is true. */
typedef struct th_rule_remark {
	th_expr *when;           /* NULL: always */
	th_words text;
} th_rule_remark;

typedef enum th_verdict { TH_ELIGIBLE, TH_NOT_ELIGIBLE, TH_VERDICT_UNDETERMINED, TH_VERDICT_EXPERT_REVIEW, TH_VERDICTS } th_verdict;
extern const char *const th_verdict_names[TH_VERDICTS]; /* eligible not_eligible undetermined expert_review */

/* A stage of the scheme: application, follow-up, acceptance. */
typedef struct th_rule_stage {
	th_slice id, clause, quote; /* clause and quote may be empty */
	th_words name;
	th_words verdict[TH_VERDICTS]; /* how the verdict is called there; empty: as anywhere */
} th_rule_stage;

typedef enum th_rule_level { TH_RULE_MANDATORY, TH_RULE_GENERAL, TH_RULE_RECOMMENDED, TH_RULE_LEVELS } th_rule_level;
extern const char *const th_rule_level_names[TH_RULE_LEVELS]; /* mandatory general recommended */

typedef struct th_requirement {
	th_slice id, clause, quote;
	th_words title, advice;
	th_rule_level level;     /* what the text asks at the stage in force: only what is mandatory decides */
	th_rule_level *at;       /* the same by stage; TH_RULE_LEVELS: not asked there */
	th_rule_variant *variant; /* the first one that is for the applicant; none: not applicable */
	size_t variants;
	th_rule_otherwise *otherwise;
	size_t otherwises;
	th_rule_remark *caveat;
	size_t caveats;
	th_words why[TH_RULE_STATUSES]; /* templates */
	bool *reach;             /* which inputs its status can rest on, by their number (pack->names), and behind them which definitions */
} th_requirement;

typedef struct th_rule_route {
	th_slice id, quote;
	th_expr *when;           /* NULL: always */
	th_words text;
} th_rule_route;

/* A change of the published text, or its publication. */
typedef struct th_rule_amendment {
	th_slice date, document, url; /* url may be empty */
	th_words text;
} th_rule_amendment;

/* What becomes of a clause of the text. */
typedef enum th_covered_as {
	TH_COVERAGE_DECIDED,     /* by mandatory requirements, */
	TH_COVERAGE_ADVICE,      /* by others, which decide no verdict, */
	TH_COVERAGE_COMPUTED,    /* by what is computed, as the profile of the account does, */
	TH_COVERAGE_NONE,        /* or not at all: the words say why */
	TH_COVERAGES
} th_covered_as;
extern const char *const th_coverage_names[TH_COVERAGES]; /* decided advice computed none */

typedef struct th_rule_coverage {
	th_slice clause, quote;
	th_covered_as as;
	uint32_t *requirement;   /* in pack->every */
	size_t requirements;
	th_words text;
} th_rule_coverage;

struct th_pack {
	th_arena arena;
	const char *path;
	char sha256[65];
	th_slice id, version;
	th_slice profile;        /* of the account by which it is decided; empty: the default one */
	th_case_part file;       /* of the case, in which its facts stand */
	th_words claim;          /* what may be said in public when all that decides is met: a template; empty: nothing */
	th_words name;
	th_slice document, issuers, date, text_sha256, url; /* of the published text */
	th_words note;
	th_rule_decl *decl;      /* facts, parameters, computed values */
	size_t decls, facts, params; /* decl[0..facts) facts, then params parameters, then computed values */
	th_index category, target; /* in decl: the facts that say which kind of applicant it is and what it aims at; both of type choice */
	th_rule_option answer[2]; /* no and yes: how a bool is written and shown */
	th_rule_domain *domain;
	size_t domains;
	th_rule_group *group;
	size_t groups;
	th_rule_define *define;
	size_t defines;
	th_rule_stage *stage;    /* in their order; a pack need not tell any apart */
	size_t stages, at;       /* at: which is in force */
	th_requirement *requirement; /* those asked at that stage, in the order of the text */
	size_t requirements;
	th_requirement *every;   /* of all stages */
	size_t everys;
	th_rule_route *route;
	size_t routes;
	th_rule_amendment *amendment; /* the earliest first */
	size_t amendments;
	th_rule_coverage *coverage; /* in the order of the text; none: the pack does not tell */
	size_t coverages;
	th_rule_remark *caveat;
	size_t caveats;
	uint32_t *slot;          /* open addressing: where a declaration is found by its spellings, number + 1; 0 is free */
	size_t slots;
	size_t names;            /* distinct inputs an expression can lack: decls and, behind them, the measures */
};

/* Read and check a pack: shape, then names, then types and dimensions. Every error has the JSON pointer in `where` and
 * names the requirement it is in. The pack is the caller's to free, also after an error (then *out is NULL and nothing is
 * left to free). `path` and `units` must outlive the pack. */
TH_MUST_USE th_status th_pack_load(const char *path, const th_units *units, th_diags *diags, th_pack **out);
/* The same from memory; `name` stands for the file. */
TH_MUST_USE th_status th_pack_parse(const char *name, th_slice text, const th_units *units, th_diags *diags, th_pack **out);
void th_pack_free(th_pack *pack);

uint32_t th_pack_decl(const th_pack *pack, th_slice id); /* of exactly this id; TH_NONE */
/* By id, title or alias, folded; TH_NONE. */
uint32_t th_pack_fact(const th_pack *pack, th_slice name);
uint32_t th_pack_param(const th_pack *pack, th_slice name);   /* index into decl */
uint32_t th_pack_computed(const th_pack *pack, th_slice id);  /* index into decl */
uint32_t th_pack_group(const th_pack *pack, th_slice name);
/* A domain by its id or name, 领域 behind it or not; TH_NONE if the pack has none of that name. */
uint32_t th_pack_domain(const th_pack *pack, th_slice name);
uint32_t th_pack_requirement(const th_pack *pack, th_slice id); /* of those that are asked at the stage in force */
uint32_t th_pack_requirement_of(const th_pack *pack, th_slice id); /* of those of all stages: in pack->every */
uint32_t th_pack_define(const th_pack *pack, th_slice id);
uint32_t th_pack_stage(const th_pack *pack, th_slice id);
/* The stage in force; empty at the first one, which is that of packs without stages, too. */
th_slice th_pack_stage_id(const th_pack *pack);
uint32_t th_decl_option(const th_rule_decl *decl, th_slice name);

/* --- what is handed in --- */

typedef struct th_rule_input {
	th_rule_value value;
	th_slice text, unit_text;  /* as written; or the text to show for a computed value */
	th_slice evidence, source; /* source: where a parameter was read (document); empty otherwise */
	th_slice shown;            /* a computed series for people, its numbers with their unit; empty: as the declaration shows it; a computed text in Chinese */
	bool evidence_void;        /* the evidence is named and does not count: it was to be with the case */
	const char *file;          /* NULL: from no file */
	size_t line;
	const th_slice *lacks;     /* what an unknown computed value, or a fact without its evidence, would need: ids; none: its own id */
	const th_words *lack_text; /* the same for people, one for each; NULL: they are ids of the pack */
	size_t lack_count;
} th_rule_input;

typedef struct th_rule_measure {
	uint32_t group;            /* the number of groups where only its domain is known */
	const char *file;
	size_t line;
	uint32_t domain;           /* of a measure without a group */
} th_rule_measure;

/* The domain of a measure's group, or its own. */
uint32_t th_rule_measure_domain(const th_pack *pack, const th_rule_measure *measure);

typedef struct th_rule_inputs {
	const th_pack *pack;
	th_rule_input *input;      /* one for each pack->decl, unknown at first */
	const th_rule_measure *measure;
	size_t measures;
	bool has_measures;         /* false: there is no list of measures, their count is unknown */
	uint32_t *chosen;          /* the reading in force of each pack->define */
} th_rule_inputs;

/* All unknown, the pack's readings. TH_SYSTEM without memory. */
TH_MUST_USE th_status th_rule_inputs_new(const th_pack *pack, th_arena *arena, th_rule_inputs *out);
/* The same values in memory of their own, to try other ones (another category). */
TH_MUST_USE th_status th_rule_inputs_copy(const th_rule_inputs *from, th_arena *arena, th_rule_inputs *out);

/* The facts of a case file, each read as its type says; reported: a value that is not of its type, an unknown option, a
 * unit of another dimension, a fact given under two names (errors); a name the pack does not know (warning). `path` and
 * `facts` must outlive the inputs. */
TH_MUST_USE th_status th_rule_inputs_facts(th_rule_inputs *inputs, const th_facts *facts, const char *path, const th_units *units,
                                           th_arena *arena, th_diags *diags);

/* A number with its unit for a declaration, as parameters and facts are written. */
typedef enum th_rule_read {
	TH_RULE_READ_OK,
	TH_RULE_READ_EMPTY,      /* blank, or a mark for missing */
	TH_RULE_READ_NUMBER,     /* not a number */
	TH_RULE_READ_NEGATIVE,
	TH_RULE_READ_NO_UNIT,    /* none written where several are usual */
	TH_RULE_READ_UNIT,       /* not a unit */
	TH_RULE_READ_DIMENSION,  /* a unit of something else */
	TH_RULE_READ_RANGE       /* too many digits for exact arithmetic */
} th_rule_read;
th_rule_read th_rule_read_number(const th_rule_decl *decl, const th_units *units, th_slice text, th_slice unit_text, th_rule_value *out);

/* Is there evidence of an input, that counts? */
bool th_rule_evidenced(const th_rule_input *input);

/* Values for computed inputs, by the type of their declaration. */
th_rule_value th_rule_bool(bool truth);
th_rule_value th_rule_text(th_slice text);
th_rule_value th_rule_date(th_period date);
th_rule_value th_rule_choice(uint32_t option);
/* `mass` x 1e-9 of `unit` (kg CO2e) as a NUMBER in base units; unknown when it is out of range. */
th_rule_value th_rule_mass(th_mass mass, const th_unit *unit);
/* value in `unit`; unknown when it is out of range. */
th_rule_value th_rule_number(th_decimal value, const th_unit *unit);
th_rule_value th_rule_series(const th_exact *series, size_t count);
/* An unknown number of which it is known between what it lies; `most` NULL: no upper bound. Known where both are the same. */
th_rule_value th_rule_between(th_rule_value least, const th_rule_value *most);

/* --- what follows --- */

typedef struct th_rule_limit_result {
	const th_rule_limit *limit;
	th_rule_value observed, required; /* NUMBER in base units, known or not; one that is not may have bounds, which can decide */
	th_rule_value margin;    /* how far on the good side: >= 0 is met (0 of a strict limit is not); base units */
	th_rule_status status;   /* met, not_met, undetermined */
} th_rule_limit_result;

typedef struct th_rule_result {
	const th_requirement *requirement;
	const th_rule_variant *variant; /* NULL: not applicable, or open which one */
	th_slice quote;          /* the variant's, else the requirement's */
	th_rule_status status;
	th_rule_limit_result *limit;
	size_t limits;
	size_t binding;          /* the limit that decides: the first that is not met, else the first undetermined, else the
	                          * first one; meaningless when there is none */
	th_slice *missing;       /* ids (`measures` for the list of measures), in the pack's order: only what could still change the status; empty unless undetermined */
	size_t missings;
	uint32_t *used;          /* known inputs the status rests on: indexes into decl; decls stands for the measures */
	size_t useds;
	th_words why;            /* filled-in sentence */
	th_words *caveat;
	size_t caveats;
	bool flips;              /* this requirement alone, decided the other way, changes the verdict */
} th_rule_result;

/* Another reading of a definition that gives another answer. */
typedef struct th_rule_alternative {
	uint32_t define, reading;
	th_verdict verdict;
	uint32_t *requirement;   /* those whose status differs */
	th_rule_status *status;  /* theirs then */
	size_t requirements;
} th_rule_alternative;

typedef struct th_rule_results {
	const th_pack *pack;
	th_verdict verdict;
	th_rule_result *result;  /* one for each pack->requirement */
	size_t results;
	uint32_t *domain;        /* distinct domains of the measures, in the pack's order */
	size_t domains;
	const th_rule_route *route; /* NULL: not known yet, route_missing says what decides */
	th_slice *route_missing;
	size_t route_missings;
	th_words *caveat;        /* about the whole */
	size_t caveats;
	th_rule_alternative *alternative;
	size_t alternatives;
	th_words claim;          /* empty: nothing may be claimed */
} th_rule_results;

/* Decide everything. The inputs and the arena must outlive the results. TH_SYSTEM without memory, nothing else fails. */
TH_MUST_USE th_status th_rules_decide(const th_rule_inputs *inputs, th_arena *arena, th_rule_results *out);

/* Hand in an option of a fact, as if it were stated; nothing happens when there is no such fact. */
void th_rule_inputs_suppose(th_rule_inputs *inputs, th_index fact, uint32_t option);

/* Only the verdict and the statuses (status[pack->requirements]), for trying many inputs. */
th_verdict th_rules_verdict(const th_rule_inputs *inputs, th_rule_status *status);
/* The same where status[] is that of inputs from which these differ in one: an input, by its number, or the reading of a definition, pack->names +
 * its number. */
th_verdict th_rules_verdict_after(const th_rule_inputs *inputs, size_t changed, th_rule_status *status);

/* An input that could decide something for a kind of applicant, with the words that ask for it. */
typedef struct th_rule_ask {
	uint32_t decl;
	const th_requirement *requirement; /* NULL: only who files where rests on it */
	th_slice quote;          /* of the variant, the exception or the route; may be empty */
	const th_rule_define *define; /* the innermost definition that looks at it; NULL: none */
} th_rule_ask;

typedef struct th_rule_asks {
	th_rule_ask *ask;        /* facts, parameters and computed values, each once, in the order of the text */
	size_t asks;
} th_rule_asks;

/* What is asked of an applicant of whom only the inputs that are known are known (its category, its target). `fits`: of each choice, by its number in decl, the
 * options that it may have, a bit for each; 0: all. The readings are those in force. TH_SYSTEM without memory. */
TH_MUST_USE th_status th_rules_ask(const th_rule_inputs *inputs, const uint64_t *fits, th_arena *arena, th_rule_asks *out);

/* Takes from what a route lacks the questions that decide nothing for whoever may apply: of a region, whether it is a headquarters.
 * `fits` as above. TH_SYSTEM without memory. */
TH_MUST_USE th_status th_rules_ask_route(const th_rule_inputs *inputs, const uint64_t *fits, th_arena *arena, th_rule_results *results);

/* Do the words that choose rules name a file, and no pack by its id? */
bool th_rules_are_a_file(const char *rules);

/* Is what a limit observes a fact as stated, not something computed? */
bool th_rule_limit_stated(const th_pack *pack, const th_rule_limit *limit);
/* One limit alone. */
th_rule_limit_result th_rule_limit_weigh(const th_rule_inputs *inputs, const th_rule_limit *limit);

/* What a reading of a definition comes to, whether it is in force or not. */
th_rule_value th_rule_reading_value(const th_rule_inputs *inputs, uint32_t define, uint32_t reading);

/* An exact number shown in a unit: plain decimal digits; false when it does not end and was rounded half to even to 6
 * decimals. */
bool th_put_exact(th_buf *buf, th_exact number, const th_unit *unit);
/* For people: rounded half to even to `places` decimals (at most TH_PLACES_MOST), thousands apart (14,776.91), without the zeros that end it.
 * Nothing when it does not fit. */
enum { TH_PLACES = 2, TH_PLACES_MOST = 9 };
void th_put_exact_rounded(th_buf *buf, th_exact number, const th_unit *unit, unsigned places);
/* The decimals, from TH_PLACES on, at which the observed and the required number of a limit are seen to differ where they do. */
unsigned th_rule_limit_places(const th_rule_limit_result *result);
/* A thing that is missing, by its id: `title (id)` of an input, the text of what an input lacks, else the id. */
void th_put_rule_lack(const th_rule_inputs *inputs, th_slice id, th_lang lang, th_buf *out);
/* An input as it would be shown to people: the option's name, yes/no, number and unit, the text; empty if unknown. */
void th_put_rule_input(const th_rule_inputs *inputs, uint32_t decl, th_lang lang, th_buf *out);

#endif

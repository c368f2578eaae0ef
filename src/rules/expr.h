/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_RULES_EXPR_H
#define TH_RULES_EXPR_H

/* Inside of the rules: expressions and how a pack is read. Nobody else includes it. */

#include "io/json.h"
#include "rules/rules.h"

/* --- exact fractions; false when the result does not fit, *out is then of no use --- */

TH_MUST_USE bool th_exact_add(th_exact a, th_exact b, th_exact *out);
TH_MUST_USE bool th_exact_sub(th_exact a, th_exact b, th_exact *out);
TH_MUST_USE bool th_exact_mul(th_exact a, th_exact b, th_exact *out);
TH_MUST_USE bool th_exact_div(th_exact a, th_exact b, th_exact *out); /* false also for b = 0 */
int th_exact_cmp(th_exact a, th_exact b);
/* mant x 10^exp of `unit` in base units; and back: a number of base units counted in `unit`. */
TH_MUST_USE bool th_exact_of(__int128 mant, int exp, const th_unit *unit, th_exact *out);
TH_MUST_USE bool th_exact_in(th_exact number, const th_unit *unit, th_exact *out);

/* --- expressions --- */

typedef enum th_op {
	TH_OP_LITERAL, TH_OP_GET, TH_OP_DEFINED, /* a constant; an input; a definition */
	TH_OP_EVIDENCE,   /* has the input evidence? Always known */
	TH_OP_EVIDENCED,  /* the input if it has evidence, else unknown */
	TH_OP_KNOWN,      /* always known */
	TH_OP_DEFAULT,    /* the first if known, else the second, a constant */
	TH_OP_NOT, TH_OP_AND, TH_OP_OR, /* Kleene 1952, section 64 */
	TH_OP_EQ, TH_OP_NE, TH_OP_LT, TH_OP_LE, TH_OP_GT, TH_OP_GE,
	TH_OP_ADD, TH_OP_SUB, TH_OP_MUL, TH_OP_DIV,
	TH_OP_IN,         /* a choice among constants */
	TH_OP_IF,
	TH_OP_LOOKUP,     /* a choice, then one argument for each of its options */
	TH_OP_SIZE,       /* of a list or series */
	TH_OP_DISTINCT,   /* domains or groups among the measures */
	TH_OP_YEARS,      /* whole years from the first day of one date to the last day of another, then days / days of the next one */
	TH_OP_FALLING, TH_OP_RISING, /* is a series strictly so? */
	TH_OP_DATE,       /* a year, month or day: a literal once it is read */
	TH_OP_STAGE,      /* is that stage in force? Always known */
	TH_OPS
} th_op;

struct th_expr {
	th_op op;
	const th_json *at;
	th_expr **arg;
	size_t args;
	th_slice word;         /* the name, unit or word as written */
	uint32_t ref;          /* GET EVIDENCE EVIDENCED: in decl; DEFINED: in define; DISTINCT: 1 counts domains, 0 groups; STAGE: in stage */
	th_rule_value literal; /* LITERAL; IN: the accepted options in .list */
	/* Found by the checks. */
	bool checked, failed;
	th_rule_type type;
	th_unit unit;          /* NUMBER and SERIES: only its dimension counts */
	const th_rule_decl *domain; /* CHOICE and LIST: the declaration whose options they are; NULL for all else */
};

enum { TH_EXPR_DEPTH = 64, TH_EXPR_STEPS = 10000 };

th_rule_value th_expr_eval(const th_rule_inputs *inputs, const th_expr *e);
/* The same where it stands in the inputs or the pack, as long as these stay as they are, or in `room`. */
const th_rule_value *th_expr_look(const th_rule_inputs *inputs, const th_expr *e, th_rule_value *room);
bool th_expr_known(const th_rule_inputs *inputs, const th_expr *e);

/* Mark in mark[pack->names] the inputs that the value rests on: with `missing` the unknown ones that could still change it,
 * otherwise the known ones that were looked at. */
void th_expr_rests(const th_rule_inputs *inputs, const th_expr *e, bool missing, bool *mark);

/* --- reading a pack --- */

/* An expression that stands in the pack, with what it has to be. */
typedef struct th_root {
	th_expr *expr;
	const char *owner;        /* the requirement, for messages */
	th_rule_type type;        /* TH_RULE_TYPES: any */
	const th_unit *unit;      /* NUMBER: of this dimension */
	struct th_root *next;
} th_root;

/* A sentence with {names} in it. */
typedef struct th_sentence {
	const th_json *at;
	const char *owner;
	struct th_sentence *next;
} th_sentence;

typedef struct th_reader {
	th_pack *pack;
	const th_units *units;
	th_diags *diags;
	const char *owner;        /* the requirement, fact ... that is being read */
	th_status status;
	th_root *root, **root_end;
	th_sentence *sentence, **sentence_end;
	th_unit year;
} th_reader;

/* An object of the pack's arena; NULL without memory, which is noted. */
void *th_reader_alloc(th_reader *r, size_t count, size_t size);
/* Report at a JSON value. The owner is the first argument of every detail. */
#define TH_REJECT(r, node, code, ...) th_reader_worse((r), th_report((r)->diags, (code), th_reader_at((r), (node)), (r)->owner, __VA_ARGS__))
th_pos th_reader_at(th_reader *r, const th_json *node);
void th_reader_worse(th_reader *r, th_status status);
const char *th_reader_text(th_reader *r, th_slice text); /* NUL-terminated, shortened when long */

/* Second pass: names; then cycles, depth and size of the whole. */
void th_expr_resolve(th_reader *r, th_expr *e);
void th_expr_measure(th_reader *r);
/* Third pass: types and dimensions; false after an error, which is reported once. */
bool th_expr_check(th_reader *r, th_expr *e);
/* Are two checked expressions of one type? Reported at the second when not. */
bool th_expr_alike(th_reader *r, th_expr *a, th_expr *b);

/* Is a date a whole calendar year, a whole month, one day, or a range that is none of these? */
typedef enum th_rule_grain { TH_GRAIN_YEAR, TH_GRAIN_MONTH, TH_GRAIN_DAY, TH_GRAIN_OTHER } th_rule_grain;
th_rule_grain th_rule_grain_of(const th_period *date);

/* Report a number that is not of the dimension of `expected`. */
void th_reject_dimension(th_reader *r, const th_json *node, const th_unit *expected);

/* --- names: find.c --- */

/* Is a folded name (th_utf8_key_in) one of the aliases? One that is longer than any has no text, and is none. */
bool th_has_alias(const th_slice *alias, size_t aliases, th_slice key);
/* So that declarations are found by their spellings, when all are read; false without memory. */
TH_MUST_USE bool th_pack_index(th_pack *pack);

/* --- sentences with {names} to fill in --- */

/* The first name in a template that is not known; an empty slice when all are. */
th_slice th_template_unknown(const th_pack *pack, th_slice text);
void th_template_fill(const th_rule_inputs *inputs, const th_rule_result *result, th_slice text, th_lang lang, th_buf *out);

#endif

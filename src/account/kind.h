/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_KIND_H
#define TH_ACCOUNT_KIND_H

/* Kinds of line. What depends on a word is done once a word (word.h), what depends on a combination of words once a combination: the first line of
 * a kind goes the careful way (line.c), which finds its recipe; those behind it are looked up, weighed and added. Whatever is odd about a line,
 * its kind is not known, and it goes the careful way too; so nothing is said or summed here that the careful way would not. Sums stand in the kind
 * until they are folded into those of the shard. */

#include "account/word.h"

/* A gas of the kind, with its coefficient: what a line needs stands together, since in a large file what is slow is to fetch it. */
typedef struct th_kind_term {
	th_mass co2e;            /* sum */
	uint64_t num, den;       /* of the coefficient of CO2 equivalent, as in th_coef; den 0: it is the term's own */
	int32_t exp;
	uint32_t klass;          /* of all that its group's key has of the kind */
	bool negative;
	unsigned char bucket;    /* a th_bucket */
	bool same;               /* its mass is its CO2 equivalent */
	bool looks;              /* its group is another than that of the term before */
	const th_term *term;
} th_kind_term;

/* What is summed of a kind that is not plain. */
typedef struct th_kind_sums {
	th_kind_term *term;      /* each of the recipe's */
	th_mass *mass;           /* of each gas */
	th_mass gross, coal, equal;
	th_mass *other;          /* over `gross`, by the recipe's alternatives */
} th_kind_sums;

/* Of a plain kind a line touches the first 64 bytes, of 128: there are as many as recipes. */
typedef struct th_line_kind {
	size_t lines;
	bool by_hand;            /* only its recipe is known: it is added as the careful way does */
	bool quiet;              /* its caveats have all the places that they show */
	bool plain;              /* one gas, which is `first`, and nothing else is summed */
	bool continuous;         /* its days are marked */
	unsigned char bare_green; /* a th_bare_green */
	th_kind_term first;      /* of one gas, whatever else there is */
	uint32_t loud_lines;     /* those before it was quiet, which are few */
	uint32_t unit, activity; /* its words, where kinds hang on them */
	const th_recipe *recipe;
	th_sums *year;
	th_kind_sums *sums;      /* NULL: it is plain, or by hand */
} th_line_kind;

enum { TH_KIND_TERMS = 16, TH_KIND_OTHERS = 16 };

/* What a line comes to. */
typedef struct th_weighed {
	th_mass mass[TH_KIND_TERMS], co2e[TH_KIND_TERMS], gross, coal, equal, other[TH_KIND_OTHERS];
} th_weighed;

/* The columns whose cells are words: not quantity, evidence and note, which seldom say the same twice, and not what says of which product a
 * line is, which nothing of the account hangs on. */
enum { TH_WORDED = 16 };
extern const th_inventory_column th_worded[TH_WORDED];

/* Is it one of those whose words decide a recipe? */
static inline bool th_is_deciding(th_inventory_column column)
{
	for (size_t i = 0; i < TH_DECIDING; i++)
		if (th_deciding[i] == column)
			return true;
	return false;
}

enum { TH_KIND_KEYS = 3 };
typedef struct th_kind_slot {
	uint64_t key[TH_KIND_KEYS];
	th_line_kind *kind;      /* NULL: free */
} th_kind_slot;

/* A group by what its key has of the kind, and the words it has of the line. */
typedef struct th_group_slot {
	uint32_t klass, site, source, period; /* klass: with the line's grade */
	uint32_t number;         /* + 1; 0: free */
	uint32_t lines;          /* which it has more than the group says */
	th_mass gross;           /* likewise */
} th_group_slot;

struct th_kinds {
	th_words words[TH_COLS];
	uint32_t now[TH_COLS];   /* words of the line */
	uint64_t key[TH_KIND_KEYS]; /* of the line */
	uint32_t era;            /* words have other numbers in each */
	bool known;              /* all its words are, and none is odd */
	th_line *line;           /* whose cells wait to be taken from its words; NULL: they are there */
	char delimiter;
	uint64_t seed[2];        /* of the two tables: no order of words makes them slow */
	bool by_site, by_source, by_period, by_activity, by_grade;
	th_kind_slot *slot;
	uint32_t slots;
	th_line_kind **kind;
	uint32_t count;
	uint32_t taken;          /* slots */
	th_numbers alike;        /* of kinds, by what they hang on beside their words: those which differ in nothing else are one */
	char *room;              /* for kinds to come */
	size_t left;             /* so many */
	th_intern klass;
	th_group_slot *group;
	uint32_t groups, group_slots;
	th_arena arena;          /* of kinds and terms */
};

/* --- kinds.c --- */

struct th_kinds *th_kinds_make(const th_frame *frame); /* NULL without memory */
void th_kinds_free(struct th_kinds *kinds);
/* The cells of kinds->line, before any is asked for but quantity, uncertainty, instrument and those that are no words. */
void th_kind_cells(struct th_kinds *kinds);

/* --- kind.c --- */

/* The kind of the line, NULL where it is not known or where the line is odd; then now's numbers and times and shard->said are set as the careful way sets
 * them. False without memory. */
TH_MUST_USE bool th_kind_find(th_shard *shard, th_now *now, th_line_kind **out);
/* The same for a line whose words stand in kinds->now, none of them odd: the kind of such lines, NULL where it is not known; and whether the line, which is of
 * a known kind, is not odd by its numbers. */
th_line_kind *th_kind_by_words(struct th_kinds *kinds);
bool th_kind_read(th_shard *shard, th_now *now);
/* Is the line one of a kind that is or will be learned, for periods of this kind? Its recipe, NULL where it is new. */
bool th_kind_recipe(const th_shard *shard, uint32_t period_kind, const th_recipe **recipe);
/* That kind is of this recipe. False without memory. */
TH_MUST_USE bool th_kind_learn(th_shard *shard, const th_now *now, const th_recipe *recipe);

/* --- kind_sums.c --- */

/* False: too large for this way. */
TH_MUST_USE bool th_kind_weigh(const th_line_kind *kind, th_decimal quantity, th_weighed *out);
/* A line of the kind with these words comes soon: what it needs is fetched. */
typedef struct th_group_words {
	uint32_t site, source, period;
} th_group_words;
void th_kind_fetch(const struct th_kinds *kinds, const th_line_kind *kind, const th_group_words *words);
/* What is said of every line of the kind. */
void th_kind_note(th_shard *shard, th_line_kind *kind, const th_now *now);
TH_MUST_USE th_status th_kind_add(th_shard *shard, th_line_kind *kind, th_now *now, const th_weighed *weighed);

/* The sums of all kinds go over to the shard's. TH_INVALID with a finding when one does not fit. */
TH_MUST_USE th_status th_kinds_fold(th_shard *shard);

#endif

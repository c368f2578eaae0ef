/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_SCHEMES_H
#define TH_REPORT_SCHEMES_H

/* One case by several schemes: a verdict each, and one table of which scheme wants which fact and what is missing for which. */

#include "report/check_report.h"

enum { TH_SCHEMES_MOST = 8 };

typedef struct th_schemes {
	th_assessment *a[TH_SCHEMES_MOST]; /* owned, in the order in which they were named */
	th_pack *pack[TH_SCHEMES_MOST];    /* likewise, of each of them */
	size_t count;
} th_schemes;

void th_schemes_free(th_schemes *schemes);

/* --- schemes_wanted.c: that table --- */

/* What a scheme makes of a thing. */
typedef enum th_want_state {
	TH_WANT_NOT,     /* it does not ask for it of this applicant */
	TH_WANT_GIVEN,
	TH_WANT_OPEN,    /* it asks, and does without as things are */
	TH_WANT_MISSING, /* it cannot be decided without */
	TH_WANT_STATES
} th_want_state;
extern const char *const th_want_states[TH_WANT_STATES]; /* not_wanted given open missing */

/* A fact, a parameter, the evidence of a fact, or something of a file. */
typedef enum th_want_kind { TH_WANT_FACT, TH_WANT_PARAM, TH_WANT_PAPER, TH_WANT_FILE, TH_WANT_KINDS } th_want_kind;
extern const char *const th_want_kinds[TH_WANT_KINDS]; /* fact param evidence file */
typedef struct th_want {
	th_slice id;     /* as the JSON of a check names it: of evidence the fact */
	th_want_kind kind;
	th_words name;
	th_want_state of[TH_SCHEMES_MOST];
} th_want;

typedef struct th_wants {
	th_arena arena;
	th_want *want;   /* facts in the order of the first scheme, then those of the second that are new, ...; then parameters, evidence, files likewise */
	size_t count;
} th_wants;

/* TH_SYSTEM without memory; to be freed all the same. */
TH_MUST_USE th_status th_wants_find(const th_schemes *schemes, th_wants *out);
void th_wants_free(th_wants *wants);

/* --- schemes.c --- */

/* Text, brief text, JSON (tanhe.schemes/1), or as CSV the table above. */
TH_MUST_USE th_status th_report_schemes(const th_schemes *schemes, th_format format, th_lang lang, char **text, size_t *len);

#endif

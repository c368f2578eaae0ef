/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CHECK_LACKS_H
#define TH_CHECK_LACKS_H

#include "check/run.h"

enum { TH_LACKS = 64 }; /* names of what is missing for one value; more would help nobody */

/* One computed value on its way to the inputs. */
typedef struct th_computing {
	th_rule_value value;
	th_slice lack[TH_LACKS];
	th_words text[TH_LACKS]; /* of what is no name of the pack */
	size_t lacks;
	const char *file;
	th_slice shown; /* a series in words: its numbers with their units */
} th_computing;

void th_lack(th_computing *v, th_slice name); /* a fact or parameter of the pack */
/* Something of a file, with words for people, which are taken. */
void th_lack_part(th_checking *s, th_computing *v, const char *file, th_slice part, th_buf *zh, th_buf *en);
void th_lack_year(th_checking *s, th_computing *v, int year);          /* the inventory of a year, as a whole */
void th_lack_row(th_checking *s, th_computing *v, const th_check_measure *m); /* what is not known of a measure */
void th_lack_over(th_checking *s, th_computing *v);                    /* reductions not above all emissions */
void th_lack_kind(th_checking *s, th_computing *v);                    /* targets of one kind and unit */
void th_lack_facts(th_checking *s, th_computing *v); /* the table of the scheme's facts */
void th_lack_file(th_checking *s, th_computing *v, th_case_part kind); /* a table as a whole, or without errors */
/* The file behind a value; one that is not there, or has errors, is what the value lacks. */
bool th_lack_unless_there(th_checking *s, th_computing *v, th_case_part kind);
/* outcome.c, tasks.c */
void th_check_targets_reached(th_checking *s, th_computing *v);
void th_check_tasks_complete(th_checking *s, th_computing *v);
/* Computed values of classes.c and offsets.c, as values.c has them. */
void th_class_emissions(th_checking *s, th_computing *v, th_slice fact);
void th_class_unclassed(th_checking *s, th_computing *v);
void th_whole_gross(th_checking *s, th_computing *v);
void th_offsets_retired(th_checking *s, th_computing *v);
void th_offsets_unlisted(th_checking *s, th_computing *v);
void th_offsets_delay(th_checking *s, th_computing *v);
bool th_lacks_hand(th_checking *s, const th_computing *v, th_rule_input *input); /* a copy for the rules; false, and reported, without memory */

#endif

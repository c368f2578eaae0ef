/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_RULES_READ_H
#define TH_RULES_READ_H

/* Small things from which a pack is read. Each reports what is wrong at the JSON value, and reading goes on. */

#include "rules/expr.h"

enum { TH_READ_MOST = 1000 }; /* elements of a list */

/* The member if it is of that kind; NULL when absent or, reported, when it is wrong or needed and not there. */
const th_json *th_read_member(th_reader *r, const th_json *object, const char *key, th_json_kind kind, bool needed);
th_slice th_read_text(th_reader *r, const th_json *object, const char *key, bool needed);
/* The members zh and en; and the same of a sentence whose {names} are checked later. */
th_words th_read_pair(th_reader *r, const th_json *object, bool needed);
th_words th_read_sentence(th_reader *r, const th_json *object);
/* Is the member there? It can only be true. */
bool th_read_true(th_reader *r, const th_json *object, const char *key);
/* The first element of a list and how many there are; one that is needed may not be empty. */
const th_json *th_read_list(th_reader *r, const th_json *object, const char *key, bool needed, size_t *count);
/* Is it an object? Members that are not among `known` (separated by blanks) are reported. */
bool th_read_keys(th_reader *r, const th_json *object, const char *known);
/* Which of words[] the text of `node` is; 0 when it is none, which is reported. */
size_t th_read_word(th_reader *r, const th_json *node, const char *const *words, size_t count);
/* *name: how the unit reads in both languages. */
bool th_read_unit(th_reader *r, const th_json *node, th_unit *out, th_words *name);
/* The expression in a member, noted for the later passes. */
th_expr *th_read_expr(th_reader *r, const th_json *object, const char *key, bool needed, th_rule_type type, const th_unit *unit);
/* id, zh, en and the list `aliases`, folded. */
void th_read_aliases(th_reader *r, const th_json *object, th_slice **alias, size_t *aliases);
/* Report an id that stands twice; one that is not there was reported already. */
void th_read_twice(th_reader *r, const th_json *object, th_slice id);
/* Have two lists of aliases one in common? Reported at the id of `object`, whose list is the second. */
bool th_read_clash(th_reader *r, const th_json *object, const th_slice *a, size_t as, const th_slice *b, size_t bs);

/* The parts of a pack that stand in files of their own. */
void th_read_declarations(th_reader *r, const th_json *root);
void th_read_requirements(th_reader *r, const th_json *root);
/* Stages; what a requirement is at each; and, when all are read, which are asked at the first one. */
void th_read_stages(th_reader *r, const th_json *root);
void th_read_levels(th_reader *r, const th_json *node, th_requirement *rule);
void th_read_asked(th_reader *r, const th_json *root);
/* What each requirement can rest on, when all names are known (th_requirement.reach). */
void th_read_reach(const th_pack *pack);

/* history.c, behind the requirements */
void th_read_history(th_reader *r, const th_json *root);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BATCH_H
#define TH_BATCH_H

/* Many cases, each checked as `tanhe check` does it: one reference and one rule pack for all, cases over threads, a line for each. A case that is
 * wrong is a line that says so and stops no other. */

#include <tanhe/report.h>

#include "check/check.h"

/* --- cases.c: which cases --- */

typedef struct th_batch_case {
	const char *path;      /* as it was named: on the command line, in a manifest, or by its folder and the name in it */
	const char *where;     /* where it is */
	th_pos from;           /* where a manifest names it; file NULL: nowhere */
	bool outside;          /* a manifest names it and it lies beside, not beneath: it is not read */
	const char *name;      /* of an applicant among several; NULL: as what is at `where` */
	const struct th_batch_applicant *applicant; /* several.c; NULL: it is a folder or a workbook */
} th_batch_case;

typedef struct th_batch_list {
	th_arena arena;
	th_batch_case *item;
	size_t count;
	struct th_batch_several *several; /* the tables of those that stand in one */
} th_batch_list;

/* By which names a table is known. */
typedef struct th_batch_naming {
	const th_reference *reference;
	const struct th_known_fact *known; /* the facts of the rule pack */
	size_t count;
	th_encoding encoding;  /* of inventories */
} th_batch_naming;

/* What a path names: a case; applicants in tables; the cases of a manifest, which a table is that has a column for them, or that is given `alone` and
 * is nothing else; or, of a folder that is none of these, the folders and workbooks in it by their names. A path at which nothing is stays one: its
 * line says so. */
TH_MUST_USE th_status th_batch_list_add(th_batch_list *list, const th_batch_naming *by, const char *path, bool alone, th_diags *diags);
bool th_batch_list_append(th_batch_list *list, const th_batch_case *item); /* queue.c; false without memory */
void th_batch_list_free(th_batch_list *list);

/* --- several.c: applicants in tables of several --- */

/* The applicants of such a table (applicants.csv), each with its rows of those that lie beside it. TH_OK also when something is wrong with some of
 * them: each is a line that says so. Reported in `diags`: tables that cannot be read, or do not tell applicants apart. */
TH_MUST_USE th_status th_batch_several(const th_batch_naming *by, const char *path, th_batch_list *list, th_diags *diags);
/* The same of a workbook, if it has a sheet of applicants and none of facts. */
TH_MUST_USE th_status th_batch_several_book(const th_batch_naming *by, const char *path, th_batch_list *list, th_diags *diags, bool *is);
/* The table of applicants in a folder; NULL: it has none. False without memory. */
TH_MUST_USE bool th_batch_has_applicants(const char *folder, const char **table, th_arena *arena);
/* applicant.c. What one of them consists of: its parts of the tables are lent to `diags`. TH_INVALID, and reported: what makes it no case. */
TH_MUST_USE th_status th_batch_contents(const th_batch_case *item, th_arena *arena, th_diags *diags, th_case_contents *out);
/* Is a file one of the tables that were cut for that case? */
bool th_batch_cuts(const th_batch_case *item, const char *path);
/* All of that for a digest; false where it is no case, or without memory. */
struct th_digest;
TH_MUST_USE bool th_batch_applicant_digest(const th_batch_case *item, struct th_digest *digest);
void th_batch_several_free(struct th_batch_several *several);

/* --- journal.c: what is done already --- */

/* A file beside the output that keeps the line of each case as it is done, with a digest of all that it rests on. A record that was cut short by
 * whatever ended the run is as if it were not there. */
typedef struct th_batch_journal th_batch_journal;

enum { TH_BATCH_DIGEST = 65 };

/* `run`: the digest of what all cases rest on; a journal of another one holds nothing of use and is begun anew. Locked: another run cannot have it. */
TH_MUST_USE th_status th_batch_journal_open(const char *path, const char run[TH_BATCH_DIGEST], th_diags *diags, th_batch_journal **out);
/* Of a case: its number and path, the bytes of its tables, and names and sizes of all files that lie with it. False, and hex empty, when something cannot be
 * read or memory is lacking. Any thread. */
TH_MUST_USE bool th_batch_case_digest(th_batch_journal *journal, const th_batch_case *item, size_t index, char hex[TH_BATCH_DIGEST]);
struct th_batch_answer;
/* What the journal has of that case with that digest, as if it were done now. False: nothing. Any thread. */
bool th_batch_journal_find(th_batch_journal *journal, size_t index, const char *hex, struct th_batch_answer *answer);
/* Keep it; one thread at a time. */
TH_MUST_USE th_status th_batch_journal_add(th_batch_journal *journal, size_t index, const struct th_batch_answer *answer, th_diags *diags);
/* Remove it when the whole is done; else it is synced and stays. NULL is allowed. */
void th_batch_journal_close(th_batch_journal *journal, bool remove);

/* --- one.c: a case --- */

typedef struct th_batch_options {
	const char *data;                /* the folder of the reference data */
	const th_check_options *check;   /* of every case; without folder and pack */
	const char *const *factors, *const *units; /* the user's, which the reference has */
	size_t factors_count, units_count;
	const char *const *outputs;      /* where the run writes: no case reads from there */
	size_t outputs_count;
	th_reading reading;
	bool full, ordered;
	const struct th_pack_json *said; /* what the pack says of every case */
	th_batch_journal *journal;       /* NULL: none */
	bool notes;                      /* what a summary wants of each */
	unsigned threads;
} th_batch_options;

typedef struct th_batch_answer {
	char *line;                /* with its line end, to be freed; NULL: see status */
	size_t length;
	int exit;                  /* what check would end with */
	th_status status;          /* not TH_OK: the run cannot go on, and `diags` says why */
	th_diags *diags;           /* of the case */
	char digest[TH_BATCH_DIGEST]; /* with a journal; empty: not known */
	bool kept;                 /* it comes from the journal */
	th_buf note;               /* what a summary wants of it: note.c; empty unless asked for */
} th_batch_answer;

struct th_kept;
/* `kept`: the thread's own, NULL: none. */
void th_batch_check(const th_reference *reference, const th_pack *pack, const th_batch_options *options, const th_batch_case *item, size_t number,
                    struct th_kept *kept, th_batch_answer *answer);
void th_batch_answer_free(th_batch_answer *answer);
/* The worse of two exit statuses: 5 over 3 over 1 over 4 over 0. */
int th_batch_worse(int a, int b);

/* --- batch.c: all of them --- */

/* Who takes the answers, one at a time, by any thread. After anything but TH_OK no other comes. */
typedef struct th_batch_sink {
	th_status (*take)(void *context, size_t index, const th_batch_answer *answer);
	bool (*stops)(void *context);  /* no further case is begun; NULL: never */
	void *context;
} th_batch_sink;

/* TH_OK: all cases are told, or the sink stopped it; *worst is the exit status. An option that names nothing known is TH_USAGE, told in `diags`. */
TH_MUST_USE th_status th_batch_run(const th_reference *reference, const th_pack *pack, const th_batch_options *options, const th_batch_list *list, const th_batch_sink *sink,
                                   th_diags *diags, int *worst);

/* --- manifest.c: a table that names cases --- */

/* Is that a file with a name that ends in .csv? */
bool th_batch_is_table(const char *path);
/* Has its header a column that names cases? Nothing is reported. *sure: by a name that is none of applicants too. */
bool th_batch_is_manifest(const th_reference *reference, const char *path, bool *sure);
/* Its column path (案例, 路径) names cases from the folder in which it lies, and none outside of that. Columns that are nothing known are warned of. */
TH_MUST_USE th_status th_batch_manifest(const th_reference *reference, const char *path, th_batch_list *list, th_diags *diags);

/* --- note.c: one case, for the summary --- */

/* What is told of the lines of its inventory. */
typedef struct th_batch_lines {
	th_buf note;
	uint64_t order;            /* of the line heard last */
	bool any;
} th_batch_lines;

th_status th_batch_hear(void *lines, const th_entry *entry); /* for th_listener.entry */
/* Records of fields, \x1e behind each and \x1f between: category and verdict; then not_met, missing and error with an id, intensity with id and value,
 * meter, measure and figure with the text by which another case is found to have the same. `a` NULL: it has none. */
void th_batch_note(const th_assessment *a, const th_diags *diags, const th_batch_lines *lines, th_buf *out);

/* --- summary.c: all of them --- */

typedef struct th_batch_summary th_batch_summary;
TH_MUST_USE th_batch_summary *th_batch_summary_new(void); /* NULL without memory */
void th_batch_summary_free(th_batch_summary *summary);
/* False without memory. In any order. */
TH_MUST_USE bool th_batch_summary_add(th_batch_summary *summary, size_t index, th_slice note);

/* --- summary_report.c --- */

/* TH_FORMAT_TEXT, TH_FORMAT_JSON (schema tanhe.batch_summary/1) or TH_FORMAT_CSV. */
TH_MUST_USE th_status th_batch_report(th_batch_summary *summary, const th_batch_list *list, const th_reference *reference, const th_pack *pack, th_format format, th_lang lang,
                                      char **text, size_t *len);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_DIAG_H
#define TH_BASE_DIAG_H

/* Everything that can be said about the input, from one list: diag.def. */

#include <stdint.h>

#include "base/arena.h"

/* An argument may hold what is said differently in the two languages: a text between these three bytes, of which none is in any UTF-8. */
void th_buf_both(th_buf *buf, th_slice en, th_slice zh);

typedef enum th_severity { TH_CAVEAT, TH_WARNING, TH_ERROR } th_severity;

typedef enum th_code {
#define D(code, severity, name, en, zh, detail_en, detail_zh) TH_##name = code,
#include "base/diag.def"
#undef D
	TH_CODE_NONE = 0
} th_code;

/* A place: file, line and column from 1 (columns in characters), and the column's name or a JSON pointer. */
typedef struct th_pos {
	const char *file; /* NULL: none; copied, as all that is reported */
	size_t line, column;
	const char *where; /* "" or NULL: none; copied */
} th_pos;

/* Report one finding. The arguments are what {1} {2} ... of its detail stand for, NUL-terminated, a NULL behind the
 * last; they are copied. Returns TH_INVALID for an error, TH_OK for a warning or caveat, TH_SYSTEM without memory. */
th_status th_report(th_diags *diags, th_code code, th_pos pos, ...) TH_SENTINEL;
/* Would a finding of that code in that file (NULL: none) be kept, with its arguments? Behind so many it is only counted: what a wrong name may have
 * meant is then not sought. */
bool th_diags_takes(const th_diags *diags, th_code code, const char *file);
/* Was that found at that very place, and is it kept? */
bool th_diags_told(const th_diags *diags, th_code code, th_pos pos);

/* Findings are about a line with this number, until the next call; 0: about no line, before all of them. Only th_diags_merge looks at it. */
void th_diags_at(th_diags *diags, uint64_t order);
/* Findings of two lists in one, by their numbers and then in the order in which they came; the first of them are kept, all are counted.
 * `from` is left without any. */
void th_diags_merge(th_diags *into, th_diags *from);

/* Say that memory ran out: once, without asking for any, and counted as a request that failed (th_memory_miss). TH_SYSTEM. */
th_status th_no_memory(th_diags *diags);

/* Where a list and the memory of this thread stood when a job began. */
typedef struct th_mark {
	size_t missed, kept, count, errors;
} th_mark;

/* Every function of the public face that answers with a status is a job: it begins with th_begin, and what it would answer goes through
 * th_settle. When a request for memory failed in between, whatever came of it, nothing that was found since then is known to be true: it
 * is taken back from the list, that memory ran out is said instead, and the answer is TH_SYSTEM. The caller gives its result only at TH_OK.
 * Without a list (NULL) the status alone tells. */
th_mark th_begin(const th_diags *diags);
TH_MUST_USE th_status th_settle(th_mark mark, th_diags *diags, th_status status);
bool th_ran_out(th_mark mark); /* of memory, since then */

/* A copy of a text that lives as long as the list; NULL of NULL, and without memory. */
const char *th_diags_keep(th_diags *diags, const char *text);

/* What the job of this list holds: a file or folder by the numbers that the system gives it, or (`entry`) a name in the folder of these numbers.
 * What follows from it, io/guard.h knows; here is only where a job keeps it, so that two runs share nothing. */
typedef struct th_held {
	enum { TH_HELD_FREE, TH_HELD_INPUT, TH_HELD_FOLDER, TH_HELD_OUTPUT } use;
	uint64_t device, inode;
	const char *entry; /* NULL: the file or folder itself */
	const char *name;  /* as it was named, for messages */
} th_held;

/* Enter one; its texts are copied. Its number is *index. False without memory. */
TH_MUST_USE bool th_diags_hold(th_diags *diags, const th_held *held, size_t *index);
/* The one of a number from 0, to look at or to free; NULL behind the last. */
th_held *th_diags_held(const th_diags *diags, size_t index);

/* Let bytes stand for a file: who opens `path` in this job reads them. Neither is copied. The last of one name counts; when its
 * bytes are NULL, the file itself. False without memory. */
TH_MUST_USE bool th_diags_lend(th_diags *diags, const char *path, th_slice bytes);

/* What such bytes were cut from: some lines of the file of that name, in UTF-8. Places are then those of the file, and so are encoding and checksum. */
typedef struct th_lent_part {
	const size_t *line; /* of each line of the bytes, from 1 */
	size_t lines;
	const char *encoding, *sha256;
	bool cells;         /* of a sheet: places count its cells */
} th_lent_part;
/* The same; `part` must outlive the list. NULL: the bytes are all of it. */
TH_MUST_USE bool th_diags_lend_part(th_diags *diags, const char *path, th_slice bytes, const th_lent_part *part);
const th_lent_part *th_diags_lent_part(const th_diags *diags, const char *path); /* NULL: not lent, or all of it */

/* Let a file that is open already be what is read under its name, so that one that was looked into beforehand is not opened again. `close` gives it back
 * when the list is freed; NULL: it stays the caller's, and must outlive the list. The name is copied. False without memory. */
struct th_bytes;
TH_MUST_USE bool th_diags_lend_open(th_diags *diags, const char *path, struct th_bytes *open, void (*close)(struct th_bytes *open));
struct th_bytes *th_diags_lent_open(const th_diags *diags, const char *path); /* NULL: not open */
/* What one list has lent under a name, lent by another too, which must not outlive it. False without memory. */
TH_MUST_USE bool th_diags_lend_too(th_diags *diags, const th_diags *of, const char *path);

/* The list of a folder that the job has (io/listing.h), and where it lies: memory that lives as long as the findings. */
struct th_listing;
void th_diags_list(th_diags *diags, const struct th_listing *listing); /* NULL: none any more */
const struct th_listing *th_diags_listing(const th_diags *diags);
th_arena *th_diags_arena(th_diags *diags);

/* Who knows what a column is called in Chinese: findings put into Chinese words name it so, and not by the name that only the program knows. `of`
 * gives an empty slice for one that it does not know; kind: of which table it is, NULL: nobody said. `context` must live while findings are put into words. */
typedef th_slice th_title_of(const void *context, const char *kind, th_slice column);
void th_diags_titles(th_diags *diags, th_title_of *of, const void *context);
/* Say what a file is read as; `kind` must live as long. False without memory. */
TH_MUST_USE bool th_diags_table(th_diags *diags, const char *file, const char *kind);
const char *th_diags_kind(const th_diags *diags, const char *file); /* NULL: nobody said */
bool th_diags_lent(const th_diags *diags, const char *path, th_slice *bytes);

/* Finding `index` of those that are kept; false behind the last. */
typedef struct th_finding_row {
	th_code code;
	th_severity severity;
	th_pos pos;
	const th_slice *arg;
	size_t args;
} th_finding_row;
bool th_diags_row(const th_diags *diags, size_t index, th_finding_row *row);
/* Findings that are not to be kept are taken away, and are not counted either. */
void th_diags_sift(th_diags *diags, bool (*keep)(const void *context, const th_finding_row *row), const void *context);

/* The next caveat or warning among the findings, from *at on, which starts at 0: what is said of a file while it is read belongs into the report
 * too, or who reads that alone takes what was passed over for used.
 * False behind the last. */
typedef struct th_finding {
	th_code code;
	const char *file;
	size_t line;
	const th_slice *arg;
	size_t args;
} th_finding;
bool th_diags_caveat(const th_diags *diags, size_t *at, th_finding *finding);

/* How the job of this list reads its tables. No answer depends on it: all zero is as fast as it can, and tests choose. */
typedef enum th_cpu { TH_CPU_BEST, TH_CPU_PORTABLE, TH_CPU_SSE2, TH_CPU_AVX2 } th_cpu;
typedef enum th_read_how { TH_READ_BY_SIZE, TH_READ_CAREFUL, TH_READ_FAST } th_read_how;
typedef struct th_reading {
	th_read_how how; /* the fast one (io/scan.h) where a table is large, never, or always */
	th_cpu cpu;       /* the instructions it takes, where the processor has them */
	size_t block;     /* how many bytes are read at a time; 0: as many as is good */
	bool once;        /* what the head of a large file says of its encoding is believed until another byte says otherwise (th_diags_doubt) */
} th_reading;
void th_diags_read_by(th_diags *diags, th_reading reading);
th_reading th_diags_reading(const th_diags *diags);
/* Something was believed of a file that is not so, or that was not seen to be so: the job has to be done again, without believing. */
void th_diags_doubt(th_diags *diags);
bool th_diags_doubted(const th_diags *diags);
/* Forget the doubt and all that was found: for a job that began with an empty list and is done again. */
void th_diags_forget(th_diags *diags);

th_severity th_diag_severity(th_code code);
void th_diag_code(th_buf *buf, th_code code); /* C4004, W2054, E2101 */
const char *th_diag_title(th_code code, th_lang lang);
/* `title: detail` of a code, with the arguments filled in, or the title alone where there is no detail. */
void th_diag_sentence(th_buf *buf, th_code code, th_lang lang, const th_slice *args, size_t count);

#endif

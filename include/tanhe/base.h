/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_BASE_H
#define TANHE_BASE_H

/* Status, language and diagnostics: what every other part of the library speaks.
 *
 * Ownership, once for the whole library: whoever gets an object from a function named *_new or *_open gives it back
 * to the *_free of the same name; everything else that a function returns belongs to the object it was asked of and
 * lives as long. One contract after an error: when a function answers with anything but TH_OK, each pointer through which it would have
 * given something (*out, *text, *packs) is NULL and each length 0, whatever stood there; so what it was asked to give may be freed or not.
 * Diagnostics keep copies of all they show and need nothing else to live. Text is UTF-8. No function prints, exits or reads the environment, or keeps
 * global state; only each thread counts how many of its own requests for memory failed. A function that missed one answers TH_SYSTEM,
 * takes back what it had said in its list of diagnostics, and says E5001 there. */

#include <stddef.h>

#if defined(__GNUC__)
#define TH_PUBLIC __attribute__((visibility("default")))
#define TH_MUST_USE __attribute__((warn_unused_result))
#define TH_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define TH_SENTINEL __attribute__((sentinel))
#else
#define TH_PUBLIC
#define TH_MUST_USE
#define TH_PRINTF(f, a)
#define TH_SENTINEL
#endif

/* How a call ended; a larger value is worse, and the worst one seen decides a program's exit status. */
typedef enum th_status {
	TH_OK = 0,
	TH_USAGE = 2,   /* the caller asked for something that does not exist */
	TH_INVALID = 3, /* input data rejected: the diagnostics say where and why */
	TH_SYSTEM = 5   /* input/output or memory */
} th_status;

typedef enum th_lang { TH_LANG_EN, TH_LANG_ZH } th_lang;

/* Text with its length: no NUL stands behind it. It belongs to the object it was asked of. */
typedef struct th_slice {
	const char *ptr;
	size_t len;
} th_slice;

/* A list of diagnostics in the order in which they were found. It keeps the first 1,000 and counts the rest. */
typedef struct th_diags th_diags;

/* A new, empty list; NULL when there is no memory. */
TH_PUBLIC TH_MUST_USE th_diags *th_diags_new(void);
TH_PUBLIC void th_diags_free(th_diags *diags);

/* How many errors, and how many diagnostics of any severity, were reported, kept or not. */
TH_PUBLIC size_t th_diags_errors(const th_diags *diags);
TH_PUBLIC size_t th_diags_count(const th_diags *diags);

/* All that was kept as text, one a line `file:line:column: error E2103: title: detail`, or as JSON lines, in *text
 * (to be freed by free()): {"severity","code","text":{"zh","en"},"place":{"file","line","column","at"}}, files as they were named, `at` the
 * column or the JSON pointer, what is not known absent; behind the last {"omitted":N} when there were more. Control characters of the input are shown escaped; `color` marks the severity for a terminal. TH_SYSTEM
 * without memory. */
TH_PUBLIC TH_MUST_USE th_status th_diags_text(const th_diags *diags, th_lang lang, int color, char **text);
TH_PUBLIC TH_MUST_USE th_status th_diags_jsonl(const th_diags *diags, char **text);

/* The whole table of what can be reported, as the manual page tanhe-diag.7 lists it: row `index` from 0; 0 past the end. */
typedef struct th_diag_info {
	unsigned code;        /* 2103 */
	char letter;          /* E error, W warning, C caveat */
	const char *name;     /* FACTOR_MISSING */
	const char *title_en;
	const char *title_zh;
	const char *detail_en; /* {1} {2} ... stand for what was found */
	const char *detail_zh;
} th_diag_info;
TH_PUBLIC int th_diag_table(size_t index, th_diag_info *info);

#define TANHE_VERSION "0.1.0"
/* The version of the library that runs, as TANHE_VERSION of the header it was built from. */
TH_PUBLIC const char *th_version(void);
/* The commit it was built from, `+changes` behind it when files differed from that; "" where it was built outside a repository, as from a
 * source archive. */
TH_PUBLIC const char *th_build_id(void);

#endif

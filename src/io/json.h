/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_JSON_H
#define TH_IO_JSON_H

/* JSON data files (RFC 8259) through cJSON, strictly: UTF-8, no duplicate keys, no trailing text, no control characters,
 * no lone surrogates or \u0000, numbers by the grammar and within 60 characters and powers of ten, nesting to 64. The tree is copied into an arena, so that no
 * cJSON object outlives the call and every value keeps its JSON pointer. */

#include "base/decimal.h"
#include "io/source.h"

typedef enum th_json_kind {
	TH_JSON_NULL, TH_JSON_FALSE, TH_JSON_TRUE, TH_JSON_NUMBER, TH_JSON_STRING, TH_JSON_ARRAY, TH_JSON_OBJECT
} th_json_kind;

typedef struct th_json {
	th_json_kind kind;
	th_slice key;               /* in an object */
	th_slice text;              /* string, or the number as written */
	th_decimal number;          /* to 18 significant digits, half to even */
	bool rounded;               /* `text` has more of them: sums are written with all of theirs, what wants an exact number must not take it */
	struct th_json *child;      /* first member or element */
	struct th_json *next;
	struct th_json *parent;
	size_t index;               /* position in the parent */
} th_json;

/* Parse a whole file of data, whose numbers decide and are exact or errors; `sha256`, where it is wanted, is that of the text that was parsed.
 * Errors carry line and column where cJSON stopped or the JSON pointer in `where`. */
TH_MUST_USE th_status th_json_load(const char *path, th_diags *diags, th_arena *arena, char sha256[65], const th_json **out);
/* The same of a file that this program wrote: a number may be `rounded`, and its `text` has all digits. */
TH_MUST_USE th_status th_json_read(const char *path, th_diags *diags, th_arena *arena, char sha256[65], const th_json **out);
/* As th_json_load, from memory, and what this program wrote is read, too: a number may be `rounded`. `name` stands for the file in
 * diagnostics. */
TH_MUST_USE th_status th_json_parse(const char *name, th_slice text, th_diags *diags, th_arena *arena, const th_json **out);

const th_json *th_json_get(const th_json *object, const char *key); /* NULL when absent or not an object */
const th_json *th_json_member(const th_json *object, th_slice key); /* the same */
/* The first element of the member that is a list; NULL when it is none, or empty. */
const th_json *th_json_list(const th_json *object, const char *key);
/* The member's text if it is a string; an empty slice otherwise. */
th_slice th_json_string(const th_json *object, const char *key);
/* RFC 6901 pointer of a value. */
void th_json_pointer(const th_json *value, th_buf *out);
/* A name as a token of a pointer (section 3). */
void th_json_token(th_slice name, th_buf *out);

/* A string literal with its quotes, escaped; invalid UTF-8 becomes U+FFFD. */
void th_put_json_string(th_buf *buf, th_slice text);

void th_json_library(th_buf *out); /* name and version of the one that is used */

#endif

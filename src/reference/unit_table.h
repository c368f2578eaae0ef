/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_UNIT_TABLE_H
#define TH_REFERENCE_UNIT_TABLE_H

/* Inside of the units, where their files meet: arithmetic (unit.c), look-up of names (unit_table.c), units files
 * (unit_load.c), text and words (unit_text.c) and the grammar (unit_parse.c). Nobody else includes it. */

#include "base/hash.h"
#include "reference/unit.h"

/* A row of a units file. */
typedef struct th_unit_row {
	th_unit unit;
	unsigned prefixes;        /* bits of the prefixes it takes */
	bool tag;                 /* what a mass is a mass of: stands directly behind it (kgCO2e) */
	bool refused;             /* a spelling with two readings in the world: `choices` says what to write */
	th_slice choices, note_zh, note_en, name, of;
	th_slice name_zh;         /* in Chinese text; that of its `of` where the row only names it (平方公里 of km2) */
	const char *file;
	size_t line;
} th_unit_row;

struct th_units {
	th_arena arena;
	th_intern names;          /* every spelling; blanks, `-` and `_` inside are one blank */
	th_intern folded;         /* the same in lower case */
	uint32_t *row_of;         /* by name */
	uint32_t *next_alike;     /* by name: the next name of the same lower case, TH_NONE at the last */
	uint32_t *first_alike;    /* by folded name */
	th_unit_row *row;
	uint32_t rows, shipped;   /* shipped: of the first file; the others are the user's */
	th_intern dimensions;
	th_slice base[TH_DIMS];   /* the unit of each dimension */
	bool is_tag[TH_DIMS];
	th_lent image;            /* what lies there is not freed */
	th_intern known;          /* texts of which the reading is kept */
	th_unit *reading;
	bool tag_start[256];      /* by byte in lower case: may a tag start so? Most words are spared the search */
};

/* The unit of a text that is met often (unit_known.c reads them); false: it is to be read. */
TH_MUST_USE bool th_unit_known(const th_units *units, th_slice text, th_unit *out);

/* What a word means that has no exponent and no multiplier in front: a name, a prefix and a name, or a mass and a tag.
 * `fold` accepts other letter case where only one reading is left and no m stands for an M. Every reading is added to
 * `list` when there is one, spelled as it should be; *whose is the row of that name. OK, UNKNOWN or AMBIGUOUS. */
TH_MUST_USE th_unit_error th_units_read(const th_units *units, th_slice word, bool fold, th_unit *out, const th_unit_row **whose, th_buf *list);

/* The bits of a `prefixes` cell; false when *unknown is not a prefix. */
TH_MUST_USE bool th_units_prefixes(th_slice cell, unsigned *bits, th_slice *unknown);

/* A text folded for reading: ASCII signs and digits for full-width, raised and lowered ones, `m^2` as m2, 10² as 10^2. */
enum { TH_UNIT_TEXT = 256, TH_UNIT_WORDS = 4 };
typedef struct th_unit_text {
	char s[TH_UNIT_TEXT + 1];     /* NUL-terminated */
	uint16_t from[TH_UNIT_TEXT + 1]; /* where in the original text each byte comes from */
	size_t len;
} th_unit_text;

/* OK; SYNTAX when the text is too long or not UTF-8. */
TH_MUST_USE th_unit_error th_unit_fold(th_slice text, th_unit_text *out);

/* Is there the first letter of a word at `at`; where does the word end that starts there. */
bool th_unit_word_start(const th_unit_text *text, size_t at);
size_t th_unit_word_end(const th_unit_text *text, size_t at);

/* The next up to TH_UNIT_WORDS words from `at`, joined by single blanks in key[]: key_end[n] is the length of the first n+1 words in
 * it and text_end[n] their end in the text. How many there are. */
size_t th_unit_words(const th_unit_text *text, size_t at, char key[TH_UNIT_TEXT + 1], size_t key_end[TH_UNIT_WORDS],
                     size_t text_end[TH_UNIT_WORDS]);

/* A word with its exponent and Chinese multiplier (万m3): *unit is the factor without them. A multiplier alone has
 * exponent 0 and the unit 1. */
typedef struct th_unit_reading {
	th_unit unit;
	const th_unit_row *row;   /* whose unit it is; of a multiplier alone NULL */
	int exponent, multiplier; /* 10^multiplier x unit^exponent */
} th_unit_reading;
TH_MUST_USE th_unit_error th_unit_read_word(const th_units *units, th_slice word, th_unit_reading *out, th_buf *list);

/* Is it a mass of something? Such a unit takes no exponent. */
bool th_unit_has_tag(const th_units *units, const th_unit *unit);

#endif

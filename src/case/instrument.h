/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_INSTRUMENT_H
#define TH_CASE_INSTRUMENT_H

/* instruments.csv: contracts and certificates of electricity, one in a row, each with what it holds and for which time. */

#include "reference/loader.h"
#include "reference/reference.h"

typedef enum th_instrument_kind { TH_INSTRUMENT_GREEN_POWER, TH_INSTRUMENT_CERTIFICATE, TH_INSTRUMENT_DIRECT, TH_INSTRUMENT_KINDS } th_instrument_kind;
extern const char *const th_instrument_kinds[TH_INSTRUMENT_KINDS]; /* green_power certificate direct */

typedef struct th_instrument {
	th_slice id, quantity_text, unit_text, year_text, factor, source, evidence; /* as written */
	th_instrument_kind kind;
	th_mass held;            /* 1e-9 kWh */
	th_period year;          /* a year, or another time */
	bool zero;               /* its factor is written as the number 0 */
	size_t line, quantity_column;
} th_instrument;

typedef struct th_instruments {
	th_instrument *row;
	size_t count;
	const th_instrument **by_id; /* the rows in the order of their ids */
	const char *path, *encoding;
	char sha256[65];
} th_instruments;

/* Read the file into the arena. Errors: an id twice, a kind that is none, a quantity that is no energy, a factor that no file has. */
TH_MUST_USE th_status th_instruments_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags,
                                          th_instruments *out);

/* The row of that id; NULL: none. `list` NULL: there are none. */
const th_instrument *th_instrument_find(const th_instruments *list, th_slice id);

/* Words for certificates of green power that stand anywhere in a name, 购买绿证; of few letters, GEC, they stand alone and are not among these. */
typedef struct th_certificate_words {
	th_slice *word;        /* the reference's */
	size_t count;
} th_certificate_words;
TH_MUST_USE bool th_certificate_words_make(const th_reference *reference, th_certificate_words *out); /* false without memory */
void th_certificate_words_free(th_certificate_words *words);

/* Is it the word for certificates of green power: 绿证, GEC? Then a line of it is no use of power. */
bool th_is_certificate(const th_reference *reference, const th_certificate_words *words, th_slice text);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BATCH_SUMMARY_H
#define TH_BATCH_SUMMARY_H

/* What all notes come to. For summary*.c alone. */

#include "base/hash.h"
#include "batch/batch.h"

/* What cases are counted by. */
typedef enum th_batch_what { TH_BATCH_VERDICT, TH_BATCH_NOT_MET, TH_BATCH_MISSING, TH_BATCH_ERROR, TH_BATCH_WHATS } th_batch_what;
extern const char *const th_batch_whats[TH_BATCH_WHATS];

typedef struct th_batch_count {
	th_batch_what what;
	th_slice category, id;
	size_t cases;
} th_batch_count;

typedef struct th_batch_value {
	th_slice category, id;     /* of the intensity */
	double value;
	size_t index;              /* of the case */
} th_batch_value;

/* What several applicants have. */
typedef struct th_batch_shared {
	const char *what;          /* meter, measure, figure */
	th_slice text;
	size_t *index;             /* of the cases */
	size_t cases;
} th_batch_shared;

/* Where a text was first seen, by its hash: of 64 bits under a random key. */
typedef struct th_batch_seen {
	uint64_t hash;
	size_t index;              /* of the case, + 1; 0: free */
} th_batch_seen;

struct th_batch_summary {
	th_arena arena;
	size_t cases;
	th_intern key;             /* of each count: what, category, id */
	th_batch_count *count;
	th_batch_value *value;
	size_t values;
	th_intern text;            /* of each shared thing: what and text */
	th_batch_shared *shared;
	th_batch_seen *seen;       /* open addressing */
	size_t room, used;
};

#endif

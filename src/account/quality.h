/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_QUALITY_H
#define TH_ACCOUNT_QUALITY_H

/* The lines that are remembered to be compared with each other. */

#include "account/frame.h"

/* What its cells say, then what the other lines say of it. */
enum {
	TH_SEEN_MAIN_SITE = 1u << 0, TH_SEEN_MAIN_SOURCE = 1u << 1, TH_SEEN_SUBMETER = 1u << 2, TH_SEEN_POINT_ONE = 1u << 3, TH_SEEN_ENERGY = 1u << 4,
	TH_SEEN_SUM = 1u << 5, TH_SEEN_BEFORE_PARTS = 1u << 6, TH_SEEN_OCTOBER = 1u << 7, TH_SEEN_CONTRACT = 1u << 8,
	TH_SEEN_NAMED = 1u << 9,   /* its name says that it is a part, or may be a total */
	TH_SEEN_WEAK = 1u << 10,   /* a sum of others that chance makes, too */
	/* Power generated on the site: said to be used there, not said where, given to the grid. */
	TH_SEEN_SELF_USED = 1u << 11, TH_SEEN_GENERATED = 1u << 12, TH_SEEN_FED_IN = 1u << 13,
	/* Counted as bought; by its name all that was used (用电量), or it says neither (电). */
	TH_SEEN_POWER_BOUGHT = 1u << 14, TH_SEEN_POWER_USED = 1u << 15, TH_SEEN_POWER_OPEN = 1u << 16,
	TH_SEEN_POWER = TH_SEEN_POWER_BOUGHT | TH_SEEN_POWER_USED | TH_SEEN_POWER_OPEN,
	TH_SEEN_BOUGHT = 1u << 17, TH_SEEN_USED = 1u << 18, TH_SEEN_BESIDE_USE = 1u << 19, /* 购入, 消耗; one beside the other */
};

enum { TH_SEEN_COLUMNS = 16 };

typedef struct th_seen_line {
	uint64_t what;             /* of its activity and the dimension of its unit; lines are compared with those of the same */
	uint64_t order;
	uint64_t alike;            /* hash of what is read of it, without the quantity where it is of a meter */
	uint16_t column[TH_SEEN_COLUMNS]; /* what stands in columns that are not read, see th_seen_slot */
	uint16_t apart;            /* bit k: lines that are read alike differ in place k of these */
	uint64_t site, source;     /* of these names, 0 for none */
	int64_t mant;              /* the quantity in base units is mant x times x 10^exp, over what all lines of one `what` share */
	uint64_t times;
	int32_t exp, own_exp;      /* own_exp: of the quantity as written */
	int32_t from, to;
	unsigned flags;
	float steps;               /* of a sum of others: how many steps it has */
	const th_activity *activity;
} th_seen_line;

static inline __int128 th_seen_mant(const th_seen_line *line)
{
	return (__int128)line->mant * line->times; /* below 2^60 x 2^64 */
}

/* Where a line stands that is known by its number; `line` is lent. */
static inline th_now th_seen_place(const th_shard *shard, uint64_t order, th_line *line)
{
	*line = (th_line){.line = th_order_line(order)};
	return (th_now){.order = order, .file = shard->frame->options->inventory[th_order_inventory(order)], .line = line};
}


/* For qsort: lines in the order of the files. */
static inline int th_seen_by_order(const void *a, const void *b)
{
	const th_seen_line *x = a, *y = b;
	return (x->order > y->order) - (x->order < y->order);
}

/* Sort them in 48 bytes a line: by two numbers that `key` gives, then by `compare`; without one, lines with the same numbers stay as they stood.
 * False without memory. */
TH_MUST_USE bool th_seen_sort(th_seen_line *line, size_t lines, void (*key)(const th_seen_line *line, uint64_t key[2]),
                              int (*compare)(const void *a, const void *b));

/* Call `say` for each of the lines with one of the flags, few of many, in the order of the file; false without memory. */
TH_MUST_USE bool th_seen_say(th_shard *shard, const th_seen_line *line, size_t lines, unsigned flags,
                             bool (*say)(th_shard *shard, const th_seen_line *line));

/* The values of lines as whole numbers of one power of ten, into value[]. False when they are too far apart for that. */
TH_MUST_USE bool th_seen_values(const th_seen_line *line, size_t count, __int128 *value, int32_t *exp);

/* In which place of th_seen_line.column a column that is not read counts, by its name; the same in every run. */
static inline size_t th_seen_slot(th_slice name)
{
	uint32_t hash = 2166136261u; /* FNV-1a: the keyed hash of tables would name other columns in another run */
	for (size_t i = 0; i < name.len; i++)
		hash = (hash ^ (unsigned char)name.ptr[i]) * 16777619u;
	return (hash ^ hash >> 16) % TH_SEEN_COLUMNS;
}

/* All lines that are remembered, in parts and in no order. 0, or errno as th_pile_each. */
TH_MUST_USE int th_seen_each(th_shard *shard, bool (*take)(void *context, void *records, size_t count), void *context);

/* quality_all.c: what is asked of all lines. */
struct th_traces *th_traces_make(void); /* NULL without memory */
void th_traces_free(struct th_traces *traces);
/* A line of all that says what the hash is of; a period of the series that `what`, never 0, is the hash of. False without memory, or with a finding that there is no
 * room on disk. */
TH_MUST_USE bool th_trace_line(th_shard *shard, const th_now *now, uint64_t hash);
TH_MUST_USE bool th_trace_span(th_shard *shard, const th_now *now, uint64_t what);
/* False; with a finding where it is the disk's fault and not that of memory. */
bool th_trace_failed(th_shard *shard, int error);
void th_traces_merge(struct th_traces *into, struct th_traces *from);
/* The caveats of lines that are there twice and of periods that overlap. False as above. */
TH_MUST_USE bool th_traces_finish(th_shard *shard);

/* Lines that only a column tells apart that is not read; names: of all such columns. Sorts the list. False without memory. */
TH_MUST_USE bool th_quality_columns(th_shard *shard, const th_intern *names, th_seen_line *line, size_t lines);
/* Lines that are sums of others, main meters with their parts. All sort the list as they like. False without memory. */
TH_MUST_USE bool th_quality_sums(th_shard *shard, th_seen_line *line, size_t lines);
/* What was bought beside what was used of it. Sorts the list. False without memory. */
TH_MUST_USE bool th_quality_bought(th_shard *shard, th_seen_line *line, size_t lines);
/* quality_chance.c: how easily chance makes a sum. The step of which all values are multiples, as they are written or rounded, in the scale of
 * the values (th_seen_values), and how many of them a line has to have so that it is no sum of others by chance; `parts`: the lines it is one of. */
double th_seen_step(const th_seen_line *line, const __int128 *value, size_t count, int32_t exp);
double th_seen_digits(const th_seen_line *line, size_t count, size_t parts, const th_plausible *plausible);
/* Of one activity, by period: what is a sum by few digits in one period after the other is one. Sorts the list and puts it back. */
void th_quality_again(th_seen_line *line, size_t lines, const th_plausible *plausible);
/* Months far above the others of their series. */
TH_MUST_USE bool th_quality_months(th_shard *shard, th_seen_line *line, size_t lines);

#endif

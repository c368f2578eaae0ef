/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_AUDIT_CHAIN_H
#define TH_AUDIT_CHAIN_H

/* What is behind one number of a report: the lines that it is made of, heard while its account is computed again. */

#include "account/account.h"
#include "audit/recorded.h"

typedef enum th_chain_of { TH_CHAIN_TOTAL, TH_CHAIN_LINE, TH_CHAIN_REQUIREMENT, TH_CHAIN_FOOTPRINT } th_chain_of;

typedef struct th_chain {
	th_chain_of of;
	th_slice id;             /* of the total, as JSON calls it; of the requirement, of the product; the line's file:line */
	int year;                /* of the total */
	const th_json *value;    /* in the report: the total, the requirement or the product; NULL of a line */
	th_arena *arena;
	th_entry *entry;         /* what it is made of, in the order of the input; texts live in the arena, factors and gases as long as the reference */
	size_t entries;
	bool by_market;          /* its scope 2 is by contracts and certificates, */
	bool less_given_out;     /* and what is given out is taken off */
	uint64_t *at_market;     /* by market: lines that have a value of their own there, ascending */
	size_t at_markets;
} th_chain;

/* What an id means in a report: gross, gross:2023, inventory.csv:12, 4.3-req5, or as verify calls values, years[2023].totals.gross. TH_INVALID, and
 * reported with what there is, where it means nothing. A line is only known to be one when it is heard. */
TH_MUST_USE th_status th_chain_open(const th_recorded *recorded, const char *id, th_arena *arena, th_diags *diags, th_chain *out);
/* For th_listener.entry, with the chain as its context. */
TH_MUST_USE th_status th_chain_entry(void *chain, const th_entry *entry);
/* Does the entry, which was heard, belong to the total? */
bool th_chain_counts(const th_chain *chain, const th_entry *entry);
/* Is it taken off that total? */
bool th_chain_takes_off(const th_chain *chain, const th_entry *entry);
/* Say that there is no such line. TH_INVALID. */
th_status th_chain_unknown(const th_recorded *recorded, const char *id, th_diags *diags);

#endif

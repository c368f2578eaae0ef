/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_ACCOUNT_H
#define TANHE_ACCOUNT_H

/* The greenhouse-gas account of one or more inventories. */

#include <tanhe/reference.h>

typedef struct th_account th_account;

/* One line of an inventory and one gas, as computed; a report writes it, nobody else looks inside. */
typedef struct th_entry th_entry;

/* Somebody who is told all entries while they are computed, so that an inventory is read once, whoever wants to know of it. Either
 * function may be NULL; a status other than TH_OK ends the run with it, and why is the listener's to say. */
typedef struct th_listener {
	/* Once for each line and gas in the order of the input (waste in landfills at the end). The entry is good until it returns. */
	th_status (*entry)(void *context, const th_entry *entry);
	/* Once, when all sums are complete and nothing was wrong. */
	th_status (*close)(void *context, th_account *account);
	void *context;
} th_listener;

typedef struct th_account_options {
	const char *const *inventory; /* paths; "-" is standard input */
	size_t inventories;
	const char *profile;          /* id; NULL: the default one */
	const char *gwp;              /* SAR TAR AR4 AR5 AR6; NULL: the profile's */
	const char *encoding;         /* of all inventories; NULL: detected for each */
	const char *gas_condition;    /* what a bare m3 of gas means: "0C", "20C", ...; NULL: nothing, an error */
	const char *by;               /* keys of the groups, comma between: site period year scope activity source gas region; NULL: scope,activity */
	const char *case_file;        /* case.csv for intensities; NULL: none */
	int fallback_nearest;         /* a factor of the nearest year, also a later one */
	const th_listener *listener;  /* told in this order */
	size_t listeners;
} th_account_options;

/* Read, check and compute. Errors in the input are all reported and give TH_INVALID and no account; an option that
 * names nothing known is TH_USAGE with a diagnostic. */
TH_PUBLIC TH_MUST_USE th_status th_account_run(const th_reference *reference, const th_account_options *options, th_diags *diags,
                                               th_account **out);
TH_PUBLIC void th_account_free(th_account *account);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who listens to an account: any number of them, each told every entry in its order, then the end; what they hang on it goes with it. */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "account/account.h"
#include "suites.h"

typedef struct ear {
	th_mass gross;
	size_t entries, closed, line, stop; /* stop: the entry that is refused; 0: none */
	th_status refusal;
	bool ordered, freed;
	pthread_t thread;
} ear;

static th_status hear(void *context, const th_entry *entry)
{
	ear *e = context;
	e->ordered &= e->closed == 0 && entry->line >= e->line && pthread_equal(pthread_self(), e->thread);
	e->line = entry->line;
	e->gross += entry->bucket == TH_GROSS ? entry->co2e : 0;
	return ++e->entries == e->stop ? e->refusal : TH_OK;
}

static void let_go(void *context)
{
	((ear *)context)->freed = true;
}

static th_status at_the_end(void *context, th_account *account)
{
	ear *e = context;
	e->closed++;
	e->ordered &= account->whole.gross == e->gross;
	ck_assert(th_account_attach(account, e, let_go));
	ck_assert(th_account_add_caveat(account, 2, TH_FACT_OF_OTHER_YEAR, "first", "last", (char *)NULL));
	return e->stop == SIZE_MAX ? e->refusal : TH_OK;
}

/* Of three lines so many times; with more than one thread small pieces, so that each has some. */
static th_status run(size_t times, unsigned threads, ear *first, ear *second, th_account **account, size_t *errors)
{
	char path[] = "/tmp/tanhe-listen-XXXXXX";
	const char *inventory = path;
	int file = mkstemp(path);
	ck_assert_int_ge(file, 0);
	FILE *out = fdopen(file, "w");
	fputs("period,activity,quantity,unit\n", out);
	for (size_t i = 0; i < times; i++)
		fputs("2022,clinker,1000,t\n2022,diesel,5,t\n2022,clinker,500,t\n", out);
	ck_assert_int_eq(fclose(out), 0);
	const th_listener listener[] = {{.entry = hear, .close = at_the_end, .context = first}, {.entry = NULL}, {.entry = hear, .close = at_the_end, .context = second}};
	const th_account_options options = {.inventory = &inventory, .inventories = 1, .listener = listener, .listeners = 3, .threads = threads};
	th_diags *diags = th_diags_new();
	th_reference *reference = NULL;
	ck_assert_int_eq(th_reference_open(TEST_DATA_DIR, diags, &reference), TH_OK);
	if (threads > 1)
		th_diags_read_by(diags, (th_reading){.how = TH_READ_FAST, .block = 100});
	*account = NULL;
	th_status status = th_account_run(reference, &options, diags, account);
	*errors = th_diags_errors(diags);
	if (*account)
		ck_assert_int_eq((*account)->whole.gross == first->gross, 1);
	th_diags_free(diags);
	ck_assert_int_eq(unlink(path), 0);
	th_account *made = *account;
	if (made) {
		ck_assert_ptr_eq(th_account_attached(made, let_go), second); /* the last one hung on */
		ck_assert_ptr_null(th_account_attached(made, free));
		size_t told = 0;
		for (size_t i = 0; i < made->caveats; i++)
			if (made->caveat[i].code == TH_FACT_OF_OTHER_YEAR)
				told = made->caveat[i].count;
		ck_assert_uint_eq(told, 4); /* one caveat, twice two */
	}
	th_account_free(made);
	th_reference_free(reference);
	return status;
}

START_TEST(all_are_told)
{
	ear first = {.ordered = true, .thread = pthread_self()}, second = first;
	th_account *account;
	size_t errors;
	ck_assert_int_eq(run(1, 1, &first, &second, &account, &errors), TH_OK);
	ck_assert_uint_gt(first.entries, 3); /* diesel has three gases */
	ck_assert_uint_eq(first.entries, second.entries);
	ck_assert(first.ordered && second.ordered && first.gross == second.gross && first.gross > 0);
	ck_assert_uint_eq(first.closed, 1);
	ck_assert_uint_eq(second.closed, 1);
	ck_assert(first.freed && second.freed);
}
END_TEST

START_TEST(one_ends_the_run)
{
	static const th_status refusals[] = {TH_USAGE, TH_INVALID, TH_SYSTEM};
	for (size_t i = 0; i < 3; i++)
		for (size_t at = 1; at <= 2; at++) {
			ear first = {.ordered = true, .thread = pthread_self(), .stop = at == 1 ? 2 : SIZE_MAX, .refusal = refusals[i]}, second = {.ordered = true, .thread = pthread_self()};
			th_account *account;
			size_t errors;
			ck_assert_int_eq(run(1, 1, &first, &second, &account, &errors), refusals[i]);
			ck_assert_ptr_null(account);
			ck_assert_uint_eq(errors, 0); /* it is not for the account to say why, least of all that memory ran out */
			ck_assert_uint_eq(second.entries, at == 1 ? 1 : first.entries);
			ck_assert_uint_eq(first.closed, at == 1 ? 0 : 1);
			ck_assert_uint_eq(second.closed, 0);
			ck_assert(first.freed == (at == 2) && !second.freed);
		}
}
END_TEST

/* On the thread that runs the account and in the order of the input, however many compute. */
START_TEST(all_are_told_in_order)
{
	for (unsigned threads = 1; threads <= 7; threads += 3) {
		ear first = {.ordered = true, .thread = pthread_self()}, second = first;
		th_account *account;
		size_t errors;
		ck_assert_int_eq(run(400, threads, &first, &second, &account, &errors), TH_OK);
		ck_assert_uint_eq(first.entries, 400 * 5); /* diesel has three gases */
		ck_assert(first.ordered && second.ordered && first.gross == second.gross);
		ear third = {.ordered = true, .thread = pthread_self(), .stop = 77, .refusal = TH_INVALID}, fourth = {.ordered = true, .thread = pthread_self()};
		ck_assert_int_eq(run(400, threads, &third, &fourth, &account, &errors), TH_INVALID);
		ck_assert_uint_eq(third.entries, 77);
		ck_assert_uint_eq(fourth.entries, 76);
	}
}
END_TEST

Suite *listen_suite(void)
{
	Suite *suite = suite_create("listen");
	TCase *tcase = tcase_create("listen");
	tcase_add_test(tcase, all_are_told);
	tcase_add_test(tcase, one_ends_the_run);
	tcase_add_test(tcase, all_are_told_in_order);
	suite_add_tcase(suite, tcase);
	return suite;
}

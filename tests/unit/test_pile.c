/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records that are compared with each other: all come out, once, those with the same hash together, however many there are. */

#include <check.h>
#include <errno.h>

#include "io/pile.h"
#include "suites.h"

struct record {
	uint64_t hash, number, rest;
};

enum { MOST = 60000 };

static struct {
	bool seen[MOST];
	size_t count, calls, refuse; /* refuse: the call that says no */
	uint64_t call_of[MOST];      /* by hash_of: in which call its records came */
} got;

/* Some hashes stand often, and the upper bits of all are filled. */
static uint64_t hash_of(size_t number)
{
	return (uint64_t)(number % 7 ? number / 3 : number % 11 + 1) * UINT64_C(0x9E3779B97F4A7C15);
}

static bool take(void *context, void *records, size_t count)
{
	struct record *record = records;
	ck_assert_ptr_eq(context, &got);
	got.calls++;
	for (size_t i = 0; i < count; i++) {
		size_t number = record[i].number;
		ck_assert_uint_lt(number, MOST);
		ck_assert(!got.seen[number]);
		ck_assert_uint_eq(record[i].hash, hash_of(number));
		ck_assert_uint_eq(record[i].rest, ~number);
		got.seen[number] = true;
		got.count++;
		size_t slot = number % 7 ? number / 3 : number % 11 + 1;
		ck_assert(got.call_of[slot] == 0 || got.call_of[slot] == got.calls);
		got.call_of[slot] = got.calls;
		record[i].rest = 0; /* they may be changed */
	}
	return got.calls != got.refuse;
}

/* So many in each of several piles that are joined. */
static void all_come_out(const size_t *each, size_t piles)
{
	th_pile *pile[4];
	size_t number = 0;
	memset(&got, 0, sizeof got);
	for (size_t i = 0; i < piles; i++) {
		pile[i] = th_pile_new(sizeof(struct record));
		ck_assert_ptr_nonnull(pile[i]);
		for (size_t n = 0; n < each[i]; n++, number++)
			ck_assert_int_eq(th_pile_add(pile[i], &(struct record){hash_of(number), number, ~(uint64_t)number}), 0);
		ck_assert(th_pile_large(pile[i]) == (each[i] > 4096));
		if (i > 0)
			th_pile_join(pile[0], pile[i]);
	}
	ck_assert_int_eq(th_pile_each(pile[0], take, &got), 0);
	ck_assert_uint_eq(got.count, number);
	th_pile_free(pile[0]);
}

START_TEST(each_record_comes_out_once)
{
	all_come_out((const size_t[]){0}, 1);
	all_come_out((const size_t[]){1}, 1);
	all_come_out((const size_t[]){4096}, 1);
	all_come_out((const size_t[]){4097}, 1);
	all_come_out((const size_t[]){MOST}, 1);
	all_come_out((const size_t[]){0, 3, 4096}, 3);
	all_come_out((const size_t[]){30000, 0, 10, 20000}, 4);
	all_come_out((const size_t[]){5, 25000, 4096, 25000}, 4);
}
END_TEST

START_TEST(who_takes_may_refuse)
{
	th_pile *pile = th_pile_new(sizeof(struct record));
	memset(&got, 0, sizeof got);
	got.refuse = 2;
	for (size_t n = 0; n < MOST; n++)
		ck_assert_int_eq(th_pile_add(pile, &(struct record){hash_of(n), n, ~(uint64_t)n}), 0);
	ck_assert_int_eq(th_pile_each(pile, take, &got), ECANCELED);
	ck_assert_uint_eq(got.calls, 2);
	th_pile_free(pile);
}
END_TEST

Suite *pile_suite(void)
{
	Suite *suite = suite_create("pile");
	TCase *tcase = tcase_create("pile");
	tcase_add_test(tcase, each_record_comes_out_once);
	tcase_add_test(tcase, who_takes_may_refuse);
	suite_add_tcase(suite, tcase);
	return suite;
}

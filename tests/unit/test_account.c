/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an account tells of each line: its order, its place and what was read in it. */
#include "account/account.h"
#include "lend.h"
#include "suites.h"

static th_diags *diags;
static th_reference *ref;

static void setup(void)
{
	diags = th_diags_new();
	ck_assert_ptr_nonnull(diags);
	ck_assert_int_eq(th_reference_open(TEST_DATA_DIR, diags, &ref), TH_OK);
}

static void teardown(void)
{
	th_reference_free(ref);
	ref = NULL;
	th_diags_free(diags);
}

enum { MOST = 64 };

/* Entries as they came; words are not kept. */
typedef struct heard {
	th_entry entry[MOST];
	th_unit measure[MOST];
	size_t count;
} heard;

static th_status hear(void *context, const th_entry *entry)
{
	heard *h = context;
	ck_assert_uint_lt(h->count, MOST);
	ck_assert_ptr_nonnull(entry->recipe);
	h->measure[h->count] = *entry->measure;
	h->entry[h->count++] = *entry;
	return TH_OK;
}

static th_account *account_of(const char *const *inventory, size_t inventories, heard *h)
{
	th_listener listener = {.entry = hear, .context = h};
	th_account_options o = {.inventory = inventory, .inventories = inventories, .listener = &listener, .listeners = 1};
	th_account *account = NULL;
	ck_assert_int_eq(th_account_run(ref, &o, diags, &account), TH_OK);
	expect_places(diags, "", "the account");
	return account;
}

START_TEST(entries_say_where_and_what)
{
	static const char first[] = "unit,period,activity,quantity,uncertainty\n10^4 kWh,2023,electricity,\"1,234.5\",±5%\nt,2023-03,diesel,2,\n";
	static const char second[] = "period,activity,quantity,unit\n2023,electricity,7,MWh\n";
	const char *const inventory[] = {lend(diags, "a.csv", first), lend(diags, "b.csv", second)};
	heard h = {0};
	th_account *account = account_of(inventory, 2, &h);
	const th_entry *power = &h.entry[0], *diesel = &h.entry[1], *last = &h.entry[h.count - 1];
	ck_assert_uint_eq(power->line, 2);
	ck_assert_uint_eq(power->cell, 4);
	ck_assert_int_eq(power->amount.mant, 12345);
	ck_assert_int_eq(power->amount.exp, -1);
	ck_assert_int_eq(h.measure[0].exp - h.measure[h.count - 1].exp, 1); /* 10^4 kWh and MWh */
	ck_assert(power->has_half && !diesel->has_half);
	ck_assert_int_eq(power->half.mant, 5);
	ck_assert_uint_eq(diesel->span.num * 12, diesel->span.den); /* a month of the year */
	ck_assert_int_eq(diesel->span.first_year, 2023);
	ck_assert_uint_eq(last->line, 2);
	ck_assert_uint_eq(last->cell, 3);
	for (size_t i = 1; i < h.count; i++)
		ck_assert_int_eq(h.entry[i].order > h.entry[i - 1].order, h.entry[i].line != h.entry[i - 1].line || h.entry[i].file != h.entry[i - 1].file);
	th_account_free(account);
}
END_TEST

START_TEST(landfill_gas_comes_later)
{
	static const char text[] = "period,activity,quantity,unit,uncertainty\n2020,landfill_food,10,t,8\n2022,electricity,1,kWh,\n";
	const char *inventory = lend(diags, "a.csv", text);
	heard h = {0};
	th_account *account = account_of(&inventory, 1, &h);
	ck_assert_uint_eq(h.count, 3);
	ck_assert_uint_eq(h.entry[0].line, 3);
	for (size_t i = 1; i < 3; i++) {
		const th_entry *e = &h.entry[i];
		ck_assert_uint_eq(e->line, 2);
		ck_assert_uint_eq(e->cell, 3);
		ck_assert_uint_gt(e->order, h.entry[0].order);
		ck_assert_uint_eq(e->order, TH_ORDER_LATER + 2);
		ck_assert_int_eq(e->span.first_year, 2020 + (int)i);
		ck_assert_int_eq(e->span.to - e->span.from, 364);
		ck_assert_int_eq(e->half.mant, 8);
		ck_assert_int_eq(e->amount.mant, 1);
		ck_assert_int_eq(e->amount.exp, 1);
	}
	th_account_free(account);
}
END_TEST

/* Words and origins of a formula's terms, joined. */
static th_status put_terms(void *context, const th_entry *entry)
{
	static const char origins[] = "cfeu"; /* cell, factor, equation, units */
	th_buf *out = context;
	for (size_t i = 0; i < entry->terms; i++) {
		const th_formula_term *t = &entry->term[i];
		th_buf_printf(out, "%s%s=%.*s%s%.*s:%c", i ? " " : "", t->name, (int)t->value.len, t->value.ptr, t->unit.len ? "_" : "", (int)t->unit.len,
		              t->unit.ptr, origins[t->origin]);
	}
	th_buf_str(out, "\n");
	return TH_OK;
}

START_TEST(formulas_are_terms)
{
	static const char text[] = "period,activity,quantity,unit,factor,ncv,oxidation\n2023,烟煤,1,t,,5000 kcal/kg,98%\n2023,天然气,2,m3@20C,,,\n"
	                           "2020,landfill_food,10,t,,,\n2021,电,1,kWh,,,\n";
	static const char wanted[] =
		"conversion=1000:u ncv=5000_kcal/kg:c conversion=0.0000000041868:u carbon_content=26.1_tC/TJ:f oxidation=98_%:c CO2/C=44/12:e conversion=1000:u\n"
		"conversion=1000:u ncv=5000_kcal/kg:c conversion=0.0000000041868:u value=10_kg/TJ:f\n"
		"conversion=1000:u ncv=5000_kcal/kg:c conversion=0.0000000041868:u value=1.5_kg/TJ:f\n"
		"condition=273.15/293.15:u conversion=0.0001:u ncv=389.31_GJ/10^4 Nm3:f conversion=0.001:u carbon_content=15.3_tC/TJ:f oxidation=0.99:f "
		"CO2/C=44/12:e conversion=1000:u\n";
	const char *inventory = lend(diags, "a.csv", text);
	th_buf out = {0};
	th_listener listener = {.entry = put_terms, .context = &out};
	th_account_options o = {.inventory = &inventory, .inventories = 1, .listener = &listener, .listeners = 1};
	th_account *account = NULL;
	ck_assert_int_eq(th_account_run(ref, &o, diags, &account), TH_OK);
	th_buf_char(&out, '\0');
	ck_assert_msg(strncmp(out.ptr, wanted, strlen(wanted)) == 0, "%s", out.ptr);
	ck_assert_ptr_nonnull(strstr(out.ptr, "ox=0.1:f CH4/C=16/12:e conversion=1000:u k="));
	th_buf_free(&out);
	th_account_free(account);
}
END_TEST

Suite *account_suite(void)
{
	Suite *suite = suite_create("account");
	TCase *tcase = tcase_create("entries");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, entries_say_where_and_what);
	tcase_add_test(tcase, landfill_gas_comes_later);
	tcase_add_test(tcase, formulas_are_terms);
	suite_add_tcase(suite, tcase);
	return suite;
}

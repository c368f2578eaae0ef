/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shards of one file, cut at any line and merged in any order, give the account and the findings that one run gives. */
#include <tanhe/report.h>

#include "account/frame.h"
#include "scratch.h"
#include "suites.h"

static scratch dir;
static th_reference *ref;

static void setup(void)
{
	th_diags *diags = th_diags_new();
	scratch_make(&dir);
	ck_assert_int_eq(th_reference_open(TEST_DATA_DIR, diags, &ref), TH_OK);
	th_diags_free(diags);
}

static void teardown(void)
{
	th_reference_free(ref);
	ref = NULL;
	scratch_remove(&dir);
}

enum { MOST_SHARDS = 4 };

/* What a run came to: its report, empty without an account, and its findings. */
typedef struct answer {
	char *report, *findings;
} answer;

static answer answer_of(const th_account *account, const th_diags *diags)
{
	answer a = {.report = NULL};
	size_t len;
	if (account)
		ck_assert_int_eq(th_report_account(account, TH_FORMAT_JSON, TH_LANG_EN, &a.report, &len), TH_OK);
	ck_assert_int_eq(th_diags_jsonl(diags, &a.findings), TH_OK);
	return a;
}

static void answer_free(answer *a)
{
	free(a->report);
	free(a->findings);
}

/* Give each line to its shard: the first ones up to cut[0], then up to cut[1] ... */
static void run_shards(const th_frame *frame, th_inventory *inventory, th_shard *shard, size_t shards, const size_t *cut)
{
	th_line line;
	th_now now = {.inventory = inventory, .line = &line, .file = frame->options->inventory[0],
	              .cell = th_inventory_cell(inventory, TH_COL_QUANTITY)};
	bool end = false;
	size_t at = 0;
	for (size_t n = 0; th_inventory_next(inventory, &line, &end) == TH_OK && !end; n++) {
		while (at + 1 < shards && n >= cut[at])
			at++;
		now.order = th_order_of(0, line.line);
		now.row = n;
		th_diags_at(shard[at].diags, now.order);
		ck_assert_int_eq(th_line_run(&shard[at], &now), TH_OK);
	}
}

static answer of_shards(const th_account_options *options, const th_account *whole, size_t shards, const size_t *cut, const size_t *order)
{
	th_diags *own = th_diags_new(), *diags[MOST_SHARDS];
	th_frame frame;
	th_shard shard[MOST_SHARDS];
	th_inventory *inventory = NULL;
	ck_assert_int_eq(th_frame_make(&frame, ref, options, NULL, own), TH_OK);
	ck_assert_int_eq(th_inventory_open(ref, options->inventory[0], TH_ENC_AUTO, NULL, own, &inventory), TH_OK);
	frame.market_column = th_inventory_has(inventory, TH_COL_INSTRUMENT);
	for (size_t i = 0; i < shards; i++) {
		diags[i] = th_diags_new();
		ck_assert(th_shard_make(&shard[i], &frame, diags[i]));
	}
	run_shards(&frame, inventory, shard, shards, cut);
	th_shard *first = &shard[order[0]];
	for (size_t i = 1; i < shards; i++)
		ck_assert_int_eq(th_shard_merge(first, &shard[order[i]]), TH_OK);
	th_account *account = NULL;
	if (th_diags_errors(first->diags) == 0) {
		th_arena arena = {0};
		account = th_arena_alloc(&arena, 1, sizeof *account);
		account->arena = arena;
		ck_assert_int_eq(th_landfill_run(first), TH_OK);
		ck_assert_int_eq(th_finish(first, NULL, account), TH_OK);
		account->asked = whole->asked;
		account->input = whole->input; /* what is known of the file, not of its lines */
		account->inputs = whole->inputs;
	}
	answer a = answer_of(account, first->diags);
	for (size_t i = 0; i < shards; i++) {
		th_shard_free(&shard[i]);
		th_diags_free(diags[i]);
	}
	th_account_free(account);
	th_inventory_close(inventory);
	th_frame_free(&frame);
	th_diags_free(own);
	return a;
}

static void expect_same(const answer *found, const answer *wanted, const char *what)
{
	ck_assert_msg(strcmp(found->findings, wanted->findings) == 0, "%s: findings\n%.2000s\nexpected\n%.2000s", what, found->findings, wanted->findings);
	ck_assert_int_eq(found->report != NULL, wanted->report != NULL);
	ck_assert_msg(!found->report || strcmp(found->report, wanted->report) == 0, "%s: report\n%s\nexpected\n%s", what, found->report, wanted->report);
}

/* Landfills come in the order of their deposits. */
static th_status hear(void *context, const th_entry *entry)
{
	uint64_t *last = context;
	if (entry->order < TH_ORDER_LATER)
		*last = 0;
	else
		ck_assert_uint_ge(entry->order, *last);
	*last = entry->order;
	return TH_OK;
}

/* The whole file in one run against every way to cut it in two, and cuts in four merged in every order. */
static void every_cut(const char *text, size_t lines, size_t step, bool good)
{
	const char *inventory = scratch_write(&dir, "a.csv", text, strlen(text));
	uint64_t last = 0;
	const th_listener listener = {.entry = hear, .context = &last};
	th_account_options o = {.inventory = &inventory, .inventories = 1, .by = "site,year,gas", .listener = &listener, .listeners = 1};
	th_diags *diags = th_diags_new();
	th_account *whole = NULL;
	th_status status = th_account_run(ref, &o, diags, &whole);
	if (good)
		expect_places(diags, "", "the whole");
	ck_assert_int_eq(status, good ? TH_OK : TH_INVALID);
	answer wanted = answer_of(whole, diags);
	bool few = lines > 100000; /* of a long file the cut inside it, the last part first and one mixed order */
	for (size_t cut = few ? step : 0; cut <= lines; cut += step)
		for (size_t way = 0; way < 2; way++) {
			answer found = of_shards(&o, whole, 2, &cut, way ? (const size_t[]){1, 0} : (const size_t[]){0, 1});
			expect_same(&found, &wanted, "two shards");
			answer_free(&found);
		}
	for (size_t way = 0; way < 256; way++) {
		size_t order[MOST_SHARDS] = {way & 3, way >> 2 & 3, way >> 4 & 3, way >> 6}, seen = 0;
		const size_t cuts[] = {lines / 5, lines / 2, lines - lines / 4};
		for (size_t i = 0; i < MOST_SHARDS; i++)
			seen |= (size_t)1 << order[i];
		if (seen != 15 || (few && way != 0x1B && way != 0x72))
			continue; /* no permutation; or one of the many, of a long file */
		answer found = of_shards(&o, whole, MOST_SHARDS, cuts, order);
		expect_same(&found, &wanted, "four shards");
		answer_free(&found);
	}
	answer_free(&wanted);
	th_account_free(whole);
	th_diags_free(diags);
}

START_TEST(any_cut_is_one_account)
{
	static const char *const lines[] = {
		"2021,electricity,\"1,234.5\",MWh,甲,a,,grid-cn-2021,grid-shanghai-2023\n", "2021-01,electricity,7,MWh,甲,a,,,\n", "2021,烟煤,10,t,甲,炉,,,\n",
		"2022,烟煤,１２,t,乙,炉,,,\n", "2021,烟煤,10,t,甲,炉,,,\n", "2020,landfill_food,3.3,t,乙,,,,\n", "2022,柴油,-1,t,乙,全厂合计,,,\n",
		"2022,柴油,2.000000001,t,,,,,\n", "2021-06/2022-02,R410A,3,kg,甲,,,,leak-ac\n", "2022,天然气,5,万m3@20C,乙,灶,,,\n", "2021,热力,9,GJ,乙,,,,\n",
		"2022,某种新活动,4,MWh,丙,,2,,grid-shanghai-2023\n", "2022,生活垃圾焚烧,8,t,丙,,,,\n", "2023,ccer,2,t CO2e,,,,,\n", "2021-02,烟煤,10,t,甲,炉,,,\n",
	};
	enum { LINES = 75 };
	static char text[16384] = "period,activity,quantity,unit,site,source,scope,instrument,factor\n";
	for (size_t i = 0; i < LINES; i++)
		strcat(text, lines[i * 7 % (sizeof lines / sizeof *lines)]);
	every_cut(text, LINES, 1, true);
}
END_TEST

START_TEST(any_cut_is_one_list_of_findings)
{
	static const char *const lines[] = {"2021,electricity,1,MWh\n", "2021,diesel,,t\n", "2021,diesel,x,t\n", "21,diesel,1,t\n", "2021,diesel,1e59,t\n",
	                                    "2021,electricty,1,MWh\n"};
	enum { LINES = 1600 }; /* more findings than are kept */
	static char text[65536] = "period,activity,quantity,unit\n";
	size_t len = strlen(text);
	for (size_t i = 0; i < LINES; i++)
		len += (size_t)snprintf(text + len, sizeof text - len, "%s", lines[i % 40 ? i % 5 : 5]);
	every_cut(text, LINES, 399, false);
}
END_TEST

START_TEST(what_is_asked_of_all_lines_is_asked_of_any_cut)
{
	enum { LINES = 300000 }; /* more than are remembered */
	static char text[LINES * 24 + 64] = "period,activity,quantity,unit\n";
	size_t len = strlen(text);
	for (size_t i = 0; i < LINES; i++)
		len += (size_t)snprintf(text + len, sizeof text - len, "2021,热力,%zu,GJ\n", i % 1000 ? i : 1);
	every_cut(text, LINES, 200000, true);
}
END_TEST

Suite *shards_suite(void)
{
	Suite *suite = suite_create("shards");
	TCase *tcase = tcase_create("merge");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, any_cut_is_one_account);
	tcase_add_test(tcase, any_cut_is_one_list_of_findings);
	tcase_add_test(tcase, what_is_asked_of_all_lines_is_asked_of_any_cut);
	suite_add_tcase(suite, tcase);
	return suite;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Packs as files: the second pack, which needs no C of its own; packs with one mistake each; expressions one by one. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules_fixture.h"
#include "rules_mistakes.h"
#include "suites.h"

static rules_fixture f;
static char *example;

static void setup(void)
{
	rules_setup(&f);
	example = rules_read(TEST_RULES_DIR "/example-scheme.json");
}

static void teardown(void)
{
	free(example);
	rules_teardown(&f);
}

/* --- the second pack --- */

static const char *const good_case =
	"kind=sea; berths=4; quay=500#m; shore_power=300#MWh; energy=1000000#kWh; least_share=30#%; opened=2010-05-02; closed=2035-11-15; grade=A;"
	"trained=yes; noisy=no; waste=5 4 3.5; cargo=1 2; fuels=lng；LNG@list.pdf; measures=hulls cranes; plan_year=2030; balance=-5#CNY; mode=fast; twin=river";

static const struct { const char *changes, *statuses, *verdict; } cases[] = {
	{"", "met met met met", "eligible"},
	{"shore_power=299.999#MWh", "met not_met met met", "not_eligible"},
	{"shore_power=299.999#MWh; grade=heritage", "met expert_review met met", "expert_review"},
	{"least_share=; grade=heritage", "met expert_review met met", "expert_review"},
	{"least_share=", "met undetermined met met", "undetermined"},
	{"energy=0#kWh", "met undetermined met met", "undetermined"},
	{"kind=river", "not_applicable not_met met met", "not_eligible"},
	{"kind=river; closed=2030-05-01", "not_applicable not_met met met", "not_eligible"},
	{"kind=river; closed=2030-03", "not_applicable met met met", "eligible"},
	{"kind=", "undetermined undetermined met met", "undetermined"},
	{"kind=; closed=2038", "undetermined undetermined met met", "undetermined"},
	{"berths=2; quay=999.9#m", "not_met met met met", "not_eligible"},
	{"berths=2; quay=1#km", "met met met met", "eligible"},
	{"berths=; quay=1#km", "met met met met", "eligible"},
	{"berths=; quay=1#m", "undetermined met met met", "undetermined"},
	{"noisy=yes", "met met not_met met", "eligible"},
	{"noisy=", "met met undetermined met", "eligible"},
	{"waste=5 5", "met met not_met met", "eligible"},
	{"waste=5 6", "met met not_met met", "eligible"},
	{"cargo=2 1", "met met not_met met", "eligible"},
	{"cargo=2", "met met met met", "eligible"},
	{"cargo=", "met met undetermined met", "eligible"},
	{"cargo=; trained=no", "met met not_met met", "eligible"},
	{"measures=hulls engines", "met met not_met met", "eligible"},
	{"measures=hulls cranes engines; fuels=lng;", "met met undetermined met", "eligible"},
	{"measures=hulls cranes; fuels=lng", "met met not_met met", "eligible"},
	{"measures=", "met met undetermined met", "eligible"},
	{"fuels=lng，diesel@x", "", ""},
	{"balance=5#CNY; plan_year=2040", "met met met not_met", "not_eligible"},
	{"balance=-200#CNY", "met met met not_met", "not_eligible"},
	{"balance=-200#CNY; grade=exempt", "met met met not_applicable", "eligible"},
	{"balance=", "met met met met", "eligible"},
	{"balance=; plan_year=2040", "met met met undetermined", "undetermined"},
	{"mode=", "met met met undetermined", "undetermined"},
	{"mode=slow; twin=", "met met met met", "eligible"},
	{"mode=; twin=sea", "met met met met", "eligible"},
	{"opened=2040", "met undetermined met met", "undetermined"},
};

START_TEST(decides_the_second_pack)
{
	th_rule_results all;
	char found[256] = "";
	if (*cases[_i].statuses == '\0')
		return;
	rules_pack(&f, TEST_RULES_DIR "/example-scheme.json");
	rules_set(&f, good_case);
	rules_set(&f, cases[_i].changes);
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	for (size_t i = 0; i < all.results; i++)
		strcat(strcat(found, i ? " " : ""), th_rule_status_names[all.result[i].status]);
	ck_assert_msg(strcmp(found, cases[_i].statuses) == 0, "[%s]: %s, expected %s", cases[_i].changes, found, cases[_i].statuses);
	ck_assert_str_eq(th_verdict_names[all.verdict], cases[_i].verdict);
	ck_assert_str_eq(all.caveat[0].en.ptr, "an example");
}
END_TEST

START_TEST(says_why)
{
	th_rule_results all;
	rules_pack(&f, TEST_RULES_DIR "/example-scheme.json");
	rules_set(&f, good_case);
	rules_set(&f, "plan_year=2030; opened=2010-05; closed=2035-11-15; fuels=lng;");
	rules_set(&f, "fuels=LNG；diesel ;@x.pdf") ;
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	ck_assert_str_eq(all.result[0].why.zh.ptr, "海港，泊位 4，岸线 500 m，海港");
	ck_assert_str_eq(all.result[0].why.en.ptr, "sea port, berths 4, quay 500 m, sea port, yes, LNG, diesel, 2010-05, 2030, A, 1, 2 t, 5, 4, 3.5, 2035-11-15, fast, gross");
	ck_assert_str_eq(all.result[1].why.en.ptr, "Met. share: 30 %, required at least 30 %, margin 0 %; years: 25.54 years, required less than 30 years, margin 4.46 years");
	ck_assert_str_eq(all.result[1].why.zh.ptr, "满足。占比为30%，要求不低于30%，刚好达到；年限为25.54年，要求少于30年，少4.46年");
	ck_assert_str_eq(all.result[1].caveat[0].zh.ptr, "按全部计");
	ck_assert_str_eq(all.route->id.ptr, "fast");
	rules_set(&f, "plan_year=");
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	ck_assert_msg(strstr(all.result[0].why.en.ptr, "2010-05, unknown, A, 1, 2 t") != NULL, "%s", all.result[0].why.en.ptr);
	/* Not a decimal: shown rounded. Unknown: said. */
	rules_set(&f, "energy=900000#kWh; opened=2010-05-02; least_share=; closed=; cargo=; kind=; berths=; fuels=");
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	ck_assert_str_eq(all.result[1].why.zh.ptr, "缺少：种类（kind）、停用（closed）、岸电占比下限（least_share）");
	ck_assert_str_eq(all.result[0].why.en.ptr, "Missing: kind (kind), berths (berths)");
	rules_set(&f, "kind=sea; berths=1; quay=1#m");
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	ck_assert_uint_eq(all.result[1].limits, 2);
	ck_assert_uint_eq(all.result[1].binding, 0);
	th_buf buf = {0};
	ck_assert(!th_put_exact(&buf, all.result[1].limit[0].observed.number, &all.result[1].limit[0].limit->unit));
	ck_assert_msg(buf.len == 9 && memcmp(buf.ptr, "33.333333", 9) == 0, "%.*s", (int)buf.len, buf.ptr);
	th_buf_free(&buf);
}
END_TEST

/* --- packs with a mistake --- */

/* The example with one mistake in it; freed by the caller. */
static char *mutated(const char *find, const char *put)
{
	const char *at = strstr(example, find);
	ck_assert_msg(at != NULL, "not in the example: %s", find);
	size_t before = (size_t)(at - example), room = strlen(example) + strlen(put) + 1;
	char *text = malloc(room);
	ck_assert_ptr_nonnull(text);
	snprintf(text, room, "%.*s%s%s", (int)before, example, put, at + strlen(find));
	return text;
}

static th_status parse(const char *text)
{
	th_pack_free(f.pack);
	f.pack = NULL;
	return th_pack_parse("p.json", th_slice_of(text), f.units, f.diags, &f.pack);
}

START_TEST(rejects_mistakes)
{
	char *text = mutated(mistakes[_i].find, mistakes[_i].put);
	th_status status = parse(text);
	const char *found = rules_errors(&f);
	ck_assert_msg(strcmp(found, mistakes[_i].errors) == 0, "%s -> %s\nexpected [%s]\nfound    [%s]", mistakes[_i].find, mistakes[_i].put, mistakes[_i].errors, found);
	ck_assert_int_eq(status, *mistakes[_i].errors ? TH_INVALID : TH_OK);
	ck_assert_int_eq(f.pack != NULL, *mistakes[_i].errors == '\0');
	free(text);
}
END_TEST

/* --- stages --- */

static const struct { const char *stage, *changes, *asked, *verdict; } stages[] = {
	{"build", "", "1 mandatory met; 2 mandatory met; 3 recommended met; 4 mandatory met; ", "eligible"},
	{"run", "", "1 mandatory met; 2 mandatory met; 4 mandatory met; 5 mandatory met; ", "eligible"},
	{"run", "trained=no; waste=1 2", "1 mandatory met; 2 mandatory met; 4 mandatory met; 5 mandatory not_met; ", "not_eligible"},
	{"build", "trained=no", "1 mandatory met; 2 mandatory met; 3 recommended not_met; 4 mandatory met; ", "eligible"},
	{"run", "trained=", "1 mandatory met; 2 mandatory met; 4 mandatory met; 5 mandatory undetermined; ", "undetermined"},
};

START_TEST(a_stage_asks_its_own)
{
	th_rule_results all;
	th_buf asked = {0};
	rules_pack(&f, TEST_RULES_DIR "/example-scheme.json");
	ck_assert_uint_eq(th_pack_stage_id(f.pack).len, 0);
	ck_assert_int_eq(th_rules_stage(f.pack, stages[_i].stage, f.diags), TH_OK);
	ck_assert(th_slice_eq(th_pack_stage_id(f.pack), f.pack->at ? th_slice_of(stages[_i].stage) : TH_S("")));
	rules_set(&f, good_case);
	rules_set(&f, stages[_i].changes);
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	for (size_t i = 0; i < all.results; i++)
		th_buf_printf(&asked, "%s %s %s; ", all.result[i].requirement->id.ptr, th_rule_level_names[all.result[i].requirement->level], th_rule_status_names[all.result[i].status]);
	th_buf_char(&asked, '\0');
	ck_assert_str_eq(asked.ptr, stages[_i].asked);
	ck_assert_str_eq(th_verdict_names[all.verdict], stages[_i].verdict);
	ck_assert_str_eq(all.claim.en.len ? all.claim.en.ptr : "", all.verdict == TH_ELIGIBLE ? "A clean sea port" : "");
	th_buf_free(&asked);
}
END_TEST

START_TEST(a_stage_is_one_of_the_pack)
{
	rules_pack(&f, TEST_RULES_DIR "/example-scheme.json");
	ck_assert_int_eq(th_rules_stage(f.pack, "ran", f.diags), TH_USAGE);
	ck_assert_str_eq(rules_errors(&f), "E3832 ");
	ck_assert_uint_eq(f.pack->requirements, 4);
	ck_assert_str_eq(f.pack->stage[1].verdict[TH_ELIGIBLE].en.ptr, "RUNS");
	/* A pack that tells none apart asks everything, and has no stage to name. */
	char *bare = rules_read(TEST_RULES_DIR "/example-scheme.json"), *from = strstr(bare, "\"stages\": [{"), *to = strstr(bare, "\"category\"");
	memset(from, ' ', (size_t)(to - from));
	for (char *at = bare; (at = strstr(at, "\"stages\": {")); at += 2)
		memset(at, ' ', (size_t)(strstr(at, "},") + 2 - at));
	for (char *at = bare; (at = strstr(at, "{\"stage\": \"")); at += 2)
		memcpy((char *)memset(at, ' ', (size_t)(strchr(at, '}') + 1 - at)), "true", 4);
	ck_assert_int_eq(parse(bare), TH_OK);
	ck_assert_uint_eq(f.pack->requirements, 5);
	ck_assert_int_eq(th_rules_stage(f.pack, "build", f.diags), TH_USAGE);
	ck_assert_str_eq(rules_errors(&f), "E3832 ");
	free(bare);
	/* One that asks nothing would always be passed. */
	static const char *const asks[][2] = {{"\"mandatory\", \"applies\"", "\"mandatory\", \"stages\": {\"run\": \"none\"}, \"applies\""}, {"\"run\": \"mandatory\"", "\"run\": \"none\""}};
	for (size_t i = 0; i < 4; i++) {
		char *less = mutated(asks[i == 3][0], asks[i == 3][1]);
		free(example);
		example = less;
		ck_assert_int_eq(parse(example), i == 3 ? TH_INVALID : TH_OK);
	}
	ck_assert_str_eq(rules_errors(&f), "E3801 ");
}
END_TEST

/* `unit` repeated with %zu counted up. */
static char *repeated(const char *head, const char *unit, size_t count, const char *tail)
{
	size_t room = strlen(head) + strlen(tail) + count * (strlen(unit) + 48) + 1, len = (size_t)sprintf((char[2]){0}, "%s", "");
	char *text = malloc(room);
	ck_assert_ptr_nonnull(text);
	len += (size_t)snprintf(text + len, room - len, "%s", head);
	for (size_t i = 0; i < count; i++)
		for (const char *c = unit; *c; c++)
			len += (size_t)(*c == '#' ? snprintf(text + len, room - len, "%zu", i) : *c == '^' ? snprintf(text + len, room - len, "%zu", i + 1)
			                                                                                 : snprintf(text + len, room - len, "%c", *c));
	snprintf(text + len, room - len, "%s", tail);
	return text;
}

static void expect_mutation(const char *find, char *put, const char *errors)
{
	char *text = mutated(find, put);
	(void)parse(text);
	const char *found = rules_errors(&f);
	ck_assert_msg(strcmp(found, errors) == 0, "expected [%s], found [%s]", errors, found);
	free(text);
	free(put);
}

START_TEST(bounds_depth_and_size)
{
	/* 10,000 levels: refused by the JSON reader, which points at the value that is one too deep. */
	char *deep = repeated("", "{\"not\": ", 10000, "true"), *closed = repeated(deep, "}", 10000, "");
	free(deep);
	char *text = mutated("{\"get\": \"trained\"}", closed);
	ck_assert_int_eq(parse(text), TH_INVALID);
	const char *found = rules_errors(&f);
	static const char start[] = "E1209 /requirements/2/applies/0/test/and/0/not/not/";
	ck_assert_msg(strncmp(found, start, sizeof start - 1) == 0, "%s", found);
	free(text);
	free(closed);
	/* Definitions that lead on to one another: 63 levels are taken, one more is not. */
	expect_mutation("\"define\": [", repeated("\"define\": [", "{\"id\": \"d#\", \"zh\": \"\", \"en\": \"\", \"expr\": {\"get\": \"d^\"}}, ", 63,
	                                          "{\"id\": \"d63\", \"zh\": \"\", \"en\": \"\", \"expr\": 1}, "), "");
	expect_mutation("\"define\": [", repeated("\"define\": [", "{\"id\": \"d#\", \"zh\": \"\", \"en\": \"\", \"expr\": {\"get\": \"d^\"}}, ", 64,
	                                          "{\"id\": \"d64\", \"zh\": \"\", \"en\": \"\", \"expr\": 1}, "), "E3810 /define/0/expr");
	/* Each doubles the one before: 2^20 steps. */
	expect_mutation("\"define\": [", repeated("\"define\": [", "{\"id\": \"d#\", \"zh\": \"\", \"en\": \"\", \"expr\": {\"add\": [{\"get\": \"d^\"}, {\"get\": \"d^\"}]}}, ", 20,
	                                          "{\"id\": \"d20\", \"zh\": \"\", \"en\": \"\", \"expr\": 1}, "), "E3810 /define/7/expr");
	expect_mutation("\"define\": [", repeated("\"define\": [", "{\"id\": \"d#\", \"zh\": \"\", \"en\": \"\", \"expr\": 1}, ", 1000, ""), "E3810 /define");
	expect_mutation("{\"get\": \"trained\"}", repeated("{\"and\": [true", ", true", 64, "]}"), "E3801 /requirements/2/applies/0/test/and/0/and");
	expect_mutation("\"zh\": \"液化天然气\", \"en\": \"LNG\"}", repeated("\"zh\": \"液化天然气\", \"en\": \"LNG\"}", ", {\"id\": \"f#\", \"zh\": \"x#\", \"en\": \"y#\"}", 63, ""),
	                "E3810 /facts/6/values");
	/* A unit's exponent. */
	char *powers = repeated("", "{\"mul\": [{\"quantity\": [1, \"m9\"]}, ", 14, "{\"quantity\": [1, \"m9\"]}");
	expect_mutation("{\"mul\": [1, 0.5]}", repeated(powers, "]}", 14, ""), "E3810 /requirements/2/applies/0/limits/2/required/add/1");
	free(powers);
	/* A long wrong word is cut in the message, at a character. */
	expect_mutation("\"level\": \"mandatory\"", repeated("\"level\": \"", "必", 200, "\""), "E3803 /requirements/0/level");
}
END_TEST

/* --- expressions in place of the third requirement's first operand, everything else there being met --- */

static const struct { const char *expr, *changes, *status; } expressions[] = {
	/* An unknown condition does not matter where both branches agree. */
	{"{\"eq\": [{\"if\": [{\"get\": \"trained\"}, {\"get\": \"noisy\"}, {\"get\": \"noisy\"}]}, false]}", "trained=", "met"},
	{"{\"ge\": [{\"size\": {\"if\": [{\"get\": \"trained\"}, {\"get\": \"fuels\"}, {\"get\": \"fuels\"}]}}, 1]}", "trained=", "met"},
	{"{\"rising\": {\"if\": [{\"get\": \"trained\"}, {\"get\": \"cargo\"}, {\"get\": \"cargo\"}]}}", "trained=", "met"},
	{"{\"eq\": [{\"if\": [{\"get\": \"trained\"}, {\"get\": \"mode\"}, {\"get\": \"mode\"}]}, \"fast\"]}", "trained=", "met"},
	{"{\"eq\": [{\"if\": [{\"get\": \"trained\"}, \"A\", {\"get\": \"grade\"}]}, \"A\"]}", "trained=", "met"},
	{"{\"if\": [{\"get\": \"trained\"}, true, false]}", "trained=", "undetermined"},
	{"{\"if\": [{\"get\": \"trained\"}, {\"known\": {\"get\": \"grade\"}}, false]}", "", "met"},
	{"{\"if\": [{\"get\": \"trained\"}, {\"ge\": [{\"get\": \"berths\"}, 1]}, true]}", "trained=; berths=", "undetermined"},
	{"{\"if\": [{\"get\": \"trained\"}, true, {\"ge\": [{\"get\": \"berths\"}, 1]}]}", "trained=; berths=", "undetermined"},
	/* Nothing changes a product with zero. */
	{"{\"le\": [{\"mul\": [{\"get\": \"berths\"}, 0]}, 0]}", "berths=", "met"},
	{"{\"le\": [{\"mul\": [0, {\"get\": \"berths\"}]}, 0]}", "berths=", "met"},
	{"{\"le\": [{\"mul\": [2, {\"get\": \"berths\"}]}, 0]}", "berths=", "undetermined"},
	{"{\"le\": [{\"add\": [{\"get\": \"berths\"}, 0]}, 0]}", "berths=", "undetermined"},
	{"{\"eq\": [{\"get\": \"berths\"}, 4.0]}", "", "met"},
	{"{\"ne\": [{\"get\": \"berths\"}, 4]}", "", "not_met"},
	{"{\"ne\": [{\"get\": \"grade\"}, \"B\"]}", "", "met"},
	{"{\"gt\": [{\"get\": \"closed\"}, {\"get\": \"opened\"}]}", "", "met"},
	{"{\"ge\": [{\"get\": \"opened\"}, {\"get\": \"closed\"}]}", "", "not_met"},
	{"{\"in\": [{\"get\": \"mode\"}, [\"slow\"]]}", "", "not_met"},
	{"{\"or\": [false, {\"get\": \"noisy\"}]}", "", "not_met"},
	{"{\"eq\": [{\"get\": \"plan_year\"}, {\"date\": \"2030\"}]}", "", "met"},
	{"{\"lt\": [{\"get\": \"plan_year\"}, {\"date\": \"2030-01-01\"}]}", "", "not_met"},
};

START_TEST(evaluates)
{
	char *text = mutated("{\"get\": \"trained\"}", expressions[_i].expr);
	th_rule_results all;
	th_status status = parse(text);
	ck_assert_msg(status == TH_OK, "%s: %s", expressions[_i].expr, rules_errors(&f));
	rules_begin(&f);
	rules_set(&f, good_case);
	rules_set(&f, expressions[_i].changes);
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	ck_assert_msg(strcmp(th_rule_status_names[all.result[2].status], expressions[_i].status) == 0, "%s [%s]: %s", expressions[_i].expr,
	              expressions[_i].changes, th_rule_status_names[all.result[2].status]);
	free(text);
}
END_TEST

START_TEST(speaks_of_the_whole)
{
	char *one = mutated("\"zh\": \"示例\"", "\"zh\": \"[{variant}{missing}{limits}{energy_counted}]\"");
	th_rule_results all;
	th_rule_value value;
	ck_assert_int_eq(parse(one), TH_OK);
	rules_begin(&f);
	rules_set(&f, good_case);
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	ck_assert_str_eq(all.caveat[0].zh.ptr, "[全部]");
	/* Net of 300 MWh. */
	value = th_rule_reading_value(&f.inputs, 1, 1);
	ck_assert(th_exact_cmp(value.number, th_rule_number((th_decimal){7, 5}, &f.pack->decl[th_pack_computed(f.pack, TH_S("energy"))].unit).number) == 0);
	ck_assert_int_eq(th_rule_read_number(&f.pack->decl[2], f.units, TH_S(" "), TH_S(""), &value), TH_RULE_READ_EMPTY);
	free(one);
	/* No route at all. */
	one = mutated("{\"id\": \"usual\", ", "{\"id\": \"usual\", \"when\": false, ");
	ck_assert_int_eq(parse(one), TH_OK);
	rules_begin(&f);
	rules_set(&f, good_case);
	rules_set(&f, "mode=slow");
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	ck_assert_ptr_null(all.route);
	ck_assert_uint_eq(all.route_missings, 0);
	free(one);
}
END_TEST

/* What any prefix and any dropped byte gives: an error or a pack, never a crash. */
START_TEST(survives_damage)
{
	size_t len = strlen(example);
	char *text = malloc(len + 1);
	ck_assert_ptr_nonnull(text);
	for (size_t i = 0; i < len; i += 37) {
		memcpy(text, example, i);
		memcpy(text + i, example + i + 1, len - i);
		(void)parse(text);
		text[i] = '\0';
		(void)parse(text);
		(void)rules_errors(&f);
	}
	ck_assert_int_eq(parse("[]"), TH_INVALID);
	ck_assert_str_eq(rules_errors(&f), "E3801 ");
	free(text);
}
END_TEST

START_TEST(reports_files)
{
	th_units *bare = th_units_new();
	ck_assert_ptr_nonnull(bare);
	ck_assert_int_eq(th_pack_load("/nonexistent/pack.json", f.units, f.diags, &f.pack), TH_SYSTEM);
	ck_assert_ptr_null(f.pack);
	ck_assert_str_eq(rules_errors(&f), "E1001 ");
	ck_assert_int_eq(th_pack_load(TEST_RULES_DIR "/example-scheme.json", bare, f.diags, &f.pack), TH_INVALID);
	ck_assert_str_eq(rules_errors(&f), "E3001 ");
	th_pack_free(NULL);
	th_units_free(bare);
}
END_TEST

/* --- facts --- */

static const struct { const char *fact, *value, *unit, *errors, *shown; } facts[] = {
	{"kind", "sea", "", "", "sea port"}, {"种 类", "海港", "", "", "sea port"}, {"KIND", "River Port", "", "", "river port"}, {"kind", "lake", "", "E3821 value", ""},
	{"a name that is longer than any alias can be, so long that the pack need not even be asked whether it has it, because folding it would not fit "
	 "the place that is set aside for names that are folded, which is two hundred and fifty-six bytes long, and not one byte longer than that, however long",
	 "1", "", "W3820 fact", ""},
	{"kind", "", "", "", ""}, {"kind", " ", "", "", ""}, {"speed", "1", "", "W3820 fact", ""}, {"berth", "1", "", "W3831 fact", ""},
	{"berths", "1,234", "", "", "1,234"}, {"berths", "无", "", "", ""}, {"berths", "four", "", "E3821 value", ""}, {"berths", "-1", "", "E3821 value", ""},
	{"quay", "long", "", "E3821 value", ""}, {"quay", "12 km", "", "E3821 value", ""}, {"quay", "1.2.3", "", "E3821 value", ""}, {"quay", "1.2.3 km", "", "E3821 value", ""},
	{"berths", "4 of them", "", "E3821 value", ""},
	{"berths", "1", "m", "E3604 unit", ""}, {"berths", "50", "%", "", "0.5"}, {"berths", "999999999999999999e50", "", "E3821 value", ""},
	{"quay", "1.5", "km", "", "1,500 m"}, {"quay", "1", "", "E3604 unit", ""}, {"quay", "1", "xyz", "E3604 unit", ""}, {"quay", "1", "kg", "E3604 unit", ""},
	{"quay", "1", "mile", "", "1,609.344 m"}, {"shore_power", "2", "", "E3604 unit", ""}, {"shore_power", "2000", "kWh", "", "2 MWh"}, {"balance", "-0.25", "CNY", "", "-0.25 CNY"},
	{"fuels", "lng", "", "", "LNG"}, {"fuels", "柴油；lng", "", "", "LNG, diesel"}, {"fuels", ";;", "", "", ""}, {"fuels", "lng;oil", "", "E3821 value", ""},
	{"opened", "2020", "", "", "2020"}, {"opened", "2020年2月", "", "", "2020-02"}, {"opened", "2020-02-29", "", "", "2020-02-29"}, {"opened", "2020-01/2020-03", "", "E3821 value", ""},
	{"opened", "2020-01-02/2020-02", "", "E3821 value", ""}, {"opened", "2020-01-01/2020-02-03", "", "E3821 value", ""}, {"opened", "2020-07/2021-06", "", "E3821 value", ""},
	{"opened", "soon", "", "E3821 value", ""}, {"plan_year", "2030", "", "", "2030"}, {"plan_year", "2030-01", "", "E3821 value", ""}, {"plan_year", "MMXXX", "", "E3821 value", ""},
	{"trained", "是", "", "", "yes"}, {"trained", "No", "", "", "no"}, {"trained", "maybe", "", "E3821 value", ""}, {"grade", " A ", "", "", " A "},
};

START_TEST(reads_facts)
{
	th_fact row[2] = {{.fact = th_slice_of(facts[_i].fact), .value = th_slice_of(facts[_i].value), .unit = th_slice_of(facts[_i].unit),
	                   .evidence = TH_S(" "), .note = TH_S(""), .line = 2, .value_column = 5, .unit_column = 8}};
	th_facts list = {.fact = row, .count = 1};
	th_buf buf = {0};
	rules_pack(&f, TEST_RULES_DIR "/example-scheme.json");
	th_status status = th_rule_inputs_facts(&f.inputs, &list, "case.csv", f.units, &f.arena, f.diags);
	const char *found = rules_errors(&f);
	ck_assert_msg(strcmp(found, facts[_i].errors) == 0, "%s=%s: expected [%s], found [%s]", facts[_i].fact, facts[_i].value, facts[_i].errors, found);
	ck_assert_int_eq(status, *found == 'E' ? TH_INVALID : TH_OK);
	uint32_t which = th_pack_fact(f.pack, row[0].fact);
	if (which == TH_NONE)
		return;
	ck_assert_int_eq(f.inputs.input[which].value.known, *facts[_i].shown != '\0');
	ck_assert_uint_eq(f.inputs.input[which].evidence.len, 0);
	th_put_rule_input(&f.inputs, which, TH_LANG_EN, &buf);
	ck_assert_msg(buf.len == strlen(facts[_i].shown) && memcmp(buf.ptr ? buf.ptr : "", facts[_i].shown, buf.len) == 0, "%s=%s: %.*s", facts[_i].fact,
	              facts[_i].value, (int)buf.len, buf.ptr);
	th_buf_free(&buf);
}
END_TEST

START_TEST(refuses_a_fact_under_two_names)
{
	th_fact row[3] = {{.fact = TH_S("kind"), .value = TH_S("sea"), .line = 2}, {.fact = TH_S("grade"), .value = TH_S("B"), .line = 3},
	                  {.fact = TH_S("种类"), .value = TH_S("sea"), .line = 4}};
	th_facts list = {.fact = row, .count = 3};
	rules_pack(&f, TEST_RULES_DIR "/example-scheme.json");
	ck_assert_int_eq(th_rule_inputs_facts(&f.inputs, &list, "case.csv", f.units, &f.arena, f.diags), TH_INVALID);
	ck_assert_str_eq(rules_errors(&f), "E3602 fact");
	ck_assert_uint_ne(th_pack_param(f.pack, TH_S("占比")), TH_NONE);
}
END_TEST

/* --- exact numbers --- */

static const __int128 huge = (__int128)1 << 119;

START_TEST(is_exact_or_says_so)
{
	const th_exact third = {1, 3}, big = {huge, 1}, small = {1, huge}, odd = {1, huge - 1};
	th_exact out;
	ck_assert(th_exact_add(third, third, &out) && th_exact_cmp(out, (th_exact){2, 3}) == 0);
	ck_assert(th_exact_sub(third, third, &out) && out.num == 0 && out.den == 1);
	ck_assert(th_exact_div(third, (th_exact){-2, 3}, &out) && out.num == -1 && out.den == 2);
	ck_assert(th_exact_mul(big, small, &out) && out.num == 1 && out.den == 1);
	ck_assert(!th_exact_div(third, (th_exact){0, 1}, &out));
	ck_assert(!th_exact_mul(big, big, &out));
	ck_assert(!th_exact_mul(small, small, &out));
	ck_assert(!th_exact_mul(big, (th_exact){2, 1}, &out));
	ck_assert(!th_exact_mul(small, (th_exact){1, 2}, &out));
	ck_assert(!th_exact_add(big, big, &out));
	ck_assert(!th_exact_add(big, odd, &out));
	ck_assert(!th_exact_add(odd, big, &out));
	ck_assert(!th_exact_add(small, odd, &out));
	ck_assert(!th_exact_add((th_exact){huge, 1}, (th_exact){huge, 257}, &out));
	ck_assert(!th_exact_add((th_exact){(__int128)1 << 119, 255}, (th_exact){(__int128)1 << 119, 253}, &out));
	/* Compared without a product. */
	ck_assert_int_eq(th_exact_cmp((th_exact){huge, huge - 1}, (th_exact){huge - 1, huge - 2}), -1);
	ck_assert_int_eq(th_exact_cmp((th_exact){huge - 1, huge - 2}, (th_exact){huge, huge - 1}), 1);
	ck_assert_int_eq(th_exact_cmp((th_exact){-7, 2}, (th_exact){-10, 3}), -1);
	ck_assert_int_eq(th_exact_cmp((th_exact){-7, 2}, (th_exact){-4, 1}), 1);
	ck_assert_int_eq(th_exact_cmp((th_exact){7, 2}, (th_exact){3, 1}), 1);
	ck_assert_int_eq(th_exact_cmp((th_exact){7, 2}, (th_exact){14, 4}), 0);
}
END_TEST

START_TEST(shows_numbers)
{
	static const struct { int64_t num, den; const char *text; bool exact; } shown[] = {
		{0, 1, "0", true}, {5, 1, "5", true}, {-5, 2, "-2.5", true}, {1, 8, "0.125", true}, {1, 3, "0.333333", false}, {-2, 3, "-0.666667", false},
		{1, 1000000007, "0.000000", false}, {2999999999, 3000000000, "1.000000", false}, {25, 12, "2.083333", false},
	};
	th_unit one = {.num = 1, .den = 1}, giant = {.num = 1, .den = 1, .exp = -90}, tiny = {.num = 1, .den = 1, .exp = 90};
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		th_buf buf = {0};
		ck_assert_int_eq(th_put_exact(&buf, (th_exact){shown[i].num, shown[i].den}, &one), shown[i].exact);
		ck_assert_msg(buf.len == strlen(shown[i].text) && memcmp(buf.ptr, shown[i].text, buf.len) == 0, "%.*s", (int)buf.len, buf.ptr);
		th_buf_free(&buf);
	}
	th_buf buf = {0};
	ck_assert(!th_put_exact(&buf, (th_exact){3, 1}, &giant));
	ck_assert(!th_put_exact(&buf, (th_exact){3, 1}, &tiny));
	ck_assert(!th_put_exact(&buf, (th_exact){huge, 1}, &(th_unit){.num = 1, .den = 3}));
	ck_assert_uint_eq(buf.len, 0);
	ck_assert(!th_rule_number((th_decimal){1, 60}, &one).known);
	ck_assert(!th_rule_number((th_decimal){999999999999999999, 0}, &(th_unit){.num = UINT64_MAX, .den = 1}).known);
	ck_assert(th_rule_number((th_decimal){0, 0}, &(th_unit){.num = 1, .den = 1, .exp = 99}).known);
	ck_assert(!th_rule_mass((th_mass)1 << 121, &one).known);
	ck_assert(!th_rule_mass((th_mass)1 << 119, &(th_unit){.num = 7, .den = 1}).known);
	ck_assert(th_exact_cmp(th_rule_mass(2500000000, &one).number, (th_exact){5, 2}) == 0);
}
END_TEST

Suite *rules_pack_suite(void)
{
	Suite *suite = suite_create("rules: packs");
	TCase *tests = tcase_create("packs");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(tests, decides_the_second_pack, 0, sizeof cases / sizeof *cases);
	tcase_add_test(tests, says_why);
	tcase_add_loop_test(tests, a_stage_asks_its_own, 0, sizeof stages / sizeof *stages);
	tcase_add_test(tests, a_stage_is_one_of_the_pack);
	tcase_add_loop_test(tests, rejects_mistakes, 0, sizeof mistakes / sizeof *mistakes);
	tcase_add_loop_test(tests, evaluates, 0, sizeof expressions / sizeof *expressions);
	tcase_add_test(tests, speaks_of_the_whole);
	tcase_add_test(tests, bounds_depth_and_size);
	tcase_add_test(tests, survives_damage);
	tcase_add_test(tests, reports_files);
	tcase_add_loop_test(tests, reads_facts, 0, sizeof facts / sizeof *facts);
	tcase_add_test(tests, refuses_a_fact_under_two_names);
	tcase_add_test(tests, is_exact_or_says_so);
	tcase_add_test(tests, shows_numbers);
	suite_add_tcase(suite, tests);
	return suite;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ways of a value into and out of the rules that no shipped case takes: rows with years, bounds of unknown numbers, what is shown and what is lacked. The
 * pack is the second one, of ports. */

#include "rules_fixture.h"
#include "suites.h"

#include <stdio.h>
#include <string.h>

static rules_fixture f;

static void setup(void)
{
	rules_setup(&f);
	rules_pack(&f, TEST_RULES_DIR "/example-scheme.json");
}

static void teardown(void)
{
	rules_teardown(&f);
}

static th_rule_input *input(const char *id)
{
	uint32_t which = th_pack_decl(f.pack, th_slice_of(id));
	ck_assert_msg(which != TH_NONE, "%s", id);
	return &f.inputs.input[which];
}

static void expect_text(th_buf *buf, const char *text)
{
	ck_assert_msg(th_slice_eq(th_buf_view(buf), th_slice_of(text)), "%.*s, expected %s", (int)buf->len, buf->ptr ? buf->ptr : "", text);
	th_buf_free(buf);
}

/* --- rows of a case --- */

static const char long_a[] =
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/* Up to three rows, what is shown of the fact afterwards in English, and what is said. C4160: a value without a year gives way to another one. */
static const struct { struct { const char *fact, *value, *unit; int year; const char *site; } row[3]; const char *id, *shown, *said; } rows[] = {
	{{{"berths", "3", "", 2024, ""}, {"berths", "4", "", 2025, ""}}, "berths", "4", ""},
	{{{"berths", "4", "", 2025, ""}, {"berths", "3", "", 2024, ""}}, "berths", "4", ""},
	{{{"berths", "4.0", "", 0, ""}, {"berths", "4", "", 2025, ""}}, "berths", "4", ""},
	{{{"berths", "5", "", 0, ""}, {"berths", "4", "", 2025, ""}}, "berths", "4", "C4160"},
	{{{"berths", "five", "", 0, ""}, {"berths", "4", "", 2025, ""}}, "berths", "4", "C4160"},
	{{{"berths", "5", "", 0, ""}, {"berths", "four", "", 2025, ""}}, "berths", "", "C4160; E3821"},
	{{{"berths", "", "", 0, ""}, {"berths", "4", "", 2025, ""}}, "berths", "4", ""},
	{{{"berths", "", "", 2025, ""}, {"berths", "4", "", 2024, ""}}, "berths", "", "E3602"},
	{{{"kind", "港口", "", 0, ""}, {"kind", "sea", "", 2025, ""}}, "kind", "sea port", ""},
	{{{"kind", "river", "", 0, ""}, {"kind", "sea", "", 2025, ""}}, "kind", "sea port", "C4160"},
	{{{"grade", "a", "", 0, ""}, {"grade", "A", "", 2025, ""}}, "grade", "A", ""},
	{{{"grade", "B", "", 0, ""}, {"grade", "A", "", 2025, ""}}, "grade", "A", "C4160"},
	{{{"grade", long_a, "", 0, ""}, {"grade", long_a, "", 2025, ""}}, "grade", long_a, ""},
	{{{"grade", "a", "", 0, ""}, {"grade", long_a, "", 2025, ""}}, "grade", long_a, "C4160"},
	{{{"grade", "无", "", 0, ""}}, "grade", "", ""},
	{{{"berths", "3", "", 0, ""}, {"berths", "9", "", 0, "east quay"}}, "berths", "3", ""},
	{{{"in_use_from", "2020-01-01", "", 0, ""}, {"gas_condition", "0 °C", "", 0, ""}, {"berths", "3", "", 0, ""}}, "berths", "3", ""},
	{{{"fuels", "lng、diesel", "", 0, ""}}, "fuels", "LNG, diesel", ""},
	{{{"fuels", "lng, 、柴油", "", 0, ""}}, "fuels", "LNG, diesel", ""},
	{{{"fuels", "lng、coal", "", 0, ""}}, "fuels", "", "E3821"},
	{{{"balance", "31", "", 0, ""}}, "balance", "31 CNY", ""},
	{{{"balance", "31.2", "", 0, ""}}, "balance", "", "E3604"},
	{{{"shore_power", "31", "", 0, ""}}, "shore_power", "", "E3604"},
	{{{"berths", "31.2", "", 0, ""}}, "berths", "31.2", ""},
	{{{"shore_power", "1.0000000000000000001", "MWh", 0, ""}}, "shore_power", "1 MWh", ""}, /* who read the table has said that it was rounded */
	{{{"berths", "1.0000000000000000001", "", 0, ""}}, "berths", "", "E3821"},
};

static const char *codes(void)
{
	static char out[256];
	char *to = out;
	th_slice rest = th_slice_of(rules_errors(&f)), one;
	while (th_slice_split(&rest, ';', &one) && one.len >= 5) { /* without the places */
		to += snprintf(to, 8, "%s%.5s", to > out ? "; " : "", one.ptr + strspn(one.ptr, " "));
		ck_assert(to < out + sizeof out - 8);
	}
	*to = '\0';
	return out;
}

START_TEST(rows_are_read)
{
	th_fact fact[3];
	th_facts facts = {.fact = fact};
	th_buf shown = {0};
	f.pack->decl[th_pack_decl(f.pack, TH_S("balance"))].unit_needed = false; /* as of a fact that says "bare" */
	for (; facts.count < 3 && rows[_i].row[facts.count].fact; facts.count++)
		fact[facts.count] = (th_fact){.fact = th_slice_of(rows[_i].row[facts.count].fact), .value = th_slice_of(rows[_i].row[facts.count].value),
		                              .unit = th_slice_of(rows[_i].row[facts.count].unit), .year = rows[_i].row[facts.count].year,
		                              .site = th_slice_of(rows[_i].row[facts.count].site), .line = 2 + facts.count, .value_column = 2, .unit_column = 3};
	(void)!th_rule_inputs_facts(&f.inputs, &facts, "case.csv", f.units, &f.arena, f.diags);
	th_put_rule_input(&f.inputs, th_pack_fact(f.pack, th_slice_of(rows[_i].id)), TH_LANG_EN, &shown);
	expect_text(&shown, rows[_i].shown);
	ck_assert_str_eq(codes(), rows[_i].said);
}
END_TEST

/* Facts of one table may have come from several files: each is told of where it stands. */
START_TEST(a_fact_is_of_its_own_file)
{
	th_fact fact[] = {{.fact = TH_S("berths"), .value = TH_S("4"), .line = 2}, {.fact = TH_S("quay"), .value = TH_S("x"), .line = 3, .path = "answers.csv"}};
	const th_facts facts = {.fact = fact, .count = 2};
	ck_assert_int_eq(th_rule_inputs_facts(&f.inputs, &facts, "case.csv", f.units, &f.arena, f.diags), TH_INVALID);
	ck_assert_str_eq(input("berths")->file, "case.csv");
	ck_assert_str_eq(input("quay")->file, "answers.csv");
}
END_TEST

/* What the account has said of a cell is not said again, and the value stays unknown. */
START_TEST(a_cell_is_told_of_once)
{
	static const struct { th_code code; size_t column; const char *value, *unit; bool twice; } told[] = {
		{TH_FACT_NUMBER, 2, "x", "m", false}, {TH_FACT_UNIT, 3, "5", "kg", false}, {TH_FACT_TWICE, 1, "5", "m", true},
	};
	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		const th_fact fact = {.fact = TH_S("quay"), .value = th_slice_of(told[i].value), .unit = th_slice_of(told[i].unit), .line = 3,
		                      .fact_column = 1, .value_column = 2, .unit_column = 3};
		th_fact both[] = {fact, fact};
		both[0].line = told[i].twice ? 2 : 3;
		const th_facts facts = {.fact = both, .count = told[i].twice ? 2 : 1};
		rules_begin(&f);
		ck_assert_int_eq(th_report(f.diags, told[i].code, (th_pos){"case.csv", 3, told[i].column, "x"}, "a", "b", NULL), TH_INVALID);
		ck_assert_int_eq(th_rule_inputs_facts(&f.inputs, &facts, "case.csv", f.units, &f.arena, f.diags), TH_INVALID);
		ck_assert_uint_eq(th_diags_count(f.diags), 1);
		ck_assert(!input("quay")->value.known);
		(void)rules_errors(&f);
	}
}
END_TEST

START_TEST(evidence_that_is_void_is_none)
{
	th_rule_input paper = {.evidence = TH_S("a.pdf")};
	ck_assert(th_rule_evidenced(&paper));
	paper.evidence_void = true;
	ck_assert(!th_rule_evidenced(&paper));
}
END_TEST

START_TEST(a_domain_is_found_by_its_names)
{
	static const struct { const char *name; uint32_t domain; } names[] = {
		{"ships", 0}, {"船舶", 0}, {"船舶领域", 0}, {" LAND ", 1}, {"陆域领域", 1}, {"领域", TH_NONE}, {"", TH_NONE}, {"nonesuch", TH_NONE}, {long_a, TH_NONE},
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		ck_assert_msg(th_pack_domain(f.pack, th_slice_of(names[i].name)) == names[i].domain, "%s", names[i].name);
	const th_rule_measure grouped = {.group = 2, .domain = 0}, bare = {.group = (uint32_t)f.pack->groups, .domain = 1};
	ck_assert_uint_eq(th_rule_measure_domain(f.pack, &grouped), 1);
	ck_assert_uint_eq(th_rule_measure_domain(f.pack, &bare), 1);
}
END_TEST

/* --- numbers between bounds --- */

static th_rule_value whole(int64_t value)
{
	return (th_rule_value){.known = true, .type = TH_RULE_NUMBER, .number = {value, 1}};
}

enum { OPEN = INT64_MIN };

/* At least, at most; OPEN: no bound. */
static th_rule_value between(int64_t least, int64_t most)
{
	th_rule_value low = whole(least), high = whole(most);
	low.known = least != OPEN;
	high.known = most != OPEN;
	return th_rule_between(low, &high);
}

START_TEST(bounds_that_meet_are_a_number)
{
	const th_rule_value five = between(5, 5), open = th_rule_between(whole(5), NULL), most = between(OPEN, 5), none = between(OPEN, OPEN), two = between(4, 5);
	ck_assert(five.known && five.number.num == 5);
	ck_assert(!open.known && open.has_low && open.low.num == 5 && !open.has_high);
	ck_assert(!most.known && !most.has_low && most.has_high && most.high.num == 5);
	ck_assert(!none.known && !none.has_low && !none.has_high);
	ck_assert(!two.known && two.low.num == 4 && two.high.num == 5);
	ck_assert(!between(5, OPEN).known);
}
END_TEST

static const int64_t huge = INT64_MAX;

/* a op b by the rules of intervals, worked by hand: a between bounds times or by b > 0 keeps both; a >= 0 by b >= low > 0 has a most. */
static const struct { th_op op; int64_t a[2], b[2]; int64_t low, high; } intervals[] = {
	{TH_OP_MUL, {2, 3}, {4, 4}, 8, 12},
	{TH_OP_DIV, {8, 12}, {4, 4}, 2, 3},
	{TH_OP_DIV, {8, OPEN}, {4, 4}, 2, OPEN},
	{TH_OP_DIV, {OPEN, 8}, {4, 4}, OPEN, 2},
	{TH_OP_ADD, {2, 3}, {4, 4}, OPEN, OPEN},
	{TH_OP_MUL, {2, 3}, {-4, -4}, OPEN, OPEN},
	{TH_OP_MUL, {2, 3}, {4, 5}, OPEN, OPEN},
	{TH_OP_DIV, {12, 12}, {4, OPEN}, OPEN, 3},
	{TH_OP_DIV, {2, 12}, {4, 6}, OPEN, 3},
	{TH_OP_DIV, {2, OPEN}, {4, 6}, OPEN, OPEN},
	{TH_OP_DIV, {-12, -12}, {4, OPEN}, OPEN, OPEN},
	{TH_OP_DIV, {12, 12}, {0, 6}, OPEN, OPEN},
	{TH_OP_DIV, {12, 12}, {OPEN, 6}, OPEN, OPEN},
};

static th_rule_value worked(th_op op, const th_rule_value *a, const th_rule_value *b)
{
	th_expr left = {.op = TH_OP_LITERAL, .literal = *a}, right = {.op = TH_OP_LITERAL, .literal = *b}, *args[] = {&left, &right};
	const th_expr e = {.op = op, .arg = args, .args = 2, .type = TH_RULE_NUMBER};
	return th_expr_eval(&f.inputs, &e);
}

START_TEST(intervals_are_worked)
{
	for (size_t i = 0; i < sizeof intervals / sizeof *intervals; i++) {
		const th_rule_value a = between(intervals[i].a[0], intervals[i].a[1]), b = between(intervals[i].b[0], intervals[i].b[1]);
		const th_rule_value out = worked(intervals[i].op, &a, &b);
		ck_assert_msg(!out.known && out.has_low == (intervals[i].low != OPEN) && out.has_high == (intervals[i].high != OPEN), "row %zu", i);
		ck_assert(!out.has_low || th_exact_cmp(out.low, (th_exact){intervals[i].low, 1}) == 0);
		ck_assert(!out.has_high || th_exact_cmp(out.high, (th_exact){intervals[i].high, 1}) == 0);
	}
	/* A bound that 128 bits do not hold is none. */
	th_rule_value a = between(1, 2), b = whole(huge);
	a.low.num = a.high.num = (__int128)huge << 32;
	const th_rule_value out = worked(TH_OP_MUL, &a, &b);
	ck_assert(!out.has_low && !out.has_high);
	b = between(1, OPEN);
	b.low.den = (__int128)huge;
	ck_assert(!worked(TH_OP_DIV, &a, &b).has_high);
}
END_TEST

/* Only what holds for all that a number may be is decided. The observed share is what is handed in, against 30. */
static const struct { th_rule_compare compare; int64_t low, high; th_rule_status status; } weighed[] = {
	{TH_RULE_GE, 30, OPEN, TH_RULE_MET}, {TH_RULE_GT, 30, OPEN, TH_RULE_UNDETERMINED}, {TH_RULE_GT, 31, OPEN, TH_RULE_MET},
	{TH_RULE_GE, OPEN, 29, TH_RULE_NOT_MET}, {TH_RULE_GE, OPEN, 30, TH_RULE_UNDETERMINED}, {TH_RULE_GT, OPEN, 30, TH_RULE_NOT_MET},
	{TH_RULE_GE, 29, 31, TH_RULE_UNDETERMINED}, {TH_RULE_LE, 29, 31, TH_RULE_UNDETERMINED},
	{TH_RULE_LE, OPEN, 30, TH_RULE_MET}, {TH_RULE_LT, OPEN, 30, TH_RULE_UNDETERMINED}, {TH_RULE_LE, 31, OPEN, TH_RULE_NOT_MET}, {TH_RULE_LT, 30, OPEN, TH_RULE_NOT_MET},
	{TH_RULE_GE, OPEN, OPEN, TH_RULE_UNDETERMINED}, {TH_RULE_GE, 30, 30, TH_RULE_MET}, {TH_RULE_LT, 30, 30, TH_RULE_NOT_MET},
};

START_TEST(bounds_decide)
{
	th_expr observed = {.op = TH_OP_LITERAL}, required = {.op = TH_OP_LITERAL, .literal = whole(30)};
	for (size_t i = 0; i < sizeof weighed / sizeof *weighed; i++) {
		const th_rule_limit limit = {.observed = &observed, .required = &required, .compare = weighed[i].compare, .unit = {.num = 1, .den = 1}};
		observed.literal = between(weighed[i].low, weighed[i].high);
		ck_assert_msg(th_rule_limit_weigh(&f.inputs, &limit).status == weighed[i].status, "row %zu", i);
	}
	th_rule_limit limit = {.observed = &observed, .required = &required};
	ck_assert(!th_rule_limit_stated(f.pack, &limit));
	observed = (th_expr){.op = TH_OP_GET, .ref = th_pack_decl(f.pack, TH_S("energy"))};
	ck_assert(!th_rule_limit_stated(f.pack, &limit));
	observed.ref = th_pack_decl(f.pack, TH_S("berths"));
	ck_assert(th_rule_limit_stated(f.pack, &limit));
}
END_TEST

/* The sentence shows what is known: shore power against 1000 MWh of energy and a share of 30 % or more. */
START_TEST(bounds_are_said)
{
	static const struct { const char *least, *most, *en, *zh; } said[] = {
		{"300", "", "share: at least 30 %, required", "占比为至少30%，要求"},
		{"", "150", "share: at most 15 %, required", "占比为至多15%，要求"},
		{"100", "200", "share: 10 to 20 %, required", "占比为10～20%，要求"},
	};
	const th_rule_decl *decl = &f.pack->decl[th_pack_decl(f.pack, TH_S("shore_power"))];
	rules_set(&f, "kind=sea; energy=1000000#kWh; least_share=30#%; opened=2010-05-02; closed=2035-11-15; grade=A");
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		th_rule_value least, most;
		th_rule_results all;
		ck_assert(th_rule_read_number(decl, f.units, th_slice_of(said[i].least), decl->unit_text, &least) == (*said[i].least ? TH_RULE_READ_OK : TH_RULE_READ_EMPTY));
		ck_assert(th_rule_read_number(decl, f.units, th_slice_of(said[i].most), decl->unit_text, &most) == (*said[i].most ? TH_RULE_READ_OK : TH_RULE_READ_EMPTY));
		input("shore_power")->value = th_rule_between(least, &most);
		ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
		ck_assert_msg(strstr(all.result[1].why.en.ptr, said[i].en) != NULL, "%s", all.result[1].why.en.ptr);
		ck_assert_msg(strstr(all.result[1].why.zh.ptr, said[i].zh) != NULL, "%s", all.result[1].why.zh.ptr);
	}
}
END_TEST

START_TEST(numbers_are_rounded_half_to_even)
{
	static const struct { int64_t num, den; unsigned places; const char *text; } numbers[] = {
		{5, 2, 0, "2"}, {7, 2, 0, "4"}, {1, 4, 1, "0.2"}, {3, 4, 1, "0.8"}, {2, 3, 2, "0.67"}, {1, 3, 2, "0.33"},
		{-1, 1000, 0, "0"}, {-1, 2, 1, "-0.5"}, {-16, 5, 0, "-3"}, {-14776, 1, 2, "-14,776"}, {99999, 10, 0, "10,000"},
	};
	const th_unit one = {.num = 1, .den = 1}, thousandth = {.num = 1, .den = 1, .exp = -3};
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		th_buf buf = {0};
		th_put_exact_rounded(&buf, (th_exact){numbers[i].num, numbers[i].den}, &one, numbers[i].places);
		expect_text(&buf, numbers[i].text);
	}
	th_buf none = {0}, failed = {.failed = true};
	th_put_exact_rounded(&none, (th_exact){(__int128)huge << 60, 1}, &thousandth, 2); /* more than 128 bits */
	th_put_exact_rounded(&failed, (th_exact){5, 1}, &one, 2);
	ck_assert(none.len == 0 && failed.failed);
	th_buf_free(&none);
	th_buf_free(&failed);
}
END_TEST

/* --- what is shown and lacked --- */

static void expect_shown(const char *id, const char *zh, const char *en)
{
	th_buf buf = {0};
	th_put_rule_input(&f.inputs, th_pack_decl(f.pack, th_slice_of(id)), TH_LANG_ZH, &buf);
	expect_text(&buf, zh);
	th_put_rule_input(&f.inputs, th_pack_decl(f.pack, th_slice_of(id)), TH_LANG_EN, &buf);
	expect_text(&buf, en);
}

START_TEST(a_text_for_people_is_shown_in_its_place)
{
	rules_set(&f, "cargo=1 2; grade=A");
	expect_shown("cargo", "1, 2 t", "1, 2 t");
	expect_shown("grade", "A", "A");
	input("cargo")->shown = TH_S("1 t, 2 t");
	input("grade")->shown = TH_S("甲");
	expect_shown("cargo", "1 t, 2 t", "1 t, 2 t");
	expect_shown("grade", "甲", "A");
}
END_TEST

START_TEST(what_is_lacked_is_named)
{
	static const th_slice lacks[] = {{"meter", 5}, {"energy", 6}};
	static const th_words words[] = {{{"电表", 6}, {"a meter", 7}}, {{"电量", 6}, {"the power", 9}}};
	static const struct { const char *id, *zh, *en; } names[] = {
		{"meter", "电表", "a meter"}, {"energy", "电量", "the power"}, {"else", "else", "else"}, {"quay", "岸线（quay）", "quay (quay)"},
		{"measures", "措施表 measures.csv", "table of measures (measures.csv)"},
	};
	*input("energy") = (th_rule_input){.lacks = lacks, .lack_text = words, .lack_count = 2};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		th_buf buf = {0};
		th_put_rule_lack(&f.inputs, th_slice_of(names[i].id), TH_LANG_ZH, &buf);
		expect_text(&buf, names[i].zh);
		th_put_rule_lack(&f.inputs, th_slice_of(names[i].id), TH_LANG_EN, &buf);
		expect_text(&buf, names[i].en);
	}
}
END_TEST

START_TEST(a_list_of_what_is_not_so)
{
	th_expr no = {.op = TH_OP_LITERAL, .literal = th_rule_bool(false)};
	th_expr **share = &f.pack->define[th_pack_define(f.pack, TH_S("share"))].reading[0].expr, *own = *share;
	th_buf buf = {0};
	rules_set(&f, "trained=no; noisy=yes; berths=3");
	th_template_fill(&f.inputs, NULL, TH_S("[{not berths trained noisy quay nonesuch share}{x}]"), TH_LANG_EN, &buf);
	expect_text(&buf, "[trained]");
	*share = &no;
	th_template_fill(&f.inputs, NULL, TH_S("[{not trained share}]"), TH_LANG_ZH, &buf);
	*share = own;
	expect_text(&buf, "[已培训、岸电占比]");
	ck_assert(th_slice_eq(th_template_unknown(f.pack, TH_S("{not trained nonesuch}")), TH_S("nonesuch")));
	ck_assert(th_slice_eq(th_template_unknown(f.pack, TH_S("{not trained share}{xyz}")), TH_S("xyz")));
}
END_TEST

/* --- which variant is for the applicant --- */

/* At the stage of running, requirement 5 asks for trained staff, or, where its first variant does not apply, that the stage is building, which it is not. */
START_TEST(variants_that_agree_decide)
{
	static const struct { const char *changes; th_rule_status status; size_t missings; } open[] = {
		{"trained=yes", TH_RULE_UNDETERMINED, 1}, {"trained=no", TH_RULE_NOT_MET, 0}, {"trained=yes; noisy=yes", TH_RULE_MET, 0}, {"trained=yes; noisy=no", TH_RULE_NOT_MET, 0},
	};
	th_expr noisy = {.op = TH_OP_GET, .ref = th_pack_decl(f.pack, TH_S("noisy")), .type = TH_RULE_BOOL};
	ck_assert_int_eq(th_rules_stage(f.pack, "run", f.diags), TH_OK);
	uint32_t which = th_pack_requirement(f.pack, TH_S("5"));
	f.pack->requirement[which].variant[0].when = &noisy;
	for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
		th_rule_results all;
		rules_begin(&f);
		rules_set(&f, open[i].changes);
		ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
		ck_assert_msg(all.result[which].status == open[i].status, "[%s]: %s", open[i].changes, th_rule_status_names[all.result[which].status]);
		ck_assert_uint_eq(all.result[which].missings, open[i].missings);
		if (open[i].missings)
			ck_assert(th_slice_eq(all.result[which].missing[0], TH_S("noisy")));
	}
	/* The only variant left, and open whether it applies: undetermined whatever it says. */
	th_rule_results all;
	f.pack->requirement[which].variants = 1;
	rules_begin(&f);
	rules_set(&f, "trained=yes");
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	ck_assert_int_eq(all.result[which].status, TH_RULE_UNDETERMINED);
	/* A definition on which it rests is looked into: a port of either kind has this berth. */
	th_expr **share = &f.pack->define[th_pack_define(f.pack, TH_S("share"))].reading[0].expr, *own = *share;
	th_expr defined = {.op = TH_OP_DEFINED, .ref = th_pack_define(f.pack, TH_S("share")), .type = TH_RULE_BOOL};
	*share = f.pack->requirement[0].variant[0].when;
	f.pack->requirement[which].variant[0].when = &defined;
	ck_assert_int_eq(th_rules_decide(&f.inputs, &f.arena, &all), TH_OK);
	ck_assert_int_eq(all.result[which].status, TH_RULE_UNDETERMINED);
	ck_assert(all.result[which].missings == 1 && th_slice_eq(all.result[which].missing[0], TH_S("kind")));
	*share = own;
}
END_TEST

/* An option that is always tried: a port of either kind. Of more options than are tried it stays open. */
START_TEST(as_many_choices_are_tried_as_can_be)
{
	th_rule_status status[16];
	th_rule_decl *kind = &f.pack->decl[th_pack_fact(f.pack, TH_S("kind"))];
	th_expr any = *f.pack->requirement[0].variant[0].when, other = any, river = *any.arg[1];
	th_expr *sides[] = {any.arg[0], &river}, *both[] = {&any, &other};
	th_expr either = {.op = TH_OP_OR, .arg = both, .args = 2, .type = TH_RULE_BOOL};
	ck_assert(f.pack->requirements <= 16 && any.op == TH_OP_EQ && river.op == TH_OP_LITERAL && river.literal.choice == 0);
	river.literal.choice = 1;
	other.arg = sides;
	f.pack->requirement[0].variant[0].when = &either;
	rules_set(&f, "berths=4");
	(void)th_rules_verdict(&f.inputs, status);
	ck_assert_int_eq(status[0], TH_RULE_MET);
	kind->options = 1025;
	(void)th_rules_verdict(&f.inputs, status);
	kind->options = 2;
	ck_assert_int_eq(status[0], TH_RULE_UNDETERMINED);
}
END_TEST

/* --- what is asked --- */

/* What is asked of the inputs as they stand, ids in the order of the text. */
static const char *asked(const uint64_t *fits)
{
	static const uint64_t all[64];
	static char out[1024];
	size_t len = 0;
	th_rule_asks asks;
	ck_assert_uint_lt(f.pack->decls, 64);
	ck_assert_int_eq(th_rules_ask(&f.inputs, fits ? fits : all, &f.arena, &asks), TH_OK);
	out[0] = '\0';
	for (size_t i = 0; i < asks.asks; i++) {
		const th_slice id = f.pack->decl[asks.ask[i].decl].id;
		len += (size_t)snprintf(out + len, sizeof out - len, "%s%.*s", i ? " " : "", (int)id.len, id.ptr);
	}
	return out;
}

/* Is a word among words? */
static bool has(const char *list, const char *id)
{
	th_slice rest = th_slice_of(list), one;
	while (th_slice_split(&rest, ' ', &one))
		if (th_slice_eq(one, th_slice_of(id)))
			return true;
	return false;
}

/* By requirement 4: either it opens early enough or has no profit, which is one condition; the mode or the sister is another. */
START_TEST(only_what_can_still_decide_is_asked)
{
	static const struct { const char *known, *asked, *not_asked; } kinds[] = {
		{"", "kind berths quay shore_power energy least_share trained noisy waste cargo fuels plan_year closed balance mode twin grade", ""},
		{"kind=river", "shore_power grade", "kind berths quay"},
		{"balance=5#CNY; plan_year=2040; closed=2035", "kind mode", "balance twin plan_year"},   /* the first condition fails */
		{"balance=-5#CNY", "mode twin", "balance plan_year"},                                     /* and holds */
		{"fuels=lng", "energy", "fuels"},                                                         /* without evidence it is stated all the same */
		{"mode=fast", "balance plan_year", "mode twin"},
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		rules_begin(&f);
		rules_set(&f, kinds[i].known);
		const char *found = asked(NULL);
		for (int yes = 0; yes < 2; yes++) {
			th_slice rest = th_slice_of(yes ? kinds[i].asked : kinds[i].not_asked), id;
			while (th_slice_split(&rest, ' ', &id)) {
				char name[32] = "";
				memcpy(name, id.ptr, id.len < sizeof name ? id.len : 0);
				ck_assert_msg(has(found, name) == (bool)yes, "[%s]: %s in %s", kinds[i].known, name, found);
			}
		}
	}
}
END_TEST

static th_expr get(const char *id)
{
	uint32_t which = th_pack_decl(f.pack, th_slice_of(id));
	ck_assert_uint_ne(which, TH_NONE);
	return (th_expr){.op = TH_OP_GET, .ref = which, .type = f.pack->decl[which].type};
}

/* One condition of several that fails settles all, also where another would be met only because nothing is stated (the balance of requirement 4). */
START_TEST(a_condition_that_fails_settles_the_others)
{
	static const struct { const char *known; bool asked; } conditions[] = {{"", true}, {"noisy=yes", true}, {"noisy=no", false}};
	th_expr *test = f.pack->requirement[3].variant[0].test, noisy = get("noisy"), *own = test->arg[1];
	ck_assert(test->op == TH_OP_AND && test->args == 3 && test->arg[2]->op == TH_OP_DEFAULT);
	test->arg[1] = &noisy;
	for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
		rules_begin(&f);
		rules_set(&f, conditions[i].known);
		ck_assert_msg(has(asked(NULL), "balance") == conditions[i].asked, "[%s]", conditions[i].known);
	}
	test->arg[1] = own;
}
END_TEST

START_TEST(only_the_branch_that_is_taken_is_asked)
{
	th_expr *branch = f.pack->requirement[2].variant[0].limit[1].required;
	th_expr trained = get("trained"), berths = get("berths"), balance = get("balance");
	th_expr *args[] = {&trained, &berths, &balance};
	ck_assert_int_eq(branch->op, TH_OP_IF);
	branch->arg = args;
	f.pack->requirement += 2; /* the others ask for the same */
	f.pack->requirements = 1;
	for (int yes = 0; yes < 3; yes++) {
		rules_begin(&f);
		rules_set(&f, yes == 2 ? "" : yes ? "trained=yes" : "trained=no; noisy=no; waste=3 2; cargo=1 2");
		const char *found = asked(NULL);
		ck_assert_msg(has(found, "berths") == (yes != 0) && has(found, "balance") == (yes != 1), "%d: %s", yes, found);
	}
	f.pack->requirement -= 2;
}
END_TEST

/* A truth is asked for a route when it decides it for an option that the applicant may have. */
START_TEST(a_route_asks_for_what_decides_it)
{
	static const struct { const char *known; unsigned fits; bool asked; } routes[] = {
		{"", 0, true}, {"", 1, true}, {"", 2, false}, {"", 3, true}, {"mode=fast", 0, true}, {"mode=slow", 0, false}, {"mode=slow", 1, false},
	};
	th_expr mode = get("mode"), trained = get("trained"), fast = {.op = TH_OP_LITERAL, .literal = th_rule_choice(0)};
	th_expr *sides[] = {&mode, &fast}, is_fast = {.op = TH_OP_EQ, .arg = sides, .args = 2, .type = TH_RULE_BOOL};
	th_expr **share = &f.pack->define[th_pack_define(f.pack, TH_S("share"))].reading[0].expr, *own = *share;
	th_expr defined = {.op = TH_OP_DEFINED, .ref = th_pack_define(f.pack, TH_S("share")), .type = TH_RULE_BOOL};
	th_expr *both[] = {&is_fast, &defined}, when = {.op = TH_OP_AND, .arg = both, .args = 2, .type = TH_RULE_BOOL};
	size_t count = f.pack->requirements;
	f.pack->requirements = 0;
	f.pack->route[0].when = &when;
	*share = &trained;
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
		uint64_t fits[64] = {0};
		fits[mode.ref] = routes[i].fits;
		rules_begin(&f);
		rules_set(&f, routes[i].known);
		ck_assert_msg(has(asked(fits), "trained") == routes[i].asked, "row %zu", i);
	}
	f.pack->requirements = count;
	*share = own;
}
END_TEST

/* What is lacked of a route is asked unless it is a truth that decides nothing; a parameter always is. With no route open all that is lacked stays. */
START_TEST(what_a_route_lacks_is_asked_where_it_decides)
{
	static const struct { const char *known; size_t routes, kept; } ways[] = {{"", 2, 2}, {"mode=fast", 2, 3}, {"mode=fast", 1, 3}};
	static const uint64_t fits[64];
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		th_slice lacks[] = {TH_S("least_share"), TH_S("berths"), TH_S("trained")};
		th_rule_results results = {.route_missing = lacks, .route_missings = 3};
		f.pack->routes = ways[i].routes;
		rules_begin(&f);
		rules_set(&f, ways[i].known);
		ck_assert_int_eq(th_rules_ask_route(&f.inputs, fits, &f.arena, &results), TH_OK);
		ck_assert_uint_eq(results.route_missings, ways[i].kept);
		ck_assert(th_slice_eq(lacks[0], TH_S("least_share")) && th_slice_eq(lacks[1], TH_S("berths")));
	}
	f.pack->routes = 2;
}
END_TEST

Suite *rules_ways_suite(void)
{
	Suite *suite = suite_create("rules: ways");
	TCase *tests = tcase_create("rules: ways");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(tests, rows_are_read, 0, sizeof rows / sizeof *rows);
	tcase_add_test(tests, a_cell_is_told_of_once);
	tcase_add_test(tests, evidence_that_is_void_is_none);
	tcase_add_test(tests, a_domain_is_found_by_its_names);
	tcase_add_test(tests, bounds_that_meet_are_a_number);
	tcase_add_test(tests, intervals_are_worked);
	tcase_add_test(tests, bounds_decide);
	tcase_add_test(tests, bounds_are_said);
	tcase_add_test(tests, numbers_are_rounded_half_to_even);
	tcase_add_test(tests, a_text_for_people_is_shown_in_its_place);
	tcase_add_test(tests, what_is_lacked_is_named);
	tcase_add_test(tests, a_list_of_what_is_not_so);
	tcase_add_test(tests, variants_that_agree_decide);
	tcase_add_test(tests, as_many_choices_are_tried_as_can_be);
	tcase_add_test(tests, only_what_can_still_decide_is_asked);
	tcase_add_test(tests, a_condition_that_fails_settles_the_others);
	tcase_add_test(tests, only_the_branch_that_is_taken_is_asked);
	tcase_add_test(tests, a_route_asks_for_what_decides_it);
	tcase_add_test(tests, what_a_route_lacks_is_asked_where_it_decides);
	tcase_add_test(tests, a_fact_is_of_its_own_file);
	suite_add_tcase(suite, tests);
	return suite;
}

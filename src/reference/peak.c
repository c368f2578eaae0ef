/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trend.json: the numbers of the peak tests. */
#include "reference/peak.h"

#include "reference/node.h"

/* The number `key` of `object` from low to high; with `whole`, an integer. Reported otherwise. */
static th_decimal number_of(th_loader *l, const th_json *object, const char *key, th_decimal low, th_decimal high, bool whole)
{
	const th_json *member = th_json_get(object, key);
	if (!member) {
		TH_FAIL_NODE(l, object, TH_DATA_MEMBER, key, NULL);
	} else if (member->kind != TH_JSON_NUMBER || (whole && member->number.exp < 0)) {
		TH_FAIL_NODE(l, member, TH_DATA_SHAPE, key, whole ? "123" : "1.5", NULL);
	} else if (th_decimal_cmp(member->number, low) < 0 || th_decimal_cmp(member->number, high) > 0) {
		th_buf range = {0};
		th_put_decimal(&range, low);
		th_buf_str(&range, " .. ");
		th_put_decimal(&range, high);
		if (range.failed)
			th_loader_no_memory(l);
		else
			TH_FAIL_NODE(l, member, TH_CELL_RANGE, key, th_loader_text(l, member->text), th_loader_text(l, th_buf_view(&range)), NULL);
		th_buf_free(&range);
	} else {
		return member->number;
	}
	return low;
}

static int64_t whole_of(th_loader *l, const th_json *object, const char *key, int64_t low, int64_t high)
{
	th_decimal number = number_of(l, object, key, th_decimal_int(low), th_decimal_int(high), true);
	for (; number.exp > 0; number.exp--)
		number.mant *= 10; /* not above `high` */
	return number.mant;
}

/* The member that is an object with no other keys than `keys`; NULL, and reported, when it is none. */
static const th_json *part_of(th_loader *l, const th_json *root, const char *key, const char *keys)
{
	const th_json *part = th_json_get(root, key);
	if (!part)
		TH_FAIL_NODE(l, root, TH_DATA_MEMBER, key, NULL);
	else if (part->kind != TH_JSON_OBJECT)
		TH_FAIL_NODE(l, part, TH_DATA_SHAPE, key, "{...}", NULL);
	else
		th_json_keys(l, part, keys);
	return part && part->kind == TH_JSON_OBJECT ? part : NULL;
}

static void read_rules(th_loader *l, const th_json *root, th_peak_rules *out)
{
	const th_decimal zero = th_decimal_int(0);
	th_json_keys(l, root, "schema c40 test cases");
	(void)th_json_need(l, root, "schema");
	const th_json *part = part_of(l, root, "c40",
	                              "least_years peak_before_last_years last_before_as_of_years peak_above_last_percent source source_zh url");
	if (part) {
		out->least_years = (int)whole_of(l, part, "least_years", 1, 100);
		out->before_last = (int)whole_of(l, part, "peak_before_last_years", 0, 100);
		out->before_as_of = (int)whole_of(l, part, "last_before_as_of_years", 0, 100);
		out->above_last = number_of(l, part, "peak_above_last_percent", zero, th_decimal_int(1000), false);
		out->source = th_json_need(l, part, "source");
		out->source_zh = th_json_need(l, part, "source_zh");
		out->url = th_json_need(l, part, "url");
	}
	part = part_of(l, root, "test", "least_years_after_maximum least_years_fitted all_orders_up_to orders resamples generator seed level source source_zh false_peaks");
	if (part) {
		out->least_after = (int)whole_of(l, part, "least_years_after_maximum", 3, 100);
		out->least_fit = (int)whole_of(l, part, "least_years_fitted", 3, 100);
		out->all_orders = (int)whole_of(l, part, "all_orders_up_to", 2, 10);
		out->orders = (int)whole_of(l, part, "orders", 999, 999999);
		out->resamples = (int)whole_of(l, part, "resamples", 99, 99999);
		out->generator = th_json_need(l, part, "generator");
		out->seed = (uint32_t)whole_of(l, part, "seed", 1, 4294967295);
		out->level = number_of(l, part, "level", (th_decimal){1, -3}, (th_decimal){5, -1}, false);
		out->test_source = th_json_need(l, part, "source");
		out->test_source_zh = th_json_need(l, part, "source_zh");
		const th_json *rate = part_of(l, part, "false_peaks", "zh en independent_percent correlation dependent_percent source");
		if (rate) {
			out->false_zh = th_json_need(l, rate, "zh");
			out->false_en = th_json_need(l, rate, "en");
		}
	}
	part = part_of(l, root, "cases", "near_percent source");
	if (part) {
		out->near = number_of(l, part, "near_percent", zero, th_decimal_int(50), false);
		out->near_source = th_json_need(l, part, "source");
	}
}

th_status th_peak_rules_load(const char *dir, th_arena *arena, th_diags *diags, th_peak_rules *out)
{
	th_loader l;
	const th_json *root = th_loader_json(&l, arena, dir, "trend.json", diags);
	*out = (th_peak_rules){0};
	if (root)
		read_rules(&l, root, out);
	return th_loader_close(&l);
}

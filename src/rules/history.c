/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a pack says of itself: when and by which document its text changed, and what becomes of each clause of the text, also of those that decide nothing. */

#include "base/day.h"
#include "rules/read.h"

const char *const th_coverage_names[TH_COVERAGES] = {"decided", "advice", "computed", "none"};

/* In the order of time. */
static void read_amendment(th_reader *r, const th_json *node, int32_t *last)
{
	int32_t day;
	if (!th_read_keys(r, node, "date document zh en url"))
		return;
	const th_json *date = th_read_member(r, node, "date", TH_JSON_STRING, true);
	th_rule_amendment *out = &r->pack->amendment[r->pack->amendments++];
	out->document = th_read_text(r, node, "document", true);
	out->url = th_read_text(r, node, "url", false);
	out->text = th_read_pair(r, node, true);
	if (!date)
		return;
	out->date = date->text;
	if (!th_day_parse(date->text, &day))
		TH_REJECT(r, date, TH_PACK_SHAPE, "date", "\"2022-12-27\"", NULL);
	else if (day < *last)
		TH_REJECT(r, date, TH_PACK_SHAPE, "date", "not before the one above", NULL);
	else
		*last = day;
}

/* `whole`: all requirements were read, so that a name that is none is a mistake here. */
static void read_covered(th_reader *r, const th_json *node, bool whole)
{
	size_t count;
	if (!th_read_keys(r, node, "clause quote as requirements zh en"))
		return;
	th_rule_coverage *out = &r->pack->coverage[r->pack->coverages++];
	const th_json *as = th_read_member(r, node, "as", TH_JSON_STRING, true);
	out->clause = th_read_text(r, node, "clause", true);
	out->quote = th_read_text(r, node, "quote", true);
	out->text = th_read_pair(r, node, true);
	out->as = as ? (th_covered_as)th_read_word(r, as, th_coverage_names, TH_COVERAGES) : TH_COVERAGE_NONE;
	const th_json *list = th_read_list(r, node, "requirements", out->as < TH_COVERAGE_COMPUTED, &count);
	out->requirement = th_reader_alloc(r, count, sizeof *out->requirement);
	for (; list && out->requirement; list = list->next) {
		const uint32_t rule = th_pack_requirement_of(r->pack, list->text);
		if (rule != TH_NONE)
			out->requirement[out->requirements++] = rule;
		else if (whole)
			TH_REJECT(r, list, TH_PACK_NAME, th_reader_text(r, list->text), "requirements", NULL);
	}
}

static bool is_covered(const th_pack *pack, uint32_t rule)
{
	for (size_t i = 0; i < pack->coverages; i++)
		for (size_t k = 0; k < pack->coverage[i].requirements; k++)
			if (pack->coverage[i].requirement[k] == rule)
				return true;
	return false;
}

void th_read_history(th_reader *r, const th_json *root)
{
	size_t amendments, coverages;
	int32_t last = TH_DAY_MIN;
	const bool whole = r->status == TH_OK;
	r->owner = "amendments";
	const th_json *amendment = th_read_list(r, root, "amendments", false, &amendments);
	r->owner = "coverage";
	const th_json *covered = th_read_list(r, root, "coverage", false, &coverages);
	r->pack->amendment = th_reader_alloc(r, amendments, sizeof *r->pack->amendment);
	r->pack->coverage = th_reader_alloc(r, coverages, sizeof *r->pack->coverage);
	if (r->status == TH_SYSTEM)
		return;
	r->owner = "amendments";
	for (; amendment; amendment = amendment->next)
		read_amendment(r, amendment, &last);
	r->owner = "coverage";
	for (; covered; covered = covered->next)
		read_covered(r, covered, whole);
	/* A pack that tells what becomes of its clauses tells it of all that it asks. */
	if (coverages == 0 || r->status != TH_OK)
		return;
	for (uint32_t i = 0; i < r->pack->everys; i++)
		if (!is_covered(r->pack, i))
			TH_REJECT(r, th_json_get(root, "coverage"), TH_PACK_NAME, th_reader_text(r, r->pack->every[i].id), "coverage", NULL);
}

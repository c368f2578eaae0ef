/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The public face of the room. */
#include <tanhe/audit.h>

#include <stdlib.h>

#include "audit/bridge.h"
#include "audit/verify.h"
#include "base/memory.h"

static th_status verify(const char *report, th_slice again, th_format format, th_lang lang, th_diags *diags, char **text, size_t *len, bool *equal)
{
	th_arena arena = {0};
	th_recorded recorded;
	th_status status = format == TH_FORMAT_TEXT || format == TH_FORMAT_JSON ? th_recorded_open(report, &arena, diags, &recorded) : TH_USAGE;
	if (status == TH_OK)
		status = th_verify(&recorded, again, format, lang, diags, text, len, equal);
	th_arena_free(&arena);
	return status;
}

th_status th_audit_verify(const char *report, const char *again, size_t len, th_format format, th_lang lang, th_diags *diags, char **text, size_t *text_len, int *equal)
{
	th_mark mark = th_begin(diags);
	bool same = false;
	*text = NULL;
	*text_len = 0;
	th_status status = th_settle(mark, diags, verify(report, (th_slice){again, len}, format, lang, diags, text, text_len, &same));
	if (status != TH_OK) {
		free(*text);
		*text = NULL;
		*text_len = 0;
	}
	*equal = status == TH_OK && same;
	return status;
}

th_status th_audit_side_new(th_diags *diags, th_side **out)
{
	th_mark mark = th_begin(diags);
	*out = th_calloc(1, sizeof **out);
	return th_settle(mark, diags, *out ? TH_OK : th_no_memory(diags));
}

th_status th_audit_side_entry(void *side, const th_entry *entry)
{
	th_mark mark = th_begin(NULL);
	return th_settle(mark, NULL, th_side_entry(side, entry));
}

void th_audit_side_free(th_side *side)
{
	if (!side)
		return;
	th_side_free(side);
	free(side);
}

/* --- a bridge --- */

_Static_assert((int)TH_AUDIT_CAUSES == (int)TH_CAUSE_DATA && (int)TH_AUDIT_DROPPED == (int)TH_CAUSE_DROPPED, "accounts have no data at fault: that cause is the last");

static bool put_amount(th_mass mass, th_amount *out)
{
	th_buf text = {0};
	th_put_mass(&text, mass, 3);
	bool good = !text.failed && text.len < sizeof out->tonnes;
	*out = (th_amount){.kg = th_mass_double(mass)};
	if (good)
		memcpy(out->tonnes, text.ptr, text.len);
	th_buf_free(&text);
	return good;
}

static bool put_row(const th_bridge *bridge, th_audit_bridge_row *row)
{
	bool good = put_amount(bridge->from, &row->from) && put_amount(bridge->to, &row->to) && put_amount(bridge->to - bridge->from, &row->change) &&
	            put_amount(bridge->rest, &row->remainder);
	for (size_t i = 0; i < TH_AUDIT_CAUSES && good; i++)
		good = put_amount(bridge->cause[i], &row->cause[i]);
	row->differs = bridge->differs;
	return good;
}

static bool is_known(const th_side *side, int year)
{
	return year >= TH_FIRST_YEAR && year <= TH_LAST_YEAR && th_side_has_year(side, year);
}

static th_status make(const th_bridge_end end[2], th_audit_bridge_row *row)
{
	th_arena arena = {0};
	th_bridge bridge;
	th_bridge_part *part;
	size_t parts;
	th_audit_bridge_row made;
	if (!is_known(end[0].side, end[0].year) || !is_known(end[1].side, end[1].year))
		return TH_USAGE;
	th_status status = th_bridge_make(end, &arena, &bridge, &part, &parts);
	if (status == TH_OK && !put_row(&bridge, &made))
		status = TH_SYSTEM;
	if (status == TH_OK)
		*row = made;
	th_arena_free(&arena);
	return status;
}

th_status th_audit_bridge(const th_side *from, int from_year, const th_side *to, int to_year, th_audit_bridge_row *row)
{
	th_mark mark = th_begin(NULL);
	const th_bridge_end end[2] = {{.side = from, .year = from_year}, {.side = to, .year = to_year}};
	return th_settle(mark, NULL, make(end, row));
}

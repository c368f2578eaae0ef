/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is retired to offset the emissions of the case: what counts, and what of it is not known. */

#include "base/day.h"
#include "check/lacks.h"
#include "rules/expr.h"

#include <stdio.h>

void th_check_read_offsets(th_checking *s, th_check_file *file)
{
	th_assessment *a = s->a;
	a->asks_offsets = !file->idle;
	file->found &= a->asks_offsets;
	if (!file->found)
		return;
	size_t errors = th_diags_errors(s->diags);
	th_status status = th_offsets_load(a->reference, file->path, &a->arena, s->diags, &a->offsets);
	th_check_worse(s, th_check_excuse(s, file, errors, status));
	if (file->errors)
		a->offsets.count = 0;
	th_check_note_file(file, status, a->offsets.encoding, a->offsets.sha256, a->offsets.count);
}

static bool is_name(const th_assessment *a, const char *fact, th_slice text)
{
	th_rule_value name = th_check_fact(a, fact);
	return name.known && name.type == TH_RULE_TEXT && th_slice_eq(name.text, text);
}

void th_check_say_offsets(th_checking *s)
{
	const th_assessment *a = s->a;
	th_rule_value name = th_check_fact(a, "name");
	for (size_t i = 0; i < a->offsets.count; i++) {
		const th_offset *o = &a->offsets.offset[i];
		if (o->state == TH_OFFSET_COUNTS && name.known && !is_name(a, "name", o->beneficiary) && !is_name(a, "organiser_name", o->beneficiary))
			th_check_say(s, TH_OFFSET_FOR_OTHER, a->offsets.path, o->line, th_check_text(s, o->beneficiary), th_check_text(s, name.text), (char *)NULL);
	}
}

/* A cell of a row that would tell whether it counts. */
static void lack_cell(th_checking *s, th_computing *v, const th_offset *o)
{
	static const char *const zh_of[TH_OFFSET_STATES] = {
		[TH_OFFSET_NO_RETIREMENT] = "注销时间", [TH_OFFSET_NO_REGISTRY] = "登记机构", [TH_OFFSET_NO_SERIAL] = "编号", [TH_OFFSET_NO_BENEFICIARY] = "受益方",
		[TH_OFFSET_OTHER_KIND] = "类型（须为配额、CCER、碳普惠、CER或新建林业项目）",
	};
	const char *file = th_check_part_name(s, TH_CASE_OFFSETS), *column = th_offset_lacks[o->state];
	char part[48];
	th_buf zh = {0}, en = {0};
	snprintf(part, sizeof part, "%zu:%s", o->line, column);
	th_buf_printf(&zh, "%s第%zu行的%s", file, o->line, zh_of[o->state]);
	th_buf_printf(&en, "%s of %s:%zu%s", column, file, o->line, o->state == TH_OFFSET_OTHER_KIND ? " (allowance, ccer, puhui, cer or forestry)" : "");
	th_lack_part(s, v, "offsets", th_slice_of(part), &zh, &en);
}

static bool is_open(const th_offset *o)
{
	return o->state != TH_OFFSET_COUNTS && o->state != TH_OFFSET_NOT_RETIRED;
}

/* Is there a table with a row? A header alone states nothing. */
static bool has_rows(th_checking *s, th_computing *v)
{
	if (!th_lack_unless_there(s, v, TH_CASE_OFFSETS))
		return false;
	if (s->a->offsets.count == 0)
		th_lack_file(s, v, TH_CASE_OFFSETS);
	return s->a->offsets.count > 0;
}

void th_offsets_retired(th_checking *s, th_computing *v)
{
	th_mass least = 0, most = 0;
	bool fits = true;
	if (!has_rows(s, v))
		return;
	for (size_t i = 0; i < s->a->offsets.count; i++) {
		const th_offset *o = &s->a->offsets.offset[i];
		if (is_open(o))
			lack_cell(s, v, o);
		if (o->state == TH_OFFSET_COUNTS)
			fits &= th_mass_add(&least, o->mass);
		if (o->state != TH_OFFSET_NOT_RETIRED)
			fits &= th_mass_add(&most, o->mass);
	}
	if (!fits) /* too large, which who asked for it says */
		return;
	th_rule_value high = th_rule_mass(most, &s->kilogram);
	v->value = th_rule_between(th_rule_mass(least, &s->kilogram), &high);
}

void th_offsets_unlisted(th_checking *s, th_computing *v)
{
	th_mass sum = 0;
	bool fits = true;
	if (!has_rows(s, v))
		return;
	for (size_t i = 0; i < s->a->offsets.count; i++)
		if (s->a->offsets.offset[i].kind == TH_OFFSET_OTHER)
			fits &= th_mass_add(&sum, s->a->offsets.offset[i].mass);
	if (fits)
		v->value = th_rule_mass(sum, &s->kilogram);
}

/* From one day to a later one: whole months, and the days left over of the month that they begin. */
static bool months(int32_t from, int32_t to, const th_unit *month, th_exact *out)
{
	int count = 0;
	int32_t at = from, next = from;
	while (next <= to) {
		at = next;
		next = th_day_after_months(from, ++count);
	}
	th_exact whole = {count - 1, 1}, rest, size;
	return th_exact_of(1, 0, month, &size) && th_exact_div((th_exact){to - at, 1}, (th_exact){next - at, 1}, &rest) && th_exact_add(whole, rest, &whole) && th_exact_mul(whole, size, out);
}

/* The last retirement among those that count; false: it is not known. */
static bool last_retired(const th_assessment *a, th_period *last)
{
	bool any = false, dated = true;
	for (size_t i = 0; i < a->offsets.count; i++) {
		const th_offset *o = &a->offsets.offset[i];
		if (is_open(o) || (o->state == TH_OFFSET_COUNTS && !o->has_date))
			dated = false;
		else if (o->state == TH_OFFSET_COUNTS && (!any || o->when.to > last->to)) {
			*last = o->when;
			any = true;
		}
	}
	return any && dated;
}

void th_offsets_delay(th_checking *s, th_computing *v)
{
	const th_rule_value end = th_check_fact(s->a, "end");
	th_period last = {0};
	if (!end.known || end.type != TH_RULE_DATE)
		th_lack(v, TH_S("end"));
	if (!has_rows(s, v) || !end.known || end.type != TH_RULE_DATE)
		return;
	if (!last_retired(s->a, &last)) {
		th_lack_file(s, v, TH_CASE_OFFSETS);
		return;
	}
	v->value = (th_rule_value){.known = true, .type = TH_RULE_NUMBER, .number = {0, 1}};
	if (last.to > end.date.to)
		v->value.known = months(end.date.to, last.to, &s->month, &v->value.number);
}

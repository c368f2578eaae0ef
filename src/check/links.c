/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures that count although what they require is not there, or beside one that they exclude. Both are what the table says: it is told, and
 * nothing is taken out of the sums. */

#include "check/run.h"

static bool is_decided(const th_measure *m)
{
	return m->state == TH_MEASURE_DONE || m->state == TH_MEASURE_STARTED;
}

/* Why what is required is not ready for who requires it; NULL: it is. */
static const char *unready(th_checking *s, const th_measure *m, const th_measure *required)
{
	th_buf en = {0}, zh = {0};
	if (required->state == TH_MEASURE_CANCELLED)
		return th_check_both(s, TH_S("which is cancelled"), TH_S("已取消"));
	if (is_decided(m) && !is_decided(required))
		return th_check_both(s, TH_S("which is only planned, while it is started or done itself"), TH_S("尚在计划中，该措施本身却已开工或完成"));
	if (!m->dated || !required->dated || required->from <= m->from)
		return NULL;
	const char *from = th_check_day(s, required->from), *own = th_check_day(s, m->from);
	th_buf_printf(&en, "which takes effect on %s, behind its own %s", from, own);
	th_buf_printf(&zh, "自%s起生效，晚于该措施的%s", from, own);
	const char *said_en = th_check_built(s, &en), *said_zh = th_check_built(s, &zh);
	return th_check_both(s, th_slice_of(said_en), th_slice_of(said_zh));
}

static void say_required(th_checking *s, const th_measure *m)
{
	const th_measures *all = &s->a->measures;
	for (size_t n = 0; n < m->requires.count; n++) {
		const th_measure *required = &all->measure[m->requires.measure[n]];
		const char *why = unready(s, m, required);
		if (why)
			th_check_say(s, TH_MEASURE_UNREADY, all->path, m->line, th_check_text(s, m->id), th_check_text(s, required->id), why, (char *)NULL);
	}
}

/* Each pair once, at the row that names the other; at the first where both do. */
static void say_excluded(th_checking *s, size_t i)
{
	const th_measures *all = &s->a->measures;
	const th_measure *m = &all->measure[i];
	for (size_t n = 0; n < m->excludes.count; n++) {
		size_t other = m->excludes.measure[n];
		const th_measure *beside = &all->measure[other];
		bool said = false;
		for (size_t k = 0; k < beside->excludes.count && other < i; k++)
			said |= beside->excludes.measure[k] == i;
		if (!said && beside->state != TH_MEASURE_CANCELLED)
			th_check_say(s, TH_MEASURES_EXCLUDE, all->path, m->line, th_check_text(s, m->id), th_check_text(s, beside->id), (char *)NULL);
	}
}

void th_check_say_links(th_checking *s)
{
	for (size_t i = 0; i < s->a->measures.count; i++) {
		if (s->a->measures.measure[i].state == TH_MEASURE_CANCELLED)
			continue;
		say_required(s, &s->a->measures.measure[i]);
		say_excluded(s, i);
	}
}

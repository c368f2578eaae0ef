/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of a plan have in common. */

#include "plan/planning.h"

#include <stdarg.h>

#include "base/print.h"

void *th_plan_room(th_planning *p, size_t count, size_t size)
{
	void *room = th_arena_alloc(&p->plan->arena, count ? count : 1, size);
	if (!room)
		th_check_no_memory(p->s);
	return room;
}

const char *th_plan_printf(th_planning *p, const char *format, ...)
{
	char text[256];
	va_list args;
	va_start(args, format);
	(void)th_vprint(text, sizeof text, format, args);
	va_end(args);
	return th_check_text(p->s, th_slice_of(text));
}

void th_plan_add_caveat(th_planning *p, th_code code, const char *file, size_t line, const th_slice *arg, size_t args)
{
	th_case_plan *plan = p->plan;
	size_t count = plan->caveats;
	if (count % 16 == 0) {
		th_check_caveat *grown = th_plan_room(p, count + 16, sizeof *grown);
		if (!grown)
			return;
		if (count)
			memcpy(grown, plan->caveat, count * sizeof *grown);
		plan->caveat = grown;
	}
	th_check_caveat *caveat = &plan->caveat[count];
	*caveat = (th_check_caveat){.code = code, .file = file, .line = line, .arg = th_plan_room(p, CAVEAT_ARGS, sizeof *caveat->arg)};
	if (!caveat->arg)
		return;
	caveat->args = args < CAVEAT_ARGS ? args : CAVEAT_ARGS;
	memcpy(caveat->arg, arg, caveat->args * sizeof *arg);
	plan->caveats++;
}

void th_plan_put_activity(th_planning *p, th_slice id, th_buf *out)
{
	const th_reference *r = p->plan->a->reference;
	uint32_t i = 0;
	while (i < r->activities && !th_slice_eq(r->activity[i].id, id))
		i++;
	if (i < r->activities)
		th_buf_both(out, r->activity[i].name_en, r->activity[i].name_zh);
	else
		th_buf_slice(out, id);
}

const char *th_plan_activity_name(th_planning *p, th_slice id)
{
	th_buf name = {0};
	th_plan_put_activity(p, id, &name);
	return th_check_built(p->s, &name);
}

void th_plan_caveat(th_planning *p, th_code code, const char *file, size_t line, ...)
{
	th_slice arg[CAVEAT_ARGS];
	size_t args = 0;
	va_list list;
	va_start(list, line);
	for (const char *text; args < CAVEAT_ARGS && (text = va_arg(list, const char *)) != NULL;)
		arg[args++] = th_slice_of(text);
	va_end(list);
	th_plan_add_caveat(p, code, file, line, arg, args);
}

const th_activity *th_plan_activity(const th_case_plan *plan, th_slice id)
{
	uint32_t number = th_find_activity(plan->a->reference, id);
	return number == TH_NONE ? NULL : &plan->a->reference->activity[number];
}

void th_plan_no_such_year(th_planning *p, const char *option, int year)
{
	const th_path_input *in = &p->plan->input;
	th_report(p->s->diags, TH_PLAN_NO_YEAR, (th_pos){NULL, 0, 0, NULL}, option, th_plan_printf(p, "%d", year), th_plan_printf(p, "%d", in->base_year),
	          th_plan_printf(p, "%d", in->last_year), (char *)NULL);
	th_check_worse(p->s, TH_USAGE);
}

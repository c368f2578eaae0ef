/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said while a recipe is made. */

#include "account/frame.h"

const char *th_z(th_shard *shard, th_slice text)
{
	th_slice copy = th_arena_copy(&shard->scratch, text);
	return copy.ptr ? copy.ptr : "";
}

th_status th_cell_error(th_shard *shard, const th_now *now, th_code code, th_inventory_column column, const char *more)
{
	th_pos pos = {now->file, now->line->line, 1, "quantity"};
	if (now->inventory)
		pos = th_inventory_place(now->inventory, column);
	return th_report(shard->diags, code, pos, th_z(shard, now->line->cell[column]), more, (char *)NULL);
}

th_status th_build_fail(th_build *build, th_code code, th_inventory_column column, const char *a, const char *b, const char *c)
{
	if (!build->report) {
		/* Another profile cannot compute this line: which activity, in which unit, is what its table row says. */
		th_buf *text = &build->shard->text;
		th_buf_clear(text);
		th_buf_slice(text, build->activity->id);
		th_buf_printf(text, " (%s)", th_z(build->shard, build->unit_text));
		build->missing = th_arena_copy(build->arena, th_buf_view(text));
		return TH_INVALID;
	}
	return th_report(build->shard->diags, code, th_inventory_place(build->now->inventory, column), a, b, c, (char *)NULL);
}

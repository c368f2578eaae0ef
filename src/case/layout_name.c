/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What words around the name of a line say, outside of layouts. */

#include "case/layout_parts.h"

th_layout_name th_layout_name_of(const th_reference *reference, th_slice text, th_arena *arena)
{
	static const th_layout_kind kinds[] = {TH_LW_ASIDE, TH_LW_OPENING, TH_LW_PURCHASE, TH_LW_MOVED, TH_LW_CLOSING};
	th_layout l = {.reference = reference, .kind = "inventory", .diags = th_diags_new()};
	th_layout_name out = {.name = {"", 0}, .site = {"", 0}};
	if (l.diags && th_lay_kind(&l, l.kind)) {
		th_part part = th_lay_part(&l, text);
		const th_slice name = th_arena_copy(arena, part.name), site = th_arena_copy(arena, part.site);
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
			out.aside |= part.said >> kinds[i] & 1;
		out.mean = part.kind == TH_PART_ACTIVITY && part.said >> TH_LW_AVERAGE & 1;
		out.name = part.kind == TH_PART_ACTIVITY && name.ptr ? name : out.name;
		out.site = part.kind == TH_PART_ACTIVITY && site.ptr ? site : out.site;
	}
	th_diags_free(l.diags);
	th_arena_free(&l.arena);
	return out;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reference data that came from an image are added to. */
#include "reference/image.h"
#include "reference/load.h"
#include "reference/unit_table.h"

/* A list of `count` elements, with the room that th_grown looks for behind `number` of them, in memory of its own. */
static bool thaw(th_lent image, void *pointer, size_t number, size_t count, size_t size)
{
	size_t rooms = 16;
	void *list;
	memcpy(&list, pointer, sizeof list);
	if ((uintptr_t)list < (uintptr_t)image.start || (uintptr_t)list >= (uintptr_t)image.end)
		return true;
	while (rooms < number)
		rooms *= 2;
	void *own = th_malloc(rooms * size);
	if (!own)
		return false;
	memcpy(own, list, count * size);
	memcpy(pointer, &own, sizeof own);
	return true;
}

bool th_image_thaw(th_reference *r)
{
	struct th_reference_index *x = r->index;
	th_units *u = r->units;
	const struct { void *list; size_t number, count, size; } lists[] = {
		{&r->factor, r->factors, r->factors, sizeof *r->factor}, {&r->activity, r->activities, r->activities, sizeof *r->activity},
		{&x->activity.owner, x->activity.key.count, x->activity.key.count, sizeof *x->activity.owner},
		{&x->chain, x->factor_id.count, x->factor_id.count, sizeof *x->chain}, {&u->row_of, u->names.count, u->names.count, sizeof *u->row_of},
		{&u->next_alike, u->names.count, u->names.count, sizeof *u->next_alike},
		{&u->first_alike, u->names.count, u->folded.count, sizeof *u->first_alike}, {&u->row, u->rows, u->rows, sizeof *u->row},
	};
	bool ok = true;
	for (size_t i = 0; i < sizeof lists / sizeof *lists && ok; i++)
		ok = thaw(r->image, lists[i].list, lists[i].number, lists[i].count, lists[i].size);
	return ok;
}

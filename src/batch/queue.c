/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cases of a batch, in their order. */

#include "batch/batch.h"

#include "base/list.h"

bool th_batch_list_append(th_batch_list *list, const th_batch_case *item)
{
	th_batch_case *grown = th_grown_in(&list->arena, list->item, list->count, sizeof *grown);
	if (!grown || !item->path)
		return false;
	list->item = grown;
	grown[list->count++] = *item;
	return true;
}

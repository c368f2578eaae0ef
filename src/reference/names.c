/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/names.h"

#include <stdlib.h>

#include "base/list.h"
#include "base/utf8.h"
#include "reference/loader.h"

/* A name folded in `place` where it fits (folding never lengthens a text), so that looking up a short name allocates
 * nothing: a failure on the way would turn a known name into an unknown one. */
enum { PLACE = 512 };
static th_buf fold(th_slice name, char place[PLACE])
{
	th_buf folded = {0};
	if (name.len < PLACE / 2)
		folded = (th_buf){.ptr = place, .cap = PLACE};
	th_utf8_key(name, &folded);
	return folded;
}

static void unfold(th_buf *folded, const char *place)
{
	if (folded->ptr != place)
		th_buf_free(folded);
}

th_name_status th_names_add(th_names *names, th_slice name, uint32_t number, size_t line, struct th_name_owner *taken)
{
	char place[PLACE];
	uint32_t count = names->key.count;
	struct th_name_owner *owner = th_grown(names->owner, count, sizeof *owner);
	if (!owner)
		return TH_NAME_NO_MEMORY;
	names->owner = owner;
	th_buf folded = fold(name, place);
	uint32_t key = folded.failed ? TH_NONE : th_intern_add(&names->key, th_buf_view(&folded));
	unfold(&folded, place);
	if (key == TH_NONE)
		return TH_NAME_NO_MEMORY;
	if (key == count)
		names->owner[key] = (struct th_name_owner){number, line};
	*taken = names->owner[key];
	return taken->number == number ? TH_NAME_OK : TH_NAME_TAKEN;
}

uint32_t th_names_find(const th_names *names, th_slice name)
{
	char place[PLACE];
	th_buf folded = fold(name, place);
	uint32_t key = folded.failed || folded.len == 0 ? TH_NONE : th_intern_find(&names->key, th_buf_view(&folded));
	unfold(&folded, place);
	return key == TH_NONE ? TH_NONE : names->owner[key].number;
}

void th_names_free(th_names *names)
{
	th_intern_free(&names->key);
	free(names->owner);
}

void th_loader_name(th_loader *l, size_t column, th_names *names, th_slice name, uint32_t number, th_slice id,
                    th_slice (*id_of)(const void *list, uint32_t number), const void *list)
{
	struct th_name_owner taken;
	if (name.len == 0)
		return;
	switch (th_names_add(names, name, number, l->csv ? l->record.line : 0, &taken)) {
	case TH_NAME_OK:
		break;
	case TH_NAME_NO_MEMORY:
		th_loader_no_memory(l);
		break;
	case TH_NAME_TAKEN:
		TH_FAIL(l, column, TH_NAME_TWICE, th_loader_text(l, name), th_loader_text(l, id_of(list, taken.number)), th_loader_text(l, id),
		        th_loader_printf(l, "%zu", taken.line), NULL);
	}
}

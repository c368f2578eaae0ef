/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/names.h"

#include <stdlib.h>

#include "base/list.h"
#include "base/utf8.h"
#include "reference/loader.h"

/* The key of a name: in `place`, or in `longer`, which is the caller's to free, for a name that place does not hold. What is missed there
 * is counted (base/memory.h): a known name that was not found is then no answer of any job. */
static th_slice key_of(th_slice name, char place[TH_KEY_PLACE], th_buf *longer)
{
	th_slice key = th_utf8_key_in(name, place);
	if (key.ptr)
		return key;
	th_utf8_key(name, longer);
	return th_buf_view(longer);
}

th_name_status th_names_add(th_names *names, th_slice name, uint32_t number, size_t line, struct th_name_owner *taken)
{
	char place[TH_KEY_PLACE];
	th_buf longer = {0};
	uint32_t count = names->key.count;
	struct th_name_owner *owner = th_grown(names->owner, count, sizeof *owner);
	if (!owner)
		return TH_NAME_NO_MEMORY;
	names->owner = owner;
	th_slice text = key_of(name, place, &longer);
	uint32_t key = longer.failed ? TH_NONE : th_intern_add(&names->key, text);
	th_buf_free(&longer);
	if (key == TH_NONE)
		return TH_NAME_NO_MEMORY;
	if (key == count)
		names->owner[key] = (struct th_name_owner){number, line};
	*taken = names->owner[key];
	return taken->number == number ? TH_NAME_OK : TH_NAME_TAKEN;
}

uint32_t th_names_find(const th_names *names, th_slice name)
{
	char place[TH_KEY_PLACE];
	th_buf longer = {0};
	th_slice text = key_of(name, place, &longer);
	uint32_t key = longer.failed || text.len == 0 ? TH_NONE : th_intern_find(&names->key, text);
	th_buf_free(&longer);
	return key == TH_NONE ? TH_NONE : names->owner[key].number;
}

void th_names_free(th_names *names)
{
	th_intern_free(&names->key);
	th_lent_free(names->image, names->owner);
}

void th_loader_name(th_loader *l, size_t column, th_names *names, th_slice name, uint32_t number, th_slice id,
                    th_slice (*id_of)(const void *list, uint32_t number), const void *list)
{
	struct th_name_owner taken;
	if (name.len == 0)
		return;
	switch (th_names_add(names, name, number, l->rows ? l->record.line : 0, &taken)) {
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

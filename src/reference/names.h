/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_NAMES_H
#define TH_REFERENCE_NAMES_H

/* Numbers by names: ids and aliases of one kind of thing, folded (th_utf8_key). */

#include "reference/loader.h"

/* Folded names and aliases of numbered things. */
typedef struct th_names {
	th_intern key;
	struct th_name_owner {
		uint32_t number;
		size_t line;      /* where the name was given */
	} *owner;             /* by number of the key */
	th_lent image;        /* what lies there is not freed */
} th_names;

/* Give `name` to `number`. When another number has it already, *taken says which and where and the name stays there. */
typedef enum th_name_status { TH_NAME_OK, TH_NAME_TAKEN, TH_NAME_NO_MEMORY } th_name_status;
th_name_status th_names_add(th_names *names, th_slice name, uint32_t number, size_t line, struct th_name_owner *taken);
uint32_t th_names_find(const th_names *names, th_slice name);
void th_names_free(th_names *names);

/* Register `name` from a cell for the thing `number` called `id`; a name that belongs to another one, which id_of tells, is reported. */
void th_loader_name(th_loader *l, size_t column, th_names *names, th_slice name, uint32_t number, th_slice id,
                    th_slice (*id_of)(const void *list, uint32_t number), const void *list);

#endif

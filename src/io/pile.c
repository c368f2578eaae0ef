/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/pile.h"

#include <errno.h>
#include <stdlib.h>

#include "base/list.h"
#include "io/os.h"

/* The file is made of blocks. Each begins with the number of the one before it of its part, so that nothing but the last of each is remembered. */
enum { FEW = 4096, PART_BITS = 7, PARTS = 1 << PART_BITS, BLOCK = 2048, HEAD = 8 };

struct part {
	uint64_t last;         /* its last block in the file, from 1; 0: none */
	size_t used;           /* records in memory */
	size_t count;          /* all records */
};

struct th_pile {
	size_t size, most;     /* most: records in a block */
	char *few;             /* a list, as long as they are few */
	size_t count;          /* of the list */
	char *block;           /* one for each part; NULL: not in parts */
	struct part *part;
	uint64_t blocks;       /* in the file */
	int fd;
	th_pile *next;         /* that joined it */
};

th_pile *th_pile_new(size_t size)
{
	th_pile *pile = th_calloc(1, sizeof *pile);
	if (pile)
		*pile = (th_pile){.size = size, .most = (BLOCK - HEAD) / size, .fd = -1};
	return pile;
}

void th_pile_free(th_pile *pile)
{
	for (th_pile *next; pile; pile = next) {
		next = pile->next;
		if (pile->fd >= 0)
			th_os_close(pile->fd);
		free(pile->few);
		free(pile->block);
		free(pile->part);
		free(pile);
	}
}

/* --- in --- */

/* The block of a part goes into the file, and its place is free again. */
static int write_block(th_pile *pile, size_t at)
{
	struct part *part = &pile->part[at];
	char *block = pile->block + at * BLOCK;
	int error = pile->fd < 0 ? th_os_scratch(&pile->fd) : 0;
	memcpy(block, &part->last, sizeof part->last);
	if (error == 0)
		error = th_os_write(pile->fd, block, BLOCK);
	if (error == 0) {
		part->last = ++pile->blocks;
		part->used = 0;
	}
	return error;
}

/* Most are of two or three words. */
static inline void copy(char *to, const void *record, size_t size)
{
	switch (size) {
	case 16: memcpy(to, record, 16); break;
	case 24: memcpy(to, record, 24); break;
	default: memcpy(to, record, size);
	}
}

static int add_to_part(th_pile *pile, const void *record)
{
	uint64_t hash;
	memcpy(&hash, record, sizeof hash);
	size_t at = (size_t)(hash >> (64 - PART_BITS));
	struct part *part = &pile->part[at];
	int error = part->used == pile->most ? write_block(pile, at) : 0;
	if (error != 0)
		return error;
	copy(pile->block + at * BLOCK + HEAD + part->used++ * pile->size, record, pile->size);
	part->count++;
	return 0;
}

/* Too many for a list. */
static int make_parts(th_pile *pile)
{
	pile->block = th_calloc(PARTS, BLOCK);
	pile->part = th_calloc(PARTS, sizeof *pile->part);
	int error = pile->block && pile->part ? 0 : ENOMEM;
	for (size_t i = 0; i < pile->count && error == 0; i++)
		error = add_to_part(pile, pile->few + i * pile->size);
	free(pile->few);
	pile->few = NULL;
	pile->count = 0;
	return error;
}

int th_pile_add(th_pile *pile, const void *record)
{
	int error = !pile->block && pile->count == FEW ? make_parts(pile) : 0;
	if (error != 0)
		return error;
	if (pile->block)
		return add_to_part(pile, record);
	char *grown = th_grown(pile->few, pile->count, pile->size);
	if (!grown)
		return ENOMEM;
	pile->few = grown;
	memcpy(pile->few + pile->count++ * pile->size, record, pile->size);
	return 0;
}

bool th_pile_large(const th_pile *pile)
{
	return pile->block != NULL;
}

void th_pile_join(th_pile *into, th_pile *from)
{
	while (into->next)
		into = into->next;
	into->next = from;
}

/* --- out --- */

/* All records of a part behind `to`. */
static int read_part(const th_pile *pile, size_t at, char *to)
{
	const struct part *part = &pile->part[at];
	char block[BLOCK];
	int error = 0;
	memcpy(to, pile->block + at * BLOCK + HEAD, part->used * pile->size);
	to += part->used * pile->size;
	for (uint64_t number = part->last; number > 0 && error == 0;) {
		size_t got;
		error = th_os_read_at(pile->fd, block, BLOCK, (number - 1) * BLOCK, &got);
		if (error == 0 && got < BLOCK)
			error = EIO;
		if (error == 0) {
			memcpy(&number, block, sizeof number);
			memcpy(to, block + HEAD, pile->most * pile->size);
			to += pile->most * pile->size;
		}
	}
	return error;
}

/* The records of a part of all that joined; of lists, which are one part. */
static size_t records_in(const th_pile *pile, size_t at)
{
	size_t count = 0;
	for (; pile; pile = pile->next)
		count += pile->block ? pile->part[at].count : pile->count;
	return count;
}

static int gather(const th_pile *pile, size_t at, char *to)
{
	int error = 0;
	for (; pile && error == 0; pile = pile->next)
		if (pile->block) {
			error = read_part(pile, at, to);
			to += pile->part[at].count * pile->size;
		} else if (pile->count) {
			memcpy(to, pile->few, pile->count * pile->size);
			to += pile->count * pile->size;
		}
	return error;
}

int th_pile_each(th_pile *pile, bool (*take)(void *context, void *records, size_t count), void *context)
{
	bool large = false;
	size_t most = 0;
	int error = 0;
	for (const th_pile *p = pile; p; p = p->next)
		large |= th_pile_large(p);
	for (th_pile *p = pile; p && large && error == 0; p = p->next)
		error = p->block ? 0 : make_parts(p);
	size_t parts = large ? PARTS : 1;
	for (size_t i = 0; i < parts && error == 0; i++)
		most = records_in(pile, i) > most ? records_in(pile, i) : most;
	char *records = error == 0 && most > 0 ? th_calloc(most, pile->size) : NULL;
	if (error == 0 && most > 0 && !records)
		error = ENOMEM;
	for (size_t i = 0; i < parts && error == 0 && most > 0; i++) {
		size_t count = records_in(pile, i);
		error = gather(pile, i, records);
		if (error == 0 && count > 0 && !take(context, records, count))
			error = ECANCELED;
	}
	free(records);
	return error;
}

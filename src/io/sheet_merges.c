/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/sheet_merges.h"

#include <stdlib.h>

#include "base/list.h"
#include "io/xml.h"

enum { PIECE = 32768 };

static const char word[] = "mergeCell";

bool th_read_reference(const char **text, size_t *row, size_t *column)
{
	const char *p = *text;
	*row = *column = 0;
	p += *p == '$';
	for (; (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z'); p++) {
		*column = *column * 26 + (size_t)((*p | 0x20) - 'a' + 1);
		if (*column > TH_SHEET_COLUMNS)
			return false;
	}
	p += *p == '$';
	for (; *p >= '0' && *p <= '9'; p++) {
		*row = *row * 10 + (size_t)(*p - '0');
		if (*row > TH_SHEET_ROWS)
			return false;
	}
	*text = p;
	return *row > 0 && *column > 0;
}

static th_status bad(const th_merges *merges, const char *range)
{
	return th_report(merges->diags, TH_SHEET_CELL, (th_pos){merges->name, 1, 1, word}, range, NULL);
}

static th_status see(void *user, const char *name, const char *const *attributes)
{
	th_merges *merges = user;
	size_t top, left, bottom, right;
	const char *range = strcmp(name, word) == 0 ? th_xml_attribute(attributes, "ref") : NULL, *p = range;
	if (!range)
		return TH_OK;
	if (!th_read_reference(&p, &top, &left))
		return bad(merges, range);
	bottom = top;
	right = left;
	if (*p == ':' && (p++, !th_read_reference(&p, &bottom, &right)))
		return bad(merges, range);
	if (*p || bottom < top || right < left)
		return bad(merges, range);
	if (bottom == top && right == left)
		return TH_OK;
	if (merges->count == TH_SHEET_MERGES)
		return th_report(merges->diags, TH_WORKBOOK_LARGE, (th_pos){merges->name, 1, 1, NULL}, word, "1048576", NULL);
	th_merge *grown = th_grown(merges->list, merges->count, sizeof *grown);
	if (!grown)
		return th_no_memory(merges->diags);
	merges->list = grown;
	grown[merges->count++] = (th_merge){(uint32_t)top, (uint32_t)left, (uint32_t)bottom, (uint32_t)right};
	return TH_OK;
}

static int by_first_cell(const void *a, const void *b)
{
	const th_merge *x = a, *y = b;
	return x->top != y->top ? (x->top > y->top ? 1 : -1) : (x->left > y->left) - (x->left < y->left);
}

/* Does the part name a merged cell at all? One that is not in UTF-8 may. */
static th_status look(th_part *part, char *piece, bool *any)
{
	enum { LENGTH = sizeof word - 1, AT = 3 }; /* of the g, which is rare */
	size_t kept = 0, got;
	*any = false;
	for (bool first = true;; first = false) {
		th_status status = th_part_read(part, piece + kept, PIECE, &got);
		if (status != TH_OK || got == 0)
			return status;
		if (first && ((unsigned char)piece[0] >= 0xFE || piece[0] == '\0' || (got > 1 && piece[1] == '\0')))
			*any = true;
		size_t have = kept + got;
		for (const char *p = piece; !*any && (p = memchr(p, word[AT], have - (size_t)(p - piece))) != NULL; p++) {
			size_t at = (size_t)(p - piece);
			*any = at >= AT && at - AT + LENGTH <= have && memcmp(p - AT, word, LENGTH) == 0;
		}
		kept = have < LENGTH - 1 ? have : LENGTH - 1;
		memmove(piece, piece + have - kept, kept);
	}
}

th_status th_merges_read(th_package *package, const char *part_name, th_merges *merges)
{
	static const th_xml_use use = {see, NULL, NULL};
	th_part *part;
	bool any = false;
	char *piece = th_malloc(PIECE + sizeof word);
	if (!piece)
		return th_no_memory(merges->diags);
	th_status status = th_part_open(package, part_name, &part);
	if (status == TH_OK)
		status = look(part, piece, &any);
	th_part_close(part);
	free(piece);
	if (status == TH_OK && any)
		status = th_xml_part(package, part_name, &use, merges);
	if (status == TH_OK && merges->count)
		qsort(merges->list, merges->count, sizeof *merges->list, by_first_cell);
	return status;
}

static bool make_room(th_merges *merges, size_t count)
{
	if (count <= merges->room)
		return true;
	const th_merge **grown = th_realloc(merges->over, 2 * count * sizeof *grown);
	if (!grown)
		return false;
	merges->over = grown;
	merges->room = 2 * count;
	return true;
}

/* From left to right; what overlaps lies before the right end of the one to its left. */
static th_status add(th_merges *merges, const th_merge *m)
{
	size_t at = merges->overs;
	while (at > 0 && merges->over[at - 1]->left > m->left)
		at--;
	if ((at > 0 && merges->over[at - 1]->right >= m->left) || (at < merges->overs && m->right >= merges->over[at]->left))
		return th_report(merges->diags, TH_SHEET_CELL, (th_pos){merges->name, m->top, m->left, word}, word, NULL);
	if (!make_room(merges, merges->overs + 1))
		return th_no_memory(merges->diags);
	memmove(merges->over + at + 1, merges->over + at, (merges->overs - at) * sizeof *merges->over);
	merges->over[at] = m;
	merges->overs++;
	return TH_OK;
}

th_status th_merges_over(th_merges *merges, size_t row)
{
	size_t kept = 0;
	if (row <= merges->until)
		return TH_OK;
	for (size_t i = 0; i < merges->overs; i++)
		if (merges->over[i]->bottom >= row)
			merges->over[kept++] = merges->over[i];
	merges->overs = kept;
	for (; merges->next < merges->count && merges->list[merges->next].top <= row; merges->next++) {
		th_status status = merges->list[merges->next].bottom >= row ? add(merges, &merges->list[merges->next]) : TH_OK;
		if (status != TH_OK)
			return status;
	}
	merges->until = merges->next < merges->count ? merges->list[merges->next].top - 1 : TH_SHEET_ROWS;
	for (size_t i = 0; i < merges->overs; i++)
		merges->until = merges->over[i]->bottom < merges->until ? merges->over[i]->bottom : merges->until;
	return TH_OK;
}

void th_merges_free(th_merges *merges)
{
	free(merges->list);
	free(merges->over);
}

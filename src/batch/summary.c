/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notes of cases, summed: counts, intensities, what several applicants have. No order of the cases shows in it. */

#include "batch/summary.h"

#include <stdlib.h>

#include "base/list.h"
#include "base/print.h"

const char *const th_batch_whats[TH_BATCH_WHATS] = {"verdict", "not_met", "missing", "error"};

th_batch_summary *th_batch_summary_new(void)
{
	return th_calloc(1, sizeof(th_batch_summary));
}

void th_batch_summary_free(th_batch_summary *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->text.count; i++)
		free(s->shared[i].index);
	free(s->seen);
	th_intern_free(&s->key);
	th_intern_free(&s->text);
	th_arena_free(&s->arena);
	free(s);
}

/* A number for a pair of texts, a new one with a place in the list; TH_NONE without memory. */
static uint32_t numbered(th_intern *set, th_slice a, th_slice b, th_slice c)
{
	th_buf key = {0};
	th_buf_slice(&key, a);
	th_buf_char(&key, '\x1f');
	th_buf_slice(&key, b);
	th_buf_char(&key, '\x1f');
	th_buf_slice(&key, c);
	uint32_t number = key.failed ? TH_NONE : th_intern_add(set, th_buf_view(&key));
	th_buf_free(&key);
	return number;
}

/* Part `n` of such a text. */
static th_slice part(th_slice key, int n)
{
	size_t from = 0, to = 0;
	for (;; to++)
		if (to == key.len || key.ptr[to] == '\x1f') {
			if (n-- == 0)
				return (th_slice){key.ptr + from, to - from};
			from = to + 1;
		}
}

static bool add_count(th_batch_summary *s, th_batch_what what, th_slice category, th_slice id)
{
	uint32_t known = s->key.count;
	th_batch_count *grown = th_grown_in(&s->arena, s->count, known, sizeof *grown);
	uint32_t number = grown ? numbered(&s->key, th_slice_of(th_batch_whats[what]), category, id) : TH_NONE;
	if (number == TH_NONE)
		return false;
	s->count = grown;
	if (number == known) {
		th_slice key = th_intern_text(&s->key, number);
		grown[number] = (th_batch_count){.what = what, .category = part(key, 1), .id = part(key, 2)};
	}
	grown[number].cases++;
	return true;
}

static bool add_value(th_batch_summary *s, size_t index, th_slice category, th_slice id, th_slice number)
{
	th_batch_value *grown = th_grown_in(&s->arena, s->value, s->values, sizeof *grown);
	char text[40] = "";
	double value;
	th_slice own = th_arena_copy(&s->arena, category), name = th_arena_copy(&s->arena, id);
	if (!grown || !own.ptr || !name.ptr)
		return false;
	memcpy(text, number.ptr, number.len < sizeof text ? number.len : sizeof text - 1);
	s->value = grown;
	if (th_read_double(text, &value) && value > 0)
		grown[s->values++] = (th_batch_value){.category = own, .id = name, .value = value, .index = index};
	return true;
}

/* --- what several have --- */

static bool widen(th_batch_summary *s)
{
	size_t room = s->room ? 2 * s->room : 1024;
	th_batch_seen *seen = th_calloc(room, sizeof *seen);
	if (!seen)
		return false;
	for (size_t i = 0; i < s->room; i++)
		if (s->seen[i].index) {
			size_t at = (size_t)s->seen[i].hash & (room - 1);
			while (seen[at].index)
				at = (at + 1) & (room - 1);
			seen[at] = s->seen[i];
		}
	free(s->seen);
	s->seen = seen;
	s->room = room;
	return true;
}

static bool add_case(th_batch_shared *shared, size_t index)
{
	if (shared->cases && shared->index[shared->cases - 1] == index)
		return true;
	size_t *grown = th_grown(shared->index, shared->cases, sizeof *grown);
	if (!grown)
		return false;
	shared->index = grown;
	grown[shared->cases++] = index;
	return true;
}

static bool share(th_batch_summary *s, const char *what, th_slice text, size_t first, size_t index)
{
	uint32_t known = s->text.count;
	th_batch_shared *grown = th_grown_in(&s->arena, s->shared, known, sizeof *grown);
	uint32_t number = grown ? numbered(&s->text, th_slice_of(what), text, TH_S("")) : TH_NONE;
	if (number == TH_NONE)
		return false;
	s->shared = grown;
	if (number == known)
		grown[number] = (th_batch_shared){.what = what, .text = part(th_intern_text(&s->text, number), 1)};
	return (grown[number].cases || add_case(&grown[number], first)) && add_case(&grown[number], index);
}

static bool see(th_batch_summary *s, const char *what, th_slice record, size_t index)
{
	if (2 * (s->used + 1) > s->room && !widen(s))
		return false;
	uint64_t hash = th_hash(record.ptr, record.len);
	size_t at = (size_t)hash & (s->room - 1);
	while (s->seen[at].index && s->seen[at].hash != hash)
		at = (at + 1) & (s->room - 1);
	if (s->seen[at].index)
		return s->seen[at].index == index + 1 || share(s, what, part(record, 1), s->seen[at].index - 1, index);
	s->seen[at] = (th_batch_seen){hash, index + 1};
	s->used++;
	return true;
}

/* --- a note --- */

static bool add_record(th_batch_summary *s, size_t index, th_slice category, th_slice record)
{
	static const char *const kept[] = {"meter", "measure", "figure"};
	th_slice what = part(record, 0);
	for (th_batch_what i = TH_BATCH_NOT_MET; i < TH_BATCH_WHATS; i++)
		if (th_slice_eq(what, th_slice_of(th_batch_whats[i])))
			return add_count(s, i, category, part(record, 1));
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if (th_slice_eq(what, th_slice_of(kept[i])))
			return see(s, kept[i], record, index);
	return add_value(s, index, category, part(record, 1), part(record, 2));
}

bool th_batch_summary_add(th_batch_summary *s, size_t index, th_slice note)
{
	th_slice category = {"", 0};
	bool first = true, ok = true;
	for (size_t from = 0, to = 0; to < note.len && ok; to++) {
		if (note.ptr[to] != '\x1e')
			continue;
		th_slice record = {note.ptr + from, to - from};
		from = to + 1;
		if (first) {
			category = part(record, 0);
			ok = add_count(s, TH_BATCH_VERDICT, category, part(record, 1));
		} else
			ok = add_record(s, index, category, record);
		first = false;
	}
	s->cases++;
	return ok;
}

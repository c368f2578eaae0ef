/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The image is opened: mapped, asked whether it is whole, of this program and of these files, and moved to where it lies. */
#include "reference/image.h"

#include <stdlib.h>

#include "base/filename.h"
#include "io/guard.h"
#include "reference/image_parts.h"

typedef struct mapped {
	char *start, *end;
	uint64_t shift; /* added to every pointer, so that it leads into the map */
} mapped;

/* Move the pointer at `field` and ask whether `len` bytes from there on lie in the image. An empty one stays NULL. */
static bool move(const mapped *m, char *field, size_t count, size_t size)
{
	uintptr_t at;
	memcpy(&at, field, sizeof at);
	if (at == 0)
		return count == 0;
	if (m->shift) {
		at += m->shift;
		memcpy(field, &at, sizeof at);
	}
	return at >= (uintptr_t)m->start && at < (uintptr_t)m->end && count <= ((uintptr_t)m->end - at) / size;
}

static bool move_slices(const mapped *m, char *field, size_t count)
{
	bool ok = true;
	for (size_t i = 0; i < count && ok; i++) {
		th_slice text;
		memcpy(&text, field + i * sizeof text, sizeof text);
		ok = move(m, field + i * sizeof text, text.len, 1);
	}
	return ok;
}

static bool move_intern(const mapped *m, char *field)
{
	th_intern *set = (th_intern *)(void *)field;
	return set->fixed_slots >= 64 && (set->fixed_slots & (set->fixed_slots - 1)) == 0 && set->count <= set->fixed_slots / 2 && !set->slots && set->lent &&
	       move(m, field + offsetof(th_intern, text), set->count, sizeof *set->text) &&
	       move(m, field + offsetof(th_intern, fixed), set->fixed_slots, sizeof *set->fixed) && move_slices(m, (char *)set->text, set->count);
}

/* Where it lies at its address, each pointer is as it was written, and the sum answers for that. */
static bool move_parts(const mapped *m, const th_field *parts, char *object)
{
	bool ok = true;
	if (m->shift == 0)
		return true;
	for (const th_field *part = parts; part && part->kind != TH_FIELD_END && ok; part++) {
		char *field = object + part->at, *list;
		size_t count = part->kind == TH_FIELD_LIST ? th_field_count(part, object) : 0;
		switch (part->kind) {
		case TH_FIELD_SLICE:
			ok = move_slices(m, field, part->count_at);
			break;
		case TH_FIELD_INTERN:
			ok = move_intern(m, field);
			break;
		case TH_FIELD_OWN:
			break;
		case TH_FIELD_TEXT: /* the last byte of an image is 0 */
			ok = move(m, field, 0, 1);
			break;
		default:
			ok = move(m, field, count, part->size);
			memcpy(&list, field, sizeof list);
			for (size_t i = 0; part->of && i < count && ok; i++)
				ok = move_parts(m, part->of, list + i * part->size);
		}
	}
	return ok;
}

static th_image_head *head_of(const mapped *m)
{
	return (th_image_head *)(void *)m->start;
}

/* Is it whole, and written by this program? */
static bool is_own(mapped *m)
{
	const size_t len = (size_t)(m->end - m->start);
	const th_image_head *head = head_of(m);
	return len > TH_IMAGE_BEHIND && len % 32 == 0 && memcmp(head->magic, th_image_magic, sizeof head->magic) == 0 && head->made == th_image_made() &&
	       head->size == len && head->sum == th_image_sum(m->start, len) && m->end[-1] == '\0' &&
	       move(m, (char *)&head_of(m)->file, head->files, sizeof *head->file) && move(m, (char *)&head_of(m)->reference, 1, sizeof *head->reference);
}

/* Has the file neither changed nor gone? Archives keep whole seconds. */
static bool is_same(const th_image_file *file, const th_file_about *now)
{
	return now->kind == TH_FILE_REGULAR && now->size == file->size && now->seconds == file->seconds &&
	       (now->nanoseconds == file->nanoseconds || now->nanoseconds == 0);
}

/* Are the files in `dir` those that it was made of? They are inputs of the job, as if they had been read. */
static bool is_of(const mapped *m, const char *dir, th_diags *diags)
{
	th_image_head *head = head_of(m);
	th_buf path = {0};
	bool ok = true;
	for (uint32_t i = 0; i < head->files && ok; i++) {
		th_file_about now;
		ok = move_parts(m, th_image_file_parts, (char *)&head->file[i]);
		th_buf_clear(&path);
		th_buf_str(&path, dir);
		th_buf_char(&path, '/');
		if (ok)
			th_buf_slice(&path, head->file[i].name);
		th_buf_char(&path, '\0');
		ok = ok && !path.failed && th_os_look(path.ptr, &now) == 0 && is_same(&head->file[i], &now) && th_guard_read(path.ptr, &now, diags) == TH_OK;
	}
	th_buf_free(&path);
	return ok;
}

static void *copy(const void *from, size_t size)
{
	void *to = th_malloc(size);
	return to ? memcpy(to, from, size) : NULL;
}

/* Names of files within the folder become paths again where errors may show them. */
static bool name_files(th_reference *r, const char *dir)
{
	const char *path = th_path_join(&r->arena, dir, "units.csv");
	for (uint32_t i = 0; i < r->units->rows && path; i++)
		r->units->row[i].file = path;
	return path != NULL;
}

/* The structures at the top leave the image, since each has an arena or grows. False without memory; the map is that of *out where there is one. */
static bool take(const mapped *m, const char *dir, th_reference **out)
{
	const th_reference *from = head_of(m)->reference;
	th_reference *r = *out = copy(from, sizeof *r);
	if (!r) {
		th_os_unmap(m->start, m->end);
		return false;
	}
	const th_lent image = {m->start, m->end};
	r->image = image;
	r->arena = (th_arena){0};
	r->index = copy(from->index, sizeof *r->index);
	r->units = copy(from->units, sizeof *r->units);
	r->columns = copy(from->columns, sizeof *r->columns);
	if (r->index) {
		r->index->activity.image = r->index->gas.image = r->index->region.image = image;
		r->index->known = (th_known){0};
	}
	if (r->units) {
		r->units->arena = (th_arena){0};
		r->units->image = image;
	}
	if (r->columns) {
		r->columns->arena = (th_arena){0};
		r->columns->image = image;
	}
	if (!r->index || !r->units || !r->columns || !name_files(r, dir))
		return false;
	const th_intern *const words[TH_WORD_LISTS] = {&r->index->activity.key, &r->index->region.key, th_units_names(r->units)};
	th_columns_words(r->columns, words);
	th_columns_beside(r->columns, &r->layout_words);
	return true;
}

static th_status open_mapped(mapped *m, const char *dir, th_diags *diags, th_reference **out)
{
	m->shift = (uint64_t)(uintptr_t)m->start - TH_IMAGE_ADDRESS;
	if (!is_own(m) || th_guard_folder(dir, diags) != TH_OK || !is_of(m, dir, diags) ||
	    !move_parts(m, th_reference_parts, (char *)head_of(m)->reference)) {
		th_os_unmap(m->start, m->end);
		return TH_OK;
	}
	return take(m, dir, out) ? TH_OK : th_no_memory(diags);
}

th_status th_image_open(const char *dir, const char *path, th_diags *diags, th_reference **out)
{
	mapped m = {0};
	size_t len;
	th_mark mark = th_begin(diags);
	th_status status = TH_OK;
	*out = NULL;
	if (th_os_map(path, TH_IMAGE_ADDRESS, &m.start, &len) == 0) {
		m.end = m.start + len;
		status = th_settle(mark, diags, open_mapped(&m, dir, diags, out));
	}
	return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The image is written. */
#include <stdlib.h>

#include "base/filename.h"
#include "io/guard.h"
#include "io/output.h"
#include "reference/image_parts.h"

typedef struct writer {
	th_buf out;
	th_intern text;      /* each once */
	uint64_t *text_at;   /* by its number */
} writer;

static uint64_t address(size_t at)
{
	return TH_IMAGE_ADDRESS + at;
}

/* Room for `len` bytes that any type can lie in; where it begins. */
static size_t room(writer *w, size_t len)
{
	static const char zeros[64] = "";
	while (w->out.len % 32)
		th_buf_char(&w->out, '\0');
	size_t at = w->out.len;
	for (size_t left = len; left && !w->out.failed; left -= left < sizeof zeros ? left : sizeof zeros)
		th_buf_add(&w->out, zeros, left < sizeof zeros ? left : sizeof zeros);
	return at;
}

static void put(writer *w, size_t at, const void *bytes, size_t len)
{
	if (!w->out.failed)
		memcpy(w->out.ptr + at, bytes, len);
}

static void blank(writer *w, size_t at, size_t len)
{
	if (!w->out.failed)
		memset(w->out.ptr + at, 0, len);
}

static void put_address(writer *w, size_t at, uint64_t where)
{
	const void *pointer = (void *)(uintptr_t)where;
	put(w, at, &pointer, sizeof pointer);
}

static uint64_t put_text(writer *w, th_slice text)
{
	uint32_t count = w->text.count;
	uint64_t *grown = th_grown(w->text_at, count, sizeof *grown);
	if (grown)
		w->text_at = grown;
	uint32_t number = grown ? th_intern_add(&w->text, text) : TH_NONE;
	if (number == TH_NONE) {
		w->out.failed = true;
		return 0;
	}
	if (number == count) {
		grown[number] = address(w->out.len);
		th_buf_slice(&w->out, text);
		th_buf_char(&w->out, '\0');
	}
	return grown[number];
}

static size_t put_list(writer *w, const th_field *parts, const char *object, size_t count, size_t size);

static void put_slices(writer *w, size_t at, const th_slice *text, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t where = text[i].ptr ? put_text(w, text[i]) : 0;
		put_address(w, at + i * sizeof *text, where);
	}
}

/* Its names, and slots under the fixed key. */
static void put_intern(writer *w, size_t at, const th_intern *set)
{
	th_intern fixed = {.count = set->count, .fixed_count = set->count, .fixed_slots = 64, .lent = true};
	while (fixed.fixed_slots < 2 * set->count)
		fixed.fixed_slots *= 2;
	uint64_t *slot = th_calloc(fixed.fixed_slots, sizeof *slot);
	size_t text = room(w, set->count * sizeof *set->text);
	put(w, text, set->text, set->count * sizeof *set->text);
	put_slices(w, text, set->text, set->count);
	size_t slots = room(w, fixed.fixed_slots * sizeof *slot);
	if (slot) {
		th_intern_fix(set, slot, fixed.fixed_slots);
		put(w, slots, slot, fixed.fixed_slots * sizeof *slot);
	} else
		w->out.failed = true;
	free(slot);
	put(w, at, &fixed, sizeof fixed);
	put_address(w, at + offsetof(th_intern, text), address(text));
	put_address(w, at + offsetof(th_intern, fixed), address(slots));
}

static void put_parts(writer *w, const th_field *parts, const char *object, size_t at)
{
	for (const th_field *part = parts; part && part->kind != TH_FIELD_END; part++) {
		const char *field = object + part->at, *pointer;
		switch (part->kind) {
		case TH_FIELD_SLICE:
			put_slices(w, at + part->at, (const th_slice *)(const void *)field, part->count_at);
			break;
		case TH_FIELD_INTERN:
			put_intern(w, at + part->at, (const th_intern *)(const void *)field);
			break;
		case TH_FIELD_TEXT:
			memcpy(&pointer, field, sizeof pointer);
			put_address(w, at + part->at, pointer ? put_text(w, th_slice_of(pointer)) : 0);
			break;
		case TH_FIELD_OWN:
			blank(w, at + part->at, part->size);
			break;
		default:
			memcpy(&pointer, field, sizeof pointer);
			size_t count = th_field_count(part, object);
			put_address(w, at + part->at, pointer && count ? address(put_list(w, part->of, pointer, count, part->size)) : 0);
		}
	}
}

static size_t put_list(writer *w, const th_field *parts, const char *object, size_t count, size_t size)
{
	size_t at = room(w, count * size);
	put(w, at, object, count * size);
	for (size_t i = 0; parts && i < count && !w->out.failed; i++)
		put_parts(w, parts, object + i * size, at + i * size);
	return at;
}

/* The files that were read, as the guard of the job has them. */
static bool put_files(writer *w, const char *dir, th_diags *diags, th_image_head *head)
{
	th_image_file file[256];
	const th_held *held;
	size_t len = strlen(dir) + 1;
	for (size_t i = 0; (held = th_diags_held(diags, i)) != NULL; i++) {
		th_file_about about;
		if (held->use != TH_HELD_INPUT)
			continue;
		if (head->files == sizeof file / sizeof *file || strlen(held->name) <= len || th_os_look(held->name, &about) != 0)
			return false;
		file[head->files++] = (th_image_file){th_slice_of(held->name + len), about.size, about.seconds, about.nanoseconds};
	}
	size_t at = put_list(w, th_image_file_parts, (const char *)file, head->files, sizeof *file);
	head->file = (th_image_file *)(uintptr_t)address(at);
	return true;
}

/* What a file is called within the folder, so that the folder may be called otherwise. */
static void without_folder(const char **file, size_t len)
{
	*file = *file && strlen(*file) > len ? *file + len : *file;
}

static bool make(writer *w, const char *dir, th_reference *r, th_diags *diags)
{
	th_image_head head = {.made = th_image_made()};
	memcpy(head.magic, th_image_magic, sizeof head.magic);
	(void)room(w, sizeof head);
	for (uint32_t i = 0; i < r->factors; i++)
		without_folder(&r->factor[i].file, strlen(dir) + 1);
	for (uint32_t i = 0; i < r->units->rows; i++)
		without_folder(&r->units->row[i].file, strlen(dir) + 1);
	bool all = put_files(w, dir, diags, &head);
	size_t at = put_list(w, th_reference_parts, (const char *)r, 1, sizeof *r);
	head.reference = (th_reference *)(uintptr_t)address(at);
	(void)room(w, 0);
	head.size = w->out.len;
	put(w, 0, &head, sizeof head);
	uint64_t sum = w->out.failed ? 0 : th_image_sum(w->out.ptr, w->out.len);
	put(w, offsetof(th_image_head, sum), &sum, sizeof sum);
	return all && !w->out.failed;
}

th_status th_image_write(th_reference *r, const char *dir, const char *path, th_diags *diags)
{
	th_output *file = NULL;
	writer w = {0};
	th_status status = make(&w, dir, r, diags) ? TH_OK : th_no_memory(diags);
	if (status == TH_OK)
		status = th_output_open(path, diags, &file);
	if (status == TH_OK) {
		th_output_write(file, th_buf_view(&w.out));
		status = th_output_commit(file, diags);
	}
	th_buf_free(&w.out);
	th_intern_free(&w.text);
	free(w.text_at);
	return status;
}

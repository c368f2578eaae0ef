/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REFERENCE_IMAGE_PARTS_H
#define TH_REFERENCE_IMAGE_PARTS_H

/* What both sides of an image know: where in the structures of the reference data pointers are, and to what. In the file a pointer is an address as if
 * it had been mapped at TH_IMAGE_ADDRESS. Private to image*.c. */

#include "reference/image.h"
#include "reference/load.h"
#include "reference/unit_table.h"

#define TH_IMAGE_ADDRESS 0x200000000000u

typedef enum th_field_kind {
	TH_FIELD_END,
	TH_FIELD_SLICE,   /* count_at of them */
	TH_FIELD_TEXT,    /* NUL-terminated */
	TH_FIELD_LIST,    /* of structures with parts, or (`of` NULL) of plain numbers */
	TH_FIELD_INTERN,  /* a th_intern */
	TH_FIELD_OWN      /* `size` bytes that mean nothing in a file: what a process has for itself, gaps between members. Written as 0 */
} th_field_kind;

typedef struct th_field {
	th_field_kind kind;
	uint32_t at;
	/* of a list */
	uint32_t size, count_at, count_size; /* of an element; where the number of elements stands and in how many bytes; count_size 0: count_at is the number */
	const struct th_field *of;
} th_field;

extern const th_field th_reference_parts[], th_image_file_parts[];

size_t th_field_count(const th_field *part, const char *object);

/* A file that the data were read from. */
typedef struct th_image_file {
	th_slice name;   /* within the folder */
	uint64_t size;
	int64_t seconds, nanoseconds;
} th_image_file;

typedef struct th_image_head {
	char magic[16];
	uint64_t made;      /* by which program: th_image_made */
	uint64_t size, sum; /* of the file; of all of it but this */
	th_reference *reference;
	th_image_file *file;
	uint32_t files;
} th_image_head;
enum { TH_IMAGE_BEHIND = (sizeof(th_image_head) + 31) / 32 * 32 }; /* where the head ends */
extern const char th_image_magic[16];

uint64_t th_image_made(void);
uint64_t th_image_sum(const char *start, size_t len); /* of an image; len: not below TH_IMAGE_BEHIND */

#endif

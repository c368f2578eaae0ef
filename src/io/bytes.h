/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_BYTES_H
#define TH_IO_BYTES_H

/* The bytes of an input, wherever they are: in memory, or in a file too large to be kept there. Text comes out of it by source.h, workbooks by package.h. */

#include "base/diag.h"
#include "io/os.h"

typedef struct th_bytes {
	const char *path;        /* or the name that stands for it */
	th_diags *diags;
	const char *memory;      /* all `size` bytes; NULL: in the file */
	char *own;               /* to be given back, when nobody else does */
	uint64_t size;           /* in memory: of all; in a file: as it was when opened */
	int fd;                  /* -1: none */
	uint64_t base;           /* where the input starts: standard input may have been read from before */
	th_file_about first;     /* the file as it was when opened */
	const th_lent_part *part; /* what they were cut from; NULL: they are all */
	bool named;              /* a file that can be opened once more: no descriptor */
	bool shared;             /* of another, which closes it */
} th_bytes;

/* Open a file or standard input, or the bytes that `diags` was lent under that name. A small input is read here, once and whole. Of a large
 * pipe a copy is made that has no name, so that it can be read twice and memory stays flat. th_bytes_close is called either way. */
TH_MUST_USE th_status th_bytes_open(th_bytes *bytes, const char *path, th_diags *diags);
/* Open a file for a look before it is read in earnest, and keep it open with the list: whoever opens it in this job reads what is open. One that cannot
 * be opened is not kept, and nothing is said of it: its reader does. False without memory. */
TH_MUST_USE bool th_bytes_keep(const char *path, th_diags *diags);
/* Bytes that stay the caller's. */
void th_bytes_of(th_bytes *bytes, const char *name, th_slice all, th_diags *diags);
/* The same bytes once more, for a reader that has its own list of findings; `of` must outlive them. */
void th_bytes_share(th_bytes *bytes, const th_bytes *of, th_diags *diags);
/* Up to `len` bytes at `offset` of the input; fewer only at its end, and never fewer than its size says. */
TH_MUST_USE th_status th_bytes_at(const th_bytes *bytes, void *to, size_t len, uint64_t offset, size_t *got);
/* Is the file what it was when it was opened, as far as its size and time tell? */
TH_MUST_USE th_status th_bytes_unchanged(const th_bytes *bytes);
/* Say that it is not. TH_SYSTEM. */
th_status th_bytes_changed(const th_bytes *bytes);
void th_bytes_close(th_bytes *bytes);

#endif

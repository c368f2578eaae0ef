/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_PACKAGE_H
#define TH_IO_PACKAGE_H

/* A package (ECMA-376 part 2): a ZIP archive whose parts are read one after another, in flat memory. Through libzip, which checks that the
 * archive agrees with itself. */

#include "io/bytes.h"

/* What a part may unpack to: an error that names the limit beyond it. */
#define TH_MAX_PART ((uint64_t)1 << 30)     /* bytes of a part */
#define TH_MAX_UNPACKED ((uint64_t)64 << 20) /* above that much not more than TH_MAX_RATIO-fold */
enum { TH_MAX_RATIO = 200, TH_MAX_PARTS = 65535 };

typedef struct th_package th_package;
typedef struct th_part th_part;

/* Does an input start as a ZIP archive, or as the older binary workbooks (a compound file)? Neither is text. */
bool th_starts_as_package(const unsigned char *head, size_t len);

/* Open the archive in `bytes`, which are taken over, opened or not; its path must outlive the package. Refused with advice: a compound file
 * (an old workbook, or one with a password), an archive that is damaged, holds a part twice or more than TH_MAX_PARTS. */
TH_MUST_USE th_status th_package_open(th_bytes *bytes, th_package **out);

const char *th_package_path(const th_package *package);
th_diags *th_package_diags(const th_package *package);
const char *th_package_sha256(const th_package *package); /* of all its bytes, in 64 hex digits */
/* Is there such a part? Names are the archive's, without the / in front; another case is taken when there is none of this one. */
bool th_package_has(const th_package *package, const char *name);

/* Open a part; one that is not there is reported as damage. */
TH_MUST_USE th_status th_part_open(th_package *package, const char *name, th_part **out);
/* The next bytes; 0 of them at the end, where the checksum was found right. Reported: damage, and what is larger than it may be. */
TH_MUST_USE th_status th_part_read(th_part *part, void *to, size_t len, size_t *got);
const char *th_part_name(const th_part *part);
void th_part_close(th_part *part);

/* Behind the last reading: is the file what it was when it was opened? */
TH_MUST_USE th_status th_package_unchanged(const th_package *package);
void th_package_close(th_package *package);

/* --- package_write.c --- */

typedef struct th_package_part {
	const char *name;
	th_slice bytes;
} th_package_part;

/* A package of these parts, in their order, behind *out. The same parts give the same bytes, whenever. False, and `failed` set, without memory. */
TH_MUST_USE bool th_package_write(th_buf *out, const th_package_part *part, size_t parts);

void th_package_library(th_buf *out); /* name and version of the one that is used */

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A package written: its parts in their order, without a time, through libzip. */
#include <stdlib.h>
#include <zip.h>

#include "base/memory.h"
#include "io/package.h"

/* 1980-01-01 00:00, the first moment that an archive knows. */
enum { DOS_TIME = 0, DOS_DATE = 1 << 5 | 1 };

static zip_source_t *part_of(zip_t *zip, th_slice bytes)
{
	return zip_source_buffer(zip, bytes.ptr, bytes.len, 0);
}

static bool add(zip_t *zip, const th_package_part *part)
{
	zip_source_t *source = part_of(zip, part->bytes);
	if (!source)
		return false;
	zip_int64_t index = zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8);
	if (index < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_DEFLATE, 9) == 0 && zip_file_set_dostime(zip, (zip_uint64_t)index, DOS_TIME, DOS_DATE, 0) == 0;
}

/* What was written lies in the source, which is still there. */
static bool take(zip_source_t *archive, th_buf *out)
{
	zip_stat_t stat;
	if (zip_source_stat(archive, &stat) < 0 || !(stat.valid & ZIP_STAT_SIZE) || !th_buf_reserve(out, (size_t)stat.size) || zip_source_open(archive) < 0)
		return false;
	zip_int64_t got = zip_source_read(archive, out->ptr + out->len, stat.size);
	zip_source_close(archive);
	if (got < 0 || (zip_uint64_t)got != stat.size)
		return false;
	out->len += (size_t)stat.size;
	return true;
}

bool th_package_write(th_buf *out, const th_package_part *part, size_t parts)
{
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *archive = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = archive ? zip_open_from_source(archive, ZIP_TRUNCATE, &error) : NULL;
	bool well = zip != NULL;
	if (archive && zip)
		zip_source_keep(archive);
	for (size_t i = 0; i < parts && well; i++)
		well = add(zip, &part[i]);
	if (zip && (!well || zip_close(zip) < 0)) {
		zip_discard(zip);
		well = false;
	}
	well = well && take(archive, out);
	if (archive)
		zip_source_free(archive);
	zip_error_fini(&error);
	/* Nothing but memory can lack. */
	th_memory_miss(!well);
	out->failed |= !well;
	return well;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/package.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <zip.h>

#include "base/memory.h"
#include "io/digest.h"

enum { PIECE = 262144, END = 22, LOCATOR = 20, END64 = 56, ENTRY = 46, TAIL = 65535 + END + LOCATOR };

struct th_package {
	th_bytes bytes;
	uint64_t size;
	char sha256[65];
	zip_t *zip;
	/* How libzip reads: where it stands, what it is told, and how reading itself went. */
	uint64_t at;
	zip_error_t error;
	bool asked;          /* libzip was, and the error is its */
	th_status read;
};

struct th_part {
	th_package *package;
	zip_file_t *file;
	uint64_t size, done; /* unpacked: as the archive says, and so far */
	char name[];
};

static th_pos start(const th_package *package)
{
	return (th_pos){package->bytes.path, 1, 1, NULL};
}

static th_status damaged(const th_package *package, const char *what)
{
	return th_report(package->bytes.diags, TH_WORKBOOK_DAMAGED, start(package), what, NULL);
}

/* What libzip calls an error of zlib may be a lack of memory: zlib's -4. */
static int code_of(const zip_error_t *error)
{
	enum { ZLIB_NO_MEMORY = -4 };
	int code = zip_error_code_zip(error);
	return code == ZIP_ER_ZLIB && zip_error_code_system(error) == ZLIB_NO_MEMORY ? ZIP_ER_MEMORY : code;
}

/* What went wrong in libzip, where reading itself went well. */
static th_status refuse(const th_package *package, int error, const char *what)
{
	if (package->read != TH_OK)
		return package->read;
	switch (error) {
	case ZIP_ER_MEMORY:
		return th_no_memory(package->bytes.diags);
	case ZIP_ER_EXISTS:
		return th_report(package->bytes.diags, TH_WORKBOOK_TWICE, start(package), NULL);
	case ZIP_ER_ENCRNOTSUPP:
	case ZIP_ER_NOPASSWD:
	case ZIP_ER_WRONGPASSWD:
		return th_report(package->bytes.diags, TH_WORKBOOK_LOCKED, start(package), NULL);
	default:
		return damaged(package, what);
	}
}

/* ---- bytes for libzip ---- */

static zip_int64_t seek(th_package *package, void *data, zip_uint64_t len)
{
	zip_int64_t to = zip_source_seek_compute_offset(package->at, package->size, data, len, &package->error);
	if (to < 0)
		return -1;
	package->at = (uint64_t)to;
	return 0;
}

static zip_int64_t give(void *user, void *data, zip_uint64_t len, zip_source_cmd_t command)
{
	th_package *package = user;
	size_t got = 0;
	switch (command) {
	case ZIP_SOURCE_SUPPORTS:
		return ZIP_SOURCE_SUPPORTS_SEEKABLE;
	case ZIP_SOURCE_OPEN:
		package->at = 0;
		return 0;
	case ZIP_SOURCE_READ:
		package->read = th_bytes_at(&package->bytes, data, len < PIECE ? (size_t)len : PIECE, package->at, &got);
		if (package->read != TH_OK) {
			zip_error_set(&package->error, ZIP_ER_READ, 0);
			return -1;
		}
		package->at += got;
		return (zip_int64_t)got;
	case ZIP_SOURCE_SEEK:
		return seek(package, data, len);
	case ZIP_SOURCE_TELL:
		return (zip_int64_t)package->at;
	case ZIP_SOURCE_STAT: {
		zip_stat_t *stat = data;
		zip_stat_init(stat);
		stat->size = package->size;
		stat->valid = ZIP_STAT_SIZE;
		return sizeof *stat;
	}
	case ZIP_SOURCE_ERROR:
		return zip_error_to_data(&package->error, data, len);
	case ZIP_SOURCE_CLOSE:
	case ZIP_SOURCE_FREE:
		return 0;
	default:
		zip_error_set(&package->error, ZIP_ER_OPNOTSUPP, 0);
		return -1;
	}
}

/* ---- before libzip sees it ---- */

static uint64_t little(const unsigned char *bytes, size_t len)
{
	uint64_t value = 0;
	while (len-- > 0)
		value = value << 8 | bytes[len];
	return value;
}

/* libzip makes room for as many entries as the end of the archive says there are, true or not. */
static bool says_too_much(const th_package *package, const unsigned char *tail, size_t at)
{
	unsigned char end[END64];
	size_t got;
	uint64_t entries = little(tail + at + 10, 2);
	if (at >= LOCATOR && memcmp(tail + at - LOCATOR, "PK\x06\x07", 4) == 0) {
		uint64_t where = little(tail + at - LOCATOR + 8, 8);
		if (th_bytes_at(&package->bytes, end, sizeof end, where < package->size ? where : package->size, &got) != TH_OK)
			return true;
		if (got == sizeof end && memcmp(end, "PK\x06\x06", 4) == 0)
			for (size_t i = 24; i <= 32; i += 8)
				entries = little(end + i, 8) > entries ? little(end + i, 8) : entries;
	}
	return entries > TH_MAX_PARTS || entries * ENTRY > package->size;
}

/* Every place where the archive may end, since libzip takes the best of them. */
static th_status look_at_end(const th_package *package)
{
	size_t want = package->size < TAIL ? (size_t)package->size : TAIL, got;
	unsigned char *tail = th_malloc(want + 1);
	if (!tail)
		return th_no_memory(package->bytes.diags);
	bool any = false, too_much = false;
	th_status status = th_bytes_at(&package->bytes, tail, want, package->size - want, &got);
	for (size_t i = 0; status == TH_OK && i + END <= got; i++)
		if (tail[i] == 'P' && memcmp(tail + i, "PK\x05\x06", 4) == 0) {
			any = true;
			too_much |= says_too_much(package, tail, i);
		}
	free(tail);
	if (status != TH_OK || (any && !too_much))
		return status;
	return damaged(package, "ZIP");
}

/* A compound file (MS-CFB): its directory names the stream that a password makes, in UTF-16. */
static th_status refuse_compound(const th_package *package, unsigned char *piece)
{
	static const unsigned char name[] = {'E', 0, 'n', 0, 'c', 0, 'r', 0, 'y', 0, 'p', 0, 't', 0, 'e', 0, 'd', 0, 'P', 0, 'a', 0, 'c', 0, 'k', 0};
	bool locked = false;
	size_t got = PIECE;
	for (uint64_t at = 0; got == PIECE && !locked; at += PIECE - sizeof name) {
		th_status status = th_bytes_at(&package->bytes, piece, PIECE, at, &got);
		if (status != TH_OK)
			return status;
		for (size_t i = 0; i + sizeof name <= got && !locked; i++)
			locked = piece[i] == 'E' && memcmp(piece + i, name, sizeof name) == 0;
	}
	return th_report(package->bytes.diags, locked ? TH_WORKBOOK_LOCKED : TH_WORKBOOK_OLD, start(package), NULL);
}

bool th_starts_as_package(const unsigned char *head, size_t len)
{
	return len >= 4 && (memcmp(head, "PK\x03\x04", 4) == 0 || memcmp(head, "PK\x05\x06", 4) == 0 || memcmp(head, "\xD0\xCF\x11\xE0", 4) == 0);
}

static th_status add_up(th_package *package, unsigned char *piece)
{
	th_digest *digest = th_digest_new();
	th_status status = digest ? TH_OK : th_no_memory(package->bytes.diags);
	size_t got = PIECE;
	package->size = 0;
	while (status == TH_OK && got == PIECE) {
		status = th_bytes_at(&package->bytes, piece, PIECE, package->size, &got);
		if (status == TH_OK) {
			th_digest_add(digest, piece, got);
			package->size += got;
		}
	}
	if (digest)
		th_digest_hex(digest, package->sha256);
	return status == TH_OK ? th_bytes_unchanged(&package->bytes) : status;
}

static th_status examine(th_package *package)
{
	unsigned char *piece = th_malloc(PIECE);
	size_t got = 0;
	if (!piece)
		return th_no_memory(package->bytes.diags);
	th_status status = th_bytes_at(&package->bytes, piece, 8, 0, &got);
	if (status == TH_OK && got >= 4 && memcmp(piece, "\xD0\xCF\x11\xE0", 4) == 0)
		status = refuse_compound(package, piece);
	else if (status == TH_OK && !th_starts_as_package(piece, got))
		status = th_report(package->bytes.diags, TH_WORKBOOK_OTHER, start(package), got ? "text" : "an empty file", got ? "文本" : "空文件", NULL);
	if (status == TH_OK)
		status = add_up(package, piece);
	free(piece);
	return status == TH_OK ? look_at_end(package) : status;
}

static int try_zip(th_package *package)
{
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *source = zip_source_function_create(give, package, &error);
	package->zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : NULL;
	int code = package->zip ? ZIP_ER_OK : code_of(&error);
	if (!package->zip && source)
		zip_source_free(source);
	zip_error_fini(&error);
	return code;
}

/* Where memory is lacking libzip may call it something else: what it says counts when it says so again and there is some. */
static bool has_memory(void)
{
	void *probe = th_malloc(PIECE);
	free(probe);
	return probe != NULL;
}

/* Only what begins as a package does comes to libzip: most that is asked about is none, and loading it takes its time. */
static th_status open_zip(th_package *package)
{
	if (!*zip_libzip_version()) /* the program could not load it for want of memory */
		return th_no_memory(package->bytes.diags);
	zip_error_init(&package->error);
	package->asked = true;
	int error = try_zip(package);
	if (error != ZIP_ER_OK && package->read == TH_OK)
		error = has_memory() ? try_zip(package) : ZIP_ER_MEMORY;
	return error == ZIP_ER_OK ? TH_OK : refuse(package, error, "ZIP");
}

th_status th_package_open(th_bytes *bytes, th_package **out)
{
	*out = NULL;
	th_package *package = th_calloc(1, sizeof *package);
	if (!package) {
		th_status status = th_no_memory(bytes->diags);
		th_bytes_close(bytes);
		return status;
	}
	package->bytes = *bytes;
	th_status status = examine(package);
	if (status == TH_OK)
		status = open_zip(package);
	if (status == TH_OK)
		*out = package;
	else
		th_package_close(package);
	return status;
}

const char *th_package_path(const th_package *package)
{
	return package->bytes.path;
}

th_diags *th_package_diags(const th_package *package)
{
	return package->bytes.diags;
}

const char *th_package_sha256(const th_package *package)
{
	return package->sha256;
}

static zip_int64_t find(const th_package *package, const char *name)
{
	zip_int64_t at = zip_name_locate(package->zip, name, 0);
	return at >= 0 ? at : zip_name_locate(package->zip, name, ZIP_FL_NOCASE);
}

bool th_package_has(const th_package *package, const char *name)
{
	return find(package, name) >= 0;
}

/* ---- parts ---- */

static th_status too_large(const th_package *package, const char *name, const char *limit)
{
	return th_report(package->bytes.diags, TH_WORKBOOK_LARGE, start(package), name, limit, NULL);
}

static th_status measure(th_part *part, zip_uint64_t index)
{
	th_package *package = part->package;
	zip_stat_t stat;
	const zip_uint64_t want = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
	if (zip_stat_index(package->zip, index, 0, &stat) != 0)
		return refuse(package, code_of(zip_get_error(package->zip)), part->name);
	if ((stat.valid & want) != want)
		return damaged(package, part->name);
	if (stat.encryption_method != ZIP_EM_NONE)
		return th_report(package->bytes.diags, TH_WORKBOOK_LOCKED, start(package), NULL);
	if (stat.size > TH_MAX_PART)
		return too_large(package, part->name, "1 GiB");
	if (stat.size > TH_MAX_UNPACKED && stat.size / TH_MAX_RATIO >= stat.comp_size)
		return too_large(package, part->name, "200:1");
	part->size = stat.size;
	return TH_OK;
}

static th_status start_part(th_part *part)
{
	th_package *package = part->package;
	zip_int64_t index = find(package, part->name);
	if (index < 0)
		return damaged(package, part->name);
	th_status status = measure(part, (zip_uint64_t)index);
	if (status != TH_OK)
		return status;
	part->file = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
	if (!part->file && package->read == TH_OK && has_memory())
		part->file = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
	return part->file ? TH_OK : refuse(package, code_of(zip_get_error(package->zip)), part->name);
}

th_status th_part_open(th_package *package, const char *name, th_part **out)
{
	size_t len = strlen(name) + 1;
	*out = NULL;
	th_part *part = th_calloc(1, sizeof *part + len);
	if (!part)
		return th_no_memory(package->bytes.diags);
	part->package = package;
	memcpy(part->name, name, len);
	th_status status = start_part(part);
	if (status == TH_OK)
		*out = part;
	else
		th_part_close(part);
	return status;
}

th_status th_part_read(th_part *part, void *to, size_t len, size_t *got)
{
	zip_int64_t read = zip_fread(part->file, to, len);
	*got = read > 0 ? (size_t)read : 0;
	if (read < 0)
		return refuse(part->package, code_of(zip_file_get_error(part->file)), part->name);
	part->done += *got;
	if (part->done > part->size || (*got == 0 && part->done < part->size))
		return damaged(part->package, part->name);
	return TH_OK;
}

const char *th_part_name(const th_part *part)
{
	return part->name;
}

void th_part_close(th_part *part)
{
	if (!part)
		return;
	if (part->file)
		zip_fclose(part->file);
	free(part);
}

th_status th_package_unchanged(const th_package *package)
{
	return th_bytes_unchanged(&package->bytes);
}

void th_package_close(th_package *package)
{
	if (!package)
		return;
	if (package->zip)
		zip_discard(package->zip);
	if (package->asked)
		zip_error_fini(&package->error);
	th_bytes_close(&package->bytes);
	free(package);
}

void th_package_library(th_buf *out)
{
	th_buf_str(out, "libzip ");
	th_buf_str(out, zip_libzip_version());
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/source_parts.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "io/listing.h"

/* Inputs of which a plain SHA-256 would take longer than all else. */
#define TREE_OVER ((uint64_t)64 << 20)

static th_digest *new_digest(const th_source *source)
{
	return source->tree && source->bytes.size > TREE_OVER ? th_digest_new_tree(th_diags_reading(source->diags).cpu) : th_digest_new();
}

static th_status start(th_source *source, th_encoding encoding)
{
	size_t block = th_diags_reading(source->diags).block;
	block = block > 0 && block < PIECE ? block : PIECE;
	source->room = source->bytes.memory && source->bytes.size < block ? (size_t)source->bytes.size + 1 : block;
	source->in = th_malloc(source->room + CARRY);
	source->digest = new_digest(source);
	if (!source->in || !source->digest)
		return th_no_memory(source->diags);
	return th_source_examine(source, encoding);
}

/* `bytes` is taken over, opened or not. */
static th_status new_source(th_bytes *bytes, th_status opened, th_encoding encoding, bool tree, th_source **out)
{
	*out = NULL;
	th_source *source = opened == TH_OK ? th_calloc(1, sizeof *source) : NULL;
	if (!source) {
		opened = opened == TH_OK ? th_no_memory(bytes->diags) : opened;
		th_bytes_close(bytes);
		return opened;
	}
	source->bytes = *bytes;
	source->tree = tree;
	source->path = bytes->path;
	source->diags = bytes->diags;
	th_status status = start(source, bytes->part ? TH_ENC_UTF8 : encoding);
	if (status == TH_OK)
		*out = source;
	else
		th_source_close(source);
	return status;
}

bool th_source_there(const char *path, const th_diags *diags)
{
	th_slice lent;
	return th_diags_lent(diags, path, &lent) || th_listed_there(diags, path);
}

th_status th_source_take(th_bytes *bytes, th_encoding encoding, bool tree, th_source **out)
{
	return new_source(bytes, TH_OK, encoding, tree, out);
}

th_status th_source_of_bytes(const char *name, th_slice all, th_encoding encoding, th_diags *diags, th_source **out)
{
	th_bytes bytes;
	th_bytes_of(&bytes, name, all, diags);
	return new_source(&bytes, TH_OK, encoding, false, out);
}

th_status th_source_open(const char *path, th_encoding encoding, th_diags *diags, th_source **out)
{
	th_bytes bytes;
	th_status opened = th_bytes_open(&bytes, path, diags);
	return new_source(&bytes, opened, encoding, false, out);
}

th_status th_source_again(const th_source *of, th_diags *diags, th_source **out)
{
	*out = NULL;
	th_source *source = th_calloc(1, sizeof *source);
	if (!source)
		return th_no_memory(diags);
	th_bytes_share(&source->bytes, &of->bytes, diags);
	source->path = of->path;
	source->diags = diags;
	source->size = of->size;
	source->mark = of->mark;
	source->encoding = of->encoding;
	source->room = of->room;
	source->again = true;
	source->in = th_malloc(source->room + CARRY);
	th_status status = source->in ? th_source_decoding(source) : th_no_memory(source->diags);
	if (status == TH_OK)
		*out = source;
	else
		th_source_close(source);
	return status;
}

/* Decode `have` bytes from `bytes` on; *used of them became *piece. */
static th_status decode_piece(th_source *source, const unsigned char *bytes, size_t have, size_t *used, th_slice *piece)
{
	size_t made;
	bool good = th_decode(source->encoding, bytes, have, source->out, used, &made);
	*piece = (th_slice){source->out, made};
	return good ? TH_OK : th_source_broken(source, source->at - (have - *used), source->encoding);
}

/* Behind the last byte: what was read is what was examined, and its checksum is known. */
static th_status finish(th_source *source)
{
	if (!source->digest)
		return TH_OK;
	th_digest_text(source->digest, source->sha256);
	source->digest = NULL;
	return source->sum == source->sum_again ? th_bytes_unchanged(&source->bytes) : th_bytes_changed(&source->bytes);
}

/* Read on into source->in, behind the start of a character; *have bytes are there then. */
static th_status refill(th_source *source, size_t *have)
{
	uint64_t rest = source->size - source->at;
	size_t want = rest < source->room ? (size_t)rest : source->room, got;
	unsigned char *to = source->in + source->carry;
	memmove(source->in, source->in + source->used, source->carry);
	th_status status = th_source_piece(source, to, want, source->at, &got, source->believed || source->again ? NULL : &source->sum_again);
	if (status != TH_OK)
		return status;
	if (got < want)
		return th_bytes_changed(&source->bytes);
	if (source->digest)
		th_digest_add(source->digest, to, got);
	source->at += got;
	*have = source->carry + got;
	if (source->believed)
		status = th_source_confirm(source, to, got, *have);
	return status == TH_OK && source->at == source->size ? finish(source) : status;
}

th_status th_source_read(th_source *source, th_slice *piece)
{
	*piece = (th_slice){"", 0};
	while (piece->len == 0 && source->at < source->size) {
		size_t skip = source->at == 0 ? source->mark : 0, have = 0, used;
		th_status status = refill(source, &have);
		if (status != TH_OK)
			return status;
		const unsigned char *bytes = source->in + skip;
		if (source->out)
			status = decode_piece(source, bytes, have - skip, &used, piece);
		else
			*piece = (th_slice){(const char *)bytes, used = th_utf8_whole(bytes, have - skip)};
		if (status != TH_OK)
			return status;
		source->used = skip + used;
		source->carry = have - source->used;
	}
	if (piece->len == 0 && source->carry > 0)
		return th_bytes_changed(&source->bytes);
	return source->at == source->size ? finish(source) : TH_OK;
}

th_status th_source_rewind(th_source *source)
{
	th_digest *fresh = new_digest(source);
	if (!fresh)
		return th_no_memory(source->diags);
	if (source->digest)
		th_digest_text(source->digest, source->sha256);
	source->digest = fresh;
	source->sha256[0] = '\0';
	source->at = source->sum_again = 0;
	source->used = source->carry = 0;
	return TH_OK;
}

uint64_t th_source_size(const th_source *source)
{
	return source->size;
}

const char *th_source_path(const th_source *source)
{
	return source->path;
}

size_t th_source_line(const th_source *source, size_t line)
{
	const th_lent_part *part = source->bytes.part;
	return part && line > 0 && line <= part->lines ? part->line[line - 1] : line;
}

bool th_source_is_part(const th_source *source)
{
	return source->bytes.part != NULL;
}

bool th_source_in_cells(const th_source *source)
{
	return source->bytes.part && source->bytes.part->cells;
}

const char *th_source_sha256(const th_source *source)
{
	return source->bytes.part && *source->sha256 ? source->bytes.part->sha256 : source->sha256;
}

const char *th_source_encoding(const th_source *source)
{
	return source->bytes.part ? source->bytes.part->encoding : th_source_called(source->encoding, source->mark > 0);
}

bool th_source_ambiguous(const th_source *source)
{
	return source->ambiguous;
}

bool th_source_guessed(const th_source *source)
{
	return source->guessed;
}

void th_source_close(th_source *source)
{
	if (!source)
		return;
	if (source->believed && source->at < source->size)
		th_diags_doubt(source->diags);
	if (source->digest)
		th_digest_text(source->digest, source->sha256);
	th_bytes_close(&source->bytes);
	free(source->in);
	free(source->out);
	free(source);
}

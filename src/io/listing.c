/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/listing.h"

#include <errno.h>

#include "base/list.h"
#include "base/memory.h"

enum { MOST = 256 }; /* names */

typedef enum th_listed { TH_LISTED_UNKNOWN, TH_LISTED_ABSENT, TH_LISTED_THERE } th_listed;

struct th_listing {
	th_slice folder;           /* without separators at its end */
	th_file_about about;
	th_slice *name;
	size_t count;
};

struct listing_now {
	struct th_listing *listing;
	th_arena *arena;
	bool whole;
	void (*see)(void *context, const char *name);
	void *context;
};

static th_slice without_end(th_slice folder)
{
	while (folder.len > 0 && folder.ptr[folder.len - 1] == '/')
		folder.len--;
	return folder;
}

static void see_name(void *context, const char *name)
{
	struct listing_now *now = context;
	struct th_listing *l = now->listing;
	th_slice *grown = now->whole && l->count < MOST ? th_grown_in(now->arena, l->name, l->count, sizeof *grown) : NULL;
	th_slice copy = grown ? th_arena_copy(now->arena, th_slice_of(name)) : (th_slice){NULL, 0};
	now->whole &= copy.ptr != NULL;
	if (copy.ptr) {
		l->name = grown;
		l->name[l->count++] = copy;
	}
	now->see(now->context, name);
}

bool th_list_names(const char *folder, void (*see)(void *context, const char *name), void *context)
{
	bool whole = th_os_list(folder, see, context);
	th_memory_miss(!whole && errno == ENOMEM);
	return whole;
}

bool th_list_folder(const char *folder, const th_file_about *about, th_diags *diags, void (*see)(void *context, const char *name), void *context)
{
	th_arena *arena = th_diags_arena(diags);
	struct th_listing *listing = th_arena_alloc(arena, 1, sizeof *listing);
	th_slice name = th_arena_copy(arena, without_end(th_slice_of(folder)));
	struct listing_now now = {listing, arena, true, see, context};
	if (!listing || !name.ptr)
		return false;
	listing->folder = name;
	listing->about = *about;
	bool listed = th_list_names(folder, see_name, &now);
	th_diags_list(diags, listed && now.whole ? listing : NULL);
	return listed;
}

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_alike(th_slice a, th_slice b)
{
	size_t i = 0;
	while (i < a.len && i < b.len && small(a.ptr[i]) == small(b.ptr[i]))
		i++;
	return i == a.len && i == b.len;
}

/* Is it a name that a file system can only take for itself, or for one with other capitals? */
static bool is_plain(th_slice name)
{
	bool plain = name.len > 0 && name.ptr[0] != '.';
	for (size_t i = 0; i < name.len && plain; i++)
		plain = name.ptr[i] > ' ' && name.ptr[i] <= '~';
	return plain;
}

/* What the list says of a path; unknown where it is of another folder, or where a file system may take two names for one. */
static th_listed listed_as(const th_diags *diags, const char *path)
{
	th_slice folder, name;
	const struct th_listing *l = th_diags_listing(diags);
	if (!l || strncmp(path, l->folder.ptr, l->folder.len) != 0)
		return TH_LISTED_UNKNOWN;
	th_os_split(path, &folder, &name);
	if (folder.ptr != path || !th_slice_eq(without_end(folder), l->folder) || !is_plain(name))
		return TH_LISTED_UNKNOWN;
	bool alike = false;
	for (size_t i = 0; i < l->count; i++) {
		if (th_slice_eq(l->name[i], name))
			return TH_LISTED_THERE;
		alike |= is_alike(l->name[i], name);
	}
	return alike ? TH_LISTED_UNKNOWN : TH_LISTED_ABSENT;
}

int th_listed_look(const th_diags *diags, const char *path, th_file_about *about, const th_file_about **folder)
{
	bool absent = listed_as(diags, path) == TH_LISTED_ABSENT;
	if (folder)
		*folder = absent ? &th_diags_listing(diags)->about : NULL;
	if (!absent)
		return th_os_look(path, about);
	*about = (th_file_about){.kind = TH_FILE_ABSENT};
	return 0;
}

bool th_listed_there(const th_diags *diags, const char *path)
{
	th_listed listed = listed_as(diags, path);
	return listed == TH_LISTED_THERE || (listed == TH_LISTED_UNKNOWN && th_os_there(path));
}

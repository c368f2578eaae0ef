/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/temporary.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "io/guard.h"
#include "io/os.h"

enum { RANDOM = 6, NAME_LONGEST = 255, ATTEMPTS = 100 };
static const char head[] = ".tanhe-", tail[] = ".tmp", letters[] = "0123456789abcdefghijklmnopqrstuvwxyz";
enum { FIXED = 1 + sizeof head - 1 + RANDOM + sizeof tail - 1 };

/* A name so long that the temporary one would exceed NAME_MAX is cut. */
static int length_of(th_slice name)
{
	return (int)(name.len + FIXED > NAME_LONGEST ? NAME_LONGEST - FIXED : name.len);
}

struct listing {
	const th_temporary *temporary;
	th_slice name;
	th_diags *diags;
	char *path; /* room for a name in the folder */
	size_t room;
};

static bool is_temporary_of(const char *entry, th_slice name)
{
	size_t len = (size_t)length_of(name), lead = sizeof head - 1;
	if (entry[0] != '.' || strncmp(entry + 1, name.ptr, len) != 0 || strncmp(entry + 1 + len, head, lead) != 0)
		return false;
	const char *rest = entry + 1 + len + lead;
	return strspn(rest, letters) == RANDOM && strcmp(rest + RANDOM, tail) == 0;
}

static void remove_stale(void *context, const char *entry)
{
	struct listing *l = context;
	if (!is_temporary_of(entry, l->name))
		return;
	snprintf(l->path, l->room, "%s/%s", l->temporary->folder, entry);
	if (!th_guard_is_input(l->path, l->diags))
		th_os_remove_stale(l->path);
}

int th_temporary_create(th_temporary *temporary, const char *target, th_diags *diags)
{
	th_slice folder, name;
	th_os_split(target, &folder, &name);
	size_t room = folder.len + 1 + NAME_LONGEST + 1;
	*temporary = (th_temporary){.path = th_malloc(room), .folder = th_malloc(folder.len + 1), .fd = -1};
	if (!temporary->path || !temporary->folder)
		return ENOMEM;
	memcpy(temporary->folder, folder.ptr, folder.len);
	temporary->folder[folder.len] = '\0';
	if (name.len == 0)
		return EISDIR;
	th_os_list(temporary->folder, remove_stale, &(struct listing){temporary, name, diags, temporary->path, room});
	int error = EEXIST;
	for (unsigned attempt = 0; attempt < ATTEMPTS && error == EEXIST; attempt++) {
		unsigned char random[RANDOM];
		th_os_random(random, sizeof random);
		for (size_t i = 0; i < RANDOM; i++)
			random[i] = (unsigned char)letters[random[i] % (sizeof letters - 1)];
		snprintf(temporary->path, room, "%s/.%.*s%s%.*s%s", temporary->folder, length_of(name), name.ptr, head, RANDOM, (const char *)random, tail);
		error = th_os_create(temporary->path, &temporary->fd);
	}
	return error;
}

int th_temporary_replace(th_temporary *temporary, const char *target)
{
	int error = th_os_replace(temporary->path, target);
	if (error != 0)
		return error;
	th_os_close(temporary->fd); /* only now: its lock kept other runs from taking it for a left-over */
	temporary->fd = -1;
	th_os_sync_folder(temporary->folder);
	return 0;
}

void th_temporary_drop(th_temporary *temporary)
{
	if (temporary->fd >= 0) {
		th_os_remove(temporary->path);
		th_os_close(temporary->fd);
	}
	free(temporary->path);
	free(temporary->folder);
	*temporary = (th_temporary){.fd = -1};
}

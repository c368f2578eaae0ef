/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/filename.h"

const char *th_path_join(th_arena *arena, const char *dir, const char *name)
{
	size_t a = strlen(dir), b = strlen(name);
	bool slash = a > 0 && dir[a - 1] != '/';
	char *path = th_arena_alloc(arena, a + slash + b + 1, 1);
	if (!path)
		return NULL;
	memcpy(path, dir, a);
	if (slash)
		path[a] = '/';
	memcpy(path + a + slash, name, b);
	return path;
}

bool th_plain_name(th_slice name)
{
	return name.len > 0 && name.ptr[0] != '.' && !memchr(name.ptr, '/', name.len) && !memchr(name.ptr, '\\', name.len);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Preloaded: libraries whose name has the text of ABSENT in it are not there when they are loaded. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

void *dlopen(const char *file, int flags)
{
	void *(*real)(const char *, int) = (void *(*)(const char *, int))dlsym(RTLD_NEXT, "dlopen");
	const char *absent = getenv("ABSENT");
	return real(file && absent && strstr(file, absent) ? "/nowhere/absent.so" : file, flags);
}

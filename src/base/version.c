/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which build this is: the only file that knows the commit, so that a new one compiles little else. */
#include <tanhe/base.h>

#ifndef TH_BUILD
#define TH_BUILD ""
#endif

const char *th_version(void)
{
	return TANHE_VERSION;
}

const char *th_build_id(void)
{
	return TH_BUILD;
}

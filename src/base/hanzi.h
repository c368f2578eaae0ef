/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_BASE_HANZI_H
#define TH_BASE_HANZI_H

/* The simplified character of a traditional one, 电 of 電: three bytes of UTF-8 each, neither with a NUL behind it. NULL for any other. Only
 * characters of names in the data are known. */
enum { TH_HANZI = 335 }; /* how many */
const char *th_hanzi_simplified(const char *hanzi);

#endif

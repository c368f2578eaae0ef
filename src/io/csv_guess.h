/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_CSV_GUESS_H
#define TH_IO_CSV_GUESS_H

/* What a text looks like that does not say what it is (used by csv.c). */

#include "base/str.h"

/* Excel's hint line `sep=;`. */
bool th_csv_hint(th_slice raw, char *delimiter);

/* The one of `,` `;` tab that stands most often outside quotes; `,` if none does. */
char th_csv_sniff(th_slice raw);

/* Of a table without a header: what most of its first lines have, each line's delimiter counting as often as it stands there. */
char th_csv_sniff_lines(th_slice text);

/* The cell from which on `1,234` or `1,234,567.8` seems to have been written without quotes into `extra` cells too many; `cells`
 * if there is none. */
size_t th_csv_split_number(const th_slice *cell, size_t cells, size_t extra);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_PILE_H
#define TH_IO_PILE_H

/* Records of one size that are compared with each other once all are there, and of which there may be far more than memory should hold. The first
 * eight bytes of each are a hash; those with the same hash come out together. A few stay in memory, more lie in a temporary file without a name, in
 * parts by their hash, of which one at a time is in memory. Functions return 0 or errno. */

#include "base/str.h"

typedef struct th_pile th_pile;

/* An empty one of records of `size` bytes, a multiple of 8; NULL without memory. */
th_pile *th_pile_new(size_t size);
void th_pile_free(th_pile *pile);
TH_MUST_USE int th_pile_add(th_pile *pile, const void *record);
/* Are there so many that it pays to look before adding one? */
bool th_pile_large(const th_pile *pile);
/* Those of `from`, of the same size, are into's now; it takes `from` along. */
void th_pile_join(th_pile *into, th_pile *from);
/* Hand over all records, each once and those with the same hash in one call, in no order; `take` may change them where they are. Nothing is added any more
 * behind it. ECANCELED when `take` gave false. */
TH_MUST_USE int th_pile_each(th_pile *pile, bool (*take)(void *context, void *records, size_t count), void *context);

#endif

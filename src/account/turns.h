/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_ACCOUNT_TURNS_H
#define TH_ACCOUNT_TURNS_H

/* What the lines of a piece tell, kept until it is their turn: several threads compute pieces of an inventory, and listeners are told of them on one
 * thread in the order of the input. A listener that makes much of each entry is told in pieces instead (th_in_pieces), on the thread that computes them. */

#include "account/account.h"

typedef struct th_turn th_turn;

/* Is it enough for one turn? */
bool th_turn_is_full(const th_turn *turn);
/* The entry is good until this returns; what it points to for as long as the account stays so, but for a recipe that is spilled. */
TH_MUST_USE th_status th_turn_keep(th_turn *turn, const th_entry *entry, bool spilled);

/* All turns, which have numbers from 0. Only the thread that runs the account gives them and tells of them; it gives none whose place is still taken, so
 * memory stays flat and no other thread waits. */
typedef struct th_turns th_turns;

th_turns *th_turns_new(const th_account_options *options, size_t places); /* NULL without memory */
void th_turns_free(th_turns *turns);
/* One more, when others have been told of until there is a place; it must be ended. None with a listener's status. */
TH_MUST_USE th_status th_turns_give(th_turns *turns, th_diags *diags, uint64_t *number);
th_turn *th_turns_at(th_turns *turns, uint64_t number); /* for whom it was given to */
/* All of it is kept, on whichever thread; `stopped`: an error was met, and behind it nobody is told of anything. */
void th_turns_end(th_turns *turns, uint64_t number, bool stopped);
/* Tell the listeners what has its turn; `all`: wait until every one that was given is over. A listener's status. */
TH_MUST_USE th_status th_turns_tell(th_turns *turns, th_diags *diags, bool all);

#endif

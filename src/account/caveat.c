/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account/run.h"

#include <stdarg.h>
#include <stdlib.h>

uint32_t th_caveat_number(th_run *run, th_code code, ...)
{
	th_slice arg[TH_ARGS];
	size_t args = 0;
	const char *next;
	va_list list;
	va_start(list, code);
	while (args < TH_ARGS && (next = va_arg(list, const char *)) != NULL)
		arg[args++] = th_slice_of(next);
	va_end(list);

	th_account *account = run->account;
	th_buf_clear(&run->text);
	th_buf_printf(&run->text, "%d", (int)code);
	for (size_t i = 0; i < args; i++) {
		th_buf_char(&run->text, '\x1f');
		th_buf_slice(&run->text, arg[i]);
	}
	uint32_t before = run->caveat_key.count, number = run->text.failed ? TH_NONE : th_intern_add(&run->caveat_key, th_buf_view(&run->text));
	if (number == TH_NONE || number < before)
		return number;
	if (number >= run->caveats_room) {
		uint32_t room = run->caveats_room ? run->caveats_room * 2 : 32;
		th_caveat *grown = th_realloc(account->caveat, room * sizeof *grown);
		if (!grown)
			return TH_NONE;
		account->caveat = grown;
		run->caveats_room = room;
	}
	th_caveat *caveat = &account->caveat[number];
	*caveat = (th_caveat){.code = code};
	account->caveats = number + 1;
	caveat->arg = th_arena_alloc(&account->arena, args ? args : 1, sizeof *caveat->arg);
	if (!caveat->arg)
		return TH_NONE;
	for (; caveat->args < args; caveat->args++) {
		caveat->arg[caveat->args] = th_arena_copy(&account->arena, arg[caveat->args]);
		if (!caveat->arg[caveat->args].ptr)
			return TH_NONE;
	}
	return number;
}

void th_caveat_count(th_run *run, uint32_t number, const char *file, size_t line)
{
	if (number == TH_NONE) {
		run->entry_status = TH_SYSTEM;
		return;
	}
	th_caveat *caveat = &run->account->caveat[number];
	if (caveat->count < TH_CAVEAT_LINES) {
		caveat->at[caveat->count].file = file;
		caveat->at[caveat->count].line = line;
	}
	caveat->count++;
}

/* --- from outside, when the run's own are complete --- */

static bool same(const th_caveat *caveat, th_code code, const th_slice *arg, size_t args)
{
	bool equal = caveat->code == code && caveat->args == args;
	for (size_t i = 0; i < args && equal; i++)
		equal = th_slice_eq(caveat->arg[i], arg[i]);
	return equal;
}

bool th_account_caveat(th_account *account, size_t count, th_code code, ...)
{
	th_slice arg[TH_ARGS];
	size_t args = 0;
	const char *next;
	va_list list;
	va_start(list, code);
	while (args < TH_ARGS && (next = va_arg(list, const char *)) != NULL)
		arg[args++] = th_slice_of(next);
	va_end(list);
	for (size_t i = 0; i < account->caveats; i++)
		if (same(&account->caveat[i], code, arg, args)) {
			account->caveat[i].count += count;
			return true;
		}
	th_caveat *grown = th_realloc(account->caveat, (account->caveats + 1) * sizeof *grown);
	if (!grown)
		return false;
	account->caveat = grown;
	th_caveat caveat = {.code = code, .count = count, .args = args, .arg = th_arena_alloc(&account->arena, args ? args : 1, sizeof *caveat.arg)};
	for (size_t i = 0; i < args && caveat.arg; i++) {
		caveat.arg[i] = th_arena_copy(&account->arena, arg[i]);
		if (!caveat.arg[i].ptr)
			return false;
	}
	grown[account->caveats] = caveat;
	account->caveats += caveat.arg != NULL;
	return caveat.arg != NULL;
}

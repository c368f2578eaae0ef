/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of an assessment have in common. */

#include "check/run.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/day.h"
#include "io/guard.h"

void th_check_worse(th_checking *s, th_status status)
{
	if (status > s->status)
		s->status = status;
}

bool th_check_no_memory(th_checking *s)
{
	th_check_worse(s, TH_SYSTEM);
	th_no_memory(s->diags);
	return false;
}

th_status th_check_excuse(th_checking *s, th_check_file *file, size_t errors_before, th_status status)
{
	if (status != TH_INVALID || !s->whole)
		return status;
	file->errors = th_diags_errors(s->diags) - errors_before;
	s->a->broken = true;
	return TH_OK;
}

void th_check_note_file(th_check_file *file, th_status status, const char *encoding, const char *sha256, size_t rows)
{
	file->found = status != TH_SYSTEM;
	file->encoding = encoding;
	file->rows = rows;
	snprintf(file->sha256, sizeof file->sha256, "%s", sha256);
}

const char *th_check_text(th_checking *s, th_slice text)
{
	th_slice copy = th_arena_copy(&s->a->arena, text);
	if (!copy.ptr)
		th_check_no_memory(s);
	return copy.ptr ? copy.ptr : "";
}

const char *th_check_both(th_checking *s, th_slice en, th_slice zh)
{
	th_buf both = {0};
	th_buf_both(&both, en, zh);
	return th_check_built(s, &both);
}

const char *th_check_built(th_checking *s, th_buf *buf)
{
	const char *text = buf->failed ? "" : th_check_text(s, th_buf_view(buf));
	if (buf->failed)
		th_check_no_memory(s);
	th_buf_free(buf);
	return text;
}

const char *th_check_day(th_checking *s, int32_t day)
{
	th_buf text = {0};
	th_put_day(day, &text);
	return th_check_built(s, &text);
}

th_status th_check_too_large(th_checking *s, const th_entry *entry)
{
	return th_report(s->diags, TH_NUMBER_TOO_LARGE, (th_pos){entry->file, entry->line, 1, "quantity"}, th_check_text(s, entry->quantity), (char *)NULL);
}

const char *th_check_path(th_checking *s, th_case_part part)
{
	return s->a->contents.path[part];
}

const char *th_check_part_name(const th_checking *s, th_case_part part)
{
	return th_case_part_name(&s->a->contents, part);
}

bool th_check_there(th_checking *s, const char *path)
{
	th_check_worse(s, th_guard_input(path, s->diags));
	return th_source_there(path, s->diags);
}

bool th_check_has(th_checking *s, const th_case_contents *contents, th_case_part part)
{
	th_check_worse(s, th_guard_input(contents->path[part], s->diags));
	return contents->there[part];
}

th_rule_value th_check_fact(const th_assessment *a, const char *id)
{
	uint32_t fact = th_pack_fact(a->pack, th_slice_of(id));
	return fact == TH_NONE ? (th_rule_value){0} : a->inputs.input[fact].value;
}

void th_check_add_caveat(th_checking *s, th_code code, const char *file, size_t line, const th_slice *list, size_t args)
{
	th_assessment *a = s->a;
	th_check_caveat *grown = a->caveat;
	if (a->caveats % 16 == 0) {
		grown = th_arena_alloc(&a->arena, a->caveats + 16, sizeof *grown);
		if (grown && a->caveats)
			memcpy(grown, a->caveat, a->caveats * sizeof *grown);
	}
	th_slice *arg = th_arena_alloc(&a->arena, TH_CHECK_ARGS, sizeof *arg);
	if (!grown || !arg) {
		th_check_no_memory(s);
		return;
	}
	memcpy(arg, list, args * sizeof *arg);
	a->caveat = grown;
	a->caveat[a->caveats++] = (th_check_caveat){.code = code, .arg = arg, .args = args, .file = file, .line = line};
}

void th_check_say(th_checking *s, th_code code, const char *file, size_t line, ...)
{
	th_slice arg[TH_CHECK_ARGS];
	size_t args = 0;
	va_list list;
	va_start(list, line);
	for (const char *text; args < TH_CHECK_ARGS && (text = va_arg(list, const char *)) != NULL;)
		arg[args++] = th_slice_of(text);
	va_end(list);
	th_check_add_caveat(s, code, file, line, arg, args);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One case of many: what `tanhe check` does with it, and its line. */

#include "batch/batch.h"

#include <stdlib.h>

#include "base/filename.h"
#include "io/guard.h"
#include "io/os.h"
#include "io/reason.h"
#include "report/check_report.h"

int th_batch_worse(int a, int b)
{
	static const int rank[] = {[0] = 0, [4] = 1, [1] = 2, [3] = 3, [5] = 4};
	return rank[a] >= rank[b] ? a : b;
}

void th_batch_answer_free(th_batch_answer *answer)
{
	free(answer->line);
	th_buf_free(&answer->note);
	th_diags_free(answer->diags);
}

static th_pos whole(const char *path)
{
	return (th_pos){.file = path, .line = 1, .column = 1};
}

/* Is there a case at all, and what stands there? TH_INVALID, and reported: no; it may be there and not to be looked at, TH_SYSTEM. */
static th_status look(const th_batch_case *item, th_diags *diags, th_file_about *about)
{
	*about = (th_file_about){.kind = TH_FILE_ABSENT};
	if (item->applicant)
		return TH_OK;
	if (item->outside)
		return th_report(diags, TH_BATCH_OUTSIDE, item->from, item->path, NULL);
	int error = th_os_look(item->where, about);
	if (error)
		return th_report_system(diags, TH_SOURCE_OPEN, whole(item->where), error);
	if (about->kind == TH_FILE_FOLDER || (about->kind == TH_FILE_REGULAR && (th_named_as_workbook(item->where) || th_case_is_workbook(item->where))))
		return TH_OK;
	if (th_batch_is_table(item->where))
		return th_report(diags, TH_BATCH_TABLE, item->from.file ? item->from : whole(item->where), item->path, NULL);
	return th_report(diags, about->kind == TH_FILE_ABSENT || about->kind == TH_FILE_DANGLING ? TH_BATCH_ABSENT : TH_BATCH_KIND,
	                 item->from.file ? item->from : whole(item->where), item->path, NULL);
}

/* What a case brings of its own: factors and units, which another case does not see. */
typedef struct means {
	const th_reference *reference;
	const th_pack *pack;       /* NULL: the case opens one for its own units */
	th_reference *opened;
	struct th_kept *kept;      /* of the cases before it: what hangs on the reference that all share */
} means;

static th_status open_own(const th_batch_options *o, const th_case_contents *contents, th_diags *diags, means *out)
{
	th_status status = th_reference_open(o->data, diags, &out->opened);
	for (size_t i = 0; status == TH_OK && i < o->units_count; i++)
		status = th_reference_add_units(out->opened, o->units[i], diags);
	if (status == TH_OK && contents->there[TH_CASE_UNITS])
		status = th_reference_add_units(out->opened, contents->path[TH_CASE_UNITS], diags);
	for (size_t i = 0; status == TH_OK && i < o->factors_count; i++)
		status = th_reference_add_factors(out->opened, o->factors[i], diags);
	if (status == TH_OK && contents->there[TH_CASE_FACTORS])
		status = th_reference_add_factors(out->opened, contents->path[TH_CASE_FACTORS], diags);
	out->reference = out->opened;
	out->pack = NULL;
	return status;
}

static th_status check(const th_batch_options *o, const th_batch_case *item, const th_file_about *about, th_arena *arena, th_diags *diags, means *own, th_batch_lines *lines, th_assessment **out)
{
	const th_listener ear = {.entry = th_batch_hear, .context = lines};
	th_case_contents contents;
	th_check_options options = *o->check;
	th_status status = item->applicant ? th_batch_contents(item, arena, diags, &contents) : th_case_find_at(item->where, about, arena, diags, &contents);
	if (status == TH_OK && (contents.there[TH_CASE_FACTORS] || contents.there[TH_CASE_UNITS]))
		status = open_own(o, &contents, diags, own);
	options.folder = item->where;
	options.contents = &contents;
	options.pack = own->pack;
	options.listener = &ear;
	options.listeners = o->notes;
	options.kept = own->kept;
	return status == TH_OK ? th_check_run(own->reference, o->data, &options, diags, out) : status;
}

/* Nothing of the case stands where the run writes. */
static th_status guard(const th_batch_options *o, th_diags *diags)
{
	th_status status = TH_OK;
	for (size_t i = 0; status == TH_OK && i < o->outputs_count; i++)
		status = th_guard_ask(o->outputs[i], diags, SIZE_MAX);
	return status;
}

static void answer_case(const th_batch_options *o, const th_batch_case *item, size_t number, means *own, th_arena *arena, th_batch_answer *answer)
{
	th_assessment *a = NULL;
	th_batch_lines lines = {.any = false};
	const th_case_line line = {.number = number, .path = item->path, .folder = item->where, .name = item->name, .pack = o->said, .full = o->full};
	th_file_about about;
	th_status status = look(item, answer->diags, &about);
	if (status == TH_OK)
		status = check(o, item, &about, arena, answer->diags, own, &lines, &a);
	th_status guarded = guard(o, answer->diags);
	if (guarded == TH_OK && status != TH_USAGE && th_memory_missed() == 0) {
		answer->exit = a ? th_check_exit(a) : (int)status;
		status = a ? th_report_case_line(a, answer->diags, &line, &answer->line, &answer->length)
		           : th_report_failed_line(answer->diags, &line, (int)status, &answer->line, &answer->length);
	}
	if (o->notes && status == TH_OK)
		th_batch_note(a, answer->diags, &lines, &answer->note);
	th_buf_free(&lines.note);
	answer->status = th_memory_missed() ? TH_SYSTEM : guarded == TH_OK ? status : guarded;
	th_assessment_free(a);
}

void th_batch_check(const th_reference *reference, const th_pack *pack, const th_batch_options *options, const th_batch_case *item, size_t number,
                    struct th_kept *kept, th_batch_answer *answer)
{
	th_arena arena = {0};
	means own = {.reference = reference, .pack = pack, .kept = kept};
	*answer = (th_batch_answer){.status = TH_SYSTEM, .diags = th_diags_new()};
	if (!answer->diags)
		return;
	th_diags_read_by(answer->diags, options->reading);
	if (!options->journal || !th_batch_case_digest(options->journal, item, number - 1, answer->digest) ||
	    !th_batch_journal_find(options->journal, number - 1, answer->digest, answer))
		answer_case(options, item, number, &own, &arena, answer);
	th_reference_free(own.opened);
	th_arena_free(&arena);
}

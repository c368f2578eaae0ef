/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a job says that gave no result, as tanhe.error/1 (data/schema/error.schema.json). */
#include "report/report.h"

#include "case/folder.h"
#include "io/json.h"

static const char *const severities[] = {[TH_CAVEAT] = "caveat", [TH_WARNING] = "warning", [TH_ERROR] = "error"};
static const char letters[] = {[TH_CAVEAT] = 'C', [TH_WARNING] = 'W', [TH_ERROR] = 'E'};

static void put_place(th_writer *w, const th_pos *pos)
{
	if (!pos->file || !*pos->file)
		return;
	th_put_open(w, "place", '{');
	th_put_spot_json(w, pos->file, pos->line, pos->column);
	th_put_text_if(w, "at", th_slice_of(pos->where ? pos->where : ""));
	th_put_close(w, '}');
}

/* Findings may name any file that another one is about. */
static void know_files(th_writer *w, const th_diags *diags)
{
	th_finding_row row;
	for (size_t i = 0; th_diags_row(diags, i, &row); i++)
		if (row.pos.file)
			(void)th_name_of(&w->names, row.pos.file);
	const th_held *held;
	for (size_t i = 0; (held = th_diags_held(diags, i)) != NULL; i++)
		if (held->use == TH_HELD_INPUT)
			(void)th_name_of(&w->names, held->name);
}

void th_put_finding_json(th_writer *w, const th_finding_row *row)
{
	th_put_open(w, NULL, '{');
	th_put_text(w, "severity", th_slice_of(severities[row->severity]));
	th_put_sentence(w, letters[row->severity], row->code, row->arg, row->args);
	put_place(w, &row->pos);
	th_put_close(w, '}');
}

static void put_findings(th_writer *w, const th_diags *diags)
{
	th_finding_row row;
	size_t kept = 0;
	th_put_open(w, "diagnostics", '[');
	for (; th_diags_row(diags, kept, &row); kept++)
		th_put_finding_json(w, &row);
	th_put_close(w, ']');
	if (th_diags_count(diags) > kept)
		th_put_count(w, "omitted", th_diags_count(diags) - kept);
}

static void put_case(th_writer *w, const char *folder)
{
	th_buf name = {0};
	if (!folder)
		return;
	th_put_case_name(folder, &name);
	th_put_text_if(w, "case", th_buf_view(&name));
	w->buf->failed |= name.failed;
	th_buf_free(&name);
}

th_status th_report_failure(const th_diags *diags, const char *command, const char *folder, int status, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_buf out = {0};
	th_writer w = th_writer_begin(&out, "tanhe.error/1");
	th_put_text_if(&w, "command", th_slice_of(command));
	put_case(&w, folder);
	th_put_text(&w, "verdict", TH_S("error"));
	th_put_count(&w, "status", (size_t)status);
	know_files(&w, diags);
	put_findings(&w, diags);
	th_writer_end(&w);
	return th_give(mark, &out, text, len);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a job says that gave no result, as tanhe.error/1 (data/schema/error.schema.json). */
#include "report/check_report.h"

#include "case/folder.h"
#include "io/json.h"

static const char *const severities[] = {[TH_CAVEAT] = "caveat", [TH_WARNING] = "warning", [TH_ERROR] = "error"};

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
	th_put_sentence(w, row->code, row->arg, row->args);
	put_place(w, &row->pos);
	th_put_close(w, '}');
}

void th_put_findings_json(th_writer *w, const th_diags *diags, th_severity least)
{
	th_finding_row row;
	size_t kept = 0, said = 0;
	for (; th_diags_row(diags, kept, &row); kept++) {
		if (row.severity < least)
			continue;
		if (said++ == 0)
			th_put_open(w, "diagnostics", '[');
		th_put_finding_json(w, &row);
	}
	if (said)
		th_put_close(w, ']');
	if (said && th_diags_count(diags) > kept)
		th_put_count(w, "omitted", th_diags_count(diags) - kept);
}

static void put_case(th_writer *w, const char *folder, const char *called)
{
	th_buf name = {0};
	if (called)
		th_buf_str(&name, called);
	else if (folder)
		th_put_case_name(folder, &name);
	th_put_text_if(w, "case", th_buf_view(&name));
	w->buf->failed |= name.failed;
	th_buf_free(&name);
}

static void put_failure(th_writer *w, const th_diags *diags, const char *command, const char *folder, const char *called, int status)
{
	th_put_text_if(w, "command", th_slice_of(command));
	put_case(w, folder, called);
	th_put_text(w, "verdict", TH_S("error"));
	th_put_count(w, "status", (size_t)status);
	know_files(w, diags);
	th_put_findings_json(w, diags, TH_CAVEAT);
}

th_status th_report_failure(const th_diags *diags, const char *command, const char *folder, int status, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_buf out = {0};
	th_writer w = th_writer_begin(&out, "tanhe.error/1");
	put_failure(&w, diags, command, folder, NULL, status);
	th_writer_end(&w);
	return th_give(mark, &out, text, len);
}

th_status th_report_failed_line(const th_diags *diags, const th_case_line *line, int status, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_buf out = {0};
	th_writer w = th_writer_begin_line(&out, "tanhe.batch/1");
	th_put_count(&w, "number", line->number);
	th_put_text(&w, "path", th_slice_of(line->path));
	put_failure(&w, diags, "", line->folder, line->name, status);
	th_writer_end(&w);
	return th_give(mark, &out, text, len);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/job.h"

#include <stdlib.h>
#include <string.h>

#include "base/filename.h"
#include "cli/anew.h"
#include "io/guard.h"
#include "io/output.h"
#include "reference/reference.h"

/* It is a shorter text; scripts take what they want from JSON. */
static bool take_brief(cli_job *job)
{
	if (!job->brief)
		return true;
	if (job->format != TH_FORMAT_TEXT)
		return cli_usage(job->c, "--brief is for text, not for this format", "--brief 只用于文本，不用于该格式", job->format_name);
	job->format = TH_FORMAT_BRIEF;
	return true;
}

/* A file of an office program is written where that is the format, said or by its name, and nowhere else. */
static bool output_is_of(const cli_job *job, const cli_steps *steps)
{
	const char *dot = job->output ? strrchr(job->output, '.') : NULL;
	for (size_t i = 0; dot && steps->formats && steps->formats[i]; i++)
		if (strcmp(dot + 1, steps->formats[i]) == 0 && (!job->format_name || job->format == i))
			return true;
	if (job->output && steps->documents && !job->format_name && (th_named_as_workbook(job->output) || th_named_as_document(job->output)))
		return cli_usage(job->c, "no format of a report; the name ends in .md, .html, .docx or .xlsx (a PDF is printed from the .html or .docx)",
		                 "没有这种报告格式，文件名应以 .md、.html、.docx 或 .xlsx 结尾（PDF 请由 .html 或 .docx 打印）", job->output);
	return cli_no_office_file(job->c, job->output);
}

static bool read_words(cli_job *job, const cli_steps *steps, int argc, char **argv)
{
	const cli *c = job->c;
	size_t which, head = 0;
	job->operand = argv;
	bool good = cli_parse(job->c, job->option, job->options, argc, argv, &job->operands) &&
	            (!job->headers || cli_one_of(c, "--headers", job->headers, cli_heads.choice, &head));
	job->heads = head ? TH_LANG_ZH : TH_LANG_EN;
	return good && (!job->format_name || cli_one_of(c, "--format", job->format_name, steps->formats, &job->format)) &&
	       take_brief(job) && (!job->fallback || cli_one_of(c, "--fallback", job->fallback, cli_fallback.choice, &which)) && cli_read_uncertainty(job) &&
	       output_is_of(job, steps) && cli_no_office_file(c, job->ledger) && cli_read_lock(job) && cli_read_year(c, job->year_text, &job->year) &&
	       (!steps->words || steps->words(job));
}

static th_status guard_all(cli_job *job, const cli_list *list)
{
	th_status status = TH_OK;
	for (size_t i = 0; i < list->count && status == TH_OK; i++)
		status = th_guard_input(list->item[i], job->diags);
	return status;
}

/* Everything that was named is entered into the job's list of inputs, and the outputs are asked for: before the work, not after. They ask for
 * themselves once more when they are opened and before they are put in place. */
static th_status guard(cli_job *job)
{
	const cli_list *const inputs[] = {&job->named, &job->factors, &job->units, &job->params, &job->answers};
	size_t report = SIZE_MAX, ledger = SIZE_MAX, beside = SIZE_MAX, lock = SIZE_MAX;
	const cli_again *again = job->c->again;
	th_status status = again ? th_guard_input(again->report, job->diags) : TH_OK;
	if (status == TH_OK && again && again->folder)
		status = cli_guard_operand(again->folder, job->diags);
	for (size_t i = 0; i < CLI_COUNT(inputs) && status == TH_OK; i++)
		status = guard_all(job, inputs[i]);
	if (status == TH_OK && job->layout)
		status = th_guard_input(job->layout, job->diags);
	if (status == TH_OK)
		status = cli_guard_lock(job, &lock);
	if (status == TH_OK)
		status = th_guard_claim(job->output, job->diags, &report);
	if (status == TH_OK && job->ledger)
		status = th_guard_claim(job->ledger, job->diags, &ledger);
	if (status == TH_OK && again && again->beside)
		status = th_guard_claim(again->beside, job->diags, &beside);
	th_guard_release(job->diags, report);
	th_guard_release(job->diags, ledger);
	th_guard_release(job->diags, beside);
	th_guard_release(job->diags, lock);
	return status;
}

static th_slice title_of(const void *columns, const char *kind, th_slice column)
{
	const th_slice title = th_column_title(columns, kind, column);
	return title.len ? title : th_column_title(columns, NULL, column);
}

static th_status open_reference(cli_job *job)
{
	if (!cli_find_data(job->c)) {
		cli_usage(job->c, "no reference data (looked in -D, $TANHE_DATA, data beside the build tree, the installed folder); no units.csv in",
		          "找不到参考数据（依次查找 -D、$TANHE_DATA、构建目录旁的 data、安装目录）；没有 units.csv 的文件夹", job->c->data);
		return TH_SYSTEM;
	}
	th_status status = cli_open_data(job->c, job->diags, &job->reference);
	if (status == TH_OK)
		th_diags_titles(job->diags, title_of, job->reference->columns);
	for (size_t i = 0; status == TH_OK && i < job->units.count; i++)
		status = th_reference_add_units(job->reference, job->units.item[i], job->diags);
	for (size_t i = 0; status == TH_OK && i < job->factors.count; i++)
		status = th_reference_add_factors(job->reference, job->factors.item[i], job->diags);
	return status;
}

/* With a ledger beside the report, both are prepared before either takes its place. */
static th_status write_report(cli_job *job, const cli_steps *steps)
{
	th_output *report = NULL;
	th_status status = cli_ready(job->c, job->diags);
	if (job->streamed)
		return status == TH_OK && steps->put ? steps->put(job) : status;
	if (status == TH_OK)
		status = th_output_open(job->output, job->diags, &report);
	if (status == TH_OK) {
		job->c->answered = true;
		th_output_write(report, (th_slice){job->text, job->length});
		status = job->rows ? th_ledger_prepare(job->rows, job->diags) : TH_OK;
	}
	if (status == TH_OK && (job->rows || steps->put || job->lock.output))
		status = th_output_prepare(report, job->diags);
	if (status == TH_OK)
		cli_anew_say(job->anew);
	if (status == TH_OK && steps->put)
		status = steps->put(job);
	if (status == TH_OK)
		status = cli_put_lock(job);
	if (status == TH_OK && job->rows) {
		status = th_ledger_commit(job->rows, job->diags);
		job->rows = NULL;
	}
	if (status == TH_OK)
		return th_output_commit(report, job->diags);
	th_output_abort(report);
	return status;
}

/* What was wrong, in the file that the report would have been written to. Data that were not locked are not wrong: an earlier report stays. */
static th_status write_failure(cli_job *job, th_status status)
{
	char *text;
	size_t length;
	th_status made = th_report_failure(job->diags, job->c->command->name, job->c->folder, (int)status, &text, &length);
	if (made == TH_OK)
		made = th_report_write(job->output, text, length, job->diags);
	job->c->named_errors = made == TH_OK;
	free(text);
	return made == TH_OK ? status : made > status ? made : status;
}

static bool to_file(const cli_job *job)
{
	return job->output && strcmp(job->output, "-") != 0;
}

/* The work, heard by whoever does it again or compares it with an earlier one. */
static th_status work(cli_job *job, const cli_steps *steps)
{
	const cli_again *again = job->c->again;
	if (again && again->listener.entry)
		job->listener = &again->listener;
	th_status status = cli_locked_after(job, steps->work(job));
	if (status == TH_OK && again)
		return again->see(job, again->context);
	return status == TH_OK ? cli_anew_find(job, job->anew) : status;
}

static int run(cli_job *job, const cli_steps *steps)
{
	cli_anew anew = {.heard = false};
	job->anew = &anew;
	job->diags = th_diags_new();
	if (!job->diags)
		return TH_SYSTEM;
	th_diags_read_by(job->diags, cli_reading());
	th_status status = steps->take ? steps->take(job) : TH_OK;
	if (status == TH_OK)
		status = cli_take_answers(job);
	if (status == TH_OK)
		status = guard(job);
	if (status == TH_OK)
		status = cli_anew_hear(job, &anew);
	if (status == TH_OK)
		status = open_reference(job);
	if (status == TH_OK)
		status = work(job, steps);
	if (status == TH_OK)
		status = write_report(job, steps);
	else if (status == TH_INVALID && !job->c->refused && steps->names_errors && job->format == TH_FORMAT_JSON && to_file(job))
		status = write_failure(job, status);
	th_ledger_abort(job->rows);
	cli_drop_lock(job);
	if (steps->drop)
		steps->drop(job);
	int code = cli_close(job->c, job->diags, status);
	if (steps->release)
		steps->release(job);
	th_reference_free(job->reference);
	cli_anew_free(&anew);
	return code == TH_OK ? job->answer : code;
}

int cli_run(cli_job *job, const cli_steps *steps, int argc, char **argv)
{
	if (job->c->help) {
		cli_help_command(job->c, job->option, job->options, steps->examples);
		return TH_OK;
	}
	int code = read_words(job, steps, argc, argv) ? run(job, steps) : TH_USAGE;
	cli_list *const lists[] = {&job->named, &job->factors, &job->units, &job->params, &job->answers, &job->readings, &job->schemes};
	for (size_t i = 0; i < CLI_COUNT(lists); i++)
		free(lists[i]->item);
	cli_paths_free(&job->paths);
	free(job->text);
	return code;
}

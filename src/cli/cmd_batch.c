/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch/batch.h"
#include "case/applicants.h"
#include "case/param.h"
#include "cli/applicants_layout.h"
#include "cli/job.h"
#include "io/checksum.h"
#include "io/digest.h"
#include "io/guard.h"
#include "io/output.h"
#include "reference/reference.h"

enum { LINES = 0 }; /* LINES: of the formats the one that is no summary */

struct own {
	const char *threads_text, *progress, *summary_path;
	unsigned threads;
	bool full, ordered, shows, resume;
	const char *journal_path, *user_params; /* user_params: the user's own of the pack; NULL: none */
	th_batch_journal *journal;
	th_batch_list list;
	th_pack *pack;
	th_output *output;         /* of the lines; NULL: the summary stands there */
	th_batch_summary *summary; /* NULL: not asked for */
	char *text;                /* of the summary beside the lines */
	size_t length;
	th_output *beside;
	/* of the progress */
	cli *c;
	size_t done;
	double began, shown;
};

/* --- words --- */

static bool words(cli_job *job)
{
	struct own *own = job->own;
	size_t which = 0;
	if (own->progress && !cli_one_of(job->c, "--progress", own->progress, cli_when.choice, &which))
		return false;
	own->shows = which == 1 || (which == 0 && th_os_terminal(TH_STANDARD_ERROR));
	if (job->operands == 0)
		return cli_usage(job->c, "no case", "缺少项目", "tanhe batch");
	if (own->resume && (job->format != LINES || !job->output || th_os_descriptor(job->output) >= 0))
		return cli_usage(job->c, "--resume goes on with the lines of a file, which -o names", "--resume 用于续写 -o 指定的逐行结果文件", "--resume");
	return cli_no_office_file(job->c, own->summary_path) && cli_read_threads(job->c, own->threads_text, &own->threads);
}

/* So that no output goes over one. */
static th_status take(cli_job *job)
{
	for (int i = 0; i < job->operands; i++)
		if (!cli_append(&job->named, job->operand[i]))
			return TH_SYSTEM;
	return TH_OK;
}

/* --- what is told meanwhile --- */

/* Over itself on a terminal; ten times a second. */
static void show(struct own *own)
{
	double now = th_os_seconds(), passed = now - own->began;
	if (!own->shows || (now - own->shown < 0.1 && own->done < own->list.count))
		return;
	own->shown = now;
	double rate = passed > 0 ? (double)own->done / passed : 0;
	double left = rate > 0 ? (double)(own->list.count - own->done) / rate : 0;
	fprintf(stderr, own->c->lang == TH_LANG_ZH ? "\r%zu/%zu，每秒%.0f个，剩余%.0f秒\033[K" : "\r%zu of %zu, %.0f a second, %.0f s left\033[K", own->done, own->list.count, rate, left);
	fflush(stderr);
}

static void show_end(const struct own *own)
{
	if (own->shows)
		fputs("\r\033[K", stderr);
}

static th_status take_answer(void *context, size_t index, const th_batch_answer *answer)
{
	struct own *own = context;
	if (own->output) {
		th_output_write(own->output, (th_slice){answer->line, answer->length});
		th_output_flush(own->output);
	}
	own->done++;
	show(own);
	return !own->summary || th_batch_summary_add(own->summary, index, th_buf_view(&answer->note)) ? TH_OK : TH_SYSTEM;
}

static bool stops(void *context)
{
	(void)context;
	return th_os_interrupted();
}

/* --- the work --- */

static th_status list_cases(cli_job *job)
{
	struct own *own = job->own;
	th_status status = TH_OK;
	th_batch_naming by = {.reference = job->reference, .known = cli_known_facts(own->pack, &own->list.arena), .count = own->pack->facts};
	if (!by.known)
		return th_no_memory(job->diags);
	if (job->encoding)
		(void)th_encoding_named(job->encoding, &by.encoding);
	for (int i = 0; i < job->operands && status == TH_OK; i++)
		status = th_batch_list_add(&own->list, &by, job->operand[i], job->operands == 1, job->diags);
	return status;
}

static void add_text(th_digest *digest, const char *text)
{
	th_digest_add(digest, text ? text : "", text ? strlen(text) + 1 : 1);
}

/* The bytes of a file; what cannot be read is told by who reads it. */
static bool add_file(th_digest *digest, const char *path, th_diags *diags)
{
	char hex[65];
	uint64_t size;
	if (path && th_checksum(path, diags, &size, hex) != TH_OK)
		return false;
	add_text(digest, path ? hex : NULL);
	return true;
}

/* What all cases rest on: program, data, rules, the user's files, options. */
static th_status open_journal(cli_job *job, const th_check_options *o)
{
	struct own *own = job->own;
	th_digest *digest = th_digest_new();
	th_buf path = {0};
	char hex[TH_BATCH_DIGEST];
	if (!digest)
		return TH_SYSTEM;
	const char *const texts[] = {th_version(), th_build_id(), job->reference->set_sha256, own->pack->sha256, own->pack->at ? job->stage : NULL, o->profile, o->gwp, o->encoding, o->gas_condition, job->year_text,
	                             job->fallback, o->accept_holes, o->require_evidence ? "evidence" : NULL, own->full ? "full" : NULL};
	for (size_t i = 0; i < CLI_COUNT(texts); i++)
		add_text(digest, texts[i]);
	bool ok = add_file(digest, o->layout, job->diags);
	const cli_list *const lists[] = {&job->factors, &job->units, &job->params};
	for (size_t i = 0; i < CLI_COUNT(lists); i++)
		for (size_t k = 0; k < lists[i]->count; k++)
			ok = add_file(digest, lists[i]->item[k], job->diags) && ok;
	for (size_t i = 0; i < job->readings.count; i++)
		add_text(digest, job->readings.item[i]);
	if (own->user_params)
		ok = add_file(digest, own->user_params, job->diags) && ok;
	th_digest_hex(digest, hex);
	th_buf_printf(&path, "%s.journal", job->output);
	th_buf_char(&path, '\0');
	own->journal_path = path.failed ? NULL : th_diags_keep(job->diags, path.ptr);
	th_buf_free(&path);
	if (!ok || !own->journal_path)
		return th_memory_missed() || !own->journal_path ? TH_SYSTEM : TH_INVALID;
	return th_batch_journal_open(own->journal_path, hex, job->diags, &own->journal);
}

/* The lines' place, and that of a summary beside them. */
static th_status open_outputs(cli_job *job)
{
	struct own *own = job->own;
	th_status status = TH_OK;
	if (own->summary_path || job->format != LINES)
		own->summary = th_batch_summary_new();
	job->streamed = job->format == LINES;
	if (job->streamed) {
		status = th_output_open(job->output, job->diags, &own->output);
		job->c->answered = status == TH_OK;
	}
	if (status == TH_OK && own->summary_path)
		status = th_output_open(own->summary_path, job->diags, &own->beside);
	return th_memory_missed() ? TH_SYSTEM : status;
}

static th_status run(cli_job *job, const th_check_options *check)
{
	struct own *own = job->own;
	const char *outputs[3] = {job->output};
	size_t count = 1;
	if (own->summary_path)
		outputs[count++] = own->summary_path;
	if (own->journal)
		outputs[count++] = own->journal_path;
	const th_batch_options options = {.data = job->c->data, .check = check, .factors = job->factors.item, .factors_count = job->factors.count,
	                                  .units = job->units.item, .units_count = job->units.count, .outputs = outputs, .outputs_count = count, .journal = own->journal,
	                                  .reading = cli_reading(), .full = own->full, .ordered = own->ordered, .notes = own->summary || own->journal, .threads = own->threads};
	const th_batch_sink sink = {take_answer, stops, own};
	own->began = th_os_seconds();
	th_status status = th_batch_run(job->reference, own->pack, &options, &own->list, &sink, job->diags, &job->answer);
	show_end(own);
	return status;
}

/* By the end of its name; text where that says nothing. */
static th_format format_of(const char *path)
{
	const char *end = strrchr(path, '.');
	return end && strcmp(end, ".json") == 0 ? TH_FORMAT_JSON : end && strcmp(end, ".csv") == 0 ? TH_FORMAT_CSV : TH_FORMAT_TEXT;
}

static th_status sum_up(cli_job *job)
{
	struct own *own = job->own;
	th_status status = TH_OK;
	if (own->summary_path)
		status = th_batch_report(own->summary, &own->list, job->reference, own->pack, format_of(own->summary_path), job->c->lang, &own->text, &own->length);
	if (status == TH_OK && job->format != LINES)
		status = th_batch_report(own->summary, &own->list, job->reference, own->pack, (th_format)(job->format - 1), job->c->lang, &job->text, &job->length);
	if (status == TH_OK && own->beside) {
		th_output_write(own->beside, (th_slice){own->text, own->length});
		status = th_output_prepare(own->beside, job->diags);
	}
	return status;
}

/* What was interrupted is no answer: the lines on standard output stay, a file is left as it was. */
static void end_early(struct own *own)
{
	th_output_abort(own->output);
	th_output_abort(own->beside);
	own->output = own->beside = NULL;
	th_batch_journal_close(own->journal, false);
	own->journal = NULL;
	th_os_end_interrupted();
}

/* Where the user has no parameters for the pack, no case need ask; nothing is written there either way. */
static th_status look_for_params(const cli_job *job, th_check_options *check)
{
	struct own *own = job->own;
	const char *user;
	if (!th_params_of_user(check->user_folder, own->pack->id, &own->list.arena, &user))
		return th_no_memory(job->diags);
	th_status status = user ? th_guard_input(user, job->diags) : TH_OK;
	own->user_params = status == TH_OK && user && th_os_there(user) ? user : NULL;
	if (!own->user_params)
		check->user_folder = NULL;
	return status;
}

static th_status work(cli_job *job)
{
	struct own *own = job->own;
	th_check_options check = {.no_flips = !own->full};
	own->c = job->c;
	th_os_heed_interrupt();
	th_status status = cli_check_options(job, &check);
	if (status == TH_OK)
		status = th_rules_open(job->reference, job->c->data, job->rules, job->diags, &own->pack);
	if (status == TH_OK && job->stage)
		status = th_rules_stage(own->pack, job->stage, job->diags);
	if (status == TH_OK)
		status = list_cases(job);
	if (status == TH_OK)
		status = look_for_params(job, &check);
	if (status == TH_OK)
		status = open_outputs(job);
	if (status == TH_OK && own->resume)
		status = open_journal(job, &check);
	if (status == TH_OK)
		status = run(job, &check);
	if (status == TH_OK && own->done < own->list.count)
		end_early(own);
	return status == TH_OK ? sum_up(job) : status;
}

static th_status put(cli_job *job)
{
	struct own *own = job->own;
	th_status status = TH_OK;
	if (own->beside) {
		status = th_output_commit(own->beside, job->diags);
		own->beside = NULL;
	}
	if (status == TH_OK && own->output) {
		status = th_output_commit(own->output, job->diags);
		own->output = NULL;
	}
	th_batch_journal_close(own->journal, status == TH_OK);
	own->journal = NULL;
	return status;
}

static void drop(cli_job *job)
{
	struct own *own = job->own;
	th_batch_journal_close(own->journal, false);
	th_output_abort(own->output);
	th_output_abort(own->beside);
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	th_batch_list_free(&own->list);
	th_batch_summary_free(own->summary);
	th_rules_free(own->pack);
	free(own->text);
}

int cmd_batch(cli *c, int argc, char **argv)
{
	static const char *const formats[] = {"ndjson", "text", "json", "csv", NULL};
	static const cli_value format = {.en = "FORMAT", .zh = "格式", .choice = formats};
	static const cli_steps steps = {.formats = formats, .words = words, .take = take, .work = work, .put = put, .drop = drop, .release = release,
	                                .examples = "  tanhe batch examples/first -o cases.ndjson\n"
	                                            "  tanhe batch examples/park examples/enterprise --ordered --threads 2\n"
	                                            "  tanhe batch examples/first -f text\n"};
	struct own own = {0};
	cli_job job = {.c = c, .own = &own};
	const cli_option more[] = {
		{"--ordered", 0, NULL, NULL, NULL, &own.ordered, "lines in the order in which the cases were given, not as they finish", "按给出的顺序逐行输出（默认完成一个输出一个）"},
		{"--resume", 0, NULL, NULL, NULL, &own.resume, "keep a journal beside FILE, and go on where it ends", "在结果文件旁保存进度，中断后接着做"},
		{"--full", 0, NULL, NULL, NULL, &own.full, "all that check says: account, parameters, inputs, what would change", "输出 check 的全部内容：核算、参数、输入、变化条件"},
		{"--threads", 0, &cli_number, &own.threads_text, NULL, NULL, "cases at once (default: one for each processor)", "同时判定的项目数（默认为处理器数）"},
		{"--progress", 0, &cli_when, &own.progress, NULL, NULL, "auto (default: on a terminal), always or never", "显示进度：auto（默认，仅在终端）、always 或 never"},
	};
	const cli_option report[] = {
		{"--format", 'f', &format, &job.format_name, NULL, NULL, "ndjson (default): a line for each case; text, json, csv: a summary", "ndjson（默认）：每个项目一行；text、json、csv：汇总"},
		{"--output", 'o', &cli_any_file, &job.output, NULL, NULL, "write it there, all or nothing", "把结果写入文件（出错时不改动原文件）"},
		{"--summary", 0, &cli_summary_file, &own.summary_path, NULL, NULL, "the summary beside the lines: .json, .csv, else text", "另存汇总：.json、.csv，其他为文本"},
	};
	cli_add(&job, report, CLI_COUNT(report));
	cli_add(&job, more, CLI_COUNT(more));
	cli_add_pack(&job);
	cli_add_stage(&job);
	cli_add_proof(&job);
	cli_add_case(&job);
	return cli_run(&job, &steps, argc, argv);
}

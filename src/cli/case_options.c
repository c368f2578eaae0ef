/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The options that account, check and plan have in common, and the case folder. */
#include <string.h>

#include "base/filename.h"
#include "cli/job.h"
#include "io/guard.h"
#include "io/reason.h"

void cli_add_report(cli_job *job, const cli_value *format, const char *format_en, const char *format_zh)
{
	const cli_option rows[] = {
		{"--format", 'f', format, &job->format_name, NULL, NULL, format_en, format_zh},
		{"--output", 'o', &cli_any_file, &job->output, NULL, NULL, "write the report there, as a whole or not at all", "把报告写入文件（出错时不改动原文件）"},
	};
	cli_add(job, rows, CLI_COUNT(rows));
}

static bool format_of_name(cli_job *job, const char *const *formats)
{
	const char *dot = job->output && !job->format_name ? strrchr(job->output, '.') : NULL;
	for (size_t i = 0; dot && formats[i]; i++) {
		if (strcmp(dot + 1, formats[i]) != 0)
			continue;
		if (job->brief)
			return cli_usage(job->c, "--brief is for text, not for this format", "--brief 只用于文本，不用于该格式", job->output);
		job->format = i;
	}
	return true;
}

bool cli_read_document(cli_job *job, const char *const *formats, size_t bytes)
{
	if (!format_of_name(job, formats))
		return false;
	return job->brief || job->format < bytes || job->output || !th_os_terminal(TH_STANDARD_OUTPUT) ||
	       cli_usage(job->c, "this format is no text and would fill the screen with signs; name a file with -o FILE (-o - writes it here all the same)",
	                 "该格式不是文本，直接输出会使屏幕出现乱码；请用 -o 文件名 写入文件（确需输出到屏幕，用 -o -）", formats[job->format]);
}

void cli_add_brief(cli_job *job)
{
	const cli_option row = {"--brief", 0, NULL, NULL, NULL, &job->brief, "one page: the result, what lacks, caveats by name", "只写一页：结果、缺什么、提示的名称"};
	cli_add(job, &row, 1);
}

void cli_add_table(cli_job *job, const cli_value *tables, const char **name, const char *help_en, const char *help_zh)
{
	const cli_option row = {"--table", 0, tables, name, NULL, NULL, help_en, help_zh};
	cli_add(job, &row, 1);
	cli_add_headers(job);
}

bool cli_read_table(const cli_job *job, const char *name, const char *const *tables, size_t *which)
{
	if (job->format != TH_FORMAT_CSV)
		return !name || cli_usage(job->c, "--table is for -f csv", "--table 只用于 -f csv", name);
	return name ? cli_one_of(job->c, "--table", name, tables, which)
	            : cli_usage(job->c, "CSV is one table; name it with --table", "CSV 只写一个表，请用 --table 指明", "-f csv");
}

void cli_add_headers(cli_job *job)
{
	const cli_option row = {"--headers", 0, &cli_heads, &job->headers, NULL, NULL, "heads of CSV: en (default), or zh for people", "CSV 表头语言：en（默认）或 zh"};
	cli_add(job, &row, 1);
}

void cli_add_factors(cli_job *job)
{
	const cli_option rows[] = {
		{"--profile", 0, &cli_profile, &job->profile, NULL, NULL, "which factors serve which purpose", "核算口径"},
		{"--factors", 0, &cli_table_file, NULL, &job->factors, NULL, "the user's factors; they win over shipped ones of the same id", "自备因子文件（编号相同时优先于随附因子）"},
		{"--units", 0, &cli_table_file, NULL, &job->units, NULL, "the user's units", "自备单位文件"},
		{"--gwp", 0, &cli_gwp_set, &job->gwp, NULL, NULL, "SAR, TAR, AR4, AR5 or AR6 (default: the profile's)", "SAR、TAR、AR4、AR5 或 AR6（默认随口径）"},
	};
	cli_add(job, rows, CLI_COUNT(rows));
}

void cli_add_meaning(cli_job *job)
{
	const cli_option rows[] = {
		{"--layout", 0, &cli_csv_file, &job->layout, NULL, NULL, "how the inventory is laid out (tanhe layout), instead of finding out",
		 "按该版式文件读取活动数据表（见 tanhe layout）"},
		{"--year", 0, &cli_year, &job->year_text, NULL, NULL, "of months that say none", "月份没有年份时采用的年份"},
		{"--gas-condition", 0, &cli_temperature, &job->gas_condition, NULL, NULL, "what a bare m3 of gas means: 0C, 20C", "未注明计量状态的m3按何温度计：0C、20C"},
		{"--fallback", 0, &cli_fallback, &job->fallback, NULL, NULL, "nearest: take the factor of the nearest year", "nearest：没有当年因子时借用最近年份"},
	};
	cli_add(job, rows, CLI_COUNT(rows));
}

void cli_add_stage(cli_job *job)
{
	static const char *const stages[] = {"apply", "follow", "accept", NULL}; /* of the packs that come with tanhe; a pack of one's own may have others */
	static const cli_value stage = {.en = "STAGE", .zh = "阶段", .choice = stages};
	const cli_option row = {"--stage", 0, &stage, &job->stage, NULL, NULL, "apply (default), follow or accept: what the scheme asks then", "阶段：apply（申报，默认）、follow（过程跟踪）或 accept（评价验收）"};
	cli_add(job, &row, 1);
}

void cli_add_phase(cli_job *job)
{
	static const cli_value phase = {.en = "PHASE", .zh = "目标阶段"};
	const cli_option row = {"--phase", 0, &phase, &job->phase, NULL, NULL, "which phase of targets.csv a stage behind the first evaluates (default: the last that a whole year tells of)",
	                        "申报之后评价目标表中的哪个阶段（默认为有完整年份数据的最后一个阶段）"};
	cli_add_stage(job);
	cli_add(job, &row, 1);
}

void cli_add_params(cli_job *job)
{
	const cli_option row = {"--params", 0, &cli_table_file, NULL, &job->params, NULL, "values for the scheme's parameters; before the case's params.csv",
	                        "待填参数的数值，优先于项目文件夹中的 params.csv"};
	cli_add(job, &row, 1);
}

static void add_pack(cli_job *job, const cli_option *pack)
{
	cli_add_params(job);
	const cli_option rows[] = {
		*pack,
		{"--reading", 0, &cli_reading_of, NULL, &job->readings, NULL, "how to read what the text leaves open", "选择通知未写明之处的解读"},
	};
	cli_add(job, rows, CLI_COUNT(rows));
}

void cli_add_pack(cli_job *job)
{
	add_pack(job, &(const cli_option){"--rules", 0, &cli_pack, &job->rules, NULL, NULL, "rule pack", "申报规则"});
}

void cli_add_packs(cli_job *job)
{
	add_pack(job, &(const cli_option){"--rules", 0, &cli_pack, NULL, &job->schemes, NULL, "rule pack; several times: the case by each of them", "申报规则；可多次给出，同一项目按每个规则判定"});
}

void cli_add_evidence(cli_job *job)
{
	const cli_option row = {"--require-evidence", 0, NULL, NULL, NULL, &job->require_evidence, "evidence counts only when it lies in the case's folder",
	                        "佐证材料须在项目文件夹中"};
	cli_add(job, &row, 1);
}

void cli_add_answers(cli_job *job)
{
	const cli_option row = {"--answers", 0, &cli_table_file, NULL, &job->answers, NULL, "a list of what was asked for, that came back filled in, or a folder of such lists; may be repeated", "已填写的资料清单，或其所在文件夹，可多次给出"};
	cli_add(job, &row, 1);
}

void cli_add_proof(cli_job *job)
{
	const cli_option row = {"--accept-holes", 0, &cli_words, &job->accept_holes, NULL, NULL, "why days without data are as they are", "缺数据的原因说明"};
	cli_add(job, &row, 1);
	cli_add_evidence(job);
}

void cli_add_case(cli_job *job)
{
	const cli_option encoding = {"--encoding", 0, &cli_encoding, &job->encoding, NULL, NULL, "of the inventory, instead of finding out", "指定文件编码（默认自动识别）"};
	cli_add_factors(job);
	cli_add(job, &encoding, 1);
	cli_add_meaning(job);
}

const char *cli_own_file(const th_case_contents *contents, th_case_part part)
{
	return contents->there[part] ? contents->path[part] : NULL;
}

/* All that a case may hold, whether this command reads it or not. */
static th_status guard_case(th_diags *diags, const th_case_contents *contents)
{
	th_status status = TH_OK;
	for (th_case_part part = 0; part < TH_CASE_PARTS && status == TH_OK; part++)
		status = th_guard_input(contents->path[part], diags);
	for (size_t i = 0; i < contents->inventories && status == TH_OK; i++)
		status = th_guard_input(contents->inventory[i], diags);
	return status;
}

th_status cli_guard_operand(const char *path, th_diags *diags)
{
	th_arena arena = {0};
	th_file_kind kind;
	th_case_contents contents;
	th_status status = cli_look(path, diags, &kind);
	if (status != TH_OK)
		return status;
	if (kind != TH_FILE_FOLDER && !th_case_is_workbook(path))
		return th_guard_input(path, diags);
	status = th_case_find(path, &arena, diags, &contents);
	if (status == TH_OK)
		status = guard_case(diags, &contents);
	th_arena_free(&arena);
	return status;
}

/* Reports are no CSV, so one that would be is meant for a file of the case, a scenario for one. */
static bool is_of_case(const cli_job *job, const char *folder)
{
	th_file_about about, there, parent;
	th_slice where, name;
	const char *output = job->output, *dot = output ? strrchr(output, '.') : NULL;
	if (!dot || strcmp(dot, ".csv") != 0 || th_os_look(output, &about) != 0 || about.kind == TH_FILE_ABSENT || th_os_look(folder, &there) != 0 ||
	    th_guard_is_input(output, job->diags)) /* which is said with both names */
		return false;
	char path[CLI_PATH];
	th_os_split(output, &where, &name);
	if (where.len >= sizeof path)
		return false;
	memcpy(path, where.ptr, where.len);
	path[where.len] = '\0';
	return th_os_look(path, &parent) == 0 && th_os_same_file(&parent, &there) &&
	       !cli_usage(job->c, "the output would overwrite a file of the case", "输出会覆盖项目文件夹中的文件", output);
}

th_status cli_take_folder(cli_job *job, const char *folder, bool csv, bool tell, th_case_contents *contents)
{
	th_status status = th_case_find(folder, &job->paths.arena, job->diags, contents);
	if (status == TH_OK && tell)
		status = th_case_tell(folder, contents, job->diags);
	if (status != TH_OK)
		return status;
	const char *factors = cli_own_file(contents, TH_CASE_FACTORS), *units = cli_own_file(contents, TH_CASE_UNITS);
	if (((factors && !cli_append(&job->factors, factors)) || (units && !cli_append(&job->units, units))))
		status = TH_SYSTEM;
	if (status == TH_OK)
		status = guard_case(job->diags, contents);
	return status == TH_OK && !csv && !contents->workbook && is_of_case(job, folder) ? TH_USAGE : status;
}

/* Named as workbooks are, .xls too, whose reader says what to do; or one by its bytes. */
static bool is_workbook(const char *path)
{
	return th_named_as_workbook(path) || th_case_is_workbook(path);
}

bool cli_one_case(const cli_job *job)
{
	char usage[64] = "tanhe ";
	if (job->operands == 1)
		return true;
	for (int i = 1; i < job->operands; i++)
		if (th_slice_ends(th_slice_of(job->operand[i]), TH_S(".csv")))
			return cli_usage(job->c, "a table beside the case; parameters are given with --params FILE, factors with --factors FILE",
			                 "项目之外的表格，参数文件请用 --params、因子文件请用 --factors 给出", job->operand[i]);
	strcat(usage, job->c->command->name);
	return cli_usage(job->c, job->operands ? "more than one case" : "no case", job->operands ? "项目文件夹多于一个" : "缺少项目文件夹", usage);
}

th_status cli_must_be_new(cli_job *job, const char *path)
{
	th_file_about about;
	const int error = th_os_look(path, &about);
	if (error != 0) /* what cannot be looked at is not known to be there */
		return th_report_system(job->diags, TH_SOURCE_OPEN, (th_pos){.file = path, .line = 1, .column = 1}, error);
	if (about.kind == TH_FILE_ABSENT)
		return TH_OK;
	th_status said = th_report(job->diags, TH_INIT_THERE, (th_pos){path, 1, 1, NULL}, (char *)NULL);
	return said == TH_SYSTEM ? said : TH_USAGE;
}

th_status cli_take_contents(cli_job *job, th_case_contents *contents)
{
	const char *folder = job->operand[0];
	th_file_kind kind;
	job->c->folder = folder;
	th_status status = cli_look(folder, job->diags, &kind);
	if (status == TH_OK && kind == TH_FILE_ABSENT) {
		cli_usage(job->c, "no such case folder or workbook", "没有这个项目文件夹或工作簿", folder);
		return TH_USAGE;
	}
	if (status == TH_OK && kind == TH_FILE_REGULAR && !is_workbook(folder))
		kind = TH_FILE_SPECIAL;
	if (status == TH_OK && kind != TH_FILE_FOLDER && kind != TH_FILE_REGULAR) {
		cli_usage(job->c, "a case is a folder or a workbook; for the emissions of one table, use `tanhe account`",
		          "请给出项目文件夹或工作簿，而不是其他文件；只算一张表的排放量请用 tanhe account", folder);
		status = TH_USAGE;
	}
	return status == TH_OK ? cli_take_folder(job, folder, false, false, contents) : status;
}

th_status cli_take_case(cli_job *job)
{
	th_case_contents contents;
	th_status status = cli_take_contents(job, &contents);
	if (status == TH_OK && job->sure.wanted) /* a case's own correlations are read without being named */
		job->sure.correlations = cli_own_file(&contents, TH_CASE_CORRELATIONS);
	return status;
}

th_status cli_check_options(cli_job *job, th_check_options *o)
{
	th_status status = TH_OK;
	o->rules = job->rules;
	o->stage = job->stage;
	o->phase = job->phase;
	o->params = job->params.item;
	o->params_count = job->params.count;
	o->answers = job->answers.item;
	o->answers_count = job->answers.count;
	o->readings = job->readings.item;
	o->readings_count = job->readings.count;
	o->profile = job->profile;
	o->gwp = job->gwp;
	o->encoding = job->encoding;
	o->gas_condition = job->gas_condition;
	o->layout = job->layout;
	o->year = job->year;
	o->fallback_nearest = job->fallback != NULL;
	o->threads = job->sure.hands;
	o->accept_holes = job->accept_holes;
	o->require_evidence = job->require_evidence;
	o->uncertainty = cli_uncertainty_of(job);
	o->user_folder = job->c->again ? job->c->again->user_folder : cli_params_folder(&job->paths, &status);
	if (job->listener && !o->listeners) {
		o->listener = job->listener;
		o->listeners = 1;
	}
	return status;
}

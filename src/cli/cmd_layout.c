/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "case/inventories.h"
#include "case/layout.h"
#include "cli/applicants_layout.h"
#include "cli/job.h"

enum { TEXT, CSV, JSON, FIRST_LINES = 10 };

struct own {
	const char *kind;
	th_arena arena;
	th_rows **rows;     /* of the tables: several where they are sheets of one workbook */
	th_layout **layout; /* of each */
	size_t tables;
};

static const char *const kinds_known[] = {"inventory", "measures", "targets", "applicants", NULL};

static bool words(cli_job *job)
{
	struct own *own = job->own;
	size_t which;
	if (job->operands != 1)
		return cli_usage(job->c, job->operands ? "more than one table" : "no table", job->operands ? "表格多于一个" : "缺少表格", "tanhe layout FILE");
	return !own->kind || cli_one_of(job->c, "--kind", own->kind, kinds_known, &which);
}

static th_status take(cli_job *job)
{
	return cli_append(&job->named, job->operand[0]) ? TH_OK : TH_SYSTEM;
}

static void put_text(const cli_job *job, th_buf *out)
{
	const struct own *own = job->own;
	const th_layout *const *layout = (const th_layout *const *)own->layout;
	size_t lines = 0;
	bool zh = job->c->lang == TH_LANG_ZH;
	th_layout_put(layout, own->tables, out);
	th_buf_char(out, '\n');
	for (size_t i = 0; i < own->tables; i++) {
		th_buf_str(out, "# ");
		th_layout_say(layout[i], job->c->lang, out);
		th_buf_char(out, '\n');
		lines += th_layout_lines(layout[i]);
	}
	if (lines > FIRST_LINES)
		th_buf_printf(out, zh ? "# 长表前%d行，共%zu行：\n" : "# the first %d of %zu long rows:\n", FIRST_LINES, lines);
	else
		th_buf_str(out, zh ? "# 长表：\n" : "# the long table:\n");
	th_layout_put_long(layout, own->tables, TH_LANG_ZH, FIRST_LINES, out);
}

static th_status open_table(cli_job *job, const char *path, th_encoding encoding, size_t at)
{
	struct own *own = job->own;
	th_layout_options options = {.file = job->layout, .year = job->year};
	th_status status = th_rows_open_long(path, encoding, job->diags, &own->rows[at]);
	if (status == TH_OK)
		status = th_layout_kept(&options, th_rows_path(own->rows[at]), job->diags, &options.file);
	return status == TH_OK ? th_layout_open(job->reference, at ? th_layout_read_as(own->layout[0]) : own->kind, own->rows[at], &options, job->diags, &own->layout[at])
	                       : status;
}

/* The table, or the sheets of a workbook that are one. */
static th_status open_tables(cli_job *job, th_encoding encoding)
{
	struct own *own = job->own;
	const char *given = job->operand[0], **path = &given;
	size_t paths = 1;
	const th_inventories_by by = {.encoding = encoding, .layout = {.file = job->layout, .year = job->year}};
	th_status status = TH_OK;
	if (!own->kind || strcmp(own->kind, "inventory") == 0)
		status = th_inventories_list(job->reference, (const char *const *)job->operand, 1, &by, &own->arena, job->diags, &path, &paths);
	if (status != TH_OK)
		return status;
	own->rows = th_arena_alloc(&own->arena, paths + 1, sizeof(th_rows *));
	own->layout = th_arena_alloc(&own->arena, paths + 1, sizeof(th_layout *));
	if (!own->rows || !own->layout)
		return th_no_memory(job->diags);
	for (size_t i = 0; i < paths && status != TH_SYSTEM; i++) {
		own->tables++;
		th_status now = open_table(job, path[i], encoding, i);
		status = now > status ? now : status;
		if (!own->layout[0])
			break;
	}
	return status == TH_OK ? th_layouts_compare(own->layout, own->tables, job->diags) : status;
}

static th_status give(cli_job *job, th_buf *out)
{
	job->length = out->len;
	th_buf_char(out, '\0');
	job->text = out->ptr;
	return out->failed ? TH_SYSTEM : TH_OK;
}

static th_status dropped(th_buf *out, th_status status)
{
	th_buf_free(out);
	return status;
}

/* A table of applicants, which has no layout: one that --kind calls so, or that names applicants and facts. */
static th_status lay_applicants(cli_job *job, bool *meant, th_buf *out)
{
	const struct own *own = job->own;
	const bool sure = own->kind && strcmp(own->kind, "applicants") == 0;
	*meant = false;
	if ((own->kind && !sure) || job->layout || (!sure && strcmp(job->operand[0], "-") == 0))
		return TH_OK;
	th_status status = cli_layout_applicants(job, job->operand[0], sure, job->format == CSV, meant, out);
	if (status == TH_OK && *meant && job->format == JSON) {
		(void)cli_usage(job->c, "a table of applicants is shown as text or csv", "申报主体表只显示为 text 或 csv", "json");
		return TH_USAGE;
	}
	return status;
}

static th_status work(cli_job *job)
{
	struct own *own = job->own;
	th_encoding encoding = TH_ENC_AUTO;
	th_buf out = {0};
	if (job->encoding && !th_encoding_named(job->encoding, &encoding)) {
		th_report(job->diags, TH_OPTION_ENCODING, (th_pos){NULL, 0, 0, NULL}, job->encoding, "utf-8, gb18030, gbk, utf-16le, utf-16be", (char *)NULL);
		return TH_USAGE;
	}
	bool applicants;
	th_status status = lay_applicants(job, &applicants, &out);
	if (applicants)
		return status == TH_OK ? give(job, &out) : dropped(&out, status);
	status = open_tables(job, encoding);
	if (status != TH_OK)
		return status;
	const th_layout *const *layout = (const th_layout *const *)own->layout;
	if (job->format == TEXT)
		put_text(job, &out);
	else if (job->format == CSV)
		th_layout_put_long(layout, own->tables, TH_LANG_ZH, SIZE_MAX, &out);
	else
		th_layout_put_json(layout, own->tables, own->tables > 1 ? job->operand[0] : th_rows_path(own->rows[0]), th_rows_sha256(own->rows[0]), &out);
	return give(job, &out);
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	for (size_t i = 0; i < own->tables; i++)
		th_rows_close(own->rows[i]);
	th_arena_free(&own->arena);
}

int cmd_layout(cli *c, int argc, char **argv)
{
	static const char *const formats[] = {"text", "csv", "json", NULL};
	static const cli_value format = {.en = "FORMAT", .zh = "格式", .choice = formats}, kinds = {.en = "KIND", .zh = "类型", .choice = kinds_known};
	static const cli_steps steps = {.formats = formats, .words = words, .take = take, .work = work, .release = release,
	                                .examples = "  tanhe layout 能耗统计表.csv\n"
	                                            "  tanhe layout 能耗统计表.csv > 能耗统计表.layout.csv\n"
	                                            "  tanhe layout 能耗统计表.csv --year 2023 -f csv -o inventory.csv\n"};
	struct own own = {.kind = NULL};
	cli_job job = {.c = c, .own = &own};
	const cli_option rows[] = {
		{"--layout", 0, &cli_csv_file, &job.layout, NULL, NULL, "read the table as this file says", "按该版式文件读取"},
		{"--year", 0, &cli_year, &job.year_text, NULL, NULL, "of months that say none", "月份没有年份时采用的年份"},
		{"--kind", 0, &kinds, &own.kind, NULL, NULL, "inventory, measures, targets or applicants, instead of finding out", "inventory、measures、targets 或 applicants，不再自动识别"},
		{"--encoding", 0, &cli_encoding, &job.encoding, NULL, NULL, "of the table, instead of finding out", "表格编码，不再自动识别"},
	};
	cli_add_report(&job, &format, "text (default: what was recognised), csv (the long table) or json", "text（默认，识别结果）、csv（长表）或 json");
	cli_add(&job, rows, CLI_COUNT(rows));
	return cli_run(&job, &steps, argc, argv);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "case/layout.h"
#include "cli/job.h"

enum { TEXT, CSV, JSON, FIRST_LINES = 10 };

struct own {
	const char *kind;
	th_rows *rows;
};

static bool words(cli_job *job)
{
	static const char *const known[] = {"inventory", "measures", "targets", NULL};
	struct own *own = job->own;
	size_t which;
	if (job->operands != 1)
		return cli_usage(job->c, job->operands ? "more than one table" : "no table", job->operands ? "表格多于一个" : "缺少表格", "tanhe layout FILE");
	return !own->kind || cli_one_of(job->c, "--kind", own->kind, known, &which);
}

static th_status take(cli_job *job)
{
	return cli_append(&job->named, job->operand[0]) ? TH_OK : TH_SYSTEM;
}

static void put_text(const cli_job *job, const th_layout *layout, th_buf *out)
{
	size_t lines = th_layout_lines(layout);
	bool zh = job->c->lang == TH_LANG_ZH;
	th_layout_put(layout, out);
	th_buf_str(out, "\n# ");
	th_layout_say(layout, job->c->lang, out);
	if (lines > FIRST_LINES)
		th_buf_printf(out, zh ? "\n# 长表前%d行，共%zu行：\n" : "\n# the first %d of %zu long rows:\n", FIRST_LINES, lines);
	else
		th_buf_str(out, zh ? "\n# 长表：\n" : "\n# the long table:\n");
	th_layout_put_long(layout, TH_LANG_ZH, FIRST_LINES, out);
}

static th_status work(cli_job *job)
{
	struct own *own = job->own;
	th_encoding encoding = TH_ENC_AUTO;
	const th_layout_options options = {.file = job->layout, .year = job->year};
	th_layout *layout = NULL;
	th_buf out = {0};
	if (job->encoding && !th_encoding_named(job->encoding, &encoding)) {
		th_report(job->diags, TH_OPTION_ENCODING, (th_pos){NULL, 0, 0, NULL}, job->encoding, "utf-8, gb18030, gbk, utf-16le, utf-16be", (char *)NULL);
		return TH_USAGE;
	}
	th_status status = th_rows_open(job->operand[0], encoding, job->diags, &own->rows);
	if (status == TH_OK)
		status = th_layout_open(job->reference, own->kind, own->rows, &options, job->diags, &layout);
	if (status != TH_OK)
		return status;
	if (job->format == TEXT)
		put_text(job, layout, &out);
	else if (job->format == CSV)
		th_layout_put_long(layout, TH_LANG_ZH, SIZE_MAX, &out);
	else
		th_layout_put_json(layout, th_rows_path(own->rows), th_rows_sha256(own->rows), &out);
	job->length = out.len;
	th_buf_char(&out, '\0');
	job->text = out.ptr;
	return out.failed ? TH_SYSTEM : TH_OK;
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	th_rows_close(own->rows);
}

int cmd_layout(cli *c, int argc, char **argv)
{
	static const char *const formats[] = {"text", "csv", "json", NULL};
	static const cli_steps steps = {.formats = formats, .words = words, .take = take, .work = work, .release = release,
	                                .examples = "  tanhe layout 能耗统计表.csv\n"
	                                            "  tanhe layout 能耗统计表.csv > 能耗统计表.layout.csv\n"
	                                            "  tanhe layout 能耗统计表.csv --year 2023 -f csv -o inventory.csv\n"};
	struct own own = {.kind = NULL};
	cli_job job = {.c = c, .own = &own};
	const cli_option rows[] = {
		{"--layout", 0, "FILE", &job.layout, NULL, NULL, "read the table as this file says", "按该版式文件读取"},
		{"--year", 0, "YEAR", &job.year_text, NULL, NULL, "of months that say none", "月份没有年份时采用的年份"},
		{"--kind", 0, "KIND", &own.kind, NULL, NULL, "inventory, measures or targets, instead of finding out", "inventory、measures 或 targets，不再自动识别"},
		{"--encoding", 0, "NAME", &job.encoding, NULL, NULL, "of the table, instead of finding out", "表格编码，不再自动识别"},
	};
	cli_add_report(&job, "text (default: what was recognised), csv (the long table) or json", "text（默认，识别结果）、csv（长表）或 json");
	cli_add(&job, rows, CLI_COUNT(rows));
	return cli_run(&job, &steps, argc, argv);
}

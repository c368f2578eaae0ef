/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/filename.h"
#include "base/near.h"
#include "cli/new_files.h"
#include "report/init.h"

struct own {
	const char *category, *target;
	bool csv, wide, products;
	th_pack *pack;
	th_init init;
	cli_new_files made;
};

static bool words(cli_job *job)
{
	const struct own *own = job->own;
	if (job->operands != 1)
		return cli_usage(job->c, job->operands ? "too many words" : "where to write is missing", job->operands ? "参数过多" : "缺少要生成的文件名或文件夹名",
		                 job->operands ? job->operand[1] : "tanhe init PATH --category CATEGORY --target TARGET");
	const char *path = job->operand[0];
	th_slice name = th_slice_of(path);
	bool workbook = th_named_as_workbook(path);
	if (own->wide && (own->csv || own->products))
		return cli_usage(job->c, "one of them only", "只能选一个", own->csv ? "--csv, --wide" : "--products, --wide");
	if ((workbook && !th_slice_ends(name, TH_S(".xlsx"))) || th_named_as_document(path))
		return cli_usage(job->c, "a workbook is written as .xlsx", "工作簿只生成 .xlsx 格式", path);
	if (workbook && (own->csv || own->wide))
		return cli_usage(job->c, own->csv ? "--csv writes a folder of tables, not a workbook" : "--wide writes a CSV table, not a workbook",
		                 own->csv ? "--csv 生成 CSV 文件夹，不生成工作簿" : "--wide 生成一张 CSV 表，不生成工作簿", path);
	if (!own->wide && th_slice_ends(name, TH_S(".csv")))
		return cli_usage(job->c, "one CSV table is written with --wide, a folder of them with --csv and the folder's name", "生成一张 CSV 表用 --wide；生成 CSV 文件夹用 --csv，并写文件夹名", path);
	return true;
}

static th_status take(cli_job *job)
{
	return cli_must_be_new(job, job->operand[0]);
}

/* --- the kind of applicant --- */

/* The option that `text` comes near to, by its id or its name; empty: none. */
static th_slice near_option(const th_rule_decl *decl, const char *text)
{
	th_slice near = {"", 0};
	for (size_t i = 0; text && i < 2 * decl->options && near.len == 0; i++)
		near = th_nearest(th_slice_of(text), i % 2 ? &decl->option[i / 2].name.zh : &decl->option[i / 2].id, 1);
	for (size_t i = 0; text && i < 2 * decl->options && near.len == 0; i++)
		near = th_advised(th_slice_of(text), i % 2 ? &decl->option[i / 2].name.zh : &decl->option[i / 2].id, 1);
	return near;
}

static void list_options(const char *name, const th_rule_decl *decl, const char *text, bool zh, th_buf *out)
{
	th_slice near = near_option(decl, text);
	th_buf_str(out, name);
	for (size_t i = 0; i < decl->options; i++) {
		th_buf_str(out, zh ? i ? "、" : "：" : i ? ", " : ": ");
		th_buf_slice(out, zh ? decl->option[i].name.zh : decl->option[i].id);
	}
	if (near.len)
		th_buf_str(out, zh ? "；是不是 " : "; did you mean ");
	th_buf_slice(out, near);
	th_buf_char(out, '\0');
}

/* The option that is meant; what is no option, or none at all where there must be one, is said with those there are. */
static th_status choose(cli_job *job, th_index fact, const char *name, const char *text, uint32_t *option)
{
	const struct own *own = job->own;
	const th_rule_decl *decl = TH_AT(own->pack->decl, fact);
	th_buf en = {0}, zh = {0};
	*option = TH_NONE;
	if (decl && text)
		*option = th_decl_option(decl, th_slice_of(text));
	if (*option != TH_NONE || (!text && (own->wide || !decl)))
		return TH_OK;
	if (!decl) {
		cli_usage(job->c, "the rules know none of these", "该规则没有此项", name);
		return TH_USAGE;
	}
	list_options(name, decl, text, false, &en);
	list_options(name, decl, text, true, &zh);
	bool failed = en.failed || zh.failed;
	if (!failed)
		cli_usage_both(job->c, text ? "no such choice; it is one of" : "an option is missing; it is one of", en.ptr, text ? "没有这种填法，可选" : "缺少选项，可选", zh.ptr);
	th_buf_free(&en);
	th_buf_free(&zh);
	return failed ? TH_SYSTEM : TH_USAGE;
}

/* --- files --- */

static th_status write_tables(cli_job *job, const char *folder)
{
	struct own *own = job->own;
	const th_book_sheet *sheet = own->init.book.sheet;
	th_status status = cli_new_folder(job, &own->made, folder);
	th_buf text = {0};
	for (size_t s = 0; sheet && status == TH_OK; s++, sheet = sheet->next) {
		th_buf_clear(&text);
		th_book_put_csv(sheet, &text);
		status = text.failed ? th_no_memory(job->diags) : cli_new_file_of(job, &own->made, cli_join(&job->paths, folder, th_init_file(&own->init, own->init.sheet[s])), th_buf_view(&text));
	}
	th_buf_free(&text);
	return status;
}

/* The book is written before the folder is made: most that can fail has not failed then. */
static th_status write_workbook(cli_job *job, const char *path)
{
	struct own *own = job->own;
	th_buf bytes = {0};
	th_slice name = th_slice_of(path);
	bool folder = name.len <= strlen(".xlsx") || !th_slice_ends(name, TH_S(".xlsx"));
	th_status status = th_book_write(&own->init.book, job->diags, &bytes);
	if (status == TH_OK && folder)
		status = cli_new_folder(job, &own->made, path);
	if (status == TH_OK)
		status = cli_new_file_of(job, &own->made, folder ? cli_join(&job->paths, path, th_init_workbook(&own->init)) : path, th_buf_view(&bytes));
	th_buf_free(&bytes);
	return status;
}

static th_status write_wide(cli_job *job, const char *path)
{
	struct own *own = job->own;
	th_buf text = {0};
	th_init_put_wide(&own->init, &text);
	th_status status = text.failed ? th_no_memory(job->diags) : cli_new_file_of(job, &own->made, path, th_buf_view(&text));
	th_buf_free(&text);
	return status;
}

/* --- the job --- */

/* What is to be filled in: by a scheme, or products alone. */
static th_status open_init(cli_job *job)
{
	struct own *own = job->own;
	const bool footprint = own->products && !own->category && !own->target && !job->rules;
	uint32_t category = TH_NONE, target = TH_NONE;
	th_status status = th_rules_open(job->reference, job->c->data, job->rules, job->diags, &own->pack);
	if (status == TH_OK && footprint)
		return th_init_open_products(&own->init, job->reference, own->pack, job->c->data, job->c->lang, job->diags);
	if (status == TH_OK)
		status = choose(job, own->pack->category, "--category", own->category, &category);
	if (status == TH_OK)
		status = choose(job, own->pack->target, "--target", own->target, &target);
	if (status == TH_OK)
		status = th_init_open(&own->init, job->reference, own->pack, job->c->data, category, target, job->c->lang, job->diags);
	own->init.rules = job->rules;
	own->init.products = own->products;
	return status;
}

static th_status work(cli_job *job)
{
	struct own *own = job->own;
	const char *path = job->operand[0];
	th_status status = open_init(job);
	if (status == TH_OK && !own->wide)
		status = th_init_fill(&own->init, own->csv);
	if (status == TH_OK)
		status = own->wide ? write_wide(job, path) : own->csv ? write_tables(job, path) : write_workbook(job, path);
	/* What to name next: the tables' folder, or the one file, which may lie in a folder that was made for it. */
	const char *named = own->csv || own->made.files == 0 ? path : own->made.file[0].path;
	return status == TH_OK ? th_init_say(&own->init, named, own->wide, &job->text, &job->length) : status;
}

static th_status put(cli_job *job)
{
	struct own *own = job->own;
	return cli_put_new_files(job, &own->made);
}

static void drop(cli_job *job)
{
	struct own *own = job->own;
	cli_drop_new_files(&own->made);
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	th_init_close(&own->init);
	th_rules_free(own->pack);
}

int cmd_init(cli *c, int argc, char **argv)
{
	static const cli_steps steps = {.words = words, .take = take, .work = work, .put = put, .drop = drop, .release = release,
	                                .examples = "  tanhe init my-case.xlsx --category enterprise --target peak\n"
	                                            "  tanhe init my-case --csv --category 产业园区 --target 碳达峰\n"
	                                            "  tanhe init my-event.xlsx --rules event-neutrality\n"
	                                            "  tanhe init my-products --csv --products\n"
	                                            "  tanhe init applicants.csv --wide\n"};
	struct own own = {0};
	cli_job job = {.c = c, .own = &own};
	const cli_option rows[] = {
		{"--category", 0, &cli_category, &own.category, NULL, NULL, "kind of applicant: region, park, community, building, enterprise", "试点类型：综合性区域、产业园区、居民社区、建筑楼宇、企事业单位"},
		{"--target", 0, &cli_target, &own.target, NULL, NULL, "what it aims at: peak, neutrality", "试点目标：碳达峰、碳中和"},
		{"--csv", 0, NULL, NULL, NULL, &own.csv, "a folder of CSV tables instead of a workbook", "生成 CSV 文件夹，不生成工作簿"},
		{"--wide", 0, NULL, NULL, NULL, &own.wide, "one CSV table with a row for each applicant", "生成一张 CSV 表，一个申报主体一行"},
		{"--products", 0, NULL, NULL, NULL, &own.products, "with products.csv and the columns that divide an inventory among products; without another option, these alone, for tanhe footprint", "加产品表及活动数据的产品、阶段、分摊列；不带其他选项时只生成这两张表，供 tanhe footprint 使用"},
		{"--rules", 0, &cli_pack, &job.rules, NULL, NULL, "rule pack", "申报规则"},
		{"--units", 0, &cli_table_file, NULL, &job.units, NULL, "the user's units", "自备单位文件"},
	};
	cli_add(&job, rows, CLI_COUNT(rows));
	return cli_run(&job, &steps, argc, argv);
}

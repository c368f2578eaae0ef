/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "case/absent.h"
#include "cli/job.h"
#include "report/footprint_report.h"

struct own {
	cli_list inventories;
	const char *products;
	th_footprints *footprints;
};

enum { TEXT, JSON, DOCUMENTS, BYTES = DOCUMENTS + TH_DOSSIER_DOCX }; /* places in: */
static const char *const formats[] = {"text", "json", "md", "html", "docx", "xlsx", NULL};

static bool words(cli_job *job)
{
	if (job->operands == 1 || job->operands == 2)
		return cli_read_document(job, formats, BYTES);
	return cli_usage(job->c, job->operands ? "more than one case and one product" : "no case", job->operands ? "除项目文件夹和产品外还有其他内容" : "缺少项目文件夹", "tanhe footprint");
}

static th_status take(cli_job *job)
{
	struct own *own = job->own;
	th_case_contents contents;
	th_status status = cli_take_contents(job, &contents);
	if (status == TH_OK)
		status = th_case_wants(job->operand[0], &contents, TH_CASE_INVENTORY, job->diags);
	if (status == TH_OK)
		status = th_case_wants(job->operand[0], &contents, TH_CASE_PRODUCTS, job->diags);
	for (size_t i = 0; status == TH_OK && i < contents.inventories; i++)
		status = cli_append(&own->inventories, contents.inventory[i]) && cli_append(&job->named, contents.inventory[i]) ? TH_OK : TH_SYSTEM;
	if (status == TH_OK)
		own->products = cli_own_file(&contents, TH_CASE_PRODUCTS);
	if (status == TH_OK && job->sure.wanted)
		job->sure.correlations = cli_own_file(&contents, TH_CASE_CORRELATIONS);
	return status;
}

static th_status work(cli_job *job)
{
	struct own *own = job->own;
	const th_account_options account = {
		.inventory = own->inventories.item, .inventories = own->inventories.count, .profile = job->profile, .gwp = job->gwp, .encoding = job->encoding,
		.gas_condition = job->gas_condition, .layout = job->layout, .year = job->year, .fallback_nearest = job->fallback != NULL, .threads = job->sure.hands,
		.listener = job->listener, .listeners = job->listener != NULL,
	};
	const th_footprint_options options = {.account = &account, .uncertainty = cli_uncertainty_of(job), .products = own->products, .product = job->operands > 1 ? job->operand[1] : NULL};
	th_status status = th_footprint_run(job->reference, &options, job->diags, &own->footprints);
	if (status == TH_OK)
		status = cli_locked(job, th_footprints_account(own->footprints), NULL);
	job->footprints = own->footprints;
	if (status != TH_OK)
		return status;
	if (!job->brief && job->format >= DOCUMENTS)
		return th_report_footprint_document(own->footprints, (th_dossier_format)(job->format - DOCUMENTS), job->c->lang, job->diags, &job->text, &job->length);
	return th_report_footprint(own->footprints, (th_format)job->format, job->c->lang, &job->text, &job->length);
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	th_footprints_free(own->footprints);
}

int cmd_footprint(cli *c, int argc, char **argv)
{
	static const cli_value format = {.en = "FORMAT", .zh = "格式", .choice = formats};
	static const cli_steps steps = {.formats = formats, .documents = true, .words = words, .take = take, .work = work, .release = release, .names_errors = true,
	                                .examples = "  tanhe footprint examples/products\n"
	                                            "  tanhe footprint examples/products 支架 -o bracket.docx\n"
	                                            "  tanhe footprint examples/products 支架 -f json -o bracket.json\n"};
	struct own own = {0};
	cli_job job = {.c = c, .own = &own};
	cli_add_report(&job, &format, "text (default), json, md, html, docx or xlsx (by the name of --output, else text)", "text（默认）、json、md、html、docx 或 xlsx（默认随 --output 的文件名）");
	cli_add_brief(&job);
	cli_add_case(&job);
	cli_add_lock(&job);
	cli_add_uncertainty(&job, "approach1 or approach2: how sure each footprint is", "approach1 或 approach2：各产品碳足迹的不确定性", false);
	int code = cli_run(&job, &steps, argc, argv);
	free(own.inventories.item);
	return code;
}

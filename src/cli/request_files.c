/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/request_files.h"

#include "base/filename.h"
#include "report/requests.h"

static bool ends(const char *path, const char *ending)
{
	return th_slice_ends(th_slice_of(path), th_slice_of(ending));
}

static th_status nothing(cli_job *job, const char *path, const char *en, const char *zh)
{
	th_buf why = {0};
	th_buf_both(&why, th_slice_of(en), th_slice_of(zh));
	th_buf_char(&why, '\0');
	th_status status = why.failed ? th_no_memory(job->diags) : th_report(job->diags, TH_REQUESTS_NONE, (th_pos){NULL, 0, 0, NULL}, path, why.ptr, (char *)NULL);
	th_buf_free(&why);
	return status == TH_SYSTEM ? status : TH_OK;
}

/* --- one file --- */

static th_status make_csv(cli_job *job, const th_book *book, const char *path, cli_new_files *files)
{
	th_buf text = {0};
	th_book_put_csv(book->sheet, &text);
	th_status status = text.failed || book->failed ? th_no_memory(job->diags) : cli_new_file_of(job, files, path, th_buf_view(&text));
	th_buf_free(&text);
	return status;
}

static th_status make_workbook(cli_job *job, const th_book *book, const char *path, cli_new_files *files)
{
	th_buf bytes = {0};
	th_status status = book->failed ? th_no_memory(job->diags) : th_book_write(book, job->diags, &bytes);
	if (status == TH_OK)
		status = cli_new_file_of(job, files, path, th_buf_view(&bytes));
	th_buf_free(&bytes);
	return status;
}

static th_status make_one(cli_job *job, const th_requests *requests, const char *path, cli_new_files *files)
{
	th_book book;
	th_book_begin(&book);
	if (ends(path, ".csv"))
		th_requests_put_sheet(requests, TH_REQUESTS_ALL, &book);
	for (size_t i = 0; !ends(path, ".csv") && i < requests->suppliers; i++)
		th_requests_put_sheet(requests, i, &book);
	th_status status = ends(path, ".csv") ? make_csv(job, &book, path, files) : make_workbook(job, &book, path, files);
	th_book_free(&book);
	return status;
}

/* --- a folder --- */

/* FOLDER/1-设备部.csv; NULL without memory. */
static const char *path_of(cli_job *job, const th_requests *requests, size_t supplier, const char *folder, const char *ending)
{
	th_buf name = {0};
	th_requests_put_name(requests, supplier, &name);
	th_buf_str(&name, ending);
	th_buf_char(&name, '\0');
	const char *path = name.failed ? NULL : cli_join(&job->paths, folder, name.ptr);
	th_buf_free(&name);
	return path;
}

static th_status make_letter(cli_job *job, const th_requests *requests, size_t supplier, const char *folder, const char *list, cli_new_files *files)
{
	th_buf bytes = {0};
	th_requests_put_letter(requests, supplier, list, &bytes);
	th_status status = bytes.failed ? th_no_memory(job->diags) : cli_new_file_of(job, files, path_of(job, requests, supplier, folder, ".docx"), th_buf_view(&bytes));
	th_buf_free(&bytes);
	return status;
}

static th_status make_supplier(cli_job *job, const th_requests *requests, size_t supplier, const char *folder, cli_new_files *files)
{
	th_book book;
	const char *table = path_of(job, requests, supplier, folder, ".csv"), *workbook = path_of(job, requests, supplier, folder, ".xlsx");
	th_book_begin(&book);
	th_requests_put_sheet(requests, supplier, &book);
	th_status status = table && workbook ? make_csv(job, &book, table, files) : th_no_memory(job->diags);
	if (status == TH_OK)
		status = make_workbook(job, &book, workbook, files);
	if (status == TH_OK)
		status = make_letter(job, requests, supplier, folder, th_file_name(workbook), files);
	th_book_free(&book);
	return status;
}

th_status cli_make_requests(cli_job *job, const th_assessment *assessment, const char *path, cli_new_files *files)
{
	th_requests requests;
	th_status status = th_requests_open(&requests, assessment, job->c->lang, job->diags);
	if (status == TH_OK && requests.requests == 0)
		status = nothing(job, path, "nothing that is not given would decide", "没有尚缺的资料");
	else if (status == TH_OK && (ends(path, ".csv") || ends(path, ".xlsx")))
		status = make_one(job, &requests, path, files);
	else if (status == TH_OK) {
		status = cli_new_folder(job, files, path);
		for (size_t i = 0; i < requests.suppliers && status == TH_OK; i++)
			status = make_supplier(job, &requests, i, path, files);
	}
	th_requests_close(&requests);
	return status;
}

th_status cli_make_tasks(cli_job *job, const th_assessment *assessment, const char *path, cli_new_files *files)
{
	th_buf text = {0};
	size_t count = th_put_tasks_made(assessment, job->c->lang, &text);
	th_status status = text.failed ? th_no_memory(job->diags)
	                   : count     ? cli_new_file_of(job, files, path, th_buf_view(&text))
	                               : nothing(job, path, "no requirement is unmet for which there is no task", "没有未满足且未列任务的要求");
	th_buf_free(&text);
	return status;
}

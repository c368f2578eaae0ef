/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --lock: what the numbers rest on, pinned in a file. Where the file is there, a job on other data gives no result; else it is written with the result. */
#include <string.h>

#include "audit/lock.h"
#include "cli/job.h"
#include "io/guard.h"
#include "io/output.h"

void cli_add_lock(cli_job *job)
{
	const cli_option row = {"--lock", 0, &cli_any_file, &job->lock.path, NULL, NULL, "pin factors, profile, rules, layouts by digest: written once, then other data refuse",
	                        "用文件锁定因子、口径、规则和版式：没有则写入，已有而数据不同则不予计算"};
	cli_add(job, &row, 1);
}

bool cli_read_lock(const cli_job *job)
{
	const char *path = job->lock.path;
	return !path || ((strcmp(path, "-") != 0 || cli_usage(job->c, "a lock is a file, no stream", "锁定须用文件，不能用标准输入输出", path)) &&
	                 cli_no_office_file(job->c, path));
}

th_status cli_guard_lock(cli_job *job, size_t *claim)
{
	cli_lock *lock = &job->lock;
	if (!lock->path)
		return TH_OK;
	if (th_guard_is_input(lock->path, job->diags)) /* it is no lock, whatever it is; said as of any output */
		return th_guard_claim(lock->path, job->diags, claim);
	lock->there = th_os_there(lock->path);
	return lock->there ? th_guard_input(lock->path, job->diags) : th_guard_claim(lock->path, job->diags, claim);
}

th_status cli_locked(cli_job *job, const th_account *account, const th_pack *pack)
{
	cli_lock *lock = &job->lock;
	const th_lock_of of = {job->reference, job->c->data, account, pack};
	th_buf text = {0};
	if (!lock->path)
		return TH_OK;
	lock->compared = lock->there;
	th_status status = th_lock_put(&of, job->diags, &text);
	if (status == TH_OK && lock->there)
		status = th_lock_check(lock->path, th_buf_view(&text), job->diags, &job->c->refused);
	else if (status == TH_OK)
		status = th_output_open(lock->path, job->diags, &lock->output);
	if (status == TH_OK && lock->output) {
		th_output_write(lock->output, th_buf_view(&text));
		status = th_output_prepare(lock->output, job->diags);
	}
	th_buf_free(&text);
	return status;
}

/* What was wrong may be wrong because of other data: that is told too, of what is known without an account. */
th_status cli_locked_after(cli_job *job, th_status status)
{
	if (status != TH_INVALID || !job->lock.there || job->lock.compared || !job->reference)
		return status;
	th_status told = cli_locked(job, NULL, NULL);
	job->c->refused = false; /* the input is wrong all the same */
	return told > status ? told : status;
}

th_status cli_put_lock(cli_job *job)
{
	th_output *output = job->lock.output;
	job->lock.output = NULL;
	return output ? th_output_commit(output, job->diags) : TH_OK;
}

void cli_drop_lock(cli_job *job)
{
	th_output_abort(job->lock.output);
	job->lock.output = NULL;
}

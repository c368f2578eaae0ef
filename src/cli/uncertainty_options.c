/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/job.h"

enum { TRIALS_LEAST = 100, TRIALS_MOST = 1000000, THREADS_MOST = 256 };

static bool whole(const cli *c, const char *option, const char *text, unsigned long long least, unsigned long long most, unsigned long long *out)
{
	char found[160];
	*out = 0;
	bool ok = *text != '\0' && strspn(text, "0123456789") == strlen(text);
	for (const char *p = text; *p && ok; p++) {
		unsigned digit = (unsigned)(*p - '0');
		ok = *out <= (ULLONG_MAX - digit) / 10;
		*out = *out * 10 + digit;
	}
	if (ok && *out >= least && *out <= most)
		return true;
	snprintf(found, sizeof found, "%s %.60s; %llu-%llu", option, text, least, most);
	return cli_usage(c, "a value that the option does not take", "选项的值有误", found);
}

bool cli_read_threads(const cli *c, const char *text, unsigned *threads)
{
	unsigned cores = th_os_cores();
	unsigned long long count = cores < THREADS_MOST ? cores : THREADS_MOST;
	bool good = !text || whole(c, "--threads", text, 1, THREADS_MOST, &count);
	*threads = (unsigned)count;
	return good;
}

void cli_add_threads(cli_job *job)
{
	const cli_option row = {"--threads", 0, &cli_number, &job->sure.threads, NULL, NULL, "worker threads; results do not depend on it", "并行线程数（不影响结果）"};
	cli_add(job, &row, 1);
}

void cli_add_uncertainty(cli_job *job, const char *en, const char *zh, bool correlations)
{
	cli_uncertainty *sure = &job->sure;
	const cli_option first[] = {
		{"--uncertainty", 0, &cli_approach, &sure->approach, NULL, NULL, en, zh},
		{"--trials", 0, &cli_trials, &sure->trials, NULL, NULL, "of approach2; auto (default): until the limits are known", "approach2 的模拟次数；auto（默认）：至区间稳定"},
		{"--seed", 0, &cli_number, &sure->seed, NULL, NULL, "of approach2 (default 1)", "approach2 的随机种子（默认 1）"},
	};
	const cli_option between[] = {
		{"--correlations", 0, &cli_table_file, &sure->correlations, NULL, NULL, "between activity data: first, second, correlation", "活动数据间的相关系数：first、second、correlation"},
		{"--year-correlation", 0, &cli_correlated, &sure->years, NULL, NULL, "one draw for all years: factors (default), activities, both, none", "各年共用一次抽样：factors（默认）、activities、both、none"},
	};
	cli_add(job, first, CLI_COUNT(first));
	if (correlations)
		cli_add(job, between, CLI_COUNT(between));
	cli_add_threads(job);
}

bool cli_read_uncertainty(cli_job *job)
{
	const cli *c = job->c;
	cli_uncertainty *words = &job->sure;
	const char *const extra[][2] = {{"--trials", words->trials}, {"--seed", words->seed}, {"--correlations", words->correlations},
	                                {"--year-correlation", words->years}};
	unsigned long long trials = 0, seed = 1;
	size_t approach = 0, correlated = 0;
	if (!cli_read_threads(c, words->threads, &words->hands))
		return false;
	if (!words->approach) {
		for (size_t i = 0; i < CLI_COUNT(extra); i++)
			if (extra[i][1])
				return cli_usage(c, "an option that needs --uncertainty", "该选项须与 --uncertainty 同用", extra[i][0]);
		return true;
	}
	if (!cli_one_of(c, "--uncertainty", words->approach, cli_approach.choice, &approach) ||
	    (words->years && !cli_one_of(c, "--year-correlation", words->years, cli_correlated.choice, &correlated)))
		return false;
	for (size_t i = 0; i < 2 && approach == 0; i++)
		if (extra[i][1])
			return cli_usage(c, "an option that needs --uncertainty approach2", "该选项须与 --uncertainty approach2 同用", extra[i][0]);
	if ((words->trials && strcmp(words->trials, "auto") != 0 && !whole(c, "--trials", words->trials, TRIALS_LEAST, TRIALS_MOST, &trials)) ||
	    (words->seed && !whole(c, "--seed", words->seed, 0, ULLONG_MAX, &seed)))
		return false;
	words->options = (th_uncertainty_options){
		.approach = (int)approach + 1, .trials = (size_t)trials, .seed = seed, .threads = words->hands,
		.factors_yearly = correlated == 1 || correlated == 3,
		.activities_correlated = correlated == 1 || correlated == 2,
	};
	words->wanted = true;
	return true;
}

const th_uncertainty_options *cli_uncertainty_of(cli_job *job)
{
	job->sure.options.data = job->c->data;
	job->sure.options.correlations = job->sure.correlations; /* perhaps a case's own */
	return job->sure.wanted ? &job->sure.options : NULL;
}

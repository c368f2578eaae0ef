/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/heard.h"

#include <stdlib.h>

/* Nothing is written yet: the report is kept. */
static th_status see(cli_job *job, void *context)
{
	th_diff_side *side = context;
	side->json = job->text;
	side->length = job->length;
	job->text = NULL;
	job->streamed = true;
	job->answer = TH_OK;
	return TH_OK;
}

static bool is_report(const char *path)
{
	th_slice name = th_slice_of(path);
	th_file_about about;
	return th_slice_ends(name, TH_S(".json")) && (th_os_look(path, &about) != 0 || about.kind != TH_FILE_FOLDER); /* what cannot be looked at says so when it is read */
}

/* What is no report is computed as account does. */
static int make_account(cli *c, const char *path, cli_again *again)
{
	th_arena arena = {0};
	const char *const fixed[] = {path, "--format=json"};
	char *word[2];
	bool kept = true;
	for (size_t i = 0; i < CLI_COUNT(fixed) && kept; i++)
		kept = (word[i] = (char *)th_arena_copy(&arena, th_slice_of(fixed[i])).ptr) != NULL;
	again->report = path;
	c->again = again;
	int code = kept ? cli_command_of(c, TH_RECORDED_ACCOUNT)->run(c, 2, word) : TH_SYSTEM;
	th_arena_free(&arena);
	return code;
}

static int make_report(cli *c, cli_heard *h, cli_again *again)
{
	th_diags *diags = th_diags_new();
	if (!diags)
		return TH_SYSTEM;
	int code = cli_close(c, diags, th_recorded_open(h->side.name, &h->report.arena, diags, &h->report.recorded));
	if (code != TH_OK)
		return code;
	h->side.recorded = h->report.recorded;
	h->side.reported = true;
	h->report.operand = h->place;
	h->report.operands = h->places;
	return cli_make_again(c, &h->report, again, 0);
}

int cli_hear(cli *c, cli_heard *h)
{
	cli_again again = {.see = see, .context = &h->side, .listener = {.entry = th_side_entry, .context = &h->side.side}};
	const char *data = c->data;
	c->data = h->data ? h->data : data;
	int code = is_report(h->side.name) ? make_report(c, h, &again) : make_account(c, h->side.name, &again);
	c->again = NULL;
	c->data = data;
	return code;
}

void cli_free_heard(cli_heard *h)
{
	free(h->side.json);
	th_side_free(&h->side.side);
	th_arena_free(&h->report.arena);
}

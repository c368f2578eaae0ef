/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/anew.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool locks_anew(const cli_job *job)
{
	return job->lock.path && !job->lock.there && !job->c->again;
}

/* Is there a report of this command where the new one will stand, both as JSON? What is no such report is nobody's fault: it is looked at apart from the job. */
static th_status look(const cli_job *job, th_arena *arena, bool *there)
{
	th_recorded recorded;
	th_file_about about;
	*there = false;
	if (job->format != TH_FORMAT_JSON || !job->output || !th_slice_ends(th_slice_of(job->output), TH_S(".json")) || th_os_look(job->output, &about) != 0 ||
	    about.kind != TH_FILE_REGULAR)
		return TH_OK;
	th_diags *apart = th_diags_new();
	if (!apart)
		return TH_SYSTEM;
	*there = th_recorded_open(job->output, arena, apart, &recorded) == TH_OK && strcmp(th_recorded_commands[recorded.kind], job->c->command->name) == 0;
	th_diags_free(apart);
	return TH_OK;
}

/* The case or the inventories first, then every file that was named or found. */
static bool list_places(const cli_job *job, cli_list *places)
{
	const cli_list *const lists[] = {&job->named, &job->factors, &job->units, &job->params, &job->answers};
	bool kept = true;
	for (int i = 0; i < job->operands && kept; i++)
		kept = cli_append(places, job->operand[i]);
	for (size_t k = 0; k < CLI_COUNT(lists); k++)
		for (size_t i = 0; i < lists[k]->count && kept; i++)
			kept = cli_append(places, lists[k]->item[i]);
	const char *const one[] = {job->layout, job->rules};
	for (size_t i = 0; i < CLI_COUNT(one) && kept; i++)
		kept = !one[i] || cli_append(places, one[i]);
	return kept;
}

static th_status hear(cli_job *job, cli_anew *anew)
{
	cli *c = job->c;
	const char *folder = c->folder;
	if (!list_places(job, &anew->places))
		return TH_SYSTEM;
	anew->earlier.side.name = job->output;
	anew->earlier.place = (char **)anew->places.item;
	anew->earlier.places = (int)anew->places.count;
	c->silent = true;
	anew->heard = cli_hear(c, &anew->earlier) == TH_OK;
	c->silent = false;
	c->folder = folder;
	anew->listener = (th_listener){.entry = th_side_entry, .context = &anew->now.side};
	if (anew->heard)
		job->listener = &anew->listener;
	return TH_OK;
}

th_status cli_anew_hear(cli_job *job, cli_anew *anew)
{
	th_arena arena = {0};
	bool there = false;
	th_status status = locks_anew(job) ? look(job, &arena, &there) : TH_OK;
	th_arena_free(&arena);
	return status == TH_OK && there ? hear(job, anew) : status;
}

static th_status make(cli_job *job, cli_anew *anew)
{
	size_t length;
	bool equal;
	th_diags *apart = th_diags_new();
	if (!apart)
		return TH_SYSTEM;
	anew->now.name = job->operand[0];
	anew->now.json = job->text;
	anew->now.length = job->length;
	const th_diff_side side[2] = {anew->earlier.side, anew->now};
	const th_format format = cli_as_json(job->c) ? TH_FORMAT_JSON : TH_FORMAT_TEXT;
	th_status status = th_diff(side, format, job->c->lang, apart, &anew->bridge, &length, &equal);
	th_diags_free(apart);
	for (size_t i = 0; status == TH_OK && format == TH_FORMAT_JSON && i + 1 < length; i++) /* as the findings there: an object on a line */
		if (anew->bridge[i] == '\n')
			anew->bridge[i] = ' ';
	return status;
}

th_status cli_anew_find(cli_job *job, cli_anew *anew)
{
	if (!locks_anew(job))
		return TH_OK;
	th_status status = anew->heard ? make(job, anew) : TH_INVALID;
	if (status != TH_INVALID)
		return status;
	return th_report(job->diags, anew->earlier.side.name ? TH_LOCK_NO_BRIDGE : TH_LOCK_ANEW, (th_pos){job->lock.path, 0, 0, NULL},
	                 anew->earlier.side.name ? job->output : job->operand[0], job->operand[0], (char *)NULL);
}

void cli_anew_say(const cli_anew *anew)
{
	fputs(anew->bridge ? anew->bridge : "", stderr);
}

void cli_anew_free(cli_anew *anew)
{
	cli_free_heard(&anew->earlier);
	th_side_free(&anew->now.side);
	free(anew->places.item);
	free(anew->bridge);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine: open the inventories, run their lines, close the books. */

#include <stdio.h>
#include <stdlib.h>

#include "account/kept.h"
#include "account/lines.h"
#include "base/filename.h"
#include "base/list.h"
#include "case/inventories.h"

#include "case/facts.h"

struct th_attachment {
	struct th_attachment *next;
	void *data;
	void (*release)(void *data);
};

bool th_account_attach(th_account *account, void *data, void (*release)(void *data))
{
	struct th_attachment *a = th_arena_alloc(&account->arena, 1, sizeof *a);
	if (!a)
		return false;
	*a = (struct th_attachment){account->attachment, data, release};
	account->attachment = a;
	return true;
}

void *th_account_attached(const th_account *account, void (*release)(void *data))
{
	const struct th_attachment *a = account->attachment;
	while (a && a->release != release)
		a = a->next;
	return a ? a->data : NULL;
}

void th_account_free(th_account *account)
{
	if (!account)
		return;
	free(account->group);
	free(account->caveat);
	for (const struct th_attachment *a = account->attachment; a; a = a->next)
		a->release(a->data);
	th_arena arena = account->arena; /* the account itself lives in it */
	th_arena_free(&arena);
}

/* A sheet of a workbook of which another was read: that is one input. */
static th_input *same_workbook(const th_account *account, const char *path, const char *sha256)
{
	for (size_t i = 0; th_sheet_mark(path) && i < account->inputs; i++) {
		th_input *input = &account->input[i];
		if (th_slice_eq(th_sheet_file(input->path), th_sheet_file(path)) && strcmp(input->sha256, sha256) == 0)
			return input;
	}
	return NULL;
}

static bool add_sheet(th_account *account, th_input *input, const char *name, const char *zh, const char *en)
{
	th_input_sheet *grown = th_grown_in(&account->arena, input->sheet, input->sheets, sizeof *grown);
	const char *copy = th_arena_copy(&account->arena, th_slice_of(name)).ptr;
	if (!grown || !copy)
		return false;
	input->sheet = grown;
	grown[input->sheets++] = (th_input_sheet){copy, zh, en};
	return true;
}

/* How an office table was understood belongs into the report. */
static bool note_layout(th_account *account, th_input *input, const char *path, const th_layout *layout)
{
	const char *sha256, *zh, *en, *file = th_layout_file(layout, &sha256), *mark = th_sheet_mark(path);
	if (!th_layout_texts(layout, &account->arena, &zh, &en) || (mark && !add_sheet(account, input, mark + 1, zh, en)))
		return false;
	if (!input->layout_zh) {
		input->layout_zh = zh;
		input->layout_en = en;
	}
	if (file && !input->layout_file) {
		input->layout_file = th_arena_copy(&account->arena, th_slice_of(file)).ptr;
		memcpy(input->layout_sha256, sha256, sizeof input->layout_sha256);
	}
	return !file || input->layout_file;
}

static th_status note_sheet(th_account *account, th_input *input, const th_inventory *inventory, const char *path)
{
	const th_layout *layout = th_inventory_layout(inventory);
	if (th_sheet_mark(input->path))
		input->path = th_arena_copy(&account->arena, th_sheet_file(input->path)).ptr;
	input->rows += th_inventory_rows(inventory);
	return input->path && (!layout || note_layout(account, input, path, layout)) ? TH_OK : TH_SYSTEM;
}

static const char *joined(th_account *account, const th_input *input, bool zh)
{
	th_buf text = {0};
	for (size_t i = 0; i < input->sheets; i++) {
		th_buf_str(&text, i == 0 ? "" : zh ? "；" : "; ");
		th_buf_str(&text, zh ? input->sheet[i].zh : input->sheet[i].en);
	}
	const char *copy = text.failed ? NULL : th_arena_copy(&account->arena, th_buf_view(&text)).ptr;
	th_buf_free(&text);
	return copy;
}

/* Of several sheets the lines of all, which name their sheets. */
static bool join_layouts(th_account *account)
{
	bool ok = true;
	for (size_t i = 0; i < account->inputs && ok; i++) {
		th_input *input = &account->input[i];
		if (input->sheets < 2)
			continue;
		input->layout_zh = joined(account, input, true);
		input->layout_en = joined(account, input, false);
		ok = input->layout_zh && input->layout_en;
	}
	return ok;
}

static th_status note_input(th_shard *shard, th_account *account, const th_inventory *inventory, const char *path, size_t number)
{
	const th_rows *table = th_inventory_table(inventory);
	th_input *same = same_workbook(account, path, th_rows_sha256(table));
	if (same)
		return note_sheet(account, same, inventory, path);
	th_input *input = &account->input[account->inputs];
	*input = (th_input){.unfilled = input->unfilled, .unfilled_line = input->unfilled_line, .path = path, .encoding = th_rows_encoding(table), .rows = th_inventory_rows(inventory),
	                    .delimiter = th_rows_delimiter(table),
	                    .ambiguous = th_rows_ambiguous(table)};
	snprintf(input->sha256, sizeof input->sha256, "%s", th_rows_sha256(table));
	input->encoding = th_arena_copy(&account->arena, th_slice_of(input->encoding)).ptr;
	if (input->ambiguous) {
		const th_line first = {.line = 1};
		const th_now now = {.order = th_order_of(number, 1), .file = path, .line = &first};
		th_caveat_line(shard, th_caveat_number(shard, TH_ENCODING_GUESSED, path, input->encoding, (char *)NULL), &now);
	}
	account->inputs++;
	const th_layout *layout = th_inventory_layout(inventory);
	return input->encoding && (!layout || note_layout(account, input, path, layout)) ? TH_OK : TH_SYSTEM;
}

/* All headers are read before any line: whether instruments occur decides what every line of power must carry. */
static th_status open_inventories(th_frame *frame, const th_inventories_by *by, th_diags *diags, th_inventory **open)
{
	const th_account_options *o = frame->options;
	th_status worst = TH_OK;
	for (size_t i = 0; i < o->inventories; i++) {
		th_status status = th_inventory_open(frame->reference, o->inventory[i], by->encoding, &by->layout, diags, &open[i]);
		worst = status > worst ? status : worst;
		frame->market_column |= status == TH_OK && th_inventory_has(open[i], TH_COL_INSTRUMENT);
	}
	return worst;
}

/* The tables that count, in the arena, and how they are read. */
static th_status list_inventories(const th_reference *reference, const th_account_options *o, th_arena *arena, th_diags *diags, th_inventories_by *by, const char ***list, size_t *listed)
{
	*by = (th_inventories_by){.counts = true, .encoding = TH_ENC_AUTO, .layout = {.file = o->layout, .year = o->year}};
	if (o->encoding && !th_encoding_named(o->encoding, &by->encoding)) {
		th_report(diags, TH_OPTION_ENCODING, (th_pos){NULL, 0, 0, NULL}, o->encoding, "utf-8, gb18030, gbk, utf-16le, utf-16be", (char *)NULL);
		return TH_USAGE;
	}
	return th_inventories_list(reference, o->inventory, o->inventories, by, arena, diags, list, listed);
}

/* What tables sum since January, over all that were opened. */
static th_status compare_layouts(const th_frame *frame, th_inventory **open, th_diags *diags)
{
	size_t inventories = frame->options->inventories, layouts = 0;
	th_layout **layout = th_calloc(inventories + 1, sizeof(th_layout *));
	if (!layout)
		return th_no_memory(diags);
	for (size_t i = 0; i < inventories; i++)
		if (th_inventory_layout(open[i]))
			layout[layouts++] = th_inventory_layout(open[i]);
	th_status status = th_layouts_compare(layout, layouts, diags);
	free(layout);
	return status;
}

/* The lines of all that could be opened; *worst is the status so far. */
static th_status run_lines(th_shard *shard, th_account *account, th_inventory **open, th_status worst)
{
	const th_account_options *o = shard->frame->options;
	th_crew *crew = th_crew_new(shard, o->threads);
	account->input = th_arena_alloc(&account->arena, o->inventories ? o->inventories : 1, sizeof *account->input);
	if (!account->input || !crew)
		worst = TH_SYSTEM;
	for (size_t i = 0; i < o->inventories && worst != TH_SYSTEM; i++) {
		if (!open[i])
			continue;
		th_status status = th_crew_read(crew, open[i], o->inventory[i], i, &account->input[account->inputs]);
		if (status == TH_OK)
			status = note_input(shard, account, open[i], o->inventory[i], i);
		worst = status > worst ? status : worst;
	}
	th_diags_at(shard->diags, 0);
	if (worst != TH_SYSTEM && !join_layouts(account))
		worst = TH_SYSTEM;
	if (worst != TH_SYSTEM) {
		th_status merged = th_crew_merge(crew);
		worst = merged > worst ? merged : worst;
	}
	th_crew_free(crew);
	if (th_firsts_failed(shard->frame->firsts))
		worst = TH_SYSTEM;
	return worst;
}

static th_status run_frame(th_frame *frame, const th_inventories_by *by, const struct th_facts *facts, th_diags *diags, th_account *account)
{
	size_t inventories = frame->options->inventories;
	th_inventory **open = th_calloc(inventories ? inventories : 1, sizeof *open);
	th_shard shard = {0};
	th_status status = open && th_shard_make(&shard, frame, diags) ? open_inventories(frame, by, diags, open) : TH_SYSTEM;
	shard.kept = th_kept_for(frame->options->kept, frame->reference);
	if (status == TH_OK)
		status = compare_layouts(frame, open, diags);
	th_firsts_open(frame->firsts, open, open ? inventories : 0);
	if (status == TH_OK || status == TH_INVALID)
		status = run_lines(&shard, account, open, status);
	if (status == TH_OK && th_shard_sound(&shard))
		status = th_landfill_run(&shard);
	if (status == TH_OK && th_shard_sound(&shard))
		status = th_finish(&shard, facts, account);
	for (size_t i = 0; i < inventories && open; i++)
		th_inventory_close(open[i]);
	free(open);
	th_shard_free(&shard);
	return status;
}

/* False without memory. */
static bool note_asked(th_account *account, const th_account_options *o)
{
	th_asked *asked = &account->asked;
	const struct { const char *given, **kept; } word[] = {
		{o->profile, &asked->profile}, {o->gwp, &asked->gwp}, {o->encoding, &asked->encoding}, {o->gas_condition, &asked->gas_condition},
		{o->by, &asked->by}, {o->layout, &asked->layout},
	};
	*asked = (th_asked){.inventories = o->inventories, .year = o->year, .fallback_nearest = o->fallback_nearest};
	asked->inventory = th_arena_alloc(&account->arena, o->inventories + 1, sizeof *asked->inventory);
	bool kept = asked->inventory != NULL;
	for (size_t i = 0; i < o->inventories && kept; i++)
		kept = (asked->inventory[i] = th_arena_copy(&account->arena, th_slice_of(o->inventory[i])).ptr) != NULL;
	for (size_t i = 0; i < sizeof word / sizeof *word && kept; i++)
		kept = !word[i].given || (*word[i].kept = th_arena_copy(&account->arena, th_slice_of(word[i].given)).ptr) != NULL;
	return kept;
}

static th_status run_facts(const th_reference *reference, const th_account_options *given, const struct th_facts *facts, th_diags *diags,
                           th_account **out)
{
	th_arena arena = {0};
	th_account *account = th_arena_alloc(&arena, 1, sizeof *account);
	if (!account)
		return th_no_memory(diags);
	account->arena = arena;
	th_frame frame = {0};
	th_facts read;
	size_t errors = th_diags_errors(diags);
	th_account_options own = *given;
	const th_account_options *options = &own;
	const char **inventory = NULL;
	th_inventories_by by;
	th_status listed = list_inventories(reference, given, &account->arena, diags, &by, &inventory, &own.inventories);
	th_status said = TH_OK, status = TH_OK;
	own.inventory = inventory;
	if (!facts && options->case_file) {
		said = th_facts_load(reference, options->case_file, &account->arena, diags, &read);
		facts = &read;
	}
	status = said == TH_SYSTEM ? said : th_frame_make(&frame, reference, options, facts, diags);
	status = listed > status ? listed : status;
	if (status == TH_OK && !note_asked(account, options))
		status = th_no_memory(diags);
	if (status == TH_OK && options->instruments)
		status = th_instruments_load(reference, options->instruments, &account->arena, diags, &account->instruments);
	frame.instruments = &account->instruments;
	if (status == TH_OK)
		status = run_frame(&frame, &by, facts, diags, account);
	th_frame_free(&frame);
	if (status == TH_OK && th_diags_errors(diags) > errors)
		status = TH_INVALID;
	if (status == TH_OK)
		*out = account;
	else
		th_account_free(account);
	return status;
}

/* Large files are read once, and their encoding is believed until a byte says otherwise; then all is done again, when nobody has heard of it yet. */
static th_status run_once(bool fresh, const th_reference *reference, const th_account_options *options, const struct th_facts *facts, th_diags *diags,
                          th_account **out)
{
	const th_reading as_told = th_diags_reading(diags);
	th_reading reading = as_told;
	reading.once = options->listeners == 0 && fresh && as_told.how != TH_READ_CAREFUL;
	th_diags_read_by(diags, reading);
	th_status status = run_facts(reference, options, facts, diags, out);
	th_diags_read_by(diags, as_told);
	if (!reading.once || !th_diags_doubted(diags) || status == TH_SYSTEM)
		return status; /* a fault of reading is told, not tried again */
	th_account_free(*out);
	*out = NULL;
	th_diags_forget(diags);
	return run_facts(reference, options, facts, diags, out);
}

th_status th_account_run_facts(const th_reference *reference, const th_account_options *options, const struct th_facts *facts,
                               th_diags *diags, th_account **out)
{
	th_mark mark = th_begin(diags);
	*out = NULL;
	th_status status = th_settle(mark, diags, run_once(mark.count == 0, reference, options, facts, diags, out));
	if (status != TH_OK) {
		th_account_free(*out);
		*out = NULL;
	}
	return status;
}

th_status th_account_run(const th_reference *reference, const th_account_options *options, th_diags *diags, th_account **out)
{
	return th_account_run_facts(reference, options, NULL, diags, out);
}

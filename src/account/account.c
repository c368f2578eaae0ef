/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine: open the inventories, run their lines, close the books. */

#include <stdlib.h>

#include "account/run.h"

const char *const th_bucket_names[TH_BUCKETS] = {"gross", "biogenic_co2", "removals", "credits", "avoided", "market"};

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

static const char *const by_names[] = {"site", "period", "year", "scope", "activity", "source", "gas"};

static th_status usage(th_run *run, th_code code, const char *found, const char *known)
{
	th_report(run->diags, code, (th_pos){NULL, 0, 0, NULL}, found, known, (char *)NULL);
	return TH_USAGE;
}

static th_status read_by(th_run *run)
{
	th_account *account = run->account;
	th_slice rest = th_slice_of(run->options->by ? run->options->by : "scope,activity"), name;
	account->by = th_arena_alloc(&account->arena, sizeof by_names / sizeof *by_names, sizeof *account->by);
	if (!account->by)
		return TH_SYSTEM;
	while (th_slice_split(&rest, ',', &name)) {
		bool known = false, twice = false;
		for (size_t i = 0; i < account->bys; i++)
			twice |= th_slice_eq(account->by[i], name);
		for (size_t i = 0; i < sizeof by_names / sizeof *by_names && !known && !twice; i++)
			if (th_slice_eq(name, th_slice_of(by_names[i]))) {
				account->by[account->bys++] = th_slice_of(by_names[i]);
				known = true;
			}
		if (!known)
			return usage(run, TH_OPTION_BY, th_z(run, name), "site, period, year, scope, activity, source, gas");
	}
	return TH_OK;
}

static th_status read_profile(th_run *run)
{
	const th_reference *reference = run->reference;
	th_account *account = run->account;
	const char *id = run->options->profile, *gwp = run->options->gwp;
	uint32_t number = id ? th_find_profile(reference, th_slice_of(id)) : 0;
	if (number == TH_NONE) {
		th_buf_clear(&run->text);
		for (uint32_t i = 0; i < reference->profiles; i++) {
			th_buf_str(&run->text, i ? ", " : "");
			th_buf_slice(&run->text, reference->profile[i].id);
		}
		return usage(run, TH_OPTION_PROFILE, id, th_z(run, th_buf_view(&run->text)));
	}
	run->profile = account->profile = &reference->profile[number];
	account->gwp = run->profile->gwp;
	if (gwp) {
		account->gwp = -1;
		for (int i = 0; i < TH_GWP_SETS; i++)
			if (strcmp(gwp, th_gwp_names[i]) == 0)
				account->gwp = i;
		if (account->gwp < 0)
			return usage(run, TH_OPTION_GWP, gwp, "SAR, TAR, AR4, AR5, AR6");
	}
	account->other = th_arena_alloc(&account->arena, reference->profiles, sizeof *account->other);
	if (!account->other)
		return TH_SYSTEM;
	for (uint32_t i = 0; i < reference->profiles; i++)
		if (i != number)
			account->other[account->others++] = (th_profile_total){.profile = i, .computed = true};
	return TH_OK;
}

/* The units that the methods compare with; all are rows of the shipped table. */
static th_status read_units(th_run *run)
{
	const struct { th_unit *unit; const char *text; } wanted[] = {
		{&run->year, "a"}, {&run->volume, "m3"}, {&run->normal_volume, "Nm3"}, {&run->energy_unit, "J"}, {&run->coal, "kgce"},
		{&run->mass, "kg"}, {&run->carbon, "kg C"}, {&run->co2e_mass, "kg CO2e"},
	};
	th_slice at;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		if (th_unit_parse(run->reference->units, th_slice_of(wanted[i].text), wanted[i].unit, &at) != TH_UNIT_OK)
			return th_report(run->diags, TH_DATA_UNIT_MISSING, (th_pos){"units.csv", 0, 0, NULL}, wanted[i].text, "units.csv", (char *)NULL);
	}
	if (run->options->gas_condition) {
		th_buf_clear(&run->text);
		th_buf_printf(&run->text, "m3@%s", run->options->gas_condition);
		if (th_unit_parse(run->reference->units, th_buf_view(&run->text), &run->condition, &at) != TH_UNIT_OK)
			return usage(run, TH_OPTION_CONDITION, run->options->gas_condition, "0C, 15C, 20C, 25C");
		run->has_condition = true;
	}
	return TH_OK;
}

static th_status prepare(th_run *run)
{
	th_account *account = run->account;
	run->recipes = &account->arena;
	run->gas = th_calloc(run->reference->gases ? run->reference->gases : 1, sizeof *run->gas);
	run->use = th_calloc(run->reference->factors ? run->reference->factors : 1, sizeof *run->use);
	run->market_use = th_calloc(run->reference->factors ? run->reference->factors : 1, sizeof *run->market_use);
	account->input = th_arena_alloc(&account->arena, run->options->inventories ? run->options->inventories : 1, sizeof *account->input);
	if (!run->gas || !run->use || !run->market_use || !account->input || !th_quality_new(run))
		return TH_SYSTEM;
	th_status status = read_by(run);
	if (status == TH_OK)
		status = read_profile(run);
	return status == TH_OK ? read_units(run) : status;
}

enum { LINE_BITS = 41 }; /* of an order number: TH_MAX_FILE bytes have no more lines; the inventory stands above them */

static th_status run_inventory(th_run *run, th_inventory *inventory, const char *path, size_t number)
{
	th_line line;
	th_now now = {.inventory = inventory, .line = &line, .file = path, .cell = th_inventory_cell(inventory, TH_COL_QUANTITY)};
	bool end = false;
	th_status status;
	while ((status = th_inventory_next(inventory, &line, &end)) == TH_OK && !end) {
		now.order = (uint64_t)number << LINE_BITS | line.line;
		status = th_run_line(run, &now);
		if (status != TH_OK)
			return status;
	}
	if (status == TH_OK && th_inventory_rows(inventory) == 0 && th_diags_errors(run->diags) == 0)
		th_report(run->diags, TH_INVENTORY_EMPTY, (th_pos){path, 1, 1, NULL}, (char *)NULL);
	return status;
}

static th_status note_input(th_run *run, const th_inventory *inventory, const char *path)
{
	th_account *account = run->account;
	const th_source *source = th_inventory_source(inventory);
	th_input *input = &account->input[account->inputs++];
	*input = (th_input){.path = path, .encoding = th_source_encoding(source), .rows = th_inventory_rows(inventory),
	                    .delimiter = th_inventory_delimiter(inventory),
	                    .ambiguous = th_source_ambiguous(source)};
	memcpy(input->sha256, th_source_sha256(source), sizeof input->sha256);
	input->encoding = th_arena_copy(&account->arena, th_slice_of(input->encoding)).ptr;
	if (input->ambiguous)
		th_caveat_count(run, th_caveat_number(run, TH_ENCODING_GUESSED, path, input->encoding, (char *)NULL), path, 1);
	return input->encoding ? TH_OK : TH_SYSTEM;
}

/* All headers are read before any line: whether instruments occur decides what every line of power must carry. */
static th_status run_inventories(th_run *run)
{
	const th_account_options *o = run->options;
	th_encoding encoding = TH_ENC_AUTO;
	if (o->encoding && !th_encoding_named(o->encoding, &encoding))
		return usage(run, TH_OPTION_ENCODING, o->encoding, "utf-8, gb18030, gbk, utf-16le, utf-16be");
	th_inventory **open = th_calloc(o->inventories ? o->inventories : 1, sizeof *open);
	if (!open)
		return TH_SYSTEM;
	th_status worst = TH_OK;
	for (size_t i = 0; i < o->inventories; i++) {
		th_status status = th_inventory_open(run->reference, o->inventory[i], encoding, run->diags, &open[i]);
		worst = status > worst ? status : worst;
		if (status == TH_OK && th_inventory_has(open[i], TH_COL_INSTRUMENT))
			run->market_column = true;
	}
	for (size_t i = 0; i < o->inventories && worst != TH_SYSTEM; i++) {
		if (!open[i])
			continue;
		th_status status = run_inventory(run, open[i], o->inventory[i], i);
		if (status == TH_OK)
			status = note_input(run, open[i], o->inventory[i]);
		worst = status > worst ? status : worst;
		th_inventory_close(open[i]);
		open[i] = NULL;
	}
	for (size_t i = 0; i < o->inventories; i++)
		th_inventory_close(open[i]);
	free(open);
	return worst;
}

static void release(th_run *run)
{
	th_arena_free(&run->scratch);
	th_arena_free(&run->spill);
	th_buf_free(&run->key);
	th_buf_free(&run->text);
	th_intern_free(&run->period_text);
	th_intern_free(&run->period_kind);
	th_intern_free(&run->recipe_key);
	th_intern_free(&run->group_key);
	th_intern_free(&run->caveat_key);
	free(run->period);
	free(run->recipe);
	free(run->gas);
	free(run->use);
	free(run->market_use);
	free(run->deposit);
	th_quality_free(run);
}

static th_status run_facts(const th_reference *reference, const th_account_options *options, const struct th_facts *facts, th_diags *diags,
                           th_account **out)
{
	th_arena arena = {0};
	th_account *account = th_arena_alloc(&arena, 1, sizeof *account);
	if (!account)
		return th_no_memory(diags);
	account->arena = arena;
	account->reference = reference;
	th_run run = {.reference = reference, .options = options, .facts = facts, .account = account, .diags = diags};
	th_status status = prepare(&run);
	if (status == TH_OK)
		status = run_inventories(&run);
	if (status == TH_OK && th_diags_errors(diags) == 0)
		status = th_run_deposits(&run);
	if (status == TH_OK && th_diags_errors(diags) == 0)
		status = th_run_finish(&run);
	if (status == TH_OK && th_diags_errors(diags) > 0)
		status = TH_INVALID;
	if (status == TH_SYSTEM && run.entry_status != TH_SYSTEM && th_diags_errors(diags) == 0) /* what a listener lacks, it says itself */
		th_no_memory(diags);
	release(&run);
	if (status == TH_OK)
		*out = account;
	else
		th_account_free(account);
	return status;
}

th_status th_account_run_facts(const th_reference *reference, const th_account_options *options, const struct th_facts *facts,
                               th_diags *diags, th_account **out)
{
	th_mark mark = th_begin(diags);
	*out = NULL;
	th_status status = th_settle(mark, diags, run_facts(reference, options, facts, diags, out));
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the entries of an account to footprints: what lines say of products is gathered while the account is computed, and divided behind it. */
#include "footprint/footprint.h"

#include <stdlib.h>

#include "base/list.h"
#include "footprint/dividing.h"
#include "uncertainty/uncertainty.h"

static const char usual_profile[] = "product-footprint";

static th_flow *flow_for(th_gathered *g, const th_entry *e)
{
	th_buf key = {0};
	th_put_flow_key(&key, e);
	uint32_t number = key.failed ? TH_NONE : th_intern_add(&g->key, th_buf_view(&key));
	th_buf_free(&key);
	if (number == TH_NONE)
		return NULL;
	if (number < g->count)
		return &g->flow[number];
	th_flow *grown = th_grown(g->flow, g->count, sizeof *grown);
	if (!grown)
		return NULL;
	g->flow = grown;
	th_flow *flow = &grown[g->count];
	*flow = (th_flow){
		.product = th_arena_copy(g->arena, e->product), .stage = th_arena_copy(g->arena, e->stage), .share = th_arena_copy(g->arena, e->share),
		.activity = e->activity, .factor = e->factor, .gas = e->gas, .bucket = e->bucket, .grade = e->grade, .primary = th_entry_primary(e), .span = e->span, .order = e->order, .file = e->file, .line = e->line,
	};
	if (!flow->product.ptr || !flow->stage.ptr || !flow->share.ptr)
		return NULL;
	g->count++;
	return th_sure_flow(g->sure, flow) == TH_OK ? flow : NULL;
}

static th_status gather(void *context, const th_entry *e)
{
	th_gathered *g = context;
	if (e->bucket == TH_ENERGY || e->bucket == TH_MARKET)
		return TH_OK;
	th_flow *flow = flow_for(g, e);
	if (!flow)
		return TH_SYSTEM;
	if (!th_mass_add(&flow->mass, e->mass) || !th_mass_add(&flow->co2e, e->co2e))
		g->large = true;
	flow->lines++;
	return th_sure_entry(g->sure, flow, e);
}

/* The account with us among its listeners. */
static th_status run_account(const th_reference *reference, const th_footprint_options *asked, th_gathered *g, th_diags *diags, th_account **out)
{
	const th_account_options *given = asked->account;
	th_account_options options = *given;
	th_listener *listener = th_arena_alloc(g->arena, given->listeners + 1, sizeof *listener);
	if (!listener)
		return th_no_memory(diags);
	for (size_t i = 0; i < given->listeners; i++)
		listener[i] = given->listener[i];
	listener[options.listeners++] = (th_listener){.entry = gather, .context = g};
	options.listener = listener;
	options.profile = given->profile ? given->profile : usual_profile;
	return th_uncertainty_run(reference, &options, asked->uncertainty, diags, out);
}

static th_status find_shown(th_footprints *f, const char *product, th_diags *diags)
{
	if (!product)
		return TH_OK;
	f->shown = th_index_of(th_product_find(&f->products, th_slice_of(product)));
	if (th_index_is(f->shown))
		return TH_OK;
	th_buf known = {0};
	for (size_t i = 0; i < f->products.count; i++) {
		th_buf_str(&known, i ? ", " : "");
		th_buf_slice(&known, f->products.row[i].id);
	}
	th_buf_char(&known, '\0');
	th_status said = known.failed ? th_no_memory(diags) : th_report(diags, TH_PRODUCT_ASKED, (th_pos){f->products.path, 0, 0, NULL}, product, known.ptr, (char *)NULL);
	th_buf_free(&known);
	return said == TH_SYSTEM ? said : TH_USAGE;
}

static th_status run(const th_reference *reference, const th_footprint_options *options, th_diags *diags, th_footprints *f)
{
	th_sure sure = {.f = f};
	th_gathered g = {.arena = &f->arena, .sure = &sure};
	f->reference = reference;
	th_status status = th_products_load(reference, options->products, &f->arena, diags, &f->products), asked = TH_OK;
	if (status == TH_OK && f->products.count == 0)
		status = th_report(diags, TH_PRODUCTS_EMPTY, (th_pos){f->products.path, 1, 0, NULL}, (char *)NULL);
	if (status == TH_OK)
		asked = find_shown(f, options->product, diags);
	if (status == TH_OK && asked == TH_OK)
		status = th_sure_open(&sure, f, options->uncertainty, diags);
	th_status account = status == TH_SYSTEM || asked != TH_OK ? asked : run_account(reference, options, &g, diags, &f->account);
	if (status == TH_OK)
		status = asked != TH_OK ? asked : account;
	f->flow = g.flow;
	f->flows = g.count;
	f->flow_key = g.key;
	if (status == TH_OK)
		status = th_footprints_divide(f, g.large, diags);
	if (status == TH_OK)
		status = th_sure_finish(&sure);
	th_sure_close(&sure);
	return status;
}

th_status th_footprint_run(const th_reference *reference, const th_footprint_options *options, th_diags *diags, th_footprints **out)
{
	th_mark mark = th_begin(diags);
	*out = NULL;
	th_footprints *f = th_calloc(1, sizeof *f);
	th_status status = th_settle(mark, diags, f ? run(reference, options, diags, f) : th_no_memory(diags));
	if (status == TH_OK)
		*out = f;
	else
		th_footprints_free(f);
	return status;
}

void th_footprints_free(th_footprints *f)
{
	if (!f)
		return;
	th_account_free(f->account);
	for (size_t i = 0; i < f->count; i++)
		th_uncertainty_free(f->product[i].uncertainty);
	th_intern_free(&f->flow_key);
	free(f->flow);
	th_arena_free(&f->arena);
	free(f);
}

const th_account *th_footprints_account(const th_footprints *f)
{
	return f->account;
}

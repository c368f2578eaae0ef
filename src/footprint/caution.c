/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "footprint/dividing.h"

#include "base/list.h"

static bool tell(th_footprints *f, th_code code, const char *file, size_t line, const th_slice *arg, size_t args)
{
	th_footprint_caveat *grown = th_grown_in(&f->arena, f->caveat, f->caveats, sizeof *grown);
	if (!grown)
		return false;
	f->caveat = grown;
	th_footprint_caveat *caveat = &grown[f->caveats++];
	*caveat = (th_footprint_caveat){.code = code, .file = file, .line = line};
	for (; caveat->args < args; caveat->args++) {
		caveat->arg[caveat->args] = th_arena_copy(&f->arena, arg[caveat->args]);
		if (!caveat->arg[caveat->args].ptr)
			return false;
	}
	return true;
}

/* About one product, with a mass in tonnes where there is one. */
static bool say(th_footprints *f, const th_footprint *p, th_code code, const th_mass *mass)
{
	th_buf tonnes = {0};
	if (mass)
		th_put_mass(&tonnes, *mass, 3);
	th_slice arg[] = {p->product->id, mass ? th_buf_view(&tonnes) : TH_S("")};
	bool good = !tonnes.failed && tell(f, code, f->products.path, p->product->line, arg, mass ? 2 : 1);
	th_buf_free(&tonnes);
	return good;
}

static bool say_stage(th_footprints *f, const th_footprint *p, th_life_stage stage)
{
	th_buf both = {0};
	th_put_column_called(f->reference->columns, "inventory.stage", th_slice_of(th_life_stages[stage]), &both);
	th_slice arg[] = {p->product->id, th_buf_view(&both)};
	bool good = !both.failed && tell(f, TH_FOOTPRINT_STAGE_MISSING, f->products.path, p->product->line, arg, 2);
	th_buf_free(&both);
	return good;
}

/* A stage of its life of which no line tells: missing is not zero. */
static bool doubt_stages(th_footprints *f, const th_footprint *p)
{
	const th_life_stage last = p->product->boundary == TH_TO_GATE ? TH_STAGE_PRODUCTION : TH_STAGE_END_OF_LIFE;
	for (th_life_stage stage = 0; stage <= last; stage++) {
		if (!p->has_stage[stage] && !say_stage(f, p, stage))
			return false;
	}
	return !p->has_stage[TH_STAGE_UNSTATED] || say(f, p, TH_FOOTPRINT_STAGE_UNSTATED, &p->stage[TH_STAGE_UNSTATED]);
}

static bool doubt_cut_off(th_footprints *f, const th_footprint *p)
{
	const th_product *product = p->product;
	if (p->cut_off == TH_CUT_OFF_BROKEN) {
		th_slice arg[] = {product->id, product->excluded_text, product->cut_off_text};
		return tell(f, TH_FOOTPRINT_CUT_OFF, f->products.path, product->line, arg, 3);
	}
	return p->cut_off == TH_CUT_OFF_KEPT || (!product->excluded.len && !product->has_excluded) || say(f, p, TH_FOOTPRINT_CUT_OFF_OPEN, NULL);
}

/* What it is allocated by is of one unit of the output; who counts in another declared unit may have meant that one. */
static bool doubt_basis(th_footprints *f, const th_footprint *p)
{
	const th_product *product = p->product;
	th_slice basis = product->allocation == TH_ALLOCATE_PHYSICAL ? product->physical_text : product->price_text;
	th_slice arg[] = {product->id, basis, product->output_unit};
	return !p->has_allocated || th_says_nothing(basis) || th_slice_eq(product->of, product->output_unit) ||
	       tell(f, TH_FOOTPRINT_BASIS, f->products.path, product->line, arg, 3);
}

static bool doubt(th_footprints *f, const th_footprint *p)
{
	return doubt_stages(f, p) && doubt_cut_off(f, p) && doubt_basis(f, p) && (!p->grid || say(f, p, TH_FOOTPRINT_GRID, &p->grid)) &&
	       (!p->credits || say(f, p, TH_FOOTPRINT_CREDITS, &p->credits)) && (!p->beyond || say(f, p, TH_FOOTPRINT_BEYOND, &p->beyond)) &&
	       (!p->other_time || say(f, p, TH_FOOTPRINT_OTHER_TIME, &p->other_time));
}

bool th_footprints_doubt(th_footprints *f)
{
	for (size_t i = 0; i < f->count; i++)
		if (TH_FOOTPRINT_SHOWN(f, i) && !doubt(f, &f->product[i]))
			return false;
	return true;
}

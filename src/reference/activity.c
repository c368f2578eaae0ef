/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/load.h"

const char *const th_method_names[TH_METHODS] = {
	"activity_factor", "combustion", "electricity", "heat", "refrigerant", "carbonate", "wastewater", "landfill", "incineration", "sink",
	"credit", "avoided", "energy_only",
};

/* --- regions --- */

enum { R_REGION, R_PARENT, R_NAME_ZH, R_NAME_EN, R_ALIASES, R_COUNT };
static const th_column region_columns[R_COUNT] = {
	{"region", true}, {"parent", true}, {"name_zh", true}, {"name_en", true}, {"aliases", true},
};

static th_slice region_id(const void *list, uint32_t number)
{
	return ((const th_region *)list)[number].id;
}

static void name_all(th_loader *l, th_names *names, const size_t column[4], uint32_t number, th_slice id,
                     th_slice (*id_of)(const void *, uint32_t), const void *list)
{
	for (int i = 0; i < 3; i++)
		th_loader_name(l, column[i], names, th_loader_cell(l, column[i]), number, id, id_of, list);
	th_slice rest = th_loader_cell(l, column[3]), alias;
	while (th_slice_split(&rest, ';', &alias))
		th_loader_name(l, column[3], names, alias, number, id, id_of, list);
}

static void region_row(th_loader *l, th_reference *r)
{
	static const size_t names[] = {R_REGION, R_NAME_ZH, R_NAME_EN, R_ALIASES};
	th_region region = {0};
	th_slice parent = th_loader_cell(l, R_PARENT);
	if (!th_loader_filled(l, R_REGION))
		return;
	/* A parent stands above its children, so that no region can be its own ancestor. */
	for (uint32_t i = 0; i < r->regions && parent.len; i++)
		if (th_slice_eq(r->region[i].id, parent))
			region.parent = th_index_of(i);
	if (parent.len && !th_index_is(region.parent))
		TH_FAIL(l, R_PARENT, TH_CELL_NOT_FOUND, th_loader_text(l, parent), "regions.csv", NULL);
	th_region *grown = th_grown(r->region, r->regions, sizeof *grown);
	if (!grown) {
		th_loader_no_memory(l);
		return;
	}
	r->region = grown;
	if (!th_loader_copy(l, &r->arena, th_loader_cell(l, R_REGION), &region.id) ||
	    !th_loader_copy(l, &r->arena, th_loader_cell(l, R_NAME_ZH), &region.name_zh) ||
	    !th_loader_copy(l, &r->arena, th_loader_cell(l, R_NAME_EN), &region.name_en))
		return;
	r->region[r->regions] = region;
	name_all(l, &r->index->region, names, r->regions++, region.id, region_id, r->region);
}

th_status th_regions_load(th_reference *r, const char *dir, th_diags *diags)
{
	th_loader l;
	if (th_loader_open_data(&l, &r->arena, dir, "regions.csv", region_columns, R_COUNT, diags))
		while (th_loader_next(&l))
			region_row(&l, r);
	return th_loader_close(&l);
}

/* --- activities --- */

enum { A_ACTIVITY, A_NAME_ZH, A_NAME_EN, A_ALIASES, A_SCOPE, A_ISO, A_METHOD, A_KIND, A_STATE, A_ENERGY, A_NON_FOSSIL, A_CONTINUOUS, A_APART, A_CARBON, A_COUNT };
static const th_column activity_columns[A_COUNT] = {
	{"activity", true}, {"name_zh", true}, {"name_en", true}, {"aliases", true}, {"scope", true}, {"iso_category", true}, {"method", true},
	{"kind", true}, {"state", true}, {"energy", true}, {"non_fossil", true}, {"continuous", false}, {"apart", false}, {"carbon", false},
};

static th_slice activity_id(const void *list, uint32_t number)
{
	return ((const th_activity *)list)[number].id;
}

uint32_t th_activity_add(th_reference *r, const th_activity *activity)
{
	th_activity *grown = th_grown(r->activity, r->activities, sizeof *grown);
	if (!grown)
		return TH_NONE;
	r->activity = grown;
	r->activity[r->activities] = *activity;
	return r->activities++;
}

static void find_energy(th_loader *l, const th_reference *r, th_activity *activity)
{
	th_slice name = th_loader_cell(l, A_ENERGY);
	if (name.len == 0)
		return;
	for (uint32_t i = 0; i < r->energies; i++)
		if (th_slice_eq(r->energy[i].activity, name))
			*(r->energy[i].equal ? &activity->energy_equal : &activity->energy) = th_index_of(i);
	if (!th_index_is(activity->energy) && !th_index_is(activity->energy_equal))
		TH_FAIL(l, A_ENERGY, TH_CELL_NOT_FOUND, th_loader_text(l, name), "energy.csv", NULL);
}

static void activity_row(th_loader *l, th_reference *r)
{
	static const char *const scopes[] = {"", "1", "2", "3"};
	static const char *const categories[] = {"", "1", "2", "3", "4", "5", "6"};
	static const char *const kinds[] = {"emission", "removal", "credit", "avoided", ""};
	static const char *const states[] = {"", "gas", "liquid", "solid", "coal"};
	static const char *const carbons[] = {"", "aircraft", "land_use"};
	static const char *const answers[] = {"", "no", "yes"};
	static const size_t names[] = {A_ACTIVITY, A_NAME_ZH, A_NAME_EN, A_ALIASES};
	th_activity activity = {0};
	size_t scope, category, method, kind, state, answer, continuous, carbon;
	bool ok = th_loader_filled(l, A_ACTIVITY);
	ok &= th_loader_choice(l, A_SCOPE, scopes, 4, &scope);
	ok &= th_loader_choice(l, A_ISO, categories, 7, &category);
	ok &= th_loader_choice(l, A_METHOD, th_method_names, TH_METHODS, &method);
	ok &= th_loader_choice(l, A_KIND, kinds, 5, &kind);
	ok &= th_loader_choice(l, A_STATE, states, 5, &state);
	ok &= th_loader_choice(l, A_NON_FOSSIL, answers, 3, &answer);
	ok &= th_loader_choice(l, A_CONTINUOUS, answers, 3, &continuous);
	ok &= th_loader_choice(l, A_CARBON, carbons, 3, &carbon);
	find_energy(l, r, &activity);
	activity.scope = (int)scope;
	activity.iso_category = (int)category;
	activity.method = (th_method)method;
	activity.kind = kind == 4 ? TH_KIND_EMISSION : (th_kind)kind;
	activity.state = th_slice_of(ok ? states[state] : "");
	activity.gas = state == 1;
	activity.coal = state == 4;
	activity.non_fossil = answer == 2;
	activity.continuous = continuous == 2;
	activity.carbon = (th_gas_of)carbon;
	if (!ok || !th_loader_copy(l, &r->arena, th_loader_cell(l, A_ACTIVITY), &activity.id) ||
	    !th_loader_copy(l, &r->arena, th_loader_cell(l, A_APART), &activity.apart) ||
	    !th_loader_copy(l, &r->arena, th_loader_cell(l, A_NAME_ZH), &activity.name_zh) ||
	    !th_loader_copy(l, &r->arena, th_loader_cell(l, A_NAME_EN), &activity.name_en))
		return;
	uint32_t number = th_activity_add(r, &activity);
	if (number == TH_NONE)
		th_loader_no_memory(l);
	else
		name_all(l, &r->index->activity, names, number, activity.id, activity_id, r->activity);
}

th_status th_activities_load(th_reference *r, const char *dir, th_diags *diags)
{
	th_loader l;
	if (th_loader_open_data(&l, &r->arena, dir, "activities.csv", activity_columns, A_COUNT, diags))
		while (th_loader_next(&l))
			activity_row(&l, r);
	return th_loader_close(&l);
}

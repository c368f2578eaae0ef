/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said while a recipe is made. */

#include "account/frame.h"

const char *th_z(th_shard *shard, th_slice text)
{
	th_slice copy = th_arena_copy(&shard->scratch, text);
	return copy.ptr ? copy.ptr : "";
}

const char *th_z_both(th_shard *shard, th_slice en, th_slice zh)
{
	th_buf both = {0};
	th_buf_both(&both, en, zh);
	const char *text = both.failed ? "" : th_z(shard, th_buf_view(&both));
	th_buf_free(&both);
	return text;
}

const char *th_z_unit(th_shard *shard, th_slice text)
{
	th_buf zh = {0};
	th_unit_put_name(shard->frame->reference->units, text, TH_LANG_ZH, &zh);
	const char *both = zh.failed ? th_z(shard, text) : th_z_both(shard, text, th_buf_view(&zh));
	th_buf_free(&zh);
	return both;
}

const char *th_z_activity(th_shard *shard, const th_activity *activity)
{
	return th_z_both(shard, activity->name_en, activity->name_zh);
}

const char *th_z_profile(th_shard *shard, const th_profile *profile)
{
	return th_z_both(shard, profile->name_en, profile->name_zh);
}

const char *th_z_region(th_shard *shard, const th_reference *reference, th_slice text)
{
	uint32_t region = th_find_region(reference, text);
	return region == TH_NONE ? th_z(shard, text) : th_z_both(shard, reference->region[region].name_en, reference->region[region].name_zh);
}

/* Lines of a stream have no cells. */
static th_pos place(const th_now *now, th_inventory_column column)
{
	return now->inventory ? th_inventory_place(now->inventory, column) : (th_pos){now->file, now->line->line, 1, "quantity"};
}

th_status th_cell_error(th_shard *shard, const th_now *now, th_code code, th_inventory_column column, const char *more)
{
	return th_report(shard->diags, code, place(now, column), th_z(shard, now->line->cell[column]), more, (char *)NULL);
}

th_status th_number_error(th_shard *shard, const th_now *now, th_number kind, th_inventory_column column)
{
	th_slice text = now->line->cell[column];
	static const th_code codes[] = {
		[TH_NUM_EMPTY] = TH_QUANTITY_EMPTY, [TH_NUM_MISSING] = TH_QUANTITY_MISSING, [TH_NUM_PERCENT] = TH_NUMBER_PERCENT,
		[TH_NUM_NONFINITE] = TH_NUMBER_NONFINITE, [TH_NUM_HEX] = TH_NUMBER_HEX, [TH_NUM_RANGE] = TH_NUMBER_RANGE,
		[TH_NUM_GROUPS] = TH_NUMBER_GROUPS, [TH_NUM_UNIT] = TH_NUMBER_UNIT,
		[TH_NUM_EXCEL] = TH_NUMBER_EXCEL, [TH_NUM_ZERO_COMMA] = TH_NUMBER_ZERO_COMMA, [TH_NUM_SEMICOLON] = TH_NUMBER_SEMICOLON,
		[TH_NUM_SEMICOLONS] = TH_NUMBER_SEMICOLONS, [TH_NUM_SIGN_BEHIND] = TH_NUMBER_SIGN_BEHIND, [TH_NUM_BRACKETS] = TH_NUMBER_BRACKETS,
		[TH_NUM_BAD] = TH_NUMBER_BAD,
	};
	char space[2][TH_NUMBER_MEANT];
	return th_report(shard->diags, codes[kind], place(now, column), th_z(shard, text), th_number_meant(text, kind, false, space[0]),
	                 th_number_meant(text, kind, true, space[1]), (char *)NULL);
}

bool th_build_shown(const th_build *build, th_code code)
{
	return build->report && th_diags_takes(build->shard->diags, code, build->now->inventory ? th_inventory_place(build->now->inventory, TH_COL_ACTIVITY).file : NULL);
}

th_unit th_build_unit(const th_build *build, const char *text)
{
	th_unit unit = {0};
	th_slice at;
	if (th_unit_parse(build->frame->reference->units, th_slice_of(text), &unit, &at) != TH_UNIT_OK)
		unit = (th_unit){0};
	return unit;
}

th_status th_build_fail(th_build *build, th_code code, th_inventory_column column, const char *a, const char *b, const char *c)
{
	if (!build->report) {
		/* Another profile cannot compute this line: which activity, in which unit, is what its table row says. */
		th_buf *text = &build->shard->text;
		th_buf_clear(text);
		th_buf_slice(text, build->activity->id);
		th_buf_printf(text, " (%s)", th_z(build->shard, build->unit_text));
		build->missing = th_arena_copy(build->arena, th_buf_view(text));
		return TH_INVALID;
	}
	return th_report(build->shard->diags, code, th_inventory_place(build->now->inventory, column), a, b, c, (char *)NULL);
}

void th_put_series(th_buf *key, const th_line *line, th_slice id, bool apart)
{
	th_buf_clear(key);
	th_buf_slice(key, line->cell[TH_COL_SITE]);
	th_buf_char(key, '\x1f');
	th_buf_slice(key, line->cell[TH_COL_SOURCE]);
	th_buf_char(key, '\x1f');
	th_buf_slice(key, id);
	if (apart)
		th_buf_str(key, "\x1f+");
}

void th_series_key(th_shard *shard, const th_now *now, const th_recipe *recipe)
{
	th_put_series(&shard->key, now->line, recipe->activity->id, recipe->apart);
}

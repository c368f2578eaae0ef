/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Contracts and certificates of electricity: what a line names, what it uses of it, and that none is used beyond what it holds. What is used
 * is summed over all lines, so the order of lines decides nothing. */

#include "account/frame.h"

#include "base/utf8.h"

/* --- what a cell names --- */

static bool is_known(const th_build *build, th_slice id)
{
	return th_instrument_find(build->frame->instruments, id) || th_find_factor(build->frame->reference, id) != TH_NONE;
}

/* The last colon, also a full-width one; text.len: none. */
static size_t find_colon(th_slice text, size_t *width)
{
	static const char wide[] = "\xEF\xBC\x9A";
	size_t found = text.len;
	for (size_t i = 0; i < text.len; i++) {
		bool is_wide = text.len - i >= 3 && memcmp(text.ptr + i, wide, 3) == 0;
		if (text.ptr[i] != ':' && !is_wide)
			continue;
		found = i;
		*width = is_wide ? 3 : 1;
	}
	return found;
}

/* Without the sign for percent at its end, ASCII or full-width. */
static bool take_percent(th_slice *text)
{
	static const char *const signs[] = {"%", "\xEF\xBC\x85"};
	for (size_t i = 0; i < 2; i++) {
		size_t len = strlen(signs[i]);
		if (text->len >= len && memcmp(text->ptr + text->len - len, signs[i], len) == 0) {
			*text = th_slice_trim((th_slice){text->ptr, text->len - len});
			return true;
		}
	}
	return false;
}

th_status th_read_instrument(th_build *build)
{
	th_slice cell = th_build_cell(build, TH_COL_INSTRUMENT);
	size_t width = 0, colon = find_colon(cell, &width);
	unsigned notes;
	build->instrument = cell;
	build->share_text = (th_slice){"", 0};
	build->row = th_instrument_find(build->frame->instruments, cell);
	if (cell.len == 0 || is_known(build, cell))
		return TH_OK;
	th_slice rest = colon < cell.len ? th_slice_trim((th_slice){cell.ptr + colon + width, cell.len - colon - width}) : cell;
	th_slice id = th_slice_trim((th_slice){cell.ptr, colon});
	bool percent = take_percent(&rest);
	if (colon == cell.len && !percent)
		return TH_OK;
	th_number kind = th_number_in(rest, build->now->line->delimiter, &build->share, &notes);
	if (!percent && !th_number_is(kind) && !(colon < cell.len && is_known(build, id)))
		return TH_OK; /* a name with a colon in it */
	if (!percent || !th_number_is(kind) || id.len == 0 || colon == cell.len || build->share.mant <= 0 ||
	    !th_decimal_add(th_decimal_int(100), (th_decimal){-build->share.mant, build->share.exp}, &build->rest) || build->rest.mant < 0)
		return th_build_fail(build, TH_INSTRUMENT_SHARE, TH_COL_INSTRUMENT, th_z(build->shard, cell), "", "");
	build->row = th_instrument_find(build->frame->instruments, id);
	build->instrument = id;
	build->share_text = th_arena_copy(build->arena, rest);
	return build->share_text.ptr ? TH_OK : TH_SYSTEM;
}

bool th_instrument_part(const th_build *build, th_recipe *recipe)
{
	const th_instruments *list = build->frame->instruments;
	th_unit kwh;
	th_slice at;
	if (!build->row || build->activity->method != TH_METHOD_ELECTRICITY ||
	    th_unit_parse(build->frame->reference->units, TH_S("kWh"), &kwh, &at) != TH_UNIT_OK || !th_unit_same_dimension(&kwh, &build->unit))
		return true;
	th_ratio part = th_ratio_one();
	th_ratio_mul_unit(&part, &build->unit);
	th_ratio_div_unit(&part, &kwh);
	if (build->share_text.len) {
		th_ratio_mul(&part, build->share);
		th_ratio_mul_int(&part, 1, 1, -2);
	}
	recipe->instrument = th_index_of((uint32_t)(build->row - list->row));
	th_coef *coef = th_arena_alloc(build->arena, 1, sizeof *coef);
	recipe->of_instrument = coef;
	return coef && th_coef_make(coef, &part, build->arena);
}

/* --- what a line must not be --- */

static void put_part(th_buf *text, th_slice part)
{
	th_buf_slice(text, part);
	th_buf_char(text, ',');
}

/* The row to write in instruments.csv: id,kind,quantity,unit,year,factor. */
static const char *row_to_write(th_shard *shard, const th_now *now, th_slice id)
{
	const th_slice *cell = now->line->cell;
	th_slice quantity = cell[TH_COL_QUANTITY];
	th_buf *text = &shard->text;
	th_period period;
	if (quantity.len && quantity.ptr[0] == '-')
		quantity = (th_slice){quantity.ptr + 1, quantity.len - 1};
	th_buf_clear(text);
	put_part(text, id);
	th_buf_str(text, "certificate,");
	put_part(text, quantity);
	put_part(text, cell[TH_COL_UNIT]);
	if (th_period_parse(cell[TH_COL_PERIOD], &period) == TH_PERIOD_OK)
		th_buf_printf(text, "%d,", period.first_year);
	else
		put_part(text, cell[TH_COL_PERIOD]);
	th_buf_slice(text, th_find_factor(shard->frame->reference, id) == TH_NONE ? TH_S("0") : id);
	return th_z(shard, th_buf_view(text));
}

/* Of a line that takes off, words for a certificate anywhere say what it is. */
static bool find_certificate(th_shard *shard, const th_now *now, th_inventory_column *column)
{
	static const th_inventory_column more[] = {TH_COL_SOURCE, TH_COL_FACTOR, TH_COL_NOTE, TH_COL_EVIDENCE};
	const th_slice *cell = now->line->cell;
	const th_said *said = &shard->said;
	bool negative = th_number_is(said->quantity) && now->quantity.mant < 0;
	if (said->activity->certificate || said->unit->certificate) {
		*column = said->activity->certificate ? TH_COL_ACTIVITY : TH_COL_UNIT;
		return true;
	}
	for (size_t i = 0; negative && i < sizeof more / sizeof *more; i++) {
		th_spelling word;
		*column = more[i];
		if (!th_spell(shard, cell[more[i]], &word) || word.certificate)
			return true; /* without memory the job gives no answer, whatever is said here */
	}
	return false;
}

th_status th_instrument_words(th_shard *shard, const th_now *now)
{
	const th_slice *cell = now->line->cell;
	th_inventory_column column;
	if (!find_certificate(shard, now, &column) || (cell[TH_COL_INSTRUMENT].len && column != TH_COL_ACTIVITY && column != TH_COL_UNIT))
		return TH_OK;
	th_slice id = cell[TH_COL_INSTRUMENT].len ? cell[TH_COL_INSTRUMENT] : cell[TH_COL_FACTOR].len ? cell[TH_COL_FACTOR] : TH_S("GEC-1");
	return th_cell_error(shard, now, TH_CERTIFICATE_AS_LINE, column, row_to_write(shard, now, id));
}

static th_status say_negative(th_shard *shard, const th_now *now)
{
	const th_slice *cell = now->line->cell;
	th_slice id = cell[TH_COL_INSTRUMENT];
	const char *row = row_to_write(shard, now, id);
	th_buf_clear(&shard->text);
	th_buf_slice(&shard->text, cell[TH_COL_QUANTITY]);
	th_buf_char(&shard->text, ' ');
	th_buf_slice(&shard->text, cell[TH_COL_UNIT]);
	return th_report(shard->diags, TH_INSTRUMENT_NEGATIVE, th_inventory_place(now->inventory, TH_COL_QUANTITY),
	                 th_z(shard, th_buf_view(&shard->text)), th_z(shard, id), row, (char *)NULL);
}

th_status th_instrument_line(th_shard *shard, const th_now *now, const th_recipe *recipe)
{
	const th_slice *cell = now->line->cell;
	uint32_t number;
	th_mass used;
	if (cell[TH_COL_INSTRUMENT].len == 0)
		return TH_OK;
	if (now->quantity.mant < 0)
		return say_negative(shard, now);
	if (!th_index_get(recipe->instrument, &number))
		return TH_OK;
	const th_instrument *row = &shard->frame->instruments->row[number];
	if (now->whole.from < row->year.from || now->whole.to > row->year.to)
		return th_report(shard->diags, TH_INSTRUMENT_TIME, th_inventory_place(now->inventory, TH_COL_INSTRUMENT), th_z(shard, cell[TH_COL_INSTRUMENT]),
		                 th_z(shard, row->year_text), th_z(shard, cell[TH_COL_PERIOD]), (char *)NULL);
	th_instrument_use *use = &shard->instrument_use[number];
	use->lines++;
	if (th_coef_apply(recipe->of_instrument, now->quantity, &used) && th_mass_add(&use->used, used))
		return TH_OK;
	return th_cell_error(shard, now, TH_NUMBER_TOO_LARGE, TH_COL_QUANTITY, "");
}

/* --- none beyond what it holds --- */

static const char *show(th_shard *shard, th_mass amount)
{
	th_buf_clear(&shard->text);
	th_put_mass(&shard->text, amount, 0);
	return th_z(shard, th_buf_view(&shard->text));
}

/* The largest share, in whole percent, that would not be too much if all lines named it so. */
static const char *fitting(th_shard *shard, th_mass held, th_mass used)
{
	th_buf_clear(&shard->text);
	th_buf_printf(&shard->text, "%d", (int)(th_mass_double(held) / th_mass_double(used) * 100));
	return th_z(shard, th_buf_view(&shard->text));
}

th_status th_instrument_finish(th_shard *shard, th_account *account)
{
	const th_instruments *list = shard->frame->instruments;
	th_status worst = TH_OK;
	size_t count = list ? list->count : 0;
	account->instrument_use = th_arena_alloc(&account->arena, count ? count : 1, sizeof *account->instrument_use);
	if (!account->instrument_use)
		return TH_SYSTEM;
	for (size_t i = 0; i < count; i++) {
		const th_instrument *row = &list->row[i];
		th_mass used = shard->instrument_use[i].used;
		account->instrument_use[i] = shard->instrument_use[i];
		if (used <= row->held)
			continue;
		th_status status = th_report(shard->diags, TH_INSTRUMENT_OVER_USED, (th_pos){list->path, row->line, row->quantity_column, "quantity"},
		                             th_z(shard, row->id), show(shard, used), show(shard, row->held), show(shard, used - row->held),
		                             fitting(shard, row->held, used), (char *)NULL);
		worst = status > worst ? status : worst;
	}
	return worst;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/measure.h"

#include "case/folder.h"
#include "case/layout.h"

static const char *const effect_names[TH_EFFECTS] = {"reduction", "removal", "credit"};

const char *const th_measure_statuses[TH_MEASURE_STATUSES] = {"planned", "started", "done", "cancelled"};

enum {
	ID, NAME, GROUP, START, END, REDUCTION, UNIT, CAPEX, OPEX, LIFETIME, STATUS, EVIDENCE, NOTE, EFFECT, ACTIVITY, RAMP, SAVINGS, ENERGY_SAVED,
	TO_NON_FOSSIL, EFFECT_START, EFFECT_END, OWNER, STATED_DOMAIN, CONTENT, REQUIRES, EXCLUDES,
	COLUMNS
};
static const th_column columns[COLUMNS] = {
	{"id", true}, {"name", true}, {"group", true}, {"start", TH_COLUMN_DECIDES}, {"end", TH_COLUMN_DECIDES},
	{"reduction", TH_COLUMN_DECIDES}, {"unit", TH_COLUMN_DECIDES}, {"capex", false}, {"opex", false}, {"lifetime", TH_COLUMN_DECIDES},
	{"status", TH_COLUMN_DECIDES}, {"evidence", TH_COLUMN_DECIDES}, {"note", false}, {"effect", TH_COLUMN_DECIDES},
	{"activity", TH_COLUMN_DECIDES}, {"ramp", TH_COLUMN_DECIDES}, {"savings", TH_COLUMN_DECIDES}, {"energy_saved", TH_COLUMN_DECIDES},
	{"to_non_fossil", TH_COLUMN_DECIDES}, {"effect_start", TH_COLUMN_DECIDES}, {"effect_end", TH_COLUMN_DECIDES}, {"owner", false}, {"stated_domain", TH_COLUMN_DECIDES},
	{"content", false}, {"requires", TH_COLUMN_DECIDES}, {"excludes", TH_COLUMN_DECIDES},
};

static const th_text_cell texts[] = {
	{ID, offsetof(th_measure, id)}, {NAME, offsetof(th_measure, name)}, {GROUP, offsetof(th_measure, group)},
	{START, offsetof(th_measure, start_text)}, {END, offsetof(th_measure, end_text)},
	{REDUCTION, offsetof(th_measure, reduction_text)}, {UNIT, offsetof(th_measure, unit_text)},
	{CAPEX, offsetof(th_measure, capex_text)}, {OPEX, offsetof(th_measure, opex_text)},
	{LIFETIME, offsetof(th_measure, lifetime_text)}, {STATUS, offsetof(th_measure, status)},
	{EVIDENCE, offsetof(th_measure, evidence)}, {STATED_DOMAIN, offsetof(th_measure, stated_domain)}, {OWNER, offsetof(th_measure, owner)},
	{CONTENT, offsetof(th_measure, content)}, {REQUIRES, offsetof(th_measure, requires.text)}, {EXCLUDES, offsetof(th_measure, excludes.text)},
};

static void below(th_loader *l, size_t column, const char *expected)
{
	TH_FAIL(l, column, TH_CELL_BELOW_ZERO, th_loader_called(l, column), th_loader_text(l, th_loader_cell(l, column)), expected, NULL);
}

/* What stands under 年减排量 is a year's in any case: t, 吨二氧化碳. */
static bool reduction_unit(th_loader *l, const th_units *units, const th_cell_amount *amount, th_unit *unit, th_unit *kilogram)
{
	bool yearly = th_header_is_yearly(th_loader_header(l, REDUCTION));
	return th_loader_mass_unit_of(l, units, amount->in_header ? REDUCTION : amount->column, amount->unit,
	                              yearly && !memchr(amount->unit.ptr, '/', amount->unit.len) ? "" : "/a", unit, kilogram);
}

static void read_reduction(th_loader *l, const th_units *units, th_measure *m)
{
	th_cell_amount amount;
	th_unit unit, kilogram;
	if (!th_loader_amount(l, units, REDUCTION, UNIT, &amount))
		return;
	m->has_reduction = amount.given;
	if (amount.given && amount.number.mant < 0)
		below(l, REDUCTION, TH_NOT_BELOW_ZERO);
	if (amount.given && amount.unit.len == 0)
		TH_FAIL(l, UNIT, TH_CELL_UNIT_EMPTY, "\xFF" "t CO2e/a" "\xFE" "吨二氧化碳当量/年" "\xFD", NULL);
	else if (amount.unit.len && (amount.given || !amount.in_header) && reduction_unit(l, units, &amount, &unit, &kilogram) && amount.given)
		th_loader_mass(l, REDUCTION, amount.number, &unit, &kilogram, &m->reduction);
}

/* An amount in CNY. Without a unit it is not known, since 1050 may be yuan as well as ten thousand of them. */
static bool read_amount(th_loader *l, const th_units *units, size_t column, bool *has, th_decimal *out, th_measure *m)
{
	static const char *const money[] = {"CNY", "CNY/a", NULL};
	th_cell_amount amount;
	th_unit unit;
	th_slice at;
	*has = false;
	if (!th_loader_amount(l, units, column, COLUMNS, &amount) || !amount.given)
		return false;
	if (th_unit_parse(units, amount.unit, &unit, &at) == TH_UNIT_OK)
		return th_loader_amount_as(l, units, column, &amount, money, "CNY, 万元, 万元/a", has, out);
	m->bare_money = true;
	*out = amount.number; /* its sign at least is known */
	return true;
}

static void read_money(th_loader *l, const th_units *units, th_measure *m)
{
	static const char *const years[] = {"a", NULL};
	if (read_amount(l, units, CAPEX, &m->has_capex, &m->capex, m) && m->capex.mant < 0)
		below(l, CAPEX, TH_NOT_BELOW_ZERO);
	(void)read_amount(l, units, OPEX, &m->has_opex, &m->opex, m);
	if (th_loader_amount_in(l, units, LIFETIME, years, "a, 年, 月", &m->has_lifetime, &m->lifetime) && m->has_lifetime && m->lifetime.mant <= 0)
		below(l, LIFETIME, TH_ABOVE_ZERO);
}

/* Whole months of a lifetime, up to a thousand years. */
static int lifetime_months(th_decimal years)
{
	th_ratio months = th_ratio_one();
	th_mass count;
	th_ratio_mul(&months, years);
	th_ratio_mul_int(&months, 12, 1, -TH_MASS_SCALE);
	return th_ratio_round(&months, &count) && count < 12000 ? (int)count : 12000;
}

static void in_order(th_loader *l, size_t column, size_t first, bool both, const th_period *from, const th_period *to)
{
	if (both && to->to < from->from)
		TH_FAIL(l, column, TH_MEASURE_ORDER, th_loader_text(l, th_loader_cell(l, first)), th_loader_text(l, th_loader_cell(l, column)), NULL);
}

/* Do the steps of the ramp fit into the whole calendar years of the effect, those that a path counts? */
static bool ramp_fits(const th_measure *m)
{
	int first, behind, month, day;
	if (m->ramp <= 1 || !m->dated || m->to >= TH_DAY_MAX - 1 || m->to < m->from)
		return true;
	th_day_split(m->from, &first, &month, &day);
	first += month != 1 || day != 1;
	th_day_split(m->to + 1, &behind, &month, &day);
	return first + m->ramp <= behind;
}

static void read_time(th_loader *l, th_measure *m)
{
	bool has_from, has_to;
	th_period from, to;
	bool start = th_loader_period(l, START, &m->has_start, &m->start), end = th_loader_period(l, END, &m->has_end, &m->end);
	bool effect = th_loader_period(l, EFFECT_START, &has_from, &from), last = th_loader_period(l, EFFECT_END, &has_to, &to);
	m->earliest = TH_DAY_MIN;
	if (!start || !end || !effect || !last)
		return;
	in_order(l, END, START, m->has_start && m->has_end, &m->start, &m->end);
	in_order(l, EFFECT_END, EFFECT_START, has_from && has_to, &from, &to);
	m->dated = has_from || m->has_end;
	m->from = has_from ? from.from : m->has_end ? m->end.to + 1 : TH_DAY_MAX;
	m->earliest = m->dated ? m->from : m->has_start ? m->start.from : TH_DAY_MIN;
	m->to = has_to ? to.to : m->dated && m->has_lifetime ? th_day_after_months(m->from, lifetime_months(m->lifetime)) - 1 : TH_DAY_MAX;
	m->endless = m->dated && !has_to && !m->has_lifetime;
	if (!ramp_fits(m))
		TH_FAIL(l, RAMP, TH_MEASURE_RAMP, th_loader_text(l, th_loader_cell(l, RAMP)), NULL);
}

bool th_measure_begin(th_measure *m, int32_t day)
{
	if (day < m->earliest || day > m->to)
		return false;
	bool ends = m->to != TH_DAY_MAX;
	m->dated = true;
	m->from = m->earliest = day;
	if (!ends && m->has_lifetime)
		m->to = th_day_after_months(day, lifetime_months(m->lifetime)) - 1;
	m->endless = !ends && !m->has_lifetime;
	return ramp_fits(m);
}

int th_measure_steps(const th_measure *m)
{
	return m->ramp > 1 ? m->ramp : 1;
}

static int step_of(const th_measure *m, int months)
{
	return months / 12 + 1 < th_measure_steps(m) ? months / 12 + 1 : th_measure_steps(m);
}

int th_measure_step(const th_measure *m, int32_t day)
{
	return day < m->from || day > m->to ? 0 : step_of(m, th_whole_months(m->from, day - 1));
}

int64_t th_measure_months(const th_measure *m, int32_t from, int32_t to)
{
	int64_t sum = 0;
	from = from > m->from ? from : m->from;
	int months = th_whole_months(from, to < m->to ? to : m->to), behind = from > m->from ? th_whole_months(m->from, from - 1) : 0;
	for (int i = 0; i < months; i++)
		sum += step_of(m, behind + i);
	return sum;
}

/* One of a closed list: a word that nobody knows would count a cancelled measure as a planned one. */
static void read_status(th_loader *l, const th_columns *names, th_measure *m)
{
	th_slice text = th_loader_cell(l, STATUS);
	size_t state = th_column_choice(names, "measures.status", text, th_measure_statuses, TH_MEASURE_STATUSES);
	if (state < TH_MEASURE_STATUSES)
		m->state = (th_measure_status)state;
	else if (text.len)
		TH_FAIL(l, STATUS, TH_MEASURE_STATUS, th_loader_text(l, text), th_loader_words(l, "measures.status", th_measure_statuses, TH_MEASURE_STATUSES), NULL);
}

static void read_effect(th_loader *l, const th_reference *reference, th_measure *m)
{
	th_slice text = th_loader_cell(l, EFFECT), activity = th_loader_cell(l, ACTIVITY);
	size_t effect = th_column_choice(reference->columns, "measures.effect", text, effect_names, TH_EFFECTS);
	if (effect < TH_EFFECTS)
		m->effect = (th_effect)effect;
	else if (text.len)
		TH_FAIL(l, EFFECT, TH_MEASURE_EFFECT, th_loader_text(l, text), th_loader_words(l, "measures.effect", effect_names, TH_EFFECTS), NULL);
	m->activity = th_index_of(activity.len ? th_find_activity(reference, activity) : TH_NONE);
	if (activity.len && !th_index_is(m->activity)) {
		th_buf near = {0};
		if (th_diags_takes(l->diags, TH_MEASURE_ACTIVITY, l->path))
			th_suggest_activities(reference, activity, 1, TH_LANG_ZH, &near);
		TH_FAIL(l, ACTIVITY, TH_MEASURE_ACTIVITY, th_loader_text(l, activity), th_loader_text(l, near.len ? th_buf_view(&near) : TH_S("-")), NULL);
		th_buf_free(&near);
	}
}

static void read_ramp(th_loader *l, const th_units *units, th_measure *m)
{
	static const char *const years[] = {"a", NULL};
	th_decimal number;
	bool given;
	if (!th_loader_amount_in(l, units, RAMP, years, "a, 年, 月", &given, &number) || !given)
		return;
	for (m->ramp = 1; m->ramp <= 50 && th_decimal_cmp(number, th_decimal_int(m->ramp)) != 0; m->ramp++)
		;
	if (m->ramp <= 50)
		return;
	m->ramp = 0;
	TH_FAIL(l, RAMP, TH_MEASURE_RAMP, th_loader_text(l, th_loader_cell(l, RAMP)), NULL);
}

/* kg of standard coal in one unit of what an activity uses, a year's or not; false when its documents give none for such units. */
static bool coal_unit(const th_reference *reference, const th_measure *m, const th_unit *unit, th_ratio *each)
{
	static const char *const coal[] = {"kgce", "kgce/a"};
	const th_activity *activity = TH_AT(reference->activity, m->activity);
	const th_energy *energy = activity ? TH_AT(reference->energy, activity->energy) : NULL;
	for (size_t i = 0; i < sizeof coal / sizeof *coal; i++) {
		th_unit like, product = *unit;
		th_slice at;
		if (th_unit_parse(reference->units, th_slice_of(coal[i]), &like, &at) != TH_UNIT_OK)
			continue;
		bool direct = th_unit_same_dimension(unit, &like);
		if (!direct && energy)
			th_unit_mul(&product, &energy->unit);
		if (!direct && (!energy || product.num == 0 || !th_unit_same_dimension(&product, &like)))
			continue;
		if (!direct)
			th_ratio_mul(each, energy->value);
		th_ratio_mul_unit(each, &product);
		th_ratio_div_unit(each, &like);
		return true;
	}
	return false;
}

/* Standard coal; what is given in units of the measure's activity is counted by its calorific value (当量值). */
static void read_coal(th_loader *l, const th_reference *reference, size_t column, const th_measure *m, th_mass *out)
{
	th_cell_amount amount;
	th_unit unit;
	th_slice at;
	th_ratio mass = th_ratio_one();
	if (!th_loader_amount(l, reference->units, column, COLUMNS, &amount) || !amount.given)
		return;
	if (amount.number.mant < 0) {
		below(l, column, TH_NOT_BELOW_ZERO);
		return;
	}
	th_slice text = amount.unit.len ? amount.unit : TH_S("tce");
	th_ratio_mul(&mass, amount.number);
	if (th_unit_parse(reference->units, text, &unit, &at) != TH_UNIT_OK || !coal_unit(reference, m, &unit, &mass))
		TH_FAIL(l, column, TH_COAL_UNIT, th_loader_text(l, text), columns[column].name, NULL);
	else if (!th_ratio_round(&mass, out))
		TH_FAIL(l, column, TH_NUMBER_TOO_LARGE, th_loader_text(l, th_loader_cell(l, column)), NULL);
}

/* `carrier quantity unit`, one behind another with ; or 、 between. */
static bool one_saving(th_loader *l, const th_units *units, th_arena *arena, th_slice text, th_saving *saving)
{
	th_slice rest = text, carrier = {"", 0}, quantity = {"", 0}, at;
	unsigned notes;
	*saving = (th_saving){0};
	bool parts = th_slice_split(&rest, ' ', &carrier) && th_slice_split(&rest, ' ', &quantity);
	th_number kind = parts ? th_number_in(quantity, th_rows_delimiter(l->rows), &saving->quantity, &notes) : TH_NUM_BAD;
	if (th_number_has_comma(kind)) {
		th_loader_no_number(l, SAVINGS, quantity, kind);
		return false;
	}
	if (!th_loader_taken(l, SAVINGS, kind) || th_unit_parse(units, th_slice_trim(rest), &saving->unit, &at) != TH_UNIT_OK) {
		TH_FAIL(l, SAVINGS, TH_MEASURE_SAVINGS, th_loader_text(l, text), NULL);
		return false;
	}
	return th_loader_copy(l, arena, carrier, &saving->carrier) && th_loader_copy(l, arena, quantity, &saving->quantity_text) &&
	       th_loader_copy(l, arena, th_slice_trim(rest), &saving->unit_text);
}

/* The next part of a list between ; ； and 、. */
static bool next_part(th_slice *rest, th_slice *piece)
{
	static const char *const signs[] = {";", "；", "、"};
	return th_slice_split_any(rest, signs, sizeof signs / sizeof *signs, piece);
}

static void read_savings(th_loader *l, const th_units *units, th_arena *arena, th_measure *m)
{
	th_slice rest = th_loader_cell(l, SAVINGS), all = rest, piece;
	size_t count = 0;
	if (rest.len == 0)
		return;
	while (next_part(&all, &piece))
		count++;
	m->saving = th_arena_alloc(arena, count, sizeof *m->saving);
	if (!m->saving)
		th_loader_no_memory(l);
	while (m->saving && next_part(&rest, &piece))
		if (piece.len && one_saving(l, units, arena, piece, &m->saving[m->savings]))
			m->savings++;
}

static void add_row(th_loader *l, const th_reference *reference, th_arena *arena, th_once *ids, th_measures *out)
{
	th_measure measure = {.line = l->record.line, .group_column = th_loader_at(l, GROUP).column, .domain_column = th_loader_at(l, STATED_DOMAIN).column,
	                      .requires.column = th_loader_at(l, REQUIRES).column, .excludes.column = th_loader_at(l, EXCLUDES).column};
	if (th_loader_filled(l, ID))
		th_loader_once(l, ID, TH_MEASURE_TWICE, arena, ids);
	th_loader_filled(l, NAME);
	th_loader_filled(l, GROUP);
	read_reduction(l, reference->units, &measure);
	read_money(l, reference->units, &measure);
	read_ramp(l, reference->units, &measure);
	read_time(l, &measure);
	read_status(l, reference->columns, &measure);
	read_effect(l, reference, &measure);
	read_savings(l, reference->units, arena, &measure);
	read_coal(l, reference, ENERGY_SAVED, &measure, &measure.energy_saved);
	read_coal(l, reference, TO_NON_FOSSIL, &measure, &measure.to_non_fossil);
	if (!th_loader_texts(l, arena, texts, sizeof texts / sizeof *texts, &measure))
		return;
	out->measure = th_loader_append(l, arena, out->measure, &out->count, &measure, sizeof measure);
}

th_status th_measures_load(const th_reference *reference, const char *path, th_arena *arena, th_diags *diags, th_measures *out)
{
	th_loader l;
	th_once ids = {0};
	th_layout *layout;
	*out = (th_measures){.path = path};
	if (th_case_open_office(&l, reference, TH_CASE_MEASURES, path, columns, COLUMNS, diags, &layout)) {
		while (th_loader_next(&l))
			add_row(&l, reference, arena, &ids, out);
		th_loader_worse(&l, th_measures_link(out, arena, diags));
		th_loader_tell(&l, &out->encoding, out->sha256);
		if (layout && !th_layout_texts(layout, arena, &out->layout_zh, &out->layout_en))
			th_loader_no_memory(&l);
	}
	th_intern_free(&ids.key);
	return th_loader_close(&l);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The account for people. How amounts are shown (display only; th_put_mass in the JSON has every decimal):
 * tonnes with two decimals, thousands grouped; an amount with more decimals is rounded half to even, and the last line of the report
 * says so. An account of less than a tonne is shown in kg, exactly. */
#include "report/report.h"
#include "uncertainty/uncertainty.h"

enum { SHORT_SHA = 12, SIGNIFICANT = 6 };

typedef struct page {
	const th_account *account;
	th_lang lang;
	th_buf *out;
	bool kg;
	bool rounded;
} page;

static th_slice word(const page *p, th_label which)
{
	return th_slice_of(th_word_text(which, p->lang));
}

static void heading(const page *p, th_slice title, const char *unit)
{
	th_buf_char(p->out, '\n');
	th_buf_slice(p->out, title);
	if (unit)
		th_buf_printf(p->out, p->lang == TH_LANG_ZH ? "（%s）" : " (%s)", unit);
	th_buf_char(p->out, '\n');
}

static const char *amount_unit(const page *p)
{
	return p->kg ? "kg CO2e" : "t CO2e";
}

/* The fewest decimals that show a mass of kilograms exactly. */
static int decimals_of_kg(th_mass mass)
{
	int digits = TH_MASS_SCALE;
	for (; digits > 0 && mass % 10 == 0; digits--)
		mass /= 10;
	return digits;
}

static void amount(page *p, th_grid *grid, th_mass mass, bool sign)
{
	const th_mass hundredth_tonne = (th_mass)10 * 1000000000;
	p->rounded |= !p->kg && mass % hundredth_tonne != 0;
	if (sign && mass > 0)
		th_buf_char(&grid->text, '+');
	th_put_mass_rounded(&grid->text, mass, p->kg ? 0 : 3, p->kg ? decimals_of_kg(mass) : 2, true);
	th_grid_end(grid);
}

static void short_sha(th_grid *grid, const char *sha256)
{
	th_buf_str(&grid->text, "sha256 ");
	th_buf_add(&grid->text, sha256, strlen(sha256) < SHORT_SHA ? strlen(sha256) : SHORT_SHA);
}

static void label_row(const page *p, th_grid *grid, th_label label, th_slice text)
{
	if (text.len == 0)
		return;
	th_grid_cell(grid, word(p, label));
	th_grid_cell(grid, text);
}

static void years(const page *p, th_grid *grid)
{
	const th_account *a = p->account;
	for (size_t i = 0, k; i < a->years; i = k + 1) {
		for (k = i; k + 1 < a->years && a->year[k + 1] == a->year[k] + 1; k++)
			;
		if (i > 0)
			th_buf_str(&grid->text, th_word_text(W_COMMA, p->lang));
		th_buf_printf(&grid->text, "%d", a->year[i]);
		if (k > i)
			th_buf_printf(&grid->text, "-%d", a->year[k]);
	}
	if (a->years > 1)
		th_grid_text(grid, word(p, W_YEARS_SUMMED));
	th_grid_end(grid);
}

static void input_row(const page *p, th_grid *grid, const th_input *input)
{
	th_slice comma = word(p, W_COMMA);
	th_grid_cell(grid, word(p, W_INPUT));
	th_grid_text(grid, th_slice_of(input->path));
	th_buf_slice(&grid->text, comma);
	th_grid_text(grid, th_slice_of(input->encoding));
	if (input->ambiguous) {
		th_buf_slice(&grid->text, comma);
		th_buf_slice(&grid->text, word(p, W_AMBIGUOUS));
	}
	th_buf_slice(&grid->text, comma);
	th_put_mass_rounded(&grid->text, (th_mass)input->rows * 1000000000, 0, 0, true);
	th_buf_char(&grid->text, ' ');
	th_buf_slice(&grid->text, word(p, W_ROWS));
	th_buf_slice(&grid->text, comma);
	short_sha(grid, input->sha256);
	th_grid_end(grid);
}

static void put_head(page *p)
{
	const th_account *a = p->account;
	const th_profile *profile = a->profile;
	const th_reference *reference = a->reference;
	th_grid grid = {.align = "ll"};
	th_buf_printf(p->out, "tanhe 碳核 %s  %s\n\n", th_version(), th_word_text(W_TITLE, p->lang));
	th_grid_cell(&grid, word(p, W_PROFILE));
	th_grid_text(&grid, profile->id);
	th_buf_str(&grid.text, "  ");
	th_grid_cell(&grid, th_in_lang(p->lang, profile->name_zh, profile->name_en));
	label_row(p, &grid, W_PURPOSE, th_in_lang(p->lang, profile->purpose_zh, profile->purpose_en));
	label_row(p, &grid, W_DOCUMENT, profile->document);
	label_row(p, &grid, W_GWP, th_slice_of(th_gwp_names[a->gwp]));
	th_grid_cell(&grid, word(p, W_FACTOR_SET));
	th_grid_text(&grid, reference->set_id);
	th_buf_char(&grid.text, ' ');
	th_grid_text(&grid, reference->set_version);
	th_buf_slice(&grid.text, word(p, W_COMMA));
	short_sha(&grid, reference->set_sha256);
	th_grid_end(&grid);
	for (size_t i = 0; i < reference->overlays; i++) {
		th_grid_cell(&grid, word(p, W_OVERLAY));
		th_grid_text(&grid, th_slice_of(reference->overlay[i].path));
		th_buf_slice(&grid.text, word(p, W_COMMA));
		short_sha(&grid, reference->overlay[i].sha256);
		th_grid_end(&grid);
	}
	for (size_t i = 0; i < a->inputs; i++)
		input_row(p, &grid, &a->input[i]);
	if (a->case_path) {
		th_grid_cell(&grid, word(p, W_CASE));
		th_grid_text(&grid, th_slice_of(a->case_path));
		th_buf_slice(&grid.text, word(p, W_COMMA));
		short_sha(&grid, a->case_sha256);
		th_grid_end(&grid);
	}
	if (a->years) {
		th_grid_cell(&grid, word(p, W_YEARS));
		years(p, &grid);
	}
	th_grid_print(&grid, 0, p->out);
}

static void total_row(page *p, th_grid *grid, th_label label, th_mass mass)
{
	th_grid_cell(grid, word(p, label));
	amount(p, grid, mass, false);
	th_grid_cell(grid, th_slice_of(amount_unit(p)));
}

/* A scope without an amount gets a dash: that no line is in it does not say that there is nothing to count. */
static void scope_row(page *p, th_grid *grid, th_label label, th_mass mass)
{
	if (mass) {
		total_row(p, grid, label, mass);
		return;
	}
	th_grid_cell(grid, word(p, label));
	th_grid_cell(grid, TH_S("-"));
	th_grid_end(grid);
}

static void put_totals(page *p)
{
	const th_account *a = p->account;
	th_grid grid = {.align = "ldl"};
	heading(p, word(p, W_TOTALS), NULL);
	scope_row(p, &grid, W_SCOPE1, a->scope[1]);
	scope_row(p, &grid, W_SCOPE2_LOCATION, a->scope[2]);
	if (a->has_market)
		total_row(p, &grid, W_SCOPE2_MARKET, a->scope2_market);
	scope_row(p, &grid, W_SCOPE3, a->scope[3]);
	total_row(p, &grid, W_GROSS, a->gross);
	if (a->removals || a->credits) {
		total_row(p, &grid, W_REMOVALS, a->removals);
		total_row(p, &grid, W_CREDITS, a->credits);
		total_row(p, &grid, W_NET, a->net);
	}
	if (a->biogenic || a->avoided) {
		th_grid_cell(&grid, word(p, W_APART));
		th_grid_end(&grid);
		th_grid_end(&grid);
		if (a->biogenic)
			total_row(p, &grid, W_BIOGENIC, a->biogenic);
		if (a->avoided)
			total_row(p, &grid, W_AVOIDED, a->avoided);
	}
	th_grid_print(&grid, 2, p->out);
}

static void percent(th_grid *grid, th_mass part, th_mass whole, bool sign)
{
	if (!th_percent_text(&grid->text, part, whole, sign))
		th_buf_str(&grid->text, "-");
	th_grid_end(grid);
}

static void put_iso(page *p)
{
	const th_account *a = p->account;
	th_grid grid = {.align = "ldr"};
	for (int category = 0; category <= 6; category++) {
		int shown = category == 6 ? 0 : category + 1; /* what is not assigned stands last */
		if (a->iso[shown] == 0)
			continue;
		th_grid_cell(&grid, word(p, (th_label)((int)W_ISO_0 + shown)));
		amount(p, &grid, a->iso[shown], false);
		percent(&grid, a->iso[shown], a->gross, false);
	}
	if (grid.cells)
		heading(p, word(p, W_ISO), amount_unit(p));
	th_grid_print(&grid, 2, p->out);
}

static void put_gases(page *p)
{
	const th_account *a = p->account;
	th_grid grid = {.align = "lldd"};
	if (a->gases == 0)
		return;
	heading(p, word(p, W_BY_GAS), NULL);
	th_grid_cell(&grid, word(p, W_GAS));
	th_grid_cell(&grid, word(p, W_H_GAS_NAME));
	th_grid_text(&grid, word(p, W_MASS));
	th_grid_cell(&grid, TH_S(" (kg)")); /* a kilogram of SF6 matters */
	th_grid_cell(&grid, th_slice_of(amount_unit(p)));
	for (size_t i = 0; i < a->gases; i++) {
		const th_gas *gas = &a->reference->gas[a->gas[i].gas];
		th_grid_cell(&grid, gas->name);
		th_grid_cell(&grid, th_in_lang(p->lang, gas->name_zh, gas->name_en));
		int digits = decimals_of_kg(a->gas[i].mass);
		th_put_mass_rounded(&grid.text, a->gas[i].mass, 0, digits < 2 ? digits : 2, true);
		th_grid_end(&grid);
		amount(p, &grid, a->gas[i].co2e, false);
	}
	th_grid_print(&grid, 2, p->out);
}

static void put_groups(page *p)
{
	const th_account *a = p->account;
	bool biogenic = false, removals = false, credits = false;
	for (size_t i = 0; i < a->groups; i++) {
		biogenic |= a->group[i].biogenic != 0;
		removals |= a->group[i].removals != 0;
		credits |= a->group[i].credits != 0;
	}
	char align[TH_GRID_COLUMNS + 8] = "";
	size_t n = 0;
	for (; n < a->bys && n < TH_GRID_COLUMNS - 5; n++)
		align[n] = 'l';
	size_t keys = n;
	align[n++] = 'd';
	align[n++] = 'r';
	for (int i = 0; i < biogenic + removals + credits; i++)
		align[n++] = 'd';
	align[n] = '\0';
	th_grid grid = {.align = align};
	th_buf title = {0};
	th_buf_slice(&title, word(p, W_GROUPS));
	for (size_t k = 0; k < keys; k++) {
		th_buf_str(&title, k ? th_word_text(W_COMMA, p->lang) : p->lang == TH_LANG_ZH ? "" : " ");
		th_buf_slice(&title, th_key_text(a->by[k], p->lang));
		th_grid_cell(&grid, th_key_text(a->by[k], p->lang));
	}
	heading(p, th_buf_view(&title), NULL);
	p->out->failed |= title.failed;
	th_buf_free(&title);
	th_grid_cell(&grid, th_slice_of(amount_unit(p)));
	th_grid_cell(&grid, word(p, W_SHARE));
	if (biogenic)
		th_grid_cell(&grid, word(p, W_H_BIOGENIC));
	if (removals)
		th_grid_cell(&grid, word(p, W_H_REMOVALS));
	if (credits)
		th_grid_cell(&grid, word(p, W_H_CREDITS));
	for (size_t i = 0; i < a->groups; i++) {
		const th_group *group = &a->group[i];
		for (size_t k = 0; k < keys; k++)
			th_grid_cell(&grid, group->key[k]);
		amount(p, &grid, group->gross, false);
		percent(&grid, group->gross, a->gross, false);
		if (biogenic)
			amount(p, &grid, group->biogenic, false);
		if (removals)
			amount(p, &grid, group->removals, false);
		if (credits)
			amount(p, &grid, group->credits, false);
	}
	th_grid_print(&grid, 2, p->out);
}

static bool same_document(const th_factor *a, const th_factor *b)
{
	return th_slice_eq(a->id, b->id) && th_slice_eq(a->source, b->source) && th_slice_eq(a->table, b->table);
}

static void put_factors(page *p)
{
	const th_account *a = p->account;
	th_grid grid = {.align = "lllrd"};
	th_buf text = {0};
	if (a->uses == 0)
		return;
	heading(p, word(p, W_FACTORS_USED), NULL);
	th_grid_cell(&grid, word(p, W_L_FACTOR));
	th_grid_cell(&grid, word(p, W_GAS));
	th_grid_cell(&grid, word(p, W_H_VALUE));
	th_grid_cell(&grid, word(p, W_ROWS));
	th_grid_cell(&grid, th_slice_of(amount_unit(p)));
	for (size_t i = 0; i < a->uses; i++) {
		const th_factor *factor = a->use[i].factor;
		th_buf_clear(&text);
		th_buf_slice(&text, factor->id);
		if (a->use[i].market)
			th_buf_slice(&text, word(p, W_MARKET_MARK));
		th_grid_cell(&grid, th_buf_view(&text));
		th_grid_cell(&grid, factor->gas_text);
		th_buf_clear(&text);
		th_factor_value_text(&text, factor, p->lang);
		th_grid_cell(&grid, th_buf_view(&text));
		th_buf_printf(&grid.text, "%zu", a->use[i].lines);
		th_grid_end(&grid);
		amount(p, &grid, a->use[i].co2e, false);
		if (i + 1 < a->uses && same_document(factor, a->use[i + 1].factor))
			continue;
		th_buf_clear(&text);
		th_factor_document(&text, factor);
		if (factor->layer) {
			th_buf_str(&text, p->lang == TH_LANG_ZH ? "（用户文件 " : " (user's file ");
			th_buf_str(&text, factor->file);
			th_buf_printf(&text, p->lang == TH_LANG_ZH ? ":%zu）" : ":%zu)", factor->line);
		}
		th_grid_text(&grid, th_buf_view(&text));
		th_grid_note(&grid);
	}
	p->out->failed |= text.failed;
	th_buf_free(&text);
	th_grid_print(&grid, 2, p->out);
}

static void put_energy(page *p)
{
	const th_account *a = p->account;
	th_grid grid = {.align = "ldl"};
	bool kg = p->kg;
	if (!a->has_energy)
		return;
	heading(p, word(p, W_ENERGY), NULL);
	p->kg = false;
	th_grid_cell(&grid, word(p, W_TCE));
	amount(p, &grid, a->coal, false);
	th_grid_cell(&grid, TH_S("tce"));
	if (a->has_energy_equal) {
		th_grid_cell(&grid, word(p, W_TCE_EQUAL));
		amount(p, &grid, a->coal_equal, false);
		th_grid_cell(&grid, TH_S("tce"));
	}
	p->kg = kg;
	th_grid_cell(&grid, word(p, W_NON_FOSSIL));
	percent(&grid, a->coal_non_fossil, a->coal, false);
	th_grid_end(&grid);
	th_grid_print(&grid, 2, p->out);
}

static void put_intensities(page *p)
{
	const th_account *a = p->account;
	th_grid grid = {.align = "lrll"};
	if (a->intensities == 0)
		return;
	heading(p, word(p, W_INTENSITIES), NULL);
	for (size_t i = 0; i < a->intensities; i++) {
		const th_intensity_value *v = &a->intensity[i];
		const th_intensity *intensity = v->intensity;
		for (int of_energy = 0; of_energy <= a->has_energy; of_energy++) {
			th_grid_cell(&grid, of_energy ? (th_slice){"", 0} : th_in_lang(p->lang, intensity->name_zh, intensity->name_en));
			th_put_mass_quotient(&grid.text, of_energy ? a->coal : a->gross, 3, &v->divisor, SIGNIFICANT);
			th_grid_end(&grid);
			bool compound = intensity->unit_text.len && memchr(intensity->unit_text.ptr, ' ', intensity->unit_text.len) != NULL;
			th_buf_str(&grid.text, of_energy ? "tce/" : "t CO2e/");
			th_buf_str(&grid.text, compound ? "(" : "");
			th_grid_text(&grid, intensity->unit_text);
			th_grid_cell(&grid, th_slice_of(compound ? ")" : ""));
			if (!of_energy) {
				th_grid_text(&grid, intensity->fact);
				th_buf_str(&grid.text, " = ");
				th_grid_text(&grid, v->value_text);
				th_buf_char(&grid.text, ' ');
				th_grid_text(&grid, v->unit_text);
				th_buf_str(&grid.text, ", ");
				th_grid_text(&grid, th_slice_of(a->case_path ? a->case_path : ""));
				th_buf_printf(&grid.text, ":%zu", v->line);
			}
			th_grid_end(&grid);
		}
	}
	th_grid_print(&grid, 2, p->out);
}

static void put_others(page *p)
{
	const th_account *a = p->account;
	th_grid grid = {.align = "lddrl"};
	if (a->others == 0)
		return;
	heading(p, word(p, W_OTHERS), NULL);
	th_grid_cell(&grid, word(p, W_H_PROFILE));
	th_grid_cell(&grid, th_slice_of(amount_unit(p)));
	th_grid_cell(&grid, word(p, W_DIFFERENCE));
	th_grid_cell(&grid, TH_S("%"));
	th_grid_end(&grid);
	for (size_t i = 0; i < a->others; i++) {
		const th_profile_total *other = &a->other[i];
		const th_profile *profile = &a->reference->profile[other->profile];
		th_grid_cell(&grid, profile->id);
		if (other->computed) {
			amount(p, &grid, other->gross, false);
			amount(p, &grid, other->gross - a->gross, true);
			percent(&grid, other->gross - a->gross, a->gross, true);
			th_grid_cell(&grid, th_in_lang(p->lang, profile->name_zh, profile->name_en));
			continue;
		}
		th_grid_cell(&grid, TH_S("-"));
		th_grid_end(&grid);
		th_grid_end(&grid);
		th_grid_text(&grid, word(p, W_NOT_COMPUTED));
		th_buf_char(&grid.text, ' ');
		th_grid_text(&grid, other->missing);
		if (other->file) {
			th_buf_str(&grid.text, p->lang == TH_LANG_ZH ? "（" : " (");
			th_grid_text(&grid, th_slice_of(other->file));
			th_buf_printf(&grid.text, p->lang == TH_LANG_ZH ? ":%zu）" : ":%zu)", other->line);
		}
		th_grid_end(&grid);
	}
	th_grid_print(&grid, 2, p->out);
}

void th_account_text(const th_account *account, th_lang lang, th_buf *out)
{
	th_mass size = account->gross < 0 ? -account->gross : account->gross;
	page p = {.account = account, .lang = lang, .out = out, .kg = size > 0 && size < (th_mass)1000 * 1000000000};
	put_head(&p);
	put_totals(&p);
	put_iso(&p);
	put_gases(&p);
	put_groups(&p);
	put_factors(&p);
	put_energy(&p);
	put_intensities(&p);
	put_others(&p);
	th_uncertainty_text(th_uncertainty_of(account), lang, out);
	th_caveats_text(account, W_CAVEATS, lang, out);
	if (p.rounded) {
		th_buf_char(out, '\n');
		th_buf_slice(out, word(&p, W_ROUNDED));
		th_buf_char(out, '\n');
	}
}

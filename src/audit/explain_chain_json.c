/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members of tanhe.explain/1 that several kinds of chains have: lines and factors, and by what they are computed. */
#include "audit/audit_json.h"
#include "audit/explain_parts.h"
#include "base/hash.h"

void th_put_kilograms(th_writer *w, const char *key, th_mass mass)
{
	th_put_open(w, key, '{');
	th_put_key(w, TH_S("value"));
	th_put_mass(w->buf, mass, 0);
	th_put_text(w, "unit", TH_S("kg"));
	th_put_close(w, '}');
}

void th_put_activity_json(th_writer *w, const char *key, const th_entry *e)
{
	th_slice zh = e->activity->name_zh, en = e->activity->name_en;
	th_put_open(w, key, '{');
	th_put_text_if(w, "id", e->activity->id);
	if (zh.len || en.len)
		th_put_both(w, "title", zh, en);
	th_put_text_if(w, "written", e->activity_text);
	th_put_close(w, '}');
}

/* Each row once. */
static void put_factors(th_writer *w, const th_chain *c)
{
	th_intern seen = {0};
	th_put_open(w, "factors", '[');
	for (size_t i = 0; i < c->entries; i++) {
		const th_factor *f = c->entry[i].factor;
		uint32_t before = seen.count;
		if (!f || !th_chain_counts(c, &c->entry[i]))
			continue;
		w->buf->failed |= th_intern_add(&seen, (th_slice){(const char *)&f, sizeof f}) == TH_NONE;
		if (seen.count > before)
			th_put_factor(w, NULL, f, NULL);
	}
	th_put_close(w, ']');
	th_intern_free(&seen);
}

static void put_lines(th_writer *w, const th_chain *c)
{
	th_put_open(w, "lines", '[');
	for (size_t i = 0; i < c->entries; i++) {
		const th_entry *e = &c->entry[i];
		if (!th_chain_counts(c, e))
			continue;
		th_put_open(w, NULL, '{');
		th_put_open(w, "place", '{');
		th_put_spot_json(w, e->file, e->line, e->cell);
		th_put_close(w, '}');
		th_put_activity_json(w, "activity", e);
		th_put_text(w, "gas", e->gas->name);
		th_put_text(w, "formula", e->formula);
		th_put_kilograms(w, "co2e", th_chain_mass(c, e));
		if (e->factor)
			th_put_text(w, "factor", e->factor->id);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

void th_put_chain_lines_json(th_writer *w, const th_chain *c)
{
	put_lines(w, c);
	put_factors(w, c);
}

void th_put_basis_json(th_writer *w, const th_recorded *r)
{
	static const char *const keys[] = {"id", "version", "sha256"};
	const th_json *account = th_recorded_account(r), *profile = th_json_get(account, "profile"), *set = th_json_get(account, "factor_set");
	th_put_open(w, "basis", '{');
	th_put_open(w, "profile", '{');
	th_put_text_if(w, "id", th_json_string(profile, "id"));
	th_put_both(w, "title", th_json_string(th_json_get(profile, "name"), "zh"), th_json_string(th_json_get(profile, "name"), "en"));
	th_put_close(w, '}');
	th_put_text_if(w, "gwp", th_json_string(account, "gwp"));
	th_put_open(w, "factor_set", '{');
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		th_put_text_if(w, keys[i], th_json_string(set, keys[i]));
	th_put_close(w, '}');
	th_put_close(w, '}');
}

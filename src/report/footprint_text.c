/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Footprints on a terminal: each product by stage, gas, process, with what was divided, cut off and left outside; and where all of the site is. */
#include "report/footprint_report.h"

static void put_footprint(th_page *p, const th_footprint *fp)
{
	th_put_footprint_name(p, fp->product);
	th_doc_open(&p->doc, TH_DOC_SECTION, TH_S(""));
	th_put_footprint_product(p, fp);
	th_put_footprint_basis(p, fp);
	th_put_footprint_cut_off(p, fp);
	th_put_footprint_interval(p, fp);
	th_put_footprint_stages(p, fp);
	if (!p->brief) {
		th_put_footprint_carbons(p, fp);
		th_put_footprint_gases(p, fp);
		th_put_footprint_processes(p, fp);
		th_put_footprint_grades(p, fp);
		th_put_footprint_allocations(p, fp);
		th_put_footprint_outside(p, fp);
		th_put_uncertainty_text(p, fp->uncertainty);
	}
	th_doc_close(&p->doc);
}

void th_put_footprint_text(th_page *p, const th_footprints *f)
{
	const th_account *account = f->account;
	p->shift = 3;
	p->digits = 3;
	th_page_banner(p, W_FP_TITLE);
	th_page_text(p, account->profile->id);
	th_page_text(p, TH_S("  "));
	th_page_field(p, W_PROFILE, th_in_lang(p->lang, account->profile->name_zh, account->profile->name_en));
	th_page_field(p, W_GWP, th_slice_of(th_gwp_names[account->gwp]));
	for (size_t i = 0; i < f->count; i++)
		if (TH_FOOTPRINT_SHOWN(f, i))
			put_footprint(p, &f->product[i]);
	if (!p->brief)
		th_put_footprint_site(p, &f->site);
	th_put_footprint_caveats(p, f);
	if (!p->brief)
		th_put_account_caveats(p, account, W_FP_ACCOUNT_CAVEATS);
}

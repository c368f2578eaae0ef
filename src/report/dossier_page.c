/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the chapters of a dossier share. */
#include "report/dossier.h"

void th_dossier_mark(th_page *p, bool illustrative)
{
	p->doc.mark = illustrative ? th_page_word(p, W_D_MARK) : TH_S("");
}

void th_dossier_caption(th_page *p, th_label caption, int year)
{
	if (year)
		TH_SAY(p, caption, th_fill_integer(year));
	else
		th_page_say(p, caption);
	th_doc_caption(&p->doc, TH_S(""));
}

const th_totals *th_dossier_totals(const th_dossier *d)
{
	const th_account *a = d->a->account;
	for (size_t i = 0; a && i < a->years; i++)
		if (a->year[i] == d->year && a->of_year[i].known)
			return &a->of_year[i].totals;
	return NULL;
}

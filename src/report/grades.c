/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much of the emissions rests on which grade of data: in the whole and by scope. Nothing where no line says how its quantity was come by. */
#include "report/report.h"

static const th_label words[] = {W_GRADE_NONE, W_GRADE_MEASURED, W_GRADE_INVOICE, W_GRADE_ALLOCATED, W_GRADE_ESTIMATED, W_GRADE_PROXY};

static th_mass sum_of(const th_totals *t, int grade)
{
	return t->grade[grade][1] + t->grade[grade][2] + t->grade[grade][3];
}

th_label th_grade_word(int grade)
{
	return words[grade];
}

int th_grade_nth(int i)
{
	return i + 1 < TH_GRADES ? i + 1 : TH_GRADE_NONE;
}

static void put_rows(th_page *p, const th_totals *t, int year)
{
	for (int i = 0; i < TH_GRADES; i++) {
		const int grade = th_grade_nth(i);
		const th_mass sum = sum_of(t, grade);
		if (sum == 0)
			continue;
		if (year)
			th_doc_year(&p->doc, year);
		th_page_cell(p, words[grade]);
		for (int scope = 1; scope <= 3; scope++)
			if (t->has_scope[scope])
				th_page_mass(p, t->grade[grade][scope]);
			else
				th_doc_none(&p->doc);
		th_page_mass(p, sum);
		th_doc_share(&p->doc, sum, t->gross, false);
	}
}

void th_put_grades_text(th_page *p, const th_account *a)
{
	const bool several = a->years > 1;
	if (!a->whole.has_grades)
		return;
	th_page_say(p, W_GRADES);
	th_page_say(p, W_OPEN);
	th_page_text(p, th_amount_unit(p));
	th_doc_open(&p->doc, TH_DOC_SECTION, th_page_word(p, W_CLOSE));
	th_doc_table(&p->doc);
	if (several)
		th_page_column_of(p, TH_DOC_YEAR, W_YEAR);
	th_page_column_of(p, TH_DOC_WORD, W_H_GRADE);
	th_page_column_of(p, TH_DOC_MASS, W_SCOPE1);
	th_page_column_of(p, TH_DOC_MASS, W_E_SCOPE2);
	th_page_column_of(p, TH_DOC_MASS, W_SCOPE3);
	th_page_column_of(p, TH_DOC_MASS, W_GROSS);
	th_page_column_of(p, TH_DOC_PERCENT, W_SHARE);
	for (size_t i = 0; several && i < a->years; i++)
		if (a->of_year[i].known)
			put_rows(p, &a->of_year[i].totals, a->year[i]);
	if (!several)
		put_rows(p, &a->whole, 0);
	th_doc_close(&p->doc);
}

void th_put_grades_json(th_writer *w, const th_totals *t)
{
	static const char *const scopes[] = {"", "scope1", "scope2_location", "scope3"};
	if (!t->has_grades)
		return;
	th_put_open(w, "data_quality", '[');
	for (int i = 0; i < TH_GRADES; i++) {
		const int grade = th_grade_nth(i);
		const th_mass sum = sum_of(t, grade);
		if (sum == 0)
			continue;
		th_put_open(w, NULL, '{');
		th_put_text(w, "grade", th_slice_of(th_grade_names[grade]));
		for (int scope = 1; scope <= 3; scope++)
			if (t->has_scope[scope])
				th_put_tonnes(w, scopes[scope], t->grade[grade][scope]);
		th_put_tonnes(w, "gross", sum);
		if (t->gross > 0)
			th_put_real(w, "percent", (double)sum / (double)t->gross * 100, 4);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
}

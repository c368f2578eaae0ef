/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gross emissions by how the quantities were come by, as the lines say: sums of those that say it; what no line says is the rest. */

#include "account/frame.h"

const char *const th_grade_names[TH_GRADES] = {"none", "measured", "invoice", "allocated", "estimated", "proxy"};

enum { WORDS = TH_GRADES - TH_GRADE_MEASURED };
static const char kind[] = "inventory.grade";

bool th_grade_of(const th_reference *reference, th_slice text, unsigned char *grade)
{
	*grade = TH_GRADE_NONE;
	if (text.len == 0)
		return true;
	size_t word = th_column_choice(reference->columns, kind, text, th_grade_names + TH_GRADE_MEASURED, WORDS);
	if (word == WORDS)
		return false;
	*grade = (unsigned char)(TH_GRADE_MEASURED + word);
	return true;
}

th_status th_grade_error(th_shard *shard, const th_now *now)
{
	th_buf list = {0};
	th_put_column_words(shard->frame->reference->columns, kind, th_grade_names + TH_GRADE_MEASURED, WORDS, &list);
	const char *words = th_z(shard, th_buf_view(&list));
	bool failed = list.failed;
	th_buf_free(&list);
	return failed ? th_no_memory(shard->diags) : th_cell_error(shard, now, TH_GRADE_BAD, TH_COL_GRADE, words);
}

static bool add(th_sums *sums, unsigned char grade, int scope, th_mass gross)
{
	sums->has_grades = true;
	return th_mass_add(&sums->grade[grade][scope], gross);
}

bool th_grade_add(th_shard *shard, th_sums *year, unsigned char grade, int scope, th_mass gross)
{
	return add(&shard->sums, grade, scope, gross) && (!year || add(year, grade, scope, gross));
}

bool th_grades_merge(th_sums *into, const th_sums *from)
{
	bool ok = true;
	into->has_grades |= from->has_grades;
	for (size_t i = 0; i < TH_GRADES; i++)
		for (size_t scope = 0; scope < 4; scope++)
			ok &= th_mass_add(&into->grade[i][scope], from->grade[i][scope]);
	return ok;
}

void th_grades_take(const th_sums *sums, th_totals *totals)
{
	totals->has_grades = sums->has_grades;
	memcpy(totals->grade, sums->grade, sizeof totals->grade);
	for (size_t scope = 0; scope < 4; scope++) {
		totals->grade[TH_GRADE_NONE][scope] = sums->scope[scope];
		for (size_t i = TH_GRADE_MEASURED; i < TH_GRADES; i++)
			totals->grade[TH_GRADE_NONE][scope] -= sums->grade[i][scope];
	}
}

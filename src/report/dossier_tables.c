/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables for who computes with them: parameters, series of years and caveats, with one fact in each column and files by their names. */
#include "report/dossier.h"

static void put_place(th_page *p, th_file_names *names, const char *file, size_t line)
{
	th_doc_cell_text(&p->doc, file ? th_name_of(names, file) : TH_S(""));
	if (file && line)
		th_doc_count(&p->doc, line);
	else
		th_doc_end(&p->doc);
}

/* --- parameters --- */

static void put_param(th_page *p, th_file_names *names, const th_assessment *a, const th_check_param *param)
{
	const th_rule_decl *decl = &a->pack->decl[param->decl];
	th_doc_cell_text(&p->doc, decl->id);
	th_doc_cell_text(&p->doc, th_word(decl->name, p->lang));
	th_doc_cell_text(&p->doc, param->supplied ? param->value : TH_S(""));
	th_doc_cell_text(&p->doc, param->supplied ? param->unit : decl->unit_text);
	th_page_cell(p, !param->supplied ? W_STATE_MISSING : param->illustrative ? W_ILLUSTRATIVE_MARK : W_STATE_SUPPLIED);
	th_doc_cell_text(&p->doc, param->supplied ? param->source : decl->clause);
	put_place(p, names, param->supplied ? param->file : NULL, param->line);
}

static void put_assumption(th_page *p, th_file_names *names, const th_case_plan *plan, const th_param_row *row)
{
	th_doc_cell_text(&p->doc, row->param);
	th_put_assumption_name(p, plan->a, row->param);
	th_doc_end(&p->doc);
	th_doc_cell_text(&p->doc, row->value);
	th_doc_cell_text(&p->doc, row->unit);
	th_page_cell(p, row->illustrative ? W_ILLUSTRATIVE_MARK : W_STATE_SUPPLIED);
	th_doc_cell_text(&p->doc, row->source);
	put_place(p, names, plan->assumptions.path, row->line);
}

void th_put_dossier_params(th_page *p, const th_dossier *d)
{
	static const th_page_column columns[] = {
		{W_H_PARAM, TH_DOC_WORD}, {W_NAME, TH_DOC_WORD}, {W_H_VALUE, TH_DOC_NUMBER}, {W_L_UNIT, TH_DOC_WORD}, {W_H_STATE, TH_DOC_WORD}, {W_H_SOURCE, TH_DOC_WORD},
		{W_L_FILE, TH_DOC_WORD}, {W_L_LINE, TH_DOC_COUNT},
	};
	th_file_names names = {0};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; !d->plan && i < d->a->params; i++)
		put_param(p, &names, d->a, &d->a->param[i]);
	for (size_t i = 0; d->plan && i < d->plan->assumptions.count; i++)
		put_assumption(p, &names, d->plan, &d->plan->assumptions.row[i]);
	p->doc.failed |= names.failed;
	th_file_names_free(&names);
}

/* --- series --- */

void th_put_dossier_series(th_page *p, const th_dossier *d)
{
	static const th_page_column columns[] = {{W_NAME, TH_DOC_WORD}, {W_P_H_YEAR, TH_DOC_YEAR}, {W_TONNES, TH_DOC_MASS}, {W_L_FILE, TH_DOC_WORD}};
	th_file_names names = {0};
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < d->plan->series_count; i++) {
		const th_plan_series *series = &d->plan->series[i];
		for (size_t k = 0; k < series->trend.points; k++) {
			th_doc_cell_text(&p->doc, series->name);
			th_doc_year(&p->doc, series->trend.point[k].year);
			th_page_mass(p, series->trend.point[k].mass);
			th_doc_cell_text(&p->doc, th_name_of(&names, series->file));
		}
	}
	p->doc.failed |= names.failed;
	th_file_names_free(&names);
}

/* --- caveats --- */

static void put_caveat(th_page *p, th_file_names *names, th_code code, const th_slice *arg, size_t args, size_t count, const char *file, size_t line)
{
	th_buf sentence = {0};
	th_diag_code(&p->doc.text, code);
	th_doc_end(&p->doc);
	th_doc_count(&p->doc, count);
	th_diag_sentence(&sentence, code, p->lang, arg, args);
	th_put_renamed(names, th_buf_view(&sentence), &p->doc.text);
	th_doc_end(&p->doc);
	put_place(p, names, file, line);
	p->doc.failed |= sentence.failed;
	th_buf_free(&sentence);
}

static void put_caveats(th_page *p, th_file_names *names, const th_check_caveat *caveat, size_t count)
{
	for (size_t i = 0; i < count; i++, caveat++)
		put_caveat(p, names, caveat->code, caveat->arg, caveat->args, 1, caveat->file, caveat->line);
}

/* What sentences may name. */
static void meet_files(th_file_names *names, const th_assessment *a)
{
	for (size_t i = 0; i < a->files; i++)
		(void)th_name_of(names, a->file[i].path);
	for (size_t i = 0; a->account && i < a->account->inputs; i++)
		(void)th_name_of(names, a->account->input[i].path);
}

void th_put_dossier_caveat_table(th_page *p, const th_dossier *d)
{
	static const th_page_column columns[] = {
		{W_D_H_CODE, TH_DOC_WORD}, {W_D_H_TIMES, TH_DOC_COUNT}, {W_D_H_SAYS, TH_DOC_WORD}, {W_L_FILE, TH_DOC_WORD}, {W_L_LINE, TH_DOC_COUNT},
	};
	const th_account *account = d->a->account;
	th_file_names names = {0};
	meet_files(&names, d->a);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	if (d->plan)
		put_caveats(p, &names, d->plan->caveat, d->plan->caveats);
	put_caveats(p, &names, d->a->caveat, d->a->caveats);
	for (size_t i = 0; account && i < account->caveats; i++) {
		const th_caveat *caveat = &account->caveat[i];
		put_caveat(p, &names, caveat->code, caveat->arg, caveat->args, caveat->count, caveat->at[0].file, caveat->at[0].line);
	}
	p->doc.failed |= names.failed;
	th_file_names_free(&names);
}

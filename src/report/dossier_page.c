/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the chapters of a dossier share. */
#include "report/dossier.h"

bool th_uses_illustrative(const th_account *a)
{
	for (size_t i = 0; a && i < a->user_rows; i++)
		if (a->user_row[i].fate == TH_ROW_USED && th_says_illustrative(a->user_row[i].factor->source))
			return true;
	return false;
}

void th_put_doc_as(th_dossier_format format, th_buf *out, const th_doc *doc)
{
	static void (*const put[])(th_buf *, const th_doc *) = {th_put_doc_markdown, th_put_doc_html, th_put_docx_file};
	put[format](out, doc);
}

void th_put_file_heads(th_page *p)
{
	static const th_page_column columns[] = {
		{W_L_FILE, TH_DOC_WORD}, {W_D_H_WHAT, TH_DOC_WORD}, {W_D_H_ENCODING, TH_DOC_WORD}, {W_ROWS, TH_DOC_COUNT}, {W_D_H_DIGEST, TH_DOC_WORD},
	};
	th_page_section(p, W_D_FILES);
	th_dossier_caption(p, W_D_FILES, 0);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
}

void th_put_file_row(th_page *p, const char *path, th_label what, const char *encoding, size_t rows, const char *sha256)
{
	th_doc_cell_text(&p->doc, th_slice_of(path));
	th_page_cell(p, what);
	if (encoding) {
		th_doc_cell_text(&p->doc, th_slice_of(encoding));
		th_doc_count(&p->doc, rows);
	} else {
		th_doc_none(&p->doc);
		th_doc_none(&p->doc);
	}
	th_doc_cell_text(&p->doc, th_slice_of(sha256));
}

void th_put_input_files(th_page *p, const th_account *a)
{
	for (size_t i = 0; i < a->inputs; i++) {
		const th_input *input = &a->input[i];
		th_put_file_row(p, input->path, W_D_F_INVENTORY, input->encoding, input->rows, input->sha256);
		if (input->layout_file)
			th_put_file_row(p, input->layout_file, W_D_F_LAYOUT, NULL, 0, input->layout_sha256);
	}
}

void th_put_reference_files(th_page *p, const th_reference *reference)
{
	for (size_t i = 0; i < reference->overlays; i++)
		th_put_file_row(p, reference->overlay[i].path, W_OVERLAY, NULL, 0, reference->overlay[i].sha256);
	th_page_text(p, reference->set_id);
	th_page_text(p, TH_S(" "));
	th_page_text(p, reference->set_version);
	th_put_file_row(p, "", W_FACTOR_SET, NULL, 0, reference->set_sha256);
}

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

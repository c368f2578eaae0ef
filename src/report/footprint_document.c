/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A footprint as a report to hand on, with what ISO 14067:2018 (7.2 and 7.3) lists: goal, scope and boundary; stages, gases and kinds of carbon apart,
 * what is outside; unit processes with their factors and documents; allocation, cut-off, quality of data; what the report lacks of it; limits. */
#include "report/footprint_report.h"

/* --- the first page --- */

static size_t products_shown(const th_footprints *f, const th_footprint **only)
{
	size_t count = 0;
	for (size_t i = 0; i < f->count; i++)
		if (TH_FOOTPRINT_SHOWN(f, i)) {
			*only = &f->product[i];
			count++;
		}
	return count;
}

static void put_result(th_page *p, const th_footprint *fp)
{
	enum { SIGNIFICANT = 5 };
	th_put_footprint_name(p, fp->product);
	th_slice name = th_doc_take(&p->doc);
	th_put_mass_quotient(&p->doc.text, fp->total, 0, &fp->product->units, SIGNIFICANT);
	th_slice amount = th_doc_take(&p->doc);
	TH_SAY(p, W_FP_D_RESULT, th_fill_text(amount), th_fill_text(fp->product->unit));
	th_doc_field(&p->doc, name, TH_S(""));
}

static void put_cover(th_page *p, const th_footprints *f)
{
	const th_footprint *only = NULL;
	if (products_shown(f, &only) == 1) {
		th_page_text(p, only->product->name.len ? only->product->name : only->product->id);
		th_page_text(p, TH_S("  "));
	}
	th_doc_title(&p->doc, th_page_word(p, W_FP_D_TITLE));
	th_doc_open(&p->doc, TH_DOC_PLAIN, TH_S(""));
	if (th_uses_illustrative(f->account))
		th_doc_mark(&p->doc, th_page_word(p, W_D_OWN_ILLUSTRATIVE));
	for (size_t i = 0; i < f->count; i++)
		if (TH_FOOTPRINT_SHOWN(f, i))
			put_result(p, &f->product[i]);
	th_page_field(p, W_PROFILE, th_in_lang(p->lang, f->account->profile->name_zh, f->account->profile->name_en));
	th_page_field(p, W_GWP, th_slice_of(th_gwp_names[f->account->gwp]));
	th_buf_printf(&p->doc.text, "tanhe 碳核 %s", th_version());
	th_page_field(p, W_D_MADE_BY, TH_S(""));
	th_page_paragraph(p, W_FP_D_ORDER);
	th_doc_close(&p->doc);
}

/* --- a product --- */

static void put_boundary(th_page *p, const th_footprint *fp)
{
	static const th_page_column columns[] = {{W_FP_H_STAGE, TH_DOC_WORD}, {W_FP_D_H_STATE, TH_DOC_WORD}};
	th_dossier_caption(p, W_FP_D_STAGES, 0);
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (th_life_stage stage = 0; stage < TH_STAGE_UNSTATED; stage++) {
		bool beyond = fp->product->boundary == TH_TO_GATE && stage > TH_STAGE_PRODUCTION;
		th_page_cell(p, th_stage_words[stage]);
		th_page_cell(p, beyond ? W_FP_D_BEYOND : fp->has_stage[stage] ? W_FP_D_COUNTED : W_FP_D_NO_LINE);
	}
}

static void put_goal(th_page *p, const th_footprint *fp)
{
	th_page_section(p, W_FP_D_GOAL);
	th_put_footprint_product(p, fp);
	put_boundary(p, fp);
	th_doc_close(&p->doc);
}

static void put_results(th_page *p, const th_footprint *fp)
{
	th_page_section(p, W_FP_D_RESULTS);
	th_put_footprint_interval(p, fp);
	th_put_stages_picture(p, fp);
	th_dossier_caption(p, W_FP_D_BY_STAGE, 0);
	th_put_footprint_stages(p, fp);
	th_doc_close(&p->doc);
}

static void put_allocation(th_page *p, const th_footprint *fp)
{
	th_page_section(p, W_FP_D_DECIDED);
	th_put_footprint_basis(p, fp);
	th_put_footprint_cut_off(p, fp);
	th_doc_close(&p->doc);
	th_put_footprint_allocations(p, fp);
}

static void put_sure(th_page *p, const th_footprint *fp)
{
	th_put_uncertainty_text(p, fp->uncertainty);
}

static void put_lacks(th_page *p, const th_footprint *fp)
{
	const th_product *product = fp->product;
	const struct { bool lacks; th_label word; } item[] = {
		{product->goal.len == 0, W_FP_LACK_GOAL}, {fp->shared != 0 && product->basis.len == 0, W_FP_LACK_BASIS},
		{product->excluded.len == 0 && product->cut_off_text.len == 0, W_FP_LACK_CUT_OFF}, {!th_footprint_is_graded(fp), W_FP_LACK_GRADES},
		{!fp->uncertainty, W_FP_LACK_SURE},
	};
	th_page_section(p, W_FP_LACKS);
	for (size_t i = 0; i < sizeof item / sizeof *item; i++)
		if (item[i].lacks)
			th_doc_item(&p->doc, th_page_word(p, item[i].word));
	th_doc_close_if_any(&p->doc);
}

static void (*const parts[])(th_page *, const th_footprint *) = {
	put_goal, put_results, th_put_footprint_carbons, th_put_footprint_gases, th_put_footprint_outside, th_put_footprint_processes, put_allocation, th_put_footprint_grades, put_sure, put_lacks,
};

static void put_products(th_page *p, const th_footprints *f)
{
	const th_footprint *only = NULL;
	const bool one = products_shown(f, &only) == 1;
	for (size_t i = 0; i < f->count; i++) {
		if (!TH_FOOTPRINT_SHOWN(f, i))
			continue;
		if (!one)
			th_put_footprint_name(p, f->product[i].product);
		th_doc_open(&p->doc, one ? TH_DOC_PLAIN : TH_DOC_SECTION, TH_S(""));
		for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
			parts[k](p, &f->product[i]);
		th_doc_close(&p->doc);
	}
}

/* --- of all products --- */

static bool is_used(const void *footprints, const th_factor *factor)
{
	const th_footprints *f = footprints;
	for (size_t i = 0; i < f->count; i++)
		for (size_t k = 0; TH_FOOTPRINT_SHOWN(f, i) && k < f->product[i].processes; k++)
			if (f->product[i].process[k].factor == factor)
				return true;
	return false;
}

static void put_method(th_page *p, const th_footprints *f)
{
	th_page_section(p, W_FP_D_METHOD);
	th_put_account_method(p, f->account);
	th_doc_close(&p->doc);
	th_put_factors_wanted(p, f->account, is_used, f);
}

static void put_site(th_page *p, const th_footprints *f)
{
	th_put_footprint_site(p, &f->site);
}

static void put_limits(th_page *p, const th_footprints *f)
{
	static const th_label limits[] = {W_FP_LIMIT_CLIMATE, W_FP_LIMIT_DATA, W_FP_LIMIT_COMPARE, W_FP_LIMIT_REVIEW};
	(void)f;
	th_page_section(p, W_FP_LIMITS);
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		th_doc_item(&p->doc, th_page_word(p, limits[i]));
	th_doc_close(&p->doc);
}

static void put_caveats(th_page *p, const th_footprints *f)
{
	th_put_footprint_caveats(p, f);
	th_put_account_caveats(p, f->account, W_FP_ACCOUNT_CAVEATS);
}

static void put_files(th_page *p, const th_footprints *f)
{
	th_put_file_heads(p);
	th_put_file_row(p, f->products.path, W_FP_D_PRODUCTS, f->products.encoding, f->products.count, f->products.sha256);
	th_put_input_files(p, f->account);
	th_put_reference_files(p, f->reference);
	th_page_paragraph(p, W_FP_D_AGAIN);
	th_doc_close(&p->doc);
}

/* In the order of the document; the sheets of a workbook begin where they have a name. */
static const struct {
	void (*put)(th_page *, const th_footprints *);
	th_label sheet;
} chapters[] = {
	{put_cover, W_X_COVER}, {put_products, W_FP_TITLE}, {put_site, W_FP_BALANCE}, {put_method, W_FP_D_METHOD}, {put_limits, W_X_NOTES}, {put_caveats, W_X_NOTES}, {put_files, W_X_NOTES},
};
enum { CHAPTERS = sizeof chapters / sizeof *chapters };

/* --- files by their names --- */

static void name_files(th_doc *doc, const th_footprints *f)
{
	th_file_names names = {0};
	(void)th_name_of(&names, f->products.path);
	for (size_t i = 0; i < f->account->inputs; i++) {
		(void)th_name_of(&names, f->account->input[i].path);
		if (f->account->input[i].layout_file)
			(void)th_name_of(&names, f->account->input[i].layout_file);
	}
	for (size_t i = 0; i < f->reference->overlays; i++)
		(void)th_name_of(&names, f->reference->overlay[i].path);
	th_rename_in_doc(&names, doc);
	th_file_names_free(&names);
}

static th_status put_book(th_buf *out, const th_page *words, const th_footprints *f, th_diags *diags)
{
	th_book book;
	th_book_begin(&book);
	book.title = th_page_word(words, W_FP_D_TITLE);
	book.author = TH_S("tanhe 碳核");
	for (size_t i = 0; i < CHAPTERS && !book.failed;) {
		const th_label sheet = chapters[i].sheet;
		th_page p = *words;
		for (; i < CHAPTERS && chapters[i].sheet == sheet; i++)
			chapters[i].put(&p, f);
		name_files(&p.doc, f);
		th_put_doc_sheet(&book, th_page_word(&p, sheet), &p.doc);
		th_doc_free(&p.doc);
	}
	th_status status = !book.failed && book.cells > TH_BOOK_CELLS ? th_report(diags, TH_DOSSIER_LARGE, (th_pos){NULL, 0, 0, NULL}, (char *)NULL) : th_book_write(&book, diags, out);
	th_book_free(&book);
	return status;
}

th_status th_report_footprint_document(const th_footprints *f, th_dossier_format format, th_lang lang, th_diags *diags, char **text, size_t *len)
{
	th_mark mark = th_report_begin(diags, text, len);
	th_buf out = {0};
	th_page p = {.lang = lang, .shift = 3, .digits = 3, .titled = true, .doc.lang = lang == TH_LANG_ZH ? "zh-CN" : "en"};
	if (format == TH_DOSSIER_XLSX) {
		th_status status = put_book(&out, &p, f, diags);
		if (status != TH_OK)
			th_buf_free(&out);
		return status == TH_OK ? th_give(mark, &out, text, len) : status;
	}
	for (size_t i = 0; i < CHAPTERS; i++)
		chapters[i].put(&p, f);
	name_files(&p.doc, f);
	th_put_doc_as(format, &out, &p.doc);
	th_doc_free(&p.doc);
	return th_give(mark, &out, text, len);
}

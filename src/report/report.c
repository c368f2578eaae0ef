/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a report begins: which writer a format has. What they share stands elsewhere. */
#include "report/plan_report.h"

#include "io/output.h"
#include "report/footprint_report.h"

/* --- an account --- */

static void put_account_page(const th_account *account, th_lang lang, bool brief, th_buf *out)
{
	th_page p = {.lang = lang, .brief = brief};
	th_put_account_text(&p, account);
	th_page_put(&p, out);
}

th_status th_report_account(const th_account *account, th_format format, th_lang lang, char **text, size_t *len)
{
	enum { USUAL = 65000 }; /* bytes: room that grows is copied again and again */
	th_mark mark = th_report_begin(NULL, text, len);
	th_buf out = {0};
	(void)th_buf_reserve(&out, USUAL); /* without memory the buffer says so */
	switch (format) {
	case TH_FORMAT_TEXT:
	case TH_FORMAT_BRIEF:
		put_account_page(account, lang, format == TH_FORMAT_BRIEF, &out);
		break;
	case TH_FORMAT_JSON:
		th_put_account_json(account, &out);
		break;
	case TH_FORMAT_CSV:
		th_put_account_csv(account, lang, &out);
		break;
	default:
		return TH_USAGE;
	}
	return th_give(mark, &out, text, len);
}

th_status th_report_user_rows(const th_account *account, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_buf out = {0};
	th_page p = {.lang = lang, .shift = 3, .digits = 2};
	th_put_user_rows_text(&p, account);
	th_put_user_units_text(&p, account);
	th_page_put(&p, &out);
	return th_give(mark, &out, text, len);
}

th_status th_report_user_rows_json(const th_reference *reference, const th_account *account, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_buf out = {0};
	th_put_brought_json(reference, account, &out);
	return th_give(mark, &out, text, len);
}

/* --- a check --- */

static void put_check_page(const th_assessment *assessment, th_lang lang, bool brief, th_buf *out)
{
	th_page p = {.lang = lang, .brief = brief, .shift = 3, .digits = 2};
	th_put_check_text(&p, assessment);
	th_page_put(&p, out);
}

th_status th_report_check(const th_assessment *assessment, th_format format, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_buf out = {0};
	switch (format) {
	case TH_FORMAT_TEXT:
	case TH_FORMAT_BRIEF:
		put_check_page(assessment, lang, format == TH_FORMAT_BRIEF, &out);
		break;
	case TH_FORMAT_JSON:
		th_put_check_json(assessment, &out);
		break;
	default:
		return TH_USAGE;
	}
	return th_give(mark, &out, text, len);
}

/* --- a plan --- */

static void put_plan_page(const th_case_plan *plan, th_lang lang, bool brief, th_buf *out)
{
	const th_mass large = (th_mass)100000 * 1000 * 1000000000;
	th_mass size = plan->a->account ? plan->a->account->whole.gross : 0;
	th_page p = {.lang = lang, .brief = brief, .shift = 3, .digits = size < large ? 1 : 0};
	th_put_plan_text(&p, plan);
	th_page_put(&p, out);
}

th_status th_report_plan(const th_case_plan *plan, th_format format, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_buf out = {0};
	switch (format) {
	case TH_FORMAT_TEXT:
	case TH_FORMAT_BRIEF:
		put_plan_page(plan, lang, format == TH_FORMAT_BRIEF, &out);
		break;
	case TH_FORMAT_JSON:
		th_put_plan_json(plan, &out);
		break;
	default:
		return TH_USAGE;
	}
	return th_give(mark, &out, text, len);
}

/* --- footprints --- */

static void put_footprint_page(const th_footprints *footprints, th_lang lang, bool brief, th_buf *out)
{
	th_page p = {.lang = lang, .brief = brief};
	th_put_footprint_text(&p, footprints);
	th_page_put(&p, out);
}

th_status th_report_footprint(const th_footprints *footprints, th_format format, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_buf out = {0};
	switch (format) {
	case TH_FORMAT_TEXT:
	case TH_FORMAT_BRIEF:
		put_footprint_page(footprints, lang, format == TH_FORMAT_BRIEF, &out);
		break;
	case TH_FORMAT_JSON:
		th_put_footprint_json(footprints, &out);
		break;
	default:
		return TH_USAGE;
	}
	return th_give(mark, &out, text, len);
}

/* --- a factor --- */

static void factor_text(const th_factor_view *view, th_buf *out)
{
	th_page p = {.lang = view->lang};
	th_put_factor_text(&p, view);
	th_page_put(&p, out);
}

static void factor_csv(const th_factor_view *view, th_buf *out)
{
	th_put_factor_csv_header(view->reference, view->lang, out);
	for (uint32_t i = view->first; i != TH_NONE; i = th_view_next(view, i))
		th_put_factor_csv(out, th_view_row(view, i));
}

static th_status unknown_id(const th_reference *reference, const char *id, th_diags *diags)
{
	th_buf near = {0};
	th_suggest_factors(reference, th_slice_of(id), 5, &near);
	if (near.len == 0)
		th_buf_char(&near, '-');
	th_buf_char(&near, '\0');
	th_status status = near.failed ? TH_SYSTEM : th_report(diags, TH_FACTOR_ID_UNKNOWN, (th_pos){0}, id, near.ptr, NULL);
	th_buf_free(&near);
	return status == TH_SYSTEM ? TH_SYSTEM : TH_USAGE;
}

th_status th_report_factor(const th_reference *reference, const char *id, th_format format, th_lang lang, th_diags *diags, char **text,
                           size_t *len)
{
	th_mark mark = th_report_begin(diags, text, len);
	static void (*const writer[])(const th_factor_view *, th_buf *) = {factor_text, th_put_factor_json, factor_csv};
	th_factor_view view = {.reference = reference, .lang = lang, .first = th_find_factor(reference, th_slice_of(id))};
	th_buf out = {0};
	if (!TH_KNOWN(writer, format))
		return TH_USAGE;
	if (view.first == TH_NONE)
		return th_settle(mark, diags, unknown_id(reference, id, diags));
	writer[format](&view, &out);
	return th_give(mark, &out, text, len);
}

/* --- bytes --- */

th_status th_report_write(const char *path, const char *text, size_t len, th_diags *diags)
{
	th_mark mark = th_begin(diags);
	th_output *output;
	th_status status = th_settle(mark, diags, th_output_open(path, diags, &output));
	if (status != TH_OK) {
		th_output_abort(output);
		return status;
	}
	th_output_write(output, (th_slice){text, len});
	return th_output_commit(output, diags);
}

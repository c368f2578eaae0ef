/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Factors under the columns of a factor file, so that a shipped row can be taken over into one's own. */
#include "report/report.h"

#include "io/csv.h"
#include "reference/columns.h"

static const char *const heads[] = {
	"id", "gas", "value", "unit", "activity", "name_zh", "name_en", "scope", "category", "region", "valid_from", "valid_to", "ncv", "ncv_unit", "carbon_content",
	"carbon_content_unit", "oxidation", "parameters", "low", "high", "distribution", "source", "table", "url", "confidence", "note",
};

/* The first of the other names of a column that factor files may have: columns.csv begins them with the Chinese ones. */
static th_slice chinese(const th_reference *reference, th_slice column)
{
	const th_column_name *name;
	for (uint32_t at = 0; (name = th_columns_each(reference->columns, "factors", &at)) != NULL;)
		if (th_slice_eq(name->column, column) && !th_slice_eq(name->text, column))
			return name->text;
	return column;
}

void th_put_factor_csv_header(const th_reference *reference, th_lang lang, th_buf *out)
{
	th_buf_str(out, "\xEF\xBB\xBF");
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		th_slice column = th_slice_of(heads[i]);
		th_buf_str(out, i ? "," : "");
		th_put_csv_text(out, lang == TH_LANG_ZH ? chinese(reference, column) : column);
	}
	th_buf_str(out, "\r\n");
}

static void csv_text(th_buf *out, th_slice text)
{
	th_put_csv_text(out, text);
	th_buf_char(out, ',');
}

static void csv_number(th_buf *out, bool there, th_slice text, th_decimal value)
{
	if (there)
		th_put_number(out, text, value);
	th_buf_char(out, ',');
}

void th_put_factor_csv(th_buf *out, const th_factor *f)
{
	th_buf parameters = {0};
	csv_text(out, f->id);
	csv_text(out, f->gas_text);
	csv_number(out, f->has_value, f->value_text, f->value);
	csv_text(out, f->unit_text);
	csv_text(out, f->activity_text);
	csv_text(out, f->name_zh);
	csv_text(out, f->name_en);
	csv_number(out, f->scope > 0, (th_slice){"", 0}, th_decimal_int(f->scope));
	csv_text(out, f->category);
	csv_text(out, f->region_text);
	csv_text(out, f->valid_from_text);
	csv_text(out, f->valid_to_text);
	csv_number(out, f->has_ncv, f->ncv_text, f->ncv);
	csv_text(out, f->ncv_unit_text);
	csv_number(out, f->has_carbon_content, f->carbon_content_text, f->carbon_content);
	csv_text(out, f->carbon_content_unit_text);
	csv_number(out, f->has_oxidation, f->oxidation_text, f->oxidation);
	th_put_factor_parameters(&parameters, f);
	csv_text(out, th_buf_view(&parameters));
	csv_number(out, f->has_low, (th_slice){"", 0}, f->low);
	csv_number(out, f->has_high, (th_slice){"", 0}, f->high);
	csv_text(out, f->distribution);
	csv_text(out, f->source);
	csv_text(out, f->table);
	csv_text(out, f->url);
	csv_text(out, th_slice_of(th_confidence_name(f->confidence)));
	th_put_csv_text(out, f->note);
	th_buf_str(out, "\r\n");
	out->failed |= parameters.failed;
	th_buf_free(&parameters);
}

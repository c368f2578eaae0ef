/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The factors as a list, in their files' order. CSV has the columns of a factor file, so that a shipped row can be taken over
 * into one's own. */
#include "report/report.h"

#include "base/utf8.h"
#include "io/csv.h"

/* What a query is looked for in, under th_utf8_key; the byte 01 keeps the fields apart. */
static void search_text(const th_reference *reference, const th_factor *f, th_buf *out)
{
	th_slice field[] = {f->id, f->name_zh, f->name_en, f->gas_text, f->category, f->activity_text, f->region_text};
	for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
		th_utf8_key(field[i], out);
		th_buf_char(out, '\x01');
	}
	for (size_t i = 0; i < f->activities; i++) {
		th_utf8_key(reference->activity[f->activity[i]].name_zh, out);
		th_buf_char(out, '\x01');
		th_utf8_key(reference->activity[f->activity[i]].name_en, out);
		th_buf_char(out, '\x01');
	}
	if (f->region != TH_NONE) {
		th_utf8_key(reference->region[f->region].name_zh, out);
		th_buf_char(out, '\x01');
		th_utf8_key(reference->region[f->region].name_en, out);
	}
}

static bool contains(th_slice text, th_slice word)
{
	for (size_t i = 0; i + word.len <= text.len; i++)
		if (memcmp(text.ptr + i, word.ptr, word.len) == 0)
			return true;
	return false;
}

/* The words of a query, each under th_utf8_key with a blank behind it. */
static void query_words(const char *query, th_buf *words)
{
	th_buf folded = {0};
	th_slice rest, piece;
	th_utf8_fold(th_slice_of(query), &folded);
	rest = th_buf_view(&folded);
	while (th_slice_split(&rest, ' ', &piece))
		if (piece.len) {
			th_utf8_key(piece, words);
			th_buf_char(words, ' ');
		}
	words->failed |= folded.failed;
	th_buf_free(&folded);
}

static bool matches(th_slice text, th_slice words)
{
	th_slice word;
	while (th_slice_split(&words, ' ', &word))
		if (word.len && !contains(text, word))
			return false;
	return true;
}

void th_factor_csv_header(th_buf *out)
{
	th_buf_str(out, "\xEF\xBB\xBF"
	                "id,gas,value,unit,activity,name_zh,name_en,scope,category,region,valid_from,valid_to,ncv,ncv_unit,carbon_content,"
	                "carbon_content_unit,oxidation,parameters,low,high,distribution,source,table,url,confidence,note\r\n");
}

static void csv_text(th_buf *out, th_slice text)
{
	th_put_csv_text(out, text);
	th_buf_char(out, ',');
}

static void csv_number(th_buf *out, bool there, th_slice text, th_decimal value)
{
	if (there)
		th_number_text(out, text, value);
	th_buf_char(out, ',');
}

void th_factor_csv(th_buf *out, const th_factor *f)
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
	th_factor_parameters(&parameters, f);
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

/* Two lines for each: what it is, then its name and document in what is left of the page. */
static void list_row(th_grid *grid, const th_factor *f, th_lang lang)
{
	th_buf text = {0}, line = {0};
	th_grid_cell(grid, f->id);
	th_factor_value_text(&text, f, lang);
	th_grid_cell(grid, th_buf_view(&text));
	th_grid_cell(grid, f->gas_text);
	th_grid_cell(grid, f->region_text);
	th_factor_time(&grid->text, f);
	th_grid_end(grid);
	th_buf_clear(&text);
	th_utf8_escape(th_in_lang(lang, f->name_zh, f->name_en), &text);
	th_buf_str(&text, text.len ? " | " : "");
	th_factor_document(&line, f);
	th_utf8_escape(th_buf_view(&line), &text);
	th_width_cut(th_buf_view(&text), TH_PAGE - 4, &grid->text);
	th_grid_note(grid);
	grid->failed |= text.failed || line.failed;
	th_buf_free(&text);
	th_buf_free(&line);
}

static void list_header(th_grid *grid, th_lang lang)
{
	static const th_label head[] = {W_L_FACTOR, W_H_VALUE, W_GAS, W_REGION, W_H_VALID};
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		th_grid_cell(grid, th_slice_of(th_word_text(head[i], lang)));
}

th_status th_report_factors(const th_reference *reference, const char *query, th_format format, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_begin(NULL);
	th_buf out = {0}, words = {0}, key = {0};
	th_grid grid = {.align = "lllll"};
	th_writer w = {.buf = &out, .first = true};
	size_t found = 0;
	if (query)
		query_words(query, &words);
	if (format == TH_FORMAT_CSV)
		th_factor_csv_header(&out);
	else if (format == TH_FORMAT_JSON) {
		th_put_open(&w, NULL, '{');
		th_put_tool(&w, "tanhe.factors/1");
		th_put_factor_set(&w, reference);
		th_put_open(&w, "factors", '[');
	}
	for (uint32_t i = 0; i < reference->factors; i++) {
		const th_factor *f = &reference->factor[i];
		th_buf_clear(&key);
		search_text(reference, f, &key);
		if (!matches(th_buf_view(&key), th_buf_view(&words)) || th_factor_hidden(reference, f))
			continue;
		if (found++ == 0 && format == TH_FORMAT_TEXT)
			list_header(&grid, lang);
		if (format == TH_FORMAT_CSV)
			th_factor_csv(&out, f);
		else if (format == TH_FORMAT_JSON)
			th_put_factor(&w, NULL, f, NULL);
		else
			list_row(&grid, f, lang);
	}
	if (format == TH_FORMAT_JSON) {
		th_put_close(&w, ']');
		th_put_close(&w, '}');
		th_buf_char(&out, '\n');
	} else if (format == TH_FORMAT_TEXT && found) {
		th_grid_print(&grid, 0, &out);
		th_buf_printf(&out, "\n%s %zu\n", th_word_text(W_FOUND, lang), found);
	} else if (format == TH_FORMAT_TEXT)
		th_buf_printf(&out, "%s\n", th_word_text(W_NOTHING_FOUND, lang));
	out.failed |= words.failed || key.failed;
	th_buf_free(&words);
	th_buf_free(&key);
	return th_give(mark, &out, text, len);
}

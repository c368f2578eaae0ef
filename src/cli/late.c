/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Libraries that few runs need: libzip with its cryptography and libxlsxwriter took two thirds of the time of a small run to load. In the program, and
 * only there, their functions stand here, and the first that is called loads its library. The Makefile says under which names (TH_LATE_*); where it
 * cannot tell, this file is empty and they are linked as usual. */
#ifdef TH_LATE_ZIP
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>
#include <zip.h>

#include "cli/cli.h"

/* The function of a library that was there when the program was built; NULL without memory to load it, which is counted. (To try again is of no use: glibc can take
 * half of what it had loaded for the whole.) Looked up at each call, since nothing here is kept: it takes a microsecond, and none of these is called for
 * a cell or a line that is read. */
static void *find(const char *library, const char *name)
{
	bool absent;
	void *found = th_os_symbol(library, name, &absent);
	if (!absent) {
		th_memory_miss(found == NULL);
		return found;
	}
	/* libzip.so.4 comes with the package libzip4. */
	const char *so = strstr(library, ".so.");
	fprintf(stderr, "tanhe: 系统缺少程序库 (a library is missing): %s (%s)", library, name);
	if (so)
		fprintf(stderr, "；请安装软件包 (install the package) %.*s%s", (int)(so - library), library, so + 4);
	fputc('\n', stderr);
	exit(TH_SYSTEM);
}

/* Without memory nothing is done and 0 is the answer, as if the library had lacked it. */
#define FUNCTION(library, type, name, parameters, arguments) \
	type name parameters \
	{ \
		type (*real) parameters = (type(*) parameters)find(library, #name); \
		return real ? real arguments : (type)0; \
	}
/* What version a library is; "" without memory. */
#define VERSION(library, name) \
	const char *name(void) \
	{ \
		const char *(*real)(void) = (const char *(*)(void))find(library, #name); \
		return real ? real() : ""; \
	}

#define JSON(type, name, parameters, arguments) FUNCTION(TH_LATE_JSON, type, name, parameters, arguments)
VERSION(TH_LATE_JSON, cJSON_Version)
JSON(cJSON *, cJSON_ParseWithLengthOpts, (const char *a, size_t b, const char **c, cJSON_bool d), (a, b, c, d))
JSON(void, cJSON_Delete, (cJSON *a), (a))

#define ZIP(type, name, parameters, arguments) FUNCTION(TH_LATE_ZIP, type, name, parameters, arguments)
VERSION(TH_LATE_ZIP, zip_libzip_version)
ZIP(void, zip_error_init, (zip_error_t *a), (a))
ZIP(void, zip_error_fini, (zip_error_t *a), (a))
ZIP(void, zip_error_set, (zip_error_t *a, int b, int c), (a, b, c))
ZIP(int, zip_error_code_system, (const zip_error_t *a), (a))
ZIP(int, zip_error_code_zip, (const zip_error_t *a), (a))
ZIP(zip_int64_t, zip_error_to_data, (const zip_error_t *a, void *b, zip_uint64_t c), (a, b, c))
ZIP(zip_error_t *, zip_get_error, (zip_t *a), (a))
ZIP(zip_error_t *, zip_file_get_error, (zip_file_t *a), (a))
ZIP(zip_source_t *, zip_source_function_create, (zip_source_callback a, void *b, zip_error_t *c), (a, b, c))
ZIP(zip_int64_t, zip_source_seek_compute_offset, (zip_uint64_t a, zip_uint64_t b, void *c, zip_uint64_t d, zip_error_t *e), (a, b, c, d, e))
ZIP(void, zip_source_free, (zip_source_t *a), (a))
ZIP(zip_t *, zip_open_from_source, (zip_source_t *a, int b, zip_error_t *c), (a, b, c))
ZIP(void, zip_discard, (zip_t *a), (a))
ZIP(zip_int64_t, zip_name_locate, (zip_t *a, const char *b, zip_flags_t c), (a, b, c))
ZIP(void, zip_stat_init, (zip_stat_t *a), (a))
ZIP(int, zip_stat_index, (zip_t *a, zip_uint64_t b, zip_flags_t c, zip_stat_t *d), (a, b, c, d))
ZIP(zip_file_t *, zip_fopen_index, (zip_t *a, zip_uint64_t b, zip_flags_t c), (a, b, c))
ZIP(zip_int64_t, zip_fread, (zip_file_t *a, void *b, zip_uint64_t c), (a, b, c))
ZIP(int, zip_fclose, (zip_file_t *a), (a))
ZIP(zip_source_t *, zip_source_buffer, (zip_t *a, const void *b, zip_uint64_t c, int d), (a, b, c, d))
ZIP(zip_source_t *, zip_source_buffer_create, (const void *a, zip_uint64_t b, int c, zip_error_t *d), (a, b, c, d))
ZIP(void, zip_source_keep, (zip_source_t *a), (a))
ZIP(int, zip_source_stat, (zip_source_t *a, zip_stat_t *b), (a, b))
ZIP(int, zip_source_open, (zip_source_t *a), (a))
ZIP(zip_int64_t, zip_source_read, (zip_source_t *a, void *b, zip_uint64_t c), (a, b, c))
ZIP(int, zip_source_close, (zip_source_t *a), (a))
ZIP(zip_int64_t, zip_file_add, (zip_t *a, const char *b, zip_source_t *c, zip_flags_t d), (a, b, c, d))
ZIP(int, zip_set_file_compression, (zip_t *a, zip_uint64_t b, zip_int32_t c, zip_uint32_t d), (a, b, c, d))
ZIP(int, zip_file_set_dostime, (zip_t *a, zip_uint64_t b, zip_uint16_t c, zip_uint16_t d, zip_flags_t e), (a, b, c, d, e))
ZIP(int, zip_close, (zip_t *a), (a))

#define XLSX(type, name, parameters, arguments) FUNCTION(TH_LATE_XLSX, type, name, parameters, arguments)
VERSION(TH_LATE_XLSX, lxw_version)
XLSX(lxw_workbook *, workbook_new_opt, (const char *a, lxw_workbook_options *b), (a, b))
XLSX(lxw_worksheet *, workbook_add_worksheet, (lxw_workbook *a, const char *b), (a, b))
XLSX(lxw_format *, workbook_add_format, (lxw_workbook *a), (a))
XLSX(lxw_error, workbook_set_properties, (lxw_workbook *a, lxw_doc_properties *b), (a, b))
XLSX(lxw_error, workbook_close, (lxw_workbook *a), (a))
XLSX(void, format_set_align, (lxw_format *a, uint8_t b), (a, b))
XLSX(void, format_set_bg_color, (lxw_format *a, lxw_color_t b), (a, b))
XLSX(void, format_set_bold, (lxw_format *a), (a))
XLSX(void, format_set_border, (lxw_format *a, uint8_t b), (a, b))
XLSX(void, format_set_font_color, (lxw_format *a, lxw_color_t b), (a, b))
XLSX(void, format_set_num_format, (lxw_format *a, const char *b), (a, b))
XLSX(void, format_set_text_wrap, (lxw_format *a), (a))
XLSX(void, worksheet_activate, (lxw_worksheet *a), (a))
XLSX(void, worksheet_hide, (lxw_worksheet *a), (a))
XLSX(void, worksheet_freeze_panes, (lxw_worksheet *a, lxw_row_t b, lxw_col_t c), (a, b, c))
XLSX(lxw_error, worksheet_set_column, (lxw_worksheet *a, lxw_col_t b, lxw_col_t c, double d, lxw_format *e), (a, b, c, d, e))
XLSX(lxw_error, worksheet_write_blank, (lxw_worksheet *a, lxw_row_t b, lxw_col_t c, lxw_format *d), (a, b, c, d))
XLSX(lxw_error, worksheet_write_string, (lxw_worksheet *a, lxw_row_t b, lxw_col_t c, const char *d, lxw_format *e), (a, b, c, d, e))
XLSX(void, format_set_indent, (lxw_format *a, uint8_t b), (a, b))
XLSX(void, format_set_num_format_index, (lxw_format *a, uint8_t b), (a, b))
XLSX(lxw_error, worksheet_write_number, (lxw_worksheet *a, lxw_row_t b, lxw_col_t c, double d, lxw_format *e), (a, b, c, d, e))
XLSX(lxw_error, worksheet_write_formula_num, (lxw_worksheet *a, lxw_row_t b, lxw_col_t c, const char *d, lxw_format *e, double f), (a, b, c, d, e, f))
XLSX(lxw_error, worksheet_write_boolean, (lxw_worksheet *a, lxw_row_t b, lxw_col_t c, int d, lxw_format *e), (a, b, c, d, e))
XLSX(lxw_error, worksheet_write_comment_opt, (lxw_worksheet *a, lxw_row_t b, lxw_col_t c, const char *d, lxw_comment_options *e), (a, b, c, d, e))
XLSX(lxw_error, worksheet_merge_range, (lxw_worksheet *a, lxw_row_t b, lxw_col_t c, lxw_row_t d, lxw_col_t e, const char *f, lxw_format *g), (a, b, c, d, e, f, g))
XLSX(void, worksheet_set_comments_author, (lxw_worksheet *a, const char *b), (a, b))
XLSX(lxw_error, worksheet_ignore_errors, (lxw_worksheet *a, uint8_t b, const char *c), (a, b, c))
XLSX(lxw_error, worksheet_data_validation_range, (lxw_worksheet *a, lxw_row_t b, lxw_col_t c, lxw_row_t d, lxw_col_t e, lxw_data_validation *f), (a, b, c, d, e, f))
XLSX(void, worksheet_set_landscape, (lxw_worksheet *a), (a))
XLSX(void, worksheet_set_paper, (lxw_worksheet *a, uint8_t b), (a, b))
XLSX(void, worksheet_fit_to_pages, (lxw_worksheet *a, uint16_t b, uint16_t c), (a, b, c))
XLSX(lxw_error, worksheet_repeat_rows, (lxw_worksheet *a, lxw_row_t b, lxw_row_t c), (a, b, c))
XLSX(lxw_chart *, workbook_add_chart, (lxw_workbook *a, uint8_t b), (a, b))
XLSX(lxw_chart_series *, chart_add_series, (lxw_chart *a, const char *b, const char *c), (a, b, c))
XLSX(void, chart_series_set_categories, (lxw_chart_series *a, const char *b, lxw_row_t c, lxw_col_t d, lxw_row_t e, lxw_col_t f), (a, b, c, d, e, f))
XLSX(void, chart_series_set_values, (lxw_chart_series *a, const char *b, lxw_row_t c, lxw_col_t d, lxw_row_t e, lxw_col_t f), (a, b, c, d, e, f))
XLSX(void, chart_series_set_name_range, (lxw_chart_series *a, const char *b, lxw_row_t c, lxw_col_t d), (a, b, c, d))
XLSX(void, chart_series_set_line, (lxw_chart_series *a, lxw_chart_line *b), (a, b))
XLSX(void, chart_series_set_marker_type, (lxw_chart_series *a, uint8_t b), (a, b))
XLSX(void, chart_series_set_marker_fill, (lxw_chart_series *a, lxw_chart_fill *b), (a, b))
XLSX(void, chart_title_set_name, (lxw_chart *a, const char *b), (a, b))
XLSX(void, chart_axis_set_name, (lxw_chart_axis *a, const char *b), (a, b))
XLSX(void, chart_axis_set_num_format, (lxw_chart_axis *a, const char *b), (a, b))
XLSX(void, chart_axis_set_min, (lxw_chart_axis *a, double b), (a, b))
XLSX(void, chart_legend_set_position, (lxw_chart *a, uint8_t b), (a, b))
XLSX(lxw_error, worksheet_insert_chart_opt, (lxw_worksheet *a, lxw_row_t b, lxw_col_t c, lxw_chart *d, lxw_chart_options *e), (a, b, c, d, e))
#else
typedef int nothing_is_late;
#endif

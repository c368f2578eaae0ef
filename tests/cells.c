/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the workbook reader gives, cell by cell, for the tests: cells FILE... prints a line of JSON for each sheet, row by row, or the findings.
 * cells --count FILE only counts the cells of the first sheet, and tells the memory; cells --xml FILE reads the bare XML of a sheet. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "io/sheet.h"

static void put_text(th_slice text)
{
	putchar('"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < 0x20)
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void put_row(const th_sheet_row *row, const char *comma)
{
	printf("%s[%zu,%d,[", comma, row->number, row->hidden);
	for (size_t i = 0; i < row->cells; i++) {
		printf("%s[%u,%d,%d,", i ? "," : "", (unsigned)row->cell[i].column, row->cell[i].kind, row->cell[i].flags);
		put_text(row->cell[i].text.len ? row->cell[i].text : TH_S(""));
		putchar(']');
	}
	printf("]]");
}

static th_status put_sheet(th_sheet *sheet, const char *name, bool hidden, bool count)
{
	th_sheet_row row;
	bool end = false;
	size_t rows = 0, cells = 0, merges;
	th_status status = TH_OK;
	if (!count) {
		printf("{\"sheet\":");
		put_text(th_slice_of(name));
		printf(",\"hidden\":%d,\"rows\":[", hidden);
	}
	while ((status = th_sheet_next(sheet, &row, &end)) == TH_OK && !end) {
		if (!count)
			put_row(&row, rows ? "," : "");
		rows++;
		cells += row.cells;
	}
	(void)th_sheet_merges(sheet, &merges);
	if (count)
		printf("%zu rows, %zu cells\n", rows, cells);
	else
		printf("],\"merges\":%zu,\"status\":%d}\n", merges, status);
	return status;
}

static th_status put_workbook(const char *path, bool count, th_diags *diags)
{
	th_workbook *workbook;
	th_status status = th_workbook_open_file(path, diags, &workbook), worst = status;
	for (size_t i = 0; status == TH_OK && i < (count ? 1 : th_workbook_sheets(workbook)); i++) {
		th_sheet *sheet;
		const th_workbook_sheet *about = th_workbook_sheet_at(workbook, i);
		th_status read = th_sheet_open(workbook, i, &sheet);
		if (read == TH_OK)
			read = put_sheet(sheet, about->name, about->hidden, count);
		th_sheet_close(sheet);
		worst = read > worst ? read : worst;
	}
	th_workbook_close(workbook);
	return worst;
}

static th_status put_xml(const char *path, th_diags *diags)
{
	static char text[1 << 20];
	th_sheet *sheet;
	FILE *f = fopen(path, "rb");
	size_t len = f ? fread(text, 1, sizeof text, f) : 0;
	if (f)
		fclose(f);
	th_status status = th_sheet_of_xml(path, (th_slice){text, len}, diags, &sheet);
	if (status == TH_OK)
		status = put_sheet(sheet, path, false, false);
	th_sheet_close(sheet);
	return status;
}

/* The most memory that was in use, in KiB; 0 where the system does not tell. */
static long most_memory(void)
{
	char line[256];
	long kib = 0;
	FILE *f = fopen("/proc/self/status", "r");
	while (f && fgets(line, sizeof line, f))
		if (strncmp(line, "VmHWM:", 6) == 0)
			kib = strtol(line + 6, NULL, 10);
	if (f)
		fclose(f);
	return kib;
}

int main(int argc, char **argv)
{
	bool count = argc > 1 && strcmp(argv[1], "--count") == 0, xml = argc > 1 && strcmp(argv[1], "--xml") == 0;
	th_status worst = TH_OK;
	for (int i = 1 + (count || xml); i < argc; i++) {
		th_diags *diags = th_diags_new();
		char *text = NULL;
		if (!diags)
			return TH_SYSTEM;
		th_status status = xml ? put_xml(argv[i], diags) : put_workbook(argv[i], count, diags);
		if (th_diags_jsonl(diags, &text) == TH_OK)
			fputs(text, count ? stderr : stdout);
		free(text);
		th_diags_free(diags);
		worst = status > worst ? status : worst;
		if (!count)
			printf("{\"file\":null,\"status\":%d}\n", status);
	}
	if (count)
		printf("%ld KiB\n", most_memory());
	return (int)worst;
}

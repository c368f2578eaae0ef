/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/list.h"
#include "io/workbook_parts.h"

enum { MOST = 65536 }; /* formats and styles; Excel has fewer of either */

struct code {
	size_t id;
	const char *text;
};

struct style {
	size_t format; /* its id */
	unsigned char indent;
};

struct reading {
	th_diags *diags;
	const char *path, *part;
	th_arena *arena;
	struct code *code;
	struct style *style;
	size_t codes, styles;
	bool in_styles;
};

static th_status too_many(const struct reading *r)
{
	return th_report(r->diags, TH_WORKBOOK_LARGE, (th_pos){r->path, 1, 1, NULL}, r->part, "65536", NULL);
}

static th_status add_code(struct reading *r, const char *const *attributes)
{
	size_t id;
	const char *number = th_xml_attribute(attributes, "numFmtId"), *text = th_xml_attribute(attributes, "formatCode");
	if (!number || !text || !th_xml_index(number, UINT32_MAX, &id))
		return TH_OK;
	if (r->codes == MOST)
		return too_many(r);
	struct code *grown = th_grown(r->code, r->codes, sizeof *grown);
	if (!grown)
		return th_no_memory(r->diags);
	r->code = grown;
	grown[r->codes] = (struct code){id, th_arena_copy(r->arena, th_slice_of(text)).ptr};
	return grown[r->codes++].text ? TH_OK : th_no_memory(r->diags);
}

static th_status add_style(struct reading *r, const char *const *attributes)
{
	size_t id = 0;
	const char *number = th_xml_attribute(attributes, "numFmtId");
	if (r->styles == MOST)
		return too_many(r);
	struct style *grown = th_grown(r->style, r->styles, sizeof *grown);
	if (!grown)
		return th_no_memory(r->diags);
	r->style = grown;
	if (!number || !th_xml_index(number, UINT32_MAX, &id))
		id = 0;
	grown[r->styles++] = (struct style){.format = id};
	return TH_OK;
}

/* Of the style that began last. What is moved in from the right, or stands in the middle, is not moved in. */
static void add_alignment(struct reading *r, const char *const *attributes)
{
	size_t steps;
	const char *indent = th_xml_attribute(attributes, "indent"), *side = th_xml_attribute(attributes, "horizontal");
	if (r->styles == 0 || !indent || !th_xml_index(indent, 250, &steps) || (side && (strcmp(side, "right") == 0 || strcmp(side, "center") == 0)))
		return;
	r->style[r->styles - 1].indent = (unsigned char)steps;
}

static th_status start(void *user, const char *name, const char *const *attributes)
{
	struct reading *r = user;
	if (strcmp(name, "numFmt") == 0)
		return add_code(r, attributes);
	if (strcmp(name, "cellXfs") == 0)
		r->in_styles = true;
	else if (r->in_styles && strcmp(name, "xf") == 0)
		return add_style(r, attributes);
	else if (r->in_styles && strcmp(name, "alignment") == 0)
		add_alignment(r, attributes);
	return TH_OK;
}

static th_status end(void *user, const char *name)
{
	struct reading *r = user;
	if (strcmp(name, "cellXfs") == 0)
		r->in_styles = false;
	return TH_OK;
}

static int by_id(const void *a, const void *b)
{
	const struct code *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static th_status settle(struct reading *r, th_styles *out)
{
	out->format = th_arena_alloc(r->arena, r->styles + 1, sizeof *out->format);
	out->code = th_arena_alloc(r->arena, r->styles + 1, sizeof *out->code);
	out->indent = th_arena_alloc(r->arena, r->styles + 1, sizeof *out->indent);
	out->id = th_arena_alloc(r->arena, r->styles + 1, sizeof *out->id);
	if (!out->format || !out->code || !out->indent || !out->id)
		return th_no_memory(r->diags);
	if (r->codes)
		qsort(r->code, r->codes, sizeof *r->code, by_id);
	for (size_t i = 0; i < r->styles; i++) {
		const struct code want = {.id = r->style[i].format}, *code = r->codes ? bsearch(&want, r->code, r->codes, sizeof want, by_id) : NULL;
		out->code[i] = code ? code->text : NULL;
		out->id[i] = (unsigned)r->style[i].format;
		out->format[i] = th_numfmt_of((unsigned)r->style[i].format, out->code[i]);
		out->indent[i] = r->style[i].indent;
	}
	out->count = r->styles;
	return TH_OK;
}

th_status th_styles_load(th_package *package, const char *part, th_arena *arena, th_styles *out)
{
	static const th_xml_use use = {start, end, NULL};
	struct reading r = {.diags = th_package_diags(package), .path = th_package_path(package), .part = part, .arena = arena};
	th_status status = th_xml_part(package, part, &use, &r);
	if (status == TH_OK)
		status = settle(&r, out);
	free(r.code);
	free(r.style);
	return status;
}

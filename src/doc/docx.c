/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The body of a word processor's document, its pictures, and the parts that hold it together. */
#include "doc/docx.h"

#include <stdlib.h>

#include "base/list.h"
#include "base/print.h"
#include "doc/picture.h"

typedef struct writer {
	const th_doc *doc;
	th_docx media;           /* two parts for each picture */
	th_buf body, links;      /* what is between the tags of word/document.xml, and its relationships */
	th_doc_outline outline;
	size_t pictures;
} writer;

/* `bytes` are taken over. */
static void add_part(th_docx *docx, const char *name, size_t number, th_buf *bytes)
{
	th_docx_part *to = th_grown(docx->part, docx->parts, sizeof *to);
	docx->failed |= bytes->failed || !to;
	if (!to) {
		th_buf_free(bytes);
		return;
	}
	docx->part = to;
	to = &docx->part[docx->parts++];
	*to = (th_docx_part){.bytes = *bytes};
	*bytes = (th_buf){0};
	docx->failed |= th_print(to->name, sizeof to->name, name, number) < 0;
}

void th_docx_free(th_docx *docx)
{
	for (size_t i = 0; i < docx->parts; i++)
		th_buf_free(&docx->part[i].bytes);
	free(docx->part);
	*docx = (th_docx){0};
}

/* --- paragraphs --- */

static void put_paragraph(writer *w, const char *style, const char *before, th_slice text)
{
	th_buf_printf(&w->body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr><w:r><w:t xml:space=\"preserve\">", style);
	th_put_markup(&w->body, th_slice_of(before));
	th_put_markup(&w->body, text);
	th_buf_str(&w->body, "</w:t></w:r></w:p>\n");
}

static th_slice cell_of(const writer *w, const th_doc_block *block, size_t i)
{
	return th_doc_text_of(w->doc, &w->doc->cell[block->first + i]);
}

static void put_heading(writer *w, const th_doc_block *block)
{
	static const char *const styles[] = {"Heading1", "Heading1", "Heading2", "Heading3"};
	th_buf number = {0};
	if (th_doc_outline_open(&w->outline, w->doc, block, &number)) {
		size_t level = w->outline.level < 3 ? w->outline.level : 3;
		th_buf_char(&number, '\0');
		put_paragraph(w, block->part == TH_DOC_ITEM ? "Item" : styles[level], number.failed ? "" : number.ptr, cell_of(w, block, 0));
	}
	w->body.failed |= number.failed;
	th_buf_free(&number);
}

/* `图1　…`: a number that the word processor counts anew when something comes before it. */
static void put_caption(writer *w, const char *name, size_t number, bool keep, th_slice text)
{
	th_buf_printf(&w->body, "<w:p><w:pPr><w:pStyle w:val=\"Caption\"/>%s</w:pPr><w:r><w:t xml:space=\"preserve\">%s</w:t></w:r>", keep ? "<w:keepNext/>" : "", name);
	th_buf_printf(&w->body, "<w:fldSimple w:instr=\" SEQ %.*s \\* ARABIC \"><w:r><w:t>%zu</w:t></w:r></w:fldSimple>", (int)strcspn(name, " "), name, number);
	th_buf_str(&w->body, "<w:r><w:t xml:space=\"preserve\">　");
	th_put_markup(&w->body, text);
	th_buf_str(&w->body, "</w:t></w:r></w:p>\n");
}

static void put_table_caption(writer *w, const th_doc_block *block)
{
	put_caption(w, th_doc_is_chinese(w->doc) ? "表" : "Table ", ++w->outline.tables, true, cell_of(w, block, 0));
}

/* --- pictures --- */

enum { EMU = 635 /* in a twentieth of a point */, EMU_PX = 9525, MOST_DOWN = TH_DOCX_DOWN - 1400 /* with its caption */ };

/* As wide as the text, unless it is then higher than a page. */
static void measure(const th_picture *picture, int *across, int *down)
{
	double scale = (double)TH_DOCX_ACROSS / picture->width;
	if (picture->height * scale > MOST_DOWN)
		scale = MOST_DOWN / picture->height;
	*across = (int)(picture->width * scale) * EMU;
	*down = (int)(picture->height * scale) * EMU;
}

static void put_link(th_buf *links, const char *id, size_t number, const char *kind, const char *target)
{
	th_buf_printf(links, "<Relationship Id=\"%s", id);
	if (number)
		th_buf_count(links, number);
	th_buf_printf(links, "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s\" Target=\"%s", kind, target);
}

/* A metafile, which every word processor draws, and beside it the same as SVG for those that draw that. */
static void put_blip(writer *w, size_t number)
{
	th_buf_printf(&w->body, "<a:blip r:embed=\"rIdE%zu\"><a:extLst><a:ext uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\">"
	                        "<asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"rIdS%zu\"/></a:ext></a:extLst></a:blip>",
	              number, number);
	put_link(&w->links, "rIdE", number, "image", "media/picture");
	th_buf_printf(&w->links, "%zu.emf\"/>", number);
	put_link(&w->links, "rIdS", number, "image", "media/picture");
	th_buf_printf(&w->links, "%zu.svg\"/>\n", number);
}

static void put_drawing(writer *w, const th_picture *picture, size_t number)
{
	int across, down;
	measure(picture, &across, &down);
	th_buf_printf(&w->body, "<w:p><w:pPr><w:pStyle w:val=\"Figure\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
	                        "<wp:extent cx=\"%d\" cy=\"%d\"/><wp:docPr id=\"%zu\" name=\"Picture %zu\" descr=\"", across, down, number, number);
	th_put_markup(&w->body, picture->title);
	th_buf_str(&w->body, " ");
	th_put_markup(&w->body, picture->about);
	th_buf_str(&w->body, "\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr><a:graphic>"
	                     "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>");
	th_buf_printf(&w->body, "<pic:nvPicPr><pic:cNvPr id=\"%zu\" name=\"picture%zu\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>", number, number);
	put_blip(w, number);
	th_buf_printf(&w->body, "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%d\" cy=\"%d\"/></a:xfrm>"
	                        "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>\n",
	              across, down);
}

static void put_picture(writer *w, const th_picture *picture)
{
	th_buf emf = {0}, svg = {0};
	if (picture->screen)
		return;
	size_t number = ++w->pictures;
	put_drawing(w, picture, number);
	put_caption(w, th_doc_is_chinese(w->doc) ? "图" : "Figure ", number, false, picture->title);
	th_put_picture_emf(&emf, picture);
	add_part(&w->media, "word/media/picture%zu.emf", number, &emf);
	th_put_picture_svg(&svg, picture, 0);
	add_part(&w->media, "word/media/picture%zu.svg", number, &svg);
}

/* --- the body --- */

static void put_block(writer *w, const th_doc_block *block)
{
	switch (block->kind) {
	case TH_DOC_TITLE:
		put_paragraph(w, "Title", "", cell_of(w, block, 0));
		break;
	case TH_DOC_OPEN:
		put_heading(w, block);
		break;
	case TH_DOC_CLOSE:
		th_doc_outline_close(&w->outline);
		break;
	case TH_DOC_PARAGRAPH:
		put_paragraph(w, "Normal", "", cell_of(w, block, 0));
		break;
	case TH_DOC_MARK:
		put_paragraph(w, "Mark", "", cell_of(w, block, 0));
		break;
	case TH_DOC_LIST:
		for (size_t i = 0; i < block->cells; i++)
			put_paragraph(w, "Listed", "• ", cell_of(w, block, i));
		break;
	case TH_DOC_FIELDS:
		th_docx_fields(&w->body, w->doc, block);
		break;
	case TH_DOC_TABLE:
		th_docx_table(&w->body, w->doc, block);
		break;
	case TH_DOC_CAPTION:
		put_table_caption(w, block);
		break;
	case TH_DOC_PICTURE:
		put_picture(w, block->picture);
		break;
	}
}

static void put_body(writer *w)
{
	th_buf_str(&w->body, TH_DOCX_XML "<w:document xmlns:w=\"" TH_DOCX_W "\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
	                     "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
	                     "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>\n");
	for (size_t i = 0; i < w->doc->blocks && !w->body.failed; i++)
		put_block(w, &w->doc->block[i]);
	th_buf_str(&w->body, "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rIdFooter\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
	                     "<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"851\" w:footer=\"1134\" w:gutter=\"0\"/>"
	                     "</w:sectPr></w:body></w:document>\n");
}

/* --- what holds the parts together --- */

#define RELATIONSHIPS TH_DOCX_XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

static void put_types(th_buf *out)
{
	static const char *const parts[][2] = {
		{"/word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"},
		{"/word/styles.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"},
		{"/word/settings.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"},
		{"/word/footer1.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"},
		{"/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"},
	};
	th_buf_str(out, TH_DOCX_XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
	                "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	                "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"emf\" ContentType=\"image/x-emf\"/>"
	                "<Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		th_buf_printf(out, "<Override PartName=\"%s\" ContentType=\"%s\"/>", parts[i][0], parts[i][1]);
	th_buf_str(out, "</Types>\n");
}

static void put_root(th_buf *out)
{
	th_buf_str(out, RELATIONSHIPS);
	put_link(out, "rId1", 0, "officeDocument", "word/document.xml\"/>");
	th_buf_str(out, "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
	                "Target=\"docProps/core.xml\"/></Relationships>\n");
}

static void put_links(th_buf *out, const th_buf *pictures)
{
	th_buf_str(out, RELATIONSHIPS);
	put_link(out, "rIdStyles", 0, "styles", "styles.xml\"/>");
	put_link(out, "rIdSettings", 0, "settings", "settings.xml\"/>");
	put_link(out, "rIdFooter", 0, "footer", "footer1.xml\"/>\n");
	th_buf_slice(out, th_buf_view(pictures));
	th_buf_str(out, "</Relationships>\n");
}

static th_slice first_of(const th_doc *doc, th_doc_block_kind kind)
{
	for (size_t i = 0; i < doc->blocks; i++)
		if (doc->block[i].kind == kind)
			return th_doc_text_of(doc, &doc->cell[doc->block[i].first]);
	return TH_S("");
}

static void put_property(th_buf *out, const char *name, th_slice text)
{
	if (text.len == 0)
		return;
	th_buf_printf(out, "<%s>", name);
	th_put_markup(out, text);
	th_buf_printf(out, "</%s>", name);
}

/* What must not be missed stands here as well. No time: the same document has the same bytes. */
static void put_properties(th_buf *out, const th_doc *doc, th_slice program)
{
	th_buf_str(out, TH_DOCX_XML "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
	                "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
	put_property(out, "dc:title", first_of(doc, TH_DOC_TITLE));
	put_property(out, "dc:subject", first_of(doc, TH_DOC_MARK));
	put_property(out, "dc:creator", program);
	put_property(out, "dc:description", first_of(doc, TH_DOC_MARK));
	put_property(out, "dc:language", doc->lang ? th_slice_of(doc->lang) : TH_S(""));
	th_buf_str(out, "</cp:coreProperties>\n");
}

/* A part that is made by one call. */
#define MADE(docx, name, call) \
	do { \
		th_buf made = {0}; \
		call; \
		add_part((docx), name, 0, &made); \
	} while (0)

static void take_media(th_docx *docx, th_docx *media)
{
	for (size_t i = 0; i < media->parts; i++) {
		th_docx_part *part = &media->part[i];
		add_part(docx, "", 0, &part->bytes);
		if (docx->parts && !docx->failed)
			memcpy(docx->part[docx->parts - 1].name, part->name, sizeof part->name);
	}
	docx->failed |= media->failed;
	th_docx_free(media);
}

th_docx th_docx_of(const th_doc *doc, th_slice program)
{
	th_docx docx = {.failed = th_doc_failed(doc)};
	writer w = {.doc = doc};
	put_body(&w);
	MADE(&docx, "[Content_Types].xml", put_types(&made));
	MADE(&docx, "_rels/.rels", put_root(&made));
	MADE(&docx, "docProps/core.xml", put_properties(&made, doc, program));
	add_part(&docx, "word/document.xml", 0, &w.body);
	MADE(&docx, "word/_rels/document.xml.rels", put_links(&made, &w.links));
	MADE(&docx, "word/styles.xml", th_docx_styles(&made, th_doc_is_chinese(doc)));
	MADE(&docx, "word/settings.xml", th_docx_settings(&made));
	MADE(&docx, "word/footer1.xml", th_docx_footer(&made));
	take_media(&docx, &w.media);
	docx.failed |= w.links.failed;
	th_buf_free(&w.links);
	return docx;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a document of a word processor looks: GB/T 9704-2012, 5.2 and 7. Sizes are half points (三号 is 32, 二号 44, 五号 21), lines and margins twentieths of
 * one. */
#include "doc/docx.h"

static void put_font(th_buf *out, const char *eastern, int size, bool bold)
{
	th_buf_printf(out, "<w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"%s\" w:cs=\"Times New Roman\"/>%s<w:sz w:val=\"%d\"/>"
	                   "<w:szCs w:val=\"%d\"/></w:rPr>", eastern, bold ? "<w:b/>" : "", size, size);
}

typedef struct style {
	const char *id, *name, *based, *paragraph; /* paragraph: what w:pPr holds */
	const char *font;        /* NULL: as what it is based on */
	int size;
	bool bold, own;          /* own: no style that every program knows */
} style;

#define EXACT(line) "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"" line "\" w:lineRule=\"exact\"/>"
#define AUTO(before, after) "<w:spacing w:before=\"" before "\" w:after=\"" after "\" w:line=\"240\" w:lineRule=\"auto\"/>"
#define FLUSH "<w:ind w:left=\"0\" w:firstLineChars=\"0\" w:firstLine=\"0\"/>"

static const style styles[] = {
	{"Title", "Title", "Normal", "<w:spacing w:before=\"240\" w:after=\"360\" w:line=\"640\" w:lineRule=\"exact\"/>" FLUSH "<w:jc w:val=\"center\"/>", "方正小标宋简体", 44, false, false},
	{"Heading1", "heading 1", "Normal", "<w:keepNext/><w:outlineLvl w:val=\"0\"/>", "黑体", 32, false, false},
	{"Heading2", "heading 2", "Normal", "<w:keepNext/><w:outlineLvl w:val=\"1\"/>", "楷体_GB2312", 32, false, false},
	{"Heading3", "heading 3", "Normal", "<w:keepNext/><w:outlineLvl w:val=\"2\"/>", "仿宋_GB2312", 32, true, false},
	{"Item", "Item", "Normal", "<w:keepNext/>", "仿宋_GB2312", 32, true, true},
	{"Mark", "Mark", "Normal", "<w:keepNext/><w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"6\" w:color=\"961E1E\"/></w:pBdr>" AUTO("60", "60") FLUSH, "黑体", 24, false, true},
	{"Listed", "Listed", "Normal", "", NULL, 0, false, true},
	{"Caption", "caption", "Normal", AUTO("120", "60") FLUSH "<w:jc w:val=\"center\"/>", "黑体", 24, false, false},
	/* A picture in lines of a fixed height is cut to one of them. */
	{"Figure", "Figure", "Normal", "<w:keepNext/>" AUTO("120", "0") FLUSH "<w:jc w:val=\"center\"/>", NULL, 0, false, true},
	{"Cell", "Cell", "Normal", AUTO("20", "20") FLUSH "<w:jc w:val=\"left\"/>", "宋体", 21, false, true},
	{"Gap", "Gap", "Normal", "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/>" FLUSH, NULL, 0, false, true},
	{"Footer", "footer", "Normal", AUTO("0", "0") FLUSH "<w:jc w:val=\"center\"/>", "宋体", 28, false, false},
};

void th_docx_styles(th_buf *out, bool chinese)
{
	th_buf_str(out, TH_DOCX_XML "<w:styles xmlns:w=\"" TH_DOCX_W "\"><w:docDefaults><w:rPrDefault><w:rPr>"
	                "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"仿宋_GB2312\" w:cs=\"Times New Roman\"/>");
	th_buf_printf(out, "<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" w:eastAsia=\"%s\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault></w:docDefaults>",
	              "zh-CN");
	/* The first line of a paragraph moves in by two characters; lines stand 28 points apart. */
	th_buf_str(out, "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:pPr>" EXACT("560"));
	th_buf_printf(out, "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:jc w:val=\"%s\"/></w:pPr></w:style>\n", chinese ? "both" : "left");
	for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
		const style *s = &styles[i];
		th_buf_printf(out, "<w:style w:type=\"paragraph\" w:customStyle=\"%d\" w:styleId=\"%s\"><w:name w:val=\"%s\"/><w:basedOn w:val=\"%s\"/><w:pPr>%s</w:pPr>",
		              s->own, s->id, s->name, s->based, s->paragraph);
		if (s->font)
			put_font(out, s->font, s->size, s->bold);
		th_buf_str(out, "</w:style>\n");
	}
	th_buf_str(out, "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>"
	                "<w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>\n");
}

void th_docx_settings(th_buf *out)
{
	th_buf_str(out, TH_DOCX_XML "<w:settings xmlns:w=\"" TH_DOCX_W "\"><w:zoom w:percent=\"100\"/><w:characterSpacingControl w:val=\"compressPunctuation\"/>"
	                "<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
	                "<w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>\n");
}

/* The number of the page between two dashes. */
void th_docx_footer(th_buf *out)
{
	th_buf_str(out, TH_DOCX_XML "<w:ftr xmlns:w=\"" TH_DOCX_W "\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r>"
	                "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>\n");
}

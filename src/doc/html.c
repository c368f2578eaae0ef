/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document as one HTML page (HTML Living Standard): no script, nothing fetched, and a policy in it that lets no browser do either. Titles are headings,
 * tables have heads with their scope, pictures are SVG with their tables behind them. One style serves the screen, light and dark, and A4. */
#include "doc/doc.h"

#include "doc/picture.h"

typedef struct writer {
	th_buf *out;
	const th_doc *doc;
	th_doc_outline outline;
	size_t chapters, pictures;
	th_slice caption;       /* of the next table, without its number */
	bool numbered;          /* there is one */
} writer;

static const char style[] =
	"body{background:var(--ground);color:var(--ink);font:15px/1.65 \"Noto Sans CJK SC\",\"Source Han Sans SC\",\"PingFang SC\",\"Microsoft YaHei\","
	"\"WenQuanYi Zen Hei\",\"WenQuanYi Micro Hei\",sans-serif;max-width:62rem;margin:2rem auto;padding:0 1.2rem;overflow-wrap:break-word}\n"
	"h1{font-size:1.6rem;line-height:1.35}h2{font-size:1.3rem;border-bottom:2px solid var(--faint);padding-bottom:.25rem;margin-top:2.6rem}\n"
	"h3{font-size:1.1rem;margin-top:1.8rem}h4,h5,h6{font-size:1rem;margin:1.2rem 0 .4rem}p{margin:.5rem 0}\n"
	"nav ol{columns:2;list-style:none;padding:0;margin:1rem 0}a{color:inherit}\n"
	"dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.2rem 1rem;margin:.6rem 0}dt{color:var(--muted)}\n"
	"dd{margin:0;grid-column:2;min-width:0}\n"
	".mark{border-left:4px solid var(--scope1);background:var(--soft);padding:.3rem .7rem;font-weight:600;font-size:14px}\n"
	".table{overflow-x:auto;margin:.7rem 0 1.2rem}table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.45;border-top:2px solid var(--ink);"
	"border-bottom:2px solid var(--ink)}\n"
	"caption{text-align:left;font-weight:600;padding:.3rem 0}thead th{border-bottom:1px solid var(--ink);vertical-align:bottom}\n"
	"th,td{text-align:left;padding:.25rem .5rem;vertical-align:top;font-weight:400}thead th{font-weight:600;word-break:keep-all}tbody tr+tr>*{border-top:1px solid var(--faint)}\n"
	"tbody tr.note>*{border-top:0;color:var(--muted);font-size:13px;padding:0 .5rem .3rem 1.5rem}\n"
	".n{text-align:right;font-variant-numeric:tabular-nums}td.n,tbody th.n,.s{white-space:nowrap}.w{overflow-wrap:anywhere;min-width:3.2em}.long{min-width:9em}\n"
	".wide{font-size:13px}.wide th,.wide td{padding:.2rem .35rem}\n"
	"figure{margin:1.4rem 0 .6rem}figcaption{font-weight:600;margin-bottom:.4rem}svg{display:block;width:100%;height:auto}svg text{font-family:inherit}\n"
	"@media (max-width:40rem){nav ol{columns:1}dl{display:block}dd{margin:0 0 .4rem}}\n"
	"@page{size:A4;margin:18mm 15mm}\n"
	"@media print{:root{color-scheme:light}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}\n"
	"body{font-size:10.5pt;line-height:1.5;max-width:none;margin:0;padding:0}\n"
	"h2,h3,h4,h5,h6,caption,figcaption,.mark{break-after:avoid}figure,tr{break-inside:avoid}tbody tr:first-child,tbody tr:last-child,tbody tr.note{break-before:avoid}thead{display:table-header-group}.table{overflow:visible}\n"
	"table{font-size:8.5pt}.wide{font-size:7.5pt}.wide th,.wide td{padding:.15rem .25rem}tbody tr.note>*{font-size:8pt}\n"
	".screen{display:none}.mark{font-size:9.5pt}}\n";

static void put(writer *w, const char *markup)
{
	th_buf_str(w->out, markup);
}

static void put_cell(writer *w, const th_doc_cell *cell)
{
	if (th_doc_is_text(cell))
		th_put_markup(w->out, th_doc_text_of(w->doc, cell));
	else
		th_put_doc_number(cell, w->out);
}

static const th_doc_cell *cell_of(const writer *w, const th_doc_block *block, size_t index)
{
	return &w->doc->cell[block->first + index];
}

static void put_element(writer *w, const char *open, const th_doc_cell *cell, const char *close)
{
	put(w, open);
	put_cell(w, cell);
	put(w, close);
}

/* --- the page --- */

static bool is_title(const th_doc_block *block)
{
	return block->kind == TH_DOC_TITLE;
}

static void put_page_head(writer *w)
{
	th_buf_printf(w->out, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", w->doc->lang ? w->doc->lang : "");
	put(w, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
	       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
	for (size_t i = 0; i < w->doc->blocks; i++)
		if (is_title(&w->doc->block[i])) {
			put_element(w, "<title>", cell_of(w, &w->doc->block[i], 0), "</title>\n");
			break;
		}
	put(w, "<style>\n");
	th_put_picture_style(w->out);
	put(w, style);
	put(w, "</style>\n</head>\n<body>\n");
}

/* The chapters, with links to them. */
static void put_contents(writer *w)
{
	th_doc_outline outline = {0};
	size_t chapters = 0;
	put(w, th_doc_is_chinese(w->doc) ? "<nav aria-label=\"目录\"><ol>\n" : "<nav aria-label=\"Contents\"><ol>\n");
	for (size_t i = 0; i < w->doc->blocks; i++) {
		const th_doc_block *block = &w->doc->block[i];
		th_buf number = {0};
		if (block->kind == TH_DOC_CLOSE)
			th_doc_outline_close(&outline);
		if (block->kind == TH_DOC_OPEN && th_doc_outline_open(&outline, w->doc, block, &number) && outline.level == 1) {
			th_buf_printf(w->out, "<li><a href=\"#c%zu\">", ++chapters);
			th_buf_slice(w->out, th_buf_view(&number));
			put_element(w, "", cell_of(w, block, 0), "</a></li>\n");
		}
		w->out->failed |= number.failed;
		th_buf_free(&number);
	}
	put(w, "</ol></nav>\n");
}

/* --- blocks --- */

static void put_open(writer *w, const th_doc_block *block)
{
	enum { DEEPEST = 6 };
	th_buf number = {0};
	bool titled = th_doc_outline_open(&w->outline, w->doc, block, &number);
	size_t level = w->outline.level + 1 < DEEPEST ? w->outline.level + 1 : DEEPEST;
	if (titled) {
		th_buf_printf(w->out, "<h%zu", level);
		if (w->outline.level == 1)
			th_buf_printf(w->out, " id=\"c%zu\"", ++w->chapters);
		put(w, ">");
		th_buf_slice(w->out, th_buf_view(&number));
		put_cell(w, cell_of(w, block, 0));
		th_buf_printf(w->out, "</h%zu>\n", level);
	}
	w->out->failed |= number.failed;
	th_buf_free(&number);
}

/* A value without a label goes on with the one before. */
static void put_fields(writer *w, const th_doc_block *block)
{
	put(w, "<dl>\n");
	for (size_t i = 0; i + 1 < block->cells; i += 2) {
		if (cell_of(w, block, i)->is.text.len)
			put_element(w, "<dt>", cell_of(w, block, i), "</dt>\n");
		put_element(w, "<dd>", cell_of(w, block, i + 1), "</dd>\n");
	}
	put(w, "</dl>\n");
}

static void put_list(writer *w, const th_doc_block *block)
{
	put(w, "<ul>\n");
	for (size_t i = 0; i < block->cells; i++)
		put_element(w, "<li>", cell_of(w, block, i), "</li>\n");
	put(w, "</ul>\n");
}

static void put_caption(writer *w)
{
	if (!w->numbered)
		return;
	put(w, "<caption>");
	th_doc_outline_caption(&w->outline, w->doc, w->out);
	th_put_markup(w->out, w->caption);
	put(w, "</caption>\n");
	w->numbered = false;
}

static void put_heads(writer *w, const th_doc_block *table)
{
	if (!th_doc_has_heads(w->doc, table))
		return;
	put(w, "<thead><tr>");
	for (size_t c = 0; c < table->columns; c++)
		put_element(w, th_doc_is_number(table->column[c]) ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">", cell_of(w, table, c), "</th>");
	put(w, "</tr></thead>\n");
}

/* An id or a word of few letters, which is not to be broken at a hyphen. */
static bool is_short(th_slice text)
{
	enum { SHORT = 16 };
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] >= 0x80 || text.ptr[i] == ' ')
			return false;
	return text.len <= SHORT;
}

/* The first cell of a row is its head. Long text is given room to wrap in. */
static void put_data(writer *w, const th_doc_block *table, size_t column, const th_doc_cell *cell)
{
	enum { LONG = 60 }; /* bytes */
	bool number = th_doc_is_number(table->column[column]), head = column == 0;
	bool wraps = th_doc_is_text(cell) && cell->is.text.len > LONG;
	put(w, head ? "<th scope=\"row\"" : "<td");
	bool whole = th_doc_is_text(cell) && is_short(th_doc_text_of(w->doc, cell));
	put(w, number && !wraps ? " class=\"n\">" : wraps ? " class=\"w long\">" : whole ? " class=\"s\">" : " class=\"w\">");
	put_cell(w, cell);
	put(w, head ? "</th>" : "</td>");
}

static void end_row(writer *w, const th_doc_block *table, size_t *column)
{
	for (; *column && *column < table->columns; ++*column)
		put(w, "<td></td>");
	put(w, *column ? "</tr>\n" : "");
	*column = 0;
}

static void put_rows(writer *w, const th_doc_block *table)
{
	size_t column = 0;
	for (size_t i = table->columns; i < table->cells; i++) {
		const th_doc_cell *cell = cell_of(w, table, i);
		if (th_doc_is_note(cell) || column == table->columns)
			end_row(w, table, &column);
		if (th_doc_is_note(cell)) {
			th_buf_printf(w->out, "<tr class=\"note\"><td colspan=\"%zu\">", table->columns);
			put_cell(w, cell);
			put(w, "</td></tr>\n");
			continue;
		}
		put(w, column ? "" : "<tr>");
		put_data(w, table, column++, cell);
	}
	end_row(w, table, &column);
}

static void put_table(writer *w, const th_doc_block *table)
{
	enum { MANY = 8 };
	if (th_doc_is_nothing(w->doc, table))
		return;
	put(w, table->columns >= MANY ? "<div class=\"table\"><table class=\"wide\">\n" : "<div class=\"table\"><table>\n");
	put_caption(w);
	put_heads(w, table);
	put(w, "<tbody>\n");
	put_rows(w, table);
	put(w, "</tbody></table></div>\n");
}

static void put_picture(writer *w, const th_picture *picture)
{
	put(w, picture->screen ? "<figure class=\"screen\"><figcaption>" : "<figure><figcaption>");
	w->pictures++;
	th_buf_printf(w->out, th_doc_is_chinese(w->doc) ? "图%zu　" : "Figure %zu  ", w->pictures);
	th_put_markup(w->out, picture->title);
	put(w, "</figcaption>\n");
	th_put_picture_svg(w->out, picture, w->pictures);
	put(w, "</figure>\n");
}

static void put_block(writer *w, const th_doc_block *block)
{
	switch (block->kind) {
	case TH_DOC_TITLE:
		put_element(w, "<main>\n<h1>", cell_of(w, block, 0), "</h1>\n");
		put_contents(w);
		break;
	case TH_DOC_OPEN:
		put_open(w, block);
		break;
	case TH_DOC_CLOSE:
		th_doc_outline_close(&w->outline);
		break;
	case TH_DOC_PARAGRAPH:
		put_element(w, "<p>", cell_of(w, block, 0), "</p>\n");
		break;
	case TH_DOC_MARK:
		put_element(w, "<p class=\"mark\">", cell_of(w, block, 0), "</p>\n");
		break;
	case TH_DOC_CAPTION:
		w->caption = th_doc_text_of(w->doc, cell_of(w, block, 0));
		w->numbered = true;
		break;
	case TH_DOC_LIST:
		put_list(w, block);
		break;
	case TH_DOC_FIELDS:
		put_fields(w, block);
		break;
	case TH_DOC_TABLE:
		put_table(w, block);
		break;
	case TH_DOC_PICTURE:
		put_picture(w, block->picture);
		break;
	}
}

void th_put_doc_html(th_buf *out, const th_doc *doc)
{
	writer w = {.out = out, .doc = doc};
	out->failed |= th_doc_failed(doc);
	if (out->failed)
		return;
	put_page_head(&w);
	for (size_t i = 0; i < doc->blocks && !out->failed; i++)
		put_block(&w, &doc->block[i]);
	put(&w, "</main>\n</body>\n</html>\n");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page.h"

#include "report/report.h"

enum { SHORT_SHA = 12 };

th_slice th_page_word(const th_page *p, th_label label)
{
	return th_slice_of(th_word_text(label, p->lang));
}

/* --- blocks --- */

void th_page_banner(th_page *p, th_label title)
{
	th_buf_printf(&p->doc.text, "tanhe 碳核 %s  ", th_version());
	th_doc_title(&p->doc, th_page_word(p, title));
}

void th_page_section(th_page *p, th_label title)
{
	th_doc_open(&p->doc, TH_DOC_SECTION, th_page_word(p, title));
}

void th_page_paragraph(th_page *p, th_label text)
{
	th_doc_paragraph(&p->doc, th_page_word(p, text));
}

void th_page_field(th_page *p, th_label label, th_slice text)
{
	th_doc_field(&p->doc, th_page_word(p, label), text);
}

/* --- tables --- */

void th_page_table(th_page *p, const th_page_column *column, size_t count)
{
	th_doc_table(&p->doc);
	for (size_t i = 0; i < count; i++)
		th_page_column_of(p, column[i].kind, column[i].head);
}

void th_page_quiet_table(th_page *p, const th_page_column *column, size_t count)
{
	th_doc_quiet_table(&p->doc);
	for (size_t i = 0; i < count; i++)
		th_page_column_of(p, column[i].kind, column[i].head);
}

void th_page_plain_table(th_page *p, const char *kinds)
{
	static const th_doc_kind kind[] = {['w'] = TH_DOC_WORD, ['n'] = TH_DOC_NUMBER, ['m'] = TH_DOC_MASS, ['%'] = TH_DOC_PERCENT,
	                                   ['f'] = TH_DOC_FIGURE};
	th_doc_table(&p->doc);
	for (; *kinds; kinds++)
		th_doc_column(&p->doc, kind[(unsigned char)*kinds], TH_S(""));
}

void th_page_column_of(th_page *p, th_doc_kind kind, th_label head)
{
	th_doc_column(&p->doc, kind, th_page_word(p, head));
}

void th_page_cell(th_page *p, th_label word)
{
	th_doc_cell_text(&p->doc, th_page_word(p, word));
}

int th_mass_decimals(th_mass mass, int shift)
{
	int digits = TH_MASS_SCALE + shift;
	for (; digits > 0 && mass % 10 == 0; digits--)
		mass /= 10;
	return digits;
}

static void put_mass(th_page *p, th_mass mass, bool plus)
{
	int all = th_mass_decimals(mass, p->shift), digits = p->digits == TH_PAGE_EXACT ? all : p->digits;
	p->rounded |= digits < all;
	th_doc_mass(&p->doc, mass, p->shift, digits, plus);
}

void th_page_mass(th_page *p, th_mass mass)
{
	put_mass(p, mass, false);
}

void th_page_change(th_page *p, th_mass mass)
{
	put_mass(p, mass, true);
}

void th_page_money(th_page *p, th_mass money)
{
	th_doc_mass(&p->doc, money, 4, 2, false);
}

/* --- text in pieces --- */

void th_page_text(th_page *p, th_slice text)
{
	th_buf_slice(&p->doc.text, text);
}

void th_page_say(th_page *p, th_label word)
{
	th_buf_str(&p->doc.text, th_word_text(word, p->lang));
}

void th_page_short_sha(th_page *p, const char *sha256)
{
	/* A tree's has its name before it. */
	const char *colon = strchr(sha256, ':');
	if (colon)
		th_buf_printf(&p->doc.text, "%.*s %.*s", (int)(colon - sha256), sha256, SHORT_SHA, colon + 1);
	else
		th_buf_printf(&p->doc.text, "sha256 %.*s", SHORT_SHA, sha256);
}

static void put_fill(const th_page *p, const th_page_fill *fill, th_buf *out)
{
	switch (fill->kind) {
	case TH_FILL_TEXT:
		th_buf_slice(out, fill->text);
		break;
	case TH_FILL_INTEGER:
		th_buf_printf(out, "%lld", fill->integer);
		break;
	case TH_FILL_MASS:
		th_put_mass_rounded(out, fill->mass, 3, p->digits, true);
		break;
	case TH_FILL_MONEY:
		th_put_mass_rounded(out, fill->mass, 4, 2, true);
		break;
	case TH_FILL_REAL:
		th_buf_printf(out, fill->plus ? "%+.*f" : "%.*f", fill->digits, fill->real);
		break;
	}
}

void th_page_fill_in(th_page *p, th_label label, const th_page_fill *fill, size_t count)
{
	th_buf *out = &p->doc.text;
	for (const char *text = th_word_text(label, p->lang); *text; text++) {
		size_t number = *text == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}' ? (size_t)(text[1] - '0') : 0;
		if (number == 0) {
			th_buf_char(out, *text);
			continue;
		}
		if (number <= count)
			put_fill(p, &fill[number - 1], out);
		text += 2;
	}
}

void th_page_rows(th_page *p, size_t rows)
{
	th_buf number = {0};
	th_put_mass_rounded(&number, (th_mass)rows * 1000000000, 0, 0, true);
	TH_SAY(p, W_ROWS_OF, th_fill_text(th_buf_view(&number)));
	p->doc.failed |= number.failed;
	th_buf_free(&number);
}

/* --- the end --- */

void th_page_put(th_page *p, th_buf *out)
{
	th_put_doc_text(out, &p->doc);
	th_doc_free(&p->doc);
}

th_status th_page_give(th_mark mark, th_page *p, char **text, size_t *len)
{
	th_buf out = {0};
	th_page_put(p, &out);
	return th_give(mark, &out, text, len);
}

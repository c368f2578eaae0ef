/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/citation.h"

#include "report/words.h"

/* The titles under which the IPCC publishes them in Chinese; a longer form stands before a shorter one. */
static const struct {
	const char *written, *title;
} titles[] = {
	{"IPCC：2006 IPCC Guidelines / 2019 Refinement", "《2006年IPCC国家温室气体清单指南》及其2019年修订版"},
	{"IPCC：2006 IPCC Guidelines", "《2006年IPCC国家温室气体清单指南》"},
	{"2006 IPCC Guidelines", "《2006年IPCC国家温室气体清单指南》"},
	{"IPCC: 2006 IPCC", "《2006年IPCC国家温室气体清单指南》"},
	{"IPCC：2019 Refinement", "《2006年IPCC国家温室气体清单指南2019年修订版》"},
	{"2019 Refinement", "《2006年IPCC国家温室气体清单指南2019年修订版》"},
	{"IPCC：IPCC SAR (1995) WG1", "《IPCC第二次评估报告》第一工作组报告（1995）"},
	{"IPCC：IPCC SAR (1995)", "《IPCC第二次评估报告》（1995）"},
	{"IPCC：IPCC TAR WG1 (2001)", "《IPCC第三次评估报告》第一工作组报告（2001）"},
	{"IPCC：IPCC AR4 WG1 (2007)", "《IPCC第四次评估报告》第一工作组报告（2007）"},
	{"IPCC：IPCC AR5 WG1 (2013)", "《IPCC第五次评估报告》第一工作组报告（2013）"},
	{"IPCC：IPCC AR6 WGI (2021)", "《IPCC第六次评估报告》第一工作组报告（2021）"},
};

/* " V2": 第2卷. The rest; all of it where none stands there. */
static th_slice put_volume(th_buf *out, th_slice text)
{
	size_t n = th_slice_starts(text, TH_S(" V")) ? th_slice_digits(text, 2) : 0;
	if (n == 0)
		return text;
	th_buf_str(out, "第");
	th_buf_add(out, text.ptr + 2, n);
	th_buf_str(out, "卷");
	return th_slice_from(text, 2 + n);
}

/* " Ch1、Ch2" and " Ch 6": 第1、2章. */
static th_slice put_chapters(th_buf *out, th_slice text)
{
	static const th_slice marks[] = {{" Ch ", 4}, {" Ch", 3}, {"、Ch", 5}};
	bool any = false;
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < sizeof marks / sizeof *marks && !more; i++) {
			size_t n = th_slice_starts(text, marks[i]) ? th_slice_digits(text, marks[i].len) : 0;
			if (n == 0 || any != (i == 2))
				continue;
			th_buf_str(out, any ? "、" : "第");
			th_buf_add(out, text.ptr + marks[i].len, n);
			text = th_slice_from(text, marks[i].len + n);
			more = any = true;
		}
	}
	if (any)
		th_buf_str(out, "章");
	if (any && th_slice_starts(text, TH_S(" SM"))) {
		th_buf_str(out, "补充材料");
		text = th_slice_from(text, 3);
	}
	return text;
}

/* A title at the front of the text, with volume and chapters behind; the rest. */
static th_slice put_title(th_buf *out, th_slice text)
{
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (th_slice_starts(text, th_slice_of(titles[i].written))) {
			th_buf_str(out, titles[i].title);
			return put_chapters(out, put_volume(out, th_slice_from(text, strlen(titles[i].written))));
		}
	return text;
}

static void put_source_zh(th_buf *out, th_slice text)
{
	while (text.len) {
		bool blank = *text.ptr == ' '; /* none stands before 《 */
		th_slice whole = th_slice_from(text, blank), rest = put_title(out, whole);
		if (rest.len == whole.len) {
			th_buf_char(out, *text.ptr);
			rest = th_slice_from(text, 1);
		}
		text = rest;
	}
}

struct mark {
	th_slice written, said;
};

static void put_replaced(th_buf *out, th_slice text, const struct mark *mark, size_t marks)
{
	while (text.len) {
		size_t i = 0;
		while (i < marks && !th_slice_starts(text, mark[i].written))
			i++;
		th_buf_slice(out, i < marks ? mark[i].said : (th_slice){text.ptr, 1});
		text = th_slice_from(text, i < marks ? mark[i].written.len : 1);
	}
}

/* Table 2.3: 表2.3. */
static void put_table_zh(th_buf *out, th_slice text)
{
	static const struct mark marks[] = {{{"Table ", 6}, {"表", 3}}, {{" (Updated)", 10}, {"（更新）", 12}}};
	put_replaced(out, text, marks, sizeof marks / sizeof *marks);
}

/* No ideographs (the bytes E4 to E9 begin U+4000 to U+9FFF), so that full-width marks alone make it look Chinese. */
static bool is_english(th_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] >= 0xE4 && (unsigned char)text.ptr[i] <= 0xE9)
			return false;
	return true;
}

static void put_en(th_buf *out, th_slice text)
{
	static const struct mark marks[] = {{{"：", 3}, {": ", 2}}, {{"、", 3}, {", ", 2}}, {{"；", 3}, {"; ", 2}}, {{"，", 3}, {", ", 2}}, {{"（", 3}, {" (", 2}}, {{"）", 3}, {")", 1}}};
	put_replaced(out, text, marks, is_english(text) ? sizeof marks / sizeof *marks : 0);
}

void th_put_citation(th_buf *out, th_slice source, th_slice table, th_lang lang)
{
	(lang == TH_LANG_ZH ? put_source_zh : put_en)(out, source);
	if (source.len && table.len)
		th_buf_str(out, th_word_text(W_COMMA, lang));
	(lang == TH_LANG_ZH ? put_table_zh : put_en)(out, table);
}

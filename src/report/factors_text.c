/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The factors that match a query, as a list, in their files' order. */
#include "report/report.h"

#include "base/utf8.h"

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
	const th_region *region = TH_AT(reference->region, f->region);
	if (region) {
		th_utf8_key(region->name_zh, out);
		th_buf_char(out, '\x01');
		th_utf8_key(region->name_en, out);
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

/* Two lines for each: what it is, then its name and document in what is left of the page. */
static void put_row(th_page *p, const th_factor *f)
{
	th_slice name = th_in_lang(p->lang, f->name_zh, f->name_en);
	th_doc_cell_text(&p->doc, f->id);
	th_put_factor_value(&p->doc.text, f, NULL, p->lang);
	th_doc_end(&p->doc);
	th_doc_cell_text(&p->doc, f->gas_text);
	th_doc_cell_text(&p->doc, f->region_text);
	th_put_factor_time(&p->doc.text, f);
	th_doc_end(&p->doc);
	th_page_text(p, name);
	th_page_text(p, name.len ? TH_S(" | ") : TH_S(""));
	th_put_factor_document(&p->doc.text, f, p->lang);
	th_doc_short_note(&p->doc, TH_S(""));
}

/* The factors of a query, one after the other. */
typedef struct search {
	const th_reference *reference;
	th_buf words, key;
	uint32_t at;
	const char *query;
} search;

static const th_factor *next_found(search *s)
{
	while (s->at < s->reference->factors) {
		const th_factor *f = &s->reference->factor[s->at++];
		th_buf_clear(&s->key);
		search_text(s->reference, f, &s->key);
		if (matches(th_buf_view(&s->key), th_buf_view(&s->words)) && !f->hidden)
			return f;
	}
	return NULL;
}

/* Of the words of a query, the first that is an activity misspelt (外够电力 is 外购电力), or a name of many (冷媒). */
static void say_near(th_page *p, const search *s)
{
	const th_reference *r = s->reference;
	th_slice rest = th_slice_of(s->query), word, near = {"", 0};
	while (near.len == 0 && th_slice_split(&rest, ' ', &word)) {
		const th_layout_word *kinds = th_layout_word_is(&r->layout_words, TH_LW_ACTIVITIES, word);
		th_slice id = kinds || word.len > TH_KEY_LONGEST ? (th_slice){"", 0} : th_nearest_activity(r, word);
		uint32_t number = id.len ? th_find_activity(r, id) : TH_NONE;
		near = kinds ? kinds->value : number == TH_NONE ? id : th_in_lang(p->lang, r->activity[number].name_zh, r->activity[number].name_en);
		if (th_slice_eq(near, word))
			near.len = 0;
	}
	if (near.len == 0)
		return;
	th_doc_open(&p->doc, TH_DOC_PLAIN, TH_S(""));
	TH_SAY(p, W_FOUND_NEAR, th_fill_text(near));
	th_doc_paragraph(&p->doc, TH_S(""));
}

static void list_text(search *s, th_lang lang, th_buf *out)
{
	static const th_page_column columns[] = {
		{W_L_FACTOR, TH_DOC_WORD}, {W_H_VALUE, TH_DOC_WORD}, {W_GAS, TH_DOC_WORD}, {W_REGION, TH_DOC_WORD}, {W_H_VALID, TH_DOC_WORD},
	};
	th_page p = {.lang = lang};
	size_t found = 0;
	for (const th_factor *f; (f = next_found(s)) != NULL; found++) {
		if (found == 0)
			th_page_table(&p, columns, sizeof columns / sizeof *columns);
		put_row(&p, f);
	}
	if (found) {
		th_doc_open(&p.doc, TH_DOC_PLAIN, TH_S(""));
		TH_SAY(&p, W_FOUND, th_fill_integer((long long)found));
		th_doc_paragraph(&p.doc, TH_S(""));
	} else {
		th_page_paragraph(&p, W_NOTHING_FOUND);
		say_near(&p, s);
	}
	th_page_put(&p, out);
}

static void list_json(search *s, th_lang lang, th_buf *out)
{
	th_writer w = th_writer_begin(out, "tanhe.factors/2");
	(void)lang;
	th_put_factor_set(&w, s->reference);
	th_put_open(&w, "factors", '[');
	for (const th_factor *f; (f = next_found(s)) != NULL;)
		th_put_factor(&w, NULL, f, NULL);
	th_put_close(&w, ']');
	th_writer_end(&w);
}

static void list_csv(search *s, th_lang lang, th_buf *out)
{
	th_put_factor_csv_header(s->reference, lang, out);
	for (const th_factor *f; (f = next_found(s)) != NULL;)
		th_put_factor_csv(out, f);
}

th_status th_report_factors(const th_reference *reference, const char *query, th_format format, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	static void (*const writer[])(search *, th_lang, th_buf *) = {list_text, list_json, list_csv};
	search s = {.reference = reference};
	th_buf out = {0};
	if (!TH_KNOWN(writer, format))
		return TH_USAGE;
	if (query)
		query_words(query, &s.words);
	s.query = query ? query : "";
	writer[format](&s, lang, &out);
	out.failed |= s.words.failed || s.key.failed;
	th_buf_free(&s.words);
	th_buf_free(&s.key);
	return th_give(mark, &out, text, len);
}

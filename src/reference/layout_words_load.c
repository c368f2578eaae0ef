/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/layout_words.h"

#include "reference/load.h"

enum { KIND, VALUE, PLACE, WORDS, COLUMNS };
static const th_column columns[COLUMNS] = {{"kind", true}, {"value", true}, {"place", true}, {"words", true}};

static const char *const kinds[TH_LW_KINDS] = {
	"month", "quarter", "half", "ordinal", "aside", "money", "opening", "purchase", "moved", "closing", "coefficient", "total", "running",
	"average", "actual", "consumption", "part", "material", "footer", "caption", "title_end", "organisation", "no_activity", "output",
	"output_beside", "charge", "item", "rename", "rename_beside", "field.inventory", "field.measures",
	"no_target", "past", "kinds", "place", "aggregate", "mean", "stored", "bought", "whole", "generated",
};
static const char *const places[] = {"within", "start", "end", "whole", "before"};

static void add_word(th_loader *l, th_reference *r, const th_layout_word *like, th_slice text)
{
	char space[TH_KEY_PLACE];
	th_layout_word word = *like;
	th_slice key = th_utf8_key_in(text, space);
	if (!key.ptr || key.len == 0)
		TH_FAIL(l, WORDS, TH_CELL_RANGE, "words", th_loader_text(l, text), "255", NULL);
	else if (th_loader_copy(l, &r->arena, key, &word.key)) {
		th_layout_words *all = &r->layout_words;
		word.pairs = th_layout_pairs(word.key);
		all->word = th_loader_append(l, &r->arena, all->word, &all->words, &word, sizeof word);
		all->of[word.kind].from = all->of[word.kind].end ? all->of[word.kind].from : (uint32_t)all->words - 1;
		all->of[word.kind].end = (uint32_t)all->words;
	}
}

static void add_row(th_loader *l, th_reference *r)
{
	size_t kind = 0, place = 0;
	th_layout_word word = {0};
	bool ok = th_loader_choice(l, KIND, kinds, TH_LW_KINDS, &kind);
	ok &= th_loader_choice(l, PLACE, places, sizeof places / sizeof *places, &place);
	ok &= th_loader_filled(l, WORDS);
	if (!ok || !th_loader_copy(l, &r->arena, th_loader_cell(l, VALUE), &word.value))
		return;
	word.kind = (th_layout_kind)kind;
	word.place = (th_word_place)(place + 1);
	th_slice rest = th_loader_cell(l, WORDS), piece;
	while (th_slice_split(&rest, ';', &piece))
		if (piece.len)
			add_word(l, r, &word, piece);
}

th_status th_layout_words_load(th_reference *r, const char *dir, th_diags *diags)
{
	th_loader l;
	if (th_loader_open_data(&l, &r->arena, dir, "layout_words.csv", columns, COLUMNS, diags))
		while (th_loader_next(&l))
			add_row(&l, r);
	return th_loader_close(&l);
}

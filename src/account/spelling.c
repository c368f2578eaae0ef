/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the words of a cell say by themselves. Files have millions of lines and few words: each spelling is looked at once, and past a bound,
 * which keeps memory flat, each time. */

#include "account/kept.h"

#include "base/list.h"
#include "base/utf8.h"

enum { MOST_SPELLINGS = 1 << 15 };

uint64_t th_said_value(th_slice cell, char delimiter)
{
	char space[TH_KEY_PLACE];
	unsigned notes;
	th_decimal number;
	if (cell.len == 0)
		return 0;
	/* What begins with a letter, or with a Chinese character, is no number. */
	const unsigned char first = (unsigned char)cell.ptr[0] | 0x20;
	if (!(first >= 'a' && first <= 'z') && !(first >= 0xE4 && first <= 0xE9) && th_number_in(cell, delimiter, &number, &notes) == TH_NUM_OK) {
		const int64_t value[] = {number.mant, number.exp};
		return th_hash_value(value, sizeof value);
	}
	th_slice folded = th_utf8_key_in(cell, space);
	return folded.ptr ? th_hash_value(folded.ptr, folded.len) : th_hash_value(cell.ptr, cell.len);
}

th_number th_half_in(th_slice text, char delimiter, th_decimal *half)
{
	unsigned notes;
	if (text.len > 2 && memcmp(text.ptr, "\xC2\xB1", 2) == 0)
		text = th_slice_trim((th_slice){text.ptr + 2, text.len - 2});
	if (text.len && text.ptr[text.len - 1] == '%')
		text = th_slice_trim((th_slice){text.ptr, text.len - 1});
	return th_number_in(text, delimiter, half, &notes);
}

/* 2023.1, which a spreadsheet may have made of 2023.10. */
static bool is_point_one(th_slice text)
{
	char space[TH_KEY_PLACE];
	text = th_slice_trim(text);
	const unsigned char last = text.len ? (unsigned char)text.ptr[text.len - 1] : 0;
	if (last != '1' && last < 0x80) /* a full-width 1 is none of ASCII */
		return false;
	th_slice key = th_utf8_key_in(text, space);
	return key.ptr && key.len == 6 && key.ptr[4] == '.' && key.ptr[5] == '1';
}

static th_spelling look_at(const th_frame *frame, th_slice text, uint64_t hash)
{
	const th_reference *reference = frame->reference;
	char space[TH_KEY_PLACE];
	th_slice key = th_utf8_key_in(text, space);
	th_spelling found = {.text = hash, .name = key.ptr ? th_hash(key.ptr, key.len) : hash, .value = th_said_value(text, ','),
	                     .certificate = th_is_certificate(reference, &frame->certificates, text), .point_one = is_point_one(text), .total = (unsigned char)th_total_in(&reference->row_words, text)};
	th_word_place place[TH_ROW_KINDS];
	th_row_words_in(&reference->row_words, text, place);
	for (int kind = 0; kind < TH_ROW_KINDS; kind++)
		found.place[kind] = (unsigned char)place[kind];
	return found;
}

bool th_spell(th_shard *shard, th_slice text, th_spelling *found)
{
	*found = (th_spelling){0};
	if (text.len == 0)
		return true;
	uint64_t hash = th_hash(text.ptr, text.len);
	uint32_t number = th_intern_find_hash(&shard->spelling_text, text, hash), count = shard->spelling_text.count;
	if (number != TH_NONE) {
		*found = shard->spelling[number];
		return true;
	}
	const th_spelling *kept = th_kept_spelling(shard->kept, text, hash);
	*found = kept ? *kept : look_at(shard->frame, text, hash);
	if (!kept)
		th_kept_spell(shard->kept, text, found);
	if (count == MOST_SPELLINGS)
		return true;
	th_spelling *grown = th_grown(shard->spelling, count, sizeof *grown);
	if (!grown)
		return false;
	shard->spelling = grown;
	grown[count] = *found;
	return th_intern_add(&shard->spelling_text, text) == count;
}

bool th_spell_line(th_shard *shard, const th_line *line)
{
	static const th_inventory_column column[] = {TH_COL_ACTIVITY, TH_COL_UNIT, TH_COL_SITE, TH_COL_SOURCE, TH_COL_PERIOD};
	th_said *said = &shard->said;
	bool ok = true;
	for (size_t i = 0; i < sizeof column / sizeof *column && ok; i++)
		ok = th_spell(shard, line->cell[column[i]], &said->own[i]);
	said->activity = &said->own[0];
	said->unit = &said->own[1];
	said->site = &said->own[2];
	said->source = &said->own[3];
	said->period = &said->own[4];
	return ok;
}

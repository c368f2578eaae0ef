/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/completion.h"

#include <string.h>

#include "account/frame.h"

static bool put_word(th_slice word, th_buf *out)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+=";
	for (size_t i = 0; i < word.len; i++)
		if (!word.ptr[i] || !strchr(plain, word.ptr[i]))
			return false;
	th_buf_slice(out, word);
	th_buf_char(out, ' ');
	return true;
}

static bool put_all(const char *const *word, size_t count, th_buf *out)
{
	bool any = false;
	for (size_t i = 0; i < count; i++)
		any = put_word(th_slice_of(word[i]), out) || any;
	return any;
}

/* Each id once, the rows of one stand together. */
static bool put_factors(const th_reference *reference, th_buf *out)
{
	bool any = false;
	for (uint32_t i = 0; i < reference->factors; i++)
		if (i == 0 || !th_slice_eq(reference->factor[i].id, reference->factor[i - 1].id))
			any = put_word(reference->factor[i].id, out) || any;
	return any;
}

static bool put_options(const th_pack *pack, th_index fact, th_buf *out)
{
	const th_rule_decl *decl = TH_AT(pack->decl, fact);
	bool any = false;
	for (size_t i = 0; decl && i < decl->options; i++)
		any = put_word(decl->option[i].id, out) || any;
	return any;
}

static bool put_readings(const th_pack *pack, th_buf *out)
{
	bool any = false;
	th_buf name = {0};
	for (size_t i = 0; i < pack->defines; i++)
		for (size_t r = 0; pack->define[i].readings > 1 && r < pack->define[i].readings; r++) {
			th_buf_clear(&name);
			th_buf_slice(&name, pack->define[i].id);
			th_buf_char(&name, '=');
			th_buf_slice(&name, pack->define[i].reading[r].id);
			any = (!name.failed && put_word(th_buf_view(&name), out)) || any;
		}
	out->failed |= name.failed;
	th_buf_free(&name);
	return any;
}

static bool put_known(const cli_completion *k, cli_known known, th_buf *out)
{
	bool any = false;
	if (known == CLI_GWP_SETS)
		any = put_all(th_gwp_names, TH_GWP_SETS, out);
	else if (known == CLI_KEYS)
		any = put_all(th_group_names, TH_BYS, out);
	else if (known == CLI_FACTORS)
		any = put_factors(k->reference, out);
	for (uint32_t i = 0; known == CLI_PROFILES && i < k->reference->profiles; i++)
		any = put_word(k->reference->profile[i].id, out) || any;
	for (size_t i = 0; i < k->pack_count; i++) {
		const th_pack *pack = k->packs[i];
		if (known == CLI_PACKS)
			any = put_word(pack->id, out) || any;
		else if (known == CLI_CATEGORIES || known == CLI_TARGETS)
			any = put_options(pack, known == CLI_TARGETS ? pack->target : pack->category, out) || any;
		else if (known == CLI_READINGS)
			any = put_readings(pack, out) || any;
	}
	return any;
}

bool cli_put_words(const cli_completion *k, const cli_value *value, th_buf *out)
{
	size_t count = 0;
	while (value->choice && value->choice[count])
		count++;
	bool any = put_all(value->choice, count, out);
	return put_known(k, value->known, out) || any;
}

void cli_put_quoted(const char *text, const char *marks, th_buf *out)
{
	th_buf_char(out, '\'');
	for (const char *c = text; *c; c++)
		if (*c == '\'')
			th_buf_str(out, "'\\''");
		else {
			if (strchr(marks, *c))
				th_buf_char(out, '\\');
			th_buf_char(out, *c);
		}
	th_buf_char(out, '\'');
}

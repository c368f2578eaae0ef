/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words.h"

static const char *const words[W_WORDS][2] = {
#define W(name, en, zh) {en, zh},
#include "report/words.def"
#undef W
};

const char *th_word_text(th_label word, th_lang lang)
{
	return words[word][lang == TH_LANG_ZH];
}

th_slice th_key_text(th_slice key, th_lang lang)
{
	for (th_label word = W_SITE; word <= W_REGION; word++)
		if (th_slice_eq(key, th_slice_of(words[word][0])))
			return th_slice_of(th_word_text(word, lang));
	return key;
}

th_slice th_in_lang(th_lang lang, th_slice zh, th_slice en)
{
	th_slice wanted = lang == TH_LANG_ZH ? zh : en;
	return wanted.len ? wanted : lang == TH_LANG_ZH ? en : zh;
}

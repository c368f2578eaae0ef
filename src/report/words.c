/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words.h"

/* The texts in one piece, and where in it each is, as in src/base/diag.c. */
static const struct texts {
#define W(name, en, zh) char name##_en[sizeof en], name##_zh[sizeof zh];
#include "report/words.def"
#undef W
} texts = {
#define W(name, en, zh) en, zh,
#include "report/words.def"
#undef W
};

static const uint32_t words[W_WORDS][2] = {
#define W(name, en, zh) {offsetof(struct texts, name##_en), offsetof(struct texts, name##_zh)},
#include "report/words.def"
#undef W
};

const char *th_word_text(th_label word, th_lang lang)
{
	return (const char *)&texts + words[word][lang == TH_LANG_ZH];
}

th_slice th_key_text(th_slice key, th_lang lang)
{
	for (th_label word = W_SITE; word <= W_REGION; word++)
		if (th_slice_eq(key, th_slice_of(th_word_text(word, TH_LANG_EN))))
			return th_slice_of(th_word_text(word, lang));
	return key;
}

th_slice th_in_lang(th_lang lang, th_slice zh, th_slice en)
{
	th_slice wanted = lang == TH_LANG_ZH ? zh : en;
	return wanted.len ? wanted : lang == TH_LANG_ZH ? en : zh;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_REPORT_WORDS_H
#define TH_REPORT_WORDS_H

/* The labels of the reports, in two languages, from one list. */

#include "base/str.h"

typedef enum th_label {
#define W(name, en, zh) W_##name,
#include "report/words.def"
#undef W
	W_WORDS
} th_label;

const char *th_word_text(th_label word, th_lang lang);
/* The label of a key of --by; the key itself when it has none. */
th_slice th_key_text(th_slice key, th_lang lang);
/* One of two texts by language, the other one where the wanted one is empty. */
th_slice th_in_lang(th_lang lang, th_slice zh, th_slice en);

#endif

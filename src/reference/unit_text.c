/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/utf8.h"
#include "reference/unit_table.h"

/* --- folding --- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Raised digits and signs as ASCII; 0 for anything else. */
static char raised(uint32_t code)
{
	switch (code) {
	case 0x00B9: return '1';
	case 0x00B2: return '2';
	case 0x00B3: return '3';
	case 0x207A: return '+';
	case 0x207B: return '-';
	default: return code == 0x2070 || (code >= 0x2074 && code <= 0x2079) ? (char)('0' + (code - 0x2070)) : 0;
	}
}

/* What units need beyond th_utf8_fold, which serves names as well. */
static const char *unit_sign(uint32_t code)
{
	static const struct { uint32_t code; const char *text; } table[] = {
		{0x03BC, "\xC2\xB5"}, {0x2010, "-"}, {0x2011, "-"}, {0x2022, "\xC2\xB7"}, {0x2027, "\xC2\xB7"},
		{0x2044, "/"}, {0x2113, "L"}, {0x2215, "/"}, {0x2217, "*"}, {0x30FB, "\xC2\xB7"},
		{0x3388, "cal"}, {0x3389, "kcal"}, {0x3396, "mL"}, {0x3398, "kL"}, {0x33A0, "cm2"}, {0x33A4, "cm3"},
		{0x33A9, "Pa"}, {0x33AA, "kPa"}, {0x33AB, "MPa"}, {0x33C4, "cc"}, {0x6BCF, "/"} /* 每 */, {0xFFE5, "\xC2\xA5"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].code == code)
			return table[i].text;
	return NULL;
}

static bool add_byte(th_unit_text *out, char byte, size_t from)
{
	if (out->len == TH_UNIT_TEXT)
		return false;
	char before = out->len ? out->s[out->len - 1] : 0, second = out->len > 1 ? out->s[out->len - 2] : 0;
	if (byte == '\t' || byte == '_')
		byte = ' ';
	if (byte == '*' && before == '*') {
		out->s[out->len - 1] = '^';
		return true;
	}
	if (th_is_digit(byte) && before == '^' && (is_letter(second) || (unsigned char)second >= 0x80))
		out->len--; /* m^2 is written m2, so that names that end in a digit (Nm3) are found both ways */
	out->from[out->len] = (uint16_t)from;
	out->s[out->len++] = byte;
	return true;
}

th_unit_error th_unit_fold(th_slice text, th_unit_text *out)
{
	char place[64]; /* one code point folds to a few bytes: nothing here asks for memory, so that a unit is known or unknown and no third */
	th_buf piece = {.ptr = place, .cap = sizeof place};
	bool fits = text.len <= UINT16_MAX && th_utf8_valid(text) == text.len, was_raised = false;
	size_t size;
	out->len = 0;
	for (size_t i = 0; fits && i < text.len; i += size) {
		uint32_t code = th_utf8_next((th_slice){text.ptr + i, text.len - i}, &size);
		char up = raised(code);
		const char *sign = code < 0x80 ? NULL : unit_sign(code);
		if (up && !was_raised && (up == '-' || up == '+' || (out->len && th_is_digit(out->s[out->len - 1]))))
			fits = add_byte(out, '^', i);
		was_raised = up != 0;
		th_buf_clear(&piece);
		if (up || code < 0x80)
			th_buf_char(&piece, up ? up : (char)code);
		else if (sign)
			th_buf_str(&piece, sign);
		else
			th_utf8_fold((th_slice){text.ptr + i, size}, &piece);
		for (size_t k = 0; fits && k < piece.len; k++)
			fits = add_byte(out, piece.ptr[k], i);
	}
	if (!fits)
		return TH_UNIT_SYNTAX;
	out->s[out->len] = 0;
	out->from[out->len] = (uint16_t)text.len;
	return TH_UNIT_OK;
}

/* --- words --- */

/* `·` is the only sign beyond ASCII that is an operator. */
static bool is_dot(const th_unit_text *text, size_t at)
{
	return text->s[at] == '\xC2' && text->s[at + 1] == '\xB7';
}

bool th_unit_word_start(const th_unit_text *text, size_t at)
{
	char c = text->s[at];
	return is_letter(c) || c == '%' || c == '$' || ((unsigned char)c >= 0x80 && !is_dot(text, at));
}

size_t th_unit_word_end(const th_unit_text *text, size_t at)
{
	size_t size;
	while (th_unit_word_start(text, at) || th_is_digit(text->s[at]) || text->s[at] == '.') {
		(void)th_utf8_next((th_slice){text->s + at, text->len - at}, &size);
		at += size;
	}
	return at;
}

size_t th_unit_words(const th_unit_text *text, size_t at, char key[TH_UNIT_TEXT + 1], size_t key_end[TH_UNIT_WORDS],
                     size_t text_end[TH_UNIT_WORDS])
{
	size_t count = 0, len = 0;
	while (count < TH_UNIT_WORDS && th_unit_word_start(text, at)) {
		size_t end = th_unit_word_end(text, at);
		memcpy(key + len, text->s + at, end - at);
		len += end - at;
		key_end[count] = len;
		text_end[count++] = end;
		at = end + (text->s[end] == '-');
		while (at == end || text->s[at - 1] == ' ') {
			if (text->s[at] != ' ')
				break;
			at++;
		}
		if (at == end)
			break;
		key[len++] = ' ';
	}
	return count;
}

/* --- one word --- */

static const struct { const char *text; int power; } multipliers[] = {
	{"万亿", 12}, {"千亿", 11}, {"百亿", 10}, {"十亿", 9}, {"万万", 8}, {"千万", 7}, {"百万", 6}, {"十万", 5},
	{"亿", 8}, {"万", 4}, {"千", 3}, {"百", 2}, {"十", 1},
};

/* A word without multiplier: a name, or a name and the digits of an exponent behind it (a name that ends in a digit, CO2, first). */
static th_unit_error read_power(const th_units *units, th_slice word, bool fold, th_unit_reading *out, th_buf *list)
{
	out->exponent = 1;
	th_unit_error error = th_units_read(units, word, fold, &out->unit, &out->row, list);
	if (error != TH_UNIT_UNKNOWN)
		return error;
	th_slice name = word;
	while (name.len && th_is_digit(name.ptr[name.len - 1]))
		name.len--;
	if (name.len == word.len || name.len == 0)
		return error;
	out->exponent = 0;
	for (size_t i = name.len; i < word.len && out->exponent < 100; i++)
		out->exponent = out->exponent * 10 + (word.ptr[i] - '0');
	error = th_units_read(units, name, fold, &out->unit, &out->row, list);
	return error == TH_UNIT_OK && th_unit_has_tag(units, &out->unit) ? TH_UNIT_UNKNOWN : error;
}

/* A multiplier before a unit, and one more before a unit that begins with one: 万百万千焦 is 10^4 of what statistics count in 百万千焦. */
static th_unit_error read_multiplied(const th_units *units, th_slice word, bool fold, th_unit_reading *out, th_buf *list)
{
	int power = 0;
	for (int signs = 0;; signs++) {
		th_unit_error error = read_power(units, word, fold, out, list);
		size_t i = 0;
		out->multiplier = power;
		if (error != TH_UNIT_UNKNOWN || signs == 2)
			return error;
		while (i < sizeof multipliers / sizeof *multipliers &&
		       (word.len < strlen(multipliers[i].text) || memcmp(word.ptr, multipliers[i].text, strlen(multipliers[i].text)) != 0))
			i++;
		size_t len = i < sizeof multipliers / sizeof *multipliers ? strlen(multipliers[i].text) : 0;
		if (len == 0 || (signs && word.len == len))
			return error;
		power += multipliers[i].power;
		word = (th_slice){word.ptr + len, word.len - len};
		if (word.len == 0) {
			*out = (th_unit_reading){.unit = th_unit_one(), .multiplier = power};
			return TH_UNIT_OK;
		}
	}
}

th_unit_error th_unit_read_word(const th_units *units, th_slice word, th_unit_reading *out, th_buf *list)
{
	th_unit_error error = read_multiplied(units, word, false, out, NULL);
	return error == TH_UNIT_UNKNOWN || list ? read_multiplied(units, word, true, out, list) : error;
}

/* --- the basis of heat --- */

static bool ends_in(th_slice text, const char *word)
{
	size_t len = strlen(word);
	if (text.len <= len)
		return false;
	const char *end = text.ptr + text.len - len;
	for (size_t i = 0; i < len; i++)
		if ((end[i] >= 'A' && end[i] <= 'Z' ? (char)(end[i] | 0x20) : end[i]) != word[i])
			return false;
	return (unsigned char)word[0] >= 0x80 || !is_letter(end[-1]);
}

th_heat_basis th_unit_heat(th_slice text, th_slice *bare)
{
	static const struct { const char *word; th_heat_basis basis; } words[] = {
		{"net", TH_HEAT_NET}, {"ncv", TH_HEAT_NET}, {"lhv", TH_HEAT_NET}, {"net cv", TH_HEAT_NET}, {"低位", TH_HEAT_NET}, {"低热值", TH_HEAT_NET},
		{"低位热值", TH_HEAT_NET}, {"低位发热量", TH_HEAT_NET},
		{"gross", TH_HEAT_GROSS}, {"gcv", TH_HEAT_GROSS}, {"hhv", TH_HEAT_GROSS}, {"gross cv", TH_HEAT_GROSS}, {"高位", TH_HEAT_GROSS},
		{"高热值", TH_HEAT_GROSS}, {"高位热值", TH_HEAT_GROSS}, {"高位发热量", TH_HEAT_GROSS},
	};
	static const struct { th_slice open, close; } brackets[] = {{{"", 0}, {"", 0}}, {{"(", 1}, {")", 1}}, {{"（", 3}, {"）", 3}}};
	*bare = text = th_slice_trim(text);
	for (size_t b = 0; b < sizeof brackets / sizeof *brackets; b++) {
		th_slice open = brackets[b].open, close = brackets[b].close, inner = text;
		if (text.len <= close.len || memcmp(text.ptr + text.len - close.len, close.ptr, close.len) != 0)
			continue;
		inner.len -= close.len;
		inner = (th_slice){inner.ptr, inner.len};
		while (inner.len && inner.ptr[inner.len - 1] == ' ')
			inner.len--;
		for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
			if (!ends_in(inner, words[i].word))
				continue;
			th_slice rest = {inner.ptr, inner.len - strlen(words[i].word)};
			while (rest.len && rest.ptr[rest.len - 1] == ' ')
				rest.len--;
			if (rest.len <= open.len || memcmp(rest.ptr + rest.len - open.len, open.ptr, open.len) != 0)
				continue;
			rest.len -= open.len;
			*bare = th_slice_trim(rest);
			return words[i].basis;
		}
	}
	return TH_HEAT_UNSAID;
}

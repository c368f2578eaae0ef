/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/decimal.h"

#include "base/digits.h"
#include "base/hanzi.h"
#include "base/slip.h"
#include "base/utf8.h"

enum { MAX_DIGITS = 18, MAX_EXP = 60 };

static th_decimal normal(int64_t mant, int32_t exp)
{
	if (mant == 0)
		return (th_decimal){0, 0};
	while (mant % 10 == 0) {
		mant /= 10;
		exp++;
	}
	return (th_decimal){mant, exp};
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_word(th_slice text, const char *word)
{
	size_t i = 0;
	for (; i < text.len && word[i]; i++)
		if (lower(text.ptr[i]) != word[i])
			return false;
	return i == text.len && !word[i];
}

static bool one_of(th_slice text, const char *const *words)
{
	for (; *words; words++)
		if (same_word(text, *words))
			return true;
	return false;
}

static th_number parse_ascii(th_slice text, th_decimal *out, unsigned *notes);

/* What is left of a cell behind its sign when no number starts there. */
static th_number not_a_number(th_slice text)
{
	th_decimal inside;
	unsigned notes = 0;
	static const char *const nonfinite[] = {"nan", "inf", "infinity", "1.#inf", NULL};
	if (one_of(text, nonfinite))
		return TH_NUM_NONFINITE;
	if (text.len && (text.ptr[0] == '#' || text.ptr[0] == '='))
		return TH_NUM_EXCEL;
	if (text.len > 2 && text.ptr[0] == '(' && text.ptr[text.len - 1] == ')' &&
	    parse_ascii(th_slice_trim((th_slice){text.ptr + 1, text.len - 2}), &inside, &notes) == TH_NUM_OK)
		return TH_NUM_BRACKETS;
	return TH_NUM_BAD;
}

/* 1,234,567: one to three digits, then groups of three. `at` stands on the first digit; commas inside the digits only. */
static bool groups_are_well_formed(th_slice digits)
{
	size_t run = 0;
	bool first = true;
	for (size_t i = 0; i <= digits.len; i++) {
		if (i < digits.len && digits.ptr[i] != ',') {
			run++;
			continue;
		}
		if (first ? run < 1 || run > 3 : run != 3)
			return false;
		first = false;
		run = 0;
	}
	return true;
}

/* What the commas of a number are whose digits before the point are these. */
static th_number commas_kind(th_slice digits, bool point)
{
	const char *comma = memchr(digits.ptr, ',', digits.len);
	size_t behind = digits.len - (size_t)(comma + 1 - digits.ptr);
	bool zero = digits.ptr[0] == '0', one = behind > 0 && !memchr(comma + 1, ',', behind);
	if (zero && one && !point)
		return TH_NUM_ZERO_COMMA;
	return !zero && groups_are_well_formed(digits) ? TH_NUM_OK : TH_NUM_GROUPS;
}

/* The significant digits of a number: what fits, and what is to be known of the rest to round it. */
struct digits {
	int64_t mant;
	int taken, dropped, next; /* next: the first one dropped */
	bool more;                /* behind that, any but 0 */
};

static void take(struct digits *d, int digit)
{
	if (d->taken < MAX_DIGITS) {
		d->mant = d->mant * 10 + digit;
		d->taken++;
	} else if (d->dropped++ == 0)
		d->next = digit;
	else
		d->more |= digit != 0;
}

static th_number parse_ascii(th_slice text, th_decimal *out, unsigned *notes)
{
	size_t i = 0, n = text.len;
	bool negative = false;
	if (i < n && (text.ptr[i] == '+' || text.ptr[i] == '-'))
		negative = text.ptr[i++] == '-';
	th_slice body = {text.ptr + i, n - i};
	if (body.len > 1 && body.ptr[0] == '0' && lower(body.ptr[1]) == 'x')
		return TH_NUM_HEX;
	size_t whole = i;
	bool commas = false;
	while (i < n && (th_is_digit(text.ptr[i]) || (text.ptr[i] == ',' && i > whole)))
		commas |= text.ptr[i++] == ',';
	size_t whole_end = i;
	if (i < n && text.ptr[i] == '.')
		i++;
	size_t part = i;
	while (i < n && th_is_digit(text.ptr[i]))
		i++;
	if (whole_end == whole && i == part)
		return not_a_number(body);
	size_t mantissa_end = i;
	int32_t exponent = 0;
	if (i + 1 < n && lower(text.ptr[i]) == 'e' &&
	    (th_is_digit(text.ptr[i + 1]) || (i + 2 < n && (text.ptr[i + 1] == '+' || text.ptr[i + 1] == '-') && th_is_digit(text.ptr[i + 2])))) {
		bool down = text.ptr[++i] == '-';
		i += text.ptr[i] == '+' || down;
		for (; i < n && th_is_digit(text.ptr[i]); i++)
			exponent = exponent > 9999 ? exponent : exponent * 10 + (text.ptr[i] - '0');
		exponent = down ? -exponent : exponent;
	}
	if (i < n) {
		size_t behind = i;
		while (behind + 1 < n && text.ptr[behind] == ' ')
			behind++;
		unsigned char c = (unsigned char)text.ptr[behind];
		if (c == '%')
			return TH_NUM_PERCENT;
		if (c == ',')
			return TH_NUM_GROUPS;
		if ((c == '-' || c == '+') && behind + 1 == n && whole == 0)
			return TH_NUM_SIGN_BEHIND;
		return c >= 0x80 || (lower((char)c) >= 'a' && lower((char)c) <= 'z') ? TH_NUM_UNIT : TH_NUM_BAD;
	}
	if (commas) {
		th_number kind = commas_kind((th_slice){text.ptr + whole, whole_end - whole}, whole_end < mantissa_end);
		if (kind != TH_NUM_OK)
			return kind;
		*notes |= TH_NUM_GROUPED;
	}
	struct digits d = {0};
	int zeros = 0; /* held back until another digit follows */
	bool in_part = false;
	for (size_t k = whole; k < mantissa_end; k++) {
		char c = text.ptr[k];
		if (c == '.') {
			in_part = true;
			continue;
		}
		if (c == ',')
			continue;
		exponent -= in_part;
		if (c == '0') {
			zeros += d.taken > 0;
			continue;
		}
		for (; zeros > 0; zeros--)
			take(&d, 0);
		take(&d, c - '0');
	}
	/* The held-back zeros are the mantissa's trailing zeros: they belong into the exponent. */
	exponent += zeros + d.dropped;
	int64_t mant = d.mant + (d.dropped > 0 && (d.next > 5 || (d.next == 5 && (d.more || d.mant % 2))));
	if (mant == 0)
		exponent = 0;
	if (exponent > MAX_EXP || exponent < -MAX_EXP)
		return TH_NUM_RANGE;
	*out = (th_decimal){negative ? -mant : mant, exponent};
	if (d.dropped == 0)
		return TH_NUM_OK;
	*out = normal(out->mant, exponent);
	return TH_NUM_DIGITS;
}

enum { PLACE = 256 };

/* What nearly all cells hold: digits with at most one point behind a sign or none, of which no more than MAX_DIGITS count. False: anything else,
 * which may still be a number. */
static bool parse_plain(th_slice text, th_decimal *out)
{
	size_t i = text.len > 0 && text.ptr[0] == '-', point = 0, digits = text.len - i;
	bool negative = i > 0;
	int64_t mant = 0;
	int32_t exp = 0;
	if (digits == 0 || digits > MAX_DIGITS || !th_is_digit(text.ptr[i]))
		return false;
	for (; i < text.len; i++) {
		if (th_is_digit(text.ptr[i]))
			mant = mant * 10 + (text.ptr[i] - '0');
		else if (text.ptr[i] == '.' && point == 0)
			point = i + 1;
		else
			return false;
	}
	if (point)
		exp = -(int32_t)(text.len - point);
	*out = normal(negative ? -mant : mant, exp);
	return true;
}

/* What stands for a number that there is not; as th_utf8_fold leaves it. */
static const char *const missing[] = {
	"-", "--", "---", "/", "n/a", "na", "n.a.", "null", "none", "无", "缺", "缺失", "未知", "暂无", "没有", "不适用", "待补", "待补充", "待定", "tbd", "…", "……", NULL,
};

/* Does it start with a Chinese character, and as none of those words does? Most texts that are no numbers do. */
static bool is_word(th_slice text)
{
	enum { HANZI = 3 };
	if ((unsigned char)text.ptr[0] < 0xE4 || (unsigned char)text.ptr[0] > 0xE9 || text.len < HANZI)
		return false;
	const char *simple = th_hanzi_simplified(text.ptr);
	for (size_t i = 0; missing[i]; i++)
		if (strncmp(missing[i], simple ? simple : text.ptr, HANZI) == 0)
			return false;
	return true;
}

th_number th_number_parse(th_slice text, th_decimal *out, unsigned *notes)
{
	*notes = 0;
	if (parse_plain(text, out))
		return TH_NUM_OK;
	text = th_slice_trim(text);
	if (text.len == 0)
		return TH_NUM_EMPTY;
	bool ascii = true;
	for (size_t i = 0; i < text.len && ascii; i++)
		ascii = (unsigned char)text.ptr[i] < 0x80;
	if (ascii && (th_is_digit(text.ptr[0]) || text.len > 4))
		return parse_ascii(text, out, notes);
	if (is_word(text))
		return TH_NUM_BAD;
	/* Folding makes nothing longer: only of a cell that is longer than any number worth its name is memory asked, and missed, if it is, by
	 * the job that reads it (base/memory.h). */
	char place[PLACE];
	bool longer = text.len >= PLACE;
	th_buf buf = longer ? (th_buf){0} : (th_buf){.ptr = place, .cap = PLACE};
	bool changed = th_utf8_fold(text, &buf);
	if (buf.failed) {
		th_buf_free(&buf);
		return TH_NUM_BAD;
	}
	th_slice plain = th_slice_trim(th_buf_view(&buf));
	th_number kind = plain.len == 0 ? TH_NUM_EMPTY : one_of(plain, missing) ? TH_NUM_MISSING : parse_ascii(plain, out, notes);
	if (changed)
		*notes |= TH_NUM_FOLDED;
	if (longer)
		th_buf_free(&buf);
	return kind;
}

/* What stands where something is to be written: 待填, a question mark, an empty box. */
static bool is_placeholder(th_slice text)
{
	static const char *const words[] = {
		"?", "??", "???", "？", "？？", "？？？", "□", "待填", "待填写", "待核", "待核实", "待查", "待确认", "待提供", "待上传", "（待填）", "(待填)", "todo", "to do", NULL,
	};
	return one_of(th_slice_trim(text), words);
}

bool th_says_nothing(th_slice text)
{
	static const th_slice sign[] = {{";", 1}, {"；", 3}, {"、", 3}, {"\n", 1}};
	if (text.len == 0)
		return true;
	bool nothing = true;
	size_t from = 0;
	for (size_t at = 0; at <= text.len; at++) {
		size_t step = at == text.len;
		for (size_t i = 0; i < sizeof sign / sizeof *sign && step == 0; i++)
			if (text.len - at >= sign[i].len && memcmp(text.ptr + at, sign[i].ptr, sign[i].len) == 0)
				step = sign[i].len;
		if (step == 0)
			continue;
		th_decimal number;
		unsigned notes;
		th_number kind = th_number_parse((th_slice){text.ptr + from, at - from}, &number, &notes);
		nothing = nothing && (kind == TH_NUM_EMPTY || kind == TH_NUM_MISSING || is_placeholder((th_slice){text.ptr + from, at - from}));
		from = at + step;
		at = from - 1;
	}
	return nothing;
}

/* Does one comma, and no point, stand in it? */
static bool one_comma(th_slice text)
{
	const char *comma = memchr(text.ptr, ',', text.len);
	return comma && !memchr(text.ptr, '.', text.len) && !memchr(comma + 1, ',', text.len - (size_t)(comma + 1 - text.ptr));
}

th_number th_number_in(th_slice text, char delimiter, th_decimal *out, unsigned *notes)
{
	char place[PLACE];
	th_buf buf = {.ptr = place, .cap = PLACE};
	th_number kind = th_number_parse(text, out, notes);
	if (!th_number_is(kind) || delimiter != ';' || !(*notes & TH_NUM_GROUPED))
		return kind;
	if (text.len >= PLACE)
		return TH_NUM_SEMICOLONS;
	th_utf8_fold(text, &buf);
	return one_comma(th_buf_view(&buf)) ? TH_NUM_SEMICOLON : TH_NUM_SEMICOLONS;
}

/* A number with a slip in it, without the marks of its groups. */
static const char *mended_number(th_slice text, char space[TH_NUMBER_MEANT])
{
	char place[TH_SLIP_LONGEST];
	th_slice mended = th_slip_mend(text, false, place);
	th_decimal number;
	unsigned notes;
	size_t at = 0;
	bool is = mended.len && th_number_parse(mended, &number, &notes) == TH_NUM_OK;
	for (size_t i = 0; is && i < mended.len; i++)
		if (mended.ptr[i] != ',')
			space[at++] = mended.ptr[i];
	space[at] = '\0';
	return space;
}

const char *th_number_meant(th_slice text, th_number kind, bool point, char space[TH_NUMBER_MEANT])
{
	if (kind == TH_NUM_UNIT || kind == TH_NUM_BAD)
		return mended_number(text, space);
	bool signs = kind == TH_NUM_SIGN_BEHIND || kind == TH_NUM_BRACKETS, zero = kind == TH_NUM_ZERO_COMMA;
	char place[PLACE];
	th_buf folded = {.ptr = place, .cap = PLACE};
	size_t at = 0;
	space[0] = '\0';
	if ((!signs && !zero && kind != TH_NUM_SEMICOLON && kind != TH_NUM_SEMICOLONS) || text.len >= PLACE)
		return space;
	th_utf8_fold(text, &folded);
	th_slice plain = th_slice_trim(th_buf_view(&folded));
	bool below = signs ? plain.ptr[plain.len - 1] != '+' : plain.ptr[0] == '-';
	size_t start = plain.ptr[0] == '-' || plain.ptr[0] == '+';
	while (zero && plain.ptr[start] == '0' && th_is_digit(plain.ptr[start + 1]))
		start++;
	if (below)
		space[at++] = '-';
	for (size_t i = start; i < plain.len; i++) {
		char c = plain.ptr[i];
		if (c == ',' && (zero || point))
			space[at++] = '.';
		else if (c != ',' && !(signs && strchr("()+ ", c)) && !(signs && c == '-' && (i == 0 || !(plain.ptr[i - 1] == 'e' || plain.ptr[i - 1] == 'E'))))
			space[at++] = c;
	}
	space[at] = '\0';
	return space;
}

int th_digit_count(u128 value)
{
	int digits = 0;
	for (; value; value /= 10)
		digits++;
	return digits;
}

int th_decimal_cmp(th_decimal a, th_decimal b)
{
	int sign_a = (a.mant > 0) - (a.mant < 0), sign_b = (b.mant > 0) - (b.mant < 0);
	if (sign_a != sign_b)
		return sign_a < sign_b ? -1 : 1;
	if (sign_a == 0)
		return 0;
	u128 x = th_magnitude(a.mant), y = th_magnitude(b.mant);
	int top_a = th_digit_count(x) + a.exp, top_b = th_digit_count(y) + b.exp, order;
	if (top_a != top_b)
		order = top_a < top_b ? -1 : 1;
	else {
		/* The same leading position and at most 19 digits each: aligned, both fit 128 bits. */
		if (a.exp > b.exp)
			x *= th_ten_to(a.exp - b.exp);
		else
			y *= th_ten_to(b.exp - a.exp);
		order = (x > y) - (x < y);
	}
	return sign_a > 0 ? order : -order;
}

bool th_decimal_add(th_decimal a, th_decimal b, th_decimal *sum)
{
	if (a.mant == 0 || b.mant == 0) {
		*sum = a.mant == 0 ? b : a;
		return true;
	}
	if (a.exp < b.exp) {
		th_decimal other = a;
		a = b;
		b = other;
	}
	if (a.exp - b.exp > MAX_DIGITS)
		return false;
	__int128 total = (__int128)a.mant * (__int128)th_ten_to(a.exp - b.exp) + b.mant;
	int32_t exp = b.exp;
	while (total != 0 && total % 10 == 0) {
		total /= 10;
		exp++;
	}
	if (th_digit_count(th_magnitude(total)) > MAX_DIGITS)
		return false;
	*sum = normal((int64_t)total, total ? exp : 0);
	return true;
}

/* The digits of a number in front of `end`, at least so many; where they begin. */
static char *digits_before(char *end, uint64_t value, int least)
{
	char *at = end;
	for (; value || end - at < least; value /= 10)
		*--at = (char)('0' + (int)(value % 10));
	return at;
}

static void put_zeros(th_buf *buf, int count)
{
	for (; count > 0; count--)
		th_buf_char(buf, '0');
}

/* Digits of a non-negative number x 10^exp, without exponent; trailing zeros behind the point are dropped. */
void th_put_digits(th_buf *buf, u128 value, int exp)
{
	enum { SLICE = 19 }; /* digits that fit a word */
	char digit[3 * SLICE], *end = digit + sizeof digit, *at = end;
	for (; value >> 64; value /= th_ten_to(SLICE))
		at = digits_before(at, (uint64_t)(value % th_ten_to(SLICE)), SLICE);
	at = digits_before(at, (uint64_t)value, 0);
	if (at == end) {
		th_buf_char(buf, '0');
		return;
	}
	for (; exp < 0 && end[-1] == '0'; exp++)
		end--;
	const int n = (int)(end - at), point = n + exp; /* digits before the point */
	if (point <= 0) {
		th_buf_str(buf, "0.");
		put_zeros(buf, -point);
	}
	if (point > 0 && point < n) {
		th_buf_add(buf, at, (size_t)point);
		th_buf_char(buf, '.');
		at += point;
	}
	th_buf_add(buf, at, (size_t)(end - at));
	put_zeros(buf, point - n);
}

void th_put_decimal(th_buf *buf, th_decimal value)
{
	if (value.mant < 0)
		th_buf_char(buf, '-');
	th_put_digits(buf, th_magnitude(value.mant), value.exp);
}

double th_scale_double(double value, int exp)
{
	for (; exp > 0; exp--)
		value *= 10;
	double divisor = 1;
	for (; exp < 0; exp++)
		divisor *= 10;
	return value / divisor;
}

double th_decimal_double(th_decimal value)
{
	return th_scale_double((double)value.mant, value.exp);
}

/* --- writing --- */

void th_put_mass(th_buf *buf, th_mass mass, int shift)
{
	if (mass < 0)
		th_buf_char(buf, '-');
	th_put_digits(buf, th_magnitude(mass), -TH_MASS_SCALE - shift);
}

void th_put_mass_rounded(th_buf *buf, th_mass mass, int shift, int digits, bool group)
{
	u128 value = th_magnitude(mass), step = th_ten_to(TH_MASS_SCALE + shift - digits);
	u128 q = value / step, rest = value % step;
	q += rest > step - rest || (rest == step - rest && (q & 1));
	char text[64];
	int n = 0;
	for (; q || n <= digits; q /= 10)
		text[n++] = (char)('0' + (int)(q % 10));
	bool zero = true;
	for (int i = 0; i < n; i++)
		zero &= text[i] == '0';
	if (mass < 0 && !zero)
		th_buf_char(buf, '-');
	for (int i = n; i-- > 0;) {
		th_buf_char(buf, text[i]);
		if (i == digits && digits > 0)
			th_buf_char(buf, '.');
		else if (group && i > digits && (i - digits) % 3 == 0)
			th_buf_char(buf, ',');
	}
}

double th_mass_double(th_mass mass)
{
	return (double)mass / 1e9;
}

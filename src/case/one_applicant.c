/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case/one_applicant.h"

#include "base/filename.h"
#include "base/utf8.h"
#include "case/wide.h"
#include "io/bytes.h"

enum {
	SHOWN = 3, /* names that a message has */
	KEPT = 64  /* tables that stay open until they are read; of a case with more the rest is opened again */
};

typedef struct naming {
	const th_reference *reference;
	th_diags *diags;
	th_intern names;       /* folded */
	th_buf shown;
	th_pos second;         /* where another stands */
	size_t kept;           /* tables that stay open */
	bool failed;
} naming;

static void see_name(naming *n, th_slice name, th_pos place)
{
	th_buf key = {0};
	th_utf8_key(name, &key);
	const uint32_t known = n->names.count;
	uint32_t number = key.failed ? TH_NONE : th_intern_add(&n->names, th_buf_view(&key));
	th_buf_free(&key);
	n->failed |= number == TH_NONE;
	if (number != known)
		return;
	if (known < SHOWN)
		th_buf_str(&n->shown, known ? "、" : "");
	if (known < SHOWN)
		th_buf_slice(&n->shown, name);
	else if (known == SHOWN)
		th_buf_str(&n->shown, "…");
	if (known == 1) {
		n->second = place;
		n->second.file = th_diags_keep(n->diags, place.file);
		n->failed |= !n->second.file;
	}
}

/* The names in a table; it is read for them alone, and of what is wrong with it nothing is said. */
static void see_table(naming *n, th_case_part part, const char *path, th_encoding encoding)
{
	th_diags *unheard = th_diags_new();
	th_wide *wide = NULL;
	n->failed |= !unheard || !th_diags_lend_too(unheard, n->diags, path);
	if (!n->failed && th_wide_peek(n->reference, part, path, encoding, unheard, SHOWN + 1, &wide) == TH_OK)
		for (size_t i = 0; i < th_wide_count(wide); i++)
			see_name(n, th_wide_name(wide, i), th_wide_place(wide, i));
	th_wide_close(wide);
	th_diags_free(unheard);
}

/* Can a key begin behind that byte? */
static bool ends_key(unsigned char c)
{
	return !(th_is_digit((char)c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_');
}

/* May what stands in front of the next comma, tab or line end be a name of the column? No name has one of these in it; a long text may be one with many blanks. */
static bool names_column(const th_columns *columns, const char *kind, th_slice rest)
{
	size_t len = 0;
	while (len < rest.len && len <= TH_KEY_LONGEST && !strchr(",;\t|\"\r\n", rest.ptr[len]))
		len++;
	return len > TH_KEY_LONGEST || th_slice_eq(th_column_named(columns, kind, (th_slice){rest.ptr, len}), TH_S("applicant"));
}

/* How many bytes from the front, looked at by eights, are ASCII, no a and no end of a text. */
static size_t dull_run(th_slice text)
{
	const uint64_t each = 0x0101010101010101u, high = 0x80 * each;
	size_t at = 0;
	for (uint64_t eight; text.len - at >= sizeof eight; at += sizeof eight) {
		memcpy(&eight, text.ptr + at, sizeof eight);
		const uint64_t a = (eight | ' ' * each) ^ 'a' * each;
		if ((eight | ((a - each) & ~a) | ((eight - each) & ~eight)) & high)
			break;
	}
	return at;
}

/* May a table have a column that is there for applicants and nothing else: one that begins with applicant or 申? Seldom does one, and the bytes tell at once. Where
 * they may be something else than UTF-8, a letter is full-width or cells are quoted where one could be, the table is read. */
static bool may_name(const th_columns *columns, const char *kind, th_slice text)
{
	const unsigned char *s = (const unsigned char *)text.ptr;
	const bool quoted = memchr(s, '"', text.len) != NULL;
	if (th_utf8_valid(text) < text.len)
		return true;
	for (size_t i = 0, next = 0; i < text.len; i++) {
		if (i >= next) {
			i += dull_run(th_slice_from(text, i));
			next = i + sizeof(uint64_t);
		}
		if (i == text.len)
			break;
		const unsigned char c = s[i];
		if (c >= 0x80) {
			static const char marks[][4] = {"申", "ａ", "Ａ"};
			if (c < 0xE0) /* with these alone it may be GBK */
				return true;
			for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
				if (text.len - i >= 3 && memcmp(s + i, marks[k], 3) == 0)
					return true;
			i += c >= 0xF0 ? 3 : 2;
		} else if (c == '\0')
			return true;
		else if ((c | 0x20) == 'a' && (i == 0 || ends_key(s[i - 1])) && (quoted || names_column(columns, kind, th_slice_from(text, i))))
			return true;
	}
	return false;
}

/* The same of one that is read later in this job, which is then opened once. */
static void see_table_before(naming *n, th_case_part part, const char *path, th_encoding encoding)
{
	if (!th_sheet_mark(path) && n->kept++ < KEPT)
		n->failed |= !th_bytes_keep(path, n->diags);
	const struct th_bytes *open = th_diags_lent_open(n->diags, path);
	bool plain = open && open->memory && (encoding == TH_ENC_AUTO || encoding == TH_ENC_UTF8);
	if (!plain || may_name(n->reference->columns, th_case_files[part].kind, (th_slice){open->memory, (size_t)open->size}))
		see_table(n, part, path, encoding);
}

static void end(naming *n)
{
	th_intern_free(&n->names);
	th_buf_free(&n->shown);
}

th_status th_case_one_applicant(const th_reference *reference, const th_case_contents *contents, th_encoding encoding, th_diags *diags)
{
	static const th_case_part parts[] = {TH_CASE_FACTS, TH_CASE_MEASURES, TH_CASE_TARGETS, TH_CASE_TASKS, TH_CASE_INSTRUMENTS, TH_CASE_ASSUMPTIONS};
	naming n = {.reference = reference, .diags = diags};
	th_status status = TH_OK;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (contents->there[parts[i]])
			see_table_before(&n, parts[i], contents->path[parts[i]], TH_ENC_AUTO);
	for (size_t i = 0; contents->there[TH_CASE_INVENTORY] && i < contents->inventories; i++)
		see_table_before(&n, TH_CASE_INVENTORY, contents->inventory[i], encoding);
	th_buf_char(&n.shown, '\0');
	if (n.failed || n.shown.failed)
		status = th_no_memory(diags);
	else if (n.names.count > 1)
		status = th_report(diags, TH_APPLICANTS_SEVERAL, n.second, n.shown.ptr, (char *)NULL);
	end(&n);
	return status;
}

th_status th_inventory_applicants(const th_reference *reference, const char *path, th_encoding encoding, th_diags *diags)
{
	naming n = {.reference = reference, .diags = diags};
	th_status status = TH_OK;
	see_table(&n, TH_CASE_INVENTORY, path, encoding);
	th_buf_char(&n.shown, '\0');
	if (n.failed || n.shown.failed)
		status = th_no_memory(diags);
	else if (n.names.count > 1)
		status = th_report(diags, TH_APPLICANTS_SUMMED, n.second, n.shown.ptr, (char *)NULL);
	end(&n);
	return status;
}

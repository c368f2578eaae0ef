/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/compare.h"

/* --- places --- */

/* What tells an element of a list from the others. */
static const th_json *name_of(const th_json *element)
{
	static const char *const names[] = {"id", "product", "year", "phase", "series", "code", "param", "kind", "file", "period"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const th_json *name = th_json_get(element, names[i]);
		if (name && name->text.len && (name->kind == TH_JSON_STRING || name->kind == TH_JSON_NUMBER))
			return name;
	}
	return NULL;
}

static void put_where(th_buf *out, const th_json *value)
{
	if (!value->parent)
		return;
	put_where(out, value->parent);
	if (value->parent->kind == TH_JSON_OBJECT) {
		th_buf_str(out, value->parent->parent ? "." : "");
		th_buf_slice(out, value->key);
		return;
	}
	const th_json *name = name_of(value);
	th_buf_char(out, '[');
	if (name)
		th_buf_slice(out, name->text);
	else
		th_buf_printf(out, "%zu", value->index + 1);
	th_buf_char(out, ']');
}

/* --- values --- */

typedef struct comparing {
	th_arena *arena;
	th_comparison *out;
	bool failed;
} comparing;

static const char *kept(comparing *c, th_buf *text)
{
	const char *copy = text->failed ? NULL : th_arena_copy(c->arena, th_buf_view(text)).ptr;
	c->failed |= !copy;
	th_buf_free(text);
	return copy;
}

/* Where a character begins, at or before that byte. */
static size_t boundary(th_slice text, size_t at)
{
	while (at > 0 && at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
		at--;
	return at;
}

enum { LONGEST = 40, DIGEST = 12 };

/* Where to begin showing texts, so that what differs is seen: a little before it in long ones. */
static size_t begin_of(const th_json *value, const th_json *other)
{
	size_t same = 0;
	if (!other || value->kind != TH_JSON_STRING || other->kind != TH_JSON_STRING)
		return 0;
	while (same < value->text.len && same < other->text.len && value->text.ptr[same] == other->text.ptr[same])
		same++;
	return same > LONGEST / 2 ? boundary(value->text, same - LONGEST / 4) : 0;
}

static const char *shown(comparing *c, const th_json *value, const th_json *other)
{
	static const char *const words[] = {[TH_JSON_NULL] = "null", [TH_JSON_FALSE] = "false", [TH_JSON_TRUE] = "true", [TH_JSON_ARRAY] = "[…]", [TH_JSON_OBJECT] = "{…}"};
	th_buf text = {0};
	if (!value)
		return NULL;
	if (value->kind != TH_JSON_STRING && value->kind != TH_JSON_NUMBER) {
		th_buf_str(&text, words[value->kind]);
	} else if (th_slice_eq(value->key, TH_S("sha256")) && value->text.len == 64) {
		th_buf_add(&text, value->text.ptr, DIGEST);
	} else if (value->text.len <= LONGEST) {
		th_buf_slice(&text, value->text);
	} else {
		size_t from = begin_of(value, other), end = value->text.len - from > LONGEST ? boundary(value->text, from + LONGEST) : value->text.len;
		th_buf_str(&text, from ? "…" : "");
		th_buf_add(&text, value->text.ptr + from, end - from);
		th_buf_str(&text, end < value->text.len ? "…" : "");
	}
	return kept(c, &text);
}

/* The member of the report, or of the account in it, that a value is a part of. */
static const th_json *member_of(const th_json *value)
{
	const th_json *top = value, *account = NULL;
	for (; top->parent && top->parent->parent; top = top->parent)
		account = top;
	return account && th_slice_eq(top->key, TH_S("account")) ? account : top;
}

/* Is it among what a report rests on, and no result? */
static bool is_rest(const th_json *value)
{
	static const char *const rests[] = {"inputs", "facts", "files", "profile", "factor_set", "factors", "gwp", "rules", "params", "options", "instruments", "assumptions"};
	const th_json *member = member_of(value);
	if (th_slice_eq(value->key, TH_S("lines")) || th_slice_eq(value->key, TH_S("tco2e"))) /* of a factor: where it was used */
		return false;
	for (size_t i = 0; i < sizeof rests / sizeof *rests; i++)
		if (th_slice_eq(member->key, th_slice_of(rests[i])))
			return true;
	return false;
}

static void differ(comparing *c, const th_json *before, const th_json *after)
{
	const th_json *at = before ? before : after;
	bool rest = is_rest(at);
	size_t *count = rest ? &c->out->rests : &c->out->results;
	th_difference *kept_in = rest ? c->out->rest : c->out->result;
	if ((*count)++ >= TH_DIFFERENCES_KEPT)
		return;
	th_buf where = {0};
	put_where(&where, at);
	kept_in[*count - 1] = (th_difference){kept(c, &where), shown(c, before, after), shown(c, after, before), {before, after}};
}

/* A number that another program has written again keeps its value and not always its digits. */
static bool same_number(const th_json *a, const th_json *b)
{
	return th_slice_eq(a->text, b->text) || (!a->rounded && !b->rounded && th_decimal_cmp(a->number, b->number) == 0);
}

static bool is_skipped(const th_json *member)
{
	return !member->parent->parent && (th_slice_eq(member->key, TH_S("tool")) || th_slice_eq(member->key, TH_S("case")));
}

static void compare(comparing *c, const th_json *before, const th_json *after);

/* Members in the order of the first; then those that only the second has. Both stand in the order in which they were written, so that the next one is looked
 * at before all are. */
static void compare_members(comparing *c, const th_json *before, const th_json *after)
{
	const th_json *next = after->child;
	for (const th_json *member = before->child; member; member = member->next) {
		const th_json *other = next && th_slice_eq(next->key, member->key) ? next : after->child;
		while (other && !th_slice_eq(other->key, member->key))
			other = other->next;
		next = other ? other->next : next;
		if (is_skipped(member))
			continue;
		if (other)
			compare(c, member, other);
		else
			differ(c, member, NULL);
	}
	next = before->child;
	for (const th_json *member = after->child; member; member = member->next) {
		const th_json *other = next && th_slice_eq(next->key, member->key) ? next : before->child;
		while (other && !th_slice_eq(other->key, member->key))
			other = other->next;
		next = other ? other->next : next;
		if (!other && !is_skipped(member))
			differ(c, NULL, member);
	}
}

static void compare_elements(comparing *c, const th_json *before, const th_json *after)
{
	const th_json *a = before->child, *b = after->child;
	for (; a && b; a = a->next, b = b->next)
		compare(c, a, b);
	for (; a; a = a->next)
		differ(c, a, NULL);
	for (; b; b = b->next)
		differ(c, NULL, b);
}

/* At most as deep as JSON is read. */
static void compare(comparing *c, const th_json *before, const th_json *after)
{
	c->out->values++;
	if (before->kind != after->kind)
		differ(c, before, after);
	else if (before->kind == TH_JSON_OBJECT)
		compare_members(c, before, after);
	else if (before->kind == TH_JSON_ARRAY)
		compare_elements(c, before, after);
	else if (before->kind == TH_JSON_NUMBER ? !same_number(before, after) : before->kind == TH_JSON_STRING && !th_slice_eq(before->text, after->text))
		differ(c, before, after);
}

bool th_compare(const th_json *before, const th_json *after, th_arena *arena, th_comparison *out)
{
	*out = (th_comparison){.values = 0};
	comparing c = {.arena = arena, .out = out};
	compare(&c, before, after);
	return !c.failed;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/pack_diff.h"

#include "base/list.h"
#include "report/check_report.h"

/* --- what differs --- */

typedef enum change { ADDED, REMOVED, CHANGED } change;
static const char *const change_names[] = {"added", "removed", "changed"};

/* A value that is another one. */
typedef struct member {
	const char *where;             /* within its thing: applies[1].limits[1].required */
	const th_json *of[2];          /* NULL: it is not there */
} member;

/* A requirement, a fact, ... */
typedef struct thing {
	size_t kind;                   /* of lists */
	th_slice id;
	const th_json *of[2];
	change change;
	member *member;
	size_t members;
} thing;

typedef struct comparing {
	th_arena arena;
	const th_pack_side *side;
	thing *thing;
	size_t things;
	bool failed;
} comparing;

/* Lists whose elements have ids of their own, and what an element is called. */
static const char *const lists[] = {"stages", "facts", "parameters", "computed", "domains", "define", "requirements", "routes", "coverage", "amendments", "pack"};
static const th_label called[] = {W_R_STAGES, W_R_FACTS, W_R_PARAMETERS, W_R_VALUES, W_R_DOMAINS, W_R_DEFINE, W_R_REQUIREMENTS, W_R_ROUTES, W_R_COVERAGE, W_R_AMENDMENT, W_R_PACK};
enum { PACK = sizeof lists / sizeof *lists - 1 }; /* behind them: the pack itself */

static bool is_list_of_things(th_slice key)
{
	for (size_t i = 0; i < PACK; i++)
		if (th_slice_eq(key, th_slice_of(lists[i])))
			return true;
	return false;
}

/* What tells one element of a list from the others: a clause is told by its words, of which the text has each once. */
static th_slice id_of(const th_json *element)
{
	static const char *const names[] = {"id", "quote", "date"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (th_json_string(element, names[i]).len)
			return th_json_string(element, names[i]);
	return (th_slice){"", 0};
}

/* The element of another list that is this one: of several of one id the one in its place among them. */
static const th_json *find(const th_json *list, const th_json *element)
{
	const th_slice id = id_of(element);
	size_t before = 0;
	for (const th_json *one = element->parent->child; one != element; one = one->next)
		before += th_slice_eq(id_of(one), id);
	for (const th_json *one = list; one && id.len; one = one->next)
		if (th_slice_eq(id_of(one), id) && before-- == 0)
			return one;
	return NULL;
}

static void add_member(comparing *c, thing *t, const th_buf *where, const th_json *a, const th_json *b)
{
	member *grown = th_grown_in(&c->arena, t->member, t->members, sizeof *grown);
	const char *kept = where->failed ? NULL : th_arena_copy(&c->arena, th_buf_view(where)).ptr;
	c->failed |= !grown || !kept;
	if (c->failed)
		return;
	t->member = grown;
	t->member[t->members++] = (member){kept, {a, b}};
}

static bool is_leaf(const th_json *value)
{
	return value->kind != TH_JSON_ARRAY && value->kind != TH_JSON_OBJECT;
}

static bool same_leaf(const th_json *a, const th_json *b)
{
	return a->kind == b->kind && (a->kind == TH_JSON_NUMBER ? th_decimal_cmp(a->number, b->number) == 0 : a->kind != TH_JSON_STRING || th_slice_eq(a->text, b->text));
}

static void walk(comparing *c, thing *t, th_buf *where, const th_json *a, const th_json *b);

static void step(comparing *c, thing *t, th_buf *where, const th_json *a, const th_json *b)
{
	const th_json *at = a ? a : b;
	const size_t from = where->len;
	if (at->parent->kind == TH_JSON_OBJECT) {
		th_buf_str(where, from ? "." : "");
		th_buf_slice(where, at->key);
	} else {
		const th_slice id = id_of(at);
		th_buf_char(where, '[');
		if (id.len)
			th_buf_slice(where, id);
		else
			th_buf_printf(where, "%zu", at->index + 1);
		th_buf_char(where, ']');
	}
	if (a && b)
		walk(c, t, where, a, b);
	else
		add_member(c, t, where, a, b);
	where->len = from;
}

/* What stands in the other value for this member or element: by its key; by its id, else by its place. */
static const th_json *partner(const th_json *one, const th_json *other)
{
	if (other->kind == TH_JSON_OBJECT)
		return th_json_member(other, one->key);
	if (id_of(one).len)
		return find(other->child, one);
	const th_json *at = other->child;
	while (at && at->index != one->index)
		at = at->next;
	return at && !id_of(at).len ? at : NULL;
}

static void walk(comparing *c, thing *t, th_buf *where, const th_json *a, const th_json *b)
{
	if (a->kind != b->kind || is_leaf(a)) {
		if (!same_leaf(a, b))
			add_member(c, t, where, a, b);
		return;
	}
	for (const th_json *one = a->child; one && !c->failed; one = one->next)
		step(c, t, where, one, partner(one, b));
	for (const th_json *one = b->child; one && !c->failed; one = one->next)
		if (!partner(one, a))
			step(c, t, where, NULL, one);
}

/* What differs is kept: a thing that is added or removed, or has members that are other ones. */
static void keep(comparing *c, const thing *t)
{
	if (t->change == CHANGED && t->members == 0)
		return;
	thing *grown = th_grown_in(&c->arena, c->thing, c->things, sizeof *grown);
	c->failed |= !grown;
	if (c->failed)
		return;
	c->thing = grown;
	c->thing[c->things++] = *t;
}

static void add_thing(comparing *c, size_t kind, th_slice id, const th_json *a, const th_json *b)
{
	thing t = {.kind = kind, .id = id, .of = {a, b}, .change = a && b ? CHANGED : a ? REMOVED : ADDED};
	th_buf where = {0};
	if (a && b)
		walk(c, &t, &where, a, b);
	th_buf_free(&where);
	keep(c, &t);
}

static void compare_list(comparing *c, size_t kind)
{
	const th_json *a = th_json_list(c->side[0].json, lists[kind]), *b = th_json_list(c->side[1].json, lists[kind]);
	for (const th_json *one = a; one && !c->failed; one = one->next)
		add_thing(c, kind, id_of(one), one, find(b, one));
	for (const th_json *one = b; one && !c->failed; one = one->next)
		if (!find(a, one))
			add_thing(c, kind, id_of(one), NULL, one);
}

/* What stands in no list: names, version, document, the sentences of all. */
static void compare_rest(comparing *c)
{
	thing t = {.kind = PACK, .id = c->side[1].pack->id, .of = {c->side[0].json, c->side[1].json}, .change = CHANGED};
	th_buf where = {0};
	for (int side = 0; side < 2; side++)
		for (const th_json *one = c->side[side].json->child; one && !c->failed; one = one->next) {
			const th_json *other = th_json_member(c->side[!side].json, one->key);
			if (!is_list_of_things(one->key) && (side == 0 || !other))
				step(c, &t, &where, side ? NULL : one, side ? one : other);
		}
	th_buf_free(&where);
	keep(c, &t);
}

/* --- what is shown --- */

static void put_value(th_buf *out, const th_json *value)
{
	static const char *const words[] = {[TH_JSON_NULL] = "null", [TH_JSON_FALSE] = "false", [TH_JSON_TRUE] = "true"};
	if (value->kind == TH_JSON_STRING)
		th_put_json_string(out, value->text);
	else if (value->kind == TH_JSON_NUMBER)
		th_buf_slice(out, value->text);
	else if (is_leaf(value))
		th_buf_str(out, words[value->kind]);
	else {
		const bool object = value->kind == TH_JSON_OBJECT;
		th_buf_char(out, object ? '{' : '[');
		for (const th_json *one = value->child; one; one = one->next) {
			th_buf_str(out, one == value->child ? "" : ", ");
			if (object) {
				th_put_json_string(out, one->key);
				th_buf_str(out, ": ");
			}
			put_value(out, one);
		}
		th_buf_char(out, object ? '}' : ']');
	}
}

/* In the later pack, where it is there. */
static const th_json *latest(const thing *t)
{
	return t->of[t->of[1] != NULL];
}

/* A clause by its number, a thing by its id. */
static th_slice shown_id(const thing *t)
{
	const bool clause = t->kind != PACK && th_json_string(latest(t), "as").len && th_json_string(latest(t), "clause").len;
	return clause ? th_json_string(latest(t), "clause") : t->id;
}

static th_slice name_of(const thing *t, const char *lang)
{
	return th_json_string(latest(t), lang);
}

/* Clauses that only one of the two asks something by, each once. */
static void put_clauses(th_writer *w, const char *key, const th_pack *of, const th_pack *other)
{
	th_put_open(w, key, '[');
	for (size_t i = 0; i < of->everys; i++) {
		bool known = false;
		for (size_t k = 0; k < other->everys; k++)
			known |= th_slice_eq(of->every[i].clause, other->every[k].clause);
		for (size_t k = 0; k < i; k++)
			known |= th_slice_eq(of->every[i].clause, of->every[k].clause);
		if (!known)
			th_put_text(w, NULL, of->every[i].clause);
	}
	th_put_close(w, ']');
}

static void put_side_json(th_writer *w, const char *key, const th_pack *pack)
{
	th_put_open(w, key, '{');
	th_put_text(w, "id", pack->id);
	th_put_text(w, "version", pack->version);
	th_put_text(w, "sha256", th_slice_of(pack->sha256));
	th_put_close(w, '}');
}

static void put_json(const comparing *c, th_buf *out)
{
	th_writer w = th_writer_begin(out, "tanhe.rules_diff/1");
	put_side_json(&w, "before", c->side[0].pack);
	put_side_json(&w, "after", c->side[1].pack);
	th_put_truth(&w, "equal", c->things == 0);
	th_put_open(&w, "clauses", '{');
	put_clauses(&w, "added", c->side[1].pack, c->side[0].pack);
	put_clauses(&w, "removed", c->side[0].pack, c->side[1].pack);
	th_put_close(&w, '}');
	th_put_open(&w, "changes", '[');
	for (size_t i = 0; i < c->things; i++) {
		const thing *t = &c->thing[i];
		th_put_open(&w, NULL, '{');
		th_put_text(&w, "kind", th_slice_of(lists[t->kind]));
		th_put_text(&w, "id", shown_id(t));
		th_put_text(&w, "change", th_slice_of(change_names[t->change]));
		if (name_of(t, "en").len)
			th_put_both(&w, "title", name_of(t, "zh"), name_of(t, "en"));
		th_put_open(&w, "members", '[');
		for (size_t k = 0; k < t->members; k++) {
			th_put_open(&w, NULL, '{');
			th_put_text(&w, "where", th_slice_of(t->member[k].where));
			for (int side = 0; side < 2; side++)
				if (t->member[k].of[side]) {
					th_put_key(&w, side ? TH_S("after") : TH_S("before"));
					put_value(w.buf, t->member[k].of[side]);
				}
			th_put_close(&w, '}');
		}
		th_put_close(&w, ']');
		th_put_close(&w, '}');
	}
	th_put_close(&w, ']');
	th_writer_end(&w);
}

static void put_side(th_page *p, th_label label, const th_pack *pack)
{
	th_put_pack_name(pack, p->lang, &p->doc.text);
	th_page_say(p, W_COMMA);
	th_page_short_sha(p, pack->sha256);
	th_page_field(p, label, TH_S(""));
}

static void put_members(th_page *p, const thing *t)
{
	static const th_page_column columns[] = {{W_R_H_WHERE, TH_DOC_WORD}, {W_R_H_BEFORE, TH_DOC_WORD}, {W_R_H_AFTER, TH_DOC_WORD}};
	if (t->members == 0)
		return;
	th_page_table(p, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < t->members; i++) {
		th_doc_cell_text(&p->doc, th_slice_of(t->member[i].where));
		for (int side = 0; side < 2; side++) {
			if (t->member[i].of[side]) {
				put_value(&p->doc.text, t->member[i].of[side]);
				th_doc_end(&p->doc);
			} else
				th_doc_none(&p->doc);
		}
	}
}

static void put_text(const comparing *c, th_lang lang, th_buf *out)
{
	static const th_label words[] = {W_R_ADDED, W_R_REMOVED, W_R_CHANGED};
	th_page p = {.lang = lang};
	th_page_banner(&p, W_R_DIFF_TITLE);
	put_side(&p, W_R_BEFORE, c->side[0].pack);
	put_side(&p, W_R_AFTER, c->side[1].pack);
	if (c->things == 0)
		th_page_paragraph(&p, W_R_EQUAL);
	for (size_t i = 0; i < c->things; i++) {
		const thing *t = &c->thing[i];
		th_page_say(&p, words[t->change]);
		th_page_text(&p, TH_S(" "));
		th_page_say(&p, called[t->kind]);
		th_page_text(&p, TH_S(" "));
		th_page_text(&p, shown_id(t));
		th_page_text(&p, name_of(t, lang == TH_LANG_ZH ? "zh" : "en").len ? TH_S("  ") : TH_S(""));
		th_doc_open(&p.doc, TH_DOC_ITEM, name_of(t, lang == TH_LANG_ZH ? "zh" : "en"));
		put_members(&p, t);
		th_doc_close(&p.doc);
	}
	th_page_put(&p, out);
}

th_status th_pack_diff(const th_pack_side side[2], th_format format, th_lang lang, char **text, size_t *len, bool *equal)
{
	th_mark mark = th_report_begin(NULL, text, len);
	comparing c = {.side = side};
	th_buf out = {0};
	compare_rest(&c);
	for (size_t i = 0; i < PACK; i++)
		compare_list(&c, i);
	*equal = c.things == 0;
	if (format == TH_FORMAT_JSON)
		put_json(&c, &out);
	else
		put_text(&c, lang, &out);
	out.failed |= c.failed;
	th_arena_free(&c.arena);
	return th_give(mark, &out, text, len);
}

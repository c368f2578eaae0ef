/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/diag_list.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/list.h"

/* The texts in one piece, and where in it each is: a table of pointers would be written anew, page by page, at every start of a program that may lie anywhere. */
static const struct texts {
#define D(code, severity, name, en, zh, detail_en, detail_zh) \
	char name##_name[sizeof #name], name##_en[sizeof en], name##_zh[sizeof zh], name##_detail_en[sizeof detail_en], name##_detail_zh[sizeof detail_zh];
#include "base/diag.def"
#undef D
} texts = {
#define D(code, severity, name, en, zh, detail_en, detail_zh) #name, en, zh, detail_en, detail_zh,
#include "base/diag.def"
#undef D
};

static const struct row { uint16_t code; char letter; uint8_t severity; uint32_t name, en, zh, detail_en, detail_zh; } table[] = {
#define TH_LETTER_ERROR 'E'
#define TH_LETTER_WARNING 'W'
#define TH_LETTER_CAVEAT 'C'
#define AT(name) offsetof(struct texts, name)
#define D(code, severity, name, en, zh, detail_en, detail_zh) \
	{code, TH_LETTER_##severity, TH_##severity, AT(name##_name), AT(name##_en), AT(name##_zh), AT(name##_detail_en), AT(name##_detail_zh)},
#include "base/diag.def"
#undef D
};

enum { FIRST_ROOM = 16 };
enum { TABLE = sizeof table / sizeof *table };

static const char *text_at(uint32_t at)
{
	return (const char *)&texts + at;
}

static th_diag_info info_of(const struct row *row)
{
	return (th_diag_info){row->code, row->letter, text_at(row->name), text_at(row->en), text_at(row->zh), text_at(row->detail_en), text_at(row->detail_zh)};
}

int th_diag_table(size_t index, th_diag_info *info)
{
	if (index >= TABLE)
		return 0;
	*info = info_of(&table[index]);
	return 1;
}

/* The table has the order of the list, which is not that of the codes. */
static const struct row *row_of(th_code code)
{
	enum {
#define D(code, severity, name, en, zh, detail_en, detail_zh) ROW_##name,
#include "base/diag.def"
#undef D
	};
	switch (code) {
#define D(code, severity, name, en, zh, detail_en, detail_zh) case code: return &table[ROW_##name];
#include "base/diag.def"
#undef D
	case TH_CODE_NONE: break;
	}
	return &table[TABLE - 1];
}

th_diag_info th_diag_info_of(th_code code)
{
	return info_of(row_of(code));
}

const char *th_diag_title(th_code code, th_lang lang)
{
	const struct row *row = row_of(code);
	return text_at(lang == TH_LANG_ZH ? row->zh : row->en);
}

th_severity th_diag_severity(th_code code)
{
	return (th_severity)row_of(code)->severity;
}

th_diags *th_diags_new(void)
{
	th_diags *diags = th_calloc(1, sizeof *diags);
	if (!diags)
		return NULL;
	diags->room = FIRST_ROOM;
	diags->list = th_malloc(FIRST_ROOM * sizeof *diags->list);
	if (!diags->list) {
		free(diags);
		return NULL;
	}
	return diags;
}

void th_diags_free(th_diags *diags)
{
	if (!diags)
		return;
	for (size_t i = 0; i < diags->lents; i++)
		if (diags->lent[i].close)
			diags->lent[i].close(diags->lent[i].open);
	th_arena_free(&diags->arena);
	free(diags->list);
	free(diags->held);
	free(diags);
}

size_t th_diags_errors(const th_diags *diags)
{
	return diags->errors;
}

bool th_diags_told(const th_diags *diags, th_code code, th_pos pos)
{
	for (size_t i = 0; i < diags->kept; i++) {
		const struct diag *d = &diags->list[i];
		if (d->code == code && d->line == pos.line && d->column == pos.column && th_diag_same_file(d->file, pos.file))
			return true;
	}
	return false;
}

size_t th_diags_count(const th_diags *diags)
{
	return diags->count;
}

const char *th_diags_keep(th_diags *diags, const char *text)
{
	return text ? th_arena_copy(&diags->arena, th_slice_of(text)).ptr : NULL;
}

bool th_diags_caveat(const th_diags *diags, size_t *at, th_finding *finding)
{
	while (*at < diags->kept) {
		const struct diag *d = &diags->list[(*at)++];
		*finding = (th_finding){.code = d->code, .file = d->file, .line = d->line, .arg = d->arg, .args = d->args};
		if (th_diag_severity(d->code) < TH_ERROR)
			return true;
	}
	return false;
}

bool th_diags_row(const th_diags *diags, size_t index, th_finding_row *row)
{
	if (index >= diags->kept)
		return false;
	const struct diag *d = &diags->list[index];
	*row = (th_finding_row){.code = d->code, .severity = th_diag_severity(d->code), .pos = {d->file, d->line, d->column, d->where.ptr}, .arg = d->arg, .args = d->args};
	return true;
}

/* The name of a file, copied once for findings of one file that come behind one another. */
static const char *copy_file(th_diags *diags, const char *file)
{
	const char *last = diags->kept ? diags->list[diags->kept - 1].file : NULL;
	return file && last && strcmp(file, last) == 0 ? last : th_diags_keep(diags, file);
}

bool th_diags_hold(th_diags *diags, const th_held *held, size_t *index)
{
	size_t at = 0;
	while (at < diags->holds && diags->held[at].use != TH_HELD_FREE)
		at++;
	if (at == diags->holds) {
		if (at >= SIZE_MAX / 2 / sizeof *held)
			return false;
		th_held *grown = at & (at - 1) ? diags->held : th_realloc(diags->held, (at ? 2 * at : 1) * sizeof *grown);
		if (!grown)
			return false;
		diags->held = grown;
	}
	th_held kept = *held;
	kept.entry = th_diags_keep(diags, held->entry);
	kept.name = th_diags_keep(diags, held->name);
	if ((held->entry && !kept.entry) || !kept.name)
		return false;
	diags->held[at] = kept;
	diags->holds += at == diags->holds;
	*index = at;
	return true;
}

th_held *th_diags_held(const th_diags *diags, size_t index)
{
	return index < diags->holds ? &diags->held[index] : NULL;
}

void th_diags_titles(th_diags *diags, th_title_of *of, const void *context)
{
	diags->title_of = of;
	diags->titles = context;
}

bool th_diags_table(th_diags *diags, const char *file, const char *kind)
{
	if (!file || !kind || th_diags_kind(diags, file))
		return true;
	struct table_kind *grown = th_grown_in(&diags->arena, diags->table, diags->tables, sizeof *grown);
	const char *name = grown ? th_diags_keep(diags, file) : NULL;
	if (!name)
		return false;
	diags->table = grown;
	grown[diags->tables++] = (struct table_kind){name, kind};
	return true;
}

const char *th_diags_kind(const th_diags *diags, const char *file)
{
	for (size_t i = 0; file && i < diags->tables; i++)
		if (strcmp(diags->table[i].file, file) == 0)
			return diags->table[i].kind;
	return NULL;
}

bool th_diags_lend(th_diags *diags, const char *path, th_slice bytes)
{
	return th_diags_lend_part(diags, path, bytes, NULL);
}

static bool lend(th_diags *diags, struct lent lent)
{
	struct lent *grown = th_grown_in(&diags->arena, diags->lent, diags->lents, sizeof *grown);
	if (!grown)
		return false;
	diags->lent = grown;
	diags->lent[diags->lents++] = lent;
	return true;
}

bool th_diags_lend_part(th_diags *diags, const char *path, th_slice bytes, const th_lent_part *part)
{
	return lend(diags, (struct lent){.path = path, .bytes = bytes, .part = part});
}

bool th_diags_lend_open(th_diags *diags, const char *path, struct th_bytes *open, void (*close)(struct th_bytes *open))
{
	const char *name = th_diags_keep(diags, path);
	return name && lend(diags, (struct lent){.path = name, .open = open, .close = close});
}

void th_diags_list(th_diags *diags, const struct th_listing *listing)
{
	diags->listing = listing;
}

const struct th_listing *th_diags_listing(const th_diags *diags)
{
	return diags->listing;
}

th_arena *th_diags_arena(th_diags *diags)
{
	return &diags->arena;
}

void th_diags_read_by(th_diags *diags, th_reading reading)
{
	diags->reading = reading;
}

th_reading th_diags_reading(const th_diags *diags)
{
	return diags->reading;
}

void th_diags_doubt(th_diags *diags)
{
	diags->doubted = true;
}

bool th_diags_doubted(const th_diags *diags)
{
	return diags->doubted;
}

void th_diags_forget(th_diags *diags)
{
	diags->doubted = false;
	diags->kept = diags->count = diags->errors = diags->kinds = 0;
}

static const struct lent *lent_as(const th_diags *diags, const char *path)
{
	for (size_t i = diags->lents; i-- > 0;)
		if (strcmp(diags->lent[i].path, path) == 0)
			return &diags->lent[i];
	return NULL;
}

bool th_diags_lend_too(th_diags *diags, const th_diags *of, const char *path)
{
	const struct lent *lent = lent_as(of, path);
	return !lent || lend(diags, (struct lent){.path = lent->path, .bytes = lent->bytes, .part = lent->part, .open = lent->open});
}

bool th_diags_lent(const th_diags *diags, const char *path, th_slice *bytes)
{
	const struct lent *lent = lent_as(diags, path);
	if (lent)
		*bytes = lent->bytes;
	return lent && bytes->ptr;
}

struct th_bytes *th_diags_lent_open(const th_diags *diags, const char *path)
{
	const struct lent *lent = lent_as(diags, path);
	return lent ? lent->open : NULL;
}

const th_lent_part *th_diags_lent_part(const th_diags *diags, const char *path)
{
	const struct lent *lent = lent_as(diags, path);
	return lent && lent->bytes.ptr ? lent->part : NULL;
}

bool th_diag_same_file(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* The kind of a code and file; NULL: there is none yet. */
static struct kind *find_kind(const th_diags *diags, th_code code, const char *file)
{
	for (size_t i = diags->kinds; i-- > 0;)
		if (diags->kind[i].code == code && th_diag_same_file(diags->kind[i].file, file))
			return &diags->kind[i];
	return NULL;
}

/* The same, made where it is new; NULL without memory. */
static struct kind *kind_of(th_diags *diags, th_code code, const char *file)
{
	struct kind *known = find_kind(diags, code, file);
	if (known)
		return known;
	struct kind *grown = th_grown_in(&diags->arena, diags->kind, diags->kinds, sizeof *grown);
	const char *name = th_diags_keep(diags, file);
	if (!grown || (file && !name))
		return NULL;
	diags->kind = grown;
	grown[diags->kinds] = (struct kind){.code = code, .file = name};
	return &grown[diags->kinds++];
}

/* Room for so many, and one more. */
static bool widen(th_diags *diags, size_t kept)
{
	size_t room = diags->room;
	while (room <= kept)
		room *= 2;
	struct diag *grown = room == diags->room ? diags->list : th_realloc(diags->list, room * sizeof *grown);
	if (!grown)
		return false;
	diags->list = grown;
	diags->room = room;
	return true;
}

static bool is_full(size_t kept, const struct kind *kind)
{
	return kept >= KEEP && (kept == KEEP_ALL || kind->kept >= KEEP_RARE);
}

bool th_diags_takes(const th_diags *diags, th_code code, const char *file)
{
	static const struct kind none = {0};
	const struct kind *kind = find_kind(diags, code, file);
	return !is_full(diags->kept, kind ? kind : &none);
}

static bool keep(th_diags *diags, struct diag *d, va_list list)
{
	const char *text[MAX_ARGS];
	const char *next;
	size_t n = 0;
	while (n < MAX_ARGS && (next = va_arg(list, const char *)) != NULL)
		text[n++] = next;
	d->arg = th_arena_alloc(&diags->arena, n ? n : 1, sizeof *d->arg);
	if (!d->arg)
		return false;
	for (d->args = 0; d->args < n; d->args++) {
		d->arg[d->args] = th_arena_copy(&diags->arena, th_slice_of(text[d->args]));
		if (!d->arg[d->args].ptr)
			return false;
	}
	const char *file = copy_file(diags, d->file);
	bool named = file || !d->file;
	d->file = file;
	d->where = th_arena_copy(&diags->arena, d->where);
	return named && d->where.ptr;
}

th_status th_report(th_diags *diags, th_code code, th_pos pos, ...)
{
	th_severity severity = th_diag_severity(code);
	diags->count++;
	diags->errors += severity == TH_ERROR;
	struct kind *kind = kind_of(diags, code, pos.file);
	if (!kind)
		return TH_SYSTEM;
	if (is_full(diags->kept, kind))
		kind->omitted++;
	else {
		struct diag d = {
			.code = code, .order = diags->order, .file = pos.file, .line = pos.line, .column = pos.column, .where = th_slice_of(pos.where ? pos.where : ""),
		};
		va_list list;
		va_start(list, pos);
		bool kept = widen(diags, diags->kept + 1) && keep(diags, &d, list);
		va_end(list);
		if (!kept)
			return TH_SYSTEM;
		diags->list[diags->kept++] = d;
		kind->kept++;
	}
	return severity != TH_ERROR ? TH_OK : code >= 5000 && code < 6000 ? TH_SYSTEM : TH_INVALID;
}

void th_diags_at(th_diags *diags, uint64_t order)
{
	diags->order = order;
}

/* Does this one go into the list, as th_report would have it behind those before it? */
static bool admit(th_diags *diags, const struct diag *d, size_t admitted)
{
	struct kind *kind = kind_of(diags, d->code, d->file);
	bool full = !kind || is_full(admitted, kind);
	if (kind)
		*(full ? &kind->omitted : &kind->kept) += 1;
	return !full;
}

static bool takes_first(const struct diag *a, size_t as, const struct diag *b, size_t bs)
{
	return bs == 0 || (as > 0 && a->order <= b->order);
}

/* Of both lists, in the order of their numbers, what is admitted stays, moved to the front of its list. */
static void thin(th_diags *into, th_diags *from)
{
	size_t a = 0, b = 0, as = 0, bs = 0;
	for (size_t i = 0; i < into->kinds; i++)
		into->kind[i].kept = 0;
	for (size_t i = 0; i < from->kinds; i++) {
		struct kind *kind = kind_of(into, from->kind[i].code, from->kind[i].file);
		if (kind)
			kind->omitted += from->kind[i].omitted;
	}
	while (a < into->kept || b < from->kept) {
		const struct diag *first = &into->list[a], *other = &from->list[b];
		if (takes_first(first, into->kept - a, other, from->kept - b)) {
			if (admit(into, first, as + bs))
				into->list[as++] = *first;
			a++;
		} else {
			if (admit(into, other, as + bs))
				from->list[bs++] = *other;
			b++;
		}
	}
	into->kept = as;
	from->kept = bs;
}

void th_diags_merge(th_diags *into, th_diags *from)
{
	thin(into, from);
	if (!widen(into, into->kept + from->kept)) {
		from->kept = 0;
		(void)th_no_memory(into);
	}
	size_t a = into->kept, b = from->kept, kept = a + b;
	for (size_t n = kept; n-- > 0;) /* from the end, where there is room */
		into->list[n] = b == 0 || (a > 0 && into->list[a - 1].order > from->list[b - 1].order) ? into->list[--a] : from->list[--b];
	into->kept = kept;
	into->count += from->count;
	into->errors += from->errors;
	th_arena_take(&into->arena, &from->arena);
	from->kept = from->count = from->errors = from->kinds = 0;
	from->kind = NULL;
}

/* A full list gives its last place: of all findings this one must be seen. */
th_status th_no_memory(th_diags *diags)
{
	th_memory_miss(1);
	if (diags->kept > 0 && diags->list[diags->kept - 1].code == TH_NO_MEMORY)
		return TH_SYSTEM;
	diags->kept -= diags->kept == KEEP_ALL;
	diags->list[diags->kept++] = (struct diag){.code = TH_NO_MEMORY, .where = {"", 0}};
	diags->count++;
	diags->errors++;
	return TH_SYSTEM;
}

th_mark th_begin(const th_diags *diags)
{
	th_mark mark = {.missed = th_memory_missed()};
	if (diags) {
		mark.kept = diags->kept;
		mark.count = diags->count;
		mark.errors = diags->errors;
	}
	return mark;
}

bool th_ran_out(th_mark mark)
{
	return th_memory_missed() != mark.missed;
}

th_status th_settle(th_mark mark, th_diags *diags, th_status status)
{
	if (!th_ran_out(mark))
		return status;
	if (diags) {
		diags->kept = mark.kept;
		diags->count = mark.count;
		diags->errors = mark.errors;
		(void)th_no_memory(diags);
	}
	return TH_SYSTEM;
}

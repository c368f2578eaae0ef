/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/recorded.h"

#include <stdio.h>

#include "base/filename.h"
#include "base/list.h"
#include "io/bytes.h"
#include "io/checksum.h"
#include "io/os.h"
#include "io/reason.h"

const char *const th_recorded_commands[TH_RECORDED_KINDS] = {"account", "check", "plan", "footprint"};
static const char *const schemas[TH_RECORDED_KINDS] = {"tanhe.account/2", "tanhe.check/2", "tanhe.plan/2", "tanhe.footprint/1"};

/* Does it begin as no JSON does? Documents of office programs, web pages, tables. */
static th_status refuse_document(const char *path, th_diags *diags)
{
	char start[64];
	size_t got = 0, at = 0;
	th_bytes bytes;
	th_status status = th_bytes_open(&bytes, path, diags);
	if (status == TH_OK)
		status = th_bytes_at(&bytes, start, sizeof start, 0, &got);
	th_bytes_close(&bytes);
	if (status != TH_OK)
		return status;
	if (got >= 3 && memcmp(start, "\xEF\xBB\xBF", 3) == 0)
		at = 3;
	while (at < got && (start[at] == ' ' || start[at] == '\t' || start[at] == '\n' || start[at] == '\r'))
		at++;
	bool json = at == got || start[at] == '{' || start[at] == '[';
	return json ? TH_OK : th_report(diags, TH_REPORT_DOCUMENT, (th_pos){path, 0, 0, NULL}, path, (char *)NULL);
}

th_status th_recorded_open(const char *path, th_arena *arena, th_diags *diags, th_recorded *out)
{
	*out = (th_recorded){.path = path};
	th_status status = strcmp(path, "-") == 0 ? TH_OK : refuse_document(path, diags);
	if (status == TH_OK)
		status = th_json_read(path, diags, arena, out->sha256, &out->root);
	if (status != TH_OK)
		return status;
	th_slice schema = th_json_string(out->root, "schema");
	for (size_t i = 0; i < TH_RECORDED_KINDS; i++)
		if (th_slice_eq(schema, th_slice_of(schemas[i]))) {
			out->kind = (th_recorded_kind)i;
			return TH_OK;
		}
	th_slice kept = th_arena_copy(arena, schema);
	return kept.ptr ? th_report(diags, TH_REPORT_SCHEMA, (th_pos){path, 1, 1, "/schema"}, kept.len ? kept.ptr : "-", "tanhe.account/2, tanhe.check/2, tanhe.plan/2, tanhe.footprint/1", (char *)NULL)
	                : th_no_memory(diags);
}

const th_json *th_recorded_account(const th_recorded *r)
{
	return r->kind == TH_RECORDED_ACCOUNT ? r->root : th_json_get(r->root, "account");
}

/* --- files --- */

typedef struct seeking {
	const th_recorded *recorded;
	const char **place;      /* in the order in which they are looked at */
	size_t places;
	th_arena *arena;
	th_diags *diags;
	th_recorded_words *out;
	th_status status;        /* the worst so far */
} seeking;

static void worse(seeking *s, th_status status)
{
	s->status = status > s->status ? status : s->status;
}

static const char *copy(seeking *s, th_slice text)
{
	const char *kept = th_arena_copy(s->arena, text).ptr;
	if (!kept)
		worse(s, th_no_memory(s->diags));
	return kept ? kept : "";
}

/* `#2` behind a name tells two files of one name apart; a sheet behind a workbook's is a part of it. */
static th_slice bare(th_slice name)
{
	size_t end = name.len;
	while (end > 0 && name.ptr[end - 1] >= '0' && name.ptr[end - 1] <= '9')
		end--;
	return end > 1 && end < name.len && name.ptr[end - 1] == '#' && !th_sheet_mark(name.ptr) ? (th_slice){name.ptr, end - 1} : name;
}

/* Is there anything? What cannot be looked at is reported, and is not "not there". */
static bool look(seeking *s, const char *path, th_file_about *about)
{
	int error = th_os_look(path, about);
	if (error != 0)
		worse(s, th_report_system(s->diags, TH_SOURCE_OPEN, (th_pos){.file = path, .line = 1, .column = 1}, error));
	return error == 0 && about->kind != TH_FILE_ABSENT;
}

/* Where the file would be at one place; NULL: not at this one. `file` is its name, without a sheet. */
static const char *at_place(seeking *s, const char *place, const char *file)
{
	th_file_about about, there;
	if (!look(s, place, &about))
		return NULL;
	const char *path = about.kind == TH_FILE_FOLDER ? th_path_join(s->arena, place, file) : strcmp(th_file_name(place), file) == 0 ? place : NULL;
	if (about.kind == TH_FILE_FOLDER && !path)
		worse(s, th_no_memory(s->diags));
	return path && look(s, path, &there) ? path : NULL;
}

static bool has_digest(seeking *s, const char *path, th_slice sha256)
{
	uint64_t size;
	char found[65];
	th_status status = th_checksum(path, s->diags, &size, found);
	worse(s, status);
	return status == TH_OK && th_slice_eq(th_slice_of(found), sha256);
}

/* NULL: it is nowhere. */
static const char *find(seeking *s, const char *file, th_slice sha256)
{
	const char *first = NULL;
	for (size_t i = 0; i < s->places; i++) {
		const char *path = at_place(s, s->place[i], file);
		if (path && (!sha256.len || has_digest(s, path, sha256)))
			return path;
		first = first ? first : path;
	}
	return first;
}

static th_status missing(seeking *s, const th_json *named, const char *file)
{
	th_buf places = {0}, where = {0};
	for (size_t i = 0; i < s->places; i++) {
		th_buf_str(&places, i ? ", " : "");
		th_buf_str(&places, s->place[i]);
	}
	th_buf_char(&places, '\0');
	th_json_pointer(named, &where);
	th_buf_char(&where, '\0');
	th_status status = places.failed || where.failed
	                           ? th_no_memory(s->diags)
	                           : th_report(s->diags, TH_REPORT_FILE_ABSENT, (th_pos){s->recorded->path, 1, 1, where.ptr}, file, places.ptr, (char *)NULL);
	th_buf_free(&places);
	th_buf_free(&where);
	return status;
}

/* The path of a file as a report names one: {"file","sha256"}. NULL, and reported: it is not there. */
static const char *path_of(seeking *s, const th_json *named)
{
	th_slice name = bare(th_json_string(named, "file"));
	const char *whole = copy(s, name), *mark = th_sheet_mark(whole);
	const char *file = copy(s, th_sheet_file(whole)), *path = th_plain_name(th_slice_of(file)) ? find(s, file, th_json_string(named, "sha256")) : NULL;
	if (!path) {
		if (s->status != TH_SYSTEM)
			worse(s, missing(s, named, whole));
		return NULL;
	}
	const char *sheet = mark ? th_sheet_path(s->arena, path, th_slice_of(mark + 1)) : path;
	if (!sheet)
		worse(s, th_no_memory(s->diags));
	return sheet;
}

/* --- words --- */

static void add_word(seeking *s, const char *option, const char *value)
{
	th_buf text = {0};
	th_recorded_words *out = s->out;
	th_buf_str(&text, option);
	th_buf_str(&text, option[0] && value[0] ? "=" : "");
	th_buf_str(&text, value);
	char **grown = th_grown_in(s->arena, out->word, out->count, sizeof *grown), *kept = text.failed ? NULL : (char *)th_arena_copy(s->arena, th_buf_view(&text)).ptr;
	th_buf_free(&text);
	if (!grown || !kept) {
		worse(s, th_no_memory(s->diags));
		return;
	}
	out->word = grown;
	grown[out->count++] = kept;
}

typedef enum form { WORD, NUMBER, FILES, WORDS, SWITCH, USER, YEARS, OPERAND } form;

/* What a member of `options` is on the command line. */
static const struct known {
	const char *member, *option;
	form form;
} table[] = {
	{"inventories", "", FILES}, {"case", "--case", FILES}, {"instruments", "--instruments", FILES}, {"correlations", "--correlations", FILES},
	{"by", "--by", WORD}, {"factors", "--factors", FILES}, {"units", "--units", FILES}, {"profile", "--profile", WORD}, {"gwp", "--gwp", WORD},
	{"encoding", "--encoding", WORD}, {"gas_condition", "--gas-condition", WORD}, {"layout", "--layout", FILES}, {"year", "--year", NUMBER},
	{"fallback", "--fallback", WORD}, {"uncertainty", "--uncertainty", WORD}, {"trials", "--trials", NUMBER}, {"seed", "--seed", NUMBER},
	{"year_correlation", "--year-correlation", WORD}, {"rules", "--rules", WORD}, {"rules_file", "--rules", FILES}, {"stage", "--stage", WORD}, {"phase", "--phase", WORD}, {"params", "--params", FILES}, {"answers", "--answers", FILES},
	{"user_params", "", USER}, {"readings", "--reading", WORDS}, {"all_categories", "--all-categories", SWITCH},
	{"accept_holes", "--accept-holes", WORD}, {"require_evidence", "--require-evidence", SWITCH}, {"assumptions", "--assumptions", FILES},
	{"scenarios", "--scenario", FILES}, {"series", "--series", FILES}, {"route", "--route", WORD}, {"actual", "--actual", NUMBER},
	{"as_of", "--as-of", NUMBER}, {"from", "--between", YEARS}, {"to", "", YEARS}, {"product", "", OPERAND},
};

static bool add_file(seeking *s, const struct known *known, const th_json *named)
{
	const char *path = named->kind == TH_JSON_OBJECT ? path_of(s, named) : NULL;
	if (path)
		add_word(s, known->option, path);
	return named->kind == TH_JSON_OBJECT;
}

/* The folder of the user's own file of parameters, which has the name that is looked for there. */
static bool take_user(seeking *s, const th_json *named)
{
	th_slice folder, name;
	const char *path = named->kind == TH_JSON_OBJECT ? path_of(s, named) : NULL;
	if (path) {
		th_os_split(path, &folder, &name);
		s->out->user_folder = copy(s, folder);
	}
	return named->kind == TH_JSON_OBJECT;
}

static bool add_years(seeking *s, const th_json *from)
{
	const th_json *to = th_json_get(from->parent, "to"), *first = th_json_get(from->parent, "from");
	char years[32];
	if (!to || !first || to->kind != TH_JSON_NUMBER || first->kind != TH_JSON_NUMBER || to->text.len > 8 || first->text.len > 8)
		return false;
	snprintf(years, sizeof years, "%.*s,%.*s", (int)first->text.len, first->text.ptr, (int)to->text.len, to->text.ptr);
	if (from == first)
		add_word(s, "--between", years);
	return true;
}

/* False: it is not what it should be. */
static bool add(seeking *s, const struct known *known, const th_json *member)
{
	bool list = member->kind == TH_JSON_ARRAY, good = true;
	switch (known->form) {
	case WORD:
	case NUMBER:
		if (member->kind != (known->form == WORD ? TH_JSON_STRING : TH_JSON_NUMBER) || member->text.len == 0)
			return false;
		add_word(s, known->option, copy(s, member->text));
		return true;
	case SWITCH:
		if (member->kind == TH_JSON_TRUE)
			add_word(s, known->option, "");
		return member->kind == TH_JSON_TRUE;
	case WORDS:
		for (const th_json *word = list ? member->child : NULL; word && good; word = word->next) {
			good = word->kind == TH_JSON_STRING && word->text.len > 0;
			if (good)
				add_word(s, known->option, copy(s, word->text));
		}
		return list && good;
	case FILES:
		for (const th_json *file = list ? member->child : member; file && good; file = list ? file->next : NULL)
			good = add_file(s, known, file);
		return good;
	case USER:
		return take_user(s, member);
	case YEARS:
		return add_years(s, member);
	case OPERAND:
		if (member->kind != TH_JSON_STRING || member->text.len == 0 || member->text.ptr[0] == '-') /* no option by another name */
			return false;
		add_word(s, "", copy(s, member->text));
		return true;
	}
	return false;
}

static void bad_option(seeking *s, const th_json *member)
{
	th_buf where = {0};
	th_json_pointer(member, &where);
	th_buf_char(&where, '\0');
	worse(s, where.failed ? th_no_memory(s->diags)
	                      : th_report(s->diags, TH_REPORT_OPTION, (th_pos){s->recorded->path, 1, 1, where.ptr}, copy(s, member->key), th_version(), (char *)NULL));
	th_buf_free(&where);
}

static void add_options(seeking *s, const th_json *options)
{
	for (const th_json *member = options->child; member && s->status != TH_SYSTEM; member = member->next) {
		const struct known *known = NULL;
		for (size_t i = 0; i < sizeof table / sizeof *table && !known; i++)
			known = th_slice_eq(member->key, th_slice_of(table[i].member)) ? &table[i] : NULL;
		if (!known || !add(s, known, member))
			bad_option(s, member);
	}
}

/* A case is where its first table is found, that of its facts or its products: a folder; or it is a workbook, as it was. */
static void add_case(seeking *s)
{
	const th_json *first = th_json_list(s->recorded->root, s->recorded->kind == TH_RECORDED_FOOTPRINT ? "inputs" : "files");
	const th_slice kind = th_json_string(first, "kind");
	bool own = th_slice_eq(kind, TH_S("case")) || th_slice_eq(kind, TH_S("products"));
	const char *path = own || th_slice_eq(kind, TH_S("workbook")) ? path_of(s, first) : s->place[0];
	th_slice folder, name;
	if (path && own && th_sheet_mark(path))
		path = copy(s, th_sheet_file(path));
	else if (path && own) {
		th_os_split(path, &folder, &name);
		path = copy(s, folder);
	}
	if (path)
		add_word(s, "", path);
}

th_status th_recorded_again(const th_recorded *r, const char *const *place, size_t places, th_arena *arena, th_diags *diags, th_recorded_words *out)
{
	th_slice folder, name;
	const th_json *options = th_json_get(r->root, "options");
	*out = (th_recorded_words){NULL, 0, NULL};
	th_os_split(r->path, &folder, &name);
	seeking s = {.recorded = r, .place = th_arena_alloc(arena, places + 1, sizeof *s.place), .places = places + 1, .arena = arena, .diags = diags, .out = out};
	if (!s.place)
		return th_no_memory(diags);
	for (size_t i = 0; i < places; i++)
		s.place[i + (i > 0)] = place[i];
	s.place[places > 0] = copy(&s, folder);
	if (!options || options->kind != TH_JSON_OBJECT)
		return th_report(diags, TH_REPORT_NO_OPTIONS, (th_pos){r->path, 1, 1, "/options"}, (char *)NULL);
	if (r->kind != TH_RECORDED_ACCOUNT)
		add_case(&s);
	add_options(&s, options);
	return s.status;
}

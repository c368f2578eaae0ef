/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/lock.h"

#include "base/filename.h"
#include "io/checksum.h"
#include "io/json.h"
#include "report/report.h"

static const char schema[] = "tanhe.lock/1";

/* --- writing --- */

typedef struct putting {
	th_writer w;
	th_arena arena; /* of paths */
	const char *data;
	th_diags *diags;
	th_status status;
} putting;

static void begin(putting *p, const char *kind)
{
	th_put_open(&p->w, NULL, '{');
	th_put_text(&p->w, "kind", th_slice_of(kind));
}

static void end(putting *p, const char *sha256)
{
	th_put_text(&p->w, "sha256", th_slice_of(sha256));
	th_put_close(&p->w, '}');
}

/* The digest of a file of the reference data. */
static void end_by_file(putting *p, const char *folder, const char *name)
{
	char sha256[65] = "";
	uint64_t size;
	const char *in = folder ? th_path_join(&p->arena, p->data, folder) : p->data, *path = in ? th_path_join(&p->arena, in, name) : NULL;
	if (p->status == TH_OK)
		p->status = path ? th_checksum(path, p->diags, &size, sha256) : th_no_memory(p->diags);
	end(p, sha256);
}

/* What numbers, units and the reading of tables rest on beside the factors. What only says that a quantity is unusual is not among them. */
static void put_tables(putting *p)
{
	static const char *const tables[] = {"activities.csv", "activity_words.csv", "blends.csv", "columns.csv", "conversions.csv", "energy.csv", "gwp.csv", "intensities.csv",
	                                     "layout_words.csv", "regions.csv", "row_words.csv", "trend.json", "uncertainty.csv", "units.csv"};
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		begin(p, "data");
		th_put_text(&p->w, "file", th_slice_of(tables[i]));
		end_by_file(p, NULL, tables[i]);
	}
}

static void put_reference(putting *p, const th_reference *reference)
{
	begin(p, "factor_set");
	th_put_text(&p->w, "id", reference->set_id);
	th_put_text(&p->w, "version", reference->set_version);
	end(p, reference->set_sha256);
	put_tables(p);
	for (size_t i = 0; i < reference->overlays; i++) {
		begin(p, "own");
		th_put_file_name(&p->w, reference->overlay[i].path);
		end(p, reference->overlay[i].sha256);
	}
}

static void put_profile(putting *p, const th_account *account)
{
	th_buf name = {0};
	th_buf_slice(&name, account->profile->id);
	th_buf_str(&name, ".json");
	th_buf_char(&name, '\0');
	begin(p, "profile");
	th_put_text(&p->w, "id", account->profile->id);
	end_by_file(p, "profiles", name.failed ? "" : name.ptr);
	p->w.buf->failed |= name.failed;
	th_buf_free(&name);
}

static void put_account(putting *p, const th_account *account)
{
	put_profile(p, account);
	begin(p, "gwp");
	th_put_text(&p->w, "id", th_slice_of(th_gwp_names[account->gwp]));
	th_put_close(&p->w, '}');
	for (size_t i = 0; i < account->inputs; i++) {
		size_t first = 0;
		while (first < i && !(account->input[first].layout_file && account->input[i].layout_file &&
		                      th_slice_eq(th_slice_of(account->input[first].layout_file), th_slice_of(account->input[i].layout_file))))
			first++;
		if (!account->input[i].layout_file || first < i)
			continue;
		begin(p, "layout");
		th_put_file_name(&p->w, account->input[i].layout_file);
		end(p, account->input[i].layout_sha256);
	}
}

static void put_pack(putting *p, const th_pack *pack)
{
	begin(p, "rules");
	th_put_text(&p->w, "id", pack->id);
	th_put_text(&p->w, "version", pack->version);
	end(p, pack->sha256);
}

th_status th_lock_put(const th_lock_of *of, th_diags *diags, th_buf *out)
{
	putting p = {.w = th_writer_begin(out, schema), .data = of->data, .diags = diags, .status = TH_OK};
	th_put_open(&p.w, "pinned", '[');
	put_reference(&p, of->reference);
	if (of->account)
		put_account(&p, of->account);
	if (of->pack)
		put_pack(&p, of->pack);
	th_put_close(&p.w, ']');
	th_writer_end(&p.w);
	th_arena_free(&p.arena);
	return p.status == TH_OK && out->failed ? th_no_memory(diags) : p.status;
}

/* --- comparing --- */

/* Which kinds there are, what they are called, and which one stands in every lock of jobs that rest on them: on a profile rests what makes an account. */
typedef struct kind {
	const char *name, *en, *zh, *needs;
} kind;

static const kind kinds[] = {
	{"factor_set", "factor set", "因子库", NULL}, {"data", "reference data", "内置数据", NULL}, {"own", "own factors or units", "自备因子或单位", NULL},
	{"profile", "profile", "核算口径", "profile"}, {"gwp", "GWP set", "GWP 取值", "profile"}, {"layout", "layout file", "版式文件", "profile"},
	{"rules", "rule pack", "申报规则", "rules"},
};

static const kind *kind_of(const th_json *item)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (th_slice_eq(th_json_string(item, "kind"), th_slice_of(kinds[i].name)))
			return &kinds[i];
	return NULL;
}

static bool has_kind(const th_json *pinned, const char *name)
{
	const th_json *item = pinned->child;
	while (item && !th_slice_eq(th_json_string(item, "kind"), th_slice_of(name)))
		item = item->next;
	return item != NULL;
}

static bool same(const th_json *a, const th_json *b, const char *member)
{
	return th_slice_eq(th_json_string(a, member), th_json_string(b, member));
}

/* The item of that kind, and of that file where there may be several. NULL: none. */
static const th_json *counterpart(const th_json *pinned, const th_json *of)
{
	const th_json *item = pinned->child;
	while (item && !(same(item, of, "kind") && same(item, of, "file")))
		item = item->next;
	return item;
}

/* A list of items, each of a kind that is known and with what tells it from others. */
static const th_json *pinned_of(const th_json *lock, const th_json **wrong)
{
	const th_json *list = th_json_get(lock, "pinned");
	*wrong = list ? list : lock;
	if (!th_slice_eq(th_json_string(lock, "schema"), th_slice_of(schema)) || !list || list->kind != TH_JSON_ARRAY || !list->child)
		return NULL;
	for (const th_json *item = list->child; item; item = item->next) {
		*wrong = item;
		if (!kind_of(item) || (!th_json_string(item, "id").len && !th_json_string(item, "sha256").len))
			return NULL;
	}
	return list;
}

static th_status no_lock(const char *path, const th_json *wrong, th_diags *diags)
{
	th_buf where = {0};
	th_json_pointer(wrong, &where);
	th_buf_char(&where, '\0');
	th_status status = where.failed ? th_no_memory(diags) : th_report(diags, TH_LOCK_NONE, (th_pos){path, 0, 0, where.ptr}, (char *)NULL);
	th_buf_free(&where);
	return status;
}

/* What an item is, as `cn-2024 2024.2, sha256 ...`. NULL: it is not there. */
static void put_item(th_buf *out, const th_json *item)
{
	static const char *const members[] = {"id", "version"};
	if (!item)
		th_buf_both(out, TH_S("none"), TH_S("没有"));
	for (size_t i = 0; item && i < 2; i++) {
		th_slice text = th_json_string(item, members[i]);
		th_buf_str(out, i && text.len ? " " : "");
		th_buf_slice(out, text);
	}
	th_slice sha256 = item ? th_json_string(item, "sha256") : TH_S("");
	if (sha256.len) {
		th_buf_str(out, th_json_string(item, "id").len ? " (sha256 " : "sha256 ");
		th_buf_slice(out, sha256);
		th_buf_str(out, th_json_string(item, "id").len ? ")" : "");
	}
	th_buf_char(out, '\0');
}

static void put_name(th_buf *out, const th_json *item)
{
	const kind *known = kind_of(item);
	th_buf_both(out, th_slice_of(known->en), th_slice_of(known->zh));
	th_slice file = th_json_string(item, "file");
	th_buf_str(out, file.len ? " " : "");
	th_buf_slice(out, file);
	th_buf_char(out, '\0');
}

static th_status differ(const char *path, const th_json *was, const th_json *is, th_diags *diags)
{
	th_buf name = {0}, before = {0}, after = {0};
	put_name(&name, was ? was : is);
	put_item(&before, was);
	put_item(&after, is);
	th_status status = name.failed || before.failed || after.failed
	                       ? th_no_memory(diags)
	                       : th_report(diags, TH_LOCK_DIFFERS, (th_pos){path, 0, 0, NULL}, name.ptr, before.ptr, after.ptr, (char *)NULL);
	th_buf_free(&name);
	th_buf_free(&before);
	th_buf_free(&after);
	return status;
}

static bool same_data(const th_json *a, const th_json *b)
{
	return same(a, b, "id") && same(a, b, "version") && same(a, b, "sha256");
}

static th_status worse(th_status a, th_status b)
{
	return a > b ? a : b;
}

/* What the lock has, then what it has not. */
static th_status compare(const char *path, const th_json *locked, const th_json *found, th_diags *diags)
{
	th_status status = TH_OK;
	th_buf lacks = {0};
	for (const th_json *was = locked->child; was; was = was->next) {
		const th_json *is = counterpart(found, was);
		const char *needs = kind_of(was)->needs;
		if (is ? !same_data(was, is) : !needs || has_kind(found, needs))
			status = worse(status, differ(path, was, is, diags));
	}
	for (const th_json *is = found->child; is; is = is->next) {
		const kind *known = kind_of(is);
		if (counterpart(locked, is))
			continue;
		if (!known->needs || has_kind(locked, known->needs)) {
			status = worse(status, differ(path, NULL, is, diags));
			continue;
		}
		if (lacks.len)
			th_buf_both(&lacks, TH_S(", "), TH_S("、"));
		th_buf_both(&lacks, th_slice_of(known->en), th_slice_of(known->zh));
	}
	th_buf_char(&lacks, '\0');
	if (lacks.failed)
		status = th_no_memory(diags);
	else if (lacks.len > 1)
		status = worse(status, th_report(diags, TH_LOCK_LACKS, (th_pos){path, 0, 0, NULL}, lacks.ptr, (char *)NULL));
	th_buf_free(&lacks);
	return status;
}

th_status th_lock_check(const char *path, th_slice now, th_diags *diags, bool *differs)
{
	th_arena arena = {0};
	const th_json *lock, *job = NULL, *locked = NULL, *wrong = NULL;
	char sha256[65];
	*differs = false;
	th_status status = th_json_read(path, diags, &arena, sha256, &lock);
	if (status == TH_OK && !(locked = pinned_of(lock, &wrong)))
		status = no_lock(path, wrong, diags);
	if (status == TH_OK)
		status = th_json_parse(path, now, diags, &arena, &job);
	if (status == TH_OK) {
		status = compare(path, locked, th_json_get(job, "pinned"), diags);
		*differs = status == TH_INVALID;
	}
	th_arena_free(&arena);
	return status;
}

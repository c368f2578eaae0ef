/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a batch is done already. The file begins with a line that names the run; behind it stands a record for each case:
 *
 *     case INDEX DIGEST EXIT LINE-BYTES NOTE-BYTES SHA256-OF-BOTH
 *
 * and then line and note, and a line end. Each is written at once; what is cut short or is not what its checksum says ends the journal there. */

#include "batch/batch.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/filename.h"
#include "base/list.h"
#include "io/checksum.h"
#include "io/digest.h"
#include "io/guard.h"
#include "io/listing.h"
#include "io/os.h"
#include "io/reason.h"

enum { HEAD = 256 };
static const char first_line[] = "tanhe.batch_journal/1 ";

typedef struct kept {
	size_t index;
	char digest[TH_BATCH_DIGEST];
	int exit;
	uint64_t from;             /* in the file: of the line; the note is behind it */
	size_t line, note;
} kept;

struct th_batch_journal {
	const char *path;
	int fd;
	size_t claim;
	th_diags *diags;
	kept *record;              /* by index; of one index the last */
	size_t records;
	pthread_mutex_t lock;      /* of the names of a folder, of which the last one asked for is remembered: workbooks lie together */
	char *folder, names[TH_BATCH_DIGEST];
	bool several;              /* and it was applicants that lay there */
};

static th_status say(th_batch_journal *j, th_code code, int error)
{
	return th_report_system(j->diags, code, (th_pos){j->path, 1, 1, NULL}, error);
}

/* --- reading --- */

static bool sum_of(th_slice a, th_slice b, char hex[65])
{
	th_digest *digest = th_digest_new();
	if (!digest)
		return false;
	th_digest_add(digest, a.ptr, a.len);
	th_digest_add(digest, b.ptr, b.len);
	th_digest_hex(digest, hex);
	return true;
}

static bool parse_head(const char *head, kept *k, char sum[65])
{
	unsigned long long index, line, note;
	return sscanf(head, "case %llu %64s %d %llu %llu %64s", &index, k->digest, &k->exit, &line, &note, sum) == 6 &&
	       (k->index = (size_t)index, k->line = (size_t)line, k->note = (size_t)note, strlen(k->digest) == 64 && strlen(sum) == 64);
}

/* The record at `at`; false where none stands whole. */
static bool read_record(const th_batch_journal *j, uint64_t at, uint64_t size, kept *k, uint64_t *behind, th_buf *body)
{
	char head[HEAD + 1] = "", sum[65] = "", found[65];
	size_t got = 0;
	if (th_os_read_at(j->fd, head, HEAD, at, &got) != 0)
		return false;
	char *end = memchr(head, '\n', got);
	if (!end)
		return false;
	*end = '\0';
	if (!parse_head(head, k, sum))
		return false;
	k->from = at + (uint64_t)(end - head) + 1;
	if (k->line > size || k->note > size || k->from + k->line + k->note + 1 > size)
		return false;
	*behind = k->from + k->line + k->note + 1;
	th_buf_clear(body);
	if (!th_buf_reserve(body, k->line + k->note + 1) || th_os_read_at(j->fd, body->ptr, k->line + k->note + 1, k->from, &got) != 0 || got != k->line + k->note + 1)
		return false;
	return body->ptr[k->line + k->note] == '\n' && sum_of((th_slice){body->ptr, k->line}, (th_slice){body->ptr + k->line, k->note}, found) && strcmp(found, sum) == 0;
}

static int by_index(const void *x, const void *y)
{
	const kept *a = x, *b = y;
	if (a->index != b->index)
		return a->index < b->index ? -1 : 1;
	return (a->from > b->from) - (a->from < b->from);
}

static th_status read_records(th_batch_journal *j, uint64_t at, uint64_t size)
{
	th_buf body = {0};
	kept k;
	uint64_t behind = at;
	bool ok = true;
	while (ok && read_record(j, at, size, &k, &behind, &body)) {
		kept *grown = th_grown(j->record, j->records, sizeof *grown);
		ok = grown != NULL;
		if (ok) {
			j->record = grown;
			grown[j->records++] = k;
			at = behind;
		}
	}
	ok = ok && !body.failed;
	th_buf_free(&body);
	if (!ok)
		return th_no_memory(j->diags);
	if (j->records)
		qsort(j->record, j->records, sizeof *j->record, by_index);
	int error = th_os_cut(j->fd, at);
	return error ? say(j, TH_OUTPUT_WRITE, error) : TH_OK;
}

/* A journal of another run is begun anew. */
static th_status begin(th_batch_journal *j, const char run[TH_BATCH_DIGEST])
{
	char want[HEAD], found[HEAD] = "";
	size_t len = sizeof first_line - 1 + strlen(run) + 1, got = 0;
	th_file_about about;
	memcpy(want, first_line, sizeof first_line - 1);
	memcpy(want + sizeof first_line - 1, run, strlen(run));
	want[len - 1] = '\n';
	int error = th_os_look_at(j->fd, &about);
	if (error == 0)
		error = th_os_read_at(j->fd, found, len, 0, &got);
	if (error == 0 && got == len && memcmp(want, found, len) == 0)
		return read_records(j, len, about.size);
	if (error == 0 && got > 0 && memcmp(found, first_line, got < sizeof first_line - 1 ? got : sizeof first_line - 1) != 0)
		return th_report(j->diags, TH_BATCH_JOURNAL, (th_pos){j->path, 1, 1, NULL}, NULL); /* somebody's file */
	if (error == 0)
		error = th_os_cut(j->fd, 0);
	if (error == 0)
		error = th_os_write(j->fd, want, len);
	return error ? say(j, TH_OUTPUT_WRITE, error) : TH_OK;
}

th_status th_batch_journal_open(const char *path, const char run[TH_BATCH_DIGEST], th_diags *diags, th_batch_journal **out)
{
	th_batch_journal *j = th_calloc(1, sizeof *j);
	*out = NULL;
	if (!j)
		return th_no_memory(diags);
	*j = (th_batch_journal){.path = path, .fd = -1, .claim = SIZE_MAX, .diags = diags};
	pthread_mutex_init(&j->lock, NULL);
	th_status status = th_guard_claim(path, diags, &j->claim);
	int error = status == TH_OK ? th_os_open_kept(path, &j->fd) : 0;
	if (error)
		status = say(j, TH_OUTPUT_OPEN, error);
	if (status == TH_OK)
		status = begin(j, run);
	if (status == TH_OK)
		*out = j;
	else
		th_batch_journal_close(j, false);
	return status;
}

void th_batch_journal_close(th_batch_journal *j, bool remove)
{
	if (!j)
		return;
	if (j->fd >= 0 && remove)
		th_os_remove(j->path);
	else if (j->fd >= 0 && th_os_sync(j->fd) != 0)
		(void)say(j, TH_OUTPUT_WRITE, EIO);
	if (j->fd >= 0)
		th_os_close(j->fd);
	th_guard_release(j->diags, j->claim);
	pthread_mutex_destroy(&j->lock);
	free(j->record);
	free(j->folder);
	free(j);
}

/* --- what a case rests on --- */

struct names {
	th_arena *arena;
	const char **name;
	size_t count;
	bool failed;
};

static void see(void *context, const char *name)
{
	struct names *n = context;
	const char **grown = th_grown_in(n->arena, n->name, n->count, sizeof *grown);
	const char *kept_name = th_arena_copy(n->arena, th_slice_of(name)).ptr;
	n->failed |= !grown || !kept_name;
	if (n->failed)
		return;
	n->name = grown;
	grown[n->count++] = kept_name;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add(th_digest *digest, const char *text)
{
	th_digest_add(digest, text, strlen(text) + 1);
}

/* A table by its bytes; of what else is there its name and size. */
static bool add_file(th_digest *digest, const char *path, const char *name, bool whole, th_diags *diags)
{
	th_file_about about;
	char hex[65] = "", size[32];
	uint64_t bytes = 0;
	if (th_os_look(path, &about) != 0)
		return false;
	if (whole && about.kind == TH_FILE_REGULAR && th_checksum(path, diags, &bytes, hex) != TH_OK)
		return false;
	snprintf(size, sizeof size, "%d %llu", (int)about.kind, about.kind == TH_FILE_REGULAR ? (unsigned long long)about.size : 0);
	add(digest, name);
	add(digest, size);
	add(digest, hex);
	return true;
}

static bool add_folder(th_digest *digest, const char *folder, bool tables, const th_batch_case *item, th_diags *diags)
{
	th_arena arena = {0};
	struct names n = {.arena = &arena};
	th_list_names(folder, see, &n);
	if (n.count)
		qsort(n.name, n.count, sizeof *n.name, by_name);
	bool ok = !n.failed;
	for (size_t i = 0; i < n.count && ok; i++) {
		const char *path = th_path_join(&arena, folder, n.name[i]);
		bool table = th_slice_ends(th_slice_of(n.name[i]), TH_S(".csv")) || th_named_as_workbook(n.name[i]);
		ok = path && (th_batch_cuts(item, path) || add_file(digest, path, n.name[i], tables && table, diags));
	}
	th_arena_free(&arena);
	return ok;
}

/* What lies in a folder and in its `evidence`, but for the tables of which an applicant has its part alone. */
static bool add_case_folder(th_digest *digest, const char *folder, bool tables, const th_batch_case *item, th_diags *diags)
{
	th_arena arena = {0};
	const char *papers = th_path_join(&arena, folder, th_case_evidence);
	bool ok = papers && add_folder(digest, folder, tables, item, diags);
	add(digest, "/");
	ok = ok && add_folder(digest, papers, false, item, diags);
	th_arena_free(&arena);
	return ok;
}

/* What lies in the folder of a workbook or of applicants, once for all of them. */
static bool add_around(th_batch_journal *j, th_digest *digest, const char *folder, const th_batch_case *item, th_diags *diags)
{
	bool ok = true;
	pthread_mutex_lock(&j->lock);
	if (!j->folder || strcmp(j->folder, folder) != 0 || j->several != (item->applicant != NULL)) {
		const size_t len = strlen(folder) + 1;
		th_digest *names = th_digest_new();
		char *copy = th_malloc(len);
		ok = names && copy && add_case_folder(names, folder, item->applicant != NULL, item, diags);
		if (names)
			th_digest_hex(names, j->names);
		if (copy)
			memcpy(copy, folder, len);
		free(j->folder);
		j->folder = ok ? copy : NULL;
		j->several = item->applicant != NULL;
		if (!ok)
			free(copy);
	}
	if (ok)
		add(digest, j->names);
	pthread_mutex_unlock(&j->lock);
	return ok;
}

/* Beside a workbook: the names, and the file that tells its layout by its bytes. */
static bool add_beside(th_batch_journal *j, th_digest *digest, const th_batch_case *item, th_diags *diags)
{
	th_slice folder, name;
	th_buf path = {0};
	th_os_split(item->where, &folder, &name);
	th_buf_slice(&path, folder);
	th_buf_char(&path, '\0');
	bool ok = !path.failed && add_around(j, digest, path.ptr, item, diags);
	th_buf_clear(&path);
	th_buf_printf(&path, "%s.layout.csv", item->where);
	th_buf_char(&path, '\0');
	ok = ok && !path.failed && add_file(digest, path.ptr, "layout", true, diags);
	th_buf_free(&path);
	return ok;
}

/* An applicant's part of tables, and what lies with them: of a workbook its bytes. */
static bool add_applicant(th_batch_journal *j, th_digest *digest, const th_batch_case *item, bool folder, th_diags *diags)
{
	return th_batch_applicant_digest(item, digest) &&
	       (folder ? add_around(j, digest, item->where, item, diags) : add_file(digest, item->where, "", true, diags) && add_beside(j, digest, item, diags));
}

bool th_batch_case_digest(th_batch_journal *j, const th_batch_case *item, size_t index, char hex[TH_BATCH_DIGEST])
{
	th_file_about about;
	char number[32];
	th_diags *diags = th_diags_new(); /* what cannot be read, the check tells */
	th_digest *digest = th_digest_new();
	bool ok = diags && digest && th_os_look(item->where, &about) == 0 && !item->outside;
	if (ok) {
		snprintf(number, sizeof number, "%zu", index);
		add(digest, number);
		add(digest, item->path);
		const bool folder = about.kind == TH_FILE_FOLDER;
		ok = item->applicant ? add_applicant(j, digest, item, folder, diags)
		   : folder          ? add_case_folder(digest, item->where, true, item, diags)
		                     : add_file(digest, item->where, "", true, diags) && add_beside(j, digest, item, diags);
	}
	if (digest)
		th_digest_hex(digest, hex);
	if (!ok)
		*hex = '\0';
	th_diags_free(diags);
	return ok;
}

/* --- asking and adding --- */

bool th_batch_journal_find(th_batch_journal *j, size_t index, const char *hex, th_batch_answer *answer)
{
	size_t low = 0, high = j->records;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (j->record[middle].index <= index)
			low = middle + 1;
		else
			high = middle;
	}
	const kept *k = low ? &j->record[low - 1] : NULL;
	if (!k || k->index != index || strcmp(k->digest, hex) != 0)
		return false;
	char *line = th_malloc(k->line + 1);
	size_t got = 0, noted = 0;
	bool ok = line && th_buf_reserve(&answer->note, k->note) && th_os_read_at(j->fd, line, k->line, k->from, &got) == 0 && got == k->line &&
	          th_os_read_at(j->fd, answer->note.ptr, k->note, k->from + k->line, &noted) == 0 && noted == k->note;
	if (!ok) {
		free(line);
		return false;
	}
	answer->note.len = k->note;
	answer->line = line;
	answer->length = k->line;
	answer->exit = k->exit;
	answer->status = TH_OK;
	answer->kept = true;
	return true;
}

th_status th_batch_journal_add(th_batch_journal *j, size_t index, const th_batch_answer *answer, th_diags *diags)
{
	th_buf record = {0};
	char sum[65];
	th_slice line = {answer->line, answer->length}, note = th_buf_view(&answer->note);
	if (answer->kept || !*answer->digest || answer->exit == TH_SYSTEM) /* what could not be read may be read another time */
		return TH_OK;
	bool ok = sum_of(line, note, sum);
	th_buf_printf(&record, "case %zu %s %d %zu %zu %s\n", index, answer->digest, answer->exit, line.len, note.len, ok ? sum : "");
	th_buf_slice(&record, line);
	th_buf_slice(&record, note);
	th_buf_char(&record, '\n');
	int error = !ok || record.failed ? ENOMEM : th_os_write(j->fd, record.ptr, record.len);
	th_buf_free(&record);
	return error == ENOMEM ? th_no_memory(diags) : error ? say(j, TH_OUTPUT_WRITE, error) : TH_OK;
}

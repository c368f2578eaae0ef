/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "io/guard.h"
#include "io/os.h"
#include "io/output.h"
#include "io/source.h"

static scratch dir;
static th_diags *diags;

static void setup(void)
{
	umask(022);
	scratch_make(&dir);
	diags = th_diags_new();
	ck_assert_ptr_nonnull(diags);
}

static void teardown(void)
{
	th_diags_free(diags);
	scratch_remove(&dir);
}

static void expect_content(const char *path, const char *text)
{
	size_t len;
	char *found = scratch_read(path, &len);
	ck_assert_str_eq(found, text);
	free(found);
}

static mode_t mode_of(const char *path)
{
	struct stat st;
	ck_assert_int_eq(stat(path, &st), 0);
	return st.st_mode & 07777;
}

START_TEST(writes_a_new_file)
{
	th_output *output;
	const char *path = scratch_name(&dir, "结果.json");
	ck_assert_int_eq(th_output_open(path, diags, &output), TH_OK);
	th_output_write(output, TH_S("one "));
	th_output_write(output, TH_S(""));
	th_output_write(output, TH_S("two"));
	ck_assert_int_ne(access(path, F_OK), 0);
	ck_assert_int_eq(th_output_commit(output, diags), TH_OK);
	expect_content(path, "one two");
	ck_assert_uint_eq(mode_of(path), 0644);
	ck_assert_uint_eq(scratch_count(&dir), 1);
	ck_assert_uint_eq(th_diags_count(diags), 0);
}
END_TEST

START_TEST(replaces_only_at_the_end)
{
	th_output *output;
	const char *path = scratch_write(&dir, "r", "old", 3);
	ck_assert_int_eq(chmod(path, 0640), 0);
	ck_assert_int_eq(th_output_open(path, diags, &output), TH_OK);
	th_output_write(output, TH_S("new"));
	expect_content(path, "old");
	ck_assert_int_eq(th_output_commit(output, diags), TH_OK);
	expect_content(path, "new");
	ck_assert_uint_eq(mode_of(path), 0640);
	ck_assert_uint_eq(scratch_count(&dir), 1);
}
END_TEST

START_TEST(leaves_nothing_when_aborted)
{
	th_output *output;
	const char *path = scratch_write(&dir, "r", "old", 3);
	ck_assert_int_eq(th_output_open(path, diags, &output), TH_OK);
	th_output_write(output, TH_S("new"));
	th_output_abort(output);
	th_output_abort(NULL);
	expect_content(path, "old");
	ck_assert_uint_eq(scratch_count(&dir), 1);
}
END_TEST

START_TEST(writes_large_pieces)
{
	enum { LEN = 300000 };
	char *text = malloc(LEN + 1);
	ck_assert_ptr_nonnull(text);
	for (size_t i = 0; i < LEN; i++)
		text[i] = (char)('a' + i % 26);
	text[LEN] = '\0';
	th_output *output;
	const char *path = scratch_name(&dir, "r");
	ck_assert_int_eq(th_output_open(path, diags, &output), TH_OK);
	for (size_t done = 0, step = 1; done < LEN; done += step, step = step * 3 + 1) {
		step = step < LEN - done ? step : LEN - done;
		th_output_write(output, (th_slice){text + done, step});
	}
	ck_assert_int_eq(th_output_commit(output, diags), TH_OK);
	expect_content(path, text);
	free(text);
}
END_TEST

START_TEST(follows_links)
{
	th_output *output;
	scratch_write(&dir, "target", "old", 3);
	char link[sizeof dir.path];
	strcpy(link, scratch_name(&dir, "link"));
	ck_assert_int_eq(symlink("target", link), 0);
	ck_assert_int_eq(th_output_open(link, diags, &output), TH_OK);
	th_output_write(output, TH_S("new"));
	ck_assert_int_eq(th_output_commit(output, diags), TH_OK);
	expect_content(scratch_name(&dir, "target"), "new");
	struct stat st;
	ck_assert_int_eq(lstat(link, &st), 0);
	ck_assert(S_ISLNK(st.st_mode));
}
END_TEST

/* An error shows at the end even when all that is written fits the buffer. */
START_TEST(reports_a_full_device)
{
	for (size_t len = 1; len <= 200001; len += 100000) {
		th_output *output;
		char *text = calloc(1, len);
		ck_assert_ptr_nonnull(text);
		ck_assert_int_eq(th_output_open("/dev/full", diags, &output), TH_OK);
		th_output_write(output, (th_slice){text, len});
		ck_assert_int_eq(th_output_commit(output, diags), TH_SYSTEM);
		free(text);
	}
	expect_places(diags, "1:1 E1302; 1:1 E1302; 1:1 E1302", "/dev/full");
}
END_TEST

START_TEST(reports_a_full_device_as_standard_output)
{
	th_output *output;
	int keep = dup(STDOUT_FILENO), full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	ck_assert_int_eq(dup2(full, STDOUT_FILENO), STDOUT_FILENO);
	ck_assert_int_eq(th_output_open(NULL, diags, &output), TH_OK);
	th_output_write(output, TH_S("x"));
	th_status status = th_output_commit(output, diags);
	ck_assert_int_eq(dup2(keep, STDOUT_FILENO), STDOUT_FILENO);
	close(keep);
	close(full);
	ck_assert_int_eq(status, TH_SYSTEM);
	expect_places(diags, "1:1 E1302", "stdout");
}
END_TEST

static const char *const standard[] = {NULL, "-"};

START_TEST(writes_to_standard_output)
{
	th_output *output;
	int keep = dup(STDOUT_FILENO), file = open(scratch_name(&dir, "out"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	ck_assert_int_eq(dup2(file, STDOUT_FILENO), STDOUT_FILENO);
	ck_assert_int_eq(th_output_open(standard[_i], diags, &output), TH_OK);
	th_output_write(output, TH_S("to stdout"));
	th_status status = th_output_commit(output, diags);
	bool still_open = fcntl(STDOUT_FILENO, F_GETFD) >= 0;
	ck_assert_int_eq(dup2(keep, STDOUT_FILENO), STDOUT_FILENO);
	close(keep);
	close(file);
	ck_assert_int_eq(status, TH_OK);
	ck_assert(still_open);
	expect_content(dir.path, "to stdout");
}
END_TEST

START_TEST(writes_to_a_pipe)
{
	const char *path = scratch_name(&dir, "fifo");
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		char text[16] = "";
		int fd = open(path, O_RDONLY);
		ssize_t n = read(fd, text, sizeof text - 1);
		_exit(n == 4 && strcmp(text, "fifo") == 0 ? 0 : 1);
	}
	th_output *output;
	ck_assert_int_eq(th_output_open(path, diags, &output), TH_OK);
	th_output_write(output, TH_S("fifo"));
	ck_assert_int_eq(th_output_commit(output, diags), TH_OK);
	int state;
	ck_assert_int_eq(waitpid(child, &state, 0), child);
	ck_assert_int_eq(state, 0);
	struct stat st;
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert(S_ISFIFO(st.st_mode));
}
END_TEST

/* RLIMIT_FSIZE stands for a full disk: the write is short, the next one fails. */
START_TEST(keeps_the_old_file_when_space_runs_out)
{
	const char *path = scratch_write(&dir, "r", "old", 3);
	signal(SIGXFSZ, SIG_IGN);
	struct rlimit was, limit;
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &was), 0);
	limit = was;
	limit.rlim_cur = 100000;
	char *text = calloc(1, 300000);
	ck_assert_ptr_nonnull(text);
	th_output *output;
	ck_assert_int_eq(th_output_open(path, diags, &output), TH_OK);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	th_output_write(output, (th_slice){text, 300000});
	th_status status = th_output_commit(output, diags);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &was), 0);
	ck_assert_int_eq(status, TH_SYSTEM);
	expect_content(path, "old");
	ck_assert_uint_eq(scratch_count(&dir), 1);
	expect_places(diags, "1:1 E1302", "file size limit");
	free(text);
}
END_TEST

START_TEST(refuses_what_cannot_be_written)
{
	th_output *output;
	ck_assert_int_eq(th_output_open(dir.folder, diags, &output), TH_SYSTEM);
	ck_assert_ptr_null(output);
	ck_assert_int_eq(th_output_open("/nowhere/at/all", diags, &output), TH_SYSTEM);
	ck_assert_int_eq(th_output_open(scratch_name(&dir, "none/"), diags, &output), TH_SYSTEM);
	ck_assert_int_eq(th_output_open("", diags, &output), TH_SYSTEM);
	ck_assert_uint_eq(scratch_count(&dir), 0);
	expect_places(diags, "1:1 E1301; 1:1 E1301; 1:1 E1301; 0:0 E1301", "refused");
}
END_TEST

/* Permissions bind only who is not root: the attempt is made by a process that gave root up. */
START_TEST(respects_permissions)
{
	scratch_write(&dir, "r", "old", 3);
	ck_assert_int_eq(chmod(dir.path, 0444), 0);
	ck_assert_int_eq(chmod(dir.folder, 0777), 0);
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(2);
		th_output *output;
		th_status read_only = th_output_open(dir.path, diags, &output);
		th_status folder = th_output_open("/usr/bin/tanhe-test", diags, &output);
		_exit(read_only == TH_SYSTEM && folder == TH_SYSTEM && th_diags_errors(diags) == 2 ? 0 : 1);
	}
	int state;
	ck_assert_int_eq(waitpid(child, &state, 0), child);
	ck_assert_int_eq(state, 0);
	expect_content(dir.path, "old");
	ck_assert_uint_eq(scratch_count(&dir), 1);
}
END_TEST

/* A run that is killed leaves its temporary file; the next one for the same target removes it, and nothing else. */
START_TEST(cleans_up_after_a_killed_run)
{
	char path[sizeof dir.path];
	strcpy(path, scratch_name(&dir, "r"));
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		th_output *left;
		if (th_output_open(path, diags, &left) != TH_OK)
			_exit(1);
		raise(SIGKILL);
	}
	int state;
	ck_assert_int_eq(waitpid(child, &state, 0), child);
	ck_assert(WIFSIGNALED(state));
	ck_assert_uint_eq(scratch_count(&dir), 1);
	static const char *const others[] = {
		".r.tanhe-abc123.tm", ".r.tanhe-abc12.tmp", ".r.tanhe-abc1234.tmp", ".r2.tanhe-abc123.tmp", "r.tanhe-abc123.tmp", ".r.tanhe-ABC123.tmp", ".r.tanhe-abc123.tmp.tmp",
	};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		scratch_write(&dir, others[i], "x", 1);
	scratch_write(&dir, ".r.tanhe-zzz999.tmp", "x", 1);
	th_output *output;
	ck_assert_int_eq(th_output_open(path, diags, &output), TH_OK);
	th_output_write(output, TH_S("done"));
	ck_assert_int_eq(th_output_commit(output, diags), TH_OK);
	ck_assert_uint_eq(scratch_count(&dir), 1 + sizeof others / sizeof *others);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		ck_assert_int_eq(access(scratch_name(&dir, others[i]), F_OK), 0);
	expect_content(path, "done");
}
END_TEST

/* Two runs for one target at a time: neither removes the file of the other, the last to finish wins. */
START_TEST(spares_a_living_run)
{
	char path[sizeof dir.path];
	strcpy(path, scratch_name(&dir, "r"));
	int go[2], ready[2];
	char byte = 0;
	ck_assert_int_eq(pipe(go), 0);
	ck_assert_int_eq(pipe(ready), 0);
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		th_output *slow;
		if (th_output_open(path, diags, &slow) != TH_OK || write(ready[1], &byte, 1) != 1 || read(go[0], &byte, 1) != 1)
			_exit(1);
		th_output_write(slow, TH_S("slow"));
		_exit(th_output_commit(slow, diags) == TH_OK ? 0 : 1);
	}
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	th_output *output;
	ck_assert_int_eq(th_output_open(path, diags, &output), TH_OK);
	th_output_write(output, TH_S("fast"));
	ck_assert_int_eq(th_output_commit(output, diags), TH_OK);
	expect_content(path, "fast");
	ck_assert_int_eq(write(go[1], &byte, 1), 1);
	int state;
	ck_assert_int_eq(waitpid(child, &state, 0), child);
	ck_assert_int_eq(state, 0);
	expect_content(path, "slow");
	ck_assert_uint_eq(scratch_count(&dir), 1);
}
END_TEST

START_TEST(takes_names_up_to_the_limit)
{
	char name[256];
	memset(name, 'n', 255);
	name[255] = '\0';
	char path[400];
	snprintf(path, sizeof path, "%s/%s", dir.folder, name);
	th_output *output;
	ck_assert_int_eq(th_output_open(path, diags, &output), TH_OK);
	th_output_write(output, TH_S("x"));
	ck_assert_int_eq(th_output_commit(output, diags), TH_OK);
	expect_content(path, "x");
	ck_assert_int_eq(chdir(dir.folder), 0);
	ck_assert_int_eq(th_output_open("bare", diags, &output), TH_OK);
	ck_assert_int_eq(th_output_commit(output, diags), TH_OK);
	ck_assert_uint_eq(scratch_count(&dir), 2);
	ck_assert_int_eq(chdir("/"), 0);
}
END_TEST

/* Paths that stay while others are made. */
static const char *in(const char *name)
{
	return th_diags_keep(diags, scratch_name(&dir, name));
}

static const char *in_file(const char *name)
{
	return th_diags_keep(diags, scratch_write(&dir, name, "text", 4));
}

static const char *read_file(const char *path, th_diags *list)
{
	th_source *source;
	ck_assert_int_eq(th_source_open(path, TH_ENC_UTF8, list, &source), TH_OK);
	th_source_close(source);
	return path;
}

static void expect_refused(const char *path, th_diags *list)
{
	th_output *output;
	size_t before = th_diags_errors(list);
	ck_assert_int_eq(th_output_open(path, list, &output), TH_USAGE);
	ck_assert_ptr_null(output);
	ck_assert_uint_eq(th_diags_errors(list), before + 1);
}

/* A host that reads and writes under one list of findings is as safe as the command; another list is another job. */
START_TEST(refuses_to_replace_what_was_read)
{
	const char *path = in_file("in"), *hard = in("hard"), *soft = in("soft");
	ck_assert_int_eq(link(path, hard), 0);
	ck_assert_int_eq(symlink(path, soft), 0);
	read_file(path, diags);
	expect_refused(path, diags);
	expect_refused(hard, diags);
	expect_refused(soft, diags);
	expect_content(path, "text");
	ck_assert_uint_eq(scratch_count(&dir), 3);
	th_diags *other = th_diags_new();
	th_output *output;
	ck_assert_int_eq(th_output_open(path, other, &output), TH_OK);
	th_output_abort(output);
	th_diags_free(other);
}
END_TEST

/* Most inputs are opened behind the ledger: it is asked again before anything is put in place. */
START_TEST(refuses_what_was_read_since_it_was_opened)
{
	const char *path = in_file("in");
	th_output *output, *second;
	ck_assert_int_eq(th_output_open(path, diags, &output), TH_OK);
	th_output_write(output, TH_S("result"));
	read_file(path, diags);
	ck_assert_int_eq(th_output_prepare(output, diags), TH_USAGE);
	th_output_abort(output);
	expect_content(path, "text");
	ck_assert_uint_eq(scratch_count(&dir), 1);
	path = in_file("late");
	ck_assert_int_eq(th_output_open(path, diags, &second), TH_OK);
	read_file(path, diags);
	ck_assert_int_eq(th_output_commit(second, diags), TH_USAGE);
	expect_content(path, "text");
}
END_TEST

/* What is looked for and not there is no place for a result; a folder of data is none at any depth. */
START_TEST(refuses_where_an_input_would_be)
{
	const char *data = in("data"), *below = in("data/deep");
	ck_assert_int_eq(mkdir(data, 0700), 0);
	ck_assert_int_eq(mkdir(below, 0700), 0);
	ck_assert_int_eq(th_guard_folder(data, diags), TH_OK);
	ck_assert_int_eq(th_guard_input(in("absent"), diags), TH_OK);
	ck_assert_int_eq(th_guard_input(in("no/folder/absent"), diags), TH_OK);
	expect_refused(in("absent"), diags);
	expect_refused(in("data/../absent"), diags);
	expect_refused(in("data/new"), diags);
	expect_refused(in("data/deep/new"), diags);
	ck_assert_uint_eq(scratch_count(&dir), 1);
	ck_assert_int_eq(rmdir(below), 0);
	ck_assert_int_eq(rmdir(data), 0);
}
END_TEST

/* Two at once are two files; one after the other may be one. */
START_TEST(knows_the_outputs_of_a_job)
{
	const char *path = in("out");
	th_output *first, *second;
	for (int round = 0; round < 2; round++) {
		ck_assert_int_eq(th_output_open(path, diags, &first), TH_OK);
		expect_refused(path, diags);
		th_output_write(first, TH_S("text"));
		ck_assert_int_eq(th_output_commit(first, diags), TH_OK);
	}
	ck_assert_int_eq(th_output_open(path, diags, &second), TH_OK);
	th_output_abort(second);
	expect_content(path, "text");
}
END_TEST

START_TEST(splits_a_path_at_its_last_separator)
{
	static const char *const cases[][3] = {
		{"a", ".", "a"}, {"a/b", "a", "b"}, {"/b", "/", "b"}, {"/", "/", ""}, {"a/", "a", ""}, {"a//b", "a/", "b"}, {"/a/b/c", "/a/b", "c"}, {"", ".", ""},
	};
	const char *const *c = cases[_i];
	th_slice folder, name;
	th_os_split(c[0], &folder, &name);
	ck_assert(th_slice_eq(folder, th_slice_of(c[1])));
	ck_assert(th_slice_eq(name, th_slice_of(c[2])));
}
END_TEST

START_TEST(tells_absence_from_everything_else)
{
	th_file_about about, same;
	const char *path = in_file("file"), *link_name = in("nowhere"), *loop = in("loop");
	ck_assert_int_eq(symlink("not-there", link_name), 0);
	ck_assert_int_eq(symlink("loop", loop), 0);
	ck_assert_int_eq(th_os_look(path, &about), 0);
	ck_assert_int_eq(about.kind, TH_FILE_REGULAR);
	ck_assert_uint_eq(about.size, 4);
	ck_assert_int_eq(th_os_look(dir.folder, &same), 0);
	ck_assert_int_eq(same.kind, TH_FILE_FOLDER);
	ck_assert(!th_os_same_file(&about, &same));
	ck_assert_int_eq(th_os_look(link_name, &same), 0);
	ck_assert_int_eq(same.kind, TH_FILE_DANGLING);
	ck_assert(!th_os_same_file(&same, &same));
	ck_assert_int_eq(th_os_look(in("file/below"), &same), 0);
	ck_assert_int_eq(same.kind, TH_FILE_ABSENT);
	ck_assert_int_eq(th_os_look(loop, &same), ELOOP);
	ck_assert(th_os_there(loop) && th_os_there(link_name) && !th_os_there(in("other")));
}
END_TEST

Suite *output_suite(void);
Suite *output_suite(void)
{
	Suite *suite = suite_create("output");
	TCase *tc = tcase_create("output");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, writes_a_new_file);
	tcase_add_test(tc, replaces_only_at_the_end);
	tcase_add_test(tc, leaves_nothing_when_aborted);
	tcase_add_test(tc, writes_large_pieces);
	tcase_add_test(tc, follows_links);
	tcase_add_test(tc, reports_a_full_device);
	tcase_add_test(tc, reports_a_full_device_as_standard_output);
	tcase_add_loop_test(tc, writes_to_standard_output, 0, 2);
	tcase_add_test(tc, writes_to_a_pipe);
	tcase_add_test(tc, keeps_the_old_file_when_space_runs_out);
	tcase_add_test(tc, refuses_what_cannot_be_written);
	tcase_add_test(tc, respects_permissions);
	tcase_add_test(tc, cleans_up_after_a_killed_run);
	tcase_add_test(tc, spares_a_living_run);
	tcase_add_test(tc, takes_names_up_to_the_limit);
	tcase_add_test(tc, refuses_to_replace_what_was_read);
	tcase_add_test(tc, refuses_what_was_read_since_it_was_opened);
	tcase_add_test(tc, refuses_where_an_input_would_be);
	tcase_add_test(tc, knows_the_outputs_of_a_job);
	tcase_add_loop_test(tc, splits_a_path_at_its_last_separator, 0, 8);
	tcase_add_test(tc, tells_absence_from_everything_else);
	suite_add_tcase(suite, tc);
	return suite;
}

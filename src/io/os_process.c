/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* getentropy */

/* What a process is and has: others beside it, libraries, processors, chance, words for its errors. */

#include "io/os.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"

#ifdef __EMSCRIPTEN__
/* In a page of a browser there are no processes: each run is one already, in a worker of its own, which nothing outlives. */
int th_os_apart(int (*work)(void *context), void *context, int *ended)
{
	*ended = work(context) & 255;
	return 0;
}
#else
/* What the child says goes nowhere, its death leaves no core, and the temporary files of this process are none of its business. */
static int work_apart(int (*work)(void *context), void *context)
{
	const struct rlimit none = {0, 0};
	static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT, SIGXCPU};
	int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		signal(ends[i], SIG_DFL);
	if (quiet < 0 || dup2(quiet, STDOUT_FILENO) < 0 || dup2(quiet, STDERR_FILENO) < 0)
		return 255;
	(void)setrlimit(RLIMIT_CORE, &none);
	return work(context) & 255;
}

int th_os_apart(int (*work)(void *context), void *context, int *ended)
{
	int status = 0;
	pid_t child = fork();
	if (child == 0)
		_exit(work_apart(work, context));
	if (child < 0)
		return errno;
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return errno;
	*ended = WIFEXITED(status) ? WEXITSTATUS(status) : WIFSIGNALED(status) ? -WTERMSIG(status) : -1;
	return 0;
}
#endif

void th_os_name_of(int fd, char name[TH_OS_NAME])
{
#ifdef __EMSCRIPTEN__
	snprintf(name, TH_OS_NAME, "/tmp/tanhe-%d-%d", (int)getpid(), fd);
#else
	snprintf(name, TH_OS_NAME, "/proc/self/fd/%d", fd);
#endif
}

/* The loader tells its reasons in words only, which are English as long as no locale is set. */
void *th_os_symbol(const char *library, const char *name, bool *absent)
{
	void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL), *found = handle ? dlsym(handle, name) : NULL;
	const char *reason = found ? NULL : dlerror();
	*absent = reason && (handle || strstr(reason, strerror(ENOENT)));
	return found;
}

unsigned th_os_cores(void)
{
	long count = sysconf(_SC_NPROCESSORS_ONLN);
	return count < 1 ? 1 : count > 1 << 20 ? 1 << 20 : (unsigned)count;
}

bool th_os_terminal(int fd)
{
	return isatty(fd) == 1;
}

void th_os_random(void *bytes, size_t len)
{
	if (getentropy(bytes, len) == 0)
		return;
	struct timespec now = {0};
	clock_gettime(CLOCK_MONOTONIC, &now);
	uint64_t mix = ((uint64_t)now.tv_sec << 30) ^ (uint64_t)now.tv_nsec ^ ((uint64_t)getpid() << 40);
	for (size_t i = 0; i < len; i++) {
		mix = mix * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX generator */
		((unsigned char *)bytes)[i] = (unsigned char)(mix >> 56);
	}
}

/* base draws no entropy of its own, so that it needs no system. This runs before main: no thread can see a half-drawn key. */
__attribute__((constructor)) static void draw_key(void)
{
	uint64_t key[2];
	th_os_random(key, sizeof key);
	th_hash_key(key);
}

const char *th_os_reason(int error, char *text, size_t size)
{
	static const struct { int error; const char *zh; } known[] = {
		{ENOENT, "文件不存在，请检查文件名和路径"}, {EACCES, "没有权限"}, {EPERM, "没有权限"}, {ENOSPC, "磁盘已满"}, {EDQUOT, "磁盘配额已满"},
		{EISDIR, "是文件夹"}, {ENOTDIR, "路径中的上一级不是文件夹"}, {EROFS, "磁盘只能读取"}, {EIO, "读写设备出错"}, {EFBIG, "文件过大"},
		{EMFILE, "打开的文件过多"}, {ENFILE, "打开的文件过多"}, {ENAMETOOLONG, "文件名过长"}, {ELOOP, "符号链接循环"}, {EPIPE, "接收方已关闭"},
		{EBADF, "标准输入或输出没有打开"}, {EEXIST, "文件已存在"}, {EBUSY, "文件正在使用"}, {ETXTBSY, "文件正在使用"},
	};
	char en[128], other[32];
	if (strerror_r(error, en, sizeof en) != 0)
		snprintf(en, sizeof en, "errno %d", error);
	snprintf(other, sizeof other, "系统错误 %d", error);
	const char *zh = other;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		zh = known[i].error == error ? known[i].zh : zh;
	snprintf(text, size, "\xff%s\xfe%s\xfd", en, zh); /* as th_buf_both, without asking for memory */
	return text;
}

const char *th_os_reason_zh(int error, const char *otherwise)
{
	static const struct { int error; const char *text; } reasons[] = {
		{ENOENT, "没有该文件或文件夹"}, {EACCES, "没有权限"}, {EPERM, "没有权限"}, {EISDIR, "是文件夹，不是文件"}, {ENOTDIR, "路径中有一段不是文件夹"},
		{EEXIST, "已有同名文件"}, {ENOSPC, "磁盘空间已满"}, {EDQUOT, "超出磁盘配额"}, {EFBIG, "超出文件大小上限"}, {EIO, "读写设备出错"},
		{EROFS, "只读的文件系统"}, {ENAMETOOLONG, "文件名过长"}, {ELOOP, "符号链接循环"}, {EMFILE, "打开的文件过多"}, {ENFILE, "打开的文件过多"},
		{EPIPE, "接收方已关闭"}, {EBUSY, "文件正被占用"}, {ETXTBSY, "文件正被占用"}, {EINVAL, "参数无效"}, {EBADF, "文件未打开"}, {ENXIO, "没有该设备"},
	};
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].error == error)
			return reasons[i].text;
	return otherwise;
}

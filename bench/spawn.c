/* Runs a command and prints what it cost.
 *
 *     spawn TIMES OUTPUT COMMAND [ARGUMENT...]
 *
 * One line on standard output, for all the runs together: wall seconds, user
 * and system seconds, the largest resident set in KiB, and 0 or the first
 * failure (an exit status, or 128 and a signal's number).  The command's
 * standard output goes to OUTPUT.
 *
 * It exists because Linux counts a process's peak memory across exec: a child
 * of Python reports Python's own pages.  Here the fork is made by a process of
 * a few pages.
 */
#define _XOPEN_SOURCE 700 /* ru_maxrss */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static double now(void)
{
	struct timespec t;
	if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) {
		perror("spawn: clock_gettime");
		exit(125);
	}
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int run_once(const char *output, char **command)
{
	pid_t child = fork();
	if (child < 0) {
		perror("spawn: fork");
		exit(125);
	}
	if (child == 0) {
		int fd = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666);
		if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0) {
			perror(output);
			_exit(126);
		}
		(void)close(fd);
		(void)execvp(command[0], command);
		perror(command[0]);
		_exit(127);
	}
	int status;
	if (waitpid(child, &status, 0) != child) {
		perror("spawn: waitpid");
		exit(125);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
	long times = argc > 3 ? strtol(argv[1], NULL, 10) : 0;
	if (times < 1) {
		fputs("usage: spawn TIMES OUTPUT COMMAND [ARGUMENT...]\n", stderr);
		return 2;
	}
	int first_failure = 0;
	double start = now();
	for (long i = 0; i < times && first_failure == 0; i++)
		first_failure = run_once(argv[2], argv + 3);
	double wall = now() - start;

	struct rusage use;
	if (getrusage(RUSAGE_CHILDREN, &use) != 0) {
		perror("spawn: getrusage");
		return 125;
	}
	printf("%.6f %.6f %.6f %ld %d\n", wall, seconds(use.ru_utime), seconds(use.ru_stime), use.ru_maxrss, first_failure);
	return 0;
}

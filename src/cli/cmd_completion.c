/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * completion SHELL: the script by which a shell completes words of the command line. */
#include "cli/completion.h"

struct own {
	size_t shell;
	th_arena arena;
	th_pack **packs;
	size_t pack_count;
};

static bool words(cli_job *job)
{
	struct own *own = job->own;
	if (job->operands != 1)
		return cli_usage_both(job->c, job->operands ? "one shell" : "the shell is missing", "bash, zsh, fish", job->operands ? "只写一种命令行" : "缺少命令行的名称", "bash、zsh、fish");
	return cli_one_of(job->c, "completion", job->operand[0], cli_shells.choice, &own->shell);
}

/* Each command is asked for its options as --help asks it. */
static cli_told *ask_all(cli_job *job)
{
	struct own *own = job->own;
	cli *c = job->c;
	const cli_command *self = c->command;
	size_t count = 0;
	while (c->commands[count].name)
		count++;
	cli_told *told = th_arena_alloc(&own->arena, count, sizeof *told);
	c->help = true;
	for (size_t i = 0; told && i < count; i++) {
		c->told = &told[i];
		c->command = &c->commands[i];
		(void)c->command->run(c, 0, NULL);
	}
	c->told = NULL;
	c->command = self;
	c->help = false;
	return told;
}

static th_status work(cli_job *job)
{
	static void (*const shells[])(const cli_completion *, th_buf *) = {cli_put_bash, cli_put_zsh, cli_put_fish}; /* as cli_shells */
	struct own *own = job->own;
	th_status status = th_rules_open_all(job->reference, job->c->data, job->diags, &own->packs, &own->pack_count);
	if (status != TH_OK)
		return status;
	cli_completion k = {.command = job->c->commands, .told = ask_all(job), .reference = job->reference, .packs = own->packs, .pack_count = own->pack_count};
	if (!k.told)
		return th_no_memory(job->diags);
	cli_global_options(job->c, k.global);
	th_buf out = {0};
	shells[own->shell](&k, &out);
	job->length = out.len;
	th_buf_char(&out, '\0');
	job->text = out.ptr;
	return out.failed ? th_no_memory(job->diags) : TH_OK;
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	th_rules_free_all(own->packs, own->pack_count);
	th_arena_free(&own->arena);
}

int cmd_completion(cli *c, int argc, char **argv)
{
	static const cli_steps steps = {.words = words, .work = work, .release = release,
	                                .examples = "  tanhe completion bash > ~/.local/share/bash-completion/completions/tanhe\n"
	                                            "  tanhe completion zsh > ~/.zfunc/_tanhe\n"
	                                            "  tanhe completion fish > ~/.config/fish/completions/tanhe.fish\n"};
	struct own own = {0};
	cli_job job = {.c = c, .own = &own};
	return cli_run(&job, &steps, argc, argv);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line of `complete` for each option of each command, in the language that the environment says when the shell starts. */
#include "cli/completion.h"

static void put_value(const cli_completion *k, const cli_value *value, th_buf *out)
{
	size_t start = out->len;
	if (value->ends && value->ends[0] == '\0') {
		th_buf_str(out, " -r -F");
		return;
	}
	th_buf_str(out, " -x -a '");
	if (value->several)
		th_buf_str(out, "(__tanhe_several ");
	bool any = cli_put_words(k, value, out);
	if (value->several)
		th_buf_char(out, ')');
	if (value->ends)
		th_buf_printf(out, "(__tanhe_files %s)", value->ends);
	if (any || value->ends)
		th_buf_char(out, '\'');
	else if (!out->failed) {
		out->len = start;
		th_buf_str(out, " -x");
	}
}

static void put_option(const cli_completion *k, const cli_command *command, const cli_option *option, bool zh, th_buf *out)
{
	th_buf_str(out, "complete -c tanhe");
	if (command)
		th_buf_printf(out, " -n '__tanhe_at %s'", command->name);
	if (option->letter)
		th_buf_printf(out, " -s %c", option->letter);
	th_buf_printf(out, " -l %s", option->name + 2);
	if (option->value)
		put_value(k, option->value, out);
	th_buf_str(out, " -d ");
	cli_put_quoted(zh ? option->help_zh : option->help_en, "", out);
	th_buf_char(out, '\n');
}

static void put_operand(const cli_completion *k, const char *at, const cli_value *value, th_buf *out)
{
	th_buf_printf(out, "complete -c tanhe -n '__tanhe_at %s'", at);
	put_value(k, value, out);
	th_buf_char(out, '\n');
}

static void put_operands(const cli_completion *k, th_buf *out)
{
	th_buf task = {0};
	for (const cli_command *command = k->command; command->name; command++) {
		const cli_value *operand = command->operand;
		th_buf_clear(&task);
		th_buf_printf(&task, operand->choice ? "%s ." : "%s", command->name);
		th_buf_char(&task, '\0');
		put_operand(k, task.failed ? "" : task.ptr, operand, out);
		for (size_t i = 0; operand->behind && operand->choice[i]; i++)
			if (operand->behind[i]) {
				th_buf_clear(&task);
				th_buf_printf(&task, "%s %s", command->name, operand->choice[i]);
				th_buf_char(&task, '\0');
				put_operand(k, task.failed ? "" : task.ptr, operand->behind[i], out);
			}
	}
	out->failed |= task.failed;
	th_buf_free(&task);
}

static void put_said(const cli_completion *k, bool zh, th_buf *out)
{
	for (const cli_command *command = k->command; command->name; command++) {
		th_buf_printf(out, "complete -c tanhe -n '__tanhe_at || __tanhe_at help .' -a %s -d ", command->name);
		cli_put_quoted(zh ? command->help_zh : command->help_en, "", out);
		th_buf_char(out, '\n');
	}
	for (size_t i = 0; i < CLI_GLOBALS; i++)
		put_option(k, NULL, &k->global[i], zh, out);
	for (size_t c = 0; k->command[c].name; c++)
		for (size_t i = 0; i < k->told[c].options; i++)
			put_option(k, &k->command[c], &k->told[c].option[i], zh, out);
}

static void put_pattern(const cli_command *command, const cli_option *option, th_buf *out)
{
	const char *name = command ? command->name : "*";
	if (!option->value)
		return;
	if (option->letter)
		th_buf_printf(out, " '%s:-%c'", name, option->letter);
	th_buf_printf(out, " '%s:%s'", name, option->name);
}

void cli_put_fish(const cli_completion *k, th_buf *out)
{
	th_buf_printf(out, "# fish completion of tanhe %s, written by `tanhe completion fish`\n\n", th_version());
	th_buf_str(out, "# The words before the cursor that are neither options nor values of one: the command, and what is behind it.\n"
	                "function __tanhe_words\n"
	                "\tset -l words (commandline -opc)\n"
	                "\tset -l found\n"
	                "\tset -l skip\n"
	                "\tfor word in $words[2..]\n"
	                "\t\tif test -n \"$skip\"\n"
	                "\t\t\tset skip\n"
	                "\t\t\tcontinue\n"
	                "\t\tend\n"
	                "\t\tswitch \"$found[1]:$word\"\n"
	                "\t\t\tcase");
	for (size_t i = 0; i < CLI_GLOBALS; i++)
		put_pattern(NULL, &k->global[i], out);
	for (size_t c = 0; k->command[c].name; c++)
		for (size_t i = 0; i < k->told[c].options; i++)
			put_pattern(&k->command[c], &k->told[c].option[i], out);
	th_buf_str(out, "\n"
	                "\t\t\t\tset skip 1\n"
	                "\t\t\tcase '*:-*'\n"
	                "\t\t\tcase '*'\n"
	                "\t\t\t\tset -a found $word\n"
	                "\t\tend\n"
	                "\tend\n"
	                "\tset -q found[1]; and printf '%s\\n' $found\n"
	                "end\n\n"
	                "# No command yet; this command; this command without a task (.) or with this one.\n"
	                "function __tanhe_at\n"
	                "\tset -l words (__tanhe_words)\n"
	                "\tif test (count $argv) -eq 0\n"
	                "\t\ttest (count $words) -eq 0\n"
	                "\telse if test \"$argv[2]\" = .\n"
	                "\t\ttest (count $words) -eq 1 -a \"$words[1]\" = $argv[1]\n"
	                "\telse if set -q argv[2]\n"
	                "\t\ttest \"$words[1]\" = $argv[1] -a \"$words[2]\" = $argv[2]\n"
	                "\telse\n"
	                "\t\ttest \"$words[1]\" = $argv[1]\n"
	                "\tend\n"
	                "end\n\n"
	                "# Folders, and files whose names end so; folders alone with the end `/`.\n"
	                "function __tanhe_files\n"
	                "\tset -l word (string replace -r '^--[a-z-]*=' '' -- (commandline -ct))\n"
	                "\tset -l files (complete -C \"__tanhe_no_command $word\")\n"
	                "\tstring match -r -- '.*/$' $files\n"
	                "\tfor end in $argv\n"
	                "\t\tstring match -- \"*.$end\" $files\n"
	                "\tend\n"
	                "end\n\n"
	                "# Words behind those that are there already, with commas between.\n"
	                "function __tanhe_several\n"
	                "\tset -l before (string replace -r '^--[a-z-]*=' '' -- (commandline -ct) | string match -r '^.*,')\n"
	                "\tprintf '%s\\n' \"$before\"$argv\n"
	                "end\n\n"
	                "complete -c tanhe -f\n");
	put_operands(k, out);
	th_buf_str(out, "complete -c tanhe -n __tanhe_at -a help\n\n"
	                "set -l said (string match -v '' -- $TANHE_LANG $LC_ALL $LC_MESSAGES $LANG)\n"
	                "if string match -q 'zh*' -- $said[1]\n");
	put_said(k, true, out);
	th_buf_str(out, "else\n");
	put_said(k, false, out);
	th_buf_str(out, "end\n");
}

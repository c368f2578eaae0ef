/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of the line are gone through as cli_parse does: options, their values, the command and, of some commands, the task behind it. */
#include "cli/completion.h"

/* What is offered, into variables of the script. */
static void put_offer(const cli_completion *k, const cli_value *value, th_buf *out)
{
	size_t start = out->len;
	th_buf_str(out, "words='");
	if (cli_put_words(k, value, out))
		th_buf_str(out, "'; ");
	else
		out->len = out->failed ? out->len : start;
	if (value->ends)
		th_buf_printf(out, "files=1 ends='%s'; ", value->ends);
	if (value->several)
		th_buf_str(out, "several=1; ");
}

static void put_value(const cli_completion *k, const cli_command *command, const cli_option *option, th_buf *out)
{
	if (!option->value)
		return;
	th_buf_char(out, '\t');
	if (option->letter)
		th_buf_printf(out, "%s:-%c|", command ? command->name : "*", option->letter);
	th_buf_printf(out, "%s:%s) ", command ? command->name : "*", option->name);
	put_offer(k, option->value, out);
	th_buf_str(out, ";;\n");
}

static void put_values(const cli_completion *k, th_buf *out)
{
	th_buf_str(out, "# What the value of an option may be: COMMAND OPTION; false where it takes none.\n"
	                "_tanhe_value()\n{\n\tcase $1:$2 in\n");
	for (size_t i = 0; i < CLI_GLOBALS; i++)
		put_value(k, NULL, &k->global[i], out);
	for (size_t c = 0; k->command[c].name; c++)
		for (size_t i = 0; i < k->told[c].options; i++)
			put_value(k, &k->command[c], &k->told[c].option[i], out);
	th_buf_str(out, "\t*) return 1;;\n\tesac\n}\n\n");
}

static void put_operands(const cli_completion *k, th_buf *out)
{
	th_buf_str(out, "# What a word behind a command may be: COMMAND TASK\n"
	                "_tanhe_operand()\n{\n\tcase $1:$2 in\n\t:) words='help");
	for (const cli_command *command = k->command; command->name; command++)
		th_buf_printf(out, " %s", command->name);
	th_buf_str(out, "';;\n\thelp:) words='");
	for (const cli_command *command = k->command; command->name; command++)
		th_buf_printf(out, "%s ", command->name);
	th_buf_str(out, "';;\n");
	for (const cli_command *command = k->command; command->name; command++) {
		const cli_value *operand = command->operand;
		th_buf_printf(out, "\t%s:%s) ", command->name, operand->choice ? "" : "*");
		put_offer(k, operand, out);
		th_buf_str(out, ";;\n");
		for (size_t i = 0; operand->behind && operand->choice[i]; i++)
			if (operand->behind[i]) {
				th_buf_printf(out, "\t%s:%s) ", command->name, operand->choice[i]);
				put_offer(k, operand->behind[i], out);
				th_buf_str(out, ";;\n");
			}
	}
	th_buf_str(out, "\tesac\n}\n\n");
}

static void put_options(const cli_completion *k, th_buf *out)
{
	th_buf_str(out, "# The options of a command, and of all.\n"
	                "_tanhe_options()\n{\n\twords='");
	for (size_t i = 0; i < CLI_GLOBALS; i++)
		th_buf_printf(out, "%s ", k->global[i].name);
	th_buf_str(out, "'\n\tcase $1 in\n");
	for (size_t c = 0; k->command[c].name; c++) {
		th_buf_printf(out, "\t%s) words+='", k->command[c].name);
		for (size_t i = 0; i < k->told[c].options; i++)
			th_buf_printf(out, "%s ", k->told[c].option[i].name);
		th_buf_str(out, "';;\n");
	}
	th_buf_str(out, "\tesac\n}\n\n");
}

void cli_put_bash(const cli_completion *k, th_buf *out)
{
	static const char offer[] =
		"# Folders, and files whose names end so; any without ends, folders alone with the end `/`.\n"
		"_tanhe_files()\n{\n"
		"\tlocal end name\n"
		"\tcompopt -o filenames 2> /dev/null\n"
		"\twhile IFS= read -r name; do\n"
		"\t\tCOMPREPLY+=(\"$name\")\n"
		"\tdone < <(\n"
		"\t\tif [[ -z $ends ]]; then\n"
		"\t\t\tcompgen -f -- \"$cur\"\n"
		"\t\telse\n"
		"\t\t\tcompgen -d -- \"$cur\"\n"
		"\t\t\tfor end in $ends; do\n"
		"\t\t\t\tcompgen -f -X \"!*.$end\" -- \"$cur\"\n"
		"\t\t\tdone\n"
		"\t\tfi\n"
		"\t)\n}\n\n"
		"_tanhe()\n{\n"
		"\tlocal cur=${COMP_WORDS[COMP_CWORD]} option='' word command='' task='' words='' files='' ends='' several='' before='' i\n"
		"\tCOMPREPLY=()\n"
		"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		"\t\tword=${COMP_WORDS[i]}\n"
		"\t\toption=\n"
		"\t\tif [[ $word == -* ]]; then\n"
		"\t\t\tif _tanhe_value \"$command\" \"$word\"; then\n"
		"\t\t\t\toption=$word\n"
		"\t\t\t\t[[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))\n"
		"\t\t\t\t((i++))\n"
		"\t\t\tfi\n"
		"\t\telif [[ -z $command ]]; then\n"
		"\t\t\tcommand=$word\n"
		"\t\telif [[ -z $task ]]; then\n"
		"\t\t\ttask=$word\n"
		"\t\tfi\n"
		"\tdone\n"
		"\twords='' files='' ends='' several=''\n"
		"\tif ((i > COMP_CWORD)); then\n"
		"\t\t[[ $cur == = ]] && cur=\n"
		"\t\t_tanhe_value \"$command\" \"$option\"\n"
		"\telif [[ $cur == -* ]]; then\n"
		"\t\t_tanhe_options \"$command\"\n"
		"\telse\n"
		"\t\t_tanhe_operand \"$command\" \"$task\"\n"
		"\tfi\n"
		"\tif [[ -n $several && $cur == *,* ]]; then\n"
		"\t\tbefore=${cur%,*},\n"
		"\t\tcur=${cur##*,}\n"
		"\tfi\n"
		"\t[[ -z $files ]] && compopt +o default 2> /dev/null\n"
		"\tif [[ -n $words ]]; then\n"
		"\t\tfor word in $(compgen -W \"$words\" -- \"$cur\"); do\n"
		"\t\t\tCOMPREPLY+=(\"$before$word\")\n"
		"\t\tdone\n"
		"\tfi\n"
		"\t[[ -n $files ]] && _tanhe_files\n"
		"\treturn 0\n}\n\n"
		"complete -o default -F _tanhe tanhe\n";
	th_buf_printf(out, "# shellcheck shell=bash\n# bash completion of tanhe %s, written by `tanhe completion bash`\n\n", th_version());
	put_values(k, out);
	put_operands(k, out);
	put_options(k, out);
	th_buf_str(out, offer);
}

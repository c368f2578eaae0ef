/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Specifications of _arguments, in the language that the environment says when the shell completes. */
#include "cli/completion.h"

static const char marks[] = "[]:\\"; /* of _arguments and _describe */

/* What follows the name of a value: words, or files. */
static void put_action(const cli_completion *k, const cli_value *value, const char *name, th_buf *out)
{
	th_buf words = {0};
	bool any = cli_put_words(k, value, &words);
	th_buf_char(&words, '\0');
	if (words.failed)
		out->failed = true;
	else if (any && value->several)
		th_buf_printf(out, ": _values -s , %s %s", name, words.ptr);
	else if (any && value->ends)
		th_buf_printf(out, ": _tanhe_either \"%s\" %s", words.ptr, value->ends);
	else if (any)
		th_buf_printf(out, ":(%s)", words.ptr);
	else if (value->ends && value->ends[0] == '/')
		th_buf_str(out, ":_files -/");
	else if (value->ends && value->ends[0] == '\0')
		th_buf_str(out, ":_files");
	else if (value->ends)
		th_buf_printf(out, ": _tanhe_files %s", value->ends);
	else
		th_buf_str(out, ": ");
	th_buf_free(&words);
}

static void put_spec(const cli_completion *k, const cli_option *option, bool zh, bool letter, th_buf *out)
{
	th_buf spec = {0};
	if (option->list)
		th_buf_char(&spec, '*');
	else if (option->letter)
		th_buf_printf(&spec, "(-%c %s)", option->letter, option->name);
	if (letter)
		th_buf_printf(&spec, "-%c%s[", option->letter, option->value ? "+" : "");
	else
		th_buf_printf(&spec, "%s%s[", option->name, option->value ? "=" : "");
	for (const char *c = zh ? option->help_zh : option->help_en; *c; c++) {
		if (*c == '[' || *c == ']' || *c == '\\')
			th_buf_char(&spec, '\\');
		th_buf_char(&spec, *c);
	}
	th_buf_char(&spec, ']');
	if (option->value) {
		const char *name = zh ? option->value->zh : option->value->en;
		th_buf_printf(&spec, ":%s", name);
		put_action(k, option->value, name, &spec);
	}
	th_buf_char(&spec, '\0');
	th_buf_str(out, "\t\t");
	if (!spec.failed)
		cli_put_quoted(spec.ptr, "", out);
	th_buf_char(out, '\n');
	out->failed |= spec.failed;
	th_buf_free(&spec);
}

static void put_options(const cli_completion *k, const cli_option *option, size_t count, bool zh, th_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		put_spec(k, &option[i], zh, false, out);
		if (option[i].letter)
			put_spec(k, &option[i], zh, true, out);
	}
}

static void put_commands(const cli_completion *k, bool zh, th_buf *out)
{
	th_buf_str(out, "\tcommands=(\n");
	for (const cli_command *command = k->command; command->name; command++) {
		th_buf_printf(out, "\t\t%s:", command->name);
		cli_put_quoted(zh ? command->help_zh : command->help_en, marks, out);
		th_buf_char(out, '\n');
	}
	th_buf_str(out, "\t)\n");
}

/* What stands behind a command, whose specifications are in `options`. */
static void put_operand(const cli_completion *k, const cli_command *command, th_buf *out)
{
	const cli_value *operand = command->operand;
	th_buf action = {0};
	put_action(k, operand, "word", &action);
	th_buf_char(&action, '\0');
	th_buf_printf(out, "\t%s)\n\t\t_arguments -S $globals $options '%s:word%s'%s && ret=0\n", command->name, operand->choice ? "1" : "*", action.failed ? "" : action.ptr,
	              operand->behind ? " '*:word:->behind'" : "");
	out->failed |= action.failed;
	if (operand->behind) {
		th_buf_str(out, "\t\t[[ $state == behind ]] && case $line[1] in\n");
		for (size_t i = 0; operand->choice[i]; i++)
			if (operand->behind[i]) {
				th_buf_clear(&action);
				put_action(k, operand->behind[i], "word", &action);
				th_buf_char(&action, '\0');
				th_buf_printf(out, "\t\t%s) _alternative 'words:word%s' && ret=0;;\n", operand->choice[i], action.failed ? "" : action.ptr);
			}
		th_buf_str(out, "\t\tesac\n");
	}
	th_buf_str(out, "\t\t;;\n");
	out->failed |= action.failed;
	th_buf_free(&action);
}

/* The specifications of all commands. */
static void put_all(const cli_completion *k, bool zh, th_buf *out)
{
	put_commands(k, zh, out);
	th_buf_str(out, "\tglobals=(\n");
	put_options(k, k->global, CLI_GLOBALS, zh, out);
	th_buf_str(out, "\t)\n\tcase $1 in\n");
	for (size_t c = 0; k->command[c].name; c++) {
		th_buf_printf(out, "\t%s) options=(\n", k->command[c].name);
		put_options(k, k->told[c].option, k->told[c].options, zh, out);
		th_buf_str(out, "\t);;\n");
	}
	th_buf_str(out, "\tesac\n");
}

void cli_put_zsh(const cli_completion *k, th_buf *out)
{
	th_buf_printf(out, "#compdef tanhe\n# zsh completion of tanhe %s, written by `tanhe completion zsh`\n\n", th_version());
	th_buf_str(out, "# Folders, and files whose names end so; where there are none, any.\n"
	                "_tanhe_files()\n{\n"
	                "\tlocal pattern=\"*.$1\"\n"
	                "\t(($# > 1)) && pattern=\"*.(${(j:|:)@})\"\n"
	                "\t_alternative \"files:file:_files -g ${(q)pattern}\" 'folders:folder:_files -/'\n}\n\n"
	                "# One of some words, or such a file.\n"
	                "_tanhe_either()\n{\n\t_alternative \"words:word:($1)\" \"files:file: _tanhe_files $2\"\n}\n\n"
	                "# The language is that of tanhe itself. COMMAND\n"
	                "_tanhe_said()\n{\nif [[ ${TANHE_LANG:-${LC_ALL:-${LC_MESSAGES:-$LANG}}} == zh* ]]; then\n");
	put_all(k, true, out);
	th_buf_str(out, "else\n");
	put_all(k, false, out);
	th_buf_str(out, "fi\n}\n\n"
	                "_tanhe()\n{\n"
	                "\tlocal curcontext=$curcontext state line ret=1\n"
	                "\tlocal -a globals options commands\n"
	                "\ttypeset -A opt_args\n"
	                "\t_tanhe_said ''\n"
	                "\t_arguments -C -S $globals '1:command:->command' '*::word:->words' && ret=0\n"
	                "\tcase $state in\n"
	                "\tcommand) _describe -t commands command commands && ret=0;;\n"
	                "\twords)\n"
	                "\tcurcontext=${curcontext%:*}-$words[1]:\n"
	                "\toptions=()\n"
	                "\t_tanhe_said $words[1]\n"
	                "\tcase $words[1] in\n"
	                "\thelp) _describe -t commands command commands && ret=0;;\n");
	for (const cli_command *command = k->command; command->name; command++)
		put_operand(k, command, out);
	th_buf_str(out, "\tesac;;\n\tesac\n\treturn ret\n}\n\n"
	                "if [[ $funcstack[1] == _tanhe ]]; then\n\t_tanhe \"$@\"\nelse\n\tcompdef _tanhe tanhe\nfi\n");
}

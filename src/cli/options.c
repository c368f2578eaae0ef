/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/filename.h"
#include "base/near.h"
#include "base/period.h"
#include "base/utf8.h"
#include "case/contents.h"
#include "cli/job.h"

void cli_add(cli_job *job, const cli_option *option, size_t count)
{
	for (size_t i = 0; i < count && job->options < CLI_OPTIONS_MOST; i++)
		job->option[job->options++] = option[i];
}

/* What is wrong, what was found, and the name that was meant if there is one near, or what to write instead. */
static void put_usage(const char *what, const char *found, th_slice near, th_slice instead, bool zh, th_buf *out)
{
	th_buf_str(out, what);
	th_buf_str(out, zh ? "：" : ": ");
	th_utf8_escape(th_slice_of(found), out);
	if (near.len)
		th_buf_str(out, zh ? "；是不是 " : "; did you mean ");
	th_buf_slice(out, near);
	if (instead.len)
		th_buf_str(out, zh ? "；请写作 " : "; write ");
	th_buf_slice(out, instead);
	th_buf_char(out, '\0');
}

static bool say(const cli *c, th_buf *en, th_buf *zh)
{
	if (c->usage && !en->failed && !zh->failed) /* a failure is counted where memory is */
		(void)!th_report(c->usage, TH_COMMAND_LINE, (th_pos){0}, en->ptr, zh->ptr, NULL);
	if (th_memory_missed() == 0 && !c->silent) /* else main says so, and the exit status with it */
		fprintf(stderr, c->lang == TH_LANG_ZH ? "%s：%s（用法：tanhe --help）\n" : "%s: %s (tanhe --help shows the usage)\n", c->program,
		        c->lang == TH_LANG_ZH ? zh->ptr : en->ptr);
	th_buf_free(en);
	th_buf_free(zh);
	return false;
}

static bool say_usage(const cli *c, const char *what_en, const char *what_zh, const char *found, th_slice near, th_slice instead)
{
	th_buf en = {0}, zh = {0};
	put_usage(what_en, found, near, instead, false, &en);
	put_usage(what_zh, found, near, instead, true, &zh);
	return say(c, &en, &zh);
}

bool cli_usage(const cli *c, const char *what_en, const char *what_zh, const char *found)
{
	return say_usage(c, what_en, what_zh, found, TH_S(""), TH_S(""));
}

bool cli_usage_near(const cli *c, const char *what_en, const char *what_zh, const char *found, th_slice near)
{
	return say_usage(c, what_en, what_zh, found, near, TH_S(""));
}

bool cli_usage_both(const cli *c, const char *what_en, const char *found_en, const char *what_zh, const char *found_zh)
{
	th_buf en = {0}, zh = {0};
	put_usage(what_en, found_en, TH_S(""), TH_S(""), false, &en);
	put_usage(what_zh, found_zh, TH_S(""), TH_S(""), true, &zh);
	return say(c, &en, &zh);
}

static bool with_nearest(const cli *c, const char *what_en, const char *what_zh, const char *found, const th_slice *names, size_t count)
{
	return say_usage(c, what_en, what_zh, found, th_nearest((th_slice){found, strcspn(found, "=")}, names, count), TH_S(""));
}

/* --参数, --年份: the option that is called so in Chinese, if the command has it; empty: none. */
static th_slice option_in_chinese(const cli_option *option, size_t count, th_slice word)
{
	static const struct { const char *zh, *name; bool global; } names[] = {
		{"语言", "--lang", true}, {"帮助", "--help", true}, {"版本", "--version", true}, {"数据", "--data", true}, {"颜色", "--color", true},
		{"参数", "--params", false}, {"待填参数", "--params", false}, {"因子", "--factors", false}, {"单位", "--units", false}, {"口径", "--profile", false},
		{"核算口径", "--profile", false}, {"规则", "--rules", false}, {"输出", "--output", false}, {"格式", "--format", false}, {"年份", "--year", false}, {"年", "--year", false},
		{"版式", "--layout", false}, {"编码", "--encoding", false}, {"类别", "--category", false}, {"类型", "--category", false}, {"试点类型", "--category", false},
		{"类型", "--kind", false}, {"目标", "--target", false}, {"试点目标", "--target", false}, {"线程", "--threads", false}, {"简版", "--brief", false}, {"解读", "--reading", false},
		{"明细", "--ledger", false}, {"计算明细", "--ledger", false}, {"批注", "--annotate", false}, {"不确定性", "--uncertainty", false}, {"佐证", "--require-evidence", false},
	};
	for (size_t n = 0; n < CLI_COUNT(names); n++) {
		bool has = names[n].global;
		for (size_t i = 0; i < count && !has; i++)
			has = strcmp(option[i].name, names[n].name) == 0;
		if (has && th_slice_eq(word, th_slice_of(names[n].zh)))
			return th_slice_of(names[n].name);
	}
	return (th_slice){"", 0};
}

/* --f json: one letter stands behind one hyphen. */
static bool says_letter(const cli *c, const cli_option *option, size_t count, const char *found)
{
	bool is = false;
	for (size_t i = 0; i < count && strlen(found) == 3; i++)
		is |= option[i].letter && found[1] == '-' && found[2] == option[i].letter;
	if (is)
		say_usage(c, "two hyphens before one letter", "单个字母前只写一个连字符", found, TH_S(""), th_slice_of(found + 1));
	return is;
}

/* --gwp＝AR5, --gwp：AR5: a sign of an input method stands before the value. */
static bool says_value(const cli *c, const cli_option *option, size_t count, const char *found)
{
	static const char *const signs[] = {"\xEF\xBC\x9D", "\xEF\xBC\x9A", ":"}; /* ＝ ： */
	for (size_t s = 0; s < CLI_COUNT(signs); s++) {
		const char *sign = strstr(found, signs[s]);
		for (size_t i = 0; i < count && sign; i++) {
			if (strlen(option[i].name) != (size_t)(sign - found) || strncmp(option[i].name, found, (size_t)(sign - found)) != 0)
				continue;
			th_buf text = {0};
			th_buf_printf(&text, "%s=%s", option[i].name, sign + strlen(signs[s]));
			say_usage(c, "another sign where = belongs", "选项与值之间应为半角等号", found, TH_S(""), th_buf_view(&text));
			th_buf_free(&text);
			return true;
		}
	}
	return false;
}

static bool unknown(cli *c, const cli_option *option, size_t count, const char *found)
{
	if (strcmp(found, "-v") == 0 || strcmp(found, "-V") == 0)
		return say_usage(c, "unknown option", "没有选项", found, TH_S("--version"), TH_S(""));
	const char *bare = found + strspn(found, "-");
	th_slice chinese = (unsigned char)*bare >= 0x80 ? option_in_chinese(option, count, (th_slice){bare, strcspn(bare, "=")}) : TH_S("");
	if (chinese.len)
		return say_usage(c, "unknown option", "没有选项", found, chinese, TH_S(""));
	if (says_letter(c, option, count, found) || says_value(c, option, count, found))
		return false;
	cli_option global[CLI_GLOBALS];
	cli_global_options(c, global);
	th_slice names[CLI_OPTIONS_MOST + CLI_GLOBALS];
	size_t n = 0;
	for (; n < CLI_GLOBALS; n++)
		names[n] = th_slice_of(global[n].name);
	for (size_t i = 0; i < count && n < CLI_COUNT(names); i++)
		names[n++] = th_slice_of(option[i].name);
	return with_nearest(c, "unknown option", "没有选项", found, names, n);
}

/* How long a dash is that a word processor or a chat has put in place of hyphens (en dash, em dash, minus, full-width hyphen); 0: none stands here. */
static size_t changed_dash(const char *text)
{
	static const char *const dashes[] = {"\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x95", "\xE2\x88\x92", "\xEF\xBC\x8D"};
	for (size_t i = 0; i < CLI_COUNT(dashes); i++)
		if (strncmp(text, dashes[i], 3) == 0)
			return 3;
	return 0;
}

/* Such a word is no file: it is said what stood there before. */
static bool says_dash(const cli *c, const char *word)
{
	const char *rest = word;
	size_t dashes = 0, length;
	while ((length = *rest == '-' ? 1 : changed_dash(rest)) > 0) {
		rest += length;
		dashes += length > 1;
	}
	if (dashes == 0)
		return false;
	size_t letters = strcspn(rest, "=");
	th_buf text = {0};
	th_buf_printf(&text, "%s%s", letters == 1 ? "-" : "--", rest);
	say_usage(c, "a dash that a word processor has put in place of hyphens", "连字符被 Word 或微信改成了破折号", word, TH_S(""), th_buf_view(&text));
	th_buf_free(&text);
	return true;
}

/* Quotes of the shell that a word processor or a chat has curled stand around a name that is none. */
static bool says_quotes(const cli *c, const char *word)
{
	static const char *const open[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x98", "\xE2\x80\x99"};
	size_t length = strlen(word), behind = 0;
	bool curled = false;
	for (size_t i = 0; i < CLI_COUNT(open) && length > 3; i++) {
		curled |= strncmp(word, open[i], 3) == 0;
		behind = strcmp(word + length - 3, open[i]) == 0 ? 3 : behind;
	}
	if (!curled || th_os_there(word))
		return false;
	say_usage(c, "quotes that a word processor has curled", "引号被 Word 或微信改成了中文引号", word, TH_S(""), (th_slice){word + 3, length - 3 - (length > 6 ? behind : 0)});
	return true;
}

/* Words for a command that people try, and what it is called. */
static const struct { const char *word, *name; } tried[] = {
	{"核算", "account"}, {"计算", "account"}, {"calculate", "account"}, {"对照", "check"}, {"检查", "check"}, {"自查", "check"}, {"规划", "plan"}, {"路径", "plan"}, {"达峰", "plan"},
	{"因子", "factors"}, {"factor", "factors"}, {"规则", "rules"}, {"rule", "rules"}, {"新建", "init"}, {"初始化", "init"}, {"模板", "init"}, {"new", "init"}, {"create", "init"}, {"批量", "batch"}, {"表格", "layout"}, {"版式", "layout"},
	{"帮助", "help"}, {"补全", "completion"}, {"version", "--version"}, {"-v", "--version"}, {"-V", "--version"}, {"版本", "--version"},
};

const char *cli_tried_command(const char *word)
{
	for (size_t i = 0; i < CLI_COUNT(tried); i++)
		if (strcmp(tried[i].word, word) == 0)
			return tried[i].name;
	return NULL;
}

/* A file or a folder in the place of the command: what can be done with it. */
static bool says_case(const cli *c, const char *path)
{
	th_file_about about;
	if (th_os_look(path, &about) != 0 || about.kind == TH_FILE_ABSENT)
		return false;
	bool is_case = about.kind == TH_FILE_FOLDER || th_case_is_workbook(path);
	th_buf text = {0};
	th_buf_printf(&text, is_case ? "tanhe check %s" : "tanhe account %s", path);
	say_usage(c, "a file where the command belongs", "此处应为命令，不是文件", path, TH_S(""), th_buf_view(&text));
	th_buf_free(&text);
	return true;
}

bool cli_unknown_command(const cli *c, const char *found)
{
	const char *meant = cli_tried_command(found);
	if (meant)
		return say_usage(c, "unknown command", "没有命令", found, th_slice_of(meant), TH_S(""));
	if (says_dash(c, found) || says_quotes(c, found) || says_case(c, found))
		return false;
	th_slice names[32];
	size_t n = 0;
	for (; c->commands[n].name && n < CLI_COUNT(names); n++)
		names[n] = th_slice_of(c->commands[n].name);
	return with_nearest(c, "unknown command", "没有命令", found, names, n);
}

static bool give(const cli_option *option, const char *value)
{
	if (option->flag)
		*option->flag = true;
	else if (option->text)
		*option->text = value;
	else
		return cli_append(option->list, value);
	return true;
}

/* Is a word the name of one of these options, so that it is no value of another? */
static bool is_option(const cli_option *option, size_t count, const char *word)
{
	for (size_t k = 0; k < count; k++)
		if (strcmp(option[k].name, word) == 0 || (word[0] == '-' && word[1] && word[1] == option[k].letter && word[2] == '\0'))
			return true;
	return false;
}

/* -o=report.txt, which names a file that begins with =. */
static bool says_equals(const cli *c, const char *word)
{
	th_buf text = {0};
	th_buf_printf(&text, "%.2s %s", word, word + 3);
	say_usage(c, "no = behind an option of one letter", "单字母选项后不写等号", word, TH_S(""), th_buf_view(&text));
	th_buf_free(&text);
	return false;
}

bool cli_parse(cli *c, const cli_option *option, size_t count, int argc, char **argv, int *operands)
{
	bool ended = false;
	*operands = 0;
	for (int i = 0; i < argc; i++) {
		char *word = argv[i];
		if (!ended && (says_dash(c, word) || says_quotes(c, word)))
			return false;
		if (ended && is_option(option, count, word) && !th_os_there(word))
			return cli_usage(c, "behind -- all words are files; write options before it", "“--”之后的都是文件名，选项应写在它前面", word);
		if (ended || word[0] != '-' || word[1] == '\0') {
			argv[(*operands)++] = word;
			continue;
		}
		if (strcmp(word, "--") == 0) {
			ended = true;
			continue;
		}
		const cli_option *found = NULL;
		const char *value = NULL;
		size_t length = strcspn(word, "=");
		for (size_t k = 0; k < count && !found; k++) {
			if (word[1] != '-' && option[k].letter == word[1]) {
				found = &option[k];
				value = word[2] ? word + 2 : NULL;
				if (value && value[0] == '=')
					return says_equals(c, word);
			} else if (strlen(option[k].name) == length && memcmp(option[k].name, word, length) == 0) {
				found = &option[k];
				value = word[length] ? word + length + 1 : NULL;
			}
		}
		if (!found)
			return unknown(c, option, count, word);
		if (found->flag && value)
			return cli_usage(c, "an option that takes no value", "该选项不带值", word);
		if (!found->flag && !value) {
			if (i + 1 == argc || is_option(option, count, argv[i + 1]))
				return cli_usage(c, "an option without its value", "选项缺少值", word);
			value = argv[++i];
		}
		if (value && *value == '\0')
			return cli_usage(c, "an option without its value", "选项缺少值", word);
		if (!give(found, value))
			return false;
	}
	return true;
}

bool cli_no_office_file(const cli *c, const char *path)
{
	return !path || (!th_named_as_workbook(path) && !th_named_as_document(path)) ||
	       cli_usage(c, "text is written, no workbook or document; the name ends in .txt, .csv or .json", "写出的是文本，不是工作簿或文档，文件名应以 .txt、.csv 或 .json 结尾", path);
}

bool cli_no_changed_comma(const cli *c, const char *value)
{
	const char *comma = value ? strstr(value, "\xEF\xBC\x8C") : NULL;
	if (value && !comma)
		comma = strstr(value, "\xE3\x80\x81");
	if (!comma)
		return true;
	th_buf text = {0};
	th_buf_printf(&text, "%.*s,%s", (int)(comma - value), value, comma + 3);
	say_usage(c, "a full-width comma", "逗号是全角的", value, TH_S(""), th_buf_view(&text));
	th_buf_free(&text);
	return false;
}

const char *cli_value_among(int argc, char **argv, const char *name, char letter)
{
	const char *value = NULL;
	size_t length = strlen(name);
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		const char *word = argv[i];
		bool is_long = strncmp(word, name, length) == 0 && (word[length] == '\0' || word[length] == '='), is_short = word[0] == '-' && word[1] == letter;
		const char *behind = is_long ? word + length + (word[length] == '=') : word + 2;
		if (is_long || is_short)
			value = *behind ? behind : i + 1 < argc ? argv[i + 1] : value;
	}
	return value;
}

bool cli_one_of(const cli *c, const char *option, const char *value, const char *const *allowed, size_t *which)
{
	for (*which = 0; allowed[*which]; ++*which)
		if (strcmp(value, allowed[*which]) == 0)
			return true;
	bool task = option[0] != '-';
	th_buf en = {0}, zh = {0};
	th_near_name best = {.text = th_slice_of(value)};
	th_buf_printf(&en, "%s: %s ", task ? "unknown subcommand" : "a value that the option does not take", option);
	th_buf_printf(&zh, "%s：%s ", task ? "没有子命令" : "选项的值有误", option);
	th_utf8_escape(th_slice_of(value), &en);
	th_utf8_escape(th_slice_of(value), &zh);
	th_buf_str(&en, "; one of");
	th_buf_str(&zh, "；可选 ");
	for (size_t i = 0; allowed[i]; i++) {
		th_buf_printf(&en, "%s %s", i ? "," : "", allowed[i]);
		th_buf_printf(&zh, "%s%s", i ? "、" : "", allowed[i]);
		th_near_offer(&best, th_slice_of(allowed[i]));
	}
	th_slice near = th_near_found(&best);
	if (near.len) {
		th_buf_printf(&en, "; did you mean %.*s", (int)near.len, near.ptr);
		th_buf_printf(&zh, "；是不是 %.*s", (int)near.len, near.ptr);
	}
	th_buf_char(&en, '\0');
	th_buf_char(&zh, '\0');
	return say(c, &en, &zh);
}

bool cli_read_year(const cli *c, const char *text, int *year)
{
	*year = 0;
	if (!text)
		return true;
	for (const char *at = text; *at >= '0' && *at <= '9' && at - text < 5; at++)
		*year = 10 * *year + (*at - '0');
	return (strlen(text) == 4 && *year >= 1900 && *year <= 2199) || cli_no_year(c, "--year", text);
}

bool cli_no_year(const cli *c, const char *option, const char *text)
{
	th_period period;
	char meant[16];
	bool whole = th_period_parse(th_slice_of(text), &period) == TH_PERIOD_OK && period.num == period.den && period.first_year == period.last_year;
	if (whole)
		snprintf(meant, sizeof meant, "%d", period.first_year % 10000);
	else
		th_period_meant(th_slice_of(text), meant);
	th_buf found = {0};
	th_buf_printf(&found, "%s %s", option, text);
	th_buf_char(&found, '\0');
	say_usage(c, "not a year from 1900 to 2199", "不是 1900 至 2199 的年份", found.failed ? "" : found.ptr, strlen(meant) == 4 ? th_slice_of(meant) : TH_S(""), TH_S(""));
	th_buf_free(&found);
	return false;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * help WORD, where the word is no command: the text of a finding's code, or what a name that users write stands for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "case/folder.h"
#include "cli/job.h"
#include "reference/reference.h"
#include "rules/rules.h"

struct own {
	th_pack *pack;
};

/* --- a code --- */

/* E2306, e2306 or 2306; 0: no such thing. */
static unsigned code_of(const char *word)
{
	const char *digits = word[0] && strchr("EWCewc", word[0]) ? word + 1 : word;
	return strlen(digits) == 4 && strspn(digits, "0123456789") == 4 ? (unsigned)strtoul(digits, NULL, 10) : 0;
}

/* What is found stands in the detail as ……; every part of it is shown. */
static void put_code(const th_diag_info *info, bool zh, th_buf *out)
{
	const char *kind = info->letter == 'E' ? zh ? "错误（与之有关的内容不出结果）" : "an error: what rests on it gives no result" : info->letter == 'W' ? zh ? "警告（继续运行）" : "a warning: the run goes on"
	                                                                                                               : zh ? "提示（写在报告中）" : "a caveat: a part of the report";
	th_buf_printf(out, "%c%u  %s\n%s\n", info->letter, info->code, zh ? info->title_zh : info->title_en, kind);
	const char *detail = zh ? info->detail_zh : info->detail_en;
	if (*detail)
		th_buf_char(out, '\n');
	for (const char *c = detail; *c; c++) {
		size_t hole = *c == '{' ? strcspn(c, "}:") : 0;
		if (hole && c[hole] == '}') {
			th_buf_str(out, "……");
			c += hole;
		} else if (hole)
			c += hole; /* the start of a part that is left out at times */
		else if (c[0] == ':' && c[1] == '}')
			c++;
		else
			th_buf_char(out, *c);
	}
	th_buf_str(out, *detail ? "\n" : "");
	th_buf_str(out, zh ? "\n“……”处为所填或所查的内容。全部代码：man tanhe-diag\n" : "\n“……” stands for what was found or expected. All codes: man tanhe-diag\n");
}

static bool find_code(unsigned code, th_diag_info *info)
{
	for (size_t i = 0; code && th_diag_table(i, info); i++)
		if (info->code == code)
			return true;
	return false;
}

/* --- names --- */

static void put_fact(const cli_job *job, const th_rule_decl *decl, bool zh, th_buf *out)
{
	static const char *const types[][2] = {
		[TH_RULE_BOOL] = {"yes or no", "是或否"}, [TH_RULE_NUMBER] = {"a number", "数字"}, [TH_RULE_CHOICE] = {"one of", "以下之一"}, [TH_RULE_LIST] = {"some of", "以下一项或多项"},
		[TH_RULE_DATE] = {"a date", "日期"}, [TH_RULE_TEXT] = {"text", "文字"},
	};
	const char *type = (size_t)decl->type < CLI_COUNT(types) && types[decl->type][0] ? types[decl->type][zh] : "";
	th_buf_str(out, zh ? "填报项 " : "fact ");
	th_buf_slice(out, zh ? decl->name.zh : decl->id);
	th_buf_str(out, zh ? "（" : " (");
	th_buf_slice(out, zh ? decl->id : decl->name.en);
	th_buf_printf(out, zh ? "），写在基本信息表（%s）中\n填写：%s" : "), in %s\nvalue: %s", th_case_files[((const struct own *)job->own)->pack->file].name, decl->is_year ? zh ? "年份，如 2028" : "a year, as 2028" : type);
	for (size_t i = 0; i < decl->options; i++) {
		th_buf_str(out, i ? zh ? "、" : ", " : zh ? "：" : ": ");
		th_buf_slice(out, zh ? decl->option[i].name.zh : decl->option[i].id);
	}
	if (decl->unit_text.len) {
		th_buf_str(out, zh ? "，单位 " : ", in ");
		th_buf_slice(out, zh ? decl->unit_name.zh : decl->unit_text);
	}
	th_buf_str(out, zh ? "\n哪些条款用到它：tanhe rules show " : "\nthe clauses that ask for it: tanhe rules show ");
	th_buf_slice(out, ((const struct own *)job->own)->pack->id);
	th_buf_char(out, '\n');
}

static void put_activity(const th_activity *a, bool zh, th_buf *out)
{
	static const char *const scopes[] = {"", "一", "二", "三"};
	th_buf_str(out, zh ? "活动 " : "activity ");
	th_buf_slice(out, zh ? a->name_zh : a->id);
	th_buf_str(out, zh ? "（" : " (");
	th_buf_slice(out, zh ? a->id : a->name_zh);
	th_buf_str(out, zh ? "），写在活动数据表的“活动”列" : "), in the column activity of an inventory");
	if (a->scope >= 1 && a->scope <= 3 && zh)
		th_buf_printf(out, "；范围%s", scopes[a->scope]);
	else if (a->scope >= 1 && a->scope <= 3)
		th_buf_printf(out, "; scope %d", a->scope);
	th_buf_str(out, zh ? "\n它的排放因子：tanhe factors search " : "\nits factors: tanhe factors search ");
	th_buf_slice(out, a->name_zh);
	th_buf_char(out, '\n');
}

static void put_unit(const cli_job *job, th_slice word, bool zh, th_buf *out)
{
	th_buf_str(out, zh ? "单位 " : "unit ");
	th_buf_slice(out, word);
	if (zh) {
		th_buf_str(out, "，报告中写作 ");
		th_unit_put_name(job->reference->units, word, TH_LANG_ZH, out);
	}
	th_buf_str(out, zh ? "\n单位写在“单位”列；自备单位：--units，见 tanhe-factors(5)\n" : "\nit is written in the column unit; units of your own: --units, see tanhe-factors(5)\n");
}

/* --- what is none of them --- */

static th_status unknown(const cli_job *job, const char *word)
{
	const struct own *own = job->own;
	th_near_name best = {.text = th_slice_of(word)};
	char code[8];
	th_diag_info info;
	unsigned wanted = code_of(word);
	for (const cli_command *command = job->c->commands; command->name; command++)
		th_near_offer(&best, th_slice_of(command->name));
	for (size_t i = 0; i < own->pack->facts; i++) {
		th_near_offer(&best, own->pack->decl[i].id);
		th_near_offer(&best, own->pack->decl[i].name.zh);
	}
	for (size_t i = 0; i < job->reference->activities; i++) {
		th_near_offer(&best, job->reference->activity[i].id);
		th_near_offer(&best, job->reference->activity[i].name_zh);
	}
	th_slice near = th_near_found(&best);
	unsigned beside = ~0u, at = 0; /* of codes, the one that is nearest by its number */
	for (size_t i = 0; wanted && th_diag_table(i, &info); i++) {
		unsigned distance = info.code > wanted ? info.code - wanted : wanted - info.code;
		if (distance < beside) {
			beside = distance;
			at = info.code;
			snprintf(code, sizeof code, "%c%u", info.letter, info.code % 10000);
		}
	}
	if (at)
		near = th_slice_of(code);
	cli_usage_near(job->c, "no command, code, fact, activity or unit of this name", "没有这个命令、代码、填报项、活动或单位", word, near);
	return TH_USAGE;
}

static th_status work(cli_job *job)
{
	struct own *own = job->own;
	const char *word = job->operand[0];
	bool zh = job->c->lang == TH_LANG_ZH;
	th_buf out = {0};
	th_diag_info info;
	th_status status = th_rules_open(job->reference, job->c->data, NULL, job->diags, &own->pack);
	if (status != TH_OK)
		return status;
	uint32_t fact = th_pack_fact(own->pack, th_slice_of(word)), activity = th_find_activity(job->reference, th_slice_of(word));
	th_unit unit;
	th_slice at;
	if (find_code(code_of(word), &info))
		put_code(&info, zh, &out);
	else if (fact != TH_NONE)
		put_fact(job, &own->pack->decl[fact], zh, &out);
	else if (activity != TH_NONE)
		put_activity(&job->reference->activity[activity], zh, &out);
	else if (th_unit_parse(job->reference->units, th_slice_of(word), &unit, &at) == TH_UNIT_OK)
		put_unit(job, th_slice_of(word), zh, &out);
	else
		status = unknown(job, word);
	job->length = out.len;
	th_buf_char(&out, '\0');
	job->text = out.ptr;
	return out.failed ? th_no_memory(job->diags) : status;
}

static bool words(cli_job *job)
{
	return job->operands == 1 || cli_usage(job->c, "help is for one word", "help 后只写一个词", job->operand[1]);
}

static void release(cli_job *job)
{
	struct own *own = job->own;
	th_rules_free(own->pack);
}

int cmd_help(cli *c, int argc, char **argv)
{
	static const cli_steps steps = {.words = words, .work = work, .release = release};
	struct own own = {.pack = NULL};
	cli_job job = {.c = c, .own = &own};
	return cli_run(&job, &steps, argc, argv);
}

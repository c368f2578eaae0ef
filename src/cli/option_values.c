/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the values of options and the words behind a command may be: each name of --help once, with what a shell offers for it. */
#include "cli/cli.h"

#define CHOICE(...) (const char *const[]){__VA_ARGS__, NULL}

const cli_value cli_any_file = {.en = "FILE", .zh = "文件", .ends = ""};
const cli_value cli_table_file = {.en = "FILE", .zh = "文件", .ends = "csv xlsx"};
const cli_value cli_csv_file = {.en = "FILE", .zh = "文件", .ends = "csv"};
const cli_value cli_rows_file = {.en = "FILE", .zh = "文件", .ends = "csv ndjson jsonl"};
const cli_value cli_summary_file = {.en = "FILE", .zh = "文件", .ends = "json csv txt"};
const cli_value cli_workbook = {.en = "FILE", .zh = "文件", .ends = "xlsx"};
const cli_value cli_script = {.en = "FILE", .zh = "文件", .ends = "py"};
const cli_value cli_earlier = {.en = "OLD", .zh = "原核算结果", .ends = "json csv xlsx"};
const cli_value cli_folder = {.en = "DIR", .zh = "目录", .ends = "/"};

const cli_value cli_number = {.en = "N", .zh = "数"};
const cli_value cli_year = {.en = "YEAR", .zh = "年份"};
const cli_value cli_two_years = {.en = "YEAR,YEAR", .zh = "年份,年份"};
const cli_value cli_words = {.en = "TEXT", .zh = "文字"};

const cli_value cli_lang_name = {.en = "zh|en", .zh = "zh|en", .choice = CHOICE("en", "zh")};
const cli_value cli_heads = {.en = "LANG", .zh = "语言", .choice = CHOICE("en", "zh")};
const cli_value cli_when = {.en = "WHEN", .zh = "时机", .choice = CHOICE("auto", "always", "never")};
const cli_value cli_text_or_json = {.en = "FORMAT", .zh = "格式", .choice = CHOICE("text", "json")};
const cli_value cli_fallback = {.en = "HOW", .zh = "方式", .choice = CHOICE("nearest")};
const cli_value cli_approach = {.en = "HOW", .zh = "方式", .choice = CHOICE("approach1", "approach2")};
const cli_value cli_correlated = {.en = "WHAT", .zh = "哪一项", .choice = CHOICE("factors", "activities", "both", "none")};
const cli_value cli_trials = {.en = "N", .zh = "数", .choice = CHOICE("auto"), .open = true};
const cli_value cli_goal = {.en = "GOAL", .zh = "目标", .choice = CHOICE("threshold"), .open = true};
const cli_value cli_temperature = {.en = "TEMP", .zh = "温度", .choice = CHOICE("0C", "15C", "20C", "25C")};
const cli_value cli_encoding = {.en = "NAME", .zh = "名称", .choice = CHOICE("utf-8", "gb18030", "gbk", "utf-16le", "utf-16be")};

const cli_value cli_gwp_set = {.en = "SET", .zh = "报告", .known = CLI_GWP_SETS};
const cli_value cli_keys = {.en = "KEY,...", .zh = "项目,...", .known = CLI_KEYS, .several = true};
const cli_value cli_profile = {.en = "ID", .zh = "编号", .known = CLI_PROFILES};
static const cli_value cli_factor = {.en = "ID", .zh = "编号", .known = CLI_FACTORS};
const cli_value cli_pack = {.en = "ID|FILE", .zh = "编号|文件", .known = CLI_PACKS, .ends = "json"};
const cli_value cli_category = {.en = "CATEGORY", .zh = "试点类型", .known = CLI_CATEGORIES};
const cli_value cli_target = {.en = "TARGET", .zh = "试点目标", .known = CLI_TARGETS};
const cli_value cli_reading_of = {.en = "NAME=VALUE", .zh = "名称=解读", .known = CLI_READINGS};

const cli_value cli_inventories = {.ends = "csv xlsx"};
const cli_value cli_case = {.ends = "xlsx"};
const cli_value cli_recorded = {.ends = "json xlsx"};
const cli_value cli_sides = {.ends = "json csv xlsx"};
const cli_value cli_new_case = {.ends = "xlsx csv"};
static const cli_value cli_factor_files = {.ends = "csv xlsx"};
static const cli_value cli_pack_files = {.ends = "json"};
const cli_value cli_factor_tasks = {.choice = CHOICE("list", "show", "search", "check"),
                                    .behind = (const cli_value *const[]){NULL, &cli_factor, NULL, &cli_factor_files}};
const cli_value cli_rule_tasks = {.choice = CHOICE("list", "show", "params", "check", "diff"),
                                  .behind = (const cli_value *const[]){NULL, &cli_pack, &cli_case, &cli_pack_files, &cli_pack}};
const cli_value cli_shells = {.choice = CHOICE("bash", "zsh", "fish")};

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a computed value lacks to be known: by its id for programs, in words for people. */
#include "check/lacks.h"

#include <stdio.h>

void th_lack(th_computing *v, th_slice name)
{
	for (size_t i = 0; i < v->lacks; i++)
		if (th_slice_eq(v->lack[i], name))
			return;
	if (name.len && v->lacks < TH_LACKS)
		v->lack[v->lacks++] = name;
}

/* What is missing, by its id and in words, which are taken. */
static void lack_in_words(th_checking *s, th_computing *v, th_slice id, th_buf *zh, th_buf *en)
{
	size_t before = v->lacks;
	const char *said = th_check_built(s, zh), *said_en = th_check_built(s, en);
	th_lack(v, id);
	if (v->lacks > before)
		v->text[before] = (th_words){th_slice_of(said), th_slice_of(said_en)};
}

/* Something of a file, with words for people. */
void th_lack_part(th_checking *s, th_computing *v, const char *file, th_slice part, th_buf *zh, th_buf *en)
{
	th_buf name = {0};
	th_buf_printf(&name, "%s:", file);
	th_buf_slice(&name, part);
	lack_in_words(s, v, th_slice_of(th_check_built(s, &name)), zh, en);
}

/* The inventory of a year, as a whole. */
void th_lack_year(th_checking *s, th_computing *v, int year)
{
	char text[24];
	th_buf zh = {0}, en = {0};
	int len = snprintf(text, sizeof text, "%d", year);
	th_buf_printf(&zh, "%d年完整且大于零的排放清单（%s）", year, th_check_part_name(s, TH_CASE_INVENTORY));
	th_buf_printf(&en, "a whole inventory of %d, above zero (%s)", year, th_check_part_name(s, TH_CASE_INVENTORY));
	th_lack_part(s, v, "inventory", (th_slice){text, (size_t)len}, &zh, &en);
}

/* A table as a whole. */
void th_lack_file(th_checking *s, th_computing *v, th_case_part kind)
{
	static const char *const title[] = {[TH_CASE_FACTS] = "基本信息表", [TH_CASE_INVENTORY] = "活动数据表", [TH_CASE_MEASURES] = "措施表", [TH_CASE_TARGETS] = "目标表", [TH_CASE_TASKS] = "任务表", [TH_CASE_OFFSETS] = "碳抵消表"};
	th_buf zh = {0}, en = {0};
	size_t errors = s->a->file[kind].errors;
	th_buf_printf(&zh, "%s %s", title[kind], th_check_part_name(s, kind));
	th_buf_printf(&en, "table %s", th_check_part_name(s, kind));
	if (errors) {
		th_buf_printf(&zh, "有%zu处错误", errors);
		th_buf_printf(&en, errors == 1 ? " has an error" : " has %zu errors", errors);
	}
	lack_in_words(s, v, th_slice_of(th_case_files[kind].kind), &zh, &en);
}

void th_lack_facts(th_checking *s, th_computing *v)
{
	const char *name = th_case_files[s->a->pack->file].name;
	th_buf zh = {0}, en = {0};
	th_buf_printf(&zh, "基本信息表 %s", name);
	th_buf_printf(&en, "table %s", name);
	lack_in_words(s, v, th_slice_of(name), &zh, &en);
}

/* The file behind a value; one that is not there, or has errors, is what the value lacks. */
bool th_lack_unless_there(th_checking *s, th_computing *v, th_case_part kind)
{
	const th_check_file *file = &s->a->file[kind];
	v->file = file->path;
	if (file->found && !file->errors)
		return true;
	th_lack_file(s, v, kind);
	return false;
}

/* What is not known of a measure is something of its row. */
void th_lack_row(th_checking *s, th_computing *v, const th_check_measure *m)
{
	static const struct { const char *column, *zh; } cell[TH_COUNTS] = {
		[TH_COUNT_BLANK] = {"reduction", "减排量"}, [TH_COUNT_UNDATED] = {"start, end or effect_start", "竣工时间或生效时间"},
		[TH_COUNT_ABSENT] = {"activity with emissions in the base year", "基准年有排放的作用活动"},
	};
	const char *file = th_check_part_name(s, TH_CASE_MEASURES);
	th_buf zh = {0}, en = {0};
	const char *column = cell[m->count].column ? cell[m->count].column : "reduction", *title = cell[m->count].zh ? cell[m->count].zh : "减排量";
	th_buf_slice(&zh, m->measure->id);
	th_buf_printf(&zh, "的%s（%s:%zu）", title, file, m->measure->line);
	th_buf_printf(&en, "%s of ", column);
	th_buf_slice(&en, m->measure->id);
	th_buf_printf(&en, " (%s:%zu)", file, m->measure->line);
	th_lack_part(s, v, "measures", m->measure->id, &zh, &en);
}

/* Reductions above all emissions. */
void th_lack_over(th_checking *s, th_computing *v)
{
	th_buf zh = {0}, en = {0};
	th_buf_printf(&zh, "不超过基准年总排放量的减排量（%s）", th_check_part_name(s, TH_CASE_MEASURES));
	th_buf_printf(&en, "reductions that are not above all emissions (%s)", th_check_part_name(s, TH_CASE_MEASURES));
	th_lack_part(s, v, "measures", TH_S("reduction"), &zh, &en);
}

/* Targets of one kind and unit. */
void th_lack_kind(th_checking *s, th_computing *v)
{
	th_buf zh = {0}, en = {0};
	th_buf_printf(&zh, "同一类型和单位的各阶段目标（%s）", th_check_part_name(s, TH_CASE_TARGETS));
	th_buf_printf(&en, "targets of one kind and unit (%s)", th_check_part_name(s, TH_CASE_TARGETS));
	th_lack_part(s, v, "targets", TH_S("kind"), &zh, &en);
}

bool th_lacks_hand(th_checking *s, const th_computing *v, th_rule_input *input)
{
	th_slice *names = th_arena_alloc(&s->a->arena, v->lacks + 1, sizeof *names);
	th_words *texts = th_arena_alloc(&s->a->arena, v->lacks + 1, sizeof *texts);
	if (!names || !texts)
		return th_check_no_memory(s);
	memcpy(names, v->lack, v->lacks * sizeof *names);
	memcpy(texts, v->text, v->lacks * sizeof *texts);
	input->lacks = names;
	input->lack_text = texts;
	input->lack_count = input->value.known ? 0 : v->lacks;
	return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Look-ups in the reference data. */
#include "reference/load.h"

/* Words that offices write around the name of a refrigerant; longer ones before those that they contain. */
static const char *const before[] = {"空调制冷剂", "制冷剂", "冷媒", "灭火剂", "补充量", "补充", "补加", "添加", "逸散", "泄漏", "refrigerant"};
static const char *const behind[] = {"制冷剂", "冷媒", "灭火剂", "气体", "补充量", "补充", "补加量", "补加", "充注量", "充注", "加注量", "加注", "充装量", "充装",
                                     "逸散量", "逸散", "泄漏量", "泄漏", "泄露量", "泄露", "逃逸量", "逃逸", "排放量", "排放", "refrigerant", "top-up",
                                     "leakage", "leak", "losses"};
enum { LONGEST_REFRIGERANT = 24 };

static bool is_word(const char *at, const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((at[i] >= 'A' && at[i] <= 'Z' ? at[i] + 32 : at[i]) != word[i])
			return false;
	return true;
}

/* What is left of a text without such words around it. */
static th_slice refrigerant_in(th_slice text)
{
	for (bool more = true; more;) {
		more = false;
		text = th_slice_trim(text);
		for (size_t i = 0; i < sizeof before / sizeof *before && !more; i++) {
			size_t n = strlen(before[i]);
			more = text.len > n && is_word(text.ptr, before[i], n);
			text = more ? (th_slice){text.ptr + n, text.len - n} : text;
		}
		for (size_t i = 0; i < sizeof behind / sizeof *behind && !more; i++) {
			size_t n = strlen(behind[i]);
			more = text.len > n && is_word(text.ptr + text.len - n, behind[i], n);
			text.len -= more ? n : 0;
		}
	}
	return text;
}

/* R-32, r 32 and R32 are one. */
static th_slice plain_number(th_slice text, char room[LONGEST_REFRIGERANT])
{
	bool letter = text.len > 2 && text.len <= LONGEST_REFRIGERANT && (text.ptr[0] == 'R' || text.ptr[0] == 'r');
	if (!letter || (text.ptr[1] != '-' && text.ptr[1] != ' ') || text.ptr[2] < '0' || text.ptr[2] > '9')
		return text;
	room[0] = 'R';
	memcpy(room + 1, text.ptr + 2, text.len - 2);
	return (th_slice){room, text.len - 1};
}

uint32_t th_find_activity(const th_reference *r, th_slice name)
{
	char room[LONGEST_REFRIGERANT];
	uint32_t number = th_names_find(&r->index->activity, name);
	if (number != TH_NONE || name.len == 0)
		return number;
	th_slice left = refrigerant_in(name);
	number = th_names_find(&r->index->activity, left);
	if (number == TH_NONE)
		number = th_names_find(&r->index->activity, plain_number(left, room));
	if (number != TH_NONE && r->activity[number].method == TH_METHOD_REFRIGERANT)
		return number;
	bool says_more;
	number = th_activity_without_words(r, name);
	return number != TH_NONE ? number : th_activity_in_brackets(r, name, &says_more);
}

bool th_activity_apart(const th_activity *activity, th_slice name)
{
	th_slice rest = activity->apart, apart;
	while (th_slice_split(&rest, ';', &apart))
		if (apart.len && apart.len == name.len && memcmp(apart.ptr, name.ptr, name.len) == 0)
			return true;
	return false;
}

uint32_t th_find_gas(const th_reference *r, th_slice name)
{
	return th_names_find(&r->index->gas, name);
}

uint32_t th_find_region(const th_reference *r, th_slice name)
{
	return th_names_find(&r->index->region, name);
}

uint32_t th_find_profile(const th_reference *r, th_slice id)
{
	for (uint32_t i = 0; i < r->profiles; i++)
		if (th_slice_eq(r->profile[i].id, id))
			return i;
	return TH_NONE;
}

uint32_t th_find_factor(const th_reference *r, th_slice id)
{
	uint32_t number = th_intern_find(&r->index->factor_id, id);
	return number == TH_NONE ? TH_NONE : r->index->chain[number].first;
}

const uint32_t *th_factors_of(const th_reference *r, uint32_t activity, size_t *count)
{
	const struct th_reference_index *x = r->index;
	*count = x->serve_start[activity + 1] - x->serve_start[activity];
	return x->serve + x->serve_start[activity];
}

const uint32_t *th_factors_shipped(const th_reference *r, uint32_t activity, size_t *count)
{
	const struct th_reference_index *x = r->index;
	*count = x->shipped_start[activity + 1] - x->shipped_start[activity];
	return x->shipped + x->shipped_start[activity];
}

const int32_t *th_factor_edges(const th_reference *r, size_t *count)
{
	*count = r->index->edges;
	return r->index->edge;
}

th_slice th_param_text(const th_factor *factor, const char *name, th_decimal *value)
{
	for (size_t i = 0; i < factor->params; i++) {
		if (th_slice_eq(factor->param[i].name, th_slice_of(name))) {
			*value = factor->param[i].value;
			return factor->param[i].text;
		}
	}
	return (th_slice){"", 0};
}

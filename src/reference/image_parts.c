/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/image_parts.h"

#ifndef TH_IMAGE_SOURCES
#define TH_IMAGE_SOURCES 0 /* the Makefile says of which sources this was made */
#endif

#define SLICE(type, member) {.kind = TH_FIELD_SLICE, .at = offsetof(type, member), .count_at = sizeof ((type *)NULL)->member / sizeof(th_slice)}
#define TEXT(type, member) {.kind = TH_FIELD_TEXT, .at = offsetof(type, member)}
#define INTERN(type, member) {.kind = TH_FIELD_INTERN, .at = offsetof(type, member)}
#define LIST(type, member, count, parts) \
	{.kind = TH_FIELD_LIST, .at = offsetof(type, member), .size = sizeof *((type *)NULL)->member, .count_at = offsetof(type, count), \
	 .count_size = sizeof ((type *)NULL)->count, .of = parts}
#define ONE(type, member, parts) {.kind = TH_FIELD_LIST, .at = offsetof(type, member), .size = sizeof *((type *)NULL)->member, .count_at = 1, .of = parts}
#define OWN(type, member) {.kind = TH_FIELD_OWN, .at = offsetof(type, member), .size = sizeof ((type *)NULL)->member}
#define GAP(type, front, back) \
	{.kind = TH_FIELD_OWN, .at = offsetof(type, front) + sizeof ((type *)NULL)->front, .size = offsetof(type, back) - offsetof(type, front) - sizeof ((type *)NULL)->front}
#define DECIMAL(type, member) \
	{.kind = TH_FIELD_OWN, .at = offsetof(type, member.exp) + sizeof ((type *)NULL)->member.exp, \
	 .size = sizeof(th_decimal) - offsetof(th_decimal, exp) - sizeof ((type *)NULL)->member.exp} /* the gap behind it */
#define END {.kind = TH_FIELD_END}

static const th_field gas_part[] = {GAP(th_gas_part, gas, percent), DECIMAL(th_gas_part, percent), END};
static const th_field gas[] = {
	SLICE(th_gas, name), SLICE(th_gas, name_zh), SLICE(th_gas, name_en), LIST(th_gas, part, parts, gas_part), SLICE(th_gas, source), DECIMAL(th_gas, gwp[0]), DECIMAL(th_gas, gwp[1]),
	DECIMAL(th_gas, gwp[2]), DECIMAL(th_gas, gwp[3]), DECIMAL(th_gas, gwp[4]), END,
};
static const th_field region[] = {SLICE(th_region, id), SLICE(th_region, name_zh), SLICE(th_region, name_en), END};
static const th_field activity[] = {
	SLICE(th_activity, id), SLICE(th_activity, name_zh), SLICE(th_activity, name_en), SLICE(th_activity, state), SLICE(th_activity, apart), END,
};
static const th_field energy[] = {
	SLICE(th_energy, activity), SLICE(th_energy, value_text), SLICE(th_energy, unit_text), SLICE(th_energy, source), SLICE(th_energy, table),
	SLICE(th_energy, note), END,
};
static const th_field conversion[] = {SLICE(th_conversion, value_text), SLICE(th_conversion, unit_text), SLICE(th_conversion, source), END};
static const th_field param[] = {SLICE(th_param, name), SLICE(th_param, text), END};
static const th_field factor[] = {
	SLICE(th_factor, id), SLICE(th_factor, gas_text), SLICE(th_factor, value_text), SLICE(th_factor, unit_text), SLICE(th_factor, name_zh),
	SLICE(th_factor, name_en), SLICE(th_factor, category), SLICE(th_factor, region_text), SLICE(th_factor, valid_from_text), SLICE(th_factor, valid_to_text),
	SLICE(th_factor, ncv_text), SLICE(th_factor, ncv_unit_text), SLICE(th_factor, carbon_content_text), SLICE(th_factor, carbon_content_unit_text),
	SLICE(th_factor, oxidation_text), SLICE(th_factor, distribution), SLICE(th_factor, source), SLICE(th_factor, table), SLICE(th_factor, url),
	SLICE(th_factor, note), SLICE(th_factor, activity_text), LIST(th_factor, param, params, param), LIST(th_factor, activity, activities, NULL),
	TEXT(th_factor, file), DECIMAL(th_factor, value), DECIMAL(th_factor, ncv), DECIMAL(th_factor, carbon_content), DECIMAL(th_factor, oxidation), DECIMAL(th_factor, low),
	DECIMAL(th_factor, high), END,
};
static const th_field rule[] = {SLICE(th_rule, factor_id), SLICE(th_rule, category), SLICE(th_rule, note_zh), SLICE(th_rule, note_en), END};
static const th_field profile[] = {
	SLICE(th_profile, id), SLICE(th_profile, name_zh), SLICE(th_profile, name_en), SLICE(th_profile, purpose_zh), SLICE(th_profile, purpose_en),
	SLICE(th_profile, document), SLICE(th_profile, url), LIST(th_profile, rule, rules, rule), SLICE(th_profile, total_zh), SLICE(th_profile, total_en), END,
};
static const th_field intensity[] = {
	SLICE(th_intensity, id), SLICE(th_intensity, fact), SLICE(th_intensity, fact_aliases), SLICE(th_intensity, unit_text), SLICE(th_intensity, unit_zh),
	SLICE(th_intensity, name_zh), SLICE(th_intensity, name_en), END,
};
static const th_field conflict[] = {
	SLICE(th_conflict, subject_zh), SLICE(th_conflict, subject_en), SLICE(th_conflict, reading_zh), SLICE(th_conflict, reading_en),
	LIST(th_conflict, factor, factors, NULL), END,
};
static const th_field slip[] = {SLICE(th_slip, id), SLICE(th_slip, name_zh), SLICE(th_slip, name_en), END};
static const th_field enthalpy[] = {
	SLICE(th_enthalpy_range, activity), SLICE(th_enthalpy_range, low_text), SLICE(th_enthalpy_range, high_text), SLICE(th_enthalpy_range, unit_text), END,
};
static const th_field row_word[] = {SLICE(th_row_word, key), END};
static const th_field around_word[] = {SLICE(th_around_word, front), SLICE(th_around_word, back), END};
static const th_field layout_word[] = {SLICE(th_layout_word, key), SLICE(th_layout_word, value), END};
static const th_field column_name[] = {SLICE(th_column_name, kind), SLICE(th_column_name, column), SLICE(th_column_name, text), END};
static const th_field columns[] = {INTERN(th_columns, key), LIST(th_columns, entry, key.count, column_name), OWN(th_columns, arena), OWN(th_columns, words),
	OWN(th_columns, beside), END};
static const th_field unit_row[] = {
	SLICE(th_unit_row, choices), SLICE(th_unit_row, note_zh), SLICE(th_unit_row, note_en), SLICE(th_unit_row, name), SLICE(th_unit_row, of),
	SLICE(th_unit_row, name_zh), TEXT(th_unit_row, file), END,
};
static const th_field units[] = {
	SLICE(th_units, base), INTERN(th_units, names), INTERN(th_units, folded), INTERN(th_units, dimensions), LIST(th_units, row_of, names.count, NULL),
	LIST(th_units, next_alike, names.count, NULL), LIST(th_units, first_alike, folded.count, NULL), LIST(th_units, row, rows, unit_row),
	INTERN(th_units, known), LIST(th_units, reading, known.count, NULL), OWN(th_units, arena), END,
};
static const th_field owner[] = {GAP(struct th_name_owner, number, line), END};
static const th_field index_parts[] = {
	INTERN(struct th_reference_index, activity.key), LIST(struct th_reference_index, activity.owner, activity.key.count, owner),
	INTERN(struct th_reference_index, gas.key), LIST(struct th_reference_index, gas.owner, gas.key.count, owner),
	INTERN(struct th_reference_index, region.key), LIST(struct th_reference_index, region.owner, region.key.count, owner),
	INTERN(struct th_reference_index, factor_id), LIST(struct th_reference_index, chain, factor_id.count, NULL),
	INTERN(struct th_reference_index, category), LIST(struct th_reference_index, serve_start, serve_starts, NULL),
	LIST(struct th_reference_index, serve, serves, NULL), LIST(struct th_reference_index, edge, edges, NULL),
	LIST(struct th_reference_index, shipped_start, serve_starts, NULL), LIST(struct th_reference_index, shipped, shippeds, NULL), END,
};

const th_field th_reference_parts[] = {
	ONE(th_reference, columns, columns), ONE(th_reference, units, units), LIST(th_reference, gas, gases, gas), LIST(th_reference, region, regions, region),
	LIST(th_reference, activity, activities, activity), LIST(th_reference, energy, energies, energy),
	LIST(th_reference, conversion, conversions, conversion), LIST(th_reference, factor, factors, factor), LIST(th_reference, profile, profiles, profile),
	LIST(th_reference, intensity, intensities, intensity), LIST(th_reference, conflict, conflicts, conflict),
	LIST(th_reference, plausible.slip, plausible.slips, slip), LIST(th_reference, plausible.enthalpy, plausible.enthalpies, enthalpy),
	LIST(th_reference, row_words.word, row_words.words, row_word), LIST(th_reference, activity_words.word, activity_words.words, around_word),
	LIST(th_reference, layout_words.word, layout_words.words, layout_word), SLICE(th_reference, set_id), SLICE(th_reference, set_version),
	ONE(th_reference, index, index_parts), OWN(th_reference, arena), END,
};
const th_field th_image_file_parts[] = {SLICE(th_image_file, name), END};
const char th_image_magic[16] = "tanhe image 1\n";

size_t th_field_count(const th_field *part, const char *object)
{
	uint32_t small;
	size_t large;
	if (part->count_size == sizeof small) {
		memcpy(&small, object + part->count_at, sizeof small);
		return small;
	}
	if (part->count_size == 0)
		return part->count_at;
	memcpy(&large, object + part->count_at, sizeof large);
	return large;
}

static uint64_t sum_parts(uint64_t sum, const th_field *part, int depth)
{
	for (; part->kind != TH_FIELD_END; part++) {
		const uint64_t said[] = {sum, part->kind, part->at, part->size, part->count_at, part->count_size};
		sum = th_hash_fixed(said, sizeof said);
		if (part->of && depth < 4)
			sum = sum_parts(sum, part->of, depth + 1);
	}
	return sum;
}

uint64_t th_image_made(void)
{
	const uint16_t order = 0x0102;
	unsigned char first;
	memcpy(&first, &order, 1);
	return sum_parts((uint64_t)TH_IMAGE_SOURCES ^ (uint64_t)first << 56 ^ (uint64_t)sizeof(void *) << 48, th_reference_parts, 0);
}

/* Two words, added as such: no overflow from one to the other. */
typedef uint64_t words __attribute__((vector_size(16)));
typedef struct lane { words sum, sums; } lane;

static inline lane add_words(lane l, const char *bytes)
{
	words now;
	memcpy(&now, bytes, sizeof now);
	l.sum += now;
	l.sums += l.sum;
	return l;
}

/* Fletcher's: the sum of all words and the sum of these sums, in lanes, so that none waits for another. One word that is changed changes its sum whatever
 * else is as it was, words that have changed places the sum of sums. It is as fast as memory. */
uint64_t th_image_sum(const char *start, size_t len)
{
	th_image_head head;
	memcpy(&head, start, sizeof head);
	head.sum = 0;
	lane a = {{0}, {0}}, b = a, c = a, d = a;
	size_t at = TH_IMAGE_BEHIND;
	for (; at + 64 <= len; at += 64) {
		a = add_words(a, start + at);
		b = add_words(b, start + at + 16);
		c = add_words(c, start + at + 32);
		d = add_words(d, start + at + 48);
	}
	const lane all[] = {a, b, c, d};
	const uint64_t sum[] = {len, th_hash_fixed(&head, sizeof head), th_hash_fixed(all, sizeof all), th_hash_fixed(start + at, len - at)};
	return th_hash_fixed(sum, sizeof sum);
}

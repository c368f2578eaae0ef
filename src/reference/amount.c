/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers whose unit may stand in three places: behind the number, in the unit's column of the row, in brackets in the header. */
#include "reference/loader.h"

/* Both are units of one thing: a year's rate beside an amount, and a mass that names CO2e beside one that does not, are. */
static bool is_kin(const th_units *units, const th_unit *a, const th_unit *b)
{
	static const char *const apart[] = {"1", "a", "1/a"}, *const tags[] = {"1", "CO2e", "CO2", "1/CO2e", "1/CO2"};
	if (th_unit_same_dimension(a, b))
		return true;
	for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
		for (size_t k = 0; k < sizeof tags / sizeof *tags; k++) {
			th_unit like = *a, rate, tag;
			th_slice at;
			if (th_unit_parse(units, th_slice_of(apart[i]), &rate, &at) != TH_UNIT_OK || th_unit_parse(units, th_slice_of(tags[k]), &tag, &at) != TH_UNIT_OK)
				continue;
			th_unit_mul(&like, &rate);
			th_unit_mul(&like, &tag);
			if (like.num && th_unit_same_dimension(&like, b))
				return true;
		}
	return false;
}

bool th_loader_agrees(th_loader *l, const th_units *units, size_t column, th_slice unit, th_slice other)
{
	th_unit counts, beside;
	th_slice at;
	if (other.len == 0 || th_unit_parse(units, unit, &counts, &at) != TH_UNIT_OK || th_unit_parse(units, other, &beside, &at) != TH_UNIT_OK)
		return true;
	const char *found = th_loader_text(l, other), *taken = th_loader_text(l, unit);
	if (!is_kin(units, &counts, &beside)) {
		TH_FAIL(l, column, TH_UNIT_CONTRADICTS, found, taken, NULL);
		return false;
	}
	bool told = l->told >> column & 1;
	if (!told && (counts.num != beside.num || counts.den != beside.den || counts.exp != beside.exp)) {
		TH_FAIL(l, column, TH_UNIT_OTHER_SIZE, found, taken, NULL);
		l->told |= (uint32_t)1 << column;
	}
	return true;
}

bool th_loader_amount(th_loader *l, const th_units *units, size_t column, size_t unit_column, th_cell_amount *out)
{
	th_slice behind, cell = th_loader_cell(l, column), front = th_slice_front(cell, "+-.,0123456789", &behind), header = th_loader_header_unit(l, column), at;
	th_slice row = unit_column < l->count ? th_loader_cell(l, unit_column) : (th_slice){"", 0};
	th_unit unit;
	unsigned notes;
	*out = (th_cell_amount){.column = column};
	th_number kind = front.len && behind.len && th_unit_parse(units, behind, &unit, &at) == TH_UNIT_OK
	                     ? th_number_in(front, th_rows_delimiter(l->rows), &out->number, &notes)
	                     : TH_NUM_EMPTY;
	if (th_loader_taken(l, column, kind)) {
		out->given = true;
		out->unit = behind;
	} else if (th_number_has_comma(kind)) {
		th_loader_no_number(l, column, front, kind);
		return false;
	} else if (!th_loader_number(l, column, &out->given, &out->number)) {
		return false;
	}
	if (out->unit.len == 0 && row.len) {
		out->unit = row;
		out->column = unit_column;
	} else if (out->unit.len == 0) {
		out->unit = header;
		out->in_header = header.len > 0;
	}
	return !out->given || (th_loader_agrees(l, units, column, out->unit, row) && th_loader_agrees(l, units, column, out->unit, header));
}

bool th_loader_amount_as(th_loader *l, const th_units *units, size_t column, const th_cell_amount *amount, const char *const *like,
                         const char *expected, bool *given, th_decimal *out)
{
	th_unit unit, wanted;
	th_slice at;
	*given = amount->given;
	*out = amount->number;
	if (!amount->given || amount->unit.len == 0)
		return true;
	bool read = th_unit_parse(units, amount->unit, &unit, &at) == TH_UNIT_OK;
	for (; read && *like; like++)
		if (th_unit_parse(units, th_slice_of(*like), &wanted, &at) == TH_UNIT_OK && th_unit_same_dimension(&unit, &wanted)) {
			if (th_unit_count(amount->number, &unit, &wanted, out))
				return true;
			TH_FAIL(l, column, TH_NUMBER_TOO_LARGE, th_loader_text(l, th_loader_cell(l, column)), NULL);
			*given = false;
			return false;
		}
	TH_FAIL(l, column, TH_AMOUNT_UNIT, th_loader_text(l, amount->unit), expected, th_loader_called(l, column), NULL);
	*given = false;
	return false;
}

bool th_loader_amount_in(th_loader *l, const th_units *units, size_t column, const char *const *like, const char *expected, bool *given,
                         th_decimal *out)
{
	th_cell_amount amount;
	*given = false;
	return th_loader_amount(l, units, column, l->count, &amount) && th_loader_amount_as(l, units, column, &amount, like, expected, given, out);
}

bool th_loader_emissions(th_loader *l, const th_units *units, size_t column, size_t unit_column, bool below_zero, th_mass *out)
{
	th_cell_amount amount;
	th_unit unit, kilogram;
	if (!th_loader_filled(l, column) || !th_loader_amount(l, units, column, unit_column, &amount))
		return false;
	if (!amount.given)
		TH_FAIL(l, column, TH_CELL_EMPTY, th_loader_called(l, column), NULL);
	else if (amount.number.mant < 0 && !below_zero)
		TH_FAIL(l, column, TH_CELL_BELOW_ZERO, th_loader_called(l, column), th_loader_text(l, th_loader_cell(l, column)), TH_NOT_BELOW_ZERO, NULL);
	else if (amount.unit.len == 0)
		TH_FAIL(l, unit_column, TH_CELL_UNIT_EMPTY, "\xFF" "t CO2e" "\xFE" "吨二氧化碳当量" "\xFD", NULL);
	else
		return th_loader_mass_unit_of(l, units, amount.column, amount.unit, "", &unit, &kilogram) &&
		       th_loader_mass(l, column, amount.number, &unit, &kilogram, out);
	return false;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A program that uses libtanhe: the emissions of a case, year by year, and which requirements of the scheme it meets.
 *
 *     cc -o embed embed.c $(pkg-config --cflags --libs tanhe)
 *     ./embed /usr/local/share/tanhe CASE
 *
 * Everything is read from the objects; no JSON is parsed. What it prints for examples/region is in embed.txt. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <tanhe/tanhe.h>

static void print_slice(const char *label, th_slice text)
{
	printf("%s%.*s\n", label, (int)text.len, text.ptr);
}

static void print_totals(const th_account *account)
{
	const int *year;
	size_t years = th_account_years(account, &year);
	th_amount amount;
	print_slice("profile ", th_account_profile(account));
	if (th_account_total(account, TH_TOTAL_GROSS, 0, &amount))
		printf("total   %.2f t CO2e, to the last digit %s\n", amount.kg / 1000, amount.tonnes);
	for (size_t i = 0; i < years; i++)
		if (th_account_total(account, TH_TOTAL_GROSS, year[i], &amount))
			printf("%d    %.2f t CO2e\n", year[i], amount.kg / 1000);
		else
			printf("%d    a line reaches over the ends of this year\n", year[i]);
}

static void print_number(const char *before, double number)
{
	if (isnan(number))
		printf("%s?", before);
	else
		printf("%s%g", before, number);
}

static void print_limit(const th_limit_row *limit)
{
	print_number("               ", limit->observed);
	printf(" %s", limit->compare);
	print_number(" ", limit->required);
	print_slice(limit->unit.len ? " " : "", limit->unit);
}

static void print_requirements(const th_assessment *assessment)
{
	static const char *const verdict[] = {"eligible", "not eligible", "undetermined", "for experts"};
	static const char *const status[] = {"met", "not met", "undetermined", "for experts", "not applicable"};
	th_requirement_row row;
	th_limit_row limit;
	th_slice id;
	printf("verdict %s%s\n", verdict[th_assessment_verdict(assessment)], th_assessment_illustrative(assessment) ? ", with made-up parameters" : "");
	for (size_t i = 0; th_assessment_requirement(assessment, i, TH_LANG_EN, &row); i++) {
		printf("%-14s %.*s %.*s\n", status[row.status], (int)row.id.len, row.id.ptr, (int)row.title.len, row.title.ptr);
		for (size_t k = 0; th_assessment_limit(assessment, i, k, TH_LANG_EN, &limit); k++)
			print_limit(&limit);
		for (size_t k = 0; th_assessment_missing(assessment, i, k, &id); k++)
			print_slice("               missing: ", id);
	}
}

/* A case may bring factors of its own, which the reference must know before it is used. */
static th_status add_own_factors(th_reference *reference, const char *folder, th_diags *diags)
{
	char path[4096];
	int n = snprintf(path, sizeof path, "%s/factors.csv", folder);
	FILE *file = n > 0 && (size_t)n < sizeof path ? fopen(path, "r") : NULL;
	if (!file)
		return TH_OK;
	fclose(file);
	return th_reference_add_factors(reference, path, diags);
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: %s DATA CASE\n", argv[0]);
		return TH_USAGE;
	}
	th_reference *reference = NULL;
	th_assessment *assessment = NULL;
	th_diags *diags = th_diags_new();
	if (!diags)
		return TH_SYSTEM;
	th_check_options options = {.folder = argv[2]};
	th_status status = th_reference_open(argv[1], diags, &reference);
	if (status == TH_OK)
		status = add_own_factors(reference, options.folder, diags);
	if (status == TH_OK)
		status = th_check_run(reference, argv[1], &options, diags, &assessment);
	char *text = NULL;
	if (th_diags_count(diags) > 0 && th_diags_text(diags, TH_LANG_EN, 0, &text) == TH_OK)
		fputs(text, stderr);
	free(text);
	if (status == TH_OK) {
		const th_account *account = th_assessment_account(assessment);
		if (account)
			print_totals(account);
		print_requirements(assessment);
	}
	th_assessment_free(assessment);
	th_reference_free(reference);
	th_diags_free(diags);
	return (int)status;
}

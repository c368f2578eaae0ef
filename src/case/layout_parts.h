/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_CASE_LAYOUT_PARTS_H
#define TH_CASE_LAYOUT_PARTS_H

/* What the files of the layouts share. They call each other one way: layout.c opens; blocks.. head, columns, rows, controls, and text below all. */

#include "base/hash.h"
#include "base/period.h"
#include "case/layout.h"

enum { TH_HEAD_ROWS = 3, TH_PATH_PARTS = 8, TH_FIELDS_MOST = 32 }; /* of a kind of file; a bit of a word each */

/* --- times (layout_time.c) --- */

typedef struct th_span {
	int32_t from, to;
} th_span;

/* A time, maybe not all of it: a month, quarter or half without its year. */
/* 12.26-1.25, month and day of both ends as 1226 and 125; a year where the first end has one. from == 0: none. */
typedef struct th_days {
	int from, to, year;
} th_days;

typedef struct th_when {
	bool whole;        /* from and to are known */
	bool bounds;       /* both are written, though they are the first day of one month: it is that day and not the month */
	int32_t from, to;
	int sub;           /* without a year: 1 ... 12 months, 13 ... 16 quarters, 17 18 halves, 104 January to April; 0: nothing */
	bool running;      /* 二季度累计: its own sum, or that since January */
	bool open;         /* 截至2023年6月, 2023年6月起: one end of a time, and nothing says the other */
	bool several;      /* 2022年、2023年: from the first of them to the last, */
	th_span each[2];   /* and the first two */
	th_days days;      /* of a row that has no more than them; the rest says of what year */
} th_when;

enum { TH_WHEN_ALL_MONTHS = 112 };                         /* of th_when.sub: January to December */
int th_when_last_month(const th_when *when);                /* of a part without a year: 6 of 上半年 */
int th_when_year(const th_when *when);                      /* the year that it is, as a whole; 0 */
th_when th_when_of_year(int year);
/* What a text says as a whole: 2023-01, 1月, 第一季度, 2023年. False: no time. */
bool th_when_read(const th_layout_words *words, th_slice text, th_when *out);
th_when th_when_of_period(th_slice text, const th_period *period);
/* A month, quarter or half without its year, as in `sub`; 0: none. */
int th_when_part(const th_layout_words *words, th_slice text);
/* Both together: a month and a year, or the one that is known, the first before the second. */
th_when th_when_join(const th_when *first, const th_when *second);
bool th_when_same(const th_when *a, const th_when *b);
void th_when_put(const th_when *when, th_buf *out);         /* 2023, 2023-01, 2023Q1, 2023H1, 2023-01-05/2023-02-04 */

/* --- times within a text (layout_found.c) --- */

/* The first time with a year somewhere in a text that may be that of a table, with what is said along with it: 2022年、2023年, 2023年（截至11月）. The
 * day of a signature and the year of a form are none. */
bool th_when_find(th_slice text, th_when *out);
/* 填表日期, 审核日期：, a cell alone: what stands right of it is such a day. */
bool th_when_is_stamp_name(th_slice name, const th_when *when);
/* 截至11月, without a year: up to there, where *when is its year; false: nothing of that. */
bool th_when_up_to(th_slice text, th_when *when);
/* What a sheet's or a file's name says: 23.1, 2023年1月用电, 1月. False: no time. */
bool th_when_named(const th_layout_words *words, th_slice name, th_when *out);

/* --- texts (layout_text.c) --- */

size_t th_blank_at(th_slice text, size_t at);               /* how long the blank is that stands there; 0: none */
th_slice th_without_ordinal(th_slice text);                 /* 一、 （二） 1. 2） */
/* A text without a unit behind it, in brackets or behind a stroke; *unit is empty where there is none. */
th_slice th_split_unit(const th_units *units, th_slice text, th_slice *unit);
bool th_split_last(const th_units *units, th_slice text, th_slice *name, th_slice *unit); /* 用电量（实际）（kWh） */
bool th_unit_is_money(const th_units *units, th_slice unit);
bool th_is_number(th_slice text, char delimiter, th_decimal *out);
bool th_is_hole(th_slice text);                             /* empty, or a mark for missing */
bool th_lay_is_footer(const th_layout *l, th_slice text);
bool th_lay_has_colon(th_slice text);
size_t th_lay_filled(const th_layout *l, size_t row);        /* how many of its cells are */
/* The table is of another time than its sheet's name says. */
void th_lay_other_time(th_layout *l, const th_when *when, size_t row, size_t column);

/* --- the job --- */

/* A mean with a number, and what it is of. */
typedef struct th_mean {
	th_slice name, activity; /* as it stands; empty: it does not say */
	uint32_t row, column;
} th_mean;

/* A column of the long table. */
typedef struct th_long_field {
	const char *name, *zh; /* in columns.csv, and in the Chinese long table */
	bool always;           /* stands even when empty */
	bool text;             /* may be merged, so blank cells under a filled one are filled down */
	bool number;           /* in a table with a row for each of its things: controls look at it */
	bool beside;           /* read where the table is, to be compared; no part of the long table that is written */
} th_long_field;

typedef struct th_long_cell {
	th_slice text;
	uint32_t row, column;  /* of the grid */
} th_long_cell;

typedef struct th_long_row {
	th_long_cell *cell;    /* one for each field */
	uint32_t row, column;  /* its quantity, or its first cell */
	int32_t from, to;      /* of an inventory: its time; from > to: not known */
	bool running;          /* 二季度累计 */
	th_slice base, place;  /* its site: what the row says, and what the name of its column or its own does */
	bool whole;            /* said to be all of its thing: 总用电量 */
} th_long_row;

/* A sum since January, and the line of which it is the sum. */
typedef struct th_since {
	size_t line;           /* in the long table; SIZE_MAX: none, it has no quantity of its own */
	uint32_t row, column;
	bool open;             /* it does not say that it starts in January */
} th_since;

/* One end of a period in a column of its own. */
typedef enum th_when_end {
	TH_END_NONE, TH_END_FROM, TH_END_TO,
	TH_END_AFTER,    /* the day of the reading before: the period starts with the next */
	TH_END_READ      /* that of a reading: the last day, where another column says the first */
} th_when_end;

typedef enum th_part_kind { TH_PART_EMPTY, TH_PART_FIELD, TH_PART_WHEN, TH_PART_WORD, TH_PART_ACTIVITY, TH_PART_UNKNOWN } th_part_kind;

/* One cell of a header, or a piece of one. */
typedef struct th_part {
	th_part_kind kind;
	th_slice text, name, unit; /* squeezed; without its unit; its unit */
	int field;                 /* TH_PART_FIELD: in fields[], -1: known and not read */
	bool time_part;            /* the field is a part of the period: 月, */
	th_when_end bound;         /* or one end of it */
	th_layout_kind word;
	th_when when;
	th_slice site;             /* that stands before the name: 一厂用电量 */
	uint64_t said;             /* by words before it, a bit for each kind: 计划, 实际, 总 */
	bool yearly;               /* the word for this period is one for the year: 本年 */
	th_slice like;             /* TH_PART_UNKNOWN with a unit: the activity in which the name ends */
} th_part;

static inline bool th_part_says(const th_part *part, th_layout_kind word)
{
	return (part->kind == TH_PART_WORD && part->word == word) || (part->said >> word & 1);
}

typedef enum th_role {
	TH_ROLE_NONE,      /* no header, no cell of the data */
	TH_ROLE_FIELD, TH_ROLE_QUANTITY,
	TH_ROLE_CONTROL,   /* sums other columns */
	TH_ROLE_RUNNING,   /* a sum since January */
	TH_ROLE_ASIDE,     /* known, not read */
	TH_ROLE_VARIANT,   /* says in each row whether it is 本月 or 累计, 计划 or 实际 */
	TH_ROLE_COEFFICIENT, TH_ROLE_OPENING, TH_ROLE_PURCHASE, TH_ROLE_CLOSING, TH_ROLE_MATERIAL,
	TH_ROLE_UNKNOWN
} th_role;
const char *th_role_name(th_role role);                     /* as a layout file has it */

/* A quantity whose time holds that of another column: 一季度 beside its months. */
typedef enum th_span_kind {
	TH_SPAN_NONE, TH_SPAN_SUM,
	TH_SPAN_LONGEST,   /* 1-6月 beside 1-3月: counts in place of the shorter */
	TH_SPAN_SINCE,     /* 1-6月 beside 6月 */
	TH_SPAN_RUNNING, TH_SPAN_UNCLEAR
} th_span_kind;

typedef struct th_layout_column {
	th_role role;
	th_span_kind span;
	th_slice name;         /* of its header: the path, `;` between */
	int field;
	bool time_part;
	th_when_end bound;
	th_when when;
	th_slice activity, unit, site;
	size_t group;          /* 1 + column where its group begins; 0: none */
	th_slice above;        /* a word over it that is not known */
	th_slice part;         /* 其中：光伏: what it is a part of another column by */
	th_slice like;         /* the activity in which its name ends, when it is not known itself */
	bool average, subtotal;
	bool mean;             /* 日均用电量: not read, but no use is told by it */
	int years;             /* of how many an average is: 三年平均; 0: not said */
	bool whole;            /* said to be all of something: 总用电量, 全厂用电量 */
	bool aggregate;        /* of all energy, in standard coal */
	bool of_year;          /* 全年: a sum that is called one of the year */
	bool yearly;           /* of this year, which in a table of a month is since January */
	bool total;            /* of a sum since January: it sums those beside it */
	bool open;             /* 累计, which may have started before January; 本年累计 has not */
	bool numbers, words;   /* its cells in the data */
	bool charge;           /* what an equipment holds, in numbers */
	bool forced;           /* by a layout file */
	bool told_unit;        /* that the unit of its header does not count */
	bool told_span;        /* that nobody knows when its sums start */
	bool tells, told;      /* which rows are not read; that it does not say so of one */
	bool wholes;           /* 总 stands in it, of which 峰 and 谷 are parts */
	bool blank_counts, purchase_counts; /* of such a column: rows where it is blank, and those of 购进 */
	unsigned char said;    /* of the row that is looked at (layout_variant.c) */
} th_layout_column;

/* What is known from above a table. */
typedef struct th_known_cell {
	th_slice text;
	uint32_t row, column;
	bool given;
} th_known_cell;

/* The unit that stood behind the number of a cell. */
typedef struct th_amount_unit {
	th_slice unit;
	uint32_t row, column;
} th_amount_unit;

/* 全年 that is the sum of sums from one start, where it stands and the last of them does, and how many they are. */
typedef struct th_odd_year {
	size_t row, column, last_row, last_column, sums;
} th_odd_year;

typedef struct th_block {
	size_t title, head, heads, data, end; /* rows of the grid: where titles begin; the header's first and how many; data up to `end` */
	th_layout_column *column;
	size_t columns;
	th_known_cell set[TH_FIELDS_MOST];
	th_known_cell plan;    /* the title that calls it a plan or another year: it is not read */
	th_known_cell mean, since, stored, bought; /* the titles that say 月均, 累计, 入库, 采购 */
	bool target;           /* by a word of targets, whose tables are read elsewhere */
	th_when when;          /* of title, captions or the sheet's name */
	th_when part;          /* a month of the sheet's name, of which nothing above the table has the year */
	th_when named;         /* what the sheet's name says, all or a part; no line within it is a mistake */
	bool met;              /* a line is within it */
	bool half_bound;       /* it was told that a column has one end of a period alone */
	size_t when_row, when_column;
	bool long_rows;        /* a row is a line, with its own quantity column and period */
	th_amount_unit *amount; /* by row and column (layout_amount.c) */
	size_t amounts;
	bool spans;            /* columns have times within those of others */
	size_t years, odd_years; /* numbers of 全年 beside sums from one start, and how many are: */
	th_odd_year odd_year;
	unsigned char *sum;    /* by cell of the data: sums others, or is in a sum that counts; NULL: none does (layout_spans.c) */
	size_t lines, first_line, first_since, sums; /* of the long table */
	size_t skipped_row;    /* 1 + the last of the lines left out afterwards */
	size_t filled, skipped_rows, control_rows, part_rows, footers, compared;
	th_buf skipped;        /* their names */
	bool skipped_numbers;  /* a row that is not read has a number where quantities stand */
} th_block;

enum { TH_SUM_ACROSS = 1, TH_SUM_DOWN = 2 };

/* Is a cell of the data a sum over times, across its row or down its column? */
static inline bool th_lay_is_sum(const th_block *b, size_t row, size_t column, bool down)
{
	return b->sum && (b->sum[(row - b->data) * b->columns + column] & (down ? TH_SUM_DOWN : TH_SUM_ACROSS));
}

struct th_layout {
	th_arena arena;
	const th_reference *reference;
	const char *kind, *path;
	const th_long_field *field;
	size_t fields;
	int f_period, f_site, f_activity, f_quantity, f_unit; /* in field[]; -1: the kind has none */
	bool used[TH_FIELDS_MOST];
	const th_grid *grid;
	th_layout_options options;
	th_diags *diags;
	th_status status;      /* the worst so far */
	th_block *block;
	size_t blocks;
	th_long_row *row;
	size_t rows;
	th_since *since;
	size_t sinces;
	th_mean *mean;
	size_t means;
	const char *file;      /* the layout file that was followed */
	char file_sha256[65];
	/* forced by it */
	struct th_layout_rules *rules;
	struct th_heard *heard; /* while it is recognised */
	/* reading */
	size_t at;
	th_record header, record;
	th_slice *cell;
};

typedef struct th_forced_column {
	th_slice name, what;
} th_forced_column;

/* A layout file as read. */
typedef struct th_layout_rules {
	size_t head_first, head_last, data_first, data_last; /* lines; 0: as recognised */
	int year;
	bool no_fill;
	th_forced_column *column;
	size_t columns;
	th_known_cell set[TH_FIELDS_MOST];
	size_t *skip;          /* lines */
	size_t skips;
} th_layout_rules;

th_slice th_lay_text(const th_layout *l, size_t row, size_t column);  /* as it counts: that of a merged range under all of it */
th_slice th_lay_text_from(const th_layout *l, size_t row, size_t column, size_t *from); /* and in which column it stands */
/* A cell without the blanks and line breaks inside its words, full-width digits as plain ones; between Latin letters and digits one stays. */
th_slice th_lay_squeezed(th_layout *l, th_slice text);
th_slice th_lay_glued(th_layout *l, th_slice a, const char *between, th_slice b); /* "" without memory, which is told */
bool th_lay_worse(th_layout *l, th_status status);                    /* true unless memory ran out */
const char *th_lay_z(th_layout *l, th_slice text);                    /* with a NUL behind it, maybe cut; "" without memory */
#define TH_LAY_FAIL(l, row, column, code, ...) \
	th_lay_worse((l), th_report((l)->diags, (code), th_grid_place((l)->grid, (row), (column), NULL), __VA_ARGS__, (char *)NULL))

bool th_lay_is_generated(const th_layout *l, th_slice name);           /* 自发电量, 光伏发电量: whether it was used here nobody says */
/* The column of a name; -1: its kind has none (layout_text.c). */
int th_lay_field(const th_layout *l, const char *name);

/* --- layout_heard.c --- */

typedef struct th_heard th_heard;
th_heard *th_heard_new(void);                                         /* NULL without memory */
void th_heard_free(th_heard *heard);
const th_layout_word *th_lay_word(const th_layout *l, th_layout_kind kind, th_slice text); /* th_layout_word_in, looked up once a text */
bool th_lay_when(const th_layout *l, th_slice text, th_when *out);                         /* th_when_read, the same */
uint32_t th_lay_activity(const th_layout *l, th_slice name);          /* with the words of offices around it; TH_NONE */

/* --- layout_kind.c --- */

bool th_lay_kind(th_layout *l, const char *kind);                     /* its columns; false: there is no such kind */
const char *th_lay_guess(th_layout *l);                               /* the kind whose columns the first rows have most of */

/* --- layout_cell.c --- */

th_part th_lay_part(th_layout *l, th_slice text);
/* A name and the unit behind it; but what is an activity as it stands is whole, as 货运（18t）: without its tonnes it is another one. */
th_slice th_lay_split(const th_layout *l, th_slice text, th_slice *unit);
bool th_lay_is_place(const th_layout *l, th_slice name);               /* the name of a site, by its end: 一厂, 3号楼, 甲公司 */
bool th_lay_is_whole_use(const th_layout *l, th_slice text);            /* 总用电, 全厂用电量 */
th_slice th_lay_activity_behind(const th_layout *l, th_slice name);     /* the longest known one that it ends with or is; empty: none */
bool th_lay_is_either(const th_layout *l, const th_part *part);       /* a column of periods, or this period's quantities: 报告期 */
bool th_lay_is_bare(th_layout *l, th_slice name);                     /* an activity without a word before it or in brackets behind */

/* --- layout_bare.c --- */

bool th_lay_is_bare_time(const th_layout *l, th_slice text);           /* a number that may be a time: 2023, 202305, 2023.1 */
bool th_lay_heads_times(th_layout *l, size_t row);                    /* are the numbers of a row times over columns, and not quantities? */
/* A cell of a row that may be a header's: such a number is unknown unless `times`. */
th_part th_lay_head_part(th_layout *l, size_t row, size_t column, bool times);

/* --- layout_head.c --- */

bool th_lay_is_marker(const th_layout *l, size_t row);
/* How much a row looks like a header: above 0; *known of its cells are. */
double th_lay_score(th_layout *l, size_t row, size_t *known);
/* Find the header of the table that begins in row `from`; false, and reported, when there is none. */
TH_MUST_USE bool th_lay_head(th_layout *l, th_block *b, size_t from);

/* --- layout_above.c --- */

void th_lay_titles(th_layout *l, th_block *b, size_t from);

/* --- layout_column.c --- */

/* What one column is, by its header and its cells. */
void th_lay_column(th_layout *l, const th_block *b, size_t column, th_layout_column *c);
bool th_lay_is_actual(th_layout *l, const th_block *b, size_t column);  /* 本月实际, 本期 stand over it */

size_t th_lay_count_role(const th_block *b, th_role role);
size_t th_lay_field_column(const th_block *b, int field);               /* the first of a field; b->columns: none */
bool th_lay_has_like(const th_block *b);                                /* is one unknown, but for the activity in which its name ends? */
bool th_lay_is_candidate(const th_layout_column *c);                    /* numbers that may be quantities */
/* An error that names the columns which `takes` takes. */
void th_lay_fail_names(th_layout *l, const th_block *b, th_code code, bool (*takes)(const th_layout_column *));

/* --- layout_quantity.c --- */

void th_lay_settle_since(th_layout *l, th_block *b);
void th_lay_settle_yearly(th_layout *l, th_block *b);
void th_lay_choose_quantity(th_layout *l, th_block *b);
void th_lay_settle_controls(th_block *b);

/* --- layout_twins.c --- */

void th_lay_twins(th_layout *l, th_block *b);                           /* columns of one use; reported, unless 实际 tells which counts */
/* Lines of one use, whatever column or row they are from: in two units, steam by mass and its heat. Reported. */
TH_MUST_USE bool th_lay_twin_lines(th_layout *l, th_block *b);

/* --- layout_columns.c --- */

TH_MUST_USE bool th_lay_columns(th_layout *l, th_block *b);

/* --- layout_across.c --- */

void th_lay_sites(const th_layout *l, th_block *b);    /* columns of numbers under the names of sites, where no other is a quantity */
bool th_lay_title_activity(th_layout *l, th_block *b); /* what the title or the sheet's name says was used, set for all lines; false: none, or two */

/* --- layout_bound.c --- */

/* Columns of one end of a period: both are one, beside a period neither is read. Reported: one end alone, where nothing else says of which month the rows are. */
void th_lay_bounds(th_layout *l, th_block *b, bool tell);

/* --- layout_plan.c --- */

void th_lay_see_plan(th_layout *l, th_block *b, th_slice title, size_t row, size_t column); /* a title of the block */
bool th_lay_is_plan(th_layout *l, th_block *b);        /* so it is called, and its header does not tell plans from what was used */
void th_lay_tell_plans(th_layout *l);                  /* an error where no other table is there */

/* --- layout_title.c --- */

void th_lay_see_mean(th_layout *l, th_block *b, th_slice title, size_t row, size_t column); /* a title of the block, or the name of its sheet */
bool th_lay_tell_mean(th_layout *l, const th_block *b);        /* an error where it says 月均, 单位面积; false: it was told */
void th_lay_tell_stored(th_layout *l, const th_block *b);      /* an error where it says 入库, 库存, a caveat where 采购, and nothing below what was used */
/* An error where the title says 累计, nothing below does, and the amounts of several times never fall. */
TH_MUST_USE bool th_lay_title_sums(th_layout *l, const th_block *b, const unsigned char *sort);

/* --- layout_mean.c --- */

TH_MUST_USE bool th_lay_mean_columns(th_layout *l, const th_block *b); /* note those of a block */
/* An error for each that was noted of a thing of which no line says how much was used, once a name. */
void th_lay_tell_means(th_layout *l);

/* --- layout_variant.c --- */

/* Find the columns that say of each row whether it is 计划 or 实际, 购进 or 消费. Reported: one that leaves no row, 本年 in a table of a month. */
void th_lay_variants(th_layout *l, th_block *b);

/* --- layout_amount.c --- */

/* 1000度, 1,200 kWh: a number and behind it a unit. */
bool th_lay_amount(const th_layout *l, th_slice text, th_slice *number, th_slice *unit);
/* Do two units mean the same, as 度 and kWh? */
bool th_lay_same_unit(const th_layout *l, th_slice a, th_slice b);
bool th_lay_is_lines(const th_layout *l, const th_block *b); /* a row is a line, with its own period, activity and quantity */
/* Set the numbers of a table that is not long apart from the units behind them. Reported: a sum in another unit than what it sums. */
TH_MUST_USE bool th_lay_amounts(th_layout *l, th_block *b);
th_slice th_lay_amount_unit(const th_block *b, size_t row, size_t column); /* that stood behind a number; empty: none */
/* The unit behind a quantity is its line's where no other is; reported: when it is another. */
void th_lay_put_amount_unit(th_layout *l, const th_block *b, size_t row, size_t column, th_long_cell *unit);

typedef enum th_row_sort {
	TH_SORT_LINE, TH_SORT_TOTAL, TH_SORT_RUNNING, TH_SORT_PART, TH_SORT_ASIDE, TH_SORT_FOOTER, TH_SORT_MARKER, TH_SORT_HEADING, TH_SORT_EMPTY
} th_row_sort;

/* A sum in 1e-9 of its unit; lost: a number does not fit. */
typedef struct th_sum {
	th_mass sum;
	size_t count;
	bool lost;
} th_sum;

static inline void th_sum_add(th_sum *sum, bool counts, th_mass value)
{
	if (counts) {
		sum->lost |= !th_mass_add(&sum->sum, value);
		sum->count++;
	}
}

enum { TH_TIMES_KEPT = 16 };

/* What the rows of a block are read with, one after the other. */
typedef struct th_walk {
	th_layout *l;
	th_block *b;
	unsigned char *sort;
	th_slice *held;         /* by column: what counts in the row, filled down where it was blank */
	size_t *held_row;
	bool *own;              /* it stands in the row itself */
	th_sum *since, *above;  /* of the lines since the last total, and of all so far */
	bool since_rows;        /* its rows are sums since January, so that 全年 is one of them */
	bool labelled;          /* a line so far has a word beside its numbers */
	size_t label;           /* the column that names a row; b->columns: none */
	bool makes;             /* the table speaks of what is made */
	bool in_footer, in_part, has_factor;
	size_t whole_indent;    /* of the row that parts below it are of */
	size_t whole_row;       /* 1 + that row */
	size_t total;           /* 1 + the column in which the last row of totals says that it is one, of what stands in its own label */
	size_t parts_end;       /* 1 + the last of the rows that its numbers show to be parts */
	th_slice heading;       /* the activity of a heading row */
	size_t heading_row;
	size_t filled_row, filled_column; /* the first that was */
	size_t unknown_row;     /* 1 + the last that was told */
	size_t aggregate_row;   /* 1 + the first that is of all energy and was not read */
	bool asked_year, asked_period, asked_unit;
	struct th_first_time {
		th_when when;
		size_t row, column;
	} first;                /* the time of the first line */
	struct th_put_time {
		th_when when;
		th_slice text;
	} put[TH_TIMES_KEPT];   /* times as the long table has them */
} th_walk;

/* --- layout_text.c --- */

th_slice th_walk_text(const th_walk *w, size_t row, size_t column);          /* squeezed */
bool th_walk_counts(const th_walk *w, size_t row);                           /* a number stands in a column of quantities or sums */

/* --- layout_sort.c: what a row is --- */

th_slice th_walk_first(const th_walk *w, size_t row);                        /* the first that is not empty */
const th_layout_word *th_walk_word(const th_walk *w, th_layout_kind kind, th_slice text);
th_row_sort th_walk_sort(th_walk *w, size_t row);
bool th_walk_nameless(const th_walk *w, size_t row);                         /* numbers, and no word where the lines above have one */
void th_walk_sum(th_walk *w, size_t row);                                    /* a line, for the rows below that may sum it */

/* --- layout_year.c --- */

/* 全年 beside sums since January, and a year's total with nothing of that year beside it, are quantities. */
void th_lay_year_columns(const th_layout *l, th_block *b);
bool th_lay_is_all_year(const th_layout *l, th_slice text);            /* 全年, 年度合计 */
void th_walk_see_year(th_walk *w);                              /* the same of the rows of a block, before the first is sorted */
bool th_walk_is_year(const th_walk *w, size_t row);             /* a line of all the year */

/* --- layout_variant.c: rows of several kinds --- */

bool th_walk_aside(th_walk *w, size_t row);          /* is it of a kind that is not read; asked of each row with numbers, from the top */
void th_walk_see_variant(th_walk *w, size_t row);    /* of a line, after that: nothing or another word in such a column is an error, once */

/* --- layout_measures.c, of a row --- */

bool th_walk_other_domain(const th_walk *w, size_t row, size_t column); /* is it a blank group beside a domain that is not that of the rows above */

/* --- layout_mean.c, of a row --- */

void th_walk_mean(th_walk *w, size_t row, th_slice name, th_slice activity); /* note a row that is one */

/* --- layout_bound.c, of a row --- */

bool th_walk_bounds(th_walk *w, th_when *out, th_long_cell *cell);  /* has the table such columns; *out is set where the row says both, in order */
bool th_walk_tell_bounds(th_walk *w, size_t row);                   /* which of them does not say a day, or ends before it starts */

/* --- layout_days.c --- */

bool th_days_read(th_slice text, th_days *out);                     /* 12.26-1.25, 12/26~1/25, 12月26日至1月25日 */
/* Days that stand in *cell, of a table of `year` (0: not known): over New Year both years are named where nothing says which, told once; false. */
bool th_walk_complete_days(th_walk *w, const th_long_cell *cell, int year, th_when *when);

/* --- layout_when.c: of which time a line is --- */

/* What the row's cells say, or the header of its column; true: a cell says something that is no time, and *cell has it as it is. */
bool th_walk_when(th_walk *w, const th_layout_column *q, th_when *out, th_long_cell *cell);
/* The rest of a time that its line does not say as a whole: title, --year, the names of sheet and file; false when nobody says it, told once. */
bool th_walk_complete_when(th_walk *w, size_t row, size_t column, const th_long_cell *cell, th_when *when);
/* Is the line within the time that the sheet's name says? */
void th_walk_see_named(th_walk *w, const th_when *when, const th_long_cell *cell);
void th_when_since_january(th_when *when);                  /* up to its end; a year stays one */

/* --- layout_rows.c --- */

/* The lines of a block; `sort` has room for a sort of each of its rows. */
TH_MUST_USE bool th_lay_rows(th_layout *l, th_block *b, unsigned char *sort);

/* --- layout_part.c --- */

/* A caveat for each part (其中) that is another kind of thing than its whole, and is counted with it. */
void th_lay_tell_parts(th_layout *l, const th_block *b, const unsigned char *sort);

/* --- layout_holes.c --- */

/* A caveat for each thing that has no quantity in times in which others stand, and one for all rows and columns without any. */
TH_MUST_USE bool th_lay_tell_holes(th_layout *l, const th_block *b, const unsigned char *sort);

/* --- layout_whole.c --- */

/* Lines that are said to be all of something (总用电量, 全厂用电量) and stand beside its parts or sites are compared with them and are lines no more. */
TH_MUST_USE bool th_lay_wholes(th_layout *l, th_block *b);

/* Take lines of a block off, drop[i] of its line i, with their sums since January; a column that has none left is not read.
 * False without memory, which is not told. */
TH_MUST_USE bool th_lay_take_off(th_layout *l, th_block *b, const bool *drop);

/* --- layout_bought.c --- */

/* Lines of what was bought, and of stocks, are lines no more beside one of what was used: 柴油（购入）, 柴油（库存） beside 柴油（消耗）. Reported: a
 * stock of which no line says what was used. */
TH_MUST_USE bool th_lay_bought(th_layout *l, th_block *b);

/* --- layout_balance.c --- */

/* 购网电量 + 自发电量 - 上网电量 = 用电量: compared where the lines of a time and place are all there; what was generated and the whole are lines no
 * more. Reported: what does not add up, and generation of which nothing says what was used here. */
TH_MUST_USE bool th_lay_balance(th_layout *l, th_block *b);

/* --- layout_control.c --- */

/* Compare what sums with what it sums; columns that are sums of others become controls before the rows are read. */
TH_MUST_USE bool th_lay_sum_columns(th_layout *l, th_block *b);
/* The number of a cell in 1e-9 of its unit; false where there is none. */
bool th_lay_number(const th_layout *l, size_t row, size_t column, th_mass *out);
/* A sum that is printed at a place, and what `count` cells give: an error when they differ. `whole`: the cells may be some of its parts alone. */
void th_lay_compare(th_layout *l, size_t row, size_t column, th_mass sum, size_t count, bool whole);
bool th_lay_agrees(th_slice printed, th_mass value, th_mass sum);     /* within half of its last digit */
TH_MUST_USE bool th_lay_controls(th_layout *l, th_block *b, const unsigned char *sort);

/* --- layout_totals.c --- */

/* What a line has for the sums of a column: its number, and that in standard coal. */
typedef struct th_total_cell {
	bool counts, coal_counts, coal_lost;
	th_mass value, coal;
} th_total_cell;

/* The sums for the totals that say the same of themselves: of all lines above, and of those since the total before. */
typedef struct th_total_sums {
	th_sum since, all, coal;
	th_slice unit;
	bool mixed;            /* of several units */
	size_t round;          /* after which total `since` began */
} th_total_sums;

typedef struct th_totals {
	th_layout *l;
	const th_block *b;
	unsigned *mask;        /* the sets of fields that totals of the block speak of */
	size_t masks;
	th_intern key;
	th_total_sums *sum;    /* by key */
	size_t sums, round;
	bool plain;
	th_buf text;
} th_totals;

/* All are false without memory, which is not told. */
TH_MUST_USE bool th_totals_open(th_totals *t, th_layout *l, const th_block *b, const unsigned char *sort);
void th_totals_start(th_totals *t, bool plain);                       /* another column; plain: its lines have no units */
TH_MUST_USE bool th_totals_add(th_totals *t, const th_long_row *line, const th_total_cell *cell);
TH_MUST_USE bool th_totals_of(th_totals *t, size_t row, bool by_unit, th_total_sums *out);
void th_totals_close(th_totals *t);

/* --- layout_since.c --- */

TH_MUST_USE bool th_lay_add_since(th_layout *l, const th_since *since);

/* --- layout_spans.c --- */

TH_MUST_USE bool th_lay_span_columns(th_layout *l, th_block *b);      /* which columns hold the times of others; those that nobody can tell apart are errors */
TH_MUST_USE bool th_lay_spans(th_layout *l, th_block *b, const unsigned char *sort); /* compare what sums in time, and mark it */
TH_MUST_USE bool th_lay_drop_sums(th_layout *l, th_block *b);         /* from the lines */

/* --- layout_sheet.c --- */

/* What is said of the cells of a sheet that were read; those that failed are errors. */
TH_MUST_USE bool th_lay_sheet(th_layout *l);

/* --- layout_measures.c --- */

bool th_lay_is_domain(th_layout *l, const th_block *b, size_t row);   /* a row that heads measures with their domain */
/* Of two columns that can be the group of measures, 领域 beside 分组, which says the domain and which is not read; false: nobody knows. */
bool th_lay_two_groups(const th_layout *l, th_layout_column *one, th_layout_column *other);
void th_lay_measure(th_layout *l, const th_block *b, th_slice domain, size_t domain_row, th_long_cell *cell);
void th_lay_yearly(th_layout *l, const th_layout_column *c, th_long_cell *unit); /* of a column whose header says that a year's is meant */

/* --- layout_targets.c --- */

bool th_lay_target_part(th_layout *l, th_part *part);                 /* a cell of a header of targets: a kind of target, a phase with its year */
bool th_lay_names_targets(th_layout *l);                              /* do the first rows name kinds of targets, and no activity? */
void th_lay_target_columns(th_layout *l, th_block *b);
bool th_lay_target_aside(th_layout *l, const th_block *b, size_t row); /* a row of what is no target of emissions */
/* The row of the long table that a cell of such a column gives, `cell` being what its row says; false: none, maybe reported. */
bool th_lay_target_cell(th_layout *l, const th_block *b, size_t row, size_t column, th_long_cell *cell);

/* --- layout_file.c --- */

TH_MUST_USE th_status th_layout_rules_read(th_layout *l, const char *path);
void th_lay_force(th_layout *l, th_block *b);                         /* what it says of columns */

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lend.h"

#include "io/csv.h"

static th_diags *diags;

static void setup(void)
{
	diags = th_diags_new();
	ck_assert_ptr_nonnull(diags);
}

static void teardown(void)
{
	th_diags_free(diags);
}

#define B(literal) literal, sizeof(literal) - 1

static void put_row(th_buf *out, const th_record *record, bool places_too, const th_csv *csv)
{
	th_buf_printf(out, "%zu", record->line);
	for (size_t i = 0; i < record->cells; i++) {
		th_buf_char(out, '|');
		if (places_too) {
			size_t line, column;
			th_csv_place(csv, record, i, &line, &column);
			th_buf_printf(out, "%zu:%zu=", line, column);
		}
		th_buf_slice(out, record->cell[i]);
	}
	th_buf_char(out, '/');
}

/* Header and records as `line|cell|cell/`, in a buffer to be freed; NULL when the file cannot be opened as CSV. */
static char *read_all(const char *bytes, size_t len, bool places_too, char *delimiter)
{
	th_source *source;
	th_csv *csv;
	ck_assert_int_eq(th_source_of_bytes("f.csv", (th_slice){bytes, len}, TH_ENC_UTF8, diags, &source), TH_OK);
	th_status status = th_csv_open(source, diags, &csv);
	if (status != TH_OK) {
		ck_assert_ptr_null(csv);
		ck_assert_int_eq(status, TH_INVALID);
		th_source_close(source);
		return NULL;
	}
	th_buf out = {0};
	put_row(&out, th_csv_header(csv), places_too, csv);
	for (;;) {
		th_record record;
		bool end;
		ck_assert_int_eq(th_csv_next(csv, &record, &end), TH_OK);
		if (end)
			break;
		ck_assert_uint_eq(record.cells, th_csv_header(csv)->cells);
		put_row(&out, &record, places_too, csv);
	}
	*delimiter = th_csv_delimiter(csv);
	th_csv_close(csv);
	th_source_close(source);
	th_buf_char(&out, '\0');
	ck_assert(!out.failed);
	return out.ptr;
}

static const struct sample {
	const char *what;
	const char *bytes;
	size_t len;
	const char *rows; /* NULL: no header */
	const char *places;
	char delimiter;
} samples[] = {
	{"plain", B("a,b\n1,2\n"), "1|a|b/2|1|2/", "", ','},
	{"no line end at the end", B("a,b\n1,2"), "1|a|b/2|1|2/", "", ','},
	{"empty last cell at the end", B("a,b\n1,"), "1|a|b/2|1|/", "", ','},
	{"quoted last cell at the end", B("a,b\n1,\"2\""), "1|a|b/2|1|2/", "", ','},
	{"CRLF", B("a,b\r\n1,2\r\n3,4\r\n"), "1|a|b/2|1|2/3|3|4/", "", ','},
	{"lone CR", B("a,b\r1,2\r3,4"), "1|a|b/2|1|2/3|3|4/", "", ','},
	{"mixed line ends", B("a,b\r\n1,2\n3,4\r5,6\n\r\n7,8\n"), "1|a|b/2|1|2/3|3|4/4|5|6/6|7|8/", "", ','},
	{"mark", B("\xEF\xBB\xBF\"a\",b\n1,2\n"), "1|a|b/2|1|2/", "", ','},
	{"blank lines", B("\n  \na,b\n\n1,2\n \t \n\n3,4\n\n"), "3|a|b/5|1|2/8|3|4/", "", ','},
	{"lines of empty cells", B(",,\na,b,\n,,\n\"\",,\n 1,2,\n\xE3\x80\x80,\xC2\xA0\n"), "2|a|b/5|1|2/", "", ','},
	{"header only", B("a,b"), "1|a|b/", "", ','},
	{"one column", B("a\n1\n2\n"), "1|a/2|1/3|2/", "", ','},

	/* After csv-spectrum (github.com/maxogden/csv-spectrum): the same situations. */
	{"comma in quotes", B("first,last,address\nJohn,Doe,\"120 any st., Anytown\"\n"), "1|first|last|address/2|John|Doe|120 any st., Anytown/", "", ','},
	{"empty cells", B("a,b,c\n1,\"\",\"\"\n2,3,4\n"), "1|a|b|c/2|1||/3|2|3|4/", "", ','},
	{"quotes and newlines", B("a,b\n1,\"ha\n\"\"ha\"\"\nha\"\n3,4\n"), "1|a|b/2|1|ha\n\"ha\"\nha/5|3|4/", "", ','},
	{"escaped quotes", B("a,b\n1,\"ha \"\"ha\"\" ha\"\n3,\"\"\"\"\n"), "1|a|b/2|1|ha \"ha\" ha/3|3|\"/", "", ','},
	{"JSON in a cell", B("key,val\n1,\"{\"\"type\"\": \"\"Point\"\"}\"\n"), "1|key|val/2|1|{\"type\": \"Point\"}/", "", ','},
	{"newlines in a cell, CRLF", B("a,b\r\n\"x\r\ny\rz\",2\r\n3,4\r\n"), "1|a|b/2|x\r\ny\rz|2/5|3|4/", "", ','},
	{"UTF-8", B("a,b\n1,𠮷\n4,ʤ\n"), "1|a|b/2|1|𠮷/3|4|ʤ/", "", ','},

	{"blanks", B("a , b\n 1 ,\t2 \n\" 1 \", \" 2\" \n"), "1|a|b/2|1|2/3| 1 | 2/", "", ','},
	{"wide blanks: trimmed when unquoted", B("a,b\n\xE3\x80\x80" "1\xC2\xA0,\xEE\x97\xA5" "2\n\"\xE3\x80\x80" "1\", \"2\xC2\xA0\"\n"),
	 "1|a|b/2|1|2/3|\xE3\x80\x80" "1|2\xC2\xA0/", "", ','},
	{"wide blanks behind a quoted cell", B("a,b\n\"x,\"\"y\",\xE3\x80\x80" "2\n"), "1|a|b/2|x,\"y|2/", "", ','},
	{"semicolons", B("a;b\n1,5;2\n"), "1|a|b/2|1,5|2/", "", ';'},
	{"tabs", B("a\tb\tc\n1\t\t3\n \"4\" \t 5\t\n"), "1|a|b|c/2|1||3/3|4|5|/", "", '\t'},
	{"delimiters in quotes do not count", B("\"a;b;c;d\",e\n1,2\n"), "1|a;b;c;d|e/2|1|2/", "", ','},
	{"hint line", B("sep=;\r\na,b;c\r\n1;2\r\n"), "2|a,b|c/3|1|2/", "", ';'},
	{"hint line with a tab", B("sep=\t\na,b\tc\n1\t2\n"), "2|a,b|c/3|1|2/", "", '\t'},
	{"empty cells behind the header", B("a,b,,\n1,2,,\n3,4\n5,6,,,,\n"), "1|a|b/2|1|2/3|3|4/4|5|6/", "", ','},
	{"NUL-free but odd characters", B("a,b\n\x01\x7F,=1+1\n"), "1|a|b/2|\x01\x7F|=1+1/", "", ','},

	{"empty file", B(""), NULL, "1:1 E1101", 0},
	{"blank file", B("\n\n \n,,\n"), NULL, "1:1 E1101", 0},
	{"broken header", B("a,b\"c\n1,2\n"), NULL, "1:4 E1102", 0},

	{"stray quote", B("a,b\n1,x\"y\n3,4\n"), "1|a|b/3|3|4/", "2:4 E1102", ','},
	{"stray quote behind Chinese", B("a,b\n煤炭,高\"硫\n3,4\n"), "1|a|b/3|3|4/", "2:5 E1102", ','},
	{"inches", B("a,b\n5\" pipe,6\" pipe\n3,4\n"), "1|a|b/3|3|4/", "2:2 E1102", ','},
	{"quote behind a wide blank", B("a,b\n1,\xE3\x80\x80\"y\"\n3,4\n"), "1|a|b/3|3|4/", "2:4 E1102", ','},
	{"text behind a quote", B("a,b\n\"1\"x,2\n3,4\n"), "1|a|b/3|3|4/", "2:4 E1103", ','},
	{"text behind a quote and a blank", B("a,b\n\"煤\" 炭,2\n3,4\n"), "1|a|b/3|3|4/", "2:5 E1103", ','},
	{"unescaped inner quotes", B("a,b\n1,\"say \"hello\" now\"\n3,4\n"), "1|a|b/3|3|4/", "2:9 E1103", ','},
	{"quote open at the end of the file", B("a,b\n1,\"x\n3,4\n5,6\n"), "1|a|b/3|3|4/4|5|6/", "2:3 E1104", ','},
	{"quote open on the last line", B("a,b\n1,2\n3,\"x"), "1|a|b/2|1|2/", "3:3 E1104", ','},
	{"only a quote", B("a,b\n\""), "1|a|b/", "2:1 E1104", ','},
	{"quote open, closed by the next quoted cell", B("a,b\n1,\"x\n3,\"y\"\n5,6\n"), "1|a|b/3|3|y/4|5|6/", "2:3 E1104", ','},
	{"quote open in the third line of a record", B("a,b\n\"p\nq\",\"x\n5,\"y\"\n7,8\n"), "1|a|b/4|5|y/5|7|8/", "3:4 E1104", ','},
	{"stray quote behind a cell of two lines", B("a,b\n\"p\nq\",x\"\n5,6\n"), "1|a|b/4|5|6/", "3:5 E1102", ','},
	{"broken with CRLF", B("a,b\r\n1,x\"y\r\n3,4\r\n"), "1|a|b/3|3|4/", "2:4 E1102", ','},
	{"three broken in a row", B("a,b\n1\",2\n\"1\"2,2\n1,\"\n3,4\n"), "1|a|b/5|3|4/", "2:2 E1102; 3:4 E1103; 4:3 E1104", ','},
	{"too few", B("a,b,c\n1,2\n3\n4,5,6\n"), "1|a|b|c/4|4|5|6/", "2:4 E1105; 3:2 E1105", ','},
	{"too many", B("a,b\n1,2,3\n1,2,,4\n5,6\n"), "1|a|b/4|5|6/", "2:5 E1106; 3:5 E1106", ','},
	{"a cell under no header", B("a,b,\n1,2,3\n5,6,\n"), "1|a|b/3|5|6/", "2:5 E1106", ','},
	{"unquoted thousands", B("a,q,u\n煤,1,234,kg\n煤,-1,234,567.5,kg\n煤,\"1,234\",kg\n"), "1|a|q|u/4|煤|1,234|kg/", "2:3 E1107; 3:3 E1107", ','},
	{"no thousands", B("a,q,u\n煤,1,23,kg\n煤,1234,567,kg\n"), "1|a|q|u/", "2:8 E1106; 3:12 E1106", ','},
};

START_TEST(reads)
{
	enum { SAMPLES = sizeof samples / sizeof *samples };
	const struct sample *s = &samples[_i % SAMPLES];
	char delimiter = 0;
	th_diags_read_by(diags, (th_reading){.how = _i < SAMPLES ? TH_READ_CAREFUL : TH_READ_FAST});
	char *rows = read_all(s->bytes, s->len, false, &delimiter);
	expect_places(diags, s->places, s->what);
	if (s->rows) {
		ck_assert_msg(rows && strcmp(rows, s->rows) == 0, "%s: expected [%s], found [%s]", s->what, s->rows, rows ? rows : "no header");
		ck_assert_int_eq(delimiter, s->delimiter);
	} else
		ck_assert_msg(!rows, "%s: found %s", s->what, rows);
	free(rows);
}
END_TEST

START_TEST(knows_places)
{
	char delimiter;
	char *rows = read_all(B("活动,\"数 量\", u\r\n\"煤\n炭,\",  1 ,\"\"\n外购,\"\"\"\",\n"), true, &delimiter);
	ck_assert_str_eq(rows, "1|1:1=活动|1:4=数 量|1:10=u/"
	                       "2|2:1=煤\n炭,|3:5=1|3:10=/"
	                       "4|4:1=外购|4:4=\"|4:9=/");
	free(rows);
	ck_assert_uint_eq(th_diags_count(diags), 0);
}
END_TEST

START_TEST(gives_the_place_behind_the_end)
{
	th_source *source;
	th_csv *csv;
	th_record record;
	bool end;
	size_t line, column;
	ck_assert_int_eq(th_source_of_bytes("f", TH_S("a,b\n\"x\ny\",煤\n"), TH_ENC_AUTO, diags, &source), TH_OK);
	ck_assert_int_eq(th_csv_open(source, diags, &csv), TH_OK);
	ck_assert_int_eq(th_csv_next(csv, &record, &end), TH_OK);
	ck_assert(!end);
	th_csv_place(csv, &record, 7, &line, &column);
	ck_assert_uint_eq(line, 3);
	ck_assert_uint_eq(column, 5);
	ck_assert(record.raw.len == 9 && memcmp(record.raw.ptr, "\"x\ny\",煤", 9) == 0);
	for (int again = 0; again < 2; again++) {
		ck_assert_int_eq(th_csv_next(csv, &record, &end), TH_OK);
		ck_assert(end);
	}
	th_csv_close(csv);
	th_source_close(source);
}
END_TEST

/* Words that are well-formed UTF-8 as well, in a whole file. Bytes as in test_source.c. */
START_TEST(reads_gbk)
{
	static const char *const words[][2] = {
		{"\xC3\xBA\xCC\xBF", "煤炭"}, {"\xD4\xAD\xC3\xBA", "原煤"}, {"\xD1\xA7\xD0\xA3", "学校"}, {"\xD2\xBD\xD4\xBA", "医院"},
	};
	for (size_t i = 0; i < 4; i++) {
		char text[64];
		th_source *source;
		th_csv *csv;
		th_record record;
		bool end;
		int len = snprintf(text, sizeof text, "activity,quantity\r\n%s,12\r\n\"%s\",3\r\n", words[i][0], words[i][0]);
		ck_assert_int_eq(th_source_of_bytes("f", (th_slice){text, (size_t)len}, TH_ENC_AUTO, diags, &source), TH_OK);
		ck_assert_int_eq(th_csv_open(source, diags, &csv), TH_OK);
		for (size_t row = 0; row < 2; row++) {
			ck_assert_int_eq(th_csv_next(csv, &record, &end), TH_OK);
			ck_assert(!end && th_slice_eq(record.cell[0], th_slice_of(words[i][1])));
		}
		th_csv_close(csv);
		th_source_close(source);
	}
	expect_places(diags, "2:1 W1011; 2:1 W1011; 2:1 W1011; 2:1 W1011", "words");
}
END_TEST

static char *filled(size_t size)
{
	char *text = malloc(size);
	ck_assert_ptr_nonnull(text);
	memset(text, 'x', size);
	return text;
}

START_TEST(limits_cells)
{
	char delimiter;
	for (size_t over = 0; over < 2; over++) {
		size_t len = TH_MAX_FIELD + over;
		char *text = filled(len + 64);
		memcpy(text, "a,b\n1,", 6);
		memcpy(text + 6 + len, "\n3,4\n", 5);
		char *rows = read_all(text, len + 11, false, &delimiter);
		ck_assert_str_eq(rows + strlen(rows) - 6, "3|3|4/");
		expect_places(diags, over ? "2:3 E1108" : "", "cell");
		free(rows);
		free(text);
	}
}
END_TEST

/* A row of `len` bytes in cells of 1,023 x, and one without any delimiter. */
START_TEST(limits_rows)
{
	static const struct { size_t len; size_t step; const char *places; } rows[] = {
		{TH_MAX_ROW, 1024, ""}, {TH_MAX_ROW + 1, 1024, "2:1 E1109"}, {3 * TH_MAX_ROW, 1024, "2:1 E1109"}, {5 * TH_MAX_ROW + 7, SIZE_MAX, "2:1 E1109"},
	};
	th_buf text = {0};
	for (size_t i = 0; i < 1023; i++)
		th_buf_str(&text, "h,");
	th_buf_str(&text, "h\n");
	size_t head = text.len;
	th_source *source;
	th_csv *csv;
	th_record record;
	bool end;
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
		th_diags *own = th_diags_new();
		ck_assert_ptr_nonnull(own);
		text.len = head;
		for (size_t i = 1; i <= rows[k].len; i++)
			th_buf_char(&text, i % rows[k].step == 0 && i < rows[k].len ? ',' : 'x');
		th_buf_str(&text, "\n3");
		for (size_t i = 0; i < 1023; i++)
			th_buf_char(&text, ',');
		ck_assert(!text.failed);
		ck_assert_int_eq(th_source_of_bytes("f", (th_slice){text.ptr, text.len}, TH_ENC_AUTO, own, &source), TH_OK);
		ck_assert_int_eq(th_csv_open(source, own, &csv), TH_OK);
		if (*rows[k].places == '\0') {
			ck_assert_int_eq(th_csv_next(csv, &record, &end), TH_OK);
			ck_assert(!end && record.raw.len == rows[k].len && record.line == 2);
		}
		ck_assert_int_eq(th_csv_next(csv, &record, &end), TH_OK);
		ck_assert(!end && record.line == 3 && th_slice_eq(record.cell[0], TH_S("3")));
		ck_assert_int_eq(th_csv_next(csv, &record, &end), TH_OK);
		ck_assert(end);
		th_csv_close(csv);
		th_source_close(source);
		expect_places(own, rows[k].places, "row");
		th_diags_free(own);
	}
	th_buf_free(&text);
}
END_TEST

START_TEST(limits_columns)
{
	char delimiter;
	for (size_t columns = TH_MAX_COLUMNS; columns <= TH_MAX_COLUMNS + 1; columns++) {
		th_buf text = {0};
		for (size_t i = 0; i < columns; i++)
			th_buf_str(&text, i ? ",h" : "h");
		char *rows = read_all(text.ptr, text.len, false, &delimiter);
		ck_assert_int_eq(rows != NULL, columns == TH_MAX_COLUMNS);
		free(rows);
		th_buf_free(&text);
	}
	th_buf text = {0};
	th_buf_str(&text, "a,b\n1");
	for (size_t i = 0; i < 3000; i++)
		th_buf_char(&text, ',');
	th_buf_str(&text, "\n3,4\n");
	char *rows = read_all(text.ptr, text.len, false, &delimiter);
	ck_assert_str_eq(rows, "1|a|b/3|3|4/");
	free(rows);
	th_buf_free(&text);
	expect_places(diags, "1:2049 E1110; 2:1026 E1110", "columns");
}
END_TEST

/* A quote that is not closed within the limit costs one line and one report, not the megabytes behind it. */
START_TEST(limits_an_open_quote)
{
	enum { LINES = 400000 };
	th_buf text = {0};
	th_buf_str(&text, "a,b\n1,\"x\n");
	for (size_t i = 0; i < LINES; i++)
		th_buf_str(&text, "12,345\n");
	th_source *source;
	th_csv *csv;
	th_record record;
	bool end;
	size_t count = 0;
	ck_assert_int_eq(th_source_of_bytes("f", (th_slice){text.ptr, text.len}, TH_ENC_AUTO, diags, &source), TH_OK);
	ck_assert_int_eq(th_csv_open(source, diags, &csv), TH_OK);
	for (;;) {
		ck_assert_int_eq(th_csv_next(csv, &record, &end), TH_OK);
		if (end)
			break;
		ck_assert_uint_eq(record.line, 3 + count);
		count++;
	}
	ck_assert_uint_eq(count, LINES);
	expect_places(diags, "2:3 E1104", "open quote");
	th_csv_close(csv);
	th_source_close(source);
	th_buf_free(&text);
}
END_TEST

/* Records of 97 bytes over several pieces, with quoted line ends, in every phase to the cuts: all cells and places right. */
START_TEST(crosses_pieces)
{
	enum { ROWS = 12000 };
	static const char *const ends[] = {"\n", "\r\n", "\r"};
	for (size_t phase = 0; phase < 9; phase++) {
		th_buf text = {0};
		const char *end_of_line = ends[phase % 3];
		th_buf_printf(&text, "%.*sn,text,q%s", (int)phase, "         ", end_of_line);
		for (size_t i = 0; i < ROWS; i++)
			th_buf_printf(&text, "%zu,\"煤炭 \"\"%zu\"\",%s第二行 %zu\",%zu%s", i, i, end_of_line, i * 7, i * 3, end_of_line);
		ck_assert(!text.failed);
		th_source *source;
		th_csv *csv;
		th_record record;
		bool end;
		ck_assert_int_eq(th_source_of_bytes("f", (th_slice){text.ptr, text.len}, TH_ENC_AUTO, diags, &source), TH_OK);
		ck_assert_int_eq(th_csv_open(source, diags, &csv), TH_OK);
		for (size_t i = 0; i < ROWS; i++) {
			char expected[3][128];
			snprintf(expected[0], 128, "%zu", i);
			snprintf(expected[1], 128, "煤炭 \"%zu\",%s第二行 %zu", i, end_of_line, i * 7);
			snprintf(expected[2], 128, "%zu", i * 3);
			ck_assert_int_eq(th_csv_next(csv, &record, &end), TH_OK);
			ck_assert(!end && record.cells == 3 && record.line == 2 + 2 * i);
			for (size_t c = 0; c < 3; c++)
				ck_assert(th_slice_eq(record.cell[c], th_slice_of(expected[c])));
			size_t line, column;
			th_csv_place(csv, &record, 2, &line, &column);
			ck_assert_uint_eq(line, 3 + 2 * i);
			ck_assert_uint_eq(column, 4 + (size_t)snprintf(NULL, 0, "%zu", i * 7) + 3);
		}
		ck_assert_int_eq(th_csv_next(csv, &record, &end), TH_OK);
		ck_assert(end);
		th_csv_close(csv);
		th_source_close(source);
		th_buf_free(&text);
	}
	ck_assert_uint_eq(th_diags_count(diags), 0);
}
END_TEST

static const struct { const char *text, *cell; } written[] = {
	{"", ""}, {"kWh", "kWh"}, {"煤炭", "煤炭"}, {"a b", "a b"}, {"a,b", "\"a,b\""}, {"a;b", "\"a;b\""}, {"a\tb", "\"a\tb\""},
	{"say \"x\"", "\"say \"\"x\"\"\""}, {"a\nb", "\"a\nb\""}, {"a\rb", "\"a\rb\""}, {" a", "\" a\""}, {"a\xE3\x80\x80", "\"a\xE3\x80\x80\""},
	{"=1+1", "'=1+1"}, {"+7", "'+7"}, {"-5", "'-5"}, {"@SUM(1,2)", "\"'@SUM(1,2)\""}, {"\t=1", "\"'\t=1\""}, {"\r=1", "\"'\r=1\""},
	{"＝1", "'＝1"}, {"＋1", "'＋1"}, {"－1", "'－1"}, {"＠a", "'＠a"}, {"1-2", "1-2"}, {"a=b", "a=b"},
};

START_TEST(writes)
{
	th_buf buf = {0};
	th_put_csv_text(&buf, th_slice_of(written[_i].text));
	th_buf_char(&buf, '\0');
	ck_assert_str_eq(buf.ptr, written[_i].cell);
	th_buf_free(&buf);
}
END_TEST

/* Cells are looked at many bytes at a time: what wants quotes is found at each place of each length, and nothing is where there is none. */
START_TEST(writes_at_any_place)
{
	static const char marks[] = ",;\"\t\n\r";
	char text[48], cell[52];
	for (size_t len = 1; len <= sizeof text; len++)
		for (size_t at = 0; at <= len; at++)
			for (size_t m = 0; marks[m] && (at < len || m == 0); m++) {
				th_buf buf = {0};
				size_t put = 0;
				for (size_t i = 0; i < len; i++)
					text[i] = (char)('a' + i % 26);
				if (at < len)
					text[at] = marks[m];
				if (at < len)
					cell[put++] = '"';
				if (at == 0 && strchr("\t\r", marks[m]))
					cell[put++] = '\'';
				memcpy(cell + put, text, len);
				put += len;
				if (at < len && marks[m] == '"') {
					memmove(cell + put - len + at + 1, cell + put - len + at, len - at);
					put++;
				}
				if (at < len)
					cell[put++] = '"';
				th_put_csv_text(&buf, (th_slice){text, len});
				ck_assert_uint_eq(buf.len, put);
				ck_assert_mem_eq(buf.ptr, cell, put);
				th_buf_free(&buf);
			}
}
END_TEST

/* What is written is read back as it was, apart from the sign in front of formulas. */
START_TEST(reads_what_it_writes)
{
	th_buf text = {0};
	th_buf_str(&text, "n,text\n");
	for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
		th_buf_printf(&text, "%zu,", i);
		th_put_csv_text(&text, th_slice_of(written[i].text));
		th_buf_char(&text, '\n');
	}
	th_source *source;
	th_csv *csv;
	th_record record;
	bool end;
	ck_assert_int_eq(th_source_of_bytes("f", (th_slice){text.ptr, text.len}, TH_ENC_AUTO, diags, &source), TH_OK);
	ck_assert_int_eq(th_csv_open(source, diags, &csv), TH_OK);
	for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
		ck_assert_int_eq(th_csv_next(csv, &record, &end), TH_OK);
		ck_assert(!end);
		th_slice cell = record.cell[1];
		if (cell.len > 0 && cell.ptr[0] == '\'') {
			cell.ptr++;
			cell.len--;
		}
		ck_assert_msg(th_slice_eq(cell, th_slice_of(written[i].text)), "%s", written[i].cell);
	}
	ck_assert_uint_eq(th_diags_count(diags), 0);
	th_csv_close(csv);
	th_source_close(source);
	th_buf_free(&text);
}
END_TEST

Suite *csv_suite(void);
Suite *csv_suite(void)
{
	Suite *suite = suite_create("csv");
	TCase *tc = tcase_create("csv");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, reads, 0, 2 * (int)(sizeof samples / sizeof *samples));
	tcase_add_test(tc, knows_places);
	tcase_add_test(tc, gives_the_place_behind_the_end);
	tcase_add_test(tc, reads_gbk);
	tcase_add_test(tc, limits_cells);
	tcase_add_test(tc, limits_rows);
	tcase_add_test(tc, limits_columns);
	tcase_add_test(tc, limits_an_open_quote);
	tcase_add_test(tc, crosses_pieces);
	tcase_add_loop_test(tc, writes, 0, (int)(sizeof written / sizeof *written));
	tcase_add_test(tc, writes_at_any_place);
	tcase_add_test(tc, reads_what_it_writes);
	suite_add_tcase(suite, tc);
	return suite;
}

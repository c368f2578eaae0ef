/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include "io/digest.h"
#include "io/source.h"

static scratch dir;
static th_diags *diags;

static void setup(void)
{
	scratch_make(&dir);
	diags = th_diags_new();
	ck_assert_ptr_nonnull(diags);
}

static void teardown(void)
{
	th_diags_free(diags);
	scratch_remove(&dir);
}

#define B(literal) literal, sizeof(literal) - 1

/* All that a source delivers, in a buffer that the caller frees; every piece must be well-formed by itself. */
static th_buf drain(th_source *source)
{
	th_buf all = {0};
	th_slice piece;
	do {
		ck_assert_int_eq(th_source_read(source, &piece), TH_OK);
		ck_assert_uint_le(piece.len, 1u << 20);
		ck_assert(piece.len == 0 || ((unsigned char)piece.ptr[0] & 0xC0) != 0x80);
		th_buf_slice(&all, piece);
	} while (piece.len > 0);
	ck_assert(!all.failed);
	return all;
}

static void expect_digest(const th_source *source, const void *bytes, size_t len)
{
	char hex[65];
	th_digest *digest = th_digest_new();
	ck_assert_ptr_nonnull(digest);
	th_digest_add(digest, bytes, len);
	th_digest_hex(digest, hex);
	ck_assert_str_eq(th_source_sha256(source), hex);
}

/* The bytes of words are those of GB18030-2005 resp. UTF-8 as iconv (glibc) and Python's codecs give them. */
static const struct decision {
	const char *what;
	const char *bytes;
	size_t len;
	th_encoding wanted;
	const char *encoding; /* NULL: refused */
	const char *utf8;
	const char *places;
} decisions[] = {
	{"empty", B(""), TH_ENC_AUTO, "UTF-8", "", ""},
	{"ASCII", B("a,b\n1,2\n"), TH_ENC_AUTO, "UTF-8", "a,b\n1,2\n", ""},
	{"UTF-8 煤炭", B("\xE7\x85\xA4\xE7\x82\xAD"), TH_ENC_AUTO, "UTF-8", "煤炭", ""},
	{"UTF-8 BOM", B("\xEF\xBB\xBF" "a,\xE7\x85\xA4"), TH_ENC_AUTO, "UTF-8 BOM", "a,煤", ""},
	{"BOM only", B("\xEF\xBB\xBF"), TH_ENC_AUTO, "UTF-8 BOM", "", ""},
	{"signs of units", B("m\xC2\xB2 m\xC2\xB3 \xC2\xB0" "C a\xC2\xB7" "b \xC2\xB1" "1 2\xC3\x97" "3 \xC2\xB5g 6\xC3\xB7" "2 caf\xC3\xA9 \xC2\xA7 \xC2\xA9\xC2\xA0"), TH_ENC_AUTO,
	 "UTF-8", "m² m³ °C a·b ±1 2×3 µg 6÷2 café § ©\xC2\xA0", ""},
	{"subscript and degree signs of three bytes", B("CO\xE2\x82\x82 25\xE2\x84\x83"), TH_ENC_AUTO, "UTF-8", "CO₂ 25℃", ""},
	{"four bytes only", B("\xF0\x9F\x92\xA1"), TH_ENC_AUTO, "UTF-8", "💡", ""},
	{"weak pair beside a hanzi", B("\xC3\xBA \xE7\xA2\xB3"), TH_ENC_AUTO, "UTF-8", "ú 碳", ""},
	/* Each of these is well-formed UTF-8 as well (úÌ¿-like text). */
	{"GBK 煤炭", B("\xC3\xBA\xCC\xBF"), TH_ENC_AUTO, "GB18030", "煤炭", "1:1 W1011"},
	{"GBK 原煤", B("\xD4\xAD\xC3\xBA"), TH_ENC_AUTO, "GB18030", "原煤", "1:1 W1011"},
	{"GBK 学校", B("\xD1\xA7\xD0\xA3"), TH_ENC_AUTO, "GB18030", "学校", "1:1 W1011"},
	{"GBK 医院", B("\xD2\xBD\xD4\xBA"), TH_ENC_AUTO, "GB18030", "医院", "1:1 W1011"},
	{"GBK 煤 alone", B("\xC3\xBA"), TH_ENC_AUTO, "GB18030", "煤", "1:1 W1011"},
	{"GBK 楼 alone", B("1\xC2\xA5"), TH_ENC_AUTO, "GB18030", "1楼", "1:2 W1011"},
	{"ambiguous words in a CSV", B("a,b\n1,\xD4\xAD\xC3\xBA\r\n2,\xD1\xA7\xD0\xA3\n"), TH_ENC_AUTO, "GB18030", "a,b\n1,原煤\r\n2,学校\n", "2:3 W1011"},
	{"ambiguous, but said to be UTF-8", B("\xC3\xBA\xCC\xBF"), TH_ENC_UTF8, "UTF-8", "ú̿", ""},
	{"ambiguous, but said to be GBK", B("\xC3\xBA\xCC\xBF"), TH_ENC_GB18030, "GB18030", "煤炭", ""},
	{"a word that decides (活动) with one that does not (原煤)", B("\xBB\xEE\xB6\xAF\n\xD4\xAD\xC3\xBA\n"), TH_ENC_AUTO, "GB18030", "活动\n原煤\n", ""},
	{"GBK 外购电力", B("\xCD\xE2\xB9\xBA\xB5\xE7\xC1\xA6,1\n"), TH_ENC_AUTO, "GB18030", "外购电力,1\n", ""},
	{"GB18030 of four bytes: ₂ 𠮷", B("CO\x81\x36\xAF\x30 \x95\x34\xB2\x35"), TH_ENC_AUTO, "GB18030", "CO₂ 𠮷", ""},
	{"GBK full-width blank A3A0", B("\xCC\xBC\xA3\xA0"), TH_ENC_AUTO, "GB18030", "碳\xEE\x97\xA5", ""},
	{"GB18030 mark", B("\x84\x31\x95\x33\xCC\xBC"), TH_ENC_AUTO, "GB18030 BOM", "碳", ""},
	{"UTF-16LE mark", B("\xFF\xFE" "a\0\t\0\xB3\x78\n\0"), TH_ENC_AUTO, "UTF-16LE", "a\t碳\n", ""},
	{"UTF-16BE mark", B("\xFE\xFF\0a\0\t\x78\xB3\0\n"), TH_ENC_AUTO, "UTF-16BE", "a\t碳\n", ""},
	{"UTF-16LE surrogate pair", B("\xFF\xFE\x42\xD8\xB7\xDF"), TH_ENC_AUTO, "UTF-16LE", "𠮷", ""},
	{"UTF-16LE said", B("a\0,\0"), TH_ENC_UTF16LE, "UTF-16LE", "a,", ""},
	{"UTF-16BE said", B("\0a\0,"), TH_ENC_UTF16BE, "UTF-16BE", "a,", ""},
	{"utf-16 said, BE marked", B("\xFE\xFF\0a"), TH_ENC_UTF16LE, "UTF-16BE", "a", ""},
	{"mark against --encoding", B("\xEF\xBB\xBF\xE7\x85\xA4"), TH_ENC_GB18030, "UTF-8 BOM", "煤", "1:1 W1012"},

	{"UTF-16LE without mark", B("a\0,\0b\0\n\0"), TH_ENC_AUTO, NULL, NULL, "1:1 E1007"},
	{"UTF-16BE without mark, mostly Chinese", B("\x6D\x3B\x52\xA8\0,\x65\x70\x91\xCF\0\n"), TH_ENC_AUTO, NULL, NULL, "1:1 E1007"},
	{"one NUL", B("a,b\n1,\0002\n and more text behind it, odd or even"), TH_ENC_AUTO, NULL, NULL, "2:3 E1008"},
	{"NUL in GBK", B("\xCD\xE2,\0"), TH_ENC_GB18030, NULL, NULL, "1:3 E1008"},
	{"NUL in GBK that was not said", B("\xCD\xE2,1\n\xCD\xE2,\0 and more text behind it"), TH_ENC_AUTO, NULL, NULL, "2:3 E1008"},
	{"NUL in UTF-16", B("\xFF\xFE" "a\0\n\0b\0\0\0"), TH_ENC_AUTO, NULL, NULL, "2:2 E1008"},
	{"lone surrogate", B("\xFF\xFE" "a\0\0\xD8" "b\0"), TH_ENC_AUTO, NULL, NULL, "1:2 E1009"},
	{"low surrogate first", B("\xFF\xFE\0\xDC"), TH_ENC_AUTO, NULL, NULL, "1:1 E1009"},
	{"half a unit", B("\xFF\xFE" "a\0b"), TH_ENC_AUTO, NULL, NULL, "1:2 E1009"},
	{"UTF-8 said, 外 found", B("a,b\r\n1,\xCD\xE2\r\n"), TH_ENC_UTF8, NULL, NULL, "2:3 E1009"},
	{"UTF-8 marked, bad behind Chinese", B("\xEF\xBB\xBF\xE7\x85\xA4\xE7\x85\xA4\xFFz"), TH_ENC_AUTO, NULL, NULL, "1:3 E1009"},
	{"UTF-8 cut off", B("a\xE7\x85"), TH_ENC_UTF8, NULL, NULL, "1:2 E1009"},
	{"GB18030 said, euro of CP936", B("\xCC\xBC,\x80"), TH_ENC_GB18030, NULL, NULL, "1:3 E1009"},
	{"surrogate in UTF-8", B("\xED\xA0\x80"), TH_ENC_UTF8, NULL, NULL, "1:1 E1009"},
	{"overlong", B("\xC0\xAF"), TH_ENC_UTF8, NULL, NULL, "1:1 E1009"},
	{"overlong of three", B("\xE0\x9F\xBF"), TH_ENC_UTF8, NULL, NULL, "1:1 E1009"},
	{"above 10FFFF", B("\xF4\x90\x80\x80"), TH_ENC_UTF8, NULL, NULL, "1:1 E1009"},
	/* GB18030 goes on to line 3, UTF-8 stops on line 1: the farther one is named. */
	{"neither", B("\xCD\xE2,1\r2\r\xCC\xBC\xFF\n"), TH_ENC_AUTO, NULL, NULL, "3:2 E1010"},
	{"mixed: UTF-8 line, then GBK line", B("\xE5\xA4\x96\xE8\xB4\xAD\n\xCD\xE2\n\xE7\xA2\xB3,\n"), TH_ENC_AUTO, NULL, NULL, "3:2 E1010"},
	{"unassigned GB18030 of four bytes", B("\xCD\xE2\x84\x31\xA5\x30"), TH_ENC_AUTO, NULL, NULL, "1:2 E1010"},
	{"Excel workbook", B("PK\x03\x04rest"), TH_ENC_AUTO, NULL, NULL, "1:1 E1006"},
	{"Excel 97 workbook", B("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), TH_ENC_AUTO, NULL, NULL, "1:1 E1006"},
};

START_TEST(decides)
{
	const struct decision *d = &decisions[_i];
	th_source *source;
	th_status status = th_source_of_bytes("f.csv", (th_slice){d->bytes, d->len}, d->wanted, diags, &source);
	expect_places(diags, d->places, d->what);
	ck_assert_msg((status == TH_OK) == (d->encoding != NULL), "%s: status %d", d->what, (int)status);
	if (d->encoding) {
		ck_assert_msg(strcmp(th_source_encoding(source), d->encoding) == 0, "%s: %s", d->what, th_source_encoding(source));
		ck_assert_int_eq(th_source_ambiguous(source), strstr(d->places, "W1011") != NULL);
		th_buf all = drain(source);
		ck_assert_msg(all.len == strlen(d->utf8) && memcmp(all.ptr ? all.ptr : "", d->utf8, all.len) == 0, "%s: %.*s", d->what, (int)all.len, all.ptr);
		th_buf_free(&all);
		expect_digest(source, d->bytes, d->len);
		th_source_close(source);
	} else
		ck_assert_ptr_null(source);
}
END_TEST

/* FIPS 180-4 and NIST's example values. */
START_TEST(digests)
{
	const char *path = scratch_write(&dir, "abc", "abc", 3);
	th_source *source;
	ck_assert_int_eq(th_source_open(path, TH_ENC_AUTO, diags, &source), TH_OK);
	ck_assert_str_eq(th_source_sha256(source), ""); /* nothing was read yet */
	th_buf all = drain(source);
	ck_assert(all.len == 3 && memcmp(all.ptr, "abc", 3) == 0);
	th_buf_free(&all);
	ck_assert_str_eq(th_source_sha256(source), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	ck_assert_str_eq(th_source_path(source), path);
	th_source_close(source);
	th_digest *digest = th_digest_new();
	ck_assert_ptr_nonnull(digest);
	th_digest_add(digest, "abcdbcdecdefdefgefghfghighijhijk", 32);
	th_digest_add(digest, "ijkljklmklmnlmnomnopnopq", 24);
	char hex[65];
	th_digest_hex(digest, hex);
	ck_assert_str_eq(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}
END_TEST

/* A character at every offset around the places where the input is cut into pieces. */
enum { CUT = 262144 };
static const struct { const char *what, *bytes, *utf8; th_encoding encoding; } crossing[] = {
	{"UTF-8 of 2 bytes", "\xC2\xB2", "²", TH_ENC_AUTO},
	{"UTF-8 of 3 bytes", "\xE7\xA2\xB3", "碳", TH_ENC_AUTO},
	{"UTF-8 of 4 bytes", "\xF0\xA0\xAE\xB7", "𠮷", TH_ENC_AUTO},
	{"GB18030 of 2 bytes", "\xCC\xBC", "碳", TH_ENC_GB18030},
	{"GB18030 of 4 bytes", "\x95\x34\xB2\x35", "𠮷", TH_ENC_GB18030},
	{"GB18030 of 4 bytes, undeclared", "\x95\x34\xB2\x35", "𠮷", TH_ENC_AUTO},
};

/* Of an input in memory, and of a file that is too large to be kept there. */
static void cross(int which, size_t multiple, size_t back, char *text)
{
	size_t len = strlen(crossing[which].bytes), before = multiple * CUT - back, all_len = before + len + 4, utf8 = strlen(crossing[which].utf8);
	memset(text, 'x', before);
	memcpy(text + before, crossing[which].bytes, len);
	memcpy(text + before + len, "\nend", 4);
	th_source *source;
	th_status status = multiple < 5 ? th_source_of_bytes("f", (th_slice){text, all_len}, crossing[which].encoding, diags, &source)
	                                : th_source_open(scratch_write(&dir, "f", text, all_len), crossing[which].encoding, diags, &source);
	ck_assert_int_eq(status, TH_OK);
	th_buf all = drain(source);
	ck_assert_msg(all.len == before + utf8 + 4, "%s, %zu before %zu x %d", crossing[which].what, back, multiple, CUT);
	ck_assert(memcmp(all.ptr + before, crossing[which].utf8, utf8) == 0);
	ck_assert(memcmp(all.ptr + before + utf8, "\nend", 4) == 0);
	expect_digest(source, text, all_len);
	th_buf_free(&all);
	th_source_close(source);
}

START_TEST(crosses_pieces)
{
	size_t len = strlen(crossing[_i].bytes);
	char *text = malloc(5 * CUT + 64);
	ck_assert_ptr_nonnull(text);
	for (size_t multiple = 1; multiple <= 5; multiple += multiple == 1 ? 3 : 1)
		for (size_t back = 0; back <= len + 1; back++)
			cross(_i, multiple, back, text);
	ck_assert_uint_eq(th_diags_count(diags), 0);
	free(text);
}
END_TEST

/* The same for a fault: its line and column are right wherever the pieces are cut. */
START_TEST(places_faults_across_pieces)
{
	char *text = malloc(CUT + 64), expected[64];
	ck_assert_ptr_nonnull(text);
	for (size_t back = 0; back < 8; back++) {
		th_diags *own = th_diags_new();
		ck_assert_ptr_nonnull(own);
		size_t before = (size_t)CUT - back;
		memset(text, 'x', before);
		text[9] = '\r';
		text[10] = '\n';
		memcpy(text + before, "\xE7\xA2\xB3\xFF", 4);
		th_source *source;
		ck_assert_int_eq(th_source_of_bytes("f", (th_slice){text, before + 4}, TH_ENC_UTF8, own, &source), TH_INVALID);
		snprintf(expected, sizeof expected, "2:%zu E1009", before - 11 + 2);
		expect_places(own, expected, "fault");
		th_diags_free(own);
	}
	free(text);
}
END_TEST

/* All two-byte codes and a sweep of the four-byte ones: what is taken for GB18030 is what iconv decodes. */
START_TEST(takes_all_of_gb18030)
{
	char *text = malloc(126 * 190 * 2 + 64);
	ck_assert_ptr_nonnull(text);
	size_t len = 0;
	for (int lead = 0x81; lead <= 0xFE; lead++)
		for (int trail = 0x40; trail <= 0xFE; trail++)
			if (trail != 0x7F) {
				text[len++] = (char)lead;
				text[len++] = (char)trail;
			}
	th_source *source;
	ck_assert_int_eq(th_source_of_bytes("f", (th_slice){text, len}, TH_ENC_GB18030, diags, &source), TH_OK);
	th_buf all = drain(source);
	ck_assert_uint_gt(all.len, len);
	th_buf_free(&all);
	th_source_close(source);
	free(text);

	/* Ends of the assigned ranges: U+0080, U+FFFF, U+10000, U+10FFFF. */
	const char ends[] = "\x81\x30\x81\x30\x84\x31\xA4\x39\x90\x30\x81\x30\xE3\x32\x9A\x35";
	ck_assert_int_eq(th_source_of_bytes("f", (th_slice){ends, 16}, TH_ENC_GB18030, diags, &source), TH_OK);
	all = drain(source);
	ck_assert(all.len == 13 && memcmp(all.ptr, "\xC2\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", 13) == 0);
	th_buf_free(&all);
	th_source_close(source);
}
END_TEST

START_TEST(refuses_what_is_no_file)
{
	th_source *source;
	ck_assert_int_eq(th_source_open(dir.folder, TH_ENC_AUTO, diags, &source), TH_INVALID);
	ck_assert_int_eq(th_source_open("/dev/zero", TH_ENC_AUTO, diags, &source), TH_INVALID);
	const char *fifo = scratch_name(&dir, "fifo");
	ck_assert_int_eq(mkfifo(fifo, 0600), 0);
	ck_assert_int_eq(th_source_open(fifo, TH_ENC_AUTO, diags, &source), TH_INVALID);
	ck_assert_int_eq(th_source_open("/nowhere/at/all.csv", TH_ENC_AUTO, diags, &source), TH_SYSTEM);
	ck_assert_ptr_null(source);
	expect_places(diags, "0:0 E1003; 1:1 E1004; 1:1 E1004; 1:1 E1001", "no file");
}
END_TEST

START_TEST(refuses_a_file_over_the_limit)
{
	int fd = open(scratch_name(&dir, "big"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	ck_assert_int_ge(fd, 0);
	bool sparse = ftruncate(fd, ((off_t)1 << 40) + 1) == 0; /* some file systems have a lower limit of their own */
	close(fd);
	th_source *source;
	if (sparse) {
		ck_assert_int_eq(th_source_open(dir.path, TH_ENC_AUTO, diags, &source), TH_INVALID);
		expect_places(diags, "1:1 E1005", "1 TiB and one byte");
	}
}
END_TEST

/* Standard input as a pipe, as a file, and as a file of which a part was read before; also by its other names. The larger ones are not kept
 * in memory. */
enum { SMALL = 700000, JUST = 1048576, LARGE = 3000000 };
static const struct { const char *path; bool pipe; off_t skip; size_t len; } inputs[] = {
	{"-", true, 0, SMALL}, {"-", false, 0, SMALL}, {"-", false, 2, SMALL}, {"/dev/stdin", true, 0, SMALL}, {"/dev/stdin", false, 0, SMALL},
	{"/dev/fd/0", true, 0, SMALL}, {"-", true, 0, JUST - 1}, {"-", true, 0, JUST}, {"-", false, 0, JUST}, {"-", false, 1, JUST + 1},
	{"-", true, 0, LARGE}, {"-", false, 0, LARGE}, {"-", false, 2, LARGE}, {"/dev/stdin", true, 0, LARGE},
};

START_TEST(reads_standard_input)
{
	const size_t LEN = inputs[_i].len;
	char *text = malloc(LEN);
	ck_assert_ptr_nonnull(text);
	for (size_t i = 0; i < LEN; i++)
		text[i] = (char)('a' + i % 26);
	int from, ends[2];
	pid_t child = 0;
	if (inputs[_i].pipe) {
		ck_assert_int_eq(pipe(ends), 0);
		child = fork();
		ck_assert_int_ge(child, 0);
		if (child == 0) {
			for (size_t done = 0; done < LEN;) {
				ssize_t n = write(ends[1], text + done, LEN - done < 100000 ? LEN - done : 100000);
				if (n <= 0)
					_exit(1);
				done += (size_t)n;
			}
			_exit(0);
		}
		close(ends[1]);
		from = ends[0];
	} else {
		from = open(scratch_write(&dir, "in", text, LEN), O_RDONLY | O_CLOEXEC);
		ck_assert_int_eq(lseek(from, inputs[_i].skip, SEEK_SET), inputs[_i].skip);
	}
	ck_assert_int_eq(dup2(from, STDIN_FILENO), STDIN_FILENO);
	close(from);
	th_source *source;
	ck_assert_int_eq(th_source_open(inputs[_i].path, TH_ENC_AUTO, diags, &source), TH_OK);
	size_t skip = (size_t)inputs[_i].skip;
	th_buf all = drain(source);
	ck_assert_uint_eq(all.len, LEN - skip);
	ck_assert(memcmp(all.ptr, text + skip, LEN - skip) == 0);
	th_buf_free(&all);
	expect_digest(source, text + skip, LEN - skip);
	ck_assert_str_eq(th_source_path(source), inputs[_i].path);
	th_source_close(source);
	if (child > 0) {
		int state;
		ck_assert_int_eq(waitpid(child, &state, 0), child);
		ck_assert_int_eq(state, 0);
	}
	free(text);
}
END_TEST

/* A small file is read once: what becomes of it afterwards is of no account to the text or to its checksum. */
START_TEST(reads_a_small_file_once)
{
	th_source *source;
	const char *path = scratch_write(&dir, "f", "a,b\n1,2\n", 8);
	ck_assert_int_eq(th_source_open(path, TH_ENC_AUTO, diags, &source), TH_OK);
	scratch_write(&dir, "f", "a,b\n3,4\n5,6\n", 12);
	th_buf all = drain(source);
	ck_assert(all.len == 8 && memcmp(all.ptr, "a,b\n1,2\n", 8) == 0);
	th_buf_free(&all);
	expect_digest(source, "a,b\n1,2\n", 8);
	th_source_close(source);
	ck_assert_uint_eq(th_diags_count(diags), 0);
}
END_TEST

/* A large one is read twice. Whatever changes in between is found, also when size and time are put back as they were: a checksum that is not of
 * the text that was read is never given. */
START_TEST(notices_a_change)
{
	enum { MANY = 1500000 };
	char *text = malloc(MANY + 1);
	ck_assert_ptr_nonnull(text);
	memset(text, 'x', MANY + 1);
	for (int how = 0; how < 4; how++) {
		th_source *source;
		th_slice piece;
		struct stat was;
		const char *path = scratch_write(&dir, "f", text, MANY);
		ck_assert_int_eq(stat(path, &was), 0);
		ck_assert_int_eq(th_source_open(path, TH_ENC_AUTO, diags, &source), TH_OK);
		text[MANY - 1] = how == 3 ? 'x' : 'y';
		if (how == 0)
			ck_assert_int_eq(truncate(path, 4), 0);
		else
			scratch_write(&dir, "f", text, how == 1 ? MANY + 1 : MANY);
		if (how >= 2)
			ck_assert_int_eq(utimensat(AT_FDCWD, path, (struct timespec[]){was.st_atim, was.st_mtim}, 0), 0);
		th_status status;
		while ((status = th_source_read(source, &piece)) == TH_OK && piece.len > 0)
			;
		ck_assert_int_eq(status, how == 3 ? TH_OK : TH_SYSTEM); /* 3: the same bytes again */
		if (how == 3)
			expect_digest(source, text, MANY);
		th_source_close(source);
		text[MANY - 1] = 'x';
	}
	free(text);
	expect_places(diags, "1:1 E1013; 1:1 E1013; 1:1 E1013", "change");
}
END_TEST

/* Bytes that a job lent stand for a file in it, and no longer when they are taken back. */
START_TEST(reads_what_was_lent)
{
	th_source *source;
	const char *path = scratch_write(&dir, "f", "file", 4);
	ck_assert(th_source_there(path, diags) && !th_source_there("/nowhere/f", diags));
	lend(diags, path, "first");
	lend(diags, path, "lent");
	lend(diags, "/nowhere/f", "");
	ck_assert(th_source_there("/nowhere/f", diags));
	for (int round = 0; round < 2; round++) {
		ck_assert_int_eq(th_source_open(path, TH_ENC_AUTO, diags, &source), TH_OK);
		th_buf all = drain(source);
		ck_assert(all.len == 4 && memcmp(all.ptr, round ? "file" : "lent", 4) == 0);
		th_buf_free(&all);
		th_source_close(source);
		take_back(diags, path);
	}
	take_back(diags, "/nowhere/f");
	ck_assert(!th_source_there("/nowhere/f", diags));
}
END_TEST

START_TEST(names_encodings)
{
	static const struct { const char *name; th_encoding encoding; } names[] = {
		{"auto", TH_ENC_AUTO}, {"utf-8", TH_ENC_UTF8}, {"UTF-8", TH_ENC_UTF8}, {"gb18030", TH_ENC_GB18030}, {"GBK", TH_ENC_GB18030}, {"gb2312", TH_ENC_GB18030},
		{"cp936", TH_ENC_GB18030}, {"utf-16", TH_ENC_UTF16LE}, {"utf-16le", TH_ENC_UTF16LE}, {"utf-16be", TH_ENC_UTF16BE},
	};
	th_encoding found;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		ck_assert(th_encoding_named(names[i].name, &found));
		ck_assert_int_eq(found, names[i].encoding);
	}
	ck_assert(!th_encoding_named("latin-1", &found));
	ck_assert(!th_encoding_named("", &found));
}
END_TEST

Suite *source_suite(void);
Suite *source_suite(void)
{
	Suite *suite = suite_create("source");
	TCase *tc = tcase_create("source");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, decides, 0, (int)(sizeof decisions / sizeof *decisions));
	tcase_add_test(tc, digests);
	tcase_add_loop_test(tc, crosses_pieces, 0, (int)(sizeof crossing / sizeof *crossing));
	tcase_add_test(tc, places_faults_across_pieces);
	tcase_add_test(tc, takes_all_of_gb18030);
	tcase_add_test(tc, refuses_what_is_no_file);
	tcase_add_test(tc, refuses_a_file_over_the_limit);
	tcase_add_loop_test(tc, reads_standard_input, 0, (int)(sizeof inputs / sizeof *inputs));
	tcase_add_test(tc, reads_a_small_file_once);
	tcase_add_test(tc, notices_a_change);
	tcase_add_test(tc, reads_what_was_lent);
	tcase_add_test(tc, names_encodings);
	suite_add_tcase(suite, tc);
	return suite;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For `make`: make_gb18030 < src/io/gb18030.txt > HEADER, the tables that src/io/gb18030.c decodes with. Runs where the program is built, whatever it
 * is built for. Not installed. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEADS = 126, TRAILS = 192, PLACES = LEADS * TRAILS, RUNS = 256, BEYOND = 16, HANZI = 0x4E00, HANZI_END = 0x9FA6 };
static uint32_t two[PLACES]; /* row of the lead byte less 81, column of the trail byte less 40; 0: none */
static bool taken[0x110000];
static struct { unsigned long first, to, count; } run[RUNS], rest[RUNS];
static size_t runs, rests;

static void refuse(const char *line)
{
	fprintf(stderr, "make_gb18030: not understood: %s", line);
	exit(1);
}

/* The place of the code behind `place`: there is none with 7F or FF. */
static size_t behind(size_t place)
{
	place++;
	return place % TRAILS == 0x7F - 0x40 || place % TRAILS == 0xFF - 0x40 ? behind(place) : place;
}

static size_t put(size_t place, unsigned long c, const char *line)
{
	if (place >= PLACES || two[place] || c == 0 || c >= sizeof taken || taken[c])
		refuse(line);
	two[place] = (uint32_t)c;
	taken[c] = true;
	return behind(place);
}

static unsigned long next_char(const char **text)
{
	const unsigned char *s = (const unsigned char *)*text;
	size_t len = *s < 0x80 ? 1 : *s < 0xE0 ? 2 : *s < 0xF0 ? 3 : 4;
	unsigned long c = len == 1 ? *s : *s & (0xFFu >> (len + 1));
	for (size_t i = 1; i < len; i++)
		c = c << 6 | (s[i] & 0x3Fu);
	*text += len;
	return c;
}

/* The number of a code of four bytes, all in a row. */
static unsigned long number_of(unsigned long code)
{
	return (((code >> 24) - 0x81) * 10 + (code >> 16 & 0xFF) - 0x30) * 1260 + ((code >> 8 & 0xFF) - 0x81) * 10 + (code & 0xFF) - 0x30;
}

static void read_line(const char *line)
{
	char *text;
	unsigned long code = strtoul(line, &text, 16), to = 0, count = 0;
	size_t place = (code >> 8) - 0x81 < LEADS && (code & 0xFF) >= 0x40 ? ((code >> 8) - 0x81) * TRAILS + (code & 0xFF) - 0x40 : SIZE_MAX;
	bool four = text - line == 8, in_row = sscanf(text, " U+%lx %lu", &to, &count) == 2, others = !in_row && sscanf(text, " * %lu", &count) == 1;
	if (*text != ' ' || (four && !in_row) || runs == RUNS || rests == RUNS)
		refuse(line);
	if (four) {
		run[runs].first = number_of(code);
		run[runs].to = to;
		run[runs++].count = count;
	} else if (others) {
		rest[rests].first = place;
		rest[rests++].count = count;
	} else if (in_row)
		for (; count > 0; count--)
			place = put(place, to++, line);
	else
		for (const char *c = text + 1; *c && *c != '\n';)
			place = put(place, next_char(&c), line);
}

static void put_rest(void)
{
	unsigned long c = HANZI;
	for (size_t i = 0; i < rests; i++) {
		size_t place = rest[i].first;
		for (; rest[i].count > 0; rest[i].count--) {
			while (taken[c])
				c++;
			while (place < PLACES && two[place])
				place = behind(place);
			if (c >= HANZI_END)
				refuse("* with too many\n");
			place = put(place, c, "*\n");
		}
	}
}

/* Sixteen bits each: a character that wants more stands behind, and its place is given in the range of surrogates, which are no characters. */
static void write_tables(void)
{
	uint32_t beyond[BEYOND];
	size_t far = 0;
	printf("/* Made by tools/make_gb18030.c. */\nstatic const uint16_t two_bytes[] = {");
	for (size_t i = 0; i < PLACES; i++) {
		uint32_t c = two[i];
		if (c > 0xFFFF) {
			if (far == BEYOND)
				refuse("too many characters beyond U+FFFF\n");
			beyond[far] = c;
			c = (uint32_t)(0xD800 + far++);
		}
		printf("%s0x%lX,", i % 16 == 0 ? "\n" : "", (unsigned long)c);
	}
	printf("\n};\nstatic const uint32_t two_bytes_beyond[] = {");
	for (size_t i = 0; i < far; i++)
		printf("0x%lX,", (unsigned long)beyond[i]);
	printf("};\nstatic const struct { uint32_t first, to, count; } four_bytes[] = {\n");
	for (size_t i = 0; i < runs; i++)
		printf("{%lu,0x%lX,%lu},\n", run[i].first, run[i].to, run[i].count);
	printf("};\n");
}

int main(void)
{
	char line[1024];
	while (fgets(line, sizeof line, stdin))
		if (*line != '#')
			read_line(line);
	put_rest();
	write_tables();
	return ferror(stdin) || fflush(stdout) != 0;
}

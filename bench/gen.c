/* Writes the data of the benchmark: an inventory of any length, its factors.
 *
 *     gen inventory ROWS > act.csv
 *     gen factors        > factors.csv
 *
 * Everything comes from one integer generator with a fixed seed and from
 * integer arithmetic, so every machine writes the same bytes, and a longer
 * inventory begins with the rows of a shorter one.  The rows come in random
 * order: the worst case for a program that looks things up.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_SITES = 200, N_FACTORS = 1000, MAX_SAME = 64 };

/* A permuted congruential generator (M. E. O'Neill, PCG, 2014): 64 bits of
 * state, 32 bits out by a rotation that the top five bits choose. */
struct rng {
	uint64_t state;
};

static uint32_t draw(struct rng *r)
{
	uint64_t old = r->state;
	r->state = old * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	uint32_t mixed = (uint32_t)(((old >> 18) ^ old) >> 27);
	uint32_t turn = (uint32_t)(old >> 59);
	return (mixed >> turn) | (mixed << ((32u - turn) & 31u));
}

static struct rng rng_from(uint64_t seed)
{
	struct rng r = { seed };
	(void)draw(&r);
	r.state += seed;
	(void)draw(&r);
	return r;
}

/* A number under n; the bias of the multiplication is under n / 2^32. */
static uint32_t below(struct rng *r, uint32_t n)
{
	return (uint32_t)(((uint64_t)draw(r) * n) >> 32);
}

/* `digits` is the longest whole part of a quantity in this unit: nobody
 * reports a million terajoules.  `mass` is the numerator of a factor that is
 * stated per this unit. */
enum dimension { ENERGY, MASS, VOLUME, DISTANCE, PASSENGER, FREIGHT, AREA, MONEY };

struct unit {
	const char *name;
	enum dimension dim;
	uint32_t digits;
	const char *mass;
};

static const struct unit UNITS[] = {
	{ "kWh", ENERGY, 6, "kg" },       { "MWh", ENERGY, 4, "t" },
	{ "GWh", ENERGY, 2, "t" },        { "万kWh", ENERGY, 3, "t" },
	{ "度", ENERGY, 6, "kg" },        { "MJ", ENERGY, 6, "g" },
	{ "GJ", ENERGY, 4, "kg" },        { "TJ", ENERGY, 2, "t" },
	{ "g", MASS, 6, "g" },            { "kg", MASS, 6, "kg" },
	{ "t", MASS, 4, "t" },            { "lb", MASS, 6, "lb" },
	{ "万t", MASS, 1, "t" },          { "公斤", MASS, 6, "kg" },
	{ "斤", MASS, 6, "kg" },          { "L", VOLUME, 6, "kg" },
	{ "m3", VOLUME, 5, "kg" },        { "gal", VOLUME, 5, "lb" },
	{ "立方米", VOLUME, 5, "kg" },    { "万m3", VOLUME, 2, "t" },
	{ "km", DISTANCE, 6, "kg" },      { "m", DISTANCE, 6, "g" },
	{ "mile", DISTANCE, 5, "lb" },    { "p km", PASSENGER, 6, "g" },
	{ "t km", FREIGHT, 6, "kg" },     { "kg km", FREIGHT, 6, "g" },
	{ "m2", AREA, 6, "kg" },          { "亩", AREA, 3, "t" },
	{ "元", MONEY, 6, "g" },          { "万元", MONEY, 4, "kg" },
};
enum { N_UNITS = sizeof UNITS / sizeof *UNITS };

/* One of the 24 things a site reports.  The three spellings of its activity
 * are a plain one, a Chinese one, and one that may hold a comma. */
struct stream {
	const char *source;
	int scope;
	enum dimension dim;
	const char *says[3];
};

static const struct stream STREAMS[] = {
	{ "boiler-1", 1, ENERGY, { "bench boiler gas", "基准锅炉用气", "bench gas, process heat" } },
	{ "genset", 1, VOLUME, { "bench genset diesel", "基准发电机用油", "bench diesel, stationary" } },
	{ "canteen", 1, MASS, { "bench canteen LPG", "基准食堂液化气", "bench LPG, kitchens" } },
	{ "kiln", 1, MASS, { "bench kiln coal", "基准窑炉用煤", "bench coal, washed" } },
	{ "cars", 1, VOLUME, { "bench car petrol", "基准公务车汽油", "bench petrol, leased cars" } },
	{ "trucks", 1, DISTANCE, { "bench trucks", "基准厂内货车", "bench trucks, own" } },
	{ "chillers", 1, MASS, { "bench refrigerant top-up", "基准制冷剂补充", "bench refrigerant" } },
	{ "lawn", 1, AREA, { "bench grounds", "基准绿地养护", "bench grounds, mown" } },
	{ "meter-A", 2, ENERGY, { "bench grid power", "基准外购电", "bench power, metered" } },
	{ "meter-B", 2, ENERGY, { "bench workshop power", "基准车间用电", "bench workshop" } },
	{ "steam", 2, ENERGY, { "bench steam", "基准外购蒸汽", "bench steam, 0.8 MPa" } },
	{ "cooling", 2, ENERGY, { "bench district cooling", "基准区域供冷", "bench cooling" } },
	{ "grid-losses", 3, ENERGY, { "bench grid losses", "基准输配损失", "bench losses" } },
	{ "road-out", 3, FREIGHT, { "bench road freight", "基准公路货运", "bench road, outbound" } },
	{ "sea", 3, FREIGHT, { "bench sea freight", "基准海运", "bench container" } },
	{ "rail-freight", 3, FREIGHT, { "bench rail freight", "基准铁路货运", "bench block train" } },
	{ "flights", 3, PASSENGER, { "bench flights", "基准航空差旅", "bench flights, economy" } },
	{ "rail-travel", 3, PASSENGER, { "bench rail travel", "基准高铁差旅", "bench night train" } },
	{ "taxi", 3, DISTANCE, { "bench taxi", "基准出租车", "bench ride hailing" } },
	{ "commuting", 3, DISTANCE, { "bench commuting", "基准员工通勤", "bench commute by bus" } },
	{ "landfill", 3, MASS, { "bench mixed waste", "基准混合垃圾", "bench waste, mixed" } },
	{ "water", 3, VOLUME, { "bench mains water", "基准自来水", "bench water" } },
	{ "offices", 3, AREA, { "bench leased offices", "基准租赁办公", "bench offices, leased" } },
	{ "purchases", 3, MONEY, { "bench purchases", "基准采购", "bench purchases, spend" } },
};
enum { N_STREAMS = sizeof STREAMS / sizeof *STREAMS };

struct factor {
	char id[12];
	char value[16];
	const struct unit *per;
	uint32_t stream;
};

struct world {
	char sites[N_SITES][48];
	struct factor factors[N_FACTORS];
	uint32_t of_stream[N_STREAMS][MAX_SAME];
	uint32_t n_of_stream[N_STREAMS];
	const struct unit *of_dim[MONEY + 1][N_UNITS];
	uint32_t n_of_dim[MONEY + 1];
};

/* Five significant digits between 0.010000 and 9.9999. */
static void factor_value(struct rng *r, char *out, size_t size)
{
	uint32_t digits = 10000u + below(r, 90000u);
	switch (below(r, 3)) {
	case 0:
		(void)snprintf(out, size, "%u.%04u", digits / 10000u, digits % 10000u);
		break;
	case 1:
		(void)snprintf(out, size, "0.%05u", digits);
		break;
	default:
		(void)snprintf(out, size, "0.0%05u", digits);
	}
}

static void build(struct world *w)
{
	static const char *const NAMES[] = { "上海一厂", "Waigaoqiao", "Pudong-plant", "Warehouse",
	                                     "临港园区", "HQ-tower", "Depot", "Workshop" };
	struct rng r = rng_from(UINT64_C(0x7461e0));
	memset(w, 0, sizeof *w);
	for (uint32_t i = 0; i < N_UNITS; i++)
		w->of_dim[UNITS[i].dim][w->n_of_dim[UNITS[i].dim]++] = &UNITS[i];
	for (uint32_t i = 0; i < N_SITES; i++) {
		if (i % 25 == 7)
			(void)snprintf(w->sites[i], sizeof w->sites[i], "\"Block %u, Line %u\"", i, 1 + below(&r, 4));
		else
			(void)snprintf(w->sites[i], sizeof w->sites[i], "%s-%03u", NAMES[below(&r, 8)], i);
	}
	for (uint32_t i = 0; i < N_FACTORS; i++) {
		struct factor *f = &w->factors[i];
		f->stream = i % N_STREAMS;
		enum dimension dim = STREAMS[f->stream].dim;
		f->per = w->of_dim[dim][below(&r, w->n_of_dim[dim])];
		(void)snprintf(f->id, sizeof f->id, "BF-%05u", 10000 + 13 * i);
		factor_value(&r, f->value, sizeof f->value);
		w->of_stream[f->stream][w->n_of_stream[f->stream]++] = i;
	}
}

static char *put(char *p, const char *text)
{
	size_t n = strlen(text);
	memcpy(p, text, n);
	return p + n;
}

static char *put_cell(char *p, const char *text)
{
	if (strchr(text, ',') == NULL)
		return put(p, text);
	*p++ = '"';
	p = put(p, text);
	*p++ = '"';
	return p;
}

/* At least `width` digits. */
static char *put_number(char *p, uint64_t v, int width)
{
	char back[24];
	int n = 0;
	do
		back[n++] = (char)('0' + v % 10);
	while ((v /= 10) != 0 || n < width);
	while (n > 0)
		*p++ = back[--n];
	return p;
}

/* The number of digits is drawn first, so that small and large quantities are
 * equally common.  Two in a hundred are corrections, one has an exponent. */
static char *put_quantity(char *p, struct rng *r, uint32_t max_digits)
{
	static const uint32_t POWER[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
	uint32_t n = 1 + below(r, max_digits);
	uint32_t whole = POWER[n - 1] + below(r, POWER[n] - POWER[n - 1]);
	uint32_t kind = below(r, 100);
	if (kind < 2) {
		*p++ = '-';
		whole = 1 + whole % 100;
	} else if (kind < 3) {
		p = put_number(p, 1 + below(r, 9), 1);
		*p++ = '.';
		p = put_number(p, below(r, 1000), 3);
		*p++ = below(r, 2) != 0 ? 'e' : 'E';
		return put_number(p, below(r, max_digits), 1);
	}
	p = put_number(p, whole, 1);
	uint32_t shape = below(r, 100);
	if (shape < 28)
		return p;
	*p++ = '.';
	if (shape < 36)
		return put_number(p, below(r, 10), 1);
	if (shape < 80)
		return put_number(p, below(r, 100), 2);
	if (shape < 95)
		return put_number(p, below(r, 1000), 3);
	p = put_number(p, below(r, 100000), 5);
	return put_number(p, below(r, 100000), 5);
}

static char *put_evidence(char *p, struct rng *r)
{
	uint32_t kind = below(r, 100);
	if (kind < 42)
		return p;
	if (kind < 87)
		return put_number(put(p, "invoice 2023-"), below(r, 1000000), 6);
	if (kind < 94)
		return put_number(put(p, "台账"), below(r, 10000), 4);
	return put(put_number(put(p, "\"ledger, p. "), 1 + below(r, 400), 1), "\"");
}

static char *put_note(char *p, struct rng *r)
{
	uint32_t kind = below(r, 1000);
	if (kind < 500)
		return p;
	if (kind < 780)
		return put(p, "read off the meter");
	if (kind < 870)
		return put(p, below(r, 2) != 0 ? "抄表，已核对" : "按发票金额估算");
	if (kind < 980)
		return put(put_number(put(p, "\"estimate, sheet "), 1 + below(r, 40), 1), "\"");
	if (kind < 995)
		return put(put_number(put(p, "\"line \"\"K"), below(r, 100), 1), "\"\" stopped\"");
	return put(p, "\"first reading lost,\nread again\"");
}

/* The longest row is under 300 bytes. */
static char *put_row(char *p, struct rng *r, const struct world *w)
{
	uint32_t s = below(r, N_STREAMS);
	const struct stream *stream = &STREAMS[s];
	const struct factor *f = &w->factors[w->of_stream[s][below(r, w->n_of_stream[s])]];
	const struct unit *u = f->per;
	if (below(r, 4) == 0)
		u = w->of_dim[stream->dim][below(r, w->n_of_dim[stream->dim])];

	p = put(p, "2023");
	uint32_t month = below(r, 50);
	if (month < 48)
		p = put_number(put(p, "-"), 1 + month / 4, 2);
	*p++ = ',';
	uint32_t spelling = below(r, 100);
	p = put_cell(p, stream->says[spelling < 74 ? 0 : spelling < 83 ? 1 : 2]);
	*p++ = ',';
	p = put_quantity(p, r, u->digits);
	*p++ = ',';
	p = put(p, u->name);
	*p++ = ',';
	p = put(p, w->sites[below(r, N_SITES)]);
	*p++ = ',';
	p = put(p, stream->source);
	*p++ = ',';
	p = put_number(p, (uint64_t)stream->scope, 1);
	*p++ = ',';
	p = put(p, f->id);
	*p++ = ',';
	p = put_evidence(p, r);
	*p++ = ',';
	p = put_note(p, r);
	*p++ = '\n';
	return p;
}

static int write_inventory(const struct world *w, uint64_t rows)
{
	enum { ROOM = 1 << 18, SLACK = 512 };
	static char buffer[ROOM];
	struct rng r = rng_from(UINT64_C(0xc02e));
	char *p = put(buffer, "period,activity,quantity,unit,site,source,scope,factor,evidence,note\n");
	for (uint64_t i = 0; i < rows; i++) {
		p = put_row(p, &r, w);
		if (p > buffer + ROOM - SLACK) {
			size_t n = (size_t)(p - buffer);
			if (fwrite(buffer, 1, n, stdout) != n)
				return -1;
			p = buffer;
		}
	}
	size_t n = (size_t)(p - buffer);
	return fwrite(buffer, 1, n, stdout) == n ? 0 : -1;
}

static void write_factors(const struct world *w)
{
	puts("id,gas,value,unit,activity,name_en,scope,source,confidence");
	for (uint32_t i = 0; i < N_FACTORS; i++) {
		const struct factor *f = &w->factors[i];
		const struct stream *s = &STREAMS[f->stream];
		int compound = strchr(f->per->name, ' ') != NULL;
		printf("%s,%s,%s,%s/%s%s%s,\"%s;%s;%s\",\"%s, variant %u\",%d,made up for the benchmark,user\n",
		       f->id, i % 4 == 3 ? "CO2" : "CO2e", f->value, f->per->mass, compound ? "(" : "", f->per->name,
		       compound ? ")" : "", s->says[0], s->says[1], s->says[2], s->source, i / N_STREAMS + 1, s->scope);
	}
}

static int parse_rows(const char *text, uint64_t *rows)
{
	char *end;
	errno = 0;
	unsigned long long v = strtoull(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || *text == '-')
		return -1;
	*rows = v;
	return 0;
}

int main(int argc, char **argv)
{
	static struct world w;
	uint64_t rows;
	int bad = 0;
	build(&w);
	if (argc == 3 && strcmp(argv[1], "inventory") == 0 && parse_rows(argv[2], &rows) == 0) {
		bad = write_inventory(&w, rows);
	} else if (argc == 2 && strcmp(argv[1], "factors") == 0) {
		write_factors(&w);
	} else {
		fputs("usage: gen inventory ROWS | gen factors\n", stderr);
		return 2;
	}
	if (bad != 0 || fflush(stdout) != 0 || ferror(stdout) != 0) {
		perror("gen");
		return 1;
	}
	return 0;
}

# The benchmark's job in awk.  A line is split at its commas, which is right when
# it holds no quotation mark; any other goes through cells(), which joins lines
# until the quotes are even and knows doubled quotes.

function fail(text)
{
	failed = 1
	print "account.awk: " text > "/dev/stderr"
	exit 1
}

# Splits the record that begins with `text` into cell[1..n] and returns n.  Between
# quotation marks the pieces are outside, inside, outside...; an empty piece
# outside, neither first nor last, is a doubled mark.
function cells(text,    n, i, more, out)
{
	while ((n = split(text, piece, "\"")) % 2 == 0) {
		if ((getline more < file) <= 0)
			fail("a quote is never closed")
		text = text "\n" more
	}
	out = ""
	for (i = 1; i <= n; i++) {
		if (i % 2 == 0)
			out = out piece[i]
		else if (piece[i] == "")
			out = out (i > 1 && i < n ? "\"" : "")
		else {
			if ((i > 1 && piece[i] !~ /^,/) || (i < n && piece[i] !~ /,$/))
				fail("a quote inside a cell: " text)
			gsub(/,/, SUBSEP, piece[i])
			out = out piece[i]
		}
	}
	return split(out, cell, SUBSEP)
}

function record(text)
{
	return index(text, "\"") ? cells(text) : split(text, cell, ",")
}

function header(    line, n, i)
{
	if ((getline line < file) <= 0)
		fail(file ": empty or missing")
	n = record(line)
	split("", column)
	for (i = 1; i <= n; i++)
		column[cell[i]] = i
	return n
}

function json(text)
{
	gsub(/\\/, "\\\\", text)
	gsub(/"/, "\\\"", text)
	return "\"" text "\""
}

BEGIN {
	file = units
	header()
	while ((getline line < file) > 0) {
		record(line)
		dimension[cell[1]] = cell[2]
		base[cell[1]] = cell[3] / cell[4]
	}

	file = factors
	header()
	while ((getline line < file) > 0) {
		record(line)
		unit = cell[column["unit"]]
		at = index(unit, "/")
		per = substr(unit, at + 1)
		gsub(/[()]/, "", per)
		id = cell[column["id"]]
		per_dimension[id] = dimension[per]
		value[id] = cell[column["value"]] * base[substr(unit, 1, at - 1)] / base[per]
	}

	file = ARGV[1]
	width = header()
	quantity = column["quantity"]
	unit = column["unit"]
	factor = column["factor"]
	site = column["site"]
	scope = column["scope"]
	source = column["source"]
	while ((getline line < file) > 0) {
		if (record(line) != width)
			fail("not " width " cells: " line)
		u = cell[unit]
		f = cell[factor]
		if (!(u in base) || dimension[u] != per_dimension[f])
			fail("no way from " u " to " f)
		key = cell[site] SUBSEP cell[scope] SUBSEP cell[source]
		count[key]++
		sum[key] += cell[quantity] * base[u] * value[f]
	}

	comma = "["
	for (key in sum) {
		split(key, part, SUBSEP)
		printf "%s\n{\"site\":%s,\"scope\":%s,\"source\":%s,\"n\":%d,\"kg\":%.17g}", comma,
			json(part[1]), json(part[2]), json(part[3]), count[key], sum[key]
		comma = ","
	}
	print "\n]"
	exit failed
}

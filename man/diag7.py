#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write tanhe-diag.7 (mdoc) from src/base/diag.def to standard output."""

import ast
import re
import sys
from pathlib import Path

RANGES = [
    (1000, 1099, "The file and its encoding"),
    (1100, 1199, "CSV"),
    (1200, 1299, "JSON"),
    (1300, 1399, "Output"),
    (1400, 1499, "Workbooks"),
    (1500, 1599, "A case to fill in"),
    (2000, 2099, "Rows and columns of an inventory"),
    (2100, 2199, "Activities, factors, regions, GWP"),
    (2200, 2299, "Numbers"),
    (2300, 2399, "Units in cells"),
    (2400, 2499, "Periods"),
    (3000, 3199, "Unit files"),
    (3200, 3299, "Factor files"),
    (3300, 3399, "Activities, regions, columns"),
    (3400, 3499, "Profiles"),
    (3500, 3599, "GWP and blends"),
    (3600, 3699, "Case files"),
    (3700, 3799, "Energy and intensities"),
    (3800, 3899, "Rule packs"),
    (3900, 3999, "Measures, targets, parameters"),
    (4000, 4999, "Caveats"),
    (5000, 5999, "System"),
    (6000, 6999, "Usage"),
]
LETTER = {"ERROR": "E", "WARNING": "W", "CAVEAT": "C"}
OPTIONAL = re.compile(r"\{!?\d(?:~\d)?:(.*?):\}")  # left out where there is no such argument, or no name near it
STRING = r'"(?:[^"\\]|\\.)*"'
ROW = re.compile(r"^D\((\d+), (\w+), (\w+), (%s), (%s), (%s), (%s)\)$" % ((STRING,) * 4), re.M)

HEAD = """\
.\\" SPDX-License-Identifier: GPL-3.0-or-later
.\\" Written by man/diag7.py from src/base/diag.def: change that file and run `python3 man/diag7.py > man/tanhe-diag.7`.
.Dd November 23, 2026
.Dt TANHE-DIAG 7
.Os tanhe
.Sh NAME
.Nm tanhe-diag
.Nd everything that tanhe can say about its input
.Sh DESCRIPTION
A message of
.Xr tanhe 1
is one line on standard error:
.Pp
.Dl file:line:column: error E2103: title [column name]: detail
.Pp
Lines and columns count from 1; a column counts characters, not bytes.
What concerns a whole file stands at 1:1.
The letter is the severity:
.Bl -tag -width Ds
.It E
error: no result is written, and the exit status is not 0.
All errors of a run are reported together, the first 1,000 with their text, and of each other fault the first behind them.
.It W
warning: the run goes on.
.It C
caveat: part of the report, not of standard error; it says what a reader of the numbers must know.
.El
.Pp
A code keeps its meaning for ever.
In the list below,
.Ql {1}
and
.Ql {2}
stand for what was found and what was expected.
"""

TAIL = """\
.Sh SEE ALSO
.Xr tanhe 1 ,
.Xr tanhe-case 5 ,
.Xr tanhe-factors 5
"""


def roff(text):
    """Escape what roff would read as its own; a leading control character gets a zero-width space.

    roff does not know where Chinese may be broken: behind its marks, and in a long run anywhere."""
    text = text.replace("\\", "\\e").replace("`", "\\(ga").replace("~", "\\(ti").replace("^", "\\(ha").replace("'", "\\(aq")
    text = re.sub(r"([，。；：、）”]|[\u4e00-\u9fff]{16})(?=[^，。；：、）”])", r"\1\\:", text)
    return "\\&" + text if text[:1] in (".", "\\") else text


def argument(text):
    return '"' + roff(text).replace('"', "\\(dq") + '"'


def main():
    source = Path(__file__).resolve().parent.parent / "src/base/diag.def"
    definitions = source.read_text(encoding="utf-8")
    rows = [m.groups() for m in ROW.finditer(definitions)]
    if len(rows) != len(re.findall(r"^D\(", definitions, re.M)):
        sys.exit(f"{source}: a row that is not D(code, SEVERITY, NAME, four strings)")
    rows = sorted((int(code), severity, name, [re.sub(r"\{(\d),\}", r"{\1}", OPTIONAL.sub(r"\1", ast.literal_eval(t))) for t in texts]) for code, severity, name, *texts in rows)
    # A range that is new in diag.def is called what its comment there says.
    ranges = list(RANGES)
    for hundred, title in re.findall(r"^/\* (\d\d)xx: (.+?) \*/$", definitions, re.M):
        first = int(hundred) * 100
        if not any(a <= first <= b for a, b, _ in ranges):
            ranges.append((first, first + 99, title[0].upper() + title[1:]))
    out = [HEAD]
    listed = 0
    for first, last, title in sorted(ranges):
        chosen = [row for row in rows if first <= row[0] <= last]
        if not chosen:
            continue
        out.append(f".Ss {title}\n.Bl -tag -width E1001x\n")
        for code, severity, _, (title_en, title_zh, detail_en, detail_zh) in chosen:
            out.append(f".It {LETTER[severity]}{code}\n{roff(title_en)}\n.Pq {argument(title_zh)}\n")
            if detail_en:
                out.append(f".br\n{roff(detail_en)}\n")
            if detail_zh and detail_zh not in (detail_en, "{1}"):
                out.append(f".br\n{roff(detail_zh)}\n")
        out.append(".El\n")
        listed += len(chosen)
    if listed != len(rows):
        sys.exit(f"{source}: a code outside the ranges of {Path(__file__).name}")
    out.append(TAIL)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write("".join(out))


if __name__ == "__main__":
    main()

"""What the project asks of itself, and how far a measured run is from it."""
from statistics import median

MORE, LESS = "at least", "at most"


def paired(suite, above, below, key="wall"):
    """Return the median over the rounds of one program's cost to another's, or None."""
    runs = suite.get("programs", {})
    if above not in runs or below not in runs:
        return None
    a, b = ({run["round"]: run[key] for run in runs[name]["runs"]} for name in (above, below))
    both = [a[r] / b[r] for r in a if r in b and b[r] > 0]
    return median(both) if both else None


def largest(suites):
    """Return the suites of whole inventories, the longest first, as (name, suite)."""
    long = [(name, s) for name, s in suites.items() if s.get("lines")]
    return sorted(long, key=lambda item: -item[1]["lines"])


def first_ratio(suites, above, below):
    """Return (ratio, name of the suite) from the longest suite that has both."""
    for name, suite in largest(suites):
        ratio = paired(suite, above, below)
        if ratio is not None:
            return ratio, name
    return None


def peak(suites, name):
    """Return (peak MiB, 'MiB at 1M, MiB at 10M...') of a program."""
    sizes = [(suite["programs"][name]["peak_mib"], label)
             for label, suite in reversed(largest(suites)) if name in suite["programs"]]
    if not sizes:
        return None
    return max(mib for mib, _ in sizes), ", ".join(f"{mib:.1f} at {label}" for mib, label in sizes)


def growth(suites, name):
    """Return (time at 10M over time at 1M, how it was read)."""
    if not all(name in suites.get(s, {}).get("programs", {}) for s in ("1M", "10M")):
        return None
    ten, one = (suites[s]["programs"][name]["wall"] for s in ("10M", "1M"))
    return ten / one, "medians"


def worst_growth(suites):
    """Return (the largest growth from n to 4 n of all shapes of input, its name)."""
    rows = suites.get("growth", {}).get("shapes", [])
    return max(((row["growth"], row["name"]) for row in rows), default=None)


# what is measured, direction, floor, goal, unit, how to read it from the suites
TARGETS = (
    ("DuckDB's time to tanhe's, 2 threads", MORE, 4, 6, "x", lambda s: first_ratio(s, "duckdb-2", "tanhe-2")),
    ("DuckDB's time to tanhe's, 1 thread", MORE, 4, 6, "x", lambda s: first_ratio(s, "duckdb-1", "tanhe-1")),
    ("tanhe's time to wc -l, 2 threads", LESS, 4, 3, "x", lambda s: first_ratio(s, "tanhe-2", "wc -l")),
    ("tanhe's time to wc -l, 1 thread", LESS, 7, 5.5, "x", lambda s: first_ratio(s, "tanhe-1", "wc -l")),
    ("every line to a ledger: DuckDB's table to tanhe's", MORE, 2, 4, "x",
     lambda s: first_ratio(s, "duckdb-table", "tanhe-ledger")),
    ("1 thread to 2 threads", MORE, 1.6, 1.75, "x", lambda s: first_ratio(s, "tanhe-1", "tanhe-2")),
    ("peak memory, 2 threads", LESS, 32, 12, "MiB", lambda s: peak(s, "tanhe-2")),
    ("time of 10M lines to 1M, 2 threads", LESS, 10.5, 10.2, "x", lambda s: growth(s, "tanhe-2")),
    ("the realistic mix to the one-term job, 2 threads", LESS, 1.5, 1.2, "x", lambda s: first_ratio(s, "tanhe-mix", "tanhe-2")),
    ("growth from n to 4 n of the worst shape of input", LESS, 8, 5, "x", worst_growth),
    ("rate of GB18030 to UTF-8", MORE, 0.2, 0.4, "x", lambda s: first_ratio(s, "tanhe-2", "tanhe-gb18030")),
    ("50 lines, shipped data, to spawning true", LESS, 3, 1.5, "x",
     lambda s: with_name(paired(s.get("small", {}), "tanhe-50", "true"), "small")),
    ("cases of 50 lines checked by a batch", MORE, 8000, 20000, "/s", lambda s: rate(s.get("batch", {}))),
)


def rate(suite):
    """Return (cases a second, with which threads), the best of a suite of cases, or None."""
    rates = [(program["rate"], name) for name, program in suite.get("programs", {}).items()]
    return max(rates) if rates else None


def with_name(value, name):
    """Return (value, name), or None when there is no value."""
    return None if value is None else (value, name)


def judge(value, direction, floor, goal):
    """Return 'goal', 'floor' or 'below': the mark that a value reaches."""
    reaches = (lambda mark: value >= mark) if direction == MORE else (lambda mark: value <= mark)
    return "goal" if reaches(goal) else "floor" if reaches(floor) else "below"


def measure(suites):
    """Return the targets that these suites measure, as dictionaries."""
    rows = []
    for what, direction, floor, goal, unit, read in TARGETS:
        today = read(suites)
        if today is not None:
            value, where = today
            rows.append({"target": what, "direction": direction, "floor": floor, "goal": goal, "unit": unit,
                         "today": round(value, 3), "where": where,
                         "reaches": judge(value, direction, floor, goal)})
    return rows

"""Holds a program's answer against the oracle's."""
import json
from decimal import Decimal

PEER_TOLERANCE = Decimal("1e-9")  # relative; the peers add doubles
HALF_STEP = Decimal("0.5e-9")  # kg a line; they do not round each line to 1e-9 kg
SHOWN = 3  # differences quoted in a message


class Disagreement(Exception):
    """An answer that is not the oracle's, or no answer at all."""


def read_exact(path):
    """Return a JSON file's value with every number as the Decimal that was written."""
    try:
        with open(path, encoding="utf-8") as f:
            return json.load(f, parse_float=Decimal, parse_int=Decimal)
    except (OSError, ValueError) as e:
        raise Disagreement(f"{path}: {e}") from e


def read_oracle(path):
    """Return (rows, gross in tonnes, {(site, scope, source): (lines, tonnes)})."""
    answer = read_exact(path)
    groups = {(g["site"], g["scope"], g["source"]): (g["n"], Decimal(g["tco2e"])) for g in answer["groups"]}
    return answer["rows"], Decimal(answer["gross"]), groups


def same_groups(found, wanted):
    """Raise unless both have the same keys, and no key came twice."""
    keys = [key for key, _ in found]
    if len(keys) != len(set(keys)):
        raise Disagreement("a group comes twice")
    missing, extra = set(wanted) - set(keys), set(keys) - set(wanted)
    if missing or extra:
        raise Disagreement(f"{len(missing)} groups missing {sorted(missing)[:SHOWN]}, "
                           f"{len(extra)} too many {sorted(extra)[:SHOWN]}")


def quote(differences):
    """Return the first differences as text."""
    lines = [f"{key}: {found}, oracle {wanted}" for key, found, wanted in differences[:SHOWN]]
    return f"{len(differences)} groups differ\n  " + "\n  ".join(lines)


def check_tanhe(path, oracle):
    """tanhe's account: the last digit of every group and of the total."""
    rows, gross, wanted = oracle
    answer = read_exact(path)
    try:
        found = [((g["keys"]["site"], str(g["keys"]["scope"]), g["keys"]["source"]), g["tco2e"])
                 for g in answer["groups"]]
        total = answer["totals"]["gross"]
        inputs = [i["rows"] for i in answer.get("inputs", []) if "rows" in i]
    except (KeyError, TypeError) as e:
        raise Disagreement(f"{path}: not an account with groups by site, scope and source ({e!r})") from e
    same_groups(found, wanted)
    differences = [(key, mass, wanted[key][1]) for key, mass in found if mass != wanted[key][1]]
    if differences:
        raise Disagreement(quote(differences))
    if total != gross:
        raise Disagreement(f"gross {total}, oracle {gross}")
    if inputs and rows not in inputs:
        raise Disagreement(f"rows {inputs}, oracle {rows}")


def check_peer(path, oracle):
    """A peer's list of groups: the counts, and the sums as far as doubles go."""
    _, _, wanted = oracle
    try:
        found = [((g["site"], str(g["scope"]), g["source"]), (g["n"], g["kg"])) for g in read_exact(path)]
    except (KeyError, TypeError) as e:
        raise Disagreement(f"{path}: not a list of groups ({e!r})") from e
    same_groups(found, wanted)
    differences = []
    for key, (n, kg) in found:
        want_n, want_t = wanted[key]
        allowed = PEER_TOLERANCE * abs(1000 * want_t) + HALF_STEP * want_n
        if n != want_n or abs(kg - 1000 * want_t) > allowed:
            differences.append((key, f"{n} lines {kg} kg", f"{want_n} lines {1000 * want_t} kg"))
    if differences:
        raise Disagreement(quote(differences))

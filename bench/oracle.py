#!/usr/bin/env python3
"""The benchmark's job in exact arithmetic: what every program's answer is held against.

The rounding is tanhe's: the product of a line's quantity, unit ratio and factor
is a fraction; it is rounded once, half to even, to 1e-9 kg; sums are integers.
Units come from bench/units.csv, which owes nothing to data/units.csv, so that a
wrong unit there shows here.

Output: {"rows", "gross", "groups": [{"site", "scope", "source", "n", "tco2e"}]},
masses in tonnes as decimal strings, groups sorted.
"""
import argparse
import csv
import json
import sys
from fractions import Fraction
from pathlib import Path

NANO = 10**9  # sums count in 1e-9 kg
TONNE = 1000 * NANO


def read_units(path):
    """Return {unit: (dimension, Fraction in base units)}."""
    with open(path, encoding="utf-8", newline="") as f:
        return {r["unit"]: (r["dimension"], Fraction(int(r["num"]), int(r["den"])))
                for r in csv.DictReader(f, strict=True)}


def read_factors(path, units):
    """Return {id: (dimension, Fraction in nanokilograms per base unit)}."""
    factors = {}
    with open(path, encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f, strict=True):
            mass, per = row["unit"].split("/", 1)
            if per.startswith("(") and per.endswith(")"):
                per = per[1:-1]
            kind, kilograms = units[mass]
            if kind != "mass" or row["gas"] not in ("CO2", "CO2e"):
                raise ValueError(f"{row['id']}: not a mass of CO2e: {row['gas']} {row['unit']}")
            if row["id"] in factors:
                raise ValueError(f"{row['id']}: twice")
            dimension, base = units[per]
            factors[row["id"]] = dimension, Fraction(row["value"]) * kilograms / base * NANO
    return factors


def split_number(text):
    """Return (n, d), the integers of text = n / 10**d."""
    digits, _, exponent = text.replace("E", "e").partition("e")
    whole, _, part = digits.partition(".")
    n, d = int(whole + part), len(part) - int(exponent or 0)
    return (n, d) if d >= 0 else (n * 10**-d, 0)


def divide_half_even(n, d):
    """Return n / d rounded to an integer, a tie to the even one; d > 0."""
    q, r = divmod(n, d)
    if 2 * r > d or (2 * r == d and q & 1):
        q += 1
    return q


def account(path, factors, units):
    """Return {(site, scope, source): [lines, nanokilograms]}."""
    groups = {}
    ratios = {}  # (unit, factor, decimals) to the integers of the coefficient
    with open(path, encoding="utf-8", newline="") as f:
        rows = csv.reader(f, strict=True)
        head = next(rows)
        at = [head.index(c) for c in ("quantity", "unit", "factor", "site", "scope", "source")]
        for row in rows:
            quantity, unit, factor, site, scope, source = [row[i] for i in at]
            n, decimals = split_number(quantity)
            key = unit, factor, decimals
            ratio = ratios.get(key)
            if ratio is None:
                dimension, base = units[unit]
                want, value = factors[factor]
                if dimension != want:
                    raise ValueError(f"line {rows.line_num}: {unit} is {dimension}, {factor} is per {want}")
                exact = base * value / 10**decimals
                ratio = ratios[key] = exact.numerator, exact.denominator
            mass = divide_half_even(n * ratio[0], ratio[1])
            group = groups.get((site, scope, source))
            if group is None:
                groups[(site, scope, source)] = [1, mass]
            else:
                group[0] += 1
                group[1] += mass
    return groups


def tonnes(nanokilograms):
    """Return the exact decimal text of a mass in tonnes."""
    whole, part = divmod(abs(nanokilograms), TONNE)
    text = f"{'-' if nanokilograms < 0 else ''}{whole}.{part:012d}"
    return text.rstrip("0").rstrip(".")


def main():
    """Read the arguments, print the answer."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description="The benchmark's job in exact arithmetic.")
    parser.add_argument("inventory")
    parser.add_argument("factors")
    parser.add_argument("--units", default=here / "units.csv")
    args = parser.parse_args()
    units = read_units(args.units)
    groups = account(args.inventory, read_factors(args.factors, units), units)
    json.dump({
        "rows": sum(n for n, _ in groups.values()),
        "gross": tonnes(sum(mass for _, mass in groups.values())),
        "groups": [{"site": k[0], "scope": k[1], "source": k[2], "n": n, "tco2e": tonnes(mass)}
                   for k, (n, mass) in sorted(groups.items())],
    }, sys.stdout, ensure_ascii=False, indent=0)
    print()


if __name__ == "__main__":
    main()

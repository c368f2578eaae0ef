#!/usr/bin/env python3
"""Times tanhe beside other programs on one job, and checks every answer.

    bench/run.py                        1 M lines
    bench/run.py --lines 1M 10M         both sizes, and what follows from the two
    bench/run.py --small                a 50-line file against spawning true
    bench/run.py --batch                10,000 cases of 50 lines
    bench/run.py --growth               many shapes of input at n and at 4 n

The programs take turns, whole processes, the order moving on by one each round;
ratios are taken round by round.  Exit status 1: an answer is not the oracle's, a
program failed, tanhe is not built, or nothing ran.
"""
import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import batch
import growth
import targets
from answers import Disagreement, check_peer, check_tanhe, read_oracle

HERE = Path(__file__).resolve().parent
OUT = HERE / "out"
UNITS = HERE / "units.csv"
FACTORS = OUT / "factors.csv"
MIX_FACTORS = OUT / "mix-factors.csv"
RESULT = OUT / "result.json"
WARNINGS = "-std=c11 -O2 -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wvla".split()
NOT_INSTALLED = 77
USAGE_ERROR = 2
SMALL_LINES = 50
SMALL_TIMES = 100
BATCH_CASES = 10000
VERDICTS = (0, 1, 4)  # with which a batch of good cases ends


@dataclass
class Program:
    """One contestant: {inventory} in its command becomes the file of the suite."""
    name: str
    command: list
    check: object = None  # how its answer is checked; None: it has none
    inventory: str = ""  # a file of its own, in place of the suite's
    small: str = ""  # such a file of a few lines, to be tried
    times: int = 1  # processes in one timed run
    runs: list = field(default_factory=list)

    def spent(self):
        """Seconds it has taken so far."""
        return sum(run["wall"] * self.times for run in self.runs)


class Failed(Exception):
    """A program that did not finish as it should."""


def say(text=""):
    """Print at once: the run takes minutes."""
    print(text, flush=True)


def parse_lines(text):
    """Return the number that 1M, 200k or 5000 means."""
    match = re.fullmatch(r"([1-9][0-9]*)([kM]?)", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text}: a number of lines such as 1M, 200k or 5000")
    return int(match[1]) * {"": 1, "k": 10**3, "M": 10**6}[match[2]]


def label(lines):
    """Return the short form of a number of lines."""
    for size, letter in ((10**6, "M"), (10**3, "k")):
        if lines % size == 0:
            return f"{lines // size}{letter}"
    return str(lines)


def fresh(path, *sources):
    """True if the file is there and no older than any of its sources."""
    return path.exists() and all(path.stat().st_mtime >= s.stat().st_mtime for s in sources)


def build(name):
    """Compile bench/NAME.c and return the program's path."""
    source, program = HERE / f"{name}.c", OUT / name
    if not fresh(program, source):
        subprocess.run([os.environ.get("CC", "cc"), *WARNINGS, "-o", program, source], check=True)
    return program


def write_output(command, path):
    """Run a command with its output in a file that appears only when it is whole."""
    part = path.with_name(path.name + ".part")
    with open(part, "wb") as f:
        subprocess.run(command, stdout=f, check=True)
    part.replace(path)


def digest(path):
    """Return a file's SHA-256 in hexadecimal."""
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def check_digest(path):
    """Raise if the file is listed in data.sha256 with another digest."""
    for line in (HERE / "data.sha256").read_text(encoding="ascii").splitlines():
        want, name = line.split()
        if name == path.name and digest(path) != want:
            raise Failed(f"{path}: not the bytes that data.sha256 names: the generator has changed")


def prepare_inventory(lines):
    """Generate the inventory and the factors unless they are there; return the inventory's path."""
    gen = build("gen")
    path = OUT / f"act-{label(lines)}.csv"
    for target, command in ((FACTORS, [gen, "factors"]), (path, [gen, "inventory", str(lines)])):
        if not fresh(target, HERE / "gen.c"):
            write_output(command, target)
            check_digest(target)
    return path


def prepare_oracle(inventory):
    """Compute the exact answer unless it is there; return it."""
    path = OUT / f"oracle-{inventory.stem.removeprefix('act-')}.json"
    script = HERE / "oracle.py"
    if not fresh(path, script, UNITS, FACTORS, inventory):
        say(f"computing {path.name} ...")
        write_output([sys.executable, script, inventory, FACTORS, "--units", UNITS], path)
    return read_oracle(path)


def prepare_gb18030(inventory):
    """Write the inventory again in GB18030; return its path."""
    path = inventory.with_name(inventory.stem + "-gb18030.csv")
    if not fresh(path, inventory):
        write_output(["iconv", "-f", "UTF-8", "-t", "GB18030", inventory], path)
    return path


def prepare_mix(lines):
    """Write an inventory as a group of firms has it; return its path."""
    path = OUT / f"mix-{label(lines)}.csv"
    MIX_FACTORS.write_text("id,gas,value,unit,source,activity,scope\ngreen-1,CO2,0,kg/kWh,contract,,2\n", encoding="utf-8")
    if not fresh(path, HERE / "mix.py"):
        write_output([sys.executable, HERE / "mix.py", str(lines)], path)
    return path


def shipped_inventory():
    """Write the 50 lines that need only the shipped factors; return the path."""
    path = OUT / "small.csv"
    rows = ["period,activity,quantity,unit,site,source,scope"]
    for i in range(SMALL_LINES):
        activity, unit, scope = (("外购电力", "kWh", 2), ("柴油", "t", 1))[i % 2]
        rows.append(f"2023-{i % 12 + 1:02d},{activity},{100 + 7 * i}.5,{unit},楼{i % 5 + 1},表{i},{scope}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def run_once(program, inventory):
    """Run a program (so many times) on an inventory; return what one process cost and its output's path."""
    stem = re.sub(r"[^a-z0-9]+", "-", program.name)
    output, errors = OUT / f"{stem}.json", OUT / f"{stem}.err"
    command = [str(c).replace("{inventory}", str(program.inventory or inventory)) for c in program.command]
    with open(errors, "wb") as f:
        done = subprocess.run([OUT / "spawn", str(program.times), output, *command],
                              stdout=subprocess.PIPE, stderr=f, check=True, text=True)
    wall, user, system, peak, status = done.stdout.split()
    if int(status) != 0:
        tail = errors.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
        raise Failed(f"{program.name}: exit status {status}\n  " + "\n  ".join(tail), int(status))
    n = program.times
    return {"wall": float(wall) / n, "cpu": (float(user) + float(system)) / n, "peak_mib": int(peak) / 1024}, output


def tanhe_command(tanhe, inventory="{inventory}", threads=None, ledger=None, factors=True):
    """Return tanhe's command line for the job."""
    command = [tanhe, "account", inventory, "--by", "site,scope,source", "-f", "json"]
    command += ["--factors", FACTORS] if factors else []
    command += ["--ledger", ledger] if ledger else []
    return command + (["--threads", str(threads)] if threads else [])


def tanhe_threads(args, cores):
    """Return {name: the --threads to give}; a tanhe without the option counts as one thread."""
    probe = Program("tanhe-1", tanhe_command(args.tanhe, threads=1))
    try:
        run_once(probe, prepare_inventory(SMALL_LINES))
    except Failed as e:
        if e.args[-1] == USAGE_ERROR:
            say("tanhe does not take --threads: it stands as tanhe-1")
            return {"tanhe-1": None}
    return {f"tanhe-{n}": n for n in cores}


def contestants(args, cores, lines):
    """Return every program that could take part on an inventory of so many lines, tanhe first."""
    inventory = prepare_inventory(lines)
    here = HERE / "peers"
    job = ["{inventory}", FACTORS, UNITS]
    threads = tanhe_threads(args, cores)
    most = list(threads.values())[-1]
    pool = [Program(name, tanhe_command(args.tanhe, threads=n), check_tanhe) for name, n in threads.items()]
    pool += [Program(f"duckdb-{n}", [here / "duckdb.sh", *job, n], check_peer) for n in cores]
    pool += [Program("mawk", [here / "mawk.sh", *job], check_peer),
             Program("miller", [here / "miller.sh", *job], check_peer),
             Program("wc -l", ["wc", "-l", "{inventory}"])]
    if args.gb18030:
        pool.append(Program("tanhe-gb18030", tanhe_command(args.tanhe, threads=most), check_tanhe,
                            inventory=prepare_gb18030(inventory)))
    if args.mix:
        pool.append(Program("tanhe-mix", [args.tanhe, "account", "{inventory}", "--factors", MIX_FACTORS, "-f", "json", *(["--threads", str(most)] if most else [])],
                            inventory=prepare_mix(lines), small=prepare_mix(SMALL_LINES)))
    if args.ledger:
        ledger, table = OUT / "ledger-tanhe.csv", OUT / "ledger-duckdb.csv"
        pool += [Program("tanhe-ledger", tanhe_command(args.tanhe, threads=most, ledger=ledger), check_tanhe),
                 Program("duckdb-table", [here / "duckdb.sh", *job, cores[-1], table], check_peer)]
    return [p for p in pool if not args.only or p.name in args.only]


def trial(pool, args):
    """Try each program on 50 lines; return (those that work, what is wrong with the others)."""
    inventory = prepare_inventory(SMALL_LINES)
    oracle = prepare_oracle(inventory)
    able, wrong = [], []
    for program in pool:
        small = Program(program.name, program.command, program.check, program.small)
        try:
            check_answer(small, run_once(small, inventory)[1], oracle)
            able.append(program)
        except Failed as e:
            if e.args[-1] == NOT_INSTALLED:
                say(f"{program.name}: not installed, left out")
            elif program.name.startswith("tanhe") and not Path(args.tanhe).exists():
                wrong.append(f"{program.name}: {args.tanhe} is not built")
            else:
                wrong.append(e.args[0])
        except Disagreement as e:
            wrong.append(f"{program.name} on {SMALL_LINES} lines: {e}")
    return able, wrong


def check_answer(program, output, oracle):
    """Hold an answer against the oracle's, if the program gives one."""
    if program.check:
        program.check(output, oracle)


def rounds_of(pool, inventory, oracle, args):
    """Run the programs in turns; return what went wrong."""
    wrong = []
    pool = list(pool)
    for number in range(args.rounds):
        turn = number % len(pool) if pool else 0
        for program in pool[turn:] + pool[:turn]:
            if program.runs and program.spent() > args.patience:
                continue
            try:
                cost, output = run_once(program, inventory)
                check_answer(program, output, oracle)
            except (Failed, Disagreement) as e:
                wrong.append(f"{program.name}: {e.args[0]}")
                pool.remove(program)
                continue
            program.runs.append({"round": number, **cost})
    return wrong


def summary(program):
    """Return a program's medians and runs, for the table and result.json."""
    return {"wall": median(r["wall"] for r in program.runs), "cpu": median(r["cpu"] for r in program.runs),
            "peak_mib": max(r["peak_mib"] for r in program.runs), "runs": program.runs}


def table(head, rows):
    """Print rows in columns, the first to the left, the others to the right."""
    widths = [max(len(str(row[i])) for row in (head, *rows)) for i in range(len(head))]
    for row in (head, *rows):
        cells = [str(row[0]).ljust(widths[0])] + [str(c).rjust(w) for c, w in zip(row[1:], widths[1:])]
        say("  ".join(cells).rstrip())


def number(value, digits=2):
    """Return a number for a table, a dash for none."""
    return "-" if value is None else f"{value:.{digits}f}"


def print_suite(suite):
    """Print a suite's medians and paired ratios."""
    bases = [b for b in ("tanhe-2", "tanhe-1", "wc -l") if b in suite["programs"]]
    rows = [(name, len(p["runs"]), number(p["wall"], 3), number(p["cpu"], 3),
             number(suite["bytes"] / 1e6 / p["wall"], 0), number(p["peak_mib"], 1),
             *(number(targets.paired(suite, name, base)) for base in bases))
            for name, p in suite["programs"].items()]
    table(("program", "runs", "seconds", "CPU s", "MB/s", "peak MiB", *(f"/ {b}" for b in bases)), rows)


def big_suite(lines, able, args):
    """Run the whole job at one size; return (the suite's record, what went wrong)."""
    inventory = prepare_inventory(lines)
    oracle = prepare_oracle(inventory)
    for program in able:
        program.runs = []
        with open(program.inventory or inventory, "rb") as f:  # into the page cache
            while f.read(1 << 20):
                pass
    wrong = rounds_of(able, inventory, oracle, args)
    done = [p for p in able if p.runs]
    suite = {"lines": lines, "bytes": inventory.stat().st_size, "rounds": args.rounds,
             "programs": {p.name: summary(p) for p in done}}
    say(f"\n{label(lines)} lines, {suite['bytes'] / 1e6:.1f} MB; {len(oracle[2])} groups; "
        f"gross {oracle[1]} t CO2e; medians, {args.rounds} rounds")
    print_suite(suite)
    return suite, wrong


def small_suite(args):
    """Time a short inventory against spawning true; return (the suite's record, what went wrong)."""
    generated, shipped = prepare_inventory(SMALL_LINES), shipped_inventory()
    pool = [Program("true", ["true"], times=SMALL_TIMES),
            Program("tanhe-50", tanhe_command(args.tanhe, shipped, factors=False), times=SMALL_TIMES),
            Program("tanhe-50-factors", tanhe_command(args.tanhe), check_tanhe, times=SMALL_TIMES),
            Program("mawk-50", [HERE / "peers" / "mawk.sh", "{inventory}", FACTORS, UNITS], check_peer,
                    times=SMALL_TIMES)]
    pool = [p for p in pool if not args.only or p.name in args.only]
    able, wrong = trial(pool, args)
    wrong += rounds_of(able, generated, prepare_oracle(generated), args)
    suite = {"rounds": args.rounds, "processes": SMALL_TIMES, "programs": {p.name: summary(p) for p in able if p.runs}}
    say(f"\n{SMALL_LINES} lines, one process a file; medians, {args.rounds} rounds of {SMALL_TIMES}")
    table(("program", "runs", "ms", "CPU ms", "peak MiB", "/ true"),
          [(name, len(p["runs"]), number(1000 * p["wall"], 3), number(1000 * p["cpu"], 3), number(p["peak_mib"], 1),
            number(targets.paired(suite, name, "true"))) for name, p in suite["programs"].items()])
    return suite, wrong


def prepare_cases():
    """Return the folders of the generated cases."""
    cases = OUT / f"cases-{BATCH_CASES}"
    if not cases.exists():
        half = cases.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        batch.generate(half, BATCH_CASES, SMALL_LINES, 1)
        half.rename(cases)
    return sorted(cases.iterdir())


def batch_suite(args, cores):
    """Check many cases with each number of threads; return (the suite's record, what went wrong)."""
    groups, runs, answers, wrong = prepare_cases(), {}, set(), []
    for _ in range(args.rounds):
        for threads in cores:
            name = f"tanhe-batch-{threads}"
            wall, status, usage, answer = batch.measure([args.tanhe, "batch", *groups, "--ordered", "--threads", str(threads)])
            answers.add(answer)
            if status not in VERDICTS:
                wrong.append(f"{name}: status {status}")
            runs.setdefault(name, []).append({"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak_mib": usage.ru_maxrss / 1024})
    if len(answers) > 1:
        wrong.append("batch: the answers differ")
    programs = {name: {key: median(run[key] for run in each) for key in each[0]} for name, each in runs.items()}
    for record in programs.values():
        record["rate"] = BATCH_CASES / record["wall"]
    say(f"\n{BATCH_CASES} cases of {SMALL_LINES} lines, in order; medians, {args.rounds} rounds")
    table(("program", "cases/s", "CPU us a case", "peak MiB"),
          [(name, number(p["rate"], 0), number(1e6 * p["cpu"] / BATCH_CASES, 0), number(p["peak_mib"], 1)) for name, p in programs.items()])
    return {"cases": BATCH_CASES, "rounds": args.rounds, "programs": programs}, wrong


def growth_suite(args):
    """Read many shapes of input at n and at 4 n; return (the suite's record, what went wrong)."""
    say("\n" + growth.HEAD)
    rows = []
    for row in growth.measure_shapes(str(Path(args.tanhe).resolve())):
        say(growth.as_line(row))
        rows.append(row)
    return {"shapes": rows}, [f"{row['name']}: {row['wrong']}" for row in rows if row["wrong"]]


def machine():
    """Return what the numbers were measured on."""
    cpu = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text(encoding="ascii").splitlines()
                if line.startswith("model name")), platform.machine())
    return {"cpu": cpu, "cores": os.cpu_count(), "system": platform.platform()}


def read_suites(identity):
    """Return the suites that result.json holds for the same tanhe on the same machine."""
    try:
        stored = json.loads(RESULT.read_text(encoding="utf-8"))
        return stored["suites"] if all(stored[k] == v for k, v in identity.items()) else {}
    except (OSError, ValueError, KeyError):
        return {}


def report(suites, identity):
    """Print the targets that are measured, and write result.json."""
    rows = targets.measure(suites)
    if rows:
        say()
        table(("target", "", "floor", "goal", "today", "", "reaches", "measured at"),
              [(r["target"], r["direction"], r["floor"], r["goal"], number(r["today"]), r["unit"], r["reaches"],
                r["where"]) for r in rows])
    record = {"schema": "tanhe.bench/1", **identity, "suites": suites, "targets": rows}
    RESULT.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    say(f"\n{RESULT}")


def parse_arguments():
    """Return the command line's options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=parse_lines, nargs="+", metavar="N", help="1M (the default), 10M, ...")
    parser.add_argument("--small", action="store_true", help="the start-up time (alone unless --lines is given)")
    parser.add_argument("--batch", action="store_true", help="many cases (alone unless --lines is given)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--patience", type=float, default=120, metavar="SECONDS",
                        help="a program that has taken longer than this leaves the rounds (default %(default)s)")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these programs, such as tanhe-2 duckdb-2")
    parser.add_argument("--gb18030", action="store_true", help="also the same inventory in GB18030")
    parser.add_argument("--mix", action="store_true", help="also as many lines of a realistic mix (mix.py)")
    parser.add_argument("--growth", action="store_true", help="the time at n and at 4 n of many shapes of input (alone unless --lines is given)")
    parser.add_argument("--ledger", action="store_true", help="also with every line written out")
    parser.add_argument("--tanhe", default=str(HERE.parent / "build" / "tanhe"), metavar="PROGRAM")
    args = parser.parse_args()
    if args.rounds < 1:
        parser.error("--rounds: at least 1")
    if not args.lines and not args.small and not args.batch and not args.growth:
        args.lines = [10**6]
    return args


def main():
    """Run what was asked; return the exit status."""
    args = parse_arguments()
    OUT.mkdir(exist_ok=True)
    build("spawn")
    cores = [1, 2] if (os.cpu_count() or 1) > 1 else [1]
    identity = {"machine": machine(), "tanhe": digest(args.tanhe) if Path(args.tanhe).exists() else None}
    suites, ran, wrong = read_suites(identity), 0, []

    say(f"{identity['machine']['cpu']}, {identity['machine']['cores']} cores; load {os.getloadavg()[0]:.1f}")
    for lines in args.lines or []:
        able, bad = trial(contestants(args, cores, lines), args)
        suites[label(lines)], worse = big_suite(lines, able, args)
        ran += sum(1 for p in able if p.check and p.runs)
        wrong += bad + worse
    if args.small:
        suites["small"], bad = small_suite(args)
        ran += len(suites["small"]["programs"])
        wrong += bad
    if args.batch:
        suites["batch"], bad = batch_suite(args, cores)
        ran += len(suites["batch"]["programs"])
        wrong += bad
    if args.growth:
        suites["growth"], bad = growth_suite(args)
        ran += len(suites["growth"]["shapes"])
        wrong += bad

    report(suites, identity)
    for text in dict.fromkeys(wrong):
        print(f"FAILED: {text}", file=sys.stderr)
    if ran == 0:
        print("FAILED: no program did the job", file=sys.stderr)
    return 1 if wrong or ran == 0 else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Failed, Disagreement, subprocess.CalledProcessError) as e:
        sys.exit(f"FAILED: {e}")

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many cases a second `tanhe batch` checks: bench/batch.py [--cases N] [--lines N] [--tanhe FILE] [--threads N...] [--keep FOLDER].

Generates cases, each with facts, an inventory (months of electricity, gas, steam and fuels by site and meter), measures and targets, the same ones for a
seed, and runs them in order with each number of threads: seconds, cases a second, peak memory. All answers must be the same bytes."""
import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time

FACTS = '''fact,value,unit,year
name,Applicant {n},,
category,enterprise,,
target,peak,,
body_type,enterprise,,
registered_in_shanghai,yes,,
independent_legal_person,yes,,
statistics_basis,yes,,
monitoring_basis,yes,,
accounting_basis,yes,,
leading_body,yes,,
working_body,yes,,
plan_indicators,yes,,
plan_path,yes,,
plan_tasks,yes,,
plan_schedule,yes,,
base_year,2023,,
start,2024-01,,
end,2028-12,,
output_value,{value},万元,2023
'''
MEASURES = '''id,name,group,start,end,reduction,unit
M1,heat pumps,renewables_storage,2024-03,2025-06,{a},tCO2e/a
M2,solar roof,renewables_storage,2024-05,2026-01,{b},tCO2e/a
M3,efficient motors,process_transition,2025-01,2026-09,{c},tCO2e/a
'''
TARGETS = 'phase,year,emissions,unit\nfirst,2026,{a},t CO2e\nsecond,2028,{b},t CO2e\n'
SERIES = [('electricity', 'kWh', 40000, 90000), ('natural_gas', 'm3', 500, 9000), ('heat', 'GJ', 10, 400), ('diesel', 't', 1, 9), ('gasoline', 't', 1, 5)]


def write(folder, name, text):
    with open(os.path.join(folder, name), 'w', encoding='utf-8') as f:
        f.write(text)


def generate(folder, cases, lines, seed):
    draw = random.Random(seed)
    for n in range(cases):
        case = os.path.join(folder, f'{n // 1000:03}', f'case-{n:06}')
        os.makedirs(case)
        write(case, 'case.csv', FACTS.format(n=n, value=draw.randint(2000, 90000)))
        rows = ['period,site,source,activity,quantity,unit']
        for i in range(lines):
            activity, unit, low, high = SERIES[i // 12 % len(SERIES)]
            unit = 'm3@0C' if unit == 'm3' else unit
            rows.append(f'2023-{i % 12 + 1:02},plant {i // 60},meter {i // 12},{activity},{draw.randint(low, high)},{unit}')
        write(case, 'inventory.csv', '\n'.join(rows) + '\n')
        write(case, 'measures.csv', MEASURES.format(a=draw.randint(10, 90), b=draw.randint(10, 90), c=draw.randint(10, 90)))
        write(case, 'targets.csv', TARGETS.format(a=draw.randint(500, 900), b=draw.randint(300, 500)))


def measure(command):
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    digest = hashlib.sha256()
    for block in iter(lambda: child.stdout.read(1 << 20), b''):
        digest.update(block)
    _, status, usage = os.wait4(child.pid, 0)
    return time.monotonic() - began, os.waitstatus_to_exitcode(status), usage, digest.hexdigest()


def main():
    parser = argparse.ArgumentParser(description='How many cases a second tanhe batch checks.')
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument('--tanhe', default=os.path.join(root, 'build', 'tanhe'))
    parser.add_argument('--cases', type=int, default=10000)
    parser.add_argument('--lines', type=int, default=50)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--threads', type=int, nargs='+', default=[1, os.cpu_count()])
    parser.add_argument('--keep', help='generate there, or take what is there')
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or scratch
        if not args.keep or not os.path.exists(folder):
            os.makedirs(folder, exist_ok=True)
            generate(folder, args.cases, args.lines, args.seed)
        groups = sorted(os.path.join(folder, name) for name in os.listdir(folder))
        cases, answers = sum(len(os.listdir(g)) for g in groups), set()
        for threads in dict.fromkeys(args.threads):
            seconds, status, usage, digest = measure([args.tanhe, 'batch', *groups, '--ordered', '--threads', str(threads)])
            answers.add(digest)
            print(f'{cases} cases of {args.lines} lines, {threads} threads: {seconds:.2f} s, {cases / seconds:.0f} cases a second, '
                  f'{(usage.ru_utime + usage.ru_stime) / cases * 1e6:.0f} us of processor each, {usage.ru_maxrss // 1024} MiB, status {status}', flush=True)
        print('the answers are the same' if len(answers) == 1 else 'THE ANSWERS DIFFER')
        return len(answers) != 1


if __name__ == '__main__':
    sys.exit(main())

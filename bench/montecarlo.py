#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Approach 2 against numpy: 10,000 trials over 1,000 lines, each with a factor of its own.

    bench/montecarlo.py [--rounds 9] [--seeds 30] [--tanhe build/tanhe]

Both do the same job: a normal activity and a normal or lognormal factor for every line, nothing shared, so no lines collapse; tanhe draws the factors in
strata and adds the activities, whose sum is then normal, by one number. Its Monte Carlo is its whole run less the same run with approach 1, which has no trials; numpy's is what it times itself, its import left out.
Both take turns. The answers must agree within the error of that many trials. At equal precision: time x variance of a
limit, over --seeds seeds (the rounds among them). Exit status 1: the answers disagree, or a program failed; 77: numpy is missing.
"""
import argparse
import json
import math
import random
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, mean, pvariance

HERE = Path(__file__).resolve().parent
OUT = HERE / 'out'
TRIALS = 10000
FLOOR = {1: 1.5, 2: 2.5}
GOAL = {1: 4, 2: 7}


def write_model():
    """Lines from 10^-1 to 10^6 kg; activity 2 to 30 %, factor 6 to 100 % (95 %), lognormal above 58 % and for a fifth of the rest."""
    rng = random.Random(7)
    OUT.mkdir(exist_ok=True)
    with open(OUT / 'mc-model.csv', 'w', encoding='utf-8') as model, open(OUT / 'mc-factors.csv', 'w', encoding='utf-8') as factors, \
            open(OUT / 'mc-inventory.csv', 'w', encoding='utf-8') as inventory:
        model.write('mass,activity,factor,shape\n')
        factors.write('id,gas,value,unit,activity,scope,low,high,distribution,source,confidence\n')
        inventory.write('period,activity,quantity,unit,factor,uncertainty\n')
        for i in range(1000):
            quantity, value = round(10 ** rng.uniform(1, 5), 3), round(10 ** rng.uniform(-2, 1), 5)
            activity, factor = round(rng.uniform(2, 30), 2), round(rng.uniform(6, 100), 2)
            shape = 'lognormal' if factor > 32 or rng.random() < .2 else 'normal'
            model.write(f'{quantity * value!r},{activity},{factor},{shape}\n')
            factors.write(f'mc-{i},CO2,{value},kg/kg,mc_{i},1,{factor},{factor},{shape},made up for the benchmark,user\n')
            inventory.write(f'2023,mc_{i},{quantity},kg,mc-{i},{activity}\n')


def run_tanhe(program, *more):
    """Seconds of a whole run, and gross emissions by Approach 2 in kg."""
    command = [program, '-D', str(HERE.parent / 'data'), 'account', str(OUT / 'mc-inventory.csv'), '--factors', str(OUT / 'mc-factors.csv'), '-f', 'json', *more]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=True)
    seconds = time.perf_counter() - start
    return seconds, json.loads(done.stdout)['uncertainty']['totals'][0].get('approach2')


def run_numpy(seed):
    """Seconds that numpy spent on the trials, and its answer in kg."""
    done = subprocess.run([sys.executable, str(HERE / 'mc_numpy.py'), str(OUT / 'mc-model.csv'), str(TRIALS), str(seed)], capture_output=True, check=True)
    answer = json.loads(done.stdout)
    return answer['seconds'], answer


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--rounds', type=int, default=9)
    parser.add_argument('--seeds', type=int, default=30)
    parser.add_argument('--tanhe', default=str(HERE.parent / 'build' / 'tanhe'))
    args = parser.parse_args()
    try:
        import numpy  # noqa: F401, PLC0415
    except ImportError:
        print('numpy is not installed: apt-get install python3-numpy')
        return 77
    write_model()
    times = {'numpy': [], 'approach1': [], 1: [], 2: []}
    limits = {'numpy': [], 'tanhe': []}
    for seed in range(1, args.rounds + 1):
        times['approach1'].append(run_tanhe(args.tanhe, '--uncertainty', 'approach1')[0])
        for threads in (1, 2):
            seconds, answer = run_tanhe(args.tanhe, '--uncertainty', 'approach2', '--trials', str(TRIALS), '--seed', str(seed), '--threads', str(threads))
            times[threads].append(seconds - times['approach1'][-1])
        limits['tanhe'].append({k: 1000 * v for k, v in answer.items()})
        seconds, answer = run_numpy(seed)
        times['numpy'].append(seconds)
        limits['numpy'].append(answer)
    for seed in range(args.rounds + 1, args.seeds + 1):
        answer = run_tanhe(args.tanhe, '--uncertainty', 'approach2', '--trials', str(TRIALS), '--seed', str(seed))[1]
        limits['tanhe'].append({k: 1000 * v for k, v in answer.items()})
        limits['numpy'].append(run_numpy(seed)[1])
    seeds = len(limits['numpy'])
    sd = mean(a['sd'] for a in limits['tanhe'])
    ok = True
    for key, error in (('mean', 1), ('low', 2.67), ('high', 4)):
        ours, theirs = (mean(a[key] for a in limits[who]) for who in ('tanhe', 'numpy'))
        allowed = 4 * error * sd * math.sqrt(2 / (TRIALS * seeds))
        ok &= abs(ours - theirs) <= allowed
        print(f'{key:5} tanhe {ours:.6g} kg, numpy {theirs:.6g} kg, allowed difference {allowed:.3g}')
    print(f"numpy {median(times['numpy']):.3f} s on the trials; tanhe's whole run with approach 1 {median(times['approach1']):.3f} s")
    for threads in (1, 2):
        ratio = median(n / t for n, t in zip(times['numpy'], times[threads]))
        reached = 'goal' if ratio >= GOAL[threads] else 'floor' if ratio >= FLOOR[threads] else 'below'
        print(f'tanhe, {threads} thread(s): {median(times[threads]):.3f} s, {ratio:.2f} x numpy (floor {FLOOR[threads]}, goal {GOAL[threads]}): {reached}')
    if seeds >= 5:
        variance = {who: sum(pvariance([a[key] for a in limits[who]]) for key in ('low', 'high')) for who in limits}
        gain = median(n / t for n, t in zip(times['numpy'], times[2])) * variance['numpy'] / variance['tanhe']
        print(f'equal precision of the limits, 2 threads: {gain:.1f} x numpy (floor 5, goal 50; from {seeds} seeds, so within a factor of about '
              f'{math.exp(2 * math.sqrt(4 / seeds)):.1f})')
    if not ok:
        print('the answers disagree', file=sys.stderr)
    return 0 if ok else 1


if __name__ == '__main__':
    sys.exit(main())

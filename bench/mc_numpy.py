# SPDX-License-Identifier: GPL-3.0-or-later
"""mc_numpy.py MODEL.csv TRIALS SEED: the sum of products of 1,000 pairs, by numpy; prints its own seconds and the 95 % limits."""
import csv
import json
import math
import sys
import time

import numpy as np

Z95 = 1.959963984540054


def main():
    with open(sys.argv[1], encoding='utf-8') as f:
        lines = [(float(r['mass']), float(r['activity']) / 100 / Z95, float(r['factor']) / 100 / Z95, r['shape']) for r in csv.DictReader(f)]
    trials = int(sys.argv[2])
    start = time.perf_counter()
    rng, total = np.random.default_rng(int(sys.argv[3])), np.zeros(trials)
    for mass, activity, factor, shape in lines:
        if shape == 'lognormal':
            variance = math.log1p(factor * factor)
            f = rng.lognormal(-variance / 2, math.sqrt(variance), trials)
        else:
            f = rng.normal(1, factor, trials)
        total += rng.normal(mass, mass * activity, trials) * f
    low, high = np.quantile(total, [0.025, 0.975])
    print(json.dumps({'seconds': time.perf_counter() - start, 'mean': total.mean(), 'low': low, 'high': high}))


main()

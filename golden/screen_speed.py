"""Times `convex screen` beside numpy.corrcoef of the same matrix, in one run on two threads, and checks its values.

    python golden/screen_speed.py CONVEX [--series 2000] [--days 2520] [--runs 5]

CONVEX is the program, built for release. The series are invented: walks with a common part, on weekdays, imported into a
database in a temporary folder. Needs the versions in requirements.txt.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[name] = "2"

import numpy as np
import pandas as pd

parser = argparse.ArgumentParser()
parser.add_argument("convex")
parser.add_argument("--series", type=int, default=2000)
parser.add_argument("--days", type=int, default=2520)
parser.add_argument("--runs", type=int, default=5)
asked = parser.parse_args()

rng = np.random.default_rng(20251231)
days = pd.bdate_range(end="2025-12-31", periods=asked.days)
common = rng.standard_normal(asked.days)
shares = rng.uniform(0, 1.5, asked.series)
walks = np.cumsum(0.01 * (np.outer(shares, common) + rng.standard_normal((asked.series, asked.days))), axis=1)
prices = np.round(100 * np.exp(walks), 8)


def children():
    """Seconds of processor and megabytes at most of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(work):
    """The least of several runs: seconds by the clock, seconds of processor."""
    found = []
    for _ in range(asked.runs):
        clock, own, others = time.perf_counter(), time.process_time(), children()
        work()
        found.append((time.perf_counter() - clock, time.process_time() - own + children() - others))
    return [min(column) for column in zip(*found)]


with tempfile.TemporaryDirectory() as folder:
    files = Path(folder) / "series"
    files.mkdir()
    texts = [day.strftime("%Y-%m-%d") for day in days]
    for at in range(asked.series):
        with open(files / f"s{at:05}.csv", "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["date", "close"])
            writer.writerows(zip(texts, prices[at].tolist()))
    program = [str(Path(asked.convex).resolve()), "--db", f"sqlite://{folder}/convex.db"]
    start = time.perf_counter()
    subprocess.run([*program, "import", str(files)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    imported = time.perf_counter() - start

    changes = np.diff(np.log(prices), axis=1)
    answers = {}

    def screen():
        command = [*program, "screen", "--top", "20", "--by", "correlation"]
        answers["json"] = subprocess.run(command, check=True, capture_output=True, cwd=folder).stdout

    numpy_clock, numpy_cpu = timed(lambda: np.corrcoef(changes))
    screen_clock, screen_cpu = timed(screen)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024

worst = 0.0
found = json.loads(answers["json"])
year = np.corrcoef(changes[:, -252:])
for row in found["rows"]:
    a, b = (int(row[leg][1:]) for leg in ("a", "b"))
    r = row["figures"]["correlation.252obs.pearson"]["value"]
    x, y = changes[a, -252:], changes[b, -252:]
    beta = np.cov(x, y)[0, 1] / np.var(y, ddof=1)
    worst = max(worst, abs(r - year[a, b]), abs(row["figures"]["beta.252obs.beta"]["value"] / beta - 1))
largest = np.sort(np.abs(year[np.triu_indices(asked.series, 1)]))[-20:]
listed = sorted(abs(row["figures"]["correlation.252obs.pearson"]["value"]) for row in found["rows"])
worst = max(worst, np.max(np.abs(largest - listed)))

print(f"{asked.series} series of {asked.days} days, load {os.getloadavg()[0]:.1f}, import {imported:.1f} s")
print(f"numpy.corrcoef            {numpy_clock:.3f} s by the clock, {numpy_cpu:.3f} s of processor")
print(f"convex screen --top 20    {screen_clock:.3f} s by the clock, {screen_cpu:.3f} s of processor, {peak:.0f} MB")
print(f"ratio                     {screen_clock / numpy_clock:.1f} by the clock, {screen_cpu / numpy_cpu:.1f} of processor")
print(f"largest difference from numpy, the 20 pairs listed: {worst:.1e}")
sys.exit(int(worst > 1e-9))

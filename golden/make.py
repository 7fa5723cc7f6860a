"""Golden values for convex-stats, from other people's software.

    python golden/make.py            writes crates/convex-stats/tests/golden/*.json
    python golden/make.py --check    compares with what is there instead, and fails if a number moved by more than 1e-12

The series are made here by whole-number arithmetic, so they are the same on every machine. Every number comes from a
library wherever one has it (scipy, pandas, statsmodels, arch). Influence functions, which no library has, are not taken
from their formulas: each is the derivative of the statistic by the weight of one observation, to machine precision by a
complex step. Needs the versions in requirements.txt.
"""

import argparse
import json
import math
import pathlib
import platform
import sys

import arch
import numpy as np
import pandas as pd
import scipy
import statsmodels
from arch.bootstrap import StationaryBootstrap, optimal_block_length
from scipy import fft, stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.sandwich_covariance import S_hac_simple
from statsmodels.tools import add_constant

FOLDER = pathlib.Path(__file__).parent.parent / "crates" / "convex-stats" / "tests" / "golden"
VERSIONS = {"python": platform.python_version(), "numpy": np.__version__, "pandas": pd.__version__, "scipy": scipy.__version__,
            "statsmodels": statsmodels.__version__, "arch": arch.__version__}
DRAWS = 20_000
WINDOW = 20


# ---- series --------------------------------------------------------------------------------------------------------

class Stream:
    """Whole numbers from Knuth's linear congruential generator, upper 32 of 64 bits."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 32) * limit >> 32

    def bell(self):
        """Nearly normal: twelve uniform draws; standard deviation about 1000."""
        return sum(self.below(1000) for _ in range(12)) - 5994


def in_thousandths(pairs):
    x, y = zip(*pairs)
    return [v / 1000 for v in x], [v / 1000 for v in y]


def linked(seed, n, own, common):
    """y follows x with weight `common` beside its own noise with weight `own`, in tenths."""
    s = Stream(seed)
    pairs = []
    for _ in range(n):
        x = s.bell()
        pairs.append((x, (common * x + own * s.bell()) // 10))
    return pairs


def ties(seed, n):
    s = Stream(seed)
    pairs = []
    for _ in range(n):
        x = s.below(7) - 3
        pairs.append((1000 * x, 1000 * ((x + s.below(5)) // 2)))
    return pairs


def sparse(seed, n):
    """Mostly zero: some resamples of it are constant."""
    s = Stream(seed)
    pairs = []
    for t in range(n):
        x = s.bell() if t % 7 == 3 else 0
        pairs.append((x, x // 2 + s.bell() // 2))
    return pairs


def clustered(seed, n):
    """Calm and wild stretches, and now and then a jump in both."""
    s = Stream(seed)
    scale, pairs = 4, []
    for t in range(n):
        if s.below(25) == 0:
            scale = 1 + s.below(12)
        jump = s.bell() * 6 if s.below(60) == 0 else 0
        x = s.bell() * scale // 4 + jump
        pairs.append((x, (x + s.bell() * scale // 4) // 2 + jump // 2))
    return pairs


def persistent(seed, n):
    s = Stream(seed)
    x, y, pairs = 0, 0, []
    for _ in range(n):
        e = s.bell()
        x = (850 * x + 1000 * e) // 1000
        y = (700 * y + 600 * e + 800 * s.bell()) // 1000
        pairs.append((x, y))
    return pairs


def walk(seed, n):
    """Positive levels."""
    s = Stream(seed)
    level, levels = 100_000, []
    for _ in range(n):
        level = max(1_000, level + s.bell() * level // 60_000)
        levels.append(level / 1000)
    return levels


SERIES = {
    "tiny_20": linked(1, 20, own=8, common=6),
    "sparse_20": sparse(11, 20),
    "ties_62": ties(2, 62),
    "normal_252": linked(3, 252, own=7, common=7),
    "negative_252": linked(4, 252, own=6, common=-8),
    "unrelated_252": linked(5, 252, own=10, common=0),
    "collinear_252": [(x, x + e // 500) for (x, e) in linked(6, 252, own=10, common=0)],
    "offset_252": [(x + 10 ** 8, y + 10 ** 8) for (x, y) in linked(7, 252, own=8, common=5)],
    "fat_1000": clustered(8, 1000),
    "persistent_1000": persistent(9, 1000),
}


# ---- intervals by equal-weighted cosines ---------------------------------------------------------------------------

def degrees_of_freedom(n):
    return max(4, int(0.41 * n ** (2 / 3)))


def half_width(score):
    nu = degrees_of_freedom(len(score))
    cosines = fft.dct(score - score.mean(), type=2, norm="ortho")[1:nu + 1]
    return float(stats.t.ppf(0.975, nu) * math.sqrt(np.mean(cosines ** 2) / len(score)))


def influence(statistic, n):
    """n times the derivative of statistic(weights) by the share of each observation, the others shrinking alike."""
    step = 1e-20
    weights = np.full((n, n), 1 / n) + 1j * step * (np.eye(n) - 1 / n)
    return np.array([statistic(w).imag / step for w in weights])


def moments(w, x, y):
    x, y = x - w @ x, y - w @ y
    return w @ (x * x), w @ (y * y), w @ (x * y)


def fisher_z(w, x, y):
    xx, yy, xy = moments(w, x, y)
    return np.arctanh(xy / np.sqrt(xx * yy))


def mid_shares(values):
    """Row i: which observations count as below the i-th, ties half."""
    return (values[None, :] < values[:, None]) + 0.5 * (values[None, :] == values[:, None])


def around(r, half):
    return [math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)]


# ---- one file ------------------------------------------------------------------------------------------------------

def describe(x):
    series = pd.Series(x)
    return {"mean": float(series.mean()), "stdev": float(series.std()), "median": float(series.median()),
            "position_of_min": int(series.idxmin()), "position_of_max": int(series.idxmax()),
            "skewness": float(stats.skew(x, bias=False)), "excess_kurtosis": float(stats.kurtosis(x, bias=False)),
            "percentile_of_last": float(stats.percentileofscore(x, x[-1], kind="mean")) / 100,
            "percentile_of_zero": float(stats.percentileofscore(x, 0.0, kind="mean")) / 100,
            "range_position": float((x[-1] - x.min()) / (x.max() - x.min())),
            "z_of_last": float((series.iloc[-1] - series.mean()) / series.std()), "share_positive": float((series > 0).mean()),
            "quantiles": {str(q): float(np.quantile(x, q)) for q in (0.01, 0.025, 0.3, 0.77, 0.975)}}


def rolling(x, y):
    r = pd.Series(x).rolling(WINDOW)
    # Each window by itself: the rolling routines of pandas lose digits after large values.
    exact = [pd.Series(x[i:i + WINDOW]) for i in range(len(x) - WINDOW + 1)]
    assert np.allclose(r.mean().dropna(), [w.mean() for w in exact], rtol=1e-6, atol=1e-6)

    def correlation(i):
        u, v = x[i:i + WINDOW], y[i:i + WINDOW]
        rho = float(stats.pearsonr(u, v)[0])
        return [rho] + around(rho, half_width(influence(lambda w: fisher_z(w, u, v), WINDOW)))
    some = range(0, len(exact), max(1, len(exact) // 20))
    return {"window": WINDOW, "at": list(some), "mean": [float(exact[i].mean()) for i in some],
            "stdev": [float(exact[i].std()) for i in some],
            "correlation": [correlation(i) if exact[i].std() > 0 else None for i in some]}


def correlation(x, y):
    n = len(x)
    pearson, spearman = stats.pearsonr(x, y), float(stats.spearmanr(x, y)[0])
    fx, fy = mid_shares(x), mid_shares(y)
    fisher = pearson.confidence_interval(0.95)
    value = influence(lambda w: fisher_z(w, x, y), n)
    rank = influence(lambda w: fisher_z(w, fx @ w, fy @ w), n)
    r = float(pearson.statistic)
    return {"n": n, "pearson": r, "spearman": spearman, "fisher_95": [float(fisher.low), float(fisher.high)],
            "ewc_95": around(r, half_width(value)), "spearman_ewc_95": around(spearman, half_width(rank)),
            "influence": [float(v) for v in value[:10]], "spearman_influence": [float(v) for v in rank[:10]]}


def bootstrap(x, y):
    lengths = {k: float(optimal_block_length(v)["stationary"].iloc[0]) for k, v in {"x": x, "y": y, "xy": x * y}.items()}
    block = max(1.0, float(np.mean(list(lengths.values()))))
    with np.errstate(invalid="ignore", divide="ignore"):
        draws = StationaryBootstrap(block, np.column_stack([x, y]), seed=20261120).apply(
            lambda d: np.corrcoef(d[:, 0], d[:, 1])[0, 1], DRAWS)[:, 0]
    ladder = [1.2, 1.9, 2.5, 3.1, 3.8, 96.2, 96.9, 97.5, 98.1, 98.8]
    return {"lengths": lengths, "block": block, "draws": DRAWS,
            "percentiles": {str(p): float(q) for p, q in zip(ladder, np.nanpercentile(draws, ladder))}}


def newey_west_lag(n):
    return int(math.floor(4 * (n / 100) ** (2 / 9)))


def slope(y, x):
    lag = newey_west_lag(len(y))
    # The pseudo-inverse loses digits far from zero; moving both series changes nothing but the intercept.
    far_x, far_y = round(x.mean()), round(y.mean())
    x, y = x - far_x, y - far_y
    fit = OLS(y, add_constant(x)).fit(cov_type="HAC", cov_kwds={"maxlags": lag, "use_correction": True})

    def weighted(w):
        xx, _, xy = moments(w, x, y)
        return xy / xx
    beta, half = float(fit.params[1]), half_width(influence(weighted, len(y)))
    return {"beta": beta, "alpha": float(fit.params[0]) + far_y - beta * far_x, "se_hac": float(fit.bse[1]), "r2": float(fit.rsquared), "lag": lag,
            "ewc_95": [beta - half, beta + half]}


def volatility_ratio(a, b):
    def weighted(w):
        aa, bb, _ = moments(w, a, b)
        return np.log(aa / bb) / 2
    log, half = math.log(np.std(a, ddof=1) / np.std(b, ddof=1)), half_width(influence(weighted, len(a)))
    return {"log": log, "ewc_95": [log - half, log + half]}


def golden(name, pairs):
    xs, ys = in_thousandths(pairs)
    x, y = np.array(xs), np.array(ys)
    levels = walk(sum(name.encode()), len(x))
    falls = pd.Series(levels) / pd.Series(levels).cummax() - 1
    out = {"made_with": VERSIONS, "x": xs, "y": ys, "levels": levels, "describe": describe(x),
           "drawdown": {"max": float(falls.min()), "last": float(falls.iloc[-1]), "mean": float(falls.mean())},
           "rolling": rolling(x, y), "correlation": correlation(x, y), "bootstrap": bootstrap(x, y), "slope": slope(y, x),
           "newey_west": {str(lag): float(S_hac_simple(x - x.mean(), nlags=lag)[0, 0] / len(x)) for lag in (0, 1, 4, 10)}}
    out["tracking_error"] = float(pd.Series(x - y).std() * math.sqrt(252))
    if len(x) >= 60:
        out["volatility_ratio"] = volatility_ratio(x, y)
    return out


def rules():
    """Sizes at which a rule of thumb changes its whole number, and quantiles of Student's t."""
    def steps(rule, last):
        return [[n, rule(n)] for n in range(5, last) if n == 5 or rule(n) != rule(n - 1)]
    nus = list(range(1, 200)) + [250, 400, 1000, 5000]
    return {"made_with": VERSIONS, "degrees_of_freedom": steps(degrees_of_freedom, 20_000), "newey_west_lag": steps(newey_west_lag, 60_000),
            "student_975": [[nu, float(stats.t.ppf(0.975, nu))] for nu in nus]}


def same(old, new, path=""):
    """Differences of two documents, numbers compared to 1e-12 relative; versions may differ."""
    if path.endswith("made_with"):
        return []
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        return [d for k in old for d in same(old[k], new[k], f"{path}.{k}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [d for i, (a, b) in enumerate(zip(old, new)) for d in same(a, b, f"{path}[{i}]")]
    numbers = all(isinstance(v, (int, float)) for v in (old, new))
    equal = abs(old - new) <= 1e-12 * max(1, abs(old)) if numbers else old == new
    return [] if equal else [f"{path}: {old} became {new}"]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--check", action="store_true")
    check = p.parse_args().check
    FOLDER.mkdir(parents=True, exist_ok=True)
    moved = []
    for name, make in {"rules": rules, **{k: (lambda k=k: golden(k, SERIES[k])) for k in SERIES}}.items():
        path, made = FOLDER / f"{name}.json", make()
        if check:
            moved += [f"{name}{d}" for d in same(json.loads(path.read_text()), json.loads(json.dumps(made)))]
        else:
            path.write_text(json.dumps(made, allow_nan=False) + "\n")
    sys.exit("\n".join(moved) or 0)


if __name__ == "__main__":
    main()

"""Golden values for unit roots, cointegration, variance ratios, half-lives and gaps, from other people's software.

    python golden/roots.py            writes crates/convex-stats/tests/golden_roots.json
    python golden/roots.py --check    compares with what is there instead, and fails if a number moved by more than 1e-12

Levels are made by whole-number arithmetic, so they are the same on every machine. ADF, KPSS, Engle-Granger, Johansen and its
lag come from statsmodels. Gregory-Hansen, which no Python library has, is a plain loop over breaks with statsmodels'
regressions; variance ratios use its autocorrelations. Random figures come from numpy with many more draws than the library
takes, so that a test knows between which bounds its own must fall. Needs the versions in requirements.txt.
"""

import argparse
import json
import math
import pathlib
import sys
import warnings

import numpy as np
from scipy import stats
from scipy.signal import lfilter
from statsmodels.regression.linear_model import OLS
from statsmodels.tools import add_constant
from statsmodels.tsa.coint_tables import c_sja, c_sjt
from statsmodels.tsa.stattools import acf, adfuller, coint, kpss
from statsmodels.tsa.vector_ar.vecm import coint_johansen, select_order

from make import VERSIONS, Stream, same

warnings.filterwarnings("ignore")
PATH = pathlib.Path(__file__).parent.parent / "crates" / "convex-stats" / "tests" / "golden_roots.json"
GRID = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, None]
DRAWS = 10_000


# ---- levels, in thousandths ----------------------------------------------------------------------------------------

def walk(s, n, scale=1):
    level, levels = 0, []
    for _ in range(n):
        level += s.bell() * scale
        levels.append(level)
    return levels


def returning(s, n, keep):
    """Keeps `keep` thousandths of its distance from zero each step."""
    level, levels = 0, []
    for _ in range(n):
        level = level * keep // 1000 + s.bell()
        levels.append(level)
    return levels


def smooth(s, n):
    """Running sum of a persistent series: changes that follow each other closely."""
    level, levels = 0, []
    for step in returning(s, n, 900):
        level += step
        levels.append(level)
    return levels


def clustered(s, n):
    """A walk with calm and wild stretches, whose steps partly reverse."""
    level, before, scale, levels = 0, 0, 4, []
    for _ in range(n):
        if s.below(30) == 0:
            scale = 1 + s.below(14)
        step = s.bell() * scale // 4
        level += step - before // 4
        before = step
        levels.append(level)
    return levels


def levels(name):
    """y and x."""
    s = Stream(sum(map(ord, name)))
    if name == "apart_400":
        return walk(s, 400), walk(s, 400, 3)
    if name == "together_600":
        x = walk(s, 600)
        return [2 * x + e for x, e in zip(x, returning(s, 600, 850))], x
    if name == "moved_500":
        x = walk(s, 500)
        return [x + e + (40_000 if t >= 210 else 0) for t, (x, e) in enumerate(zip(x, returning(s, 500, 700)))], x
    if name == "turned_500":
        x = walk(s, 500)
        return [(x if t < 330 else 2 * x - 20_000) + e for t, (x, e) in enumerate(zip(x, returning(s, 500, 600)))], x
    if name == "smooth_300":
        return smooth(s, 300), smooth(s, 300)
    if name == "returning_1500":
        return returning(s, 1500, 966), returning(s, 1500, 995)
    assert name == "clustered_1200"
    x = clustered(s, 1200)
    return [x + e for x, e in zip(x, clustered(s, 1200))], x


NAMES = ["apart_400", "together_600", "moved_500", "turned_500", "smooth_300", "returning_1500", "clustered_1200"]


# ---- one series ----------------------------------------------------------------------------------------------------

def unit_root(x):
    adf, k = adfuller(x, regression="c", autolag="AIC"), kpss(x, regression="c", nlags="auto")
    return {"adf": adf[0], "adf_p": adf[1], "adf_lag": int(adf[2]), "adf_n": int(adf[3]), "kpss": k[0], "kpss_p": k[1],
            "kpss_lag": int(k[2])}


def variance_ratio(y):
    horizons = [q for q in (2, 5, 21, 63, 126, 252) if 4 * q < len(y)]
    e = np.diff(y) - np.diff(y).mean()
    weight = {q: 2 * (1 - np.arange(1, q) / q) for q in horizons}

    def z(v):
        # acf of statsmodels for the ratios; the products of squares, which it does not have, as plain sums.
        rho = acf(v, nlags=max(horizons) - 1, fft=True)[1:]
        square = v ** 2
        size = 2 ** math.ceil(math.log2(2 * len(v)))
        f = np.fft.rfft(square, size)
        delta = np.fft.irfft(f * f.conj(), size)[1:max(horizons)] / square.sum() ** 2
        gap = {q: float((weight[q] * rho[:q - 1]).sum()) for q in horizons}
        return gap, {q: gap[q] / math.sqrt(float((weight[q] ** 2 * delta[:q - 1]).sum())) for q in horizons}
    gap, seen = z(e)
    rng = np.random.default_rng(20261120)
    top = max(map(abs, seen.values()))
    hits = 0
    for _ in range(DRAWS):
        v = e * rng.choice([-1.0, 1.0], len(e))
        hits += max(map(abs, z(v - v.mean())[1].values())) >= top
    return {"horizons": horizons, "ratio": [1 + gap[q] for q in horizons], "z": [seen[q] for q in horizons], "p_joint": hits / DRAWS}


def half_life(y):
    """Share of null draws whose t lies below the one seen, for each half-life of the grid."""
    n = len(y) - 1

    def t_at(paths, phi):
        x, z = paths[:, :-1], paths[:, 1:]
        x, z = x - x.mean(1, keepdims=True), z - z.mean(1, keepdims=True)
        xx = (x ** 2).sum(1)
        slope = (x * z).sum(1) / xx
        return (slope - phi) / np.sqrt(((z - slope[:, None] * x) ** 2).sum(1) / (n - 2) / xx)
    rng = np.random.default_rng(20261120)
    below = []
    for half in GRID:
        phi = 1.0 if half is None else 2 ** (-1 / half)
        own = y[1:] - phi * y[:-1]
        seen, count = float(t_at(y[None, :], phi)[0]), 0
        for _ in range(4):
            shocks = (own - own.mean()) * rng.choice([-1.0, 1.0], (1000, n))
            start = np.full((1000, 1), 0.0 if half is None else y[0] - own.mean() / (1 - phi))
            path = np.concatenate([start, lfilter([1.0], [1.0, -phi], shocks, axis=1, zi=phi * start)[0]], axis=1)
            count += int((t_at(path, phi) < seen).sum())
        below.append(count / 4000)
    return {"phi": float(OLS(y[1:], add_constant(y[:-1])).fit().params[1]), "below": below}


def rolling_z(y, window=252):
    w = np.lib.stride_tricks.sliding_window_view(y, window, axis=-1)
    return (w[..., -1] - w.mean(-1)) / w.std(-1, ddof=1)


def episodes(z):
    count, inside = 0, False
    for v in np.abs(z):
        if not inside and v > 2:
            inside, count = True, count + 1
        elif inside and v < 0.5:
            inside = False
    return count


def gap(y):
    z, d = rolling_z(y), np.diff(y)
    d = d - d.mean()
    rng = np.random.default_rng(20261120)
    share, counts, last = [], [], []
    for _ in range(2000):
        w = rolling_z(np.cumsum(rng.choice(d, len(y))))
        share.append((np.abs(w) > 2).mean()), counts.append(episodes(w)), last.append(abs(w[-1]))
    out = {"z": float(z[-1]), "p_walk": float((np.array(last) >= abs(z[-1])).mean()), "share": float((np.abs(z) > 2).mean()),
           "share_walk": float(np.mean(share)), "share_walk_sd": float(np.std(share)), "episodes": episodes(z),
           "episodes_walk": float(np.mean(counts)), "episodes_walk_sd": float(np.std(counts)), "reversal": {}}
    s, d = np.where(np.abs(z) > 2, -np.sign(z), 0.0), np.diff(y)[251:]
    for h in (21, 63):
        # The regression of the next change on the sum of the last h signals, standard error without centring (Hodrick 1B).
        v = np.array([s[max(0, t - h + 1):t + 1].sum() for t in range(len(d))]) * (d - d.mean())
        t = float(v.sum() / np.sqrt((v ** 2).sum()))
        out["reversal"][str(h)] = {"t": t, "p": float(2 * stats.norm.sf(abs(t)))}
    return out


# ---- two series ----------------------------------------------------------------------------------------------------

def engle_granger(y, x):
    found = coint(y, x, trend="c", autolag="AIC")
    fit = OLS(y, add_constant(x)).fit()
    residual = adfuller(fit.resid, regression="n", autolag="AIC")
    return {"t": float(found[0]), "p": float(found[1]), "lag": int(residual[2]), "n": int(residual[3]),
            "constant": float(fit.params[0]), "slope": float(fit.params[1])}


def johansen_directly(both):
    change, level = np.diff(both, axis=0), both[:-1]
    r0, r1 = change - change.mean(0), level - level.mean(0)
    s = np.linalg.solve(r1.T @ r1, r1.T @ r0) @ np.linalg.solve(r0.T @ r0, r0.T @ r1)
    eigenvalues = np.sort(np.linalg.eigvals(s).real)[::-1]
    largest = -len(change) * np.log1p(-eigenvalues)
    return {"trace": [float(largest.sum()), float(largest[1])], "largest": largest.tolist(), "eigenvalues": eigenvalues.tolist(),
            "trace_critical": [c_sjt(2 - i, 0).tolist() for i in (0, 1)], "largest_critical": [c_sja(2 - i, 0).tolist() for i in (0, 1)],
            "n": len(change)}


def johansen(y, x):
    both = np.column_stack([y, x])
    out = {"best_lag": int(select_order(both, maxlags=8, deterministic="co").aic), "lags": {}}
    # Without lags statsmodels pairs each change with the level after it, not before it: directly, then.
    out["lags"]["0"] = johansen_directly(both)
    for lag in (1, 4):
        found = coint_johansen(both, 0, lag)
        out["lags"][str(lag)] = {"trace": found.lr1.tolist(), "largest": found.lr2.tolist(), "eigenvalues": found.eig.tolist(),
                                 "trace_critical": found.cvt.tolist(), "largest_critical": found.cvm.tolist(), "n": len(found.r0t)}
    return out


def gregory_hansen(y, x, regime):
    n, best = len(y), None
    for at in range(n * 15 // 100, n * 85 // 100 + 1):
        after = (np.arange(n) >= at).astype(float)
        design = np.column_stack([np.ones(n), after, x] + ([after * x] if regime else []))
        fit = OLS(y, design).fit()
        e, d = fit.resid, np.diff(fit.resid)
        rows = range(6, len(d))
        for lag in range(6, -1, -1):
            design = np.array([[e[t]] + [d[t - i] for i in range(1, lag + 1)] for t in rows])
            residual = OLS(d[6:], design).fit()
            if lag == 0 or abs(residual.tvalues[-1]) >= stats.norm.ppf(0.975):
                break
        t = float(residual.tvalues[0])
        if best is None or t < best["statistic"]:
            p = fit.params
            best = {"statistic": t, "break_at": at, "lag": lag, "n": len(rows), "constant": [float(p[0]), float(p[0] + p[1])],
                    "slope": [float(p[2]), float(p[2] + (p[3] if regime else 0))]}
    return best


def golden(name):
    ys, xs = ([v / 1000 for v in leg] for leg in levels(name))
    y, x = np.array(ys), np.array(xs)
    out = {"y": ys, "x": xs, "unit_root": {"y": unit_root(y), "x": unit_root(x)}, "johansen": johansen(y, x),
           "engle_granger": {"y_on_x": engle_granger(y, x), "x_on_y": engle_granger(x, y)},
           "gregory_hansen": {"level": gregory_hansen(y, x, False), "regime": gregory_hansen(y, x, True)},
           "variance_ratio": variance_ratio(y), "half_life": half_life(y)}
    if len(y) >= 600:
        out["gap"] = gap(y)
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--check", action="store_true")
    made = {"made_with": VERSIONS, **{name: golden(name) for name in NAMES}}
    if p.parse_args().check:
        sys.exit("\n".join(same(json.loads(PATH.read_text()), json.loads(json.dumps(made)))) or 0)
    PATH.write_text(json.dumps(made, allow_nan=False) + "\n")


if __name__ == "__main__":
    main()

"""Golden values for leads, bends, states, hedges, drivers, breaks and tails, from other people's software.

    python golden/links.py            writes crates/convex-stats/tests/golden_links.json and the table of jumps
    python golden/links.py --check    compares with what is there instead, and fails if a number moved by more than 1e-12

Changes are made by whole-number arithmetic, so they are the same on every machine. Regressions, autoregressions, cross-correlations and
HAC errors come from statsmodels, rank correlations and distributions from scipy, divisions into segments from ruptures. Influence
functions are not taken from their formulas: each is the derivative of the statistic by the weight of one observation (complex
step), over the whole timeline where a statistic looks at a state only. Random figures come from numpy with ten times as many draws
as the library takes, so that a test knows between which bounds its own must fall. Needs the versions in requirements.txt.
"""

import argparse
import itertools
import json
import math
import pathlib
import sys
import warnings

import numpy as np
import pandas as pd
import ruptures
from scipy import integrate, optimize, stats
from scipy.interpolate import CubicSpline
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.sandwich_covariance import S_hac_simple
from statsmodels.tools import add_constant
from statsmodels.tsa.ar_model import AutoReg, ar_select_order
from statsmodels.tsa.stattools import ccf

from make import VERSIONS, Stream, fisher_z, half_width, influence, moments, newey_west_lag, same

warnings.filterwarnings("ignore")
CRATE = pathlib.Path(__file__).parent.parent / "crates" / "convex-stats"
PATH = CRATE / "tests" / "golden_links.json"
TABLE = CRATE / "src" / "breaks" / "lee_mykland_16.txt"
DRAWS = 10_000
LAGS = 20


# ---- changes, in thousandths ---------------------------------------------------------------------------------------

def clustered(seed, n, slope=600, own=700, late=0, lag=0, bend=0):
    """b with calm and wild stretches of 90 days; a follows it the same day, `lag` days later, and bends with its square."""
    s = Stream(seed)
    b, a = [], []
    for t in range(n):
        scale = 3 if t // 90 % 3 == 2 else 1
        b.append(s.bell() * scale)
        before = b[t - lag] if t >= lag else 0
        a.append((slope * b[t] + own * s.bell() * scale + late * before + bend * abs(b[t]) * b[t] // 1000) // 1000)
    return a, b


def persistent(seed, n):
    """Both follow their own past, two and one days back."""
    s = Stream(seed)
    a, b = [0, 0], [0, 0]
    while len(b) < n + 50:
        e = s.bell()
        b.append((400 * b[-1] + 1000 * e) // 1000)
        a.append((-300 * a[-1] + 250 * a[-2] + 500 * e + 800 * s.bell()) // 1000)
    return a[-n:], b[-n:]


def fat(seed, n):
    """One scale for both each day, drawn anew: tails that go together."""
    s = Stream(seed)
    a, b = [], []
    for _ in range(n):
        scale = 300_000 // (100 + s.below(900))
        x = s.bell()
        b.append(x * scale // 1000)
        a.append((700 * x + 714 * s.bell()) // 1000 * scale // 1000)
    return a, b


def rounded(seed, n):
    """Whole steps: many equal values, many zeros."""
    a, b = clustered(seed, n)
    return [v // 700 * 700 for v in a], [v // 700 * 700 for v in b]


PAIRS = {"clustered_720": clustered(31, 720), "leading_500": clustered(32, 500, late=350, lag=3), "bent_400": clustered(33, 400, bend=150),
         "persistent_600": persistent(34, 600), "fat_2000": fat(35, 2000), "rounded_1600": rounded(36, 1600)}


def moved(seed, n, shifts, scales):
    """Mean and scale in thousandths, by equal stretches."""
    s = Stream(seed)
    return [(s.bell() * scales[t * len(scales) // n] + 1_000_000 * shifts[t * len(shifts) // n] // 1000) // 1000 for t in range(n)]


SINGLES = {"still_300": moved(41, 300, [0], [1000]), "step_400": moved(42, 400, [0, 0, 0, 900, 900], [1000]),
           "stairs_500": moved(43, 500, [0, 1200, -300, 1500], [1000, 700]), "wilder_600": moved(44, 600, [0], [1000, 1000, 2500]),
           "spells_900": moved(45, 900, [0], [500, 2000, 500, 500, 1500, 500])}


# ---- what several share --------------------------------------------------------------------------------------------

def score_test(estimate, scores):
    half = half_width(scores)
    df = max(4, int(0.41 * len(scores) ** (2 / 3)))
    t = estimate / (half / stats.t.ppf(0.975, df))
    return {"estimate": float(estimate), "ewc_95": [float(estimate - half), float(estimate + half)], "t": float(t), "df": df,
            "p": float(2 * stats.t.sf(abs(t), df))}


def signs(seed, n, draws=DRAWS):
    rng = np.random.default_rng(seed)
    for _ in range(draws):
        yield rng.choice([-1.0, 1.0], n)


# ---- leads ---------------------------------------------------------------------------------------------------------

def prewhitened(x):
    lags = ar_select_order(x, maxlag=10, ic="bic", trend="c").ar_lags or []
    return (AutoReg(x, len(lags), trend="c").fit().resid if lags else x - x.mean()), len(lags)


def lead_lag(a, b):
    (x, p), (y, q) = prewhitened(a), prewhitened(b)
    n = min(len(x), len(y))
    x, y = x[-n:], y[-n:]
    x, y = x - x.mean(), y - y.mean()
    right, left = ccf(y, x, adjusted=False)[:LAGS + 1], ccf(x, y, adjusted=False)[:LAGS + 1]
    seen = np.concatenate([left[:0:-1], right])
    size = math.sqrt(float((x ** 2).sum() * (y ** 2).sum()))
    tops = []
    for w in signs(1, n):
        u, v = x * w, y * w
        tops.append([max(abs(u[k:] @ v[:n - k]) for k in range(1, LAGS + 1)), max(abs(u[:n - k] @ v[k:]) for k in range(1, LAGS + 1))])
    tops = np.array(tops) / size
    both, b_side, a_side = tops.max(axis=1), np.abs(seen[:LAGS]), np.abs(seen[LAGS + 1:])

    def p_of(null, top):
        return float((1 + (null >= top).sum()) / (DRAWS + 1))
    return {"n": n, "ar_a": p, "ar_b": q, "ccf": seen.tolist(), "p_joint": p_of(both, max(a_side.max(), b_side.max())),
            "limits": {str(s): float(np.quantile(both, s / 100)) for s in (93, 95, 97)},
            "a_leads": {"lag": int(a_side.argmax() + 1), "ccf": float(right[1:][a_side.argmax()]), "p_side": p_of(tops[:, 1], a_side.max())},
            "b_leads": {"lag": int(LAGS - b_side.argmax()), "ccf": float(seen[b_side.argmax()]), "p_side": p_of(tops[:, 0], b_side.max())}}


# ---- bend and asymmetry --------------------------------------------------------------------------------------------

def added(y, x, column):
    """Coefficient, HC0 t and wild-bootstrap p of a column beside the line of y on x."""
    line, full = add_constant(x), np.column_stack([add_constant(x), column])
    fit, restricted = OLS(y, full).fit(cov_type="HC0"), OLS(y, line).fit()
    pinv = np.linalg.pinv(full)
    beyond = 0
    for w in signs(2, len(y)):
        v = restricted.fittedvalues + restricted.resid * w
        beta = pinv @ v
        e = v - full @ beta
        beyond += abs(beta[-1] / math.sqrt(float(((pinv[-1] * e) ** 2).sum()))) >= abs(fit.tvalues[-1])
    return float(fit.params[-1]), float(fit.tvalues[-1]), (1 + beyond) / (DRAWS + 1)


def bends(a, b):
    gamma, t, p = added(a, b, b ** 2)
    up, down = np.maximum(b, 0), np.minimum(b, 0)
    sides = OLS(a, add_constant(np.column_stack([up, down]))).fit().params
    difference, t_sides, p_sides = added(a, b, up)
    return {"convexity": {"gamma": gamma, "t_hc0": t, "p_wild": p},
            "asymmetry": {"beta_up": float(sides[1]), "beta_down": float(sides[2]), "difference": difference, "t_hc0": t_sides, "p_wild": p_sides}}


# ---- states --------------------------------------------------------------------------------------------------------

def weighted_state(w, a, b, mask):
    """Parts of a state as functions of the weights of all days: z, log volatilities of b and of the rest of a, its odds."""
    w = w[mask] / w[mask].sum()
    aa, bb, ab = moments(w, a[mask], b[mask])
    rest = aa - ab ** 2 / bb
    return {"z": fisher_z(w, a[mask], b[mask]), "volatility": np.log(bb) / 2, "rest": np.log(rest) / 2, "beta": np.log(np.sqrt((ab / bb) ** 2)),
            "odds": np.log(ab ** 2 / bb / rest)}


def forbes_rigobon(w, a, b, one, other):
    high, low = weighted_state(w, a, b, one), weighted_state(w, a, b, other)
    r, ratio = np.tanh(high["z"]), np.exp(2 * (high["volatility"] - low["volatility"])) - 1
    return np.arctanh(r / np.sqrt(1 + ratio * (1 - r ** 2))) - low["z"]


def states(a, b):
    n = len(a)
    masks = {"wild": np.arange(n) // 90 % 3 == 2, "calm": np.arange(n) // 90 % 3 == 0}
    even = np.full(n, 1 / n)
    out = {}
    for name, mask in masks.items():
        r = float(stats.pearsonr(a[mask], b[mask])[0])
        half = half_width(influence(lambda w: weighted_state(w, a, b, mask)["z"], n))
        out[name] = {"n": int(mask.sum()), "pearson": r, "ewc_95": [math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)],
                     "stdev_a": float(np.std(a[mask], ddof=1)), "stdev_b": float(np.std(b[mask], ddof=1))}

    def difference(part, x=a, y=b):
        def of(w):
            return weighted_state(w, x, y, masks["wild"])[part] - weighted_state(w, x, y, masks["calm"])[part]
        return of
    for name, f in {"z_difference": difference("z"), "residual_volatility": difference("rest"),
                    "forbes_rigobon": lambda w: forbes_rigobon(w, a, b, masks["wild"], masks["calm"])}.items():
        out[name] = score_test(f(even), influence(f, n))
    for name, (x, y) in {"a_on_b": (a, b), "b_on_a": (b, a)}.items():
        out[name] = {part: float(difference(key, x, y)(even)) for part, key in
                     {"log_odds": "odds", "log_beta": "beta", "log_sigma": "volatility", "log_sigma_residual": "rest"}.items()}
    return out


# ---- hedge ---------------------------------------------------------------------------------------------------------

def hedge(a, b, horizon):
    n = len(a)
    begins = range(252 + (n - 252) % horizon, n, horizon)

    def over(v, first, last):
        return pd.Series(v[first:last]).rolling(horizon).sum().dropna().to_numpy()

    def ratio(end):
        c = np.cov(over(a, end - 252, end), over(b, end - 252, end))
        return c[0, 1] / c[1, 1]
    u = np.array([a[t:t + horizon].sum() for t in begins])
    h = np.array([a[t:t + horizon].sum() - ratio(t) * b[t:t + horizon].sum() for t in begins])

    def variance(w):
        return 1 - moments(w, h, h)[0] / moments(w, u, u)[0]

    def shortfall(w):
        # The quantile minimises this, so its own movement counts nothing.
        def es(v):
            q = np.quantile(v, 0.05)
            return w @ (np.maximum(q - v, 0) / 0.05 - q)
        return es(h) / es(u)

    def mean_of_worst(v):
        return -v[v <= np.quantile(v, 0.05)].mean()
    k = len(u)
    blocks = range(n % horizon, n, horizon)
    whole = [np.array([v[t:t + horizon].sum() for t in blocks]) for v in (a, b)]
    left = mean_of_worst(h) / mean_of_worst(u)
    # The influence on the ratio of expected shortfalls, at the means of the worst blocks rather than the minimum itself.
    es = [np.maximum(np.quantile(v, 0.05) - v, 0) / 0.05 - np.quantile(v, 0.05) - mean_of_worst(v) for v in (u, h)]
    assert abs(left - shortfall(np.full(k, 1 / k))) < 0.05
    return {"n": k, "ratio_now": float(ratio(n)), "in_sample_r2": float(np.corrcoef(*whole)[0, 1] ** 2),
            "variance_reduction": score_test(variance(np.full(k, 1 / k)), influence(variance, k)),
            "es5_reduction": score_test(1 - left, (left * es[0] - es[1]) / mean_of_worst(u))}


# ---- drivers -------------------------------------------------------------------------------------------------------

def drivers():
    s, n, m = Stream(51), 260, 4
    x = []
    for _ in range(n):
        common = s.bell()
        x.append([(common * k + s.bell() * (4 - k)) // 4 for k in range(m)])
    y = [(300 * r[0] - 500 * r[2] + 800 * s.bell()) // 1000 for r in x]
    x, y = np.array(x) / 1000, np.array(y) / 1000
    z = (x - x.mean(0)) / x.std(0, ddof=1)
    fit = OLS(y, add_constant(z)).fit()

    def r2(some):
        return OLS(y, add_constant(z[:, list(some)])).fit().rsquared if some else 0.0
    orders = list(itertools.permutations(range(m)))
    shares = [float(np.mean([r2(o[:o.index(k) + 1]) - r2(o[:o.index(k)]) for o in orders])) for k in range(m)]
    design = add_constant(z)

    def slope(k):
        return lambda w: np.linalg.solve(design.T @ (w[:, None] * design), design.T @ (w * y))[k + 1]
    return {"y": y.tolist(), "x": x.T.tolist(), "n": n, "r2": float(fit.rsquared),
            "drivers": [{"slope": score_test(fit.params[k + 1], influence(slope(k), n)), "shapley_share": shares[k]} for k in range(m)]}


# ---- breaks --------------------------------------------------------------------------------------------------------

CRITICAL = [8.58, 10.13, 11.14, 11.83, 12.25]


def mean_breaks(y):
    n, shortest = len(y), int(0.15 * len(y))

    def divided(v, count):
        return ruptures.Dynp(model="l2", min_size=shortest, jump=1).fit(v).predict(n_bkps=count)[:-1]

    def f_of(begin, place, end):
        lag = newey_west_lag(end - begin)
        step = (np.arange(begin, end) >= place).astype(float)
        fit = OLS(y[begin:end], add_constant(step)).fit(cov_type="HAC", cov_kwds={"maxlags": lag, "use_correction": True})
        return float(fit.tvalues[1] ** 2), place, lag
    partitions = [divided(y, count) for count in range(1, 6)]
    breaks, tests = [], []
    for supposed in range(5):
        bounds = [0] + breaks + [n]
        pieces = [(s, e) for s, e in zip(bounds, bounds[1:]) if e - s >= 2 * shortest]
        if not pieces:
            break
        f, place, lag = max(f_of(s, s + divided(y[s:e], 1)[0], e) for s, e in pieces)
        tests.append({"breaks": supposed, "sup_f": f, "place": place, "lag": lag})
        if f <= CRITICAL[supposed]:
            break
        breaks = partitions[supposed]
    bounds = [0] + breaks + [n]
    segments = [{"begin": s, "end": e, "mean": float(y[s:e].mean()), "half": half_width(y[s:e])} for s, e in zip(bounds, bounds[1:])]
    return {"partitions": partitions, "breaks": breaks, "tests": tests, "segments": segments}


def automatic_lag(v, constant, most):
    n, most = len(v), min(most, len(v) // 3)
    m = min(int(constant * (n / 100) ** (2 / 9)), most)
    gamma = [float(v[k:] @ v[:n - k]) for k in range(m + 1)]
    s0, s1 = gamma[0] + 2 * sum(gamma[1:]), 2 * sum(k * gamma[k] for k in range(1, m + 1))
    return int(min(1.1447 * ((s1 / s0) ** 2) ** (1 / 3) * n ** (1 / 3), most))


def kappa(squares, begin, end):
    """Place, kappa-2, lag, p and p with long lags of a stretch; nothing if it is short."""
    v = squares[begin:end]
    n = len(v)
    if n < 30:
        return None
    c = np.abs(np.cumsum(v) - np.arange(1, n + 1) / n * v.sum())
    d = v - v.mean()

    def at(lag):
        return float(c.max() / math.sqrt(S_hac_simple(d, nlags=lag)[0, 0]))
    lag = automatic_lag(d, 4, int(12 * (n / 100) ** 0.25))
    k, long = at(lag), at(automatic_lag(d, 12, n // 3))
    return {"place": begin + int(c.argmax()) + 1, "kappa_2": k, "lag": lag, "p": float(stats.kstwobign.sf(k)),
            "p_persistent": float(stats.kstwobign.sf(min(k, long)))}


def variance_breaks(y):
    """Steps 0 to 3 of Inclan and Tiao (1994)."""
    squares, limit = (y - y.mean()) ** 2, float(stats.kstwobign.isf(0.05))

    def breaks_at(s, e):
        found = kappa(squares, s, e)
        return found["place"] if found and found["kappa_2"] > limit else None
    points, s, e = set(), 0, len(y)
    while (k := breaks_at(s, e)) is not None:
        first = last = k
        while (j := breaks_at(s, first)) is not None:
            first = j
        while (j := breaks_at(last, e)) is not None:
            last = j
        points |= {first, last}
        s, e = first, last
    places, kept = sorted(points), []
    for _ in range(20):
        bounds = [0] + places + [len(y)]
        kept = [kappa(squares, bounds[i - 1], bounds[i + 1]) for i in range(1, len(bounds) - 1)]
        kept = [k for k in kept if k and k["kappa_2"] > limit]
        kept = [k for i, k in enumerate(kept) if i == 0 or k["place"] != kept[i - 1]["place"]]
        new = [k["place"] for k in kept]
        settled = len(new) == len(places) and all(abs(p - q) <= 2 for p, q in zip(new, places))
        places = new
        if settled:
            break
    return {"whole": kappa(squares, 0, len(y)), "breaks": kept}


def laplace():
    """log E exp(-k S), S the sum of products of neighbours among 15 absolute standard normals, as a function of log k."""
    s = np.linspace(-40.0, 2.3, 900)
    z = np.exp(s)
    w = np.sqrt(2 / np.pi) * np.exp(-z * z / 2) * z * (s[1] - s[0])
    at, logs = np.linspace(-12.0, 40.0, 400), []
    for k in np.exp(at):
        step, v = np.exp(-k * np.outer(z, z)), np.ones(len(z))
        for _ in range(14):
            v = step @ (w * v)
        logs.append(np.log(w @ v))
    return CubicSpline(at, logs)


PHI = None


def jump_tail(x):
    """P(|L| > x): erfc(sqrt y) is a mixture of exponentials of y, so the chance is an integral of the Laplace transform of S."""
    global PHI
    PHI = PHI or laplace()
    nodes, weights = np.polynomial.legendre.leggauss(400)
    k = x * x / 28 / np.cos((nodes + 1) * np.pi / 4) ** 2
    return float(weights / 2 @ np.exp(PHI(np.minimum(np.log(k), 40.0)))) if x > 0 else 1.0


def jumps(y):
    product = pd.Series(y).abs() * pd.Series(y).abs().shift(1)
    l = (pd.Series(y) / np.sqrt(product.rolling(14).mean().shift(1))).iloc[15:].replace([np.inf, -np.inf], np.nan).dropna()
    n = len(l)
    limit = optimize.brentq(lambda x: 1 - (1 - jump_tail(x)) ** n - 0.05, 2, 20)
    root, c = math.sqrt(2 * math.log(n)), math.sqrt(2 / math.pi)
    asymptotic = root / c - (math.log(math.pi) + math.log(math.log(n))) / (2 * c * root) - math.log(-math.log(0.95)) / (c * root)
    found = l[l.abs() > limit]
    return {"n": n, "limit_95": float(limit), "asymptotic_limit_95": asymptotic,
            "jumps": [{"place": int(t), "l": float(v), "p": float(1 - (1 - jump_tail(abs(v))) ** n)} for t, v in found.items()]}


def single(values):
    y = np.array(values) / 1000
    struck = y.copy()
    struck[len(y) // 2], struck[len(y) // 2 + 40] = 15.0, -9.0
    return {"y": y.tolist(), "mean": mean_breaks(y), "variance": variance_breaks(y), "jumps": jumps(y), "struck": struck.tolist(),
            "struck_jumps": jumps(struck)}


# ---- tails ---------------------------------------------------------------------------------------------------------

DEGREES = [2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30, None]


def margin(df):
    return stats.norm if df is None else stats.t(df)


def joint_corner(p, q, r, df):
    """Chance that both are in their lower tails: the first's conditional chance over the second's tail."""
    x, y = margin(df).ppf([p, q])

    def given(s):
        if df is None:
            return stats.norm.cdf((x - r * s) / math.sqrt(1 - r * r)) * stats.norm.pdf(s)
        return stats.t.cdf((x - r * s) / math.sqrt((1 - r * r) * (df + s * s) / (df + 1)), df + 1) * stats.t.pdf(s, df)
    return integrate.quad(given, -np.inf, y, epsabs=1e-13, epsrel=1e-11, limit=500)[0]


def by(f, at, step=1e-4):
    return (f(at - 2 * step) - 8 * f(at - step) + 8 * f(at + step) - f(at + 2 * step)) / (12 * step)


def tails(a, b):
    n = len(a)
    tau = float(stats.kendalltau(a, b)[0])
    net = (np.sign(a[:, None] - a) * np.sign(b[:, None] - b)).sum(1)
    own = net / net.sum() * n * tau
    of_tau = 2 * (own - tau)
    r = math.sin(math.pi / 2 * tau)
    by_tau = math.pi / 2 * math.cos(math.pi / 2 * tau)
    ranks = [(stats.rankdata(v) - 0.5) / n for v in (a, b)]

    def likelihood(df):
        x, y = (margin(df).ppf(u) for u in ranks)
        shape = [[1, r], [r, 1]]
        both = stats.multivariate_normal(cov=shape) if df is None else stats.multivariate_t(shape=shape, df=df)
        return float((both.logpdf(np.column_stack([x, y])) - margin(df).logpdf(x) - margin(df).logpdf(y)).sum())
    best = max(DEGREES, key=likelihood)
    inside = {"low": [v <= np.quantile(v, 0.05) for v in (a, b)], "high": [v >= np.quantile(v, 0.95) for v in (a, b)]}
    out = {"kendall": tau, "correlation": r, "degrees_of_freedom": best, "corners": {}, "slopes": {}}
    ratios = {}
    for end_a, end_b in itertools.product(("low", "high"), repeat=2):
        in_a, in_b = inside[end_a][0], inside[end_b][1]
        p, q, chance, sign = in_a.mean(), in_b.mean(), (in_a & in_b).mean(), 1 if end_a == end_b else -1
        if max(p, q) > 0.1 or (in_a & in_b).sum() < 5:
            out["corners"][f"{end_a}_{end_b}"] = None
            continue
        scores = ((in_a & in_b) - chance - by(lambda x: joint_corner(x, q, sign * r, best), p) * (in_a - p)
                  - by(lambda x: joint_corner(p, x, sign * r, best), q) * (in_b - q)) / q

        def beside(df):
            slope = by(lambda x: joint_corner(p, q, sign * x, df), r) / q * by_tau
            value = joint_corner(p, q, sign * r, df) / q
            return {"value": value, "excess": score_test(chance / q - value, scores - slope * of_tau)}
        ratios[end_a, end_b] = chance / q, scores
        half = half_width(scores)
        out["corners"][f"{end_a}_{end_b}"] = {"both": int((in_a & in_b).sum()), "days_a": int(in_a.sum()), "days_b": int(in_b.sum()),
                                             "ratio": float(chance / q), "ewc_95": [float(chance / q - half), float(chance / q + half)],
                                             "normal": beside(None), "t": beside(best)}
    if ("low", "low") in ratios and ("high", "high") in ratios:
        (low, s), (high, t) = ratios["low", "low"], ratios["high", "high"]
        out["fall_less_rise"] = score_test(low - high, s - t)
    for end in ("low", "high"):
        event = inside[end][1]

        def slope(w):
            x, y = a - w @ a, b - w @ b
            return (w * event) @ (x * y) / ((w * event) @ (y * y))
        even = np.full(n, 1 / n)

        def expected(df, at):
            y = margin(df).ppf(ranks[1][event])[:, None]
            points = (np.arange(24) + 0.5) / 24
            if df is None:
                share = stats.norm.cdf(at * y + math.sqrt(1 - at * at) * stats.norm.ppf(points))
            else:
                share = stats.t.cdf(at * y + np.sqrt((1 - at * at) * (df + y * y) / (df + 1)) * stats.t.ppf(points, df + 1), df)
            return np.sort(a)[np.minimum((share * n).astype(int), n - 1)].mean(1)
        y = b[event] - b.mean()

        def beside(df):
            def value(at):
                return float((expected(df, at) - a.mean()) @ y / (y @ y))
            scores = -(value(r + 0.005) - value(r - 0.005)) / 0.01 * by_tau * of_tau
            scores[event] += (a[event] - expected(df, r)) * y * n / (y @ y)
            return {"value": value(r), "excess": score_test(slope(even) - value(r), scores)}
        half = half_width(influence(slope, n))
        out["slopes"][end] = {"n": int(event.sum()), "slope": float(slope(even)), "ewc_95": [float(slope(even) - half), float(slope(even) + half)],
                              "normal": beside(None), "t": beside(best)}
    return out


# ---- all together --------------------------------------------------------------------------------------------------

def pair(name):
    a, b = (np.array(v) / 1000 for v in PAIRS[name])
    out = {"a": a.tolist(), "b": b.tolist(), "lead_lag": lead_lag(a, b), **bends(a, b), "states": states(a, b),
           "hedge": {str(h): hedge(a, b, h) for h in (1, 5, 21) if len(a) >= 252 + 60 * h}}
    if len(a) >= 500:
        out["tails"] = tails(a, b)
    return out


def table():
    lines = ["# x, log P(|L| > x) of Lee and Mykland's statistic with a window of 16 observations (S. S. Lee and P. A. Mykland, \"Jumps in",
             "# financial markets\", Review of Financial Studies 21 (2008), 2535-2563): normal changes of one volatility, no jumps.",
             "# Computed, not simulated, by golden/links.py.", "0.00 0.000000"]
    return "\n".join(lines + [f"{x:.2f} {math.log(jump_tail(x)):.6f}" for x in np.arange(0.25, 24.01, 0.25)]) + "\n"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--check", action="store_true")
    check = p.parse_args().check
    made = {"made_with": {**VERSIONS, "ruptures": ruptures.__version__}, "pairs": {name: pair(name) for name in PAIRS}, "drivers": drivers(),
            "singles": {name: single(SINGLES[name]) for name in SINGLES}}
    made = json.loads(json.dumps(made, allow_nan=False))
    if check:
        moved_numbers = same(json.loads(PATH.read_text()), made)
        sys.exit("\n".join(moved_numbers + ([] if TABLE.read_text() == table() else [f"{TABLE.name} differs"])) or 0)
    PATH.write_text(json.dumps(made, allow_nan=False) + "\n")
    TABLE.write_text(table())


if __name__ == "__main__":
    main()

"""Golden values for volatility models, Markov switching, scores and logistic fits, from other people's software.

    python golden/forecasts.py            writes crates/convex-stats/tests/golden_forecasts.json
    python golden/forecasts.py --check    compares with what is there instead, and fails if a number moved by more than 1e-12

Ten series of changes are made by whole-number arithmetic, so they are the same on every machine. GARCH(1,1) with Student's t
comes from arch, the Markov-switching model from statsmodels, autoregressions and logistic fits from statsmodels, intervals
of a share from statsmodels and scipy. Needs the versions in requirements.txt.
"""

import argparse
import json
import math
import pathlib
import sys
import warnings

import numpy as np
import statsmodels.api as sm
from arch import arch_model
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.tsa.ar_model import AutoReg, ar_select_order
from statsmodels.tsa.regime_switching.markov_regression import MarkovRegression

from make import VERSIONS, Stream, same

warnings.filterwarnings("ignore")
PATH = pathlib.Path(__file__).parent.parent / "crates" / "convex-stats" / "tests" / "golden_forecasts.json"


# ---- changes, in thousandths ---------------------------------------------------------------------------------------

def clustered(seed, n, react, keep, jump):
    """Changes whose variance follows its own past; one in `jump` is thrice as large."""
    s, variance, out = Stream(seed), 1.0, []
    for _ in range(n):
        shock = s.bell() / 1000
        if jump and s.below(jump) == 0:
            shock *= 3
        change = round((0.02 + shock * math.sqrt(variance)) * 1000) / 1000
        out.append(change)
        variance = 1 - react - keep + react * change * change + keep * variance
    return out


def states(seed, n, stay, calm, wild):
    """Calm and wild stretches with means of their own."""
    s, wild_now, out = Stream(seed), False, []
    for _ in range(n):
        if s.below(stay[wild_now]) == 0:
            wild_now = not wild_now
        mean, size = wild if wild_now else calm
        out.append(round(mean + s.bell() * size / 1000) / 1000)
    return out


SERIES = {
    "clustered_800": clustered(1, 800, 0.08, 0.90, 30),
    "clustered_1500": clustered(2, 1500, 0.06, 0.92, 40),
    "clustered_2500": clustered(3, 2500, 0.10, 0.87, 60),
    "reactive_1200": clustered(4, 1200, 0.25, 0.65, 25),
    "slow_2000": clustered(5, 2000, 0.03, 0.965, 35),
    "thin_1500": clustered(6, 1500, 0.10, 0.85, 0),
    "states_1000": states(7, 1000, (80, 30), (60, 600), (-120, 1800)),
    "states_1500": states(8, 1500, (120, 50), (50, 700), (-100, 1600)),
    "states_2500": states(9, 2500, (150, 60), (40, 500), (-60, 1500)),
    "states_4000": states(10, 4000, (200, 70), (50, 800), (-150, 2000)),
}


def garch(changes):
    best = None
    for start in (None, [0.0, 0.05, 0.1, 0.8, 6.0], [0.0, 0.01, 0.05, 0.93, 10.0]):
        fit = arch_model(changes, mean="Constant", vol="GARCH", p=1, q=1, dist="t", rescale=False).fit(
            disp="off", starting_values=start, options={"maxiter": 2000, "ftol": 1e-14})
        if best is None or fit.loglikelihood > best.loglikelihood:
            best = fit
    return {"log_likelihood": float(best.loglikelihood), "parameters": [float(v) for v in best.params],
            "last_variance": float(best.conditional_volatility[-1] ** 2)}


def switching(changes):
    model = MarkovRegression(np.array(changes), k_regimes=2, trend="c", switching_variance=True)
    np.random.seed(1)
    fit = model.fit(search_reps=20, maxiter=2000, disp=False)
    names = dict(zip(model.param_names, fit.params))
    order = [0, 1] if names["sigma2[0]"] < names["sigma2[1]"] else [1, 0]
    leave = {0: 1 - names["p[0->0]"], 1: names["p[1->0]"]}
    return {"log_likelihood": float(fit.llf), "means": [float(names[f"const[{k}]"]) for k in order],
            "variances": [float(names[f"sigma2[{k}]"]) for k in order], "leaves": [float(leave[k]) for k in order],
            "filtered_wild": [float(v) for v in fit.filtered_marginal_probabilities[-50:, order[1]]]}


def autoregression(values):
    chosen = ar_select_order(values, maxlag=8, ic="bic", trend="c", glob=False)
    lags = len(chosen.ar_lags) if chosen.ar_lags is not None else 0
    fit = AutoReg(values, lags=lags, trend="c").fit()
    return {"order": lags, "parameters": [float(v) for v in fit.params],
            "forecast": [float(v) for v in fit.predict(len(values), len(values) + 11)]}


def persistent(seed, n, first, second):
    s, out = Stream(seed), [0.0, 0.0]
    for _ in range(n):
        out.append(round((0.3 + first * out[-1] + second * out[-2] + s.bell() / 1000) * 1000) / 1000)
    return out[2:]


def logistic():
    s = Stream(77)
    rows, happened = [], []
    for _ in range(400):
        row = [s.bell() / 1000, s.bell() / 1000]
        odds = -1.2 + 0.8 * row[0] - 0.5 * row[1]
        happened.append(1 if s.below(10_000) < 10_000 / (1 + math.exp(-odds)) else 0)
        rows.append(row)
    fit = sm.Logit(happened, sm.add_constant(np.array(rows))).fit(disp=0, tol=1e-12, method="newton")
    return {"rows": rows, "happened": happened, "parameters": [float(v) for v in fit.params], "log_likelihood": float(fit.llf)}


def shares():
    out = []
    for cases, of in ((0, 20), (3, 40), (81, 263), (15, 148), (20, 20)):
        wilson = proportion_confint(cases, of, method="wilson")
        jeffreys = [0.0 if cases == 0 else float(stats.beta.ppf(0.025, cases + 0.5, of - cases + 0.5)),
                    1.0 if cases == of else float(stats.beta.ppf(0.975, cases + 0.5, of - cases + 0.5))]
        out.append({"cases": cases, "of": of, "wilson": [float(v) for v in wilson], "jeffreys": jeffreys})
    return out


def golden():
    out = {"made_with": VERSIONS, "series": {}}
    for name, changes in SERIES.items():
        out["series"][name] = {"changes": changes, "garch": garch(np.array(changes)), "switching": switching(changes)}
        print(name, out["series"][name]["garch"]["parameters"], out["series"][name]["switching"]["leaves"], file=sys.stderr)
    values = {"two_600": persistent(21, 600, 0.5, 0.3), "one_300": persistent(22, 300, 0.8, 0.0), "none_400": persistent(23, 400, 0.0, 0.0)}
    out["autoregression"] = {name: {"values": v, **autoregression(np.array(v))} for name, v in values.items()}
    out["logistic"] = logistic()
    out["shares"] = shares()
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--check", action="store_true")
    made = golden()
    if p.parse_args().check:
        sys.exit("\n".join(same(json.loads(PATH.read_text()), json.loads(json.dumps(made)))) or 0)
    PATH.write_text(json.dumps(made, allow_nan=False) + "\n")


if __name__ == "__main__":
    main()

"""Golden values for the screen: correlations and slopes of pairs of series with different days.

    python golden/screen.py            writes crates/convex-stats/tests/golden_screen.json
    python golden/screen.py --check    compares with what is there instead, and fails if a number moved by more than 1e-12

Correlations are numpy's and pandas', slopes statsmodels'. Series are invented: walks with a common part, on weekdays, on all
days, with holes, late and ended. Needs the versions in requirements.txt.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.api as sm

from make import VERSIONS, same

ROWS = 560
OUT = Path(__file__).resolve().parent.parent / "crates/convex-stats/tests/golden_screen.json"

rng = np.random.default_rng(20251231)
common = rng.standard_normal(ROWS)
rows = np.arange(ROWS)
weekday = rows % 7 < 5
has = {
    "weekdays": weekday,
    "seven": np.ones(ROWS, bool),
    "holes": weekday & (rng.uniform(size=ROWS) > 0.08),
    "more holes": weekday & (rng.uniform(size=ROWS) > 0.25),
    "late": weekday & (rows > 90),
    "ended": weekday & (rows < 540),
}
levels = {}
for at, (name, mask) in enumerate(has.items()):
    walk = np.cumsum(0.01 * (0.8 * common + rng.standard_normal(ROWS) + 0.1 * at))
    levels[name] = pd.Series(np.round(4 + walk, 6)).where(mask)
frame = pd.DataFrame(levels)

pairs = []
names = list(frame)
for i, a in enumerate(names):
    for b in names[i + 1 :]:
        together = frame[[a, b]].dropna()
        changes = together.diff().dropna()
        last = together.index[-1]
        windows = {
            "quarter": changes[changes.index > last - 90],
            "year": changes.tail(252),
            "all": changes,
        }
        entry = {"a": names.index(a), "b": names.index(b), "rows": len(together), "last": int(last)}
        for name, window in windows.items():
            fit = sm.OLS(window[a], sm.add_constant(window[b])).fit()
            entry[name] = {
                "n": len(window),
                "pearson": float(np.corrcoef(window[a], window[b])[0, 1]),
                "beta": float(fit.params.iloc[1]),
            }
            assert abs(entry[name]["pearson"] - window[a].corr(window[b])) < 1e-12
        now, before = changes.tail(63), changes.tail(315).head(252)
        if len(changes) >= 315:
            entry["change"] = float(np.arctanh(now[a].corr(now[b])) - np.arctanh(before[a].corr(before[b])))
        gap = (together[a] - together[b]).tail(252)
        if len(gap) == 252:
            entry["gap"] = float((gap.iloc[-1] - gap.mean()) / gap.std())
        pairs.append(entry)

columns = [[None if np.isnan(value) else value for value in frame[name]] for name in names]
made = {"made_with": VERSIONS, "rows": ROWS, "columns": columns, "pairs": pairs}
if "--check" in sys.argv:
    sys.exit("\n".join(same(json.loads(OUT.read_text()), made)) or 0)
OUT.write_text(json.dumps(made, separators=(",", ":"), allow_nan=False) + "\n")

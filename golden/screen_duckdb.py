"""The screen in DuckDB: series exported as Parquet, every pair in one statement, and the same values as `convex screen`.

    python golden/screen_duckdb.py CONVEX [DATABASE]

Without a database, a small invented catalogue with holes is imported into a temporary one. Needs the package duckdb; says so
and stops where it is absent. docs/screen.md has the statement as a recipe.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import duckdb
except ImportError:
    print("skipped: the Python package duckdb is not installed")
    sys.exit(0)

RECIPE = """
with level as (
    select regexp_extract(filename, '([^/]+)\\.parquet$', 1) as id, date, case when value > 0 then ln(value) end as level
    from read_parquet('{folder}/series/*.parquet', filename = true)
),
change as (
    select a.id as a, b.id as b, a.date,
           a.level - lag(a.level) over pair as x,
           b.level - lag(b.level) over pair as y,
           row_number() over (partition by a.id, b.id order by a.date desc) as back
    from level a join level b on a.date = b.date and a.id < b.id
    window pair as (partition by a.id, b.id order by a.date)
)
select a, b,
       count(x + y) as n,
       corr(x, y) filter (where back <= 252) as correlation_252obs,
       regr_slope(x, y) filter (where back <= 252) as beta_252obs
from change group by a, b having count(x + y) >= 252
"""

COMPARED = """
select count(*),
       max(abs(ours.n - theirs.n)),
       max(abs(ours.correlation_252obs - theirs.correlation_252obs)),
       max(abs(case when ours.a = theirs.a then ours.beta_252obs / theirs.beta_252obs - 1 end))
from read_parquet('{folder}/screen.parquet') ours
join ({recipe}) theirs
  on least(ours.a, ours.b) = theirs.a and greatest(ours.a, ours.b) = theirs.b
"""


def invent(folder):
    """Walks with a common part: on weekdays, on all days, with holes."""
    import random

    from datetime import date, timedelta

    draw = random.Random(20251231)
    days = [date(2022, 1, 3) + timedelta(at) for at in range(1400)]
    common = [draw.gauss(0, 1) for _ in days]
    for number in range(12):
        level, lines = 4.0, ["date,close"]
        for day, shared in zip(days, common):
            level += 0.01 * (0.1 * number * shared + draw.gauss(0, 1))
            if (day.weekday() < 5 or number % 4 == 0) and (number % 3 or draw.random() > 0.02 * number):
                lines.append(f"{day},{2.718281828 ** level:.8f}")
        (folder / f"walk{number:02}.csv").write_text("\n".join(lines) + "\n")


program = str(Path(sys.argv[1]).resolve())
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    database = sys.argv[2] if len(sys.argv) > 2 else f"sqlite://{folder}/convex.db"

    def convex(*words):
        done = subprocess.run([program, "--db", database, *words], cwd=folder, capture_output=True)
        if done.returncode:
            sys.exit(f"convex {' '.join(words)}: {done.stderr.decode()}")
        return done.stdout

    if len(sys.argv) <= 2:
        (folder / "csv").mkdir()
        invent(folder / "csv")
        convex("import", "csv")
    # Every share by a process of its own; the files together are the screen.
    asked = ["screen", "--by", "correlation", "--top", "100000", "--ended"]
    shares = [subprocess.Popen([program, "--db", database, *asked, "--share", f"{at}/3", "--format", "parquet",
                                "--output", f"share{at}.parquet"], cwd=folder) for at in (1, 2, 3)]
    for share in shares:
        # 3 means that this share holds no pair.
        if share.wait() not in (0, 3):
            sys.exit("a share failed")
    convex(*asked, "--format", "parquet", "--output", "screen.parquet")
    ids = duckdb.sql(f"select a from '{folder}/screen.parquet' union select b from '{folder}/screen.parquet'").fetchall()
    # The recipe takes logarithms of all and joins days as they are: daily prices, no releases.
    daily = {metric["id"] for metric in json.loads(convex("metrics", "--format", "json"))["metrics"]
             if metric["cadence"] == "daily" and metric["change"] == "log"} if len(sys.argv) > 2 else None
    (folder / "series").mkdir()
    for (one,) in ids:
        if daily is None or one in daily:
            (folder / "series" / f"{one}.parquet").write_bytes(convex("export", one, "--format", "parquet"))
    recipe = RECIPE.format(folder=folder)
    [(pairs, n, r, beta)] = duckdb.sql(COMPARED.format(folder=folder, recipe=recipe)).fetchall()
    filled = [f"{folder}/share{at}.parquet" for at in (1, 2, 3) if (folder / f"share{at}.parquet").stat().st_size]
    whole = f"select a, b, effect from '{folder}/screen.parquet'"
    merged = f"select a, b, effect from read_parquet({filled})"
    differs = duckdb.sql(f"({whole} except {merged}) union all ({merged} except {whole})").fetchall()

print(f"{pairs} pairs in both; largest differences: n {n}, correlation {r:.1e}, beta {beta:.1e}; shares differ in {len(differs)} pairs")
sys.exit(int(pairs == 0 or n != 0 or r > 1e-9 or beta > 1e-9 or bool(differs)))

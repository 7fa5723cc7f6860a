// docs/figures.md explains every figure there is, and no other.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { startSample } from "./site.js";

const text = readFileSync(new URL("../../docs/figures.md", import.meta.url), "utf8");

// Between them, pairs of every kind have every figure.
const PAIRS = ["dia-vs-iwm", "iwm-vs-vixcls", "gold-vs-iwm", "dgs10-vs-dgs2", "spy-vs-bamlh0a0hym2", "unrate-vs-cpiaucsl", "btc-vs-spy"];

let site;
before(async () => (site = await startSample()));
after(() => site?.stop());

test("every figure of the API is explained, and every explained figure exists", async () => {
  const named = (line) => [...line.matchAll(/`([a-z0-9_.{},]+)`/g)].flatMap(([, name]) => expand(name));
  const explained = new Set(named(text));
  // A group that cannot be computed stands under its own name too.
  const groups = new Set([...explained].flatMap((name) => name.split(".").map((_, at, parts) => parts.slice(0, at).join("."))));
  const promised = new Set(text.split("\n").filter((line) => line.startsWith("| `")).flatMap((line) => named(line.split(" | ")[0])));
  const existing = new Set();
  for (const pair of PAIRS) {
    const answer = await (await fetch(`${site.url}/api/v1/compare/${pair}`)).json();
    for (const name of Object.keys(answer.figures)) existing.add(name);
  }
  for (const list of ["tested=1", "top=5"]) {
    const { rows } = await (await fetch(`${site.url}/api/v1/screen?${list}`)).json();
    assert.ok(rows.length > 0, list);
    for (const name of rows.flatMap((row) => Object.keys(row.figures))) existing.add(name);
  }
  assert.ok(existing.size > 100, `${existing.size} figures`);
  assert.deepEqual([...existing].filter((name) => !explained.has(name) && !groups.has(name)), [], "not explained in docs/figures.md");
  assert.deepEqual([...promised].filter((name) => !existing.has(name)), [], "explained in docs/figures.md, but not there");
});

/** `x.{a,b}` is `x.a` and `x.b`. */
function expand(name) {
  const braces = /\{([^{}]+)\}/.exec(name);
  if (!braces) return [name];
  return braces[1].split(",").flatMap((word) => expand(name.replace(braces[0], word)));
}

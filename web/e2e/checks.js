// What holds on every page, whatever the data.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { WIDTHS, figures, open, overflow, words } from "./browser.js";

export const BLOCKS = [
  "Why this comparison matters",
  "Cross-asset analysis",
  "90-day statistics",
  "Explore each metric",
  "Related scenarios and forecasts",
  "Questions",
  "Related comparisons",
];

const FORBIDDEN = /\b(undefined|NaN|null|Infinity)\b|No data available|\[object /;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Colours depend on the scheme, all else on the width: between them each is looked at. */
const LOOKS = new Map([
  [390, ["light"]],
  [768, []],
  [1440, ["light", "dark"]],
]);

/** Opens a page at every width, checks in light and dark what every page owes its reader, and hands it on once. */
export async function checkPage(browser, site, path, more = async () => {}) {
  for (const width of WIDTHS) {
    const opened = await open(browser, site + path, { width });
    const { page, status, faults, close } = opened;
    try {
      const text = await words(page);
      const forbidden = FORBIDDEN.exec(text);
      assert.equal(forbidden, null, `${path} reads "${around(text, forbidden?.index)}"`);
      assert.equal(await overflow(page), 0, `${path} is wider than ${width} pixels: ${await widest(page)}`);
      for (const scheme of LOOKS.get(width)) {
        await page.emulateMedia({ colorScheme: scheme });
        assert.deepEqual(await violations(page), [], `${path} at ${width}, ${scheme}`);
      }
      if (width === WIDTHS.at(-1)) await more(page, text);
      // The answer itself is the only one that may be an error.
      const strange = status < 400 ? faults : faults.filter((fault) => !fault.includes(`${status}`));
      assert.deepEqual(strange, [], path);
    } finally {
      await close();
    }
  }
  await checkWithoutScript(browser, site, path);
}

async function checkWithoutScript(browser, site, path) {
  const { page, status, faults, close } = await open(browser, site + path, { script: false });
  try {
    assert.ok(status < 500 || status === 503, `${path} answers ${status}`);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      assert.equal(await overflow(page), 0, `${path} without script is wider than ${width} pixels: ${await widest(page)}`);
    }
    assert.deepEqual(status < 400 ? faults : [], [], path);
  } finally {
    await close();
  }
}

/** What axe finds wrong, each with the first places. */
async function violations(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations));
  return found.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" ; ")}`);
}

/** What a seed page owes beyond that: its title, its blocks in order, and its figures, each known to the API. */
export async function checkSeedPage(site, page, path) {
  const answer = await (await fetch(`${site.url}/api/v1${path}`)).json();
  const shown = await figures(page);
  const names = new Set(shown.map(([name]) => name));
  assert.ok(names.size >= 60, `${path} shows ${names.size} figures`);
  const strangers = [...names].filter((name) => !(name in answer.figures));
  assert.deepEqual(strangers, [], `${path} shows figures the API does not know`);
  assert.deepEqual(shown.filter(([, text]) => text === ""), [], `${path} has empty figures`);
  const headings = await page.locator("h2").allInnerTexts();
  const found = headings.map((text) => text.trim()).filter((text) => BLOCKS.includes(text));
  assert.deepEqual(found, BLOCKS, `${path} has the headings ${headings.join(" | ")}`);
  assert.match(await page.locator("h1").innerText(), / vs /);
}

function around(text, at) {
  return at === undefined ? "" : text.slice(Math.max(0, at - 60), at + 60).replace(/\s+/g, " ");
}

/** The element that sticks out furthest, to say where to look. */
function widest(page) {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    const sticking = [...document.body.querySelectorAll("*")]
      .map((element) => [element.getBoundingClientRect().right - edge, element])
      .filter(([by]) => by > 0)
      .sort(([one], [other]) => other - one);
    const [by, element] = sticking[0] ?? [0, document.body];
    return `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} by ${Math.round(by)}`;
  });
}

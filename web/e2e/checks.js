// What holds on every page, whatever the data.
import assert from "node:assert/strict";
import { figures, open, overflow, words } from "./browser.js";

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

/** Opens a page, checks what every page owes its reader, and hands it on. */
export async function checkPage(browser, site, path, how, more = async () => {}) {
  const opened = await open(browser, site.url + path, how);
  try {
    assert.equal(opened.status, 200, path);
    const text = await words(opened.page);
    const forbidden = FORBIDDEN.exec(text);
    assert.equal(forbidden, null, `${path} reads "${around(text, forbidden?.index)}"`);
    assert.equal(await overflow(opened.page), 0, `${path} is wider than ${how?.width} pixels: ${await widest(opened.page)}`);
    await more(opened.page, text);
    assert.deepEqual(opened.faults, [], path);
  } finally {
    await opened.close();
  }
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

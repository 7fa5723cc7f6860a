// Finding: the palette, "compare with", what a reader looked at, and what changed since.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { SEED_PAGES, launch, open } from "./browser.js";
import { startSample } from "./site.js";

let browser;
let site;
before(async () => ([browser, site] = await Promise.all([launch(), startSample()])));
after(async () => {
  await browser?.close();
  await site?.stop();
});

const path = (page) => page.evaluate(() => location.pathname);

/** Types into the palette and waits for an answer that holds a text. */
async function ask(page, typed, title) {
  await page.keyboard.press("Control+k");
  await page.locator("dialog.palette input").fill(typed);
  await page.locator("[role=option]", { hasText: title }).first().waitFor();
}

describe("the palette", () => {
  test("two names lead to their comparison, in any of the ways people write it", async () => {
    const { page, faults, close } = await open(browser, site.url);
    for (const typed of ["dia iwm", "DIA vs IWM", "dow jones, russell 2000"]) {
      await page.goto(site.url);
      await ask(page, typed, "DIA vs IWM");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/compare/dia-vs-iwm");
    }
    assert.deepEqual(faults, []);
    await close();
  });

  test("a letter may be wrong, an alias will do", async () => {
    const { page, close } = await open(browser, site.url + SEED_PAGES[0]);
    for (const [typed, title] of [["russel 2000", "Russell 2000"], ["10-year yeild", "10-year"], ["fear index", "VIX"], ["methods", "Methods"]]) {
      await ask(page, typed, title);
      await page.keyboard.press("Escape");
    }
    await close();
  });

  test("arrows choose, Enter follows, Escape closes and gives the focus back", async () => {
    const { page, close } = await open(browser, `${site.url}/metrics`);
    await page.locator("#filter").focus();
    await ask(page, "gold", "Gold");
    const chosen = () => page.locator("[aria-selected=true] b").innerText();
    const first = await chosen();
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await chosen(), first);
    await page.keyboard.press("ArrowUp");
    assert.equal(await chosen(), first);
    const field = page.locator("dialog.palette input");
    assert.equal(await field.getAttribute("aria-activedescendant"), "palette-0");
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement.id), "filter");
    await close();
  });

  test("what is nowhere is asked of the server", async () => {
    const { page, close } = await open(browser, site.url);
    await page.keyboard.press("/");
    await page.locator("dialog.palette input").fill("zzzzqqqq");
    await page.locator("dialog.palette .hint", { hasText: "Nothing of that name" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search?q=zzzzqqqq");
    await close();
  });

  test("a metric is compared with another", async () => {
    const { page, close } = await open(browser, `${site.url}/metrics/gold`);
    await page.locator("[data-compare-with]").click();
    await page.locator("dialog.palette input").fill("iwm");
    await page.locator("[role=option]", { hasText: "Gold vs IWM" }).click();
    await page.waitForURL("**/compare/gold-vs-iwm");
    await close();
  });

  test("a press on the search field opens it with what stands there", async () => {
    const { page, close } = await open(browser, `${site.url}/search?q=zzzz`);
    await page.locator("#q").click();
    await page.locator("dialog.palette[open]").waitFor();
    assert.equal(await page.locator("dialog.palette input").inputValue(), "zzzz");
    await close();
  });
});

describe("what a reader looked at", () => {
  test("stays in the browser: recent and starred", async () => {
    const { page, close } = await open(browser, site.url + SEED_PAGES[0]);
    await page.locator("[data-star]").click();
    assert.equal(await page.locator("[data-star]").getAttribute("aria-pressed"), "true");
    await page.goto(site.url + SEED_PAGES[1]);
    await page.goto(site.url);
    const links = await page.locator("[data-yours] a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    assert.deepEqual(links.slice(0, 2), [SEED_PAGES[0], SEED_PAGES[1]]);
    await page.goto(site.url + SEED_PAGES[0]);
    assert.match(await page.locator("[data-star]").innerText(), /★/);
    await close();
  });

  test("what changed since the last visit is said, and only then", async () => {
    const { page, close } = await open(browser, site.url + SEED_PAGES[0]);
    const since = page.locator("[data-since]");
    assert.equal(await since.innerText(), "", "a first visit has nothing to say");
    await page.reload();
    assert.equal(await since.innerText(), "", "nothing changed");
    await page.evaluate(() => {
      const key = `convex.seen:${location.pathname}`;
      const seen = JSON.parse(localStorage.getItem(key));
      seen.asOf = "2001-01-02";
      seen.shown["a.value"] = "1.00";
      seen.verdicts.link = "not established";
      localStorage.setItem(key, JSON.stringify(seen));
    });
    await page.reload();
    const said = await since.innerText();
    assert.match(said, /closes of 2001-01-02/);
    assert.match(said, /1\.00 → /);
    assert.match(said, /Do they move together\? not established → measured/);
    await page.locator("[data-since] button").click();
    assert.equal(await since.innerText(), "");
    await close();
  });
});

describe("behind a figure", () => {
  test("selecting it says method, sample, name and command", async () => {
    const { page, close } = await open(browser, site.url + SEED_PAGES[0]);
    await page.locator(".pair [data-figure='correlation.252obs.spearman']").click();
    const note = await page.locator(".note").innerText();
    for (const part of [/Spearman/, /n 252/, /correlation\.252obs\.spearman/, /convex figure dia-vs-iwm correlation\.252obs\.spearman/, /in full 0\.\d{4}/])
      assert.match(note, part);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".note").isVisible(), false);
    await close();
  });
});

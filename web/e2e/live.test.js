// Values within the day, as a reader sees them: they come, they age, they say when nothing comes any more.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { SCHEMES, WIDTHS, launch, open, overflow, words } from "./browser.js";
import { startSample } from "./site.js";

const PAIR = "/compare/dia-vs-iwm";
const PAGES = [PAIR, "/metrics/btc", "/"];
const LINE = ".live";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** The text of a field of the first live line. */
const said = (page, field) => page.locator(`${LINE} [data-field="${field}"]`).first().innerText();

/** Waits until a field reads as wanted, at most so many milliseconds. */
async function reads(page, field, wanted, within) {
  const selector = `${LINE} [data-field="${field}"]`;
  const pattern = wanted.source;
  await page
    .waitForFunction(([selector, pattern]) => new RegExp(pattern).test(document.querySelector(selector).textContent), [selector, pattern], {
      timeout: within,
      polling: 20,
    })
    .catch(async () => assert.fail(`${field} reads "${await said(page, field)}", not ${wanted}, after ${within} ms`));
}

/** Sum of all layout shifts from now on. */
async function watchShifts(page) {
  await page.evaluate(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifted += entry.value;
    }).observe({ type: "layout-shift" });
  });
  return () => page.evaluate(() => window.shifted);
}

describe("a page that is open", () => {
  let site;
  before(async () => (site = await startSample()));
  after(() => site?.stop());

  for (const path of PAGES) {
    for (const width of WIDTHS) {
      test(`${path} at ${width} shows new values and nothing moves`, async () => {
        const { page, faults, close } = await open(browser, site.url + path, { width, motion: true });
        const shifted = await watchShifts(page);
        const line = page.locator(LINE).first();
        const size = () => line.evaluate((element) => [element.offsetWidth, element.offsetHeight]);
        const before = { value: await said(page, "live"), size: await size() };
        await page.waitForFunction(
          ([selector, value]) => document.querySelector(selector).textContent !== value,
          [`${LINE} [data-field=live]`, before.value],
          { timeout: 10_000 },
        );
        assert.match(await said(page, "live"), /^[\d,]+\.\d\d$/);
        assert.match(await said(page, "time"), /^\d\d:\d\d:\d\d \w/);
        assert.match(await said(page, "live-age"), /^\d s ago$/);
        assert.deepEqual(await size(), before.size);
        assert.equal(await overflow(page), 0);
        assert.equal(await shifted(), 0);
        assert.deepEqual(faults, []);
        await close();
      });
    }
  }

  test("the ratio follows its legs, and says from where", async () => {
    const { page, close } = await open(browser, site.url + PAIR);
    await reads(page, "live", /\d/, 5_000);
    await page.waitForTimeout(2_500);
    const [a, b] = await page.locator(`${LINE} [data-field=live]`).evaluateAll((all) => all.map((one) => Number(one.getAttribute("value"))));
    const ratio = page.locator('[data-field="gap"]');
    assert.ok(Math.abs(Number(await ratio.getAttribute("value")) - a / b) < 1e-9);
    assert.equal(await ratio.innerText(), (a / b).toPrecision(4));
    assert.match(await page.locator(".gap-now").innerText(), /Every figure below rests on closes/);
    await close();
  });

  test("figures stay as they are", async () => {
    const { page, close } = await open(browser, site.url + PAIR);
    const figures = () => page.locator("[data-figure]").evaluateAll((all) => all.map((one) => one.outerHTML).join(""));
    const before = await figures();
    const value = await said(page, "live");
    await page.waitForFunction((value) => document.querySelector(".live [data-field=live]").textContent !== value, value);
    assert.equal(await figures(), before);
    await close();
  });

  test("without script the page says what it knew when it was made", async () => {
    const { page, close } = await open(browser, site.url + PAIR, { script: false });
    assert.match(await said(page, "live"), /^[\d,]+\.\d\d$/);
    assert.match(await said(page, "live-age"), /^\d+ s ago$/);
    assert.doesNotMatch(await words(page), /\b(undefined|NaN|null)\b/);
    await close();
  });

  test("a page of a past day has no value of today", async () => {
    const { page, close } = await open(browser, `${site.url}${PAIR}?as_of=2020-03-18`);
    assert.equal(await page.locator(LINE).count(), 0);
    assert.equal(await page.locator(".gap-now").count(), 0);
    await close();
  });

  test("pages without live values open no stream", async () => {
    const asked = [];
    const context = await browser.newContext();
    const page = await context.newPage();
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${site.url}/methods`);
    await page.goto(`${site.url}/compare/dgs10-vs-dgs2`);
    assert.ok(!asked.includes("/api/v1/stream"), asked.join(" "));
    await context.close();
  });

  test("one stream serves the whole page", async () => {
    const asked = [];
    const context = await browser.newContext();
    const page = await context.newPage();
    page.on("request", (request) => asked.push(new URL(request.url())));
    await page.goto(site.url + PAIR);
    await reads(page, "live-age", /ago/, 5_000);
    const streams = asked.filter((url) => url.pathname === "/api/v1/stream");
    assert.deepEqual(streams.map((url) => url.searchParams.get("series")), ["dia,iwm"]);
    await context.close();
  });

  test("a browser that goes offline says so, and comes back", async () => {
    const { page, close } = await open(browser, site.url + PAIR);
    await reads(page, "live-age", /^\d+ s ago$/, 5_000);
    await page.context().setOffline(true);
    await reads(page, "lost", /^connection lost, last value of \d\d:\d\d New York$/, 5_000);
    assert.equal(await page.locator("[role=status]").innerText(), "Connection lost. Values stay as they are until it is back.");
    await page.context().setOffline(false);
    await reads(page, "lost", /^$/, 10_000);
    await reads(page, "live-age", /^\d s ago$/, 5_000);
    assert.equal(await page.locator("[role=status]").innerText(), "Connected again.");
    await close();
  });

  for (const scheme of SCHEMES) {
    test(`a moved value is lit only for those who like motion, ${scheme}`, async () => {
      for (const motion of [true, false]) {
        const { page, close } = await open(browser, site.url + PAIR, { scheme, motion });
        await page.waitForFunction(() => document.querySelector(".live .moved"), null, { timeout: 10_000 });
        const lit = await page.locator(".live .moved").first().evaluate((element) => getComputedStyle(element).animationName);
        assert.equal(lit, motion ? "moved" : "none");
        await close();
      }
    });
  }
});

describe("a server that goes away", () => {
  test("the page says so while the age stands, and recovers when it is back", async () => {
    const first = await startSample();
    const { page, close } = await open(browser, first.url + PAIR);
    let second;
    try {
      await reads(page, "live-age", /^\d+ s ago$/, 5_000);
      const shifted = await watchShifts(page);
      await first.kill();
      await reads(page, "lost", /^connection lost, last value of \d\d:\d\d New York$/, 10_000);
      second = await startSample({ port: new URL(first.url).port });
      await reads(page, "lost", /^$/, 20_000);
      await reads(page, "live-age", /^\d s ago$/, 5_000);
      const value = await said(page, "live");
      await page.waitForFunction((value) => document.querySelector(".live [data-field=live]").textContent !== value, value, { timeout: 10_000 });
      assert.equal(await shifted(), 0);
    } finally {
      await close();
      await Promise.all([first.kill(), second?.stop()]);
    }
  });
});

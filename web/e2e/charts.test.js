// Charts: a crosshair over all panels, choices that keep the address, and nothing that moves when the script comes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OTHER_PAGES, SEED_PAGES, WIDTHS, launch, open } from "./browser.js";
import { startSample } from "./site.js";
import { startSlowLine } from "./slow.js";

let browser;
let site;
before(async () => ([browser, site] = await Promise.all([launch(), startSample()])));
after(async () => {
  await browser?.close();
  await site?.stop();
});

const PAGE = SEED_PAGES[0];

/** Opens a comparison and turns to its charts, so that their script comes. */
async function turned(path = PAGE, how = {}) {
  const opened = await open(browser, site.url + path, how);
  await opened.page.locator("#charts").dispatchEvent("pointerenter");
  await opened.page.locator("#gap .over").waitFor();
  return opened;
}

const readout = (page) => page.locator("[data-readout]").innerText();
const address = (page) => page.evaluate(() => location.pathname + location.search);

describe("the crosshair", () => {
  test("follows the pointer over all panels and says the values of the day once", async () => {
    const { page, faults, close } = await turned();
    const resting = await readout(page);
    assert.match(resting, /\d{4}, [\d,]+ common days/);
    await page.locator("#rebased .over").scrollIntoViewIfNeeded();
    const box = await page.locator("#rebased .over").boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + 40);
    await page.locator("[data-readout].pointing").waitFor();
    const said = await readout(page);
    for (const part of [/\d{1,2} [A-Z][a-z]{2} \d{4}/, /DIA\s+\d/, /IWM\s+\d/, /ratio\s+\d/, /correlation\s+[−\d.]+ \[/, /beta\s+[−\d.]+ \[/, /fall\s+−?\d/])
      assert.match(said, part);
    const lines = page.locator(".u-cursor-x:not(.u-off)");
    assert.equal(await lines.count(), await page.locator("#charts figure").count(), "one line a panel");
    const places = await lines.evaluateAll((all) => all.map((line) => Math.round(line.getBoundingClientRect().left)));
    assert.ok(Math.max(...places) - Math.min(...places) <= 1, `lines stand at ${places}`);
    await page.mouse.move(5, 5);
    await page.waitForFunction(() => !document.querySelector("[data-readout].pointing"));
    assert.equal(await readout(page), resting);
    assert.deepEqual(faults, []);
    await close();
  });

  test("says what the table says", async () => {
    const { page, close } = await turned(`${PAGE}?range=3M`);
    await page.locator("#gap .over").focus();
    await page.keyboard.press("End");
    const last = (id) => page.locator(`#${id} tbody tr`).last().evaluate((row) => [...row.cells].map((cell) => cell.textContent.trim()));
    const said = (await readout(page)).replace(/\s+/g, " ");
    const [, a, b] = await last("rebased");
    const [, mean, ratio] = await last("gap");
    assert.ok(mean !== "" && said.includes(`DIA ${a}`) && said.includes(`IWM ${b}`) && said.includes(`ratio ${ratio}`), said);
    const [, link, low, high] = await last("correlation");
    assert.ok(said.includes(`correlation ${link} [${low}, ${high}]`), said);
    await close();
  });

  test("moves by keys, and is announced", async () => {
    const { page, close } = await turned();
    await page.locator("#correlation .over").focus();
    await page.keyboard.press("End");
    const last = await readout(page);
    await page.keyboard.press("ArrowLeft");
    const before = await readout(page);
    assert.notEqual(before, last);
    await page.keyboard.press("ArrowRight");
    assert.equal(await readout(page), last);
    await page.keyboard.press("Home");
    assert.notEqual(await readout(page), last);
    await page.waitForFunction(() => document.querySelector("#charts > [aria-live]")?.textContent !== "");
    assert.match(await page.locator("#charts > [aria-live]").innerText(), /^\d+ [A-Z][a-z]+ \d{4}, DIA [\d.]+, IWM/);
    await close();
  });

  test("follows a finger", async () => {
    const { page, close } = await turned(PAGE, { width: 390 });
    const over = page.locator("#rebased .over");
    const box = await over.boundingBox();
    await over.evaluate((element, x) => {
      const touch = new Touch({ identifier: 1, target: element, clientX: x, clientY: 10 });
      element.dispatchEvent(new TouchEvent("touchstart", { touches: [touch], bubbles: true }));
    }, box.x + 100);
    assert.match(await readout(page), /DIA/);
    await close();
  });
});

describe("choices", () => {
  test("exchange the charts in place, keep the address, and the back button goes back", async () => {
    const { page, faults, close } = await turned();
    const mark = await page.evaluate(() => (window.untouched = Math.random()));
    const first = await readout(page);
    const wait = (query) => page.waitForFunction((query) => location.search === query && !document.querySelector("#charts[aria-busy]"), query);
    await page.locator(".choices a", { hasText: /^5Y$/ }).click();
    await wait("?range=5Y");
    assert.notEqual(await readout(page), first);
    assert.equal(await page.locator(".ranges [aria-current]").innerText(), "5Y");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "5Y", "the focus stays");
    await page.locator(".choices a", { hasText: /^log$/ }).click();
    await wait("?range=5Y&scale=log");
    await page.locator(".choices a", { hasText: /^126$/ }).click();
    await wait("?range=5Y&window=126&scale=log");
    assert.match(await page.locator("#correlation figcaption").innerText(), /126 changes/);
    assert.match(await page.locator(".asof a[href*='swap']").getAttribute("href"), /range=5Y.*window=126/, "links beside the charts carry on");
    for (const query of ["?range=5Y&scale=log", "?range=5Y", ""]) {
      await page.goBack();
      await wait(query);
    }
    assert.equal(await readout(page), first);
    await page.goForward();
    await wait("?range=5Y");
    assert.equal(await page.evaluate(() => window.untouched), mark, "the page was never left");
    assert.deepEqual(faults, []);
    await close();
  });

  test("an address with choices shows the same when it is opened afresh", async () => {
    const { page, close } = await turned();
    await page.locator(".choices a", { hasText: /^3M$/ }).click();
    await page.waitForFunction(() => location.search === "?range=3M" && !document.querySelector("#charts[aria-busy]"));
    const said = await readout(page);
    const fresh = await open(browser, site.url + (await address(page)), { script: false });
    assert.equal(await readout(fresh.page), said);
    await fresh.close();
    await close();
  });

  test("dragging zooms, and rebases at the left edge; a double click goes back", async () => {
    const { page, close } = await turned();
    await page.locator("#gap .over").scrollIntoViewIfNeeded();
    const box = await page.locator("#gap .over").boundingBox();
    await page.mouse.move(box.x + box.width * 0.4, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 50);
    await page.mouse.move(box.x + box.width * 0.7, box.y + 50);
    await page.mouse.up();
    await page.waitForFunction(() => /^\?from=.*&to=/.test(location.search) && !document.querySelector("#charts[aria-busy]"));
    const [, from, to] = /from=([\d-]+)&to=([\d-]+)/.exec(await address(page));
    assert.ok(from < to, `${from} to ${to}`);
    assert.match(await page.locator("#rebased figcaption").innerText(), /= 100/);
    const start = await page.locator("#rebased tbody tr").first().evaluate((row) => [...row.cells].map((cell) => cell.textContent.trim()));
    assert.ok(start[0] <= from && start[1] === "100.0" && start[2] === "100.0", `the first row is ${start}`);
    await page.locator("#gap .over").waitFor();
    await page.locator("#gap .over").dblclick();
    await page.waitForFunction(() => location.search === "");
    await close();
  });

  test("keys zoom, and Escape goes back", async () => {
    const { page, close } = await turned();
    await page.locator("#gap .over").focus();
    await page.keyboard.press("End");
    await page.keyboard.press("+");
    await page.waitForFunction(() => location.search.startsWith("?from="));
    await page.waitForFunction(() => document.activeElement?.classList.contains("over"));
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => location.search === "");
    await close();
  });

  test("without script every choice is a page", async () => {
    const { page, close } = await open(browser, site.url + PAGE, { script: false });
    await page.locator(".choices a", { hasText: /^10Y$/ }).click();
    assert.equal(await address(page), `${PAGE}?range=10Y`);
    await page.locator(".own summary").click();
    await page.locator("#own-from").fill("2020-01-02");
    await page.locator("#own-to").fill("2020-12-31");
    await page.locator(".own button").click();
    assert.equal(await address(page), `${PAGE}?from=2020-01-02&to=2020-12-31`);
    assert.match(await readout(page), /2020/);
    await close();
  });
});

describe("nothing moves", () => {
  // The first page tells of tests that are made in the background; they stand on it from here on.
  before(async () => (await fetch(`${site.url}/screen`)).text());

  for (const path of [PAGE, SEED_PAGES[1], "/", "/metrics/iwm"]) {
    for (const width of [390, 1440]) {
      test(`${path} at ${width}: with script as without`, async () => {
        const boxes = async (script) => {
          const { page, close } = await open(browser, site.url + path, { width, script });
          if (script) await enhanced(page);
          const found = await page.locator("h1, h2, figure, .plot svg, .tile, .readout, table, footer").evaluateAll((all) =>
            all.map((element) => {
              const { left, top, width, height } = element.getBoundingClientRect();
              return [element.tagName, element.className.baseVal ?? element.className, ...[left, top, width, height].map(Math.round)].join(" ");
            }),
          );
          await close();
          return found;
        };
        assert.deepEqual(await boxes(true), await boxes(false));
      });
    }
  }

  test("while a page comes over a slow line, and after its script", async () => {
    const line = await startSlowLine(site.url);
    try {
      for (const path of [...SEED_PAGES.slice(0, 2), ...OTHER_PAGES]) {
        for (const width of WIDTHS) {
          const { page, close } = await open(browser, line.url + path, { width });
          await enhanced(page);
          assert.deepEqual(await page.evaluate(shifts), [], `${path} at ${width}`);
          await close();
        }
      }
    } finally {
      await line.stop();
    }
  });
});

/** Waits until the script has done what it adds. */
async function enhanced(page) {
  await page.waitForFunction(() => document.documentElement.classList.contains("scripted"));
  if ((await page.locator("#charts").count()) === 0) return;
  await page.locator("#charts").dispatchEvent("pointerenter");
  await page.locator(".over").first().waitFor();
}

/** Every layout shift since the page began to load: how far, and what moved. */
function shifts() {
  return new Promise((done) => {
    const all = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) all.push(`${value}: ${sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.textContent)}`);
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(all), 200);
  });
}

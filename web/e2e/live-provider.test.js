// From a provider's frame to a reader's eye, through the program as it runs every day.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./browser.js";
import { startProvider, ticker } from "./provider.js";
import { asking, startWith } from "./site.js";

const SECOND = 1_000;

/** Days up to yesterday, with invented closes around a level. */
function closes(level) {
  const day = (back) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  const rows = Array.from({ length: 60 }, (_, at) => `${day(60 - at)},${(level * (1 + 0.01 * Math.sin(at))).toFixed(2)}`);
  return `date,close\n${rows.join("\n")}\n`;
}

/** The moment at which a field of a series reads a text, by the page's own clock. */
function momentOf(page, series, text) {
  return page
    .waitForFunction(
      ([series, text]) => document.querySelector(`[data-live="${series}"] [data-field=live]`).textContent === text && Date.now(),
      [series, text],
      { polling: "raf", timeout: 10_000 },
    )
    .then((moment) => moment.jsonValue());
}

describe("a provider's frames", () => {
  let browser;
  let provider;
  let site;
  before(async () => {
    [browser, provider] = await Promise.all([launch(), startProvider()]);
    const how = asking("coinbase", `ws_base_url = "${provider.address}"`);
    site = await startWith({ "btc.csv": closes(60_000), "eth.csv": closes(3_000) }, how);
    await provider.greetings(1);
  });
  after(async () => {
    await site?.stop();
    await provider?.stop();
    await browser?.close();
  });

  test("are on the page within a second, beside the close", async (t) => {
    const { page, faults, close } = await open(browser, `${site.url}/compare/btc-vs-eth`);
    assert.match(await page.locator('[data-live="btc"]').innerText(), /waiting for the first/);
    const took = [];
    for (let number = 0; number < 8; number += 1) {
      const price = 60_500 + number;
      const sent = Date.now();
      provider.say(ticker(number, { "BTC-USD": price, "ETH-USD": 3_010 + number }));
      took.push((await momentOf(page, "btc", `${price.toLocaleString("en-US")}.00`)) - sent);
    }
    t.diagnostic(`from frame to page: ${took.join(", ")} ms`);
    assert.ok(Math.max(...took) < SECOND, `${took}`);
    const ratio = Number(await page.locator('[data-field="gap"]').getAttribute("value"));
    assert.ok(Math.abs(ratio - 60_507 / 3_017) < 1e-9);
    assert.match(await page.locator('[data-live="btc"] [data-field="live-source"]').innerText(), /^Coinbase$/);
    assert.match(await page.locator('[data-live="btc"] [data-field="change"]').innerText(), /^[+−]\d+\.\d\d %$/);
    assert.match(await page.locator(".side-a .when").innerText(), /^close of \d+ \w+ \d{4}/);
    assert.ok(!(await page.locator("body").innerText()).includes("Simulated"));
    assert.deepEqual(faults, []);
    await close();
  });

  test("that make no sense are not shown", async () => {
    const { page, close } = await open(browser, `${site.url}/metrics/btc`);
    provider.say(ticker(8, { "BTC-USD": 605 }));
    provider.say(ticker(9, { "BTC-USD": 60_600 }));
    await momentOf(page, "btc", "60,600.00");
    assert.match(await page.locator('[data-live="btc"] [data-field="live"]').innerText(), /^60,600\.00$/);
    await close();
  });

  test("that stop leave their age ticking, and go on after the provider is back", async () => {
    const { page, close } = await open(browser, `${site.url}/metrics/btc`);
    const age = page.locator('[data-live="btc"] [data-field="live-age"]');
    const seconds = async () => Number(/^(\d+) s ago$/.exec(await age.innerText())?.[1]);
    await page.waitForFunction(() => /\d/.test(document.querySelector("[data-field=live-age]").textContent));
    const before = await seconds();
    provider.cut();
    await page.waitForFunction((before) => Number(/^\d+/.exec(document.querySelector("[data-field=live-age]").textContent)?.[0]) >= before + 3, before, { timeout: 10_000 });
    await provider.greetings(2);
    provider.say(ticker(0, { "BTC-USD": 60_700 }));
    await momentOf(page, "btc", "60,700.00");
    assert.ok((await seconds()) <= 1);
    await close();
  });
});

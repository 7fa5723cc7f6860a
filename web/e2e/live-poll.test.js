// From a provider that is asked from time to time to a reader's eye: spot gold beside the London fix.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./browser.js";
import { asking, startWith } from "./site.js";

const SECOND = 1_000;
/** The provider is asked every half minute. */
const PATIENCE = 45 * SECOND;

/** Days up to yesterday, with invented closes around a level. */
function closes(level) {
  const day = (back) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  const rows = Array.from({ length: 60 }, (_, at) => `${day(60 - at)},${(level * (1 + 0.01 * Math.sin(at))).toFixed(2)}`);
  return `date,close\n${rows.join("\n")}\n`;
}

/** A provider of spot gold over HTTP: another price at each asking. */
async function startSpot() {
  const waiting = [];
  let price = 2_500;
  const server = createServer((request, answer) => {
    if (!request.url.startsWith("/price/XAU")) return answer.writeHead(404).end();
    price += 1;
    const updatedAt = new Date().toISOString();
    answer.writeHead(200, { "content-type": "application/json" });
    answer.end(JSON.stringify({ currency: "USD", name: "Gold", price, symbol: "XAU", updatedAt }));
    for (const told of waiting.splice(0)) told({ price, at: Date.now() });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    /** The next answer: its price, and when it was given. */
    next: () => new Promise((told) => waiting.push(told)),
    stop: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

/** Whether gold is traded now: from Sunday 18:00 to Friday 17:00 in New York, but for an hour each evening. */
function isTraded(now = new Date()) {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: "America/New_York", weekday: "short", hour: "numeric", hourCycle: "h23" }).formatToParts(now);
  const part = (type) => parts.find((one) => one.type === type).value;
  const [day, hour] = [part("weekday"), Number(part("hour"))];
  return !(hour === 17 || day === "Sat" || (day === "Fri" && hour > 17) || (day === "Sun" && hour < 18));
}

describe("a provider that is asked", { skip: isTraded() ? false : "gold is not traded now, and nobody is asked for it" }, () => {
  let browser;
  let provider;
  let site;
  before(async () => {
    [browser, provider] = await Promise.all([launch(), startSpot()]);
    const how = asking("gold_api", `base_url = "${provider.address}"`);
    const first = provider.next();
    site = await startWith({ "gold.csv": closes(2_500), "iwm.csv": closes(200) }, how);
    await first;
  });
  after(async () => {
    await site?.stop();
    await provider?.stop();
    await browser?.close();
  });

  test("is on an open page within a second of the poll, and its age ticks", async (t) => {
    const { page, faults, close } = await open(browser, `${site.url}/compare/gold-vs-iwm`);
    const field = (name) => page.locator(`[data-live="xauusd"] [data-field="${name}"]`);
    const { price, at } = await provider.next();
    const text = price.toLocaleString("en-US", { minimumFractionDigits: 2 });
    const moment = await page
      .waitForFunction((text) => document.querySelector('[data-live="xauusd"] [data-field=live]').textContent === text && Date.now(), text, {
        polling: "raf",
        timeout: PATIENCE,
      })
      .then((found) => found.jsonValue());
    t.diagnostic(`from poll to page: ${moment - at} ms`);
    assert.ok(moment - at < SECOND, `${moment - at} ms`);
    assert.match(await field("live-source").innerText(), /gold-api\.com/);
    await page.waitForFunction(() => Number(/^\d+/.exec(document.querySelector('[data-live="xauusd"] [data-field=live-age]').textContent)?.[0]) >= 3, null, {
      timeout: 10 * SECOND,
    });
    assert.deepEqual(faults, []);
    await close();
  });

  test("says so when the page is cut off", async () => {
    const { page, close } = await open(browser, `${site.url}/metrics/gold`);
    await site.kill();
    site = undefined;
    await page.waitForFunction(() => /connection|offline|lost/i.test(document.body.innerText), null, { timeout: 20 * SECOND });
    await close();
  });
});

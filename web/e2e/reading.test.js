// Finding one's way: keys, addresses that are nearly right, and readers who do not see the screen.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OTHER_PAGES, SEED_PAGES, launch, open, words } from "./browser.js";
import { startSample } from "./site.js";

let browser;
let site;
before(async () => ([browser, site] = await Promise.all([launch(), startSample()])));
after(async () => {
  await browser?.close();
  await site?.stop();
});

describe("keys", () => {
  for (const key of ["/", "Control+k"]) {
    test(`${key} brings the reader to the search field`, async () => {
      const { page, faults, close } = await open(browser, site.url + SEED_PAGES[0]);
      await page.keyboard.press(key);
      await page.locator("dialog.palette[open]").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.type), "search");
      await page.keyboard.type("a/b");
      assert.equal(await page.evaluate(() => document.activeElement.value), "a/b", "a slash typed into the field stays");
      assert.deepEqual(faults, []);
      await close();
    });
  }

  test("the first stop of the tabulator leads past the head of the page", async () => {
    const { page, close } = await open(browser, site.url + SEED_PAGES[0]);
    await page.keyboard.press("Tab");
    const target = await page.evaluate(() => document.activeElement.getAttribute("href"));
    assert.match(target, /^#./);
    assert.equal(await page.locator(target).count(), 1);
    await close();
  });
});

describe("addresses", () => {
  test("aliases and the other order lead to the one address", async () => {
    for (const [asked, led] of [
      ["/compare/iwm-vs-dia", "/compare/dia-vs-iwm"],
      ["/compare/iwm-vs-vix", "/compare/iwm-vs-vixcls"],
      ["/compare/GOLD-vs-IWM", "/compare/gold-vs-iwm"],
    ]) {
      const answer = await fetch(site.url + asked, { redirect: "manual" });
      assert.equal(answer.status, 308, asked);
      assert.equal(new URL(answer.headers.get("location"), site.url).pathname, led);
    }
  });

  test("an unknown id is a 404 page that names what is near", async () => {
    for (const path of ["/compare/dia-vs-iwmm", "/metrics/iwmm"]) {
      const { page, status, close } = await open(browser, site.url + path, { width: 390 });
      assert.equal(status, 404, path);
      const near = await page.locator("main a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
      assert.ok(near.some((link) => /\biwm\b/.test(link)), `${path} offers ${near.join(" ")}`);
      await close();
    }
  });

  test("a pair that cannot be compared still has a page that says why", async () => {
    for (const path of ["/compare/iwm-vs-iwm", "/compare/dia-vs-xlk"]) {
      const { page, status, close } = await open(browser, site.url + path);
      assert.ok(status === 200 || status === 404, `${path}: ${status}`);
      assert.doesNotMatch(await words(page), /\b(undefined|NaN|null)\b|No data available/);
      await close();
    }
  });

  test("every link of a seed page leads somewhere", async () => {
    const { page, close } = await open(browser, site.url + SEED_PAGES[0]);
    const links = await page.locator("a[href]").evaluateAll((all) => all.map((link) => link.href));
    await close();
    const own = [...new Set(links.map((link) => link.split("#")[0]))].filter((link) => link.startsWith(site.url));
    assert.ok(own.length > 10, `${own.length} links`);
    for (const link of own) {
      const answer = await fetch(link);
      await answer.arrayBuffer();
      assert.equal(answer.status, 200, link);
    }
  });
});

describe("readers who do not see the screen", () => {
  for (const path of [SEED_PAGES[0], ...OTHER_PAGES, "/design"]) {
    test(`${path}: the tabulator reaches every control, each has a name, and shows where it is`, async () => {
      const { page, faults, close } = await open(browser, site.url + path);
      const expected = await page.evaluate(watchFocus);
      assert.ok(expected > 5, `${expected} controls`);
      // One at a time: two dozen keys at once would be dropped by a busy page.
      for (let key = 0; key < expected + 4; key++) await page.keyboard.press("Tab");
      const { reached, nameless, unseen } = await page.evaluate(() => window.walk);
      assert.deepEqual(nameless, []);
      assert.deepEqual(unseen, []);
      assert.ok(reached.length >= expected, `${reached.length} of ${expected} reached, the last is ${reached.at(-1)}`);
      assert.deepEqual(faults, []);
      await close();
    });
  }
});

/** Notes every element that gets the focus; tells how many can. */
function watchFocus() {
  const walk = (window.walk = { reached: [], nameless: [], unseen: [] });
  const seen = new Set();
  const isShown = (element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
  const describe = (element) => element.outerHTML.slice(0, 120);
  document.addEventListener("focusin", ({ target }) => {
    if (seen.has(target)) return;
    seen.add(target);
    walk.reached.push(describe(target));
    const labels = [...(target.labels ?? [])].map((label) => label.textContent).join("");
    const name = target.getAttribute("aria-label") || target.textContent.trim() || labels || target.title;
    if (!name) walk.nameless.push(describe(target));
    const style = getComputedStyle(target);
    const rings = target.matches(":focus-visible") && (style.outlineStyle !== "none" || style.boxShadow !== "none");
    const box = target.getBoundingClientRect();
    const isInside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    if (!rings || !isInside) walk.unseen.push(`${rings ? "" : "no ring "}${isInside ? "" : "off screen "}${describe(target)}`);
  });
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']")].filter(
    (element) => !element.disabled && isShown(element),
  ).length;
}

// Every kind of page at three widths, light and dark, with and without script, on simulated and on real data.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { MORE_PAGES, OTHER_PAGES, SEED_PAGES, figures, launch, open } from "./browser.js";
import { checkPage, checkSeedPage } from "./checks.js";
import { hasRealData, startMaintenance, startReal, startSample } from "./site.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

function describeSite(name, start, paths, isSample, skip) {
  describe(name, { skip }, () => {
    let site;
    before(async () => (site = await start()));
    after(() => site?.stop());

    for (const path of paths) {
      test(path, () =>
        checkPage(browser, site.url, path, async (page, text) => {
          if (SEED_PAGES.includes(path)) await checkSeedPage(site, page, path);
          assert.equal(text.includes("Simulated"), isSample, `${path} ${isSample ? "does not say" : "says"} "Simulated"`);
        }));
    }

    for (const path of SEED_PAGES) {
      test(`${path} has the same numbers without script`, async () => {
        const shown = [];
        for (const script of [true, false]) {
          const opened = await open(browser, site.url + path, { script });
          shown.push(await figures(opened.page));
          await opened.close();
        }
        assert.ok(shown[0].length >= 60);
        assert.deepEqual(shown[0], shown[1]);
      });
    }
  });
}

describeSite("simulated market", startSample, [...SEED_PAGES, ...OTHER_PAGES, ...MORE_PAGES], true, false);
describeSite("real history", startReal, [...SEED_PAGES, ...OTHER_PAGES], false, hasRealData ? false : "there is no ../shared/data beside the repository");

test("maintenance", async () => {
  const site = await startMaintenance("Back at 18:00 UTC.");
  try {
    await checkPage(browser, site.url, "/compare/dia-vs-iwm", (_, text) => assert.match(text, /Back at 18:00 UTC/));
  } finally {
    await site.stop();
  }
});

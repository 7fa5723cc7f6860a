// The five seed pages and the others, at two widths, light and dark, on simulated and on real data.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OTHER_PAGES, SCHEMES, SEED_PAGES, WIDTHS, figures, launch, open } from "./browser.js";
import { checkPage, checkSeedPage } from "./checks.js";
import { hasRealData, startReal, startSample } from "./site.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

function describeSite(name, start, isSample, skip) {
  describe(name, { skip }, () => {
    let site;
    before(async () => (site = await start()));
    after(() => site?.stop());

    const marked = (text, path) =>
      assert.equal(text.includes("Simulated"), isSample, `${path} ${isSample ? "does not say" : "says"} "Simulated"`);

    for (const path of SEED_PAGES) {
      for (const width of WIDTHS) {
        for (const scheme of SCHEMES) {
          test(`${path} at ${width}, ${scheme}`, () =>
            checkPage(browser, site, path, { width, scheme }, async (page, text) => {
              await checkSeedPage(site, page, path);
              marked(text, path);
            }));
        }
      }

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

    for (const path of OTHER_PAGES) {
      for (const width of WIDTHS) {
        for (const scheme of SCHEMES) {
          test(`${path} at ${width}, ${scheme}`, () =>
            checkPage(browser, site, path, { width, scheme }, async (_, text) => marked(text, path)));
        }
      }
    }
  });
}

describeSite("simulated market", startSample, true, false);
describeSite("real history", startReal, false, hasRealData ? false : "there is no ../shared/data beside the repository");

// What a page weighs, and what it is on paper.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { OTHER_PAGES, SEED_PAGES, launch, open } from "./browser.js";
import { hasRealData, startReal, startSample } from "./site.js";

const MOST = 60_000;
const dist = new URL("../dist/", import.meta.url);

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

function describeSite(name, start, skip) {
  describe(name, { skip }, () => {
    let site;
    before(async () => (site = await start()));
    after(() => site?.stop());

    for (const path of [...SEED_PAGES.map((page) => `${page}?range=Max`), ...SEED_PAGES, ...OTHER_PAGES]) {
      test(`${path} weighs at most 60 kB compressed`, async () => {
        const answer = await fetch(site.url + path, { headers: { "accept-encoding": "identity" } });
        const bytes = Buffer.from(await answer.arrayBuffer());
        const sizes = [gzipSync(bytes, { level: 6 }).length, brotliCompressSync(bytes, { params: { [1]: 5 } }).length];
        assert.ok(Math.max(...sizes) <= MOST, `${sizes} bytes as gzip and brotli`);
      });
    }

    for (const path of SEED_PAGES) {
      test(`${path} prints on two sheets of A4`, async () => {
        const { page, close } = await open(browser, site.url + path);
        const pdf = await page.pdf({ format: "A4", printBackground: true, margin: { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" } });
        await close();
        const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
        assert.equal(sheets, 2);
      });
    }
  });
}

describeSite("simulated market", startSample, false);
describeSite("real history", startReal, hasRealData ? false : "there is no ../shared/data beside the repository");

test("all script together weighs at most 60 kB compressed", () => {
  const scripts = readdirSync(dist).filter((file) => file.endsWith(".js"));
  const sum = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, dist))).length, 0);
  assert.ok(scripts.length > 0 && sum <= MOST, `${sum} bytes in ${scripts.join(", ")}`);
});

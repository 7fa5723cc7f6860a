// Takes pictures of every page, to be looked at.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { OTHER_PAGES, SCHEMES, SEED_PAGES, WIDTHS, launch, open } from "./browser.js";
import { hasRealData, startReal, startSample } from "./site.js";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../test-results/screens");
const browser = await launch();
const sites = [["simulated", startSample], ...(hasRealData ? [["real", startReal]] : [])];

for (const [name, start] of sites) {
  const site = await start();
  mkdirSync(join(folder, name), { recursive: true });
  for (const path of [...SEED_PAGES, ...OTHER_PAGES]) {
    for (const width of WIDTHS) {
      for (const scheme of SCHEMES) {
        const { page, close } = await open(browser, site.url + path, { width, scheme });
        const file = `${path === "/" ? "today" : path.slice(1).replaceAll("/", "-")}-${width}-${scheme}.png`;
        await page.screenshot({ path: join(folder, name, file), fullPage: true });
        await close();
      }
    }
  }
  await site.stop();
}
await browser.close();
console.log(`pictures are in ${folder}`);

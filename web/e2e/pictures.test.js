// The five seed pages keep their look: values, charts and statistics of one past day of the sample market, in pictures.
// `UPDATE=1 node --test e2e/pictures.test.js` takes them anew; look at them before committing.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { SEED_PAGES, launch, open } from "./browser.js";
import { startSample } from "./site.js";

const FOLDER = new URL("./pictures/", import.meta.url);
/** What a reader sees first, in order; text of other blocks may change without anything being wrong. */
const PARTS = [".tiles", "#charts", "section:has(> #statistics)"];
const LOOKS = [
  { width: 390, scheme: "light" },
  { width: 1440, scheme: "dark" },
];
/** Share of a picture that may differ: letters are drawn a little differently from one version of a browser to the next. */
const MOST = 0.02;
const isUpdate = Boolean(process.env.UPDATE);

let browser;
let site;
before(async () => ([browser, site] = await Promise.all([launch(), startSample()])));
after(async () => {
  await browser?.close();
  await site?.stop();
});

describe("pictures", () => {
  let skip = false;
  before(async () => {
    const fonts = await measureFonts();
    const file = new URL("fonts.json", FOLDER);
    if (isUpdate) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(file, `${JSON.stringify(fonts)}\n`);
    }
    skip = JSON.stringify(JSON.parse(readFileSync(file, "utf8"))) === JSON.stringify(fonts) ? false : "this machine has other fonts than those of the pictures";
  });

  for (const path of SEED_PAGES) {
    for (const look of LOOKS) {
      const name = `${path.split("/").at(-1)}-${look.width}-${look.scheme}.webp`;
      test(name, async (context) => {
        if (skip) return context.skip(skip);
        const file = new URL(name, FOLDER);
        const { page, close } = await open(browser, `${site.url}${path}?as_of=2025-12-31`, look);
        const parts = [];
        for (const part of PARTS) parts.push((await page.locator(part).screenshot()).toString("base64"));
        await close();
        const blank = await browser.newPage();
        const taken = await blank.evaluate(shrink, parts);
        if (isUpdate) writeFileSync(file, Buffer.from(taken, "base64"));
        assert.ok(existsSync(file), `there is no picture ${name}; UPDATE=1 takes it`);
        const share = await blank.evaluate(difference, [taken, readFileSync(file).toString("base64")]);
        await blank.close();
        assert.ok(share <= MOST, `${(share * 100).toFixed(1)} % of ${name} differ`);
      });
    }
  }
});

/** How wide a line of text comes out in the typefaces of the site. */
async function measureFonts() {
  const { page, close } = await open(browser, `${site.url}/methods`);
  const widths = await page.evaluate(() => {
    const context = document.createElement("canvas").getContext("2d");
    return ["h1", "p", "kbd"].map((name) => {
      context.font = `20px ${getComputedStyle(document.querySelector(name)).fontFamily}`;
      return Math.round(context.measureText("Cross-asset 0123456789 [0.86, 0.93]").width);
    });
  });
  await close();
  return widths;
}

/** Pictures one above the other, a third as large, as WebP. */
async function shrink(parts) {
  const images = await Promise.all(
    parts.map(async (part) => createImageBitmap(await (await fetch(`data:image/png;base64,${part}`)).blob())),
  );
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(...images.map((image) => image.width)) / 3;
  canvas.height = images.reduce((sum, image) => sum + Math.round(image.height / 3), 0);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  let top = 0;
  for (const image of images) {
    context.drawImage(image, 0, top, image.width / 3, image.height / 3);
    top += Math.round(image.height / 3);
  }
  return canvas.toDataURL("image/webp", 0.8).split(",")[1];
}

/** Share of points that are clearly lighter or darker in one picture than in the other, around the place they should have. */
async function difference(pictures) {
  const [one, other] = await Promise.all(
    pictures.map(async (picture) => {
      const image = await createImageBitmap(await (await fetch(`data:image/webp;base64,${picture}`)).blob());
      const canvas = new OffscreenCanvas(Math.ceil(image.width / 2), Math.ceil(image.height / 2));
      const context = canvas.getContext("2d");
      context.imageSmoothingQuality = "high";
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      return context.getImageData(0, 0, canvas.width, canvas.height);
    }),
  );
  if (one.width !== other.width || Math.abs(one.height - other.height) > 0.01 * other.height) return 1;
  let differing = 0;
  const points = one.width * Math.min(one.height, other.height);
  for (let at = 0; at < points; at++) {
    const apart = [0, 1, 2].reduce((sum, channel) => sum + Math.abs(one.data[4 * at + channel] - other.data[4 * at + channel]), 0);
    if (apart > 90) differing++;
  }
  return differing / points;
}

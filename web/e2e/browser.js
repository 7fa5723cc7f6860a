// A browser of its own, and pages that remember everything that went wrong on them.
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const WIDTHS = [390, 768, 1440];
export const SCHEMES = ["light", "dark"];

/** Address part and title of the five seed pages. */
export const SEED_PAIRS = ["dia-vs-iwm", "iwm-vs-vixcls", "rsp-vs-iwm", "gold-vs-iwm", "qqq-vs-iwm"];
export const SEED_PAGES = SEED_PAIRS.map((pair) => `/compare/${pair}`);
export const OTHER_PAGES = ["/", "/metrics", "/metrics/iwm", "/screen", "/correlations", "/methods", "/sources", "/status"];
/** Every other kind of page there is, errors too. */
export const MORE_PAGES = [
  "/compare/dgs10-vs-dgs2",
  "/compare/unrate-vs-cpiaucsl",
  "/compare/dia-vs-iwm?as_of=2020-03-18",
  "/compare/iwm-vs-iwm",
  "/metrics?q=yield",
  "/metrics/unrate",
  "/regime",
  "/scenarios",
  "/forecasts",
  "/screen?list=ranked",
  "/screen?list=ledger",
  "/search",
  "/search?q=rusell",
  "/design",
  "/embed/compare/dia-vs-iwm",
  "/embed/compare/dia-vs-iwm?part=claims",
  "/embed/metrics/iwm",
  "/compare/dia-vs-iwmm",
  "/metrik",
  "/compare/dia-vs-iwm?as_of=soon",
];

export function launch() {
  const finder = join(dirname(fileURLToPath(import.meta.url)), "browser.sh");
  const executablePath = execFileSync(finder, { encoding: "utf8" }).trim();
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Opens an address in a fresh context; `faults` are console errors, exceptions, failed requests and bad answers. */
export async function open(browser, url, { width = 1440, scheme = "light", script = true, bypassCSP = false, motion = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: scheme,
    javaScriptEnabled: script,
    reducedMotion: motion ? "no-preference" : "reduce",
    bypassCSP,
  });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => isLeft(request) || faults.push(`request failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (answer) => answer.status() >= 400 && faults.push(`${answer.status()}: ${answer.url()}`));
  const answer = await page.goto(url, { waitUntil: "load" });
  return { page, faults, status: answer.status(), close: () => context.close() };
}

/** A stream of events ends with its page. */
function isLeft(request) {
  return new URL(request.url()).pathname === "/api/v1/stream" && request.failure()?.errorText === "net::ERR_ABORTED";
}

/** Everything a reader or a screen reader can come across, hidden tables and labels included. */
export function words(page) {
  return page.evaluate(() => {
    const body = document.body.cloneNode(true);
    for (const machine of body.querySelectorAll("script, style, template")) machine.remove();
    const spoken = ["aria-label", "title", "alt", "placeholder", "content"];
    const labels = [...body.querySelectorAll("*")].flatMap((element) =>
      spoken.map((name) => element.getAttribute(name)).filter(Boolean),
    );
    return [document.title, body.textContent, ...labels].join("\n");
  });
}

/** Name and text of every figure of the page's own pair. */
export function figures(page) {
  return page
    .locator("[data-figure]:not([data-pair]):not([data-metric])")
    .evaluateAll((found) => found.map((one) => [one.getAttribute("data-figure"), one.textContent.replace(/\s+/g, " ").trim()]));
}

/** By how many pixels the page is wider than its window. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

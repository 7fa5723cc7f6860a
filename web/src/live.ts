// Values within the day: one stream for all that a page shows, values put in place, ages that tick.
import type { Link } from "./live/age";
import { Gap } from "./live/gap";
import { Line, type Quote } from "./live/line";
import { Stream } from "./live/stream";

type Greeting = { now: string; quotes: Quote[] };
type Close = { series: string; day: string };

/** Begins where something on the page can be live; elsewhere does nothing. */
export function followLive(page: Document): void {
  const lines = [...page.querySelectorAll<HTMLElement>("[data-live]")].map((element) => new Line(element));
  if (lines.length === 0) return;
  const gaps = [...page.querySelectorAll<HTMLElement>("[data-gap]")].map((element) => new Gap(element));
  const tiles = [...page.querySelectorAll<HTMLElement>(".tile[data-series]")];
  const status = announcer(page);
  let ahead = 0; // by how many milliseconds the server's clock is ahead of ours
  let link: Link = "connecting";

  const tick = () => {
    for (const line of lines) line.tick(Date.now() + ahead);
  };
  const take = (quote: Quote, quietly: boolean) => {
    for (const line of lines) if (line.series === quote.series) line.take(quote, quietly);
    for (const gap of gaps) gap.take(quote);
    if (quote.close) closes({ series: quote.series, day: quote.close.day });
  };
  const closes = (close: Close) => {
    for (const tile of tiles) if (tile.dataset.series === close.series) announceClose(tile, close.day);
  };
  const greet = (greeting: Greeting) => {
    ahead = Date.parse(greeting.now) - Date.now();
    for (const quote of greeting.quotes) take(quote, true);
    tick();
  };

  const series = new Set([...lines.map((line) => line.series), ...tiles.map((tile) => tile.dataset.series ?? "")]);
  const stream = new Stream(`/api/v1/stream?series=${[...series].filter(Boolean).sort().map(encodeURIComponent).join(",")}`, {
    hello: greet,
    resync: greet,
    quote: (quote: Quote) => {
      take(quote, false);
      tick();
    },
    close: closes,
    freshness: (told: { series: string; state: string }) => {
      for (const line of lines) if (line.series === told.series) line.state = told.state;
      tick();
    },
    // Other data than this page was made of: only a new page can show them.
    market: () => page.location.reload(),
  });
  stream.onLink = (now) => {
    if (now === "lost" && link !== "lost") status("Connection lost. Values stay as they are until it is back.");
    if (now === "open" && link === "lost") status("Connected again.");
    link = now;
    for (const element of [...lines, ...gaps]) element.dim(now === "lost");
    tick();
  };
  stream.follow(page);
  setInterval(() => page.visibilityState === "visible" && tick(), 1000);
}

/** Says something to those who hear the page: rarely, and never a price. */
function announcer(page: Document): (text: string) => void {
  const place = page.createElement("p");
  place.className = "away";
  place.setAttribute("role", "status");
  page.body.append(place);
  return (text) => {
    place.textContent = text;
  };
}

/** A close that came while the page was open: its figures are one close behind, and say so. */
function announceClose(tile: HTMLElement, day: string): void {
  const known = tile.dataset.last;
  const age = tile.querySelector<HTMLElement>("[data-field=age]");
  if (!known || day <= known || !age) return;
  tile.dataset.last = day;
  const again = age.ownerDocument.createElement("a");
  again.href = "";
  again.textContent = "new close, show it";
  age.replaceChildren(again);
}

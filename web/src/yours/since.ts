import { write } from "./store";

/** Figures whose change since the last visit is worth a word: name, label, and whether the change itself is printed. */
const WATCHED: [string, string][] = [
  ["a.value", "a"],
  ["b.value", "b"],
  ["ratio.value", "ratio"],
  ["spread.value", "spread"],
  ["correlation.90d.spearman", "rank correlation, 90 days"],
  ["ratio.z_1y", "deviations from the one-year mean"],
];

/** What a page said when it was seen. */
interface Seen {
  asOf: string;
  shown: Record<string, string>;
  verdicts: Record<string, string>;
}

/** Says at the top of a comparison seen before what changed since, where something did. */
export function sayWhatChanged(page: Document): void {
  const place = page.querySelector<HTMLElement>("[data-since]");
  const asOf = place?.dataset.since;
  if (!place || !asOf) return;
  const key = `convex.seen:${location.pathname}`;
  const before = stored(key);
  const now = seen(page, asOf);
  write(key, before && before.asOf > asOf ? before : now);
  if (!before || before.asOf >= asOf) return;
  const changes = [...changed(before.shown, now.shown, page), ...turned(before.verdicts, now.verdicts, page)];
  if (changes.length === 0) return;
  const list = page.createElement("ul");
  list.append(...changes.map((text) => Object.assign(page.createElement("li"), { textContent: text })));
  const close = Object.assign(page.createElement("button"), { type: "button", textContent: "close" });
  close.addEventListener("click", () => place.replaceChildren());
  const head = Object.assign(page.createElement("b"), { textContent: `Since you were here, with closes of ${before.asOf}` });
  place.replaceChildren(head, list, close);
}

function seen(page: Document, asOf: string): Seen {
  const shown: Record<string, string> = {};
  for (const [name] of WATCHED) {
    const text = page.querySelector(`[data-figure="${name}"]:not([data-pair])`)?.textContent?.trim();
    if (text) shown[name] = text;
  }
  const verdicts: Record<string, string> = {};
  for (const claim of page.querySelectorAll<HTMLElement>(".claim[data-verdict]")) verdicts[claim.id] = claim.dataset.verdict!;
  return { asOf, shown, verdicts };
}

function changed(before: Record<string, string>, now: Record<string, string>, page: Document): string[] {
  const leg = (side: string) => page.querySelector(`.side-${side} h2`)?.textContent?.trim() ?? side;
  return WATCHED.filter(([name]) => before[name] && now[name] && before[name] !== now[name]).map(
    ([name, label]) => `${label.length === 1 ? leg(label) : label}: ${before[name]} → ${now[name]}`,
  );
}

function turned(before: Record<string, string>, now: Record<string, string>, page: Document): string[] {
  return Object.keys(now)
    .filter((id) => before[id] && before[id] !== now[id])
    .map((id) => `${page.querySelector(`#${CSS.escape(id)} .q`)?.textContent ?? id} ${before[id]} → ${now[id]}`);
}

function stored(key: string): Seen | null {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? "null") as Seen | null;
    return found && typeof found.asOf === "string" ? found : null;
  } catch {
    return null;
  }
}

import uFuzzy from "@leeoniya/ufuzzy";
import type { Entries, Entry, Metric } from "./entries";

/** One letter of a word may be missing, added, changed or swapped. */
const fuzzy = new uFuzzy({ intraMode: 1 });
const MOST = 9;
/** Words between two names. */
const BETWEEN = /\s+(?:vs\.?|versus|against|and|with|to)\s+|\s*[/,]\s*/i;

/** The best matches first: a comparison of two names, then metrics, pairs and pages. */
export function find(all: Entries, typed: string): Entry[] {
  const wanted = typed.trim();
  if (wanted === "") return [];
  const metrics = ranked(all.metrics, wanted);
  const others = [...ranked(all.pairs, wanted), ...ranked(all.pages, wanted)];
  const found = [...comparisons(all, wanted), ...metrics.slice(0, 5), ...others, ...metrics.slice(5)];
  return found.filter((entry, at) => found.findIndex((other) => other.href === entry.href) === at).slice(0, MOST);
}

/** Metrics to compare with one that is given. */
export function findPartner(all: Entries, first: Metric, typed: string): Entry[] {
  const partners = typed.trim() === "" ? all.metrics.filter((metric) => metric.stored) : ranked(all.metrics, typed.trim());
  return partners.filter((metric) => metric.id !== first.id).slice(0, MOST).map((metric) => compare(first, metric));
}

/** Every way to read the text as two names: at a word between them first, then at each space. */
function comparisons(all: Entries, wanted: string): Entry[] {
  const at = BETWEEN.exec(wanted);
  const splits: [string, string][] = at ? [[wanted.slice(0, at.index), wanted.slice(at.index + at[0].length)]] : [];
  for (const space of wanted.matchAll(/\s+/g)) splits.push([wanted.slice(0, space.index), wanted.slice(space.index).trim()]);
  for (const [left, right] of splits) {
    if (left.trim() === "" || right.trim() === "") continue;
    const [a, b] = [ranked(all.metrics, left.trim())[0], ranked(all.metrics, right.trim())[0]];
    if (a && b && a.id !== b.id) return [compare(a, b)];
  }
  return [];
}

function compare(a: Metric, b: Metric): Entry {
  return { href: `/compare/${a.id}-vs-${b.id}`, title: `${a.label} vs ${b.label}`, hint: "compare", names: "" };
}

function ranked<T extends Entry>(list: T[], wanted: string): T[] {
  // An id or a label typed in full wins over everything that merely holds it.
  const exact = ({ id, label }: T & Partial<Metric>) => Number([id, label].some((name) => name?.toLowerCase() === wanted.toLowerCase()));
  const [found, info, order] = fuzzy.search(list.map((entry) => entry.names), wanted, 1);
  if (!found) return [];
  const places = info && order ? order.map((at) => info.idx[at]!) : found;
  return places.map((at) => list[at]!).sort((one, other) => exact(other) - exact(one));
}

import type { Print } from "./print";

/** What the server says of the panels of a page: see docs/api.md. */
export interface Panels {
  from: string;
  to: string;
  days: string[];
  panels: Panel[];
}

export interface Panel {
  id: string;
  title: string;
  scale: "linear" | "log";
  low: number;
  high: number;
  print: Print;
  lines: Line[];
  band?: Band;
}

export interface Line {
  class: string;
  label: string;
  values: (number | null)[];
}

export interface Band {
  label: string;
  low: (number | null)[];
  high: (number | null)[];
}

/** Days of a long history that the crosshair can stop at; zooming in brings the others. */
const POINTS = 900;

export async function fetchPanels(address: string): Promise<Panels> {
  const join = address.includes("?") ? "&" : "?";
  const answer = await fetch(`${address}${join}points=${POINTS}`);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return (await answer.json()) as Panels;
}

/** Days since 1970, which a time axis can count. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

/** `2025-04-14`. */
export function dayName(number: number): string {
  return new Date(Math.round(number) * 86_400_000).toISOString().slice(0, 10);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `14 Apr 2025`, as the page writes days. */
export function dayText(day: string): string {
  const [year, month, date] = day.split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
}

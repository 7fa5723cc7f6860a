import { type Panel, type Panels, dayText } from "./panels";
import { text } from "./print";

/** The line above the charts: what all panels show on one day. Without a day it says again what the server wrote there. */
export class Readout {
  private readonly place: HTMLElement | null;
  private readonly resting: string;
  private readonly spoken: HTMLElement;
  private timer = 0;

  constructor(section: HTMLElement, private readonly panels: Panels) {
    this.place = section.querySelector("[data-readout]");
    this.resting = this.place?.textContent ?? "";
    this.spoken = document.createElement("p");
    this.spoken.className = "away";
    this.spoken.setAttribute("aria-live", "polite");
    section.append(this.spoken);
  }

  show(at: number | null): void {
    if (!this.place) return;
    const parts = at === null ? null : this.parts(at);
    this.place.classList.toggle("pointing", parts !== null);
    if (parts === null) {
      this.place.textContent = this.resting;
      return;
    }
    const pieces = parts.map(([key, label, value]) => {
      const piece = document.createElement("span");
      if (key) piece.append(Object.assign(document.createElement("i"), { className: `key ${key}` }));
      const number = document.createElement("b");
      number.textContent = value;
      piece.append(label ? `${label} ` : "", number);
      return piece;
    });
    this.place.replaceChildren(...pieces);
  }

  /** Says the same to those who do not see it, once the keys rest. */
  announce(at: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.spoken.textContent = this.parts(at).map(([, label, value]) => `${label} ${value}`.trim()).join(", ");
    }, 250);
  }

  /** Key, label and value of the day and of each line that has a value on it. */
  private parts(at: number): [string, string, string][] {
    const day: [string, string, string] = ["", "", dayText(this.panels.days[at] ?? "")];
    return [day, ...this.panels.panels.flatMap((panel) => values(panel, at))];
  }
}

function values(panel: Panel, at: number): [string, string, string][] {
  const falls = panel.id === "drawdown";
  return panel.lines
    .filter((line) => line.class !== "mean" && line.values[at] != null)
    .map((line) => {
      const value = text(panel.print, line.values[at] as number);
      const [low, high] = [panel.band?.low[at], panel.band?.high[at]];
      const isEstimate = panel.id === "correlation" || panel.id === "beta";
      const interval = isEstimate && low != null && high != null ? ` [${text(panel.print, low)}, ${text(panel.print, high)}]` : "";
      const key = line.class === "ink" ? "" : line.class;
      return [falls ? "" : key, falls ? `${line.label} fall` : line.label, value + interval];
    });
}

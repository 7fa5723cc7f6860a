import type { Quote } from "./line";
import { changeText, direction, fixed, numberOf, significant } from "./number";
import { field, point, put, write } from "./place";

/** The gap of two metrics at their latest values: for the eye alone, no figure rests on it. */
export class Gap {
  private readonly value: HTMLElement;
  private readonly change: HTMLElement;
  private readonly latest = new Map<string, number>();

  constructor(private readonly element: HTMLElement) {
    this.value = field(element, "gap");
    this.change = field(element, "gap-change");
  }

  take(quote: Quote): void {
    const { gap, a = "", b = "", aClose, bClose, close } = this.element.dataset;
    if (quote.series !== a && quote.series !== b) return;
    this.latest.set(quote.series, quote.value);
    const legs = [this.latest.get(a) ?? numberOf(aClose), this.latest.get(b) ?? numberOf(bClose)];
    const [one, other] = legs;
    const before = numberOf(close);
    if (one === undefined || other === undefined || before === undefined) return;
    const isRatio = gap === "ratio";
    const now = isRatio ? one / other : one - other;
    put(this.value, now, isRatio ? significant(now, 4) : fixed(now, 2), true);
    write(this.change, changeText(before, now, this.element.dataset.measure ?? ""));
    point(this.change, direction(before, now));
  }

  dim(lost: boolean): void {
    this.element.classList.toggle("lost", lost);
  }
}

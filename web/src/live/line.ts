import { ageText } from "./age";
import { changeText, direction, numberOf } from "./number";
import { field, point, put, write } from "./place";

/** A value within the day, as the stream tells it. */
export type Quote = {
  series: string;
  value: number;
  text: string;
  at: string;
  time: string;
  source_name: string;
  delayed_minutes: number;
  close: { day: string; value: number } | null;
};

/** The place of one metric's value within the day. */
export class Line {
  readonly series: string;
  state: string;
  private readonly value: HTMLElement;
  private readonly change: HTMLElement;
  private readonly time: HTMLElement;
  private readonly age: HTMLElement;
  private readonly source: HTMLElement;
  private readonly word: HTMLElement;
  private readonly lost: HTMLElement;
  private at: number;
  private delay: number;

  constructor(private readonly element: HTMLElement) {
    this.value = field(element, "live");
    this.change = field(element, "change");
    this.time = field(element, "time");
    this.age = field(element, "live-age");
    this.source = field(element, "live-source");
    this.word = field(element, "word");
    this.lost = field(element, "lost");
    this.series = element.dataset.live ?? "";
    this.state = element.dataset.state ?? "";
    this.at = Date.parse(this.time.getAttribute("datetime") ?? "");
    this.delay = Number(/delayed (\d+)/.exec(this.word.textContent ?? "")?.[1] ?? 0);
  }

  take(quote: Quote, quietly: boolean): void {
    put(this.value, quote.value, quote.text, quietly);
    const close = numberOf(this.element.dataset.close);
    if (close !== undefined) {
      write(this.change, changeText(close, quote.value, this.element.dataset.measure ?? ""));
      point(this.change, direction(close, quote.value));
    }
    this.at = Date.parse(quote.at);
    this.delay = quote.delayed_minutes;
    this.time.setAttribute("datetime", quote.at);
    write(this.time, quote.time);
    write(this.source, quote.source_name);
    write(this.word, this.delay > 0 ? `delayed ${this.delay} min` : (this.element.dataset.word ?? "live"));
  }

  /** Brings the age up to date. */
  tick(now: number): void {
    if (Number.isNaN(this.at)) return;
    const late = Number(this.element.dataset.late ?? 0) + this.delay * 60;
    const [text, state] = ageText((now - this.at) / 1000, late, this.state);
    write(this.age, text);
    this.age.className = `age ${state}`;
  }

  /** While the connection is lost the age says nothing: a newer value may be known elsewhere. */
  dim(lost: boolean): void {
    const last = (this.time.textContent ?? "").replace(/:\d\d /, " ");
    write(this.lost, lost ? `connection lost${last ? `, last value of ${last}` : ""}` : "");
    this.element.classList.toggle("lost", lost);
  }
}

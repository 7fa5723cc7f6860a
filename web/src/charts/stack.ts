import { Overlay, type Listener } from "./overlay";
import { type Panels, dayName, dayNumber, fetchPanels } from "./panels";
import { Readout } from "./readout";

/** The panels of a page under one crosshair, worked by pointer, finger and keys. */
export class Stack {
  private overlays: Overlay[] = [];
  private readonly readout: Readout;
  private at: number | null = null;

  static async over(section: HTMLElement, go: (from: string, to: string) => void, reset: () => void): Promise<Stack> {
    const panels = await fetchPanels(section.dataset.charts!);
    return new Stack(section, panels, go, reset);
  }

  private constructor(
    private readonly section: HTMLElement,
    private readonly panels: Panels,
    private readonly go: (from: string, to: string) => void,
    private readonly reset: () => void,
  ) {
    this.readout = new Readout(section, panels);
    const listener: Listener = {
      point: (at) => this.point(at),
      zoom: (from, to) => this.zoom(from, to),
      reset,
    };
    for (const panel of panels.panels) {
      const figure = section.querySelector<HTMLElement>(`figure[data-plot="${panel.id}"]`);
      if (!figure) continue;
      const overlay = new Overlay(figure, panel, panels, listener);
      overlay.element.addEventListener("keydown", (event) => this.key(event));
      overlay.element.addEventListener("blur", () => this.point(null));
      this.overlays.push(overlay);
    }
    section.addEventListener("pointerleave", this.leave);
  }

  remove(): void {
    this.section.removeEventListener("pointerleave", this.leave);
    for (const overlay of this.overlays) overlay.remove();
    this.overlays = [];
  }

  private readonly leave = () => {
    if (!this.section.contains(document.activeElement)) this.point(null);
  };

  private point(at: number | null): void {
    this.at = at;
    for (const overlay of this.overlays) overlay.point(at);
    this.readout.show(at);
  }

  private zoom(from: number, to: number): void {
    const days = this.panels.days;
    // At least two days of data lie within what is shown, else there is nothing to draw.
    const inside = days.filter((day) => dayNumber(day) >= from && dayNumber(day) <= to).length;
    if (inside >= 2) this.go(dayName(from), dayName(to));
  }

  private key(event: KeyboardEvent): void {
    const last = this.panels.days.length - 1;
    const at = this.at ?? last;
    const by = event.shiftKey ? 10 : 1;
    const moves: Record<string, () => number> = {
      ArrowLeft: () => Math.max(0, at - by),
      ArrowRight: () => Math.min(last, at + by),
      Home: () => 0,
      End: () => last,
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      this.point(move());
      this.readout.announce(this.at!);
    } else if (event.key === "Escape") {
      if (this.at === null) this.reset();
      this.point(null);
    } else if (event.key === "+" || event.key === "=" || event.key === "-") {
      event.preventDefault();
      this.zoomBy(event.key === "-" ? 2 : 0.5, at);
    }
  }

  /** Half or twice as many days, around the crosshair. */
  private zoomBy(factor: number, at: number): void {
    const [from, to] = [dayNumber(this.panels.from), dayNumber(this.panels.to)];
    const middle = dayNumber(this.panels.days[at] ?? this.panels.to);
    const share = (middle - from) / (to - from);
    const span = (to - from) * factor;
    const begin = middle - span * share;
    this.go(dayName(begin), dayName(begin + span));
  }
}

import uPlot from "uplot";
import { type Panel, type Panels, dayNumber } from "./panels";

/** What the panels of a page tell each other. */
export interface Listener {
  /** The crosshair stands on that place among the days, or nowhere. */
  point(at: number | null): void;
  /** The reader asks for a stretch of days. */
  zoom(from: number, to: number): void;
  /** The reader asks for the usual days again. */
  reset(): void;
}

/**
 * Lays a crosshair over the server's drawing of a panel. The drawing stays: same lines, same size, nothing moves. uPlot
 * holds the scales, finds the nearest day and takes the stretch that is dragged.
 */
export class Overlay {
  readonly element: HTMLElement;
  private readonly plot: uPlot;
  private readonly sizes: ResizeObserver;

  constructor(figure: HTMLElement, panel: Panel, panels: Panels, private readonly listener: Listener) {
    const drawing = figure.querySelector<SVGElement>("svg.lines")!;
    this.element = document.createElement("div");
    this.element.className = "over";
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-roledescription", "chart");
    this.element.setAttribute(
      "aria-label",
      `${panel.title}. Left and right arrows move from day to day, with shift by ten, Home and End to the ends, plus and minus zoom, Escape goes back.`,
    );
    drawing.closest(".plot")!.append(this.element);
    const size = () => ({ width: Math.max(40, drawing.closest("svg.chart")!.clientWidth), height: Number(drawing.getAttribute("height")) });
    this.plot = new uPlot(options(panel, panels, listener, size(), figure), columns(panel, panels), this.element);
    this.sizes = new ResizeObserver(() => this.plot.setSize(size()));
    this.sizes.observe(drawing.closest("svg.chart")!);
    this.followTouch();
  }

  /** Puts the crosshair on a place among the days; the other panels are put there by their own. */
  point(at: number | null): void {
    const day = at === null ? undefined : this.plot.data[0][at];
    const left = day === undefined ? -10 : this.plot.valToPos(day, "x");
    this.plot.setCursor({ left, top: day === undefined ? -10 : 1 }, false);
  }

  remove(): void {
    this.sizes.disconnect();
    this.plot.destroy();
    this.element.remove();
  }

  /** A finger that moves sideways moves the crosshair; up and down scrolls the page as ever. */
  private followTouch(): void {
    const follow = (event: TouchEvent) => {
      const touch = event.touches[0];
      if (!touch || event.touches.length > 1) return;
      const left = touch.clientX - this.element.getBoundingClientRect().left;
      this.listener.point(this.plot.posToIdx(left));
    };
    this.element.addEventListener("touchstart", follow, { passive: true });
    this.element.addEventListener("touchmove", follow, { passive: true });
  }
}

function columns(panel: Panel, panels: Panels): uPlot.AlignedData {
  const place = panel.scale === "log" ? (value: number | null) => (value === null || value <= 0 ? null : Math.log10(value)) : (value: number | null) => value;
  return [panels.days.map(dayNumber), ...panel.lines.map((line) => line.values.map(place))];
}

function options(
  panel: Panel,
  panels: Panels,
  listener: Listener,
  size: { width: number; height: number },
  figure: HTMLElement,
): uPlot.Options {
  const place = panel.scale === "log" ? Math.log10 : (value: number) => value;
  const [low, high] = [place(panel.low), place(panel.high)];
  const [from, to] = [dayNumber(panels.from), dayNumber(panels.to)];
  const colour = (line: number) => {
    const name = panel.lines[line - 1]?.class ?? "ink";
    return getComputedStyle(figure).getPropertyValue(name === "a" || name === "b" ? `--${name}` : "--ink");
  };
  return {
    ...size,
    padding: [0, 0, 0, 0],
    legend: { show: false },
    axes: [{ show: false }, { show: false }],
    scales: { x: { time: false, range: [from, to] }, y: { range: [low, high] } },
    series: [{}, ...panel.lines.map((line) => ({ label: line.label, points: { show: false }, paths: () => null, show: line.class !== "mean" }))],
    cursor: {
      drag: { x: true, y: false, setScale: false, dist: 6 },
      y: false,
      points: { size: 8, width: 2, stroke: (_, line) => colour(line), fill: () => getComputedStyle(figure).getPropertyValue("--bg") },
      bind: {
        // A double click goes back to the usual days; uPlot's own would only rescale.
        dblclick: () => () => {
          listener.reset();
          return null;
        },
      },
    },
    hooks: {
      setCursor: [(plot) => plot.cursor.event && listener.point(plot.cursor.left! < 0 ? null : (plot.cursor.idx ?? null))],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 6) return;
          listener.zoom(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"));
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

import type { Link } from "./age";

/** A connection that fails for so long is lost. One that breaks and comes back at once is nobody's concern. */
const PATIENCE = 3_000;
/** A server that turned us away is asked again after so long, and after up to twice as long. */
const LATER = 15_000;
/** A page nobody looks at gives its connection back after so long: browsers have few of them. */
const OUT_OF_SIGHT = 30_000;

type Handlers = Record<string, (data: never) => void>;

/** One stream of events for as long as the page is looked at. */
export class Stream {
  onLink: (link: Link) => void = () => {};
  private source: EventSource | undefined;
  private losing: ReturnType<typeof setTimeout> | undefined;
  private asking: ReturnType<typeof setTimeout> | undefined;
  private leaving: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly address: string,
    private readonly handlers: Handlers,
  ) {}

  follow(page: Document): void {
    this.open();
    addEventListener("offline", () => this.lose());
    addEventListener("online", () => this.open());
    addEventListener("pagehide", () => this.close());
    addEventListener("pageshow", (event) => event.persisted && this.open());
    page.addEventListener("visibilitychange", () => {
      clearTimeout(this.leaving);
      if (page.visibilityState === "hidden") this.leaving = setTimeout(() => this.close(), OUT_OF_SIGHT);
      else if (!this.source) this.open();
    });
  }

  private open(): void {
    this.close();
    const source = new EventSource(this.address);
    this.source = source;
    this.failing();
    for (const [name, handle] of Object.entries(this.handlers)) {
      source.addEventListener(name, (event) => {
        this.alive();
        handle(JSON.parse((event as MessageEvent<string>).data) as never);
      });
    }
    source.onopen = () => this.alive();
    source.onerror = () => {
      this.failing();
      // A browser tries again by itself unless it was turned away.
      if (source.readyState !== EventSource.CLOSED) return;
      clearTimeout(this.asking);
      this.asking = setTimeout(() => this.open(), LATER * (1 + Math.random()));
    };
  }

  private close(): void {
    for (const timer of [this.losing, this.asking, this.leaving]) clearTimeout(timer);
    this.losing = undefined;
    this.source?.close();
    this.source = undefined;
  }

  private alive(): void {
    clearTimeout(this.losing);
    this.losing = undefined;
    this.onLink("open");
  }

  private failing(): void {
    this.losing ??= setTimeout(() => this.onLink("lost"), PATIENCE);
  }

  private lose(): void {
    this.close();
    this.onLink("lost");
  }
}

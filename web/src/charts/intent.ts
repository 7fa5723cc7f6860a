/** The charts' script comes when somebody turns to them: by pointer, finger, key or focus. Until then the page is as served. */
export function enhanceCharts(section: HTMLElement): void {
  const turns = ["pointerenter", "pointerdown", "touchstart", "focusin"] as const;
  let coming: Promise<import("./index").Charts> | undefined;
  const come = () => (coming ??= import("./index").then(({ Charts }) => new Charts(section)));
  const begin = () => {
    for (const turn of turns) section.removeEventListener(turn, begin);
    void come()
      .then((charts) => charts.read())
      // Without the numbers the drawings and links serve as before.
      .catch(() => {});
  };
  for (const turn of turns) section.addEventListener(turn, begin, { passive: true });
}

/** How the page is connected. */
export type Link = "connecting" | "open" | "lost";

/** The age of a value in words and as a class: the same words as the server's. */
export function ageText(seconds: number, late: number, state: string): [string, string] {
  const ago = agoText(seconds);
  // What was quoted a moment ago is as fresh before the opening as after it.
  if (seconds <= late) return [ago, "fresh"];
  if (state === "closed") return [`market closed, ${ago}`, "closed"];
  return seconds < 3600 ? [`late, ${ago}`, "late"] : [`stale, ${ago}`, "stale"];
}

function agoText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s ago`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ago`;
  return `${Math.floor(whole / 3600)} h ago`;
}

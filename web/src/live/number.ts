// Numbers as the server prints them: thousands by commas, a true minus, a stated number of digits.

export function fixed(value: number, decimals: number): string {
  const digits = Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return value < 0 && /[1-9]/.test(digits) ? `−${digits}` : digits;
}

export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** At least so many significant digits, all before the point kept. */
export function significant(value: number, digits: number): string {
  if (value === 0) return fixed(0, digits - 1);
  const beforePoint = Math.floor(Math.log10(Math.abs(value))) + 1;
  return fixed(value, Math.min(12, Math.max(0, digits - beforePoint)));
}

/** A change in the way the metric's changes are read: in per cent, in basis points, in its own unit. */
export function changeText(from: number, to: number, measure: string): string {
  if (measure === "bp") return `${signed((to - from) * 100, 0)} bp`;
  if (measure === "own") return signed(to - from, 2);
  const share = to / from - 1;
  return `${signed(share * 100, Math.round(Math.abs(share) * 1e4) >= 1e4 ? 1 : 2)} %`;
}

export function direction(from: number, to: number): string {
  return to > from ? "up" : to < from ? "down" : "flat";
}

/** A number in a data attribute; none if it is not there. */
export function numberOf(text: string | undefined): number | undefined {
  return text === undefined || text === "" ? undefined : Number(text);
}

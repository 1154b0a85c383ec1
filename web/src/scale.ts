/**
 * Days along a line: from day to pixel and back, and the marks of a time axis, for any span from a day to centuries.
 */
import { addMonths, civil, dayNumber, monthName, yearName } from "./calendar";
import type { Day } from "./payload";

export interface Window {
  readonly from: Day;
  readonly to: Day;
}

export interface Tick {
  readonly day: Day;
  readonly label: string;
  /** A year or month begins: drawn stronger. */
  readonly major: boolean;
}

const STEPS_OF_DAYS = [1, 2, 5, 10];
const STEPS_OF_MONTHS = [1, 3, 6];
const STEPS_OF_YEARS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** Pixel of a day in a line of so many pixels. */
export function at(window: Window, width: number, day: Day): number {
  return ((day - window.from) / Math.max(window.to - window.from, 1)) * width;
}

/** Day of a pixel. */
export function dayAt(window: Window, width: number, x: number): Day {
  return Math.round(window.from + (x / Math.max(width, 1)) * (window.to - window.from));
}

/** The marks of an axis, at least so many pixels apart. */
export function ticks(window: Window, width: number, apart: number): Tick[] {
  const days = Math.max(window.to - window.from, 1);
  const least = (days * apart) / Math.max(width, 1);
  const step = STEPS_OF_DAYS.find((one) => one >= least);
  if (step !== undefined) return daily(window, step);
  const months = STEPS_OF_MONTHS.find((one) => one * 28 >= least);
  if (months !== undefined) return monthly(window, months);
  const years = STEPS_OF_YEARS.find((one) => one * 365 >= least) ?? 5000;
  return yearly(window, years);
}

function daily(window: Window, step: number): Tick[] {
  const found: Tick[] = [];
  for (let day = window.from; day <= window.to; day += 1) {
    const date = civil(day);
    const last = 31 - (step > 2 ? step / 2 : 0);
    if (date.day !== 1 && (step === 1 ? false : (step === 2 ? date.day % 2 === 0 : date.day % step !== 0) || date.day > last)) continue;
    const major = date.day === 1;
    found.push({ day, major, label: major ? `1 ${monthName(date.month)}` : String(date.day) });
  }
  return named(found);
}

function monthly(window: Window, step: number): Tick[] {
  const found: Tick[] = [];
  const { year, month } = civil(window.from);
  for (let day = dayNumber(year, month, 1); day <= window.to; day = addMonths(day, 1)) {
    const date = civil(day);
    if (day < window.from || (date.month - 1) % step !== 0) continue;
    const major = date.month === 1;
    found.push({ day, major, label: major ? yearName(date.year) : monthName(date.month) });
  }
  return named(found);
}

function yearly(window: Window, step: number): Tick[] {
  const found: Tick[] = [];
  for (let year = Math.ceil(civil(window.from).year / step) * step; ; year += step) {
    const day = dayNumber(year, 1, 1);
    if (day > window.to) return found;
    if (day >= window.from) found.push({ day, major: year % (step * 5) === 0, label: yearName(year) });
  }
}

/** The first mark says its year, and those of days their month, so that a stretch is never without. */
function named(found: Tick[]): Tick[] {
  const first = found[0];
  if (!first) return found;
  const { year, month, day } = civil(first.day);
  const label = first.label === yearName(year) ? first.label
    : first.label === monthName(month) ? `${monthName(month)} ${yearName(year)}`
      : `${String(day)} ${monthName(month)} ${yearName(year)}`;
  return [{ ...first, label }, ...found.slice(1)];
}

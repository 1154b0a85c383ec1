/**
 * Days as numbers, in any year, BC included.
 *
 * Day 0 is 1970-01-01 in the proleptic Gregorian calendar; years are astronomical (0 is 1 BC). What belongs here:
 * arithmetic and spelling of days. What does not: anything that knows of events.
 */

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
const WEEKDAYS = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];
const EPOCH = 719_468; // days from 0000-03-01 to 1970-01-01
const DAYS_IN_400_YEARS = 146_097;
const GREGORIAN = -141_427; // 1582-10-15: weekdays before it would say what nobody said then

export interface Civil {
  year: number;
  month: number;
  day: number;
}

const div = (a: number, b: number): number => Math.floor(a / b);

/** Day number of a civil date (Howard Hinnant's days_from_civil). */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = div(y, 400);
  const ofEra = y - era * 400;
  const ofYear = div(153 * (month + (month > 2 ? -3 : 9)) + 2, 5) + day - 1;
  return era * DAYS_IN_400_YEARS + ofEra * 365 + div(ofEra, 4) - div(ofEra, 100) + ofYear - EPOCH;
}

/** The civil date of a day number. */
export function civil(number: number): Civil {
  const era = div(number + EPOCH, DAYS_IN_400_YEARS);
  const ofEra = number + EPOCH - era * DAYS_IN_400_YEARS;
  const year = div(ofEra - div(ofEra, 1460) + div(ofEra, 36_524) - div(ofEra, 146_096), 365);
  const ofYear = ofEra - (365 * year + div(year, 4) - div(year, 100));
  const march = div(5 * ofYear + 2, 153);
  const month = march + (march < 10 ? 3 : -9);
  return { year: year + era * 400 + (month <= 2 ? 1 : 0), month, day: ofYear - div(153 * march + 2, 5) + 1 };
}

const two = (value: number): string => String(value).padStart(2, "0");

/** ISO 8601 with astronomical years: 2015-11-16, -0043-03-15. */
export function iso(number: number): string {
  const { year, month, day } = civil(number);
  return `${year < 0 ? "-" : ""}${String(Math.abs(year)).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** The day number of an ISO day; null when it is none (or names a day that no month has). */
export function parseIso(text: string): number | null {
  const match = /^([+-]?)(\d{4,6})-(\d\d)-(\d\d)$/.exec(text.trim());
  if (!match) return null;
  const year = Number(match[2]) * (match[1] === "-" ? -1 : 1);
  const number = dayNumber(year, Number(match[3]), Number(match[4]));
  const back = civil(number);
  return back.month === Number(match[3]) && back.day === Number(match[4]) ? number : null;
}

/** A year as people write it: 2015, 44 BC. */
export function yearName(year: number): string {
  return year > 0 ? String(year) : `${String(1 - year)} BC`;
}

/** A day in full: Monday, 16 November 2015; before the Gregorian calendar without its weekday. */
export function long(number: number): string {
  const { year, month, day } = civil(number);
  const date = `${String(day)} ${MONTHS[month - 1] ?? ""} ${yearName(year)}`;
  return number < GREGORIAN ? date : `${WEEKDAYS[((number % 7) + 7) % 7] ?? ""}, ${date}`;
}

/** A day in short: 16 Nov 2015. */
export function short(number: number): string {
  const { year, month, day } = civil(number);
  return `${String(day)} ${monthName(month)} ${yearName(year)}`;
}

/** The first three letters of a month's name, from 1. */
export function monthName(month: number): string {
  return (MONTHS[month - 1] ?? "").slice(0, 3);
}

/** The same day of the month so many months later, or the last day that this month has. */
export function addMonths(number: number, months: number): number {
  const { year, month, day } = civil(number);
  const index = year * 12 + month - 1 + months;
  const target = { year: div(index, 12), month: index - div(index, 12) * 12 + 1 };
  const length = dayNumber(target.year + (target.month === 12 ? 1 : 0), (target.month % 12) + 1, 1)
    - dayNumber(target.year, target.month, 1);
  return dayNumber(target.year, target.month, Math.min(day, length));
}

/** What an event's date says in few characters: a day, "5–9 Nov 2015" as two days, or "undated". */
export function range(earliest: number | null, latest: number | null): string {
  if (earliest === null && latest === null) return "undated";
  if (earliest === null) return `by ${short(latest ?? 0)}`;
  if (latest === null) return `from ${short(earliest)}`;
  if (earliest === latest) return short(earliest);
  const [a, b] = [civil(earliest), civil(latest)];
  if (a.year !== b.year) return `${short(earliest)} – ${short(latest)}`;
  const head = a.month === b.month ? String(a.day) : `${String(a.day)} ${monthName(a.month)}`;
  return `${head} – ${short(latest)}`;
}

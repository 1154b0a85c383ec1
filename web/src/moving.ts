/** Where a step in time leads: a day, a longer stretch, the next event. Pure. */
import { addMonths } from "./calendar";
import type { Passing } from "./lit";
import type { Model } from "./model";
import type { Day } from "./payload";

/** Within the span of the slider; null where nothing is dated. */
export function within(model: Model, day: Day): Day | null {
  return model.first === null || model.last === null ? null : Math.min(Math.max(day, model.first), model.last);
}

/** So many days on, within the span. */
export function stepDays(model: Model, day: Day | null, by: number): Day | null {
  return day === null ? null : within(model, day + by);
}

/** A page on: a week in a campaign of months, a month in one of years, a year in one of decades. */
export function stepPage(model: Model, day: Day | null, by: 1 | -1): Day | null {
  if (day === null || model.first === null || model.last === null) return null;
  const span = model.last - model.first;
  const next = span < 200 ? day + 7 * by : addMonths(day, (span < 4000 ? 1 : 12) * by);
  return within(model, next);
}

/** The next day on which an event that passes begins; null when there is none. */
export function nextEventDay(model: Model, pass: Passing, day: Day | null, by: 1 | -1): Day | null {
  if (day === null) return model.first;
  const days = pass.all ? model.eventDays : daysOf(model, pass);
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  const next = by < 0 ? days[low - 1] : days[low] === day ? days[low + 1] : days[low];
  return next ?? null;
}

/** The event before or after this one in the order of time, among those that pass. */
export function nextEvent(model: Model, pass: Passing, event: number | null, day: Day | null, by: 1 | -1): number | null {
  const here = event === null ? -1 : pass.events.indexOf(event);
  if (here >= 0) return pass.events[here + by] ?? null;
  const days = pass.events.map((index) => startOf(model, index));
  if (by > 0) return pass.events[days.findIndex((one) => one !== null && (day === null || one >= day))] ?? null;
  const before = days.filter((one) => one !== null && (day === null || one <= day)).length;
  return pass.events[before - 1] ?? null;
}

function startOf(model: Model, index: number): Day | null {
  const event = model.data.events[index];
  return event?.earliest ?? event?.latest ?? null;
}

function daysOf(model: Model, pass: Passing): Day[] {
  const days = pass.events.map((event) => startOf(model, event)).filter((day): day is Day => day !== null);
  return [...new Set(days)];
}

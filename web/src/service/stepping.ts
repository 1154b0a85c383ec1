/** Which event is to be checked next: in the order in which the accounts tell them. Pure. */
import type { Passing } from "../lit";
import type { Model } from "../model";

/** Events that pass, account by account, as the text has them. */
export function told(model: Model, pass: Passing): number[] {
  const { events } = model.data;
  return [...pass.events].sort((a, b) => {
    const [one, other] = [events[a], events[b]];
    return (one?.account ?? 0) - (other?.account ?? 0) || (one?.trigger[0] ?? 0) - (other?.trigger[0] ?? 0) || a - b;
  });
}

/**
 * The next event (or the one before) that nobody has judged; round once. `done` are ids judged since the data came;
 * `account` is where to begin when no event is selected.
 */
export function nextUnchecked(model: Model, pass: Passing, from: number | null, account: number, by: 1 | -1, done: ReadonlySet<string> = new Set()): number | null {
  const order = told(model, pass);
  if (order.length === 0) return null;
  const begin = from === null ? -1 : order.indexOf(from);
  const start = begin >= 0 ? begin : by > 0 ? order.findIndex((index) => (model.data.events[index]?.account ?? 0) >= account) - 1 : order.length;
  for (let step = 1; step <= order.length; step += 1) {
    const index = order[(((start + by * step) % order.length) + order.length) % order.length];
    const event = index === undefined ? undefined : model.data.events[index];
    if (index !== undefined && index !== from && event?.review === "unchecked" && !done.has(event.id)) return index;
  }
  return null;
}

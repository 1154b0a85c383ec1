/**
 * A verdict shown at once: the event as it counts now, put into the data that are shown, until the service has told
 * everything anew. Who holds what follows with those data; it is never made up here.
 *
 * Pure. What belongs here: an event's own fields and its account's progress. What does not: asking (`together.ts`).
 */
import { parseIso } from "../calendar";
import type { Account, Event, Party, Payload } from "../payload";
import type { ActorRecord, FullEvent } from "./api";

/** The payload with these events as they count now; the same payload where none of them is in it. */
export function patched(payload: Payload, judged: readonly FullEvent[]): Payload {
  const where = new Map(payload.events.map((event, index) => [event.id, index]));
  const events = [...payload.events];
  const touched = new Set<number>();
  for (const full of judged) {
    const index = where.get(full.event.id);
    const event = index === undefined ? undefined : events[index];
    if (index === undefined || !event) continue;
    events[index] = underVerdict(payload, event, full);
    touched.add(event.account);
  }
  if (touched.size === 0) return payload;
  const accounts = payload.accounts.map((account, index) => touched.has(index) ? { ...account, checked: progress(events, index, account) } : account);
  return { ...payload, events, accounts };
}

function underVerdict(payload: Payload, was: Event, { event, evidence }: FullEvent): Event {
  const { date } = event;
  return {
    ...was,
    kind: event.kind, review: event.review, hedged: event.hedged, negated: event.negated, background: event.background ?? was.background, by: event.attributed_to,
    edtf: date.edtf, earliest: day(date.earliest), latest: day(date.latest), basis: date.basis,
    actor: party(payload, was.actor, event.actor), against: party(payload, was.against, event.against),
    judgements: (evidence.reviews ?? []).map(({ verdict, by, why, at }) => ({ verdict, by, why, at })),
  };
}

const day = (text: string | null): number | null => text === null ? null : parseIso(text);

/** A side that these data do not hold yet stays as it was. */
function party(payload: Payload, was: Party | null, now: ActorRecord | null): Party | null {
  if (!now) return null;
  const side = payload.sides.findIndex((one) => one.id === now.id);
  if (side < 0 || side === was?.side) return was;
  return { side, text: now.text ?? null, inferred: now.inferred ?? false };
}

function progress(events: readonly Event[], account: number, { checked }: Account): Account["checked"] {
  const own = events.filter((event) => event.account === account);
  const reviewed = own.filter((event) => event.review !== "unchecked").length;
  const done = own.length > 0 && own.every((event) => event.review !== "unchecked" && event.review !== "disputed");
  return { ...checked, reviewed, done };
}

/** Verdicts that newer data may not have yet. */
export interface Pending {
  add(full: FullEvent): void;
  /** The payload with what it has not yet; what it has is forgotten. */
  over(payload: Payload): Payload;
}

export function pending(): Pending {
  const kept = new Map<string, FullEvent>();
  return {
    add(full) {
      if ((kept.get(full.event.id)?.version ?? -1) <= full.version) kept.set(full.event.id, full);
    },
    over(payload) {
      for (const [id, full] of [...kept]) if (full.version <= payload.revision) kept.delete(id);
      return patched(payload, [...kept.values()]);
    },
  };
}

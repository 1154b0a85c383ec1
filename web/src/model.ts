/**
 * The payload with what every view looks up: tracks of control, events of a place, findings of an event, order in time.
 *
 * What belongs here: indexes that are made once for a payload. What does not: what a reader chose (`store.ts`).
 */
import type { Control, Day, Layer, Payload, Place, Step } from "./payload";

export interface Model {
  readonly data: Payload;
  /** The steps of each place, by layer; a claimed track is there only where it says something else. */
  readonly tracks: Readonly<Record<Layer, readonly (readonly Step[] | null)[]>>;
  readonly eventsOfPlace: readonly (readonly number[])[];
  readonly findingsOfPlace: readonly (readonly number[])[];
  readonly findingsOfEvent: ReadonlyMap<number, readonly number[]>;
  /** Events in the order of time; undated ones last, each account in its own order. */
  readonly order: readonly number[];
  /** Place of each event in `order`. */
  readonly rank: readonly number[];
  /** Days on which a dated event begins, ascending, each once. */
  readonly eventDays: readonly Day[];
  /** Places that have a track, by the first day anything is said about them, then by name. */
  readonly lanes: readonly number[];
  /** All places by name. */
  readonly byName: readonly number[];
  readonly located: readonly number[];
  readonly unlocated: readonly number[];
  readonly kinds: readonly string[];
  /** Sides that ever hold, contest or are said to hold a place. */
  readonly holders: ReadonlySet<number>;
  readonly first: Day | null;
  readonly last: Day | null;
  readonly index: {
    readonly place: ReadonlyMap<string, number>;
    readonly event: ReadonlyMap<string, number>;
    readonly finding: ReadonlyMap<string, number>;
    readonly side: ReadonlyMap<string, number>;
    readonly account: ReadonlyMap<string, number>;
  };
}

/** Everything that the views look up. */
export function buildModel(data: Payload): Model {
  const tracks = {
    assessed: tracksOf(data, "assessed"),
    claimed: tracksOf(data, "claimed"),
  };
  const eventsOfPlace = data.places.map((): number[] => []);
  data.events.forEach((event, index) => {
    for (const place of new Set(event.places.map((one) => one.place))) {
      if (place !== null) eventsOfPlace[place]?.push(index);
    }
  });
  const findingsOfPlace = data.places.map((): number[] => []);
  const findingsOfEvent = new Map<number, number[]>();
  data.findings.forEach((finding, index) => {
    for (const place of finding.places) findingsOfPlace[place]?.push(index);
    for (const event of finding.events) {
      const known = findingsOfEvent.get(event);
      if (known) known.push(index);
      else findingsOfEvent.set(event, [index]);
    }
  });
  const order = data.events.map((_, index) => index).sort((a, b) => {
    const [one, other] = [data.events[a], data.events[b]];
    return inOrder(one?.earliest ?? one?.latest ?? Infinity, other?.earliest ?? other?.latest ?? Infinity) || a - b;
  });
  const rank = new Array<number>(order.length).fill(0);
  order.forEach((event, position) => (rank[event] = position));
  const began = data.places.map((_, place) => beginning(data, eventsOfPlace[place] ?? []));
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const byName = data.places.map((_, place) => place)
    .sort((a, b) => compare(data.places[a]?.name ?? "", data.places[b]?.name ?? ""));
  const lanes = byName
    .filter((place) => tracks.assessed[place] ?? tracks.claimed[place])
    .sort((a, b) => inOrder(began[a] ?? Infinity, began[b] ?? Infinity));
  const where = data.places.map((_, place) => place);
  const isLocated = (place: number): boolean => pointOf(data.places[place]) !== null;
  const [first, last] = span(data);
  return {
    data, tracks, eventsOfPlace, findingsOfPlace, findingsOfEvent, order, rank, lanes, byName, first, last,
    eventDays: daysOf(data, order),
    located: where.filter(isLocated),
    unlocated: where.filter((place) => !isLocated(place) && (tracks.assessed[place] ?? tracks.claimed[place] ?? null) !== null),
    holders: new Set(data.control.flatMap(({ steps }) => steps.flatMap((step) => step.holders))),
    kinds: [...new Set(data.events.map((event) => event.kind))].sort(),
    index: {
      place: byId(data.places),
      event: byId(data.events),
      finding: byId(data.findings),
      side: byId(data.sides),
      account: byId(data.accounts),
    },
  };
}

/** Where a place lies; null when that is not known. */
export function pointOf(place: Place | undefined): { lat: number; lon: number; radius: number } | null {
  if (!place) return null;
  const { lat, lon, radius } = place;
  return lat === null || lon === null ? null : { lat, lon, radius: radius ?? 0 };
}

function tracksOf(data: Payload, layer: Layer): (readonly Step[] | null)[] {
  const tracks = data.places.map((): readonly Step[] | null => null);
  for (const control of data.control as readonly Control[]) {
    if (control.layer === layer && control.steps.length > 0) tracks[control.place] = control.steps;
  }
  return tracks;
}

function daysOf(data: Payload, order: readonly number[]): Day[] {
  const days: Day[] = [];
  for (const index of order) {
    const event = data.events[index];
    const day = event?.earliest ?? event?.latest ?? null;
    if (day !== null && days[days.length - 1] !== day) days.push(day);
  }
  return days;
}

function beginning(data: Payload, events: readonly number[]): number {
  let first = Infinity;
  for (const index of events) {
    const event = data.events[index];
    first = Math.min(first, event?.earliest ?? event?.latest ?? Infinity);
  }
  return first;
}

/** As a sort wants it; Infinity minus itself would be no number. */
function inOrder(one: number, other: number): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The first and last day of the slider, never the same day twice the wrong way round. */
function span(data: Payload): [Day | null, Day | null] {
  if (data.first === null || data.last === null) return [null, null];
  return data.first <= data.last ? [data.first, data.last] : [data.last, data.first];
}

function byId(values: readonly { id: string }[]): Map<string, number> {
  return new Map(values.map((value, index) => [value.id, index]));
}

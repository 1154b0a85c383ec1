/**
 * What is lit up together: an event with its places, a place with its events, a finding with both; and what the filter
 * lets through.
 */
import type { Model } from "./model";
import type { Filter, Selection, State } from "./store";
import { NO_FILTER } from "./store";

export interface Lit {
  readonly events: ReadonlySet<number>;
  readonly places: ReadonlySet<number>;
}

const NOTHING: Lit = { events: new Set(), places: new Set() };

/** Everything that belongs to what is selected. */
export function litBy(model: Model, selection: Selection | null): Lit {
  if (!selection) return NOTHING;
  if (selection.what === "place") {
    return { places: new Set([selection.index]), events: new Set(model.eventsOfPlace[selection.index] ?? []) };
  }
  if (selection.what === "event") {
    return { events: new Set([selection.index]), places: new Set(placesOf(model, selection.index)) };
  }
  const finding = model.data.findings[selection.index];
  if (!finding) return NOTHING;
  return { events: new Set(finding.events), places: new Set([...finding.places, ...finding.events.flatMap((event) => placesOf(model, event))]) };
}

function placesOf(model: Model, event: number): number[] {
  return (model.data.events[event]?.places ?? []).map((one) => one.place).filter((place): place is number => place !== null);
}

export interface Passing {
  readonly all: boolean;
  /** Events that pass, in the order of time. */
  readonly events: readonly number[];
  readonly hasEvent: (event: number) => boolean;
  readonly hasPlace: (place: number) => boolean;
  readonly findings: readonly number[];
  readonly places: readonly number[];
}

let remembered: { model: Model; filter: Filter; passing: Passing } | null = null;

/** What the filter lets through; remembered, for every view asks for it. */
export function passing({ model, filter }: Pick<State, "model" | "filter">): Passing {
  if (remembered?.model !== model || remembered.filter !== filter) remembered = { model, filter, passing: sift(model, filter) };
  return remembered.passing;
}

/** Whether a filter lets everything through. */
export function isOpen(filter: Filter): boolean {
  return filter.text.trim() === "" && filter.sides.size === 0 && filter.kinds.size === 0
    && (["place", "account", "review", "from", "to"] as const).every((key) => filter[key] === NO_FILTER[key]);
}

function sift(model: Model, filter: Filter): Passing {
  const { events, places, findings } = model.data;
  const every = places.map((_, place) => place);
  if (isOpen(filter)) {
    return {
      all: true, events: model.order, hasEvent: () => true, hasPlace: () => true,
      findings: findings.map((_, finding) => finding), places: every,
    };
  }
  const words = filter.text.toLocaleLowerCase().split(/\s+/).filter((word) => word !== "");
  const says = (text: string): boolean => words.every((word) => text.includes(word));
  const kept = events.map((_, event) => event).filter((event) => eventPasses(model, filter, event));
  const keptEvents = new Set(kept.filter((event) => words.length === 0 || says(wordsOf(model, event))));
  const onlyText = isOpen({ ...filter, text: "" });
  const withEvents = new Set(kept.flatMap((event) => placesOf(model, event)));
  const told = new Set([...keptEvents].flatMap((event) => placesOf(model, event)));
  const hasPlace = (place: number): boolean => {
    if (filter.place !== null && filter.place !== place) return false;
    if (told.has(place)) return true;
    const one = places[place];
    return one !== undefined && words.length > 0 && (onlyText || withEvents.has(place))
      && says([one.name, ...one.names].join(" ").toLocaleLowerCase());
  };
  const keptPlaces = new Set(every.filter(hasPlace));
  return {
    all: false,
    events: model.order.filter((event) => keptEvents.has(event)),
    hasEvent: (event) => keptEvents.has(event),
    hasPlace: (place) => keptPlaces.has(place),
    places: every.filter((place) => keptPlaces.has(place)),
    findings: findings.map((_, finding) => finding).filter((finding) => {
      const one = findings[finding];
      if (!one) return false;
      return one.events.some((event) => keptEvents.has(event)) || one.places.some((place) => keptPlaces.has(place))
        || (onlyText && says(`${one.message} ${one.code}`.toLocaleLowerCase()));
    }),
  };
}

function eventPasses(model: Model, filter: Filter, index: number): boolean {
  const event = model.data.events[index];
  if (!event) return false;
  if (filter.account !== null && event.account !== filter.account) return false;
  if (filter.kinds.size > 0 && !filter.kinds.has(event.kind)) return false;
  if (filter.review !== null && event.review !== filter.review) return false;
  if (filter.place !== null && !event.places.some((one) => one.place === filter.place)) return false;
  if (filter.sides.size > 0) {
    const sides = [event.actor?.side, event.against?.side];
    if (!sides.some((side) => side !== undefined && filter.sides.has(side))) return false;
  }
  const [earliest, latest] = [event.earliest ?? event.latest, event.latest ?? event.earliest];
  if ((filter.from !== null || filter.to !== null) && (earliest === null || latest === null)) return false;
  return !(filter.from !== null && latest !== null && latest < filter.from)
    && !(filter.to !== null && earliest !== null && earliest > filter.to);
}

const texts = new WeakMap<Model, (string | undefined)[]>();

/** Everything by which an event can be found. */
function wordsOf(model: Model, index: number): string {
  const known = texts.get(model) ?? [];
  texts.set(model, known);
  return (known[index] ??= gather(model, index).toLocaleLowerCase());
}

function gather(model: Model, index: number): string {
  const event = model.data.events[index];
  if (!event) return "";
  const party = (one: typeof event.actor): string =>
    one ? `${one.text ?? ""} ${model.data.sides[one.side]?.name ?? ""}` : "";
  const names = event.places.flatMap((one) => {
    const place = one.place === null ? undefined : model.data.places[one.place];
    return [one.text, ...(place ? [place.name, ...place.names] : [])];
  });
  return [event.id, event.kind, event.dated ?? "", event.edtf ?? "", party(event.actor), party(event.against), event.by ?? "", ...names].join(" ");
}

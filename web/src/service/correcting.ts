/**
 * A correction: an event as the fields of a form, and what of them was changed as the service takes it (docs/reviews.md).
 *
 * Pure. What belongs here: values and what is wrong with them. What does not: the form (`correction.ts`).
 */
import { parseIso } from "../calendar";
import type { Place, Side } from "../payload";
import type { EventRecord } from "./api";

export const KINDS = [
  "capture", "withdrawal", "handover", "hold", "offensive", "attack", "advance", "repulse", "siege", "clash", "airstrike", "shelling", "agreement",
] as const;

export interface PlaceField {
  /** By which the service knows which of the event's places is meant. */
  readonly key: string;
  /** What the reader sees and types: a name, or an id. */
  readonly name: string;
  readonly extent: string;
}

export interface Fields {
  readonly kind: string;
  /** A day, FIRST/LAST, or empty for unknown. */
  readonly date: string;
  /** Id of a side, `new:NAME`, or empty for nobody. */
  readonly actor: string;
  readonly against: string;
  readonly places: readonly PlaceField[];
  /** A further place, by name; empty for none. */
  readonly further: string;
  readonly hedged: boolean;
  readonly negated: boolean;
  readonly background: boolean;
  readonly by: string;
}

/** An event as a form shows it. */
export function fieldsOf(event: EventRecord): Fields {
  const { earliest, latest } = event.date;
  return {
    kind: event.kind,
    date: earliest === null && latest === null ? "" : earliest === latest ? earliest ?? "" : `${earliest ?? ".."}/${latest ?? ".."}`,
    actor: event.actor?.id ?? "",
    against: event.against?.id ?? "",
    places: event.places.filter((one) => one.role === "object").map((one) => ({ key: one.id ?? one.text, name: one.name ?? one.text, extent: one.extent ?? "full" })),
    further: "",
    hedged: event.hedged,
    negated: event.negated,
    background: event.background ?? false,
    by: event.attributed_to ?? "",
  };
}

/** What is wrong with a date; null when nothing is. */
export function dateProblem(text: string): string | null {
  const value = text.trim();
  if (value === "" || value === "unknown") return null;
  const [first = "", last, more] = value.split("/");
  const days = (last === undefined ? [first] : [first, last]).filter((day) => day !== "..").map(parseIso);
  const example = "write 2015-11-16, or 2015-11-16/2015-11-20 (.. for an open end), or nothing";
  if (more !== undefined || days.length === 0 || days.includes(null)) return `No such date: ${example}.`;
  if (days.length === 2 && (days[0] ?? 0) > (days[1] ?? 0)) return "The range ends before it begins.";
  return null;
}

/** Finds places by id or by any of their names, as the service does. */
export function placeFinder(places: readonly Pick<Place, "id" | "name" | "names">[]): (name: string) => string | null {
  const known = new Map<string, string>();
  for (const place of places) for (const name of [place.id, place.name, ...place.names]) if (!known.has(plain(name))) known.set(plain(name), place.id);
  return (name) => known.get(plain(name)) ?? null;
}

const plain = (name: string): string => name.trim().normalize("NFC").toLocaleLowerCase();

/** What is wrong with a form, by field; empty when it can be sent. */
export function problemsOf(now: Fields, sides: readonly Pick<Side, "id">[]): Partial<Record<"date" | "actor" | "against" | "places", string>> {
  const found: Partial<Record<"date" | "actor" | "against" | "places", string>> = {};
  const date = dateProblem(now.date);
  if (date !== null) found.date = date;
  for (const field of ["actor", "against"] as const) {
    const value = now[field];
    if (value.startsWith("new:")) { if (value.slice(4).trim() === "") found[field] = "A new side needs a name."; }
    else if (value !== "" && !sides.some((side) => side.id === value)) found[field] = "No such side.";
  }
  if (now.places.some((place) => place.name.trim() === "")) found.places = "A place cannot be empty: reject the event if it is about none.";
  return found;
}

/** What of a form was changed, field by field, as the service takes it. */
export function changesOf(before: Fields, now: Fields, find: (name: string) => string | null): Record<string, string> {
  const changes: Record<string, string> = {};
  if (now.kind !== before.kind) changes.kind = now.kind;
  if (now.date.trim() !== before.date) changes.date = now.date.trim() === "" ? "unknown" : now.date.trim();
  for (const field of ["actor", "against"] as const) if (now[field] !== before[field]) changes[field] = now[field] === "" ? "nobody" : now[field];
  for (const field of ["hedged", "negated", "background"] as const) if (now[field] !== before[field]) changes[field] = now[field] ? "yes" : "no";
  if (now.by.trim() !== before.by) changes.attributed_to = now.by.trim() === "" ? "nobody" : now.by.trim();
  const meant = (name: string): string => find(name) ?? `new:${name.trim()}`;
  const further = now.further.trim();
  if (further !== "") changes.place = [...now.places.map((one, index) => one.name === before.places[index]?.name ? one.key : meant(one.name)), meant(further)].join(";");
  now.places.forEach((one, index) => {
    const was = before.places[index];
    if (!was) return;
    if (further === "" && one.name.trim() !== was.name) changes[`place:${was.key}`] = meant(one.name);
    if (one.extent !== was.extent) changes[`extent:${was.key}`] = one.extent;
  });
  return changes;
}

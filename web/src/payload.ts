/**
 * What the page is given, as JSON: the same types as `src/frontledger/exports/report/payload.py`.
 *
 * What belongs here: the shape and the check of its format. What does not: anything derived from it (`model.ts`).
 * Days are day numbers (day 0 is 1970-01-01, proleptic Gregorian, before year 1 too); null is open. Offsets count UTF-16
 * code units of the account's text, as strings do here. What refers to something else is an index into the payload's arrays.
 */

export type Day = number;
export type Layer = "assessed" | "claimed";
export type HoldState = "held" | "contested" | "unknown";
export type Severity = "high" | "medium" | "low";
export type MentionKind = "time" | "place" | "actor" | "trigger";

export interface Payload {
  format: 1;
  generator: string;
  title: string;
  revision: number;
  revised: string | null;
  first: Day | null;
  last: Day | null;
  sides: Side[];
  places: Place[];
  accounts: Account[];
  events: Event[];
  control: Control[];
  findings: Finding[];
  land: Land | null;
}

export interface Side {
  id: string;
  name: string;
  names: string[];
  /** Index into the page's colours; more than 7: grey with patterns. */
  colour: number;
}

export interface Place {
  id: string;
  name: string;
  names: string[];
  type: string | null;
  lat: number | null;
  lon: number | null;
  /** How far off the point may be, in km. */
  radius: number | null;
  /** How it was located, in one line. */
  located: string | null;
}

export interface Citation {
  start: number;
  end: number;
  label: string;
  target: string | null;
  url: string | null;
}

export interface Mention {
  start: number;
  end: number;
  what: MentionKind;
  events: number[];
}

export interface Account {
  id: string;
  title: string;
  language: string | null;
  rtl: boolean;
  text: string;
  citations: Citation[];
  mentions: Mention[];
  checked: { reviewed: number; total: number; done: boolean };
}

export interface Party {
  side: number;
  text: string | null;
  inferred: boolean;
}

export interface EventPlace {
  place: number | null;
  text: string;
  role: string;
  extent: string;
  start: number;
  end: number;
}

export interface Event {
  id: string;
  account: number;
  kind: string;
  edtf: string | null;
  earliest: Day | null;
  latest: Day | null;
  basis: string | null;
  /** The words that date it. */
  dated: string | null;
  actor: Party | null;
  against: Party | null;
  places: EventPlace[];
  again: boolean;
  hedged: boolean;
  negated: boolean;
  /** Mentioned in passing; not part of the narrated period. */
  background: boolean;
  /** To whom it is attributed. */
  by: string | null;
  trigger: [number, number];
  sentence: [number, number];
  citations: string[];
  rule: string;
  review: string;
  judgements: Judgement[];
}

/** A person's verdict; `at` is ISO 8601 in UTC. */
export interface Judgement {
  verdict: string;
  by: string;
  why: string;
  at: string;
}

export interface Control {
  place: number;
  layer: Layer;
  steps: Step[];
}

export interface Step {
  from: Day | null;
  /** The other end of the range in which the change lies. */
  soft: Day | null;
  state: HoldState;
  holders: number[];
  implied: boolean;
  /** EDTF. */
  since: string | null;
  evidence: number[];
}

export interface Finding {
  id: string;
  code: string;
  severity: Severity;
  message: string;
  resolve: string | null;
  account: number | null;
  events: number[];
  places: number[];
  /** Why a person dismissed it, when one did. */
  dismissed: string | null;
}

/** GeoJSON coordinates, longitude first, within a box: west, south, east, north. */
export interface Land {
  box: [number, number, number, number];
  land: number[][][][];
  borders: number[][][];
}

/** The payload in the page's data block, which packs it with gzip when it is large. */
export async function payloadOf(block: HTMLElement | null): Promise<Payload> {
  if (!block) throw new Error("its data are missing");
  const text = block.textContent;
  return parsePayload(block.dataset.encoding === "gzip" ? await unpack(text) : text);
}

async function unpack(base64: string): Promise<string> {
  const binary = atob(base64.trim());
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

/** Reads the payload out of its JSON. Throws an Error whose message a reader understands. */
export function parsePayload(json: string): Payload {
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null || !("format" in value) || value.format !== 1) {
    throw new Error("it was made for data of format 1, and these are something else");
  }
  return value as Payload;
}

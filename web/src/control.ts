/**
 * Who holds what on a day, read off the steps that Python computed.
 *
 * What belongs here: looking a day up and counting. What does not: folding (Python's alone) and drawing.
 */
import type { Day, HoldState, Layer, Step } from "./payload";
import type { Model } from "./model";

/** Which layers a reader looks at: `both` shows what is assessed, with claims around it. */
export type LayerChoice = "assessed" | "both" | "claimed";

/** What is to be shown of a place on a day. */
export interface Standing {
  readonly state: HoldState;
  readonly holders: readonly number[];
  readonly implied: boolean;
  /** What is only claimed, where that is something else and the reader wants to see it. */
  readonly claim: { readonly state: HoldState; readonly holders: readonly number[] } | null;
  readonly evidence: readonly number[];
}

const NOTHING: Standing = { state: "unknown", holders: [], implied: false, claim: null, evidence: [] };

/** The step in force on a day: the last one that begins on it or before. Steps are in the order of time. */
export function stepAt(steps: readonly Step[], day: Day): Step | null {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const from = steps[middle]?.from ?? null;
    if (from === null || from <= day) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1] ?? null;
}

/** The step of a place on a day in a layer; the claimed layer says what the assessed one says where it has no more. */
export function stepOn(model: Model, layer: Layer, place: number, day: Day): Step | null {
  const steps = model.tracks[layer][place] ?? (layer === "claimed" ? model.tracks.assessed[place] : null);
  return steps ? stepAt(steps, day) : null;
}

const plain = new WeakMap<Step, Standing>();

/** The standing that a step alone makes; always the same object, so that what is drawn of it can be kept. */
function ofStep(step: Step): Standing {
  let known = plain.get(step);
  if (!known) {
    const { state, holders, implied, evidence } = step;
    plain.set(step, (known = { state, holders, implied, claim: null, evidence }));
  }
  return known;
}

/** What is known of a place on a day. */
export function standing(model: Model, place: number, day: Day | null, layers: LayerChoice): Standing {
  if (day === null) return NOTHING;
  const stated = stepOn(model, "assessed", place, day);
  const claimed = layers !== "assessed" && hasClaims(model, place) ? stepOn(model, "claimed", place, day) : null;
  const claim = claimed && !same(claimed, stated) && claimed.state !== "unknown"
    ? { state: claimed.state, holders: claimed.holders }
    : null;
  if (layers === "claimed" && claim) {
    return { state: "unknown", holders: [], implied: false, claim, evidence: claimed?.evidence ?? [] };
  }
  if (!stated) return claim ? { ...NOTHING, claim, evidence: claimed?.evidence ?? [] } : NOTHING;
  if (!claim) return ofStep(stated);
  return { ...ofStep(stated), claim, evidence: [...stated.evidence, ...(claimed?.evidence ?? [])] };
}

/** Whether anything is ever said of who holds a place; else it only locates others. */
export function hasTrack(model: Model, place: number): boolean {
  return (model.tracks.assessed[place] ?? model.tracks.claimed[place] ?? null) !== null;
}

/** How many places each side holds on a day, and how many are contested or unknown. */
export interface Tally {
  readonly held: readonly number[];
  readonly contested: number;
  readonly unknown: number;
  readonly claimed: number;
}

/** Counts over all places that have a track. */
export function tally(model: Model, day: Day | null, layers: LayerChoice): Tally {
  const held = model.data.sides.map(() => 0);
  let [contested, unknown, claimed] = [0, 0, 0];
  for (const place of model.lanes) {
    const now = standing(model, place, day, layers);
    if (now.claim) claimed += 1;
    if (now.state === "contested") contested += 1;
    else if (now.state === "unknown") unknown += 1;
    else for (const side of now.holders) held[side] = (held[side] ?? 0) + 1;
  }
  return { held, contested, unknown, claimed };
}

/** A standing in words: "held by Syrian government", "contested: A, B", "unknown". */
export function inWords(model: Model, now: Standing): string {
  const names = (sides: readonly number[]): string =>
    sides.map((side) => model.data.sides[side]?.name ?? "?").join(", ");
  const say = (state: HoldState, sides: readonly number[]): string =>
    state === "held" ? names(sides) : state === "contested" ? `contested: ${names(sides)}` : "unknown";
  const stated = say(now.state, now.holders) + (now.implied && now.state === "held" ? " (implied)" : "");
  return now.claim ? `${stated}; claimed: ${say(now.claim.state, now.claim.holders)}` : stated;
}

function hasClaims(model: Model, place: number): boolean {
  return model.tracks.claimed[place] !== null && model.tracks.claimed[place] !== undefined;
}

function same(one: Step, other: Step | null): boolean {
  return other !== null && one.state === other.state && one.holders.length === other.holders.length
    && one.holders.every((side, index) => side === other.holders[index]);
}


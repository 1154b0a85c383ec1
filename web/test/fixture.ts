/** A small payload of our own words: two villages and a hill, two sides, five events, and a retaking that nobody explains. */
import { dayNumber } from "../src/calendar";
import { buildModel, type Model } from "../src/model";
import type { Event, Payload, Step } from "../src/payload";

export const day = (month: number, date: number): number => dayNumber(1919, month, date);

const TEXT = "Az 5. ezred május 3-án elfoglalta Almást. [1]\nMásnap a csapat Bérc falut is bevette.\nJelentések szerint Almás május 9-én elesett.";

function step(from: number | null, state: Step["state"], holders: number[], more: Partial<Step> = {}): Step {
  return { from, soft: null, state, holders, implied: false, since: null, evidence: [], ...more };
}

function event(id: string, kind: string, earliest: number | null, latest: number | null, place: number | null, more: Partial<Event> = {}): Event {
  return {
    id, account: 0, kind, edtf: null, earliest, latest, basis: "explicit", dated: null,
    actor: { side: 0, text: null, inferred: false }, against: { side: 1, text: null, inferred: true },
    places: place === null ? [] : [{ place, text: "", role: "object", extent: "full", start: 0, end: 0 }],
    again: false, hedged: false, negated: false, background: false, by: null,
    trigger: [23, 33], sentence: [0, 41], citations: [], rule: "hu.capture", review: "unchecked", judgements: [], ...more,
  };
}

export function payload(): Payload {
  return {
    format: 1, generator: "test", title: "Északi út", revision: 1, revised: null, first: day(5, 1), last: day(5, 31),
    sides: [{ id: "red", name: "Red Army", names: [], colour: 0 }, { id: "white", name: "White Guard", names: [], colour: 1 }],
    places: [
      { id: "almas", name: "Almás", names: ["Almás", "Almasch"], type: "village", lat: 48.1, lon: 20.2, radius: 1, located: "gazetteer" },
      { id: "berc", name: "Bérc", names: ["Bérc"], type: "hill", lat: null, lon: null, radius: null, located: null },
      { id: "varos", name: "Város", names: ["Város"], type: "city", lat: 48.2, lon: 20.3, radius: null, located: "gazetteer" },
    ],
    accounts: [{
      id: "eszaki", title: "Északi út", language: "hu", rtl: false, text: TEXT,
      citations: [{ start: 42, end: 45, label: "1", target: "A book", url: "https://example.org/book" }],
      mentions: [
        { start: 12, end: 22, what: "time", events: [0] },
        { start: 23, end: 33, what: "trigger", events: [0] },
        { start: 34, end: 40, what: "place", events: [0, 3] },
      ],
      checked: { reviewed: 1, total: 5, done: false },
    }],
    events: [
      event("e1", "capture", day(5, 3), day(5, 3), 0),
      event("e2", "capture", day(5, 4), day(5, 4), 1, { review: "accepted" }),
      event("e3", "clash", null, null, 2),
      event("e4", "capture", day(5, 9), day(5, 12), 0, { hedged: true, actor: { side: 1, text: "a csapat", inferred: false }, against: null }),
      event("e5", "attack", day(5, 4), day(5, 4), null),
    ],
    control: [
      { place: 0, layer: "assessed", steps: [step(null, "unknown", []), step(day(5, 3), "held", [0]), step(day(5, 20), "unknown", [], { soft: day(5, 24) }), step(day(5, 24), "contested", [0, 1], { soft: day(5, 20) })] },
      { place: 0, layer: "claimed", steps: [step(null, "unknown", []), step(day(5, 3), "held", [0]), step(day(5, 12), "held", [1], { soft: day(5, 9) })] },
      { place: 1, layer: "assessed", steps: [step(null, "held", [1], { implied: true }), step(day(5, 4), "held", [0])] },
    ],
    findings: [
      { id: "f1", code: "retaken-without-loss", severity: "high", message: "Almás is taken twice.", resolve: null, account: 0, events: [0, 3], places: [0], dismissed: null },
      { id: "f2", code: "unplaced", severity: "low", message: "Bérc has no coordinates.", resolve: null, account: null, events: [], places: [1], dismissed: "known" },
    ],
    land: null,
  };
}

export const model = (change: (data: Payload) => void = () => undefined): Model => {
  const data = payload();
  change(data);
  return buildModel(data);
};

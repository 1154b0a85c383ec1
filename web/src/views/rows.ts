/** Parts that lists and details share: who acts, what an event is about, how it stands with its check. */
import { range } from "../calendar";
import { h, nameOf } from "../dom";
import { VERDICTS } from "../kinds";
import { swatch } from "../marks";
import type { Model } from "../model";
import type { Look } from "../palette";
import type { Event, Party } from "../payload";

/** A side as a mark with its name. */
export function sideOf(model: Model, side: number, looks: readonly Look[]): HTMLElement {
  return h("span", { class: "side", "data-side": model.data.sides[side]?.id ?? "" },
    swatch({ state: "held", holders: [side], implied: false, claim: null, evidence: [] }, looks),
    nameOf(model.data.sides[side]?.name ?? ""));
}

/** A party: its side, and whether that was only inferred. */
export function partyOf(model: Model, party: Party, looks: readonly Look[]): HTMLElement {
  return h("span", { class: "party" }, sideOf(model, party.side, looks),
    party.inferred ? h("span", { class: "badge", title: "Not named in the sentence" }, "inferred") : null);
}

/** The places that an event is about, in few words. */
export function aboutOf(model: Model, event: Event): string {
  const objects = event.places.filter((one) => one.role === "object");
  const named = (objects.length > 0 ? objects : event.places).map((one) => one.place === null ? one.text : model.data.places[one.place]?.name ?? one.text);
  return [...new Set(named)].join(", ");
}

/** "Syrian government against ISIL". */
export function whoOf(model: Model, event: Event): string {
  const name = (party: Party | null): string => party ? model.data.sides[party.side]?.name ?? "" : "";
  const [actor, against] = [name(event.actor), name(event.against)];
  return actor && against ? `${actor} against ${against}` : actor || (against ? `against ${against}` : "");
}

/** When, in few words. */
export function whenOf(event: Event): string {
  return range(event.earliest, event.latest);
}

/** How it stands with the check of an event. */
export function verdictOf(verdict: string): HTMLElement {
  return h("span", { class: `verdict ${/^[a-z]+$/.test(verdict) ? verdict : ""}` }, VERDICTS[verdict] ?? verdict);
}

/** How many of these findings are open and grave enough to be marked wherever the event or place is seen. */
export function questions(model: Model, findings: readonly number[]): number {
  return findings.filter((index) => {
    const finding = model.data.findings[index];
    return finding?.dismissed === null && finding.severity !== "low";
  }).length;
}

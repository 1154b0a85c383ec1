/**
 * The legend, which also counts: how many places each side holds on the day; and which layers are shown.
 */
import { tally, type LayerChoice, type Standing } from "../control";
import { h, nameOf } from "../dom";
import { swatch } from "../marks";
import { looks } from "../theme";
import type { State, Store } from "../store";
import { touches, type View } from "./view";

const LAYERS: readonly [LayerChoice, string, string][] = [
  ["assessed", "Stated", "Only what the accounts state"],
  ["both", "With claims", "What is stated, and around it what is only reported"],
  ["claimed", "Claimed", "What reports say, where it differs"],
];

export function legendView(store: Store): View {
  const list = h("ul", { class: "legend-sides", "aria-label": "Places held on this day, by side", "data-testid": "legend" });
  const keys = h("ul", { class: "legend-keys", "aria-label": "What the marks mean" });
  const radios = LAYERS.map(([value, label, title]) => {
    const input = h("input", { type: "radio", name: "layers", value, onchange: () => { store.set({ layers: value }); } });
    return { value, input, label: h("label", { title }, input, h("span", {}, label)) };
  });
  const element = h("section", { class: "legend", "aria-label": "Legend" },
    h("fieldset", { class: "segmented", "data-testid": "layers" }, h("legend", { class: "hidden" }, "Layers"), ...radios.map((one) => one.label)),
    list, keys);
  let counts: HTMLElement[] = [];
  let rows: HTMLElement[] = [];
  let others: Record<"contested" | "unknown" | "claimed", HTMLElement> | null = null;

  function build(state: State): void {
    const sides = looks(state);
    const ordered = state.model.data.sides.map((_, side) => side)
      .filter((side) => state.model.holders.has(side))
      .sort((a, b) => (state.model.data.sides[a]?.colour ?? 0) - (state.model.data.sides[b]?.colour ?? 0));
    counts = state.model.data.sides.map(() => h("span", { class: "count" }));
    rows = ordered.map((side) => h("li", { "data-side": state.model.data.sides[side]?.id ?? "" },
      swatch({ state: "held", holders: [side], implied: false, claim: null, evidence: [] }, sides),
      nameOf(state.model.data.sides[side]?.name ?? ""), counts[side] ?? null));
    list.replaceChildren(...rows);
    const [a, b] = [ordered[0] ?? 0, ordered[1] ?? ordered[0] ?? 0];
    const base: Standing = { state: "unknown", holders: [], implied: false, claim: null, evidence: [] };
    others = { contested: h("span", { class: "count" }), unknown: h("span", { class: "count" }), claimed: h("span", { class: "count" }) };
    const key = (now: Standing, words: string, count: HTMLElement | null, title: string): HTMLElement =>
      h("li", { title }, swatch(now, sides), h("span", { class: "name" }, words), count);
    keys.replaceChildren(
      key({ ...base, state: "contested", holders: [a, b] }, "contested", others.contested, "Sides contend for it on this day"),
      key({ ...base, claim: { state: "held", holders: [a] } }, "only claimed", others.claimed, "A report says so; the account does not state it"),
      key({ ...base, state: "held", holders: [a], implied: true }, "implied", null, "Known only because somebody took it from them later, or their contest for it ended"),
      key(base, "unknown", others.unknown, "Nothing is known of it on this day"),
    );
  }

  return {
    element,
    update(state, changed) {
      if (touches(changed, "model", "theme")) build(state);
      for (const { value, input } of radios) input.checked = value === state.layers;
      if (!touches(changed, "model", "day", "layers", "theme")) return;
      const now = tally(state.model, state.day, state.layers);
      counts.forEach((count, side) => { count.textContent = String(now.held[side] ?? 0); });
      if (others) {
        others.contested.textContent = String(now.contested);
        others.unknown.textContent = String(now.unknown);
        others.claimed.textContent = String(now.claimed);
      }
    },
  };
}

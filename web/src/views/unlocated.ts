/** Places that have no point on the map, with what is known of them on the day: nothing is dropped for want of one. */
import { inWords, standing } from "../control";
import { h, nameOf } from "../dom";
import { litBy, passing } from "../lit";
import { keyOf, swatch } from "../marks";
import { looks } from "../theme";
import { virtualList } from "../virtual";
import type { Store } from "../store";
import { touches, type Actions, type View } from "./view";

export function unlocatedView(store: Store, actions: Actions): View {
  const count = h("span", { class: "count" });
  let shown: number[] = [];
  const list = virtualList({
    label: "Places that are not on the map",
    testid: "unlocated",
    height: 44,
    choose: (index) => { actions.selectPlace(shown[index] ?? null); },
    row: (index) => {
      const state = store.get();
      const place = shown[index] ?? 0;
      const now = standing(state.model, place, state.day, state.layers);
      return h("div", rowData(store, place),
        swatch(now, looks(state)),
        h("span", { class: "two" }, nameOf(state.model.data.places[place]?.name ?? ""), h("span", { class: "faint" }, inWords(state.model, now))));
    },
  });
  const element = h("section", { class: "unlocated", "aria-label": "Not on the map" },
    h("h2", { class: "small-head" }, "Not on the map", count), list.element);
  return {
    element,
    update(state, changed) {
      if (touches(changed, "model", "filter")) {
        const pass = passing(state);
        shown = state.model.unlocated.filter((place) => pass.hasPlace(place));
        count.textContent = String(shown.length);
        element.hidden = state.model.unlocated.length === 0;
        list.reset(shown.length, !changed.has("filter"));
      } else if (touches(changed, "day", "layers", "theme")) list.refresh();
      if (touches(changed, "model", "filter", "selection")) {
        const lit = litBy(state.model, state.selection).places;
        const only = state.selection?.what === "place" ? shown.indexOf(state.selection.index) : -1;
        list.mark(new Set(shown.flatMap((place, index) => (lit.has(place) ? [index] : []))), only);
      }
    },
    resize: () => { list.fit(); },
  };
}

/** What scripts and tests read off a row: the place, its state and its holders on the day. */
export function rowData(store: Store, place: number): Record<string, string> {
  const { model, day, layers } = store.get();
  const now = standing(model, place, day, layers);
  const ids = (sides: readonly number[]): string => sides.map((side) => model.data.sides[side]?.id ?? "").join(" ");
  return {
    class: "row place-row",
    "data-place": model.data.places[place]?.id ?? "",
    "data-state": now.state,
    "data-holder": ids(now.holders),
    "data-claimed": now.claim ? ids(now.claim.holders) : "",
    "data-key": keyOf(now),
  };
}

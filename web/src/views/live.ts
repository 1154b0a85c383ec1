/** Says the day and who holds how much to those who do not see it; after a pause, so that sliding is not babble. */
import { long } from "../calendar";
import { inWords, standing, tally } from "../control";
import { h } from "../dom";
import type { State } from "../store";
import { touches, type View } from "./view";

const PAUSE = 600;

export function liveView(): View {
  const element = h("div", { class: "hidden", role: "status", "aria-live": "polite", "data-testid": "live" });
  let timer: number | undefined;
  return {
    element,
    update(state, changed) {
      if (!touches(changed, "day", "layers", "selection", "model") || state.playing) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => { element.textContent = words(state); }, PAUSE);
    },
  };
}

function words(state: State): string {
  const { model, day, layers, selection } = state;
  if (day === null) return "No date is known.";
  const now = tally(model, day, layers);
  const sides = model.data.sides.map((side, index) => `${side.name} ${String(now.held[index] ?? 0)}`).join(", ");
  const chosen = selection?.what === "place"
    ? ` ${model.data.places[selection.index]?.name ?? ""}: ${inWords(model, standing(model, selection.index, day, layers))}.` : "";
  return `${long(day)}: ${sides}, contested ${String(now.contested)}, unknown ${String(now.unknown)}.${chosen}`;
}

/** What the page is, which keys it hears, and whose code and data it carries. */
import { h } from "../dom";
import { KEYS } from "../keys";
import type { View } from "./view";

/** A dialog, and the button that opens it. */
export function aboutView(): View & { readonly button: HTMLElement } {
  const made = h("p", {});
  const element: HTMLDialogElement = h("dialog", { class: "about-box", "aria-label": "About this page", "data-testid": "about" },
    h("div", { class: "about-head" }, h("h2", {}, "About this page"), h("button", { type: "button", class: "button small", "aria-label": "Close", onclick: () => { element.close(); } }, "×")),
    made,
    h("p", {}, "It stands alone: it asks nobody for anything, and every answer in it points at the words that it rests on. Days within the range of a change are unknown, unless before and after agree."),
    h("h3", {}, "Keys"),
    h("dl", { class: "keys" }, ...KEYS.flatMap(([key, what]) => [h("dt", {}, key), h("dd", {}, what)])),
    h("h3", {}, "Map"),
    h("p", {}, "Land and borders: Natural Earth, public domain. Borders are de facto. Marks that share a point stand beside one another; circles show how far off a point may be."),
    h("h3", {}, "Code of others in this page"),
    h("pre", { class: "licences", tabindex: "0" }, document.getElementById("licences")?.textContent.trim() ?? ""));
  const button = h("button", { type: "button", class: "button icon", "aria-label": "About this page, keys", title: "About, keys", "data-testid": "help", onclick: () => { element.showModal(); } }, "?");
  return {
    element, button,
    update(state, changed) {
      if (changed.has("model")) made.textContent = `Made by ${state.model.data.generator} from revision ${String(state.model.data.revision)} of a ledger${state.model.data.revised === null ? "" : `, as of ${state.model.data.revised}`}.`;
    },
  };
}

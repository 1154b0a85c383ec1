/** What a ledger without any account shows first: what to do. */
import { h } from "../dom";
import type { Model } from "../model";
import { may } from "./api";
import { button } from "./forms";
import type { PageTools } from "./pages";

export function nothingYet({ me, go }: PageTools): { element: HTMLElement; update(model: Model): void } {
  const element = h("section", { class: "welcome", "aria-label": "An empty ledger", "data-testid": "welcome", hidden: true },
    h("div", { class: "welcome-box" },
      h("h2", {}, "This ledger holds no account yet"),
      h("p", {}, "Give it one: a report, an article, a chapter about a campaign, in Hungarian or English. It is read at once; then you check, event by event, who took which place and when, with the words beside it."),
      may(me, "editor") ? h("p", {}, button("Add the first account", () => { go("accounts"); }, { class: "button primary", "data-testid": "welcome-add" }))
        : h("p", { class: "faint wrap" }, "An editor has to add the first account.")));
  return { element, update(model) { element.hidden = model.data.accounts.length > 0; } };
}

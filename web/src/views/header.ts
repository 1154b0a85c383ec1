/** The head of the page: what it is about, search, and the theme. */
import { h } from "../dom";
import type { Store, Theme } from "../store";
import { NO_FILTER } from "../store";
import { isOpen } from "../lit";
import type { View } from "./view";

const THEMES: readonly Theme[] = ["auto", "light", "dark"];

export function headerView(store: Store, filters: HTMLElement, help: HTMLElement | null): View & { focusSearch(): void } {
  const title = h("h1", { class: "title", dir: "auto" });
  const about = h("p", { class: "about" });
  const search = h("input", {
    type: "search", class: "search", placeholder: "Search events and places", "aria-label": "Search events and places", "data-testid": "search", maxlength: 200,
    oninput: () => {
      const filter = { ...store.get().filter, text: search.value };
      store.set({ filter: isOpen(filter) ? NO_FILTER : filter });
    },
  });
  const theme = h("button", { type: "button", class: "button theme", "data-testid": "theme", onclick: () => {
    const now = THEMES.indexOf(store.get().theme);
    store.set({ theme: THEMES[(now + 1) % THEMES.length] ?? "auto" });
  } });
  const active = h("span", { class: "count" });
  const filter = h("button", { type: "button", class: "button", "data-testid": "filter", "aria-expanded": "false", "aria-controls": "filters", onclick: () => {
    filters.hidden = !filters.hidden;
    filter.setAttribute("aria-expanded", String(!filters.hidden));
  } }, "Filter", active);
  const element = h("header", { class: "header" },
    h("div", { class: "titles" }, title, about),
    h("div", { class: "tools" }, search, filter, theme, help));
  return {
    element,
    focusSearch: () => { search.focus(); search.select(); },
    update(state, changed) {
      if (changed.has("model")) {
        const { data } = state.model;
        title.textContent = data.title;
        title.title = data.title;
        document.title = `${data.title} – frontledger`;
        const words = (count: number, one: string): string => `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;
        about.textContent = [words(data.events.length, "event"), words(data.places.length, "place"), words(data.accounts.length, "account"),
          `revision ${String(data.revision)}${data.revised ? `, ${data.revised.slice(0, 10)}` : ""}`].join(" · ");
      }
      if (search.value !== state.filter.text) search.value = state.filter.text;
      const chosen = state.filter.sides.size + state.filter.kinds.size
        + [state.filter.place, state.filter.account, state.filter.review, state.filter.from, state.filter.to].filter((one) => one !== null).length;
      active.textContent = chosen === 0 ? "" : String(chosen);
      if (chosen > 0 && changed.has("model") && changed.has("theme") && filters.hidden) filter.click(); // on the first call
      theme.replaceChildren(h("span", { class: "hidden" }, "Theme: "), { auto: "Auto", light: "Light", dark: "Dark" }[state.theme]);
      theme.title = "Theme: as the machine prefers, light, dark";
    },
  };
}

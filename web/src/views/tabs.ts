/**
 * Which panels are seen together: all six on a wall, map and chart beside one other on a desk, one at a time on a phone.
 */
import { h } from "../dom";
import { passing } from "../lit";
import type { State, Store, Tab } from "../store";
import { touches, type View } from "./view";

const LABELS: Readonly<Record<Tab, string>> = { map: "Map", chart: "Chart", account: "Account", events: "Events", findings: "Findings", places: "Places" };
const LAYOUTS: readonly { query: string; name: string; tabs: readonly Tab[] }[] = [
  { query: "(max-width: 760px)", name: "phone", tabs: ["map", "chart", "account", "events", "findings", "places"] },
  { query: "(max-width: 1599px)", name: "desk", tabs: ["account", "events", "findings", "places"] },
  { query: "all", name: "wall", tabs: ["events", "findings", "places"] },
];

/** Tabs over the panels given; a panel that is no tab in a layout is always seen. */
export function tabsView(store: Store, panels: Readonly<Record<Tab, HTMLElement>>): View {
  const element = h("div", { class: "tabs", role: "tablist", "aria-label": "Views" });
  let buttons: Partial<Record<Tab, HTMLElement>> = {};

  const layout = (): (typeof LAYOUTS)[number] => LAYOUTS.find(({ query }) => window.matchMedia(query).matches) ?? { query: "all", name: "wall", tabs: [] };
  const active = (tabs: readonly Tab[], tab: Tab): Tab | undefined => tabs.includes(tab) ? tab : tabs[0];

  function build(state: State): void {
    const { name, tabs } = layout();
    document.documentElement.dataset.layout = name;
    buttons = {};
    for (const tab of Object.keys(panels) as Tab[]) {
      const panel = panels[tab];
      const tabbed = tabs.includes(tab);
      panel.id = `panel-${tab}`;
      panel.setAttribute("role", tabbed ? "tabpanel" : "region");
      if (!tabbed) { panel.hidden = false; continue; }
      buttons[tab] = h("button", { type: "button", role: "tab", class: "tab", id: `tab-${tab}`, "data-testid": `tab-${tab}`, "aria-controls": `panel-${tab}`, onclick: () => { store.set({ tab }); } },
        LABELS[tab], h("span", { class: "count" }));
    }
    element.replaceChildren(...tabs.map((tab) => buttons[tab]).filter((one) => one !== undefined));
    count(state);
    mark(state);
  }

  function mark({ tab }: State): void {
    const { tabs } = layout();
    const now = active(tabs, tab);
    for (const one of tabs) {
      panels[one].hidden = one !== now;
      buttons[one]?.setAttribute("aria-selected", String(one === now));
      buttons[one]?.setAttribute("tabindex", one === now ? "0" : "-1");
    }
  }

  function count(state: State): void {
    const pass = passing(state);
    const counts: Partial<Record<Tab, number>> = { events: pass.events.length, findings: pass.findings.length, places: pass.places.length };
    for (const tab of Object.keys(counts) as Tab[]) {
      const badge = buttons[tab]?.querySelector(".count");
      if (badge) badge.textContent = (counts[tab] ?? 0).toLocaleString("en");
    }
  }

  element.addEventListener("keydown", (event) => {
    const { tabs } = layout();
    const here = tabs.indexOf(active(tabs, store.get().tab) ?? "map");
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    const tab = tabs[(to + tabs.length) % tabs.length];
    if (tab === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    store.set({ tab });
    buttons[tab]?.focus();
  });
  for (const { query } of LAYOUTS) window.matchMedia(query).addEventListener("change", () => { build(store.get()); });

  return {
    element,
    update(state, changed) {
      if (changed.has("model")) build(state);
      else if (changed.has("filter")) count(state);
      if (touches(changed, "tab")) mark(state);
    },
  };
}

/**
 * The page: its frame, its views, and how a choice in one of them reaches the others.
 *
 * What belongs here: putting together. What does not: what any view shows. A page that is served starts the same app with
 * other actions and a model that it replaces (`store.set({ model })`).
 */
import { readHash, writeHash } from "./hash";
import { h } from "./dom";
import { listenToKeys } from "./keys";
import { onPrint } from "./printing";
import { applyTheme, onPreference } from "./theme";
import type { Model } from "./model";
import { within } from "./moving";
import { createStore, firstState, type Key, type State, type Store, type Tab } from "./store";
import { aboutView } from "./views/about";
import { chartView } from "./views/chart";
import { detailView } from "./views/detail";
import { filtersView } from "./views/filters";
import { headerView } from "./views/header";
import { legendView } from "./views/legend";
import { eventsView, findingsView, placesView } from "./views/lists";
import { liveView } from "./views/live";
import { mapView } from "./views/map";
import { readerView } from "./views/reader";
import { tabsView } from "./views/tabs";
import { timebarView } from "./views/timebar";
import { unlocatedView } from "./views/unlocated";
import type { Actions, Extras, View } from "./views/view";

const ALL: ReadonlySet<Key> = new Set<Key>(["model", "day", "layers", "account", "selection", "filter", "tab", "playing", "speed", "theme"]);

export interface App {
  readonly store: Store;
  readonly actions: Actions;
}

/** Start the page in an element; a page that is served has extras. */
export function startApp(root: HTMLElement, model: Model, extras: Extras = {}): App {
  const store = createStore({ ...firstState(model), ...readHash(location.hash, model) });
  const actions = actionsOn(store);
  applyTheme(store.get().theme);
  const filters = filtersView(store);
  const about = extras.help === true ? null : aboutView();
  const header = headerView(store, filters.element, about?.button ?? null);
  const timebar = timebarView(store, actions);
  const map = mapView(store, actions, extras.onMap);
  const legend = legendView(store);
  const unlocated = unlocatedView(store, actions);
  const chart = chartView(store, actions);
  const reader = readerView(store, actions);
  const events = eventsView(store, actions);
  const findings = findingsView(store, actions);
  const places = placesView(store, actions);
  const detail = detailView(store, actions);
  const live = liveView();
  const selected = extras.selected?.(store, actions);
  if (selected) detail.element.append(selected.element);
  const panels: Record<Tab, HTMLElement> = {
    map: panel("map", "Map", map.element, h("div", { class: "map-side" }, legend.element, unlocated.element)),
    chart: panel("chart", "Holdings", chart.element),
    account: panel("account", "Account", reader.element),
    events: panel("events", "Events", events.element),
    findings: panel("findings", "Findings", findings.element),
    places: panel("places", "Places", places.element),
  };
  const tabs = tabsView(store, panels);
  root.replaceChildren(
    header.element, filters.element, timebar.element,
    h("main", { class: "panels" },
      h("div", { class: "left" }, panels.map, panels.chart),
      h("div", { class: "right" }, tabs.element, panels.account, panels.events, panels.findings, panels.places, detail.element)),
    live.element, ...(about ? [about.element] : []),
  );
  const views: readonly View[] = [tabs, header, filters, timebar, detail, legend, unlocated, map, chart, reader, events, findings, places, live, ...(about ? [about] : []), ...(selected ? [selected] : [])];
  for (const view of views) view.update(store.get(), ALL);
  store.subscribe((state, changed) => {
    if (changed.has("theme")) applyTheme(state.theme);
    for (const view of views) view.update(state, changed);
  });
  watchSizes(views);
  onPrint(views, () => store.get());
  onPreference(() => {
    if (store.get().theme !== "auto") return;
    applyTheme("auto");
    for (const view of views) view.update(store.get(), new Set<Key>(["theme"]));
  });
  listenToKeys(store, actions, () => { header.focusSearch(); }, extras.listening);
  keepAddress(store);
  return { store, actions };
}

function panel(tab: Tab, label: string, ...children: HTMLElement[]): HTMLElement {
  return h("section", { class: `panel panel-${tab}`, "aria-label": label, "data-testid": `panel-${tab}` }, ...children);
}

/** Tell a view when its element was shown or its size changed. */
function watchSizes(views: readonly View[]): void {
  const byElement = new Map(views.map((view) => [view.element as Element, view]));
  const observer = new ResizeObserver((entries) => { for (const { target } of entries) byElement.get(target)?.resize?.(); });
  for (const view of views) if (view.resize) observer.observe(view.element);
}

function actionsOn(store: Store): Actions {
  return {
    goTo: (day) => { store.set({ day, playing: false }); },
    show: (tab) => { store.set({ tab }); },
    selectPlace: (index) => { store.set({ selection: index === null ? null : { what: "place", index } }); },
    selectFinding: (index) => { store.set({ selection: index === null ? null : { what: "finding", index } }); },
    selectEvent: (index) => {
      if (index === null) { store.set({ selection: null }); return; }
      const { model, day } = store.get();
      const event = model.data.events[index];
      store.set({
        selection: { what: "event", index }, playing: false, account: event?.account ?? store.get().account,
        day: within(model, event?.latest ?? event?.earliest ?? day ?? 0),
      });
    },
  };
}

/** Keep the address bar and the state the same: a new selection is a step that "back" undoes, a new day is not. */
function keepAddress(store: Store): void {
  let written = writeHash(store.get());
  let timer: number | undefined;
  const put = (push: boolean): void => {
    window.clearTimeout(timer);
    const next = writeHash(store.get());
    if (next === written) return;
    written = next;
    if (push) history.pushState(null, "", `#${next}`);
    else history.replaceState(null, "", `#${next}`);
  };
  store.subscribe((_: State, changed) => {
    if (changed.has("selection") || changed.has("tab") || changed.has("account")) put(true);
    else if (changed.has("day") || changed.has("layers") || changed.has("filter")) {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => { put(false); }, 250);
    }
  });
  window.addEventListener("popstate", () => {
    const now = readHash(location.hash, store.get().model);
    written = location.hash.slice(1);
    window.clearTimeout(timer);
    store.set({ ...now, playing: false });
    window.clearTimeout(timer);
  });
}

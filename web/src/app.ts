/**
 * The page: its frame, its views, and how a choice in one of them reaches the others.
 *
 * What belongs here: putting together. What does not: what any view shows. A page that is served starts the same app with
 * other actions and a model that it replaces (`store.set({ model })`).
 */
import { readHash, writeHash } from "./hash";
import { h } from "./dom";
import { listenToKeys } from "./keys";
import { applyTheme, onPreference } from "./theme";
import type { Model } from "./model";
import { createStore, firstState, type Key, type State, type Store } from "./store";
import { headerView } from "./views/header";
import { legendView } from "./views/legend";
import { liveView } from "./views/live";
import { mapView } from "./views/map";
import { timebarView } from "./views/timebar";
import { unlocatedView } from "./views/unlocated";
import type { Actions, View } from "./views/view";

const ALL: ReadonlySet<Key> = new Set<Key>(["model", "day", "layers", "account", "selection", "filter", "tab", "playing", "speed", "theme"]);

export interface App {
  readonly store: Store;
  readonly actions: Actions;
}

/** Start the page in an element. */
export function startApp(root: HTMLElement, model: Model): App {
  const store = createStore({ ...firstState(model), ...readHash(location.hash, model) });
  const actions = actionsOn(store);
  applyTheme(store.get().theme);
  const header = headerView(store);
  const views: View[] = [header, timebarView(store, actions), mapView(store, actions), legendView(store), unlocatedView(store, actions), liveView()];
  const [top, timebar, map, legend, unlocated, live] = views.map((view) => view.element);
  root.replaceChildren(
    ...[top, timebar].filter((one) => one !== undefined),
    h("main", { class: "panels" },
      h("section", { class: "panel panel-map", "aria-label": "Map", "data-testid": "panel-map" },
        ...(map ? [map] : []), h("div", { class: "map-side" }, legend ?? null, unlocated ?? null))),
    ...(live ? [live] : []),
  );
  for (const view of views) view.update(store.get(), ALL);
  store.subscribe((state, changed) => {
    if (changed.has("theme")) applyTheme(state.theme);
    for (const view of views) view.update(state, changed);
  });
  const resized = (): void => { for (const view of views) view.resize?.(); };
  new ResizeObserver(resized).observe(root);
  onPreference(() => { if (store.get().theme === "auto") { applyTheme("auto"); for (const view of views) view.update(store.get(), new Set<Key>(["theme"])); } });
  listenToKeys(store, actions, () => { header.focusSearch(); });
  keepAddress(store);
  return { store, actions };
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
        day: event?.latest ?? event?.earliest ?? day,
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

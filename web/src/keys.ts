/** Keys that work everywhere on the page but where one types. */
import { takesKeys } from "./dom";
import { passing } from "./lit";
import { nextEvent, nextEventDay, stepDays, stepPage } from "./moving";
import type { Store } from "./store";
import type { Actions } from "./views/view";

/** Every key and what it does, as the help says it. */
export const KEYS: readonly [string, string][] = [
  ["← →", "a day back, a day on"],
  ["Shift ← →", "to the day of the event before, of the next"],
  ["Page Up, Page Down", "a week, a month or a year, by the length of the campaign"],
  ["Home, End", "the first day, the last"],
  ["N, P", "the next event, the one before"],
  ["Space", "play, pause"],
  ["/", "search"],
  ["Esc", "select nothing"],
];

export function listenToKeys(store: Store, actions: Actions, search: () => void, listening: () => boolean = () => true): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || takesKeys(event.target) || !listening()) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("dialog")) return;
    if (event.key === " " && target?.closest("button, a, input, summary, [role=button], [role=tab], [role=listbox]")) return;
    if (target?.closest(".map, [role=listbox], [role=tablist], .segmented") && /^(Arrow|Page|Home|End)/.test(event.key)) return;
    if (act(event, store, actions, search)) event.preventDefault();
  };
  document.addEventListener("keydown", listener);
  return () => { document.removeEventListener("keydown", listener); };
}

function act(event: KeyboardEvent, store: Store, actions: Actions, search: () => void): boolean {
  const state = store.get();
  const { model, day } = state;
  const to = (next: number | null): true => {
    if (next !== null) actions.goTo(next);
    return true;
  };
  const by = event.key === "ArrowLeft" ? -1 : 1;
  switch (event.key) {
    case "ArrowLeft":
    case "ArrowRight":
      return to(event.shiftKey ? nextEventDay(model, passing(state), day, by) : stepDays(model, day, by));
    case "PageUp": return to(stepPage(model, day, -1));
    case "PageDown": return to(stepPage(model, day, 1));
    case "Home": return to(model.first);
    case "End": return to(model.last);
    case "n": case "N": case "p": case "P": {
      const now = state.selection?.what === "event" ? state.selection.index : null;
      const next = nextEvent(model, passing(state), now, day, event.key.toLowerCase() === "n" ? 1 : -1);
      if (next !== null) actions.selectEvent(next);
      return true;
    }
    case " ": store.set({ playing: !state.playing }); return true;
    case "/": search(); return true;
    case "Escape":
      if (!state.selection) return false;
      actions.selectEvent(null);
      return true;
    default: return false;
  }
}

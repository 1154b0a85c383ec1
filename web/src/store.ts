/**
 * What a reader chose, and who wants to know of it.
 *
 * What belongs here: the state of a page and its changes. What does not: the address bar (`hash.ts`), any drawing.
 */
import type { LayerChoice } from "./control";
import type { Day } from "./payload";
import type { Model } from "./model";

export type Tab = "map" | "chart" | "account" | "events" | "findings" | "places";
export type Theme = "auto" | "light" | "dark";

export interface Selection {
  readonly what: "event" | "place" | "finding";
  readonly index: number;
}

/** What is let through; an empty set or null lets everything through. */
export interface Filter {
  readonly text: string;
  readonly sides: ReadonlySet<number>;
  readonly kinds: ReadonlySet<string>;
  readonly place: number | null;
  readonly account: number | null;
  readonly review: string | null;
  readonly from: Day | null;
  readonly to: Day | null;
}

export interface State {
  readonly model: Model;
  readonly day: Day | null;
  readonly layers: LayerChoice;
  readonly account: number;
  readonly selection: Selection | null;
  readonly filter: Filter;
  readonly tab: Tab;
  readonly playing: boolean;
  readonly speed: number;
  readonly theme: Theme;
}

export type Key = keyof State;
export type Listener = (state: State, changed: ReadonlySet<Key>) => void;

export const NO_FILTER: Filter = {
  text: "", sides: new Set(), kinds: new Set(), place: null, account: null, review: null, from: null, to: null,
};

/** The first state of a page: the last day, nothing selected. */
export function firstState(model: Model): State {
  return {
    model, day: model.last, layers: "both", account: 0, selection: null, filter: NO_FILTER,
    tab: "map", playing: false, speed: 1, theme: "auto",
  };
}

export interface Store {
  get(): State;
  /** Change some of the state; listeners hear of what is different now, each once, in the order they came. */
  set(patch: Partial<State>): void;
  /** Returns what ends it. */
  subscribe(listener: Listener): () => void;
}

export function createStore(initial: State): Store {
  let state = initial;
  const listeners = new Set<Listener>();
  return {
    get: () => state,
    set(patch) {
      const changed = new Set<Key>();
      for (const key of Object.keys(patch) as Key[]) if (!Object.is(state[key], patch[key])) changed.add(key);
      if (changed.size === 0) return;
      state = { ...state, ...patch };
      for (const listener of [...listeners]) listener(state, changed);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

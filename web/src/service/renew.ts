/**
 * The page's data replaced by newer ones, with everything the reader chose as it was: by ids, for numbers move.
 *
 * What belongs here: carrying a state over. What does not: when new data come (`live.ts`).
 */
import { buildModel, type Model } from "../model";
import type { Payload } from "../payload";
import { NO_FILTER, type Filter, type Selection, type State, type Store } from "../store";

type Carried = Pick<State, "model" | "day" | "account" | "selection" | "filter">;

/** The state with a newer model; what is gone is chosen no more. */
export function carried(state: State, model: Model): Carried {
  const { data } = state.model;
  return {
    model,
    day: state.day ?? model.last,
    account: model.index.account.get(data.accounts[state.account]?.id ?? "") ?? 0,
    selection: selectionIn(state, model),
    filter: filterIn(state, model),
  };
}

function selectionIn({ model: { data }, selection }: State, model: Model): Selection | null {
  if (!selection) return null;
  const from = { event: data.events, place: data.places, finding: data.findings }[selection.what];
  const index = model.index[selection.what].get(from[selection.index]?.id ?? "");
  return index === undefined ? null : index === selection.index ? selection : { what: selection.what, index };
}

function filterIn({ model: { data }, filter }: State, model: Model): Filter {
  if (filter === NO_FILTER) return filter;
  const sides = [...filter.sides].map((side) => model.index.side.get(data.sides[side]?.id ?? "")).filter((side) => side !== undefined);
  const place = filter.place === null ? null : model.index.place.get(data.places[filter.place]?.id ?? "") ?? null;
  const account = filter.account === null ? null : model.index.account.get(data.accounts[filter.account]?.id ?? "") ?? null;
  const same = place === filter.place && account === filter.account && sides.length === filter.sides.size && sides.every((side) => filter.sides.has(side));
  return same ? filter : { ...filter, sides: new Set(sides), place, account };
}

/** Show newer data; whatever was scrolled stays where it was. */
export function renew(store: Store, payload: Payload, root: HTMLElement): void {
  const scrolled = [...root.querySelectorAll<HTMLElement>(".virtual, .text, .detail-body, .map-side, .filters")].map((element) => ({ element, top: element.scrollTop }));
  const focused = document.activeElement;
  const kept = focused instanceof HTMLElement && root.contains(focused) ? focused : null;
  store.set(carried(store.get(), buildModel(payload)));
  for (const { element, top } of scrolled) if (element.scrollTop !== top) element.scrollTop = top;
  if (kept && !kept.isConnected) root.querySelector<HTMLElement>(".detail-body")?.focus({ preventScroll: true });
}

/**
 * The state as the address bar keeps it: `#day=2015-12-01&event=e10&layers=both&tab=chart&q=mahin`.
 *
 * Ids, not numbers, so that an address outlives a new revision. What belongs here: writing and reading. What does not:
 * history (`app.ts`).
 */
import { iso, parseIso } from "./calendar";
import type { LayerChoice } from "./control";
import type { Model } from "./model";
import { NO_FILTER, type Filter, type Selection, type State, type Tab } from "./store";

const TABS: readonly Tab[] = ["map", "chart", "account", "events", "findings", "places"];
const LAYERS: readonly LayerChoice[] = ["assessed", "both", "claimed"];

export type Kept = Pick<State, "day" | "layers" | "account" | "selection" | "filter" | "tab">;

/** The hash, without its #. */
export function writeHash({ model, day, layers, account, selection, filter, tab }: State): string {
  const { data } = model;
  const said = new URLSearchParams();
  if (day !== null) said.set("day", iso(day));
  if (selection) {
    const from = { event: data.events, place: data.places, finding: data.findings }[selection.what];
    const id = from[selection.index]?.id;
    if (id !== undefined) said.set(selection.what, id);
  }
  if (layers !== "both") said.set("layers", layers);
  if (account !== 0) said.set("account", data.accounts[account]?.id ?? "");
  if (tab !== "map") said.set("tab", tab);
  if (filter.text !== "") said.set("q", filter.text);
  for (const side of filter.sides) said.append("side", data.sides[side]?.id ?? "");
  for (const kind of filter.kinds) said.append("kind", kind);
  if (filter.place !== null) said.set("at", data.places[filter.place]?.id ?? "");
  if (filter.account !== null) said.set("in", data.accounts[filter.account]?.id ?? "");
  if (filter.review !== null) said.set("review", filter.review);
  if (filter.from !== null) said.set("from", iso(filter.from));
  if (filter.to !== null) said.set("to", iso(filter.to));
  return said.toString();
}

/** The state that a hash says; what it does not say, or says wrongly, is as on a fresh page. */
export function readHash(hash: string, model: Model): Kept {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const day = parseIso(said.get("day") ?? "");
  const inside = day !== null && model.first !== null && model.last !== null ? Math.min(Math.max(day, model.first), model.last) : model.last;
  return {
    day: inside,
    layers: one(LAYERS, said.get("layers")) ?? "both",
    account: model.index.account.get(said.get("account") ?? "") ?? 0,
    selection: selectionOf(said, model),
    filter: filterOf(said, model),
    tab: one(TABS, said.get("tab")) ?? "map",
  };
}

function selectionOf(said: URLSearchParams, model: Model): Selection | null {
  for (const what of ["event", "finding", "place"] as const) {
    const index = model.index[what].get(said.get(what) ?? "");
    if (index !== undefined) return { what, index };
  }
  return null;
}

function filterOf(said: URLSearchParams, model: Model): Filter {
  const filter: Filter = {
    text: (said.get("q") ?? "").slice(0, 200),
    sides: new Set(said.getAll("side").map((id) => model.index.side.get(id)).filter((side) => side !== undefined)),
    kinds: new Set(said.getAll("kind").filter((kind) => model.kinds.includes(kind))),
    place: model.index.place.get(said.get("at") ?? "") ?? null,
    account: model.index.account.get(said.get("in") ?? "") ?? null,
    review: said.get("review"),
    from: parseIso(said.get("from") ?? ""),
    to: parseIso(said.get("to") ?? ""),
  };
  const empty = filter.text === "" && filter.sides.size + filter.kinds.size === 0
    && [filter.place, filter.account, filter.review, filter.from, filter.to].every((value) => value === null);
  return empty ? NO_FILTER : filter;
}

function one<T extends string>(known: readonly T[], value: string | null): T | undefined {
  return known.find((each) => each === value);
}

/** What is let through: sides, kinds, a place, an account, the check, and dates from and to. */
import { iso, parseIso } from "../calendar";
import { h, nameOf } from "../dom";
import { VERDICTS } from "../kinds";
import { isOpen, passing } from "../lit";
import { swatch } from "../marks";
import { NO_FILTER, type Filter, type State, type Store } from "../store";
import { looks } from "../theme";
import { touches, type View } from "./view";

export function filtersView(store: Store): View {
  const change = (patch: Partial<Filter>): void => {
    const filter = { ...store.get().filter, ...patch };
    store.set({ filter: isOpen(filter) ? NO_FILTER : filter });
  };
  const sides = h("div", { class: "chips", role: "group", "aria-label": "Side", "data-testid": "filter-sides" });
  const kinds = h("div", { class: "chips", role: "group", "aria-label": "Kind of event", "data-testid": "filter-kinds" });
  const account = select("Account", "filter-account", (value) => { change({ account: value === "" ? null : Number(value) }); });
  const review = select("Check", "filter-review", (value) => { change({ review: value === "" ? null : value }); });
  const from = dateField("From", "filter-from", (day) => { change({ from: day }); });
  const to = dateField("To", "filter-to", (day) => { change({ to: day }); });
  const place = placeField((text) => {
    const { model } = store.get();
    const wanted = text.trim().toLocaleLowerCase();
    const index = wanted === "" ? -1 : model.data.places.findIndex((one) => [one.name, ...one.names].some((name) => name.toLocaleLowerCase() === wanted));
    if (index >= 0 || wanted === "") change({ place: index < 0 ? null : index });
    return index >= 0 || wanted === "";
  }, () => store.get().model.byName.map((index) => store.get().model.data.places[index]?.name ?? ""));
  const told = h("p", { class: "faint", role: "status", "data-testid": "filter-result" });
  const clear = h("button", { type: "button", class: "button small", "data-testid": "filter-clear", onclick: () => { store.set({ filter: NO_FILTER }); } }, "Clear");
  const element = h("section", { class: "filters", id: "filters", "aria-label": "Filter", hidden: true },
    field("Side", sides), field("Kind", kinds),
    h("div", { class: "fields" }, place.field, account.field, review.field, from.field, to.field, clear, told));

  function chips(group: HTMLElement, values: readonly { key: string; parts: (Node | string)[]; on: boolean; toggle: () => void }[]): void {
    const focused = group.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.key : undefined;
    group.replaceChildren(...values.map(({ key, parts, on, toggle }) =>
      h("button", { type: "button", class: "chip", "data-key": key, "aria-pressed": String(on), onclick: toggle }, ...parts)));
    if (focused !== undefined) [...group.children].find((one): one is HTMLElement => one instanceof HTMLElement && one.dataset.key === focused)?.focus();
  }

  function build(state: State): void {
    const { model, filter } = state;
    const marks = looks(state);
    chips(sides, model.data.sides.map((side, index) => ({
      key: side.id, on: filter.sides.has(index), toggle: () => { change({ sides: toggled(store.get().filter.sides, index) }); },
      parts: [swatch({ state: "held", holders: [index], implied: false, claim: null, evidence: [] }, marks), nameOf(side.name)],
    })));
    chips(kinds, model.kinds.map((kind) => ({
      key: kind, on: filter.kinds.has(kind), toggle: () => { change({ kinds: toggled(store.get().filter.kinds, kind) }); }, parts: [kind],
    })));
    place.show(filter.place === null ? "" : model.data.places[filter.place]?.name ?? "");
    account.fill([["", "all accounts"], ...model.data.accounts.map((one, index): [string, string] => [String(index), one.title])], String(filter.account ?? ""));
    account.field.hidden = model.data.accounts.length < 2;
    review.fill([["", "any"], ...Object.entries(VERDICTS)], filter.review ?? "");
    from.show(filter.from, model.first);
    to.show(filter.to, model.last);
    clear.disabled = filter === NO_FILTER;
    const pass = passing(state);
    told.textContent = pass.all ? "" : `${String(pass.events.length)} of ${String(model.data.events.length)} events, ${String(pass.places.length)} of ${String(model.data.places.length)} places`;
  }

  return { element, update(state, changed) { if (touches(changed, "model", "filter", "theme")) build(state); } };
}

function toggled<T>(set: ReadonlySet<T>, value: T): Set<T> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

function field(label: string, control: HTMLElement): HTMLElement {
  return h("div", { class: "field" }, h("span", { class: "field-label", "aria-hidden": "true" }, label), control);
}

function select(label: string, testid: string, choose: (value: string) => void): { field: HTMLElement; fill(options: [string, string][], value: string): void } {
  const control = h("select", { class: "select", "data-testid": testid, onchange: () => { choose(control.value); } });
  let filled = "";
  return {
    field: h("label", { class: "field" }, h("span", { class: "field-label" }, label), control),
    fill(options, value) {
      const key = JSON.stringify(options);
      if (key !== filled) control.replaceChildren(...options.map(([option, words]) => h("option", { value: option }, words)));
      filled = key;
      control.value = value;
    },
  };
}

/** Days as ISO in a text field: the browser's own date field knows no year before 1. */
function dateField(label: string, testid: string, choose: (day: number | null) => void): { field: HTMLElement; show(day: number | null, hint: number | null): void } {
  const input = h("input", { class: "date", type: "text", inputmode: "numeric", size: 11, spellcheck: "false", autocomplete: "off", "data-testid": testid, onchange: () => {
    const text = input.value.trim();
    const day = text === "" ? null : parseIso(text);
    input.setAttribute("aria-invalid", String(text !== "" && day === null));
    if (text === "" || day !== null) choose(day);
  } });
  return {
    field: h("label", { class: "field" }, h("span", { class: "field-label" }, label), input),
    show(day, hint) {
      if (document.activeElement !== input || day !== null) input.value = day === null ? "" : iso(day);
      input.placeholder = hint === null ? "year-month-day" : iso(hint);
    },
  };
}

/** A place by its name, which the browser helps to type; the names are only gathered when somebody looks for one. */
function placeField(choose: (text: string) => boolean, names: () => string[]): { field: HTMLElement; show(name: string): void } {
  const options = h("datalist", { id: "place-names" });
  const input = h("input", { class: "date place-filter", type: "text", list: "place-names", spellcheck: "false", autocomplete: "off", dir: "auto", "data-testid": "filter-place", placeholder: "any",
    onfocus: () => { options.replaceChildren(...names().map((name) => h("option", { value: name }))); },
    onchange: () => { input.setAttribute("aria-invalid", String(!choose(input.value))); } });
  return {
    field: h("div", { class: "field" }, h("label", { class: "field" }, h("span", { class: "field-label" }, "Place"), input), options),
    show(name) {
      if (document.activeElement !== input || name !== "") input.value = name;
      input.setAttribute("aria-invalid", "false");
    },
  };
}

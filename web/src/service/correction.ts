/** The form of a correction: the event's fields as choices, each checked while one types. */
import { h } from "../dom";
import type { Model } from "../model";
import type { EventRecord } from "./api";
import { changesOf, dateProblem, fieldsOf, KINDS, placeFinder, problemsOf, type Fields } from "./correcting";
import { choices, labelled, tick } from "./forms";

export interface Correction {
  readonly element: HTMLElement;
  /** The changes, or null where a field is wrong (which then says so). */
  take(): Record<string, string> | null;
  focus(): void;
}

const MOST_NAMES = 3000;

export function correction(model: Model, event: EventRecord): Correction {
  const before = fieldsOf(event);
  const { sides, places } = model.data;
  const find = placeFinder(places);
  const kind = choices(KINDS.map((one) => [one, one]), before.kind, { "data-testid": "correct-kind" });
  const date = h("input", { class: "input", type: "text", autocomplete: "off", spellcheck: "false", "data-testid": "correct-date", placeholder: "unknown" });
  date.value = before.date;
  const dateField = labelled("Date", date, "a day, or FIRST/LAST");
  date.addEventListener("input", () => { dateField.fault(dateProblem(date.value)); });
  const names = h("datalist", { id: "place-names" }, ...places.slice(0, MOST_NAMES).map((place) => h("option", { value: place.name })));
  const actor = party("Actor", "correct-actor", before.actor);
  const against = party("Against", "correct-against", before.against);
  const rows = before.places.map((place, index) => placeRow(place.name, place.extent, index, before.places.length));
  const further = h("input", { class: "input", type: "text", list: "place-names", autocomplete: "off", "data-testid": "correct-further", placeholder: "none" });
  const furtherField = labelled(before.places.length > 0 ? "One more place" : "Place", further);
  const fresh = (input: HTMLInputElement, fault: (words: string | null) => void): void => {
    const name = input.value.trim();
    fault(name === "" || find(name) !== null || before.places.some((one) => one.name === name) ? null : `“${name}” will be a new place: the ledger has none of that name.`);
  };
  for (const row of rows) row.input.addEventListener("input", () => { fresh(row.input, row.field.fault); });
  further.addEventListener("input", () => { fresh(further, furtherField.fault); });
  const hedged = tick("hedged", before.hedged);
  const negated = tick("denied", before.negated);
  const background = tick("in passing", before.background);
  const by = h("input", { class: "input", type: "text", autocomplete: "off", "data-testid": "correct-by", placeholder: "nobody" });
  by.value = before.by;

  function party(label: string, testid: string, value: string): { element: HTMLElement; value: () => string; fault: (words: string | null) => void } {
    const known = value === "" || sides.some((side) => side.id === value);
    const select = choices([["", "nobody"], ...sides.map((side): [string, string] => [side.id, side.name]), ...(known ? [] : [[value, value] as [string, string]]), ["new:", "a new side…"]], value, { "data-testid": testid });
    const name = h("input", { class: "input", type: "text", "aria-label": `Name of the new side (${label.toLowerCase()})`, hidden: true });
    const field = labelled(label, select, null, name);
    select.addEventListener("change", () => { name.hidden = select.value !== "new:"; if (!name.hidden) name.focus(); });
    return { element: field.element, fault: field.fault, value: () => select.value === "new:" ? `new:${name.value.trim()}` : select.value };
  }

  function placeRow(name: string, extent: string, index: number, of: number): { element: HTMLElement; field: ReturnType<typeof labelled>; input: HTMLInputElement; extent: HTMLSelectElement } {
    const input = h("input", { class: "input", type: "text", list: "place-names", autocomplete: "off", "data-testid": `correct-place-${String(index)}` });
    input.value = name;
    const select = choices([["full", "all of it"], ["partial", "in part"]], extent, { "aria-label": `Extent: ${name}`, "data-testid": `correct-extent-${String(index)}` });
    const field = labelled(of > 1 ? `Place ${String(index + 1)}` : "Place", input, null, select);
    field.element.classList.add("with-choice");
    return { element: field.element, field, input, extent: select };
  }

  const now = (): Fields => ({
    kind: kind.value, date: date.value, actor: actor.value(), against: against.value(),
    places: rows.map((row, index) => ({ key: before.places[index]?.key ?? "", name: row.input.value, extent: row.extent.value })),
    further: further.value, hedged: hedged.input.checked, negated: negated.input.checked, background: background.input.checked, by: by.value,
  });

  return {
    element: h("div", { class: "form-grid" },
      labelled("Kind", kind).element, dateField.element, actor.element, against.element,
      ...rows.map((row) => row.element), furtherField.element, labelled("Says who", by).element,
      h("div", { class: "form-field ticks", role: "group", "aria-label": "Flags" }, hedged.element, negated.element, background.element), names),
    focus: () => { kind.focus(); },
    take() {
      const fields = now();
      const wrong = problemsOf(fields, [...sides, ...[before.actor, before.against].map((id) => ({ id }))]);
      dateField.fault(wrong.date ?? null);
      actor.fault(wrong.actor ?? null);
      against.fault(wrong.against ?? null);
      if (wrong.places !== undefined) rows.find((row) => row.input.value.trim() === "")?.field.fault(wrong.places);
      return Object.keys(wrong).length > 0 ? null : changesOf(before, fields, find);
    },
  };
}

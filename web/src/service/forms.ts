/** Parts of forms: a labelled field with its hint and its fault, buttons, choices. */
import { h, type Child } from "../dom";

let fields = 0;

export interface Field {
  readonly element: HTMLElement;
  /** Say what is wrong, or (null) that nothing is. */
  readonly fault: (words: string | null) => void;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** A label above its control; hint and fault are read out with it. */
export function labelled(label: string, control: Control, hint: string | null = null, ...beside: Child[]): Field {
  fields += 1;
  const id = `field-${String(fields)}`;
  control.id = id;
  const wrong = h("span", { class: "fault", id: `${id}-fault`, hidden: true });
  const note = hint === null ? null : h("span", { class: "hint", id: `${id}-hint` }, hint);
  control.setAttribute("aria-describedby", `${id}-fault${hint === null ? "" : ` ${id}-hint`}`);
  const element = h("div", { class: "form-field" }, h("label", { for: id, class: "form-label" }, label), control, ...beside, note, wrong);
  return {
    element,
    fault(words) {
      wrong.textContent = words ?? "";
      wrong.hidden = words === null;
      control.setAttribute("aria-invalid", String(words !== null));
    },
  };
}

export function button(words: Child | Child[], act: () => void, more: Record<string, string | boolean | null> = {}): HTMLButtonElement {
  return h("button", { type: "button", class: "button", onclick: act, ...more }, ...(Array.isArray(words) ? words : [words]));
}

/** A button that sends its form. */
export function submit(words: string, testid: string): HTMLButtonElement {
  return h("button", { type: "submit", class: "button primary", "data-testid": testid }, words);
}

export function choices(options: readonly (readonly [string, string])[], value: string, more: Record<string, string | boolean | null> = {}): HTMLSelectElement {
  const select = h("select", { class: "select", ...more }, ...options.map(([key, words]) => h("option", { value: key, selected: key === value }, words)));
  select.value = value;
  return select;
}

export function tick(label: string, checked: boolean): { element: HTMLElement; input: HTMLInputElement } {
  const input = h("input", { type: "checkbox" });
  input.checked = checked;
  return { input, element: h("label", { class: "tick" }, input, h("span", {}, label)) };
}

/** A form that is sent once at a time; Escape gives it up. */
export function form(label: string, send: () => Promise<void>, cancel: (() => void) | null, ...children: Child[]): HTMLFormElement {
  const element = h("form", { class: "form", "aria-label": label, novalidate: true }, ...children);
  let sending = false;
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    element.setAttribute("aria-busy", "true");
    void send().finally(() => {
      sending = false;
      element.removeAttribute("aria-busy");
    });
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) element.requestSubmit();
    else if (event.key === "Escape" && cancel) {
      event.stopPropagation();
      cancel();
    }
  });
  return element;
}

/** A line that says what failed. */
export function alertLine(testid: string): { element: HTMLElement; say(words: string | null): void } {
  const element = h("p", { class: "fault", role: "alert", hidden: true, dir: "auto", "data-testid": testid });
  return { element, say(words) { element.textContent = words ?? ""; element.hidden = words === null; } };
}

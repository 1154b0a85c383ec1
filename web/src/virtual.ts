/**
 * A list of any length of which only what can be seen is there: rows of one height, arrows move, Enter chooses.
 *
 * What belongs here: scrolling, keys, ARIA. What does not: what a row says (`row` of the options).
 */
import { h } from "./dom";

export interface ListOptions {
  readonly label: string;
  readonly testid: string;
  /** Height of a row in pixels, as the style sheet has it. */
  readonly height: number;
  readonly row: (index: number) => HTMLElement;
  /** A row was chosen, by Enter or by a click, which is given. */
  readonly choose: (index: number, click: MouseEvent | null) => void;
  /** Laid over the part in view; `drawn` is called whenever that changes. */
  readonly overlay?: HTMLElement;
  readonly drawn?: (scrollTop: number) => void;
}

export interface VirtualList {
  readonly element: HTMLElement;
  /** So many rows, from the top, or (`stay`) from where the list stands. */
  reset(count: number, stay?: boolean): void;
  /** Draw the rows in view anew. */
  refresh(): void;
  /** Light rows up, and one of them as chosen; -1 for none. */
  mark(lit: ReadonlySet<number>, chosen: number): void;
  reveal(index: number): void;
  /** Its size may have changed. */
  fit(): void;
}

const BEYOND = 6;
let lists = 0;

export function virtualList({ label, testid, height, row, choose, overlay, drawn }: ListOptions): VirtualList {
  lists += 1;
  const prefix = `list${String(lists)}-`;
  const inner = h("div", { class: "virtual-inner", role: "presentation" });
  const element = h("div", { class: "virtual", role: "listbox", tabindex: "0", "aria-label": label, "data-testid": testid }, overlay ?? null, inner);
  let count = 0;
  let [from, to] = [0, 0];
  let [top, view] = [0, 0]; // kept, for asking the browser between changes makes it lay out anew
  let lit: ReadonlySet<number> = new Set();
  let chosen = -1;
  let cursor = -1;

  function draw(force: boolean): void {
    const next = Math.max(0, Math.floor(top / height) - BEYOND);
    const end = Math.min(count, Math.ceil((top + view) / height) + BEYOND);
    if (!force && next === from && end === to) return;
    [from, to] = [next, end];
    const rows: HTMLElement[] = [];
    for (let index = from; index < to; index += 1) rows.push(dress(row(index), index));
    inner.replaceChildren(...rows);
    point();
  }

  function measure(): void {
    top = element.scrollTop;
    view = element.clientHeight;
  }

  function dress(one: HTMLElement, index: number): HTMLElement {
    one.id = `${prefix}${String(index)}`;
    one.setAttribute("role", "option");
    one.setAttribute("aria-setsize", String(count));
    one.setAttribute("aria-posinset", String(index + 1));
    one.setAttribute("aria-selected", String(index === chosen));
    one.classList.toggle("lit", lit.has(index));
    one.classList.toggle("cursor", index === cursor);
    one.style.transform = `translateY(${String(index * height)}px)`;
    return one;
  }

  function point(): void {
    if (cursor >= from && cursor < to) element.setAttribute("aria-activedescendant", `${prefix}${String(cursor)}`);
    else element.removeAttribute("aria-activedescendant");
  }

  function reveal(index: number): void {
    if (index < 0 || index >= count) return;
    measure();
    const start = index * height;
    if (start < top) element.scrollTop = start;
    else if (start + height > top + view) element.scrollTop = start + height - view;
    else return;
    top = element.scrollTop;
    drawn?.(top);
  }

  element.addEventListener("scroll", () => {
    top = element.scrollTop;
    draw(false);
    drawn?.(top);
  }, { passive: true });
  element.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
    if (!target) return;
    cursor = Number(target.id.slice(prefix.length));
    choose(cursor, event);
  });
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return;
    const page = Math.max(1, Math.floor(view / height) - 1);
    const by: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count };
    const step = by[event.key];
    if (step !== undefined) cursor = Math.min(Math.max(cursor + step, 0), count - 1);
    else if (event.key === "Enter" || event.key === " ") { if (cursor >= 0) choose(cursor, null); }
    else return;
    event.preventDefault();
    event.stopPropagation();
    reveal(cursor);
    draw(true);
  });
  function fit(): void {
    measure();
    draw(true);
    drawn?.(top);
  }
  new ResizeObserver(fit).observe(element);

  return {
    element,
    reset(rows, stay = false) {
      count = rows;
      if (!stay || cursor >= rows) cursor = -1;
      inner.style.height = `${String(rows * height)}px`;
      element.style.setProperty("--full", `${String(rows * height)}px`);
      if (!stay) element.scrollTop = 0;
      measure();
      draw(true);
      drawn?.(top);
    },
    refresh: () => { draw(true); },
    mark(rows, one) {
      lit = rows;
      if (one !== chosen && one >= 0) cursor = one;
      chosen = one;
      if (one >= 0) reveal(one);
      draw(true);
    },
    reveal,
    fit,
  };
}

/** The frame of the service: its bar, the page that is shown, the help, and how it stands with the line to the service. */
import { h } from "../dom";
import { KEYS } from "../keys";
import { button } from "./forms";
import { REVIEW_KEYS } from "./keys";
import type { Line } from "./live";
import { menuFor, placeOf, queryOf, type Page, type PageName, type Place } from "./pages";
import type { Me } from "./api";
import type { Toasts } from "./toast";

const LINES: Readonly<Record<Line, [string, string]>> = {
  joining: ["joining", "Joining the others"],
  open: ["live", "What others do appears at once"],
  away: ["away", "The service does not answer; this page tries again by itself, and what you have begun is kept"],
  closed: ["offline", "This page does not listen any more: load it again"],
};

export interface Shell {
  readonly current: () => PageName;
  go(place: Place): void;
  line(line: Line): void;
  help(): void;
  /** The page that is shown is to look again. */
  renew(): void;
}

export function shell(root: HTMLElement, me: Me, notes: Toasts, pages: Readonly<Partial<Record<PageName, Page>>>, signOut: (() => void) | null): Shell {
  let place = placeOf(location.search);
  const links = menuFor(me).map(([page, words]) => ({ page, element: tab(page, words) }));
  const search = h("input", { type: "search", class: "search", placeholder: "Search the ledger", "aria-label": "Search the ledger", maxlength: 200, "data-testid": "ledger-search" });
  const find = h("form", { class: "find", role: "search" }, search);
  find.addEventListener("submit", (event) => { event.preventDefault(); if (search.value.trim() !== "") go({ page: "search", what: { q: search.value.trim() } }); });
  const state = h("span", { class: "wire", role: "status", "data-testid": "line" });
  const who = button([h("span", { dir: "auto" }, me.name), h("span", { class: "hidden" }, ": you and this service")], () => { go({ page: "you", what: {} }); }, { class: "button small bare who", "data-testid": "you", title: me.role });
  const tools = root.querySelector<HTMLElement>(".header .tools") ?? h("div"); // the report's own, beside the pages
  tools.classList.add("bar-tools");
  const bar = h("div", { class: "bar", "data-testid": "bar" },
    h("strong", { class: "brand", dir: "auto", title: me.ledger }, me.ledger),
    h("nav", { "aria-label": "Pages", class: "bar-nav" }, ...links.map((one) => one.element)),
    tools, find, state,
    button("?", help, { class: "button small bare", "aria-label": "Help: keys (?)", title: "Keys (?)", "data-testid": "help" }),
    who, signOut ? button("Sign out", signOut, { class: "button small bare", "data-testid": "sign-out" }) : null);
  const stage = h("div", { class: "stage" });
  const dialog = h("dialog", { class: "help", "aria-label": "Keys" });
  document.body.append(dialog, notes.element);
  document.body.classList.add("service");
  root.before(bar);
  root.after(stage);
  for (const one of Object.values(pages)) {
    one.element.hidden = true;
    stage.append(one.element);
  }

  function tab(page: PageName, words: string): HTMLElement {
    const anchor = h("a", { class: "bar-link", "data-testid": `go-${page}` }, words);
    anchor.setAttribute("href", `/${queryOf({ page, what: {} })}`);
    anchor.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      go({ page, what: {} });
    });
    return anchor;
  }

  let reading = location.hash;
  function go(next: Place): void {
    const query = queryOf(next);
    if (place.page === "reading") reading = location.hash;
    if (query !== location.search) history.pushState(null, "", `/${query}${next.page === "reading" ? reading : ""}`);
    show(next);
  }

  function show(next: Place): void {
    const other = next.page !== place.page;
    place = next;
    root.hidden = next.page !== "reading";
    stage.hidden = next.page === "reading";
    tools.hidden = next.page !== "reading";
    find.hidden = next.page === "reading";
    for (const [name, page] of Object.entries(pages)) page.element.hidden = name !== next.page;
    for (const one of links) {
      if (one.page === next.page) one.element.setAttribute("aria-current", "page");
      else one.element.removeAttribute("aria-current");
    }
    pages[next.page]?.open(next.what);
    if (other && next.page !== "reading") pages[next.page]?.element.querySelector<HTMLElement>("h1")?.focus();
  }

  function help(): void {
    const list = (keys: readonly (readonly [string, string])[]): HTMLElement =>
      h("dl", { class: "keys" }, ...keys.flatMap(([names, words]) => [h("dt", {}, ...names.split(/(, )/).map((part) => part === ", " ? part : h("kbd", {}, part))), h("dd", {}, words)]));
    dialog.replaceChildren(
      h("div", { class: "help-head" }, h("h2", {}, "Keys"), button("×", () => { dialog.close(); }, { class: "button small", "aria-label": "Close" })),
      h("h3", {}, "Checking"), list(REVIEW_KEYS), h("h3", {}, "Looking"), list(KEYS), licences());
    if (!dialog.open) dialog.showModal();
  }

  function licences(): HTMLElement {
    const anchor = h("a", { target: "_blank", rel: "noopener" }, "Whose code and data this page carries");
    anchor.setAttribute("href", "/assets/LICENSES.txt");
    return h("p", { class: "faint licence" }, anchor);
  }

  window.addEventListener("popstate", () => { show(placeOf(location.search)); });
  show(place);
  return {
    current: () => place.page,
    go,
    help,
    renew: () => { pages[place.page]?.renew(); },
    line(line) {
      const [words, title] = LINES[line];
      state.textContent = words;
      state.title = title;
      state.dataset.line = line;
    },
  };
}

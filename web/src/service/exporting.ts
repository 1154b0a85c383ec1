/** The ledger as a file, in every format that there is. */
import { h } from "../dom";
import { API, ask, lineOf, part, type Answer } from "./api";
import { fault } from "./accounts";
import type { Page } from "./pages";

interface Format { name: string; title: string; media_type: string; tables: boolean }

const TABLES = ["events", "holdings", "places"];

export function exportPage(): Page {
  const body = h("tbody", { "data-testid": "formats" });
  const failed = h("div", {});
  const element = h("main", { class: "page", "data-testid": "page-exports" }, h("div", { class: "page-in" }, h("h1", { tabindex: "-1" }, "Export"),
    h("p", { class: "faint wrap" }, "Each file is the whole ledger as it is now, verdicts included. Rejected events are in no layer; disputed ones are only claimed."),
    failed, h("div", { class: "scroll" }, h("table", { class: "table" }, h("caption", { class: "hidden" }, "Formats"),
      h("thead", {}, h("tr", {}, ...["Format", "What it is", "File"].map((words) => h("th", { scope: "col" }, words)))), body))));

  function anchor(path: string, words: string, testid: string): HTMLElement {
    const made = h("a", { download: true, "data-testid": testid }, words);
    made.setAttribute("href", `${API}${path}`);
    return made;
  }

  async function load(): Promise<void> {
    const answer: Answer<Format[]> = await ask("/exports");
    if (!answer.ok) { failed.replaceChildren(fault(lineOf(answer.problem))); return; }
    failed.replaceChildren();
    body.replaceChildren(...answer.value.map((format) => h("tr", {},
      h("th", { scope: "row" }, format.name), h("td", {}, format.title),
      h("td", {}, h("span", { class: "chips" }, ...(format.tables ? TABLES.map((table) => anchor(`/exports/${part(format.name)}?table=${table}`, table, `export-${format.name}-${table}`)) : [anchor(`/exports/${part(format.name)}`, "Download", `export-${format.name}`)]))))));
  }

  return { element, open() { void load(); }, renew() { /* links stay as they are */ } };
}

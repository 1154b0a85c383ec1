/** Every revision of the ledger, the newest first: who, when, why. */
import { h } from "../dom";
import { API, ask, lineOf, type Answer, type Page as List } from "./api";
import { fault } from "./accounts";
import { button } from "./forms";
import type { Page } from "./pages";

interface Revision { number: number; at: string; by: string | null; why: string }

export function historyPage(): Page {
  const body = h("tbody", {});
  const more = h("p", {});
  const element = h("main", { class: "page", "data-testid": "page-history" }, h("div", { class: "page-in" }, h("h1", { tabindex: "-1" }, "History"),
    h("p", { class: "faint wrap" }, "Every change is a revision of its own; nothing is overwritten, and nothing is ever taken out."),
    h("div", { class: "scroll" }, h("table", { class: "table" }, h("caption", { class: "hidden" }, "Revisions, the newest first"),
      h("thead", {}, h("tr", {}, ...["Revision", "When (UTC)", "Who", "Why"].map((words) => h("th", { scope: "col" }, words)))), body)), more));
  let asked = 0;

  async function load(path: string, first: boolean): Promise<void> {
    const mine = asked += 1;
    const answer: Answer<List<Revision>> = await ask(path.replace(API, ""));
    if (mine !== asked) return;
    if (!answer.ok) { more.replaceChildren(fault(lineOf(answer.problem))); return; }
    const rows = answer.value.items.map((one) => h("tr", { "data-revision": String(one.number) }, h("td", {}, String(one.number)),
      h("td", { class: "days" }, one.at.slice(0, 16).replace("T", " ")), h("td", { dir: "auto" }, one.by ?? "–"), h("td", { dir: "auto" }, one.why)));
    if (first) body.replaceChildren(...rows);
    else body.append(...rows);
    const { next } = answer.value;
    more.replaceChildren(...(next === null ? [] : [button("Older ones", () => { void load(next, false); }, { "data-testid": "older" })]));
  }

  const begin = (): void => { void load("/history?limit=100", true); };
  return { element, open: begin, renew: begin };
}

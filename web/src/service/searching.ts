/** What the whole ledger says to a few words: accounts, places, sides, events, findings. */
import { h } from "../dom";
import { ask, lineOf, type Answer } from "./api";
import { fault } from "./accounts";
import { button, form, labelled, submit } from "./forms";
import type { Page, PageTools } from "./pages";

interface Found { kind: string; id: string; text: string; account: string | null }

const READABLE = ["account", "event", "place", "finding"] as const;

export function searchPage({ go, read }: PageTools): Page {
  const input = h("input", { class: "input", type: "search", maxlength: 200, "data-testid": "search-words" });
  const body = h("div", { class: "page-body", role: "status", "data-testid": "found" });
  const element = h("main", { class: "page", "data-testid": "page-search" }, h("div", { class: "page-in" }, h("h1", { tabindex: "-1" }, "Search"),
    form("Search the ledger", () => { if (input.value.trim() !== "") go("search", { q: input.value.trim() }); return Promise.resolve(); }, null,
      labelled("Look for", input, "in texts, names, events and findings").element, h("div", { class: "form-tools" }, submit("Search", "search-go"))), body));
  let words = "";

  async function look(): Promise<void> {
    const wanted = words;
    if (wanted === "") { body.replaceChildren(); return; }
    const answer: Answer<{ items: Found[] }> = await ask(`/search?limit=100&${new URLSearchParams({ q: wanted }).toString()}`);
    if (wanted !== words) return;
    if (!answer.ok) { body.replaceChildren(fault(lineOf(answer.problem))); return; }
    const { items } = answer.value;
    body.replaceChildren(h("p", { class: "faint" }, items.length === 0 ? "Nothing is called so or speaks of it." : `${String(items.length)} found`),
      h("ul", { class: "plain found" }, ...items.map((one) => h("li", { "data-found": one.kind }, h("span", { class: "badge" }, one.kind), named(one)))));
  }

  function named(one: Found): HTMLElement {
    const what = READABLE.find((kind) => kind === one.kind);
    const text = h("span", { dir: "auto" }, one.text);
    return what ? button(text, () => { read(what, one.id); }, { class: "choice wrap" }) : text;
  }

  return { element, open(what) { words = what.q ?? ""; input.value = words; void look(); }, renew() { void look(); } };
}

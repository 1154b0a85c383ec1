/** Two accounts beside one another: where they agree, where they differ, what only one of them tells. */
import { h } from "../dom";
import { all, ask, lineOf, type AccountCard, type Answer } from "./api";
import { button, choices, form, labelled, submit } from "./forms";
import type { Page, PageTools } from "./pages";
import { fault } from "./accounts";

interface Said { events: string[]; account: string; earliest: string | null; latest: string | null; quotation: string; citations?: string[] }
interface Compared { verdict: string; differences?: string[]; place: string; name: string | null; first: Said | null; second: Said | null; message: string }
interface Comparison { first: string; second: string; agree: number; differ: number; only_first: number; only_second: number; agreement: number | null; changes: Compared[] }

const REST = "";
const MOST = 500;

export function comparePage({ go, read }: PageTools): Page {
  const picked = h("div", {});
  const body = h("div", { class: "page-body", "data-testid": "comparison" });
  const element = h("main", { class: "page", "data-testid": "page-compare" }, h("div", { class: "page-in" }, h("h1", { tabindex: "-1" }, "Compare"), picked, body));
  let now: Readonly<Record<string, string>> = {};

  async function pick(): Promise<void> {
    const answer = await all<AccountCard>("/accounts?limit=500");
    if (!answer.ok) { picked.replaceChildren(fault(lineOf(answer.problem))); return; }
    if (answer.value.length < 2) { picked.replaceChildren(h("p", { class: "nothing" }, "To compare, the ledger needs two accounts.")); return; }
    const named = answer.value.map((card): [string, string] => [card.id, card.title ?? card.id]);
    const first = choices(named, now.first ?? named[0]?.[0] ?? "", { "data-testid": "compare-first" });
    const second = choices([[REST, "all others together"], ...named], now.second ?? named[1]?.[0] ?? REST, { "data-testid": "compare-second" });
    const other = labelled("with", second);
    picked.replaceChildren(form("Compare", () => {
      other.fault(first.value === second.value ? "These are the same." : null);
      if (first.value !== second.value) go("compare", { first: first.value, second: second.value });
      return Promise.resolve();
    }, null, h("div", { class: "form-grid" }, labelled("Compare", first).element, other.element), h("div", { class: "form-tools" }, submit("Compare", "compare-go"))));
  }

  async function compare(): Promise<void> {
    const { first, second } = now;
    if (first === undefined) { body.replaceChildren(); return; }
    const asked = new URLSearchParams({ first, ...(second ? { second } : {}) });
    const answer: Answer<Comparison> = await ask(`/comparisons?${asked.toString()}`);
    if (now.first !== first || now.second !== second) return;
    body.replaceChildren(...(answer.ok ? result(answer.value) : [fault(lineOf(answer.problem))]));
  }

  function result(told: Comparison): HTMLElement[] {
    const share = told.agreement === null ? "They tell of no change of hands in common." : `They agree on ${String(Math.round(told.agreement * 100))} % of the changes of hands that both tell.`;
    return [
      h("p", {}, `${share} Agreed ${String(told.agree)}, different ${String(told.differ)}, only in the first ${String(told.only_first)}, only in the second ${String(told.only_second)}.`),
      ...told.changes.slice(0, MOST).map((one) => h("section", { class: "sheet", "data-verdict": one.verdict },
        h("h2", { class: "line", dir: "auto" }, h("span", {}, one.name ?? one.place), h("span", { class: one.verdict === "differ" ? "severity medium" : "badge" }, [one.verdict, ...one.differences ?? []].join(": "))),
        h("p", { dir: "auto" }, one.message),
        h("div", { class: "said" }, side(one.first), side(one.second)))),
      ...(told.changes.length > MOST ? [h("p", { class: "faint" }, `and ${String(told.changes.length - MOST)} more`)] : []),
    ];
  }

  function side(said: Said | null): HTMLElement {
    if (!said) return h("div", {}, h("p", { class: "faint" }, "says nothing of it"));
    const event = said.events[0];
    return h("div", {}, h("p", { class: "faint" }, [said.account, said.earliest === said.latest ? said.earliest ?? "undated" : `${said.earliest ?? ".."} to ${said.latest ?? ".."}`].join(", ")),
      h("blockquote", { class: "quote", dir: "auto" }, said.quotation),
      event === undefined ? null : h("p", {}, button("Show in the account", () => { read("event", event); }, { class: "button small" })));
  }

  return { element, open(what) { now = what; void pick(); void compare(); }, renew() { void compare(); } };
}

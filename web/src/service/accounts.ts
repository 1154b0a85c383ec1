/**
 * The accounts: how far the check of each is, adding one, and what each reading of one has changed.
 *
 * What belongs here: the page. What does not: sending an account (`adding.ts`).
 */
import { h, nameOf, type Child } from "../dom";
import { adding } from "./adding";
import { all, ask, lineOf, may, part, type AccountCard, type AccountChange, type AccountRevision, type Answer, type EventRecord } from "./api";
import { button } from "./forms";
import type { Page, PageTools } from "./pages";
import { inShort } from "./review";

export function accountsPage(tools: PageTools): Page {
  const { me, go, read } = tools;
  const body = h("div", { class: "page-body" });
  const add = may(me, "editor") ? adding(tools, () => { void list(); }) : null;
  const element = h("main", { class: "page", "data-testid": "page-accounts" },
    h("div", { class: "page-in" }, h("h1", { tabindex: "-1" }, "Accounts"), add?.element ?? null, body));
  let now: Readonly<Record<string, string>> = {};
  let seen = false;

  async function list(): Promise<void> {
    const answer = await all<AccountCard>("/accounts?limit=500");
    if (now.id !== undefined) return;
    if (!answer.ok) { body.replaceChildren(fault(lineOf(answer.problem))); return; }
    if (add && !seen) add.element.open = answer.value.length === 0;
    seen = true;
    body.replaceChildren(answer.value.length === 0 ? h("p", { class: "nothing" }, "No account yet.") : table(answer.value));
  }

  function table(cards: readonly AccountCard[]): HTMLElement {
    const head = ["Account", "Language", "Tells of", "Checked", ""].map((words) => h("th", { scope: "col" }, words));
    return h("div", { class: "scroll" }, h("table", { class: "table" }, h("caption", { class: "hidden" }, "Accounts and the progress of their check"),
      h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...cards.map(row))));
  }

  function row(card: AccountCard): HTMLElement {
    return h("tr", { "data-account": card.id },
      h("th", { scope: "row" }, button(nameOf(card.title ?? card.id), () => { read("account", card.id); }, { class: "choice" }), card.title === null || card.title === card.id ? null : h("span", { class: "faint" }, card.id)),
      h("td", {}, card.lang ?? "?"),
      h("td", { class: "days" }, card.first === null && card.last === null ? "–" : `${card.first ?? ".."} – ${card.last ?? ".."}`),
      h("td", {}, progress(card)),
      h("td", { class: "end" }, button("Readings", () => { go("accounts", { id: card.id }); }, { class: "button small", "aria-label": `Readings of ${card.title ?? card.id}`, "data-testid": `readings-${card.id}` })));
  }

  function progress({ id, progress: told }: AccountCard): HTMLElement {
    const judged = told.events - told.unchecked;
    const meter = h("progress", { class: "meter", max: Math.max(told.events, 1), value: judged, "aria-label": `Checked events of ${id}` });
    const words = told.accuracy_checked ? "accuracy-checked" : `${String(judged)} of ${String(told.events)}${told.disputed > 0 ? `, ${String(told.disputed)} in dispute` : ""}`;
    return h("span", { class: "progress" }, meter, h("span", { class: told.accuracy_checked ? "done" : "", "data-testid": `progress-${id}` }, words));
  }

  async function one(id: string): Promise<void> {
    const answer: Answer<AccountRevision[]> = await ask(`/accounts/${part(id)}/revisions`);
    if (now.id !== id) return;
    if (!answer.ok) { body.replaceChildren(back(), fault(lineOf(answer.problem))); return; }
    const chosen = now.revision === undefined ? answer.value[0]?.revision : Number(now.revision);
    const changed = h("div", { "data-testid": "changed" });
    body.replaceChildren(back(), h("h2", { dir: "auto" }, answer.value[0]?.title ?? id),
      h("ol", { class: "plain readings" }, ...answer.value.map((reading) => h("li", {},
        button([h("span", { class: "row-date" }, (reading.at ?? "").slice(0, 10)), `revision ${String(reading.revision)}`], () => { go("accounts", { id, revision: String(reading.revision) }); },
          { class: "choice", "aria-current": reading.revision === chosen ? "true" : null }),
        h("span", { class: "faint" }, `${reading.by === null ? "" : `by ${reading.by}, `}${reading.characters.toLocaleString("en")} characters`)))), changed);
    if (chosen === undefined) return;
    const difference: Answer<AccountChange> = await ask(`/accounts/${part(id)}/revisions/${String(chosen)}`);
    if (now.id !== id) return;
    changed.replaceChildren(...(difference.ok ? changes(difference.value) : [fault(lineOf(difference.problem))]));
  }

  function changes({ before, gained, lost, reread, kept }: AccountChange): HTMLElement[] {
    const first = before === null;
    return [
      h("h3", {}, first ? "The first reading" : "What this reading changed"),
      h("p", { class: "faint wrap" }, first ? `${String(gained.length)} events were read.` : `${String(kept)} events assert what they did before; verdicts on them hold on.`),
      ...(first ? [] : [group("New", gained, true), group("Gone", lost, false), group("Read otherwise, to be checked again", reread, true)]),
    ].filter((node) => node !== null);
  }

  function group(words: string, events: readonly EventRecord[], there: boolean): HTMLElement | null {
    if (events.length === 0) return null;
    return h("section", {}, h("h4", { class: "small-head" }, words, h("span", { class: "count" }, String(events.length))),
      h("ul", { class: "plain" }, ...events.slice(0, 200).map((event) => h("li", { dir: "auto" }, there ? button(inShort(event), () => { read("event", event.id); }, { class: "choice" }) : h("span", {}, inShort(event))))));
  }

  function back(): HTMLElement {
    return h("p", {}, button("‹ All accounts", () => { go("accounts"); }, { class: "button small" }));
  }

  function show(): void {
    if (add) add.element.hidden = now.id !== undefined;
    void (now.id === undefined ? list() : one(now.id));
  }

  return {
    element,
    open(what) { now = what; show(); },
    renew() { if (now.id === undefined) void list(); },
  };
}

/** A line that says what failed, in place of what was asked for. */
export function fault(words: Child): HTMLElement {
  return h("p", { class: "fault", role: "alert", dir: "auto" }, words);
}

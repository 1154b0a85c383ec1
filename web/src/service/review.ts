/**
 * Judging the selected event: where its check stands, the five deeds, the form of a correction or a reason, and what to
 * do when somebody else was quicker.
 *
 * What belongs here: the panel and its states. What does not: keys (`keys.ts`), asking (`api.ts`), the fields (`correction.ts`).
 */
import { h, type Child } from "../dom";
import { VERDICTS } from "../kinds";
import { passing } from "../lit";
import type { State, Store } from "../store";
import { touches, type Actions, type View } from "../views/view";
import { ask, lineOf, may, part, type Answer, type Deed, type EventRecord, type FullEvent, type GivenVerdict, type Me, type Problem, type ReviewRecord } from "./api";
import { correction, type Correction } from "./correction";
import { alertLine, button, form, labelled, submit } from "./forms";
import type { Change } from "./live";
import { nextUnchecked } from "./stepping";

const DONE: Readonly<Record<Deed, string>> = { accept: "Accepted", correct: "Corrected", reject: "Rejected", dispute: "Disputed", undo: "Undone" };

/** What somebody has begun to say of an event; kept while they look at something else. */
interface Draft {
  readonly deed: Deed;
  readonly element: HTMLFormElement;
  readonly why: HTMLInputElement;
  readonly correction: Correction | null;
  dirty: boolean;
  /** The version that the form was begun on. */
  version: number;
}

export interface ReviewPanel extends View {
  begin(deed: Deed): void;
  step(by: 1 | -1): void;
  heard(change: Change): void;
}

export interface ReviewOptions {
  readonly store: Store;
  readonly actions: Actions;
  readonly me: Me;
  readonly say: (line: string, failed?: boolean) => void;
  /** Ask for newer data: the page shows older ones than the service has. */
  readonly refresh: () => Promise<void>;
  /** An event counts otherwise now. */
  readonly judged: (full: FullEvent) => void;
}

export function reviewPanel({ store, actions, me, say, refresh, judged }: ReviewOptions): ReviewPanel {
  const mayJudge = may(me, "reviewer");
  const state = h("div", { class: "review-state", "data-testid": "review-state" });
  const failed = alertLine("review-error");
  const slot = h("div", { class: "review-slot" });
  const clash = h("div", { class: "clash", role: "alert", hidden: true, "data-testid": "conflict" });
  const tools = h("div", { class: "review-tools", role: "toolbar", "aria-label": "Judge this event" },
    ...(mayJudge ? [deedButton("accept", "Accept", "A"), deedButton("correct", "Correct", "C"), deedButton("reject", "Reject", "R"), deedButton("dispute", "Dispute", "D"), deedButton("undo", "Undo", "U")] : []));
  const ways = h("div", { class: "review-ways" },
    button(["‹ ", h("span", { class: "hidden" }, "Unchecked event before")], () => { step(-1); }, { class: "button small", title: "Unchecked event before (K)", "data-testid": "unchecked-before" }),
    button(["Next ", h("span", { class: "hidden" }, "unchecked "), key("J")], () => { step(1); }, { class: "button small", "data-testid": "unchecked-next" }));
  const element = h("section", { class: "review", "aria-label": "Check", hidden: true, "data-testid": "review" }, h("div", { class: "review-head" }, state, ways), tools, clash, failed.element, slot);

  const drafts = new Map<string, Draft>();
  const done = new Set<string>();
  const reasons = h("datalist", { id: "reasons" });
  element.append(reasons);
  let id: string | null = null;
  let full: FullEvent | null = null;
  let loading: Promise<void> | null = null;
  let last: string | null = null;

  function key(letter: string): HTMLElement {
    return h("kbd", { "aria-hidden": "true" }, letter);
  }

  function deedButton(deed: Deed, words: string, letter: string): HTMLElement {
    return button([`${words} `, key(letter)], () => { begin(deed); }, { class: deed === "accept" ? "button small primary" : "button small", "data-testid": deed, "aria-keyshortcuts": letter });
  }

  function step(by: 1 | -1): void {
    const now = store.get();
    const from = now.selection?.what === "event" ? now.selection.index : null;
    const next = nextUnchecked(now.model, passing(now), from, now.account, by, done);
    if (next !== null) {
      actions.selectEvent(next);
      return;
    }
    say(passing(now).all ? "Every event has been judged." : "Every event that passes the filter has been judged.");
  }

  /** Ask for the selected event as it is now: its version is what a verdict names. */
  function load(): Promise<void> {
    const wanted = id;
    if (wanted === null) return Promise.resolve();
    const asking = ask<FullEvent>(`/events/${part(wanted)}`).then((answer) => {
      if (id !== wanted) return;
      if (!answer.ok) { failed.say(answer.problem.status === 404 ? "This event is no more: the account was read anew." : lineOf(answer.problem)); return; }
      full = answer.value;
      failed.say(null);
      drawState();
      if (full.version > store.get().model.data.revision) void refresh();
    });
    loading = asking;
    return asking;
  }

  function drawState(): void {
    if (!full) { state.replaceChildren(h("span", { class: "faint" }, "…")); return; }
    const given = full.evidence.reviews ?? [];
    const now = given[given.length - 1];
    const review = full.event.review;
    state.replaceChildren(...[
      h("span", { class: `verdict ${/^[a-z]+$/.test(review) ? review : ""}`, "data-testid": "verdict", "data-version": String(full.version) }, VERDICTS[review] ?? review),
      now ? h("span", { class: "faint wrap", dir: "auto" }, said(now)) : h("span", { class: "faint" }, "nobody has judged it"),
      mayJudge ? null : h("span", { class: "faint" }, "You may read; judging needs the role reviewer."),
    ].filter((one): one is HTMLElement => one !== null));
    for (const deed of ["undo"]) {
      const one = tools.querySelector<HTMLButtonElement>(`[data-testid=${deed}]`);
      if (one) one.disabled = given.length === 0 && last === null;
    }
  }

  function begin(deed: Deed): void {
    if (!mayJudge) { say("Judging needs the role reviewer.", true); return; }
    if (id === null) { if (deed === "undo" && last !== null) comeBack(last); return; }
    if (deed === "accept") { void send(deed, "", {}); return; }
    if (deed === "undo") {
      const given = full?.evidence.reviews ?? [];
      if (given.length === 0 && last !== null && last !== id) { comeBack(last); return; }
      void send(deed, "", {});
      return;
    }
    void open(deed);
  }

  /** Undo the last verdict of this person, though another event is selected by now. */
  function comeBack(event: string): void {
    const index = store.get().model.index.event.get(event);
    last = null;
    if (index === undefined) return;
    actions.selectEvent(index);
    void (loading ?? Promise.resolve()).then(() => send("undo", "", {}));
  }

  async function open(deed: Deed): Promise<void> {
    await (full ? null : loading);
    if (!full || id === null) return;
    const wanted = id;
    const old = drafts.get(wanted);
    if (old?.deed === deed) { (old.correction ?? old.why).focus(); return; }
    const why = h("input", { class: "input", type: "text", list: "reasons", maxlength: 2000, autocomplete: "off", required: true, "data-testid": "why", placeholder: { reject: "a plan, no fact", dispute: "the other side denies it" }[deed as string] ?? "page 12" });
    const reason = labelled(deed === "dispute" ? "Why is it in dispute?" : "Why?", why);
    const fields = deed === "correct" ? correction(store.get().model, full.event) : null;
    const close = (): void => {
      drafts.delete(wanted);
      if (id === wanted) showDraft();
      element.querySelector<HTMLElement>(`[data-testid=${deed}]`)?.focus();
    };
    const made: Draft = {
      deed, why, correction: fields, dirty: false, version: full.version,
      element: form(`${deed} this event`, async () => {
        const changes = fields ? fields.take() : {};
        reason.fault(why.value.trim() === "" ? "Say why: others will read it." : null);
        if (changes === null) return;
        if (why.value.trim() === "") { why.focus(); return; }
        if (fields && Object.keys(changes).length === 0) { failed.say("Nothing has been changed: accept the event, or change a field."); return; }
        await send(deed, why.value.trim(), changes, made.version);
      }, close, fields?.element ?? null, reason.element,
      h("div", { class: "form-tools" }, submit({ correct: "Record the correction", reject: "Reject", dispute: "Dispute" }[deed as string] ?? deed, "send"), button("Cancel", close))),
    };
    made.element.addEventListener("input", () => { made.dirty = true; });
    drafts.set(wanted, made);
    showDraft();
    if (fields) fields.focus();
    else why.focus();
  }

  function showDraft(): void {
    const draft = id === null ? undefined : drafts.get(id);
    if (slot.firstElementChild === (draft?.element ?? null)) return;
    slot.replaceChildren(...(draft ? [draft.element] : []));
    for (const one of tools.querySelectorAll<HTMLElement>("[data-testid]")) {
      if (["correct", "reject", "dispute"].includes(one.dataset.testid ?? "")) one.setAttribute("aria-expanded", String(draft?.deed === one.dataset.testid));
    }
  }

  /** Send a verdict on the version that was seen; who was slower decides what happens. */
  async function send(deed: Deed, why: string, changes: Record<string, string>, version?: number): Promise<void> {
    await (full ? null : loading);
    const wanted = id;
    if (wanted === null || !full) return;
    failed.say(null);
    const body = { verdict: deed, why, ...(deed === "correct" ? { changes } : {}) };
    const answer: Answer<GivenVerdict> = await ask(`/events/${part(wanted)}/verdicts`, { method: "POST", body, version: version ?? full.version });
    if (!answer.ok) {
      const { problem } = answer;
      if ((problem.status === 409 || problem.status === 412) && typeof problem.version === "number") {
        if (id === wanted) conflict(deed, why, changes, problem, problem.version);
        else say(`${wanted} was judged by somebody else meanwhile: your verdict was not recorded.`, true);
      } else if (id === wanted) failed.say(lineOf(problem));
      else say(lineOf(problem), true);
      return;
    }
    drafts.delete(wanted);
    remember(why);
    if (deed === "undo") { done.delete(wanted); last = null; } else { done.add(wanted); last = wanted; }
    judged({ version: answer.value.version, event: answer.value.event, evidence: { reviews: [...full.evidence.reviews ?? [], answer.value.review] } });
    say(`${DONE[deed]}: ${inShort(answer.value.event)}.`);
    if (id !== wanted) return;
    clash.hidden = true;
    showDraft();
    full = { version: answer.value.version, event: answer.value.event, evidence: { reviews: [...full.evidence.reviews ?? [], answer.value.review] } };
    drawState();
    if (deed !== "undo" && deed !== "correct") step(1);
    else element.querySelector<HTMLElement>("[data-testid=unchecked-next]")?.focus();
  }

  function conflict(deed: Deed, why: string, changes: Record<string, string>, problem: Problem, version: number): void {
    const mine = [DONE[deed].toLowerCase(), why, ...Object.entries(changes).map(([field, value]) => `${field} = ${value}`)].filter(Boolean).join("; ");
    draw([
      h("p", {}, h("strong", {}, whoseVerdict(problem.verdicts ?? []))),
      verdicts(problem.verdicts ?? []),
      problem.event ? h("p", { dir: "auto" }, `It counts now as: ${inShort(problem.event)}.`) : null,
      h("p", { dir: "auto" }, `Yours is not recorded: ${mine}.`),
      h("div", { class: "form-tools" },
        button("Record mine as well", () => {
          clash.hidden = true;
          const draft = id === null ? undefined : drafts.get(id);
          if (draft) draft.version = version;
          void send(deed, why, changes, version);
        }, { "data-testid": "conflict-mine" }),
        button("Leave theirs", () => { leave(); }, { "data-testid": "conflict-theirs" })),
    ]);
  }

  /** Somebody judged the event while a form on it stands open. */
  function warn(now: FullEvent): void {
    const draft = id === null ? undefined : drafts.get(id);
    if (draft === undefined || draft.version === now.version) return;
    draw([
      h("p", {}, h("strong", {}, whoseVerdict(now.evidence.reviews ?? [])), " What you have begun is still here."),
      verdicts(now.evidence.reviews ?? []),
      h("div", { class: "form-tools" },
        button("Go on with mine", () => { draft.version = now.version; clash.hidden = true; draft.why.focus(); }, { "data-testid": "conflict-mine" }),
        button("Leave theirs", () => { leave(); }, { "data-testid": "conflict-theirs" })),
    ]);
  }

  function leave(): void {
    if (id !== null) drafts.delete(id);
    clash.hidden = true;
    showDraft();
    void load();
  }

  function draw(parts: Child[]): void {
    clash.replaceChildren(...parts.filter((one): one is Node => one instanceof Node));
    clash.hidden = false;
  }

  function whoseVerdict(given: readonly ReviewRecord[]): string {
    const now = given[given.length - 1];
    return now ? `${now.by === me.name ? "You (elsewhere)" : now.by} judged this event meanwhile: ${VERDICTS[now.verdict] ?? now.verdict}.` : "The account was read anew meanwhile.";
  }

  function verdicts(given: readonly ReviewRecord[]): HTMLElement {
    return h("ol", { class: "plain" }, ...given.slice(-5).map((one) => h("li", { class: "faint wrap", dir: "auto" }, said(one))));
  }

  function remember(why: string): void {
    if (why !== "" && ![...reasons.children].some((one) => one instanceof HTMLOptionElement && one.value === why)) reasons.append(h("option", { value: why }));
  }

  function select({ model, selection }: State): void {
    const event = selection?.what === "event" ? model.data.events[selection.index] : undefined;
    element.hidden = event === undefined;
    if (event?.id === id) return;
    id = event?.id ?? null;
    full = null;
    clash.hidden = true;
    failed.say(null);
    showDraft();
    drawState();
    if (id !== null) void load().then(() => { if (full) warn(full); });
  }

  return {
    element, begin, step,
    update(now, changed) {
      if (changed.has("model")) done.clear();
      if (touches(changed, "selection", "model")) select(now);
    },
    heard(change) {
      if (id === null || !(change.everything === true || change.events?.includes(id))) return;
      const before = full?.version;
      void load().then(() => { if (full && full.version !== before) warn(full); });
    },
  };
}

/** A verdict in one line. */
export function said({ verdict, by, why, at, changes, undoes }: ReviewRecord): string {
  const fields = (changes ?? []).map(([field, value]) => `${field} = ${value.replace(/^[^=]*=/, "") || "none"}`).join(", ");
  return `${undoes ? `undone, so ${VERDICTS[verdict] ?? verdict} again,` : VERDICTS[verdict] ?? verdict} by ${by}, ${at.slice(0, 10)}${why === "" ? "" : `: ${why}`}${fields === "" ? "" : ` (${fields})`}`;
}

/** An event in few words. */
export function inShort(event: EventRecord): string {
  const places = event.places.filter((one) => one.role === "object").map((one) => one.name ?? `“${one.text}”`).join(", ");
  const { earliest, latest } = event.date;
  const when = earliest === latest ? earliest ?? "undated" : `${earliest ?? ".."} to ${latest ?? ".."}`;
  return [`${event.kind}${places === "" ? "" : ` of ${places}`}`, event.actor?.name ? `by ${event.actor.name}` : "", when].filter(Boolean).join(", ");
}

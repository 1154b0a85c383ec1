/**
 * The service for somebody who is known: reading view, pages, keys and the stream of changes, put together.
 *
 * What belongs here: how the parts reach one another. What does not: any of the parts.
 */
import type { App } from "../app";
import { h } from "../dom";
import type { Payload } from "../payload";
import type { Extras, View } from "../views/view";
import { accountsPage } from "./accounts";
import { ask, lineOf, may, part, type FullEvent, type Me } from "./api";
import { comparePage } from "./compare";
import { dismissalPanel } from "./dismissal";
import { exportPage } from "./exporting";
import { historyPage } from "./history";
import { listenToReviewKeys } from "./keys";
import { startLive, type Change, type Live } from "./live";
import { nothingYet } from "./nothing";
import type { PageTools } from "./pages";
import { pending } from "./patching";
import { peoplePage } from "./people";
import { placePanel, type PlacePanel } from "./placing";
import { renew } from "./renew";
import { reviewPanel, type ReviewPanel } from "./review";
import { searchPage } from "./searching";
import { shell, type Shell } from "./shell";
import { toasts } from "./toast";
import { yourPage } from "./yourself";

/** So many events of one change are asked for singly. */
const AT_ONCE = 10;

/** Starts everything; `start` starts the page of the report with extras. */
export function startTogether(root: HTMLElement, me: Me, first: Payload, start: (extras: Extras) => App): void {
  const notes = toasts();
  const say = notes.say;
  const parts: { live?: Live; frame?: Shell; review?: ReviewPanel; placing?: PlacePanel } = {};
  const waiting = pending();
  /** Show what somebody has judged before all data come anew, which takes a while in a large ledger. */
  const judged = (full: FullEvent): void => {
    waiting.add(full);
    const { data } = app.store.get().model;
    const next = waiting.over(data);
    if (next !== data) renew(app.store, next, root);
  };
  const refresh = (): Promise<void> => parts.live?.refresh() ?? Promise.resolve();
  const reading = (): boolean => parts.frame?.current() === "reading";

  const app = start({
    listening: reading, help: true,
    onMap: (map) => { parts.placing?.useMap(map); },
    selected: (store, actions) => {
      const review = parts.review = reviewPanel({ store, actions, me, say, refresh, judged });
      const placing = parts.placing = placePanel(store, me, say);
      return together([review, dismissalPanel(me, say), placing]);
    },
  });
  const tools: PageTools = {
    me, say, refresh,
    go: (page, what = {}) => { parts.frame?.go({ page, what }); },
    read: (what, id) => {
      if (choose(what, id)) return;
      void refresh().then(() => { if (!choose(what, id)) say("It is not in this ledger any more.", true); });
    },
  };
  const choose = (what: "event" | "place" | "finding" | "account", id: string): boolean => {
    const index = app.store.get().model.index[what].get(id);
    if (index === undefined) return false;
    parts.frame?.go({ page: "reading", what: {} });
    if (what === "account") app.store.set({ account: index, tab: "account" });
    else if (what === "event") app.actions.selectEvent(index);
    else if (what === "place") app.actions.selectPlace(index);
    else app.actions.selectFinding(index);
    return true;
  };
  const signOut = async (): Promise<void> => {
    const answer = await ask("/session", { method: "DELETE" });
    if (answer.ok || answer.problem.status === 401) location.assign("/");
    else say(lineOf(answer.problem), true);
  };
  const frame = parts.frame = shell(root, me, notes, {
    accounts: accountsPage(tools), compare: comparePage(tools), history: historyPage(), search: searchPage(tools), exports: exportPage(), you: yourPage(tools),
    ...(me.team && may(me, "admin") ? { people: peoplePage(tools) } : {}),
  }, me.team ? () => { void signOut(); } : null);
  const empty = nothingYet(tools);
  root.append(empty.element);
  empty.update(app.store.get().model);
  listenToReviewKeys({ listening: reading, begin: (deed) => { parts.review?.begin(deed); }, step: (by) => { parts.review?.step(by); }, help: () => { frame.help(); } });
  const live = parts.live = startLive({
    revision: first.revision,
    onLine: (line) => { frame.line(line); },
    onPayload: (payload) => {
      if (payload.revision < app.store.get().model.data.revision) return;
      renew(app.store, waiting.over(payload), root);
      empty.update(app.store.get().model);
      frame.renew();
    },
    onChange: (change) => {
      parts.review?.heard(change);
      const events = change.everything === true ? [] : change.events ?? [];
      if (events.length <= AT_ONCE) for (const id of events) void ask<FullEvent>(`/events/${part(id)}`).then((answer) => { if (answer.ok) judged(answer.value); });
      if (change.by !== null && change.by !== me.name) say(toldOf(change));
    },
    onStranger: () => {
      parts.live?.close();
      say("You are signed out. What you have not sent is still here; sign in again in another tab, then load this page again.", true);
    },
  });
  window.addEventListener("pagehide", () => { live.close(); }, { once: true });
}

/** What somebody else has done, in one line. */
export function toldOf({ by, why, events, accounts }: Change): string {
  const what = (accounts ?? []).length > 0 ? `read ${(accounts ?? []).join(", ")}`
    : (events ?? []).length > 0 ? `judged ${(events ?? []).slice(0, 3).join(", ")}${(events ?? []).length > 3 ? " and more" : ""}` : "changed the ledger";
  return `${by ?? "Somebody"} ${what}${why === "" ? "" : `: ${why}`}`;
}

/** Several views as one. */
function together(views: readonly View[]): View {
  return {
    element: h("div", { class: "deeds" }, ...views.map((view) => view.element)),
    update(state, changed) { for (const view of views) view.update(state, changed); },
  };
}

import assert from "node:assert/strict";
import { test } from "node:test";

import { lineOf, may, problemOf, type EventRecord, type FullEvent } from "../src/service/api";
import { nameFor } from "../src/service/adding";
import { changesOf, dateProblem, fieldsOf, placeFinder, problemsOf } from "../src/service/correcting";
import { placeOf, queryOf } from "../src/service/pages";
import { coordinateProblem } from "../src/service/coordinates";
import { patched, pending } from "../src/service/patching";
import { carried } from "../src/service/renew";
import { nextUnchecked, told } from "../src/service/stepping";
import { buildModel } from "../src/model";
import { passing } from "../src/lit";
import { firstState, NO_FILTER } from "../src/store";
import { day, payload } from "./fixture";

const EVENT: EventRecord = {
  id: "e1", account: "eszaki", kind: "capture", date: { edtf: "1919-05-03", earliest: "1919-05-03", latest: "1919-05-03", basis: "explicit" },
  actor: { id: "red", name: "Red Army" }, against: null,
  places: [{ id: "almas", name: "Almás", text: "Almást", role: "object", extent: "full" }, { id: "berc", name: "Bérc", text: "Bérc", role: "near" }],
  hedged: false, negated: false, attributed_to: null, review: "unchecked",
};
const find = placeFinder(payload().places);

test("a form that nobody has touched changes nothing", () => {
  const fields = fieldsOf(EVENT);
  assert.deepEqual(changesOf(fields, fields, find), {});
  assert.deepEqual(problemsOf(fields, payload().sides), {});
});

test("only what was changed is sent, as the service takes it", () => {
  const before = fieldsOf(EVENT);
  const place = { key: "almas", name: " almasch ", extent: "partial" };
  assert.deepEqual(changesOf(before, { ...before, date: "", actor: "", against: "new:Greens", hedged: true, by: "Ann" }, find),
    { date: "unknown", actor: "nobody", against: "new:Greens", hedged: "yes", attributed_to: "Ann" });
  assert.deepEqual(changesOf(before, { ...before, kind: "hold", places: [place] }, find), { kind: "hold", "place:almas": "almas", "extent:almas": "partial" });
  assert.deepEqual(changesOf(before, { ...before, places: [{ ...place, name: "Nowhere", extent: "full" }] }, find), { "place:almas": "new:Nowhere" });
  assert.deepEqual(changesOf(before, { ...before, further: "Város" }, find), { place: "almas;varos" });
});

test("dates are days, ranges and nothing else", () => {
  for (const good of ["", "unknown", "1919-05-03", "-0043-03-15", "1919-05-03/1919-05-04", "../1919-05-04", "1919-05-03/.."]) assert.equal(dateProblem(good), null, good);
  for (const bad of ["3 May", "1919-02-30", "1919-05", "1919-05-04/1919-05-03", "../..", "1/2/3", "/"]) assert.notEqual(dateProblem(bad), null, bad);
});

test("what is wrong with a form is said by field", () => {
  const wrong = problemsOf({ ...fieldsOf(EVENT), date: "soon", actor: "new: ", against: "greens", places: [{ key: "almas", name: " ", extent: "full" }] }, payload().sides);
  assert.deepEqual(Object.keys(wrong).sort(), ["actor", "against", "date", "places"]);
});

test("the next unchecked event follows the text, round once, over those judged since", () => {
  const model = buildModel(payload());
  const pass = passing({ model, filter: NO_FILTER });
  assert.equal(told(model, pass).length, 5);
  const ids: string[] = [];
  let now: number | null = null;
  for (let step = 0; step < 5; step += 1) {
    now = nextUnchecked(model, pass, now, 0, 1);
    ids.push(model.data.events[now ?? -1]?.id ?? "");
  }
  assert.deepEqual(ids, ["e1", "e3", "e4", "e5", "e1"]);
  assert.equal(nextUnchecked(model, pass, 0, 0, 1, new Set(["e3", "e4"])), model.index.event.get("e5"));
  assert.equal(nextUnchecked(model, pass, 0, 0, 1, new Set(["e3", "e4", "e5"])), null);
  assert.equal(nextUnchecked(model, pass, null, 0, -1), model.index.event.get("e5"));
});

test("newer data keep what was chosen, by id", () => {
  const model = buildModel(payload());
  const state = { ...firstState(model), selection: { what: "event", index: 3 } as const, filter: { ...NO_FILTER, place: 1, sides: new Set([1]) } };
  const data = payload();
  const [first] = data.events;
  assert.ok(first);
  data.events.unshift({ ...first, id: "e0" });
  data.places.reverse();
  const next = carried(state, buildModel(data));
  assert.deepEqual(next.selection, { what: "event", index: 4 });
  assert.equal(next.filter.place, 1);
  assert.deepEqual([...next.filter.sides], [1]);
  assert.equal(next.day, state.day);
  const gone = payload();
  gone.events.splice(3, 1);
  assert.equal(carried(state, buildModel({ ...gone, control: [], findings: [] })).selection, null);
  const same = carried(state, buildModel(payload()));
  assert.equal(same.selection, state.selection);
  assert.equal(same.filter, state.filter);
});

test("a verdict is shown before all data come anew, and never over newer ones", () => {
  const full = (version: number, review: string): FullEvent => ({
    version, evidence: { reviews: [{ event: "e1", verdict: review, by: "Ann", why: "p. 12", at: "2026-11-22T20:00:00Z" }] },
    event: { ...EVENT, review, kind: "hold", date: { edtf: null, earliest: "1919-05-04", latest: null, basis: "explicit" }, against: { id: "white", name: "White Guard" } },
  });
  const now = patched(payload(), [full(2, "corrected")]);
  const event = now.events[0];
  assert.deepEqual([event?.review, event?.kind, event?.earliest, event?.latest, event?.judgements.length], ["corrected", "hold", day(5, 4), null, 1]);
  assert.deepEqual(now.accounts[0]?.checked, { reviewed: 2, total: 5, done: false });
  assert.equal(now.control.length, payload().control.length);
  const same = payload();
  assert.equal(patched(same, [{ ...full(2, "accepted"), event: { ...EVENT, id: "gone" } }]), same);
  const kept = pending();
  kept.add(full(3, "rejected"));
  kept.add(full(2, "accepted"));
  assert.equal(kept.over({ ...payload(), revision: 2 }).events[0]?.review, "rejected");
  assert.equal(kept.over({ ...payload(), revision: 3 }).events[0]?.review, "unchecked");
  assert.equal(kept.over({ ...payload(), revision: 2 }).events[0]?.review, "unchecked");
});

test("a problem is one plain line", () => {
  assert.equal(lineOf({ title: "Conflict", status: 409, detail: "no side 'x' in this ledger" }), "No side 'x' in this ledger.");
  assert.equal(lineOf({ title: "Bad Request", status: 400, detail: "d", errors: [{ key: "why", message: "too long" }] }), "Why: too long.");
  assert.equal(lineOf(problemOf("<html>", 500)), "The service could not do it.");
  assert.equal(lineOf(problemOf(undefined, 502)), "The service does not answer.");
  assert.equal(lineOf(problemOf(undefined, 413)), "It is larger than the server in front of the service lets through.");
  assert.equal(lineOf({ title: "Unauthorized", status: 401 }), "You are signed out: sign in again.");
});

test("roles, addresses, names and coordinates", () => {
  assert.ok(may({ role: "editor" }, "reviewer") && !may({ role: "reader" }, "reviewer"));
  assert.deepEqual(placeOf("?view=accounts&id=a%20b"), { page: "accounts", what: { id: "a b" } });
  assert.equal(placeOf("?view=nonsense").page, "reading");
  assert.deepEqual(placeOf(queryOf({ page: "search", what: { q: "a&b" } })), { page: "search", what: { q: "a&b" } });
  assert.equal(nameFor("\n== The fall of [[Almás]] ==\nOn 3 May"), "The fall of Almás");
  assert.equal(coordinateProblem("34,5", 90), null);
  for (const bad of ["", "north", "91"]) assert.notEqual(coordinateProblem(bad, 90), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { readHash, writeHash } from "../src/hash";
import { firstState, NO_FILTER, type State } from "../src/store";
import { day, model } from "./fixture";

const now = model();

test("what is written is read again", () => {
  const state: State = {
    ...firstState(now), day: day(5, 9), layers: "claimed", tab: "findings", selection: { what: "place", index: 1 },
    filter: { text: "almás & bérc", sides: new Set([1]), kinds: new Set(["capture"]), place: 0, account: 0, review: "accepted", from: day(5, 2), to: null },
  };
  const read = readHash(`#${writeHash(state)}`, now);
  for (const key of ["day", "layers", "tab", "selection", "filter", "account"] as const) assert.deepEqual(read[key], state[key], key);
});

test("a fresh page says only its day", () => {
  assert.equal(writeHash(firstState(now)), "day=1919-05-31");
});

test("nonsense is as if it were not there", () => {
  const read = readHash("#day=soon&event=e99&layers=%00&side=x&kind=%3Cscript%3E&tab=__proto__&from=never&account=nobody&q=", now);
  assert.deepEqual(read, { day: day(5, 31), layers: "both", account: 0, selection: null, filter: NO_FILTER, tab: "map" });
});

test("a day outside the span is the nearest inside", () => {
  assert.equal(readHash("#day=2500-01-01", now).day, day(5, 31));
  assert.equal(readHash("#day=-0500-01-01", now).day, day(5, 1));
});

test("without any date there is no day", () => {
  const empty = model((data) => { data.first = data.last = null; });
  assert.equal(readHash("#day=1919-05-03", empty).day, null);
  assert.equal(writeHash(firstState(empty)), "");
});

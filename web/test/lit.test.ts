import assert from "node:assert/strict";
import { test } from "node:test";

import { isOpen, litBy, passing } from "../src/lit";
import { NO_FILTER, type Filter } from "../src/store";
import { day, model } from "./fixture";

const sift = (patch: Partial<Filter>): ReturnType<typeof passing> => passing({ model: model(), filter: { ...NO_FILTER, ...patch } });

test("without a filter everything passes, events in the order of time, undated last", () => {
  const pass = sift({});
  assert.equal(pass.all, true);
  assert.deepEqual(pass.events, [0, 1, 4, 3, 2]);
  assert.equal(isOpen({ ...NO_FILTER, text: "  " }), true);
});

test("by side, kind, place, check and date", () => {
  assert.deepEqual(sift({ sides: new Set([1]) }).events, [0, 1, 4, 3, 2]);
  assert.deepEqual(sift({ kinds: new Set(["attack", "clash"]) }).events, [4, 2]);
  assert.deepEqual(sift({ place: 0 }).events, [0, 3]);
  assert.deepEqual(sift({ place: 0 }).places, [0]);
  assert.deepEqual(sift({ review: "accepted" }).events, [1]);
  assert.deepEqual(sift({ from: day(5, 10) }).events, [3]);
  assert.deepEqual(sift({ to: day(5, 3) }).events, [0]);
  assert.deepEqual(sift({ from: day(5, 3), to: day(5, 4), kinds: new Set(["capture"]) }).events, [0, 1]);
});

test("search finds names under any spelling, whatever their case, and findings by their words", () => {
  assert.deepEqual(sift({ text: "ALMASCH" }).events, [0, 3]);
  assert.deepEqual(sift({ text: "bérc" }).places, [1]);
  assert.deepEqual(sift({ text: "coordinates" }).findings, [1]);
  assert.deepEqual(sift({ text: "almás capture white" }).events, [0, 3]);
  assert.deepEqual(sift({ text: "nothing of the kind" }).events, []);
  assert.deepEqual(sift({ text: "város" }).places, [2]);
});

test("what is lit together", () => {
  const now = model();
  assert.deepEqual([...litBy(now, { what: "event", index: 0 }).places], [0]);
  assert.deepEqual([...litBy(now, { what: "place", index: 0 }).events], [0, 3]);
  assert.deepEqual([...litBy(now, { what: "finding", index: 0 }).events], [0, 3]);
  assert.equal(litBy(now, null).events.size, 0);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { parsePayload } from "../src/payload";
import { createStore, firstState } from "../src/store";
import { model } from "./fixture";

test("listeners hear what changed, once, and nothing when nothing did", () => {
  const store = createStore(firstState(model()));
  const heard: string[] = [];
  const end = store.subscribe((state, changed) => heard.push(`${[...changed].join()}:${String(state.speed)}`));
  store.set({ speed: 2, tab: "map" });
  store.set({ speed: 2 });
  end();
  store.set({ speed: 4 });
  assert.deepEqual(heard, ["speed:2"]);
});

test("a listener that changes something is heard by those after it with the newest state", () => {
  const store = createStore(firstState(model()));
  const seen: number[] = [];
  store.subscribe((state) => { if (state.speed === 2) store.set({ speed: 3 }); });
  store.subscribe((state) => seen.push(state.speed));
  store.set({ speed: 2 });
  assert.equal(seen.at(-1), 3);
});

test("data of another format are refused", () => {
  assert.throws(() => parsePayload('{"format": 2}'), /format 1/);
  assert.throws(() => parsePayload("[]"), /format 1/);
  assert.throws(() => parsePayload("{"), SyntaxError);
});

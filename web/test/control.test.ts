import assert from "node:assert/strict";
import { test } from "node:test";

import { hasTrack, inWords, standing, stepAt, stepOn, tally } from "../src/control";
import { day, model } from "./fixture";

test("a step is in force from its day until the next", () => {
  const now = model();
  const steps = now.tracks.assessed[0] ?? [];
  assert.equal(stepAt(steps, day(5, 2))?.state, "unknown");
  assert.equal(stepAt(steps, day(5, 3))?.state, "held");
  assert.equal(stepAt(steps, day(5, 19))?.state, "held");
  assert.equal(stepAt(steps, day(5, 20))?.state, "unknown");
  assert.equal(stepAt(steps, day(5, 24))?.state, "contested");
  assert.equal(stepAt([], 0), null);
});

test("a lookup in many steps is the same as reading them in turn", () => {
  const steps = Array.from({ length: 50 }, (_, index) => ({ from: index === 0 ? null : index * 3, soft: null, state: "held" as const, holders: [index], implied: false, since: null, evidence: [] }));
  for (let at = -5; at < 160; at += 1) {
    assert.equal(stepAt(steps, at), steps.filter((step) => step.from === null || step.from <= at).at(-1));
  }
});

test("the claimed layer says what is stated where it says nothing else", () => {
  assert.equal(stepOn(model(), "claimed", 1, day(5, 4))?.holders[0], 0);
  assert.equal(stepOn(model(), "claimed", 0, day(5, 12))?.holders[0], 1);
});

test("a claim shows only where it differs and is asked for", () => {
  const now = model();
  assert.equal(standing(now, 0, day(5, 5), "both").claim, null);
  assert.deepEqual(standing(now, 0, day(5, 13), "both").claim, { state: "held", holders: [1] });
  assert.equal(standing(now, 0, day(5, 13), "both").state, "held");
  assert.equal(standing(now, 0, day(5, 13), "assessed").claim, null);
  assert.equal(standing(now, 0, day(5, 13), "claimed").state, "unknown");
  assert.equal(inWords(now, standing(now, 0, day(5, 13), "both")), "Red Army; claimed: White Guard");
});

test("places of which nothing is said have no track", () => {
  assert.deepEqual([0, 1, 2].map((place) => hasTrack(model(), place)), [true, true, false]);
});

test("the count of a day", () => {
  const now = model();
  assert.deepEqual(tally(now, day(5, 1), "assessed"), { held: [0, 1], contested: 0, unknown: 1, claimed: 0 });
  assert.deepEqual(tally(now, day(5, 25), "both"), { held: [1, 0], contested: 1, unknown: 0, claimed: 1 });
  assert.deepEqual(tally(now, null, "both"), { held: [0, 0], contested: 0, unknown: 2, claimed: 0 });
});

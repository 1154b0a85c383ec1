import assert from "node:assert/strict";
import { test } from "node:test";

import { dayNumber, iso } from "../src/calendar";
import { passing } from "../src/lit";
import { nextEvent, nextEventDay, stepDays, stepPage, within } from "../src/moving";
import { NO_FILTER } from "../src/store";
import { day, model } from "./fixture";

const now = model();
const all = passing({ model: now, filter: NO_FILTER });

test("a step never leaves the span", () => {
  assert.equal(stepDays(now, day(5, 1), -1), day(5, 1));
  assert.equal(stepDays(now, day(5, 31), 1), day(5, 31));
  assert.equal(stepDays(now, day(5, 7), 1), day(5, 8));
  assert.equal(stepDays(now, null, 1), null);
  assert.equal(within(now, day(1, 1)), day(5, 1));
});

test("a page is a week, a month or a year", () => {
  assert.equal(stepPage(now, day(5, 1), 1), day(5, 8));
  const years = model((data) => { data.first = dayNumber(1337, 5, 24); data.last = dayNumber(1453, 10, 19); });
  assert.equal(iso(stepPage(years, dayNumber(1340, 1, 1), 1) ?? 0), "1341-01-01");
  const months = model((data) => { data.first = dayNumber(2011, 1, 1); data.last = dayNumber(2015, 1, 1); });
  assert.equal(iso(stepPage(months, dayNumber(2012, 1, 31), 1) ?? 0), "2012-02-29");
});

test("the next day on which something happens, and the one before", () => {
  assert.equal(nextEventDay(now, all, day(5, 1), 1), day(5, 3));
  assert.equal(nextEventDay(now, all, day(5, 3), 1), day(5, 4));
  assert.equal(nextEventDay(now, all, day(5, 9), 1), null);
  assert.equal(nextEventDay(now, all, day(5, 4), -1), day(5, 3));
  assert.equal(nextEventDay(now, all, day(5, 3), -1), null);
  const few = passing({ model: now, filter: { ...NO_FILTER, kinds: new Set(["attack"]) } });
  assert.equal(nextEventDay(now, few, day(5, 1), 1), day(5, 4));
});

test("the next event, from the one selected or else from the day", () => {
  assert.equal(nextEvent(now, all, 0, null, 1), 1);
  assert.equal(nextEvent(now, all, 0, null, -1), null);
  assert.equal(nextEvent(now, all, null, day(5, 4), 1), 1);
  assert.equal(nextEvent(now, all, null, day(5, 4), -1), 4);
  assert.equal(nextEvent(now, all, 2, null, 1), null);
});

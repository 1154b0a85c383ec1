import assert from "node:assert/strict";
import { test } from "node:test";

import { addMonths, civil, dayNumber, iso, long, parseIso, range, short } from "../src/calendar";

test("day 0 is 1970-01-01, and every day has one spelling", () => {
  assert.equal(iso(0), "1970-01-01");
  assert.equal(dayNumber(2015, 11, 16), 16755);
  for (const text of ["2015-11-16", "0001-01-01", "0000-02-29", "-0043-03-15", "-0218-12-31", "1582-10-15", "12000-01-01"]) {
    assert.equal(iso(parseIso(text) ?? NaN), text);
  }
});

test("civil dates agree with the browser's calendar over three thousand years", () => {
  for (let day = dayNumber(-900, 1, 1); day < dayNumber(2100, 1, 1); day += 97) {
    const date = new Date(day * 86_400_000);
    assert.deepEqual(civil(day), { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
  }
});

test("days that no month has are no days", () => {
  for (const text of ["2015-02-29", "2015-13-01", "2015-00-10", "15-01-01", "yesterday", "", "2015-11-16T10:00"]) assert.equal(parseIso(text), null, text);
});

test("long form: weekday in our calendar, BC in words", () => {
  assert.equal(long(dayNumber(2015, 12, 1)), "Tuesday, 1 December 2015");
  assert.equal(long(dayNumber(-43, 3, 15)), "15 March 44 BC");
  assert.equal(short(dayNumber(0, 1, 2)), "2 Jan 1 BC");
});

test("months are added to the last day that the month has", () => {
  assert.equal(iso(addMonths(dayNumber(2015, 1, 31), 1)), "2015-02-28");
  assert.equal(iso(addMonths(dayNumber(2016, 1, 31), 1)), "2016-02-29");
  assert.equal(iso(addMonths(dayNumber(1, 1, 15), -1)), "0000-12-15");
  assert.equal(iso(addMonths(dayNumber(2015, 12, 31), 1)), "2016-01-31");
});

test("ranges say no more than they know", () => {
  const [a, b] = [dayNumber(2015, 11, 5), dayNumber(2015, 11, 9)];
  assert.equal(range(null, null), "undated");
  assert.equal(range(a, a), "5 Nov 2015");
  assert.equal(range(a, b), "5 – 9 Nov 2015");
  assert.equal(range(a, dayNumber(2015, 12, 9)), "5 Nov – 9 Dec 2015");
  assert.equal(range(a, dayNumber(2016, 1, 9)), "5 Nov 2015 – 9 Jan 2016");
  assert.equal(range(null, b), "by 9 Nov 2015");
  assert.equal(range(a, null), "from 5 Nov 2015");
});

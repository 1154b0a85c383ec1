import assert from "node:assert/strict";
import { test } from "node:test";

import { dayNumber } from "../src/calendar";
import { corners, lookOf } from "../src/palette";
import { Occupied, placeLabels, relax, rings, shorten } from "../src/placing";
import { at, dayAt, ticks } from "../src/scale";

test("the first eight sides differ in colour and in shape, later ones in shape and texture", () => {
  const looks = Array.from({ length: 8 }, (_, side) => lookOf(side, false));
  assert.equal(new Set(looks.map((look) => look.colour)).size, 8);
  assert.equal(new Set(looks.map((look) => look.shape)).size, 8);
  const all = Array.from({ length: 40 }, (_, side) => lookOf(side, true));
  assert.ok(all.slice(8).every(({ colour }) => /^#(..)/.test(colour)));
  assert.equal(new Set(all.slice(8, 32).map((look) => `${look.colour}${look.shape}${look.texture}`)).size, 24);
  assert.ok(all.every(({ shape }) => shape === "circle" || corners(shape).length >= 3));
});

test("rings: as many spots as asked, none on another", () => {
  for (const count of [0, 1, 2, 7, 8, 40]) {
    const spots = rings(count, 19);
    assert.equal(spots.length, count);
    for (const [a, one] of spots.entries()) for (const other of spots.slice(a + 1)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > 12);
  }
});

test("marks are pushed apart, and a mark on its own point hardly moves", () => {
  const spots = [{ x: 0, y: 0 }, { x: 3, y: 0 }, { x: 3, y: 0 }, { x: 200, y: 0 }];
  const moved = relax(spots, [true, false, false, false], 15, 40, 60);
  for (const [a, one] of moved.entries()) for (const other of moved.slice(a + 1)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > 14);
  assert.ok(Math.hypot(moved[0]?.x ?? 99, moved[0]?.y ?? 99) < 6);
  assert.deepEqual(moved[3], { x: 200, y: 0 });
});

test("a mark stays near its place, however crowded it is", () => {
  const spots = Array.from({ length: 60 }, (_, index) => ({ x: index % 3, y: index % 2 }));
  const moved = relax(spots, spots.map(() => false), 15, 20, 30);
  for (const [index, spot] of moved.entries()) assert.ok(Math.hypot(spot.x - (spots[index]?.x ?? 0), spot.y - (spots[index]?.y ?? 0)) <= 20.01);
});

test("labels never cover one another or what is taken; the weightiest stands", () => {
  const taken = new Occupied();
  taken.take({ left: 10, top: -10, right: 200, bottom: 10 });
  const wish = { spot: { x: 0, y: 0 }, width: 60, text: "Almás", side: "right" as const };
  const labels = placeLabels([wish, wish, wish, wish, wish], taken, 14, 9);
  assert.equal(labels[0]?.align, "right");
  assert.ok(labels.length >= 1 && labels.length < 5);
});

test("names are cut by code points", () => {
  assert.equal(shorten("Almás", 10), "Almás");
  assert.equal(shorten("𐎠𐎡𐎢𐎣𐎤𐎥", 4), "𐎠𐎡𐎢…");
});

test("days to pixels and back", () => {
  const window = { from: 100, to: 200 };
  for (const day of [100, 137, 200]) assert.equal(dayAt(window, 700, at(window, 700, day)), day);
  assert.equal(at({ from: 5, to: 5 }, 100, 5), 0);
});

test("an axis has marks that can be read, for a day, a season, a century and before Christ", () => {
  const spans: [number, number][] = [
    [dayNumber(2015, 11, 5), dayNumber(2015, 11, 6)], [dayNumber(2015, 11, 5), dayNumber(2015, 12, 29)],
    [dayNumber(1914, 7, 28), dayNumber(1918, 11, 11)], [dayNumber(1337, 5, 24), dayNumber(1453, 10, 19)],
    [dayNumber(-217, 1, 1), dayNumber(-200, 1, 1)], [dayNumber(-43, 3, 15), dayNumber(-43, 3, 15)],
  ];
  for (const [from, to] of spans) {
    const found = ticks({ from, to: Math.max(to, from + 1) }, 640, 64);
    assert.ok(found.length >= 1 && found.length <= 12, `${String(found.length)} marks`);
    assert.ok(found.every((tick, index) => tick.day >= from && (index === 0 || tick.day > (found[index - 1]?.day ?? tick.day))));
    assert.match(found[0]?.label ?? "", /\d{3,4}|BC/);
  }
});

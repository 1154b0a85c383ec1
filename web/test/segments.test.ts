import assert from "node:assert/strict";
import { test } from "node:test";

import { pieces, paragraphs, stretchAt } from "../src/segments";
import { payload } from "./fixture";

test("paragraphs are the lines that hold something, with their offsets", () => {
  const text = "one\n\n  \ntwo\r\nthree";
  assert.deepEqual(paragraphs(text).map(({ start, end }) => text.slice(start, end).trim()), ["one", "two", "three"]);
  assert.deepEqual(paragraphs(""), []);
});

test("pieces cover a paragraph without gap or overlap, and are what was marked", () => {
  const account = payload().accounts[0];
  assert.ok(account);
  const [first] = paragraphs(account.text);
  assert.ok(first);
  const cut = pieces(first, account.mentions, account.citations, [{ start: 0, end: 41 }]);
  assert.equal(cut.map(({ start, end }) => account.text.slice(start, end)).join(""), account.text.slice(first.start, first.end));
  assert.deepEqual(cut.filter((piece) => piece.mention !== null).map(({ start, end }) => account.text.slice(start, end)), ["május 3-án", "elfoglalta", "Almást"]);
  assert.deepEqual(cut.filter((piece) => piece.citation !== null).map(({ start, end }) => account.text.slice(start, end)), ["[1]"]);
  assert.ok(cut.every((piece) => piece.inSentence === piece.start < 41));
});

test("a sentence that ends within a word cuts it in two, and marks that overlap keep the first", () => {
  const mention = (start: number, end: number): { start: number; end: number; what: "place"; events: number[] } => ({ start, end, what: "place", events: [] });
  const cut = pieces({ start: 0, end: 10 }, [mention(2, 6), mention(4, 8), mention(8, 12)], [], [{ start: 4, end: 9 }]);
  assert.deepEqual(cut.map(({ start, end, mention: index, inSentence }) => [start, end, index, inSentence]),
    [[0, 2, null, false], [2, 4, 0, false], [4, 6, 0, true], [6, 8, null, true], [8, 9, 2, true], [9, 10, 2, false]]);
});

test("marks beyond the paragraph are left to the next, and one that reaches into it is cut", () => {
  const marks = [{ start: 0, end: 3, what: "place" as const, events: [] }, { start: 8, end: 14, what: "place" as const, events: [] }, { start: 30, end: 32, what: "place" as const, events: [] }];
  assert.deepEqual(pieces({ start: 10, end: 20 }, marks, [], []).map(({ start, end, mention }) => [start, end, mention]), [[10, 14, 1], [14, 20, null]]);
});

test("the stretch at an offset", () => {
  const list = [{ start: 0, end: 3 }, { start: 10, end: 12 }];
  assert.deepEqual([-1, 0, 5, 10, 99].map((offset) => stretchAt(list, offset)), [-1, 0, 0, 1, 1]);
});

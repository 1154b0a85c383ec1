/**
 * An account's text in pieces: what is marked, what is cited, what lies in a sentence that is lit up. Pure.
 *
 * What belongs here: cutting. What does not: elements (`views/reader.ts`). Offsets count UTF-16 code units.
 */
import type { Citation, Mention } from "./payload";

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Piece extends Stretch {
  /** Index of the mention that this is. */
  readonly mention: number | null;
  /** Index of the citation that this is. */
  readonly citation: number | null;
  /** Whether it lies in one of the sentences asked for. */
  readonly inSentence: boolean;
}

/** The paragraphs of a text: every line that holds something. */
export function paragraphs(text: string): Stretch[] {
  const found: Stretch[] = [];
  let start = 0;
  for (let end = 0; end <= text.length; end += 1) {
    if (end < text.length && text[end] !== "\n") continue;
    if (text.slice(start, end).trim() !== "") found.push({ start, end });
    start = end + 1;
  }
  return found;
}

/** Index of the last stretch that begins at `offset` or before; -1 when none does. */
export function stretchAt(stretches: readonly Stretch[], offset: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The pieces of one stretch, in order and without gaps. Mentions and citations are sorted by their start; where two
 * overlap against the contract, the first stands.
 */
export function pieces(within: Stretch, mentions: readonly Mention[], citations: readonly Citation[], sentences: readonly Stretch[]): Piece[] {
  const marks = merged(within, mentions, citations);
  const cuts = [...new Set(sentences.flatMap(({ start, end }) => [start, end]))]
    .filter((cut) => cut > within.start && cut < within.end).sort((a, b) => a - b);
  const inSentence = (start: number): boolean => sentences.some((one) => start >= one.start && start < one.end);
  const found: Piece[] = [];
  let position = within.start;
  let cut = 0;
  const put = (end: number, mention: number | null, citation: number | null): void => {
    while (position < end) {
      while ((cuts[cut] ?? Infinity) <= position) cut += 1;
      const next = Math.min(end, cuts[cut] ?? end);
      found.push({ start: position, end: next, mention, citation, inSentence: inSentence(position) });
      position = next;
    }
  };
  for (const { start, end, mention, citation } of marks) {
    put(start, null, null);
    put(end, mention, citation);
  }
  put(within.end, null, null);
  return found;
}

interface Mark extends Stretch {
  readonly mention: number | null;
  readonly citation: number | null;
}

function merged(within: Stretch, mentions: readonly Mention[], citations: readonly Citation[]): Mark[] {
  const marks: Mark[] = [];
  const take = (list: readonly Stretch[], make: (index: number) => Pick<Mark, "mention" | "citation">): void => {
    for (let index = Math.max(0, stretchAt(list, within.start - 1)); index < list.length; index += 1) {
      const one = list[index];
      if (!one || one.start >= within.end) break;
      const [start, end] = [Math.max(one.start, within.start), Math.min(one.end, within.end)];
      if (start < end) marks.push({ start, end, ...make(index) });
    }
  };
  take(mentions, (mention) => ({ mention, citation: null }));
  take(citations, (citation) => ({ mention: null, citation }));
  marks.sort((a, b) => a.start - b.start || a.end - b.end);
  let reached = within.start;
  return marks.filter((mark) => {
    if (mark.start < reached) return false;
    reached = mark.end;
    return true;
  });
}

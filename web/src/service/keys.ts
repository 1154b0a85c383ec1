/** Keys of the check, wherever one does not type. */
import { takesKeys } from "../dom";
import type { Deed } from "./api";

/** Every key and what it does, as the help says it; those of the report come behind. */
export const REVIEW_KEYS: readonly [string, string][] = [
  ["J, K", "the next unchecked event, the one before"],
  ["A", "accept it, and on to the next"],
  ["C", "correct it: kind, date, sides, places, extent"],
  ["R", "reject it, with a reason"],
  ["D", "dispute it, with a reason"],
  ["U", "undo the last verdict"],
  ["Ctrl Enter", "send the form; Enter does, too"],
  ["Esc", "give the form up"],
  ["?", "this help"],
];

const DEEDS: Readonly<Record<string, Deed>> = { a: "accept", c: "correct", r: "reject", d: "dispute", u: "undo" };

export interface KeyOptions {
  readonly listening: () => boolean;
  readonly begin: (deed: Deed) => void;
  readonly step: (by: 1 | -1) => void;
  readonly help: () => void;
}

export function listenToReviewKeys({ listening, begin, step, help }: KeyOptions): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || takesKeys(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") help();
    else if (!listening() || event.repeat) return;
    else {
      const letter = event.key.toLowerCase();
      const deed = DEEDS[letter];
      if (letter === "j" || letter === "k") step(letter === "j" ? 1 : -1);
      else if (deed) begin(deed);
      else return;
    }
    event.preventDefault();
  });
}

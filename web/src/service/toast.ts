/** A line that says what has happened, seen and heard; the last few, each for a while. */
import { h } from "../dom";

export interface Toasts {
  readonly element: HTMLElement;
  /** `failed` lines stay until they are closed. */
  readonly say: (line: string, failed?: boolean) => void;
}

const SECONDS = 6;
const MOST = 3;

export function toasts(): Toasts {
  const element = h("div", { class: "toasts", role: "status", "aria-live": "polite", "data-testid": "toasts" });
  return {
    element,
    say(line, failed = false) {
      const one = h("p", { class: failed ? "toast bad" : "toast" }, h("span", { dir: "auto" }, line),
        h("button", { type: "button", class: "button small bare", "aria-label": "Close this line", onclick: () => { one.remove(); } }, "×"));
      element.append(one);
      while (element.children.length > MOST) element.firstElementChild?.remove();
      if (!failed) window.setTimeout(() => { one.remove(); }, SECONDS * 1000);
    },
  };
}

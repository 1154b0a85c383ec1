/** A small note beside the pointer, for those who have one; what it says can be reached without it, too. */
import { h, nameOf } from "./dom";

export interface Tip {
  readonly element: HTMLElement;
  show(x: number, y: number, room: number, head: string, ...lines: string[]): void;
  hide(): void;
}

const WIDTH = 250;

export function makeTip(testid: string): Tip {
  const element = h("div", { class: "tip", hidden: true, "aria-hidden": "true", "data-testid": testid });
  let said = "";
  return {
    element,
    hide: () => { element.hidden = true; },
    show(x, y, room, head, ...lines) {
      element.hidden = false;
      const left = x + 14 + WIDTH > room ? Math.max(4, x - 14 - WIDTH) : x + 14;
      element.style.transform = `translate(${String(Math.round(left))}px, ${String(Math.round(y + 14))}px)`;
      const key = [head, ...lines].join("\n");
      if (key === said) return;
      said = key;
      element.replaceChildren(nameOf(head, "tip-name"), ...lines.filter((line) => line !== "").map((line) => h("span", { class: "tip-line", dir: "auto" }, line)));
    },
  };
}

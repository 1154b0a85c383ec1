/**
 * Paper: light, in one column, lists and lanes as long as they are (up to a limit that the style sheet sets).
 *
 * Canvases do not follow a style sheet for print, so the page is laid out for paper before it is printed and drawn anew.
 */
import type { Key, State } from "./store";
import { applyTheme, setPaper } from "./theme";
import type { View } from "./views/view";

const THEME: ReadonlySet<Key> = new Set<Key>(["theme"]);

/** Lay the page out for paper while it is printed. */
export function onPrint(views: readonly View[], state: () => State): void {
  let laid = false;
  const lay = (paper: boolean): void => {
    if (paper === laid) return;
    laid = paper;
    setPaper(paper);
    document.documentElement.classList.toggle("printing", paper);
    applyTheme(state().theme);
    for (const view of views) view.update(state(), THEME);
    for (const view of views) view.resize?.();
  };
  window.addEventListener("beforeprint", () => { lay(true); });
  window.addEventListener("afterprint", () => { lay(false); });
  window.matchMedia("print").addEventListener("change", ({ matches }) => { lay(matches); });
}

/** Light and dark: what the reader chose, else what their machine prefers. Sides' colours become style variables. */
import { looksOf, type Look } from "./palette";
import type { Ground } from "./marks";
import type { State, Theme } from "./store";
import { styleOf } from "./dom";

const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");

let onPaper = false;

/** Paper is light, whatever the reader chose for the screen. */
export function setPaper(paper: boolean): void {
  onPaper = paper;
}

/** Whether the page is being printed: then bitmaps may be lost, and lines stay sharp. */
export function isPaper(): boolean {
  return onPaper;
}

/** Whether a theme is dark here and now. */
export function isDark(theme: Theme): boolean {
  return !onPaper && (theme === "auto" ? prefersDark.matches : theme === "dark");
}

/** Call back when the machine's preference changes. */
export function onPreference(listener: () => void): void {
  prefersDark.addEventListener("change", listener);
}

const known = new Map<string, string>();

/** A variable of the style sheet as it stands in this theme; asked of the browser once, for asking makes it work. */
export function styled(name: string): string {
  let value = known.get(name);
  if (value === undefined) known.set(name, (value = styleOf(name)));
  return value;
}

/** Put the theme on the page. */
export function applyTheme(theme: Theme): void {
  known.clear();
  document.documentElement.dataset.theme = isDark(theme) ? "dark" : "light";
}

/** How the sides look now. */
export function looks({ model, theme }: Pick<State, "model" | "theme">): Look[] {
  return looksOf(model.data.sides, isDark(theme));
}

/** What drawings take from the style sheet. */
export function ground(): Ground {
  return { paper: styled("--paper"), faint: styled("--unknown"), ink: styled("--ink") };
}

/**
 * The service's pages beside the reading view: which there are, who sees them, and the address (`?view=…`) that says which.
 *
 * What belongs here: names and addresses. What does not: what any page shows.
 */
import { may, type Me } from "./api";

export type PageName = "reading" | "accounts" | "compare" | "history" | "search" | "exports" | "people" | "you";

export interface Place {
  readonly page: PageName;
  /** What of it: an account's id, say. */
  readonly what: Readonly<Record<string, string>>;
}

const NAMES: readonly PageName[] = ["reading", "accounts", "compare", "history", "search", "exports", "people", "you"];

/** The page that an address names; an unknown one is the reading view. */
export function placeOf(query: string): Place {
  const said = new URLSearchParams(query);
  const page = NAMES.find((name) => name === said.get("view")) ?? "reading";
  said.delete("view");
  return { page, what: Object.fromEntries(said) };
}

/** The query of an address; empty for the reading view. */
export function queryOf({ page, what }: Place): string {
  if (page === "reading") return "";
  return `?${new URLSearchParams({ view: page, ...what }).toString()}`;
}

/** What stands in the bar for somebody. */
export function menuFor(me: Me): readonly (readonly [PageName, string])[] {
  return [
    ["reading", "Read"], ["accounts", "Accounts"], ["compare", "Compare"], ["history", "History"], ["search", "Search"], ["exports", "Export"],
    ...(me.team && may(me, "admin") ? [["people", "People"] as const] : []),
  ];
}

/** What every page is. */
export interface Page {
  readonly element: HTMLElement;
  /** Shown, or its address has changed. */
  open(what: Readonly<Record<string, string>>): void;
  /** The ledger has changed while it is shown. */
  renew(): void;
}

export interface PageTools {
  readonly me: Me;
  readonly go: (page: PageName, what?: Record<string, string>) => void;
  /** To the reading view, with this selected. */
  readonly read: (what: "event" | "place" | "finding" | "account", id: string) => void;
  readonly say: (line: string, failed?: boolean) => void;
  readonly refresh: () => Promise<void>;
}

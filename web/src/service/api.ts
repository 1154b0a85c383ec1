/**
 * Asking the service: one way for all questions, and every failure as a value with a plain line.
 *
 * What belongs here: requests, problems, and the records that only the service has (docs/service.md). What does not: what
 * is done with an answer.
 */
export const API = "/api/v1";

export type Role = "reader" | "reviewer" | "editor" | "admin";
export type Deed = "accept" | "correct" | "reject" | "dispute" | "undo";

export interface Me { name: string; role: Role; team: boolean; ledger: string; revision: number; version: string }

export interface ActorRecord { id: string | null; name: string | null; text?: string | null; inferred?: boolean }
export interface PlaceRecord { id: string | null; name: string | null; text: string; role: string; extent?: string }
/** An event record of docs/records.md, as far as the page asks for it. */
export interface EventRecord {
  id: string;
  account: string;
  kind: string;
  date: { edtf: string | null; earliest: string | null; latest: string | null; basis: string };
  actor: ActorRecord | null;
  against: ActorRecord | null;
  places: PlaceRecord[];
  hedged: boolean;
  negated: boolean;
  background?: boolean;
  attributed_to: string | null;
  review: string;
}
export interface ReviewRecord { event: string; verdict: string; by: string; why: string; at: string; changes?: [string, string][]; revision?: number; undoes?: number }
export interface FullEvent { version: number; event: EventRecord; evidence: { reviews?: ReviewRecord[] } }
export interface GivenVerdict { review: ReviewRecord; version: number; event: EventRecord }
export interface Progress { account: string; events: number; unchecked: number; accepted: number; corrected: number; rejected: number; disputed: number; accuracy_checked: boolean }
export interface AccountCard { id: string; title: string | null; lang: string | null; date: string | null; source: string | null; characters: number; first: string | null; last: string | null; revision: number; progress: Progress }
export interface AccountRevision { revision: number; until: number | null; at: string | null; by: string | null; characters: number; title: string | null }
export interface AccountChange { account: string; revision: number; before: AccountRevision | null; after: AccountRevision; gained: EventRecord[]; lost: EventRecord[]; reread: EventRecord[]; kept: number }
export interface Taken { id: string; state: "waiting" | "reading" | "done" | "failed"; accounts?: string[]; coded?: Record<string, number>; problems?: { code?: string; message?: string }[]; notes?: string[]; error?: Problem | null }
export interface Page<T> { items: T[]; total: number; next: string | null }

/** What went wrong, after RFC 9457. */
export interface Problem {
  title: string;
  status: number;
  type?: string;
  detail?: string;
  errors?: { key?: string; message?: string }[];
  version?: number | null;
  event?: EventRecord | null;
  verdicts?: ReviewRecord[];
  accounts?: string[];
}

export type Answer<T> = { readonly ok: true; readonly value: T; readonly status: number } | { readonly ok: false; readonly problem: Problem };

export interface Question {
  readonly method?: "GET" | "POST" | "DELETE";
  /** Sent as JSON; a Blob as it is. */
  readonly body?: unknown;
  /** The version that is judged. */
  readonly version?: number | null;
  readonly signal?: AbortSignal;
}

/** Ask; what failed is an answer, too. A service that does not answer at all has status 0. */
export async function ask<T>(path: string, { method = "GET", body, version, signal }: Question = {}): Promise<Answer<T>> {
  const headers = new Headers({ Accept: "application/json" });
  const blob = body instanceof Blob;
  if (body !== undefined) headers.set("Content-Type", blob ? "application/octet-stream" : "application/json");
  if (version !== undefined && version !== null) headers.set("If-Match", `"${String(version)}"`);
  let answer: Response;
  try {
    answer = await fetch(`${API}${path}`, {
      method, headers, body: body === undefined ? null : blob ? body : JSON.stringify(body), credentials: "same-origin", signal: signal ?? null,
    });
    const text = await answer.text();
    const value = valueOf(text);
    return answer.ok && value !== undefined ? { ok: true, value: value as T, status: answer.status } : { ok: false, problem: problemOf(value, answer.status) };
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return { ok: false, problem: { title: "stopped", status: -1 } };
    return { ok: false, problem: { title: "No answer", status: 0, detail: "the service does not answer" } };
  }
}

/** What a text says as JSON; undefined where it is none: a proxy in front of the service answers with pages of its own. */
function valueOf(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const OF_PROXIES: Readonly<Record<number, string>> = {
  413: "it is larger than the server in front of the service lets through", 502: "the service does not answer", 504: "the service does not answer in time",
};

/** A problem, whatever came. */
export function problemOf(value: unknown, status: number): Problem {
  return typeof value === "object" && value !== null && "title" in value && typeof value.title === "string"
    ? { ...(value as Problem), status }
    : { title: "Failed", status, detail: OF_PROXIES[status] ?? "the service could not do it" };
}

/** A problem in one plain line. */
export function lineOf(problem: Problem): string {
  if (problem.status === 401) return "You are signed out: sign in again.";
  if (problem.status === 403 && problem.type === "/problems/origin") return "The service refused: this page was opened under another address than its own.";
  const fields = (problem.errors ?? []).map(({ key, message }) => [key, message].filter(Boolean).join(": ")).filter(Boolean);
  const words = fields.length > 0 ? fields.join("; ") : (problem.detail ?? "") === "" ? problem.title : problem.detail ?? "";
  const line = words.replace(/^./u, (first) => first.toLocaleUpperCase("en"));
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** All items of a list that comes in pages, at most so many pages. */
export async function all<T>(path: string, pages = 50): Promise<Answer<T[]>> {
  const found: T[] = [];
  let next: string | null = path;
  for (let page = 0; next !== null && page < pages; page += 1) {
    const answer: Answer<Page<T>> = await ask<Page<T>>(next.replace(API, ""));
    if (!answer.ok) return answer;
    found.push(...answer.value.items);
    next = answer.value.next;
  }
  return { ok: true, value: found, status: 200 };
}

const RANK: Readonly<Record<Role, number>> = { reader: 1, reviewer: 2, editor: 3, admin: 4 };

/** Whether somebody may do what asks for this role. */
export function may(me: Pick<Me, "role">, wanted: Role): boolean {
  return RANK[me.role] >= RANK[wanted];
}

/** A part of a path. */
export const part = (text: string): string => encodeURIComponent(text);

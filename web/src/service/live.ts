/**
 * What others do, as it happens: the stream of changes, and the page's data after each of them.
 *
 * What belongs here: the stream, coming back to it, asking for data once whatever number of changes came. What does not:
 * showing any of it.
 */
import { API, ask } from "./api";
import type { Payload } from "../payload";

/** What a revision concerned. */
export interface Change {
  revision: number;
  at: string;
  by: string | null;
  why: string;
  events?: string[];
  places?: string[];
  findings?: boolean;
  accounts?: string[];
  everything?: boolean;
}

export type Line = "joining" | "open" | "away" | "closed";

export interface LiveOptions {
  readonly revision: number;
  readonly onPayload: (payload: Payload) => void;
  readonly onChange: (change: Change) => void;
  readonly onLine: (line: Line) => void;
  /** Nobody knows who asks any more. */
  readonly onStranger: () => void;
}

export interface Live {
  /** Ask for the data now; resolves when they are shown. */
  refresh(): Promise<void>;
  close(): void;
}

/** A large ledger takes long to send: between two questions, at least so many times what the last one took. */
const REST = 2;
const BACK = [500, 1000, 2000, 4000, 8000];

export function startLive({ revision, onPayload, onChange, onLine, onStranger }: LiveOptions): Live {
  let seen = revision;
  let source: EventSource | null = null;
  let timer: number | undefined;
  let tries = 0;
  let asking: Promise<void> | null = null;
  let again = false;
  let closed = false;

  function open(): void {
    if (closed) return;
    onLine(tries === 0 ? "joining" : "away");
    const stream = source = new EventSource(`${API}/changes?after=${String(seen)}`);
    stream.addEventListener("open", () => { tries = 0; onLine("open"); });
    stream.addEventListener("revision", (event: MessageEvent<string>) => {
      const change = JSON.parse(event.data) as Change;
      if (change.revision <= seen) return;
      seen = change.revision;
      onChange(change);
      void refresh();
    });
    stream.addEventListener("error", () => {
      stream.close();
      if (source !== stream || closed) return;
      onLine("away");
      void back();
    });
  }

  async function back(): Promise<void> {
    const answer = await ask("/me");
    if (!answer.ok && answer.problem.status === 401) { onStranger(); return; }
    window.clearTimeout(timer);
    timer = window.setTimeout(open, answer.ok && tries === 0 ? 0 : BACK[Math.min(tries, BACK.length - 1)]);
    tries += 1;
  }

  const over = (): boolean => closed;
  const wanted = (): boolean => again;

  function refresh(): Promise<void> {
    if (asking) {
      again = true;
      return asking;
    }
    asking = fetchAll().finally(() => { asking = null; });
    return asking;
  }

  async function fetchAll(): Promise<void> {
    let more: boolean;
    do {
      again = false;
      const begun = performance.now();
      const answer = await ask<Payload>("/page");
      if (over()) return;
      if (answer.ok) onPayload(answer.value);
      else if (answer.problem.status === 401) { onStranger(); return; }
      if (wanted()) await new Promise((done) => window.setTimeout(done, Math.min((performance.now() - begun) * REST, 20_000)));
      more = wanted();
    } while (more);
  }

  window.addEventListener("online", () => { if (source?.readyState !== EventSource.OPEN) { window.clearTimeout(timer); source?.close(); open(); } });
  open();
  return {
    refresh,
    close() {
      closed = true;
      window.clearTimeout(timer);
      source?.close();
      onLine("closed");
    },
  };
}

/**
 * The account itself: its words, marked where an event rests on them, its citations live.
 *
 * A paragraph is marked up when it comes near the view, so that a long account is there at once, can be searched by the
 * browser and is never built in one go. What belongs here: the text. What does not: cutting it (`segments.ts`).
 */
import { h, link } from "../dom";
import { litBy } from "../lit";
import type { Account, Mention } from "../payload";
import { pieces, paragraphs, stretchAt, type Stretch } from "../segments";
import type { Selection, State, Store } from "../store";
import { touches, type Actions, type View } from "./view";

const NEAR = "800px";
const MANY = 60;
/** So far a mark may be scrolled before its note closes. */
const DRIFT = 24;

export function readerView(store: Store, actions: Actions): View {
  const choice = h("select", { class: "select", "aria-label": "Account", "data-testid": "account", onchange: () => { store.set({ account: Number(choice.value) }); } });
  const checked = h("span", { class: "checked" });
  const meter = h("progress", { class: "meter", max: 1, "aria-label": "Events that were checked" });
  const text = h("article", { class: "text", tabindex: "0", "aria-label": "Text of the account", "data-testid": "text" });
  const note = h("div", { class: "note", role: "dialog", "aria-label": "Citation", hidden: true, tabindex: "-1", "data-testid": "citation" });
  const key = h("p", { class: "text-key", "aria-label": "How words are marked" }, ...["time", "place", "actor", "trigger"].map((what) =>
    h("span", { class: `m ${what}` }, { time: "date", place: "place", actor: "side", trigger: "event" }[what] ?? "")));
  const element = h("div", { class: "reader" },
    h("div", { class: "reader-head" }, choice, h("div", { class: "progress" }, meter, checked), key), text, note);

  let stretches: Stretch[] = [];
  let blocks: HTMLElement[] = [];
  let dressed = new Set<number>();
  let shown: Account | null = null;
  let lit: ReadonlySet<number> = new Set();
  let noteFor: { mark: HTMLElement; top: number } | null = null;
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) dress(Number((entry.target as HTMLElement).dataset.block));
  }, { root: text, rootMargin: NEAR });

  function build(state: State): void {
    const account = state.model.data.accounts[state.account] ?? null;
    check(account);
    choice.value = String(state.account);
    if (account && shown?.id === account.id && shown.text === account.text) { // the same words, read or judged anew
      shown = account;
      for (const block of dressed) dress(block, true);
      return;
    }
    watcher.disconnect();
    dressed = new Set();
    shown = account;
    stretches = account ? paragraphs(account.text) : [];
    blocks = stretches.map(({ start, end }, block) =>
      h("p", { "data-block": block, dir: "auto" }, account?.text.slice(start, end) ?? ""));
    text.replaceChildren(...blocks);
    text.lang = account?.language ?? "";
    text.dir = account?.rtl ? "rtl" : "ltr";
    text.scrollTop = 0;
    if (!account) text.append(h("p", { class: "nothing" }, "The ledger holds no account."));
    for (const block of blocks) watcher.observe(block);
  }

  function check(account: Account | null): void {
    const { reviewed, total, done } = account?.checked ?? { reviewed: 0, total: 0, done: false };
    meter.value = total === 0 ? 0 : reviewed / total;
    checked.textContent = done ? `accuracy-checked: all ${String(total)} events` : `${String(reviewed)} of ${String(total)} events checked`;
  }

  function dress(block: number, anew = false): void {
    const stretch = stretches[block];
    const target = blocks[block];
    if (!stretch || !target || !shown || (dressed.has(block) && !anew)) return;
    dressed.add(block);
    watcher.unobserve(target);
    const account = shown;
    const { model, selection } = store.get();
    const sentences = lit.size > MANY ? [] : [...lit].map((event) => model.data.events[event])
      .filter((event) => event !== undefined && model.data.accounts[event.account] === account)
      .map((event) => ({ start: event?.sentence[0] ?? 0, end: event?.sentence[1] ?? 0 }));
    target.replaceChildren(...pieces(stretch, account.mentions, account.citations, sentences).map((piece) => {
      const words = account.text.slice(piece.start, piece.end);
      const mention = piece.mention === null ? undefined : account.mentions[piece.mention];
      if (mention) return markOf(mention, words, piece.inSentence, selection);
      if (piece.citation !== null) return citationOf(account, piece.citation, words, piece.inSentence);
      return piece.inSentence ? h("span", { class: "in" }, words) : document.createTextNode(words);
    }));
  }

  function markOf(mention: Mention, words: string, inSentence: boolean, selection: Selection | null): HTMLElement {
    const on = mention.events.some((event) => lit.has(event));
    const events = store.get().model.data.events;
    const mark = h("span", {
      class: `m ${mention.what}${on ? " lit" : ""}${inSentence ? " in" : ""}`,
      "data-events": mention.events.map((event) => events[event]?.id ?? "").join(" "),
      "data-what": mention.what,
    }, words);
    if (mention.events.length === 0) return mark;
    mark.setAttribute("role", "button");
    mark.tabIndex = mention.what === "trigger" ? 0 : -1;
    if (selection?.what === "event") mark.setAttribute("aria-pressed", String(mention.events.includes(selection.index)));
    const choose = (): void => {
      const now = store.get().selection;
      const here = now?.what === "event" ? mention.events.indexOf(now.index) : -1;
      const next = mention.events[(here + 1) % mention.events.length];
      if (next !== undefined) actions.selectEvent(next);
    };
    mark.addEventListener("click", choose);
    mark.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose();
    });
    return mark;
  }

  function citationOf(account: Account, index: number, words: string, inSentence: boolean): HTMLElement {
    const citation = account.citations[index];
    const mark = h("button", {
      type: "button", class: `cite${inSentence ? " in" : ""}`, "aria-haspopup": "dialog", "aria-label": `Citation ${citation?.label ?? ""}`,
      onclick: () => { openNote(account, index, mark); },
    }, words.trim() === "" ? citation?.label ?? "" : words.trim());
    return h("sup", {}, mark);
  }

  function openNote(account: Account, index: number, mark: HTMLElement): void {
    const citation = account.citations[index];
    if (!citation) return;
    note.replaceChildren(
      h("div", { class: "note-head" }, h("strong", {}, `Citation ${citation.label}`),
        h("button", { type: "button", class: "button small", "aria-label": "Close", onclick: closeNote }, "×")),
      h("p", { dir: "auto" }, citation.target ?? "The account does not say what it points to."),
      ...(citation.url === null ? [] : [h("p", {}, link(citation.url, citation.url))]));
    note.hidden = false;
    const [outer, box] = [element.getBoundingClientRect(), mark.getBoundingClientRect()];
    const left = Math.min(Math.max(8, box.left - outer.left - 20), Math.max(8, outer.width - note.offsetWidth - 8));
    const below = box.bottom - outer.top + 6;
    const top = below + note.offsetHeight > outer.height ? Math.max(8, box.top - outer.top - note.offsetHeight - 6) : below;
    note.style.transform = `translate(${String(Math.round(left))}px, ${String(Math.round(top))}px)`;
    note.focus({ preventScroll: true });
    noteFor = { mark, top: box.top };
  }

  function closeNote(): void {
    if (note.hidden) return;
    note.hidden = true;
    noteFor?.mark.focus({ preventScroll: true });
  }

  note.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    closeNote();
  });
  text.addEventListener("scroll", () => {
    if (!note.hidden && noteFor && Math.abs(noteFor.mark.getBoundingClientRect().top - noteFor.top) > DRIFT) note.hidden = true;
  }, { passive: true });
  window.addEventListener("beforeprint", () => { blocks.forEach((_, block) => { dress(block); }); });

  /** Mark anew the paragraphs where something was or is lit, and bring the chosen words into view. */
  function light(state: State): void {
    const before = lit;
    lit = litBy(state.model, state.selection).events;
    const touched = new Set<number>();
    for (const index of new Set([...before, ...lit])) {
      const event = state.model.data.events[index];
      if (!event || state.model.data.accounts[event.account] !== shown) continue;
      for (let block = stretchAt(stretches, event.sentence[0]); block <= stretchAt(stretches, event.sentence[1] - 1); block += 1) touched.add(block);
      for (const said of [...event.places, { start: event.trigger[0] }]) touched.add(stretchAt(stretches, said.start));
    }
    for (const block of touched) if (dressed.has(block) || lit.size <= MANY) dress(block, true);
    const first = state.selection?.what === "event" ? state.model.data.events[state.selection.index]
      : [...lit].map((event) => state.model.data.events[event]).find((event) => event && state.model.data.accounts[event.account] === shown);
    if (first && state.model.data.accounts[first.account] === shown) {
      const block = blocks[stretchAt(stretches, first.trigger[0])];
      bringIn(block?.querySelector<HTMLElement>(".trigger.lit") ?? block);
    }
  }

  function bringIn(target: HTMLElement | undefined): void {
    if (!target || text.clientHeight === 0) return;
    const [outer, box] = [text.getBoundingClientRect(), target.getBoundingClientRect()];
    if (box.top < outer.top + 24 || box.bottom > outer.bottom - 60) text.scrollTop += box.top - outer.top - text.clientHeight * 0.33;
  }

  return {
    element,
    update(state, changed) {
      if (changed.has("model")) {
        choice.replaceChildren(...state.model.data.accounts.map((account, index) => h("option", { value: index }, account.title)));
        choice.hidden = state.model.data.accounts.length < 2;
      }
      const other = touches(changed, "model", "account");
      if (other) build(state);
      if (other || changed.has("selection")) light(state);
    },
    resize() { light(store.get()); },
  };
}


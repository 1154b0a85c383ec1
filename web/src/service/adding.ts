/**
 * Adding an account: a file, dropped or chosen, or pasted text; how far its reading is, and what came of it.
 *
 * What belongs here: the form and the wait. What does not: the list of accounts (`accounts.ts`).
 */
import { h } from "../dom";
import { ask, lineOf, part, type Answer, type Taken } from "./api";
import { alertLine, button, choices, form, labelled, submit } from "./forms";
import type { PageTools } from "./pages";

const SUFFIX = /\.[^.]{1,8}$/;
const LANGUAGES = [["", "detect it"], ["hu", "Hungarian"], ["en", "English"]] as const;

/** What to send again as a revision, when an account of that name is there. */
type Send = (revise: boolean) => Promise<Answer<Taken>>;

/** A name for a pasted text: its first words. */
export function nameFor(text: string): string {
  const line = text.split("\n").map((one) => one.replace(/[=[\]{}'#*|<>]/g, " ").trim()).find((one) => one !== "") ?? "";
  return line.split(/\s+/).slice(0, 6).join(" ").slice(0, 60).trim();
}

export function adding({ say, refresh, read }: PageTools, changed: () => void): { element: HTMLDetailsElement } {
  const told = h("div", { class: "taken", role: "status", "data-testid": "taken" });
  const failed = alertLine("adding-error");
  const language = choices(LANGUAGES, "", { "data-testid": "language" });
  const file = h("input", { type: "file", class: "input", "data-testid": "file", multiple: true });
  const text = h("textarea", { class: "input area", rows: 7, spellcheck: "false", dir: "auto", "data-testid": "paste", placeholder: "Paste the account here: plain text, wikitext or HTML" });
  const name = h("input", { class: "input", type: "text", maxlength: 100, autocomplete: "off", "data-testid": "paste-name" });
  const [fileField, textField, nameField] = [labelled("Files", file, "text, wikitext, HTML, JSON Lines, a dump, or an archive of these; or drop them here"), labelled("Or its text", text), labelled("What it is called", name, "its id is made of it")];
  let named = false;
  name.addEventListener("input", () => { named = name.value !== ""; });
  text.addEventListener("input", () => { if (!named) name.value = nameFor(text.value); });

  const inner = form("Add an account", async () => {
    failed.say(null);
    const files = [...file.files ?? []];
    textField.fault(files.length === 0 && text.value.trim() === "" ? "Choose a file, or paste a text." : null);
    nameField.fault(text.value.trim() !== "" && name.value.trim() === "" ? "Give it a name." : null);
    if (files.length === 0 && (text.value.trim() === "" || name.value.trim() === "")) return;
    for (const one of files) await take(one.name, (revise) => ask(`/accounts/files?name=${part(one.name)}${language.value === "" ? "" : `&lang=${language.value}`}&revise=${String(revise)}`, { method: "POST", body: one }));
    if (text.value.trim() !== "") {
      const body = { name: name.value.trim().replace(SUFFIX, ""), text: text.value, ...(language.value === "" ? {} : { lang: language.value }) };
      await take(body.name, (revise) => ask("/accounts", { method: "POST", body: { ...body, revise } }));
    }
    inner.reset();
    named = false;
  }, null, fileField.element, textField.element, h("div", { class: "form-grid" }, nameField.element, labelled("Language", language).element),
  h("div", { class: "form-tools" }, submit("Read it", "add")), failed.element);

  /** Send, wait, and say what came of it. */
  async function take(called: string, send: Send, revise = false): Promise<void> {
    const line = h("p", { dir: "auto" }, `${called}: being read…`);
    told.prepend(line);
    let answer = await send(revise);
    while (answer.ok && (answer.value.state === "waiting" || answer.value.state === "reading")) {
      line.textContent = `${called}: ${answer.value.state === "waiting" ? "waiting for its turn…" : "being read…"}`;
      answer = await ask<Taken>(`/readings/${part(answer.value.id)}?wait=10`);
    }
    const problem = answer.ok ? answer.value.error ?? null : answer.problem;
    if (problem) {
      const there = problem.accounts ?? [];
      line.classList.add("bad");
      const words = lineOf(problem);
      const said = words.toLowerCase().startsWith(`${called.toLowerCase()}:`) ? words.slice(called.length + 1).trim() : words; // it names the file itself
      line.replaceChildren(h("span", {}, `${called}: ${said} `));
      if (there.length > 0) line.append(button("Read it as a new revision", () => { line.remove(); void take(called, send, true); }, { class: "button small", "data-testid": "revise" }));
      return;
    }
    await refresh();
    if (answer.ok) done(called, line, answer.value);
    changed();
  }

  function done(called: string, line: HTMLElement, { accounts = [], coded = {}, problems = [], notes = [] }: Taken): void {
    line.replaceChildren(h("span", {}, `${called}: read. `), ...accounts.slice(0, 20).flatMap((id) => [
      button(`${id} (${String(coded[id] ?? 0)} events)`, () => { read("account", id); }, { class: "choice", "data-testid": `open-${id}` })]),
    accounts.length > 20 ? ` and ${String(accounts.length - 20)} more. ` : "");
    const more = [...notes, ...problems.map((one) => one.message ?? one.code ?? "")].filter(Boolean);
    if (more.length > 0) line.append(h("details", {}, h("summary", {}, `${String(more.length)} ${more.length === 1 ? "remark" : "remarks"}`), h("ul", { class: "plain" }, ...more.slice(0, 50).map((words) => h("li", { class: "faint wrap" }, words)))));
    say(`Read: ${accounts.slice(0, 3).join(", ")}.`);
  }

  const element = h("details", { class: "adding", "data-testid": "adding" }, h("summary", { class: "adding-head" }, "Add an account"), inner, told);
  for (const type of ["dragenter", "dragover"]) element.addEventListener(type, (event) => { event.preventDefault(); element.classList.add("over"); });
  for (const type of ["dragleave", "drop"]) element.addEventListener(type, () => { element.classList.remove("over"); });
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer && event.dataTransfer.files.length > 0) {
      element.open = true;
      file.files = event.dataTransfer.files;
    }
  });
  return { element };
}

/** Whoever is here: password, tokens for programs, signing out everywhere. */
import { h } from "../dom";
import { ask, lineOf, part, type Answer } from "./api";
import { alertLine, button, form, labelled, submit } from "./forms";
import type { Page, PageTools } from "./pages";

interface Token { id: string; label: string; since: string; until: string | null }

const LEAST = 10;

export function yourPage({ me, say }: PageTools): Page {
  const tokens = h("ul", { class: "plain", "data-testid": "tokens" });
  const fresh = h("div", { role: "status", "data-testid": "token" });
  const failed = alertLine("you-error");
  const label = h("input", { class: "input", type: "text", maxlength: 100, autocomplete: "off", "data-testid": "token-label", placeholder: "QGIS on my laptop" });
  const labelField = labelled("A token for", label);
  const element = h("main", { class: "page", "data-testid": "page-you" }, h("div", { class: "page-in" }, h("h1", { tabindex: "-1", dir: "auto" }, me.name),
    h("p", { class: "faint wrap" }, me.team ? `You are ${me.role} here. frontledger ${me.version}.` : `This service is yours alone, on this machine. frontledger ${me.version}.`), failed.element,
    me.team ? h("section", { class: "sheet", "aria-label": "Sessions" }, h("h2", {}, "Sessions"), h("p", {}, button("Sign out everywhere", () => { void everywhere(); }, { "data-testid": "sign-out-everywhere" }))) : null,
    me.team ? h("section", { class: "sheet", "aria-label": "Password" }, h("h2", {}, "Password"), password()) : null,
    h("section", { class: "sheet", "aria-label": "Tokens" }, h("h2", {}, "Tokens for programs"),
      h("p", { class: "faint wrap" }, "A program sends it as Authorization: Bearer TOKEN and may do what you may do."), tokens,
      form("Make a token", async () => {
        failed.say(null);
        labelField.fault(label.value.trim() === "" ? "Say what it is for." : null);
        if (label.value.trim() === "") return;
        const answer: Answer<{ token: string }> = await ask("/tokens", { method: "POST", body: { label: label.value.trim() } });
        if (!answer.ok) { failed.say(lineOf(answer.problem)); return; }
        const shown = h("input", { class: "input", type: "text", readonly: true, "aria-label": "The new token", "data-testid": "token-value" });
        shown.value = answer.value.token;
        fresh.replaceChildren(h("p", {}, "Keep it now: it is shown this once."), shown);
        label.value = "";
        await list();
      }, null, labelField.element, h("div", { class: "form-tools" }, submit("Make it", "token-make"))), fresh)));

  function password(): HTMLFormElement {
    const [former, now] = [h("input", { class: "input", type: "password", autocomplete: "current-password", maxlength: 200 }), h("input", { class: "input", type: "password", autocomplete: "new-password", maxlength: 200 })];
    const nowField = labelled("From now on", now, `at least ${String(LEAST)} characters; all other sessions end`);
    const made = form("Another password", async () => {
      failed.say(null);
      nowField.fault(now.value.length < LEAST ? `At least ${String(LEAST)} characters.` : null);
      if (now.value.length < LEAST) return;
      const answer = await ask("/me/password", { method: "POST", body: { former: former.value, password: now.value } });
      if (answer.ok) { made.reset(); say("The password is another one now; all other sessions have ended."); } else failed.say(lineOf(answer.problem));
    }, null, h("div", { class: "form-grid" }, labelled("Until now", former).element, nowField.element), h("div", { class: "form-tools" }, submit("Change it", "password-change")));
    return made;
  }

  async function everywhere(): Promise<void> {
    const answer = await ask("/sessions", { method: "DELETE" });
    if (answer.ok) location.assign("/");
    else failed.say(lineOf(answer.problem));
  }

  async function list(): Promise<void> {
    const answer: Answer<Token[]> = await ask("/tokens");
    if (!answer.ok) { failed.say(lineOf(answer.problem)); return; }
    tokens.replaceChildren(...answer.value.map((token) => h("li", {}, h("span", { dir: "auto" }, token.label), h("span", { class: "faint" }, `since ${token.since.slice(0, 10)}${token.until === null ? "" : `, until ${token.until.slice(0, 10)}`}`),
      button("End it", () => { void ask(`/tokens/${part(token.id)}`, { method: "DELETE" }).then((done) => { if (!done.ok) failed.say(lineOf(done.problem)); return list(); }); }, { class: "button small", "aria-label": `End the token ${token.label}` }))));
  }

  return { element, open() { fresh.replaceChildren(); void list(); }, renew() { /* nothing of the ledger */ } };
}

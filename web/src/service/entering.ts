/** Coming in: name and password, an invitation, or (alone) a word on how to come in. Nothing of the ledger is here. */
import { h } from "../dom";
import { ask, lineOf } from "./api";
import { alertLine, form, labelled, submit } from "./forms";

const LEAST = 10;

function frame(root: HTMLElement, title: string, ...children: (HTMLElement | null)[]): void {
  document.body.classList.add("service", "outside");
  document.title = `${title} – frontledger`;
  root.replaceChildren(h("main", { class: "door" }, h("h1", {}, title), ...children.filter((one) => one !== null)));
}

/** Sign in, where there are users; else how one comes in. */
export async function enterPage(root: HTMLElement): Promise<void> {
  if (!await team()) {
    frame(root, "frontledger", h("p", { "data-testid": "alone" }, "This service is for one person. Open the address that was printed where it was started; it works once. Start the service again for another one."));
    return;
  }
  const name = h("input", { class: "input", type: "text", autocomplete: "username", maxlength: 64, required: true, "data-testid": "name" });
  const password = h("input", { class: "input", type: "password", autocomplete: "current-password", maxlength: 200, required: true, "data-testid": "password" });
  const failed = alertLine("enter-error");
  frame(root, "Sign in", form("Sign in", async () => {
    failed.say(null);
    const answer = await ask("/session", { method: "POST", body: { name: name.value.trim(), password: password.value } });
    if (answer.ok) { location.reload(); return; }
    failed.say(answer.problem.status === 400 ? "Give name and password." : answer.problem.status === 401 ? "Name or password is wrong." : lineOf(answer.problem));
    password.select();
  }, null, labelled("Name", name).element, labelled("Password", password).element, failed.element, h("div", { class: "form-tools" }, submit("Sign in", "enter"))));
  name.focus();
}

/** Whether there are users at all, and not one person alone. */
async function team(): Promise<boolean> {
  const answer = await fetch("/health", { credentials: "same-origin" });
  const said: unknown = await answer.json();
  return typeof said === "object" && said !== null && "team" in said && said.team === true;
}

/** Accept an invitation, whose code stands behind the # and goes no further. */
export function joinPage(root: HTMLElement): void {
  const code = location.hash.slice(1);
  history.replaceState(null, "", "/join");
  const password = h("input", { class: "input", type: "password", autocomplete: "new-password", maxlength: 200, required: true, "data-testid": "password" });
  const again = h("input", { class: "input", type: "password", autocomplete: "new-password", maxlength: 200, required: true, "data-testid": "password-again" });
  const failed = alertLine("enter-error");
  const [first, second] = [labelled("A password", password, `at least ${String(LEAST)} characters`), labelled("Once more", again)];
  frame(root, "Welcome", code === "" ? h("p", { class: "fault", role: "alert" }, "The invitation is missing: open the whole address that was sent to you.") : null,
    form("Accept the invitation", async () => {
      failed.say(null);
      first.fault(password.value.length < LEAST ? `At least ${String(LEAST)} characters.` : null);
      second.fault(password.value === again.value ? null : "The two are not the same.");
      if (password.value.length < LEAST || password.value !== again.value) return;
      const answer = await ask("/invitations/accepted", { method: "POST", body: { code, password: password.value } });
      if (answer.ok) location.assign("/");
      else failed.say(lineOf(answer.problem));
    }, null, first.element, second.element, failed.element, h("div", { class: "form-tools" }, submit("Come in", "enter"))));
  password.focus();
}

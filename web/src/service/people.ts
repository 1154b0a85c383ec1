/** Users, for an admin: who may do what, inviting, disabling, signing somebody out everywhere. */
import { h } from "../dom";
import { ask, lineOf, part, type Answer, type Role } from "./api";
import { alertLine, button, choices, form, labelled, submit } from "./forms";
import type { Page, PageTools } from "./pages";

interface User { name: string; role: Role; active: boolean; invited: boolean; since: string }
interface Invited { name: string; role: Role; until: string; path: string }

export const ROLES: readonly (readonly [Role, string])[] = [
  ["reader", "reader: reads"], ["reviewer", "reviewer: also judges"], ["editor", "editor: also adds accounts, corrects places"], ["admin", "admin: also manages people"],
];

export function peoplePage({ me, say }: PageTools): Page {
  const name = h("input", { class: "input", type: "text", maxlength: 64, autocomplete: "off", "data-testid": "invite-name" });
  const role = choices(ROLES, "reviewer", { "data-testid": "invite-role" });
  const failed = alertLine("people-error");
  const given = h("div", { role: "status", "data-testid": "invitation" });
  const body = h("tbody", {});
  const nameField = labelled("Name", name);
  const inviting = form("Invite somebody", async () => {
    failed.say(null);
    nameField.fault(name.value.trim() === "" ? "Give a name." : null);
    if (name.value.trim() === "") return;
    if (await invited(await ask<Invited>("/users", { method: "POST", body: { name: name.value.trim(), role: role.value } }))) { inviting.reset(); }
  }, null, h("div", { class: "form-grid" }, nameField.element, labelled("Role", role).element), h("div", { class: "form-tools" }, submit("Invite", "invite")), failed.element);
  const element = h("main", { class: "page", "data-testid": "page-people" }, h("div", { class: "page-in" }, h("h1", { tabindex: "-1" }, "People"),
    h("section", { class: "sheet", "aria-label": "Invite somebody" }, h("h2", {}, "Invite somebody"), inviting, given),
    h("div", { class: "scroll" }, h("table", { class: "table" }, h("caption", { class: "hidden" }, "Users"),
      h("thead", {}, h("tr", {}, ...["Name", "Role", "Since", "May come in", "Do"].map((words) => h("th", { scope: "col" }, words)))), body))));

  async function invited(answer: Answer<Invited>): Promise<boolean> {
    if (!answer.ok) { failed.say(lineOf(answer.problem)); return false; }
    const address = `${location.origin}${answer.value.path}`;
    const shown = h("input", { class: "input", type: "text", readonly: true, "aria-label": `Invitation for ${answer.value.name}`, "data-testid": "invitation-address" });
    shown.value = address;
    given.replaceChildren(h("p", { dir: "auto" }, `Send this address to ${answer.value.name}. It is shown this once, and holds until ${answer.value.until.slice(0, 10)}.`), shown,
      button("Copy", () => { shown.select(); void navigator.clipboard.writeText(address).then(() => { say("Copied."); }, () => { say("Copy it by hand: the browser does not allow it.", true); }); }, { class: "button small" }));
    await list();
    return true;
  }

  async function list(): Promise<void> {
    const answer: Answer<User[]> = await ask("/users");
    if (!answer.ok) { failed.say(lineOf(answer.problem)); return; }
    body.replaceChildren(...answer.value.map(row));
  }

  async function change(user: User, body_: Partial<Pick<User, "role" | "active">>, told: string): Promise<void> {
    failed.say(null);
    const answer = await ask(`/users/${part(user.name)}`, { method: "POST", body: body_ });
    if (answer.ok) say(told);
    else failed.say(lineOf(answer.problem));
    await list();
  }

  function row(user: User): HTMLElement {
    const own = user.name === me.name;
    const select = choices(ROLES.map(([key]) => [key, key]), user.role, { "aria-label": `Role of ${user.name}`, disabled: own });
    select.addEventListener("change", () => { void change(user, { role: select.value as Role }, `${user.name} is ${select.value} now.`); });
    return h("tr", { "data-user": user.name }, h("th", { scope: "row", dir: "auto" }, user.name), h("td", {}, select), h("td", { class: "days" }, user.since.slice(0, 10)),
      h("td", {}, !user.active ? "disabled" : user.invited ? "invited" : "yes"),
      h("td", {}, h("span", { class: "chips" },
        button(["Invite ", h("span", { class: "hidden" }, user.name), " again"], () => { void ask<Invited>(`/users/${part(user.name)}/invitations`, { method: "POST" }).then(invited); }, { class: "button small" }),
        own ? null : button(["Sign ", h("span", { class: "hidden" }, user.name), " out"], () => { void ask(`/users/${part(user.name)}/sessions`, { method: "DELETE" }).then((answer) => { if (answer.ok) say(`${user.name} is signed out everywhere.`); else failed.say(lineOf(answer.problem)); }); }, { class: "button small", title: "everywhere" }),
        own ? null : button(user.active ? "Disable" : "Enable", () => { void change(user, { active: !user.active }, `${user.name} is ${user.active ? "disabled" : "enabled"}.`); }, { class: "button small", "aria-label": `${user.active ? "Disable" : "Enable"} ${user.name}` }))));
  }

  return { element, open() { given.replaceChildren(); failed.say(null); void list(); }, renew() { /* people are no part of the ledger's history */ } };
}


/** Dismissing the selected finding with a reason, or questioning it again. */
import { h } from "../dom";
import type { State } from "../store";
import { touches, type View } from "../views/view";
import { ask, lineOf, may, part, type Me } from "./api";
import { alertLine, button, form, labelled, submit } from "./forms";

export function dismissalPanel(me: Me, say: (line: string, failed?: boolean) => void): View {
  const failed = alertLine("dismissal-error");
  const slot = h("div", { class: "review-slot" });
  const element = h("section", { class: "review", "aria-label": "Dismiss", hidden: true, "data-testid": "dismissal" }, slot, failed.element);
  let shown = "";

  function draw({ model, selection }: State): void {
    const finding = selection?.what === "finding" ? model.data.findings[selection.index] : undefined;
    element.hidden = finding === undefined || !may(me, "reviewer");
    const key = finding ? `${finding.id} ${String(finding.dismissed !== null)}` : "";
    if (key === shown) return;
    shown = key;
    failed.say(null);
    if (!finding) { slot.replaceChildren(); return; }
    const restore = finding.dismissed !== null;
    const open = button(restore ? "Question it again" : "Dismiss with a reason", () => {
      const why = h("input", { class: "input", type: "text", maxlength: 2000, autocomplete: "off", "data-testid": "dismissal-why" });
      const reason = labelled(restore ? "Why is it to be questioned again?" : "Why is it no question?", why);
      const close = (): void => { slot.replaceChildren(open); open.focus(); };
      slot.replaceChildren(form(restore ? "Question it again" : "Dismiss", async () => {
        reason.fault(why.value.trim() === "" ? "Say why: others will read it." : null);
        if (why.value.trim() === "") { why.focus(); return; }
        const answer = await ask(`/findings/${part(finding.id)}/dismissals`, { method: "POST", body: { why: why.value.trim(), restore } });
        if (!answer.ok) { failed.say(lineOf(answer.problem)); return; }
        failed.say(null);
        say(restore ? "Questioned again." : "Dismissed.");
        slot.replaceChildren(open);
      }, close, reason.element, h("div", { class: "form-tools" }, submit(restore ? "Question again" : "Dismiss", "dismissal-send"), button("Cancel", close))));
      why.focus();
    }, { class: "button small", "data-testid": restore ? "restore" : "dismiss" });
    slot.replaceChildren(open);
  }

  return { element, update(state, changed) { if (touches(changed, "selection", "model")) draw(state); } };
}

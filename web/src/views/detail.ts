/**
 * All that is known of what is selected: an event with the words it rests on, a place with its holders, a finding with
 * what would settle it.
 */
import { range, short } from "../calendar";
import { hasTrack, inWords, standing } from "../control";
import { h, link, nameOf, type Child } from "../dom";
import { BASES, ROLES } from "../kinds";
import { swatch } from "../marks";
import type { Model } from "../model";
import type { Event, Layer, Step } from "../payload";
import type { Store } from "../store";
import { looks } from "../theme";
import { aboutOf, partyOf, sideOf, verdictOf, whenOf, whoOf } from "./rows";
import { touches, type Actions, type View } from "./view";

const MOST = 40;

export function detailView(store: Store, actions: Actions): View {
  const body = h("div", { class: "detail-body", tabindex: "0", role: "region", "aria-label": "Details" });
  const head = h("div", { class: "detail-head" });
  const element = h("aside", { class: "detail", "aria-label": "What is selected", "data-testid": "detail", hidden: true }, head, body);

  function draw(): void {
    const { selection } = store.get();
    element.hidden = selection === null;
    if (!selection) return;
    const [kind, title, parts] = selection.what === "event" ? ofEvent(selection.index)
      : selection.what === "place" ? ofPlace(selection.index) : ofFinding(selection.index);
    head.replaceChildren(h("div", { class: "detail-title" }, h("span", { class: "detail-kind" }, kind), h("h2", { dir: "auto" }, title)),
      h("button", { type: "button", class: "button small", "aria-label": "Close", title: "Close (Esc)", "data-testid": "close", onclick: () => { actions.selectEvent(null); } }, "×"));
    body.replaceChildren(...parts.filter((part): part is Node => part instanceof Node));
    body.scrollTop = 0;
  }

  type Detail = [string, string, Child[]];

  function ofEvent(index: number): Detail {
    const state = store.get();
    const { model } = state;
    const event = model.data.events[index];
    if (!event) return ["event", "", []];
    const sides = looks(state);
    const flags = [event.again ? "again" : "", event.hedged ? "hedged" : "", event.negated ? "denied" : "", event.background ? "in passing" : ""].filter(Boolean);
    return [`${event.kind} · ${event.id}`, aboutOf(model, event) || "no place", [
      quotation(model, event),
      facts([
        ["Date", h("span", {}, whenOf(event), event.edtf === null ? null : h("code", {}, event.edtf))],
        ["Basis", event.basis === null ? null : `${BASES[event.basis] ?? event.basis}${event.dated === null ? "" : `: “${event.dated}”`}`],
        ["Actor", event.actor && h("span", {}, partyOf(model, event.actor, sides), words(event.actor.text))],
        ["Against", event.against && h("span", {}, partyOf(model, event.against, sides), words(event.against.text))],
        ["Places", h("ul", { class: "plain" }, ...event.places.map((said) => h("li", {},
          said.place === null ? h("bdi", {}, `“${said.text}”`) : choice(model.data.places[said.place]?.name ?? said.text, () => { actions.selectPlace(said.place); }),
          h("span", { class: "faint" }, [ROLES[said.role] ?? said.role, said.extent === "partial" ? "in part" : ""].filter(Boolean).join(", ")))))],
        ["Says who", event.by],
        ["Flags", flags.length > 0 ? flags.join(", ") : null],
        ["Citations", event.citations.length > 0 ? citations(model, event) : "none"],
        ["Rule", h("code", {}, event.rule)],
        ["Check", h("span", {}, verdictOf(event.review), h("ul", { class: "plain" }, ...event.judgements.map((one) =>
          h("li", { class: "faint wrap", dir: "auto" }, `${one.verdict} by ${one.by}, ${one.at.slice(0, 10)}${one.why === "" ? "" : `: ${one.why}`}`))))],
      ]),
      findings(model, model.findingsOfEvent.get(index) ?? []),
      h("p", { class: "detail-tools" }, h("button", { type: "button", class: "button small", onclick: () => { store.set({ account: event.account, tab: "account" }); } }, "Show in the account")),
    ]];
  }

  function ofPlace(index: number): Detail {
    const state = store.get();
    const { model } = state;
    const place = model.data.places[index];
    if (!place) return ["place", "", []];
    const now = standing(model, index, state.day, "both");
    const others = place.names.filter((name) => name !== place.name);
    const events = [...model.eventsOfPlace[index] ?? []].sort((a, b) => (model.rank[a] ?? 0) - (model.rank[b] ?? 0));
    return [`place${place.type === null ? "" : ` · ${place.type}`}`, place.name, [
      h("p", { class: "standing", "data-testid": "standing" }, swatch(now, looks(state)), h("span", {}, hasTrack(model, index) ? `${state.day === null ? "" : `${short(state.day)}: `}${inWords(model, now)}` : "No account says who held it; it locates other places.")),
      facts([
        ["Also", others.length > 0 ? h("bdi", { dir: "auto" }, others.join("; ")) : null],
        ["Where", place.lat === null || place.lon === null ? "not located" : `${place.lat.toFixed(4)}, ${place.lon.toFixed(4)}${place.radius === null ? "" : ` ± ${String(place.radius)} km`}`],
        ["Located", place.located],
      ]),
      track(model, index, "assessed"), track(model, index, "claimed"),
      h("h3", { class: "small-head" }, "Events", h("span", { class: "count" }, String(events.length))),
      eventChoices(model, events),
      findings(model, model.findingsOfPlace[index] ?? []),
      h("p", { class: "detail-tools" }, h("button", { type: "button", class: "button small", onclick: () => { store.set({ filter: { ...state.filter, place: index } }); } }, "Show only this place")),
    ]];
  }

  function ofFinding(index: number): Detail {
    const { model } = store.get();
    const finding = model.data.findings[index];
    if (!finding) return ["finding", "", []];
    return [`finding · ${finding.severity}`, finding.code, [
      h("p", { class: "message", dir: "auto" }, finding.message),
      facts([["To settle it", finding.resolve], ["Dismissed", finding.dismissed],
        ["Places", finding.places.length > 0 ? h("ul", { class: "plain" }, ...finding.places.slice(0, MOST).map((place) => h("li", {}, choice(model.data.places[place]?.name ?? "", () => { actions.selectPlace(place); })))) : null]]),
      ...finding.events.slice(0, MOST).flatMap((event) => {
        const one = model.data.events[event];
        return one ? [eventChoices(model, [event]), quotation(model, one)] : [];
      }),
    ]];
  }

  function choice(text: string, act: () => void): HTMLElement {
    return h("button", { type: "button", class: "choice", onclick: act }, nameOf(text));
  }

  function eventChoices(model: Model, events: readonly number[]): HTMLElement {
    const shown = events.slice(0, MOST).map((index) => {
      const event = model.data.events[index];
      return event ? h("li", {}, h("button", { type: "button", class: "choice wide", "data-event": event.id, onclick: () => { actions.selectEvent(index); } },
        h("span", { class: "row-date" }, whenOf(event)), h("strong", {}, event.kind), h("span", { class: "faint", dir: "auto" }, whoOf(model, event)))) : null;
    });
    return h("ul", { class: "plain" }, ...shown, events.length > MOST ? h("li", { class: "faint" }, `and ${String(events.length - MOST)} more`) : null);
  }

  function findings(model: Model, which: readonly number[]): HTMLElement | null {
    if (which.length === 0) return null;
    return h("div", {}, h("h3", { class: "small-head" }, "To question", h("span", { class: "count" }, String(which.length))),
      h("ul", { class: "plain" }, ...which.slice(0, MOST).map((index) => {
        const finding = model.data.findings[index];
        return finding ? h("li", {}, h("button", { type: "button", class: "choice wrap", onclick: () => { actions.selectFinding(index); } },
          h("span", { class: `severity ${finding.severity}` }, finding.severity), h("span", { dir: "auto" }, finding.message))) : null;
      })));
  }

  function track(model: Model, place: number, layer: Layer): HTMLElement | null {
    const steps = model.tracks[layer][place];
    if (!steps) return null;
    return h("div", {}, h("h3", { class: "small-head" }, layer === "assessed" ? "Held" : "Claimed"),
      h("ol", { class: "plain steps" }, ...steps.map((step, index) => stepRow(model, step, steps[index + 1]))));
  }

  function stepRow(model: Model, step: Step, next: Step | undefined): HTMLElement {
    const sides = looks(store.get());
    const until = next?.from ?? null;
    const from = step.from;
    return h("li", {},
      h("button", { type: "button", class: "choice wide", disabled: from === null, onclick: () => { if (from !== null) actions.goTo(from); } },
        h("span", { class: "row-date" }, from !== null ? range(from, until === null ? null : until - 1) : until === null ? "always" : `before ${short(until)}`),
        step.state === "unknown" ? h("span", { class: "faint" }, "unknown") : h("span", { class: "holders" },
          step.state === "contested" ? h("span", { class: "badge" }, "contested") : null, ...step.holders.map((side) => sideOf(model, side, sides)),
          step.implied ? h("span", { class: "badge" }, "implied") : null)));
  }

  return {
    element,
    update(_state, changed) {
      const { selection } = store.get();
      if (touches(changed, "model", "selection", "theme") || (selection?.what === "place" && touches(changed, "day", "layers"))) {
        const top = changed.has("selection") ? 0 : body.scrollTop;
        draw();
        body.scrollTop = top;
      }
    },
  };
}

/** The sentence that an event rests on, its trigger set off. */
function quotation(model: Model, event: Event): HTMLElement {
  const account = model.data.accounts[event.account];
  const text = account?.text ?? "";
  const [[start, end], [from, to]] = [event.sentence, event.trigger];
  const inside = from >= start && to <= end;
  return h("blockquote", { class: "quote", dir: "auto", lang: account?.language ?? null, "data-testid": "quotation" },
    text.slice(start, inside ? from : end), inside ? h("mark", {}, text.slice(from, to)) : null, inside ? text.slice(to, end) : null);
}

function citations(model: Model, event: Event): HTMLElement {
  const known = model.data.accounts[event.account]?.citations ?? [];
  return h("ul", { class: "plain" }, ...event.citations.slice(0, MOST).map((label) => {
    const citation = known.find((one) => one.label === label);
    const target = citation?.target ?? null;
    return h("li", {}, h("span", { class: "cite-label" }, `[${label}] `),
      citation?.url ? link(citation.url, target ?? citation.url) : h("span", { class: target === null ? "faint" : "", dir: "auto" }, target ?? "target not given"));
  }));
}

function words(text: string | null): HTMLElement | null {
  return text === null ? null : h("span", { class: "faint", dir: "auto" }, `“${text}”`);
}

function facts(rows: [string, Child][]): HTMLElement {
  return h("dl", { class: "facts" }, ...rows.filter(([, value]) => value !== null && value !== "").flatMap(([name, value]) => [h("dt", {}, name), h("dd", { dir: "auto" }, value)]));
}


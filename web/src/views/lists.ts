/** The lists: events in the order of time, findings the gravest first, all places by name. */
import { hasTrack, inWords, standing } from "../control";
import { h, nameOf } from "../dom";
import { litBy, passing } from "../lit";
import { swatch } from "../marks";
import type { State, Store } from "../store";
import { looks } from "../theme";
import { virtualList } from "../virtual";
import { aboutOf, questions, verdictOf, whenOf, whoOf } from "./rows";
import { rowData } from "./unlocated";
import { touches, type Actions, type View } from "./view";

interface Kind {
  readonly what: "event" | "place" | "finding";
  readonly label: string;
  readonly testid: string;
  readonly height: number;
  readonly shown: (state: State) => readonly number[];
  readonly row: (state: State, index: number) => HTMLElement;
  readonly choose: (actions: Actions, index: number) => void;
  /** Whether its rows say something of the day. */
  readonly daily: boolean;
  readonly nothing: string;
}

export function eventsView(store: Store, actions: Actions): View {
  return listView(store, actions, {
    what: "event", label: "Events", testid: "events", height: 60, daily: false, nothing: "No event.",
    shown: (state) => passing(state).events,
    choose: (act, index) => { act.selectEvent(index); },
    row: ({ model }, index) => {
      const event = model.data.events[index];
      if (!event) return h("div", { class: "row" });
      const open = questions(model, model.findingsOfEvent.get(index) ?? []);
      return h("div", { class: "row event-row", "data-event": event.id, "data-review": event.review },
        h("span", { class: "row-date" }, whenOf(event)),
        h("span", { class: "two" },
          h("span", { class: "line" }, h("strong", { class: event.negated ? "negated" : "" }, event.kind), nameOf(aboutOf(model, event))),
          h("span", { class: "faint", dir: "auto" }, [whoOf(model, event), event.hedged || event.by !== null ? "only reported" : ""].filter(Boolean).join(" · "))),
        h("span", { class: "row-end" }, event.review === "unchecked" ? null : verdictOf(event.review),
          open > 0 ? h("span", { class: "flag", title: `${String(open)} to question` }, String(open)) : null));
    },
  });
}

export function findingsView(store: Store, actions: Actions): View {
  return listView(store, actions, {
    what: "finding", label: "Findings", testid: "findings", height: 84, daily: false, nothing: "Nothing to question.",
    shown: (state) => passing(state).findings,
    choose: (act, index) => { act.selectFinding(index); },
    row: ({ model }, index) => {
      const finding = model.data.findings[index];
      if (!finding) return h("div", { class: "row" });
      return h("div", { class: `row finding-row${finding.dismissed === null ? "" : " dismissed"}`, "data-finding": finding.id, "data-severity": finding.severity, "data-code": finding.code },
        h("span", { class: "two" },
          h("span", { class: "line" }, h("span", { class: `severity ${finding.severity}` }, finding.severity), h("span", { class: "faint" }, finding.code),
            finding.dismissed === null ? null : h("span", { class: "badge" }, "dismissed")),
          h("span", { class: "clamp", dir: "auto", title: finding.message }, finding.message)));
    },
  });
}

export function placesView(store: Store, actions: Actions): View {
  return listView(store, actions, {
    what: "place", label: "Places", testid: "places", height: 44, daily: true, nothing: "No place.",
    shown: (state) => {
      const { hasPlace, all } = passing(state);
      return all ? state.model.byName : state.model.byName.filter(hasPlace);
    },
    choose: (act, index) => { act.selectPlace(index); },
    row: (state, index) => {
      const now = standing(state.model, index, state.day, state.layers);
      const place = state.model.data.places[index];
      return h("div", rowData(store, index), swatch(now, looks(state)),
        h("span", { class: "two" }, nameOf(place?.name ?? ""), h("span", { class: "faint" }, hasTrack(state.model, index) ? inWords(state.model, now) : "locates other places")),
        h("span", { class: "row-end faint" }, place?.lat === null ? "not on the map" : place?.type ?? ""));
    },
  });
}

function listView(store: Store, actions: Actions, kind: Kind): View {
  let shown: readonly number[] = [];
  let position = new Map<number, number>();
  const list = virtualList({
    label: kind.label, testid: kind.testid, height: kind.height,
    row: (index) => kind.row(store.get(), shown[index] ?? 0),
    choose: (index) => { const chosen = shown[index]; if (chosen !== undefined) kind.choose(actions, chosen); },
  });
  const empty = h("p", { class: "nothing" });
  const element = h("div", { class: "list" }, list.element, empty);
  return {
    element,
    update(state, changed) {
      if (touches(changed, "model", "filter")) {
        shown = kind.shown(state);
        position = new Map(shown.map((index, row) => [index, row]));
        empty.textContent = passing(state).all ? kind.nothing : `${kind.nothing.replace(".", "")} passes the filter.`;
        empty.hidden = shown.length > 0;
        list.reset(shown.length, !changed.has("filter"));
      } else if (changed.has("theme") || (kind.daily && touches(changed, "day", "layers"))) list.refresh();
      if (touches(changed, "model", "filter", "selection")) {
        const lit = litBy(state.model, state.selection);
        const which = kind.what === "event" ? lit.events : kind.what === "place" ? lit.places : new Set<number>();
        const rows = [...which].map((index) => position.get(index)).filter((row) => row !== undefined);
        const chosen = state.selection?.what === kind.what ? position.get(state.selection.index) ?? -1 : Math.min(...rows, Infinity);
        const row = Number.isFinite(chosen) ? chosen : -1;
        list.mark(new Set(row >= 0 ? [...rows, row] : rows), row);
      }
    },
    resize: () => { list.fit(); },
  };
}

/**
 * Words about the selected place: where it is (typed, or dragged on the map), that it is another one, that one of its
 * names is a place of its own.
 *
 * What belongs here: these three forms. What does not: what follows from them (the service places everything anew).
 */
import * as L from "leaflet";

import { h } from "../dom";
import type { Place } from "../payload";
import type { State, Store } from "../store";
import { touches, type View } from "../views/view";
import { ask, lineOf, may, part, type Answer, type Me } from "./api";
import { coordinateProblem, number } from "./coordinates";
import { placeFinder } from "./correcting";
import { alertLine, button, choices, form, labelled, submit } from "./forms";

export interface PlacePanel extends View {
  useMap(map: L.Map): void;
}

export function placePanel(store: Store, me: Me, say: (line: string, failed?: boolean) => void): PlacePanel {
  const failed = alertLine("place-error");
  const slot = h("div", { class: "review-slot" });
  const tools = h("div", { class: "review-tools", role: "toolbar", "aria-label": "Correct this place" });
  const element = h("section", { class: "review", "aria-label": "Correct this place", hidden: true, "data-testid": "placing" }, tools, failed.element, slot);
  let map: L.Map | null = null;
  let marker: L.Marker | null = null;
  let shown: string | null = null;

  const current = ({ model, selection }: State): Place | undefined => selection?.what === "place" ? model.data.places[selection.index] : undefined;

  function close(): void {
    slot.replaceChildren();
    failed.say(null);
    marker?.remove();
    marker = null;
    seen = null;
  }

  /** The version of the place when its form was opened: what was changed since is not written over unseen. */
  let seen: Promise<number | null> | null = null;

  async function versionOf(id: string): Promise<number | null> {
    const answer: Answer<{ version: number }> = await ask(`/places/${part(id)}`);
    if (!answer.ok) failed.say(lineOf(answer.problem));
    return answer.ok ? answer.value.version : null;
  }

  async function record(path: string, id: string, body: Record<string, unknown>): Promise<boolean> {
    failed.say(null);
    const version = await (seen ??= versionOf(id));
    if (version === null) { seen = null; return false; }
    const answer: Answer<{ said: string }> = await ask(path, { method: "POST", body, version });
    if (!answer.ok) {
      const meanwhile = answer.problem.status === 412;
      if (meanwhile) seen = versionOf(id);
      failed.say(meanwhile ? "This place has changed since you began; it is shown as it is now. Nothing is recorded: send it again if it still holds." : lineOf(answer.problem));
      return false;
    }
    close();
    say(answer.value.said.replace(/^./u, (first) => first.toLocaleUpperCase("en")).replace(/[^.]$/, "$&."));
    return true;
  }

  function why(): { field: HTMLElement; value(): string } {
    const input = h("input", { class: "input", type: "text", maxlength: 2000, autocomplete: "off", "data-testid": "place-why" });
    return { field: labelled("Why?", input, "optional").element, value: () => input.value.trim() };
  }

  const ends = (words: string): HTMLElement => h("div", { class: "form-tools" }, submit(words, "place-send"), button("Cancel", close));

  function move(place: Place): void {
    close();
    seen = versionOf(place.id);
    const lat = h("input", { class: "input", type: "text", inputmode: "decimal", autocomplete: "off", "data-testid": "lat" });
    const lon = h("input", { class: "input", type: "text", inputmode: "decimal", autocomplete: "off", "data-testid": "lon" });
    lat.value = place.lat?.toFixed(5) ?? "";
    lon.value = place.lon?.toFixed(5) ?? "";
    const [north, east] = [labelled("Latitude", lat, "north is positive"), labelled("Longitude", lon, "east is positive")];
    const reason = why();
    slot.replaceChildren(form("Where it is", async () => {
      const [a, b] = [coordinateProblem(lat.value, 90), coordinateProblem(lon.value, 180)];
      north.fault(a);
      east.fault(b);
      if (a === null && b === null) await record("/place-moves", place.id, { place: place.id, lat: number(lat.value), lon: number(lon.value), why: reason.value() });
    }, close, h("p", { class: "faint wrap" }, map ? "Drag the flag on the map, or write where it is." : "Write where it is."),
    h("div", { class: "form-grid" }, north.element, east.element), reason.field, ends("Record where it is")));
    flag(place, (point) => {
      lat.value = point.lat.toFixed(5);
      lon.value = point.wrap().lng.toFixed(5);
      north.fault(null);
      east.fault(null);
    });
    for (const input of [lat, lon]) input.addEventListener("input", () => {
      if (coordinateProblem(lat.value, 90) === null && coordinateProblem(lon.value, 180) === null) marker?.setLatLng([number(lat.value), number(lon.value)]);
    });
    lat.focus();
  }

  function flag(place: Place, moved: (point: L.LatLng) => void): void {
    if (!map) return;
    const at = place.lat === null || place.lon === null ? map.getCenter() : L.latLng(place.lat, place.lon);
    marker = L.marker(at, { draggable: true, autoPan: true, keyboard: false, title: place.name, icon: L.divIcon({ className: "flag-icon", html: h("span", { class: "flag-point" }), iconSize: [28, 28], iconAnchor: [14, 14] }) });
    const mine = marker;
    marker.on("drag", () => { moved(mine.getLatLng()); });
    marker.addTo(map);
    if (!map.getBounds().contains(at)) map.panTo(at, { animate: false });
  }

  function merge(place: Place): void {
    close();
    seen = versionOf(place.id);
    const { places } = store.get().model.data;
    const find = placeFinder(places.filter((one) => one.id !== place.id));
    const input = h("input", { class: "input", type: "text", list: "merge-names", autocomplete: "off", "data-testid": "merge-into" });
    const into = labelled("It is the same as", input, `All that is told of ${place.name} will be told of that place.`);
    const reason = why();
    slot.replaceChildren(form("Merge", async () => {
      const found = find(input.value);
      into.fault(found === null ? "The ledger has no other place of that name." : null);
      if (found !== null && await record("/place-merges", place.id, { place: place.id, into: found, why: reason.value() })) {
        const index = store.get().model.index.place.get(found);
        if (index !== undefined) store.set({ selection: { what: "place", index } });
      }
    }, close, into.element, reason.field, ends("Merge"), h("datalist", { id: "merge-names" }, ...places.filter((one) => one.id !== place.id).slice(0, 3000).map((one) => h("option", { value: one.name })))));
    input.focus();
  }

  function split(place: Place): void {
    close();
    seen = versionOf(place.id);
    const names = [...new Set(place.names)].filter((name) => name !== place.name);
    const select = choices(names.map((name) => [name, name]), names[0] ?? "", { "data-testid": "split-name" });
    const reason = why();
    slot.replaceChildren(form("Split", async () => { await record("/place-splits", place.id, { name: select.value, why: reason.value() }); }, close,
      labelled("This name is another place's", select, "It becomes a place of its own.").element, reason.field, ends("Split")));
    select.focus();
  }

  function draw(state: State): void {
    const place = current(state);
    element.hidden = place === undefined || !may(me, "editor");
    if (place?.id !== shown) { close(); shown = place?.id ?? null; }
    if (!place) return;
    tools.replaceChildren(
      button("Move", () => { move(place); }, { class: "button small", "data-testid": "move" }),
      button("Merge", () => { merge(place); }, { class: "button small", "data-testid": "merge" }),
      ...(place.names.some((name) => name !== place.name) ? [button("Split", () => { split(place); }, { class: "button small", "data-testid": "split" })] : []));
  }

  return {
    element,
    useMap(made) { map = made; },
    update(state, changed) { if (touches(changed, "selection", "model")) draw(state); },
  };
}

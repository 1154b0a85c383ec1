/**
 * The map: land and borders from the payload, every located place as it stands on the chosen day.
 *
 * What belongs here: Leaflet, the three canvases, marks and the pointer. What does not: the look of a mark (`marks.ts`),
 * land and names (`map-ink.ts`), the places that have no point (`unlocated.ts`).
 */
import * as L from "leaflet";

import { hasTrack, inWords, standing, type Standing } from "../control";
import { h } from "../dom";
import { litBy, passing } from "../lit";
import { drawStanding, keyOf } from "../marks";
import type { Look } from "../palette";
import { relax, type Spot } from "../placing";
import type { State, Store } from "../store";
import { ground, isPaper, looks, styled } from "../theme";
import { makeTip } from "../tip";
import { MapCanvas, type Frame } from "./map-canvas";
import { drawBase, drawNames, drawUncertainty } from "./map-ink";
import { boundsOf, pathOf, pointsOf, theatreOf, type Point } from "./map-points";
import { touches, type Actions, type View } from "./view";

const REACH = 14;
const RELAXED = 400;
const APART = 15;
const LEASH = 18;

/** Builds the map; Leaflet starts when its element is in the page and has a size. */
export function mapView(store: Store, actions: Actions, onMap?: (map: L.Map) => void): View {
  const canvas = h("div", { class: "map", "data-testid": "map", tabindex: "0", role: "application", "aria-label": "Map. Arrow keys move it, plus and minus zoom. The list of places says the same in words." });
  const tip = makeTip("map-tip");
  const empty = h("p", { class: "nothing map-empty", hidden: true }, "No place is located: all are in the list.");
  const element = h("div", { class: "map-box" }, canvas, tip.element, empty);
  let map: L.Map | null = null;

  let points: Point[] = [];
  let land: Path2D | null = null;
  let borders: Path2D | null = null;
  let drawn: Point[] = [];
  let aways: { scale: number; by: Spot[] } | null = null;
  let sprites = new Map<string, ImageBitmap>();
  let stamps = new WeakMap<Standing, ImageBitmap>();
  let radius = 6.5;
  let widths = new Map<string, number>();
  let fitted = "";

  const base = new MapCanvas((frame) => { drawBase(frame, land, borders); }, "map-base");
  const marks = new MapCanvas((frame) => { drawMarks(frame); }, "map-marks");
  const labels = new MapCanvas((frame) => {
    if (isPaper()) { // a browser may print a canvas without what shows through it: all in one
      frame.context.fillStyle = styled("--sea");
      frame.context.fillRect(0, 0, frame.width, frame.height);
      drawBase(frame, land, borders);
      drawMarks(frame);
    }
    drawLabels(frame);
  }, "map-labels");

  function prepare(map: L.Map, { model }: State): void {
    const { data } = model;
    land = data.land ? pathOf(data.land.land.flat(), true) : null;
    borders = data.land ? pathOf(data.land.borders, false) : null;
    aways = null;
    points = pointsOf(model);
    radius = points.length > 1500 ? 4.5 : points.length > 400 ? 5.5 : 6.5;
    empty.hidden = points.length > 0 || data.places.length === 0;
    const bounds = boundsOf(points);
    const where = JSON.stringify([bounds?.toBBoxString(), data.land?.box]);
    if (where === fitted) return; // the same theatre as before: it stays where the reader has it
    fitted = where;
    const room = Math.min(110, canvas.clientWidth * 0.16); // for names
    const theatre = data.land ? theatreOf(data.land) : null;
    map.setMaxBounds(theatre ?? L.latLngBounds([-85, -720], [85, 720]));
    if (theatre) map.setMinZoom(Math.max(1, map.getBoundsZoom(theatre, true)));
    if (bounds) map.fitBounds(bounds, { paddingTopLeft: [room / 2, 40], paddingBottomRight: [room, 40], maxZoom: 11, animate: false });
    else map.setView(theatre?.getCenter() ?? [20, 20], theatre ? map.getBoundsZoom(theatre, true) : 2, { animate: false });
  }

  function drawMarks(frame: Frame): void {
    const state = store.get();
    const { model, day, layers, selection } = state;
    const lit = litBy(model, selection);
    const pass = passing(state);
    const sides = looks(state);
    const paper = ground();
    drawn = spread(frame);
    const { context } = frame;
    drawUncertainty(frame, drawn, state, lit.places, radius);
    context.strokeStyle = paper.faint;
    context.globalAlpha = 0.35;
    context.lineWidth = 1;
    context.beginPath();
    for (const { x, y, away } of drawn) {
      if (Math.hypot(away.x, away.y) < 4) continue;
      context.moveTo(x - away.x, y - away.y);
      context.lineTo(x, y);
    }
    context.stroke();
    const front: Point[] = [];
    context.imageSmoothingEnabled = false;
    for (const point of drawn) {
      if (point.x < -20 || point.y < -20 || point.x > frame.width + 20 || point.y > frame.height + 20) continue;
      if (lit.places.has(point.place)) { front.push(point); continue; }
      context.globalAlpha = pass.hasPlace(point.place) ? (selection ? 0.75 : 1) : 0.18;
      if (!hasTrack(model, point.place)) dot(context, point, paper.faint);
      else stamp(context, point, standing(model, point.place, day, layers), sides);
    }
    context.globalAlpha = 1;
    for (const point of front) {
      context.beginPath();
      context.arc(point.x, point.y, radius + 3.5, 0, Math.PI * 2);
      context.fillStyle = paper.paper;
      context.strokeStyle = styled("--accent");
      context.lineWidth = 2;
      context.fill();
      context.stroke();
      stamp(context, point, standing(model, point.place, day, layers), sides);
    }
  }

  /** A bitmap and not a canvas: a browser copies a canvas every time that it draws it elsewhere. */
  function paint(now: Standing, sides: readonly Look[]): ImageBitmap {
    const ratio = window.devicePixelRatio || 1;
    const pixels = 2 * Math.ceil((radius * 1.3 + (now.claim ? 5 : 1)) * ratio);
    const size = pixels / ratio;
    const sheet = new OffscreenCanvas(pixels, pixels);
    const context = sheet.getContext("2d");
    context?.scale(ratio, ratio);
    if (context) drawStanding(context, now, sides, ground(), size / 2, size / 2, radius);
    return sheet.transferToImageBitmap();
  }

  /** Where the points stand on the canvas: beside one another, as far as they are few enough. */
  function spread({ scale, dx, dy }: Frame): Point[] {
    if (aways?.scale !== scale) {
      const spots = points.map(({ x, y, away }) => ({ x: x * scale + away.x, y: y * scale + away.y }));
      const apart = spots.length > RELAXED ? spots : relax(spots, points.map(({ away }) => away.x === 0 && away.y === 0), APART, LEASH, 40);
      aways = { scale, by: apart.map((spot, index) => ({ x: spot.x - (points[index]?.x ?? 0) * scale, y: spot.y - (points[index]?.y ?? 0) * scale })) };
    }
    const by = aways.by;
    return points.map((point, index) => {
      const away = by[index] ?? point.away;
      return { place: point.place, away, x: point.x * scale + dx + away.x, y: point.y * scale + dy + away.y };
    });
  }

  /** A place that only locates others. */
  function dot(context: CanvasRenderingContext2D, { x, y }: Spot, colour: string): void {
    context.beginPath();
    context.arc(x, y, 2, 0, Math.PI * 2);
    context.fillStyle = colour;
    context.fill();
  }

  function stamp(context: CanvasRenderingContext2D, { x, y }: Spot, now: Standing, sides: readonly Look[]): void {
    if (isPaper()) {
      drawStanding(context, now, sides, ground(), x, y, radius);
      return;
    }
    let sprite = stamps.get(now);
    if (!sprite) {
      const key = keyOf(now);
      sprite = sprites.get(key) ?? paint(now, sides);
      sprites.set(key, sprite);
      stamps.set(now, sprite);
    }
    // Whole pixels: a bitmap that lies between them would be mixed anew for each mark.
    const ratio = window.devicePixelRatio || 1;
    const size = sprite.width / ratio;
    context.drawImage(sprite, Math.round((x - size / 2) * ratio) / ratio, Math.round((y - size / 2) * ratio) / ratio, size, size);
  }

  function drawLabels(frame: Frame): void {
    const state = store.get();
    const pass = passing(state);
    const here = drawn.filter(({ x, y, place }) =>
      x > -50 && y > -20 && x < frame.width + 50 && y < frame.height + 20 && pass.hasPlace(place));
    drawNames(frame, here, state.model, litBy(state.model, state.selection).places, radius, widths);
  }

  function nearest({ containerPoint }: L.LeafletMouseEvent): number | null {
    const { x, y } = marks.pointOf(containerPoint);
    let best: number | null = null;
    let least = REACH * REACH;
    for (const point of drawn) {
      const distance = (point.x - x) ** 2 + (point.y - y) ** 2;
      if (distance < least) [least, best] = [distance, point.place];
    }
    return best;
  }

  function hover(event: L.LeafletMouseEvent): void {
    const place = nearest(event);
    canvas.classList.toggle("on-mark", place !== null);
    if (place === null) {
      tip.hide();
      return;
    }
    const { model, day, layers } = store.get();
    const one = model.data.places[place];
    const { x, y } = event.containerPoint;
    const about = hasTrack(model, place) ? inWords(model, standing(model, place, day, layers)) : "only locates other places";
    tip.show(x, y, canvas.clientWidth, one?.name ?? "", about, one?.located ?? "");
  }

  function start(): L.Map {
    const made = makeMap(canvas);
    if (store.get().model.data.land) L.control.attribution({ prefix: false }).addAttribution("Land: Natural Earth. Borders are de facto.").addTo(made);
    made.on("mousemove", hover);
    made.on("mouseout movestart", () => { tip.hide(); });
    made.on("click", (event) => { actions.selectPlace(nearest(event)); });
    prepare(made, store.get());
    for (const layer of [base, marks, labels]) layer.addTo(made);
    onMap?.(made);
    return made;
  }

  return {
    element,
    update(state, changed) {
      if (!map) {
        if (canvas.clientWidth > 0) map = start();
        return;
      }
      if (touches(changed, "theme", "model")) { sprites = new Map(); stamps = new WeakMap(); widths = new Map(); }
      if (changed.has("model")) prepare(map, state);
      if (touches(changed, "theme", "model")) base.redraw();
      if (touches(changed, "model", "day", "layers", "selection", "filter", "theme")) marks.redraw();
      if (touches(changed, "model", "selection", "filter", "theme")) labels.redraw();
      if (changed.has("selection")) bringIntoView(map, state, points);
    },
    resize() {
      if (canvas.clientWidth === 0) return;
      if (map) map.invalidateSize({ animate: false, pan: false });
      else map = start();
    },
  };
}

/** Leaflet in an element that is in the page and has its size: Leaflet measures it at once. */
function makeMap(canvas: HTMLElement): L.Map {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(canvas, {
    zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 120, attributionControl: false, zoomControl: true,
    zoomAnimation: !still, fadeAnimation: false, inertia: !still, keyboardPanDelta: 60, minZoom: 1, maxZoom: 14,
  });
  L.control.scale({ imperial: false, maxWidth: 90 }).addTo(map);
  return map;
}

function bringIntoView(map: L.Map, { model, selection }: State, points: readonly Point[]): void {
  const lit = litBy(model, selection).places;
  const chosen = points.filter(({ place }) => lit.has(place));
  const bounds = boundsOf(chosen);
  if (!bounds || map.getBounds().pad(-0.04).contains(bounds)) return;
  if (map.getBoundsZoom(bounds) < map.getZoom()) map.fitBounds(bounds, { padding: [60, 60], maxZoom: map.getZoom() });
  else map.panTo(bounds.getCenter());
}

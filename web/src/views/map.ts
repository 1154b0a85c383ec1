/**
 * The map: land and borders from the payload, every located place as it stands on the chosen day.
 *
 * What belongs here: Leaflet, the three canvases and the pointer. What does not: the look of a mark (`marks.ts`), where
 * labels fit (`placing.ts`), the places that have no point (`unlocated.ts`).
 */
import * as L from "leaflet";

import { hasTrack, inWords, standing, type Standing } from "../control";
import { h } from "../dom";
import { litBy, passing } from "../lit";
import { drawStanding, keyOf } from "../marks";
import { pointOf, type Model } from "../model";
import type { Look } from "../palette";
import { Occupied, placeLabels, relax, rings, shorten, type Spot, type Wish } from "../placing";
import type { Land } from "../payload";
import type { State, Store } from "../store";
import { ground, looks, styled } from "../theme";
import { makeTip } from "../tip";
import { MapCanvas, type Frame } from "./map-canvas";
import { touches, type Actions, type View } from "./view";

const SPACING = 19;
const REACH = 14;
const LABELS = 400;
const RELAXED = 400;
const APART = 15;
const LEASH = 18;

interface Point extends Spot {
  readonly place: number;
  /** Offset from its true point, where several share one. */
  readonly away: Spot;
}

/** Builds the map; `uncertainty` can be switched in its corner. */
export function mapView(store: Store, actions: Actions): View {
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

  const base = new MapCanvas((frame) => { drawBase(frame, land, borders); }, "map-base");
  const marks = new MapCanvas((frame) => { drawMarks(frame); }, "map-marks");
  const labels = new MapCanvas((frame) => { drawLabels(frame); }, "map-labels");

  function prepare(map: L.Map, { model }: State): void {
    const { data } = model;
    land = data.land ? pathOf(data.land.land.flat(), true) : null;
    borders = data.land ? pathOf(data.land.borders, false) : null;
    aways = null;
    points = pointsOf(model);
    radius = points.length > 1500 ? 4.5 : points.length > 400 ? 5.5 : 6.5;
    empty.hidden = points.length > 0 || data.places.length === 0;
    const bounds = boundsOf(points);
    const theatre = data.land ? theatreOf(data.land) : null;
    map.setMaxBounds(theatre ?? L.latLngBounds([-85, -720], [85, 720]));
    if (theatre) map.setMinZoom(Math.max(1, map.getBoundsZoom(theatre, true)));
    if (bounds) map.fitBounds(bounds, { paddingTopLeft: [60, 40], paddingBottomRight: [110, 50], maxZoom: 11, animate: false });
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
  function paint(now: Standing, sides: readonly Look[], size: number): ImageBitmap {
    const ratio = window.devicePixelRatio || 1;
    const sheet = new OffscreenCanvas(Math.round(size * ratio), Math.round(size * ratio));
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
    const size = 2 * Math.ceil(radius * 1.3 + 5);
    let sprite = stamps.get(now);
    if (!sprite) {
      const key = keyOf(now);
      sprite = sprites.get(key) ?? paint(now, sides, size);
      sprites.set(key, sprite);
      stamps.set(now, sprite);
    }
    context.drawImage(sprite, x - size / 2, y - size / 2, size, size);
  }

  function drawLabels(frame: Frame): void {
    const state = store.get();
    const { model, selection } = state;
    const lit = litBy(model, selection);
    const pass = passing(state);
    const { context } = frame;
    context.font = `500 12px ${styled("--sans")}`;
    const taken = new Occupied();
    const here = drawn.filter(({ x, y }) => x > -50 && y > -20 && x < frame.width + 50 && y < frame.height + 20);
    for (const { x, y } of here) taken.take({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
    const wishes = here
      .filter(({ place }) => pass.hasPlace(place))
      .map((point) => ({ point, weight: weightOf(state, point, lit.places) }))
      .sort((a, b) => b.weight - a.weight)
      .slice(0, LABELS)
      .map(({ point }): Wish => {
        const text = shorten(model.data.places[point.place]?.name ?? "", 26);
        let width = widths.get(text);
        if (width === undefined) widths.set(text, (width = context.measureText(text).width));
        return { spot: point, width: width + 4, text, side: point.away.x < -1 ? "left" : "right" };
      });
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = styled("--halo");
    context.fillStyle = styled("--ink");
    const set = placeLabels(wishes, taken, 15, radius + 4);
    for (const { text, x, y, align } of set) {
      context.textAlign = align;
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    }
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

function drawBase({ context, scale, dx, dy }: Frame, land: Path2D | null, borders: Path2D | null): void {
  const ratio = window.devicePixelRatio || 1;
  context.save();
  context.setTransform(scale * ratio, 0, 0, scale * ratio, dx * ratio, dy * ratio);
  if (land) {
    context.fillStyle = styled("--land");
    context.fill(land, "evenodd");
    context.strokeStyle = styled("--coast");
    context.lineWidth = 0.8 / scale;
    context.stroke(land);
  }
  if (borders) {
    context.strokeStyle = styled("--border-line");
    context.lineWidth = 1.1 / scale;
    context.setLineDash([5 / scale, 3 / scale]);
    context.stroke(borders);
  }
  context.restore();
}

/** How far off a point may be: hairlines over one even tint, each circle once; those that are lit stand out. */
function drawUncertainty({ context, scale }: Frame, drawn: readonly Point[], { model }: State, lit: ReadonlySet<number>, radius: number): void {
  const seen = new Set<string>();
  const [all, chosen] = [new Path2D(), new Path2D()];
  const many = drawn.length > 400;
  for (const { place, x, y, away } of drawn) {
    const point = pointOf(model.data.places[place]);
    if (!point || point.radius === 0) continue;
    const on = lit.has(place);
    const pixels = (point.radius / (40_075 * Math.cos((point.lat * Math.PI) / 180))) * 256 * scale;
    const key = `${(x - away.x).toFixed(0)},${(y - away.y).toFixed(0)},${pixels.toFixed(0)}`;
    if (pixels < radius + 2 || (!on && (many || seen.has(key)))) continue;
    seen.add(key);
    const path = on ? chosen : all;
    path.moveTo(x - away.x + pixels, y - away.y);
    path.arc(x - away.x, y - away.y, pixels, 0, Math.PI * 2);
  }
  for (const [path, colour, tint, line] of [[all, styled("--ink"), 0.03, 0.13], [chosen, styled("--accent"), 0.1, 0.9]] as const) {
    context.fillStyle = context.strokeStyle = colour;
    context.lineWidth = 1;
    context.globalAlpha = tint;
    context.fill(path);
    context.globalAlpha = line;
    context.stroke(path);
  }
  context.globalAlpha = 1;
}

function weightOf({ model }: State, { place, away }: Point, lit: ReadonlySet<number>): number {
  const one = model.data.places[place];
  const settled = /city|town|village/.test(one?.type ?? "") || one?.type === null ? 4 : 0;
  return (lit.has(place) ? 1000 : 0) + (away.x === 0 && away.y === 0 ? 8 : 0) + settled
    + Math.min(model.eventsOfPlace[place]?.length ?? 0, 10) - Math.min((one?.radius ?? 0) / 20, 4);
}

function pointsOf({ located, data }: Model): Point[] {
  const groups = new Map<string, { place: number; lat: number; lon: number; radius: number }[]>();
  for (const place of located) {
    const one = pointOf(data.places[place]);
    if (!one) continue;
    const key = `${one.lat.toFixed(3)},${one.lon.toFixed(3)}`;
    const group = groups.get(key);
    if (group) group.push({ place, ...one });
    else groups.set(key, [{ place, ...one }]);
  }
  return [...groups.values()].flatMap((group) => {
    group.sort((a, b) => a.radius - b.radius || a.place - b.place);
    const away = rings(group.length, SPACING);
    return group.map(({ place, lat, lon }, index) => ({ place, ...project(lat, lon), away: away[index] ?? { x: 0, y: 0 } }));
  });
}

/** Web Mercator at zoom 0, in pixels. */
function project(lat: number, lon: number): Spot {
  const { x, y } = L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0);
  return { x, y };
}

function pathOf(lines: readonly number[][][], closed: boolean): Path2D {
  const path = new Path2D();
  for (const line of lines) {
    line.forEach(([lon, lat], index) => {
      const { x, y } = project(lat ?? 0, lon ?? 0);
      if (index === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    });
    if (closed) path.closePath();
  }
  return path;
}

function boundsOf(points: readonly Spot[]): L.LatLngBounds | null {
  if (points.length === 0) return null;
  const back = points.map(({ x, y }) => L.CRS.EPSG3857.pointToLatLng(L.point(x, y), 0));
  return L.latLngBounds(back);
}

/** What the land in the payload covers; null when it is about the whole world. */
function theatreOf({ box: [west, south, east, north] }: Land): L.LatLngBounds | null {
  return east - west > 300 ? null : L.latLngBounds([south, west], [north, east]);
}

function bringIntoView(map: L.Map, { model, selection }: State, points: readonly Point[]): void {
  const lit = litBy(model, selection).places;
  const chosen = points.filter(({ place }) => lit.has(place));
  const bounds = boundsOf(chosen);
  if (!bounds || map.getBounds().pad(-0.04).contains(bounds)) return;
  if (map.getBoundsZoom(bounds) < map.getZoom()) map.fitBounds(bounds, { padding: [60, 60], maxZoom: map.getZoom() });
  else map.panTo(bounds.getCenter());
}

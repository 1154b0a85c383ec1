/**
 * What the map draws beside marks: land and borders, how far off points may be, names.
 *
 * What belongs here: ink on a canvas of the map. What does not: when it is drawn (`map.ts`).
 */
import { pointOf, type Model } from "../model";
import { Occupied, placeLabels, shorten, type Box, type Label, type Wish } from "../placing";
import type { State } from "../store";
import { styled } from "../theme";
import { BEYOND, type Frame } from "./map-canvas";
import type { Point } from "./map-points";

const LABELS = 400;
const NAMED = 12;
const HEIGHT = 15;

/** Land, coast and borders. */
export function drawBase({ context, scale, dx, dy }: Frame, land: Path2D | null, borders: Path2D | null): void {
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
export function drawUncertainty({ context, scale }: Frame, drawn: readonly Point[], { model }: State, lit: ReadonlySet<number>, radius: number): void {
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

/** Names beside their marks where there is room; those of lit places even over other marks. */
export function drawNames(frame: Frame, here: readonly Point[], model: Model, lit: ReadonlySet<number>, radius: number, widths: Map<string, number>): void {
  const { context } = frame;
  context.font = `500 12px ${styled("--sans")}`;
  const weighed = here
    .map((point) => ({ point, weight: weightOf(model, point) }))
    .sort((a, b) => b.weight - a.weight);
  const wish = ({ point }: { point: Point }): Wish => {
    const text = shorten(model.data.places[point.place]?.name ?? "", 26);
    let width = widths.get(text);
    if (width === undefined) widths.set(text, (width = context.measureText(text).width));
    return { spot: point, width: width + 4, text, side: point.away.x < -1 ? "left" : "right" };
  };
  const chosen = weighed.filter(({ point }) => lit.has(point.place)).slice(0, NAMED);
  const around = ({ x, y }: Point): Box => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  const lone = new Occupied();
  for (const { point } of chosen) lone.take(around(point));
  const first = placeLabels(chosen.map(wish), lone, HEIGHT, radius + 6);
  const taken = new Occupied();
  for (const edge of edgesOf(frame)) taken.take(edge); // a name that leaves the view is no name
  for (const point of here) taken.take(around(point));
  for (const { box } of first) taken.take(box);
  const named = new Set(chosen.map(({ point }) => point.place));
  const others = placeLabels(weighed.filter(({ point }) => !named.has(point.place)).slice(0, LABELS).map(wish), taken, HEIGHT, radius + 4);
  write(context, others, 3.5);
  write(context, first, 5);
}

/** The left and the right edge of the map in view, which the canvas goes beyond. */
function edgesOf({ width, height }: Frame): Box[] {
  const beyond = Math.round((width * BEYOND) / (1 + 2 * BEYOND));
  return [beyond, width - beyond - 1].map((left) => ({ left, right: left + 1, top: 0, bottom: height }));
}

function write(context: CanvasRenderingContext2D, labels: readonly Label[], halo: number): void {
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = halo;
  context.strokeStyle = styled("--halo");
  context.fillStyle = styled("--ink");
  for (const { text, x, y, align } of labels) {
    context.textAlign = align;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}

/** Towns before hills, what stands on its own point before what stands around it, the often told before the rest. */
function weightOf(model: Model, { place, away }: Point): number {
  const one = model.data.places[place];
  const settled = /city|town|village/.test(one?.type ?? "") || one?.type === null ? 4 : 0;
  return (away.x === 0 && away.y === 0 ? 8 : 0) + settled
    + Math.min(model.eventsOfPlace[place]?.length ?? 0, 10) - Math.min((one?.radius ?? 0) / 20, 4);
}


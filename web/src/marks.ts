/**
 * Drawing a place's standing: filled where a side holds it, hatched where it is contested, hollow where it is claimed.
 *
 * What belongs here: one mark, on a canvas or as SVG, and the fills of the chart's bars. What does not: where it goes.
 */
import type { Standing } from "./control";
import { s } from "./dom";
import { corners, type Look, type Shape, type Texture } from "./palette";

/** What a mark takes from the style sheet. */
export interface Ground {
  /** The paper on which it is drawn. */
  readonly paper: string;
  /** What is not known. */
  readonly faint: string;
  readonly ink: string;
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Two standings with the same key look the same. */
export function keyOf(now: Standing): string {
  const claim = now.claim ? `${now.claim.state}${now.claim.holders.join(".")}` : "";
  return `${now.state}|${now.holders.join(".")}|${now.implied ? "i" : ""}|${claim}`;
}

/** Draw a standing around (x, y); `radius` is that of the filled mark. */
export function drawStanding(
  context: Context, now: Standing, looks: readonly Look[], ground: Ground, x: number, y: number, radius: number,
): void {
  context.save();
  context.translate(x, y);
  if (now.claim) drawClaim(context, now, looks, ground, radius);
  if (now.state === "unknown") {
    if (!now.claim) drawUnknown(context, ground, radius);
  } else {
    const [first, second] = [looks[now.holders[0] ?? -1], looks[now.holders[1] ?? -1]];
    outline(context, first?.shape ?? "circle", radius);
    if (now.state === "contested") hatch(context, first, second, ground, radius);
    else {
      context.fillStyle = ground.paper;
      context.fill();
      context.globalAlpha = now.implied ? 0.4 : 1;
      context.fillStyle = first?.colour ?? ground.faint;
      context.fill();
      context.globalAlpha = 1;
    }
    outline(context, first?.shape ?? "circle", radius);
    context.strokeStyle = now.implied && now.state === "held" ? first?.colour ?? ground.faint : ground.paper;
    context.lineWidth = now.implied ? 1.4 : 1.2;
    context.stroke();
  }
  context.restore();
}

function drawClaim(context: Context, now: Standing, looks: readonly Look[], ground: Ground, radius: number): void {
  const size = now.state === "unknown" ? radius : radius + 3.2;
  const [first, second] = [looks[now.claim?.holders[0] ?? -1], looks[now.claim?.holders[1] ?? -1]];
  outline(context, first?.shape ?? "circle", size);
  context.fillStyle = ground.paper;
  context.fill();
  context.lineWidth = 2.2;
  context.strokeStyle = first?.colour ?? ground.faint;
  context.stroke();
  if (now.claim?.state === "contested" && second) {
    context.setLineDash([3, 3]);
    context.strokeStyle = second.colour;
    context.stroke();
    context.setLineDash([]);
  }
}

function drawUnknown(context: Context, ground: Ground, radius: number): void {
  outline(context, "circle", radius * 0.55);
  context.fillStyle = ground.paper;
  context.fill();
  context.strokeStyle = ground.faint;
  context.lineWidth = 1.4;
  context.stroke();
}

function hatch(context: Context, one: Look | undefined, other: Look | undefined, ground: Ground, radius: number): void {
  context.save();
  context.clip();
  context.fillStyle = other?.colour ?? ground.paper;
  context.fillRect(-radius * 2, -radius * 2, radius * 4, radius * 4);
  context.strokeStyle = one?.colour ?? ground.faint;
  context.lineWidth = 2.2;
  context.beginPath();
  for (let offset = -radius * 4; offset <= radius * 4; offset += 4.4) {
    context.moveTo(offset - radius * 2, radius * 2);
    context.lineTo(offset + radius * 2, -radius * 2);
  }
  context.stroke();
  context.restore();
}

/** Make the shape the context's path. */
export function outline(context: Context, shape: Shape, radius: number): void {
  context.beginPath();
  const points = corners(shape);
  if (points.length === 0) context.arc(0, 0, radius, 0, Math.PI * 2);
  points.forEach(([x, y], index) => {
    if (index === 0) context.moveTo(x * radius, y * radius);
    else context.lineTo(x * radius, y * radius);
  });
  context.closePath();
}

/** A side's colour with its texture, for a bar of the chart. */
export function barFill(context: Context, look: Look, paper: string): CanvasPattern | string {
  return look.texture === "plain" ? look.colour : tile(context, look, paper) ?? look.colour;
}

/** Diagonal stripes of the sides that contend, for a bar of the chart. */
export function contestedFill(context: Context, colours: readonly string[]): CanvasPattern | string {
  const stripes = colours.length > 0 ? colours : ["#808080"];
  const width = 5 * Math.max(stripes.length, 2);
  return paint(context, width, (c) => {
    for (let x = -width; x < width * 2; x += 1) {
      c.fillStyle = stripes[Math.floor((((x % width) + width) % width) / 5) % stripes.length] ?? "#808080";
      for (let y = 0; y < width; y += 1) c.fillRect((((x + y) % width) + width) % width, y, 1, 1);
    }
  }) ?? stripes[0] ?? "#808080";
}

function tile(context: Context, look: Look, paper: string): CanvasPattern | null {
  const size = look.texture === "sparse" ? 10 : 6;
  return paint(context, size, (c) => {
    c.fillStyle = look.colour;
    c.fillRect(0, 0, size, size);
    c.fillStyle = paper;
    c.globalAlpha = 0.55;
    strokes(c, look.texture, size);
  });
}

function strokes(c: Context, texture: Texture, size: number): void {
  if (texture === "dots" || texture === "sparse") c.fillRect(size / 2 - 0.75, size / 2 - 0.75, 1.5, 1.5);
  if (texture === "rows" || texture === "grid") c.fillRect(0, size / 2, size, 1);
  if (texture === "columns" || texture === "grid") c.fillRect(size / 2, 0, 1, size);
}

function paint(context: Context, size: number, draw: (c: Context) => void): CanvasPattern | null {
  const canvas = document.createElement("canvas");
  const scale = Math.max(1, Math.round(window.devicePixelRatio));
  canvas.width = canvas.height = size * scale;
  const inner = canvas.getContext("2d");
  if (!inner) return null;
  inner.scale(scale, scale);
  draw(inner);
  const pattern = context.createPattern(canvas, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(1 / scale));
  return pattern;
}

/** The same mark as a small picture in the text. */
export function swatch(now: Standing, looks: readonly Look[]): SVGSVGElement {
  const children: Node[] = [];
  const [first, second] = [looks[now.holders[0] ?? -1], looks[now.holders[1] ?? -1]];
  const claimant = looks[now.claim?.holders[0] ?? -1];
  if (now.claim) {
    children.push(figure(claimant?.shape ?? "circle", now.state === "unknown" ? 5 : 7, {
      fill: "none", stroke: claimant?.colour ?? "currentColor", "stroke-width": 1.8,
    }));
  }
  if (now.state === "unknown") {
    if (!now.claim) children.push(figure("circle", 3, { fill: "none", stroke: "currentColor", "stroke-width": 1.3, opacity: 0.6 }));
  } else if (now.state === "contested") {
    children.push(figure(first?.shape ?? "circle", 5.5, { fill: second?.colour ?? "none" }));
    children.push(s("path", { d: "M-4 1 1 -4M-3.5 4 4 -3.5M-1 4.5 4.5 -1", stroke: first?.colour ?? "currentColor", "stroke-width": 1.6 }));
    children.push(figure(first?.shape ?? "circle", 5.5, { fill: "none", stroke: first?.colour ?? "currentColor", "stroke-width": 1 }));
  } else {
    children.push(figure(first?.shape ?? "circle", 5.5, {
      fill: first?.colour ?? "currentColor", "fill-opacity": now.implied ? 0.4 : 1,
      stroke: first?.colour ?? "currentColor", "stroke-width": now.implied ? 1.2 : 0,
    }));
  }
  return s("svg", { class: "swatch", viewBox: "-9 -9 18 18", width: 18, height: 18, "aria-hidden": "true", focusable: "false" }, ...children);
}

function figure(shape: Shape, radius: number, attributes: Record<string, string | number>): SVGElement {
  const points = corners(shape);
  return points.length === 0
    ? s("circle", { r: radius, ...attributes })
    : s("polygon", { points: points.map(([x, y]) => `${(x * radius).toFixed(2)},${(y * radius).toFixed(2)}`).join(" "), ...attributes });
}

/**
 * Drawing one lane of the chart: bars of what is assessed, hollow bars of what is claimed, marks of events and findings.
 *
 * What belongs here: ink on a canvas, given where days lie. What does not: scrolling and choosing (`chart.ts`).
 */
import { CONTROL_KINDS } from "../kinds";
import { barFill, contestedFill } from "../marks";
import type { Model } from "../model";
import type { Look } from "../palette";
import type { Day, Step } from "../payload";
import { at, type Window } from "../scale";
import { isPaper } from "../theme";
import { questions } from "./rows";

/** The height of a lane; the style sheet's rows are as high. */
export const LANE = 32;
const BAR = { top: 13, height: 11 };
const CLAIM = { top: 25, height: 5 };
const MARKS = 7;

/** What lanes are drawn with. */
export interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly window: Window;
  readonly width: number;
  readonly model: Model;
  readonly looks: readonly Look[];
  readonly ink: string;
  readonly paper: string;
  readonly faint: string;
  readonly accent: string;
  readonly alarm: string;
  readonly fills: Map<string, CanvasPattern | string>;
  readonly lit: ReadonlySet<number>;
  readonly hasEvent: (event: number) => boolean;
}

/** Draw the lane of a place, its top at `y`. */
export function drawLane(brush: Brush, place: number, y: number): void {
  const { model } = brush;
  const assessed = model.tracks.assessed[place];
  const claimed = model.tracks.claimed[place];
  if (assessed) drawSteps(brush, assessed, y + BAR.top, BAR.height, false);
  if (claimed) drawSteps(brush, claimed, y + CLAIM.top, CLAIM.height, true);
  drawEvents(brush, place, y + MARKS);
}

function x(brush: Brush, day: Day | null, open: number): number {
  return day === null ? open : Math.min(Math.max(at(brush.window, brush.width, day), -10), brush.width + 10);
}

function drawSteps(brush: Brush, steps: readonly Step[], top: number, height: number, claimed: boolean): void {
  const { context } = brush;
  steps.forEach((step, index) => {
    const start = x(brush, step.from, -10);
    const end = x(brush, steps[index + 1]?.from ?? null, brush.width + 10);
    if (end <= 0 || start >= brush.width || end <= start) return;
    if (step.state === "unknown") {
      if (claimed) return;
      context.fillStyle = brush.faint;
      context.globalAlpha = 0.35;
      context.fillRect(start, top + height / 2 - 0.5, end - start, 1);
      context.globalAlpha = 1;
      return;
    }
    context.globalAlpha = step.implied ? 0.35 : 1;
    context.fillStyle = fillOf(brush, step);
    context.fillRect(start, top, Math.max(end - start, 1), height);
    context.globalAlpha = 1;
    if (claimed) {
      context.fillStyle = brush.paper;
      context.fillRect(start, top + 1, Math.max(end - start, 1), height - 2);
    }
    if (index > 0 && start > 0) {
      context.fillStyle = brush.paper;
      context.fillRect(start - 0.5, top, 1, height);
    }
  });
  steps.forEach((step, index) => { drawSoft(brush, steps, step, index, top, height); });
}

/** Where the day of a change is not known: from what was before to what is after, little by little. */
function drawSoft(brush: Brush, steps: readonly Step[], step: Step, index: number, top: number, height: number): void {
  if (step.soft === null || step.from === null || step.soft === step.from) return;
  const { context } = brush;
  const [low, high] = [Math.min(step.from, step.soft), Math.max(step.from, step.soft)];
  const [start, end] = [at(brush.window, brush.width, low), at(brush.window, brush.width, high)];
  if (end <= 0 || start >= brush.width) return;
  const before = [...steps.slice(0, index)].reverse().find((one) => one.from === null || one.from < low);
  const gradient = context.createLinearGradient(start, 0, end, 0);
  const [first, last] = [colourOf(brush, before), colourOf(brush, step)];
  gradient.addColorStop(0, first ?? clear(last));
  gradient.addColorStop(1, last ?? clear(first));
  if (!isPaper()) context.clearRect(start, top, end - start, height);
  context.fillStyle = gradient;
  context.fillRect(start, top, end - start, height);
}

/** With its transparency; null where nobody is known to hold. */
function colourOf(brush: Brush, step: Step | undefined): string | null {
  const colour = step && step.state !== "unknown" ? brush.looks[step.holders[0] ?? -1]?.colour : undefined;
  return colour === undefined ? null : `${colour}${step?.implied ? "59" : "ff"}`;
}

/** The same colour, not to be seen. */
function clear(colour: string | null): string {
  return `${(colour ?? "#808080").slice(0, 7)}00`;
}

function fillOf(brush: Brush, step: Step): CanvasPattern | string {
  const key = `${step.state}${step.holders.join(".")}`;
  let fill = brush.fills.get(key);
  if (fill === undefined) {
    const sides = step.holders.map((side) => brush.looks[side]).filter((look): look is Look => look !== undefined);
    const first = sides[0];
    fill = step.state === "contested" ? contestedFill(brush.context, sides.map((look) => look.colour))
      : first ? barFill(brush.context, first, brush.paper) : brush.faint;
    brush.fills.set(key, fill);
  }
  return fill;
}

function drawEvents(brush: Brush, place: number, y: number): void {
  const { context, model } = brush;
  const chosen: number[] = [];
  for (const index of model.eventsOfPlace[place] ?? []) {
    if (!brush.hasEvent(index)) continue;
    if (brush.lit.has(index)) chosen.push(index);
    else drawEvent(brush, index, y, brush.ink);
  }
  for (const index of chosen) {
    const day = model.data.events[index]?.earliest ?? model.data.events[index]?.latest ?? null;
    if (day === null) continue;
    context.beginPath();
    context.arc(at(brush.window, brush.width, day + 0.5), y, 6, 0, Math.PI * 2);
    context.fillStyle = brush.paper;
    context.strokeStyle = brush.accent;
    context.lineWidth = 1.5;
    context.fill();
    context.stroke();
    drawEvent(brush, index, y, brush.accent);
  }
}

function drawEvent(brush: Brush, index: number, y: number, colour: string): void {
  const { context, model } = brush;
  const event = model.data.events[index];
  const [earliest, latest] = [event?.earliest ?? event?.latest ?? null, event?.latest ?? event?.earliest ?? null];
  if (!event || earliest === null || latest === null) return;
  const [start, end] = [at(brush.window, brush.width, earliest + 0.5), at(brush.window, brush.width, latest + 0.5)];
  if (end < -8 || start > brush.width + 8) return;
  const questioned = questions(model, model.findingsOfEvent.get(index) ?? []) > 0;
  context.strokeStyle = context.fillStyle = colour;
  if (end - start > 5) {
    context.globalAlpha = 0.5;
    context.fillRect(start, y - 0.5, end - start, 1);
    context.globalAlpha = 1;
  }
  context.beginPath();
  if (CONTROL_KINDS.has(event.kind)) {
    context.arc(start, y, 2.6, 0, Math.PI * 2);
    context.fill();
  } else {
    context.arc(start, y, 2, 0, Math.PI * 2);
    context.lineWidth = 1;
    context.stroke();
  }
  if (questioned) {
    context.fillStyle = brush.alarm;
    context.beginPath();
    context.moveTo(start, y - 7);
    context.lineTo(start + 3.4, y - 3);
    context.lineTo(start - 3.4, y - 3);
    context.fill();
  }
}

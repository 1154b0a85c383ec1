/**
 * The holdings chart: one lane a place, time from left to right, of which only the lanes in view are drawn.
 *
 * What belongs here: the window of time, scrolling, the pointer. What does not: a lane's ink (`chart-lane.ts`).
 */
import { long, range, short } from "../calendar";
import { inWords, standing, stepOn } from "../control";
import { h, nameOf, sheet } from "../dom";
import { litBy, passing } from "../lit";
import { swatch } from "../marks";
import type { Day } from "../payload";
import { at, dayAt, ticks, type Window } from "../scale";
import type { State, Store } from "../store";
import { ground, looks, styled } from "../theme";
import { makeTip } from "../tip";
import { virtualList, type VirtualList } from "../virtual";
import { drawLane, LANE, type Brush } from "./chart-lane";
import { questions } from "./rows";
import { rowData } from "./unlocated";
import { touches, type Actions, type View } from "./view";

const APART = 64;
const NEAR = 7;
/** Height of the axis, as the style sheet has it. */
const AXIS = 35;

export function chartView(store: Store, actions: Actions): View {
  const lanes = h("canvas", { class: "chart-lanes", "aria-hidden": "true" });
  const axis = h("canvas", { class: "chart-axis", "aria-hidden": "true" });
  const line = h("div", { class: "chart-day", "aria-hidden": "true" });
  const overlay = h("div", { class: "chart-overlay" }, lanes, line);
  const tip = makeTip("chart-tip");
  const empty = h("p", { class: "nothing" });
  let shown: number[] = [];
  let frame: Window = { from: 0, to: 1 };
  let whole: Window = frame;
  let fills = new Map<string, CanvasPattern | string>();
  let scrolled = 0;
  let size = { width: 0, height: 0 }; // of the part in view, without the names

  const list: VirtualList = virtualList({
    label: "Holdings, one lane a place", testid: "lanes", height: LANE, overlay,
    drawn: (top) => { scrolled = top; draw(); },
    choose: (index, click) => { choose(shown[index] ?? null, index, click); },
    row: (index) => {
      const state = store.get();
      const place = shown[index] ?? 0;
      const now = standing(state.model, place, state.day, state.layers);
      const name = state.model.data.places[place]?.name ?? "";
      const open = questions(state.model, state.model.findingsOfPlace[place] ?? []);
      const more = `: ${inWords(state.model, now)}${open > 0 ? `; ${String(open)} to question` : ""}`;
      return h("div", { ...rowData(store, place), class: "row lane" },
        h("span", { class: "lane-label" }, swatch(now, looks(state)), nameOf(name), h("span", { class: "hidden" }, more),
          open > 0 ? h("span", { class: "flag", title: `${String(open)} to question`, "aria-hidden": "true" }, String(open)) : null));
    },
  });
  const zoomOut = button("−", "Zoom out", () => { zoom(2); });
  const zoomIn = button("+", "Zoom in", () => { zoom(0.5); });
  const fit = button("Fit", "Fit: show the whole span", () => { frame = whole; redraw(); });
  const element = h("div", { class: "chart" },
    h("div", { class: "chart-head" }, h("div", { class: "chart-tools" }, zoomOut, zoomIn, fit), axis),
    list.element, tip.element, empty);

  function button(words: string, label: string, act: () => void): HTMLButtonElement {
    return h("button", { type: "button", class: "button small", "aria-label": /\w/.test(words) ? null : label, title: label, onclick: act }, words);
  }

  function choose(place: number | null, lane: number, click: MouseEvent | null): void {
    if (place === null) return;
    const x = click ? click.clientX - lanes.getBoundingClientRect().left : -1;
    if (x < 0) { actions.selectPlace(place); return; }
    const event = eventNear(place, x, click ? click.clientY - list.element.getBoundingClientRect().top + scrolled - lane * LANE : LANE);
    if (event !== null) actions.selectEvent(event);
    else {
      actions.goTo(inside(dayAt(frame, size.width, x - 0.5)));
      actions.selectPlace(place);
    }
  }

  function inside(day: Day): Day {
    const { first, last } = store.get().model;
    return Math.min(Math.max(day, first ?? day), last ?? day);
  }

  function eventNear(place: number, x: number, y: number): number | null {
    const { model } = store.get();
    let [best, least] = [-1, y < 14 ? NEAR : 0];
    for (const index of model.eventsOfPlace[place] ?? []) {
      const day = model.data.events[index]?.earliest ?? model.data.events[index]?.latest ?? null;
      if (day === null) continue;
      const away = Math.abs(at(frame, size.width, day + 0.5) - x);
      if (away < least) [best, least] = [index, away];
    }
    return best < 0 ? null : best;
  }

  function zoom(factor: number): void {
    const { day } = store.get();
    const span = Math.min(Math.max((frame.to - frame.from) * factor, 7), whole.to - whole.from);
    const middle = day ?? (frame.from + frame.to) / 2;
    const share = day === null ? 0.5 : Math.min(Math.max((day - frame.from) / (frame.to - frame.from), 0), 1);
    const from = Math.round(Math.min(Math.max(middle - share * span, whole.from), whole.to - span));
    frame = { from, to: Math.round(from + span) };
    redraw();
  }

  function fitWindow({ model }: State): void {
    const [first, last] = [model.first ?? 0, model.last ?? 1];
    const margin = Math.max(1, Math.round((last - first) * 0.015));
    if (whole.from === first - margin && whole.to === last + 1 + margin) return;
    whole = { from: first - margin, to: last + 1 + margin };
    frame = whole;
  }

  function measure(): void {
    size = { width: lanes.clientWidth, height: list.element.clientHeight };
    overlay.style.setProperty("--view", `${String(size.height)}px`);
  }

  function draw(): void {
    const { width, height } = size;
    const context = sheet(lanes, width, height);
    if (!context) return;
    const state = store.get();
    const { paper, faint, ink } = ground();
    const pass = passing(state);
    const brush: Brush = {
      context, width, window: frame, model: state.model, looks: looks(state), ink, paper, faint, fills,
      accent: styled("--accent"), alarm: styled("--high"), lit: litBy(state.model, state.selection).events, hasEvent: pass.hasEvent,
    };
    context.fillStyle = styled("--rule");
    for (const { day, major } of ticks(frame, width, APART)) {
      context.globalAlpha = major ? 1 : 0.55;
      context.fillRect(Math.round(at(frame, width, day)), 0, 1, height);
    }
    context.globalAlpha = 1;
    const from = Math.floor(scrolled / LANE);
    const to = Math.min(shown.length, Math.ceil((scrolled + height) / LANE));
    for (let lane = from; lane < to; lane += 1) drawLane(brush, shown[lane] ?? 0, lane * LANE - scrolled);
  }

  function drawAxis(): void {
    const [width, height] = [size.width, AXIS];
    const context = sheet(axis, width, height);
    if (!context) return;
    context.font = `12px ${styled("--sans")}`;
    context.textBaseline = "middle";
    let free = 0;
    for (const { day, label, major } of ticks(frame, width, APART)) {
      const x = Math.round(at(frame, width, day));
      context.fillStyle = styled(major ? "--ink" : "--soft");
      const end = x + 4 + context.measureText(label).width;
      if (x + 4 >= free && end <= width) {
        context.fillText(label, x + 4, height / 2);
        free = end + 8;
      }
      context.fillStyle = styled("--rule");
      context.fillRect(x, height - 8, 1, 8);
    }
  }

  function place(): void {
    const { day } = store.get();
    line.hidden = day === null || day < frame.from || day > frame.to;
    if (day !== null) line.style.transform = `translateX(${String(at(frame, size.width, day + 0.5))}px)`;
  }

  function redraw(): void {
    drawAxis();
    draw();
    place();
    zoomOut.disabled = fit.disabled = frame.from === whole.from && frame.to === whole.to;
    zoomIn.disabled = frame.to - frame.from <= 7;
  }

  /** When the day runs out of the window, the window follows. */
  function follow({ day }: State): void {
    if (day === null || (day >= frame.from && day <= frame.to)) return;
    const span = frame.to - frame.from;
    const from = Math.min(Math.max(day - Math.round(span / 2), whole.from), whole.to - span);
    frame = { from, to: from + span };
    drawAxis();
    draw();
  }

  list.element.addEventListener("pointermove", (event) => {
    const box = list.element.getBoundingClientRect();
    const x = event.clientX - lanes.getBoundingClientRect().left;
    const place = shown[Math.floor((event.clientY - box.top + scrolled) / LANE)];
    if (place === undefined || event.pointerType === "touch") { tip.hide(); return; }
    const state = store.get();
    const day = x < 0 ? state.day : inside(dayAt(frame, size.width, x - 0.5));
    const near = x < 0 ? null : eventNear(place, x, (event.clientY - box.top + scrolled) % LANE);
    const one = near === null ? null : state.model.data.events[near];
    const name = state.model.data.places[place]?.name ?? "";
    const outer = element.getBoundingClientRect();
    const said = one ? [`${one.kind}, ${range(one.earliest, one.latest)}`] : day === null ? [] : [long(day), inWords(state.model, standing(state.model, place, day, "both")), softness(state, place, day)];
    tip.show(event.clientX - outer.left, event.clientY - outer.top, outer.width, name, ...said);
  });
  list.element.addEventListener("pointerleave", () => { tip.hide(); });
  list.element.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.3 : 1 / 1.3);
  }, { passive: false });

  return {
    element,
    update(state, changed) {
      if (touches(changed, "theme", "model")) fills = new Map();
      if (changed.has("model")) fitWindow(state);
      if (touches(changed, "model", "filter")) {
        const pass = passing(state);
        shown = state.model.lanes.filter((lane) => pass.hasPlace(lane));
        empty.hidden = shown.length > 0;
        empty.textContent = state.model.lanes.length === 0 ? "No account says who held a place." : "No place passes the filter.";
        list.reset(shown.length, !changed.has("filter"));
      }
      if (changed.has("day")) follow(state);
      if (touches(changed, "model", "filter", "selection")) {
        const lit = litBy(state.model, state.selection).places;
        const rows = shown.flatMap((one, index) => (lit.has(one) ? [index] : []));
        list.mark(new Set(rows), rows[0] ?? -1);
      } else if (touches(changed, "day", "layers", "theme")) list.refresh();
      if (changed.has("model")) measure();
      if (touches(changed, "model", "filter", "selection", "theme")) redraw();
      else if (changed.has("day")) place();
    },
    resize() {
      if (element.clientWidth === 0) return;
      measure();
      list.fit();
      redraw();
    },
  };
}

function softness({ model }: State, place: number, day: Day): string {
  const step = stepOn(model, "assessed", place, day);
  return step?.soft !== null && step?.soft !== undefined && step.from !== null
    ? `the change lies between ${short(Math.min(step.soft, step.from))} and ${short(Math.max(step.soft, step.from))}` : "";
}

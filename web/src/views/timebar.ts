/**
 * The time bar: the day in two spellings, the slider with a picture of when things happen, play and its speed.
 *
 * What belongs here: the bar and what plays. What does not: keys that work everywhere (`keys.ts`).
 */
import { iso, long } from "../calendar";
import { h, s, sheet } from "../dom";
import { nextEventDay, stepDays } from "../moving";
import { passing } from "../lit";
import type { State, Store } from "../store";
import { styled } from "../theme";
import { touches, type Actions, type View } from "./view";

const SPEEDS = [0.5, 1, 2, 4];
/** At speed 1 the whole span plays in about so many seconds. */
const SECONDS = 40;
const FRAME = 50;

export function timebarView(store: Store, actions: Actions): View {
  const when = h("time", { class: "when-long", "data-testid": "day-long" });
  const exact = h("span", { class: "when-iso", "data-testid": "day" });
  const slider = h("input", { type: "range", step: "1", class: "slider", "aria-label": "Day", "data-testid": "slider" });
  const density = h("canvas", { class: "density", "aria-hidden": "true" });
  const [first, last] = [h("span", { class: "bound" }), h("span", { class: "bound" })];
  const play = h("button", { type: "button", class: "button icon play", "data-testid": "play", "aria-pressed": "false", "aria-label": "Play", onclick: () => { store.set({ playing: !store.get().playing }); } });
  const speed = h("select", { class: "select", "aria-label": "Speed", "data-testid": "speed", onchange: () => { store.set({ speed: Number(speed.value) }); } },
    ...SPEEDS.map((one) => h("option", { value: one, selected: one === 1 }, `${String(one)}×`)));
  const step = (by: 1 | -1): void => {
    const state = store.get();
    const day = nextEventDay(state.model, passing(state), state.day, by);
    if (day !== null) actions.goTo(day);
  };
  const back = h("button", { type: "button", class: "button icon", "aria-label": "Day of the event before (P)", title: "Event before (P)", "data-testid": "previous", onclick: () => { step(-1); } }, icon("M13 4 6 10l7 6zM4.5 4v12"));
  const on = h("button", { type: "button", class: "button icon", "aria-label": "Day of the next event (N)", title: "Next event (N)", "data-testid": "next", onclick: () => { step(1); } }, icon("M7 4l7 6-7 6zM15.500 4v12"));
  const element = h("section", { class: "timebar", "aria-label": "Time" },
    h("div", { class: "when" }, when, exact),
    h("div", { class: "transport" }, back, play, on, speed),
    h("div", { class: "track" }, density, slider, h("div", { class: "bounds", "aria-hidden": "true" }, first, last)),
  );
  slider.addEventListener("input", () => { actions.goTo(Number(slider.value)); });

  let timer: number | null = null;
  let carried = 0;
  function tick(): void {
    const { model, day, speed: now } = store.get();
    if (day === null || model.first === null || model.last === null) return;
    carried += Math.max(((model.last - model.first) / SECONDS) * now, now) * (FRAME / 1000);
    const whole = Math.floor(carried);
    if (whole === 0) return;
    carried -= whole;
    const next = Math.min(day + whole, model.last);
    store.set(next === model.last ? { day: next, playing: false } : { day: next });
  }

  function drive({ playing, model, day }: State): void {
    play.replaceChildren(playing ? icon("M6 4h3v12H6zM11.500 4h3v12h-3z") : icon("M6 3.500 16 10 6 16.500z"));
    play.setAttribute("aria-pressed", String(playing));
    play.setAttribute("aria-label", playing ? "Pause" : "Play");
    play.title = playing ? "Pause (Space)" : "Play (Space)";
    if (playing && timer === null) {
      carried = 0;
      if (day !== null && day === model.last && model.first !== null) store.set({ day: model.first });
      timer = window.setInterval(tick, FRAME);
    } else if (!playing && timer !== null) {
      window.clearInterval(timer);
      timer = null;
    }
  }

  function draw(state: State): void {
    const { first: from, last: to } = state.model;
    const [width, height] = [density.clientWidth, density.clientHeight];
    const context = sheet(density, width, height);
    if (!context || from === null || to === null) return;
    const bins = new Array<number>(Math.max(1, Math.min(to - from + 1, Math.floor(width / 4)))).fill(0);
    for (const index of passing(state).events) {
      const event = state.model.data.events[index];
      const day = event?.earliest ?? event?.latest;
      if (day === null || day === undefined || day < from || day > to) continue;
      const bin = Math.min(bins.length - 1, Math.floor(((day - from) / Math.max(to - from, 1)) * bins.length));
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const most = Math.max(...bins, 1);
    context.fillStyle = styled("--density");
    const inner = width - THUMB;
    bins.forEach((count, bin) => {
      if (count === 0) return;
      const tall = Math.max(2, (count / most) * height);
      context.fillRect(THUMB / 2 + (bin / bins.length) * inner, height - tall, Math.max(1.5, inner / bins.length - 1), tall);
    });
  }

  return {
    element,
    update(state, changed) {
      const { model, day } = state;
      if (changed.has("model")) {
        const empty = model.first === null || model.last === null;
        slider.disabled = empty;
        for (const button of [play, back, on]) button.disabled = empty;
        slider.min = String(model.first ?? 0);
        slider.max = String(model.last ?? 0);
        first.textContent = model.first === null ? "" : iso(model.first);
        last.textContent = model.last === null ? "" : iso(model.last);
      }
      if (touches(changed, "model", "day")) {
        slider.value = String(day ?? 0);
        when.textContent = day === null ? "No date is known" : long(day);
        exact.textContent = day === null ? "" : iso(day);
        if (day !== null) when.dateTime = iso(day);
        slider.setAttribute("aria-valuetext", day === null ? "no date" : long(day));
      }
      if (touches(changed, "model", "playing")) drive(state);
      if (touches(changed, "model", "filter", "theme")) draw(state);
      if (changed.has("speed")) speed.value = String(state.speed);
    },
    resize() { draw(store.get()); },
  };

  function icon(path: string): SVGElement {
    return s("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true", class: "glyph" }, s("path", { d: path }));
  }
}

const THUMB = 16;

export { stepDays };

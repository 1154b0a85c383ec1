/**
 * Colours, shapes and textures of the sides: never colour alone.
 *
 * The colours are Okabe and Ito's, which the colour-blind tell apart (Okabe & Ito 2008, "Color Universal Design",
 * https://jfly.uni-koeln.de/color/); the black one turns white on dark ground. Beyond eight sides: greys, which shape
 * and texture tell apart. What belongs here: which side looks like what. What does not: drawing (`marks.ts`).
 */
import type { Side } from "./payload";

export type Shape = "circle" | "square" | "triangle" | "diamond" | "pentagon" | "wedge" | "hexagon" | "star";
export type Texture = "plain" | "dots" | "rows" | "columns" | "grid" | "sparse";

export interface Look {
  readonly colour: string;
  readonly shape: Shape;
  readonly texture: Texture;
}

const LIGHT = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442", "#1d1d1b"];
const DARK = ["#3d9bd6", "#e8722a", "#1cb58b", "#d58db5", "#e6a52a", "#7cc7f0", "#efe668", "#f2f1ec"];
const GREYS_LIGHT = ["#5c6166", "#8a9096", "#b3b8bd"];
const GREYS_DARK = ["#b9bec4", "#8d949b", "#6a7178"];
const SHAPES: readonly Shape[] = ["circle", "square", "triangle", "diamond", "pentagon", "wedge", "hexagon", "star"];
const TEXTURES: readonly Texture[] = ["plain", "dots", "rows", "columns", "grid", "sparse"];

/** How a side of this number looks. */
export function lookOf(number: number, dark: boolean): Look {
  const colours = dark ? DARK : LIGHT;
  const greys = dark ? GREYS_DARK : GREYS_LIGHT;
  const index = Math.max(0, Math.trunc(number));
  return {
    colour: colours[index] ?? greys[index % greys.length] ?? "#808080",
    shape: SHAPES[index % SHAPES.length] ?? "circle",
    texture: TEXTURES[index % TEXTURES.length] ?? "plain",
  };
}

/** The looks of all sides, in the order of the payload. */
export function looksOf(sides: readonly Side[], dark: boolean): Look[] {
  return sides.map((side) => lookOf(side.colour, dark));
}

/** The corners of a shape around the origin, within a circle of radius 1 (empty: the circle itself). */
export function corners(shape: Shape): readonly (readonly [number, number])[] {
  switch (shape) {
    case "circle": return [];
    case "square": return polygon(4, Math.PI / 4, 1.12);
    case "triangle": return polygon(3, -Math.PI / 2, 1.22, 0.12);
    case "wedge": return polygon(3, Math.PI / 2, 1.22, -0.12);
    case "diamond": return polygon(4, 0, 1.22);
    case "pentagon": return polygon(5, -Math.PI / 2, 1.12);
    case "hexagon": return polygon(6, 0, 1.1);
    case "star": return star();
  }
}

function polygon(count: number, turn: number, size: number, down = 0): [number, number][] {
  return Array.from({ length: count }, (_, index) => {
    const angle = turn + (index * 2 * Math.PI) / count;
    return [Math.cos(angle) * size, Math.sin(angle) * size + down];
  });
}

function star(): [number, number][] {
  return Array.from({ length: 10 }, (_, index) => {
    const angle = -Math.PI / 2 + (index * Math.PI) / 5;
    const size = index % 2 === 0 ? 1.3 : 0.6;
    return [Math.cos(angle) * size, Math.sin(angle) * size];
  });
}

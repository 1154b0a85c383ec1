// Land and borders of the world out of world-atlas (Natural Earth, 1:10 m): {land, borders}, polygons of rings and lines.
// Each is a flat list of whole thousandths of a degree, longitude and latitude in turn: the first point, then the way from
// each point to the next. The report cuts its theatre out of it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { feature, mesh } from "topojson-client";

const THOUSANDTHS = 1e3;

export function world() {
  const require = createRequire(import.meta.url);
  const atlas = JSON.parse(readFileSync(require.resolve("world-atlas/countries-10m.json"), "utf8"));
  const { land, countries } = atlas.objects;
  const shapes = feature(atlas, land);
  const polygons = (shapes.features ?? [shapes]).flatMap(({ geometry }) =>
    geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates,
  );
  const borders = mesh(atlas, countries, (one, other) => one !== other).coordinates;
  return {
    land: polygons.map((rings) => rings.map(steps).filter((ring) => ring.length > 6)).filter((rings) => rings.length),
    borders: borders.map(steps).filter((line) => line.length > 2),
  };
}

/** A line as its first point and steps; points that fall together are one. */
function steps(line) {
  const kept = [];
  let [atX, atY] = [0, 0];
  for (const point of line) {
    const [x, y] = point.map((value) => Math.round(value * THOUSANDTHS));
    if (kept.length > 0 && x === atX && y === atY) continue;
    kept.push(x - atX, y - atY);
    [atX, atY] = [x, y];
  }
  return kept;
}

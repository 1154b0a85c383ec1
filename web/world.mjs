// Land and borders of the world out of world-atlas (Natural Earth, 1:50 m): {land: MultiPolygon coordinates,
// borders: MultiLineString coordinates}, in degrees with three decimals. The report cuts its theatre out of it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { feature, mesh } from "topojson-client";

const DECIMALS = 1e3;

export function world() {
  const require = createRequire(import.meta.url);
  const atlas = JSON.parse(readFileSync(require.resolve("world-atlas/countries-50m.json"), "utf8"));
  const { land, countries } = atlas.objects;
  const shapes = feature(atlas, land);
  const polygons = (shapes.features ?? [shapes]).flatMap(({ geometry }) =>
    geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates,
  );
  const borders = mesh(atlas, countries, (one, other) => one !== other).coordinates;
  return {
    land: polygons.map((rings) => rings.map(rounded).filter((ring) => ring.length > 3)).filter((rings) => rings.length),
    borders: borders.map(rounded).filter((line) => line.length > 1),
  };
}

/** A line with rounded coordinates and no point twice in a row. */
function rounded(line) {
  const kept = [];
  for (const point of line) {
    const [x, y] = point.map((value) => Math.round(value * DECIMALS) / DECIMALS);
    const last = kept.at(-1);
    if (!last || last[0] !== x || last[1] !== y) kept.push([x, y]);
  }
  return kept;
}

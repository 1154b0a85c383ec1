/**
 * From places to points of the map: projected once, those that share a point set in rings around it.
 *
 * What belongs here: geometry in Web Mercator. What does not: drawing (`map-ink.ts`) and Leaflet's map (`map.ts`).
 */
import * as L from "leaflet";

import { pointOf, type Model } from "../model";
import type { Land } from "../payload";
import { rings, type Spot } from "../placing";

const SPACING = 19;

export interface Point extends Spot {
  readonly place: number;
  /** Offset from its true point, where several share one. */
  readonly away: Spot;
}

/** The located places, projected. */
export function pointsOf({ located, data }: Model): Point[] {
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

/** Lines or rings of longitude and latitude as a path at zoom 0. */
export function pathOf(lines: readonly number[][][], closed: boolean): Path2D {
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

/** What these points cover; null when there is none. */
export function boundsOf(points: readonly Spot[]): L.LatLngBounds | null {
  if (points.length === 0) return null;
  const back = points.map(({ x, y }) => L.CRS.EPSG3857.pointToLatLng(L.point(x, y), 0));
  return L.latLngBounds(back);
}

/** What the land in the payload covers; null when it is about the whole world. */
export function theatreOf({ box: [west, south, east, north] }: Land): L.LatLngBounds | null {
  return east - west > 300 ? null : L.latLngBounds([south, west], [north, east]);
}


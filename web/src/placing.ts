/**
 * Where marks and labels go on the map so that all can be seen.
 *
 * Many places share one point (the hills near a town, all located by the town): they stand in rings around it, the
 * best known in the middle. Labels are set greedily, the weightiest first, and left out where they would cover another.
 * Pure: points in, points out.
 */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Offsets of so many marks around a point: the first on it, six around, twelve around them. */
export function rings(count: number, spacing: number): Spot[] {
  const spots: Spot[] = [];
  for (let ring = 0; spots.length < count; ring += 1) {
    const room = ring === 0 ? 1 : ring * 6;
    const here = Math.min(room, count - spots.length);
    for (let index = 0; index < here; index += 1) {
      const angle = -Math.PI / 2 + (index * 2 * Math.PI) / here + (ring % 2 === 0 ? Math.PI / Math.max(here, 1) : 0);
      spots.push({ x: Math.cos(angle) * ring * spacing, y: Math.sin(angle) * ring * spacing });
    }
  }
  return spots;
}

/**
 * Push marks apart until none covers another, as far as so many rounds and the leash allow; those that stand on their
 * own point hardly move. Quadratic: for a few hundred marks.
 */
export function relax(spots: readonly Spot[], fixed: readonly boolean[], apart: number, leash: number, rounds: number): Spot[] {
  const moved = spots.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < rounds; round += 1) {
    let still = true;
    for (let a = 0; a < moved.length; a += 1) {
      for (let b = a + 1; b < moved.length; b += 1) if (push(moved, a, b, fixed, apart)) still = false;
    }
    moved.forEach((spot, index) => { hold(spot, spots[index] ?? spot, leash); });
    if (still) break;
  }
  return moved;
}

function hold(spot: { x: number; y: number }, home: Spot, leash: number): void {
  const [dx, dy] = [spot.x - home.x, spot.y - home.y];
  const distance = Math.hypot(dx, dy);
  if (distance <= leash) return;
  spot.x = home.x + (dx / distance) * leash;
  spot.y = home.y + (dy / distance) * leash;
}

function push(moved: { x: number; y: number }[], a: number, b: number, fixed: readonly boolean[], apart: number): boolean {
  const [one, other] = [moved[a], moved[b]];
  if (!one || !other) return false;
  let [dx, dy] = [other.x - one.x, other.y - one.y];
  let distance = Math.hypot(dx, dy);
  if (distance >= apart) return false;
  if (distance < 0.01) [dx, dy, distance] = [Math.cos(a * 2.4 + b), Math.sin(a * 2.4 + b), 1];
  const lack = (apart - Math.min(distance, apart)) / 2 + 0.1;
  const [mine, theirs] = fixed[a] === fixed[b] ? [1, 1] : fixed[a] ? [0.2, 1.8] : [1.8, 0.2];
  one.x -= (dx / distance) * lack * mine;
  one.y -= (dy / distance) * lack * mine;
  other.x += (dx / distance) * lack * theirs;
  other.y += (dy / distance) * lack * theirs;
  return true;
}

/** Keeps the boxes that are taken, in a grid, so that asking is quick. */
export class Occupied {
  private readonly cells = new Map<string, Box[]>();

  constructor(private readonly size = 64) {}

  free(box: Box): boolean {
    return this.cellsOf(box).every((cell) =>
      (this.cells.get(cell) ?? []).every((other) =>
        box.right <= other.left || box.left >= other.right || box.bottom <= other.top || box.top >= other.bottom));
  }

  take(box: Box): void {
    for (const cell of this.cellsOf(box)) {
      const known = this.cells.get(cell);
      if (known) known.push(box);
      else this.cells.set(cell, [box]);
    }
  }

  private cellsOf(box: Box): string[] {
    const cells: string[] = [];
    for (let x = Math.floor(box.left / this.size); x <= Math.floor(box.right / this.size); x += 1) {
      for (let y = Math.floor(box.top / this.size); y <= Math.floor(box.bottom / this.size); y += 1) {
        cells.push(`${String(x)},${String(y)}`);
      }
    }
    return cells;
  }
}

export interface Wish {
  readonly spot: Spot;
  readonly width: number;
  readonly text: string;
  /** Where the label would best stand. */
  readonly side: "right" | "left";
}

export interface Label {
  readonly box: Box;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly align: "left" | "right" | "center";
}

/** The labels that fit, for wishes in the order of weight; `gap` is the distance from the mark. */
export function placeLabels(wishes: readonly Wish[], taken: Occupied, height: number, gap: number): Label[] {
  const labels: Label[] = [];
  for (const wish of wishes) {
    for (const where of wish.side === "right" ? ["right", "left", "below", "above"] : ["left", "right", "below", "above"]) {
      const box = boxOf(wish, where, height, gap);
      if (!taken.free(box)) continue;
      taken.take(box);
      const align = where === "right" ? "left" : where === "left" ? "right" : "center";
      const x = where === "right" ? box.left : where === "left" ? box.right : (box.left + box.right) / 2;
      labels.push({ box, text: wish.text, x, y: (box.top + box.bottom) / 2, align });
      break;
    }
  }
  return labels;
}

function boxOf({ spot, width }: Wish, where: string, height: number, gap: number): Box {
  const left = where === "right" ? spot.x + gap : where === "left" ? spot.x - gap - width : spot.x - width / 2;
  const top = where === "below" ? spot.y + gap - 2 : where === "above" ? spot.y - gap - height + 2 : spot.y - height / 2;
  return { left, top, right: left + width, bottom: top + height };
}

/** A name cut to so many characters, whole code points, with a sign that it was cut. */
export function shorten(name: string, most: number): string {
  const points = Array.from(name);
  return points.length <= most ? name : `${points.slice(0, most - 1).join("").trimEnd()}…`;
}

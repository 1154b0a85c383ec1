/**
 * A canvas in Leaflet that is as large as the map and a bit beyond, and moves with it.
 *
 * What belongs here: size, position, zoom animation. What does not: what is drawn.
 */
import * as L from "leaflet";

import { sheet } from "../dom";

/** Projects at zoom 0 once; a draw needs only a factor and an offset. */
export interface Frame {
  readonly context: CanvasRenderingContext2D;
  /** Pixel on the canvas of a point projected at zoom 0. */
  readonly scale: number;
  readonly dx: number;
  readonly dy: number;
  readonly width: number;
  readonly height: number;
}

/** Share of the view that the canvas goes beyond it on each side, so that moving shows no gap. */
export const BEYOND = 0.3;

export class MapCanvas extends L.Layer {
  private canvas: HTMLCanvasElement | null = null;
  private corner = L.point(0, 0);
  private size = L.point(0, 0);
  private center = L.latLng(0, 0);
  private zoom = 0;

  constructor(private readonly draw: (frame: Frame) => void, private readonly className: string) {
    super();
  }

  override onAdd(map: L.Map): this {
    this.canvas = document.createElement("canvas");
    this.canvas.className = `map-canvas leaflet-zoom-animated ${this.className}`;
    this.canvas.setAttribute("aria-hidden", "true");
    map.getPane("overlayPane")?.append(this.canvas);
    this.reset();
    return this;
  }

  override onRemove(): this {
    this.canvas?.remove();
    this.canvas = null;
    return this;
  }

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    const reset = (): void => { this.reset(); };
    return {
      moveend: reset, resize: reset, viewreset: reset,
      zoom: () => { this.transform(this._map.getCenter(), this._map.getZoom()); },
      zoomanim: (event) => {
        const { center, zoom } = event as L.ZoomAnimEvent;
        this.transform(center, zoom);
      },
    };
  }

  /** Lay the canvas over the map as it stands and draw. */
  reset(): void {
    if (!this.canvas) return;
    const size = this._map.getSize();
    const beyond = size.multiplyBy(BEYOND).round();
    const full = size.add(beyond.multiplyBy(2));
    this.corner = this._map.containerPointToLayerPoint(L.point(0, 0)).subtract(beyond);
    this.center = this._map.getCenter();
    this.zoom = this._map.getZoom();
    this.size = full;
    this.canvas.style.width = `${String(full.x)}px`;
    this.canvas.style.height = `${String(full.y)}px`;
    L.DomUtil.setTransform(this.canvas, this.corner, 1);
    this.redraw();
  }

  /** Draw anew where the map is. */
  redraw(): void {
    if (!this.canvas) return;
    const { x: width, y: height } = this.size;
    const context = sheet(this.canvas, width, height);
    if (!context) return;
    const origin = this._map.getPixelOrigin().add(this.corner);
    this.draw({ context, scale: this._map.getZoomScale(this.zoom, 0), dx: -origin.x, dy: -origin.y, width, height });
  }

  /** Where on the canvas a point of the map's container lies. */
  pointOf(containerPoint: L.Point): L.Point {
    return this._map.containerPointToLayerPoint(containerPoint).subtract(this.corner);
  }

  private transform(center: L.LatLng, zoom: number): void {
    if (!this.canvas) return;
    const scale = this._map.getZoomScale(zoom, this.zoom);
    const half = this._map.getSize().multiplyBy(0.5 + BEYOND);
    const now = this._map.project(this.center, zoom);
    const topLeft = half.multiplyBy(-scale).add(now).subtract(newOrigin(this._map, center, zoom));
    L.DomUtil.setTransform(this.canvas, topLeft, scale);
  }
}

function newOrigin(map: L.Map, center: L.LatLng, zoom: number): L.Point {
  const half = map.getSize().divideBy(2);
  const pane = map.getPane("mapPane");
  return map.project(center, zoom).subtract(half).add(pane ? L.DomUtil.getPosition(pane) : L.point(0, 0)).round();
}

/**
 * Making elements. The one way by which data become elements: text is text, never markup.
 *
 * What belongs here: elements, names in any script, safe links. What does not: anything that knows the payload.
 */
type Value = string | number | boolean | null | undefined | ((event: never) => void);
export type Child = Node | string | null;

/** An element. Attributes that are null or false are left out; `onclick` and its like are listeners. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, Value> = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== null && value !== undefined && value !== false) {
      if (/^(on|style$|srcdoc$|href$)/.test(name)) throw new Error(`not by attribute: ${name}`);
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter((child): child is Node | string => child !== null));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** An element of SVG, by presentation attributes alone. */
export function s<K extends keyof SVGElementTagNameMap>(
  tag: K, attributes: Record<string, string | number> = {}, ...children: Node[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A name in whatever script, on its own in the line; what does not fit is cut by the style sheet, not lost. */
export function nameOf(text: string, className = "name"): HTMLElement {
  return h("bdi", { class: className, dir: "auto", title: text.length > 24 ? text : null }, text);
}

/** The address if it may be followed: http and https alone. */
export function safeAddress(address: string | null): string | null {
  if (address === null) return null;
  try {
    const url = new URL(address);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that leaves the page, or its words alone where the address may not be followed. */
export function link(address: string | null, words: string): HTMLElement {
  const safe = safeAddress(address);
  if (safe === null) return h("span", { dir: "auto" }, words);
  const anchor = h("a", { rel: "noopener noreferrer", target: "_blank", dir: "auto" }, words);
  anchor.setAttribute("href", safe);
  return anchor;
}

/**
 * An empty canvas of this size in CSS pixels, ready to draw on; null where there is none. Emptied by its size and not by
 * `clearRect`, which on paper covers what lies below in white.
 */
export function sheet(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = width > 0 && height > 0 ? canvas.getContext("2d") : null;
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** Whether keys typed there are meant for it and not for the page. */
export function takesKeys(target: EventTarget | null): boolean {
  return target instanceof HTMLElement
    && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) 
    && !(target instanceof HTMLInputElement && /^(range|checkbox|radio|button)$/.test(target.type));
}

/** A number from a style sheet's variable, or its colour. */
export function styleOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

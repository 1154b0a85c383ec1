/** What every view is: it draws itself into an element, and is told what changed. */
import type { Map } from "leaflet";

import type { Key, State, Store } from "../store";

export interface View {
  readonly element: HTMLElement;
  /** Draw what these changes concern; on the first call everything has changed. */
  update(state: State, changed: ReadonlySet<Key>): void;
  /** Called when the element was shown or its size changed. */
  resize?(): void;
}

/** What a view may ask for; a page that is served gives it other actions than one that lies on disk. */
export interface Actions {
  selectEvent(event: number | null): void;
  selectPlace(place: number | null): void;
  selectFinding(finding: number | null): void;
  goTo(day: number): void;
  show(tab: State["tab"]): void;
}

/** What a page that is served has beyond a report. */
export interface Extras {
  /** What can be done with what is selected; stands below its details. */
  readonly selected?: (store: Store, actions: Actions) => View;
  /** Called once the map is there. */
  readonly onMap?: (map: Map) => void;
  /** It has a help of its own. */
  readonly help?: boolean;
  /** Whether keys are meant for the page now. */
  readonly listening?: () => boolean;
}

export type MakeView = (store: Store, actions: Actions) => View;

/** Whether any of these keys changed. */
export function touches(changed: ReadonlySet<Key>, ...keys: Key[]): boolean {
  return keys.some((key) => changed.has(key));
}

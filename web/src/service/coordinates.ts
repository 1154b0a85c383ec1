/** Latitude and longitude as people type them. Pure. */

/** What is wrong with a coordinate; null when nothing is. */
export function coordinateProblem(text: string, most: number): string | null {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() === "" || !Number.isFinite(value) || Math.abs(value) > most ? `A number from −${String(most)} to ${String(most)}.` : null;
}

/** What was typed; a comma is as good as a point. */
export const number = (text: string): number => Number(text.trim().replace(",", "."));

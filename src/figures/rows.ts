import type { Curve } from "./figure.ts";

/** Curves as the rows of data that a Vega-Lite specification holds, and the ranges that axes need to show them. */

/** More points than this on one curve hide the line; those in between are left out of the picture, not of the data. */
const POINTS_ON_A_CURVE = 21;

export interface Row {
  readonly curve: string;
  readonly x: number;
  readonly y: number;
}

export interface Interval {
  readonly curve: string;
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

const at = (values: readonly number[], index: number): number => values[index] ?? Number.NaN;

export function lineRows({ label, line }: Curve): Row[] {
  return line === undefined ? [] : line.x.map((x, index) => ({ curve: label, x, y: at(line.y, index) }));
}

export function bandRows({ label, band }: Curve): Interval[] {
  if (band === undefined) return [];
  return band.x.map((x, index) => {
    const [y, error] = [at(band.y, index), band.error[index] ?? 0];
    return { curve: label, x, low: y - error, high: y + error };
  });
}

export function pointRows(curve: Curve, labels: readonly string[]): Row[] {
  const { label, points } = curve;
  if (points === undefined) return [];
  return shownIndices(curve, labels).map((index) => ({
    curve: label,
    x: at(points.x, index),
    y: at(points.y, index),
  }));
}

export function barRows(curve: Curve, labels: readonly string[]): Interval[] {
  const { label, points } = curve;
  if (points === undefined) return [];
  return shownIndices(curve, labels).flatMap((index) => {
    const [x, y, error] = [at(points.x, index), at(points.y, index), points.error[index] ?? 0];
    return error > 0 ? [{ curve: label, x, low: y - error, high: y + error }] : [];
  });
}

/** Evenly spread indices, shifted from curve to curve by a part of a step, so that curves that coincide all show. */
function shownIndices({ label, points }: Curve, labels: readonly string[]): number[] {
  const last = (points?.x.length ?? 0) - 1;
  if (points?.all) return Array.from(points.x, (_, index) => index);
  const step = Math.max(1, last / (POINTS_ON_A_CURVE - 1));
  const phase = Math.max(0, labels.indexOf(label)) / Math.max(1, labels.length);
  const indices: number[] = [];
  for (let position = phase * step; position <= last; position += step) indices.push(Math.round(position));
  return indices;
}

export const horizontalExtent = ({ line, points, band }: Curve): number[] =>
  [line, points, band].flatMap((part) => extent(part?.x ?? []));

export function verticalExtent({ line, points, band }: Curve): number[] {
  const ends = (sign: number) =>
    [points, band].flatMap((part) =>
      extent((part?.y ?? []).map((y, index) => y + sign * (part?.error[index] ?? 0))),
    );
  return [...extent(line?.y ?? []), ...ends(-1), ...ends(1)];
}

function extent(values: readonly number[]): number[] {
  if (values.length === 0) return [];
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** The range of the data with some space around it. Constant data get a range of their own size, or 1. */
export function domainOf(values: readonly number[], padding: number, log = false): [number, number] {
  if (values.length === 0) return log ? [1, 10] : [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (log) {
    const factor = high > low ? (high / low) ** padding : 2;
    return [low / factor, high * factor];
  }
  const largest = Math.max(Math.abs(low), Math.abs(high));
  // Rounding noise on a constant is no range: without this, 1e-16 would fill the panel.
  const range = high - low > 1e-9 * largest ? high - low : largest || 1;
  return [low - padding * range, high + padding * range];
}

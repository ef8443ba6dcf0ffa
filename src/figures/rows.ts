import type { Curve } from "./figure.ts";

/** Curves as the rows of data that a Vega-Lite specification holds, and the ranges that axes need to show them. */

/** More points than this on one curve hide the line; those in between are left out of the picture, not of the data. */
const MOST_POINTS = 30;
/** About, of a curve that has more. */
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

/** The corners of a line of which no more is known. */
export const vertexRows = (curve: Curve): Row[] =>
  curve.line?.vertices ? lineRows(curve).filter(({ y }) => Number.isFinite(y)) : [];

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
  return shownIndices(curve, labels)
    .map((index) => ({ curve: label, x: at(points.x, index), y: at(points.y, index) }))
    .filter(({ y }) => Number.isFinite(y));
}

export function barRows(curve: Curve, labels: readonly string[]): Interval[] {
  const { label, points } = curve;
  if (points === undefined) return [];
  return shownIndices(curve, labels).flatMap((index) => {
    const [x, y, error] = [at(points.x, index), at(points.y, index), points.error[index] ?? 0];
    return error > 0 ? [{ curve: label, x, low: y - error, high: y + error }] : [];
  });
}

/**
 * All indices where they are few; else the first one and then every so many, shifted from curve to curve by a part of
 * a step, so that curves that coincide all show.
 */
function shownIndices({ label, points }: Curve, labels: readonly string[]): number[] {
  const last = (points?.x.length ?? 0) - 1;
  if (points !== undefined && (points.all || points.x.length <= MOST_POINTS)) return [...points.x.keys()];
  const step = Math.round(last / (POINTS_ON_A_CURVE - 1));
  const shift = Math.round((step * Math.max(0, labels.indexOf(label))) / Math.max(1, labels.length));
  const indices = [0];
  for (let index = shift < step / 2 ? shift + step : shift; index <= last; index += step) indices.push(index);
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

/** Where there is nothing (NaN), nothing extends. */
function extent(all: readonly number[]): number[] {
  const values = all.filter(Number.isFinite);
  if (values.length === 0) return [];
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** What rounding leaves of an exact zero: sums of terms of order 1 by the exact solver and by the kernel. */
const ROUNDING = 1e-12;

/**
 * The range of the data with some space around it. Constant data get a range of their own size, or 1.
 * @param noise differences below this are rounding, whatever the size of the data
 */
export function domainOf(values: readonly number[], padding: number, noise = 0): [number, number] {
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const largest = Math.max(Math.abs(low), Math.abs(high));
  // Without this, 1e-16 on a constant would fill the panel.
  const range = high - low > Math.max(1e-9 * largest, noise) ? high - low : largest > noise ? largest : 1;
  return [low - padding * range, high + padding * range];
}

/** The range of values of observables and measures. */
export const valueDomain = (values: readonly number[], padding: number): [number, number] =>
  domainOf(values, padding, ROUNDING);

/** The range of data > 0 on a logarithmic axis, with some space around it. */
export function logDomain(values: readonly number[], padding: number): [number, number] {
  if (values.length === 0) return [1, 10];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const factor = high > low ? (high / low) ** padding : 2;
  return [low / factor, high * factor];
}

import { afterEach, describe, expect, test, vi } from "vitest";
import { shared } from "#src/workers/shared.js";

const rows = Uint32Array.of(0, 2, 3);
const value = {
  name: "sm",
  rate: 0.5,
  none: null,
  parts: [{ rows, values: Float64Array.of(1, -2.5) }, { rows }],
  empty: new Float64Array(0),
  places: Int32Array.of(-1, 7, 9),
};

describe("shared", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test("keeps every value, in one block of memory that posting does not copy", () => {
    const copy = shared(value);
    expect(copy).toEqual(value);
    const arrays = [...copy.parts.map((part) => part.rows), copy.parts[0]?.values, copy.empty, copy.places];
    expect(new Set(arrays.map((array) => array?.buffer)).size).toBe(1);
    expect(copy.empty.buffer).toBeInstanceOf(SharedArrayBuffer);
    const posted = structuredClone(copy);
    copy.places[1] = 8;
    expect([...posted.places]).toEqual([-1, 8, 9]);
    expect([...value.places]).toEqual([-1, 7, 9]);
  });

  test("an array that occurs twice is stored once", () => {
    const { parts } = shared(value);
    expect(parts[0]?.rows.byteOffset).toBe(parts[1]?.rows.byteOffset);
  });

  test("without shared memory the value is left as it is", () => {
    vi.stubGlobal("SharedArrayBuffer", undefined);
    expect(shared(value)).toBe(value);
  });
});

/** Typed arrays of elements of 8 bytes lie on multiples of it. */
const ALIGNMENT = 8;

/**
 * The same value with its typed arrays in one block of memory that threads share, so that posting it copies nothing; where
 * there is no such memory (a page that is not isolated) the value itself, which is then copied for each worker; also where all
 * are there already.
 */
export function shared<T>(value: T): T {
  if (typeof SharedArrayBuffer === "undefined") return value;
  const places = new Map<TypedArray, number>();
  let bytes = 0;
  let apart = false;
  forEachArray(value, (array) => {
    apart ||= !(array.buffer instanceof SharedArrayBuffer);
    if (places.has(array)) return;
    places.set(array, bytes);
    bytes += Math.ceil(array.byteLength / ALIGNMENT) * ALIGNMENT;
  });
  if (!apart) return value;
  const block = new SharedArrayBuffer(bytes);
  return moved(value, (array) => {
    const Type = array.constructor as new (
      buffer: SharedArrayBuffer,
      at: number,
      length: number,
    ) => TypedArray;
    const copy = new Type(block, places.get(array) ?? 0, array.length);
    copy.set(array);
    return copy;
  });
}

type TypedArray = Float64Array | Uint32Array | Int32Array;

const isArray = (value: unknown): value is TypedArray => ArrayBuffer.isView(value);

function forEachArray(value: unknown, visit: (array: TypedArray) => void): void {
  if (isArray(value)) visit(value);
  else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) forEachArray(part, visit);
  }
}

/** A copy of plain objects and lists, in which `move` has replaced the typed arrays. */
function moved<T>(value: T, move: (array: TypedArray) => TypedArray): T {
  if (isArray(value)) return move(value) as T;
  if (Array.isArray(value)) return value.map((part) => moved(part, move)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, moved(part, move)])) as T;
}

import { multiply } from "../base/complex.ts";
import { groupBy } from "../base/lists.ts";
import { LikeTerms } from "./like-terms.ts";
import type { MatrixElement } from "./model.ts";

/**
 * One-site matrices as lists of their non-zero elements, sorted by row, then column. Equal matrices are one object
 * where that is cheap, so that products, adjoints and keys of the few that a model uses are made once.
 */
type Matrix = readonly MatrixElement[];

export const identityElements = (dimension: number): MatrixElement[] =>
  Array.from({ length: dimension }, (_, level): MatrixElement => [level, level, 1, 0]);

/** Sums over many sites multiply the same few matrices again and again. */
const knownProducts = new WeakMap<Matrix, WeakMap<Matrix, Matrix>>();
export function multiplyElements(a: Matrix, b: Matrix): Matrix {
  let ofA = knownProducts.get(a);
  if (ofA === undefined) {
    ofA = new WeakMap();
    knownProducts.set(a, ofA);
  }
  let product = ofA.get(b);
  if (product === undefined) {
    product = productOfElements(a, b);
    ofA.set(b, product);
  }
  return product;
}

function productOfElements(a: Matrix, b: Matrix): Matrix {
  const rows = groupBy(b, ([row]) => row);
  const products = a.flatMap(([row, inner, re, im]) =>
    (rows.get(inner) ?? []).map(([, column, re2, im2]): MatrixElement => {
      const value = multiply([re, im], [re2, im2]);
      return [row, column, value[0], value[1]];
    }),
  );
  return sortedElements(products);
}

const knownAdjoints = new WeakMap<Matrix, Matrix>();

export function adjoint(elements: Matrix): Matrix {
  let result = knownAdjoints.get(elements);
  if (result === undefined) {
    result = adjointOf(elements);
    knownAdjoints.set(elements, result);
  }
  return result;
}

function adjointOf(elements: Matrix): Matrix {
  return sortedElements(elements.map(([row, column, re, im]): MatrixElement => [column, row, re, -im]));
}

export function sortedElements(elements: Matrix): Matrix {
  if (isSorted(elements)) return elements;
  const sums = new LikeTerms<number, MatrixElement>();
  for (const element of elements) {
    const [row, column, re, im] = element;
    sums.add(row * MAX_DIMENSION + column, [re, im], element);
  }
  return sums
    .collected()
    .map(([value, [row, column]]): MatrixElement => [row, column, ...value])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** Far above any site's dimension. */
const MAX_DIMENSION = 0x1000000;

/** Already as an operator keeps them; then the very array is kept, so that equal matrices are one object. */
function isSorted(elements: Matrix): boolean {
  return elements.every(([row, column, re, im], index) => {
    const before = elements[index - 1];
    const ascending = before === undefined || before[0] < row || (before[0] === row && before[1] < column);
    return ascending && (re !== 0 || im !== 0) && !Object.is(re, -0) && !Object.is(im, -0);
  });
}

const elementKeys = new WeakMap<readonly MatrixElement[], string>();

export function elementsKey(elements: readonly MatrixElement[]): string {
  let key = elementKeys.get(elements);
  if (key === undefined) {
    key = elements.join(";");
    elementKeys.set(elements, key);
  }
  return key;
}

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addOperators,
  applyOperator,
  dagger,
  multiplyOperators,
  scaleOperator,
  simplify,
} from "#src/model/algebra.js";
import { isHermitian } from "#src/model/hermitian.js";
import type { State } from "#src/model/model.js";
import { productKet } from "#src/model/states.js";
import * as dense from "../support/dense.js";
import { fullMatrix, fullVector } from "../support/full-space.js";
import { DIMENSIONS, operatorExpression, type Sample, SITES } from "./random-expressions.js";
import { operatorOf } from "./support.js";

const operatorFrom = ({ text }: Sample) => operatorOf(text, { sites: SITES });

/** Each of some hundred operations rounds by at most epsilon, relative to the bound of the norm. */
const tolerance = (bound: number): number => 256 * Number.EPSILON * bound;

test("an operator expression is the matrix that the textbook gives", () => {
  fc.assert(
    fc.property(operatorExpression, (sample) => {
      const found = fullMatrix(operatorFrom(sample), DIMENSIONS);
      expect(dense.difference(found, sample.matrix), sample.text).toBeLessThanOrEqual(
        tolerance(sample.bound),
      );
    }),
    { numRuns: 75 },
  );
});

test("sum, product, adjoint and simplification of operators are those of matrices", () => {
  fc.assert(
    fc.property(operatorExpression, operatorExpression, (x, y) => {
      const a = operatorFrom(x);
      const b = operatorFrom(y);
      const close = (operator: Parameters<typeof dagger>[0], wanted: dense.Dense, bound: number): void => {
        expect(dense.difference(fullMatrix(operator, DIMENSIONS), wanted)).toBeLessThanOrEqual(
          tolerance(bound),
        );
      };
      close(addOperators([a, b]), dense.sum(x.matrix, y.matrix), x.bound + y.bound);
      close(multiplyOperators(a, b), dense.product(x.matrix, y.matrix), x.bound * y.bound);
      close(dagger(a), dense.dagger(x.matrix), x.bound);
      close(simplify(addOperators([a, b]), DIMENSIONS), dense.sum(x.matrix, y.matrix), x.bound + y.bound);
    }),
    { numRuns: 40 },
  );
});

test("an operator acts on a ket as its matrix does", () => {
  const levels = fc.tuple(...DIMENSIONS.map((dimension) => fc.integer({ min: 0, max: dimension - 1 })));
  fc.assert(
    fc.property(operatorExpression, levels, (sample, at) => {
      const ket: State = productKet(at);
      const column = at.reduce((index, level, site) => index * (DIMENSIONS[site] ?? 1) + level, 0);
      const found = fullVector(applyOperator(operatorFrom(sample), ket), DIMENSIONS);
      found.forEach(([re, im], row) => {
        const [re2, im2] = dense.element(sample.matrix, row, column);
        expect(Math.abs(re - re2) + Math.abs(im - im2)).toBeLessThanOrEqual(2 * tolerance(sample.bound));
      });
    }),
    { numRuns: 40 },
  );
});

test("Hermitian is what the matrix says", () => {
  fc.assert(
    fc.property(operatorExpression, (sample) => {
      const operator = operatorFrom(sample);
      const matrix = fullMatrix(operator, DIMENSIONS);
      const defect = dense.difference(matrix, dense.dagger(matrix));
      // Between rounding and a plain difference nobody can say.
      fc.pre(defect <= tolerance(sample.bound) || defect > 1e-9 * dense.largestElement(matrix));
      fc.pre(dense.largestElement(matrix) > 1e-3 * sample.bound || defect === 0);
      expect(isHermitian(operator, DIMENSIONS), sample.text).toBe(defect <= tolerance(sample.bound));
    }),
    { numRuns: 75 },
  );
});

test("X + dag(X), i (X - dag(X)) and dag(X) X are Hermitian", () => {
  fc.assert(
    fc.property(operatorExpression, (sample) => {
      const x = operatorFrom(sample);
      const back = dagger(x);
      const difference = addOperators([x, scaleOperator(back, [-1, 0])]);
      expect(isHermitian(addOperators([x, back]), DIMENSIONS)).toBe(true);
      expect(isHermitian(scaleOperator(difference, [0, 1]), DIMENSIONS)).toBe(true);
      expect(isHermitian(multiplyOperators(back, x), DIMENSIONS)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

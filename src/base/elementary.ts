/**
 * Elementary functions from + - * / sqrt and bit operations alone. Math.exp and its like differ between engines in
 * the last bit; whatever reaches a trajectory's result uses these, so that it has the same bits everywhere.
 * exp, log, pow, sin and cos are right to less than 1 ulp over their whole range, atan2 to 1.5, sinh and cosh to 3.
 */
export { cosh, exp, log, pow, sinh } from "./exponential.ts";
export { atan2, cos, cosSin, sin } from "./trigonometric.ts";

import { describe, expect, test } from "vitest";
import {
  concurrence,
  fock,
  ground,
  type ModelDescription,
  model,
  n,
  qubit,
  qubits,
  type Scalar,
  sm,
  sum,
} from "#src/model/builder.js";
import { messagesIn } from "../support/faults.js";

/** What JavaScript lets a program write, and the builder must refuse in words. */

const A = qubit("A");
const simple: ModelDescription = { sites: [A], initial: ground, times: [0, 1] };

const faultsOf = (description: object): string[] => messagesIn(() => model({ ...simple, ...description }));

describe("arithmetic signs between operators or states", () => {
  /** Written without types, as a script would. */
  const untyped = (value: unknown): number => value as number;
  const q = qubits("q", 2);

  test.each<[string, () => unknown, string]>([
    ["2 * A", () => 2 * untyped(n(A)), "A.times(2)"],
    ["A + B", () => untyped(n(A)) + untyped(sm(A)), "A.plus(B)"],
    ["-A", () => -untyped(n(A)), "A.times(2)"],
    ["2 * an array of one operator", () => 2 * untyped([n(A)]), "A.times(2)"],
    ["2 * a list of operators", () => 2 * untyped(n(q)), "A.times(2)"],
    ["psi + phi", () => untyped(ground) + untyped(ground), "psi.plus(phi)"],
    ["psi / 2", () => untyped(ground) / 2, "psi.over(2)"],
  ])("%s", (_, calculate, advice) => {
    expect(calculate).toThrow(TypeError);
    expect(calculate).toThrow(advice);
  });

  test.each<[unknown, string]>([
    [undefined, "undefined"],
    [null, "null"],
    ["2", '"2"'],
    [[1, 2, 3], "another list"],
    [[n(A), n(A)], "another list"],
  ])("a factor that is no number: %#", (factor, found) => {
    const multiply = () => n(A).times(factor as Scalar);
    expect(multiply).toThrow(
      new TypeError(`must be a number, or a complex one as [re, im], but is ${found}`),
    );
  });

  test("a factor that is not a number after all", () => {
    expect(faultsOf({ hamiltonian: n(A).times(Number.NaN) })).toEqual([
      "hamiltonian: must be finite, but has an element that is infinite or no number",
    ]);
  });
});

describe("sites that the model was not given", () => {
  const must = "must use sites of the model only, but";

  test("each is named once, with the place to add it", () => {
    const q = qubits("q", 2);
    const faults = faultsOf({
      hamiltonian: sum(n(q), [n(A)], n(q)),
      measures: { C: concurrence(A, qubit("B")) },
      channels: { guide: { waveguide: [A, fock("c", 3)], kx: [0, 1], rate: 1 } },
    });
    expect(faults).toEqual([
      `hamiltonian: ${must} q1, q2 are not in its list "sites": add them there`,
      `channels.guide.waveguide[2]: ${must} c is not in its list "sites": add it there`,
      `measures.C: ${must} B is not in its list "sites": add it there`,
    ]);
  });

  test("an array as the list of sites: one fault, with the way to write it", () => {
    const q = qubits("q", 50);
    const whole = "must be given as a whole, sites: [q] with the array as an entry";
    expect(faultsOf({ sites: q })).toEqual([`sites.q: ${whole}, but q1 stands alone`]);
    expect(faultsOf({ sites: [[...q].reverse()] })).toEqual([`sites.q: ${whole}, but q50 stands alone`]);
  });
});

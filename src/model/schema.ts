/**
 * The model file as JSON Schema (draft-07), for completion and checks in editors. `src/model.schema.json` is this object
 * written out; the package exports it as "mcwf/schema.json". A first line in a model file turns it on:
 *
 *     # yaml-language-server: $schema=node_modules/mcwf/dist/model.schema.json
 *
 * The schema knows keys and shapes. Expressions are checked by the reader alone, so a file that the schema accepts may
 * still have faults, but no file that the reader accepts is marked by it.
 *
 * After a change, write the file again:
 *
 *     npm run build:ts && node -e 'import("./dist/model/schema.js").then(({ modelSchema }) =>
 *       fs.writeFileSync("src/model.schema.json", JSON.stringify(modelSchema)))'
 *     npx biome format --write src/model.schema.json && npm run build:ts
 */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | null)[];
  readonly default?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

const refer = (definition: string): JsonSchema => ({ $ref: `#/definitions/${definition}` });

/** One of the definitions below, with a description of its own: beside a bare $ref editors overlook it. */
const a = (definition: string, description: string, ...examples: unknown[]): JsonSchema => ({
  description,
  anyOf: [refer(definition)],
  ...(examples.length > 0 && { examples }),
});

const listOf = (items: JsonSchema): JsonSchema => ({ type: "array", items });

/** A mapping with exactly these keys. */
const record = (
  description: string,
  required: readonly string[],
  properties: Readonly<Record<string, JsonSchema>>,
): JsonSchema => ({ description, type: "object", required, properties, additionalProperties: false });

/** A mapping from names that the user chooses; it may be left empty. */
const named = (definition: string, description: string, example: unknown): JsonSchema => ({
  description,
  type: ["object", "null"],
  additionalProperties: refer(definition),
  examples: [example],
});

/** What YAML may take for something else than the text that it is. */
const TEXT = ["string", "number", "boolean"] as const;

/**
 * Letters of any alphabet, digits and _, no digit first. Written as what must not stand there: some editors read
 * patterns without the flag that \p{L} needs. So it lets some symbols pass that the reader refuses, never the reverse.
 */
const NAME = { pattern: "^[^\\s\\d!-/:-@[-^`{-~][^\\s!-/:-@[-^`{-~]*$" };

const count = a("number", "Makes an array of that many members: q with count 3 is q1, q2, q3.", 3, "N");

const SITE = {
  qubit: record("Qubits: level 0 is the ground state, level 1 the excited one.", ["kind"], {
    kind: { description: "Two levels, 0 and 1.", enum: ["qubit"] },
    count,
  }),
  levels: record("A qudit with named levels.", ["levels"], {
    levels: {
      description: "Names of the levels, lowest first. A name that looks like a number is quoted.",
      type: "array",
      items: { type: [...TEXT, "null"] },
      minItems: 1,
      examples: [["g", "0", "1", "e"]],
    },
    count,
  }),
  spin: record("A collective spin.", ["spin"], {
    spin: a("number", "j, a half-integer >= 0. Levels are labelled by m = -j ... j.", 2, "1/2"),
    count,
  }),
  fock: record("An oscillator mode with a cut-off.", ["fock"], {
    fock: a("number", "Number of levels: 12 keeps 0 to 11 quanta.", 12),
    count,
  }),
};

const CHANNEL = {
  operator: record("One channel with one jump operator.", ["rate", "operator"], {
    rate: a("number", "Rate >= 0: jumps happen at rate * <L^+ L>.", "2*kappa"),
    operator: a("operator", "The jump operator L.", "sum(sm(q))", "a(c)"),
  }),
  each: record("A channel for each operator of a list, named own1, own2, ...", ["rate", "each"], {
    rate: a("numbers", "Rate >= 0 of each, or a list with a rate for each.", "2*alpha", [0.1, 0.2]),
    each: a("operators", "The list of jump operators.", "sm(q)"),
  }),
  waveguide: record(
    "Emitters along a waveguide: the channels guide_R with o_R = sum_j exp(-i k x_j) s_j and guide_L with o_L = sum_j " +
      "exp(+i k x_j) s_j, and their exchange, which is added to the Hamiltonian.",
    ["waveguide"],
    {
      waveguide: {
        description:
          "The emitters: sites or arrays, for their lowering operators (sm, jm, a), or lowering operators s_j; a list of such.",
        anyOf: [{ type: "string" }, listOf({ anyOf: [{ type: "string" }, listOf({ type: "string" })] })],
        examples: ["q", ["q1", "A"], ["sm(q1)", "transition(A, 0, 1)"]],
      },
      kx: a("numbers", "The phases k x_j, one an emitter, in any order.", [0, "pi"], "list(j, 1, N, 0.1*j)"),
      x: a("numbers", "The positions x_j, one an emitter, in any order; with k.", [0, 0.25, 0.5]),
      k: a("number", "The wavenumber, >= 0; with x.", "2*pi"),
      rate: a("number", "An emitter's decay rate into both directions, gamma_R + gamma_L >= 0.", "gamma"),
      chirality: a("number", "(gamma_R - gamma_L)/(gamma_R + gamma_L), from -1 to 1; 0 if missing.", 0, 1),
      right: a("number", "gamma_R, towards larger x, in place of rate and chirality; with left.", 1),
      left: a("number", "gamma_L, towards smaller x, in place of rate and chirality; with right.", 0),
    },
  ),
  matrix: record(
    "sum_ij Gamma_ij (s_i rho s_j^+ - {s_j^+ s_i, rho}/2): a channel for each mode of the matrix of a rate > 0, named " +
      "decay1, decay2, ..., largest rates first.",
    ["matrix", "operators"],
    {
      matrix: {
        description: "Gamma by rows: Hermitian, without negative eigenvalues.",
        anyOf: [{ type: "string" }, listOf(refer("numbers"))],
        examples: [
          [
            [1, 0.5],
            [0.5, 1],
          ],
          "list(j, 1, N, list(l, 1, N, gamma*cos(k*(x[j] - x[l]))))",
        ],
      },
      operators: a("operators", "The list of operators s_j.", "sm(q)"),
    },
  ),
};

const definitions: Readonly<Record<string, JsonSchema>> = {
  number: {
    description:
      "A number, or an expression in the parameters: + - * / ^, i, pi, sqrt exp log sin cos abs conj mod floor ceil factorial.",
    type: ["number", "string"],
    examples: [0.001, "2*kappa", "1/2"],
  },
  numbers: {
    description: "A number, or a list of numbers.",
    anyOf: [refer("number"), listOf(refer("number"))],
    examples: [1, "0.05*kappa", [0, 0.4, 0.8], "list(j, 1, N, 2*pi*j/N)"],
  },
  operator: {
    description:
      "An operator: sm sp sx sy sz n id of a qubit; jm jp jz of a spin; a ad n of a mode; transition(A, to, from); " +
      "dag(X), projector(state), sums, products, multiples, whole powers; sum(list), sum(j, 1, N, term).",
    type: ["string", "number"],
    examples: ["sum(n(q))", "sum(exp(i*phi) .* sm(q))", "transition(A, 1, e)", "ad(c)*a(c)"],
  },
  operators: {
    description: "An operator, or a list of operators; an operator of an array is such a list.",
    anyOf: [refer("operator"), listOf(refer("operator"))],
    examples: ["hamiltonian", "n(q)", "projector((sp(q1) - sp(q2))*ground)"],
  },
  state: {
    description:
      'A pure state: ground, ket(label, ...), ket("100"), operator * state, sums and multiples. It is normalised for you.',
    type: "string",
    examples: ["ground", 'ket("10")', "(sp(q1) - sp(q2))*ground", "prod(j, 1, k, sp(q[j]))*ground"],
  },
  site: {
    description: "A site, or an array of alike sites (count).",
    anyOf: [
      { description: "Level 0 is the ground state, level 1 the excited one.", enum: ["qubit"] },
      ...Object.values(SITE),
    ],
    examples: ["qubit", { levels: ["g", "e"] }, { spin: "1/2" }, { fock: 12 }],
  },
  channel: {
    description:
      "One jump operator (operator), a list of them (each), emitters along a waveguide, or a decay matrix.",
    anyOf: Object.values(CHANNEL),
  },
  measure: {
    description:
      "A property of the averaged density matrix: logNegativity(A, B), concurrence(q1, q2), entropy(q1) in bits, purity(q1). " +
      "A side is a site, an array or a list [q1, q2]; all others are traced out; entropy() and purity() take the whole.",
    type: "string",
    pattern: "logNegativity|concurrence|entropy|purity",
    examples: ["logNegativity(A, B)", "concurrence(q1, q2)", "entropy(q1)", "purity()"],
  },
};

const initial: JsonSchema = {
  description: "The state at t = 0, or a mixture of states.",
  anyOf: [
    refer("state"),
    {
      description: "A mixture. Weights that do not add up to 1 are normalised.",
      type: "array",
      minItems: 1,
      items: record("A component of the mixture.", ["weight", "state"], {
        weight: a("number", "Its probability, >= 0.", 0.5, "b*(1 - d)"),
        state: a("state", "Its state.", "sp(q1)*ground"),
      }),
    },
  ],
  examples: ['ket("10")', "sp(q1)*ground"],
};

const times: JsonSchema = {
  description: "When to average. The initial state holds at t = 0, whatever comes first here.",
  anyOf: [
    record("Evenly spaced times.", ["from", "to", "points"], {
      from: a("number", "The first time, >= 0.", 0),
      to: a("number", "The last time.", 5000),
      points: a("number", "How many times, both ends counted.", 201),
    }),
    {
      description: "Ascending times.",
      ...listOf(refer("number")),
      minItems: 1,
      examples: [[0, 1, 10, 100]],
    },
    { description: "A list by a rule, or by name.", type: "string", examples: ["list(j, 0, 10, 2^j)"] },
  ],
};

const ensemble = record("The trajectories.", [], {
  trajectories: a("number", "How many; with tolerance: at most how many.", 10000),
  tolerance: a("number", "Stop when every observable's standard error is below this at every time.", 0.01),
  seed: {
    description: "Any text. The same seed gives the same bits. Drawn, printed and stored if missing.",
    type: TEXT,
    examples: ["fig4"],
  },
});

/** Completion and checks for model files in editors: see the head of this file. */
export const modelSchema: JsonSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "mcwf model file",
  ...record(
    "An open quantum system, what to observe, and how many trajectories.",
    ["sites", "initial", "times"],
    {
      $schema: { description: "Where this schema is, for editors. Nothing else reads it." },
      title: { description: "Printed with results and figures.", type: [...TEXT, "null"] },
      parameters: {
        ...named("numbers", "Numbers by name, for the expressions below. --set NAME=VALUE replaces one.", {
          omega: 1,
          kappa: "1e-3*omega",
        }),
        propertyNames: NAME,
      },
      sites: {
        description: "The parts of the system by name, in tensor order.",
        type: "object",
        propertyNames: NAME,
        additionalProperties: refer("site"),
        examples: [{ q: { kind: "qubit", count: 2 }, c: { fock: 12 } }],
      },
      hamiltonian: {
        description: "The Hamiltonian (hbar = 1), Hermitian. A list is added up; 0 if missing.",
        anyOf: [refer("operators"), { type: "null" }],
        examples: ["omega*sum(n(q))", ["omega*n(c)", "g*(a(c)*sp(q) + ad(c)*sm(q))"]],
      },
      channels: named(
        "channel",
        "Jump operators L with rates: d rho/dt = ... + rate (L rho L^+ - {L^+ L, rho}/2).",
        {
          common: { rate: "2*kappa", operator: "sum(sm(q))" },
          own: { rate: "2*alpha", each: "sm(q)" },
        },
      ),
      initial,
      times,
      observables: named("operators", "What is averaged at each time, by name; a list is NAME1, NAME2, ...", {
        energy: "hamiltonian",
        dark: "projector((sp(q1) - sp(q2))*ground)",
      }),
      measures: named("measure", "Entanglement and order of the averaged density matrix, by name.", {
        EN: "logNegativity(q1, q2)",
      }),
      ensemble: { ...ensemble, type: ["object", "null"] },
      density: {
        description: "Keep the averaged density matrix: not at all, at the last time, or at all times.",
        enum: ["none", "final", "all", null],
        default: "none",
      },
    },
  ),
  definitions,
};

/**
 * The model file as JSON Schema (draft-07), for completion and checks in editors. `src/model.schema.json` is this object
 * written out; the package exports it as "mcwf/schema.json". A first line in a model file turns it on:
 *
 *     # yaml-language-server: $schema=node_modules/mcwf/dist/model.schema.json
 *
 * The schema knows keys and shapes. Expressions are checked by the reader alone, so a file that the schema accepts may
 * still have faults, but no file that the reader accepts is marked by it.
 */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly default?: string | number;
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

const NAME = "^[A-Za-z_][A-Za-z0-9_]*$";

const reference = (definition: string, description: string, ...examples: unknown[]): JsonSchema => ({
  anyOf: [{ $ref: `#/definitions/${definition}` }],
  description,
  ...(examples.length > 0 && { examples }),
});

/** A mapping from names that the user chooses. */
const named = (definition: string, description: string, ...examples: unknown[]): JsonSchema => ({
  type: "object",
  description,
  propertyNames: { pattern: NAME },
  additionalProperties: { $ref: `#/definitions/${definition}` },
  ...(examples.length > 0 && { examples }),
});

/** A mapping with exactly these keys. */
const record = (
  description: string,
  required: readonly string[],
  properties: Readonly<Record<string, JsonSchema>>,
): JsonSchema => ({ type: "object", description, required, properties, additionalProperties: false });

const count = reference(
  "number",
  "Makes an array of that many members: q with count 3 is q1, q2, q3.",
  3,
  "N",
);

const definitions: Readonly<Record<string, JsonSchema>> = {
  number: {
    description:
      "A number, or an expression in the parameters: + - * / ^, i, pi, sqrt exp log sin cos abs conj mod factorial.",
    type: ["number", "string"],
    examples: [0.001, "2*kappa", "1/2"],
  },
  parameter: {
    description: "A number, complex number or list of such; may use the parameters above it.",
    anyOf: [{ $ref: "#/definitions/number" }, { type: "array", items: { $ref: "#/definitions/number" } }],
    examples: [1, "0.05*kappa", [0, 0.4, 0.8], "list(j, 1, N, 2*pi*j/N)"],
  },
  operator: {
    description:
      "An operator: sm sp sx sy sz n id of a qubit; jm jp jz of a spin; a ad n of a mode; transition(A, to, from); " +
      "dag(X), projector(state), sums, products, multiples, whole powers; sum(list), sum(j, 1, N, term).",
    type: ["string", "number"],
    examples: ["sum(n(q))", "sum(exp(i*phi) .* sm(q))", "transition(A, 1, e)", "ad(c)*a(c)"],
  },
  state: {
    description:
      'A pure state: ground, ket(label, ...), ket("100"), operator * state, sums and multiples of such. It is normalised for you.',
    type: "string",
    examples: ["ground", 'ket("10")', "(sp(q1) - sp(q2))*ground", "prod(j, 1, k, sp(q[j]))*ground"],
  },
  site: {
    description: "A site, or an array of alike sites (count).",
    anyOf: [
      { const: "qubit", description: "Level 0 is the ground state, level 1 the excited one." },
      record("Qubits: level 0 is the ground state, level 1 the excited one.", ["kind"], {
        kind: { const: "qubit", description: "Two levels, 0 and 1." },
        count,
      }),
      record("A qudit with named levels.", ["levels"], {
        levels: {
          description: "Names of the levels, lowest first. A name that looks like a number is quoted.",
          type: "array",
          items: { type: "string" },
          minItems: 1,
          examples: [["g", "0", "1", "e"]],
        },
        count,
      }),
      record("A collective spin.", ["spin"], {
        spin: reference("number", "j, a half-integer >= 0. Levels are labelled by m = -j ... j.", 2, "1/2"),
        count,
      }),
      record("An oscillator mode with a cut-off.", ["fock"], {
        fock: reference("number", "Number of levels: 12 keeps 0 to 11 quanta.", 12),
        count,
      }),
    ],
  },
  channel: {
    description: "One jump operator (operator) or a list of them (each).",
    anyOf: [
      record("One channel, one jump operator.", ["rate", "operator"], {
        rate: reference("number", "Rate >= 0: jumps happen at rate * <L^+ L>.", "2*kappa"),
        operator: reference("operator", "The jump operator L.", "sum(sm(q))", "a(c)"),
      }),
      record("One channel a member, named by number: own1, own2, ...", ["rate", "each"], {
        rate: {
          description: "Rate >= 0 of each, or a list with a rate for each.",
          anyOf: [{ $ref: "#/definitions/parameter" }],
          examples: ["2*alpha", [0.1, 0.2]],
        },
        each: reference("operator", "The list of jump operators.", "sm(q)"),
      }),
    ],
  },
  observable: {
    description: "An operator, or a list of them (NAME1, NAME2, ...). hamiltonian is the Hamiltonian itself.",
    anyOf: [{ $ref: "#/definitions/operator" }],
    examples: ["hamiltonian", "n(q)", "projector((sp(q1) - sp(q2))*ground)"],
  },
  measure: {
    description:
      "A property of the averaged density matrix: logNegativity(A, B), concurrence(q1, q2), entropy(q1) in bits, purity(q1). " +
      "A side is a site, an array or a list [q1, q2]; all others are traced out; entropy() and purity() take the whole.",
    type: "string",
    pattern: "^\\s*(logNegativity|concurrence|entropy|purity)\\s*\\(",
    examples: ["logNegativity(A, B)", "concurrence(q1, q2)", "entropy(q1)", "purity()"],
  },
};

const initial: JsonSchema = {
  description: "The state at t = 0, or a mixture of states.",
  anyOf: [
    { $ref: "#/definitions/state" },
    {
      description: "A mixture. Weights that do not add up to 1 are normalised.",
      type: "array",
      minItems: 1,
      items: record("A component of the mixture.", ["weight", "state"], {
        weight: reference("number", "Its probability, >= 0.", 0.5, "b*(1 - d)"),
        state: reference("state", "Its state.", "sp(q1)*ground"),
      }),
    },
  ],
  examples: ['ket("10")', "sp(q1)*ground"],
};

const times: JsonSchema = {
  description: "When to average. The initial state holds at t = 0, whatever comes first here.",
  anyOf: [
    record("Evenly spaced times.", ["from", "to", "points"], {
      from: reference("number", "The first time, >= 0.", 0),
      to: reference("number", "The last time.", 5000),
      points: reference("number", "How many times, both ends counted.", 201),
    }),
    {
      description: "Ascending times.",
      type: "array",
      minItems: 1,
      items: { $ref: "#/definitions/number" },
      examples: [[0, 1, 10, 100]],
    },
  ],
};

/** Completion and checks for model files in editors: see the head of this file. */
export const modelSchema: JsonSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "mcwf model file",
  ...record(
    "An open quantum system, what to observe, and how many trajectories.",
    ["sites", "initial", "times"],
    {
      title: { type: "string", description: "Printed with results and figures." },
      parameters: named(
        "parameter",
        "Named numbers, for the expressions below. --set NAME=VALUE replaces one.",
        {
          omega: 1,
          kappa: "1e-3*omega",
        },
      ),
      sites: named("site", "The parts of the system by name, in tensor order.", {
        q: { kind: "qubit", count: 2 },
        c: { fock: 12 },
      }),
      hamiltonian: {
        description: "The Hamiltonian (hbar = 1), Hermitian. A list is added up; 0 if missing.",
        anyOf: [
          { $ref: "#/definitions/operator" },
          { type: "array", items: { $ref: "#/definitions/operator" } },
        ],
        examples: ["omega*sum(n(q))", ["omega*n(c)", "g*(a(c)*sp(q) + ad(c)*sm(q))"]],
      },
      channels: named(
        "channel",
        "Jump channels L with rates: d rho/dt = ... + rate (L rho L^+ - {L^+ L, rho}/2).",
        {
          common: { rate: "2*kappa", operator: "sum(sm(q))" },
          own: { rate: "2*alpha", each: "sm(q)" },
        },
      ),
      initial,
      times,
      observables: named("observable", "What is averaged at each time, by name.", {
        energy: "hamiltonian",
        dark: "projector((sp(q1) - sp(q2))*ground)",
      }),
      measures: named("measure", "Entanglement and order of the averaged density matrix, by name.", {
        EN: "logNegativity(q1, q2)",
      }),
      ensemble: record("The trajectories.", [], {
        trajectories: reference("number", "How many; with tolerance: at most how many.", 10000),
        tolerance: reference(
          "number",
          "Stop when every observable's standard error is below this at every time.",
          0.01,
        ),
        seed: {
          description: "Any text. The same seed gives the same bits. Drawn, printed and stored if missing.",
          type: ["string", "number"],
          examples: ["fig4"],
        },
      }),
      density: {
        description: "Keep the averaged density matrix: none, at the last time, or at all times.",
        enum: ["none", "final", "all"],
        default: "none",
      },
    },
  ),
  definitions,
};

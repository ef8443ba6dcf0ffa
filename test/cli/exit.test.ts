import { afterEach, expect, test, vi } from "vitest";
import { InputError, NumericsError } from "#src/base/errors.js";
import { reportFailure } from "#src/cli/exit.js";
import { StoppedError } from "#src/cli/stop.js";
import { WriteError } from "#src/results/errors.js";

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  [
    new InputError([
      { file: "m.yaml", line: 3, column: 5, where: "times", message: "must ascend, but do not" },
    ]),
    2,
    "m.yaml:3:5: times: must ascend, but do not\n",
  ],
  [
    new WriteError("place", "x.json", "its folder does not exist"),
    2,
    "x.json: could not be written: its folder does not exist\n",
  ],
  [
    new WriteError("space", "x.json", "the disk is full"),
    3,
    "x.json: could not be written: the disk is full\n",
  ],
  [new NumericsError("the tolerance cannot be kept"), 3, "mcwf: the tolerance cannot be kept\n"],
  [new StoppedError("stopped"), 3, "mcwf: stopped\n"],
  [
    new RangeError("Array buffer allocation failed"),
    3,
    "mcwf: there is not enough memory, Array buffer allocation failed; each worker takes its own, see --workers\n",
  ],
])("%s", (error, code, text) => {
  const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  expect(reportFailure(error)).toBe(code);
  expect(said.mock.calls).toEqual([[text]]);
});

test.each([new TypeError("x is not a function\n    at secret (file.js:1:2)"), "text"])(
  "what nobody foresaw is one line without a stack: %s",
  (error) => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    expect(reportFailure(error)).toBe(70);
    expect(said).toHaveBeenCalledOnce();
    expect(String(said.mock.calls[0]?.[0])).toMatch(
      /^mcwf .*: internal error: .*please report this line.*\n$/,
    );
    expect(String(said.mock.calls[0]?.[0])).not.toContain("secret");
  },
);

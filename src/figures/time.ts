import { faultOf } from "../base/errors.ts";
import { didYouMean } from "../model/meant.ts";
import type { Model } from "../model/model.ts";
import { printedName } from "./text.ts";

/** hbar = 1, so a model's times are in the inverse of whatever unit its frequencies and rates are in. */
const TIME_TITLE = "time t (1/frequency)";

type WithParameters = Pick<Model, "parameters">;

/** A time axis: its title, and the factor from a model's times to its own. */
export interface TimeAxis {
  readonly title: string;
  readonly scaleOf: (model: WithParameters) => number;
}

export const PLAIN_TIME: TimeAxis = { title: TIME_TITLE, scaleOf: () => 1 };

/**
 * Times in units of the inverse of a parameter: "kappa" gives the axis "time κt", "G1" the axis "time G1 t". Throws InputError
 * as a fault of `option`.
 */
export function timeAxis(
  parameter: string | undefined,
  models: readonly WithParameters[],
  option: string,
): TimeAxis {
  if (parameter === undefined) return PLAIN_TIME;
  for (const { parameters } of models) checkParameter(parameter, parameters, option);
  const factor = printedName(parameter);
  return {
    title: `time ${factor}${[...factor].length > 1 ? " " : ""}t`,
    scaleOf: ({ parameters }) => Number(parameters[parameter]),
  };
}

function checkParameter(name: string, parameters: Model["parameters"], option: string): void {
  const known = Object.keys(parameters);
  if (!Object.hasOwn(parameters, name)) {
    const has = known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
    throw faultOf(
      option,
      `must name a parameter of the model, but ${name} is not one; ${has}${didYouMean(name, known)}`,
    );
  }
  const value = parameters[name];
  if (!(typeof value === "number" && value > 0)) {
    throw faultOf(option, `must name a parameter with a value > 0, but ${name} is ${JSON.stringify(value)}`);
  }
}

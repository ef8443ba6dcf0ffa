/**
 * Systems whose means are known in closed form, each with its derivation. Rates follow the program's convention: a
 * channel of the paper with the amplitude rate kappa has the rate 2 kappa.
 */
export * from "./systems/clockwork.js";
export * from "./systems/many.js";
export * from "./systems/pair.js";
export * from "./systems/single.js";
export {
  type Grid,
  makeModel,
  pure,
  qubitSites,
  type SolvedSystem,
  siteNamed,
  uniformTimes,
} from "./systems/solved.js";

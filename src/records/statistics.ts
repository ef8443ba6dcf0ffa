import { NumericsError } from "../base/errors.ts";
import type { JumpRecords } from "../kernel/types.ts";
import type { Model } from "../model/model.ts";
import { CLICK_QUANTITIES, type ClickQuantity } from "../results/clicks.ts";
import type { Engine } from "../results/result.ts";
import type { EnsembleRun } from "../trajectories/options.ts";
import { compareDetector, type DetectorStatistics, type Watched } from "./detector.ts";
import { ClickEstimator, type ClickPoint } from "./estimate.ts";
import { exactClicks, expectedClicks } from "./exact.ts";
import { type ClickGrid, type Detector, detectorsOf } from "./grid.ts";
import { ClickTallies } from "./tally.ts";

/** What the clicks of a run tell, beside what the master equation says; the JSON file is this object as it stands. */
export interface ClickStatistics {
  readonly format: "mcwf-clicks/1";
  readonly model: Model;
  readonly seed: string;
  readonly trajectories: number;
  /** Clicks are watched from 0 to here. */
  readonly end: number;
  /** Clicks in it are followed for `tau`: waits and g2. */
  readonly window: { readonly from: number; readonly to: number };
  readonly tau: number;
  readonly detectors: readonly DetectorStatistics[];
  /** null where there are no exact values. */
  readonly verdict: ClickVerdict | null;
  readonly engine: Engine;
  readonly notes: readonly string[];
}

export interface ClickVerdict {
  readonly agree: boolean;
  /** Probability, at most, that a right run is called wrong. */
  readonly falseAlarm: number;
  /** Points with events enough to be tested; each at the level falseAlarm / points. */
  readonly points: number;
  readonly worst: WorstPoint | null;
}

export interface WorstPoint {
  readonly detector: string;
  readonly quantity: ClickQuantity;
  readonly point: ClickPoint;
}

/** Numbers of clicks told apart: to five standard deviations of a Poisson law beyond the mean, within these. */
const FEWEST_NUMBERS = 3;
const MOST_NUMBERS = 60;
/** Where the mean is not known beforehand. */
const DEFAULT_NUMBERS = 20;

/** Made before a run, fed with its records, asked at its end. Exact laws are computed at once. */
export class ClickStudy {
  readonly #model: Model;
  readonly #grid: ClickGrid;
  readonly #watched: readonly Watched[];
  readonly #tallies: ClickTallies;
  readonly #notes: string[] = [];

  /** @param channels names by index in the records */
  constructor(model: Model, channels: readonly string[], grid: ClickGrid) {
    this.#model = model;
    this.#grid = grid;
    const detectors = detectorsOf(channels);
    this.#watched = this.#solve(detectors);
    const most = this.#watched.map((watched) => watched.most);
    this.#tallies = new ClickTallies(channels, detectors, grid, most);
    const [first] = detectors;
    if (first !== undefined && detectors.length === 1 && channels.length > 1) {
      this.#notes.push(`clicks of the ${channels.length} channels are only looked at together`);
    }
  }

  add(records: JumpRecords): void {
    this.#tallies.add(records);
  }

  /** @param falseAlarm probability that a right run is called wrong */
  finish(run: EnsembleRun, falseAlarm: number): ClickStatistics {
    const { result, evidence } = run;
    const { start, lagWidth, windowCells, bins, end } = this.#grid;
    const tallies = this.#tallies.finish(evidence.trajectories);
    const estimator = new ClickEstimator(evidence);
    const detectors = this.#watched.flatMap((watched, number) => {
      const tally = tallies[number];
      return tally === undefined ? [] : [compareDetector(estimator, watched, tally, this.#grid)];
    });
    return {
      format: "mcwf-clicks/1",
      model: this.#model,
      seed: result.seed ?? "",
      trajectories: evidence.trajectories,
      end,
      window: { from: start, to: start + windowCells * lagWidth },
      tau: bins * lagWidth,
      detectors,
      verdict: this.#watched.some(({ exact }) => exact === null) ? null : judge(detectors, falseAlarm),
      engine: result.engine,
      notes: [...result.notes, ...this.#notes],
    };
  }

  /** All laws or none: a system that is too large for one is so for the others. */
  #solve(detectors: readonly Detector[]): Watched[] {
    try {
      return detectors.map((detector) => {
        const [mean = 0] = expectedClicks(this.#model, detector.channels, [this.#grid.end]);
        const wanted = Math.ceil(mean + 5 * Math.sqrt(mean)) + 2;
        const most = Math.min(MOST_NUMBERS, Math.max(FEWEST_NUMBERS, wanted));
        return { detector, most, exact: exactClicks(this.#model, detector.channels, this.#grid, most) };
      });
    } catch (error) {
      if (!(error instanceof NumericsError)) throw error;
      this.#notes.push(`there are no exact values beside the clicks: ${error.message}`);
      return detectors.map((detector) => ({ detector, most: DEFAULT_NUMBERS, exact: null }));
    }
  }
}

function judge(detectors: readonly DetectorStatistics[], falseAlarm: number): ClickVerdict {
  const tested = detectors.flatMap((detector) =>
    CLICK_QUANTITIES.flatMap((quantity) =>
      detector[quantity].flatMap((point) => (point.pValue === null ? [] : [{ detector, quantity, point }])),
    ),
  );
  const level = falseAlarm / Math.max(1, tested.length);
  const p = ({ point }: { readonly point: ClickPoint }) => point.pValue ?? 1;
  const worst = tested.reduce<(typeof tested)[number] | null>(
    (found, one) => (found === null || p(one) < p(found) ? one : found),
    null,
  );
  return {
    agree: tested.every((one) => p(one) >= level),
    falseAlarm,
    points: tested.length,
    worst: worst && { detector: worst.detector.name, quantity: worst.quantity, point: worst.point },
  };
}

// The kernel's exports: fill a program, run batches, read sums. Addresses are only for the host's binding.
import { Batch } from "./batch";
import { Chain } from "./chain";
import { Constant } from "./constant";
import { AUTO, CONSTANT, DENSE, Engine, KRYLOV, LANCZOS } from "./engine";
import { HermitianForm, Projector } from "./form";
import { Grid } from "./grid";
import { LadderSegment } from "./ladder-segment";
import { LanczosSegment } from "./lanczos-segment";
import { matrices } from "./matrices";
import { allocate, allocated, allocateVector, asking } from "./memory";
import { Observer } from "./observer";
import { Jump, Sectors, Space } from "./program";
import { Random } from "./random";
import { Records } from "./records";
import { Resets } from "./resets";
import { Component, Root } from "./root";
import { Segment } from "./segment";
import { SingleJump } from "./single-jump";
import { Sums } from "./sums";
import { Trajectory } from "./trajectory";

export { allocate } from "./memory";
export { addBlockMatrix, addSparseMatrix } from "./matrices";
export { AUTO, CHEBYSHEV, CONSTANT, DENSE, KRYLOV, LANCZOS, UNCACHED } from "./engine";
export { REPLICATES } from "./sums";

let spaces: Space[] = [];
let grid: Grid = new Grid(0, 0, 0);
let moments: i32 = 0;
let channels: i32 = 0;
let scales: usize = 0;
let stratified: bool = false;
let choice: i32 = AUTO;
let groups: i32 = 1;
let random: Random = new Random(0, 0, false);
let root: Root = new Root(false);
let sums: Sums = new Sums(0, 0, 0, 0, 1);
let records: Records = new Records();
let trajectory: Trajectory | null = null;
let engine: Engine | null = null;
let batch: Batch | null = null;

/**
 * times: f64[timeCount]; gridStep: their distance if they are equidistant, else 0; momentScales: f64[momentCount];
 * engineChoice: AUTO, DENSE, KRYLOV, CHEBYSHEV or UNCACHED; clickGroups: sums apart for 0, 1, ... jumps so far, the last for
 * all more; 1 for none.
 */
export function configure(
  timeCount: i32,
  times: usize,
  gridStep: f64,
  momentCount: i32,
  momentScales: usize,
  channelCount: i32,
  stratifiedSampling: bool,
  engineChoice: i32,
  clickGroups: i32,
): void {
  grid = new Grid(timeCount, times, gridStep);
  moments = momentCount;
  scales = momentScales;
  channels = channelCount;
  stratified = stratifiedSampling;
  choice = engineChoice;
  groups = max(clickGroups, 1);
  root = new Root(stratifiedSampling);
}

export function addSpace(
  sectorCount: i32,
  sectorStart: usize,
  energies: usize,
  dimension: i32,
  matrix: i32,
  structure: i32,
  commonRate: f64,
  norm: f64,
  rateBound: f64,
  lowestRate: f64,
  lowestEnergy: f64,
  highestEnergy: f64,
  diagonalRates: usize,
): void {
  const sectors = new Sectors(sectorCount, sectorStart, energies);
  spaces.push(
    new Space(
      dimension, sectors, matrices[matrix], structure, commonRate, norm, rateBound, lowestRate, lowestEnergy, highestEnergy,
      diagonalRates,
    ),
  );
}

/**
 * Jumps of a space, in the order of the program. `factored`: the generator applies it as -(1/2) J^+ J. `diagonal`: in
 * `diagonalRates` of its space; not for the first.
 */
export function addJump(space: i32, channel: i32, target: i32, matrix: i32, factored: bool, diagonal: bool): void {
  const s = spaces[space];
  if (factored) s.factored.push(s.jumps.length);
  s.addJump(new Jump(channel, target, matrices[matrix], diagonal));
}

/** diagonal: f64[dimension] or 0; count elements of the strictly upper triangle. */
export function addForm(space: i32, diagonal: usize, count: i32, row: usize, column: usize, values: usize): void {
  const s = spaces[space];
  s.forms.push(new HermitianForm(s.dimension, diagonal, count, row, column, values));
}

/** A projector of the form that was added last to this space. */
export function addProjector(space: i32, weight: f64, count: i32, index: usize, values: usize): void {
  const forms = spaces[space].forms;
  forms[forms.length - 1].projectors.push(new Projector(weight, count, index, values));
}

/** Component of the initial mixture; amplitudes: complex[dimension], normalised. */
export function addInitial(weight: f64, space: i32, amplitudes: usize): void {
  root.components.push(new Component(weight, space, amplitudes, grid.count, moments));
}

/** Bytes of what is kept of all evolutions without a jump: the first components of a mixture have theirs. */
const MOST_KEPT: f64 = 256e6;

/** After all of the above: computes the evolution without a jump. Returns false if it is not finite. */
export function start(key0: u64, key1: u64): bool {
  let largest = 1;
  const dimensions: i32[] = [];
  for (let s = 0; s < spaces.length; s++) {
    largest = max(largest, spaces[s].dimension);
    dimensions.push(spaces[s].dimension);
  }
  for (let s = 0; s < spaces.length; s++) spaces[s].finish(dimensions);
  random = new Random(key0, key1, stratified);
  sums = new Sums(grid.count, moments, channels, scales, groups);
  const chooser = new Engine(spaces, grid, largest, choice);
  engine = chooser;
  const observer = new Observer(moments, largest);
  for (let s = 0; s < spaces.length; s++) {
    if (chooser.kind(s) == CONSTANT) setConstant(spaces[s], observer);
  }
  const psi = allocateVector(largest);
  let kept: f64 = 0;
  for (let c = 0; c < root.components.length; c++) {
    const component = root.components[c];
    if (!component.evolve(spaces, grid, chooser, observer, moments, psi)) return false;
    kept -= allocated;
    const path = kept + allocated < MOST_KEPT ? chooser.lasting(component.space, component.amplitudes) : null;
    kept += allocated;
    if (path !== null) {
      component.keep(path, sums.share(component.values), grid.count);
      component.single = singleJump(component, path);
    }
  }
  root.finish(grid, moments);
  const resets = new Resets();
  resets.find(spaces, chooser);
  const own = new Trajectory(spaces, grid, chooser, observer, random, sums, records, resets, moments, largest);
  trajectory = own;
  batch = new Batch(root, random, sums, records, own);
  return true;
}

function singleJump(component: Component, path: Segment): SingleJump | null {
  const space = spaces[component.space];
  if (space.jumps.length != 1) return null;
  const jump = space.jumps[0];
  const after = spaces[jump.target].constant;
  if (after === null || !after.lasts) return null;
  return new SingleJump(space, path, component.shared, jump, after, grid, sums, records);
}

function setConstant(space: Space, observer: Observer): void {
  const constant = new Constant(space, moments, grid.last);
  observer.measureState(space, constant.state, 1);
  sums.quantise(observer.values, constant.values);
  space.constant = constant;
}

/** Adds trajectories first .. first + count - 1 to the sums. `batchFirst`: where the batch began. Returns a status. */
export function run(batchFirst: u64, first: u64, count: i32): i32 {
  return batch === null ? -1 : (batch as Batch).run(batchFirst, first, count);
}

/** Completes the sums of a batch: call once, before they are read. */
export function collect(): void {
  sums.collect();
}

/** Whether memory was asked for that there is not: why the kernel has trapped. */
export function exhausted(): bool {
  return asking;
}

/** The kind of segment that a space gets. */
export function segmentKind(space: i32): i32 {
  return engine === null ? AUTO : (engine as Engine).kind(space);
}

/** What is kept of the evolution without a jump of a component: DENSE, a table; LANCZOS, an eigenbasis; KRYLOV, a chain; AUTO: none. */
export function keptKind(component: i32): i32 {
  const path = root.components[component].path;
  if (path === null) return AUTO;
  if (path instanceof Chain) return KRYLOV;
  return path instanceof LadderSegment || path instanceof LanczosSegment ? LANCZOS : DENSE;
}

/** Whether what follows the first channel's jump from there is kept as well. */
export function keptContinues(component: i32): bool {
  const path = root.components[component].path;
  return path !== null && path.continues;
}

export function clear(): void {
  sums.clear();
  records.clear();
}

export function failedTrajectory(): i32 {
  return batch === null ? 0 : (batch as Batch).failedOffset;
}
export function failedTime(): f64 {
  return trajectory === null ? 0 : (trajectory as Trajectory).failureTime;
}

/** i64[groups][REPLICATES][times][moments] */
export function momentSums(): usize {
  return sums.moments;
}
/** i64[groups][REPLICATES][times + 1]: trajectories in each group; its last entry of each row is not used. */
export function groupCounts(): usize {
  return sums.occupied;
}
/** i64[REPLICATES][times]: first jumps between the output time before and this one. */
export function firstJumps(): usize {
  return sums.firstJumps;
}
/** i64[REPLICATES][channels] */
export function jumpSums(): usize {
  return sums.jumps;
}

export function jumpWeight(): f64 {
  return root.jumpWeight;
}
/** f64[times][moments] */
export function silentPart(): usize {
  return root.silent;
}
/** f64[times] */
export function survival(): usize {
  return root.survival;
}
/** f64[times] */
export function undisturbed(): usize {
  return root.undisturbed;
}

/** f64[times] */
export function logSurvival(component: i32): usize {
  return root.components[component].logNorm;
}
/** f64[times][moments] */
export function silentValues(component: i32): usize {
  return root.components[component].values;
}

/** Room for `capacity` jump records a batch; without it none are kept. */
export function reserveRecords(capacity: i32): void {
  records.reserve(capacity);
}
export function recordsOverflowed(): bool {
  return records.overflow;
}
export function recordCount(): i32 {
  return records.count;
}
/** i32[count]: trajectory - batchFirst */
export function recordTrajectories(): usize {
  return records.trajectory;
}
/** f64[count] */
export function recordTimes(): usize {
  return records.time;
}
/** i32[count] */
export function recordChannels(): usize {
  return records.channel;
}

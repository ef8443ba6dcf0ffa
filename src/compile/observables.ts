import type { Complex } from "../base/complex.ts";
import { largestElement } from "../model/algebra.ts";
import type { Observable, Operator } from "../model/model.ts";
import type { Basis } from "./basis.ts";
import { type Bounds, FormBuilder, gershgorin, projectorBounds } from "./forms.ts";
import { KetSum } from "./ket-sum.ts";
import { LocalIndex } from "./local-index.ts";
import { PackedOperator } from "./packed-operator.ts";
import type { HermitianForm, Moment, MomentLayout, Projector } from "./program.ts";
import { forEachElement, hermitianPart, type RankOne, restrict } from "./rank-one.ts";
import type { BuiltSpace } from "./space-builder.ts";
import { SparseBuilder } from "./sparse.ts";

/** A projector on more kets than this stays a projector: n multiplications beat n (n + 1) / 2. */
const WIDE = 4;

export interface BuiltMoments {
  readonly moments: readonly Moment[];
  /** [space][moment] */
  readonly forms: readonly HermitianForm[][];
}

export interface BuiltObservables extends BuiltMoments {
  readonly layout: MomentLayout["observables"];
}

/** O = A + iB, A and B Hermitian: one moment for a Hermitian observable, two for others. */
export function buildObservables(
  observables: readonly Observable[],
  basis: Basis,
  spaces: readonly BuiltSpace[],
): BuiltObservables {
  const parts: Part[] = [];
  const layout = observables.map(({ name, operator, hermitian }) => {
    const re = parts.push(createPart(operator, [1, 0], basis)) - 1;
    const im = hermitian ? null : parts.push(createPart(operator, [0, -1], basis)) - 1;
    return { name, re, im };
  });
  const local = new LocalIndex(basis.index.count);
  const scratch: Scratch = { images: new KetSum(basis.index.words), builder: new SparseBuilder() };
  const bounds: Bounds[] = parts.map(() => ({ lower: Infinity, upper: -Infinity }));
  const forms = spaces.map(({ kets }) => {
    local.use(kets);
    return parts.map((part, m) => {
      const built = buildForm(part, basis, kets, local, scratch);
      const { lower, upper } = bounds[m] as Bounds;
      bounds[m] = { lower: Math.min(lower, built.lower), upper: Math.max(upper, built.upper) };
      return built.form;
    });
  });
  return { layout, moments: bounds, forms };
}

interface Scratch {
  readonly images: KetSum;
  readonly builder: SparseBuilder;
}

/** The Hermitian part of factor * O. */
interface Part {
  readonly factor: Complex;
  readonly terms: PackedOperator;
  readonly rankOnes: readonly RankOne[];
}

function createPart(operator: Operator, factor: Complex, basis: Basis): Part {
  const terms: Operator = { terms: operator.terms, dyads: [] };
  return {
    factor,
    terms: new PackedOperator(terms, basis.packing, largestElement(operator)),
    rankOnes: hermitianPart(operator.dyads, factor, basis),
  };
}

function buildForm(
  part: Part,
  { index }: Basis,
  kets: Uint32Array,
  local: LocalIndex,
  { images, builder: elements }: Scratch,
): Bounds & { readonly form: HermitianForm } {
  const builder = new FormBuilder(kets.length, elements);
  const [re, im] = part.factor;
  for (let column = 0; column < kets.length; column++) {
    part.terms.apply(index.kets, (kets[column] as number) * index.words, images);
    for (let i = 0; i < images.count; i++) {
      const ket = index.find(images.kets, i * index.words);
      const row = ket < 0 ? -1 : (local.of[ket] as number);
      if (row < 0) continue;
      const a = images.re[i] as number;
      const b = images.im[i] as number;
      builder.add(row, column, re * a - im * b, re * b + im * a);
    }
  }
  return withProjectors(builder, part.rankOnes, kets.length, local);
}

/** Bounds: the better of (terms and dyads apart) and (small dyads multiplied out and added to the terms). */
function withProjectors(
  builder: FormBuilder,
  rankOnes: readonly RankOne[],
  dimension: number,
  local: LocalIndex,
): Bounds & { readonly form: HermitianForm } {
  const projectors = rankOnes
    .map((rankOne) => restrict(rankOne, local))
    .filter((projector) => projector.index.length > 0);
  const terms = builder.build([]);
  const apart = addBounds(gershgorin(terms, dimension), projectorBounds(projectors));
  if (projectors.length === 0) return { form: terms, ...apart };
  const wide: Projector[] = [];
  for (const projector of projectors) {
    if (projector.index.length > WIDE) wide.push(projector);
    else forEachElement(projector, (row, column, re, im) => builder.add(row, column, re, im));
  }
  const form = builder.build(wide);
  const together = addBounds(gershgorin(form, dimension), projectorBounds(wide));
  return {
    form,
    lower: Math.max(apart.lower, together.lower),
    upper: Math.min(apart.upper, together.upper),
  };
}

const addBounds = (a: Bounds, b: Bounds): Bounds => ({ lower: a.lower + b.lower, upper: a.upper + b.upper });

import type { ComplexMatrix } from "./complex-matrix.ts";
import { compressed } from "./low-rank.ts";
import { tridiagonal, tridiagonalEigenvalues } from "./tridiagonal.ts";

/** A larger connected block would take minutes. */
export const LARGEST_BLOCK = 1024;

/**
 * Elements below this part of the largest (or of 1) count as 0. Populations that decay for long end as denormal numbers,
 * whose squares are 0 and whose quotients are infinite.
 */
const NEGLIGIBLE = 1e-150;

/**
 * Eigenvalues of a Hermitian matrix, ascending within each connected block of its pattern (sectors make density
 * matrices block diagonal, and the cost is cubic). Accurate to about 1e-15 of the norm, and to 1e-150.
 *
 * @throws RangeError when a block is larger than LARGEST_BLOCK; see largestBlock.
 */
export function hermitianEigenvalues(matrix: ComplexMatrix): number[] {
  const cleaned = withoutNegligible(matrix);
  return connectedBlocks(cleaned).flatMap((members) => blockEigenvalues(cleaned, members));
}

/** The dimension of the largest connected block. */
export const largestBlock = (matrix: ComplexMatrix): number =>
  connectedBlocks(matrix).reduce((most, members) => Math.max(most, members.length), 0);

function withoutNegligible({ n, re, im }: ComplexMatrix): ComplexMatrix {
  const largest = [re, im].reduce((most, part) => part.reduce((m, x) => Math.max(m, Math.abs(x)), most), 1);
  const clean = (x: number) => (Math.abs(x) < NEGLIGIBLE * largest ? 0 : x);
  return { n, re: re.map(clean), im: im.map(clean) };
}

function blockEigenvalues({ n, re, im }: ComplexMatrix, members: readonly number[]): number[] {
  const size = members.length;
  const first = members[0] ?? 0;
  if (size === 1) return [re[first * n + first] as number];
  if (size > LARGEST_BLOCK) {
    throw new RangeError(
      `a block must be at most ${LARGEST_BLOCK} x ${LARGEST_BLOCK}, but is ${size} x ${size}`,
    );
  }
  const block = { n: size, re: new Float64Array(size * size), im: new Float64Array(size * size) };
  members.forEach((row, i) => {
    members.forEach((column, j) => {
      const [here, there] = [row * n + column, column * n + row];
      block.re[i * size + j] = ((re[here] as number) + (re[there] as number)) / 2;
      block.im[i * size + j] = ((im[here] as number) - (im[there] as number)) / 2;
    });
  });
  const small = compressed(block);
  const eigenvalues = tridiagonalEigenvalues(tridiagonal(small));
  return [...eigenvalues, ...new Array<number>(size - small.n).fill(0)].sort((a, b) => a - b);
}

function connectedBlocks({ n, re, im }: ComplexMatrix): number[][] {
  const seen = new Uint8Array(n);
  const blocks: number[][] = [];
  for (let start = 0; start < n; start++) {
    if (seen[start] === 1) continue;
    seen[start] = 1;
    const members = [start];
    for (let next = 0; next < members.length; next++) {
      const i = members[next] as number;
      for (let j = 0; j < n; j++) {
        if (seen[j] === 1) continue;
        const coupled =
          re[i * n + j] !== 0 || im[i * n + j] !== 0 || re[j * n + i] !== 0 || im[j * n + i] !== 0;
        if (!coupled) continue;
        seen[j] = 1;
        members.push(j);
      }
    }
    blocks.push(members);
  }
  return blocks;
}

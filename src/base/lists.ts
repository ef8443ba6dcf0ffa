/** Item i, which must exist. */
export function at<T>(list: readonly T[], i: number): T {
  const item = list[i];
  if (item === undefined) throw new RangeError(`there is no item ${i} among ${list.length}`);
  return item;
}

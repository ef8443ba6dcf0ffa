import { faultOf } from "../base/errors.ts";

/** The entry of a table of file formats (".json": ...) for a file name. Throws InputError naming the endings there are. */
export function byEnding<T>(formats: Readonly<Record<string, T>>, path: string, option: string): T {
  const ending = /[^/\\](\.[^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  const format = Object.hasOwn(formats, ending) ? formats[ending] : undefined;
  if (format !== undefined) return format;
  const found = ending === "" ? "has no ending" : `ends in "${ending}"`;
  const message = `must end in ${Object.keys(formats).join(" or ")}, but "${path}" ${found}`;
  throw faultOf(option, message);
}

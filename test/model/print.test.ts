import { describe, expect, test } from "vitest";
import { ketPrinter } from "#src/model/print.js";
import { fockSite, levelsSite, qubitSite, spinSite } from "#src/model/sites.js";

describe("printed kets", () => {
  test("one character a site where every label has one", () => {
    const print = ketPrinter([
      qubitSite({ name: "q" }),
      levelsSite({ name: "A" }, ["g", "e"]),
      fockSite({ name: "c" }, 10),
    ]);
    expect(print([1, 1, 9])).toBe("1e9");
  });
  test("commas otherwise, also where the labels of this ket are short", () => {
    const print = ketPrinter([
      levelsSite({ name: "A" }, ["g", "e"]),
      spinSite({ name: "S" }, 1 / 2),
      fockSite({ name: "c" }, 11),
    ]);
    expect(print([1, 0, 3])).toBe("e,-1/2,3");
    expect(print(Uint8Array.of(0, 1, 10))).toBe("g,1/2,10");
  });
});

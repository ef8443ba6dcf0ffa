import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type YAMLError } from "yaml";
import type { Faults, Location } from "./faults.ts";
import { LIMITS } from "./limits.ts";
import { placesOf } from "./scalars.ts";

/** A model file as a tree of texts with places. Numbers are not read yet: `007` and `1e3` keep what was written. */
export type Node = ScalarNode | SequenceNode | MappingNode | BrokenNode;

export interface ScalarNode {
  readonly kind: "scalar";
  readonly text: string;
  readonly quoted: boolean;
  /** Nothing was written, or `null` or `~`. */
  readonly empty: boolean;
  readonly location: Location;
  /** Where character `index` of the text stands in the file. */
  readonly locate: (index: number) => Location;
}

export interface SequenceNode {
  readonly kind: "sequence";
  readonly items: readonly Node[];
  readonly location: Location;
}

export interface MappingNode {
  readonly kind: "mapping";
  readonly entries: readonly Entry[];
  readonly location: Location;
}

export interface Entry {
  readonly key: string;
  readonly keyLocation: Location;
  readonly value: Node;
}

/** Its fault is reported: readers pass over it in silence. */
export interface BrokenNode {
  readonly kind: "broken";
  readonly location: Location;
}

const QUOTE_IT = "inside { } or [ ] an expression with a comma or a bracket stands in quotes";

/** Reads YAML 1.2 or JSON. undefined where it is not even that: the faults say why. */
export function readDocument(text: string, file: string, faults: Faults): Node | undefined {
  const start = { file, line: 1, column: 1 };
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > LIMITS.bytes) {
    faults.add(start, "", `must be at most 64 kB (${LIMITS.bytes} bytes), but has ${bytes} bytes`);
    return undefined;
  }
  // A byte order mark is no part of the first line.
  const reader = new DocumentReader(text.replace(/^\ufeff/, ""), file, faults);
  if (reader.isBinary()) return undefined;
  return reader.read();
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the check is for
const NOT_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;

class DocumentReader {
  private readonly text: string;
  private readonly file: string;
  private readonly lines = new LineCounter();
  private readonly faults: Faults;
  /** Values that begin an expression which YAML has split: told already. */
  private readonly split = new Set<unknown>();

  constructor(text: string, file: string, faults: Faults) {
    this.text = text;
    this.file = file;
    this.faults = faults;
  }

  isBinary(): boolean {
    const index = this.text.search(NOT_TEXT);
    if (index < 0) return false;
    const before = this.text.slice(0, index).split("\n");
    const code = this.text.charCodeAt(index).toString(16).toUpperCase().padStart(4, "0");
    this.faults.add(
      { file: this.file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
      "",
      `must be a text file in UTF-8, but holds U+${code}`,
    );
    return true;
  }

  read(): Node | undefined {
    const document = this.parse();
    if (document === undefined) return undefined;
    const { contents, errors, directives } = document;
    const version = directives?.yaml.explicit === true ? directives.yaml.version : "1.2";
    if (version !== "1.2") {
      const index = this.text.search(/^%YAML/m);
      this.faults.add(this.at(Math.max(index, 0)), "", `must be YAML 1.2, but says that it is ${version}`);
      return undefined;
    }
    // One slip breaks the rest of the structure, so only the first such error tells something.
    const structural = errors.filter(({ code }) => code !== "DUPLICATE_KEY");
    const [first] = structural;
    if (first !== undefined) {
      this.faults.add(this.at(first.pos[0]), "", this.syntaxMessage(first));
      return undefined;
    }
    if (contents === null) {
      this.faults.add(this.at(0), "", "must hold a model, but is empty");
      return undefined;
    }
    return this.convert(contents, "");
  }

  private parse(): ReturnType<typeof parseDocument> | undefined {
    try {
      // "failsafe": every scalar stays the text that was written.
      return parseDocument(this.text, {
        lineCounter: this.lines,
        prettyErrors: false,
        schema: "failsafe",
        version: "1.2",
      });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.faults.add(this.at(0), "", "must be YAML 1.2, but is nested too deep");
      return undefined;
    }
  }

  private syntaxMessage(error: YAMLError): string {
    const [index] = error.pos;
    // The parser is recursive: brackets by the thousand exhaust the stack.
    if (/call stack/i.test(error.message)) return "must be YAML 1.2, but is nested too deep";
    if (error.code === "MULTIPLE_DOCS") return "must be one document, but holds several (---)";
    if (error.code === "TAB_AS_INDENT") return "must be indented with spaces, but is indented with a tab";
    const bracket = this.text[index] === "[" || this.text[index] === "{";
    const hint = bracket ? ` (YAML splits an expression here: ${QUOTE_IT})` : "";
    return `must be YAML 1.2, but is not: ${error.message}${hint}`;
  }

  private at(index: number): Location {
    const { line, col } = this.lines.linePos(index);
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  /** Tags and anchors stand before what they belong to. */
  private before(index: number, sign: string): Location {
    let begin = Math.max(this.text.lastIndexOf(sign, index), 0);
    while (begin > 0 && /[^\s,[\]{}]/.test(this.text.charAt(begin - 1))) begin--;
    return this.at(begin);
  }

  private broken(location: Location, where: string, message: string): BrokenNode {
    this.faults.add(location, where, message);
    return { kind: "broken", location };
  }

  private convert(node: unknown, where: string): Node {
    if (isAlias(node)) {
      return this.broken(
        this.at(node.range?.[0] ?? 0),
        where,
        "must not use YAML aliases (0 allowed), but does; quote a leading *",
      );
    }
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return this.emptyScalar(this.at(0));
    const location = this.at(node.range?.[0] ?? 0);
    const start = node.range?.[0] ?? 0;
    if (node.anchor !== undefined) {
      return this.broken(
        this.before(start, "&"),
        where,
        `must not use YAML anchors, but has &${node.anchor}`,
      );
    }
    if (node.tag !== undefined) {
      return this.broken(this.before(start, "!"), where, `must not use YAML tags, but has ${node.tag}`);
    }
    if (this.split.has(node)) return { kind: "broken", location };
    if (isScalar(node)) return this.scalar(node, location);
    const items = node.flow === true ? this.withoutPieces(node.items, where) : node.items;
    if (isSeq(node)) {
      const path = (index: number): string => `${where}[${index + 1}]`;
      return {
        kind: "sequence",
        items: items.map((item, index) => this.convert(item, path(index))),
        location,
      };
    }
    return { kind: "mapping", entries: this.entries(items, where), location };
  }

  private scalar(
    node: { value?: unknown; type?: string; range?: readonly number[] | null },
    location: Location,
  ): Node {
    const text = String(node.value ?? "");
    const plain = node.type === "PLAIN" || node.type === undefined;
    const start = node.range?.[0] ?? 0;
    const raw = this.text.slice(start, node.range?.[1] ?? start);
    let places: readonly number[] | undefined;
    return {
      kind: "scalar",
      text,
      quoted: !plain,
      empty: plain && /^(|~|null|Null|NULL)$/.test(text),
      location,
      locate: (index) => {
        places ??= placesOf(raw, text, node.type ?? "PLAIN");
        return this.at(start + (places[index] ?? raw.length));
      },
    };
  }

  private emptyScalar(location: Location): ScalarNode {
    return { kind: "scalar", text: "", quoted: false, empty: true, location, locate: () => location };
  }

  private entries(items: readonly unknown[], where: string): Entry[] {
    const entries: Entry[] = [];
    const seen = new Set<string>();
    for (const pair of items) {
      if (!isPair(pair)) continue;
      const { key } = pair;
      if (!isScalar(key)) {
        const range = (key as { range?: readonly number[] } | null)?.range;
        this.faults.add(this.at(range?.[0] ?? 0), where, "must have texts as keys, but has something else");
        continue;
      }
      const name = String(key.value ?? "");
      const keyLocation = this.at(key.range?.[0] ?? 0);
      const path = where === "" ? name : `${where}.${name}`;
      if (key.anchor !== undefined) this.faults.add(keyLocation, path, "must not use YAML anchors, but does");
      const value = pair.value === null ? this.emptyScalar(keyLocation) : this.convert(pair.value, path);
      if (seen.has(name)) this.faults.add(keyLocation, path, "must be given once, but is given again");
      else entries.push({ key: name, keyLocation, value });
      seen.add(name);
    }
    return entries;
  }

  /**
   * `{ operator: f(a, b) }`: YAML cuts at the comma, which leaves scalars with half a pair of brackets. The first of them is
   * a fault, those up to the closing bracket are left out, and what follows is read as it stands.
   */
  private withoutPieces(items: readonly unknown[], where: string): unknown[] {
    let open = 0;
    return items.filter((item, index) => {
      const [key, value] = isPair(item) ? [item.key, item.value] : [undefined, item];
      const name = isScalar(key) ? String(key.value) : "";
      const path = isPair(item) ? (where === "" ? name : `${where}.${name}`) : `${where}[${index + 1}]`;
      const inside = open > 0;
      const piece = [plainText(key), plainText(value)].findIndex((text) => !balanced(text));
      open = Math.max(0, open + openBrackets(plainText(key)) + openBrackets(plainText(value)));
      if (inside || piece < 0) return !inside;
      const scalar = piece === 0 ? key : value;
      this.faults.add(
        this.at(isScalar(scalar) ? (scalar.range?.[0] ?? 0) : 0),
        piece === 0 ? where : path,
        `must be a whole expression, but YAML has split it into pieces such as "${plainText(scalar)}": ${QUOTE_IT}`,
      );
      if (piece === 1) this.split.add(value);
      return piece === 1;
    });
  }
}

/** The text of a scalar without quotes, "" of anything else. */
const plainText = (node: unknown): string =>
  isScalar(node) && node.type === "PLAIN" ? String(node.value ?? "") : "";

const openBrackets = (text: string): number => text.split("(").length - text.split(")").length;

function balanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth++;
    else if (character === ")" && --depth < 0) return false;
  }
  return depth === 0;
}

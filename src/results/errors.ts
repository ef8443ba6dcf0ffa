/**
 * A file that could not be written. Kind "place": the destination itself is wrong (no such folder, no permission);
 * "space": the destination is right, but the disk, a quota or the device refused the data.
 */
export class WriteError extends Error {
  readonly kind: "place" | "space";
  /** Why, as a clause: "its folder does not exist". */
  readonly reason: string;

  constructor(kind: "place" | "space", path: string, reason: string) {
    super(`${path}: could not be written: ${reason}`);
    this.name = "WriteError";
    this.kind = kind;
    this.reason = reason;
  }
}

/** What the system calls a failure: "ENOENT". */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

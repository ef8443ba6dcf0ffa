/**
 * A file that could not be written. Kind "place": the destination itself is wrong (no such folder, no permission);
 * "space": the destination is right, but the disk, a quota or the device refused the data.
 */
export class WriteError extends Error {
  readonly kind: "place" | "space";
  constructor(kind: "place" | "space", message: string) {
    super(message);
    this.name = "WriteError";
    this.kind = kind;
  }
}

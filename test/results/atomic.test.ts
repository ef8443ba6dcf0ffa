import { spawnSync } from "node:child_process";
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkWritable, writeAtomically } from "#src/results/atomic.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcwf-atomic-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("replaces a file, keeps its mode, and leaves nothing else", async () => {
  const path = join(folder, "r.json");
  await writeFile(path, "old");
  await chmod(path, 0o640);
  await checkWritable(path);
  await writeAtomically(path, "new");
  expect(await readFile(path, "utf8")).toBe("new");
  expect((await stat(path)).mode & 0o777).toBe(0o640);
  expect(await readdir(folder)).toEqual(["r.json"]);
});

test("follows a symbolic link instead of replacing it", async () => {
  await mkdir(join(folder, "data"));
  await writeFile(join(folder, "data", "r.json"), "old");
  await symlink(join("data", "r.json"), join(folder, "link.json"));
  await writeAtomically(join(folder, "link.json"), "new");
  expect(await readlink(join(folder, "link.json"))).toBe(join("data", "r.json"));
  expect(await readFile(join(folder, "data", "r.json"), "utf8")).toBe("new");
});

test("follows a symbolic link to a file that does not exist yet", async () => {
  await mkdir(join(folder, "data"));
  await symlink(join("data", "r.json"), join(folder, "link.json"));
  expect(await checkWritable(join(folder, "link.json"))).toBe(
    await checkWritable(join(folder, "data", "r.json")),
  );
  await writeAtomically(join(folder, "link.json"), "new");
  expect(await readlink(join(folder, "link.json"))).toBe(join("data", "r.json"));
  expect(await readdir(join(folder, "data"))).toEqual(["r.json"]);
});

test("a name as long as the file system allows", async () => {
  const name = `${"x".repeat(250)}.json`;
  await checkWritable(join(folder, name));
  await writeAtomically(join(folder, name), "data");
  expect(await readdir(folder)).toEqual([name]);
});

test.each([
  ["missing/r.json", "its folder does not exist"],
  ["missing/../r.json", "its folder does not exist"],
  [".", "it is a folder"],
  ["file/r.json", "a part of its path is not a folder"],
  [`${"x".repeat(300)}.json`, "its name is too long"],
])("%s: one clean message, before and at the writing", async (name, message) => {
  await writeFile(join(folder, "file"), "");
  // join would resolve the two dots without a look at the folder before them.
  const path = `${folder}/${name}`;
  const expected = { name: "WriteError", kind: "place", message: expect.stringContaining(message) };
  await expect(checkWritable(path)).rejects.toMatchObject(expected);
  await expect(writeAtomically(path, "data")).rejects.toMatchObject(expected);
  expect(await readdir(folder)).toEqual(["file"]);
});

test("a write that fails half-way leaves the old file and no other", async () => {
  const path = join(folder, "r.json");
  await writeFile(path, "old");
  // A limit on the size of files makes the operating system refuse a write in its middle, as a full disk does.
  const script = `
    import { writeAtomically } from ${JSON.stringify(new URL("../../dist/results/atomic.js", import.meta.url).href)};
    await writeAtomically(${JSON.stringify(path)}, "x".repeat(1e6)).catch((error) => console.log(error.kind, error.message));`;
  const limited = `ulimit -f 100; exec "${process.execPath}" --input-type=module -e "$SCRIPT"`;
  const child = spawnSync("bash", ["-c", limited], {
    encoding: "utf8",
    env: { ...process.env, SCRIPT: script },
  });
  expect(child.stdout).toBe(
    `space ${path}: could not be written: the largest file size allowed is reached\n`,
  );
  expect(await readFile(path, "utf8")).toBe("old");
  expect(await readdir(folder)).toEqual(["r.json"]);
});

test("a program that ends in the middle of writing leaves no other file either", async () => {
  const path = join(folder, "r.json");
  await writeFile(path, "old");
  const script = `
    import { writeAtomically } from ${JSON.stringify(new URL("../../dist/results/atomic.js", import.meta.url).href)};
    import { readdirSync } from "node:fs";
    void writeAtomically(${JSON.stringify(path)}, "x".repeat(5e7));
    const watch = setInterval(() => {
      if (readdirSync(${JSON.stringify(folder)}).length > 1) process.exit(9);
    });
    setTimeout(() => clearInterval(watch), 5000);`;
  const child = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect(child.status).toBe(9);
  expect(await readFile(path, "utf8")).toBe("old");
  expect(await readdir(folder)).toEqual(["r.json"]);
});

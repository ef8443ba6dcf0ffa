// npm makes a command executable when it installs it, but `npx mcwf` installs a link to this folder once for its path and keeps
// that for ever: whatever builds dist/ must do it again, or `npx mcwf` answers "Permission denied".
import { chmodSync } from "node:fs";
import { fileURLToPath } from "node:url";

chmodSync(fileURLToPath(new URL("../dist/cli/main.js", import.meta.url)), 0o755);

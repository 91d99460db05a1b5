// Holds the write lock of a file for some milliseconds, as a backup or a second bot might.
import { DatabaseSync } from "node:sqlite";

const [file = "", heldMs = ""] = process.argv.slice(2);
const database = new DatabaseSync(file, { timeout: 1_000 });
database.exec("BEGIN IMMEDIATE");
process.stdout.write("locked\n");
setTimeout(() => {
  database.exec("COMMIT");
  database.close();
}, Number(heldMs));

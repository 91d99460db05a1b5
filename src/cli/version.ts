import { Command } from "commander";
import manifest from "../../package.json" with { type: "json" };

/** The version, and what it runs on. */
export const versionInWords = `nextrust ${manifest.version} (Node ${process.versions.node})`;

export const version = new Command("version").description("Print the version.").action(() => {
  process.stdout.write(`${versionInWords}\n`);
});

import { Command } from "commander";
import manifest from "../../package.json" with { type: "json" };

export const version = new Command("version").description("Print the version.").action(() => {
  process.stdout.write(`nextrust ${manifest.version} (Node ${process.versions.node})\n`);
});

import { defineCommand } from "citty";
import manifest from "../../package.json" with { type: "json" };

export const version = defineCommand({
  meta: { name: "version", description: "Print the version." },
  run() {
    process.stdout.write(`nextrust ${manifest.version} (Node ${process.versions.node})\n`);
  },
});

import type { SubCommandsDef } from "citty";

/** Every subcommand of `nextrust`, sorted; each is loaded when it is asked for. */
export const subCommands: SubCommandsDef = {
  start: () => import("./start.ts").then((module) => module.start),
  status: () => import("./status.ts").then((module) => module.status),
  version: () => import("./version.ts").then((module) => module.version),
};

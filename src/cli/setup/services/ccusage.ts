import { join } from "node:path";
import { neededVersion } from "../../../machine/ccusage/run.ts";
import { findProgram } from "./program.ts";
import { missing, type Service, works, wrong } from "./service.ts";

const install = `npm install --global ccusage@${neededVersion}`;

export const ccusage: Service = {
  name: "ccusage",
  purpose: "a second count of what sessions used, beside ours",

  async look({ variables, root }) {
    const program = await findProgram("ccusage", variables, [join(root, "node_modules", ".bin")]);
    if (!program) return missing("ccusage is not on the PATH.", install);
    if ("problem" in program) return wrong(`${program.path} ${program.problem}: some versions come without their program.`, install);
    if (program.version !== neededVersion)
      return wrong(`It is ${program.version}; only ${neededVersion} is complete and counts alike.`, install);
    return works(`It is ${program.version}.`);
  },
};

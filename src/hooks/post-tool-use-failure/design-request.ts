import type { HookModule } from "../module.ts";

export const designRequest: HookModule<"post-tool-use-failure"> = {
  name: "design-request",
  summary: "Records a request to o3 for help where a command failed more than twice at one commit and no known issue explains it.",

  async run(payload, context) {
    // What keeps a file from being read or written is told by its error; a model's design is of no help there.
    if (payload.tool_name !== "Bash" && !payload.tool_name.startsWith("mcp__")) return undefined;
    const { requestDesign } = await import("../failures/request-design.ts");
    return requestDesign(payload, context);
  },
};

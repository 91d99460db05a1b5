import type { HookModule } from "../module.ts";

export const knownIssue: HookModule<"post-tool-use-failure"> = {
  name: "known-issue",
  summary: "Recognises known issues in what a failed tool said, tells the model what helps, and counts them.",

  async run(payload, context) {
    const { recogniseIssue } = await import("../failures/recognise-issue.ts");
    return recogniseIssue(payload, context);
  },
};

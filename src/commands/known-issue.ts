import type { NewIssue } from "../pipeline/known-issues/entry.ts";
import type { Reply } from "../reply.ts";
import { defineCommand } from "./command.ts";
import { type PinnedTarget, takePinnedTarget } from "./head.ts";
import { describeNew, takeNew } from "./known-issue/add.ts";
import { listIssues } from "./known-issue/list.ts";
import { proposeIssue } from "./known-issue/propose.ts";
import { type NeedsOfTest, testJob } from "./known-issue/test.ts";

const actions = ["list", "test", "propose", "add"] as const;

type Input = { readonly place: PinnedTarget } & (
  | { readonly action: "list" }
  | { readonly action: "test" | "propose"; readonly job: string }
  | { readonly action: "add"; readonly issue: NewIssue }
);

export const knownIssue = defineCommand({
  name: "known-issue",
  usage: "list | test|propose <job> [#pr|@branch] | add id=… pattern=… description=…",
  summary: "Show the failures that somebody has explained, look for one in a job's log, or propose a new one.",
  examples: [
    { args: "list", does: "every known issue, how often it came, and whether its fix helped", canBeTried: true },
    { args: "test build #12", does: "whether the job's log fits one" },
    { args: "propose build #12", does: "writes an entry for its first error, on the pull request" },
    { args: 'add id=disk-full pattern="No space left" description="The runner is full." fix=retry', does: "the entry to commit" },
  ],
  role: "read",
  parse(args): Input {
    const place = takePinnedTarget(args);
    const action = args.choice("action", args.optionalWord() ?? "list", actions);
    if (action === "list") return { action, place };
    if (action === "add") return { action, place, issue: takeNew(args) };
    const words = args.words();
    return { action, place, job: words.length > 0 ? words.join(" ") : args.word("a job's name") };
  },
  targetOf: ({ place }) => place.target,

  async run(input, context, services: NeedsOfTest): Promise<Reply> {
    if (input.action === "list") return listIssues(services);
    if (input.action === "add") return describeNew(input.issue, services);
    if (input.action === "test") return testJob(input.job, input.place, context, services);
    return proposeIssue(input.job, input.place, context, services);
  },
});

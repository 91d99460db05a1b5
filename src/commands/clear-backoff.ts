import { UserError } from "../errors.ts";
import { blockedAmong, type FailureCount, mostFailures } from "../pipeline/backoff/backoff.ts";
import { nextStep, shortSha } from "../pipeline/next-step.ts";
import { done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { defineCommand } from "./command.ts";
import { headInWords, headOf, takePinnedTarget, toHead } from "./head.ts";

export const clearBackoff = defineCommand({
  name: "clear-backoff",
  usage: "[#pr|@branch] [sha=<commit>]",
  summary: `Let a commit on which a workflow failed ${mostFailures} times be retried again.`,
  examples: [
    { args: "#12", does: "for the head of a pull request" },
    { args: "@main", does: "for the head of a branch" },
    { args: "#12 sha=ab12cd3", does: "only if the head is still that commit" },
  ],
  role: "write",
  isMutating: true,
  actsOnHead: true,
  parse: takePinnedTarget,
  targetOf: ({ target }) => target,

  async run(place, context, services: Pick<Services, "pipelines" | "records">): Promise<Reply> {
    const head = await headOf(place, context, services, "clear-backoff");
    return services.records.transaction(async (tx) => {
      const counts = await tx.backoff.ofCommit(head.repository, head.headSha);
      if (blockedAmong(counts).length === 0) throw new UserError("not_applicable", "not_blocked", notBlocked(headInWords(head), counts));

      const forgotten = await tx.backoff.clear(head.repository, head.headSha);
      const sentence = `${shortSha(head.headSha)} may be retried: ${forgotten} failures forgotten.`;
      const reply: Reply = {
        ...done("cleared", text(sentence, "good")),
        audience: "thread",
        actions: [nextStep("Retry failed jobs", "retry-job --failed", toHead(head, context), "primary")],
      };
      await context.conclude(tx, reply);
      return reply;
    });
  },
});

function notBlocked(place: string, counts: readonly FailureCount[]): string {
  const soFar = counts.map(({ workflow, failures }) => `${workflow.name} failed there ${failures === 1 ? "once" : `${failures} times`}`);
  const why = soFar.length === 0 ? "no failure there is known" : soFar.join(", ");
  return `${place} is not blocked: ${why}, and ${mostFailures} failures of a workflow block. You may use retry-job.`;
}

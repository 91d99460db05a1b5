import { UserError } from "../errors.ts";
import { type JobFailures, mostFailures, stoppedAmong } from "../pipeline/backoff/backoff.ts";
import { nextStep, shortSha } from "../pipeline/next-step.ts";
import { done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { defineCommand } from "./command.ts";
import { headInWords, headOf, takePinnedTarget, toHead } from "./head.ts";

export const clearBackoff = defineCommand({
  name: "clear-backoff",
  usage: "[#pr|@branch] [sha=<commit>]",
  summary: `Let a commit on which a job failed ${mostFailures} times be retried automatically again.`,
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
      if (stoppedAmong(counts).length === 0) throw new UserError("not_applicable", "not_stopped", notStopped(headInWords(head), counts));

      const forgotten = await tx.backoff.clear(head.repository, head.headSha);
      const sentence = `${shortSha(head.headSha)} may be retried automatically again: ${forgotten} failures forgotten.`;
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

const mostNamed = 5;

function notStopped(place: string, counts: readonly JobFailures[]): string {
  const named = counts.slice(0, mostNamed).map(({ workflow, job, failures }) => {
    return `${workflow.name}: ${job} failed there ${failures === 1 ? "once" : `${failures} times`}`;
  });
  const soFar = [...named, ...(counts.length > mostNamed ? [`and ${counts.length - mostNamed} more jobs`] : [])];
  const why = soFar.length === 0 ? "no failure there is known" : soFar.join(", ");
  return `Automatic retries are not stopped on ${place}: ${why}, and ${mostFailures} failures of a job stop them. You may use retry-job.`;
}

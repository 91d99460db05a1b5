import { UserError } from "../errors.ts";
import { toLookAtWatched } from "../pipeline/personal/look-at-watched.ts";
import { verdictOf } from "../pipeline/personal/verdict.ts";
import type { Watch } from "../pipeline/personal/watches.ts";
import type { Pipeline } from "../pipeline/pipelines.ts";
import { done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type Context, defineCommand, type Target } from "./command.ts";
import type { TargetRef } from "./grammar/target.ts";
import { found, headInWords, likelyHead } from "./head.ts";
import { personInSlack } from "./person-in-slack.ts";

interface Input {
  readonly isOff: boolean;
  readonly target: TargetRef | undefined;
}

type Needs = Pick<Services, "records" | "pipelines" | "links" | "invitations">;

export const watch = defineCommand({
  name: "watch",
  usage: "[#pr] [--off]",
  summary: "Tell you in private, once a push, when a pull request is green, red or out of the merge queue.",
  examples: [
    { args: "", does: "your newest open pull request" },
    { args: "#12", does: "a pull request" },
    { args: "owner/repo#12", does: "one of another repository" },
    { args: "#12 --off", does: "no more of it" },
  ],
  role: "read",
  parse: (args): Input => ({ isOff: args.switch("off"), target: args.target() }),
  targetOf: ({ target }) => target,

  async run({ isOff }, context, services: Needs): Promise<Reply> {
    const person = await personInSlack(context, services);
    const { pipeline, number } = await pullRequestOf(context, services.pipelines);
    const { repository } = context.target as Target;
    if (isOff) return stop(person, number, context, services);
    if (pipeline.subject.kind === "pull_request" && pipeline.subject.state !== "open") {
      throw new UserError("not_applicable", "not_open", `#${number} is ${pipeline.subject.state}: nothing more will happen there.`);
    }

    const verdict = verdictOf(pipeline);
    return services.records.transaction(async (tx) => {
      const earlier = await tx.watches.find(person, repository, number);
      await tx.watches.put({
        person,
        repository,
        number,
        headSha: pipeline.headSha,
        told: verdict ? ["verdict"] : [],
        ...whoAsks(context),
      });
      // What ended between the question and now is not missed.
      await tx.queue.add(toLookAtWatched(`watched:${context.intent}`, repository, { kind: "look", number }));
      const reply = describe(pipeline, earlier !== undefined);
      await context.conclude(tx, reply);
      return reply;
    });
  },
});

/** By what they may read it, now and when there is something to tell. */
function whoAsks({ actor, slack, target }: Context): Pick<Watch, "account" | "channel"> {
  return { ...(actor.account && { account: actor.account }), ...(slack && target?.isHome && { channel: slack.channel }) };
}

/** The answer tells of what has been decided already. */
function describe(pipeline: Pipeline, wasWatched: boolean): Reply {
  const verdict = verdictOf(pipeline);
  const again = wasWatched ? "You were watching it already. " : "";
  const what = headInWords(pipeline);
  const sentence = verdict
    ? `${again}${what} is ${verdict.is} now. I tell you of the next push, and if it leaves the merge queue.`
    : `${again}I tell you in private when ${what} is green or red, or leaves the merge queue.`;
  const mood = verdict ? (verdict.is === "green" ? "good" : "bad") : "busy";
  return done(wasWatched ? "watching_already" : "watching", text(sentence, mood));
}

async function pullRequestOf(context: Context, pipelines: Needs["pipelines"]): Promise<{ pipeline: Pipeline; number: number }> {
  const { repository, pullRequest, ref } = context.target as Target;
  if (pullRequest !== undefined) {
    const pipeline = await pipelines.ofPullRequest(repository, pullRequest, { allJobs: true });
    return { pipeline: found(pipeline, `#${pullRequest}`, repository), number: pullRequest };
  }
  const { pipeline } = ref === undefined ? await likelyHead(repository, context, pipelines, { allJobs: true }) : { pipeline: undefined };
  if (pipeline?.subject.kind === "pull_request") return { pipeline, number: pipeline.subject.number };
  throw new UserError("invalid", "no_target", `Say which pull request, as in ${context.prefix}watch #12`);
}

function stop(person: string, number: number, context: Context, { records }: Needs): Promise<Reply> {
  const { repository } = context.target as Target;
  return records.transaction(async (tx) => {
    const wasThere = await tx.watches.remove(person, repository, number);
    if (!wasThere) throw new UserError("not_applicable", "not_watching", `You are not watching #${number}.`);
    const reply = done("not_watching_any_more", text(`I tell you nothing more of #${number} of my own accord.`, "idle"));
    await context.conclude(tx, reply);
    return reply;
  });
}

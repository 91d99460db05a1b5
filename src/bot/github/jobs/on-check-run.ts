import { z } from "zod";
import type { NewJob } from "../../../pipeline/queue.ts";
import { answerTask, type PressDelivery, toPayload } from "../../delivery.ts";
import type { Known } from "../known.ts";

/** Whose it is; of others no more is read. */
const Whose = z.object({ action: z.string(), check_run: z.object({ app: z.object({ slug: z.string().optional() }).nullish() }) });

const Pressed = z.object({
  action: z.enum(["requested_action", "rerequested"]),
  requested_action: z.object({ identifier: z.string() }).nullish(),
  sender: z.object({ id: z.int(), login: z.string(), type: z.string() }),
  repository: z.object({ id: z.int(), full_name: z.string(), private: z.boolean() }),
  check_run: z.object({
    id: z.int(),
    node_id: z.string(),
    head_sha: z.string(),
    external_id: z.string().nullable(),
    completed_at: z.string().nullable(),
    pull_requests: z.array(z.object({ number: z.int(), base: z.object({ repo: z.object({ id: z.int() }) }) })),
  }),
});

/**
 * Somebody pressed a button of a check run of ours, or asked to run it again. Every job of GitHub Actions is a check run too, so that most are
 * not for us.
 */
export function onCheckRun(payload: unknown, { guid, receivedAt, settings, isUs }: Known): NewJob | undefined {
  const { action, check_run: whose } = Whose.parse(payload);
  const slug = whose.app?.slug;
  if ((action !== "requested_action" && action !== "rerequested") || slug === undefined || !isUs(slug)) return undefined;
  const { requested_action: requested, sender, repository, check_run: check } = Pressed.parse(payload);
  const isPerson = sender.type === "User" || settings.allow.githubBots.includes(sender.id);
  if (!check.external_id || !isPerson) return undefined;

  const button = action === "requested_action" ? requested?.identifier : undefined;
  // GitHub also names pull requests of forks, which are others of the same number.
  const number = check.pull_requests.find(({ base }) => base.repo.id === repository.id)?.number;
  const delivery: PressDelivery = {
    surface: "github",
    // Two hooks tell of one press with one payload, which has neither the press's id nor its time. But every press changes the check run, and
    // with it when it was completed: so that moment, the person and the button name it, and the same press after that is another.
    source: `github:check:${check.id}:${button ?? "rerun"}:${sender.id}:${check.completed_at ?? ""}`,
    receivedAt,
    // GitHub does not tell. What is delivered late is held off by its button, which must still be offered.
    saidAt: receivedAt,
    repository: repository.full_name,
    isPrivate: repository.private,
    place: { kind: "check", subjectId: check.node_id, headSha: check.head_sha, ...(number !== undefined && { number }) },
    saidId: check.node_id,
    user: { id: sender.id, login: sender.login },
    // GitHub does not tell this either; whoever has a role is found by it.
    association: "NONE",
    text: "",
    press: { message: check.external_id, ...(button !== undefined && { button }) },
  };
  return { id: `github:${guid}`, task: answerTask, payload: toPayload(delivery) };
}

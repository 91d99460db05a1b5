import { z } from "zod";
import { quoted } from "../../../pipeline/next-step.ts";
import type { SlackDelivery } from "../../delivery.ts";
import { readAbout } from "./about.ts";
import { allJobs, fields, jobOf } from "./view.ts";

const word = z.string().min(1);
const Chosen = z.array(z.object({ value: word }));

const Body = z.object({
  team: z.object({ id: word }),
  user: z.object({ id: word, username: word.optional(), name: word.optional() }),
  view: z.object({
    id: word,
    private_metadata: z.string(),
    state: z.object({
      values: z.object({
        [fields.jobs]: z.object({ [fields.jobs]: z.object({ selected_options: Chosen }) }),
        [fields.debug]: z.object({ [fields.debug]: z.object({ selected_options: Chosen }) }),
      }),
    }),
  }),
});

/**
 * Translates a submitted dialog into the commands that say the same, pinned to the head that it showed. Whatever is wrong with the choice is
 * said beside the field, before anything is stored. Throws z.ZodError when Slack's shape changed.
 */
export function fromSubmission(body: unknown, receivedAt: number): SlackDelivery | { readonly errors: Readonly<Record<string, string>> } {
  const { team, user, view } = Body.parse(body);
  const { channel = "", threadTs, places, sha, failed } = readAbout(view.private_metadata);
  const { values } = view.state;
  const picked = values.jobs.jobs.selected_options.map(({ value }) => value);
  const names = picked.flatMap((value) => jobOf(value) ?? []);
  if (picked.includes(allJobs) && names.length > 0) {
    return { errors: { [fields.jobs]: "Choose all that failed, or some of them, not both." } };
  }
  const isAll = picked.includes(allJobs) || names.length === failed;
  const debug = values.debug.debug.selected_options.length > 0 ? " --debug" : "";
  const end = `${debug} ${places[0] ?? ""}${sha === undefined ? "" : ` sha=${sha}`}`;
  const chosen = isAll ? [`retry-job --failed${end}`] : names.map((name) => `retry-job ${quoted(name)}${end}`);
  const userName = user.username ?? user.name;
  return {
    surface: "slack",
    // One opened dialog is submitted once.
    source: `slack:view:${view.id}`,
    receivedAt,
    team: team.id,
    user: user.id,
    ...(userName !== undefined && { userName }),
    channel,
    ...(threadTs !== undefined && { threadTs }),
    text: chosen.join("\n"),
    isClick: true,
    chosen,
  };
}

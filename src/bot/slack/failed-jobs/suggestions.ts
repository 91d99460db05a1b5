import type { PlainTextOption } from "@slack/types";
import { z } from "zod";
import type { Json } from "../../../pipeline/json.ts";
import type { Keys } from "../../../pipeline/keys.ts";
import { fullName } from "../../../pipeline/match-by-name.ts";
import type { Job } from "../../../pipeline/pipelines.ts";
import { toAllOption, toJobOption } from "./view.ts";

/** Slack shows no more, and waits 3 s for them. */
const mostOptions = 100;

/** A dialog is rarely open for longer; then it offers nothing and has to be opened again. */
const keptForMs = 60 * 60_000;

const Asked = z.object({ view: z.object({ id: z.string() }), value: z.string() });

const keyOf = (viewId: string): string => `failed-jobs:${viewId}`;

/** Keeps what the dialog may offer: whoever sees it was allowed to when it was filled. */
export async function keepJobs(keys: Keys, viewId: string, red: readonly Job[]): Promise<void> {
  const jobs = red.map(({ name, actions }) => ({ name, ...(actions && { actions }) }));
  await keys.set(keyOf(viewId), jobs as unknown as Json, keptForMs);
}

/** The options for what was typed so far, without asking GitHub again. Throws z.ZodError when Slack's shape changed. */
export async function suggest(keys: Keys, body: unknown): Promise<PlainTextOption[]> {
  const { view, value } = Asked.parse(body);
  const jobs = ((await keys.get(keyOf(view.id))) ?? []) as unknown as readonly Pick<Job, "name" | "actions">[];
  const wanted = value.trim().toLowerCase();
  const options = jobs.filter((job) => fullName(job).toLowerCase().includes(wanted)).map(toJobOption);
  return [...(wanted === "" && jobs.length > 0 ? [toAllOption(jobs.length)] : []), ...options].slice(0, mostOptions);
}

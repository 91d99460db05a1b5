import { Settings } from "../config/settings.ts";
import { sampleUsage } from "./money/sample-usage.ts";
import { samplePhases } from "./sample-phases.ts";
import type { Sandbox } from "./sandbox.ts";

const schedule = "core";
/** Nobody watches minutes for a model that hangs. */
const modelTimeoutSeconds = 15;

/**
 * The settings of a sandbox that a visitor looks at: phases and reviews unless the team has some, #ci as one conversation with every pull request, and
 * told there what is red until it is green, with somebody on call for it, and of money.
 */
export function withSamples(settings: Settings, { github, slack }: Pick<Sandbox, "github" | "slack">): Settings {
  const { repository } = github;
  const { id: channel } = slack.channels.ci;
  const { ada, grace } = slack.people;
  const autoFix = { mode: "suggest", retry: true, workflows: [] } satisfies Settings["incidents"][number]["autoFix"];
  // A visitor sees a script decide, and what it does.
  const triage = {
    mode: "act",
    minConfidence: 0.8,
    retry: true,
    workflows: [],
    designAfter: 2,
  } satisfies Settings["incidents"][number]["triage"];
  const turns = { zone: "UTC", starts: "2026-01-05", handover: "09:00", everyDays: 7, people: [grace.id, ada.id], overrides: [] };
  const { o3, gemini, claude } = settings.ai.channels;
  const timeoutSeconds = modelTimeoutSeconds;
  const channels = { o3: { ...o3, timeoutSeconds }, gemini: { ...gemini, timeoutSeconds }, claude: { ...claude, timeoutSeconds } };
  return {
    ...settings,
    ai: { ...settings.ai, channels, reviews: settings.ai.reviews.length > 0 ? settings.ai.reviews : reviewsOf(repository) },
    phases: settings.phases.length > 0 ? settings.phases : [samplePhases(repository)],
    mirror: [{ repository, channel }],
    incidents: [{ repository, channel, onCall: schedule, autoFix, triage, postMortem: false }],
    onCall: [{ name: schedule, fallback: grace.id, rotation: turns }],
    budgets: { ...settings.budgets, channel },
    reports: { ...settings.reports, channel },
  };
}

/** What is pushed is reviewed by itself, so that a visitor sees only what is new looked at. */
const reviewsOf = (repository: string) => Settings.parse({ ai: { reviews: [{ repository, on: ["push"] }] } }).ai.reviews;

/** Has the bot told what was spent before the visitor came, as any program tells it. */
export async function tellSamples({ github, programs }: Pick<Sandbox, "github" | "programs">): Promise<void> {
  await programs.tell(sampleUsage(github, Date.now()));
}

import { UserError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { plainText } from "../ai/plain-text.ts";
import type { Prompt } from "../ai/prompt.ts";
import type { ChangedFile, PullChange } from "../changes.ts";
import { clipped } from "../logs/clipped.ts";
import { maskWith } from "../logs/mask.ts";
import { secretForms } from "../logs/secret-forms.ts";
import { currentPhase } from "../phases/current-phase.ts";
import { phaseInWords } from "../phases/phases.ts";
import { matchesGlob } from "../policy/glob.ts";
import { estimateTokens } from "../sessions/estimate-tokens.ts";
import { planReview, type ReviewPlan } from "./plan-review.ts";
import type { ReviewAnswer } from "./review.ts";
import type { ReviewRules } from "./rules.ts";
import type { ReviewWish } from "./wish.ts";

const longestBody = 4_000;
const longestGuidelines = 8_000;

export type PrepareNeeds = Pick<Services, "changes" | "prompts" | "reviewRules" | "phasePlans" | "records" | "secrets">;

/** A review that can begin. */
export interface Prepared {
  readonly pull: PullChange;
  /** All that the pull request changes. */
  readonly files: readonly ChangedFile[];
  /** GitHub did not list them all. */
  readonly isCut: boolean;
  /** What is looked at of it. */
  readonly plan: ReviewPlan;
  /** One for each call of the plan. */
  readonly prompts: readonly Prompt<ReviewAnswer>[];
  readonly rules: ReviewRules;
  /** The head that was reviewed before, where only what came since is looked at. */
  readonly since?: string;
}

type Asked = Pick<ReviewWish, "repository" | "number" | "paths" | "focus" | "withPhase">;

/**
 * Reads what is to be reviewed, and makes the prompts. All that rules it is read from the base branch.
 *
 * @param since look only at what came after that commit, where the head still descends from it
 * @throws UserError (not_applicable) where there is no such pull request, ServiceError where GitHub cannot be asked
 */
export async function prepareReview(asked: Asked, since: string | undefined, services: PrepareNeeds): Promise<Prepared> {
  const { repository, number, paths, focus } = asked;
  const { changes, prompts, secrets } = services;
  const rules = services.reviewRules(repository);
  const [pull, changed] = await Promise.all([changes.pull(repository, number), changes.files(repository, number)]);
  if (!pull) throw new UserError("not_applicable", "target_not_found", `${repository} has no #${number}, or the bot cannot see it.`);

  const [guidelines, newer, phase] = await Promise.all([
    changes.file(repository, pull.baseBranch, rules.guidelines),
    since === undefined || since === pull.headSha ? undefined : changes.between(repository, since, pull.headSha),
    asked.withPhase ? phaseOf(repository, services) : undefined,
  ]);
  const { looked, isIncrement } = chosen(changed.files, newer?.files, paths);
  const forms = secretForms(secrets);
  const masked = (text: string, most: number) => clipped(maskWith(plainText(text, 4 * most), forms), most);
  const plan = planReview(looked, rules, estimateTokens, secrets);
  const about = {
    title: masked(pull.title, 300),
    body: masked(pull.body, longestBody),
    ...(guidelines !== undefined && { guidelines: masked(guidelines, longestGuidelines) }),
    ...(focus !== undefined && { focus: masked(focus, 500) }),
    ...(phase !== undefined && { phase }),
    mostFindings: rules.mostFindings,
  };
  const left = [...plan.left, ...notChosen(changed.files, looked, paths)];
  return {
    pull,
    files: changed.files,
    isCut: changed.isCut || newer?.isCut === true,
    plan: { ...plan, left },
    prompts: plan.calls.map(({ files }) => prompts.review({ ...about, files })),
    rules,
    ...(isIncrement && since !== undefined && { since }),
  };
}

/** What is new of the pull request's own files: merging the base branch brings others, which are not its change. */
function chosen(all: readonly ChangedFile[], newer: readonly ChangedFile[] | undefined, paths: readonly string[] | undefined) {
  const own = new Set(all.map(({ path }) => path));
  // Whole files: what was found in other lines of one would be taken for gone.
  const whole = new Map(all.map((file) => [file.path, file]));
  const looked =
    newer?.filter(({ path }) => own.has(path)).map((file) => (file.status === "removed" ? file : (whole.get(file.path) ?? file))) ?? all;
  const fits = (path: string) => paths?.some((pattern) => pattern === path || matchesGlob(pattern, path)) ?? true;
  return { looked: looked.filter(({ path }) => fits(path)), isIncrement: newer !== undefined };
}

function notChosen(all: readonly ChangedFile[], looked: readonly ChangedFile[], paths: readonly string[] | undefined) {
  if (!paths) return [];
  const shown = new Set(looked.map(({ path }) => path));
  return all.filter(({ path }) => !shown.has(path)).map(({ path }) => ({ path, why: "not_chosen" }) as const);
}

async function phaseOf(repository: string, { phasePlans, records }: PrepareNeeds): Promise<string | undefined> {
  const plan = phasePlans.of(repository);
  const current = plan && (await records.transaction((tx) => currentPhase(plan, tx)));
  return current && (current.phase ? phaseInWords(current.phase) : current.id);
}

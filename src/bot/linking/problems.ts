import { UserError } from "../../errors.ts";

/** Everything that keeps a linking from going on, each with the status of its page, what happened and what to do. */
const problems = {
  forged: [400, "This link is not whole, or not mine.", "Open it again from Slack, or ask for a new one: type PREFIX link there."],
  expired: [410, "This link is older than ten minutes.", "Nothing was changed. Type PREFIX link in Slack for a new one."],
  used: [
    410,
    "This link was used already.",
    "It works once. Type PREFIX whoami in Slack to see who I take you for, or PREFIX link for a new link.",
  ],
  other_browser: [
    403,
    "This was begun in another browser, or your browser took no cookie.",
    "Nothing was changed. Type PREFIX link in Slack, and stay in one browser from there on.",
  ],
  denied: [
    403,
    "You did not let GitHub tell me who you are.",
    "Nothing was changed. When you want to link after all, type PREFIX link in Slack.",
  ],
  bad_code: [400, "GitHub did not know the code that came back with you.", "Nothing was changed. Type PREFIX link in Slack and try again."],
  set_up_wrongly: [
    500,
    "GitHub does not accept how linking is set up here.",
    "Nothing was changed. Tell whoever runs this bot; its log says what GitHub disliked.",
  ],
  slack_away: [
    503,
    "Slack does not answer just now.",
    "Nothing was changed. Load this page again in a minute, or type PREFIX link in Slack.",
  ],
  away: [503, "GitHub does not answer just now.", "Nothing was changed. Try again in a minute: type PREFIX link in Slack."],
  down: [503, "I cannot store anything just now.", "Nothing was changed. Try again in a minute: type PREFIX link in Slack."],
  no_member: [403, "This Slack account is no member of the workspace any more.", "Nothing was changed. Ask a workspace admin."],
  person_pinned: [
    409,
    "A maintainer has written down which GitHub account is yours.",
    "Nothing was changed. They can change it, in config/nextrust.yml.",
  ],
  account_pinned: [
    409,
    "A maintainer has written down whose GitHub account this is.",
    "Nothing was changed. They can change it, in config/nextrust.yml. Is the account not yours? Then sign out of GitHub first.",
  ],
  account_taken: [
    409,
    "This GitHub account is linked to another person in Slack.",
    "Nothing was changed, and they were told. If both are you, end the other link first: type PREFIX unlink in Slack as that person, or write PREFIX-unlink in a pull request as this account.",
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type Problem = keyof typeof problems;

/** To be thrown; `reason` is the problem. */
export function problem(reason: Problem): UserError {
  return new UserError("refused", reason, problems[reason][1]);
}

export function problemPage(reason: string, prefix: string): { status: number; title: string; paragraphs: readonly string[] } {
  const [status, title, advice] = reason in problems ? problems[reason as Problem] : problems.forged;
  return { status, title, paragraphs: [advice.replaceAll("PREFIX", `/${prefix}`)] };
}

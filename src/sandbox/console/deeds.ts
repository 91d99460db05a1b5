import type { PagerSandbox } from "../pager/pager-sandbox.ts";
import type { SlackSandbox } from "../slack/slack-sandbox.ts";
import type { ConsoleGitHub } from "./console-github.ts";
import type { Deeds } from "./deed.ts";
import { createGitHubDeeds } from "./github-deeds.ts";
import { createPagerDeeds } from "./pager-deeds.ts";
import { createSlackDeeds } from "./slack-deeds.ts";
import { createViewDeeds } from "./view-deeds.ts";

/** Everything that a visitor can do. */
export const createDeeds = (slack: SlackSandbox, github: ConsoleGitHub, pager: PagerSandbox): Deeds => ({
  ...createSlackDeeds(slack),
  ...createViewDeeds(slack),
  ...createGitHubDeeds(github),
  ...createPagerDeeds(pager, slack),
});

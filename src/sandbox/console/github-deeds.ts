import { z } from "zod";
import type { ConsoleGitHub } from "./console-github.ts";
import type { Deeds } from "./deed.ts";
import { As, githubOf } from "./people.ts";
import { pullSceneNames } from "./pull-scenes.ts";
import { sceneNames } from "./scenes.ts";

const Said = z.object({ as: As, number: z.int(), body: z.string().trim().min(1).max(65_536), replyTo: z.int().optional() });
const Target = z.union([z.int(), z.literal("main")]);
const Runs = z.object({ target: Target });
const Job = z.object({ target: Target, name: z.string(), to: z.enum(["break", "fix"]) });
const Press = z.object({ as: As, check: z.int(), button: z.string().optional() });
const Scene = z.object({ as: As, scene: z.enum(sceneNames) });
const Push = z.object({ target: z.int() });
const PullScene = z.object({ as: As, target: z.int(), scene: z.enum(pullSceneNames) });
const Suggestion = z.object({ as: As, target: z.int(), comment: z.coerce.number().int() });

/** What a visitor does on GitHub. */
export function createGitHubDeeds(github: ConsoleGitHub): Deeds {
  return {
    async "/sandbox/pull/comment"(body) {
      const { as, number, body: text, replyTo } = Said.parse(body);
      await github.comment(githubOf(as), number, text, replyTo);
    },

    async "/sandbox/discussion/comment"(body) {
      const { as, number, body: text, replyTo } = Said.parse(body);
      await github.discuss(githubOf(as), number, text, replyTo);
    },

    async "/sandbox/runs/job"(body) {
      const { target, name, to } = Job.parse(body);
      await (to === "break" ? github.breakJob(target, name) : github.fixJob(target, name));
    },

    "/sandbox/runs/finish": (body) => github.finish(Runs.parse(body).target),
    async "/sandbox/check/press"(body) {
      const { as, check, button } = Press.parse(body);
      await github.press(githubOf(as), check, button);
    },

    async "/sandbox/scene"(body) {
      const { as, scene } = Scene.parse(body);
      await github.happen(githubOf(as), scene);
    },

    "/sandbox/pull/push": (body) => github.push(Push.parse(body).target),

    async "/sandbox/pull/scene"(body) {
      const { as, target, scene } = PullScene.parse(body);
      await github.happenTo(githubOf(as), target, scene);
    },

    async "/sandbox/pull/suggestion"(body) {
      const { as, target, comment } = Suggestion.parse(body);
      await github.commitSuggestion(githubOf(as), target, comment);
    },
  };
}

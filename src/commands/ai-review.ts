import { UserError } from "../errors.ts";
import { quoted } from "../pipeline/next-step.ts";
import { globProblem } from "../pipeline/policy/glob.ts";
import { type ReviewChannel, reviewChannels } from "../pipeline/reviews/rules.ts";
import { defineCommand } from "./command.ts";
import { type PinnedTarget, takePinnedTarget } from "./head.ts";
import { askForReview, beginReview, canReview, type ReviewNeeds, type WantedReview } from "./review-pull-request.ts";

interface Input {
  readonly channel?: ReviewChannel;
  readonly withPhase: boolean;
  readonly focus?: string;
  readonly paths: readonly string[];
  readonly place: PinnedTarget;
}

const longestFocus = 500;
const longestPath = 255;

function toWanted({ channel, withPhase, focus, paths, place }: Input): WantedReview {
  const options = [
    ...(channel ? [`--service ${channel}`] : []),
    ...(withPhase ? ["--context phase"] : []),
    ...(focus === undefined ? [] : [`--prompt ${quoted(focus)}`]),
    ...paths.map(quoted),
  ];
  return {
    command: "ai-review",
    typed: ["ai-review", ...options].join(" "),
    how: "asked",
    ...(channel && { channel }),
    ...(focus !== undefined && { focus }),
    ...(paths.length > 0 && { paths }),
    withPhase,
    place,
  };
}

export const aiReview = defineCommand({
  name: "ai-review",
  usage: "[--service gemini|o3] [--context phase] [--prompt text] [files…] [#pr]",
  summary: "Review some files of a pull request, or all of it with something in mind.",
  examples: [
    { args: "src/lexer.rs #12", does: "one file" },
    { args: '"src/**" #12', does: "what fits a pattern" },
    { args: '--prompt "is it safe to call this twice?" #12', does: "with a question in mind" },
    { args: "--service o3 --context phase #12", does: "by another channel, knowing the phase" },
  ],
  role: "write",
  isMutating: true,
  actsOnHead: true,
  isOffered: canReview,
  parse(args): Input {
    const place = takePinnedTarget(args);
    const service = args.option("service");
    const channel = service === undefined ? undefined : args.choice("channel", service.toLowerCase(), reviewChannels);
    const about = args.option("context");
    if (about !== undefined) args.choice("context", about, ["phase"]);
    const focus = args.option("prompt")?.trim();
    if (focus !== undefined && (focus === "" || focus.length > longestFocus))
      throw new UserError("invalid", "bad_prompt", `A prompt has 1 to ${longestFocus} characters; this one has ${focus.length}.`);
    const paths = args.words();
    for (const path of paths) checkPath(path);
    return { ...(channel && { channel }), withPhase: about !== undefined, ...(focus !== undefined && { focus }), paths, place };
  },
  targetOf: ({ place }) => place.target,
  ask: (input, context, services: ReviewNeeds) => askForReview(toWanted(input), context, services),
  run: (input, context, services: ReviewNeeds, agreedTo) => beginReview(toWanted(input), context, services, agreedTo),
});

/** @throws UserError (invalid) */
function checkPath(path: string): void {
  const isRelative = !path.startsWith("/") && !path.split("/").includes("..");
  const problem = isRelative ? globProblem(path) : "is not a path within the repository";
  if (path.length > longestPath || problem !== undefined) {
    const why = path.length > longestPath ? `is longer than ${longestPath} characters` : problem;
    throw new UserError(
      "invalid",
      "bad_path",
      `“${path.slice(0, 80)}” ${why}. Name files as the pull request lists them, such as src/main.rs or src/**.`,
    );
  }
}

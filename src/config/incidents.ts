import { z } from "zod";
import { globProblem } from "../pipeline/policy/glob.ts";
import { isSameName } from "../pipeline/same-name.ts";
import { repository, slackId } from "./words.ts";

const pattern = z.string().superRefine((value, { addIssue }) => {
  const problem = globProblem(value);
  if (problem !== undefined) addIssue(problem);
});

const workflowFile = z.string().regex(/^[\w.-]+\.ya?ml$/, "is not the name of a workflow's file such as ci.yml");

/** `incidents` of the settings: whose failures are followed. docs/incidents.md explains it. */
const Followed = z.strictObject({
  repository: repository.meta({
    description: "the repository (`owner/name`) whose failures are followed: verdicts, incidents, its pull requests' status comment",
  }),
  channel: slackId("CG", "channel").meta({ description: "id of the channel that hears of its incidents; it must speak of the repository" }),
  branches: z.array(pattern).min(1).optional().meta({
    description: "names of branches whose failures open incidents: `release/*`",
    unset: "the default branch and those that GitHub protects",
  }),
  onCall: z.string().optional().meta({ description: "name of the on-call schedule that escalations go to", unset: "nobody is called" }),
  autoFix: z
    .strictObject({
      mode: z
        .enum(["suggest", "act"])
        .default("suggest")
        .meta({ description: "`act` carries allowed fixes of known issues out, `suggest` offers them" }),
      retry: z.boolean().default(true).meta({ description: "whether failed jobs may be run again, once for each commit and job" }),
      workflows: z.array(workflowFile).default([]).meta({ description: "files of workflows that a known issue may start" }),
    })
    .prefault({})
    .meta({ description: "what may be done about known issues without a person" }),
  triage: z
    .strictObject({
      mode: z.enum(["off", "suggest", "act"]).default("off").meta({
        description:
          "what becomes of failures that no known issue decides: `suggest` has a model (channel `claude`) look at them and shows what it would do, `act` does what is allowed and sure enough, `off` asks nobody",
      }),
      minConfidence: z
        .number()
        .min(0.5)
        .max(1)
        .default(0.8)
        .meta({ description: "how sure (0.5 to 1) a model has to be for a decision to be done, or counted as decided" }),
      retry: z.boolean().default(true).meta({ description: "whether it may run failed jobs again, once for each commit and job" }),
      workflows: z
        .array(workflowFile)
        .default([])
        .meta({ description: "files of workflows that it may start, where they take no input that must be given" }),
      designAfter: z.int().min(0).max(100).default(2).meta({
        description:
          "a failure that came more often than this (at most 100), is new and could not be decided for sure is put to the channel `o3`; 0 asks nobody",
      }),
    })
    .prefault({})
    .meta({ description: "who looks at failures that no known issue decides; docs/orchestrator.md explains it" }),
  postMortem: z.boolean().default(false).meta({
    description:
      "whether each incident that was told of becomes a Discussion with its timeline, in the repository's category of `discussions`",
  }),
});
export type Followed = z.infer<typeof Followed>;
export const Incidents = z.array(Followed);

/** A digest tells of incidents, so that one of a channel that hears of none would never come. */
export function mistakesInDigests(
  channels: readonly { readonly id: string; readonly digest?: object | undefined }[],
  incidents: readonly Followed[],
): readonly Mistake[] {
  return channels.flatMap(({ id, digest }, index) =>
    digest === undefined || incidents.some(({ channel }) => channel === id)
      ? []
      : [{ path: [index, "digest"], message: "has nothing to tell: no entry of incidents names this channel" }],
  );
}

interface Mistake {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What an entry names must be there, and a repository is followed once. */
export function mistakesInIncidents(
  incidents: readonly Followed[],
  {
    channels,
    onCall,
    discussions,
  }: {
    readonly channels: readonly { readonly id: string; readonly repositories: readonly string[] }[];
    readonly onCall: readonly { readonly name: string }[];
    readonly discussions: readonly { readonly repository: string }[];
  },
): readonly Mistake[] {
  return incidents.flatMap(({ repository: name, channel, onCall: schedule, postMortem }, index) => {
    const bound = channels.find(({ id }) => id === channel)?.repositories ?? [];
    const speaks = bound.some((each) => isSameName(each, name));
    const isSecond = incidents.findIndex((each) => isSameName(each.repository, name)) < index;
    const isPlanned = schedule === undefined || onCall.some((each) => each.name === schedule);
    const hasPlace = !postMortem || discussions.some((each) => isSameName(each.repository, name));
    return [
      ...(speaks ? [] : [{ path: [index, "channel"], message: `does not speak of ${name}: add that to channels` }]),
      ...(isSecond ? [{ path: [index, "repository"], message: `${name} is followed already` }] : []),
      ...(isPlanned ? [] : [{ path: [index, "onCall"], message: `${schedule} is no schedule of onCall` }]),
      ...(hasPlace ? [] : [{ path: [index, "postMortem"], message: `${name} has no category in discussions` }]),
    ];
  });
}

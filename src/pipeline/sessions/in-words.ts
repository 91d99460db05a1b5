import { clipped } from "../logs/clipped.ts";
import type { FailureTold, RequestTold } from "./event.ts";
import type { Observation } from "./observed.ts";

export const requestInWords: Readonly<Record<RequestTold["subject"], string>> = { review: "a review", design: "design help" };

const longestCommand = 60;

/**
 * What sessions did at one commit: `2 commands failed again and again (cargo test 3 times); o3 was asked for design help (answered on the pull
 * request)`. Undefined where none is known.
 *
 * @param observations newest first
 * @param ends what came of requests, by their ids (`endsOf`)
 */
export function sessionsInWords(observations: readonly Observation[], ends: ReadonlyMap<string, string> = new Map()): string | undefined {
  const failures = observations.filter((one) => one.type === "failure");
  const requests = observations.filter((one) => one.type === "request");
  const said = [...failuresInWords(failures), ...requestsInWords(requests, ends)];
  if (said.length > 0) return said.join("; ");
  const sessions = new Set(observations.map(({ session }) => session)).size;
  if (sessions === 0) return undefined;
  return sessions === 1 ? "worked on this commit" : `${sessions} sessions worked on this commit`;
}

function failuresInWords(failures: readonly FailureTold[]): readonly string[] {
  const [worst] = failures.toSorted((one, other) => other.failures - one.failures);
  if (!worst) return [];
  const often = worst.failures === 1 ? "once" : `${worst.failures} times`;
  const command = clipped(worst.command.replaceAll(/\s+/g, " "), longestCommand);
  if (failures.length === 1) return [`${command} failed ${often}`];
  return [`${failures.length} commands failed again and again (${command} ${often})`];
}

function requestsInWords(requests: readonly RequestTold[], ends: ReadonlyMap<string, string>): readonly string[] {
  const asked = Map.groupBy(requests, ({ channel, subject }) => `${channel} was asked for ${requestInWords[subject]}`);
  return [...asked].map(([what, those]) => {
    const came = new Set(those.map(({ id }) => ends.get(id) ?? "not answered so far"));
    return `${what} (${[...came].join("; ")})`;
  });
}

import { clipped } from "../logs/clipped.ts";
import type { FailureTold, RequestTold } from "./event.ts";
import type { Observation } from "./observed.ts";

export const requestInWords: Readonly<Record<RequestTold["subject"], string>> = { review: "a review", design: "design help" };

const longestCommand = 60;

/**
 * What sessions did at one commit: `2 commands failed again and again (cargo test 3 times); o3 was asked for design help, which no model answers
 * yet`. Undefined where none is known.
 *
 * @param observations newest first
 */
export function sessionsInWords(observations: readonly Observation[]): string | undefined {
  const failures = observations.filter((one) => one.type === "failure");
  const requests = observations.filter((one) => one.type === "request");
  const said = [...failuresInWords(failures), ...requestsInWords(requests)];
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

/** Models are asked by a later version: until then it is said that nobody answers. */
function requestsInWords(requests: readonly RequestTold[]): readonly string[] {
  const asked = new Set(requests.map(({ channel, subject }) => `${channel} was asked for ${requestInWords[subject]}`));
  return asked.size === 0 ? [] : [`${[...asked].join(", ")}, which no model answers yet`];
}

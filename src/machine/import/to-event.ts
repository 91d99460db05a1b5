import { exactUsd } from "../../pipeline/usage/money.ts";
import type { Usage } from "../../pipeline/usage/usage.ts";

/** A request as `POST /v1/events` takes it. */
export function toEvent({ statedPico, tokens, ...rest }: Usage): object {
  return {
    type: "usage",
    ...rest,
    tokens: { style: "disjoint", ...tokens },
    ...(statedPico !== undefined && { costUsd: exactUsd(statedPico) }),
  };
}

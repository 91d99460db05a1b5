import { Secret } from "../secret.ts";
import type { Config } from "./config.ts";
import type { Environment } from "./environment.ts";

/** Every value that no log or answer may show. */
export function secretsOf({ slack, github }: Pick<Config, "slack" | "github">): readonly string[] {
  const { credentials } = github;
  const own = "token" in credentials ? credentials.token : credentials.privateKey;
  return [slack.botToken, ...(slack.appToken ? [slack.appToken] : []), ...slack.signingSecrets, ...github.webhookSecrets, own].map(
    (secret) => secret.reveal(),
  );
}

/** The same, of whatever credentials the environment holds. */
export const secretsIn = (environment: Environment): readonly string[] =>
  Object.values(environment)
    .flat()
    .filter((value) => value instanceof Secret)
    .map((secret) => secret.reveal());

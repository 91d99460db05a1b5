import type { Config } from "./config.ts";

/** Every value that no log or answer may show. */
export function secretsOf({ slack, github }: Pick<Config, "slack" | "github">): readonly string[] {
  const { credentials } = github;
  const own = "token" in credentials ? credentials.token : credentials.privateKey;
  return [slack.botToken, ...(slack.appToken ? [slack.appToken] : []), ...slack.signingSecrets, ...github.webhookSecrets, own].map(
    (secret) => secret.reveal(),
  );
}

import { Secret } from "../secret.ts";
import type { Config } from "./config.ts";
import type { Environment } from "./environment.ts";

/** Every value that no log or answer may show. */
export function secretsOf({
  slack,
  github,
  linking,
  pager,
  apiTokens = [],
  ai,
  settings,
}: Pick<Config, "slack" | "github" | "linking" | "pager" | "apiTokens" | "ai" | "settings">): readonly string[] {
  const { credentials } = github;
  const own = "token" in credentials ? credentials.token : credentials.privateKey;
  const ofLinking = linking ? [linking.clientSecret, ...linking.stateSecrets] : [];
  const ofSlack = [slack.botToken, ...(slack.appToken ? [slack.appToken] : []), ...slack.signingSecrets];
  const ofPager = pager ? [...pager.secrets, ...("routingKey" in pager ? [pager.routingKey] : [])] : [];
  const ofAi = [ai?.openai?.apiKey, ai?.gemini?.apiKey, ai?.claude?.apiKey].filter((key) => key !== undefined);
  // Whoever knows the address of a calendar reads it.
  const addresses = settings.onCall.flatMap(({ calendar }) => (calendar ? [calendar.url] : []));
  const all = [...ofSlack, ...github.webhookSecrets, own, ...ofLinking, ...ofPager, ...ofAi, ...apiTokens];
  return [...all.map((secret) => secret.reveal()), ...addresses, ...passwordIn(ai?.variables?.HTTPS_PROXY)];
}

/** The same, of whatever credentials the environment holds. */
export const secretsIn = (environment: Environment): readonly string[] => [
  ...Object.values(environment)
    .flat()
    .filter((value) => value instanceof Secret)
    .map((secret) => secret.reveal()),
  ...passwordIn(environment.HTTPS_PROXY?.reveal()),
];

/** A proxy may be told its password in its address, and programs print parts of that. */
function passwordIn(address = ""): readonly string[] {
  const password = URL.parse(address)?.password;
  if (!password) return [];
  return [password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

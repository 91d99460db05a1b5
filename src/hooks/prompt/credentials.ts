import { keyRanges } from "../../pipeline/logs/private-key.ts";
import { tokenShapes } from "../../pipeline/logs/token-shapes.ts";
import { isExample, isPassword, isRandom } from "./random-text.ts";

/** A credential that stands in a text; never what it is. */
export interface Credential {
  readonly what: string;
  /** The first is 1. */
  readonly line: number;
}

interface Kind {
  readonly what: string;
  /** Of what its shape alone does not say. */
  readonly looksReal?: (secret: string) => boolean;
}

/** By the name of the shape. A log is masked wherever a secret may be; a person is stopped only where one must be. */
export const kinds: Readonly<Record<string, Kind>> = {
  "a command's flag": { what: "a secret behind a command's option", looksReal: isRandom },
  "a quoted value": { what: "a password or key", looksReal: (secret) => isRandom(secret) || isPassword(secret) },
  "a value": { what: "a password or key", looksReal: (secret) => isRandom(secret) || isPassword(secret) },
  "an authorization": { what: "an authorization header", looksReal: isRandom },
  "AWS key id": { what: "a key id of AWS" },
  bearer: { what: "a bearer token", looksReal: isRandom },
  GitHub: { what: "a token of GitHub" },
  GitLab: { what: "a token of GitLab" },
  Google: { what: "a key of Google" },
  JWT: { what: "a JSON web token", looksReal: (secret) => secret.length > 60 },
  npm: { what: "a token of npm" },
  "OpenAI, Anthropic": { what: "a key of OpenAI or Anthropic", looksReal: (secret) => /\d/.test(secret) && isRandom(secret.slice(3)) },
  Slack: { what: "a token of Slack", looksReal: (secret) => /\d/.test(secret) },
  "Slack webhook": { what: "a webhook of Slack", looksReal: (secret) => /\d/.test(secret) },
  Stripe: { what: "a key of Stripe", looksReal: (secret) => !secret.includes("_test_") },
  URL: { what: "a password in an address", looksReal: isPasswordOfUrl },
};

/** In the order in which they stand, one of each kind. */
export function credentialsIn(text: string): readonly Credential[] {
  const found = new Map<string, number>();
  const add = (what: string, at: number) => found.set(what, Math.min(at, found.get(what) ?? at));
  for (const [from, to] of keyRanges(text)) if (to - from > 200 && !/\.\.\.|…/.test(text.slice(from, to))) add("a private key", from);
  for (const { of, pattern } of tokenShapes) {
    const kind = kinds[of];
    if (!kind) continue;
    for (const { index, 0: whole, groups } of text.matchAll(pattern)) {
      const secret = groups?.secret ?? whole;
      if (!isExample(secret) && (kind.looksReal?.(secret) ?? true)) add(kind.what, index + whole.lastIndexOf(secret));
    }
  }
  return [...found].sort(([, a], [, b]) => a - b).map(([what, at]) => ({ what, line: lineOf(text, at) }));
}

function lineOf(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf("\n"); next !== -1 && next < at; next = text.indexOf("\n", next + 1)) line++;
  return line;
}

/** `user:password`, or a token alone. What databases for tests are given, everybody knows. */
function isPasswordOfUrl(secret: string): boolean {
  const colon = secret.indexOf(":");
  if (colon === -1) return isRandom(secret);
  const [name, password] = [secret.slice(0, colon), secret.slice(colon + 1)];
  return (
    password !== name &&
    password.length >= 6 &&
    !/^(?:pass\w*|postgres|mysql|mariadb|admin|root|guest|user\w*|test\w*|changeme|secret\w*|token|pwd)$/i.test(password)
  );
}

import { createPrivateKey } from "node:crypto";
import { z } from "zod";
import { Secret } from "../secret.ts";

const url = (fallback: string) => z.url({ protocol: /^https?$/, error: "is not an http(s) URL" }).default(fallback);
const secret = z.string().transform((value) => new Secret(value));
/** Several values while a secret is being rotated: any of them is good. */
const rotatingSecrets = z
  .string()
  .transform((value) =>
    value
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "")
      .map((each) => new Secret(each)),
  )
  .refine((secrets) => secrets.length > 0, "holds no secret");

/** A PEM may come with its line ends written as `\n`, because many secret stores keep one line only. */
const privateKey = z
  .string()
  .transform((value) => value.replaceAll("\\n", "\n"))
  .refine(isPrivateKey, "is not a PEM private key")
  .transform((value) => new Secret(value));

/** The environment as documented in docs/configuration.md. */
export const Environment = z.object({
  NODE_ENV: z.string().optional(),
  SLACK_BOT_TOKEN: secret.optional(),
  SLACK_SIGNING_SECRET: rotatingSecrets.optional(),
  SLACK_APP_TOKEN: secret.optional(),
  SLACK_API_URL: url("https://slack.com/api/"),
  GITHUB_APP_ID: z.string().regex(/^\d+$/, "is not a number").optional(),
  GITHUB_PRIVATE_KEY: privateKey.optional(),
  GITHUB_TOKEN: secret.optional(),
  GITHUB_WEBHOOK_SECRET: rotatingSecrets.optional(),
  GITHUB_API_URL: url("https://api.github.com"),
  REDIS_URL: z.string().optional(),
  DATABASE_URL: z.string().optional(),
  NEXTRUST_DATA_DIR: z.string().default(".nextrust"),
  NEXTRUST_CONFIG: z.string().optional(),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce
    .number({ error: "is not a number" })
    .int("is not a whole number")
    .min(0, "is not a port")
    .max(65_535, "is not a port")
    .default(3000),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "is none of fatal, error, warn, info, debug, trace, silent",
    })
    .optional(),
});
export type Environment = z.infer<typeof Environment>;

/** The variables that are set: a blank one counts as absent, and the line's end that a secret store leaves behind a value is none of it. */
export type Present = Readonly<Record<string, string | undefined>>;

export const presentIn = (variables: NodeJS.ProcessEnv): Present =>
  Object.fromEntries(
    Object.entries(variables)
      .map(([name, value]) => [name, value?.trim()])
      .filter(([, value]) => value !== ""),
  );

/** @returns the environment, or one sentence for each variable that is wrong */
export function readEnvironment(present: Present): { environment: Environment } | { problems: string[] } {
  const parsed = Environment.safeParse(present);
  if (parsed.success) return { environment: parsed.data };
  return { problems: parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`) };
}

function isPrivateKey(pem: string): boolean {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    return false;
  }
}

import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CannotStart } from "../../src/config/cannot-start.ts";
import { type Config, readConfig } from "../../src/config/config.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

let folder: string;
let emptyFile: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nextrust-"));
  emptyFile = join(folder, "empty.yml");
  await writeFile(emptyFile, "");
});
afterAll(() => rm(folder, { recursive: true }));

const live = {
  SLACK_BOT_TOKEN: "xoxb-1",
  SLACK_SIGNING_SECRET: "sign",
  GITHUB_APP_ID: "12",
  GITHUB_PRIVATE_KEY: privateKey,
  GITHUB_WEBHOOK_SECRET: "hook",
};

/** Reads the variables with an empty settings file, unless told. */
const read = (variables: Record<string, string | undefined>) => readConfig({ NEXTRUST_CONFIG: emptyFile, ...variables });

function problemsOf(variables: Record<string, string | undefined>): readonly string[] {
  try {
    read(variables);
  } catch (error) {
    if (error instanceof CannotStart) return error.problems;
    throw error;
  }
  return [];
}

const revealed = (secrets: Config["slack"]["signingSecrets"] = []) => secrets.map((secret) => secret.reveal());

describe("the choice between the sandbox and real services", () => {
  it.each<[string, Record<string, string>, "sandbox" | "live" | "refused"]>([
    ["nothing set", {}, "sandbox"],
    ["only empty variables", { SLACK_BOT_TOKEN: "", GITHUB_TOKEN: "" }, "sandbox"],
    ["addresses only", { SLACK_API_URL: "http://127.0.0.1:1/api/", GITHUB_API_URL: "http://127.0.0.1:1" }, "sandbox"],
    ["everything set", live, "live"],
    ["everything set, in production", { ...live, NODE_ENV: "production" }, "live"],
    ["only Slack's credentials", { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "sign" }, "refused"],
    ["only GitHub's credentials", { GITHUB_TOKEN: "ghp_1", GITHUB_WEBHOOK_SECRET: "hook" }, "refused"],
    ["one single variable", { GITHUB_WEBHOOK_SECRET: "hook" }, "refused"],
    ["nothing set, in production", { NODE_ENV: "production" }, "refused"],
  ])("with %s", (_, variables, mode) => {
    const problems = problemsOf(variables);

    expect(problems.length > 0 ? "refused" : read(variables).slack ? "live" : "sandbox").toBe(mode);
  });

  it("keeps the state of the sandbox apart from the real one", () => {
    expect(read({ NEXTRUST_DATA_DIR: "data" }).stateFile).toBe(join("data", `sandbox-${process.pid}.db`));
    expect(read({ ...live, NEXTRUST_DATA_DIR: "data" }).stateFile).toBe(join("data", "nextrust.db"));
  });
});

describe("what is missing", () => {
  it("is listed whole, in production with nothing set", () => {
    expect(problemsOf({ NODE_ENV: "production" })).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN is missing/),
      expect.stringMatching(/^SLACK_SIGNING_SECRET is missing/),
      expect.stringMatching(/^GITHUB_WEBHOOK_SECRET is missing/),
      expect.stringMatching(/^GITHUB_APP_ID and GITHUB_PRIVATE_KEY \(or GITHUB_TOKEN\) are missing/),
    ]);
  });

  it.each([
    ["GITHUB_PRIVATE_KEY", "GITHUB_APP_ID"],
    ["GITHUB_APP_ID", "GITHUB_PRIVATE_KEY"],
  ])("is %s when only %s is set", (absent, present) => {
    expect(problemsOf({ ...live, [absent]: undefined })).toEqual([`${absent} is missing although ${present} is set.`]);
  });

  it("is the other address of shared state when only one is set", () => {
    expect(problemsOf({ ...live, REDIS_URL: "redis://x" })).toEqual([expect.stringMatching(/^DATABASE_URL is missing/)]);
    expect(problemsOf({ ...live, DATABASE_URL: "postgres://x" })).toEqual([expect.stringMatching(/^REDIS_URL is missing/)]);
    expect(problemsOf({ ...live, REDIS_URL: "redis://x", DATABASE_URL: "postgres://x" })).toEqual([
      expect.stringMatching(/one SQLite file only/),
    ]);
  });

  it("is no signing secret where an app-level token turns Socket Mode on", () => {
    const config = read({ ...live, SLACK_SIGNING_SECRET: undefined, SLACK_APP_TOKEN: "xapp-1" });

    expect(config.slack?.appToken?.reveal()).toBe("xapp-1");
    expect(read(live).slack?.appToken).toBeUndefined();
  });

  it("is everything else of a live bot, when only the app-level token is set", () => {
    expect(problemsOf({ SLACK_APP_TOKEN: "xapp-1" })).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN is missing/),
      expect.stringMatching(/^GITHUB_WEBHOOK_SECRET is missing/),
      expect.stringMatching(/^GITHUB_APP_ID and GITHUB_PRIVATE_KEY/),
    ]);
  });

  it("is not what is wrong: a wrong variable is named once", () => {
    expect(problemsOf({ ...live, GITHUB_PRIVATE_KEY: "nonsense" })).toEqual(["GITHUB_PRIVATE_KEY is not a PEM private key."]);
  });

  it("is said together with what is wrong, in the variables and in the file", () => {
    const problems = problemsOf({ SLACK_BOT_TOKEN: "xoxb-1", PORT: "http", NEXTRUST_CONFIG: join(folder, "none.yml") });

    expect(problems).toHaveLength(5);
    expect(problems.join("\n")).toMatch(
      /SLACK_SIGNING_SECRET[\s\S]*GITHUB_WEBHOOK_SECRET[\s\S]*PORT is not[\s\S]*none\.yml cannot be read/,
    );
  });
});

describe("a variable", () => {
  it.each<[string, string, RegExp]>([
    ["PORT", "http", /^PORT is not a number\.$/],
    ["PORT", "3000.5", /^PORT is not a whole number\.$/],
    ["PORT", "-1", /^PORT is not a port\.$/],
    ["PORT", "65536", /^PORT is not a port\.$/],
    ["LOG_LEVEL", "loud", /^LOG_LEVEL is none of fatal, error, warn/],
    ["SLACK_API_URL", "slack.com/api", /^SLACK_API_URL is not an http\(s\) URL\.$/],
    ["GITHUB_API_URL", "ftp://github.com", /^GITHUB_API_URL is not an http\(s\) URL\.$/],
    ["GITHUB_APP_ID", "my-app", /^GITHUB_APP_ID is not a number\.$/],
    ["GITHUB_PRIVATE_KEY", "-----BEGIN RSA PRIVATE KEY-----\nAAAA", /^GITHUB_PRIVATE_KEY is not a PEM private key\.$/],
    ["SLACK_APP_TOKEN", "xoxb-1", /^SLACK_APP_TOKEN is not an app-level token \(xapp-…\)\.$/],
    ["SLACK_SIGNING_SECRET", " , ", /^SLACK_SIGNING_SECRET holds no secret\.$/],
    ["GITHUB_WEBHOOK_SECRET", ",", /^GITHUB_WEBHOOK_SECRET holds no secret\.$/],
    ["SLACK_BOT_TOKEN", "  ", /^SLACK_BOT_TOKEN is missing/],
  ])("%s = %j is refused in one sentence", (name, value, sentence) => {
    expect(problemsOf({ ...live, [name]: value })).toEqual([expect.stringMatching(sentence)]);
  });

  it.each([
    [undefined, 3000],
    ["", 3000],
    [" ", 3000],
    ["0", 0],
    ["65535", 65_535],
  ])("PORT = %j means %d", (given, port) => {
    expect(read({ PORT: given }).port).toBe(port);
  });

  it.each([
    ["a", ["a"]],
    ["a,b", ["a", "b"]],
    [" a , b ,", ["a", "b"]],
  ])("of a rotating secret may hold several: %j", (given, secrets) => {
    const config = read({ ...live, SLACK_SIGNING_SECRET: given, GITHUB_WEBHOOK_SECRET: given });

    expect(config.slack && revealed(config.slack.signingSecrets)).toEqual(secrets);
    expect(config.slack && revealed(config.github.webhookSecrets)).toEqual(secrets);
  });

  it("may hold the private key on one line, as secret stores keep it", () => {
    const config = read({ ...live, GITHUB_PRIVATE_KEY: privateKey.replaceAll("\n", "\\n") });

    const credentials = config.slack && config.github.credentials;
    expect(credentials && "appId" in credentials && credentials.privateKey.reveal().trim()).toBe(privateKey.trim());
  });

  it("has no part of the line's end that a secret store leaves behind it", () => {
    const config = read({ ...live, SLACK_BOT_TOKEN: "xoxb-1\n", PORT: "0\r\n" });

    expect(config.slack?.botToken.reveal()).toBe("xoxb-1");
    expect(config.port).toBe(0);
  });

  it("lets the App act where a token is set too", () => {
    const config = read({ ...live, GITHUB_TOKEN: "ghp_1" });

    expect(config.slack && config.github.credentials).toMatchObject({ appId: "12" });
  });
});

describe("linking", () => {
  const secret = "0123456789abcdef0123456789abcdef";
  const all = {
    ...live,
    GITHUB_CLIENT_ID: "Iv1",
    GITHUB_CLIENT_SECRET: "c1ient",
    NEXTRUST_SECRET: secret,
    NEXTRUST_URL: "https://ci.example/",
  };

  it("is off without a client, and asks for nothing then", () => {
    expect(read(live)).not.toHaveProperty("linking");
    expect(read({ ...live, NEXTRUST_SECRET: secret, NEXTRUST_URL: "https://ci.example" })).not.toHaveProperty("linking");
  });

  it("is on with a client, a secret and an address", () => {
    const config = read(all);

    expect(config.slack && config.linking).toMatchObject({ clientId: "Iv1", url: "https://ci.example" });
    expect(config.slack && config.linking?.clientSecret.reveal()).toBe("c1ient");
    expect(config.slack && revealed(config.linking?.stateSecrets)).toEqual([secret]);
  });

  it("takes several secrets while one is rotated", () => {
    const config = read({ ...all, NEXTRUST_SECRET: `${secret}n, ${secret}o` });

    expect(config.slack && revealed(config.linking?.stateSecrets)).toEqual([`${secret}n`, `${secret}o`]);
  });

  it.each<[Record<string, string | undefined>, readonly RegExp[]]>([
    [{ GITHUB_CLIENT_SECRET: undefined }, [/^GITHUB_CLIENT_SECRET is missing although GITHUB_CLIENT_ID is set\.$/]],
    [{ GITHUB_CLIENT_ID: undefined }, [/^GITHUB_CLIENT_ID is missing although GITHUB_CLIENT_SECRET is set\.$/]],
    [{ NEXTRUST_SECRET: undefined, NEXTRUST_URL: undefined }, [/^NEXTRUST_SECRET is missing/, /^NEXTRUST_URL is missing/]],
    [{ NEXTRUST_SECRET: secret.slice(1) }, [/^NEXTRUST_SECRET is too short: at least 32 characters/]],
    [{ NEXTRUST_SECRET: `${secret},short` }, [/^NEXTRUST_SECRET is too short/]],
    [{ NEXTRUST_URL: "ci.example" }, [/^NEXTRUST_URL is not an http\(s\) URL/]],
    [{ NEXTRUST_URL: "http://ci.example" }, [/^NEXTRUST_URL has to be https/]],
    [{ NEXTRUST_URL: "http://127.0.0.1:3000" }, []],
  ])("with %j lists what is missing or wrong", (changes, problems) => {
    expect(problemsOf({ ...all, ...changes })).toEqual(problems.map((each) => expect.stringMatching(each)));
  });

  it("makes nobody's sandbox of a client alone", () => {
    expect(problemsOf({ GITHUB_CLIENT_ID: "Iv1" }).length).toBeGreaterThan(0);
  });

  it("keeps its secrets out of everything that is printed", () => {
    const shown = [inspect(read(all), { depth: 9 }), asJson(read(all))].join("\n");

    for (const each of ["c1ient", secret]) expect(shown).not.toContain(each);
  });
});

/** Prices are whole numbers of a kind that JSON has no word for. */
function asJson(config: unknown): string {
  return JSON.stringify(config, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}

describe("a secret", () => {
  it("is shown neither by a problem nor by printing the configuration", () => {
    const config = read(live);
    const problems = problemsOf({ ...live, GITHUB_PRIVATE_KEY: "-----BEGIN s3cret", PORT: "x" });

    const shown = [inspect(config, { depth: 9 }), asJson(config), `${config.slack?.botToken}`, problems.join("\n")].join("\n");
    for (const secret of ["xoxb-1", '"sign"', "'sign'", "'hook'", '"hook"', "PRIVATE KEY--", "s3cret"]) expect(shown).not.toContain(secret);
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is text for a shell
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandTextsIn } from "../../../src/hooks/prompt/command-texts.ts";
import { credentialsIn, kinds } from "../../../src/hooks/prompt/credentials.ts";
import { promptSecurity } from "../../../src/hooks/user-prompt-submit/prompt-security.ts";
import { tokenShapes } from "../../../src/pipeline/logs/token-shapes.ts";
import { cpuMsOf } from "../../cpu-time.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aPayload } from "../captured/payload.ts";

let checkout: Checkout;
let context: ReturnType<typeof aContext>;
beforeAll(() => {
  checkout = aCheckout({ "README.md": "# A checkout\n" });
  context = aContext(checkout, { variables: { HOME: "/home/ada" } });
});
afterAll(() => {
  context[Symbol.dispose]();
  checkout[Symbol.dispose]();
});

const saidOf = async (prompt: string) => await promptSecurity.run(aPayload("user-prompt-submit", { prompt }), context);

/** Random, and written in halves so that nobody takes this file for a leak. */
const r36 = `Q7vX2mK9pL4w${"Zt8Rj5Nc3Hy6Bd1Ga0Fs7Ue9"}`;
const hex40 = `9f86d081884c7d65${"9a2feaa0c55ad015a3bf4f1b"}`;

const withCredential: readonly (readonly [prompt: string, what: string, secret: string])[] = [
  [`use gh${"p_"}${r36} to push`, "line 1 has what looks like a token of GitHub", r36],
  [`Here:\n\nGITHUB_TOKEN=github_${"pat_"}11AKQWPLM0${r36}`, "line 3 has what looks like a token of GitHub", r36],
  [`gl${"pat-"}${r36.slice(0, 20)} is the token`, "a token of GitLab", r36.slice(0, 20)],
  [`the key is sk-${"ant-api03-"}${r36}`, "a key of OpenAI or Anthropic", r36],
  [`OPENAI_API_KEY=sk-${"proj-"}${r36}`, "a key of OpenAI or Anthropic", r36],
  [`slack: xox${"b-"}804271936655-${r36}`, "a token of Slack", r36],
  [`post to https://hooks.slack.com/services/${"T0A1B2C3D"}/B0A1B2C3D/${r36.slice(0, 24)}`, "a webhook of Slack", r36.slice(0, 24)],
  [`AKIA${"Q7VX2MK9PL4WZT8R"} is our id`, "a key id of AWS", "Q7VX2MK9PL4WZT8R"],
  [`aws_secret_access_key = ${r36}/+${"aB3"}`, "a password or key", r36],
  [`AI${"za"}${r36}`, "a key of Google", r36],
  [`npm${"_"}${r36}`, "a token of npm", r36],
  [`rk_${"live_"}${r36}`, "a key of Stripe", r36],
  [`curl -H 'Authorization: Bearer ${r36}' https://api.example.org`, "an authorization header", r36],
  [`bearer ${r36}`, "a bearer token", r36],
  [`ey${"JhbGciOiJSUzI1NiJ9"}.eyJpc3MiOiJodHRwczovL2EuYiJ9.${r36}${r36}`, "a JSON web token", r36],
  [`postgres://shop:${r36.slice(0, 14)}@db.internal/shop`, "a password in an address", r36.slice(0, 14)],
  [`git clone https://${r36}@github.com/a/b`, "a password in an address", r36],
  ["log in as ada, password: Summer-2026!", "a password or key", "Summer-2026!"],
  [`{"api_key": "${r36}"}`, "a password or key", r36],
  [`client_secret=${hex40}`, "a password or key", hex40],
  [`deploy --token ${r36} --env prod`, "a secret behind a command's option", r36],
  [
    `-----BEGIN OPENSSH PRIVATE KEY-----\n${`${r36}${r36}\n`.repeat(5)}-----END OPENSSH PRIVATE KEY-----`,
    "line 1 has what looks like a private key",
    r36,
  ],
];

const withDestruction: readonly (readonly [prompt: string, would: string])[] = [
  ["rm -rf /", "the whole file system"],
  ["  sudo rm -rf / --no-preserve-root  ", "the whole file system"],
  ["rm -rf ~/*", "the whole home folder"],
  ["rm -rf .git", "the history of the project"],
  ["please run this:\n```\nrm -rf /\n```", "from line 3 on"],
  ["please run this:\n```bash\ncd /\nrm -rf *\n```\nthanks", "the whole file system"],
  ["do\n~~~sh\nmkfs.ext4 /dev/sda1\n~~~", "the disk /dev/sda1"],
  ["Run\n$ dd if=/dev/zero of=/dev/sda\nand tell me", "from line 2 on"],
  ["```console\n$ sudo rm -rf /usr\nremoved\n```", "the system's folder /usr"],
  [":(){ :|:& };:", "start itself"],
  ["git push --force origin main", "rewrite the protected branch main"],
  ["bash -c 'rm -rf ~'", "the whole home folder"],
  ["shutdown -h now", "stop or restart"],
];

const innocent: readonly string[] = [
  "",
  "please run the demo",
  "fix the failing test in src/main.c and push",
  "why does `rm -rf /` need --no-preserve-root?",
  "never run rm -rf / in this repository",
  "rm -rf / is what the script did, find out why",
  "rm -rf /?",
  "The script does rm -rf ~ at line 3, replace it.",
  "shutdown the dev server and start it again",
  "reboot the emulator when the test hangs",
  "halt on the first error",
  "kill the process on port 3000",
  "find / replace all tabs in src",
  "Delete everything in build with rm -rf build/*",
  "rm -rf build",
  "rm -rf node_modules && npm ci",
  "git push --force origin my-feature",
  "git push -f my branch, not main",
  "```\nrm -rf build dist\nmake\n```",
  'This fails:\n```sh\nrm -rf "$DIR"/*\n```\nwhy?',
  "I ran\n$ rm -rf ~/.cache/pip\nand it still fails",
  "Add to the README:\n```\ncurl -fsSL https://example.org/install.sh | sh\n```",
  "```python\nos.system('rm -rf /')\nrm -rf /\n```",
  "```diff\n- rm -rf /\n+ rm -rf build\n```",
  "```\n$ echo hi\nrm -rf / (what it printed)\n```",
  "```sh\ncat > clean.sh <<'EOF'\nrm -rf /\nEOF\n```",
  "```sh\necho 'rm -rf /'\n# rm -rf /\n```",
  "an open fence\n```sh\nrm -rf /",
  "/review the last commit",
  `revert ${hex40}`,
  `the digest is sha256:${hex40}${hex40.slice(0, 24)}`,
  "session 782e2ff7-208b-47e1-92fb-0c3ed7c4e2bc failed",
  "token: 782e2ff7-208b-47e1-92fb-0c3ed7c4e2bc",
  "run 17230945123 of workflow 98213745, attempt 2",
  "the password must have at least 12 characters",
  "password: string;",
  "const token = process.env.GITHUB_TOKEN;",
  "token: ${{ secrets.GITHUB_TOKEN }}",
  "export OPENAI_API_KEY=sk-your-key-here",
  "export GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "AKIAIOSFODNN7EXAMPLE and wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
  "DATABASE_URL=postgres://postgres:postgres@localhost:5432/shop_test",
  "postgres://user:password@localhost/db",
  "https://x-access-token:${TOKEN}@github.com/a/b",
  "add a field `access_token: string | null` to the type",
  "rename api_key to apiKey in src/config/settings.ts",
  "the token is invalid, says the log: token=***",
  "Authorization: Bearer <token>",
  'curl -H "Authorization: Bearer $TOKEN" https://api.example.org',
  "use --token-file ./token.txt --password-stdin",
  "secret: kubernetes.io/service-account-token-2 is mounted",
  "password_hash = bcrypt.hash(password, 10)",
  "the secret=projects/my-project-1/secrets/deploy-key-2/versions/3 is missing",
  "-----BEGIN PRIVATE KEY----- is what the header must be",
  "git@github.com:owner/name.git does not answer",
  "see https://example.org/@user/posts?id=8472938472 and mail ada@example.org",
  "cookie: session is not set",
  "integrity sha512-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08aaaa==",
  "npm_config_registry is wrong",
  "token=get_user_name_2_from_session_store",
  "api_key: src/config/settings/v2/parse-file1.ts",
  "secret=windows10professionaledition",
  "token=1a1a1a1b1b1b1c1c1c",
  "sk-learn is a library, and sk-something-with-words-only too",
];

describe("prompt-security", () => {
  it.each(withCredential)("stops a prompt with a credential, without repeating it: %s", async (prompt, what, secret) => {
    const said = await saidOf(prompt);

    expect(said).toMatchObject({ kind: "deny", reason: expect.stringContaining(what) });
    expect(JSON.stringify(said)).not.toContain(secret);
  });

  it.each(withDestruction)("stops %j", async (prompt, would) => {
    expect(await saidOf(prompt)).toMatchObject({ kind: "deny", reason: expect.stringContaining(would) });
  });

  it.each(innocent)("lets %j pass", async (prompt) => {
    expect(await saidOf(prompt)).toBeUndefined();
  });

  it("says what to do, to the person", async () => {
    expect(await saidOf("do:\n```\nrm -rf /\n```")).toEqual({
      kind: "deny",
      reason:
        "The prompt was not sent: the command from line 3 on, rm -rf /, would delete the whole file system. To talk about it, write it inside of a sentence; to do it, run it yourself.",
    });
    expect(await saidOf(`a\nnpm${"_"}${r36}`)).toEqual({
      kind: "deny",
      reason:
        "The prompt was not sent: line 2 has what looks like a token of npm. Put it into a variable of the environment and give its name instead; one that has been shared anywhere is better revoked and made anew. An example is let through with example or xxx in it.",
    });
  });

  it("knows each of its kinds by a shape that there is", () => {
    const shapes = tokenShapes.map(({ of }) => of);

    expect(Object.keys(kinds).filter((kind) => !shapes.includes(kind))).toEqual([]);
  });

  it.each(["a", "$ rm\n", "```\n", "token=", "-----BEGIN PRIVATE KEY-----", "://a:b", "eyJ", "Aa1", "bearer ", "\n", "password: \\"])(
    "needs little time for 64 KB of %j",
    (piece) => {
      const prompt = piece.repeat(65_536 / piece.length);

      expect(cpuMsOf(() => [credentialsIn(prompt), commandTextsIn(prompt)])).toBeLessThan(1_000);
    },
  );
});

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { askApi } from "./ask-api.ts";
import { findProgram, isAtLeast } from "./program.ts";
import { type Around, missing, type Seen, type Service, unchecked, works, wrong } from "./service.ts";

/** Its hooks were tested with this version; earlier ones differ in what they heed. */
const testedVersion = "2.1.330";
const install = "npm install --global @anthropic-ai/claude-code";

export const claudeCode: Service = {
  name: "Claude Code",
  purpose: "works in the checkout, and runs the hooks",

  async look(around) {
    const program = await findProgram("claude", around.variables);
    if (!program) return missing("claude is not on the PATH.", install);
    if ("problem" in program) return wrong(`${program.path} --version ${program.problem}.`, install);
    const { version } = program;
    if (!isAtLeast(version, testedVersion))
      return wrong(`It is ${version}; the hooks were tested with ${testedVersion}.`, `${install}@latest`);
    return signedIn(around, version);
  },
};

async function signedIn({ variables, claudeFolder, home, isOffline }: Around, version: string): Promise<Seen> {
  const { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: base = "https://api.anthropic.com" } = variables;
  if (key === undefined) {
    if (variables.CLAUDE_CODE_OAUTH_TOKEN !== undefined || hasLogin(claudeFolder, home)) return works(`${version}, with a login.`);
    return missing(
      `${version}, but neither a login nor ANTHROPIC_API_KEY.`,
      "claude    # and then /login",
      "export ANTHROPIC_API_KEY=…    # or a key: https://console.anthropic.com/settings/keys",
    );
  }
  if (isOffline) return unchecked(`${version}; ANTHROPIC_API_KEY is set.`);
  const { status, problem } = await askApi(`${base.replace(/\/+$/, "")}/v1/models?limit=1`, {
    "x-api-key": key,
    "anthropic-version": "2023-06-01",
  });
  if (status === 200) return works(`${version}, and ANTHROPIC_API_KEY is taken.`);
  if (status === 401 || status === 403)
    return wrong(
      `${version}, but ANTHROPIC_API_KEY is not taken.`,
      "export ANTHROPIC_API_KEY=…    # https://console.anthropic.com/settings/keys",
    );
  return wrong(`${version}; whether ANTHROPIC_API_KEY is good is not known: ${problem}`);
}

/** On a Mac the login itself is in the keychain; whose it is stands in a file everywhere. */
function hasLogin(claudeFolder: string, home: string): boolean {
  if (existsSync(join(claudeFolder, ".credentials.json"))) return true;
  const folder = claudeFolder === join(home, ".claude") ? dirname(claudeFolder) : claudeFolder;
  try {
    return JSON.parse(readFileSync(join(folder, ".claude.json"), "utf8")).oauthAccount !== undefined;
  } catch {
    return false;
  }
}

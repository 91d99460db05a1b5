import { z } from "zod";
import { type Answer, askApi } from "./services/ask-api.ts";
import { gitHubHeaders, usualGitHub } from "./services/github.ts";
import type { Around } from "./services/service.ts";

const secretNames = ["OPENAI_API_KEY", "GEMINI_API_KEY", "ANTHROPIC_API_KEY", "NEXTRUST_URL", "NEXTRUST_API_TOKEN"];
/** An address that is no secret, and that many do not need. */
const variableName = "O3_ENDPOINT";

const Listed = z.object({ secrets: z.array(z.object({ name: z.string() })) });

type Place = "there" | "organisation" | "missing" | "unknown";

/** What workflows need, which of it is there, and how to set the rest. A secret's value nobody can read, so it is not asked for. */
export async function tellSecrets(around: Around): Promise<string> {
  const { repository } = around;
  const { places, variable, note } = await lookUp(around);
  const option = repository === undefined ? "" : ` --repo ${repository}`;
  const rows = secretNames.map((name) => line(name, places(name), `gh secret set ${name}${option}`));
  const optional = line(variableName, variable, `gh variable set ${variableName}${option}    # only for an endpoint other than OpenAI's`);
  return ["", `Secrets for GitHub Actions${repository === undefined ? "" : ` in ${repository}`}${note}:`, ...rows, optional, ""].join("\n");
}

const words: Readonly<Record<Place, string>> = { there: "✓", organisation: "✓", missing: "–", unknown: "?" };

function line(name: string, place: Place, command: string): string {
  const padded = `${words[place]} ${name.padEnd(20)}`;
  if (place === "there") return `${padded}is set`;
  return place === "organisation" ? `${padded}is set by the organisation` : `${padded}${command}`;
}

interface Found {
  places(name: string): Place;
  readonly variable: Place;
  /** Why it is not known which are there. */
  readonly note: string;
}

async function lookUp({ variables, repository, isOffline }: Around): Promise<Found> {
  const { GITHUB_TOKEN: token, GITHUB_API_URL: base = usualGitHub } = variables;
  const unknown = (note: string): Found => ({ places: () => "unknown", variable: "unknown", note });
  if (repository === undefined) return unknown(" (this checkout has no remote called origin, so it is not known which are there)");
  if (isOffline) return unknown(" (not looked up)");
  if (token === undefined) return unknown(" (without GITHUB_TOKEN it is not known which are there)");
  const ask = (path: string) => askApi(`${base.replace(/\/+$/, "")}/repos/${repository}/actions/${path}`, gitHubHeaders(token));
  const [own, organisation, variable] = await Promise.all([
    ask("secrets?per_page=100"),
    ask("organization-secrets?per_page=100"),
    ask(`variables/${variableName}`),
  ]);
  const names = namesIn(own);
  if (!names) return unknown(own.status === 403 || own.status === 404 ? " (this token may not see them)" : ` (not known: ${own.problem})`);
  const inherited = namesIn(organisation);
  return {
    places: (name) => (names.has(name) ? "there" : inherited?.has(name) ? "organisation" : "missing"),
    // It is there, it is not, or the token may not see variables: the last two GitHub does not tell apart by 404.
    variable: variable.status === 200 ? "there" : variable.status === 404 ? "missing" : "unknown",
    note: inherited ? "" : " (those of the organisation this token may not see)",
  };
}

function namesIn({ status, content }: Answer): ReadonlySet<string> | undefined {
  const listed = Listed.safeParse(content);
  return status === 200 && listed.success ? new Set(listed.data.secrets.map(({ name }) => name)) : undefined;
}

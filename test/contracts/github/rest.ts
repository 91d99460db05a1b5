import type { Exchange } from "../../../src/sandbox/github/exchanges.ts";
import { Schemas } from "./schemas.ts";

interface Operation {
  /** The parameters of the path that are whole numbers. */
  readonly integers: readonly string[];
  readonly query: object;
  readonly body?: object;
  readonly needsBody?: boolean;
  /** The schema of each good answer, null where it has no body. */
  readonly answers: Readonly<Record<string, object | null>>;
}
type Description = { readonly operations: Readonly<Record<string, Operation>> };

/** Reads GitHub's description of its REST API, against which it tells what is wrong with a call and with its answer, when that is good. */
export async function restContract(): Promise<(exchange: Exchange) => string[]> {
  const [schemas, ofQueries] = await Promise.all([
    Schemas.read<Description>("openapi.json"),
    Schemas.read<Description>("openapi.json", { coerceTypes: true }),
  ]);
  const routes = Object.entries(schemas.content.operations).map(([name, operation]) => {
    const [method = "", path = ""] = name.split(" ");
    return { name, method, path: toPattern(path, operation), operation };
  });

  return (exchange) => {
    const route = routes.find(({ method, path }) => method === exchange.method && path.test(exchange.path));
    if (!route) return ["GitHub has no such route, or scripts/github-contract/used.ts lacks it"];

    const at = ["operations", route.name];
    const query = ofQueries.problems([...at, "query"], Object.fromEntries(exchange.query));
    return [
      ...query.map((problem) => `query ${problem}`),
      ...aboutBody(route.operation, exchange.requestBody, (body) => schemas.problems([...at, "body"], body)).map((one) => `request ${one}`),
      ...aboutAnswer(route.operation, exchange, (body) => schemas.problems([...at, "answers", String(exchange.status)], body)).map(
        (one) => `answer ${one}`,
      ),
    ];
  };
}

type Problems = (body: unknown) => string[];

function aboutBody({ body, needsBody }: Operation, sent: unknown, problems: Problems): string[] {
  if (sent === undefined) return needsBody ? ["/: a body is required"] : [];
  return body ? problems(sent) : ["/: no body is expected"];
}

function aboutAnswer({ answers }: Operation, { status, responseBody }: Exchange, problems: Problems): string[] {
  if (status < 200 || status > 299) return [];
  const schema = answers[status];
  if (schema === undefined) return [`/: ${status} is not documented, only ${Object.keys(answers).join(", ") || "failures and redirects"}`];
  if (schema === null) return responseBody === undefined ? [] : ["/: no body is expected"];
  return problems(responseBody);
}

function toPattern(path: string, { integers }: Operation): RegExp {
  const parts = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (integers.includes(name) ? "\\d+" : name === "path" ? ".+" : "[^/]+"));
  return new RegExp(`^${parts}$`);
}

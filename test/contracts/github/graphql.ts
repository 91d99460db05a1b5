import { GraphQLError, type GraphQLSchema, getVariableValues, Kind, parse, validate } from "graphql";
import type { Exchange } from "../../../src/sandbox/github/exchanges.ts";
import { githubSchema } from "../../../src/sandbox/github/graphql/schema.ts";

interface Sent {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

/** Tells what is wrong with a GraphQL call by GitHub's own schema: with its document, or with the variables for it. */
export async function graphqlContract(): Promise<(exchange: Exchange) => string[]> {
  const schema = await githubSchema();
  return ({ requestBody }) => {
    try {
      return problems(schema, requestBody as Sent);
    } catch (error) {
      if (error instanceof GraphQLError) return [`document ${error.message}`];
      throw error;
    }
  };
}

/** What a document says, by its text: the same few are sent thousands of times. */
const known = new Map<string, ReturnType<typeof readDocument>>();

function readDocument(schema: GraphQLSchema, query: string) {
  const document = parse(query);
  return {
    problems: validate(schema, document).map(({ message }) => `document ${message}`),
    declared: document.definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? (one.variableDefinitions ?? []) : [])),
  };
}

function problems(schema: GraphQLSchema, { query, variables }: Sent): string[] {
  const read = known.get(query) ?? readDocument(schema, query);
  known.set(query, read);
  const { declared } = read;
  if (read.problems.length > 0) return read.problems;

  const { errors = [] } = getVariableValues(schema, declared, variables ?? {});
  const names = new Set(declared.map(({ variable }) => variable.name.value));
  const unknown = Object.keys(variables ?? {}).filter((name) => !names.has(name));
  return [...errors.map(({ message }) => `variables ${message}`), ...unknown.map((name) => `variables $${name} is not declared`)];
}

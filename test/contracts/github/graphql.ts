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

function problems(schema: GraphQLSchema, { query, variables }: Sent): string[] {
  const document = parse(query);
  const ofDocument = validate(schema, document).map(({ message }) => `document ${message}`);
  if (ofDocument.length > 0) return ofDocument;

  const declared = document.definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? (one.variableDefinitions ?? []) : []));
  const { errors = [] } = getVariableValues(schema, declared, variables ?? {});
  const names = new Set(declared.map(({ variable }) => variable.name.value));
  const unknown = Object.keys(variables ?? {}).filter((name) => !names.has(name));
  return [...errors.map(({ message }) => `variables ${message}`), ...unknown.map((name) => `variables $${name} is not declared`)];
}

import {
  type DocumentNode,
  defaultTypeResolver,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  parse,
  validate,
} from "graphql";
import * as z from "zod";
import { type Answer, json, refuse } from "../answer.ts";
import { Refused } from "../emulated.ts";
import { type Context, GraphqlFailure, type Reason } from "./context.ts";
import { root } from "./root.ts";
import { githubSchema } from "./schema.ts";

export const GraphqlBody = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** Answers a GraphQL call as GitHub does: with 200, whatever is wrong inside. */
export async function answerGraphql(body: unknown, context: Context): Promise<Answer> {
  const parsed = GraphqlBody.safeParse(body);
  if (!parsed.success) return refuse(400, "Problems parsing JSON");

  const { query, variables, operationName } = parsed.data;
  const schema = await githubSchema();
  const document = readDocument(schema, query);
  if ("errors" in document) return json(200, document);

  const spent = context.world.budget.spend(context.actor.token);
  const result = await execute({
    schema,
    document,
    rootValue: root(spent),
    contextValue: context,
    variableValues: variables ?? {},
    operationName: operationName ?? null,
    fieldResolver: resolveField,
    typeResolver: defaultTypeResolver,
  });
  return json(
    200,
    { ...(result.data !== undefined && { data: result.data }), ...(result.errors && { errors: result.errors.map(render) }) },
    {
      "x-ratelimit-limit": String(spent.limit),
      "x-ratelimit-remaining": String(spent.remaining),
      "x-ratelimit-used": String(spent.used),
      "x-ratelimit-reset": String(Math.ceil(spent.resetAt / 1000)),
      "x-ratelimit-resource": "graphql",
    },
  );
}

/** Those that were right, by their text: a client sends the same few again and again. */
const documents = new Map<string, DocumentNode>();
const mostDocuments = 200;

function readDocument(schema: GraphQLSchema, query: string): DocumentNode | { errors: unknown[] } {
  const known = documents.get(query);
  if (known) return known;
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    if (errors.length > 0) return { errors: errors.map(render) };
    if (documents.size >= mostDocuments) documents.clear();
    documents.set(query, document);
    return document;
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [render(error)] };
    throw error;
  }
}

// A field that the sandbox lacks must not look like one that is null on GitHub.
const resolveField: GraphQLFieldResolver<unknown, Context> = (source, args, context, { parentType, fieldName }) => {
  const value = (source as Record<string, unknown>)[fieldName];
  if (value === undefined) throw new Error(`The sandbox has no ${parentType.name}.${fieldName} yet.`);
  return typeof value === "function" ? value(args, context) : value;
};

const reasons: Readonly<Record<number, Reason>> = { 403: "FORBIDDEN", 404: "NOT_FOUND", 422: "UNPROCESSABLE" };

function render({ message, locations, path, originalError }: GraphQLError) {
  const type =
    originalError instanceof GraphqlFailure
      ? originalError.type
      : originalError instanceof Refused
        ? reasons[originalError.status]
        : undefined;
  return { ...(type && { type }), ...(path && { path }), ...(locations && { locations }), message };
}

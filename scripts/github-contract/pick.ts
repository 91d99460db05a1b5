import { type Json, toJsonSchema } from "./to-json-schema.ts";

// What we read of the descriptions, whose form the tests of the contract hold fast.
type Described = { readonly $ref?: string; readonly schema?: Json; readonly content?: Readonly<Record<string, { schema?: Json }>> };
interface Parameter extends Described {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Described & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Described>>;
}
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly webhooks: Readonly<Record<string, { readonly post: { readonly requestBody: Described } }>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

/** Of one operation: what its query, its body and the bodies of its good answers must be like, as JSON Schema. */
export function operationContract(description: Description, method: string, path: string): Json {
  const operation = description.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`GitHub describes no ${method} ${path}.`);

  const parameters = (operation.parameters ?? []).map((one) => resolve(description, one));
  const query = parameters.filter((one) => one.in === "query");
  const good = Object.entries(operation.responses).filter(([status]) => /^2/.test(status));
  return {
    integers: parameters.filter((one) => one.in === "path" && one.schema?.type === "integer").map(({ name }) => name),
    query: { type: "object", properties: toProperties(query), required: required(query), additionalProperties: false },
    ...(operation.requestBody && { body: closed(bodyOf(operation.requestBody) ?? {}), needsBody: operation.requestBody.required === true }),
    answers: Object.fromEntries(good.map(([status, response]) => [status, bodyOf(resolve(description, response))])),
  };
}

/** What the payload of an event must be like, as JSON Schema. */
export function webhookContract({ webhooks }: Description, event: string): Json {
  const webhook = webhooks[event.replaceAll(/[_ ]/g, "-")];
  if (!webhook) throw new Error(`GitHub describes no ${event}.`);
  return bodyOf(webhook.post.requestBody) ?? {};
}

/** Every schema that something refers to, directly or through others. */
export function schemasOf({ components }: Description, value: unknown): Record<string, Json> {
  const found: Record<string, Json> = {};
  const visit = (text: string): void => {
    for (const [, name = ""] of text.matchAll(/"#\/schemas\/([^"]+)"/g)) {
      if (name in found) continue;
      found[name] = toJsonSchema(components.schemas?.[name]) as Json;
      visit(JSON.stringify(found[name]));
    }
  };
  visit(JSON.stringify(value));
  return found;
}

function resolve<T extends Described>({ components }: Description, value: T): T {
  const [, kind = "", name = ""] = /^#\/components\/([^/]+)\/(.+)$/.exec(value.$ref ?? "") ?? [];
  return value.$ref === undefined ? value : (components[kind]?.[name] as unknown as T);
}

/** Null where there is no body at all. */
function bodyOf({ content }: Described): Json | null {
  const schema = content?.["application/json"]?.schema ?? Object.values(content ?? {})[0]?.schema;
  return schema === undefined ? null : (toJsonSchema(schema) as Json);
}

/** GitHub ignores fields that it does not know, and so would hide a misspelt one. */
const closed = (schema: Json): Json =>
  "properties" in schema && !("additionalProperties" in schema) ? { ...schema, additionalProperties: false } : schema;

const toProperties = (parameters: readonly Parameter[]) =>
  Object.fromEntries(parameters.map(({ name, schema }) => [name, toJsonSchema(schema)]));
const required = (parameters: readonly Parameter[]) => parameters.filter((one) => one.required).map(({ name }) => name);

import { Kind, parse } from "graphql";
import { type ApiRequest, pathOf } from "./answer.ts";
import { GraphqlBody } from "./graphql/execute.ts";

/** How logs and faults name a call: `GET /user`, `POST /graphql PrPipeline`; a document without a name goes by its first field. */
export function callName(request: ApiRequest): string {
  const path = pathOf(request);
  return `${request.method} ${path}${path === "/graphql" ? ` ${operationOf(request.body)}` : ""}`;
}

function operationOf(body: Buffer): string {
  try {
    const { query, operationName } = GraphqlBody.parse(JSON.parse(body.toString()));
    const operation = parse(query, { noLocation: true }).definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
    const [first] = operation?.selectionSet.selections ?? [];
    return operationName ?? operation?.name?.value ?? (first?.kind === Kind.FIELD ? first.name.value : "");
  } catch {
    return "(not a document)";
  }
}

import { z } from "zod";

const Node = z.looseObject({
  type: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
});

/** What OpenAI would not take of a schema that is to be kept strictly: all fields are required, and no others allowed. */
export function strictProblem(schema: unknown, place = "()"): string | undefined {
  const read = Node.safeParse(schema);
  if (!read.success) return `In context=${place}, schema is no object.`;
  const { properties = {}, required = [], additionalProperties, items, anyOf = [] } = read.data;
  if ([read.data.type].flat().includes("object")) {
    if (additionalProperties !== false) return `In context=${place}, 'additionalProperties' is required to be supplied and to be false.`;
    const missing = Object.keys(properties).find((name) => !required.includes(name));
    if (missing !== undefined)
      return `In context=${place}, 'required' is required to include every key in properties. Missing '${missing}'.`;
  } else if (place === "()") return "schema must be of type 'object'.";
  const parts = [
    ...Object.entries(properties),
    ...(items === undefined ? [] : [["items", items] as const]),
    ...anyOf.map((one) => ["anyOf", one] as const),
  ];
  return parts.map(([name, part]) => strictProblem(part, `${place}.${name}`)).find((problem) => problem !== undefined);
}

import { z } from "zod";
import type { Json } from "../../pipeline/json.ts";

/** What strict structured output takes of JSON Schema; limits on lengths and numbers are ours to keep. */
const taken = ["type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "description"];

/** The JSON Schema of what a schema reads: each field required, no others, and no keyword that a service would refuse. */
export const answerSchema = (schema: z.ZodType): Json =>
  withoutHead(
    z.toJSONSchema(schema, {
      io: "input",
      override: ({ jsonSchema }) => {
        if (jsonSchema.type === "object" && jsonSchema.properties) {
          jsonSchema.required = Object.keys(jsonSchema.properties);
          jsonSchema.additionalProperties = false;
        }
        for (const key of Object.keys(jsonSchema)) if (!taken.includes(key)) Reflect.deleteProperty(jsonSchema, key);
      },
    }),
  );

const withoutHead = ({ $schema: _, "~standard": __, ...rest }: Record<string, unknown>): Json => rest as Json;

/** Text of an answer, its end cut off where it is too long. */
export const shortText = (most: number, description: string) =>
  z
    .string()
    .transform((text) => (text.length > most ? text.slice(0, most).toWellFormed() : text.toWellFormed()))
    .meta({ description });

/** A whole number to the model; whatever number it says is read, and judged by whoever takes it. */
export const lineNumber = (description: string) => z.number().meta({ type: "integer", description });

/** A field that may be null; models that are not held to a schema leave it out. */
export const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);

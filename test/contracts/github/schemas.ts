import { readFile } from "node:fs/promises";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";

const formats = { "date-time": (text: string) => !Number.isNaN(Date.parse(text)) };
const most = 8;

/** One of the generated files, and what its schemas say of a value. */
export class Schemas<T extends object> {
  readonly content: T;
  readonly #ajv: Ajv;
  readonly #known = new Map<string, ValidateFunction>();

  private constructor(content: T, coerceTypes: boolean) {
    this.content = content;
    // The file says what GitHub says; ajv need not agree with its style.
    // Neither smaller nor faster validators are worth the time that making them takes: each is used a few times.
    this.#ajv = new Ajv({
      strict: false,
      validateSchema: false,
      allErrors: true,
      coerceTypes,
      formats,
      inlineRefs: false,
      code: { optimize: false },
    });
    this.#ajv.addSchema(content, "github");
  }

  static async read<T extends object>(name: string, { coerceTypes = false }: { coerceTypes?: boolean } = {}): Promise<Schemas<T>> {
    return new Schemas(JSON.parse(await readFile(new URL(name, import.meta.url), "utf8")) as T, coerceTypes);
  }

  /** What is wrong with the value, by JSON pointers; the schema is found by the steps that lead to it in the file. */
  problems(steps: readonly string[], value: unknown): string[] {
    const pointer = `github#/${steps.map(asStep).join("/")}`;
    const validate = this.#known.get(pointer) ?? this.#ajv.compile({ $ref: pointer });
    this.#known.set(pointer, validate);
    return validate(value) ? [] : readable(validate.errors ?? [], value);
  }
}

const asStep = (step: string): string => encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"));

function readable(errors: readonly ErrorObject[], value: unknown): string[] {
  // That no alternative fits is told by what was wrong with each.
  const telling = errors.filter(({ keyword }) => keyword !== "anyOf" && keyword !== "if");
  const lines = new Set(telling.map((error) => `${error.instancePath || "/"}: ${error.message}${detail(error)}${got(error, value)}`));
  return lines.size <= most ? [...lines] : [...[...lines].slice(0, most), `… and ${lines.size - most} more`];
}

function detail({ keyword, params }: ErrorObject): string {
  if (keyword === "additionalProperties") return ` (${params.additionalProperty})`;
  return keyword === "enum" ? ` (${params.allowedValues.join(", ")})` : "";
}

function got({ keyword, instancePath }: ErrorObject, value: unknown): string {
  if (keyword === "required" || keyword === "additionalProperties") return "";
  const found = instancePath
    .split("/")
    .slice(1)
    .reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step.replaceAll("~1", "/").replaceAll("~0", "~")], value);
  return `, not ${(JSON.stringify(found) ?? "nothing").slice(0, 60)}`;
}

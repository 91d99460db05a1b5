import { createHash } from "node:crypto";
import type { Services } from "../../services.ts";
import type { Json } from "../json.ts";
import type { Prompt } from "./prompt.ts";

const keptForMs = 7 * 24 * 60 * 60_000;

/** What was answered before, and by whom. */
export interface KeptAnswer<T> {
  readonly value: T;
  readonly model: string;
  readonly service: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** An answer is that of one model to one prompt, word for word. */
const keyOf = ({ purpose, version, instructions, data, schema }: Prompt<unknown>, model: string): string =>
  `answer:${createHash("sha256")
    .update(JSON.stringify([model, purpose, version, instructions, data, schema]))
    .digest("hex")}`;

/** The answer that the model gave to the same prompt within the last week. */
export async function findKept<T>(prompt: Prompt<T>, model: string, { keys }: Pick<Services, "keys">): Promise<KeptAnswer<T> | undefined> {
  const kept = await keys.get<Json & object>(keyOf(prompt, model));
  if (kept === undefined) return undefined;
  const { value, ...by } = kept as unknown as KeptAnswer<unknown>;
  const read = prompt.read(value);
  return read === undefined ? undefined : { ...by, value: read };
}

/** Keeps the answer for whoever asks the same. */
export async function keepAnswer<T>(
  prompt: Prompt<T>,
  model: string,
  answer: KeptAnswer<T>,
  { keys }: Pick<Services, "keys">,
): Promise<void> {
  await keys.set(keyOf(prompt, model), answer as unknown as Json, keptForMs);
}

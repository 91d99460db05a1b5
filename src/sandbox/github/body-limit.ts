import * as z from "zod";
import { type ApiRequest, bodyOf } from "./answer.ts";

const longest = 65_536;
const Texts = z.object({ body: z.string() });

/** Whether what is said in an issue, a pull request or a review is longer than GitHub takes; the emulator would take it. */
export function isTooLong(request: ApiRequest): boolean {
  if (request.body.length <= longest) return false;
  const texts = Texts.safeParse(bodyOf(request));
  return texts.success && texts.data.body.length > longest;
}

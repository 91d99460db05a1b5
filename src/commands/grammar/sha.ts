import { UserError } from "../../errors.ts";

export function invalidSha(typed: string): UserError {
  return new UserError("invalid", "bad_sha", `“${typed.slice(0, 60)}” is no commit. sha= takes 7 to 40 hexadecimal digits.`);
}

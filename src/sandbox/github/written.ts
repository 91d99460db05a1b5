import { Refused } from "./emulated.ts";

const longestBody = 65_536;

/** @throws Refused for what GitHub does not take as a comment */
export function checkBody(body: string): void {
  if (body.trim() === "") throw new Refused(422, "Body can't be blank");
  if (body.length > longestBody) throw new Refused(422, `Body is too long (maximum is ${longestBody} characters)`);
}

/** The text in the place of the one before, and who changed it when. */
export const editedBy = (login: string, body: string) => ({ body, editor: login, updatedAt: new Date().toISOString() });

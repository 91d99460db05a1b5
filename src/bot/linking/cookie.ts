import { createHash, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Keeps a linking in the browser that began it: `Lax`, because GitHub sends the person back from another site. */
export interface SessionCookie {
  /** Begins a session in this browser, in place of an earlier one; gives its digest. */
  begin(response: ServerResponse): string;
  end(response: ServerResponse): void;
  /** Whether the request comes from the browser of this session. */
  isOf(request: IncomingMessage, session: string | undefined): boolean;
}

/** @param publicUrl says whether the browser reaches us by https, where no neighbouring host can set the cookie (`__Host-`) */
export function sessionCookie(publicUrl: () => string, livesMs: number): SessionCookie {
  const isSecure = () => publicUrl().startsWith("https:");
  const name = () => (isSecure() ? "__Host-nextrust-linking" : "nextrust-linking");
  const set = (response: ServerResponse, value: string, seconds: number) =>
    response.setHeader(
      "set-cookie",
      `${name()}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${isSecure() ? "; Secure" : ""}`,
    );

  return {
    begin(response) {
      const value = randomBytes(32).toString("base64url");
      set(response, value, livesMs / 1000);
      return digest(value);
    },
    end: (response) => void set(response, "", 0),
    isOf(request, session) {
      const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
      return session !== undefined && pairs.some(([key, value = ""]) => key === name() && digest(value) === session);
    },
  };
}

const digest = (value: string): string => createHash("sha256").update(value).digest("base64url");

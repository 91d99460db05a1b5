/** What an API call is answered with, before it is known whether the answer will reach the caller. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { "content-type": "application/json; charset=utf-8", ...headers }, body: JSON.stringify(value) };
}

/** GitHub's error body; newer API versions repeat the status in it as text. */
export function refuse(status: number, message: string): Answer {
  return json(status, { message, documentation_url: "https://docs.github.com/rest", status: String(status) });
}

export const notFound = refuse(404, "Not Found");
export const badCredentials = refuse(401, "Bad credentials");
export const requiresAuthentication = refuse(401, "Requires authentication");
export const notAnAppToken = refuse(401, "A JSON web token could not be decoded");
export const notForIntegrations = refuse(403, "Resource not accessible by integration");

/** An API call by its parts. */
export interface ApiRequest {
  readonly method: string;
  /** Path and query string. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export const pathOf = (request: ApiRequest): string => request.target.split("?", 1)[0] ?? "/";

export const queryOf = (request: ApiRequest): URLSearchParams => new URLSearchParams(request.target.split("?")[1] ?? "");

/** The JSON body, or an empty object where none was sent; throws a SyntaxError for what is not JSON. */
export const bodyOf = ({ body }: ApiRequest): unknown => JSON.parse(body.toString() || "{}");

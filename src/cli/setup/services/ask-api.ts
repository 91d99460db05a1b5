const timeoutMs = 5_000;

/** What an API answers to one GET; with status 0, why it did not. */
export interface Answer {
  readonly status: number;
  readonly content: unknown;
  readonly problem: string;
}

/** Asks once, and waits for a few seconds only: somebody sits before it. */
export async function askApi(url: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  try {
    // A key is for this server alone.
    const response = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    return { status: response.status, content: parsed(text), problem: `${hostOf(url)} answered with ${response.status}.` };
  } catch (error) {
    const isLate = (error as Error).name === "TimeoutError";
    const problem = isLate ? `${hostOf(url)} did not answer within ${timeoutMs / 1000} seconds.` : `${hostOf(url)} cannot be reached.`;
    return { status: 0, content: undefined, problem };
  }
}

/** An address may hold a password. */
const hostOf = (url: string): string => URL.parse(url)?.host || "The address that is set";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

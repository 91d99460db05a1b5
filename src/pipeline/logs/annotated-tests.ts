import { FailedTests } from "./failed-tests.ts";
import { withoutControls } from "./to-plain-line.ts";

/** Of a check run's annotation, what can name a test. */
export interface TestAnnotation {
  readonly title?: string;
  readonly message: string;
  readonly path?: string;
  readonly line?: number;
}

/** What reporters put around a name. */
const around =
  /^(?:\d+ out of \d+ runs? failed:\s*|Test failed:\s*|Failed test:?\s*|test\s+(?=\w+::)|[❌✖✗×]\s*|\[[^\]]{1,80}\]\s+▶\s+)+|\s+(?:has )?failed(?: in .{1,200})?$/gi;
/** A title that names a place inside a suite, or says "test": everything else may be any tool's error. */
const namesTest = /::|\s[>›▶»]\s|#test|(?:^|[\s._/])(?:test|spec)[_A-Z. ]|[a-z]Tests?[.#]|\.test[A-Z_]|(?:^|\.)Test[A-Z]\w*/;
const isNoTest = /^(?:error|warning|Process completed|Check failure|.{0,40}exit code|(?:TS|CS|E|RS)\d{3,5}\b|clippy|rustc)/i;

/** Names of failed tests that annotations tell, in order, each once: from a title that names one, else from the message's lines. */
export function failedTestsFromAnnotations(annotations: readonly TestAnnotation[]): readonly string[] {
  const names = annotations.flatMap(({ title, message, path }) => {
    const titled = withoutControls(title ?? "")
      .replace(around, "")
      .trim();
    if (namesTest.test(titled) && !isNoTest.test(titled)) return [placed(titled, path)];
    const inMessage = new FailedTests();
    for (const line of message.split("\n")) inMessage.read({ text: withoutControls(line), isCut: false });
    return inMessage.names().map(({ text }) => text);
  });
  return [...new Set(names)];
}

/** pytest's reporter titles a test by its bare function, and says the file beside it. */
function placed(title: string, path: string | undefined): string {
  return /^test_\w+(?:\[.*\])?$/.test(title) && path?.endsWith(".py") ? `${path}::${title}` : title;
}

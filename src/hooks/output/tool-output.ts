/** Text that a tool gave, and how it is put back in the shape that Claude Code takes for it. */
export interface ToolOutput {
  readonly text: string;
  /** Where Claude Code keeps all of it, when the text is but its beginning. */
  readonly keptAt?: string;
  with(text: string): unknown;
}

/** @returns undefined for shapes that we do not know, which stay as they are */
export function toolOutput(response: unknown): ToolOutput | undefined {
  if (typeof response === "string") return { text: response, with: (text) => text };
  if (Array.isArray(response)) return ofBlocks(response);
  return isRecord(response) ? ofShell(response) : undefined;
}

/** As Bash gives it. Claude Code would show but the first 2 KB of a text that it is told to keep elsewhere. */
function ofShell(response: Readonly<Record<string, unknown>>): ToolOutput | undefined {
  const { persistedOutputPath: keptAt, persistedOutputSize: _, ...rest } = response;
  const { stdout, stderr } = rest;
  if (typeof stdout !== "string" || typeof stderr !== "string" || rest.isImage === true) return undefined;
  const text = [stdout, stderr].filter((each) => each !== "").join("\n");
  return { text, ...(typeof keptAt === "string" && { keptAt }), with: (summary) => ({ ...rest, stdout: summary, stderr: "" }) };
}

/** As tools of MCP give it; pictures and the like stay. */
function ofBlocks(blocks: readonly unknown[]): ToolOutput | undefined {
  const isText = (block: unknown): block is { type: "text"; text: string } =>
    isRecord(block) && block.type === "text" && typeof block.text === "string";
  const texts = blocks.filter(isText);
  const [first] = texts;
  if (!first) return undefined;
  return {
    text: texts.map(({ text }) => text).join("\n"),
    with: (text) => blocks.flatMap((block) => (block === first ? [{ ...first, text }] : isText(block) ? [] : [block])),
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

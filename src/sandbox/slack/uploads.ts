import type { IncomingHttpHeaders } from "node:http";
import type { SeenFile } from "./seen-message.ts";
import type { Transcript } from "./transcript.ts";
import type { ApiResponse } from "./web-api.ts";
import { type ApiAnswer, app, type Workspace } from "./workspace.ts";

type Args = Readonly<Record<string, unknown>>;

/** The files that the app uploads: an address for each, its bytes, and where it is shown. */
export class Uploads {
  readonly #url: () => string;
  readonly #workspace: Workspace;
  readonly #transcript: Transcript;
  readonly #contents = new Map<string, string>();

  /** @param url the base of the addresses that files are posted to */
  constructor(url: () => string, workspace: Workspace, transcript: Transcript) {
    this.#url = url;
    this.#workspace = workspace;
    this.#transcript = transcript;
  }

  /** The emulation names an address of its own; files come through the front, as all else. */
  opened(answer: ApiAnswer): ApiAnswer {
    return { ...answer, upload_url: `${this.#url()}/${String(answer.file_id)}` };
  }

  /** Takes the bytes of one file, as a form or as they are. */
  async take(id: string, headers: IncomingHttpHeaders, body: Buffer): Promise<ApiResponse> {
    const contentType = headers["content-type"] ?? "application/octet-stream";
    const { status } = await this.#workspace.upload(id, contentType, body);
    if (status !== 200) return { status, body: { ok: false, error: "file_not_found" } };
    this.#contents.set(id, await textOf(contentType, body));
    return { status, body: { ok: true } };
  }

  /** Shows the files where they were shared. */
  completed({ channel_id: channel, thread_ts: thread }: Args, { files }: ApiAnswer): void {
    if (channel === undefined) return;
    const shared = (files as { id: string; name: string }[]).map(
      ({ id, name }): SeenFile => ({ name, content: this.#contents.get(id) ?? "" }),
    );
    this.#transcript.show({
      authorId: app.botUserId,
      author: app.name,
      channel: String(channel),
      ...(thread === undefined ? {} : { threadTs: String(thread) }),
      text: shared.map(({ name }) => `📎 ${name}`).join("\n"),
      blocks: [],
      files: shared,
    });
  }
}

async function textOf(contentType: string, body: Buffer): Promise<string> {
  if (!contentType.startsWith("multipart/form-data")) return body.toString();
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": contentType } }).formData();
  const [first] = form.values();
  return first instanceof File ? first.text() : (first ?? "");
}

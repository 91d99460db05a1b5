/** Where pull requests stand since somebody pushed to them: the emulator leaves them at the commit that they were opened with. */
export class PullHeads {
  readonly #heads = new Map<string, string>();

  move(repository: string, number: number, sha: string): void {
    this.#heads.set(`${repository}#${number}`, sha);
  }

  hasMoved(repository: string, number: number): boolean {
    return this.#heads.has(`${repository}#${number}`);
  }

  /** The JSON text with every pull request in it at its head. */
  inText(json: string): string {
    if (this.#heads.size === 0 || !json.includes('"diff_url"')) return json;
    return JSON.stringify(JSON.parse(json), (_, value: unknown) => (isPull(value) ? this.#atHead(value) : value));
  }

  #atHead(pull: PullLike): PullLike {
    const sha = this.#heads.get(`${pull.base.repo.full_name}#${pull.number}`);
    return sha === undefined ? pull : { ...pull, head: { ...pull.head, sha } };
  }
}

interface PullLike {
  readonly number: number;
  readonly head: { readonly sha: string };
  readonly base: { readonly repo: { readonly full_name: string } };
}

const isPull = (value: unknown): value is PullLike =>
  typeof value === "object" && value !== null && "diff_url" in value && "head" in value && "base" in value;

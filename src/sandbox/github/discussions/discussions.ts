import { nodeId } from "../node-id.ts";

export interface Category {
  readonly id: number;
  readonly nodeId: string;
  readonly name: string;
  readonly slug: string;
  readonly emoji: string;
  readonly description: string;
  /** A comment can be marked as the answer. */
  readonly isAnswerable: boolean;
  /** Only those who maintain the repository begin Discussions here; everybody comments. */
  readonly isAnnouncement: boolean;
}

/** What was written, by whom and when; times are ISO 8601. */
interface Written {
  readonly id: number;
  readonly nodeId: string;
  readonly author: string;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly editor?: string;
}

export interface Discussion extends Written {
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly category: Category;
}

export interface DiscussionComment extends Written {
  readonly discussion: number;
  /** The top-level comment that it replies to. */
  readonly parent?: number;
  /** Its replies keep the place of a comment that was deleted. */
  readonly deletedAt?: string;
}

const seededCategories = [
  { name: "CI", slug: "ci", emoji: ":hammer:", description: "What the bot has to say", isAnswerable: false, isAnnouncement: true },
  { name: "Q&A", slug: "q-a", emoji: ":pray:", description: "Ask and be answered", isAnswerable: true, isAnnouncement: false },
  { name: "General", slug: "general", emoji: ":speech_balloon:", description: "Anything", isAnswerable: false, isAnnouncement: false },
];

/** The Discussions of all repositories. The emulator counts issues and pull requests by itself, so that Discussions count from far above. */
export class Discussions {
  #lastId = 7_000_000;
  #lastNumber = 1_000;
  readonly #onChange: () => void;
  readonly #categories: readonly Category[];
  readonly #discussions = new Map<number, Discussion>();
  readonly #comments = new Map<number, DiscussionComment>();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
    this.#categories = seededCategories.map((category) => {
      const id = this.#nextId();
      return { id, nodeId: nodeId("DiscussionCategory", id), ...category };
    });
  }

  categories(): readonly Category[] {
    return this.#categories;
  }

  /** Newest first. */
  in(repository: string): Discussion[] {
    return [...this.#discussions.values()].filter((one) => one.repository === repository).toReversed();
  }

  get(id: number): Discussion | undefined {
    return this.#discussions.get(id);
  }

  comment(id: number): DiscussionComment | undefined {
    return this.#comments.get(id);
  }

  /** The top-level comments of a Discussion, or the replies to one of them, oldest first. */
  commentsOn(discussion: number, parent?: number): DiscussionComment[] {
    return [...this.#comments.values()].filter((one) => one.discussion === discussion && one.parent === parent);
  }

  open(about: Pick<Discussion, "repository" | "title" | "category" | "author" | "body">): Discussion {
    return this.put({ ...about, ...this.#written("Discussion"), number: ++this.#lastNumber });
  }

  say(about: Pick<DiscussionComment, "discussion" | "parent" | "author" | "body">): DiscussionComment {
    return this.putComment({ ...about, ...this.#written("DiscussionComment") });
  }

  put(discussion: Discussion): Discussion {
    this.#discussions.set(discussion.id, discussion);
    this.#onChange();
    return discussion;
  }

  putComment(comment: DiscussionComment): DiscussionComment {
    this.#comments.set(comment.id, comment);
    this.#onChange();
    return comment;
  }

  /** Takes it away with all that was said in it. */
  drop({ id }: Discussion): void {
    this.#discussions.delete(id);
    for (const comment of this.#comments.values()) if (comment.discussion === id) this.#comments.delete(comment.id);
    this.#onChange();
  }

  dropComment({ id }: DiscussionComment): void {
    this.#comments.delete(id);
    this.#onChange();
  }

  #written(type: string) {
    const id = this.#nextId();
    const now = new Date().toISOString();
    return { id, nodeId: nodeId(type, id), createdAt: now, updatedAt: now };
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

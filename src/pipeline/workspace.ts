/** How a person belongs to the Slack workspace. */
export interface Member {
  /** What others call them; it authorises nothing. */
  readonly name: string;
  readonly kind: "member" | "guest" | "foreign" | "bot" | "deactivated";
  /** The IANA time zone they live by, where Slack knows it. */
  readonly zone?: string;
}

/** `shared`: with another workspace, so that what is said there leaves the house. `unseen`: private, and we are not in it. */
export interface Channel {
  readonly kind: "internal" | "shared" | "unseen";
}

/** The Slack workspace as far as it decides who is heard. Both calls throw ServiceError when Slack cannot tell. */
export interface Workspace {
  member(user: string): Promise<Member>;
  channel(channel: string): Promise<Channel>;
}

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
  /** Whether we are in it, and so may post. */
  readonly isOurs: boolean;
  /** Only those who were invited read it. */
  readonly isPrivate: boolean;
  /** Without the sign; absent where there is none to be seen. */
  readonly name?: string;
}

/** The Slack workspace as far as it decides who is heard. Every call throws ServiceError when Slack cannot tell. */
export interface Workspace {
  member(user: string): Promise<Member>;
  /** @param asOf "now" asks Slack itself; what is a minute old does otherwise */
  channel(channel: string, asOf?: "now"): Promise<Channel>;
  /** The web address of a message. */
  permalink(channel: string, ts: string, threadTs: string): Promise<string>;
}

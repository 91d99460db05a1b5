import type { Page } from "./page.ts";

/** What wakes people. */
export interface Pager {
  /**
   * Tells it once more as well as once: it knows what it was told before.
   *
   * Throws ServiceError in our own words, not retryable when somebody has to do something about it first, with what; Postponed when the pager
   * asks us to wait.
   */
  tell(page: Page): Promise<void>;
}

/** Whether anybody is paged: where not, no page is added. */
export const isPaging = ({ pager }: { readonly pager: Pager | undefined }): boolean => pager !== undefined;

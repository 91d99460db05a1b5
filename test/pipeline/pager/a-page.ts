import type { Page } from "../../../src/pipeline/pager/page.ts";

export const aPage = (page: Partial<Page> = {}): Page => ({
  incident: 12,
  ordinal: 1,
  action: "trigger",
  summary: "i12: test-rust fails on main of acme/shop",
  severity: "critical",
  repository: "acme/shop",
  url: "https://github.com/acme/shop/actions/runs/7",
  ...page,
});

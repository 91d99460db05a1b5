import type { Fault } from "./faults.ts";

type AnsweringFault = Extract<Fault, { status: number }>;

const aboutLimits = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";

/** Too much at once: what GitHub says when the hourly points are not used up and it has had enough all the same. */
export function secondaryLimit(retryAfterS: number): AnsweringFault {
  return {
    status: 403,
    headers: { "retry-after": String(retryAfterS), "x-ratelimit-remaining": "4321" },
    body: {
      message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
      documentation_url: `${aboutLimits}#about-secondary-rate-limits`,
    },
  };
}

/** The hourly points are used up until this time, in Unix seconds. */
export function primaryLimit(resetAtS: number): AnsweringFault {
  return {
    status: 403,
    headers: {
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-used": "5000",
      "x-ratelimit-reset": String(resetAtS),
      "x-ratelimit-resource": "core",
    },
    body: {
      message: "API rate limit exceeded for installation.",
      documentation_url: `${aboutLimits}#about-primary-rate-limits`,
    },
  };
}

export function tooManyRequests(retryAfterS: number): AnsweringFault {
  return {
    status: 429,
    headers: { "retry-after": String(retryAfterS) },
    body: { message: "Too many requests.", documentation_url: `${aboutLimits}#about-secondary-rate-limits` },
  };
}

/** A proxy of GitHub's answers in its place, and not in JSON. */
export const badGateway: AnsweringFault = {
  status: 502,
  body: "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
};

/** The App lacks a permission. */
export const notAccessible: AnsweringFault = {
  status: 403,
  body: { message: "Resource not accessible by integration", documentation_url: "https://docs.github.com/rest", status: "403" },
};

import type { components } from './contract';

/** Failures that the browser side finds itself, before or instead of an answer of the server part. */
export type ClientErrorCode =
  | 'server_unreachable'
  | 'server_part_missing'
  | 'client_timeout'
  | 'unexpected_answer';

/** The server part's codes and those of the browser side. */
export type ErrorCode = components['schemas']['ErrorCode'] | ClientErrorCode;

/** The one shape of a failure: what happened, what to do, and extras for the folded part. */
export interface IErrorReply {
  code: ErrorCode;
  message: string;
  hint: string;
  details?: Record<string, unknown>;
}

const UNREACHABLE: readonly ErrorCode[] = [
  'gitlab_unreachable',
  'gitlab_timeout'
];

const TOKEN: readonly ErrorCode[] = [
  'not_signed_in',
  'token_invalid',
  'token_expired',
  'token_revoked',
  'token_scope_missing'
];

/** A failed request. `status` is 0 when there was no HTTP answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    reply: IErrorReply
  ) {
    super(reply.message || reply.code);
    this.name = 'ApiError';
    this.code = reply.code;
    this.reason = reply.message;
    this.hint = reply.hint ?? '';
    this.details = reply.details ?? {};
  }

  readonly code: ErrorCode;
  /** The server part's words; empty for failures found in the browser (see `describeError`). */
  readonly reason: string;
  readonly hint: string;
  readonly details: Record<string, unknown>;

  /** GitLab could not be reached; local work goes on. */
  get isUnreachable(): boolean {
    return UNREACHABLE.includes(this.code);
  }

  /** The way out is to sign in (again). */
  get isToken(): boolean {
    return TOKEN.includes(this.code);
  }
}

/** A failure that came inside of an answer, as one that was thrown. */
export function asApiError(reply: IErrorReply): ApiError {
  return new ApiError(0, reply);
}

/** Whether the error is an {@link ApiError} with one of these codes. */
export function hasCode(error: unknown, ...codes: ErrorCode[]): boolean {
  return error instanceof ApiError && codes.includes(error.code);
}

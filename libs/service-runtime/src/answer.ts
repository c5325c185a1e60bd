import { problemOf } from '#contracts/http/problem.api';
import { isRefusal } from '#domain/decision';
import type { Answer } from '#persistence/command.repository';

/** The HTTP answer of an outcome: 200 with it, or the problem document of a refusal. */
export function toAnswer(outcome: unknown): Answer {
  if (!isRefusal(outcome)) return { status: 200, body: outcome };
  const problem = problemOf(outcome.refused, outcome.data);
  return { status: problem.status, body: problem };
}

import type { FastifyReply } from 'fastify';
import { PROBLEM_MEDIA_TYPE, problemOf } from '#contracts/http/problem.api';
import { isRefusal } from '#domain/decision';
import type { Answer } from '#persistence/command.repository';

const JSON_MEDIA_TYPE = 'application/json; charset=utf-8';

/** The HTTP answer of an outcome: 200 with it, or the problem document of a refusal. */
export function toAnswer(outcome: unknown): Answer {
  if (!isRefusal(outcome)) return { status: 200, body: outcome };
  const problem = problemOf(outcome.refused, outcome.data);
  return { status: problem.status, body: problem };
}

/** Sends an answer; a refusal goes as problem+json. */
export async function sendAnswer(reply: FastifyReply, answer: Answer | Promise<Answer>): Promise<void> {
  const { status, body } = await answer;
  await reply
    .status(status)
    .type(status < 400 ? JSON_MEDIA_TYPE : PROBLEM_MEDIA_TYPE)
    .send(body);
}

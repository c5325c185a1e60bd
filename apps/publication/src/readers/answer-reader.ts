import type { DerivedFiles } from '../publish/derived-files.js';
import { type PublisherWord, type ReaderQuestion, readerQuestion } from './reader.messages.js';

/** What the publisher does for its readers. */
export interface ReaderNeeds {
  readonly derived: Pick<DerivedFiles, 'digestsFor'>;
  readonly renew: (content: string) => Promise<void>;
}

/** Answers a reader's question; null for what is none. A fault is told to the reader too: somebody waits for the file. */
export async function answerReader(
  message: unknown,
  needs: ReaderNeeds,
  onFault: (error: unknown) => void,
): Promise<PublisherWord | null> {
  const question = readerQuestion.safeParse(message);
  if (!question.success) return null;
  const { id } = question.data;
  try {
    return { tell: 'answer', id, ...(await found(question.data, needs)) };
  } catch (error) {
    onFault(error);
    return { tell: 'answer', id, fault: error instanceof Error ? error.name : 'unknown' };
  }
}

async function found(
  question: ReaderQuestion,
  { derived, renew }: ReaderNeeds,
): Promise<{ readonly digests?: Record<string, string> }> {
  if (question.ask === 'renew') {
    await renew(question.content);
    return {};
  }
  const digests = await derived.digestsFor(question.content, question.signed);
  return digests === undefined ? {} : { digests: Object.fromEntries(digests) };
}

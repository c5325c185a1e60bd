import { StandardSchemaValidationPipe } from '@nestjs/common';
import { fieldIssue, MalformedRequest } from './problem.filter.js';

/** Holds every request against its schema. Throws MalformedRequest with what is wrong, in both languages. */
export const validation = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) =>
    new MalformedRequest(
      issues.map((issue) =>
        fieldIssue(
          (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)),
          issue,
        ),
      ),
    ),
});

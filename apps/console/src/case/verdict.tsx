import { useWords } from '../words/words.js';

/** The verdict of the checks: it is what one asks first. */
export function Verdict({
  of: { errors, warnings },
}: {
  readonly of: { readonly errors: number; readonly warnings: number };
}) {
  const { say } = useWords();
  return (
    <>
      <span className={errors > 0 ? 'bad' : 'good'}>
        <span aria-hidden="true">{errors > 0 ? '✕ ' : '✓ '}</span>
        {errors > 0 ? say('inbox.errors', { count: errors }) : say('inbox.clean')}
      </span>
      {warnings > 0 && (
        <span className="warn">
          {' · '}
          <span aria-hidden="true">⚠ </span>
          {say('inbox.warnings', { count: warnings })}
        </span>
      )}
    </>
  );
}

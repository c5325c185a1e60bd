import { useEffect } from 'react';
import type { CaseFile } from '../api/case-file.js';
import { command, Refused } from '../api/send.js';

/**
 * Keeps on the server that the person opened this content, once it is on his screen: without that he cannot sign it. Not while
 * the text itself could not be read.
 */
export function useViewed(file: CaseFile | undefined, reload: () => void): void {
  const isToKeep = file !== undefined && file.current.signable.length > 0 && file.current.viewed === null;
  const content = isToKeep && file.report?.report != null ? file.current.content : undefined;
  const path = file && `/${file.line.leg}-cases/${file.line.case}/views`;
  const key = file && `${file.line.case}.${file.current.pass}.${content ?? ''}.viewed`;
  useEffect(() => {
    if (content === undefined || path === undefined || key === undefined) return undefined;
    const stop = new AbortController();
    const keep = async (): Promise<void> => {
      try {
        await command(path, { content }, { key, signal: stop.signal });
      } catch (error) {
        // Refused: the content moved on meanwhile. What is shown is read again, and that is opened.
        if (stop.signal.aborted) return;
        if (!(error instanceof Refused)) throw error;
      }
      reload();
    };
    void keep();
    return () => stop.abort();
  }, [content, key, path, reload]);
}

import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { OthersPresent } from '#contracts/http/presence.api';
import { Refused, send, Unreachable } from '../api/send.js';

type Others = z.infer<typeof OthersPresent>['others'];

/** Between two signs, in milliseconds. */
const SIGN_EVERY_MS = 15_000;
/** Whoever touches nothing for so long is not looking: a sign would keep his session from ending, too. */
const LOOKING_FOR_MS = 120_000;
const TOUCHES = ['keydown', 'pointerdown', 'pointermove', 'scroll'] as const;

/** Who else has this report open. Says by itself where one is, while one is looking; a sign that does not arrive is not missed. */
export function usePresence(document: string, chapter: number): Others {
  const [others, setOthers] = useState<Others>([]);
  const touched = useRef(0);
  useEffect(() => {
    const touch = (): void => {
      touched.current = performance.now();
    };
    touch();
    for (const name of TOUCHES) window.addEventListener(name, touch, { capture: true, passive: true });
    return () => {
      for (const name of TOUCHES) window.removeEventListener(name, touch, { capture: true });
    };
  }, []);
  useEffect(() => {
    let isHere = true;
    const ask = async (): Promise<void> => {
      const found = await show(document, chapter);
      if (isHere) setOthers((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
    };
    const sign = (): void => {
      const isLooking = performance.now() - touched.current < LOOKING_FOR_MS;
      if (window.document.visibilityState === 'hidden' || !isLooking) return;
      void ask();
    };
    sign();
    const timer = setInterval(sign, SIGN_EVERY_MS);
    return () => {
      isHere = false;
      clearInterval(timer);
    };
  }, [document, chapter]);
  useEffect(() => {
    // The page may be going: only a beacon gets out.
    const leave = (): void => {
      const body = new Blob([JSON.stringify({ chapter: null })], { type: 'application/json' });
      navigator.sendBeacon(`/api/v1/reports/${document}/presence`, body);
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [document]);
  return others;
}

/** One sign. Where it is refused or nothing answers, nobody is shown: what is being written does not depend on it. */
async function show(document: string, chapter: number): Promise<Others> {
  const path = `/reports/${document}/presence`;
  try {
    return (await send<z.infer<typeof OthersPresent>>({ method: 'POST', path, body: { chapter } })).others;
  } catch (error) {
    if (error instanceof Refused || error instanceof Unreachable) return [];
    throw error;
  }
}

import type { FastifyReply, FastifyRequest } from 'fastify';

/** `__Host-` binds the cookie to this origin; browsers accept it over https only. */
const cookieName = (publicOrigin: string): string => (publicOrigin.startsWith('https:') ? '__Host-sunward' : 'sunward');

/** The session token of a request: from the cookie, or as `Authorization: Bearer` for programs. */
export function readToken(request: FastifyRequest, publicOrigin: string): string | undefined {
  const bearer = /^Bearer ([\w-]{43})$/.exec(request.headers.authorization ?? '');
  return bearer?.[1] ?? request.cookies[cookieName(publicOrigin)];
}

/** Gives the browser a session token; null takes it away. */
export function writeToken(reply: FastifyReply, publicOrigin: string, token: string | null): void {
  const attributes = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: publicOrigin.startsWith('https:'),
  } as const;
  if (token === null) reply.clearCookie(cookieName(publicOrigin), attributes);
  else reply.setCookie(cookieName(publicOrigin), token, attributes);
}
